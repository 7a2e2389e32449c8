#include "library/recover.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"
#include "library/schema.h"

#define WAIT_MS     5000
#define SPARE_BYTES (16 << 20) /* for a journal and the next import, beside a kept file */

static const char *text_or(const unsigned char *text, const char *otherwise) {
    return text ? (const char *)text : otherwise;
}

/* The first column of the only row is this text. */
static int expect(sqlite3 *db, const char *sql, const char *wanted, bool *as_wanted) {
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    *as_wanted =
        code == SQLITE_ROW && strcmp(text_or(sqlite3_column_text(statement, 0), ""), wanted) == 0;
    sqlite3_finalize(statement);
    return code == SQLITE_ROW ? SQLITE_OK : code;
}

static sqlite3 *open_reading(const char *path) {
    sqlite3 *db = NULL;
    int code = sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK) {
        sqlite3_busy_timeout(db, WAIT_MS);
        return db;
    }
    sqlite3_close(db);
    return NULL;
}

enum db_result recover_check(const char *path) {
    bool good = false;
    if (!fs_exists(path))
        return DB_MISSING;
    sqlite3 *db = open_reading(path);
    int code = db ? expect(db, "PRAGMA quick_check(1)", "ok", &good) : SQLITE_CANTOPEN;
    sqlite3_close(db);
    switch (code & 0xff) {
    case SQLITE_OK:
        return good ? DB_DONE : DB_DAMAGED;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return DB_DAMAGED;
    case SQLITE_BUSY:
        return DB_BUSY;
    case SQLITE_READONLY: /* a journal that a writer must roll back first */
        return DB_UNREADY;
    default:
        return DB_FAILED;
    }
}

/* ------------------------------------------------------------------ moving aside */

char *recover_aside_path(const char *path) {
    size_t size = strlen(path) - (text_ends(path, ".db") ? 3 : 0);
    return xasprintf("%.*s.damaged.db", (int)size, path);
}

bool recover_aside(const char *path) {
    char *aside = recover_aside_path(path), *journal = xasprintf("%s-journal", path);
    bool good = rename(path, aside) == 0;
    if (good) {
        unlink(journal); /* of the damaged one: it must not be played into the new */
        log_warning("%s: 已损坏，移到 %s (damaged: moved aside)", path, path_name(aside));
    } else {
        log_error("%s: 无法移开 (cannot be moved aside): %s", path, strerror(errno));
    }
    free(journal);
    free(aside);
    return good;
}

/* ------------------------------------------------------------------ library.db */

/* Keeping it must not take the place of what is to be shown. */
static bool has_room(const struct paths *paths, int64_t bytes) {
    struct statvfs disk;
    return statvfs(paths->state, &disk) == 0 &&
           (int64_t)(disk.f_bavail * disk.f_frsize) > 2 * bytes + SPARE_BYTES;
}

static bool copy_aside(const struct paths *paths) {
    struct outfile out;
    struct hash hash;
    struct stat st;
    uint64_t size = 0;
    int from = open(paths->library, O_RDONLY | O_CLOEXEC);
    char *aside = recover_aside_path(paths->library);
    bool good = from >= 0 && fstat(from, &st) == 0 && has_room(paths, st.st_size) &&
                outfile_open(&out, aside);
    if (good) {
        out.failed = fs_copy_hashed(from, fileno(out.stream), UINT64_MAX, &hash, &size, NULL,
                                    NULL) != COPY_DONE;
        good = outfile_commit(&out, false);
    }
    if (from >= 0)
        close(from);
    free(aside);
    return good;
}

/* A copy that this program can open: whole, and not of a newer schema. NULL: there is none. */
static sqlite3 *open_copy(const char *path) {
    bool good = false;
    sqlite3 *copy = fs_exists(path) ? open_reading(path) : NULL;
    char *known = xasprintf("SELECT user_version BETWEEN 1 AND %d FROM pragma_user_version",
                            library_schema.version);
    if (copy && (expect(copy, known, "1", &good) != SQLITE_OK || !good ||
                 expect(copy, "PRAGMA quick_check(1)", "ok", &good) != SQLITE_OK || !good)) {
        log_error("%s: 备份也不能用 (the copy cannot be used either)", path);
        sqlite3_close(copy);
        copy = NULL;
    }
    free(known);
    return copy;
}

static int copy_into(sqlite3 *to, sqlite3 *from) {
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    if (!backup)
        return sqlite3_errcode(to);
    int code = sqlite3_backup_step(backup, -1);
    int end = sqlite3_backup_finish(backup);
    return code == SQLITE_DONE ? end : code;
}

/* SQLITE_DBCONFIG_RESET_DATABASE takes whatever the file holds for an empty database, under the
 * usual locks and with a journal: readers see the old or the new. copy NULL: it stays empty. */
static bool overwrite(const char *path, sqlite3 *copy) {
    sqlite3 *to = NULL;
    int code = sqlite3_open_v2(
        path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK) {
        sqlite3_busy_timeout(to, WAIT_MS);
        sqlite3_db_config(to, SQLITE_DBCONFIG_RESET_DATABASE, 1, NULL);
        /* Refused by what is no database; then the defaults do. */
        sqlite3_exec(to, "PRAGMA journal_mode=TRUNCATE", NULL, NULL, NULL);
        sqlite3_exec(to, "PRAGMA synchronous=FULL", NULL, NULL, NULL);
        code = copy ? copy_into(to, copy) : sqlite3_exec(to, "VACUUM", NULL, NULL, NULL);
        sqlite3_db_config(to, SQLITE_DBCONFIG_RESET_DATABASE, 0, NULL);
    }
    if (code != SQLITE_OK)
        log_error("%s: 无法恢复 (cannot be restored): %s", path, sqlite3_errstr(code));
    sqlite3_close(to);
    return code == SQLITE_OK;
}

enum recovery recover_library(const struct paths *paths, bool *kept) {
    sqlite3 *copy = open_copy(paths->backup);
    enum recovery how = copy ? RECOVERY_COPY : RECOVERY_FRESH;
    *kept = copy_aside(paths);
    if (!overwrite(paths->library, copy))
        how = RECOVERY_FAILED;
    sqlite3_close(copy);
    if (how == RECOVERY_COPY)
        log_warning("%s: 已损坏，用备份恢复了 (damaged: restored from its copy)", paths->library);
    if (how == RECOVERY_FRESH)
        log_warning("%s: 已损坏，没有可用的备份，重新开始 (damaged, without a copy: begun anew)",
                    paths->library);
    return how;
}

enum recovery recover_lost_library(const struct paths *paths) {
    sqlite3 *copy = open_copy(paths->backup);
    if (!copy)
        return RECOVERY_FRESH;
    bool good = overwrite(paths->library, copy);
    sqlite3_close(copy);
    if (good)
        log_warning("%s: 不见了，用备份恢复了 (lost: restored from its copy)", paths->library);
    return good ? RECOVERY_COPY : RECOVERY_FAILED;
}
