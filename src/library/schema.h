/* schema.h: the tables of library.db and every statement on them
 *
 * Writer (library, rendition, sweep) and reader share it; only src/library uses this header.
 *
 * A case is visible in generation g while from_generation <= g and until_generation is NULL or
 * greater than g. Rows never change but for until_generation, and only while the change lies in
 * the generation to come. */
#pragma once

#include "library/db.h"

extern const struct db_schema library_schema;

enum library_statement {
    /* generations */
    STATEMENT_GENERATION, /* → current */
    STATEMENT_NEWEST,     /* → newest number ever used */
    STATEMENT_MADE,       /* ?1 → made_ms */
    STATEMENT_PREVIOUS,   /* ?1 → previous */
    STATEMENT_GENERATION_ADD,
    STATEMENT_POINTER_SET,
    STATEMENT_UNDO_ADDED, /* rows newer than ?1; a batch, until none is changed */
    STATEMENT_UNDO_ENDED, /* ends newer than ?1; likewise */
    STATEMENT_TOUCHED,    /* ?1 → whether generation ?1 adds or ends anything */
    /* cases, writing */
    STATEMENT_CASE_FIND, /* id ?1 in generation ?2 → row, from_generation, digest */
    STATEMENT_CASE_ADD,
    STATEMENT_TEXTS_ADD,
    STATEMENT_ASSET_ADD,
    STATEMENT_CASE_END,     /* row ?1 ends with generation ?2 */
    STATEMENT_CASE_DELETE,  /* row ?1 */
    STATEMENT_SCHOOL_CASES, /* school ?1 in generation ?2 → id, title */
    STATEMENT_SCHOOL_KNOWN, /* school ?1 */
    /* renditions */
    STATEMENT_SOURCE_FIND,  /* source ?1, recipe ?2 → row, digest, width, height, whole, focus */
    STATEMENT_SOURCE_MATCH, /* source ?1, digest ?2 → row, recipe */
    STATEMENT_SOURCE_ADD,
    STATEMENT_SOURCE_NAME, /* row ?1 is now made by recipe ?2, whole ?3 */
    STATEMENT_RENDITION_ADD,
    STATEMENT_RENDITIONS,      /* of source row ?1 → role, tile, width, height, bytes, hash */
    STATEMENT_RENDITION_KNOWN, /* hash ?1 */
    /* sweeping */
    STATEMENT_CHECK,         /* → "ok", or what is damaged */
    STATEMENT_SWEEP_CASES,   /* what generations ?1 and ?2 do not show; likewise */
    STATEMENT_SWEEP_SOURCES, /* likewise */
    /* reading; all in generation ?1 */
    STATEMENT_CANDIDATES,
    STATEMENT_SORTED,      /* → rows by unit, school, title, id */
    STATEMENT_SCHOOLS,     /* → each school's name once, sorted by bytes; at most ?2 */
    STATEMENT_ROW_OF_ID,   /* id ?2 → row */
    STATEMENT_CASE,        /* row ?2 → everything */
    STATEMENT_ASSETS,      /* of case row ?1, in any generation → assets with their sources */
    STATEMENT_COUNT_UNITS, /* → unit, number */
    STATEMENT_COUNT_ASSETS,
    STATEMENT_COUNT_BYTES,
    STATEMENT_COUNT
};
