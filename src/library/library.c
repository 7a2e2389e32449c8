#include "library/library.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/time.h"
#include "library/backup.h"
#include "library/case_row.h"
#include "library/digest.h"
#include "library/discard.h"
#include "library/index.h"
#include "library/library_private.h"
#include "library/media.h"
#include "library/pending.h"
#include "library/rendition.h"
#include "library/schema.h"
#include "library/session.h"
#include "library/sweep.h"
#include "library/withdrawn.h"

#define BATCH_BYTES    (4u << 20)  /* readers wait for a commit: 0.27 s for 90 MB, 12 ms for this */
#define BACKUP_EVERY_S (24 * 3600) /* it is written whole each time */
#define DAY_MS         (24 * 3600 * INT64_C(1000)) /* an end is not moved by less */
#define NOTE_BYTES     600 /* about what a change of one row writes, with its indexes */

static bool load_generation(struct library *library) {
    bool found = false;
    return db_find_integer(&library->db, STATEMENT_GENERATION, DB_NO_VALUES, &library->current,
                           &found);
}

struct library *library_open(const struct paths *paths, enum db_result *result) {
    struct library *library = xcalloc(1, sizeof *library);
    library->paths = paths;
    enum db_result opened = db_open(&library->db, paths->library, DB_WRITE, &library_schema);
    if (opened == DB_DONE && (!load_generation(library) || !index_open(&library->db)))
        opened = library->db.result;
    if (result)
        *result = opened;
    if (opened == DB_DONE)
        return library;
    db_close(&library->db);
    free(library);
    return NULL;
}

void library_close(struct library *library) {
    if (!library)
        return;
    library_abort(library);
    db_close(&library->db);
    free(library->request);
    free(library);
}

void library_work_for(struct library *library, const char *request) {
    free(library->request);
    library->request = xstrdup(request);
}

/* The text that a statement's first row holds, the caller's; "": no row. */
static bool read_text(struct library *library, struct sqlite3_stmt *statement, char **text) {
    bool row = false;
    *text = NULL;
    if (!db_step(&library->db, statement, &row))
        return false;
    *text = row ? db_column_copy(statement, 0) : xstrdup("");
    if (row)
        db_reset(statement);
    return true;
}

bool library_last_request(struct library *library, char **request) {
    return read_text(library, db_use(&library->db, STATEMENT_REQUEST, DB_NO_VALUES), request);
}

bool library_note(struct library *library, char **note) {
    return read_text(library,
                     db_use(&library->db, STATEMENT_NOTE, DB_VALUES(db_integer(library->current))),
                     note);
}

enum db_result library_result(const struct library *library) {
    return library->db.result;
}

int64_t library_generation(const struct library *library) {
    return library->current;
}

/* What readers see is not touched, so any number of transactions will do, and any of them may be
 * the last. */
static bool undo(struct library *library, int64_t *removed) {
    int64_t reopened = 0, pending = 0;
    *removed = 0;
    if (!pending_undo(&library->db, library->current, &pending) ||
        !discard_batches(&library->db, STATEMENT_UNDO_ADDED,
                         DB_VALUES(db_integer(library->current)), removed) ||
        !db_run_batches(&library->db, STATEMENT_UNDO_ENDED, DB_VALUES(db_integer(library->current)),
                        &reopened))
        return false;
    *removed += pending;
    if (*removed || reopened)
        log_info("%s: 撤销了未完成的导入 (undid an import that did not end): %lld + %lld",
                 library->paths->library, (long long)*removed, (long long)reopened);
    return true;
}

static bool set_pointer(struct library *library, int64_t generation) {
    struct db *db = &library->db;
    bool good = db_run(db, STATEMENT_POINTER_SET,
                       DB_VALUES(db_integer(generation), db_text(library->request)));
    if (good)
        library->current = generation;
    return good;
}

bool library_rollback(struct library *library, bool *moved) {
    int64_t previous = 0;
    bool found = false;
    *moved = false;
    if (library->coming) {
        log_error("%s: 导入期间不能回退 (no rollback during an import)", library->paths->library);
        return false;
    }
    if (!load_generation(library) ||
        !db_find_integer(&library->db, STATEMENT_PREVIOUS, DB_VALUES(db_integer(library->current)),
                         &previous, &found))
        return false;
    *moved = found && set_pointer(library, previous);
    return *moved || !found;
}

