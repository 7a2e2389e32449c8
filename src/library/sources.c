#include "library/sources.h"

#include <stdlib.h>

#include "base/memory.h"
#include "library/ledger_schema.h"

void source_state_finish(struct source_state *state) {
    char *texts[] = {state->url,  state->etag,  state->last_modified, state->keys,
                     state->feed, state->fault, state->fault_text};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        free(texts[i]);
    *state = (struct source_state){0};
}

static char *column(struct sqlite3_stmt *statement, bool found, int index) {
    return found ? db_column_copy(statement, index) : xstrdup("");
}

bool ledger_load_source(struct ledger *ledger, const char *name, struct source_state *state) {
    struct sqlite3_stmt *statement = db_use(&ledger->db, LEDGER_SOURCE, DB_VALUES(db_text(name)));
    bool found = false;
    *state = (struct source_state){0};
    if (!db_step(&ledger->db, statement, &found))
        return false;
    if (found)
        *state = (struct source_state){.serial = db_column_integer(statement, 5),
                                       .is_signed = db_column_integer(statement, 6),
                                       .polled_ms = db_column_integer(statement, 7),
                                       .taken_ms = db_column_integer(statement, 8),
                                       .failures = (int)db_column_integer(statement, 11)};
    state->url = column(statement, found, 0);
    state->etag = column(statement, found, 1);
    state->last_modified = column(statement, found, 2);
    state->keys = column(statement, found, 3);
    state->feed = column(statement, found, 4);
    state->fault = column(statement, found, 9);
    state->fault_text = column(statement, found, 10);
    db_reset(statement);
    return true;
}

static struct db_value text_value(const char *text) {
    return db_text(text ? text : "");
}

bool ledger_save_source(struct ledger *ledger, const char *name, const struct source_state *state) {
    return db_run(&ledger->db, LEDGER_SOURCE_SAVE,
                  DB_VALUES(db_text(name), text_value(state->url), text_value(state->etag),
                            text_value(state->last_modified), text_value(state->keys),
                            text_value(state->feed), db_integer(state->serial),
                            db_integer(state->is_signed), db_integer(state->polled_ms),
                            db_integer(state->taken_ms), text_value(state->fault),
                            text_value(state->fault_text), db_integer(state->failures)));
}

bool ledger_forget_heads(struct ledger *ledger) {
    return db_run(&ledger->db, LEDGER_SOURCE_FORGET, DB_NO_VALUES);
}
