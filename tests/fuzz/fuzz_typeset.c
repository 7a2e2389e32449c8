/* The typesetter. An input is five bytes and a text: how it is set (bits, see FLAG), pixels per em,
 * measure in quarters of an em, lines at the most, and indent in em. Everything is drawn once and
 * in order, no line is wider than the measure, and none begins or ends where it may not but for
 * want of room. */
#include "fuzz.h"

#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "display/font.h"
#include "display/layout_cells.h"

#define MAX_BYTES  4096
#define MAX_PIXELS 1000 /* high, of what is drawn */
#define MANY_CELLS 512  /* more need not stay in one line, even if they take no place */

enum flag {
    FLAG_JUSTIFY = 1,
    FLAG_BALANCE = 2,
    FLAG_HANG = 4,
    FLAG_FLUSH = 8,
    FLAG_BOLD = 16,
    FLAG_FONTS = 32, /* the bundled fonts; else a table of widths, in which marks take none */
    FLAG_CENTRE = 64,
    FLAG_END = 128
};

struct order {
    struct text_style style;
    int measure;
    bool fonts;
    char *text; /* owned */
};

/* ---- widths from a table ---- */

static int table_face(void *user, enum text_weight weight, const char *text, size_t size) {
    (void)user, (void)weight, (void)size;
    const char *at = text;
    uint32_t c = utf8_next(&at);
    return c % 97 == 0 ? -1 : c >= 0x600 && c < 0x2000;
}

static int table_width(void *user, int face, enum text_weight weight, int pixels, bool rtl,
                       const char *text, size_t size) {
    (void)user, (void)face, (void)weight, (void)rtl;
    int width = 0;
    for (const char *at = text; at < text + size;) {
        uint32_t c = utf8_next(&at);
        bool mark = (c >= 0x300 && c < 0x370) || class_is_ignorable(c);
        width += c == ' ' ? pixels / 4 : mark ? 0 : c < 0x2000 && c != 0xB7 ? pixels / 2 : pixels;
    }
    return width;
}

static void table_extent(void *user, enum text_weight weight, int pixels, int *ascent,
                         int *descent) {
    (void)user, (void)weight;
    *ascent = pixels * 88 / 100;
    *descent = pixels - *ascent;
}

static struct fontset *fonts; /* opened once: it takes a second with sanitizers */

static const struct text_metrics *metrics_of(const struct order *order) {
    static const struct text_metrics table = {
        .face = table_face, .width = table_width, .extent = table_extent};
    if (!order->fonts)
        return &table;
    if (!fonts)
        fonts = fontset_open(
            &(struct font_choice){.folder = SOURCE_DIR "/fonts", .bundled_only = true});
    must(fonts);
    return fontset_metrics(fonts);
}

static struct order read_order(const uint8_t *bytes, size_t size) {
    int flags = bytes[0], em = 8 + bytes[1] % 64;
    return (struct order){
        .style = {.size = em,
                  .leading = em * 8 / 5,
                  .weight = flags & FLAG_BOLD ? WEIGHT_BOLD : WEIGHT_REGULAR,
                  .align = flags & FLAG_CENTRE ? ALIGN_CENTRE
                           : flags & FLAG_END  ? ALIGN_END
                                               : ALIGN_START,
                  .justify = flags & FLAG_JUSTIFY,
                  .balance = flags & FLAG_BALANCE,
                  .hang = flags & FLAG_HANG,
                  .flush = flags & FLAG_FLUSH,
                  .indent = bytes[4] % 4 * em,
                  .gap = em / 2,
                  .max_lines = bytes[3] % 8},
        .measure = 1 + bytes[2] * em / 4,
        .fonts = flags & FLAG_FONTS,
        .text = xstrndup((const char *)bytes + 5, size - 5),
    };
}

/* ---- everything is drawn, once, in order ---- */

static bool is_blank(const char *text, size_t from, size_t to) {
    for (const char *at = text + from; at < text + to;) {
        uint32_t c = utf8_next(&at);
        if (!class_is_space(c) && !class_is_ignorable(c))
            return false;
    }
    return true;
}

static void check_whole(const struct layout *layout) {
    size_t end = 0, run = 0;
    for (size_t i = 0; i < layout->line_count; i++) {
        const struct layout_line *line = &layout->lines[i];
        must(line->run == run && line->run_count > 0);
        must(line->start == layout->runs[run].start);
        for (; run < line->run + line->run_count; run++) {
            const struct layout_run *piece = &layout->runs[run];
            must(piece->size > 0 && piece->start >= end && piece->width >= 0);
            must(is_blank(layout->text, end, piece->start));
            end = piece->start + piece->size;
        }
        must(line->end == end);
    }
    must(run == layout->run_count && is_blank(layout->text, end, strlen(layout->text)));
}

/* What was cut is the text's beginning, with dots. */
static void check_cut(const struct layout *layout, const char *text) {
    must(layout->style.max_lines == 0 || layout->cut ||
         layout->line_count <= (size_t)layout->style.max_lines);
    size_t kept = strlen(layout->text);
    while (layout->cut && kept >= 3 && memcmp(layout->text + kept - 3, "…", 3) == 0)
        kept -= 3;
    must(strncmp(layout->text, text, kept) == 0);
    must(layout->cut || text[kept] == '\0');
}

/* ---- nothing stands outside ---- */

