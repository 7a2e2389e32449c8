#include "display/layout_cells.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"

#define LOCALE "zh@lb=strict"
#define GETA   "\xE3\x80\x93" /* 〓, for what no font has */

enum { FLAG_LINE = 1, FLAG_CLUSTER = 2, FLAG_WORD = 4, FLAG_LATIN = 8 };

/* The paragraph on its way into cells. */
struct walk {
    struct cell_maker *maker;
    struct cells *cells;
    size_t units;    /* in the paragraph */
    bool word_open;  /* a word is being gathered: */
    size_t word_end; /* the unit behind it */
    size_t word_unit;
    int typed;       /* pixels of white space since the last cell */
    bool typed_wide; /* there was U+3000 in it */
    bool touching;   /* nothing stands between the last cell and this character */
};

static UBreakIterator *open_iterator(UBreakIteratorType type) {
    UErrorCode error = U_ZERO_ERROR;
    UBreakIterator *iterator = ubrk_open(type, LOCALE, NULL, 0, &error);
    if (U_FAILURE(error)) {
        log_error("icu: %s: 没有断行数据 (no break data)", u_errorName(error));
        return NULL;
    }
    return iterator;
}

void cell_maker_init(struct cell_maker *maker, const struct text_metrics *metrics,
                     const struct text_style *style, const char *text, int measure) {
    *maker =
        (struct cell_maker){.metrics = metrics, .style = style, .text = text, .measure = measure};
    maker->lines = open_iterator(UBRK_LINE);
    maker->clusters = open_iterator(UBRK_CHARACTER);
    if (style->balance)
        maker->words = open_iterator(UBRK_WORD);
    maker->word_space = metrics->width(metrics->user, 0, style->weight, style->size, " ", 1);
}

void cell_maker_finish(struct cell_maker *maker) {
    if (maker->lines)
        ubrk_close(maker->lines);
    if (maker->clusters)
        ubrk_close(maker->clusters);
    if (maker->words)
        ubrk_close(maker->words);
    free(maker->units);
    free(maker->offsets);
    free(maker->flags);
    *maker = (struct cell_maker){0};
}

/* ---- the paragraph in UTF-16 for ICU, with stand-ins for what it takes for Latin ---- */

static void reserve_units(struct cell_maker *maker, size_t count) {
    if (count <= maker->capacity)
        return;
    maker->units = xrealloc(maker->units, count, sizeof *maker->units);
    maker->offsets = xrealloc(maker->offsets, count, sizeof *maker->offsets);
    maker->flags = xrealloc(maker->flags, count, sizeof *maker->flags);
    maker->capacity = count;
}

static size_t read_units(struct cell_maker *maker, size_t start, size_t end, bool *cjk,
                         bool *shared) {
    reserve_units(maker, end - start + 1);
    size_t count = 0;
    for (const char *at = maker->text + start; at < maker->text + end;) {
        uint32_t offset = (uint32_t)(at - maker->text);
        uint32_t c = utf8_next(&at);
        *cjk |= class_is_cjk(c);
        *shared |= c >= 0xB7 && class_is_shared(c);
        if (c > 0xFFFF) {
            maker->offsets[count] = offset;
            maker->units[count++] = (UChar)(0xD7C0 + (c >> 10));
            c = 0xDC00 | (c & 0x3FF);
        }
        maker->offsets[count] = offset;
        maker->units[count++] = (UChar)c;
    }
    maker->offsets[count] = (uint32_t)end;
    memset(maker->flags, 0, count + 1);
    return count;
}

static bool is_space(UChar c) {
    return class_is_space(c);
}

/* The nearest character that is not a space, before or behind; 0: the paragraph's edge. */
static UChar neighbour(const struct cell_maker *maker, size_t count, size_t at, int step) {
    for (size_t i = at + (size_t)step; i < count; i += (size_t)step)
        if (!is_space(maker->units[i]))
            return maker->units[i];
    return 0;
}

static bool is_latin(UChar c) {
    return c > 0x20 && c < 0x2E80 && !class_is_shared(c);
}

