/* page_desk.h: what the administrator's pages share; private to the pages behind the PIN */
#pragma once

#include <jansson.h>

#include "display/pages.h"

/* What the keeper says of itself; NULL: it does not run. The caller's reference. */
json_t *page_desk_live(const struct page_source *source);
/* What became of the last request, in the manner's language, for people; NULL: nothing was asked.
 * The caller's. *done: it is not being done any more. */
char *page_desk_answer(const struct sheet *sheet, const struct page_source *source, bool *done);
/* A heading, within reach above what is touched; gives the area below it, there to be seen only. */
struct rect page_desk_head(struct sheet *sheet, const char *main, const char *beside);
/* Likewise; gives the area that is left for what is touched. */
struct rect page_desk_plain(struct sheet *sheet, const char *main, const char *beside);
/* Likewise with the last answer below it; gives the area that is left for what is touched. */
struct rect page_desk_heading(struct sheet *sheet, const struct page_source *source,
                              const char *main, const char *beside);
/* How many cases wait for a review. */
size_t page_count_pending(const struct page_source *source);
/* The first picture of one of them, or its unit's icon. */
void page_add_cover(struct sheet *sheet, const struct page_source *source, const struct pane *pane,
                    struct rect place, const struct pending_case *pending);
/* The slides of the loop, one below another, each as large as the area holds, from y on within what
 * scrolls; gives where the next thing may begin. */
int page_add_slides(struct sheet *sheet, const struct page_source *source, struct rect area, int y,
                    const struct case_record *record);
/* A button that takes effect only when it is touched twice: the first touch turns it into the
 * question whether they are sure. number: of the button on its page, from 1. */
struct desk_button {
    const char *icon;
    const char *main, *beside;
    bool on;
    int sure; /* 0: at once */
    struct action action;
};
/* Buttons in rows of their own at the head of `area`; they scroll where they would not leave
 * `least` pixels for what comes below them. */
struct desk_rest {
    struct rect view; /* where what scrolls is seen */
    int top;          /* where in that the next may stand */
};
struct desk_rest page_desk_buttons(struct sheet *sheet, struct rect area,
                                   const struct desk_button *buttons, int count, int least);

/* ---- plates: what is said in lines below one another, each whole */

enum desk_line { LINE_TITLE, LINE_FACT, LINE_NOTE };
struct desk_text {
    struct desk_text_line {
        enum desk_line kind;
        char *what; /* owned; before the text, in a column of its own; NULL: nothing */
        char *text; /* owned */
    } * lines;
    size_t count;
};
void desk_text_add(struct desk_text *text, enum desk_line kind, char *line); /* taken over */
void desk_text_fact(struct desk_text *text, enum word what, struct manner manner,
                    char *value); /* taken over */
/* A plate at `place` in what scrolls, as high as the text needs and place.height at the least;
 * which it gives. The text is finished, the action taken over; ACTION_NONE: not to be touched.
 * left, of the plate's width, stays free for something else. */
struct desk_plate {
    struct pane pane;
    int height;
};
struct desk_plate page_desk_plate(struct sheet *sheet, struct rect place, struct desk_text *text,
                                  int left, struct action action);
/* A line in place of a list that is empty. Gives how high it is. */
int page_desk_nothing(struct sheet *sheet, struct rect area, int top, enum word word);
int page_desk_high(const struct sheet *sheet, int u); /* to be touched */

void page_desk_button(struct sheet *sheet, const struct pane *pane, struct rect within,
                      const struct desk_button *button);
/* Large buttons in `area`, in as many columns as fit, all of one size, so low that `below` pixels
 * are left there; what does not fit is scrolled. Gives the foot of what scrolls. */
int page_desk_grid(struct sheet *sheet, struct rect area, int below,
                   const struct desk_button *buttons, int count);
/* A heading with a line of text below it; gives the area that is left for what is touched. */
struct rect page_desk_note(struct sheet *sheet, const char *main, const char *beside,
                           const char *note);
