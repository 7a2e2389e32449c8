#include "display/layout_between.h"

#include <string.h>

#include "display/layout_amount.h"

#define SOLIDUS 0xFF0F

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

static bool is_loud(const struct cell *cell) {
    return cell->first == 0xFF01 || cell->first == 0xFF1F;
}

/* The second of exactly two ！？ in a row, index cells behind the paragraph's first. */
static bool is_double_stop(const struct cell *cell, size_t index) {
    size_t count = 1;
    while (is_loud(cell) && index > 0 && is_loud(cell - 1) &&
           cell[-1].start + cell[-1].size == cell->start) {
        cell--;
        index--;
        count++;
    }
    return count == 2;
}

/* CLREQ, Adjustment of adjacent punctuation marks: of two marks in a row one gives up its white
 * half, so that they take 1.5 em; and Exclamatory question mark: ？！ takes one. */
static void set_mark_space(struct cell *left, const struct cell *right,
                           const struct meeting *meeting) {
    int size = meeting->size;
    enum shrink_level trail = trail_level(left);
    bool opens = right->kind == CELL_OPEN;
    bool clings = left->kind == CELL_OPEN || trail_level(right);
    if (left->kind == CELL_DOT || right->kind == CELL_DOT)
        set_space(left, size / 4, 0, SHRINK_DOT, STRETCH_REST);
    else if (opens && left->kind != CELL_OPEN)
        set_space(left, size / 2, 0, SHRINK_MARK, STRETCH_REST);
    else if (!opens && trail && !trail_level(right))
        set_space(left, is_double_stop(left, meeting->index) ? 0 : size / 2, 0, trail,
                  STRETCH_REST);
    else
        set_space(left, 0, 0, SHRINK_NONE, clings ? STRETCH_NONE : STRETCH_REST);
}

static void set_between(struct cell *left, const struct cell *right,
                        const struct meeting *meeting) {
    int size = meeting->size;
    if (meeting->typed_wide)
        set_space(left, meeting->typed, meeting->typed, SHRINK_NONE, STRETCH_REST);
    else if (meet_with_gap(left, right)) /* CLREQ 3.2.2; a typed space is not doubled */
        set_space(left, size / 4, size / 8, SHRINK_GAP, STRETCH_GAP);
    else if (is_mark(left) || is_mark(right)) /* nor added to a mark's own white half */
        set_mark_space(left, right, meeting);
    else if (meeting->typed > 0)
        set_space(left, meeting->typed, size / 4, SHRINK_WORD, STRETCH_WORD);
    else
        set_space(left, 0, 0, SHRINK_NONE,
                  left->kind == CELL_WORD && right->kind == CELL_WORD &&
                          !class_ends_syllable(left->last)
                      ? STRETCH_NONE
                      : STRETCH_REST);
    if (left->kind == CELL_CONNECT || right->kind == CELL_CONNECT)
        left->stretch_level = STRETCH_NONE;
}

static bool is_digit(uint32_t c) {
    return (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19);
}

/* Any Han may be what a number counts, but for these, and behind the time of day; or a full-width
 * digit goes on with it. */
static bool is_counted(const char *text, const struct cell *left, const struct cell *right) {
    static const uint16_t others[] = {u'的', u'之', u'和', u'与', u'及', u'或',
                                      u'到', u'至', u'是', u'为', u'将'};
    if (!is_digit(left->last) || memchr(text + left->start, ':', left->size))
        return false;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (right->first == others[i])
            return false;
    return right->kind == CELL_HAN && (class_gives_gap(right->first) || is_digit(right->first));
}

/* "https://" does not part from its address. */
static bool ends_scheme(const char *text, const struct cell *cell) {
    return cell->kind == CELL_WORD && cell->size > 3 &&
           memcmp(text + cell->start + cell->size - 3, "://", 3) == 0;
}

/* ICU knows most of it (UAX #14); never at a line's start or end: CLREQ, Prohibition Rules for Line
 * Start and Line End, and GB/T 15834, 5.1. What ICU does not know: the character that counts
 * (2025年, 842 人), units, and a paragraph's number, which does not stand alone. */
static enum break_rank rank_between(const struct cell *left, const struct cell *right,
                                    const struct meeting *meeting) {
    if (!meeting->icu || left->kind == CELL_OPEN || trail_level(right) || right->kind == CELL_DOT ||
        right->kind == CELL_CONNECT)
        return BREAK_NEVER;
    if (left->first == SOLIDUS) /* GB/T 15834, 5.1.9: nor at a line's end */
        return BREAK_NEVER;
    if (!meeting->typed_wide &&
        (is_counted(meeting->text, left, right) ||
         amount_is_parted(meeting->text, left->start + left->size, right->start)))
        return BREAK_NEVER;
    if (left->kind == CELL_CONNECT && is_digit(right->first))
        return BREAK_POOR;
    if (left->kind == CELL_WORD && meeting->index == 0 && left->last == '.')
        return BREAK_NEVER;
    if (left->last == '+' && right->first == '+' && !meeting->typed) /* C++ */
        return BREAK_NEVER;
    if (ends_scheme(meeting->text, left))
        return BREAK_LAST_RESORT;
    if (left->kind == CELL_WORD && right->kind == CELL_WORD && !meeting->typed &&
        !class_ends_syllable(left->last))
        return BREAK_POOR;
    return BREAK_GOOD;
}

void cells_meet(struct cell *left, const struct cell *right, const struct meeting *meeting) {
    set_between(left, right, meeting);
    left->rank = (uint8_t)rank_between(left, right, meeting);
}
