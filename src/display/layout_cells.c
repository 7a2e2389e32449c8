#include "display/layout_cells.h"

#include <unicode/utf16.h>

#include "base/memory.h"
#include "base/str.h"
#include "display/layout_between.h"
#include "display/layout_bidi.h"
#include "display/layout_names.h"

#define GETA       "\xE3\x80\x93" /* 〓, for what no font has */
/* Units of a cluster or a word. HarfBuzz takes quadratic time over marks in a row, 200 s for
 * 150,000; UAX #15 foresees 30 of them (Stream-Safe Text Format). */
#define MAX_SHAPED 256

/* The paragraph on its way into cells. */
struct walk {
    struct cell_maker *maker;
    struct cells *cells;
    bool word_open;  /* a word is being gathered: */
    size_t word_end; /* the unit behind it */
    size_t word_unit;
    int word_script;
    size_t behind;   /* the unit behind the last cell */
    int typed;       /* pixels of white space since the last cell */
    bool typed_wide; /* there was U+3000 in it */
    bool touching;   /* nothing stands between the last cell and this character */
};

void cell_maker_init(struct cell_maker *maker, const struct text_metrics *metrics,
                     const struct text_style *style, const char *text, int measure) {
    *maker = (struct cell_maker){
        .metrics = metrics, .style = style, .text = text, .widest = measure - 2 * style->size};
    units_init(&maker->units);
    maker->word_space = metrics->width(metrics->user, 0, style->weight, style->size, false, " ", 1);
}

void cell_maker_finish(struct cell_maker *maker) {
    units_finish(&maker->units);
}

int cell_maker_face(const struct cell_maker *maker, uint32_t start, uint32_t size) {
    const struct text_metrics *metrics = maker->metrics;
    for (const char *at = maker->text + start; at < maker->text + start + size;)
        if (class_is_unknown(utf8_next(&at)))
            return -1;
    return metrics->face(metrics->user, maker->style->weight, maker->text + start, size);
}

static int width_of(const struct cell_maker *maker, int face, bool rtl, uint32_t start,
                    uint32_t size) {
    const struct text_metrics *metrics = maker->metrics;
    const char *text = maker->text + start;
    if (face < 0) {
        text = GETA;
        size = sizeof GETA - 1;
        face = metrics->face(metrics->user, maker->style->weight, text, size);
    }
    return metrics->width(metrics->user, face < 0 ? 0 : face, maker->style->weight,
                          maker->style->size, rtl, text, size);
}

void cell_maker_set_face(const struct cell_maker *maker, struct cell *cell, int face) {
    cell->face = face;
    cell->width = width_of(maker, face, cell->level % 2 == 1, cell->start, cell->size);
}

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
    const char *at = maker->text + maker->units.offsets[unit];
    return utf8_next(&at);
}

static bool cluster_goes_on(const struct units *units, size_t from, size_t unit) {
    if (unit == units->count || (units->flags[unit] & UNIT_CLUSTER))
        return false;
    return unit - from < MAX_SHAPED || U16_IS_TRAIL(units->data[unit]);
}

static size_t next_cluster(const struct walk *walk, size_t from) {
    size_t unit = from + 1;
    while (cluster_goes_on(&walk->maker->units, from, unit))
        unit++;
    return unit;
}

static uint8_t level_of(const struct cell_maker *maker, size_t unit) {
    return maker->units.levels ? maker->units.levels[unit] : 0;
}

/* The lowest level from a unit to another: what stands between runs belongs to the outer one. */
static uint8_t least_level(const struct cell_maker *maker, size_t from, size_t to) {
    uint8_t least = level_of(maker, from);
    for (size_t i = from + 1; maker->units.levels && i <= to; i++)
        least = maker->units.levels[i] < least ? maker->units.levels[i] : least;
    return least;
}

/* Its ink is in the right half: opening marks, and closing ones that are mirrored. */
static bool leans_right(const struct cell *cell) {
    bool mirrored = cell->level % 2 == 1 && bidi_mirror(cell->first) != cell->first;
    return (cell->kind == CELL_OPEN) != mirrored;
}

/* The ink's place in a full-width mark's square (GB/T 15834, 5.1; CLREQ, Punctuation Adjustment
 * Space). The white half becomes a space, which a line's start and end have none of (5.1.10). */
