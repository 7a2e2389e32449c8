/* document_answer.h: one job of the helper `document`, from its start to a verdict
 *
 * What unzipping and HTML have in common. One thread. */
#pragma once

#include <stdbool.h>

#include "ingest/document_wire.h"
#include "ingest/nursery.h"
#include "ingest/reject.h"

enum document_step { DOCUMENT_MORE, DOCUMENT_DONE, DOCUMENT_FAILED };

struct document_answer {
    struct nursery *nursery;
    enum reject fault; /* what a fault of the file is called */
    bool begun;        /* a record has come */
    bool refused;      /* the two below hold */
    enum reject reject;
    char *detail; /* owned */
};

/* Takes one record, and with document_read what follows it. */
typedef enum document_step document_on_record(void *user, const struct document_record *record);

/* Runs the job until on_record says that it is done, or fails. Where the helper itself fails before
 * anything came, another one is asked once. */
bool document_ask(struct document_answer *answer, const struct nursery_job *job, int source,
                  document_on_record *on_record, void *user);

/* Exactly size bytes, NUL-terminated, the caller's; NULL: they do not come (explained later). */
char *document_read(struct document_answer *answer, size_t size);

/* Each gives DOCUMENT_FAILED. detail is copied. */
enum document_step document_fail(struct document_answer *answer, enum reject reject,
                                 const char *detail);
/* What a right helper never sends: its child was taken over, or there is a bug. */
enum document_step document_fail_answer(struct document_answer *answer);
/* Takes a record of the kind REFUSED. */
enum document_step document_fail_refused(struct document_answer *answer,
                                         const struct document_record *record);
