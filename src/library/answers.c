#include "library/answers.h"

#include <string.h>

#include "base/memory.h"
#include "library/ledger_schema.h"

bool answers_begin(struct ledger *ledger, const char *uid, int *tries) {
    int64_t count = 0;
    bool found = false;
    bool good =
        db_run(&ledger->db, LEDGER_DONE_BEGIN, DB_VALUES(db_text(uid))) &&
        db_find_integer(&ledger->db, LEDGER_DONE_TRIES, DB_VALUES(db_text(uid)), &count, &found);
    *tries = (int)count;
    return good;
}

int answers_tries(struct ledger *ledger, const char *uid) {
    int64_t count = 0;
    bool found = false;
    return db_find_integer(&ledger->db, LEDGER_DONE_TRIES, DB_VALUES(db_text(uid)), &count,
                           &found) &&
                   found
               ? (int)count
               : 0;
}

bool answers_put_back(struct ledger *ledger, const char *uid) {
    return db_run(&ledger->db, LEDGER_DONE_PUT_BACK, DB_VALUES(db_text(uid)));
}

bool answers_end(struct ledger *ledger, const char *uid, const struct desk_answer *answer) {
    struct db *db = &ledger->db;
    bool good = db_execute(db, "BEGIN IMMEDIATE") &&
                db_run(db, LEDGER_DONE_END,
                       DB_VALUES(db_text(uid), db_text(answer->good ? "good" : "bad"),
                                 db_text(answer->message_zh ? answer->message_zh : ""),
                                 db_text(answer->message ? answer->message : ""),
                                 db_text(answer->receipt))) &&
                db_run(db, LEDGER_DONE_PRUNE, DB_VALUES(db_integer(ANSWERS_KEPT))) &&
                db_run(db, LEDGER_DONE_EMPTY, DB_VALUES(db_integer(ANSWERS_WHOLE))) &&
                db_execute(db, "COMMIT");
    if (!good)
        db_roll_back(db);
    return good;
}

bool answers_find(struct ledger *ledger, const char *uid, struct desk_answer *answer) {
    struct sqlite3_stmt *statement = db_use(&ledger->db, LEDGER_DONE_FIND, DB_VALUES(db_text(uid)));
    bool found = false;
    *answer = (struct desk_answer){0};
    if (!db_step(&ledger->db, statement, &found))
        return false;
    if (!found)
        return true;
    const char *receipt = db_column_text(statement, 3);
    *answer = (struct desk_answer){.done = true,
                                   .good = strcmp(db_column_text(statement, 0), "good") == 0,
                                   .message_zh = db_column_copy(statement, 1),
                                   .message = db_column_copy(statement, 2),
                                   .receipt = xstrdup(receipt ? receipt : "{}")};
    db_reset(statement);
    return true;
}
