/* The best lines of a paragraph are found over all its breaks at once (Knuth and Plass), not line
 * by line: what one line gains must not be paid by the next. */
#include "display/layout_break.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define COST_NEVER       (INT64_MAX / 4)
#define COST_OVERFULL    ((int64_t)1 << 52) /* a single cell wider than the measure */
#define COST_FORBIDDEN   ((int64_t)1 << 48) /* 避头尾 broken: only in a measure of a few em */
#define COST_LAST_RESORT ((int64_t)1 << 42) /* inside a word */
#define COST_ADDRESS     ((int64_t)1 << 41) /* inside an address, at one of its signs */
#define COST_WIDOW       ((int64_t)1 << 40)
#define COST_LINE        ((int64_t)1 << 36) /* ragged text: no line more than needed */
#define COST_LARGE       ((int64_t)1 << 58) /* more than this is lowered, before sums overflow */
#define COST_PARTED      3000000            /* titles: what belongs together */
#define COST_POOR        3000               /* behind a hyphen, or a slash in an address */

/* Cells of a line, for each em of the measure and besides. The narrowest letters are a fifth of an
 * em, no measure is 500 em, and a line of more is of marks that take no place: a paragraph of those
 * would otherwise be looked through again from each of them. */
#define MAX_CELLS_PER_EM   4
#define MAX_MORE_CELLS     512
#define MAX_BALANCED_CELLS 200 /* a title; longer text is set as if not to be balanced */
#define MAX_SHORT_QUOTE    6   /* characters between quotation marks that stay together in titles */

/* Sums over the cells before each: a line's figures are differences. */
struct sums {
    int64_t width, shrink, stretch;
    int32_t rest, words;
};

struct breaker {
    const struct cell *cells;
    size_t count;
    const struct text_style *style;
    int measure, indent;
    size_t most; /* cells of a line */
    bool justify;
    struct sums *sums; /* count + 1 */
    int64_t *costs;    /* to leave after a cell, where a line may end there; count */
    int64_t *best;     /* least cost of lines up to a cell; (lines + 1) * (count + 1) */
    size_t *from;      /* where the last of those lines begins; likewise */
    int target;        /* balanced titles: the width aimed at */
};

static int stretch_room(const struct cell *cell, int size) {
    int most = cell->stretch_level == STRETCH_WORD  ? size / 2
               : cell->stretch_level == STRETCH_GAP ? size / 3
                                                    : 0;
    return most > cell->space ? most - cell->space : 0;
}

static void add_up(struct breaker *breaker) {
    struct sums sums = {0};
    for (size_t i = 0; i < breaker->count; i++) {
        const struct cell *cell = &breaker->cells[i];
        breaker->sums[i] = sums;
        sums.width += cell->width + cell->space;
        sums.shrink += cell->shrink;
        sums.stretch += stretch_room(cell, breaker->style->size);
        sums.rest += cell->stretch_level == STRETCH_REST;
        sums.words += cell->stretch_level == STRETCH_WORD;
    }
    breaker->sums[breaker->count] = sums;
}

/* The figures of the cells first … end - 1 in a row; the space behind the last is not in it. */
static struct sums row_sums(const struct breaker *breaker, size_t first, size_t end) {
    const struct cell *last = &breaker->cells[end - 1];
    struct sums a = breaker->sums[first], b = breaker->sums[end - 1];
    return (struct sums){.width = b.width + last->width - a.width,
                         .shrink = b.shrink - a.shrink,
                         .stretch = b.stretch - a.stretch,
                         .rest = b.rest - a.rest,
                         .words = b.words - a.words};
}

static int room(const struct breaker *breaker, size_t first) {
    return breaker->measure - (first == 0 ? breaker->indent : 0);
}

/* Those of a line: a mark that hangs, as no squeezing takes it in, has no part in it. */
static struct sums line_sums(const struct breaker *breaker, size_t first, size_t end) {
    struct sums sums = row_sums(breaker, first, end);
    bool hangs = breaker->cells[end - 1].hang && first + 1 < end &&
                 sums.width - sums.shrink > room(breaker, first);
    return hangs ? row_sums(breaker, first, end - 1) : sums;
}

