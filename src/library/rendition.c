#include "library/rendition.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "library/digest.h"
#include "library/schema.h"

#define ROW_BYTES 200 /* about what a row takes in the table and its indexes */

bool rendition_load(struct db *db, int64_t row, struct asset *asset) {
    struct sqlite3_stmt *statement = db_use(db, STATEMENT_RENDITIONS, DB_VALUES(db_integer(row)));
    size_t room = 0;
    for (bool more = true; more;) {
        if (!db_step(db, statement, &more))
            return false;
        if (!more)
            break;
        if (asset->rendition_count == room) {
            room = room ? room * 2 : 4;
            asset->renditions = xrealloc(asset->renditions, room, sizeof *asset->renditions);
        }
        asset->renditions[asset->rendition_count++] =
            (struct rendition){.role = (enum rendition_role)db_column_integer(statement, 0),
                               .tile = (int)db_column_integer(statement, 1),
                               .width = (int)db_column_integer(statement, 2),
                               .height = (int)db_column_integer(statement, 3),
                               .bytes = db_column_integer(statement, 4),
                               .hash = db_column_hash(statement, 5)};
    }
    return true;
}

/* The row of a source by a recipe. */
static bool find(struct db *db, struct hash source, const char *recipe, int64_t *row,
                 struct hash *digest, struct asset *into) {
    struct sqlite3_stmt *statement =
        db_use(db, STATEMENT_SOURCE_FIND, DB_VALUES(db_hash(&source), db_text(recipe)));
    bool found = false;
    *row = 0;
    if (!db_step(db, statement, &found))
        return false;
    if (found) {
        *row = db_column_integer(statement, 0);
        *digest = db_column_hash(statement, 1);
        into->width = (int)db_column_integer(statement, 2);
        into->height = (int)db_column_integer(statement, 3);
        into->whole = db_column_integer(statement, 4);
        into->focus_x = (int)db_column_integer(statement, 5);
        into->focus_y = (int)db_column_integer(statement, 6);
        into->duration_ms = db_column_integer(statement, 7);
        db_reset(statement);
    }
    return true;
}

bool rendition_find(struct db *db, struct hash source, const char *recipe, struct asset *into,
                    int64_t *row) {
    struct asset known = {0};
    struct hash digest;
    if (!find(db, source, recipe, row, &digest, &known))
        return false;
    if (!*row)
        return true;
    if (!rendition_load(db, *row, &known)) {
        asset_finish(&known);
        return false;
    }
    known.kind = into->kind;
    known.caption = into->caption;
    known.source = source;
    *into = known;
    return true;
}

static bool add(struct db *db, const char *recipe, const struct asset *asset,
                const struct hash *digest, int64_t *row) {
    if (!db_run(db, STATEMENT_SOURCE_ADD,
                DB_VALUES(db_hash(&asset->source), db_text(recipe), db_hash(digest),
                          db_integer(asset->width), db_integer(asset->height),
                          db_integer(asset->whole), db_integer(asset->focus_x),
                          db_integer(asset->focus_y), db_integer(asset->duration_ms))))
        return false;
    *row = db_last_row(db);
    for (size_t i = 0; i < asset->rendition_count; i++) {
        const struct rendition *rendition = asset->renditions + i;
        if (!db_run(db, STATEMENT_RENDITION_ADD,
                    DB_VALUES(db_integer(*row), db_integer(rendition->role),
                              db_integer(rendition->tile), db_integer(rendition->width),
                              db_integer(rendition->height), db_integer(rendition->bytes),
                              db_hash(&rendition->hash))))
            return false;
    }
    return true;
}

static bool name(struct db *db, int64_t row, const char *recipe, bool whole) {
    return db_run(db, STATEMENT_SOURCE_NAME,
                  DB_VALUES(db_integer(row), db_text(recipe), db_integer(whole)));
}

/* The recipe's name leaves a row that has other content: cases go on using that row. */
static bool free_name(struct db *db, const char *recipe, const struct asset *asset,
                      const struct hash *digest) {
    int64_t row = 0;
    struct hash other;
    struct asset known = {0};
    if (!find(db, asset->source, recipe, &row, &other, &known))
        return false;
    return !row || hash_equal(other, *digest) || name(db, row, NULL, known.whole);
}

bool rendition_keep(struct db *db, const char *recipe, const struct asset *asset, int64_t *row,
                    size_t *written) {
    struct hash digest = digest_renditions(asset);
    *written = 0;
    if (recipe && !free_name(db, recipe, asset, &digest))
        return false;
    struct sqlite3_stmt *statement =
        db_use(db, STATEMENT_SOURCE_MATCH, DB_VALUES(db_hash(&asset->source), db_hash(&digest)));
    bool found = false;
    if (!db_step(db, statement, &found))
        return false;
    if (!found) {
        *written = ROW_BYTES * (1 + asset->rendition_count);
        return add(db, recipe, asset, &digest, row);
    }
    *row = db_column_integer(statement, 0);
    const char *old = db_column_text(statement, 1);
    bool named = !recipe || (old && strcmp(old, recipe) == 0);
    db_reset(statement);
    return named || name(db, *row, recipe, asset->whole);
}
