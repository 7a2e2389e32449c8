/* replayer.h: a trace of touches and keys, given to SDL's queue when their time comes; for tests.
 * Main thread. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "display/presenter.h"

struct replayer;

/* NULL: the file cannot be read, or a line is wrong (reported). */
struct replayer *replayer_create(const char *path);
void replayer_destroy(struct replayer *replayer); /* NULL is fine */
/* Its time begins with the first call. */
void replayer_tick(struct replayer *replayer, const struct presenter *presenter, int64_t now_us);
/* INT64_MAX: it is over. */
int64_t replayer_deadline(const struct replayer *replayer);
