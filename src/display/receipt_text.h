/* receipt_text.h: a receipt of the ledger, as people are told it
 *
 * Of what ingest writes (import.h, recall.h, sync.h) only the JSON is known here. Pure. */
#pragma once

#include <jansson.h>

#include "display/words.h"
#include "library/ledger.h"

struct receipt_text {
    const char *what; /* a word, or the receipt's own kind where there is none for it */
    char *from;       /* owned: a file's or a source's name, or the id of a case; "": nothing */
    char *by;         /* owned: whose PIN it was, or how else it came about */
    json_t *whole;    /* the caller's reference, as the next; never NULL */
    json_t *refused;  /* [{path, text, advice}] */
    bool takes;       /* the numbers that follow mean something */
    size_t added, changed, removed;
    size_t waiting; /* of the first two, for somebody to review them */
    int is_signed;  /* -1: nothing that is signed */
};

void receipt_text_read(struct manner manner, const struct receipt *receipt,
                       struct receipt_text *text);
void receipt_text_finish(struct receipt_text *text);
/* Whether it added or changed the case with this id. */
bool receipt_text_brings(const struct receipt_text *text, const char *id);
/* "今天 13:40", "2026-11-26 13:40"; the caller's; "—" for 0. */
char *receipt_when(struct manner manner, int64_t ms, int64_t now_ms);
