#include "library/promotions.h"

#include "base/time.h"
#include "library/ledger_schema.h"

bool ledger_promote(struct ledger *ledger, const char *id, bool on) {
    struct db *db = &ledger->db;
    return on ? db_run(db, LEDGER_PROMOTE, DB_VALUES(db_text(id), db_integer(time_now_ms())))
              : db_run(db, LEDGER_DEMOTE, DB_VALUES(db_text(id)));
}

bool ledger_each_promoted(struct ledger *ledger, bool (*on_id)(void *user, const char *id),
                          void *user) {
    struct sqlite3_stmt *statement = db_use(&ledger->db, LEDGER_PROMOTED_ALL, DB_NO_VALUES);
    for (bool row = true; row;) {
        if (!db_step(&ledger->db, statement, &row))
            return false;
        if (row && !on_id(user, db_column_text(statement, 0))) {
            db_reset(statement);
            break;
        }
    }
    return true;
}
