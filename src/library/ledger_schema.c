#include "library/ledger_schema.h"

#include <assert.h>

static const char *const migrations[] = {
    "CREATE TABLE receipt ("
    "  row INTEGER PRIMARY KEY,"
    "  at_ms INTEGER NOT NULL,"
    "  kind TEXT NOT NULL,"
    "  source TEXT NOT NULL,"
    "  outcome TEXT NOT NULL,"
    "  json TEXT NOT NULL,"
    "  request TEXT UNIQUE,"
    "  previous BLOB NOT NULL CHECK (length(previous) = 32),"
    "  hash BLOB NOT NULL CHECK (length(hash) = 32)"
    ");"
    "CREATE INDEX receipt_kind ON receipt (kind);",

    "CREATE TABLE floor ("
    "  key TEXT NOT NULL," /* 16 hex digits of the root key's id; '': unsigned */
    "  feed TEXT NOT NULL,"
    "  serial INTEGER NOT NULL CHECK (serial > 0),"
    "  head BLOB NOT NULL CHECK (length(head) = 32),"
    "  PRIMARY KEY (key, feed)"
    ") WITHOUT ROWID;"
    "CREATE TABLE owner ("
    "  feed TEXT NOT NULL PRIMARY KEY,"
    "  key TEXT NOT NULL"
    ") WITHOUT ROWID;"
    "CREATE TABLE withdrawn ("
    "  id TEXT NOT NULL PRIMARY KEY,"
    "  twin INTEGER NOT NULL," /* 0: not known */
    "  school TEXT NOT NULL,"
    "  title TEXT NOT NULL,"
    "  why TEXT NOT NULL,"
    "  at_ms INTEGER NOT NULL"
    ") WITHOUT ROWID;"
    "CREATE INDEX withdrawn_twin ON withdrawn (twin) WHERE twin <> 0;"
    "CREATE TABLE withdrawn_changes ("
    "  one INTEGER PRIMARY KEY CHECK (one = 1),"
    "  number INTEGER NOT NULL" /* grows with each change of withdrawn */
    ");"
    "INSERT INTO withdrawn_changes VALUES (1, 0);"
    "CREATE TABLE source ("
    "  name TEXT NOT NULL PRIMARY KEY,"
    "  url TEXT NOT NULL,"
    "  etag TEXT NOT NULL,"
    "  last_modified TEXT NOT NULL,"
    "  keys TEXT NOT NULL,"
    "  feed TEXT NOT NULL,"
    "  serial INTEGER NOT NULL,"
    "  is_signed INTEGER NOT NULL,"
    "  polled_ms INTEGER NOT NULL,"
    "  taken_ms INTEGER NOT NULL,"
    "  fault TEXT NOT NULL,"
    "  fault_text TEXT NOT NULL,"
    "  failures INTEGER NOT NULL"
    ") WITHOUT ROWID;",

    "CREATE TABLE requests_done ("
    "  row INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  uid TEXT NOT NULL UNIQUE,"
    "  result TEXT NOT NULL CHECK (result IN ('begun', 'good', 'bad')),"
    "  tries INTEGER NOT NULL," /* how often it was begun */
    "  message_zh TEXT NOT NULL,"
    "  message TEXT NOT NULL,"
    "  receipt TEXT" /* NULL: that of table receipt, if it has one */
    ");",

    "CREATE TABLE promoted ("
    "  id TEXT NOT NULL PRIMARY KEY,"
    "  at_ms INTEGER NOT NULL"
    ") WITHOUT ROWID;"};

#define RECEIPT    "row, at_ms, kind, source, outcome, json, request, previous, hash"
#define WITHDRAWAL "id, twin, school, title, why, at_ms"
#define SOURCE                                                                                     \
    "url, etag, last_modified, keys, feed, serial, is_signed, polled_ms, taken_ms, fault, "        \
    "fault_text, failures"

