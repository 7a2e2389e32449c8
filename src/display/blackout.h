/* blackout.h: whether nothing may be shown (library/desk.h), and the card that stands then
 *
 * The backstage reads it before it makes the first slide and whenever station.db was written; it
 * needs no keeper. One thread. */
#pragma once

#include <stdbool.h>

#include "display/scene.h"
#include "display/slide.h"

struct blackout {
    const char *station; /* path, borrowed */
    bool read;           /* it was, at least once */
    bool on;
};

enum blackout_change { BLACKOUT_SAME, BLACKOUT_CHANGED, BLACKOUT_BUSY /* ask again later */ };

/* Reads it. The first time it opens the file as its writer, which recovers and migrates what is
 * there; a file that is not there, or cannot be read then, says that all may be shown. Later what
 * cannot be read changes nothing. */
enum blackout_change blackout_refresh(struct blackout *blackout);

/* The place's name on the ground, nothing else. The caller finishes the scene. */
void blackout_build(struct scene *scene, const struct slide_stage *stage);
