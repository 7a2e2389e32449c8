#include "library/withdrawals.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/time.h"
#include "library/case.h"
#include "library/ledger_schema.h"
#include "library/mirror.h"

void withdrawal_finish(struct withdrawal *withdrawal) {
    free(withdrawal->id);
    free(withdrawal->school);
    free(withdrawal->title);
    free(withdrawal->why);
    *withdrawal = (struct withdrawal){0};
}

/* The borrowed texts of the row a statement stands on. */
static struct withdrawal withdrawal_here(struct sqlite3_stmt *statement) {
    return (struct withdrawal){.id = (char *)db_column_text(statement, 0),
                               .twin = db_column_integer(statement, 1),
                               .school = (char *)db_column_text(statement, 2),
                               .title = (char *)db_column_text(statement, 3),
                               .why = (char *)db_column_text(statement, 4),
                               .at_ms = db_column_integer(statement, 5)};
}

static bool find(struct ledger *ledger, int which, const struct db_value *values, size_t count,
                 struct withdrawal *found) {
    struct sqlite3_stmt *statement = db_use(&ledger->db, which, values, count);
    bool row = false;
    *found = (struct withdrawal){0};
    if (!db_step(&ledger->db, statement, &row))
        return false;
    if (row) {
        *found = withdrawal_here(statement);
        found->id = db_column_copy(statement, 0);
        found->school = db_column_copy(statement, 2);
        found->title = db_column_copy(statement, 3);
        found->why = db_column_copy(statement, 4);
        db_reset(statement);
    }
    return true;
}

bool ledger_find_withdrawal(struct ledger *ledger, const char *id, int64_t twin,
                            struct withdrawal *found) {
    return find(ledger, LEDGER_WITHDRAWN_FIND, DB_VALUES(db_text(id), db_integer(twin)), found);
}

bool ledger_find_hold(struct ledger *ledger, const char *id, int64_t twin,
                      struct withdrawal *found) {
    char feed[CASE_FEED_SIZE];
    case_own_id(id, feed);
    return find(ledger, LEDGER_WITHDRAWN_HOLDS,
                DB_VALUES(db_text(id), db_integer(twin), db_text(feed)), found);
}

/* What counts for more. */
static int rank(const struct withdrawal *withdrawal) {
    return strcmp(withdrawal->why, WITHDRAWN_TOMBSTONE) == 0 ? 0
           : strcmp(withdrawal->why, WITHDRAWN_HIDDEN) == 0  ? 1
                                                             : 2;
}

static bool add(struct ledger *ledger, const struct withdrawal *withdrawal, bool *changed) {
    struct withdrawal known;
    if (!ledger_find_withdrawal(ledger, withdrawal->id, 0, &known))
        return false;
    bool adds = !known.id || rank(withdrawal) > rank(&known);
    withdrawal_finish(&known);
    *changed = *changed || adds;
    return !adds || mirror_add_withdrawal(ledger, withdrawal);
}

/* Ends the transaction of a change of the list. */
static bool commit(struct ledger *ledger) {
    struct db *db = &ledger->db;
    int64_t number = 0;
    bool found = false;
    return db_find_integer(db, LEDGER_WITHDRAWN_NUMBER, DB_NO_VALUES, &number, &found) &&
           db_run(db, LEDGER_WITHDRAWN_COUNT, DB_VALUES(db_integer(number + 1))) &&
           db_execute(db, "COMMIT");
}

bool ledger_withdraw(struct ledger *ledger, const struct withdrawal *withdrawals, size_t count) {
    bool changed = false, good = db_execute(&ledger->db, "BEGIN IMMEDIATE");
    for (size_t i = 0; good && i < count; i++)
        good = add(ledger, withdrawals + i, &changed);
    good = good && (!changed || commit(ledger));
    db_roll_back(&ledger->db); /* there is nothing to roll back after a commit */
    return good && (!changed || mirror_save(ledger));
}

bool ledger_allow(struct ledger *ledger, const char *id, bool *found) {
    struct withdrawal known;
    *found = false;
    if (!ledger_find_withdrawal(ledger, id, 0, &known))
        return false;
    bool there = known.id != NULL;
    withdrawal_finish(&known);
    if (!there)
        return true;
    bool good = db_execute(&ledger->db, "BEGIN IMMEDIATE") &&
                db_run(&ledger->db, LEDGER_WITHDRAWN_DROP, DB_VALUES(db_text(id))) &&
                commit(ledger);
    db_roll_back(&ledger->db);
    *found = good && mirror_save(ledger);
    return *found;
}

bool ledger_each_withdrawal(struct ledger *ledger,
                            bool (*on)(void *user, const struct withdrawal *withdrawal),
                            void *user) {
    struct sqlite3_stmt *statement = db_use(&ledger->db, LEDGER_WITHDRAWN_ALL, DB_NO_VALUES);
    for (bool row = true; row;) {
        if (!db_step(&ledger->db, statement, &row))
            return false;
        if (!row)
            break;
        struct withdrawal withdrawal = withdrawal_here(statement);
        if (!on(user, &withdrawal)) {
            db_reset(statement);
            break;
        }
    }
    return true;
}
