/* polls.h: the sources of the configuration, each polled when its time comes
 *
 * The keeper's thread. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>

#include "base/config.h"
#include "base/paths.h"
#include "ingest/import.h"

struct polls;

/* door, paths and config must outlive it. Never NULL; without sources it has nothing to do. */
struct polls *polls_create(struct door *door, const struct paths *paths,
                           const struct config *config);
void polls_destroy(struct polls *polls); /* NULL is fine */

/* ms until the next poll, at least 0; -1: there will be none. */
int64_t polls_wait_ms(const struct polls *polls);
/* Polls what is due, one source after another. False: the library could not be written. */
bool polls_run(struct polls *polls);
void polls_handle_network(struct polls *polls); /* one came up */

/* [{"name", "next": time, "advice": what to do about the fault of the last poll; only then}], for
 * keeper.json; the caller's. */
json_t *polls_json(const struct polls *polls);
