#include "library/discard.h"

#include <stdlib.h>

#include "base/memory.h"
#include "library/index.h"
#include "library/schema.h"

struct rows {
    int64_t *items;
    size_t count, room;
};

bool discard_case(struct db *db, int64_t row) {
    return index_remove(db, row) && db_run(db, STATEMENT_CASE_DELETE, DB_VALUES(db_integer(row)));
}

static bool load_rows(struct db *db, int statement, const struct db_value *values,
                      size_t value_count, struct rows *rows) {
    struct sqlite3_stmt *use = db_use(db, statement, values, value_count);
    rows->count = 0;
    for (bool row = true; row;) {
        if (!db_step(db, use, &row))
            return false;
        if (!row)
            break;
        if (rows->count == rows->room) {
            rows->room = rows->room ? rows->room * 2 : 64;
            rows->items = xrealloc(rows->items, rows->room, sizeof *rows->items);
        }
        rows->items[rows->count++] = db_column_integer(use, 0);
    }
    return true;
}

static bool discard_rows(struct db *db, const struct rows *rows) {
    bool good = true;
    for (size_t i = 0; good && i < rows->count; i++)
        good = discard_case(db, rows->items[i]);
    return good;
}

static bool discard_alone(struct db *db, const struct rows *rows) {
    bool good =
        db_execute(db, "BEGIN IMMEDIATE") && discard_rows(db, rows) && db_execute(db, "COMMIT");
    if (!good)
        db_roll_back(db);
    return good;
}

static bool discard(struct db *db, int statement, const struct db_value *values, size_t value_count,
                    bool (*with)(struct db *db, const struct rows *rows), int64_t *count) {
    struct rows rows = {0};
    *count = 0;
    bool good = load_rows(db, statement, values, value_count, &rows);
    while (good && rows.count) {
        good = with(db, &rows);
        *count += (int64_t)rows.count;
        good = good && load_rows(db, statement, values, value_count, &rows);
    }
    free(rows.items);
    return good;
}

bool discard_all(struct db *db, int statement, const struct db_value *values, size_t value_count,
                 int64_t *count) {
    return discard(db, statement, values, value_count, discard_rows, count);
}

bool discard_batches(struct db *db, int statement, const struct db_value *values,
                     size_t value_count, int64_t *count) {
    return discard(db, statement, values, value_count, discard_alone, count);
}
