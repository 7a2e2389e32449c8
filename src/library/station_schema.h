/* station_schema.h: the tables of station.db and every statement on them
 *
 * The station's parts (station, desk, pins, setup_code, chosen) share it; nobody else uses this
 * header. */
#pragma once

#include "library/db.h"

extern const struct db_schema station_schema;

struct station {
    struct db db;
};

enum station_statement {
    /* what was shown and touched */
    STATION_ADD,
    STATION_ADD_HOUR,
    STATION_CASES, /* from hour ?1 to before ?2 → the columns of a showing, by id */
    STATION_HOURS, /* likewise → the columns of a showing and an hour, by hour */
    /* requests */
    STATION_REQUEST_ADD,
    STATION_REQUEST_COUNT,
    STATION_REQUESTS,     /* → uid, kind, arguments, by, made_ms, oldest first */
    STATION_REQUEST_DROP, /* uid ?1 */
    /* blackout */
    STATION_BLACKOUT,     /* → is_on */
    STATION_BLACKOUT_SET, /* is_on ?1, by ?2, at_ms ?3 */
    /* PINs */
    STATION_PINS, /* → name, role, hash, by name */
    STATION_PIN_COUNT,
    STATION_PIN_SET,    /* name ?1, role ?2, hash ?3; replaces */
    STATION_PIN_FIND,   /* name ?1 → a row where there is one */
    STATION_PIN_REMOVE, /* name ?1 */
    STATION_SALT,       /* → salt, opslimit, memlimit */
    STATION_SALT_SET,
    STATION_TRIES,     /* → failures, since_ms, wait_ms */
    STATION_TRIES_SET, /* the same */
    /* the code of the first set-up */
    STATION_CODE_COUNT, /* that count: none where there is a PIN */
    STATION_CODE,       /* → hash */
    STATION_CODE_SET,   /* hash ?1; replaces */
    STATION_CODE_DROP,
    /* settings made at the screen */
    STATION_SETTINGS,    /* → section, key, value, by, at_ms, by section and key */
    STATION_SETTING_SET, /* the same; replaces */
    STATION_SETTINGS_DROP,
    STATION_STATEMENT_COUNT
};
