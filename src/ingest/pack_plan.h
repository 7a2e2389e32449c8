/* pack_plan.h: which statement goes into which document when a bundle is packed again
 *
 * For an id the first statement in the order head, pages wins. Changed and new cases go before what
 * is in the head, cases that are gone become tombstones there. A head that would exceed its limit
 * gives its oldest statements to new pages. The pages that were there stay as they are; only where
 * more than half of one's statements are stale (an earlier document has the same id) it is
 * rewritten: what is live of those pages moves together, never behind a page that was before it.
 * With a rewritten page go its tombstones that nothing behind them contradicts any more.
 *
 * Pure; any thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "ingest/feed.h"
#include "library/library.h"

#define PACK_HEAD_ITEMS FEED_PAGE_ITEMS /* the same limit for every document */
#define PACK_PAGE_ITEMS 50              /* what a full head gives away at a time */

/* A statement of a document to come. */
struct pack_entry {
    const struct feed_item *item; /* of what the plan was built from */
    bool removed;                 /* stated as its tombstone */
};

/* A document to come. */
struct pack_document {
    const struct feed *kept; /* one of the pages that were there, byte for byte; else NULL */
    struct pack_entry *entries;
    size_t count;
    struct feed_page_ref ref; /* of a page; set when it is known (pack_bundle) */
};

struct pack_plan {
    bool changed;         /* false: all is as it is wanted, and nothing is to be written */
    enum change *changes; /* of each wanted item, as many as were wanted */
    const struct feed_item **removed; /* cases that are gone */
    size_t removed_count;
    struct pack_document head;
    struct pack_document *pages; /* newest first */
    size_t page_count;
};

/* head and pages: what is there, zeroed for a new bundle. wanted: all cases that shall be in it,
 * each id once, none removed; its statements (hashes) are compared. All must outlive the plan. */
void pack_plan_build(struct pack_plan *plan, const struct feed *head, const struct feed *pages,
                     size_t page_count, const struct feed *wanted);
void pack_plan_finish(struct pack_plan *plan); /* zeroed is fine */
