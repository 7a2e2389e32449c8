#include "display/layout_adjust.h"

/* Pixels that the space behind a cell may change by at a level; negative levels shrink. */
static int room_at(const struct cell *cell, int level, int size) {
    if (level < 0)
        return cell->shrink_level == -level ? cell->shrink : 0;
    if (level == STRETCH_WIDE)
        return cell->stretch_level == STRETCH_WORD ? size / 2 : 0;
    if (cell->stretch_level != level)
        return 0;
    int most = level == STRETCH_WORD ? size / 2 : level == STRETCH_GAP ? size / 3 : 0;
    if (level == STRETCH_REST)
        return size;
    return most > cell->space ? most - cell->space : 0;
}

static int total_room(const struct cell *cells, size_t count, int level, int size) {
    int total = 0;
    for (size_t i = 0; i + 1 < count; i++)
        total += room_at(&cells[i], level, size);
    return total;
}

/* Shares pixels out over the spaces of a level in proportion to their room, so that the rounding
 * is spread too. */
static void share(const struct cell *cells, size_t count, int level, int size, int total,
                  int amount, int *spaces) {
    int64_t before = 0, room = 0;
    for (size_t i = 0; i + 1 < count; i++) {
        room += room_at(&cells[i], level, size);
        int64_t now = total > 0 ? room * amount / total : 0;
        spaces[i] += (int)(level < 0 ? before - now : now - before);
        before = now;
    }
}

static void shrink(const struct cell *cells, size_t count, int size, int excess, int *spaces) {
    for (int level = 1; level < SHRINK_LEVELS && excess > 0; level++) {
        int total = total_room(cells, count, -level, size);
        int amount = excess < total ? excess : total;
        share(cells, count, -level, size, total, amount, spaces);
        excess -= amount;
    }
}

/* Level by level. More than a quarter em between two characters tears a line apart: then words
 * stand an em apart, as they must in lines of few words (English, Uyghur); and a line that would
 * still not be filled is left ragged. */
static void stretch(const struct cell *cells, size_t count, int size, int left, int *spaces) {
    static const int levels[] = {STRETCH_WORD, STRETCH_GAP, STRETCH_REST, STRETCH_WIDE};
    int totals[4], most[4], sum = 0;
    for (int i = 0; i < 4; i++) {
        totals[i] = total_room(cells, count, levels[i], size);
        most[i] = levels[i] == STRETCH_REST ? totals[i] / 4 : totals[i];
        sum += most[i];
    }
    for (int i = 0; i < 4 && left <= sum; i++) {
        int amount = left < most[i] ? left : most[i];
        share(cells, count, levels[i], size, totals[i], amount, spaces);
        left -= amount;
        sum -= most[i];
    }
}

static int natural_width(const struct cell *cells, size_t count, const int *spaces) {
    int width = 0;
    for (size_t i = 0; i < count; i++)
        width += cells[i].width + (i + 1 < count ? spaces[i] : 0);
    return width;
}

int hanging_width(const struct cell *cells, size_t count, int room) {
    const struct cell *last = &cells[count - 1];
    if (!last->hang || count < 2)
        return 0;
    int least = last->width;
    for (size_t i = 0; i + 1 < count; i++)
        least += cells[i].width + cells[i].space - cells[i].shrink;
    return least > room ? last->width : 0;
}

int adjust_spaces(const struct cell *cells, size_t count, const struct text_style *style, int room,
                  bool last, int *spaces) {
    for (size_t i = 0; i < count; i++)
        spaces[i] = cells[i].space;
    int left = room - natural_width(cells, count, spaces);
    if (!style->justify || style->balance)
        return room - left;
    if (left < 0)
        shrink(cells, count, style->size, -left, spaces);
    else if (!last)
        stretch(cells, count, style->size, left, spaces);
    return natural_width(cells, count, spaces);
}
