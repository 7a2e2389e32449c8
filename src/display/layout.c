#include "display/layout.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "display/layout_adjust.h"
#include "display/layout_bidi.h"
#include "display/layout_break.h"
#include "display/layout_cells.h"

#define STACK_LEADING  190            /* hundredths of the size */
#define MAX_TEXT_BYTES (4u << 20)     /* a thousand long cases; offsets in cells are 32 bits */
#define HALF_ELLIPSIS  "\xE2\x80\xA6" /* where two do not fit */
#define ELLIPSIS       "\xE2\x80\xA6\xE2\x80\xA6"

/* A layout being filled. */
struct setting {
    struct layout *layout;
    struct cell_maker maker;
    struct cells cells;
    size_t *ends;
    int *spaces;    /* behind each cell of a line, adjusted */
    int32_t *order; /* of a line's cells and spaces, from left to right */
    size_t capacity;
    size_t line_capacity, run_capacity;
    int top;  /* pixels: of the next line */
    int rise; /* from a line's top to its baseline */
};

/* ---- lines ---- */

static struct layout_line *add_line(struct setting *setting) {
    struct layout *layout = setting->layout;
    if (layout->line_count == setting->line_capacity) {
        setting->line_capacity = setting->line_capacity ? setting->line_capacity * 2 : 16;
        layout->lines = xrealloc(layout->lines, setting->line_capacity, sizeof *layout->lines);
    }
    struct layout_line *line = &layout->lines[layout->line_count++];
    *line = (struct layout_line){.run = layout->run_count};
    return line;
}

static struct layout_run *add_runs(struct setting *setting, size_t count) {
    struct layout *layout = setting->layout;
    while (layout->run_count + count > setting->run_capacity) {
        setting->run_capacity = setting->run_capacity ? setting->run_capacity * 2 : 256;
        layout->runs = xrealloc(layout->runs, setting->run_capacity, sizeof *layout->runs);
    }
    layout->run_count += count;
    return &layout->runs[layout->run_count - count];
}

static struct layout_run run_of(const struct cell *cell, int x, int space) {
    return (struct layout_run){.start = cell->start,
                               .size = cell->size,
                               .face = cell->face,
                               .x = x + cell->shift,
                               .width = cell->width + space,
                               .rtl = cell->level % 2 == 1};
}

/* Cells and spaces from left to right; those behind the first held hang. */
static void place_runs(struct setting *setting, const struct cell *cells, size_t count, size_t held,
                       int x) {
    struct layout_run *runs = add_runs(setting, count);
    bool ordered = bidi_needed(cells, held);
    if (ordered)
        bidi_order(cells, held, setting->order);
    for (size_t i = 0; i + 1 < 2 * held; i++) {
        size_t piece = ordered ? (size_t)setting->order[i] : i, at = piece / 2;
        int space = at + 1 < held ? setting->spaces[at] : 0;
        if (piece % 2 == 0)
            runs[at] = run_of(&cells[at], x, space);
        x += piece % 2 == 0 ? cells[at].width : space;
    }
    if (held < count)
        runs[held] = run_of(&cells[held], x, 0);
}

/* Where a line starts that leaves so many pixels free. */
static int line_x(const struct text_style *style, int indent, int left, bool rtl) {
    int before = rtl ? 0 : indent;
    if (style->align == ALIGN_CENTRE)
        return before + left / 2;
    return before + ((style->align == ALIGN_END) != rtl ? left : 0);
}

static void set_line(struct setting *setting, const struct cell *cells, size_t count, int indent,
                     bool last) {
    struct layout *layout = setting->layout;
    const struct text_style *style = &layout->style;
    bool rtl = setting->cells.rtl;
    int room = layout->width - indent, hang = hanging_width(cells, count, room);
    size_t held = hang > 0 ? count - 1 : count;
    int width = adjust_spaces(cells, held, style, room, last, setting->spaces);
    struct layout_line *line = add_line(setting);
    line->start = cells[0].start;
    line->end = cells[count - 1].start + cells[count - 1].size;
    line->run_count = count;
    line->x = line_x(style, indent, room - width, rtl);
    line->width = width;
    line->hang = hang;
    line->baseline = setting->top + setting->rise;
    line->paragraph_end = last;
    line->rtl = rtl;
    if (width > layout->widest)
        layout->widest = width;
    place_runs(setting, cells, count, held, line->x);
    setting->top += style->leading;
}

static void reserve_cells(struct setting *setting, size_t count) {
    if (count <= setting->capacity)
        return;
    setting->ends = xrealloc(setting->ends, count, sizeof *setting->ends);
    setting->spaces = xrealloc(setting->spaces, count, sizeof *setting->spaces);
    setting->order = xrealloc(setting->order, 2 * count, sizeof *setting->order);
    setting->capacity = count;
}

/* The style's indent, or the white space that the author typed, whichever is wider. */
static int first_indent(const struct setting *setting) {
    const struct layout *layout = setting->layout;
    bool goes_on = layout->style.flush && layout->line_count == 0;
    int indent = goes_on ? 0 : layout->style.indent;
    if (indent < setting->cells.lead)
        indent = setting->cells.lead;
    return indent <= layout->width / 2 ? indent : 0;
}

