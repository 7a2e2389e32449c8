#include "library/mirror.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/log.h"
#include "base/time.h"
#include "library/floors.h"
#include "library/ledger_schema.h"
#include "library/withdrawals.h"

static struct db_value text_value(const char *text) {
    return db_text(text ? text : "");
}

bool mirror_add_withdrawal(struct ledger *ledger, const struct withdrawal *withdrawal) {
    int64_t at_ms = withdrawal->at_ms ? withdrawal->at_ms : time_now_ms();
    return db_run(&ledger->db, LEDGER_WITHDRAWN_ADD,
                  DB_VALUES(db_text(withdrawal->id), db_integer(withdrawal->twin),
                            text_value(withdrawal->school), text_value(withdrawal->title),
                            db_text(withdrawal->why), db_integer(at_ms)));
}

/* ---- from ledger.db to text */

static bool add_floors(struct ledger *ledger, json_t *list) {
    struct sqlite3_stmt *statement = db_use(&ledger->db, LEDGER_FLOORS, DB_NO_VALUES);
    for (bool row = true; row;) {
        if (!db_step(&ledger->db, statement, &row))
            return false;
        if (!row)
            break;
        char head[HASH_HEX_SIZE];
        hash_hex(db_column_hash(statement, 3), head);
        json_array_append_new(list, json_pack("[s, s, I, s]", db_column_text(statement, 0),
                                              db_column_text(statement, 1),
                                              (json_int_t)db_column_integer(statement, 2), head));
    }
    return true;
}

static bool on_withdrawal(void *user, const struct withdrawal *withdrawal) {
    json_array_append_new(user, json_pack("[s, I, s, s, s, I]", withdrawal->id,
                                          (json_int_t)withdrawal->twin, withdrawal->school,
                                          withdrawal->title, withdrawal->why,
                                          (json_int_t)withdrawal->at_ms));
    return true;
}

static bool find_changes(struct ledger *ledger, int64_t *changes) {
    bool found = false;
    *changes = 0;
    return db_find_integer(&ledger->db, LEDGER_WITHDRAWN_NUMBER, DB_NO_VALUES, changes, &found);
}

/* *text: the caller's; NULL when there is nothing to remember yet. */
static bool print(struct ledger *ledger, char **text) {
    json_t *floors = json_array(), *withdrawn = json_array();
    int64_t changes = 0;
    *text = NULL;
    bool good = find_changes(ledger, &changes) && add_floors(ledger, floors) &&
                ledger_each_withdrawal(ledger, on_withdrawal, withdrawn);
    bool nothing = !changes && !json_array_size(floors);
    json_t *root = json_pack("{s:I, s:o, s:o}", "changes", (json_int_t)changes, "floors", floors,
                             "withdrawn", withdrawn);
    if (good && !nothing)
        *text = json_dumps(root, JSON_COMPACT);
    if (good && !nothing && !*text)
        log_error("%s: 内容不是有效的文字 (cannot be written as text)", ledger->slots.path);
    good = good && (nothing || *text);
    json_decref(root);
    return good;
}

bool mirror_save(struct ledger *ledger) {
    char *text = NULL;
    bool good = print(ledger, &text) && (!text || slots_save(&ledger->slots, text, strlen(text)));
    free(text);
    return good;
}

/* ---- from text into ledger.db */

/* Nothing is taken of a text with one wrong entry: the checksum says that it is as it was written,
 * so another version of the program wrote it. */
static bool well_formed(json_t *root) {
    json_int_t number = 0, at = 0;
    const char *texts[4];
    json_t *floors = NULL, *withdrawn = NULL, *entry = NULL;
    size_t i = 0;
    struct hash head;
    bool good = json_unpack(root, "{s:I, s:o, s:o}", "changes", &number, "floors", &floors,
                            "withdrawn", &withdrawn) == 0 &&
                json_is_array(floors) && json_is_array(withdrawn);
    json_array_foreach(floors, i, entry) {
        good = good &&
               json_unpack(entry, "[s, s, I, s]", &texts[0], &texts[1], &number, &texts[2]) == 0 &&
               number > 0 && hash_parse(texts[2], &head);
    }
    json_array_foreach(withdrawn, i, entry) {
        good = good && json_unpack(entry, "[s, I, s, s, s, I]", &texts[0], &number, &texts[1],
                                   &texts[2], &texts[3], &at) == 0;
    }
    return good;
}

