#include "library/station.h"

#include <stdlib.h>

#include "base/memory.h"
#include "library/recover.h"
#include "library/station_schema.h"

struct station *station_open(const char *path, enum db_access access, enum db_result *result) {
    struct station *station = xcalloc(1, sizeof *station);
    enum db_result opened = db_open(&station->db, path, access, &station_schema);
    if (opened == DB_DAMAGED && access == DB_WRITE && recover_aside(path))
        opened = db_open(&station->db, path, access, &station_schema);
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

static bool add_showing(struct db *db, const struct showing *showing) {
    return db_run(db, STATION_ADD,
                  DB_VALUES(db_integer(showing->hour), db_text(showing->id),
                            db_integer(showing->showings), db_integer(showing->milliseconds),
                            db_integer(showing->touches)));
}

static bool add_hour(struct db *db, const struct station_hour *hour) {
    return db_run(db, STATION_ADD_HOUR,
                  DB_VALUES(db_integer(hour->hour), db_integer(hour->uptime_ms),
                            db_integer(hour->errors), db_integer(hour->touches)));
}

static bool add(struct db *db, const struct station_batch *batch) {
    bool good = db_execute(db, "BEGIN IMMEDIATE");
    for (size_t i = 0; good && i < batch->count; i++)
        good = add_showing(db, batch->showings + i);
    for (size_t i = 0; good && i < batch->hour_count; i++)
        good = add_hour(db, batch->hours + i);
    good = good && db_execute(db, "COMMIT");
    if (!good)
        db_roll_back(db);
    return good;
}

/* A new file in the place of the damaged one. */
static bool begin_anew(struct station *station) {
    char *path = xstrdup(station->db.path);
    db_close(&station->db);
    bool good =
        recover_aside(path) && db_open(&station->db, path, DB_WRITE, &station_schema) == DB_DONE;
    free(path);
    return good;
}

bool station_add(struct station *station, const struct station_batch *batch) {
    struct db *db = &station->db;
    if (add(db, batch))
        return true;
    return db->access == DB_WRITE && db->result == DB_DAMAGED && begin_anew(station) &&
           add(db, batch);
}

static void visit_case(struct sqlite3_stmt *row, const struct station_visitor *visitor) {
    struct showing sum = {.id = db_column_text(row, 0),
                          .hour = db_column_integer(row, 1),
                          .showings = db_column_integer(row, 2),
                          .milliseconds = db_column_integer(row, 3),
                          .touches = db_column_integer(row, 4)};
    if (sum.id) /* whatever a damaged file may say */
        visitor->on_case(visitor->user, &sum);
}

static void visit_hour(struct sqlite3_stmt *row, const struct station_visitor *visitor) {
    struct showing sum = {.hour = db_column_integer(row, 0),
                          .showings = db_column_integer(row, 1),
                          .milliseconds = db_column_integer(row, 2),
                          .touches = db_column_integer(row, 3)};
    struct station_hour hour = {.hour = sum.hour,
                                .uptime_ms = db_column_integer(row, 4),
                                .errors = db_column_integer(row, 5),
                                .touches = db_column_integer(row, 6)};
    visitor->on_hour(visitor->user, &sum, &hour);
}

static bool visit(struct station *station, int statement, const struct db_value range[2],
                  void (*on_row)(struct sqlite3_stmt *row, const struct station_visitor *visitor),
                  const struct station_visitor *visitor) {
    struct sqlite3_stmt *use = db_use(&station->db, statement, range, 2);
    for (bool row = true; row;) {
        if (!db_step(&station->db, use, &row))
            return false;
        if (row)
            on_row(use, visitor);
    }
    return true;
}

enum db_result station_each(struct station *station, int64_t from_hour, int64_t until_hour,
                            const struct station_visitor *visitor) {
    const struct db_value range[] = {db_integer(from_hour), db_integer(until_hour)};
    bool good = db_execute(&station->db, "BEGIN");
    if (visitor->on_case)
        good = good && visit(station, STATION_CASES, range, visit_case, visitor);
    if (visitor->on_hour)
        good = good && visit(station, STATION_HOURS, range, visit_hour, visitor);
    db_roll_back(&station->db); /* nothing was written */
    return good ? DB_DONE : station->db.result;
}