static size_t closing_quote(const struct cell_maker *maker, size_t count, size_t at) {
    UChar close = maker->units[at] == 0x201C ? 0x201D : 0x2019;
    for (size_t i = at + 1; i < count; i++)
        if (maker->units[i] == close)
            return i;
    return count;
}

/* In Chinese text a pair of quotation marks is Latin if it quotes Latin within Latin. */
static void mark_latin_pair(struct cell_maker *maker, size_t count, size_t open) {
    size_t close = closing_quote(maker, count, open);
    if (close == count)
        return;
    UChar before = neighbour(maker, count, open, -1), after = neighbour(maker, count, close, 1);
    bool outside =
        (is_latin(before) || !before) && (is_latin(after) || !after) && (before || after);
    if (outside && is_latin(maker->units[open + 1]) && is_latin(maker->units[close - 1])) {
        maker->flags[open] |= FLAG_LATIN;
        maker->flags[close] |= FLAG_LATIN;
    }
}

static bool between_letters(const struct cell_maker *maker, size_t count, size_t at) {
    return at > 0 && at + 1 < count && u_isalnum(maker->units[at - 1]) &&
           is_latin(maker->units[at - 1]) && u_isalnum(maker->units[at + 1]) &&
           is_latin(maker->units[at + 1]);
}

static void mark_latin(struct cell_maker *maker, size_t count, bool cjk) {
    for (size_t i = 0; i < count; i++) {
        UChar c = maker->units[i];
        if (c < 0xB7 || !class_is_shared(c))
            continue;
        if (!cjk)
            maker->flags[i] |= FLAG_LATIN;
        else if (c == 0x201C || c == 0x2018)
            mark_latin_pair(maker, count, i);
        else if ((c == 0x2019 || c == 0xB7) && between_letters(maker, count, i))
            maker->flags[i] |= FLAG_LATIN;
    }
}

static bool lone_dash(const struct cell_maker *maker, size_t count, size_t at) {
    UChar c = maker->units[at];
    return (c == 0x2014 || c == 0x2015) && !(at > 0 && maker->units[at - 1] == c) &&
           !(at + 1 < count && maker->units[at + 1] == c);
}

/* UAX #14 leaves “ ” ambiguous and does not know that · ～ ／ and the 连接号 may not begin a line
 * in Chinese (GB/T 15834, 5.1): ICU gets marks of the class that they have. */
static void set_stand_ins(struct cell_maker *maker, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (maker->units[i] < 0xB7 || (maker->flags[i] & FLAG_LATIN))
            continue;
        if (lone_dash(maker, count, i))
            maker->units[i] = 0x30FB;
        else if (class_is_shared(maker->units[i]) || maker->units[i] >= 0x301C)
            maker->units[i] = class_for_icu(maker->units[i]);
    }
}

static void mark_breaks(struct cell_maker *maker, UBreakIterator *iterator, size_t count,
                        uint8_t flag) {
    UErrorCode error = U_ZERO_ERROR;
    if (!iterator)
        return;
    ubrk_setText(iterator, maker->units, (int32_t)count, &error);
    if (U_FAILURE(error))
        return;
    for (int32_t at = ubrk_first(iterator); at != UBRK_DONE; at = ubrk_next(iterator))
        maker->flags[at] |= flag;
}

/* ---- widths ---- */

static int face_of(const struct cell_maker *maker, uint32_t start, uint32_t size) {
    const struct text_metrics *metrics = maker->metrics;
    return metrics->face(metrics->user, maker->style->weight, maker->text + start, size);
}

static int width_of(const struct cell_maker *maker, int face, uint32_t start, uint32_t size) {
    const struct text_metrics *metrics = maker->metrics;
    const char *text = face < 0 ? GETA : maker->text + start;
    return metrics->width(metrics->user, face < 0 ? 0 : face, maker->style->weight,
                          maker->style->size, text, face < 0 ? sizeof GETA - 1 : size);
}

/* ---- what stands between two cells ---- */

