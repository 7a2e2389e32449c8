/* errands.h: which part of the door does what is requested; one table for whoever holds the lock */
#pragma once

#include <jansson.h>

#include "ingest/import.h"
#include "ingest/request.h"

/* The receipt, the caller's, or NULL, as the function of the door says that does it. */
json_t *errand_do(struct door *door, const struct request *request);