static void set_paragraph(struct setting *setting, size_t start, size_t end) {
    struct layout *layout = setting->layout;
    const struct cells *cells = &setting->cells;
    cell_maker_run(&setting->maker, start, end, &setting->cells);
    if (cells->count == 0)
        return;
    if (layout->line_count > 0)
        setting->top += layout->style.gap;
    reserve_cells(setting, cells->count);
    int indent = first_indent(setting);
    size_t lines = break_lines(cells, &layout->style, layout->width, indent, setting->ends);
    for (size_t i = 0, first = 0; i < lines; i++) {
        set_line(setting, cells->data + first, setting->ends[i] - first, i == 0 ? indent : 0,
                 i + 1 == lines);
        first = setting->ends[i];
    }
}

/* The em square, not the face's extent, is centred in the leading: Han fills the one. */
static int baseline_in(const struct text_metrics *metrics, const struct text_style *style) {
    int ascent = 0, descent = 0;
    metrics->extent(metrics->user, style->weight, style->size, &ascent, &descent);
    return (style->leading - ascent - descent) / 2 + ascent;
}

/* Tibetan stacks its letters: at the leading of Han they would stand in the next line. */
static bool has_stacks(const char *text) {
    for (const char *at = text; (at = strchr(at, 0xE0)); at++)
        if ((unsigned char)at[1] >= 0xBC && (unsigned char)at[1] <= 0xBF) /* U+0F00 … U+0FFF */
            return true;
    return false;
}

/* Takes the text over. */
static struct layout *build(const struct text_metrics *metrics, char *text,
                            const struct text_style *style, int width) {
    struct layout *layout = xcalloc(1, sizeof *layout);
    struct setting setting = {.layout = layout};
    layout->text = text;
    layout->style = *style;
    if (has_stacks(text) && layout->style.leading < style->size * STACK_LEADING / 100)
        layout->style.leading = style->size * STACK_LEADING / 100;
    setting.rise = baseline_in(metrics, &layout->style);
    layout->width = width;
    cell_maker_init(&setting.maker, metrics, style, text, width);
    for (size_t start = 0; text[start];) {
        size_t size = strcspn(text + start, "\n");
        set_paragraph(&setting, start, start + size);
        start += size + (text[start + size] == '\n');
    }
    layout->height = setting.top;
    layout->style.names = NULL; /* they may be gone before the layout is */
    layout->style.name_count = 0;
    cell_maker_finish(&setting.maker);
    free(setting.cells.data);
    free(setting.ends);
    free(setting.spaces);
    free(setting.order);
    return layout;
}

/* ---- cutting ---- */

static uint32_t codepoint_before(const char *text, size_t at, size_t *start) {
    *start = at;
    do
        --*start;
    while (*start > 0 && ((unsigned char)text[*start] & 0xC0) == 0x80);
    const char *from = text + *start;
    return utf8_next(&from);
}

/* …… does not follow a pause, a dash or an opening mark. */
static size_t trim_end(const char *text, size_t end) {
    while (end > 0) {
        size_t start;
        uint32_t c = codepoint_before(text, end, &start);
        enum cell_kind kind = class_of(c, false);
        bool keep = kind == CELL_HAN || kind == CELL_CLOSE ||
                    (kind == CELL_WORD && !class_is_space(c) && !class_is_clause_end(c) &&
                     (c >= 0x80 || !strchr(",.:-(", (int)c)));
        if (keep)
            break;
        end = start;
    }
    return end;
}

static struct layout *cut(const struct text_metrics *metrics, struct layout *whole,
                          const struct text_style *style, int width) {
    const struct layout_line *line = &whole->lines[style->max_lines - 1];
    size_t run = line->run + line->run_count;
    struct layout *layout;
    for (;;) {
        size_t end = run > 0 ? whole->runs[run - 1].start + whole->runs[run - 1].size : 0;
        struct str text = {0};
        str_add_bytes(&text, whole->text, trim_end(whole->text, end));
        str_add(&text, width < 2 * style->size ? HALF_ELLIPSIS : ELLIPSIS);
        layout = build(metrics, str_take(&text), style, width);
        if (layout->line_count <= (size_t)style->max_lines || run-- == 0)
            break;
        layout_destroy(layout);
    }
    layout->cut = true;
    layout_destroy(whole);
    return layout;
}

struct layout *layout_build(const struct text_metrics *metrics, const char *text,
                            const struct text_style *style, int width) {
    size_t size = utf8_cut(text, MAX_TEXT_BYTES);
    struct layout *layout = build(metrics, xstrndup(text, size), style, width < 1 ? 1 : width);
    if (style->max_lines > 0 && layout->line_count > (size_t)style->max_lines)
        return cut(metrics, layout, style, layout->width);
    return layout;
}

void layout_destroy(struct layout *layout) {
    if (!layout)
        return;
    free(layout->text);
    free(layout->lines);
    free(layout->runs);
    free(layout);
}
