#include "library/index.h"

#include "base/log.h"
#include "library/pinyin_table.h"
#include "library/schema.h"
#include "library/session.h"
#include "library/terms.h"

#define BATCH_BYTES (4u << 20) /* as an import's */
#define DONE        INT64_MAX  /* all rows, and those to come */

struct state {
    int64_t version, done;
};

static int64_t this_version(void) {
    return (int64_t)TERMS_VERSION << 32 | pinyin_version;
}

static bool load_state(struct db *db, struct state *state) {
    struct sqlite3_stmt *statement = db_use(db, STATEMENT_SEARCH_STATE, DB_NO_VALUES);
    bool row = false;
    *state = (struct state){0};
    if (!db_step(db, statement, &row))
        return false;
    if (row)
        *state = (struct state){db_column_integer(statement, 0), db_column_integer(statement, 1)};
    db_reset(statement);
    return true;
}

static bool save_done(struct db *db, int64_t done) {
    return db_run(db, STATEMENT_SEARCH_STATE_SET,
                  DB_VALUES(db_integer(this_version()), db_integer(done)));
}

bool index_open(struct db *db) {
    struct state state;
    if (!load_state(db, &state))
        return false;
    if (state.version == this_version())
        return true;
    bool good = db_execute(db, "BEGIN IMMEDIATE") &&
                db_run(db, STATEMENT_SEARCH_CLEAR, DB_NO_VALUES) && save_done(db, 0) &&
                db_execute(db, "COMMIT");
    if (!good)
        db_roll_back(db);
    return good;
}

bool index_ready(struct db *db, bool *ready) {
    struct state state;
    bool good = load_state(db, &state);
    *ready = good && state.version == this_version() && state.done == DONE;
    return good;
}

/* Whether a row is in the index, or would have to be when it is new. */
static bool covers(struct db *db, int64_t row, bool *covered) {
    struct state state;
    bool good = load_state(db, &state);
    *covered = good && row <= state.done;
    return good;
}

static bool add(struct db *db, int statement, int64_t row, const struct terms_case *texts,
                size_t *bytes) {
    struct str terms = {0};
    struct folded scratch = {0};
    terms_of_case(&terms, texts, &scratch);
    bool good = db_run(db, statement, DB_VALUES(db_integer(row), db_text(str_text(&terms))));
    *bytes += terms.size; /* a term is a byte or two, written some times over by merges */
    folded_finish(&scratch);
    str_finish(&terms);
    return good;
}

bool index_add(struct db *db, int64_t row, const struct case_record *record, size_t *bytes) {
    const struct terms_case texts = {{[SEARCH_TITLE] = record->title,
                                      [SEARCH_SCHOOL] = record->school,
                                      [SEARCH_SUMMARY] = record->summary,
                                      [SEARCH_BODY] = record->body,
                                      [SEARCH_UNIT] = unit_name(record->unit)}};
    bool covered = false;
    *bytes = 0;
    return covers(db, row, &covered) &&
           (!covered || add(db, STATEMENT_SEARCH_ADD, row, &texts, bytes));
}

/* Of the row that STATEMENT_SEARCH_TEXTS stands on. */
static struct terms_case texts_here(struct sqlite3_stmt *statement) {
    struct terms_case texts;
    for (int field = SEARCH_TITLE; field <= SEARCH_BODY; field++) {
        const char *text = db_column_text(statement, field + 1);
        texts.texts[field] = text ? text : "";
    }
    texts.texts[SEARCH_UNIT] =
        unit_name((enum unit)column_choice(statement, SEARCH_UNIT + 1, UNIT_COUNT));
    return texts;
}

/* A case without texts (a damaged file) is not in the index either. */
bool index_remove(struct db *db, int64_t row) {
    bool covered = false, found = false;
    size_t bytes = 0;
    if (!covers(db, row, &covered))
        return false;
    if (!covered)
        return true;
    struct sqlite3_stmt *statement =
        db_use(db, STATEMENT_SEARCH_TEXTS, DB_VALUES(db_integer(row - 1)));
    bool good = db_step(db, statement, &found);
    if (good && found && db_column_integer(statement, 0) == row) {
        const struct terms_case texts = texts_here(statement);
        good = add(db, STATEMENT_SEARCH_REMOVE, row, &texts, &bytes);
    }
    if (good && found)
        db_reset(statement);
    return good;
}

/* Adds rows behind *done, as many as go into a transaction; *done gets the last, or DONE. */
static bool build_batch(struct db *db, int64_t *done) {
    struct sqlite3_stmt *statement =
        db_use(db, STATEMENT_SEARCH_TEXTS, DB_VALUES(db_integer(*done)));
    size_t bytes = 0;
    for (bool row = true; row && bytes < BATCH_BYTES;) {
        if (!db_step(db, statement, &row))
            return false;
        if (!row) {
            *done = DONE;
            return true;
        }
        const struct terms_case texts = texts_here(statement);
        *done = db_column_integer(statement, 0);
        if (!add(db, STATEMENT_SEARCH_ADD, *done, &texts, &bytes)) {
            db_reset(statement);
            return false;
        }
    }
    db_reset(statement);
    return true;
}

bool index_build(struct db *db) {
    struct state state;
    bool good = load_state(db, &state);
    if (good && state.done > 0 && state.done < DONE)
        log_info("%s: 继续建立搜索索引 (the search index is made)", db->path);
    while (good && state.done != DONE) {
        good = db_execute(db, "BEGIN IMMEDIATE") && build_batch(db, &state.done) &&
               save_done(db, state.done) && db_execute(db, "COMMIT");
        if (!good)
            db_roll_back(db);
    }
    return good;
}
