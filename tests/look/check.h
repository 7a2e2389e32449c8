/* check.h: is a slide legible, and are its pictures what they were?
 *
 * Works on the scene alone, whoever built it and however: a text is an ITEM_TEXT, a picture an
 * ITEM_PICTURE; whatever is neither these nor a fill or gradient (a code, an icon) may not be
 * written over. What the limits come from is said in DESIGN: Display, and the theme's own header.
 */
#pragma once

#include "display/composer.h"
#include "display/deck.h"
#include "finding.h"
#include "ink.h"

struct checker {
    struct fontset *fonts;
    struct composer *composer;
    int shift_u; /* what always stands may be moved so far into the margin */
};

/* What is checked. */
struct subject {
    const struct scene *scene;
    const struct case_record *record; /* NULL: of no case */
    const struct slide *slide;        /* NULL: of no case */
    const struct rect *reserved;      /* places kept for what will be laid over the slide */
    size_t reserved_count;
};

/* All of what follows. */
void check_slide(const struct checker *checker, const struct subject *subject,
                 struct findings *findings);

/* Sizes, boxes, margins, and what lies over what. */
void check_text(const struct checker *checker, const struct subject *subject, const struct ink *ink,
                struct findings *findings);
/* Text against what is really behind it, place by place. */
void check_contrast(const struct checker *checker, const struct subject *subject,
                    const struct ink *ink, struct findings *findings);
void check_pictures(const struct subject *subject, const struct ink *ink,
                    struct findings *findings);
/* Whether the scene has the slide's text, and a cover the title, uncut. */
void check_words(const struct subject *subject, struct findings *findings);
/* Whether the slides of a whole deck hold all text of the case. */
void check_deck(const struct deck *deck, const struct case_record *record,
                struct findings *findings);

/* What a text that ends in …… was cut from, where that is no mistake; CUT_NONE: it is whole. */
enum cut { CUT_NONE, CUT_TITLE, CUT_SCHOOL, CUT_SUMMARY, CUT_CAPTION, CUT_OTHER, CUT_COUNT };
enum cut check_cut_of(const struct layout *layout, const struct case_record *record);

/* u to pixels, as the slides do it. */
int check_px(const struct scene *scene, int u);
/* Whether item `a` is drawn before item `b`. */
bool check_below(const struct scene *scene, size_t a, size_t b);