static bool merge_floor(struct ledger *ledger, json_t *entry) {
    const char *key = NULL, *feed = NULL, *head = NULL;
    json_int_t serial = 0;
    struct floor floor, known;
    json_unpack(entry, "[s, s, I, s]", &key, &feed, &serial, &head);
    hash_parse(head, &floor.head);
    if (!ledger_find_floor(ledger, key, feed, &known))
        return false;
    if (serial <= known.serial)
        return true;
    return db_run(
               &ledger->db, LEDGER_FLOOR_RAISE,
               DB_VALUES(db_text(key), db_text(feed), db_integer(serial), db_hash(&floor.head))) &&
           ledger_set_owner(ledger, feed, key);
}

static bool replace_withdrawn(struct ledger *ledger, json_t *list, int64_t changes) {
    size_t i = 0;
    json_t *entry = NULL;
    bool good = db_run(&ledger->db, LEDGER_WITHDRAWN_CLEAR, DB_NO_VALUES) &&
                db_run(&ledger->db, LEDGER_WITHDRAWN_COUNT, DB_VALUES(db_integer(changes)));
    json_array_foreach(list, i, entry) {
        struct withdrawal withdrawal = {0};
        json_int_t twin = 0, at_ms = 0;
        json_unpack(entry, "[s, I, s, s, s, I]", &withdrawal.id, &twin, &withdrawal.school,
                    &withdrawal.title, &withdrawal.why, &at_ms);
        withdrawal.twin = twin;
        withdrawal.at_ms = at_ms;
        good = good && mirror_add_withdrawal(ledger, &withdrawal);
    }
    return good;
}

static bool merge(struct ledger *ledger, json_t *root) {
    int64_t known = 0, changes = json_integer_value(json_object_get(root, "changes"));
    size_t i = 0;
    json_t *entry = NULL;
    bool good = db_execute(&ledger->db, "BEGIN IMMEDIATE") && find_changes(ledger, &known);
    json_array_foreach(json_object_get(root, "floors"), i, entry) {
        good = good && merge_floor(ledger, entry);
    }
    if (good && changes > known)
        good = replace_withdrawn(ledger, json_object_get(root, "withdrawn"), changes);
    good = good && db_execute(&ledger->db, "COMMIT");
    db_roll_back(&ledger->db);
    return good;
}

/* ---- both */

/* Writes only what differs from the text that is there (NULL: none). */
static bool update(struct ledger *ledger, const char *there) {
    char *text = NULL;
    bool good = print(ledger, &text);
    bool same = text && there ? strcmp(text, there) == 0 : !text;
    good = good && (same || slots_save(&ledger->slots, text, strlen(text)));
    free(text);
    return good;
}

bool mirror_open(struct ledger *ledger, const char *path) {
    char *text = NULL;
    size_t size = 0;
    enum slots_result result = slots_open(&ledger->slots, path, &text, &size);
    if (result == SLOTS_FAILED)
        return false;
    json_t *root = text ? json_loadb(text, size, JSON_REJECT_DUPLICATES, NULL) : NULL;
    bool usable = well_formed(root), good = true;
    if (result == SLOTS_DAMAGED || (text && !usable))
        log_warning("%s: 已损坏，按回执库重写 (damaged: made anew of ledger.db)", path);
    if (usable)
        good = merge(ledger, root);
    good = good && update(ledger, usable ? text : NULL);
    json_decref(root);
    free(text);
    return good;
}

void mirror_close(struct ledger *ledger) {
    slots_close(&ledger->slots);
}
