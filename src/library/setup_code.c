#include "library/setup_code.h"

#include <sodium.h>

#include "base/log.h"
#include "library/pin_guard.h"
#include "library/pin_rules.h"
#include "library/station_schema.h"

static void draw(char code[SETUP_CODE_SIZE]) {
    do {
        for (int i = 0; i < SETUP_CODE_DIGITS; i++)
            code[i] = (char)('0' + randombytes_uniform(10));
        code[SETUP_CODE_DIGITS] = '\0';
    } while (pin_is_trivial(code));
}

/* Within a transaction. */
static bool keep(struct db *db, const char *code) {
    struct pin_recipe recipe;
    struct hash hash;
    return pin_need_recipe(db, &recipe) && pin_make_hash(&recipe, code, &hash) &&
           db_run(db, STATION_CODE_SET, DB_VALUES(db_hash(&hash))) && pin_end_tries(db);
}

bool setup_code_make(const char *station_path, char code[SETUP_CODE_SIZE]) {
    struct station *station =
        sodium_init() >= 0 ? station_open(station_path, DB_WRITE, NULL) : NULL;
    if (!station)
        return false;
    draw(code);
    struct db *db = &station->db;
    bool good = db_execute(db, "BEGIN IMMEDIATE") && keep(db, code) && db_execute(db, "COMMIT");
    if (!good)
        db_roll_back(db);
    station_close(station);
    return good;
}

static bool load_hash(struct db *db, struct hash *hash, bool *found) {
    struct sqlite3_stmt *row = db_use(db, STATION_CODE, DB_NO_VALUES);
    if (!db_step(db, row, found))
        return false;
    *hash = *found ? db_column_hash(row, 0) : (struct hash){0};
    if (*found)
        db_reset(row);
    return true;
}

/* Whoever comes second with the same code finds none. */
static enum pin_result spend(struct db *db) {
    bool good = db_execute(db, "BEGIN IMMEDIATE") && db_run(db, STATION_CODE_DROP, DB_NO_VALUES) &&
                pin_end_tries(db) && db_execute(db, "COMMIT");
    if (!good)
        db_roll_back(db);
    return good ? PIN_GOOD : PIN_FAILED;
}

static enum pin_result check(struct db *db, const char *digits, int64_t *wait_ms) {
    struct pin_recipe recipe;
    struct hash hash, kept;
    struct pin_tries tries;
    bool salted = false, found = false;
    if (!pin_load_recipe(db, &recipe, &salted) || !salted ||
        !pin_make_hash(&recipe, digits, &hash) || !load_hash(db, &kept, &found))
        return PIN_FAILED;
    if (found && sodium_memcmp(kept.bytes, hash.bytes, sizeof kept.bytes) == 0)
        return spend(db);
    if (!pin_load_tries(db, &tries))
        return PIN_FAILED;
    *wait_ms = tries.wait_ms;
    log_warning("首次设置：代码错误，连续第%lld次 (wrong code, so many times in a row)",
                (long long)tries.failures);
    return PIN_WRONG;
}

enum pin_result setup_code_try(const char *station_path, const char *digits, int64_t now_ms,
                               int64_t *wait_ms) {
    enum db_result opened = DB_DONE;
    *wait_ms = 0;
    struct station *station = pin_open_station(station_path, &opened);
    if (!station)
        return opened == DB_DONE ? PIN_NONE_SET : PIN_FAILED;
    enum pin_result result = pin_begin_try(&station->db, STATION_CODE_COUNT, now_ms, wait_ms);
    if (result == PIN_GOOD)
        result = check(&station->db, digits, wait_ms);
    station_close(station);
    return result;
}

enum pin_result setup_code_wait(const char *station_path, int64_t now_ms, int64_t *wait_ms) {
    return pin_wait_of(station_path, STATION_CODE_COUNT, now_ms, wait_ms);
}
