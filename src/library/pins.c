#include "library/pins.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "base/log.h"
#include "base/memory.h"
#include "library/pin_guard.h"
#include "library/pin_rules.h"
#include "library/station.h"
#include "library/station_schema.h"

static const struct {
    const char *name, *name_zh;
} roles[] = {[PIN_ENTER] = {"enter", "录入"}, [PIN_REVIEW] = {"review", "审核"}};
static_assert(sizeof roles / sizeof *roles == PIN_ROLE_COUNT, "roles");

const char *pin_role_name(enum pin_role role) {
    return roles[role].name;
}

const char *pin_role_name_zh(enum pin_role role) {
    return roles[role].name_zh;
}

bool pin_role_parse(const char *name, enum pin_role *role) {
    for (int i = 0; name && i < PIN_ROLE_COUNT; i++)
        if (strcmp(name, roles[i].name) == 0 || strcmp(name, roles[i].name_zh) == 0) {
            *role = (enum pin_role)i;
            return true;
        }
    return false;
}

/* ---- tries */

/* Whose hash it is; *name NULL: nobody's. It takes as long whoever's it is. */
static bool find_owner(struct db *db, const struct hash *hash, char **name, enum pin_role *role) {
    struct sqlite3_stmt *statement = db_use(db, STATION_PINS, DB_NO_VALUES);
    *name = NULL;
    for (bool row = true; row;) {
        if (!db_step(db, statement, &row))
            return false;
        struct hash other = row ? db_column_hash(statement, 2) : (struct hash){0};
        if (row && sodium_memcmp(other.bytes, hash->bytes, sizeof other.bytes) == 0 &&
            pin_role_parse(db_column_text(statement, 1), role)) {
            free(*name);
            *name = db_column_copy(statement, 0);
        }
    }
    return true;
}

static enum pin_result check(struct db *db, const char *digits, char **name, enum pin_role *role,
                             int64_t *wait_ms) {
    struct pin_recipe recipe;
    struct hash hash;
    struct pin_tries tries;
    bool found = false;
    if (!pin_load_recipe(db, &recipe, &found) || !found || !pin_make_hash(&recipe, digits, &hash) ||
        !find_owner(db, &hash, name, role))
        return PIN_FAILED;
    if (!*name) {
        if (!pin_load_tries(db, &tries))
            return PIN_FAILED;
        *wait_ms = tries.wait_ms;
        log_warning("PIN：错误，连续第%lld次 (wrong, so many times in a row)",
                    (long long)tries.failures);
        return PIN_WRONG;
    }
    if (pin_end_tries(db))
        return PIN_GOOD;
    free(*name);
    *name = NULL;
    return PIN_FAILED;
}

enum pin_result pins_try(const char *station_path, const char *digits, int64_t now_ms, char **name,
                         enum pin_role *role, int64_t *wait_ms) {
    enum db_result opened = DB_DONE;
    *name = NULL;
    *wait_ms = 0;
    struct station *station = pin_open_station(station_path, &opened);
    if (!station)
        return opened == DB_DONE ? PIN_NONE_SET : PIN_FAILED;
    enum pin_result result = pin_begin_try(&station->db, STATION_PIN_COUNT, now_ms, wait_ms);
    if (result == PIN_GOOD)
        result = check(&station->db, digits, name, role, wait_ms);
    station_close(station);
    return result;
}

enum pin_result pins_wait(const char *station_path, int64_t now_ms, int64_t *wait_ms) {
    return pin_wait_of(station_path, STATION_PIN_COUNT, now_ms, wait_ms);
}

/* ---- setting */

const char *pin_fault_text(enum pin_fault fault) {
    switch (fault) {
    case PIN_FINE:
        return "";
    case PIN_NOT_DIGITS:
        return "PIN只能是数字 (digits only)";
    case PIN_LENGTH:
        return "PIN要有4到12位数字 (4 to 12 digits)";
    case PIN_TRIVIAL:
        return "这个PIN太容易猜到，请换一个 (too easy to guess)";
    case PIN_TAKEN:
        return "这个PIN已有别人在用，请换一个 (somebody else has it)";
    case PIN_NAME:
        return "名字是空的、太长或含有不可见字符 (the name is empty, too long or not printable)";
    case PIN_TOO_MANY:
        return "PIN太多，请先删除一些 (too many names have a PIN)";
    case PIN_UNSAVED:
        break;
    }
    return "无法保存，见日志 (could not be saved, see the log)";
}