bool library_begin(struct library *library) {
    int64_t newest = 0, removed = 0;
    bool found = false;
    if (!load_generation(library) || !undo(library, &removed) || !index_build(&library->db) ||
        !db_find_integer(&library->db, STATEMENT_NEWEST, DB_NO_VALUES, &newest, &found))
        return false;
    library->coming = newest + 1;
    return true;
}

bool library_batch_open(struct library *library) {
    assert(library->coming);
    if (!library->writing)
        library->writing = db_execute(&library->db, "BEGIN IMMEDIATE");
    return library->writing;
}

bool library_batch_close(struct library *library) {
    if (!library->writing)
        return true;
    library->written = 0;
    library->writing = false;
    if (db_execute(&library->db, "COMMIT"))
        return true;
    db_roll_back(&library->db);
    return false;
}

bool library_batch_count(struct library *library, size_t bytes) {
    library->written += bytes;
    return library->written < BATCH_BYTES || library_batch_close(library);
}

static int64_t generation_of(const struct library *library) {
    return library->coming ? library->coming : library->current;
}

bool library_find_case(struct library *library, const char *id, struct case_row *found) {
    return case_row_find(&library->db, STATEMENT_CASE_FIND,
                         DB_VALUES(db_text(id), db_integer(generation_of(library))), found);
}

/* Takes a row out of the coming generation: one that came in with it vanishes at once, the others
 * stay for the readers of the current one. */
bool library_end_case(struct library *library, const struct case_row *found) {
    if (found->from == library->coming)
        return discard_case(&library->db, found->row);
    return db_run(&library->db, STATEMENT_CASE_END,
                  DB_VALUES(db_integer(found->row), db_integer(library->coming)));
}

/* Of a case whose content is the same. */
bool library_note_case(struct library *library, const struct case_record *record,
                       const struct case_row *found) {
    int64_t later_ms = record->ends_ms - found->ends_ms;
    bool same_end = later_ms < DAY_MS && later_ms > -DAY_MS;
    if (record->twin == found->twin && hash_equal(record->statement, found->statement) && same_end)
        return true;
    return library_batch_open(library) &&
           db_run(&library->db, STATEMENT_CASE_NOTE,
                  DB_VALUES(db_integer(found->row), db_integer(record->twin),
                            case_row_statement(&record->statement), db_integer(record->ends_ms))) &&
           library_batch_count(library, NOTE_BYTES);
}

bool library_put(struct library *library, const struct case_record *record, enum change *change) {
    struct hash digest = digest_case(record);
    struct case_row found;
    size_t bytes = 0;
    int64_t row = 0;
    if (!library_find_case(library, record->id, &found))
        return false;
    *change = !found.row                         ? CHANGE_ADDED
              : hash_equal(found.digest, digest) ? CHANGE_UNCHANGED
                                                 : CHANGE_CHANGED;
    if (*change == CHANGE_UNCHANGED)
        return library_note_case(library, record, &found);
    return library_batch_open(library) && (!found.row || library_end_case(library, &found)) &&
           case_row_add(&library->db, record, library->coming, &digest, &row, &bytes) &&
           library_batch_count(library, bytes);
}

bool library_remove(struct library *library, const char *id, bool *found) {
    struct case_row row;
    *found = false;
    if (!library_find_case(library, id, &row))
        return false;
    *found = row.row != 0;
    return !*found || (library_batch_open(library) && library_end_case(library, &row) &&
                       library_batch_count(library, NOTE_BYTES));
}

bool library_flush(struct library *library) {
    return library_batch_close(library);
}

static bool move_pointer(struct library *library, const char *source) {
    struct db *db = &library->db;
    return db_run(db, STATEMENT_GENERATION_ADD,
                  DB_VALUES(db_integer(library->coming), db_integer(library->current),
                            db_integer(time_now_ms()), db_text(source))) &&
           db_run(db, STATEMENT_POINTER_SET,
                  DB_VALUES(db_integer(library->coming), db_text(library->request)));
}

