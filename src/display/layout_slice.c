#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "display/layout.h"

/* Pixels from the top of the block to that of a line, or to the block's end. */
static int line_top(const struct layout *layout, size_t line) {
    return line < layout->line_count ? layout->lines[line].baseline - layout->lines[0].baseline
                                     : layout->height;
}

struct layout *layout_slice(const struct layout *layout, size_t first, size_t count) {
    const struct layout_line *lines = layout->lines + first, *last = lines + count - 1;
    size_t run_count = last->run + last->run_count - lines->run, text = lines->start;
    int top = line_top(layout, first);
    struct layout *slice = xcalloc(1, sizeof *slice);
    *slice = *layout;
    slice->text = xstrndup(layout->text + text, last->end - text);
    slice->lines = xcalloc(count, sizeof *slice->lines);
    slice->runs = xcalloc(run_count ? run_count : 1, sizeof *slice->runs);
    slice->line_count = count;
    slice->run_count = run_count;
    slice->height = line_top(layout, first + count) - top;
    slice->cut = layout->cut && first + count == layout->line_count;
    slice->widest = 0;
    for (size_t i = 0; i < count; i++) {
        struct layout_line line = lines[i];
        slice->widest = line.width > slice->widest ? line.width : slice->widest;
        line.start -= text;
        line.end -= text;
        line.run -= lines->run;
        line.baseline -= top;
        slice->lines[i] = line;
    }
    for (size_t i = 0; i < run_count; i++) {
        slice->runs[i] = layout->runs[lines->run + i];
        slice->runs[i].start -= text;
    }
    return slice;
}

size_t layout_fitting(const struct layout *layout, size_t first, int height) {
    size_t count = 1;
    while (first + count < layout->line_count &&
           line_top(layout, first + count + 1) - line_top(layout, first) <= height)
        count++;
    return count;
}
