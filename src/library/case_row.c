#include "library/case_row.h"

#include <string.h>

#include "library/index.h"
#include "library/rendition.h"
#include "library/schema.h"

#define CASE_BYTES  600 /* about what a case takes besides its texts, with its indexes */
#define ASSET_BYTES 100 /* likewise */

bool case_row_find(struct db *db, int statement, const struct db_value *values, size_t count,
                   struct case_row *found) {
    struct sqlite3_stmt *use = db_use(db, statement, values, count);
    bool row = false;
    *found = (struct case_row){0};
    if (!db_step(db, use, &row))
        return false;
    if (row)
        *found = (struct case_row){.row = db_column_integer(use, 0),
                                   .from = db_column_integer(use, 1),
                                   .digest = db_column_hash(use, 2),
                                   .twin = db_column_integer(use, 3),
                                   .statement = db_column_hash(use, 4),
                                   .ends_ms = db_column_integer(use, 5)};
    db_reset(use);
    return true;
}

/* The pictures, and behind them the code. */
static bool add_assets(struct db *db, int64_t row, const struct case_record *record,
                       size_t *bytes) {
    for (size_t i = 0; i < record->asset_count + (record->code != NULL); i++) {
        const struct asset *asset = i < record->asset_count ? record->assets + i : record->code;
        int64_t source = 0;
        size_t written = 0;
        if (!rendition_keep(db, NULL, asset, &source, &written) ||
            !db_run(db, STATEMENT_ASSET_ADD,
                    DB_VALUES(db_integer(row), db_integer((int64_t)i), db_integer(asset->kind),
                              db_text(asset->caption), db_integer(asset->whole),
                              db_integer(source))))
            return false;
        *bytes += written + strlen(asset->caption) + ASSET_BYTES;
    }
    return true;
}

struct db_value case_row_statement(const struct hash *statement) {
    return db_hash(hash_equal(*statement, (struct hash){0}) ? NULL : statement);
}

bool case_row_add(struct db *db, const struct case_record *record, int64_t generation,
                  const struct hash *digest, int64_t *row, size_t *bytes) {
    size_t indexed = 0;
    if (!db_run(db, STATEMENT_CASE_ADD,
                DB_VALUES(db_text(record->id), db_integer(record->unit), db_integer(record->phase),
                          db_text(record->school), db_integer(record->weight),
                          db_integer(record->valid_from_ms), db_integer(record->valid_until_ms),
                          db_integer(generation), db_hash(digest), db_integer(record->twin),
                          case_row_statement(&record->statement), db_integer(record->ends_ms),
                          db_integer(record->level))))
        return false;
    *row = db_last_row(db);
    if (!db_run(db, STATEMENT_TEXTS_ADD,
                DB_VALUES(db_integer(*row), db_text(record->title), db_text(record->summary),
                          db_text(record->body), db_text(record->url),
                          db_integer(record->published_ms))) ||
        !index_add(db, *row, record, &indexed))
        return false;
    *bytes = CASE_BYTES + strlen(record->title) + strlen(record->summary) + strlen(record->body) +
             indexed;
    return add_assets(db, *row, record, bytes);
}
