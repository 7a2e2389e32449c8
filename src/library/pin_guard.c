#include "library/pin_guard.h"

#include <assert.h>
#include <string.h>

#include <sodium.h>

#include "base/fs.h"
#include "base/log.h"
#include "library/pin_rules.h"
#include "library/station_schema.h"

/* What one try costs: the least memory that RFC 9106 recommends (64 MiB, three passes): a quarter
 * of libsodium's "moderate", which would take more than all the memory the screen has. Four digits
 * are guarded by the waits, not by this. */
#define OPSLIMIT 3
#define MEMLIMIT (64u << 20)

static_assert(sizeof(struct hash) == 32 && sizeof(struct hash) >= crypto_pwhash_SALTBYTES, "salt");

struct station *pin_open_station(const char *path, enum db_result *result) {
    *result = DB_DONE;
    if (!fs_exists(path))
        return NULL;
    return sodium_init() >= 0 ? station_open(path, DB_WRITE, result) : NULL;
}

/* ---- hashes */

bool pin_load_recipe(struct db *db, struct pin_recipe *recipe, bool *found) {
    struct sqlite3_stmt *statement = db_use(db, STATION_SALT, DB_NO_VALUES);
    *recipe = (struct pin_recipe){0};
    if (!db_step(db, statement, found))
        return false;
    if (*found) {
        *recipe = (struct pin_recipe){.salt = db_column_hash(statement, 0),
                                      .opslimit = db_column_integer(statement, 1),
                                      .memlimit = db_column_integer(statement, 2)};
        db_reset(statement);
    }
    return true;
}

bool pin_need_recipe(struct db *db, struct pin_recipe *recipe) {
    bool found = false;
    if (!pin_load_recipe(db, recipe, &found))
        return false;
    if (found)
        return true;
    *recipe = (struct pin_recipe){.opslimit = OPSLIMIT, .memlimit = MEMLIMIT};
    randombytes_buf(recipe->salt.bytes, sizeof recipe->salt.bytes);
    return db_run(db, STATION_SALT_SET,
                  DB_VALUES(db_hash(&recipe->salt), db_integer(recipe->opslimit),
                            db_integer(recipe->memlimit)));
}

bool pin_make_hash(const struct pin_recipe *recipe, const char *digits, struct hash *hash) {
    if (crypto_pwhash(hash->bytes, sizeof hash->bytes, digits, strlen(digits), recipe->salt.bytes,
                      (unsigned long long)recipe->opslimit, (size_t)recipe->memlimit,
                      crypto_pwhash_ALG_ARGON2ID13) == 0)
        return true;
    log_error("PIN：内存不足，无法核对 (not enough memory to check it)");
    return false;
}

/* ---- tries */

bool pin_load_tries(struct db *db, struct pin_tries *tries) {
    struct sqlite3_stmt *statement = db_use(db, STATION_TRIES, DB_NO_VALUES);
    bool row = false;
    *tries = (struct pin_tries){0};
    if (!db_step(db, statement, &row))
        return false;
    if (row) {
        *tries =
            (struct pin_tries){db_column_integer(statement, 0), db_column_integer(statement, 1),
                               db_column_integer(statement, 2)};
        db_reset(statement);
    }
    return true;
}

static bool save_tries(struct db *db, const struct pin_tries *tries) {
    return db_run(db, STATION_TRIES_SET,
                  DB_VALUES(db_integer(tries->failures), db_integer(tries->since_ms),
                            db_integer(tries->wait_ms)));
}

/* Within a transaction. *wait_ms: what is left of a wait, which a clock that was set back begins
 * anew; where there is none this try now counts as a wrong one. */
static bool claim(struct db *db, int64_t now_ms, int64_t *wait_ms) {
    struct pin_tries tries;
    if (!pin_load_tries(db, &tries))
        return false;
    *wait_ms = pin_wait_left_ms(tries.since_ms, tries.wait_ms, now_ms);
    bool back = *wait_ms && now_ms < tries.since_ms;
    if (*wait_ms && !back)
        return true;
    if (!*wait_ms) {
        tries.failures++;
        tries.wait_ms = pin_wait_ms(tries.failures);
    }
    tries.since_ms = now_ms;
    return save_tries(db, &tries);
}

enum pin_result pin_begin_try(struct db *db, int count_statement, int64_t now_ms,
                              int64_t *wait_ms) {
    int64_t count = 0;
    bool found = false;
    bool good = db_execute(db, "BEGIN IMMEDIATE") &&
                db_find_integer(db, count_statement, DB_NO_VALUES, &count, &found) &&
                (!count || claim(db, now_ms, wait_ms)) && db_execute(db, "COMMIT");
    if (!good) {
        db_roll_back(db);
        return PIN_FAILED;
    }
    return !count ? PIN_NONE_SET : *wait_ms ? PIN_WAIT : PIN_GOOD;
}

bool pin_end_tries(struct db *db) {
    return save_tries(db, &(struct pin_tries){0});
}

enum pin_result pin_wait_of(const char *station_path, int count_statement, int64_t now_ms,
                            int64_t *wait_ms) {
    enum db_result opened = DB_DONE;
    struct pin_tries tries;
    int64_t count = 0;
    bool found = false;
    *wait_ms = 0;
    struct station *station = pin_open_station(station_path, &opened);
    if (!station)
        return opened == DB_DONE ? PIN_NONE_SET : PIN_FAILED;
    bool good = db_find_integer(&station->db, count_statement, DB_NO_VALUES, &count, &found) &&
                pin_load_tries(&station->db, &tries);
    if (good)
        *wait_ms = pin_wait_left_ms(tries.since_ms, tries.wait_ms, now_ms);
    station_close(station);
    return !good ? PIN_FAILED : !count ? PIN_NONE_SET : *wait_ms ? PIN_WAIT : PIN_GOOD;
}