static int64_t least_width(const struct breaker *breaker, struct sums sums) {
    return sums.width - (breaker->justify ? sums.shrink : 0);
}

static int64_t rank_cost(const struct breaker *breaker, size_t cell) {
    switch (breaker->cells[cell].rank) {
    case BREAK_GOOD:
        return 0;
    case BREAK_POOR:
        return COST_POOR;
    default:
        return COST_NEVER;
    }
}

/* Addresses part behind : and /, before the other signs (Chicago Manual of Style, 7.46). */
static int64_t last_resort_cost(const struct cell *cell) {
    uint32_t next = cell[1].first;
    if (cell->rank != BREAK_LAST_RESORT)
        return COST_FORBIDDEN;
    if (cell->last == ':' || cell->last == '/' ||
        (next > ' ' && next < 0x80 && strchr(".-_?#%&=~@", (int)next)))
        return COST_ADDRESS;
    return COST_LAST_RESORT;
}

/* The cells first … end - 1, of these sums, are more than fit into so many pixels. */
static bool is_too_long(const struct breaker *breaker, size_t first, size_t end, struct sums sums,
                        int space) {
    return first + 1 < end && (least_width(breaker, sums) > space || end - first > breaker->most);
}

/* Where the cells between two breaks cannot stand in one line, some break between them must do. */
static void open_last_resorts(struct breaker *breaker) {
    size_t first = 0;
    for (size_t i = 0; i < breaker->count; i++) {
        if (i + 1 < breaker->count && breaker->costs[i] == COST_NEVER)
            continue;
        struct sums sums = line_sums(breaker, first, i + 1);
        if (is_too_long(breaker, first, i + 1, sums, breaker->measure - breaker->indent))
            for (size_t k = first; k < i; k++)
                breaker->costs[k] = last_resort_cost(&breaker->cells[k]);
        first = i + 1;
    }
}

/* A paragraph's last line holds one Han character, or one with its marks (CLREQ, Widows and
 * Orphans), half-width ones among them. */
static bool is_widow(const struct breaker *breaker, size_t first) {
    size_t characters = 0;
    for (size_t i = first; i < breaker->count; i++) {
        const struct cell *cell = &breaker->cells[i];
        bool word = cell->kind == CELL_WORD;
        if (word && (class_takes_gap(cell->first) || class_takes_gap(cell->last)))
            return false;
        characters += cell->kind == CELL_HAN;
        if (characters > 1)
            return false;
    }
    return first > 0;
}

/* 800 where characters stand a quarter em apart; above, where words must stand an em apart; and a
 * line that would still tear is not filled: then how short it is decides. As adjust_spaces does. */
static int64_t stretch_badness(const struct breaker *breaker, const struct sums *sums,
                               int64_t left) {
    int64_t size = breaker->style->size, rest = sums->rest * size;
    int64_t tear = sums->stretch + rest / 4, wide = sums->words * (size / 2);
    if (left > tear + wide)
        return 10000 + left * 200000 / breaker->measure;
    if (left > tear)
        return 1000 + 7000 * (left - tear) / wide;
    int64_t ratio = left > 0 ? left * 2048 / (8 * sums->stretch + rest) : 0;
    return 100 * ratio * ratio * ratio >> 24;
}

/* Squeezing takes whole spaces away, one kind after the other: it is seen sooner. */
static int64_t squeeze_badness(int64_t part, int64_t whole) {
    return 140 * part * part / (whole * whole);
}

static int64_t justified_cost(const struct breaker *breaker, struct sums sums, size_t first,
                              size_t end) {
    int64_t left = room(breaker, first) - sums.width;
    int64_t bad = 0;
    if (left < -sums.shrink)
        return first + 1 == end ? COST_OVERFULL : COST_NEVER;
    if (left < 0)
        bad = squeeze_badness(-left, sums.shrink);
    else if (end < breaker->count)
        bad = stretch_badness(breaker, &sums, left);
    return (10 + bad) * (10 + bad);
}