enum pin_fault pin_check(const char *digits) {
    size_t size = strspn(digits, "0123456789");
    if (digits[size])
        return PIN_NOT_DIGITS;
    if (size < PIN_MIN_DIGITS || size > PIN_MAX_DIGITS)
        return PIN_LENGTH;
    return pin_is_trivial(digits) ? PIN_TRIVIAL : PIN_FINE;
}

static enum pin_fault check_name(const char *name) {
    size_t size = strlen(name);
    bool good = size > 0 && size <= PIN_MAX_NAME;
    for (size_t i = 0; good && i < size; i++)
        good = (unsigned char)name[i] >= ' ' && name[i] != 0x7f;
    return good ? PIN_FINE : PIN_NAME;
}

/* Within a transaction. */
static enum pin_fault set(struct db *db, const char *name, enum pin_role role, const char *digits) {
    struct pin_recipe recipe;
    struct hash hash;
    char *owner = NULL;
    enum pin_role ignored = PIN_ENTER;
    int64_t count = 0;
    bool found = false;
    if (!pin_need_recipe(db, &recipe) || !pin_make_hash(&recipe, digits, &hash) ||
        !find_owner(db, &hash, &owner, &ignored) ||
        !db_find_integer(db, STATION_PIN_COUNT, DB_NO_VALUES, &count, &found))
        return PIN_UNSAVED;
    bool taken = owner && strcmp(owner, name) != 0;
    free(owner);
    if (taken)
        return PIN_TAKEN;
    if (count >= PIN_MAX_COUNT)
        return PIN_TOO_MANY;
    bool good = db_run(db, STATION_PIN_SET,
                       DB_VALUES(db_text(name), db_text(pin_role_name(role)), db_hash(&hash))) &&
                db_run(db, STATION_CODE_DROP, DB_NO_VALUES) && pin_end_tries(db);
    return good ? PIN_FINE : PIN_UNSAVED;
}

enum pin_fault pins_set(const char *station_path, const char *name, enum pin_role role,
                        const char *digits) {
    enum pin_fault fault = check_name(name);
    fault = fault == PIN_FINE ? pin_check(digits) : fault;
    if (fault != PIN_FINE)
        return fault;
    struct station *station =
        sodium_init() >= 0 ? station_open(station_path, DB_WRITE, NULL) : NULL;
    if (!station)
        return PIN_UNSAVED;
    struct db *db = &station->db;
    fault = db_execute(db, "BEGIN IMMEDIATE") ? set(db, name, role, digits) : PIN_UNSAVED;
    if (fault == PIN_FINE && !db_execute(db, "COMMIT"))
        fault = PIN_UNSAVED;
    if (fault != PIN_FINE)
        db_roll_back(db);
    station_close(station);
    return fault;
}

bool pins_remove(const char *station_path, const char *name, bool *found) {
    enum db_result opened = DB_DONE;
    int64_t one = 0;
    *found = false;
    struct station *station = pin_open_station(station_path, &opened);
    bool good = station ? db_find_integer(&station->db, STATION_PIN_FIND, DB_VALUES(db_text(name)),
                                          &one, found) &&
                              (!*found ||
                               db_run(&station->db, STATION_PIN_REMOVE, DB_VALUES(db_text(name))))
                        : opened == DB_DONE;
    station_close(station);
    return good;
}

bool pins_each(const char *station_path,
               void (*on_pin)(void *user, const char *name, enum pin_role role), void *user) {
    enum db_result opened = DB_DONE;
    struct station *station = pin_open_station(station_path, &opened);
    if (!station)
        return opened == DB_DONE;
    struct sqlite3_stmt *statement = db_use(&station->db, STATION_PINS, DB_NO_VALUES);
    bool good = true;
    for (bool row = true; good && row;) {
        enum pin_role role = PIN_ENTER;
        good = db_step(&station->db, statement, &row);
        if (row && pin_role_parse(db_column_text(statement, 1), &role))
            on_pin(user, db_column_text(statement, 0), role);
    }
    station_close(station);
    return good;
}
