#include "library/ledger.h"

#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/memory.h"
#include "base/time.h"
#include "library/ledger_schema.h"
#include "library/mirror.h"

#define FORM "fengcai-receipt-1" /* names the canonical form in each hash */

void receipt_finish(struct receipt *receipt) {
    free(receipt->kind);
    free(receipt->source);
    free(receipt->outcome);
    free(receipt->json);
    free(receipt->request);
    *receipt = (struct receipt){0};
}

static bool open_mirror(struct ledger *ledger, const char *path) {
    char *floors = path_beside(path, "floors");
    bool good = mirror_open(ledger, floors);
    free(floors);
    return good;
}

struct ledger *ledger_open(const char *path, enum db_access access, enum db_result *result) {
    struct ledger *ledger = xcalloc(1, sizeof *ledger);
    enum db_result opened = db_open(&ledger->db, path, access, &ledger_schema);
    if (opened == DB_DONE && access == DB_WRITE && !open_mirror(ledger, path))
        opened = ledger->db.result == DB_DONE ? DB_FAILED : ledger->db.result;
    if (result)
        *result = opened;
    if (opened == DB_DONE)
        return ledger;
    ledger_close(ledger);
    return NULL;
}

void ledger_close(struct ledger *ledger) {
    if (!ledger)
        return;
    mirror_close(ledger);
    db_close(&ledger->db);
    free(ledger);
}

/* SHA-256 over FORM, row, at_ms (decimal), kind, source, outcome, json, request (each with its
 * NUL) and the 32 bytes of the previous hash. */
static struct hash hash_receipt(const struct receipt *receipt, struct hash previous) {
    struct hash_state state;
    char *numbers[] = {xasprintf("%lld", (long long)receipt->row),
                       xasprintf("%lld", (long long)receipt->at_ms)};
    const char *const texts[] = {FORM,          numbers[0],      numbers[1],
                                 receipt->kind, receipt->source, receipt->outcome,
                                 receipt->json, receipt->request};
    hash_init(&state);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        hash_add_text(&state, texts[i]);
    hash_add(&state, previous.bytes, HASH_SIZE);
    free(numbers[0]);
    free(numbers[1]);
    return hash_end(&state);
}

/* The borrowed texts of the row a statement stands on. */
static struct receipt receipt_here(struct sqlite3_stmt *statement) {
    return (struct receipt){.row = db_column_integer(statement, 0),
                            .at_ms = db_column_integer(statement, 1),
                            .kind = (char *)db_column_text(statement, 2),
                            .source = (char *)db_column_text(statement, 3),
                            .outcome = (char *)db_column_text(statement, 4),
                            .json = (char *)db_column_text(statement, 5),
                            .request = (char *)db_column_text(statement, 6)};
}

static bool tail(struct db *db, int64_t *row, struct hash *hash) {
    struct sqlite3_stmt *statement = db_use(db, LEDGER_TAIL, DB_NO_VALUES);
    bool found = false;
    *row = 0;
    *hash = (struct hash){0};
    if (!db_step(db, statement, &found))
        return false;
    if (found) {
        *row = db_column_integer(statement, 0);
        *hash = db_column_hash(statement, 1);
        db_reset(statement);
    }
    return true;
}

static bool add(struct db *db, const struct receipt *receipt, const struct hash *previous) {
    struct hash hash = hash_receipt(receipt, *previous);
    return db_run(db, LEDGER_ADD,
                  DB_VALUES(db_integer(receipt->row), db_integer(receipt->at_ms),
                            db_text(receipt->kind), db_text(receipt->source),
                            db_text(receipt->outcome), db_text(receipt->json),
                            db_text(receipt->request), db_hash(previous), db_hash(&hash)));
}

bool ledger_append(struct ledger *ledger, const char *kind, const char *source, const char *outcome,
                   const char *json, const char *request, int64_t *row) {
    struct db *db = &ledger->db;
    struct hash previous;
    int64_t last = 0;
    if (!db_execute(db, "BEGIN IMMEDIATE"))
        return false;
    bool good = tail(db, &last, &previous);
    const struct receipt receipt = {.row = last + 1,
                                    .at_ms = time_now_ms(),
                                    .kind = (char *)kind,
                                    .source = (char *)source,
                                    .outcome = (char *)outcome,
                                    .json = (char *)json,
                                    .request = request && *request ? (char *)request : NULL};
    good = good && add(db, &receipt, &previous) && db_execute(db, "COMMIT");
    if (!good)
        db_roll_back(db);
    else if (row)
        *row = receipt.row;
    return good;
}

bool ledger_last(struct ledger *ledger, const char *kind, struct receipt *receipt) {
    struct sqlite3_stmt *statement = db_use(&ledger->db, LEDGER_LAST, DB_VALUES(db_text(kind)));
    bool found = false;
    *receipt = (struct receipt){0};
    if (!db_step(&ledger->db, statement, &found))
        return false;
    if (!found)
        return true;
    *receipt = receipt_here(statement);
    receipt->kind = db_column_copy(statement, 2);
    receipt->source = db_column_copy(statement, 3);
    receipt->outcome = db_column_copy(statement, 4);
    receipt->json = db_column_copy(statement, 5);
    receipt->request = db_column_copy(statement, 6);
    db_reset(statement);
    return true;
}

bool ledger_find_request(struct ledger *ledger, const char *request, char **json) {
    struct sqlite3_stmt *statement =
        db_use(&ledger->db, LEDGER_REQUEST, DB_VALUES(db_text(request)));
    bool found = false;
    *json = NULL;
    if (!db_step(&ledger->db, statement, &found))
        return false;
    if (found) {
        *json = db_column_copy(statement, 0);
        db_reset(statement);
    }
    return true;
}

/* Of a statement that gives receipts. */
static bool each(struct ledger *ledger, struct sqlite3_stmt *statement,
                 bool (*on_receipt)(void *user, const struct receipt *receipt), void *user) {
    for (;;) {
        bool row = false;
        if (!db_step(&ledger->db, statement, &row))
            return false;
        if (!row)
            return true;
        struct receipt receipt = receipt_here(statement);
        if (!on_receipt(user, &receipt)) {
            db_reset(statement);
            return true;
        }
    }
}

bool ledger_each(struct ledger *ledger,
                 bool (*on_receipt)(void *user, const struct receipt *receipt), void *user) {
    return each(ledger, db_use(&ledger->db, LEDGER_ALL, DB_NO_VALUES), on_receipt, user);
}

bool ledger_each_newest(struct ledger *ledger, const char *holding,
                        bool (*on_receipt)(void *user, const struct receipt *receipt), void *user) {
    struct sqlite3_stmt *statement =
        db_use(&ledger->db, LEDGER_NEWEST, DB_VALUES(db_text(holding)));
    return each(ledger, statement, on_receipt, user);
}

bool ledger_verify(struct ledger *ledger, int64_t *bad_row) {
    struct sqlite3_stmt *statement = db_use(&ledger->db, LEDGER_ALL, DB_NO_VALUES);
    struct hash previous = {0};
    *bad_row = 0;
    for (;;) {
        bool row = false;
        if (!db_step(&ledger->db, statement, &row))
            return false;
        if (!row)
            return true;
        struct receipt receipt = receipt_here(statement);
        struct hash hash = hash_receipt(&receipt, previous);
        if (!hash_equal(db_column_hash(statement, 7), previous) ||
            !hash_equal(db_column_hash(statement, 8), hash)) {
            *bad_row = receipt.row;
            db_reset(statement);
            return true;
        }
        previous = hash;
    }
}
