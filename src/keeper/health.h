/* health.h: whether everything is as it should be, and mending what can be mended
 *
 * A table of checks (health.c), each a row: what it looks at, and what would put it right. Looking
 * changes nothing and may be done beside a running keeper and display; mending is for the holder of
 * keeper.lock. One thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/config.h"
#include "base/paths.h"

enum verdict { VERDICT_GOOD, VERDICT_WARNING, VERDICT_BAD };

struct patient {
    const struct paths *paths;
    const struct config *config; /* with its fonts filled in (theme_fill_fonts) */
    bool config_good;            /* configuration and theme are without mistakes */
    bool quick;                  /* media are not read, only their sizes */
    bool alone;                  /* keeper.lock is held here: nobody else is at work */
};

struct finding {
    const char *name;           /* of the check: "media" … */
    const char *what_zh, *what; /* it looks at */
    enum verdict verdict;
    char *said; /* lines, Chinese with English beside; owned; "" when there is nothing to say */
    const char *cure_zh, *cure; /* what would be done, or is to be done; NULL when all is good */
    bool mends;                 /* health_mend does it */
};

const char *verdict_key(enum verdict verdict);  /* "good" … */
const char *verdict_name(enum verdict verdict); /* "良好 (good)" … */

/* All checks in the order of the table; the caller's, to be freed by findings_free. */
struct finding *health_examine(const struct patient *patient, size_t *count);
void findings_free(struct finding *findings, size_t count);                  /* NULL is fine */
enum verdict findings_verdict(const struct finding *findings, size_t count); /* the worst */
/* Does what the findings that are not good ask for, as far as it can be done. What it does it says
 * through base/log; what is left, the next examination tells. */
void health_mend(const struct patient *patient, const struct finding *findings, size_t count);

void health_print_scdoc(FILE *to); /* for the man page */
