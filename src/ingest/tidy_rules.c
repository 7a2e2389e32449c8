#include "ingest/tidy_rules.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ingest/text.h"

#define FULL_STOP       0x3002
#define IDEOGRAPHIC_GAP 0x3000
#define FULL_OPEN       0xFF08
#define FULL_CLOSE      0xFF09
#define ELLIPSIS        0x2026
#define DASH            0x2014
#define LONGEST_DASH    4    /* hyphens; more are a line drawn across */
#define LOOK_AHEAD      4096 /* code points; what closes later closes nothing */
#define PHRASE          2    /* Han; what is shorter is no phrase but letters set wide */

enum {
    KIND_OTHER,
    KIND_HAN,   /* Han, and marks that only Chinese has */
    KIND_MARK,  /* half-width marks, looked through where a mark is judged */
    KIND_CLEAR, /* marks that Chinese and English share, looked through always */
    KIND_SPACE,
    KIND_EDGE /* of the line; only as a neighbour */
};

/* ---- looking at a line */

static bool is_chinese_mark(uint32_t c) {
    return (c >= 0x3001 && c <= 0x3003) || (c >= 0x3008 && c <= 0x3011) ||
           (c >= 0x3014 && c <= 0x301B) || c == 0xFF01 || c == FULL_OPEN || c == FULL_CLOSE ||
           c == 0xFF0C || c == 0xFF1A || c == 0xFF1B || c == 0xFF1F;
}

static unsigned char kind_of(uint32_t c) {
    if (text_is_space(c))
        return KIND_SPACE;
    if (c < 0x80)
        return strchr(",;:?!()\"'", (char)c) ? KIND_MARK : c == '*' ? KIND_CLEAR : KIND_OTHER;
    if ((c >= 0x2018 && c <= 0x201D) || c == ELLIPSIS || c == DASH)
        return KIND_CLEAR;
    return is_chinese_mark(c) || text_is_han(c) ? KIND_HAN : KIND_OTHER;
}