static void set_space(struct cell *cell, int space, int least, enum shrink_level shrink,
                      enum stretch_level stretch) {
    cell->space = space;
    cell->shrink = space > least ? space - least : 0;
    cell->shrink_level = cell->shrink > 0 ? (uint8_t)shrink : SHRINK_NONE;
    cell->stretch_level = (uint8_t)stretch;
}

static bool is_mark(const struct cell *cell) {
    return cell->kind != CELL_HAN && cell->kind != CELL_WORD;
}

static bool meet_with_gap(const struct cell *left, const struct cell *right) {
    if (left->kind == CELL_HAN && right->kind == CELL_WORD)
        return class_gives_gap(left->last) && class_takes_gap(right->first);
    return left->kind == CELL_WORD && right->kind == CELL_HAN && class_takes_gap(left->last) &&
           class_gives_gap(right->first);
}

/* The white half behind a mark, or SHRINK_NONE. */
static enum shrink_level trail_level(const struct cell *cell) {
    switch (cell->kind) {
    case CELL_CLOSE:
        return SHRINK_MARK;
    case CELL_PAUSE:
        return SHRINK_PAUSE;
    case CELL_STOP:
        return SHRINK_STOP;
    default:
        return SHRINK_NONE;
    }
}

/* CLREQ 3.1.6: of two marks in a row one gives up its white half, so that they take 1.5 em. */
static void set_mark_space(struct cell *left, const struct cell *right, int size) {
    int half = size / 2;
    bool opens = right->kind == CELL_OPEN;
    enum shrink_level trail = trail_level(left);
    if (left->kind == CELL_DOT || right->kind == CELL_DOT)
        set_space(left, size / 4, 0, SHRINK_DOT, STRETCH_REST);
    else if (opens && left->kind == CELL_OPEN)
        set_space(left, 0, 0, SHRINK_NONE, STRETCH_NONE);
    else if (opens)
        set_space(left, half, 0, SHRINK_MARK, STRETCH_REST);
    else if (trail && trail_level(right))
        set_space(left, 0, 0, SHRINK_NONE, STRETCH_NONE);
    else if (trail)
        set_space(left, half, 0, trail, STRETCH_REST);
    else
        set_space(left, 0, 0, SHRINK_NONE, STRETCH_NONE);
}

static void set_between(const struct cell_maker *maker, struct cell *left, const struct cell *right,
                        const struct walk *walk) {
    int size = maker->style->size;
    if (walk->typed_wide)
        set_space(left, walk->typed, walk->typed, SHRINK_NONE, STRETCH_REST);
    else if (meet_with_gap(left, right)) /* CLREQ 3.2.2; a typed space is not doubled */
        set_space(left, size / 4, size / 8, SHRINK_GAP, STRETCH_GAP);
    else if (is_mark(left) || is_mark(right)) /* nor added to a mark's own white half */
        set_mark_space(left, right, size);
    else if (walk->typed > 0)
        set_space(left, walk->typed, size / 4, SHRINK_WORD, STRETCH_WORD);
    else
        set_space(left, 0, 0, SHRINK_NONE,
                  left->kind == CELL_WORD && right->kind == CELL_WORD ? STRETCH_NONE
                                                                      : STRETCH_REST);
    if (left->kind == CELL_CONNECT || right->kind == CELL_CONNECT)
        left->stretch_level = STRETCH_NONE;
}

static bool is_unit(const struct cell_maker *maker, const struct cell *cell) {
    static const char *const units[] = {"%",   "A",  "B",  "C",  "F",  "g",   "GB", "GHz", "h",
                                        "Hz",  "J",  "K",  "KB", "kg", "kHz", "km", "kV",  "kW",
                                        "kWh", "L",  "m",  "M",  "mA", "mAh", "MB", "mg",  "MHz",
                                        "min", "mL", "ml", "mm", "cm", "ms",  "MW", "N",   "nm",
                                        "Pa",  "px", "s",  "t",  "T",  "TB",  "V",  "W"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strlen(units[i]) == cell->size &&
            memcmp(units[i], maker->text + cell->start, cell->size) == 0)
            return true;
    return false;
}

static bool is_digit(uint32_t c) {
    return (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19);
}