/* The last transaction of an import. */
static bool end_import(struct library *library, bool touched, const char *source) {
    struct db *db = &library->db;
    bool waiting = false;
    bool good = db_execute(db, "BEGIN IMMEDIATE") && pending_settle(db, &waiting) &&
                (!touched || move_pointer(library, source)) &&
                db_execute(db, touched || waiting ? "COMMIT" : "ROLLBACK");
    if (!good)
        db_roll_back(db);
    return good;
}

bool library_commit(struct library *library, const char *source, bool *changed) {
    int64_t touched = 0;
    bool found = false;
    *changed = false;
    if (!library_batch_close(library) ||
        !db_find_integer(&library->db, STATEMENT_TOUCHED, DB_VALUES(db_integer(library->coming)),
                         &touched, &found) ||
        !end_import(library, touched, source))
        return false;
    if (touched)
        library->current = library->coming;
    library->coming = 0;
    *changed = touched;
    return true;
}

void library_abort(struct library *library) {
    int64_t removed = 0;
    if (!library->coming)
        return;
    db_roll_back(&library->db);
    library->writing = false;
    library->written = 0;
    library->coming = 0;
    /* Nothing more is written to a disk that is full or errs: the next begin undoes it. */
    if (library->db.result != DB_FULL && library->db.result != DB_FAILED && !fs_sync_has_failed())
        undo(library, &removed);
}

static bool files_there(const struct library *library, const struct asset *asset) {
    for (size_t i = 0; i < asset->rendition_count; i++)
        if (!media_has(library->paths->media, asset->renditions + i))
            return false;
    return true;
}

bool library_find_renditions(struct library *library, struct hash source, const char *recipe,
                             struct asset *into, bool *found) {
    struct asset known = {0};
    int64_t row = 0;
    *found = false;
    if (!rendition_find(&library->db, source, recipe, &known, &row))
        return false;
    *found = row && files_there(library, &known);
    if (!*found) {
        asset_finish(&known);
        return true;
    }
    known.kind = into->kind;
    known.caption = into->caption;
    *into = known;
    return true;
}

bool library_keep_renditions(struct library *library, const char *recipe,
                             const struct asset *asset) {
    int64_t row = 0;
    size_t written = 0;
    return library_batch_open(library) &&
           rendition_keep(&library->db, recipe, asset, &row, &written) &&
           library_batch_count(library, written);
}

bool library_each_of_school(struct library *library, const char *school,
                            void (*on_case)(void *user, const char *id, const char *title),
                            void *user) {
    struct sqlite3_stmt *statement =
        db_use(&library->db, STATEMENT_SCHOOL_CASES,
               DB_VALUES(db_text(school), db_integer(generation_of(library))));
    for (bool row = true; row;) {
        if (!db_step(&library->db, statement, &row))
            return false;
        if (row)
            on_case(user, db_column_text(statement, 0), db_column_text(statement, 1));
    }
    return true;
}

bool library_each_local(struct library *library, void (*on_case)(void *user, const char *id),
                        void *user) {
    struct sqlite3_stmt *statement =
        db_use(&library->db, STATEMENT_LOCAL_CASES, DB_VALUES(db_integer(generation_of(library))));
    for (bool row = true; row;) {
        if (!db_step(&library->db, statement, &row))
            return false;
        if (row)
            on_case(user, db_column_text(statement, 0));
    }
    return true;
}

bool library_school_known(struct library *library, const char *school) {
    int64_t one = 0;
    bool known = false;
    db_find_integer(&library->db, STATEMENT_SCHOOL_KNOWN, DB_VALUES(db_text(school)), &one, &known);
    return known;
}

/* ';' is what follows ':'. */
bool library_each_of_feed(struct library *library, const char *feed,
                          void (*on_case)(void *user, const char *id, struct hash statement),
                          void *user) {
    char *from = xasprintf("%s:", feed), *below = xasprintf("%s;", feed);
    struct sqlite3_stmt *statement =
        db_use(&library->db, STATEMENT_FEED_CASES,
               DB_VALUES(db_text(from), db_text(below), db_integer(generation_of(library))));
    bool good = true;
    for (bool row = true; good && row;) {
        good = db_step(&library->db, statement, &row);
        if (row)
            on_case(user, db_column_text(statement, 0), db_column_hash(statement, 1));
    }
    free(below);
    free(from);
    return good;
}

