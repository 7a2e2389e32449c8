/* page_stick.h: what the pages of a stick share; private to page_stick*.c and page_schools.c */
#pragma once

#include "display/page_desk.h"

/* ---- page_stick_order.c: requests, and what is known of them; pure but for stick_count_local */

const char *stick_text(const json_t *object, const char *key); /* "" where there is none */
/* Of a case of a survey; LEVEL_CASE where it says none. */
enum level stick_level(const json_t *item);

/* Arguments of a look at a stick (one of keeper.json's): other ones for another stick, and for
 * another unit or school of what names none. The caller's. */
char *stick_look_arguments(const struct picks *picks, const json_t *stick);
/* Of a preview of what that look, its uid, has seen, with the numbers that were released. The
 * caller's. */
char *stick_preview_arguments(const struct picks *picks, const json_t *stick, const char *look);
/* Of a take of what was picked of a survey; *count: cases that it adds or changes. The caller's. */
char *stick_take_arguments(const struct picks *picks, const json_t *stick, const json_t *survey,
                           size_t *count);
bool stick_can_be_taken(const json_t *item); /* it is new or changed */
/* The stick is one bundle: nothing of it can be left out, and it replaces nothing. */
bool stick_is_bundle(const json_t *survey);
bool stick_is_picked(const struct picks *picks, const json_t *item);
/* Takes a case or leaves it out; all cases of a bundle go together. */
void stick_pick(struct picks *picks, const json_t *survey, size_t index, bool on);
/* Whether there is a case, and no notice, that somebody has to choose a unit or a school for, or
 * has. */
bool stick_lacks_unit(const struct picks *picks, const json_t *survey);
bool stick_lacks_school(const struct picks *picks, const json_t *survey);
/* The library's own cases that make room for what was picked; -1: it cannot be read now. */
int stick_count_local(struct reader *reader, const struct picks *picks, const json_t *survey);

#define STICK_NO_TIME (-1)
/* Of work that is done so far after so many ms; STICK_NO_TIME: nobody can tell yet. */
int64_t stick_time_left_ms(int64_t done, int64_t all, int64_t for_ms);

/* ---- page_stick_view.c: how a stick stands */

enum stick_stand {
    STAND_NONE,    /* there is none */
    STAND_SEVERAL, /* one is to be chosen first */
    STAND_WAITING, /* somebody has it: its text says who */
    STAND_WORKING, /* something is taken from it */
    STAND_DONE,    /* something was taken, nobody has looked again */
    STAND_LOOKING, /* it is looked at, or will be */
    STAND_UNSEEN,  /* nobody could look at it */
    STAND_SEEN     /* there is a survey */
};

/* How far what was seen is prepared, to be looked at as it will be shown. */
enum stick_preview { PREVIEW_NONE, PREVIEW_GOES_ON, PREVIEW_READY, PREVIEW_FAILED };

struct stick_view {
    enum stick_stand stand;
    json_t *live;               /* owned; NULL: no keeper runs */
    const json_t *stick;        /* of live; NULL: none, or several */
    const struct picks *picks;  /* of the place; NULL: nothing is picked */
    char *look;                 /* owned; arguments of a look at it */
    bool asks;                  /* nobody has asked for that look yet */
    json_t *survey;             /* owned; STAND_SEEN */
    enum stick_preview preview; /* likewise */
    char *prepare; /* owned; likewise: arguments of a preview; NULL: there is nothing */
    json_t *taken; /* owned; STAND_DONE: the receipt */
};

void stick_view_load(struct stick_view *view, const struct page_source *source,
                     const struct place *place);
void stick_view_finish(struct stick_view *view);
/* Whether it can be chosen, and looked at: not one that was taken out or cannot be read. */
bool stick_is_there(const json_t *stick);

/* ---- page_stick_pile.c: what scrolls, one below another */

struct pile {
    struct sheet *sheet;
    struct rect area; /* where it is seen */
    int y;            /* below all that lies there */
};

/* In whole, over as many lines as it takes. size: u. Nothing for "". */
void pile_add_text(struct pile *pile, const char *text, int size, enum text_weight weight,
                   colour ink);
/* How buttons stand: side by side, as many as their least width (u) allows. Pixels. */
struct pile_grid {
    int columns, rows, wide, high, gap;
    int height; /* of all */
};
struct pile_grid pile_plan_buttons(const struct sheet *sheet, int width, int count, int least);
/* Takes their actions over. */
void pile_draw_buttons(struct sheet *sheet, const struct pane *pane, const struct pile_grid *grid,
                       const struct desk_button *buttons, int count);
/* Side by side, as many as their least width (u) allows. Takes their actions over. */
void pile_add_buttons(struct pile *pile, const struct desk_button *buttons, int count, int least);
void pile_add_gap(struct pile *pile, int size); /* u */
/* A sentence that is to be seen from afar. */
void pile_add_banner(struct pile *pile, const char *text);
/* How far something is, 0 to 1000; -1: nobody knows. */
void pile_add_bar(struct pile *pile, int permille);
int pile_high_enough(const struct sheet *sheet, int size); /* to be touched; u */

/* ---- page_stick_stand.c */

const char *stick_state(const struct sheet *sheet, const json_t *stick); /* in words */
/* How far taking is, with a way to cancel it. */
void stick_add_progress(struct pile *pile, const struct stick_view *view);
/* What is said of it, and that it may be pulled out. */
void stick_add_stand(struct pile *pile, const struct stick_view *view);
/* What a take's receipt refuses, and what to do about it. root: see stick_say_note. */
void stick_add_left_out(struct pile *pile, const json_t *receipt, const char *root);

/* ---- page_stick_rows.c */

void stick_add_rows(struct pile *pile, const struct stick_view *view,
                    const struct page_source *source);
/* As it is prepared, or, where it is no news, as it is shown; id NULL: it is not to be had now. The
 * caller finishes it. */
void stick_load_case(const struct stick_view *view, const struct page_source *source,
                     const json_t *item, struct case_record *record);
/* "新增 14　没有变化 2"; the caller's. */
char *stick_say_counts(struct manner manner, const json_t *survey);
/* "新增　望川大学　3张图片　党建引领"; the caller's. */
char *stick_say_case(struct manner manner, const json_t *item);
/* Takes a case of the survey or leaves it out, where the page is. */
struct action stick_toggle(const struct sheet *sheet, const struct stick_view *view, size_t number);

/* ---- page_stick_options.c */

/* Questions of the page whether they are sure. */
enum stick_sure { STICK_SURE_NONE, STICK_SURE_TAKE, STICK_SURE_REPLACE };

void stick_add_options(struct pile *pile, const struct stick_view *view,
                       const struct page_source *source);
/* Another pick, where the page is. */
struct action stick_replace(const struct sheet *sheet, struct picks *picks); /* takes picks over */
/* How many of the library's own make room (stick_count_local); the caller's. */
char *stick_say_going(struct manner manner, int local);
const char *stick_own_school(const struct sheet *sheet); /* of cases that name none */

/* ---- page_stick_notes.c */

/* What is to be known of a case beside its notes, a line each; the caller's, "" for nothing. */
char *stick_say_absent(struct manner manner, const json_t *item);
char *stick_say_low(struct manner manner, const json_t *item);
char *stick_say_masked(struct manner manner, const json_t *item); /* that some are */
/* "党建引领/甲/1.jpg：无法读取。请…", without the folder at which the stick is plugged in. */
char *stick_say_note(struct manner manner, const char *root, const json_t *note);
/* Of "中文 (English)" the one; the caller's. */
char *stick_in_language(struct manner manner, const char *both);
