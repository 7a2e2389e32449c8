/* schema.h: the tables of library.db and every statement on them
 *
 * Writer (library, rendition, sweep) and reader share it; only src/library uses this header.
 *
 * A case is visible in generation g while from_generation <= g and until_generation is NULL or
 * greater than g. Rows never change but for until_generation, and only while the change lies in
 * the generation to come; and for twin and statement, which tell of the same content.
 *
 * It is shown (to readers) when it is visible, its id is not withdrawn, and it is not the school's
 * own case (self) of a featured one that is: one with the same twin. A row of table generation
 * says that all of that generation is still there. */
#pragma once

#include "library/db.h"

extern const struct db_schema library_schema;

enum library_statement {
    /* generations */
    STATEMENT_GENERATION, /* → current, number of changes of what is withdrawn or promoted */
    STATEMENT_NEWEST,     /* → newest number ever used */
    STATEMENT_MADE,       /* ?1 → made_ms */
    STATEMENT_NOTE,       /* ?1 → note */
    STATEMENT_PREVIOUS,   /* ?1 → previous, if all of that is still there */
    STATEMENT_GENERATION_ADD,
    STATEMENT_POINTER_SET,   /* to ?1, for request ?2 (NULL: none) */
    STATEMENT_REQUEST,       /* → for which one it was moved last */
    STATEMENT_UNDO_ADDED,    /* → a batch of rows newer than ?1, to be deleted */
    STATEMENT_UNDO_RELEASED, /* what was released since ?1 waits again */
    STATEMENT_UNDO_ENDED,    /* ends newer than ?1; a batch, until none is changed */
    STATEMENT_TOUCHED,       /* ?1 → whether generation ?1 adds or ends anything */
    /* cases, writing */
    STATEMENT_CASE_FIND, /* id ?1 in generation ?2 → row, from_generation, digest, twin, statement,
                            end */
    STATEMENT_CASE_ADD,
    STATEMENT_TEXTS_ADD,
    STATEMENT_ASSET_ADD,
    STATEMENT_CASE_END,     /* row ?1 ends with generation ?2 */
    STATEMENT_CASE_DELETE,  /* row ?1 */
    STATEMENT_CASE_NOTE,    /* row ?1 gets twin ?2, statement ?3, end ?4 */
    STATEMENT_SCHOOL_CASES, /* school ?1 in generation ?2 → id, title */
    STATEMENT_SCHOOL_KNOWN, /* school ?1 */
    STATEMENT_LOCAL_CASES,  /* in generation ?1, of no feed → id, in order */
    STATEMENT_FEED_CASES, /* ids from ?1 to below ?2 in generation ?3 → id, statement, in order */
    STATEMENT_NAMED_CASES, /* id ?1, or it behind a feed's, in generation ?2 → id, school, title,
                              level */
    /* what is withdrawn */
    STATEMENT_WITHDRAWN, /* → ids, in order */
    STATEMENT_WITHDRAWN_CLEAR,
    STATEMENT_WITHDRAWN_ADD,   /* id ?1 */
    STATEMENT_WITHDRAWN_COUNT, /* one more change of them, or of what is promoted */
    /* what waits for a person's word (pending.h) */
    STATEMENT_PENDING_ADD,      /* case row ?1, kind ?2, by ?3, source ?4, signed ?5, at ?6 */
    STATEMENT_PENDING_FIND,     /* id ?1, kind ?2, whole ?3 → as STATEMENT_CASE_FIND */
    STATEMENT_PENDING_RELEASE,  /* row ?1 comes with generation ?2, and ends later by what it
                                   waited until ?3 */
    STATEMENT_PENDING_UNDO,     /* → a batch of rows of an import that did not end */
    STATEMENT_PENDING_OLD,      /* → a batch of rows in whose place others have come */
    STATEMENT_PENDING_WHOLE,    /* what came is there */
    STATEMENT_PENDING_RELEASED, /* what was released waits no more */
    STATEMENT_PENDING_OF_KIND,  /* kind ?1 → a batch of rows */
    STATEMENT_PENDING_MARK,     /* row ?1 is of kind ?2 now */
    STATEMENT_PENDING_FEED,     /* ids from ?1 to below ?2 → id, statement, in order */
    STATEMENT_PENDING_LIST,     /* kind ?1, seen from generation ?2 → id, title, school, unit, by,
                                   source, at, whether it is an update, pictures, signed, videos */
    /* what comes first on this screen; in the order of those above */
    STATEMENT_PROMOTED,
    STATEMENT_PROMOTED_CLEAR,
    STATEMENT_PROMOTED_ADD,
    /* the search index (index.h) */
    STATEMENT_SEARCH_STATE,     /* → version, done */
    STATEMENT_SEARCH_STATE_SET, /* version ?1, done ?2 */
    STATEMENT_SEARCH_CLEAR,
    STATEMENT_SEARCH_ADD,     /* row ?1, terms ?2 */
    STATEMENT_SEARCH_REMOVE,  /* likewise: the terms it was added with */
    STATEMENT_SEARCH_TEXTS,   /* rows after ?1, in order → row, title, school, summary, body,
                                unit */
    STATEMENT_SEARCH_MATCH,   /* expression ?1 → rows, the greatest first */
    STATEMENT_SEARCH_COUNTED, /* row ?2, shown in generation ?1 and valid at ?3 → row */
    STATEMENT_SEARCH_SHOWN,   /* row ?2, shown in generation ?1 and valid at ?3 → as SEARCH_TEXTS,
                                 then id, phase */
    /* renditions */
    STATEMENT_SOURCE_FIND,  /* source ?1, recipe ?2 → row, digest, width, height, whole, focus */
    STATEMENT_SOURCE_MATCH, /* source ?1, digest ?2 → row, recipe */
    STATEMENT_SOURCE_ADD,
    STATEMENT_SOURCE_NAME, /* row ?1 is now made by recipe ?2, whole ?3 */
    STATEMENT_RENDITION_ADD,
    STATEMENT_RENDITIONS,      /* of source row ?1 → role, tile, width, height, bytes, hash */
    STATEMENT_RENDITION_KNOWN, /* hash ?1 */
    /* sweeping */
    STATEMENT_CHECK,             /* → "ok", or what is damaged */
    STATEMENT_SWEEP_GENERATIONS, /* but ?1 and ?2; before their cases */
    STATEMENT_SWEEP_CASES,       /* → a batch of rows that generations ?1 and ?2 do not show */
    STATEMENT_SWEEP_SOURCES,     /* a batch, until none is changed */
    STATEMENT_STORED,            /* neither ?1 nor ?2 shows it → row, phase, until, bytes */
    STATEMENT_STORED_ROW,        /* → row ?1, unless ?2 or ?3 shows it */
    STATEMENT_MEDIA_BYTES,       /* → of all renditions, each file once */
    /* checking */
    STATEMENT_SHOWN_FILES,   /* of generations ?1 and ?2 → hash, role, bytes; each once */
    STATEMENT_CASES_OF_FILE, /* of generations ?1 and ?2, with a rendition of hash ?3 → id */
    /* reading; all in generation ?1, what is shown */
    STATEMENT_CANDIDATES,
    STATEMENT_ORIGINS,        /* visible is enough */
    STATEMENT_WITHDRAWN_ROWS, /* in any generation */
    STATEMENT_PROMOTED_ROWS,  /* likewise */
    STATEMENT_SORTED,         /* at ?2 → rows by unit, school, title, id */
    STATEMENT_SCHOOLS,        /* → each school's name once, sorted by bytes; at most ?2 */
    STATEMENT_ROW_OF_ID,      /* id ?2 → row; also of one that a featured case stands for */
    STATEMENT_CASE,           /* row ?2 → everything; visible is enough */
    STATEMENT_ASSETS,         /* of case row ?1, in any generation → assets with their sources */
    STATEMENT_COUNT_UNITS,    /* at ?2, as the next two → unit, number */
    STATEMENT_COUNT_ASSETS,
    STATEMENT_COUNT_BYTES,
    STATEMENT_COUNT
};
