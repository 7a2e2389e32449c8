/* pins.h: named PINs, and how often one may be tried: rows of station.db
 *
 * A PIN is 4 to 12 digits and says whose word it is. What is kept is Argon2id of it. All PINs of a
 * station share one salt, so that a try costs one hash however many there are; no two are alike.
 *
 * Every try counts as a wrong one until it proved right, on the disk before the hash is made:
 * killing the process or the power saves nobody a try. After five wrong ones in a row each further
 * one waits, 15 s at first, twice as long each time, 5 minutes at the most; across restarts, and a
 * clock that is set back makes it no shorter. A right one ends it.
 *
 * A try takes about half a second and, for that time, 64 MiB: not on the main thread. Causes of
 * PIN_FAILED and of a false are reported here. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define PIN_MIN_DIGITS 4
#define PIN_MAX_DIGITS 12
#define PIN_MAX_NAME   64 /* bytes of UTF-8 */
#define PIN_MAX_COUNT  32

enum pin_role {
    PIN_ENTER,  /* 录入: brings content in */
    PIN_REVIEW, /* 审核: releases it; may do all that PIN_ENTER may */
    PIN_ROLE_COUNT
};
const char *pin_role_name(enum pin_role role);    /* "enter", "review" */
const char *pin_role_name_zh(enum pin_role role); /* "录入", "审核" */
bool pin_role_parse(const char *name, enum pin_role *role);

enum pin_result {
    PIN_GOOD,
    PIN_WRONG,    /* *wait_ms: until the next may be tried, 0: at once */
    PIN_WAIT,     /* not tried at all: *wait_ms is left */
    PIN_NONE_SET, /* this station has none yet */
    PIN_FAILED    /* reported */
};
/* Whose PIN this is. now_ms: the system's clock. PIN_GOOD: *name is the caller's; else NULL.
 * *wait_ms is always set. */
enum pin_result pins_try(const char *station_path, const char *digits, int64_t now_ms, char **name,
                         enum pin_role *role, int64_t *wait_ms);
/* How long nothing may be tried, for a keypad that counts down; tries nothing. PIN_GOOD (one may be
 * tried), PIN_WAIT, PIN_NONE_SET or PIN_FAILED. */
enum pin_result pins_wait(const char *station_path, int64_t now_ms, int64_t *wait_ms);

enum pin_fault {
    PIN_FINE,
    PIN_NOT_DIGITS,
    PIN_LENGTH,   /* fewer than 4 or more than 12 */
    PIN_TRIVIAL,  /* 0000, 1234, 121212, 20261231 … */
    PIN_TAKEN,    /* somebody else has it */
    PIN_NAME,     /* no name, too long, or not printable */
    PIN_TOO_MANY, /* PIN_MAX_COUNT names have one */
    PIN_UNSAVED   /* reported */
};
const char *pin_fault_text(enum pin_fault fault); /* for people: Chinese (English) */
/* What is wrong with the digits alone. Pure. */
enum pin_fault pin_check(const char *digits);
/* Gives the name this PIN, in the place of the one it had. Ends a wait, and the code of the first
 * set-up (setup_code.h). */
enum pin_fault pins_set(const char *station_path, const char *name, enum pin_role role,
                        const char *digits);
bool pins_remove(const char *station_path, const char *name, bool *found);
/* By name; none, and true, where there is no station yet. */
bool pins_each(const char *station_path,
               void (*on_pin)(void *user, const char *name, enum pin_role role), void *user);
