/* fetch_transfer.h: one job of fetch.h on its way, from its first request to its last
 *
 * Decides what an answer is worth; knows files and limits, and nothing of libcurl. One thread. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "ingest/fetch.h"
#include "ingest/fetch_part.h"
#include "ingest/wire.h"

/* What is to be done behind an answer. */
enum transfer_next {
    TRANSFER_OVER,   /* the job is filled */
    TRANSFER_RESUME, /* ask for the rest; into memory: for the whole */
    TRANSFER_ANEW    /* ask for the whole, past the caches */
};

struct transfer {
    struct fetch_job *job; /* NULL: the place is free */
    struct wire_transfer *wire;
    struct part part;        /* with job->path */
    struct str body;         /* else */
    struct hash_state hash;  /* of body */
    enum transfer_next next; /* what callbacks and settling decided */
    bool faulted, past_caches;
    uint64_t asked_from;        /* of the request that runs */
    int cuts_left, anew_left;   /* tries */
    int64_t came;               /* bytes since it was last asked by transfer_take_came */
    int64_t byte_us, window_us; /* when the last byte came; when the window of slowness began */
    uint64_t window_bytes;
};

/* Opens what there is of the file. False: the job is over already: it was all there, or the disk
 * failed. */
bool transfer_start(struct transfer *transfer, struct fetch_job *job);
/* Makes the next request and hands it in. False: the job is over. */
bool transfer_ask(struct transfer *transfer, const struct wire_table *table, struct wire *wire);
/* The request has ended. */
enum transfer_next transfer_settle(struct transfer *transfer, const struct wire_end *end);
/* It came to nothing for want of bytes; what came is kept. */
void transfer_time_out(struct transfer *transfer);
void transfer_stop(struct transfer *transfer); /* FETCH_STOPPED; what came is kept */
