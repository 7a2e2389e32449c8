#include "display/layout_names.h"

#include <string.h>

#include "base/str.h"

/* A rare character is nearly always one of a name, and names are not marked in Chinese. Between
 * marks, spaces and other scripts a few characters are one (张䶮、李四). In running text what
 * stands before is up to a surname of two characters and the first of the given name, or a word of
 * as many (欧阳晓䶮, 由张䶮), and behind it the rest of the given name or a title (䶮晓明,
 * 张䶮老师): whole words of ICU's dictionary, so that no word is set in two faces either. */
#define MOST_ALONE  4
#define MOST_BEFORE 3
#define MOST_BEHIND 2
#define REACH       8 /* as far as a word may reach that is too long already */

/* The cells from … to - 1. */
struct range {
    size_t from, to;
};

static bool is_han(const struct cell *cell) {
    return cell->kind == CELL_HAN && class_gives_gap(cell->first);
}

/* Nothing but Han, set closely; no more of it than matters. */
static struct range run_around(const struct cell *cells, size_t count, size_t at) {
    struct range run = {at, at + 1};
    while (run.from > 0 && at - run.from < REACH && is_han(&cells[run.from - 1]) &&
           cells[run.from - 1].space == 0)
        run.from--;
    while (run.to < count && run.to - at <= REACH && is_han(&cells[run.to]) &&
           cells[run.to - 1].space == 0)
        run.to++;
    return run;
}

static bool starts_word(const struct cell_maker *maker, const struct cell *cell) {
    return maker->units.flags[units_at(&maker->units, cell->start)] & UNIT_WORD;
}

static struct range name_in(struct cell_maker *maker, const struct cell *cells, struct range run,
                            size_t at) {
    struct range name = {at, at + 1};
    units_mark_words(&maker->units);
    for (size_t from = at; from > run.from && at - from < MOST_BEFORE;) {
        do
            from--;
        while (from > run.from && !starts_word(maker, &cells[from]));
        if (at - from <= MOST_BEFORE)
            name.from = from;
    }
    for (size_t to = at + 1; to < run.to && to - at <= MOST_BEHIND;) {
        do
            to++;
        while (to < run.to && !starts_word(maker, &cells[to]));
        if (to - at - 1 <= MOST_BEHIND)
            name.to = to;
    }
    return name;
}

void names_unify(struct cell_maker *maker, struct cells *cells) {
    struct cell *data = cells->data;
    for (size_t i = 0; i < cells->count; i++) {
        if (data[i].face <= 0 || !is_han(&data[i]))
            continue;
        struct range run = run_around(data, cells->count, i);
        struct range name = run.to - run.from <= MOST_ALONE ? run : name_in(maker, data, run, i);
        const struct cell *first = &data[name.from], *last = &data[name.to - 1];
        int face = cell_maker_face(maker, first->start, last->start + last->size - first->start);
        for (size_t k = name.from; face > 0 && k < name.to; k++)
            cell_maker_set_face(maker, &data[k], face);
        if (face > 0)
            i = name.to - 1;
    }
}

static void join(const struct cell_maker *maker, struct cells *cells, size_t from,
                 const char *name) {
    size_t size = strlen(name), start = cells->data[from].start;
    if (strncmp(maker->text + start, name, size) != 0)
        return;
    for (size_t to = from; to < cells->count; to++) {
        const struct cell *cell = &cells->data[to];
        if (cell->start + cell->size < start + size)
            continue;
        bool whole = cell->start + cell->size == start + size;
        for (size_t k = from; whole && k < to; k++)
            cells->data[k].joined = true;
        return;
    }
}

/* The first of the sorted names that begins with these bytes or comes behind them. */
static size_t first_name(const struct text_style *style, const char *bytes, size_t size) {
    size_t from = 0, to = style->name_count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (strncmp(style->names[middle], bytes, size) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

void names_join(const struct cell_maker *maker, struct cells *cells) {
    const struct text_style *style = maker->style;
    for (size_t i = 0; i < cells->count; i++) {
        const char *text = maker->text + cells->data[i].start, *behind = text;
        utf8_next(&behind);
        size_t size = (size_t)(behind - text);
        for (size_t k = first_name(style, text, size);
             k < style->name_count && strncmp(style->names[k], text, size) == 0; k++)
            join(maker, cells, i, style->names[k]);
    }
}
