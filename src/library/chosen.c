#include "library/chosen.h"

#include "base/fs.h"
#include "library/station.h"
#include "library/station_schema.h"

/* NULL: there is nothing to be read (*good), or it cannot be (reported). */
static struct station *open_to_read(const char *path, bool mend, bool *good) {
    enum db_result result = DB_MISSING;
    struct station *station = fs_exists(path) ? station_open(path, DB_READ_WAITING, &result) : NULL;
    if (!station && result == DB_UNREADY && mend)
        station = station_open(path, DB_WRITE, &result);
    *good = station || result == DB_MISSING || result == DB_UNREADY;
    return station;
}

static bool each(const char *path, bool mend,
                 void (*on_chosen)(void *user, const struct chosen *chosen), void *user) {
    bool good = true;
    struct station *station = open_to_read(path, mend, &good);
    if (!station)
        return good;
    struct sqlite3_stmt *row = db_use(&station->db, STATION_SETTINGS, DB_NO_VALUES);
    for (bool there = true; there && good;) {
        good = db_step(&station->db, row, &there);
        const struct chosen chosen = {
            .section = there ? db_column_text(row, 0) : NULL,
            .key = there ? db_column_text(row, 1) : NULL,
            .value = there ? db_column_text(row, 2) : NULL,
            .by = there ? db_column_text(row, 3) : NULL,
            .at_ms = there ? db_column_integer(row, 4) : 0,
        };
        if (chosen.section && chosen.key && chosen.value && chosen.by)
            on_chosen(user, &chosen); /* else: whatever a damaged file may say */
    }
    station_close(station);
    return good;
}

bool chosen_each(const char *station_path,
                 void (*on_chosen)(void *user, const struct chosen *chosen), void *user) {
    return each(station_path, false, on_chosen, user);
}

struct laying {
    const char *path;
    struct config *config;
    bool good;
};

static void lay(void *user, const struct chosen *chosen) {
    struct laying *laying = user;
    if (!config_choose(laying->config, chosen->section, chosen->key, chosen->value, laying->path))
        laying->good = false;
}

bool chosen_apply(const char *station_path, bool mend, struct config *config) {
    struct laying laying = {.path = station_path, .config = config, .good = true};
    return each(station_path, mend, lay, &laying) && laying.good;
}

static bool is_good(const char *station_path, const struct chosen *chosen) {
    struct config config;
    config_init(&config);
    bool good = config_choose(&config, chosen->section, chosen->key, chosen->value, station_path);
    config_finish(&config);
    return good;
}

bool chosen_set(const char *station_path, const struct chosen *chosen) {
    struct station *station =
        is_good(station_path, chosen) ? station_open(station_path, DB_WRITE, NULL) : NULL;
    bool good = station && db_run(&station->db, STATION_SETTING_SET,
                                  DB_VALUES(db_text(chosen->section), db_text(chosen->key),
                                            db_text(chosen->value), db_text(chosen->by),
                                            db_integer(chosen->at_ms)));
    station_close(station);
    return good;
}

bool chosen_reset(const char *station_path) {
    if (!fs_exists(station_path))
        return true;
    struct station *station = station_open(station_path, DB_WRITE, NULL);
    bool good = station && db_run(&station->db, STATION_SETTINGS_DROP, DB_NO_VALUES);
    station_close(station);
    return good;
}
