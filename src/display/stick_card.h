/* stick_card.h: the card of sticks in the loop's corner: what it says, and how it looks; pure
 *
 * A finished card becomes small and then goes by itself: a stick that was forgotten in the screen
 * leaves nothing on the wall. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "display/page.h"
#include "display/scene.h"
#include "display/slide.h"
#include "display/stick_watch.h"

#define STICK_CARD_TITLES 3

enum stick_mood { STICK_WORKS, STICK_ASKS, STICK_GOOD, STICK_BAD };

struct stick_card {
    enum stick_form form;
    enum stick_mood mood;
    char *title;                     /* owned; the bold line, all that a small card has */
    char *detail;                    /* owned; what to do; "": nothing */
    char *beside;                    /* owned; both in the other language; "": nothing */
    char *titles[STICK_CARD_TITLES]; /* owned; of cases that came */
    size_t title_count;
    int percent;      /* of the bar; -1: none */
    char *figures;    /* owned; below the bar: how far, how long; "": nothing */
    char *others;     /* owned; "另有2个U盘"; "": there is only this one */
    int64_t until_ms; /* when it is to be built again; INT64_MAX: at news only */
};

/* What it is built in. */
struct stick_card_facts {
    struct manner manner;
    bool has_pin; /* somebody may take what is not signed */
    bool clock;   /* there is a clock in the corner that is to be held */
};

/* Notes in the watch how long is left. The caller finishes it; hidden where nothing is to be said.
 */
void stick_card_build(struct stick_card *card, struct stick_watch *watch,
                      const struct stick_card_facts *facts, int64_t now_ms);
void stick_card_finish(struct stick_card *card); /* zeroed is fine */
/* All that it says on one line, the same for cards that look the same; "": hidden; a small one in
 * brackets. The caller's. */
char *stick_card_print(const struct stick_card *card);

/* Of a card that is not hidden; *at: its left top corner on the screen, below the corner of the
 * frame, before it is moved. The caller finishes the scene. */
void stick_card_draw(struct scene *scene, const struct slide_stage *stage,
                     const struct stick_card *card, struct point *at);
