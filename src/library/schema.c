#include "library/schema.h"

#include <assert.h>

/* What the playlist asks of 100,000 cases is in table "cases", whose rows are short; the long
 * texts are in a table of their own, so that the question reads a tenth of the file. */
static const char *const migrations[] = {
    "CREATE TABLE generation ("
    "  number INTEGER PRIMARY KEY,"
    "  previous INTEGER NOT NULL," /* the current one when it was made; 0: none */
    "  made_ms INTEGER NOT NULL,"
    "  note TEXT NOT NULL"
    ");"
    "CREATE TABLE pointer ("
    "  one INTEGER PRIMARY KEY CHECK (one = 1),"
    "  current INTEGER NOT NULL,"
    "  newest INTEGER NOT NULL" /* number of the newest ever made: numbers never repeat */
    ");"
    "INSERT INTO pointer VALUES (1, 0, 0);"
    "CREATE TABLE cases ("
    "  row INTEGER PRIMARY KEY,"
    "  id TEXT NOT NULL,"
    "  unit INTEGER NOT NULL CHECK (unit BETWEEN 0 AND 3),"
    "  phase INTEGER NOT NULL CHECK (phase BETWEEN 0 AND 2),"
    "  school TEXT NOT NULL,"
    "  weight INTEGER NOT NULL,"
    "  valid_from_ms INTEGER NOT NULL,"
    "  valid_until_ms INTEGER NOT NULL,"
    "  from_generation INTEGER NOT NULL,"
    "  until_generation INTEGER,"
    "  digest BLOB NOT NULL CHECK (length(digest) = 32)"
    ");"
    "CREATE INDEX cases_id ON cases (id);"
    "CREATE INDEX cases_school ON cases (school);"
    "CREATE INDEX cases_from ON cases (from_generation);"
    "CREATE INDEX cases_until ON cases (until_generation) WHERE until_generation IS NOT NULL;"
    "CREATE TABLE texts ("
    "  case_row INTEGER PRIMARY KEY REFERENCES cases ON DELETE CASCADE,"
    "  title TEXT NOT NULL,"
    "  summary TEXT NOT NULL,"
    "  body TEXT NOT NULL,"
    "  url TEXT NOT NULL,"
    "  published_ms INTEGER NOT NULL"
    ");"
    /* recipe NULL: known from a case only, or made anew by that recipe with another result */
    "CREATE TABLE source_media ("
    "  row INTEGER PRIMARY KEY,"
    "  source BLOB NOT NULL CHECK (length(source) = 32),"
    "  recipe TEXT,"
    "  digest BLOB NOT NULL CHECK (length(digest) = 32)," /* over width to the renditions */
    "  width INTEGER NOT NULL,"
    "  height INTEGER NOT NULL,"
    "  whole INTEGER NOT NULL," /* looked like a poster, slide or screenshot when prepared */
    "  UNIQUE (source, recipe)"
    ");"
    "CREATE TABLE rendition ("
    "  source_row INTEGER NOT NULL REFERENCES source_media ON DELETE CASCADE,"
    "  role INTEGER NOT NULL,"
    "  tile INTEGER NOT NULL,"
    "  width INTEGER NOT NULL,"
    "  height INTEGER NOT NULL,"
    "  bytes INTEGER NOT NULL,"
    "  hash BLOB NOT NULL CHECK (length(hash) = 32),"
    "  PRIMARY KEY (source_row, role, tile)"
    ") WITHOUT ROWID;"
    "CREATE INDEX rendition_hash ON rendition (hash);"
    "CREATE TABLE asset ("
    "  case_row INTEGER NOT NULL REFERENCES cases ON DELETE CASCADE,"
    "  position INTEGER NOT NULL,"
    "  kind INTEGER NOT NULL," /* enum asset_kind: 0 a picture, 1 the code, 2 a video */
    "  caption TEXT NOT NULL,"
    "  whole INTEGER NOT NULL,"
    "  source_row INTEGER NOT NULL REFERENCES source_media,"
    "  PRIMARY KEY (case_row, position)"
    ") WITHOUT ROWID;"
    "CREATE INDEX asset_source ON asset (source_row);",
    /* FOCUS_X and FOCUS_Y for what was prepared before a focus was looked for */
    "ALTER TABLE source_media ADD COLUMN focus_x INTEGER NOT NULL DEFAULT 500;"
    "ALTER TABLE source_media ADD COLUMN focus_y INTEGER NOT NULL DEFAULT 420;",

    "ALTER TABLE cases ADD COLUMN twin INTEGER NOT NULL DEFAULT 0;" /* 0: not known */
    "ALTER TABLE cases ADD COLUMN statement BLOB CHECK (length(statement) = 32);"
    "CREATE INDEX cases_featured ON cases (twin) WHERE phase = 2;"
    "CREATE TABLE withdrawn (id TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID;"
    "ALTER TABLE pointer ADD COLUMN withdrawals INTEGER NOT NULL DEFAULT 0;" /* changes of it */
    /* Sweeps left the rows of generations whose cases they took. */
    "DELETE FROM generation WHERE number <> (SELECT current FROM pointer) AND number NOT IN "
    "(SELECT previous FROM generation JOIN pointer ON number = current);",

    /* Without texts and positions it is a fourth as large; what is found is looked at again.
     * done: the rows up to it are in the index. */
    "CREATE VIRTUAL TABLE search USING "
    "fts5 (terms, content='', detail=none, columnsize=0, tokenize='ascii');"
    "CREATE TABLE search_state ("
    "  one INTEGER PRIMARY KEY CHECK (one = 1),"
    "  version INTEGER NOT NULL,"
    "  done INTEGER NOT NULL"
    ");"
    "INSERT INTO search_state VALUES (1, 0, 0);",

    "ALTER TABLE pointer ADD COLUMN request TEXT NOT NULL DEFAULT '';",

    /* whole: the import that it came with has ended */
    "CREATE TABLE pending ("
    "  case_row INTEGER PRIMARY KEY REFERENCES cases ON DELETE CASCADE,"
    "  kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2)," /* enum pending_kind */
    "  whole INTEGER NOT NULL,"
    "  by TEXT NOT NULL,"
    "  source TEXT NOT NULL,"
    "  is_signed INTEGER NOT NULL,"
    "  at_ms INTEGER NOT NULL"
    ");",

    "ALTER TABLE cases ADD COLUMN ends_ms INTEGER NOT NULL DEFAULT 0;",

    "CREATE TABLE promoted (id TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID;",

    "ALTER TABLE source_media ADD COLUMN duration_ms INTEGER NOT NULL DEFAULT 0;",

    /* enum level */
    "ALTER TABLE cases ADD COLUMN level INTEGER NOT NULL DEFAULT 0 CHECK (level BETWEEN 0 AND 2);"};

