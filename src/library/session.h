/* session.h: reading library.db in short transactions, each of one generation
 *
 * What reader and search have in common (reader.h: read-only, without a busy timeout, no function
 * waits). Of one thread at a time. Only src/library uses this header. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "library/db.h"
#include "library/reader.h"

struct session {
    struct db db; /* closed: not opened yet */
    char *path;
    int64_t generation;  /* of the transaction */
    int64_t withdrawals; /* likewise */
    bool inside;         /* a transaction is open */
    bool told;           /* that it is not ready was reported */
};

void session_init(struct session *session, const char *path); /* opens nothing yet */
void session_finish(struct session *session);

/* Opens the file where it is not yet, and begins. After anything but READ_DONE there is no
 * transaction. */
enum read_result session_begin(struct session *session);
void session_end(struct session *session);

/* A transaction of a function's own, unless the caller has one; good: what was done within. */
enum read_result session_enter(struct session *session, bool *own);
enum read_result session_leave(struct session *session, bool own, bool good);

/* A number that something is indexed with, whatever a damaged file may say. */
int column_choice(struct sqlite3_stmt *statement, int column, int count);