static int64_t ragged_cost(const struct breaker *breaker, struct sums sums, size_t first,
                           size_t end) {
    int64_t width = sums.width, left = room(breaker, first) - width;
    if (left < 0)
        return first + 1 == end ? COST_OVERFULL : COST_NEVER;
    if (breaker->target > 0)
        left = width - breaker->target;
    else if (end == breaker->count)
        left = 0;
    int64_t part = left * 1000 / (breaker->target > 0 ? breaker->target : breaker->measure);
    return COST_LINE + part * part;
}

static int64_t line_cost(const struct breaker *breaker, struct sums sums, size_t first,
                         size_t end) {
    int64_t cost = breaker->justify ? justified_cost(breaker, sums, first, end)
                                    : ragged_cost(breaker, sums, first, end);
    if (end == breaker->count)
        return is_widow(breaker, first) && cost < COST_WIDOW ? cost + COST_WIDOW : cost;
    return cost + breaker->costs[end - 1];
}

/* best[end] for lines that begin where before is known. Gives the first cell with which a line that
 * ends there may begin; no later line begins before it. */
static size_t find_best(struct breaker *breaker, const int64_t *before, int64_t *best, size_t *from,
                        size_t end) {
    size_t first = end;
    best[end] = COST_NEVER;
    if (end < breaker->count && breaker->costs[end - 1] >= COST_NEVER)
        return end;
    while (first-- > 0) {
        if (before[first] >= COST_NEVER)
            continue;
        struct sums sums = line_sums(breaker, first, end);
        if (is_too_long(breaker, first, end, sums, room(breaker, first)))
            break;
        int64_t cost = before[first] + line_cost(breaker, sums, first, end);
        if (cost < best[end]) {
            best[end] = cost;
            from[end] = first;
        }
    }
    return first + 1;
}

/* Of the costs that are still compared only the differences matter: hundreds of lines that cannot
 * be set well may otherwise add up to COST_NEVER. */
static void lower_costs(int64_t *best, size_t first, size_t end) {
    int64_t least = COST_NEVER;
    for (size_t i = first; i <= end; i++)
        least = best[i] < least ? best[i] : least;
    for (size_t i = first; i <= end; i++)
        if (best[i] < COST_NEVER)
            best[i] -= least;
}

static size_t read_ends(const size_t *from, size_t count, size_t *ends) {
    size_t lines = 0;
    for (size_t end = count; end > 0; end = from[end])
        ends[lines++] = end;
    for (size_t i = 0; i < lines / 2; i++) {
        size_t swap = ends[i];
        ends[i] = ends[lines - 1 - i];
        ends[lines - 1 - i] = swap;
    }
    return lines;
}

static size_t break_best(struct breaker *breaker, size_t *ends) {
    breaker->best[0] = 0;
    for (size_t end = 1; end <= breaker->count; end++) {
        size_t first = find_best(breaker, breaker->best, breaker->best, breaker->from, end);
        if (breaker->best[end] > COST_LARGE && breaker->best[end] < COST_NEVER)
            lower_costs(breaker->best, first, end);
    }
    return read_ends(breaker->from, breaker->count, ends);
}

/* ---- titles ---- */

static bool is_particle(const struct breaker *breaker, size_t at) {
    const struct cell *cell = &breaker->cells[at];
    bool alone = at + 1 == breaker->count || cell[1].word_start || cell[1].kind != CELL_HAN;
    return cell->kind == CELL_HAN && cell->word_start && alone && class_is_particle(cell->first);
}

/* A title's parts want lines of their own, even if these are then less alike. */
static int64_t pause_bonus(uint32_t mark) {
    switch (mark) {
    case 0x3001: /* 、 */
        return 0;
    case 0xFF0C: /* ， */
        return -300000;
    default:
        return -500000;
    }
}