/* Of what is undone or swept in one transaction, to bound it as an import's are. */
#define BATCH "LIMIT 1000"
#define SOURCES_BATCH                                                                              \
    "LIMIT 5000" /* their rows are short, and each batch begins at the first one */

/* The generation of what waits (pending.h): no other is so great. */
#define PENDING_TEXT "4611686018427387904"
#define SETTLED      "from_generation < " PENDING_TEXT

/* The + keeps the planner from walking an index over nearly all rows. */
#define VISIBLE(generation)                                                                        \
    "+from_generation <= " generation                                                              \
    " AND (until_generation IS NULL OR until_generation > " generation ")"

/* Of few rows; of all of them it is quicker to ask for rows than for ids. */
#define NOT_WITHDRAWN  "id NOT IN (SELECT id FROM withdrawn)"
#define WITHDRAWN_ROWS "SELECT row FROM cases WHERE id IN (SELECT id FROM withdrawn)"

#define VALID(now)                                                                                 \
    "(valid_from_ms = 0 OR valid_from_ms <= " now                                                  \
    ") AND (valid_until_ms = 0 OR valid_until_ms >= " now ") AND (ends_ms = 0 OR ends_ms >= " now  \
    ")"

/* The inner question is asked once, by an index that holds the featured ones only. */
#define SHOWN(generation, now)                                                                     \
    VISIBLE(generation)                                                                            \
    " AND cases.row NOT IN (" WITHDRAWN_ROWS ")"                                                   \
    " AND NOT (phase = 0 AND twin <> 0 AND twin IN (SELECT twin FROM cases "                       \
    "WHERE phase = 2 AND " VISIBLE(generation) " AND " VALID(                                      \
        now) " AND cases.row NOT IN (" WITHDRAWN_ROWS ")"                                          \
             "))"

