#include "library/stored.h"

#include "library/discard.h"
#include "library/schema.h"

#define BATCH_ROWS 1000 /* of one transaction, to bound it as an import's are */

/* Where there is none, current stands in for it. */
static bool find_previous(struct db *db, int64_t current, int64_t *previous) {
    bool found = false;
    *previous = current;
    return db_find_integer(db, STATEMENT_PREVIOUS, DB_VALUES(db_integer(current)), previous,
                           &found);
}

bool stored_each(struct db *db, int64_t current, stored_on_case *on_case, void *user) {
    int64_t previous = 0;
    if (!find_previous(db, current, &previous))
        return false;
    struct sqlite3_stmt *statement =
        db_use(db, STATEMENT_STORED, DB_VALUES(db_integer(current), db_integer(previous)));
    for (bool row = true; row;) {
        if (!db_step(db, statement, &row))
            return false;
        if (!row)
            break;
        const struct stored_case stored = {.row = db_column_integer(statement, 0),
                                           .phase = (enum phase)db_column_integer(statement, 1),
                                           .until = db_column_integer(statement, 2),
                                           .bytes = db_column_integer(statement, 3),
                                           .withdrawn = db_column_integer(statement, 4)};
        on_case(user, &stored);
    }
    return true;
}

static bool drop(struct db *db, int64_t row, int64_t current, int64_t previous) {
    int64_t same = 0;
    bool found = false;
    return db_find_integer(db, STATEMENT_STORED_ROW,
                           DB_VALUES(db_integer(row), db_integer(current), db_integer(previous)),
                           &same, &found) &&
           (!found || discard_case(db, row));
}

bool stored_drop(struct db *db, int64_t current, const int64_t *rows, size_t count) {
    int64_t previous = 0;
    bool good = find_previous(db, current, &previous);
    for (size_t i = 0; good && i < count; i += BATCH_ROWS) {
        good = db_execute(db, "BEGIN IMMEDIATE");
        for (size_t k = i; good && k < count && k < i + BATCH_ROWS; k++)
            good = drop(db, rows[k], current, previous);
        good = good && db_execute(db, "COMMIT");
    }
    if (!good)
        db_roll_back(db);
    return good;
}
