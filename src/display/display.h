/* display.h: the display process: window, loop, live state */
#pragma once

#include "base/config.h"
#include "base/option.h"
#include "base/paths.h"

struct display_params {
    const struct paths *paths;
    const struct config *config;
    struct size windowed; /* 0, 0: the whole screen */
    int rotate;           /* degrees clockwise; -1: as the config says */
    bool test;            /* what was typed is told in the live state */
    const char *replay;   /* a trace of touches (replay.h), for tests; NULL: none */
};

enum display_end {
    DISPLAY_STOPPED,   /* by a signal or, in a window, by the user */
    DISPLAY_RESTART,   /* the administrator wants it to begin anew */
    DISPLAY_FAILED,    /* reported */
    DISPLAY_NO_SCREEN, /* reported */
    DISPLAY_HELD       /* another display has this state; reported */
};

/* To be called before any thread is made: blocks SIGTERM, SIGINT and SIGHUP, so that all threads
 * leave them to the display, and sets the environment that SDL shall find. */
void display_prepare(void);
/* Shows the loop until told to stop. Main thread. */
enum display_end display_run(const struct display_params *params);
