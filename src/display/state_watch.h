/* state_watch.h: which files of others were written, for who reads them
 *
 * An inotify descriptor over the folders of the state and of what lives (DESIGN: State on disk). */
#pragma once

#include <stdbool.h>

#include "base/paths.h"

struct state_touched {
    bool library, station; /* or their journals */
    bool keeper;           /* what it says of itself */
};

int state_watch_open(const struct paths *paths); /* to poll for reading; -1: reported */
struct state_touched state_watch_drain(int fd);