/* "https://" does not part from its address. */
static bool ends_scheme(const struct cell_maker *maker, const struct cell *cell) {
    return cell->kind == CELL_WORD && cell->size > 3 &&
           memcmp(maker->text + cell->start + cell->size - 3, "://", 3) == 0;
}

/* ICU knows most of it; what it does not: the character that counts (2025年, 842 人), units behind
 * a space, and a paragraph's number, which does not stand alone. */
static enum break_rank rank_between(const struct cell_maker *maker, const struct cell *left,
                                    const struct cell *right, size_t index, const struct walk *walk,
                                    bool icu) {
    if (!icu || left->kind == CELL_OPEN || trail_level(right) || right->kind == CELL_DOT ||
        right->kind == CELL_CONNECT)
        return BREAK_NEVER;
    if (is_digit(left->last) && !walk->typed_wide &&
        (right->kind == CELL_HAN || (right->kind == CELL_WORD && is_unit(maker, right))))
        return BREAK_NEVER;
    if (left->kind == CELL_CONNECT && is_digit(right->first))
        return BREAK_POOR;
    if (left->kind == CELL_WORD && index == 0 && left->last == '.')
        return BREAK_NEVER;
    if (ends_scheme(maker, left))
        return BREAK_NEVER;
    if (left->kind == CELL_WORD && right->kind == CELL_WORD && !walk->typed)
        return BREAK_POOR;
    return BREAK_GOOD;
}

/* ---- cells ---- */

static struct cell *add_cell(struct cells *cells) {
    if (cells->count == cells->capacity) {
        cells->capacity = cells->capacity ? cells->capacity * 2 : 256;
        cells->data = xrealloc(cells->data, cells->capacity, sizeof *cells->data);
    }
    struct cell *cell = &cells->data[cells->count++];
    *cell = (struct cell){0};
    return cell;
}

static uint32_t codepoint_at(const struct cell_maker *maker, size_t unit) {
    const char *at = maker->text + maker->offsets[unit];
    return utf8_next(&at);
}

static size_t next_cluster(const struct walk *walk, size_t unit) {
    do
        unit++;
    while (unit < walk->units && !(walk->maker->flags[unit] & FLAG_CLUSTER));
    return unit;
}

/* The ink's place in a full-width mark's square. */
static void trim_mark(struct cell *cell, int size) {
    int half = size / 2;
    if (cell->width < size) /* a face with marks of half width */
        return;
    switch (cell->kind) {
    case CELL_OPEN:
        cell->shift = -half;
        cell->width -= half;
        break;
    case CELL_CLOSE:
    case CELL_PAUSE:
    case CELL_STOP:
        cell->width -= half;
        break;
    case CELL_DOT:
        cell->shift = -(size / 4);
        cell->width -= size / 4 * 2;
        break;
    default:
        break;
    }
}

/* Adds the units from … to as one cell and settles what stands before it. */
static void emit(struct walk *walk, size_t from, size_t to, enum cell_kind kind, int face,
                 bool glued) {
    struct cell_maker *maker = walk->maker;
    struct cell *cell = add_cell(walk->cells);
    cell->start = maker->offsets[from];
    cell->size = maker->offsets[to] - cell->start;
    cell->kind = (uint8_t)kind;
    cell->face = face;
    cell->width = width_of(maker, face, cell->start, cell->size);
    cell->first = codepoint_at(maker, from);
    cell->last = codepoint_at(maker, to - 1);
    cell->word_start = maker->flags[from] & FLAG_WORD;
    trim_mark(cell, maker->style->size);
    if (walk->cells->count == 1) {
        walk->cells->lead = walk->typed_wide ? walk->typed : 0;
    } else if (glued) {
        cell[-1].rank = BREAK_LAST_RESORT;
    } else {
        set_between(maker, cell - 1, cell, walk);
        cell[-1].rank = (uint8_t)rank_between(maker, cell - 1, cell, walk->cells->count - 2, walk,
                                              maker->flags[from] & FLAG_LINE);
    }
    walk->typed = 0;
    walk->typed_wide = false;
    walk->touching = true;
}

