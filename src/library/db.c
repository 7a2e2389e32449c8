#include "library/db.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "library/disk.h"

#define WAIT_MS                                                                                    \
    5000 /* a commit of 90 MB keeps the others out for 0.27 s; a slow card ten times               \
          */

/* cache_spill=OFF: a transaction of 4 MiB stays in memory until its commit; spilling would lock
 * the readers out from then on. */
#define CONNECTION                                                                                 \
    "PRAGMA mmap_size=0; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "                        \
    "PRAGMA cache_spill=OFF; PRAGMA trusted_schema=OFF; PRAGMA journal_mode=TRUNCATE"

/* Heard in the middle of the failing commit, before SQLite rolls it back. */
static void on_sqlite_log(void *user, int code, const char *text) {
    (void)user;
    if (code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC)
        fs_note_failed_sync("sqlite", text);
    else if (code == SQLITE_NOTICE_RECOVER_ROLLBACK)
        log_warning("sqlite: %s", text);
    else
        log_debug("sqlite: %s (%d)", text, code);
}

static void adopt_sqlite(void) {
    sqlite3_config(SQLITE_CONFIG_LOG, on_sqlite_log, NULL);
    disk_guard();
}

static enum db_result result_of(int code) {
    switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return DB_DONE;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return DB_BUSY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return DB_DAMAGED;
    case SQLITE_FULL:
        return DB_FULL;
    case SQLITE_READONLY:
        return code == SQLITE_READONLY_ROLLBACK || code == SQLITE_READONLY_RECOVERY ? DB_UNREADY
                                                                                    : DB_FAILED;
    default:
        return DB_FAILED;
    }
}

static const char *result_text(enum db_result result) {
    switch (result) {
    case DB_BUSY:
        return "数据库正被占用 (the database is in use)";
    case DB_DAMAGED:
        return "数据库已损坏 (the database is damaged)";
    case DB_NEWER:
        return "由更新版本的程序写成，请升级本程序 (written by a newer version of the program: "
               "upgrade)";
    case DB_FULL:
        return "磁盘空间不足 (no space left on the disk)";
    default:
        return "数据库出错 (database error)";
    }
}

static bool fail(struct db *db, enum db_result result, const char *detail) {
    db->result = result;
    bool quiet = db->access != DB_WRITE &&
                 (result == DB_BUSY || result == DB_MISSING || result == DB_UNREADY);
    if (!quiet)
        log_error("%s: %s%s%s", db->path, result_text(result), detail ? ": " : "",
                  detail ? detail : "");
    return false;
}

static int error_of_making(const char *path) {
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    int error = fd < 0 ? errno : 0;
    if (fd >= 0)
        close(fd);
    return error;
}

/* SQLite tries to open for reading what it could not make, and forgets why: the database or its
 * journal. An empty one of either is as good as none. */
static int forgotten_error(const char *path) {
    char *journal = xasprintf("%s-journal", path);
    int error = error_of_making(path);
    if (error == 0)
        error = error_of_making(journal);
    free(journal);
    return error;
}

/* A journal that cannot be made for want of space is an IOERR to SQLite. */
static bool was_full(struct db *db, int code) {
    bool system = (code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN;
    int error = system && db->handle ? sqlite3_system_errno(db->handle) : 0;
    if ((code & 0xff) == SQLITE_CANTOPEN && db->access == DB_WRITE && error == ENOENT)
        error = forgotten_error(db->path);
    return error == ENOSPC || error == EDQUOT;
}

static bool fail_sqlite(struct db *db, int code) {
    return fail(db, was_full(db, code) ? DB_FULL : result_of(code),
                db->handle ? sqlite3_errmsg(db->handle) : sqlite3_errstr(code));
}

/* A journal is not even opened after a failed fsync, which was reported. */
static bool is_over(struct db *db) {
    if (db->access != DB_WRITE || !fs_sync_has_failed())
        return false;
    db->result = DB_FAILED;
    return true;
}

bool db_execute(struct db *db, const char *sql) {
    if (is_over(db))
        return false;
    int code = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);
    return code == SQLITE_OK || fail_sqlite(db, code);
}

static bool read_version(struct db *db, int64_t *version) {
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db->handle, "PRAGMA user_version", -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        *version = db_column_integer(statement, 0);
    bool good = code == SQLITE_ROW || fail_sqlite(db, code);
    sqlite3_finalize(statement);
    return good;
}

static bool migrate(struct db *db, int64_t version) {
    if (!db_execute(db, "BEGIN IMMEDIATE"))
        return false;
    bool good = true;
    for (int64_t v = version; good && v < db->schema->version; v++)
        good = db_execute(db, db->schema->migrations[v]);
    char *mark = xasprintf("PRAGMA user_version=%d", db->schema->version);
    good = good && db_execute(db, mark) && db_execute(db, "COMMIT");
    free(mark);
    if (!good)
        db_roll_back(db);
    return good;
}

static bool check_version(struct db *db) {
    int64_t version = 0;
    if (!read_version(db, &version))
        return false;
    if (version > db->schema->version)
        return fail(db, DB_NEWER, NULL);
    if (db->access != DB_WRITE) {
        if (version == db->schema->version)
            return true;
        return fail(db, version ? DB_UNREADY : DB_MISSING, NULL);
    }
    return version == db->schema->version || migrate(db, version);
}