/* In units of the squared thousandth of the aimed width that a line may be off. */
static int64_t title_cost(const struct breaker *breaker, size_t cell) {
    const struct cell *next = &breaker->cells[cell + 1];
    enum cell_kind kind = (enum cell_kind)breaker->cells[cell].kind;
    if (kind == CELL_PAUSE || kind == CELL_STOP)
        return pause_bonus(breaker->cells[cell].first);
    if (next->kind == CELL_DASH && next->first != 0x2026) /* a subtitle */
        return -400000;
    if (kind == CELL_HAN && next->kind == CELL_HAN && !next->word_start)
        return 2000000;
    return is_particle(breaker, cell + 1) ? 1000000 : 0;
}

static void raise(struct breaker *breaker, size_t from, size_t to, int64_t cost) {
    for (size_t i = from; i < to; i++)
        if (breaker->costs[i] < COST_NEVER)
            breaker->costs[i] += cost;
}

/* Short quotations and names of books stay in one line where another break serves. */
static void keep_quotes(struct breaker *breaker) {
    size_t open = breaker->count;
    for (size_t i = 0; i < breaker->count; i++) {
        if (breaker->cells[i].kind == CELL_OPEN)
            open = i;
        if (breaker->cells[i].kind != CELL_CLOSE || open == breaker->count)
            continue;
        if (i - open - 1 <= MAX_SHORT_QUOTE)
            raise(breaker, open, i, COST_PARTED);
        open = breaker->count;
    }
}

static void keep_names(struct breaker *breaker) {
    for (size_t i = 0; i < breaker->count; i++)
        if (breaker->cells[i].joined)
            raise(breaker, i, i + 1, COST_PARTED);
}

/* The same number of lines, of about equal length. */
static size_t break_balanced(struct breaker *breaker, size_t lines, size_t *ends) {
    size_t row = breaker->count + 1;
    int64_t width = breaker->indent + row_sums(breaker, 0, breaker->count).width;
    breaker->target = (int)(width / (int64_t)lines);
    for (size_t i = 0; i + 1 < breaker->count; i++)
        raise(breaker, i, i + 1, title_cost(breaker, i));
    keep_quotes(breaker);
    keep_names(breaker);
    for (size_t i = 0; i < (lines + 1) * row; i++)
        breaker->best[i] = COST_NEVER;
    breaker->best[0] = 0;
    for (size_t line = 1; line <= lines; line++)
        for (size_t end = line; end <= breaker->count; end++)
            find_best(breaker, breaker->best + (line - 1) * row, breaker->best + line * row,
                      breaker->from + line * row, end);
    size_t end = breaker->count;
    for (size_t line = lines; line > 0; line--) {
        ends[line - 1] = end;
        end = breaker->from[line * row + end];
    }
    return lines;
}

static void reserve_rows(struct breaker *breaker, size_t rows) {
    breaker->best = xrealloc(breaker->best, rows * (breaker->count + 1), sizeof *breaker->best);
    breaker->from = xrealloc(breaker->from, rows * (breaker->count + 1), sizeof *breaker->from);
}

size_t break_lines(const struct cells *cells, const struct text_style *style, int measure,
                   int indent, size_t *ends) {
    struct breaker breaker = {.cells = cells->data,
                              .count = cells->count,
                              .style = style,
                              .measure = measure,
                              .indent = indent,
                              .most = MAX_MORE_CELLS + (size_t)MAX_CELLS_PER_EM * (size_t)measure /
                                                           (size_t)style->size,
                              .justify = style->justify && !style->balance};
    if (cells->count == 0)
        return 0;
    breaker.sums = xcalloc(cells->count + 1, sizeof *breaker.sums);
    breaker.costs = xcalloc(cells->count, sizeof *breaker.costs);
    reserve_rows(&breaker, 1);
    add_up(&breaker);
    for (size_t i = 0; i < cells->count; i++)
        breaker.costs[i] = rank_cost(&breaker, i);
    open_last_resorts(&breaker);
    size_t lines = break_best(&breaker, ends);
    if (style->balance && lines > 1 && cells->count <= MAX_BALANCED_CELLS) {
        reserve_rows(&breaker, lines + 1);
        lines = break_balanced(&breaker, lines, ends);
    }
    free(breaker.sums);
    free(breaker.costs);
    free(breaker.best);
    free(breaker.from);
    return lines;
}
