/* ledger_schema.h: the tables of ledger.db and every statement on them
 *
 * The ledger's parts (ledger, floors, withdrawals, promotions, sources, answers, mirror) share it;
 * nobody else uses this header. */
#pragma once

#include "library/db.h"
#include "library/slots.h"

extern const struct db_schema ledger_schema;

struct ledger {
    struct db db;
    struct slots slots; /* STATE/floors; only while writing */
};

enum ledger_statement {
    /* receipts */
    LEDGER_TAIL,    /* → row, hash of the newest */
    LEDGER_ADD,     /* the columns of a receipt */
    LEDGER_LAST,    /* of kind ?1 or any (NULL) → the columns of a receipt */
    LEDGER_REQUEST, /* request ?1 → json */
    LEDGER_ALL,     /* → the columns of a receipt, oldest first */
    LEDGER_NEWEST,  /* whose json holds ?1 (NULL: any) → likewise, newest first */
    /* serial floors and owners */
    LEDGER_FLOOR, /* key ?1, feed ?2 → serial, head */
    LEDGER_FLOOR_RAISE,
    LEDGER_FLOORS_HOLD, /* key ?1, feed ?2, serial ?3, head ?4; never lowers */
    LEDGER_FLOORS,      /* → key, feed, serial, head, in order */
    LEDGER_OWNER,       /* feed ?1 → key */
    LEDGER_OWNER_SET,   /* feed ?1, key ?2; takes only from "" */
    /* what is withdrawn */
    LEDGER_WITHDRAWN_ADD,   /* the columns of a withdrawal; replaces */
    LEDGER_WITHDRAWN_DROP,  /* id ?1 */
    LEDGER_WITHDRAWN_CLEAR, /* all */
    LEDGER_WITHDRAWN_FIND, /* id ?1, twin ?2 → the columns of a withdrawal, that of the id first */
    LEDGER_WITHDRAWN_HOLDS,  /* the same; but no tombstone of feed ?3 */
    LEDGER_WITHDRAWN_ALL,    /* → the columns of a withdrawal, by id */
    LEDGER_WITHDRAWN_NUMBER, /* → how often the list was changed */
    LEDGER_WITHDRAWN_COUNT,  /* that number becomes ?1 */
    /* what comes first */
    LEDGER_PROMOTE,      /* id ?1 at ?2; not twice */
    LEDGER_DEMOTE,       /* id ?1 */
    LEDGER_PROMOTED_ALL, /* → ids, in order */
    /* sources */
    LEDGER_SOURCE,        /* name ?1 → the columns of a source */
    LEDGER_SOURCE_SAVE,   /* name ?1 and those columns */
    LEDGER_SOURCE_FORGET, /* ETag and Last-Modified of all */
    /* answers to requests */
    LEDGER_DONE_BEGIN,    /* uid ?1, once more, unless it was answered */
    LEDGER_DONE_TRIES,    /* uid ?1 → how often it was begun */
    LEDGER_DONE_PUT_BACK, /* uid ?1: once less */
    LEDGER_DONE_END,      /* uid ?1, result ?2, message_zh ?3, message ?4, receipt ?5; once */
    LEDGER_DONE_FIND,     /* uid ?1 → result, message_zh, message, receipt */
    LEDGER_DONE_PRUNE,    /* but the newest ?1 */
    LEDGER_DONE_EMPTY,    /* the receipts, likewise */
    LEDGER_STATEMENT_COUNT
};
