#include "library/inventory.h"

#include <stdlib.h>

#include "base/memory.h"
#include "library/schema.h"

struct inventory {
    struct db db;
};

struct inventory *inventory_open(const char *library, enum db_result *result) {
    struct inventory *inventory = xcalloc(1, sizeof *inventory);
    *result = db_open(&inventory->db, library, DB_READ_WAITING, &library_schema);
    if (*result == DB_DONE)
        return inventory;
    free(inventory);
    return NULL;
}

void inventory_close(struct inventory *inventory) {
    if (!inventory)
        return;
    db_close(&inventory->db);
    free(inventory);
}

/* Where there is no previous one, current stands in for it. */
static bool find_generations(struct db *db, int64_t *current, int64_t *previous) {
    bool found = false;
    if (!db_find_integer(db, STATEMENT_GENERATION, DB_NO_VALUES, current, &found))
        return false;
    *previous = *current;
    return db_find_integer(db, STATEMENT_PREVIOUS, DB_VALUES(db_integer(*current)), previous,
                           &found);
}

bool inventory_each(struct inventory *inventory,
                    void (*on_file)(void *user, const struct rendition *rendition), void *user) {
    struct db *db = &inventory->db;
    int64_t current = 0, previous = 0;
    if (!find_generations(db, &current, &previous))
        return false;
    struct sqlite3_stmt *statement =
        db_use(db, STATEMENT_SHOWN_FILES, DB_VALUES(db_integer(current), db_integer(previous)));
    for (bool row = true; row;) {
        if (!db_step(db, statement, &row))
            return false;
        if (!row)
            break;
        const struct rendition rendition = {
            .hash = db_column_hash(statement, 0),
            .role = (enum rendition_role)db_column_integer(statement, 1),
            .bytes = db_column_integer(statement, 2)};
        on_file(user, &rendition);
    }
    return true;
}

bool inventory_each_case(struct inventory *inventory, struct hash hash,
                         void (*on_case)(void *user, const char *id), void *user) {
    struct db *db = &inventory->db;
    int64_t current = 0, previous = 0;
    if (!find_generations(db, &current, &previous))
        return false;
    struct sqlite3_stmt *statement =
        db_use(db, STATEMENT_CASES_OF_FILE,
               DB_VALUES(db_integer(current), db_integer(previous), db_hash(&hash)));
    for (bool row = true; row;) {
        if (!db_step(db, statement, &row))
            return false;
        if (row)
            on_case(user, db_column_text(statement, 0));
    }
    return true;
}

bool inventory_knows(struct inventory *inventory, struct hash hash, bool *known) {
    int64_t one = 0;
    return db_find_integer(&inventory->db, STATEMENT_RENDITION_KNOWN, DB_VALUES(db_hash(&hash)),
                           &one, known);
}

bool inventory_bytes(struct inventory *inventory, int64_t *bytes) {
    bool found = false;
    *bytes = 0;
    return db_find_integer(&inventory->db, STATEMENT_MEDIA_BYTES, DB_NO_VALUES, bytes, &found);
}
