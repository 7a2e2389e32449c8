#include "library/floors.h"

#include "library/ledger_schema.h"
#include "library/mirror.h"

bool ledger_find_floor(struct ledger *ledger, const char *key, const char *feed,
                       struct floor *floor) {
    struct sqlite3_stmt *statement =
        db_use(&ledger->db, LEDGER_FLOOR, DB_VALUES(db_text(key), db_text(feed)));
    bool found = false;
    *floor = (struct floor){0};
    if (!db_step(&ledger->db, statement, &found))
        return false;
    if (found) {
        floor->serial = db_column_integer(statement, 0);
        floor->head = db_column_hash(statement, 1);
        db_reset(statement);
    }
    return true;
}

bool ledger_raise_floor(struct ledger *ledger, const char *key, const char *feed,
                        const struct floor *floor) {
    struct floor before;
    if (!ledger_find_floor(ledger, key, feed, &before))
        return false;
    if (floor->serial <= before.serial)
        return true;
    return db_run(&ledger->db, LEDGER_FLOOR_RAISE,
                  DB_VALUES(db_text(key), db_text(feed), db_integer(floor->serial),
                            db_hash(&floor->head))) &&
           mirror_save(ledger);
}

bool ledger_hold_floors(struct ledger *ledger) {
    return db_run(&ledger->db, LEDGER_FLOORS_HOLD, DB_NO_VALUES) && mirror_save(ledger);
}

bool ledger_find_owner(struct ledger *ledger, const char *feed, char **owner) {
    struct sqlite3_stmt *statement = db_use(&ledger->db, LEDGER_OWNER, DB_VALUES(db_text(feed)));
    bool found = false;
    *owner = NULL;
    if (!db_step(&ledger->db, statement, &found))
        return false;
    if (found) {
        *owner = db_column_copy(statement, 0);
        db_reset(statement);
    }
    return true;
}

bool ledger_set_owner(struct ledger *ledger, const char *feed, const char *key) {
    return db_run(&ledger->db, LEDGER_OWNER_SET, DB_VALUES(db_text(feed), db_text(key)));
}
