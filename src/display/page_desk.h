/* page_desk.h: what the administrator's pages share; private to page_{panel,stick,shelf}*.c */
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
/* Likewise with the last answer below it; gives the area that is left for what is touched. */
struct rect page_desk_heading(struct sheet *sheet, const struct page_source *source,
                              const char *main, const char *beside);
/* How many cases wait for a review. */
size_t page_count_pending(const struct page_source *source);
/* The first picture of one of them, or its unit's icon. */
void page_add_cover(struct sheet *sheet, const struct page_source *source, const struct pane *pane,
                    struct rect place, const struct pending_case *pending);
/* A button that takes effect only when it is touched twice: the first touch turns it into the
 * question whether they are sure. number: of the button on its page, from 1. */
struct desk_button {
    const char *icon;
    const char *main, *beside;
    bool on;
    int sure; /* 0: at once */
    struct action action;
};
void page_desk_button(struct sheet *sheet, const struct pane *pane, struct rect within,
                      const struct desk_button *button);