/* A word that no single face has, or that no line can hold: cluster by cluster. */
static void emit_apart(struct walk *walk, size_t from, size_t to) {
    bool glued = false;
    while (from < to) {
        size_t end = next_cluster(walk, from);
        uint32_t start = walk->maker->offsets[from];
        emit(walk, from, end, CELL_WORD,
             face_of(walk->maker, start, walk->maker->offsets[end] - start), glued);
        glued = true;
        from = end;
    }
}

static void close_word(struct walk *walk) {
    if (!walk->word_open)
        return;
    struct cell_maker *maker = walk->maker;
    size_t from = walk->word_unit, to = walk->word_end;
    uint32_t start = maker->offsets[from], size = maker->offsets[to] - start;
    int face = face_of(maker, start, size);
    walk->word_open = false;
    if (face < 0 || width_of(maker, face, start, size) > maker->measure)
        emit_apart(walk, from, to);
    else
        emit(walk, from, to, CELL_WORD, face, false);
}

static void add_to_word(struct walk *walk, size_t from, size_t to) {
    if (walk->word_open && (!walk->touching || (walk->maker->flags[from] & FLAG_LINE)))
        close_word(walk);
    if (!walk->word_open)
        walk->word_unit = from;
    walk->word_open = true;
    walk->word_end = to;
    walk->touching = true;
}

/* Dashes and dots that touch are drawn in one go: fonts join them. */
static bool add_to_dash(struct walk *walk, size_t from, size_t to, uint32_t c) {
    struct cells *cells = walk->cells;
    if (!walk->touching || walk->word_open || cells->count == 0)
        return false;
    struct cell *cell = &cells->data[cells->count - 1];
    if (cell->kind != CELL_DASH || cell->first != c)
        return false;
    (void)from;
    cell->size = walk->maker->offsets[to] - cell->start;
    cell->width = width_of(walk->maker, cell->face, cell->start, cell->size);
    return true;
}

static void add_space(struct walk *walk, uint32_t c) {
    int size = walk->maker->style->size;
    close_word(walk);
    walk->touching = false;
    if (c == 0x3000) {
        walk->typed += size;
        walk->typed_wide = true;
    } else if (c != 0x200B && walk->typed == 0) {
        walk->typed = walk->maker->word_space; /* several are one */
    }
}

static void add_cluster(struct walk *walk, size_t from, size_t to) {
    struct cell_maker *maker = walk->maker;
    uint32_t c = codepoint_at(maker, from);
    if (class_is_space(c)) {
        add_space(walk, c);
        return;
    }
    if (class_is_ignorable(c) && (maker->offsets[to] - maker->offsets[from]) <= 4)
        return;
    enum cell_kind kind = class_of(c, maker->flags[from] & FLAG_LATIN);
    if (kind == CELL_WORD) {
        add_to_word(walk, from, to);
        return;
    }
    close_word(walk);
    if (kind == CELL_DASH && maker->units[from] == 0x30FB)
        kind = CELL_CONNECT;
    if (kind == CELL_DASH && add_to_dash(walk, from, to, c))
        return;
    uint32_t start = maker->offsets[from];
    emit(walk, from, to, kind, face_of(maker, start, maker->offsets[to] - start), false);
}

void cell_maker_run(struct cell_maker *maker, size_t start, size_t end, struct cells *cells) {
    bool cjk = false, shared = false;
    cells->count = 0;
    cells->lead = 0;
    size_t count = read_units(maker, start, end, &cjk, &shared);
    if (shared)
        mark_latin(maker, count, cjk);
    set_stand_ins(maker, count);
    mark_breaks(maker, maker->lines, count, FLAG_LINE);
    mark_breaks(maker, maker->clusters, count, FLAG_CLUSTER);
    mark_breaks(maker, maker->words, count, FLAG_WORD);
    struct walk walk = {.maker = maker, .cells = cells, .units = count};
    for (size_t from = 0, to; from < count; from = to) {
        to = next_cluster(&walk, from);
        add_cluster(&walk, from, to);
    }
    close_word(&walk);
}
