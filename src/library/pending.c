#include "library/pending.h"

#include "library/discard.h"
#include "library/schema.h"
#include "library/session.h"

bool pending_find(struct db *db, const char *id, enum pending_kind kind, bool whole,
                  struct case_row *found) {
    return case_row_find(db, STATEMENT_PENDING_FIND,
                         DB_VALUES(db_text(id), db_integer(kind), db_integer(whole)), found);
}

bool pending_add(struct db *db, int64_t row, const struct pending_origin *origin) {
    return db_run(db, STATEMENT_PENDING_ADD,
                  DB_VALUES(db_integer(row), db_integer(origin->kind), db_text(origin->by),
                            db_text(origin->source), db_integer(origin->is_signed),
                            db_integer(origin->at_ms)));
}

bool pending_settle(struct db *db, bool *changed) {
    int64_t old = 0, came = 0, released = 0;
    bool good = discard_all(db, STATEMENT_PENDING_OLD, DB_NO_VALUES, &old) &&
                db_run_counted(db, STATEMENT_PENDING_WHOLE, DB_NO_VALUES, &came) &&
                db_run_counted(db, STATEMENT_PENDING_RELEASED, DB_NO_VALUES, &released);
    *changed = came || released;
    return good;
}

bool pending_undo(struct db *db, int64_t current, int64_t *count) {
    return db_run(db, STATEMENT_UNDO_RELEASED, DB_VALUES(db_integer(current))) &&
           discard_batches(db, STATEMENT_PENDING_UNDO, DB_NO_VALUES, count);
}

bool pending_drop_all(struct db *db, enum pending_kind kind, int64_t *count) {
    return discard_batches(db, STATEMENT_PENDING_OF_KIND, DB_VALUES(db_integer(kind)), count);
}

/* Of the row that STATEMENT_PENDING_LIST stands on. */
static struct pending_case case_here(struct sqlite3_stmt *statement) {
    return (struct pending_case){.id = db_column_text(statement, 0),
                                 .title = db_column_text(statement, 1),
                                 .school = db_column_text(statement, 2),
                                 .level = (enum level)column_choice(statement, 11, LEVEL_COUNT),
                                 .unit = (enum unit)column_choice(statement, 3, UNIT_COUNT),
                                 .by = db_column_text(statement, 4),
                                 .source = db_column_text(statement, 5),
                                 .at_ms = db_column_integer(statement, 6),
                                 .update = db_column_integer(statement, 7),
                                 .pictures = db_column_integer(statement, 8),
                                 .is_signed = db_column_integer(statement, 9),
                                 .videos = db_column_integer(statement, 10)};
}

bool pending_each(struct db *db, enum pending_kind kind, int64_t generation,
                  bool (*on_case)(void *user, const struct pending_case *pending), void *user) {
    struct sqlite3_stmt *statement =
        db_use(db, STATEMENT_PENDING_LIST, DB_VALUES(db_integer(kind), db_integer(generation)));
    for (bool row = true, more = true; row && more;) {
        if (!db_step(db, statement, &row))
            return false;
        if (!row)
            break;
        const struct pending_case pending = case_here(statement);
        more = on_case(user, &pending);
        if (!more)
            db_reset(statement);
    }
    return true;
}
