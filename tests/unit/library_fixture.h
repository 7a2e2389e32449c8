/* library_fixture.h: a state of its own for each test, and cases to put into it */
#pragma once

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/fs.h"
#include "base/memory.h"
#include "base/paths.h"
#include "library/library.h"

#define NOW          1000 /* a moment to read at */
#define COUNT(array) (sizeof(array) / sizeof *(array))

struct fixture {
    struct paths paths;
};

static inline int fixture_start(void **state) {
    char folder[] = "/tmp/fengcai-test-XXXXXX";
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    *state = fixture;
    return mkdtemp(folder) && paths_init(&fixture->paths, folder, NULL) &&
                   paths_make(&fixture->paths)
               ? 0
               : -1;
}

static inline int fixture_finish(void **state) {
    struct fixture *fixture = *state;
    fs_remove_tree(fixture->paths.state);
    paths_finish(&fixture->paths);
    free(fixture);
    return 0;
}

/* SQL from outside of the program. The first number of the last row. */
static inline int64_t raw_sql(const char *path, const char *sql) {
    sqlite3 *db = NULL;
    int64_t value = -1;
    if (sqlite3_open(path, &db) == SQLITE_OK)
        sqlite3_busy_timeout(db, 2000);
    for (const char *rest = sql; *rest;) {
        sqlite3_stmt *statement = NULL;
        if (sqlite3_prepare_v2(db, rest, -1, &statement, &rest) != SQLITE_OK) {
            fprintf(stderr, "%s: %s\n", sql, sqlite3_errmsg(db));
            abort();
        }
        while (sqlite3_step(statement) == SQLITE_ROW)
            value = sqlite3_column_int64(statement, 0);
        sqlite3_finalize(statement);
    }
    sqlite3_close(db);
    return value;
}

static inline void set_schema_version(const char *path, int64_t version) {
    char *sql = xasprintf("PRAGMA user_version = %lld", (long long)version);
    raw_sql(path, sql);
    free(sql);
}

/* Takes back what later versions of the schema added: a library as that version left it. */
static inline void make_older(const char *path, int version) {
    static const char *const undone[] = {
        [1] = "ALTER TABLE source_media DROP COLUMN focus_x;"
              "ALTER TABLE source_media DROP COLUMN focus_y;",
        [2] = "DROP INDEX cases_featured; DROP TABLE withdrawn;"
              "ALTER TABLE cases DROP COLUMN twin; ALTER TABLE cases DROP COLUMN statement;"
              "ALTER TABLE pointer DROP COLUMN withdrawals;",
        [3] = "DROP TABLE search; DROP TABLE search_state;",
        [4] = "ALTER TABLE pointer DROP COLUMN request;",
        [5] = "DROP TABLE pending;",
        [6] = "ALTER TABLE cases DROP COLUMN ends_ms;",
        [7] = "DROP TABLE promoted;",
        [8] = "ALTER TABLE source_media DROP COLUMN duration_ms;",
        [9] = "ALTER TABLE cases DROP COLUMN level;"};
    for (int i = (int)COUNT(undone) - 1; i >= version; i--)
        raw_sql(path, undone[i]);
    set_schema_version(path, version);
}

/* A case without pictures; case_finish it. */
static inline struct case_record make_case(const char *id, enum unit unit, const char *school,
                                           const char *title) {
    return (struct case_record){.id = xstrdup(id),
                                .unit = unit,
                                .school = xstrdup(school),
                                .title = xstrdup(title),
                                .summary = xstrdup(""),
                                .body = xstrdup("正文"),
                                .url = xstrdup(""),
                                .weight = 1};
}

static inline struct hash hash_text(const char *text) {
    return hash_of(text, strlen(text));
}

/* A picture prepared from source, whose renditions are the files of `content`. */
static inline struct asset make_asset(const char *source, const char *content) {
    struct asset asset = {.caption = xstrdup("说明"),
                          .width = 3000,
                          .height = 2000,
                          .focus_x = 250,
                          .focus_y = 750,
                          .source = hash_text(source),
                          .renditions = xcalloc(2, sizeof(struct rendition)),
                          .rendition_count = 2};
    static const enum rendition_role roles[] = {RENDITION_SCREEN, RENDITION_LARGE};
    for (size_t i = 0; i < 2; i++)
        asset.renditions[i] = (struct rendition){.role = roles[i],
                                                 .width = 1500,
                                                 .height = 1000,
                                                 .bytes = (int64_t)strlen(content),
                                                 .hash = hash_text(content)};
    return asset;
}

static inline void add_asset(struct case_record *record, struct asset asset) {
    record->assets = xrealloc(record->assets, record->asset_count + 1, sizeof asset);
    record->assets[record->asset_count++] = asset;
}

static inline void add_code(struct case_record *record, const char *content) {
    record->code = xcalloc(1, sizeof *record->code);
    *record->code = (struct asset){.kind = ASSET_CODE,
                                   .caption = xstrdup(""),
                                   .width = 300,
                                   .height = 300,
                                   .focus_x = FOCUS_X,
                                   .focus_y = FOCUS_Y,
                                   .whole = true,
                                   .source = hash_text(content),
                                   .renditions = xcalloc(1, sizeof(struct rendition)),
                                   .rendition_count = 1};
    record->code->renditions[0] = (struct rendition){.role = RENDITION_CODE,
                                                     .width = 300,
                                                     .height = 300,
                                                     .bytes = (int64_t)strlen(content),
                                                     .hash = hash_text(content)};
}

static inline void write_file(const char *path, const char *content) {
    FILE *file = fopen(path, "we");
    if (!file || fputs(content, file) < 0 || fclose(file) != 0)
        abort();
}

static inline bool put(struct library *library, const char *id, const char *title,
                       enum change *change) {
    struct case_record record = make_case(id, UNIT_PARTY, "青禾农业大学", title);
    enum change ignored;
    bool good = library_put(library, &record, change ? change : &ignored);
    case_finish(&record);
    return good;
}

/* One generation of cases with these ids, all with the same title. */
static inline bool import_ids(const struct paths *paths, const char *const *ids, size_t count,
                              const char *title) {
    struct library *library = library_open(paths, NULL);
    bool changed = false, good = library && library_begin(library);
    for (size_t i = 0; good && i < count; i++)
        good = put(library, ids[i], title, NULL);
    good = good && library_commit(library, "test", &changed) && changed;
    library_close(library);
    return good;
}
