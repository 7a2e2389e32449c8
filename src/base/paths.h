/* paths.h: where everything lies (DESIGN: state on disk)
 *
 * state:   --state DIR, else $STATE_DIRECTORY, else $XDG_STATE_HOME/fengcai, else
 *          $HOME/.local/state/fengcai
 * data:    --data DIR, else beside the build tree, else /usr/share/fengcai
 * runtime: $RUNTIME_DIRECTORY; else STATE/run where --state was given, so that two states never
 *          share it; else $XDG_RUNTIME_DIR/fengcai, else STATE/run */
#pragma once

#include <stdbool.h>

struct paths {
    char *state;
    char *data;
    char *runtime;
    char *library;      /* STATE/library.db */
    char *backup;       /* STATE/library.backup.db */
    char *ledger;       /* STATE/ledger.db */
    char *floors;       /* STATE/floors: what the ledger must not forget, once more */
    char *station;      /* STATE/station.db */
    char *clock;        /* STATE/clock: what is known of the time (clock.h) */
    char *media;        /* STATE/media */
    char *staging;      /* STATE/staging */
    char *feeds;        /* STATE/feeds: one folder a source: pages, and media on their way in */
    char *requests;     /* STATE/requests: work handed to a running keeper */
    char *lock;         /* STATE/keeper.lock */
    char *display_live; /* RUNTIME/display.json */
    char *keeper_live;  /* RUNTIME/keeper.json */
    char *helpers;      /* folder of the helper programs */
    char *program;      /* this executable */
};

/* state and data may be NULL. False: no place for the state is known. */
bool paths_init(struct paths *paths, const char *state, const char *data);
bool paths_make(const struct paths *paths); /* makes state, runtime, media and staging folders */
void paths_finish(struct paths *paths);
