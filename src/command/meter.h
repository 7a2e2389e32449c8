/* meter.h: the line of progress on a terminal; nothing where stderr is something else */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "ingest/import.h"

struct meter {
    bool on;
    int64_t shown_us;
};

void meter_init(struct meter *meter);
/* At most ten times a second; more often nobody reads. */
void meter_show(struct meter *meter, const struct import_progress *progress);
void meter_clear(struct meter *meter); /* before anything else is printed */
