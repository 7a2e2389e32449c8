#include "library/station.h"

#include <stdlib.h>

#include "base/memory.h"
#include "library/recover.h"

enum { STATION_ADD, STATION_SUM, STATION_STATEMENTS };

/* By hour first: what is written is the newest hour, so that a write touches few pages. */
static const char *const migrations[] = {"CREATE TABLE shown ("
                                         "  hour INTEGER NOT NULL,"
                                         "  id TEXT NOT NULL,"
                                         "  showings INTEGER NOT NULL,"
                                         "  milliseconds INTEGER NOT NULL,"
                                         "  PRIMARY KEY (hour, id)"
                                         ") WITHOUT ROWID;"};

static const char *const statements[] = {
    [STATION_ADD] = "INSERT INTO shown (hour, id, showings, milliseconds) VALUES (?1, ?2, ?3, ?4) "
                    "ON CONFLICT (hour, id) DO UPDATE SET showings = showings + excluded.showings, "
                    "milliseconds = milliseconds + excluded.milliseconds",
    [STATION_SUM] = "SELECT id, max(hour), sum(showings), sum(milliseconds) FROM shown "
                    "WHERE hour >= ?1 GROUP BY id ORDER BY id"};

static const struct db_schema schema = {.migrations = migrations,
                                        .version = sizeof migrations / sizeof *migrations,
                                        .statements = statements,
                                        .statement_count = STATION_STATEMENTS};

struct station {
    struct db db;
};

struct station *station_open(const char *path, enum db_access access, enum db_result *result) {
    struct station *station = xcalloc(1, sizeof *station);
    enum db_result opened = db_open(&station->db, path, access, &schema);
    if (opened == DB_DAMAGED && access == DB_WRITE && recover_aside(path))
        opened = db_open(&station->db, path, access, &schema);
    if (result)
        *result = opened;
    if (opened == DB_DONE)
        return station;
    free(station);
    return NULL;
}

void station_close(struct station *station) {
    if (!station)
        return;
    db_close(&station->db);
    free(station);
}

static bool add(struct db *db, const struct showing *showings, size_t count) {
    bool good = db_execute(db, "BEGIN IMMEDIATE");
    for (size_t i = 0; good && i < count; i++)
        good = db_run(db, STATION_ADD,
                      DB_VALUES(db_integer(showings[i].hour), db_text(showings[i].id),
                                db_integer(showings[i].showings),
                                db_integer(showings[i].milliseconds)));
    good = good && db_execute(db, "COMMIT");
    if (!good)
        db_roll_back(db);
    return good;
}

/* A new file in the place of the damaged one. */
static bool begin_anew(struct station *station) {
    char *path = xstrdup(station->db.path);
    db_close(&station->db);
    bool good = recover_aside(path) && db_open(&station->db, path, DB_WRITE, &schema) == DB_DONE;
    free(path);
    return good;
}

bool station_add_showings(struct station *station, const struct showing *showings, size_t count) {
    struct db *db = &station->db;
    if (add(db, showings, count))
        return true;
    return db->access == DB_WRITE && db->result == DB_DAMAGED && begin_anew(station) &&
           add(db, showings, count);
}

bool station_each(struct station *station, int64_t from_hour,
                  void (*on_case)(void *user, const struct showing *showing), void *user) {
    struct sqlite3_stmt *statement =
        db_use(&station->db, STATION_SUM, DB_VALUES(db_integer(from_hour)));
    for (bool row = true; row;) {
        if (!db_step(&station->db, statement, &row))
            return false;
        if (!row)
            break;
        struct showing showing = {.id = db_column_text(statement, 0),
                                  .hour = db_column_integer(statement, 1),
                                  .showings = db_column_integer(statement, 2),
                                  .milliseconds = db_column_integer(statement, 3)};
        on_case(user, &showing);
    }
    return true;
}
