/* debrief_parts.h: what the parts of the page share; private to debrief*.c */
#pragma once

#include "ingest/reject.h"
#include "keeper/debrief.h"
#include "library/case.h"

/* A picture whose longer side has fewer pixels looks soft on the usual screen (1920 wide). */

/* A case that was added or changed. */
struct debrief_case {
    const json_t *entry;       /* of the receipt */
    struct case_record record; /* id NULL: it is not in the library any more */
    bool waits;                /* for a review */
    size_t low;                /* pictures below SURVEY_LOW_SIDE */
};

/* All that was refused for one reason, and so has one cure. */
struct debrief_group {
    const char *code;       /* of the receipt */
    const json_t **entries; /* owned array; in the order they were met */
    size_t listed, count;   /* entries; of those and of what is like them */
    bool whole;             /* for this reason nothing could be taken */
};

struct debrief_facts {
    const struct debrief *debrief;
    struct debrief_case *cases; /* added and changed, in the receipt's order */
    size_t case_count, added, changed;
    size_t unchanged;             /* those that a bundle only counts, too */
    struct debrief_group *groups; /* whole ones first */
    size_t group_count, refused;  /* refused: the counts of all groups */
    size_t low;                   /* pictures */
    size_t masked;                /* numbers of persons */
    size_t waiting;               /* of added and changed: not shown until they are reviewed */
    size_t missing, similar, removed;
};

void debrief_gather(struct debrief_facts *facts, const struct debrief *debrief);
void debrief_facts_finish(struct debrief_facts *facts);

/* ---- parts of the page */

extern const char debrief_style[]; /* CSS */

void debrief_put_verdict(const struct debrief_facts *facts, FILE *to);
void debrief_put_tasks(const struct debrief_facts *facts, FILE *to);
void debrief_put_cases(const struct debrief_facts *facts, FILE *to);
void debrief_put_hints(const struct debrief_facts *facts, FILE *to);
void debrief_put_interest(const struct debrief_facts *facts, FILE *to);
void debrief_put_health(const struct debrief_facts *facts, FILE *to);

/* ---- texts */

const char *debrief_text(const json_t *object, const char *key); /* "" when it is no text */
/* "中文 (English)", as tables of messages have it: the English small. */
void debrief_put_both(FILE *to, const char *text);
/* A path as the administrator sees it: without the source's, folders dim, "›" between them. */
void debrief_put_path(FILE *to, const char *path, const char *source);
