/* db.h: an SQLite database as this program uses them (DESIGN: State on disk)
 *
 * Every connection: journal_mode=TRUNCATE, synchronous=FULL, mmap_size=0. Each database has one
 * writing process. A struct db belongs to one thread at a time. Only src/library uses this header.
 *
 * A failure is reported once, here, naming the file; except, when reading, DB_BUSY, DB_MISSING and
 * DB_UNREADY, which are quiet: whether they matter is the caller's to say. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"

struct sqlite3;
struct sqlite3_stmt;

enum db_result {
    DB_DONE,
    DB_BUSY,    /* somebody else is committing: ask again */
    DB_MISSING, /* opened for reading and not there, or still empty */
    DB_UNREADY, /* opened for reading, but the writer must open it once first: it holds a journal
                   to be rolled back, or an older schema */
    DB_DAMAGED, /* SQLITE_CORRUPT or SQLITE_NOTADB */
    DB_NEWER,   /* written by a newer version of the program: refused */
    DB_FULL,    /* no space left */
    DB_FAILED   /* anything else: permissions, input or output errors */
};

enum db_access {
    DB_READ,         /* read-only, never waits; works on a read-only file system */
    DB_READ_WAITING, /* the same, but waits for a commit, at most 5 s */
    DB_WRITE         /* made where it is missing, recovered, migrated; waits for readers, 5 s */
};

/* What a database of one kind is made of; constant. */
struct db_schema {
    const char *const *migrations; /* [v] leads from user_version v to v + 1 */
    int version;                   /* number of migrations */
    const char *const *statements; /* prepared when first used */
    size_t statement_count;
};

struct db {
    struct sqlite3 *handle; /* NULL: closed */
    const struct db_schema *schema;
    struct sqlite3_stmt **statements;
    char *path;
    enum db_access access;
    enum db_result result; /* of the last call that failed */
};

struct db_value {
    enum { DB_NULL, DB_INTEGER, DB_TEXT, DB_HASH } kind;
    int64_t integer;
    const char *text;        /* borrowed until the statement is used again */
    const struct hash *hash; /* likewise */
};

/* On anything but DB_DONE the struct is closed and zeroed but for result. */
enum db_result db_open(struct db *db, const char *path, enum db_access access,
                       const struct db_schema *schema);
void db_close(struct db *db); /* rolls back an open transaction; zeroed is fine */

static inline struct db_value db_integer(int64_t value) {
    return (struct db_value){.kind = DB_INTEGER, .integer = value};
}
static inline struct db_value db_text(const char *value) { /* NULL gives NULL */
    return (struct db_value){.kind = value ? DB_TEXT : DB_NULL, .text = value};
}
static inline struct db_value db_hash(const struct hash *value) { /* NULL gives NULL */
    return (struct db_value){.kind = value ? DB_HASH : DB_NULL, .hash = value};
}

/* The parameters of a statement, in order: db_run(db, ADD, DB_VALUES(db_text(id), db_integer(1)))
 */
#define DB_VALUES(...)                                                                             \
    (const struct db_value[]){__VA_ARGS__},                                                        \
        sizeof((const struct db_value[]){__VA_ARGS__}) / sizeof(struct db_value)
#define DB_NO_VALUES NULL, 0

/* Prepares (once), resets and binds; NULL: it failed. */
struct sqlite3_stmt *db_use(struct db *db, int statement, const struct db_value *values,
                            size_t count);
/* Moves to the next row. *row false: there is none, or it failed (the result is false), and the
 * statement was reset; leaving earlier takes db_reset. */
bool db_step(struct db *db, struct sqlite3_stmt *statement, bool *row);
void db_reset(struct sqlite3_stmt *statement); /* ends its read; NULL is fine */
/* A statement that gives no rows. */
bool db_run(struct db *db, int statement, const struct db_value *values, size_t count);
/* The same; *changed: how many rows. */
bool db_run_counted(struct db *db, int statement, const struct db_value *values, size_t count,
                    int64_t *changed);
/* One that works on a limited number of rows, again and again until it changes none, a transaction
 * each time; *changed: all of them. */
bool db_run_batches(struct db *db, int statement, const struct db_value *values, size_t count,
                    int64_t *changed);
/* The first column of the first row; *found false when there is none or it is NULL. */
bool db_find_integer(struct db *db, int statement, const struct db_value *values, size_t count,
                     int64_t *value, bool *found);
bool db_execute(struct db *db, const char *sql); /* unprepared: BEGIN IMMEDIATE, COMMIT … */
void db_roll_back(struct db *db);                /* quiet; harmless without a transaction */
int64_t db_last_row(const struct db *db);        /* of the last INSERT */

/* Columns of the row a statement stands on, from 0. */
int64_t db_column_integer(struct sqlite3_stmt *statement, int column);
const char *db_column_text(struct sqlite3_stmt *statement, int column); /* until the next step */
char *db_column_copy(struct sqlite3_stmt *statement, int column);       /* the caller's; not NULL */
struct hash db_column_hash(struct sqlite3_stmt *statement, int column); /* zeroed: not 32 bytes */
