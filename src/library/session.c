#include "library/session.h"

#include <stdlib.h>

#include "base/log.h"
#include "base/memory.h"
#include "library/schema.h"

static enum read_result result_of(enum db_result result) {
    switch (result) {
    case DB_DONE:
        return READ_DONE;
    case DB_BUSY:
        return READ_BUSY;
    case DB_MISSING:
        return READ_MISSING;
    case DB_UNREADY:
        return READ_UNREADY;
    case DB_DAMAGED:
        return READ_DAMAGED;
    case DB_NEWER:
    case DB_FULL:
    case DB_FAILED:
        break;
    }
    return READ_FAILED;
}

void session_init(struct session *session, const char *path) {
    *session = (struct session){.path = xstrdup(path)};
}

void session_finish(struct session *session) {
    db_close(&session->db);
    free(session->path);
    *session = (struct session){0};
}

/* Ends the transaction after a failure; a connection that met more than a commit is given up, the
 * next call opens the file anew. */
static enum read_result give_up(struct session *session) {
    enum read_result result = result_of(session->db.result);
    db_roll_back(&session->db);
    session->inside = false;
    if (result != READ_BUSY)
        db_close(&session->db);
    if (result == READ_UNREADY && !session->told)
        log_warning(
            "%s: 需要先由后台程序恢复 (waits for the keeper, which recovers it at its start)",
            session->path);
    session->told = result == READ_UNREADY;
    return result;
}

static bool read_pointer(struct session *session) {
    struct sqlite3_stmt *statement = db_use(&session->db, STATEMENT_GENERATION, DB_NO_VALUES);
    bool row = false;
    if (!db_step(&session->db, statement, &row))
        return false;
    session->generation = row ? db_column_integer(statement, 0) : 0;
    session->withdrawals = row ? db_column_integer(statement, 1) : 0;
    db_reset(statement);
    return true;
}

enum read_result session_begin(struct session *session) {
    if (!session->db.handle &&
        db_open(&session->db, session->path, DB_READ, &library_schema) != DB_DONE)
        return give_up(session);
    if (!db_execute(&session->db, "BEGIN") || !read_pointer(session))
        return give_up(session);
    session->inside = true;
    session->told = false;
    return READ_DONE;
}

void session_end(struct session *session) {
    db_roll_back(&session->db); /* nothing was written: the same as COMMIT, and cannot fail */
    session->inside = false;
}

enum read_result session_enter(struct session *session, bool *own) {
    *own = !session->inside;
    return *own ? session_begin(session) : READ_DONE;
}

enum read_result session_leave(struct session *session, bool own, bool good) {
    if (!good)
        return give_up(session);
    if (own)
        session_end(session);
    return READ_DONE;
}

int column_choice(struct sqlite3_stmt *statement, int column, int count) {
    int64_t value = db_column_integer(statement, column);
    return value >= 0 && value < count ? (int)value : 0;
}