static void trim_mark(struct cell *cell, int size) {
    int half = size / 2;
    if (cell->width < size) /* a face with marks of half width */
        return;
    switch (cell->kind) {
    case CELL_OPEN:
    case CELL_CLOSE:
        cell->shift = leans_right(cell) ? -half : 0;
        cell->width -= half;
        break;
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

/* CLREQ, Hanging Punctuation at Line End: not where marks stand in a row. */
static bool may_hang(const struct text_style *style, const struct cell *before,
                     const struct cell *mark) {
    return style->hang && style->justify && !style->balance && class_may_hang(mark->first) &&
           mark->width <= (style->size + 1) / 2 && before->space == 0 && mark->level == 0 &&
           (before->kind == CELL_HAN || before->kind == CELL_WORD);
}

/* Adds the units from … to as one cell and settles what stands before it. */
static void emit(struct walk *walk, size_t from, size_t to, enum cell_kind kind, int face,
                 bool glued) {
    struct cell_maker *maker = walk->maker;
    struct cell *cell = add_cell(walk->cells);
    cell->start = maker->units.offsets[from];
    cell->size = maker->units.offsets[to] - cell->start;
    cell->kind = (uint8_t)kind;
    cell->face = face;
    cell->level = level_of(maker, from);
    cell->width = width_of(maker, face, cell->level % 2 == 1, cell->start, cell->size);
    cell->first = codepoint_at(maker, from);
    cell->last = codepoint_at(maker, to - 1);
    cell->word_start = maker->units.flags[from] & UNIT_WORD;
    trim_mark(cell, maker->style->size);
    if (walk->cells->count == 1) {
        walk->cells->lead = walk->typed_wide ? walk->typed : 0;
    } else if (glued) {
        cell[-1].rank = BREAK_LAST_RESORT;
    } else {
        struct meeting meeting = {.text = maker->text,
                                  .size = maker->style->size,
                                  .typed = walk->typed,
                                  .typed_wide = walk->typed_wide,
                                  .index = walk->cells->count - 2,
                                  .icu = maker->units.flags[from] & UNIT_LINE};
        cells_meet(cell - 1, cell, &meeting);
        cell->hang = may_hang(maker->style, cell - 1, cell);
    }
    if (walk->cells->count > 1)
        cell[-1].space_level = least_level(maker, walk->behind - 1, from);
    walk->behind = to;
    walk->typed = 0;
    walk->typed_wide = false;
    walk->touching = true;
}

static int face_between(const struct cell_maker *maker, size_t from, size_t to) {
    uint32_t start = maker->units.offsets[from];
    return cell_maker_face(maker, start, maker->units.offsets[to] - start);
}

/* A word that no line can hold: cluster by cluster (UAX #29). One that no single face has: in as
 * few pieces as there are changes of face. */
static void emit_apart(struct walk *walk, size_t from, size_t to, bool merge) {
    bool glued = false;
    while (from < to) {
        size_t end = next_cluster(walk, from);
        int face = face_between(walk->maker, from, end);
        while (merge && face >= 0 && end < to &&
               face_between(walk->maker, end, next_cluster(walk, end)) == face)
            end = next_cluster(walk, end);
        emit(walk, from, end, CELL_WORD, face, glued);
        glued = true;
        from = end;
    }
}

/* The one face that each letter of a word would have by itself; -1: they differ. */
static int letters_face(const struct walk *walk, size_t from, size_t to) {
    int face = -1;
    for (size_t end; from < to; from = end) {
        end = next_cluster(walk, from);
        if (!class_script(codepoint_at(walk->maker, from)))
            continue;
        int own = face_between(walk->maker, from, end);
        if (own < 0 || (face >= 0 && own != face))
            return -1;
        face = own;
    }
    return face;
}

/* Fonts of one script often have none of the marks: that is no reason to set the letters in
 * another. Letters of Europe stay in one face with their marks and exponents. */
static bool wants_parts(const struct walk *walk, size_t from, size_t to, int face) {
    if (walk->word_script <= SCRIPT_EUROPEAN)
        return false;
    int letters = letters_face(walk, from, to);
    return letters >= 0 && letters != face;
}

static void close_word(struct walk *walk) {
    if (!walk->word_open)
        return;
    struct cell_maker *maker = walk->maker;
    size_t from = walk->word_unit, to = walk->word_end;
    uint32_t start = maker->units.offsets[from], size = maker->units.offsets[to] - start;
    int face = cell_maker_face(maker, start, size);
    walk->word_open = false;
    bool rtl = level_of(maker, from) % 2 == 1;
    bool too_wide = width_of(maker, face < 0 ? 0 : face, rtl, start, size) > maker->widest;
    if (face < 0 || too_wide || wants_parts(walk, from, to, face))
        emit_apart(walk, from, to, !too_wide);
    else
        emit(walk, from, to, CELL_WORD, face, false);
}

/* Letters of two scripts or directions are shaped apart. */
static bool goes_with_word(const struct walk *walk, size_t from, int script) {
    const struct cell_maker *maker = walk->maker;
    return walk->touching && !(maker->units.flags[from] & UNIT_LINE) &&
           from - walk->word_unit < MAX_SHAPED &&
           level_of(maker, from) == level_of(maker, walk->word_unit) &&
           (!script || !walk->word_script || script == walk->word_script);
}

static void add_to_word(struct walk *walk, size_t from, size_t to, uint32_t c) {
    int script = class_script(c);
    if (walk->word_open && !goes_with_word(walk, from, script))
        close_word(walk);
    if (!walk->word_open) {
        walk->word_unit = from;
        walk->word_script = 0;
    }
    if (script)
        walk->word_script = script;
    walk->word_open = true;
    walk->word_end = to;
    walk->touching = true;
}

/* Dashes and dots that touch are one (CLREQ, Prohibition Rules for Unbreakable Marks; GB/T 15834,
 * 5.1.4 and 5.1.5), drawn in one go: fonts join them. But a rule drawn across with them is parted
 * where no line would hold it. */
static bool add_to_dash(struct walk *walk, size_t to, uint32_t c) {
    struct cells *cells = walk->cells;
    if (!walk->touching || walk->word_open || cells->count == 0)
        return false;
    struct cell *cell = &cells->data[cells->count - 1];
    int size = walk->maker->style->size;
    if (cell->kind != CELL_DASH || cell->first != c || cell->size > MAX_SHAPED ||
        (cell->width >= 2 * size && cell->width + size > walk->maker->widest))
        return false;
    cell->size = walk->maker->units.offsets[to] - cell->start;
    cell->width = width_of(walk->maker, cell->face, cell->level % 2 == 1, cell->start, cell->size);
    walk->behind = to;
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

/* Not a space or a joiner that carries a mark: "\u0020\u0301" is the accent by itself. */
static bool is_bare(const struct units *units, size_t from, size_t to) {
    return to - from == (U16_IS_LEAD(units->data[from]) ? 2u : 1u);
}

static void add_cluster(struct walk *walk, size_t from, size_t to) {
    struct cell_maker *maker = walk->maker;
    uint32_t c = codepoint_at(maker, from);
    bool bare = is_bare(&maker->units, from, to);
    if (bare && class_is_space(c)) {
        add_space(walk, c);
        return;
    }
    if (bare && class_is_ignorable(c))
        return;
    enum cell_kind kind = class_of(c, maker->units.flags[from] & UNIT_LATIN);
    if (kind == CELL_WORD) {
        add_to_word(walk, from, to, c);
        return;
    }
    close_word(walk);
    if (kind == CELL_DASH && maker->units.data[from] == 0x30FB)
        kind = CELL_CONNECT;
    if (kind == CELL_DASH && add_to_dash(walk, to, c))
        return;
    uint32_t start = maker->units.offsets[from];
    emit(walk, from, to, kind, cell_maker_face(maker, start, maker->units.offsets[to] - start),
         false);
}

void cell_maker_run(struct cell_maker *maker, size_t start, size_t end, struct cells *cells) {
    struct walk walk = {.maker = maker, .cells = cells};
    cells->count = 0;
    cells->lead = 0;
    units_read(&maker->units, maker->text, start, end);
    if (maker->style->balance)
        units_mark_words(&maker->units);
    cells->rtl = maker->units.rtl;
    for (size_t from = 0, to; from < maker->units.count; from = to) {
        to = next_cluster(&walk, from);
        add_cluster(&walk, from, to);
    }
    close_word(&walk);
    names_unify(maker, cells);
    if (maker->style->balance)
        names_join(maker, cells);
}
