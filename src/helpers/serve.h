/* serve.h: the helper's side of a nursery
 *
 * The process that calls this must have one thread and must not have used its library yet: after
 * work in the parent, children hang in locks that nobody is left to release. */
#pragma once

#include <stdbool.h>

#include "ingest/nursery_wire.h"

/* A child's whole life: it has `source` to read and `answer` to write, and nothing else. Gives the
 * exit status. */
typedef int serve_work(const unsigned char request[NURSERY_REQUEST_SIZE], int source, int answer);

/* Takes jobs until the keeper is gone or nothing came for NURSERY_IDLE_SECONDS. threads: the
 * library starts some in a child. Gives the exit status of the program. */
int serve(serve_work *work, bool threads);
