#include "display/text_mark.h"

#include <string.h>

#include "base/str.h"

#define ABOVE_PERCENT 86 /* of the em over the baseline: Han stands in the middle of its box */

/* Bytes of the text itself: what was cut ends in an ellipsis that is not part of it. */
static size_t own_size(const struct layout *layout) {
    size_t size = strlen(layout->text);
    static const char dots[] = "…";
    const size_t dot = sizeof dots - 1;
    for (int i = 0; layout->cut && i < 2; i++)
        if (size >= dot && memcmp(layout->text + size - dot, dots, dot) == 0)
            size -= dot;
    return size;
}

/* Pixels from the run's beginning, in the direction of reading, to the byte `at` of the text: of
 * the ink, without what justification puts behind it. */
static int advance(const struct text_metrics *metrics, const struct layout *layout,
                   const struct layout_run *run, size_t at) {
    if (at <= run->start)
        return 0;
    const struct text_style *style = &layout->style;
    size_t size = at - run->start < run->size ? at - run->start : run->size;
    int width = metrics->width(metrics->user, run->face, style->weight, style->size, run->rtl,
                               layout->text + run->start, size);
    return width < run->width ? width : run->width;
}

static struct rect box_of(const struct text_metrics *metrics, const struct layout *layout,
                          const struct layout_line *line, const struct layout_run *run,
                          size_t start, size_t end) {
    int size = layout->style.size;
    int from = advance(metrics, layout, run, start), to = advance(metrics, layout, run, end);
    int left = run->rtl ? run->x + run->width - to : run->x + from;
    return (struct rect){left, line->baseline - size * ABOVE_PERCENT / 100, to - from, size};
}

/* Parts next to one another, with at most the space between Han and Latin, are one. */
static bool joins(struct rect *last, struct rect box, int size) {
    int apart = box.x - (last->x + last->width);
    if (box.y != last->y || apart < -size / 4 || apart > size / 2)
        return false;
    last->width = box.x + box.width - last->x;
    return true;
}

size_t text_mark_build(const struct text_metrics *metrics, const struct layout *layout,
                       size_t start, size_t end, struct rect *boxes, size_t most) {
    size_t count = 0, own = own_size(layout);
    end = end < own ? end : own;
    for (size_t i = 0; i < layout->line_count; i++) {
        const struct layout_line *line = layout->lines + i;
        for (size_t k = line->run; k < line->run + line->run_count; k++) {
            const struct layout_run *run = layout->runs + k;
            if (run->start >= end || run->start + run->size <= start)
                continue;
            struct rect box = box_of(metrics, layout, line, run, start, end);
            if (box.width <= 0 || (count && joins(boxes + count - 1, box, layout->style.size)))
                continue;
            if (count == most)
                return count;
            boxes[count++] = box;
        }
    }
    return count;
}