bool library_each_named(struct library *library, const char *id,
                        void (*on_case)(void *user, const char *id, enum level level,
                                        const char *school, const char *title),
                        void *user) {
    struct sqlite3_stmt *statement =
        db_use(&library->db, STATEMENT_NAMED_CASES,
               DB_VALUES(db_text(id), db_integer(generation_of(library))));
    for (bool row = true; row;) {
        if (!db_step(&library->db, statement, &row))
            return false;
        if (row)
            on_case(user, db_column_text(statement, 0),
                    (enum level)column_choice(statement, 3, LEVEL_COUNT),
                    db_column_text(statement, 1), db_column_text(statement, 2));
    }
    return true;
}

bool library_has_twin(struct library *library, const char *id, int64_t twin, bool *has) {
    struct case_row found;
    bool good = library_find_case(library, id, &found);
    *has = good && found.row && found.twin == twin;
    return good;
}

/* What an import has written so far goes out with its batch, as it may at any time. */
bool library_set_withdrawn(struct library *library, const char *const *ids, size_t count) {
    return library_batch_close(library) && withdrawn_replace(&library->db, ids, count);
}

bool library_set_promoted(struct library *library, const char *const *ids, size_t count) {
    return library_batch_close(library) && promoted_replace(&library->db, ids, count);
}

/* Before anything is removed: nothing newer than the current generation is left. */
static bool settle(struct library *library, int64_t *undone) {
    if (!library->coming)
        return load_generation(library) && undo(library, undone);
    log_error("%s: 导入期间不能清理 (no sweep during an import)", library->paths->library);
    return false;
}

bool library_sweep(struct library *library, bool waiting, struct sweep *sweep) {
    int64_t undone = 0;
    *sweep = (struct sweep){0};
    if (!settle(library, &undone) ||
        !sweep_run(&library->db, library->paths->media, library->current, waiting, sweep))
        return false;
    sweep->cases += undone;
    return true;
}

bool library_each_stored(struct library *library, stored_on_case *on_case, void *user) {
    return load_generation(library) && stored_each(&library->db, library->current, on_case, user);
}

bool library_drop_cases(struct library *library, const int64_t *rows, size_t count,
                        struct sweep *sweep) {
    int64_t undone = 0;
    *sweep = (struct sweep){.cases = (int64_t)count};
    return settle(library, &undone) && stored_drop(&library->db, library->current, rows, count) &&
           sweep_unused(&library->db, library->paths->media, library->current, false, sweep);
}

bool library_index(struct library *library) {
    return library->coming || index_build(&library->db);
}

bool library_media_bytes(struct library *library, int64_t *bytes) {
    bool found = false;
    *bytes = 0;
    return db_find_integer(&library->db, STATEMENT_MEDIA_BYTES, DB_NO_VALUES, bytes, &found);
}

bool library_check(struct library *library) {
    struct sqlite3_stmt *statement = db_use(&library->db, STATEMENT_CHECK, DB_NO_VALUES);
    bool row = false;
    if (!db_step(&library->db, statement, &row))
        return false;
    bool good = row && strcmp(db_column_text(statement, 0), "ok") == 0;
    if (!good) {
        library->db.result = DB_DAMAGED;
        log_error("%s: 已损坏 (damaged): %s", library->paths->library,
                  row ? db_column_text(statement, 0) : "");
    }
    db_reset(statement);
    return good;
}

/* A copy of today that this program can show: readers do not migrate. */
static bool backup_will_do(const char *path) {
    struct stat held;
    struct db copy;
    if (stat(path, &held) != 0)
        return false;
    int64_t age_s = time_now_ms() / 1000 - held.st_mtime;
    bool fresh = age_s >= 0 && age_s < BACKUP_EVERY_S &&
                 db_open(&copy, path, DB_READ, &library_schema) == DB_DONE;
    if (fresh)
        db_close(&copy);
    return fresh;
}

bool library_backup(struct library *library) {
    const char *path = library->paths->backup;
    return !library->current || backup_will_do(path) || backup_make(&library->db, path);
}