static bool is_letter(uint32_t c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool stands_at(const struct tidy_work *work, size_t at, const char *ascii) {
    for (; *ascii; ascii++, at++)
        if (at >= work->count || work->points[at] != (uint32_t)*ascii)
            return false;
    return true;
}

static size_t run_length(const struct tidy_work *work, size_t at, uint32_t c) {
    size_t end = at;
    while (end < work->count && work->points[end] == c)
        end++;
    return end - at;
}

static void protect(struct tidy_work *work, size_t from, size_t to) {
    memset(work->kinds + from, KIND_OTHER, to - from);
}

/* An address goes on to a space or to a mark that only Chinese has. */
static size_t protect_address(struct tidy_work *work, size_t at) {
    size_t start = at, end = at;
    while (start && is_letter(work->points[start - 1]))
        start--;
    while (end < work->count && work->kinds[end] != KIND_SPACE &&
           !is_chinese_mark(work->points[end]))
        end++;
    protect(work, start, end);
    return end;
}

/* What closes each run of backticks (the next of the same length) and each "]" of a Markdown link
 * (the next ")"), looked for from the end: hostile text opens a great many. */
static void find_closers(struct tidy_work *work) {
    uint32_t bracket = 0, *runs = NULL; /* by length */
    size_t ticks = 0;
    for (size_t i = work->count; i-- > 0;) {
        uint32_t c = work->points[i];
        work->closers[i] = c == ']' ? bracket : 0;
        if (c == ')')
            bracket = (uint32_t)i;
        ticks = c == '`' ? ticks + 1 : 0;
        if (!ticks || ticks >= LOOK_AHEAD || (i && work->points[i - 1] == '`'))
            continue;
        runs = runs ? runs : xcalloc(LOOK_AHEAD, sizeof *runs);
        work->closers[i] = runs[ticks];
        runs[ticks] = (uint32_t)i;
    }
    free(runs);
}

static bool is_closed(const struct tidy_work *work, size_t at) {
    return work->closers[at] && work->closers[at] - at < LOOK_AHEAD;
}

/* From `at` to the next run of backticks of the same length. */
static size_t protect_code(struct tidy_work *work, size_t at) {
    size_t ticks = run_length(work, at, '`');
    size_t end = is_closed(work, at) ? work->closers[at] + ticks : at;
    protect(work, at, end);
    return end > at ? end : at + ticks;
}

/* Of a Markdown link: ](…) */
static size_t protect_link(struct tidy_work *work, size_t at) {
    size_t end = is_closed(work, at) ? work->closers[at] + 1 : at;
    protect(work, at, end);
    return end > at ? end : at + 1;
}

static void look_at_points(struct tidy_work *work) {
    for (size_t i = 0; i < work->count; i++)
        work->kinds[i] = kind_of(work->points[i]);
    find_closers(work);
    for (size_t i = 0; i < work->count;) {
        if (work->points[i] == '`')
            i = protect_code(work, i);
        else if (stands_at(work, i, "]("))
            i = protect_link(work, i);
        else if (stands_at(work, i, "://") || stands_at(work, i, "www."))
            i = protect_address(work, i);
        else
            i++;
    }
    for (size_t i = 0; i < work->count; i++)
        work->han[i + 1] = work->han[i] + (work->kinds[i] == KIND_HAN);
}

/* Fills before and after with the nearest kind that is not in `through` (bits). */
static void look_around(struct tidy_work *work, unsigned through) {
    unsigned char nearest = KIND_EDGE;
    for (size_t i = 0; i < work->count; i++) {
        work->before[i] = nearest;
        nearest = through & 1u << work->kinds[i] ? nearest : work->kinds[i];
    }
    nearest = KIND_EDGE;
    for (size_t i = work->count; i-- > 0;) {
        work->after[i] = nearest;
        nearest = through & 1u << work->kinds[i] ? nearest : work->kinds[i];
    }
}

/* ---- the rules */

static void set(struct tidy_work *work, size_t at, uint32_t c, enum tidy_kind kind) {
    work->points[at] = c;
    work->tidy->counts[kind]++;
}

/* Right beside it on both sides. */
static bool is_between_han(const struct tidy_work *work, size_t at) {
    return at && at + 1 < work->count && work->kinds[at - 1] == KIND_HAN &&
           work->kinds[at + 1] == KIND_HAN;
}

/* Whether marks that belong together stand in Chinese: there is Han between them, and nothing else
 * around them, or Han right on both sides of one of them. */
static bool is_chinese_pair(const struct tidy_work *work, size_t open, size_t close) {
    if (work->han[close] == work->han[open + 1])
        return false;
    bool other = work->before[open] == KIND_OTHER || work->after[close] == KIND_OTHER;
    return !other || is_between_han(work, open) || is_between_han(work, close);
}

/* Whether such marks stand beside Han, though what is between them may not be. */
static bool is_beside_han(const struct tidy_work *work, size_t open, size_t close) {
    unsigned char before = work->before[open], after = work->after[close];
    return before != KIND_OTHER && after != KIND_OTHER && (before == KIND_HAN || after == KIND_HAN);
}

static uint32_t full_width(uint32_t c) {
    return c - '!' + 0xFF01;
}

static bool is_open(uint32_t c) {
    return c == '(' || c == FULL_OPEN;
}

static void widen(struct tidy_work *work, size_t at) {
    if (work->points[at] < 0x80)
        set(work, at, full_width(work->points[at]), TIDY_PUNCTUATION);
}

/* Both or neither; of a pair with one full-width bracket the other becomes so, too. */
static void tidy_brackets(struct tidy_work *work) {
    size_t *open = xcalloc(work->count, sizeof *open), depth = 0;
    for (size_t i = 0; i < work->count; i++) {
        uint32_t c = work->points[i];
        if (work->kinds[i] == KIND_OTHER)
            continue;
        if (is_open(c))
            open[depth++] = i;
        if (c != ')' && c != FULL_CLOSE)
            continue;
        if (!depth) {
            if (is_between_han(work, i))
                widen(work, i);
            continue;
        }
        size_t from = open[--depth];
        bool mixed = (work->points[from] < 0x80) != (c < 0x80);
        if (mixed || is_chinese_pair(work, from, i)) {
            widen(work, from);
            widen(work, i);
        }
    }
    while (depth--)
        if (is_between_han(work, open[depth]))
            widen(work, open[depth]);
    free(open);
}

static bool is_quote(const struct tidy_work *work, size_t at, uint32_t c) {
    bool apostrophe = c == '\'' && at && at + 1 < work->count && is_letter(work->points[at - 1]) &&
                      is_letter(work->points[at + 1]);
    return work->points[at] == c && work->kinds[at] == KIND_MARK && !apostrophe;
}

/* Straight quotes have no direction: in pairs from the left, and only where none is left over. The
 * double ones are Chinese also around a foreign word in Chinese. */
static void tidy_quotes(struct tidy_work *work, uint32_t straight, uint32_t open, uint32_t close) {
    size_t count = 0, from = 0;
    bool inside = false;
    for (size_t i = 0; i < work->count; i++)
        count += is_quote(work, i, straight);
    for (size_t i = 0; count % 2 == 0 && i < work->count; i++) {
        if (!is_quote(work, i, straight))
            continue;
        if (inside) {
            if (is_chinese_pair(work, from, i) ||
                (straight == '"' && i > from + 1 && is_beside_han(work, from, i))) {
                set(work, from, open, TIDY_PUNCTUATION);
                set(work, i, close, TIDY_PUNCTUATION);
            }
        }
        inside = !inside;
        from = i;
    }
}

/* Behind Han, and before Han or the end. ":)" is a face. */
static void tidy_marks(struct tidy_work *work) {
    for (size_t i = 0; i < work->count; i++) {
        uint32_t c = work->points[i];
        bool mark = work->kinds[i] == KIND_MARK && c < 0x80 && strchr(",;:?!", (char)c);
        bool face = (c == ':' || c == ';') && stands_at(work, i + 1, ")");
        if (mark && !face && work->before[i] == KIND_HAN && work->after[i] != KIND_OTHER)
            set(work, i, full_width(c), TIDY_PUNCTUATION);
    }
}

/* A run of at least `least` becomes two of `to`. */
static void tidy_run(struct tidy_work *work, size_t at, size_t size, uint32_t to,
                     enum tidy_kind kind) {
    if (work->kinds[at] != KIND_HAN && !is_beside_han(work, at, at + size - 1))
        return;
    memset(work->points + at, 0, size * sizeof *work->points);
    set(work, at, to, kind);
    work->points[at + 1] = to;
}

static void tidy_runs(struct tidy_work *work) {
    for (size_t i = 0, size = 1; i < work->count; i += size) {
        uint32_t c = work->points[i];
        bool hyphens = c == '-', stops = c == '.' || c == FULL_STOP;
        size = hyphens || stops ? run_length(work, i, c) : 1;
        if (hyphens && size >= 2 && size <= LONGEST_DASH)
            tidy_run(work, i, size, DASH, TIDY_DASHES);
        else if (stops && size >= 3)
            tidy_run(work, i, size, ELLIPSIS, TIDY_ELLIPSES);
    }
}

/* Han that are letters, not marks, up to PHRASE of them. */
static size_t phrase(const struct tidy_work *work, size_t at, int step) {
    size_t length = 0;
    for (; length < PHRASE && at < work->count && text_is_han(work->points[at]); at += (size_t)step)
        length++;
    return length;
}

static void tidy_spaces(struct tidy_work *work) {
    for (size_t i = 0, end = 0; i < work->count; i = end + 1) {
        bool wide = false;
        for (end = i; end < work->count && work->kinds[end] == KIND_SPACE; end++)
            wide = wide || work->points[end] == IDEOGRAPHIC_GAP;
        if (end == i || wide || work->before[i] != KIND_HAN || work->after[end - 1] != KIND_HAN)
            continue;
        if (work->name && phrase(work, i - 1, -1) == PHRASE && phrase(work, end, 1) == PHRASE)
            continue;
        memset(work->points + i, 0, (end - i) * sizeof *work->points);
        work->tidy->counts[TIDY_SPACES]++;
    }
}

static void drop_deleted(struct tidy_work *work) {
    size_t kept = 0;
    for (size_t i = 0; i < work->count; i++)
        if (work->points[i])
            work->points[kept++] = work->points[i];
    work->count = kept;
}

bool tidy_round(struct tidy_work *work) {
    size_t before = tidy_changes(work->tidy);
    look_at_points(work);
    look_around(work, 1u << KIND_MARK | 1u << KIND_CLEAR | 1u << KIND_SPACE);
    tidy_brackets(work);
    tidy_quotes(work, '"', 0x201C, 0x201D);
    tidy_quotes(work, '\'', 0x2018, 0x2019);
    tidy_marks(work);
    tidy_runs(work);
    drop_deleted(work);
    look_at_points(work);
    look_around(work, 1u << KIND_CLEAR | 1u << KIND_SPACE);
    tidy_spaces(work);
    drop_deleted(work);
    return tidy_changes(work->tidy) != before;
}