static bool connect(struct db *db) {
    int flags =
        db->access == DB_WRITE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    if (db->access != DB_WRITE && !fs_exists(db->path))
        return fail(db, DB_MISSING, NULL);
    int code = sqlite3_open_v2(db->path, &db->handle, flags | SQLITE_OPEN_NOMUTEX, NULL);
    if (code != SQLITE_OK)
        return fail_sqlite(db, code);
    sqlite3_extended_result_codes(db->handle, 1);
    sqlite3_busy_timeout(db->handle, db->access == DB_READ ? 0 : WAIT_MS);
    /* The first look into the file: here a hot journal is rolled back, or found. */
    return db_execute(db, CONNECTION) && check_version(db);
}

enum db_result db_open(struct db *db, const char *path, enum db_access access,
                       const struct db_schema *schema) {
    static pthread_once_t once = PTHREAD_ONCE_INIT; /* sqlite3_config is for the whole process */
    pthread_once(&once, adopt_sqlite);
    *db = (struct db){.path = xstrdup(path),
                      .access = access,
                      .schema = schema,
                      .statements = xcalloc(schema->statement_count, sizeof(sqlite3_stmt *))};
    if (connect(db))
        return DB_DONE;
    enum db_result result = db->result;
    db_close(db);
    db->result = result;
    return result;
}

void db_close(struct db *db) {
    for (size_t i = 0; db->statements && i < db->schema->statement_count; i++)
        sqlite3_finalize(db->statements[i]);
    sqlite3_close(db->handle);
    free((void *)db->statements);
    free(db->path);
    *db = (struct db){0};
}

static int bind(sqlite3_stmt *statement, int index, const struct db_value *value) {
    switch (value->kind) {
    case DB_INTEGER:
        return sqlite3_bind_int64(statement, index, value->integer);
    case DB_TEXT:
        return sqlite3_bind_text(statement, index, value->text, -1, SQLITE_STATIC);
    case DB_HASH:
        return sqlite3_bind_blob(statement, index, value->hash->bytes, HASH_SIZE, SQLITE_STATIC);
    case DB_NULL:
        break;
    }
    return sqlite3_bind_null(statement, index);
}

struct sqlite3_stmt *db_use(struct db *db, int statement, const struct db_value *values,
                            size_t count) {
    sqlite3_stmt **slot = db->statements + statement;
    int code = SQLITE_OK;
    if (is_over(db))
        return NULL;
    if (*slot)
        sqlite3_reset(*slot);
    else
        code = sqlite3_prepare_v3(db->handle, db->schema->statements[statement], -1,
                                  SQLITE_PREPARE_PERSISTENT, slot, NULL);
    for (size_t i = 0; code == SQLITE_OK && i < count; i++)
        code = bind(*slot, (int)i + 1, values + i);
    if (code == SQLITE_OK)
        return *slot;
    fail_sqlite(db, code);
    return NULL;
}

bool db_step(struct db *db, struct sqlite3_stmt *statement, bool *row) {
    *row = false;
    if (!statement)
        return false;
    int code = sqlite3_step(statement);
    *row = code == SQLITE_ROW;
    if (*row)
        return true;
    bool good = code == SQLITE_DONE || fail_sqlite(db, code);
    sqlite3_reset(statement);
    return good;
}

void db_reset(struct sqlite3_stmt *statement) {
    sqlite3_reset(statement);
}

bool db_run(struct db *db, int statement, const struct db_value *values, size_t count) {
    bool row = true;
    sqlite3_stmt *use = db_use(db, statement, values, count);
    while (row)
        if (!db_step(db, use, &row))
            return false;
    return true;
}

bool db_run_counted(struct db *db, int statement, const struct db_value *values, size_t count,
                    int64_t *changed) {
    bool good = db_run(db, statement, values, count);
    *changed = good ? sqlite3_changes64(db->handle) : 0;
    return good;
}

bool db_run_batches(struct db *db, int statement, const struct db_value *values, size_t count,
                    int64_t *changed) {
    int64_t batch = 1;
    for (*changed = 0; batch > 0; *changed += batch) {
        if (!db_run_counted(db, statement, values, count, &batch))
            return false;
    }
    return true;
}

bool db_find_integer(struct db *db, int statement, const struct db_value *values, size_t count,
                     int64_t *value, bool *found) {
    bool row = false;
    sqlite3_stmt *use = db_use(db, statement, values, count);
    *found = false;
    if (!db_step(db, use, &row))
        return false;
    if (!row)
        return true;
    *found = sqlite3_column_type(use, 0) != SQLITE_NULL;
    if (*found)
        *value = sqlite3_column_int64(use, 0);
    sqlite3_reset(use);
    return true;
}

void db_roll_back(struct db *db) {
    if (db->handle && !sqlite3_get_autocommit(db->handle))
        sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
}

int64_t db_last_row(const struct db *db) {
    return sqlite3_last_insert_rowid(db->handle);
}

int64_t db_column_integer(struct sqlite3_stmt *statement, int column) {
    return sqlite3_column_int64(statement, column);
}

const char *db_column_text(struct sqlite3_stmt *statement, int column) {
    return (const char *)sqlite3_column_text(statement, column);
}

char *db_column_copy(struct sqlite3_stmt *statement, int column) {
    const char *text = db_column_text(statement, column);
    return xstrdup(text ? text : "");
}

struct hash db_column_hash(struct sqlite3_stmt *statement, int column) {
    struct hash hash = {0};
    const void *bytes = sqlite3_column_blob(statement, column);
    if (bytes && sqlite3_column_bytes(statement, column) == HASH_SIZE)
        memcpy(hash.bytes, bytes, HASH_SIZE);
    return hash;
}
