/* keeper.h: the keeper process: the one writer of the library
 *
 * Sweeps and checks once the first slide is on the screen, then waits for requests. */
#pragma once

#include "base/config.h"
#include "base/paths.h"

enum keeper_end {
    KEEPER_STOPPED,
    KEEPER_HELD,   /* another process has keeper.lock; reported */
    KEEPER_FAILED, /* reported */
    KEEPER_LIBRARY /* the library cannot be written; reported */
};

/* Runs until SIGTERM or SIGINT. */
enum keeper_end keeper_run(const struct paths *paths, struct config *config);
