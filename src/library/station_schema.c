#include "library/station_schema.h"

#include <assert.h>

/* By hour first: what is written is the newest hour, so that a write touches few pages. */
static const char *const migrations[] = {
    "CREATE TABLE shown ("
    "  hour INTEGER NOT NULL,"
    "  id TEXT NOT NULL,"
    "  showings INTEGER NOT NULL,"
    "  milliseconds INTEGER NOT NULL,"
    "  PRIMARY KEY (hour, id)"
    ") WITHOUT ROWID;",
    "ALTER TABLE shown ADD COLUMN "
    "  touches INTEGER NOT NULL DEFAULT 0;"
    "CREATE TABLE hours ("
    "  hour INTEGER PRIMARY KEY,"
    "  uptime_ms INTEGER NOT NULL,"
    "  errors INTEGER NOT NULL,"
    "  touches INTEGER NOT NULL" /* of no case */
    ");",
    "CREATE TABLE requests ("
    "  row INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  uid TEXT NOT NULL UNIQUE CHECK (length(uid) = 32),"
    "  kind TEXT NOT NULL,"
    "  arguments TEXT NOT NULL,"
    "  by TEXT NOT NULL,"
    "  made_ms INTEGER NOT NULL"
    ");"
    "CREATE TABLE blackout ("
    "  one INTEGER PRIMARY KEY CHECK (one = 1),"
    "  is_on INTEGER NOT NULL,"
    "  by TEXT NOT NULL,"
    "  at_ms INTEGER NOT NULL"
    ");"
    "INSERT INTO blackout VALUES (1, 0, '', 0);"
    "CREATE TABLE pins ("
    "  name TEXT NOT NULL PRIMARY KEY,"
    "  role TEXT NOT NULL,"
    "  hash BLOB NOT NULL CHECK (length(hash) = 32)"
    ") WITHOUT ROWID;"
    "CREATE TABLE pin_salt ("
    "  one INTEGER PRIMARY KEY CHECK (one = 1),"
    "  salt BLOB NOT NULL CHECK (length(salt) = 32),"
    "  opslimit INTEGER NOT NULL,"
    "  memlimit INTEGER NOT NULL"
    ");"
    "CREATE TABLE tries ("
    "  one INTEGER PRIMARY KEY CHECK (one = 1),"
    "  failures INTEGER NOT NULL," /* in a row */
    "  since_ms INTEGER NOT NULL," /* the last one was at */
    "  wait_ms INTEGER NOT NULL"   /* and the next may be so long after it */
    ");"
    "INSERT INTO tries VALUES (1, 0, 0, 0);",
    "CREATE TABLE settings ("
    "  section TEXT NOT NULL,"
    "  key TEXT NOT NULL,"
    "  value TEXT NOT NULL,"
    "  by TEXT NOT NULL,"
    "  at_ms INTEGER NOT NULL,"
    "  PRIMARY KEY (section, key)"
    ") WITHOUT ROWID;"
    "CREATE TABLE code ("
    "  one INTEGER PRIMARY KEY CHECK (one = 1),"
    "  hash BLOB NOT NULL CHECK (length(hash) = 32)"
    ");"};

#define RANGE "WHERE hour >= ?1 AND hour < ?2 "
static const char add_showing[] =
    "INSERT INTO shown (hour, id, showings, milliseconds, touches) VALUES (?1, ?2, ?3, ?4, ?5) "
    "ON CONFLICT (hour, id) DO UPDATE SET showings = showings + excluded.showings, "
    "milliseconds = milliseconds + excluded.milliseconds, "
    "touches = touches + excluded.touches";
static const char add_hour[] =
    "INSERT INTO hours (hour, uptime_ms, errors, touches) VALUES (?1, ?2, ?3, ?4) "
    "ON CONFLICT (hour) DO UPDATE SET uptime_ms = uptime_ms + excluded.uptime_ms, "
    "errors = errors + excluded.errors, touches = touches + excluded.touches";
static const char sum_cases[] =
    "SELECT id, max(hour), sum(showings), sum(milliseconds), sum(touches) "
    "FROM shown " RANGE "GROUP BY id ORDER BY id";
static const char sum_hours[] =
    "SELECT hour, sum(showings), sum(milliseconds), sum(touches), sum(uptime_ms), sum(errors), "
    "sum(elsewhere) FROM ("
    "SELECT hour, sum(showings) AS showings, sum(milliseconds) AS milliseconds, "
    "sum(touches) AS touches, 0 AS uptime_ms, 0 AS errors, 0 AS elsewhere "
    "FROM shown " RANGE "GROUP BY hour "
    "UNION ALL SELECT hour, 0, 0, 0, uptime_ms, errors, touches FROM hours " RANGE
    ") GROUP BY hour ORDER BY hour";

static const char *const statements[] = {
    [STATION_ADD] = add_showing,
    [STATION_ADD_HOUR] = add_hour,
    [STATION_CASES] = sum_cases,
    [STATION_HOURS] = sum_hours,

    [STATION_REQUEST_ADD] =
        "INSERT INTO requests (uid, kind, arguments, by, made_ms) VALUES (?1, ?2, ?3, ?4, ?5)",
    [STATION_REQUEST_COUNT] = "SELECT count(*) FROM requests",
    [STATION_REQUESTS] = "SELECT uid, kind, arguments, by, made_ms FROM requests ORDER BY row",
    [STATION_REQUEST_DROP] = "DELETE FROM requests WHERE uid = ?1",

    [STATION_BLACKOUT] = "SELECT is_on FROM blackout",
    [STATION_BLACKOUT_SET] = "UPDATE blackout SET is_on = ?1, by = ?2, at_ms = ?3",

    [STATION_PINS] = "SELECT name, role, hash FROM pins ORDER BY name",
    [STATION_PIN_COUNT] = "SELECT count(*) FROM pins",
    [STATION_PIN_SET] = "INSERT OR REPLACE INTO pins (name, role, hash) VALUES (?1, ?2, ?3)",
    [STATION_PIN_FIND] = "SELECT 1 FROM pins WHERE name = ?1",
    [STATION_PIN_REMOVE] = "DELETE FROM pins WHERE name = ?1",
    [STATION_SALT] = "SELECT salt, opslimit, memlimit FROM pin_salt",
    [STATION_SALT_SET] = "INSERT INTO pin_salt VALUES (1, ?1, ?2, ?3)",
    [STATION_TRIES] = "SELECT failures, since_ms, wait_ms FROM tries",
    [STATION_TRIES_SET] = "UPDATE tries SET failures = ?1, since_ms = ?2, wait_ms = ?3",
    [STATION_CODE_COUNT] = "SELECT count(*) FROM code WHERE NOT EXISTS (SELECT 1 FROM pins)",
    [STATION_CODE] = "SELECT hash FROM code",
    [STATION_CODE_SET] = "INSERT OR REPLACE INTO code VALUES (1, ?1)",
    [STATION_CODE_DROP] = "DELETE FROM code",

    [STATION_SETTINGS] =
        "SELECT section, key, value, by, at_ms FROM settings ORDER BY section, key",
    [STATION_SETTING_SET] = "INSERT OR REPLACE INTO settings VALUES (?1, ?2, ?3, ?4, ?5)",
    [STATION_SETTINGS_DROP] = "DELETE FROM settings"};
static_assert(sizeof statements / sizeof *statements == STATION_STATEMENT_COUNT, "statements");

const struct db_schema station_schema = {.migrations = migrations,
                                         .version = sizeof migrations / sizeof *migrations,
                                         .statements = statements,
                                         .statement_count = STATION_STATEMENT_COUNT};