static const char *const statements[] = {
    [LEDGER_TAIL] = "SELECT row, hash FROM receipt ORDER BY row DESC LIMIT 1",
    [LEDGER_ADD] = "INSERT INTO receipt (" RECEIPT ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    [LEDGER_LAST] = "SELECT " RECEIPT " FROM receipt WHERE ?1 IS NULL OR kind = ?1 "
                    "ORDER BY row DESC LIMIT 1",
    [LEDGER_REQUEST] = "SELECT json FROM receipt WHERE request = ?1",
    [LEDGER_ALL] = "SELECT " RECEIPT " FROM receipt ORDER BY row",
    [LEDGER_NEWEST] = "SELECT " RECEIPT " FROM receipt WHERE ?1 IS NULL OR instr(json, ?1) "
                      "ORDER BY row DESC",

    [LEDGER_FLOOR] = "SELECT serial, head FROM floor WHERE key = ?1 AND feed = ?2",
    [LEDGER_FLOORS_HOLD] = "UPDATE floor SET head = zeroblob(32)",
    [LEDGER_FLOOR_RAISE] =
        "INSERT INTO floor (key, feed, serial, head) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO "
        "UPDATE SET serial = excluded.serial, head = excluded.head WHERE excluded.serial > serial",
    [LEDGER_FLOORS] = "SELECT key, feed, serial, head FROM floor ORDER BY key, feed",
    [LEDGER_OWNER] = "SELECT key FROM owner WHERE feed = ?1",
    [LEDGER_OWNER_SET] = "INSERT INTO owner (feed, key) VALUES (?1, ?2) ON CONFLICT DO "
                         "UPDATE SET key = excluded.key WHERE key = ''",

    [LEDGER_WITHDRAWN_ADD] =
        "INSERT OR REPLACE INTO withdrawn (" WITHDRAWAL ") VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [LEDGER_WITHDRAWN_DROP] = "DELETE FROM withdrawn WHERE id = ?1",
    [LEDGER_WITHDRAWN_CLEAR] = "DELETE FROM withdrawn",
    [LEDGER_WITHDRAWN_FIND] =
        "SELECT " WITHDRAWAL " FROM withdrawn WHERE id = ?1 OR (twin <> 0 AND twin = ?2) "
        "ORDER BY id <> ?1, id LIMIT 1",
    [LEDGER_WITHDRAWN_HOLDS] =
        "SELECT " WITHDRAWAL " FROM withdrawn WHERE (id = ?1 OR (twin <> 0 AND twin = ?2)) AND "
        "NOT (why = 'tombstone' AND ?3 <> '' AND substr(id, 1, length(?3) + 1) = ?3 || ':') "
        "ORDER BY id <> ?1, id LIMIT 1",
    [LEDGER_WITHDRAWN_ALL] = "SELECT " WITHDRAWAL " FROM withdrawn ORDER BY id",
    [LEDGER_WITHDRAWN_NUMBER] = "SELECT number FROM withdrawn_changes",
    [LEDGER_WITHDRAWN_COUNT] = "UPDATE withdrawn_changes SET number = ?1",

    [LEDGER_PROMOTE] = "INSERT OR IGNORE INTO promoted (id, at_ms) VALUES (?1, ?2)",
    [LEDGER_DEMOTE] = "DELETE FROM promoted WHERE id = ?1",
    [LEDGER_PROMOTED_ALL] = "SELECT id FROM promoted ORDER BY id",

    [LEDGER_SOURCE] = "SELECT " SOURCE " FROM source WHERE name = ?1",
    [LEDGER_SOURCE_SAVE] = "INSERT OR REPLACE INTO source (name, " SOURCE ") VALUES "
                           "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    [LEDGER_SOURCE_FORGET] = "UPDATE source SET etag = '', last_modified = ''",

    [LEDGER_DONE_BEGIN] = "INSERT INTO requests_done (uid, result, tries, message_zh, message) "
                          "VALUES (?1, 'begun', 1, '', '') ON CONFLICT (uid) DO "
                          "UPDATE SET tries = tries + 1 WHERE result = 'begun'",
    [LEDGER_DONE_TRIES] = "SELECT tries FROM requests_done WHERE uid = ?1",
    [LEDGER_DONE_PUT_BACK] = "UPDATE requests_done SET tries = max(tries - 1, 0) WHERE uid = ?1 "
                             "AND result = 'begun'",
    [LEDGER_DONE_END] = "INSERT INTO requests_done (uid, result, tries, message_zh, message, "
                        "receipt) VALUES (?1, ?2, 0, ?3, ?4, ?5) ON CONFLICT (uid) DO UPDATE SET "
                        "result = excluded.result, message_zh = excluded.message_zh, "
                        "message = excluded.message, receipt = excluded.receipt "
                        "WHERE result = 'begun'",
    [LEDGER_DONE_FIND] =
        "SELECT result, message_zh, message, coalesce(requests_done.receipt, json) "
        "FROM requests_done LEFT JOIN receipt ON request = uid "
        "WHERE uid = ?1 AND result <> 'begun'",
    [LEDGER_DONE_PRUNE] = "DELETE FROM requests_done WHERE row <= "
                          "(SELECT max(row) FROM requests_done) - ?1",
    [LEDGER_DONE_EMPTY] =
        "UPDATE requests_done SET receipt = '{}' WHERE receipt <> '{}' AND row <= "
        "(SELECT row FROM requests_done WHERE receipt <> '{}' "
        "ORDER BY row DESC LIMIT 1 OFFSET ?1)"};
static_assert(sizeof statements / sizeof *statements == LEDGER_STATEMENT_COUNT, "statements");

const struct db_schema ledger_schema = {.migrations = migrations,
                                        .version = sizeof migrations / sizeof *migrations,
                                        .statements = statements,
                                        .statement_count = LEDGER_STATEMENT_COUNT};
