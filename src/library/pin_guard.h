/* pin_guard.h: how digits are hashed, and how often they may be tried; for pins.c and setup_code.c
 *
 * A station has one salt and one count of tries: whoever guesses at a code does not get more tries
 * than at a PIN. Functions returning bool report the cause of a false. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/hash.h"
#include "library/db.h"
#include "library/pins.h"
#include "library/station.h"

/* For writing. NULL: there is no station yet (*result DB_DONE), or it failed. */
struct station *pin_open_station(const char *path, enum db_result *result);

struct pin_recipe {
    struct hash salt;
    int64_t opslimit, memlimit;
};
bool pin_load_recipe(struct db *db, struct pin_recipe *recipe, bool *found);
/* The station's own, made when its first PIN or code is. Within a transaction. */
bool pin_need_recipe(struct db *db, struct pin_recipe *recipe);
bool pin_make_hash(const struct pin_recipe *recipe, const char *digits, struct hash *hash);

struct pin_tries {
    int64_t failures, since_ms, wait_ms;
};
bool pin_load_tries(struct db *db, struct pin_tries *tries);
/* Begins a try, a wrong one until pin_end_tries. count_statement: how many there are of what is
 * tried. PIN_GOOD, PIN_WAIT, PIN_NONE_SET or PIN_FAILED. */
enum pin_result pin_begin_try(struct db *db, int count_statement, int64_t now_ms, int64_t *wait_ms);
/* How long nothing may be tried; the same results. */
enum pin_result pin_wait_of(const char *station_path, int count_statement, int64_t now_ms,
                            int64_t *wait_ms);
bool pin_end_tries(struct db *db); /* it was right, or there is something new to be tried */
