/* trail.h: the places that a visitor has come through; pure */
#pragma once

#include <stddef.h>

#include "display/place.h"

#define TRAIL_LENGTH 32 /* steps back; the oldest are forgotten */

struct trail {
    struct place places[TRAIL_LENGTH]; /* owned; the last one is where they are */
    int scrolls[TRAIL_LENGTH];         /* pixels, where each was left */
    size_t count;
};

void trail_clear(struct trail *trail); /* zeroed is fine */
/* Takes the place over. Where they were is left at this scroll. */
void trail_go(struct trail *trail, struct place place, int scroll);
void trail_replace(struct trail *trail, struct place place);
/* Likewise where it is the same place but for what is chosen there: it stays at this scroll. */
void trail_renew(struct trail *trail, struct place place, int scroll);
/* What was chosen at a place of a stick holds at all of them; copied. */
void trail_choose(struct trail *trail, const struct picks *picks);
/* False: there is no way back. */
bool trail_back(struct trail *trail);
/* NULL: nowhere. */
struct place *trail_here(struct trail *trail);
int trail_scroll(const struct trail *trail);