/* The same of a single row. */
#define SHOWN_ONE(generation, now)                                                                 \
    VISIBLE(generation)                                                                            \
    " AND " NOT_WITHDRAWN " AND NOT (phase = 0 AND twin <> 0 AND EXISTS (SELECT 1 FROM cases AS "  \
    "other WHERE other.phase = 2 AND other.twin = cases.twin AND other.from_generation "           \
    "<= " generation                                                                               \
    " AND (other.until_generation IS NULL OR other.until_generation > " generation                 \
    ") AND (other.valid_from_ms = 0 OR other.valid_from_ms <= " now                                \
    ") AND (other.valid_until_ms = 0 OR " now " <= other.valid_until_ms) AND "                     \
    "(other.ends_ms = 0 OR " now " <= other.ends_ms)"                                              \
    " AND other.id NOT IN (SELECT id FROM withdrawn)))"

static const char *const statements[] = {
    [STATEMENT_GENERATION] = "SELECT current, withdrawals FROM pointer",
    [STATEMENT_NEWEST] = "SELECT newest FROM pointer",
    [STATEMENT_MADE] = "SELECT made_ms FROM generation WHERE number = ?1",
    [STATEMENT_NOTE] = "SELECT note FROM generation WHERE number = ?1",
    [STATEMENT_PREVIOUS] = "SELECT number FROM generation WHERE number = "
                           "(SELECT previous FROM generation WHERE number = ?1)",
    [STATEMENT_GENERATION_ADD] =
        "INSERT INTO generation (number, previous, made_ms, note) VALUES (?1, ?2, ?3, ?4)",
    [STATEMENT_POINTER_SET] = "UPDATE pointer SET current = ?1, newest = max(newest, ?1), "
                              "request = coalesce(?2, request)",
    [STATEMENT_REQUEST] = "SELECT request FROM pointer",
    [STATEMENT_UNDO_ADDED] =
        "SELECT row FROM cases WHERE from_generation > ?1 AND " SETTLED " " BATCH,
    [STATEMENT_UNDO_RELEASED] =
        "UPDATE cases SET from_generation = " PENDING_TEXT
        " WHERE from_generation > ?1 AND " SETTLED " AND row IN (SELECT case_row FROM pending)",
    [STATEMENT_UNDO_ENDED] = "UPDATE cases SET until_generation = NULL WHERE row IN "
                             "(SELECT row FROM cases WHERE until_generation > ?1 " BATCH ")",
    [STATEMENT_TOUCHED] = "SELECT EXISTS (SELECT 1 FROM cases WHERE from_generation = ?1) OR "
                          "EXISTS (SELECT 1 FROM cases WHERE until_generation = ?1)",

    [STATEMENT_CASE_FIND] =
        "SELECT row, from_generation, digest, twin, statement, ends_ms FROM cases WHERE "
        "id = ?1 AND " VISIBLE("?2"),
    [STATEMENT_CASE_ADD] =
        "INSERT INTO cases (id, unit, phase, school, weight, valid_from_ms, valid_until_ms, "
        "from_generation, digest, twin, statement, ends_ms, level) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    [STATEMENT_TEXTS_ADD] = "INSERT INTO texts (case_row, title, summary, body, url, published_ms) "
                            "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [STATEMENT_ASSET_ADD] = "INSERT INTO asset (case_row, position, kind, caption, whole, "
                            "source_row) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [STATEMENT_CASE_END] = "UPDATE cases SET until_generation = ?2 WHERE row = ?1",
    [STATEMENT_CASE_DELETE] = "DELETE FROM cases WHERE row = ?1",
    [STATEMENT_CASE_NOTE] =
        "UPDATE cases SET twin = ?2, statement = ?3, ends_ms = ?4 WHERE row = ?1",
    [STATEMENT_SCHOOL_CASES] =
        "SELECT id, title FROM cases JOIN texts ON case_row = cases.row "
        "WHERE school = ?1 AND level = 0 AND " VISIBLE("?2") " AND " NOT_WITHDRAWN " ORDER BY id",

    [STATEMENT_SCHOOL_KNOWN] = "SELECT 1 FROM cases WHERE school = ?1 AND level = 0 LIMIT 1",

    [STATEMENT_LOCAL_CASES] =
        "SELECT id FROM cases WHERE statement IS NULL AND " VISIBLE("?1") " ORDER BY id",
    [STATEMENT_FEED_CASES] =
        "SELECT id, statement FROM cases WHERE id >= ?1 AND id < ?2 AND " VISIBLE(
            "?3") " ORDER BY id",
    [STATEMENT_NAMED_CASES] =
        "SELECT id, school, title, level FROM cases JOIN texts ON case_row = cases.row WHERE (id = "
        "?1 "
        "OR "
        "(length(id) = length(?1) + 37 AND substr(id, 38) = ?1)) AND " VISIBLE("?2") " ORDER BY id",

    [STATEMENT_WITHDRAWN] = "SELECT id FROM withdrawn ORDER BY id",
    [STATEMENT_WITHDRAWN_CLEAR] = "DELETE FROM withdrawn",
    [STATEMENT_WITHDRAWN_ADD] = "INSERT OR IGNORE INTO withdrawn VALUES (?1)",
    [STATEMENT_WITHDRAWN_COUNT] = "UPDATE pointer SET withdrawals = withdrawals + 1",

    [STATEMENT_PENDING_ADD] =
        "INSERT INTO pending (case_row, kind, whole, by, source, is_signed, at_ms) "
        "VALUES (?1, ?2, 0, ?3, ?4, ?5, ?6)",
    [STATEMENT_PENDING_FIND] = "SELECT row, from_generation, digest, twin, statement, ends_ms "
                               "FROM pending JOIN cases ON "
                               "row = case_row WHERE id = ?1 AND kind = ?2 AND whole = ?3",
    [STATEMENT_PENDING_RELEASE] =
        "UPDATE cases SET from_generation = ?2, ends_ms = CASE ends_ms WHEN 0 THEN 0 ELSE ends_ms "
        "+ "
        "max(0, ?3 - (SELECT at_ms FROM pending WHERE case_row = ?1)) END WHERE row = ?1",
    [STATEMENT_PENDING_UNDO] = "SELECT case_row FROM pending WHERE whole = 0 " BATCH,
    [STATEMENT_PENDING_OLD] =
        "SELECT old.case_row FROM pending AS old JOIN cases AS it ON it.row = old.case_row "
        "WHERE old.whole = 1 AND EXISTS (SELECT 1 FROM pending AS new JOIN cases AS other ON "
        "other.row = new.case_row WHERE new.whole = 0 AND other.id = it.id AND "
        "min(new.kind, 1) = min(old.kind, 1)) " BATCH,
    [STATEMENT_PENDING_WHOLE] = "UPDATE pending SET whole = 1 WHERE whole = 0",
    [STATEMENT_PENDING_RELEASED] =
        "DELETE FROM pending WHERE case_row IN (SELECT row FROM cases WHERE " SETTLED ")",
    [STATEMENT_PENDING_OF_KIND] = "SELECT case_row FROM pending WHERE kind = ?1 " BATCH,
    [STATEMENT_PENDING_MARK] = "UPDATE pending SET kind = ?2 WHERE case_row = ?1",
    [STATEMENT_PENDING_FEED] =
        "SELECT id, statement FROM pending JOIN cases ON row = case_row WHERE kind > 0 AND "
        "whole = 1 AND id >= ?1 AND id < ?2 ORDER BY id",
    [STATEMENT_PENDING_LIST] =
        "SELECT it.id, title, it.school, it.unit, pending.by, source, at_ms, "
        "EXISTS (SELECT 1 FROM cases AS old WHERE old.id = it.id AND old.from_generation <= ?2 "
        "AND "
        "(old.until_generation IS NULL OR old.until_generation > ?2)), "
        "(SELECT count(*) FROM asset WHERE asset.case_row = it.row AND asset.kind = 0), "
        "is_signed, "
        "(SELECT count(*) FROM asset WHERE asset.case_row = it.row AND asset.kind = 2), it.level "
        "FROM pending JOIN cases AS it ON it.row = pending.case_row "
        "JOIN texts ON texts.case_row = it.row WHERE pending.kind = ?1 AND whole = 1 "
        "ORDER BY at_ms, it.row",

    [STATEMENT_PROMOTED] = "SELECT id FROM promoted ORDER BY id",
    [STATEMENT_PROMOTED_CLEAR] = "DELETE FROM promoted",
    [STATEMENT_PROMOTED_ADD] = "INSERT OR IGNORE INTO promoted VALUES (?1)",

    [STATEMENT_SEARCH_STATE] = "SELECT version, done FROM search_state",
    [STATEMENT_SEARCH_STATE_SET] = "UPDATE search_state SET version = ?1, done = ?2",
    [STATEMENT_SEARCH_CLEAR] = "INSERT INTO search (search) VALUES ('delete-all')",
    [STATEMENT_SEARCH_ADD] = "INSERT INTO search (rowid, terms) VALUES (?1, ?2)",
    [STATEMENT_SEARCH_REMOVE] =
        "INSERT INTO search (search, rowid, terms) VALUES ('delete', ?1, ?2)",
    [STATEMENT_SEARCH_TEXTS] =
        "SELECT cases.row, title, school, summary, body, unit FROM cases JOIN texts ON "
        "case_row = cases.row WHERE cases.row > ?1 ORDER BY cases.row",
    [STATEMENT_SEARCH_MATCH] = "SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid DESC",
    [STATEMENT_SEARCH_COUNTED] =
        "SELECT row FROM cases WHERE row = ?2 AND level = 0 AND " SHOWN_ONE(
            "?1", "?3") " AND " VALID("?3"),
    [STATEMENT_SEARCH_SHOWN] =
        "SELECT cases.row, title, school, summary, body, unit, id, phase FROM cases "
        "JOIN texts ON case_row = cases.row WHERE cases.row = ?2 AND level = 0 AND " SHOWN_ONE(
            "?1", "?3") " AND " VALID("?3"),

    [STATEMENT_SOURCE_FIND] =
        "SELECT row, digest, width, height, whole, focus_x, focus_y, duration_ms "
        "FROM source_media WHERE source = ?1 AND recipe = ?2",
    [STATEMENT_SOURCE_MATCH] =
        "SELECT row, recipe FROM source_media WHERE source = ?1 AND digest = ?2",
    [STATEMENT_SOURCE_ADD] = "INSERT INTO source_media (source, recipe, digest, width, height, "
                             "whole, focus_x, focus_y, duration_ms) "
                             "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    [STATEMENT_SOURCE_NAME] = "UPDATE source_media SET recipe = ?2, whole = ?3 WHERE row = ?1",
    [STATEMENT_RENDITION_ADD] = "INSERT INTO rendition (source_row, role, tile, width, height, "
                                "bytes, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [STATEMENT_RENDITIONS] = "SELECT role, tile, width, height, bytes, hash FROM rendition "
                             "WHERE source_row = ?1 ORDER BY role, tile",
    [STATEMENT_RENDITION_KNOWN] = "SELECT 1 FROM rendition WHERE hash = ?1 LIMIT 1",

    [STATEMENT_CHECK] = "PRAGMA quick_check(1)",
    [STATEMENT_SWEEP_GENERATIONS] = "DELETE FROM generation WHERE number NOT IN (?1, ?2)",
    [STATEMENT_SWEEP_CASES] = "SELECT row FROM cases WHERE NOT (" VISIBLE(
        "?1") ") AND NOT (" VISIBLE("?2") ") AND " SETTLED " " BATCH,
    [STATEMENT_SWEEP_SOURCES] =
        "DELETE FROM source_media WHERE row IN (SELECT row FROM source_media AS media WHERE "
        "NOT EXISTS (SELECT 1 FROM asset WHERE source_row = media.row) " SOURCES_BATCH ")",
    /* bytes: of the files that go with it, because no other case is made of their source */
    [STATEMENT_STORED] =
        "SELECT row, phase, until_generation, (SELECT sum(bytes) FROM (SELECT DISTINCT hash, "
        "bytes "
        "FROM asset JOIN rendition ON rendition.source_row = asset.source_row "
        "WHERE case_row = cases.row AND NOT EXISTS (SELECT 1 FROM asset AS other WHERE "
        "other.source_row = asset.source_row AND other.case_row <> cases.row))), "
        "id IN (SELECT id FROM withdrawn) "
        "FROM cases WHERE from_generation <= ?1 AND NOT (" VISIBLE("?1") ") AND NOT (" VISIBLE(
            "?2") ") ORDER BY row",
    [STATEMENT_STORED_ROW] = "SELECT row FROM cases WHERE row = ?1 AND NOT (" VISIBLE(
        "?2") ") AND NOT (" VISIBLE("?3") ")",
    [STATEMENT_MEDIA_BYTES] =
        "SELECT sum(bytes) FROM (SELECT max(bytes) AS bytes FROM rendition GROUP BY hash)",
    [STATEMENT_SHOWN_FILES] =
        "SELECT hash, min(role), bytes FROM rendition WHERE source_row IN "
        "(SELECT source_row FROM cases JOIN asset ON case_row = cases.row "
        "WHERE (" VISIBLE("?1") ") OR (" VISIBLE("?2") ")) GROUP BY hash ORDER BY hash",
    [STATEMENT_CASES_OF_FILE] =
        "SELECT DISTINCT id FROM rendition JOIN asset ON asset.source_row = "
        "rendition.source_row "
        "JOIN cases ON cases.row = case_row WHERE hash = ?3 AND ((" VISIBLE(
            "?1") ") OR "
                  "(" VISIBLE("?2") ")) ORDER BY id",

    /* What is withdrawn, and what a featured case stands for, is left out by who reads it: with
     * many of either, 100,000 cases asked in SQL take half as long again. */
    [STATEMENT_CANDIDATES] =
        "SELECT id, unit, phase, school = ?2, weight, from_generation, valid_from_ms, "
        "max(valid_until_ms, ends_ms), twin, row, level FROM cases WHERE " VISIBLE("?1"),
    [STATEMENT_ORIGINS] =
        "SELECT id, school, published_ms FROM cases JOIN texts ON case_row = cases.row "
        "WHERE " VISIBLE("?1"),
    [STATEMENT_WITHDRAWN_ROWS] = WITHDRAWN_ROWS,
    [STATEMENT_PROMOTED_ROWS] = "SELECT row FROM cases WHERE id IN (SELECT id FROM promoted)",
    [STATEMENT_SORTED] =
        "SELECT cases.row FROM cases JOIN texts ON case_row = cases.row WHERE " SHOWN(
            "?1", "?2") " ORDER BY level > 0, unit, level, school, title, id",
    /* From one name to the next by the index, however many cases each has. */
    [STATEMENT_SCHOOLS] =
        "WITH RECURSIVE name (school) AS (SELECT min(school) FROM cases UNION ALL "
        "SELECT (SELECT min(school) FROM cases WHERE school > name.school) FROM name "
        "WHERE name.school IS NOT NULL) "
        "SELECT school FROM name WHERE school IS NOT NULL AND EXISTS "
        "(SELECT 1 FROM cases WHERE school = name.school AND level = 0 AND " VISIBLE(
            "?1") " AND " NOT_WITHDRAWN ") LIMIT ?2",
    [STATEMENT_ROW_OF_ID] =
        "SELECT row FROM cases WHERE id = ?2 AND " VISIBLE("?1") " AND " NOT_WITHDRAWN,
    [STATEMENT_CASE] =
        "SELECT id, unit, phase, school, weight, valid_from_ms, valid_until_ms, "
        "from_generation, "
        "title, summary, body, url, published_ms, twin, statement, ends_ms, level "
        "FROM cases JOIN texts ON case_row = cases.row WHERE cases.row = ?2 AND " VISIBLE("?1"),
    [STATEMENT_ASSETS] = "SELECT kind, caption, asset.whole, source_row, source, width, height, "
                         "focus_x, focus_y, duration_ms FROM asset JOIN source_media ON "
                         "source_media.row = source_row "
                         "WHERE case_row = ?1 ORDER BY position",
    [STATEMENT_COUNT_UNITS] =
        "SELECT unit, level > 0, count(*) FROM cases WHERE " SHOWN("?1", "?2") " GROUP BY 1, 2",
    [STATEMENT_COUNT_ASSETS] = "SELECT count(*) FROM cases JOIN asset ON case_row = cases.row "
                               "WHERE kind <> 1 AND " SHOWN("?1", "?2"),
    /* A file may be the rendition of two sources: each hash once. */
    [STATEMENT_COUNT_BYTES] =
        "SELECT sum(bytes) FROM (SELECT max(bytes) AS bytes FROM rendition WHERE source_row IN "
        "(SELECT source_row FROM cases JOIN asset ON case_row = cases.row WHERE " SHOWN(
            "?1", "?2") ") GROUP BY hash)",
};
static_assert(sizeof statements / sizeof *statements == STATEMENT_COUNT, "statements");

const struct db_schema library_schema = {
    .migrations = migrations,
    .version = sizeof migrations / sizeof *migrations,
    .statements = statements,
    .statement_count = STATEMENT_COUNT,
};
