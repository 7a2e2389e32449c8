/* sources.h: of the ledger: what is remembered of each source between polls
 *
 * Loading is for readers too, saving for the writer. Causes of a false are reported. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct ledger;

/* One row a source's name. Texts are owned and never NULL once loaded. */
struct source_state {
    char *url, *etag, *last_modified; /* of the head that was accepted last */
    char *keys;                       /* keys.json that was taken last, whole; "" none */
    char *feed;                       /* UUID taken last; "" none */
    int64_t serial;
    bool is_signed;
    int64_t polled_ms, taken_ms; /* last try, last success (304 too) */
    char *fault, *fault_text;    /* reject code and text of the last try; "" good */
    int failures;                /* in a row */
};
void source_state_finish(struct source_state *state); /* zeroed is fine */

/* Zeros with "" texts when the name is unknown; zeroed when it returns false. */
bool ledger_load_source(struct ledger *ledger, const char *name, struct source_state *state);
/* A text that is NULL counts as "". */
bool ledger_save_source(struct ledger *ledger, const char *name, const struct source_state *state);
/* The library is not what these heads made of it any more: each is fetched anew by the next poll.
 */
bool ledger_forget_heads(struct ledger *ledger);