static void check_places(const struct layout *layout) {
    int baseline = 0;
    for (size_t i = 0; i < layout->line_count; i++) {
        const struct layout_line *line = &layout->lines[i];
        bool alone = line->run_count == 1 + (line->hang > 0);
        must(line->x >= 0 || alone);
        must(line->x + line->width <= layout->width || alone);
        must(line->hang >= 0 && line->hang <= (layout->style.size + 1) / 2);
        must(line->hang == 0 || (layout->style.hang && layout->style.justify));
        must(line->baseline > baseline);
        baseline = line->baseline;
    }
}

/* ---- lines begin and end where they may ---- */

static bool may_part(const struct cell *left, const struct cell *right) {
    return left->kind != CELL_OPEN && right->kind != CELL_CLOSE && right->kind != CELL_PAUSE &&
           right->kind != CELL_STOP && right->kind != CELL_DOT && right->kind != CELL_CONNECT;
}

/* Pixels of cells that no break parts, squeezed. */
static int64_t least_width(const struct cells *cells, const struct text_style *style, size_t from,
                           size_t to) {
    int64_t width = 0;
    bool squeezed = style->justify && !style->balance;
    for (size_t i = from; i < to; i++) {
        const struct cell *cell = &cells->data[i];
        width += cell->width;
        if (i + 1 < to)
            width += cell->space - (squeezed ? cell->shrink : 0);
    }
    return width;
}

/* Whether a line that ends after a cell, where it should not, could have ended elsewhere. */
static bool had_to(const struct cells *cells, const struct layout *layout, size_t cell,
                   int indent) {
    size_t from = cell, to = cell + 1;
    while (from > 0 && cells->data[from - 1].rank <= BREAK_LAST_RESORT)
        from--;
    while (to < cells->count && cells->data[to - 1].rank <= BREAK_LAST_RESORT)
        to++;
    if (cells->data[to - 1].hang && to > from + 1)
        to--;
    return to - from > MANY_CELLS ||
           least_width(cells, &layout->style, from, to) > layout->width - indent;
}

static void check_paragraph(const struct cells *cells, const struct layout *layout, size_t *line) {
    int indent = layout->style.indent > cells->lead ? layout->style.indent : cells->lead;
    for (size_t i = 0; i + 1 < cells->count; i++)
        must(may_part(&cells->data[i], &cells->data[i + 1]) ||
             cells->data[i].rank <= BREAK_LAST_RESORT);
    for (size_t i = 0; i < cells->count; i++) {
        const struct cell *cell = &cells->data[i];
        if (cell->start + cell->size != layout->lines[*line].end)
            continue;
        must(layout->lines[*line].paragraph_end == (i + 1 == cells->count));
        must(i + 1 == cells->count || cell->rank > BREAK_LAST_RESORT ||
             had_to(cells, layout, i, indent));
        ++*line;
    }
}

static void check_breaks(const struct layout *layout, const struct text_metrics *metrics) {
    struct cell_maker maker;
    struct cells cells = {0};
    size_t line = 0;
    cell_maker_init(&maker, metrics, &layout->style, layout->text, layout->width);
    for (size_t start = 0; layout->text[start];) {
        size_t size = strcspn(layout->text + start, "\n");
        cell_maker_run(&maker, start, start + size, &cells);
        check_paragraph(&cells, layout, &line);
        start += size + (layout->text[start + size] == '\n');
    }
    must(line == layout->line_count);
    cell_maker_finish(&maker);
    free(cells.data);
}

/* ---- pages, and what is drawn ---- */

/* Malformed bytes are characters of their own. */
static bool is_boundary(const char *text, size_t at) {
    const char *from = text;
    while (*from && from < text + at)
        utf8_next(&from);
    return from == text + at;
}

static void check_page(const struct order *order, const struct text_metrics *metrics) {
    const char *text = order->text;
    int lines = 1 + order->style.max_lines;
    struct text_style style = order->style;
    style.max_lines = 0;
    size_t size = strlen(text), end = layout_page_end(metrics, text, &style, order->measure, lines);
    must(is_boundary(text, end));
    must(layout_sentence_end(text, 20) <= size);
    char *page = xstrndup(text, end);
    struct layout *layout = layout_build(metrics, page, &style, order->measure);
    /* in less a —— that was Chinese in the whole text is not even one line */
    must(layout->line_count <= (size_t)lines || order->measure < 2 * style.size);
    layout_destroy(layout);
    free(page);
}

static void draw(const struct layout *layout) {
    int margin = layout->style.size;
    int height = layout->height < MAX_PIXELS ? layout->height : MAX_PIXELS;
    struct buffer *buffer = buffer_create(layout->width + 2 * margin, height + 2 * margin);
    must(buffer);
    fontset_draw(fonts, layout, buffer, margin, margin, 0xFFFFFFFFu);
    buffer_destroy(buffer);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    if (size < 5 || size > MAX_BYTES)
        return 0;
    struct order order = read_order(bytes, size);
    const struct text_metrics *metrics = metrics_of(&order);
    struct layout *layout = layout_build(metrics, order.text, &order.style, order.measure);
    check_whole(layout);
    check_cut(layout, order.text);
    check_places(layout);
    check_breaks(layout, metrics);
    check_page(&order, metrics);
    if (order.fonts)
        draw(layout);
    layout_destroy(layout);
    free(order.text);
    return 0;
}
