/* foreign.h: any JSON Feed → items that the door takes, as those of our own
 *
 * A feed without _fengcai says neither its units nor, often, its schools; its texts may be HTML and
 * its addresses relative. One thread. */
#pragma once

#include <stdbool.h>

#include "ingest/feed.h"
#include "ingest/nursery.h"

struct foreign_options {
    const char *url;  /* where the feed came from, after redirects */
    const char *name; /* of its source: the feed's own id is made of it */
    bool has_unit;    /* of items whose tags name none; else these are refused */
    enum unit unit;
    const char *school; /* of items whose author is not named; never "" */
    struct nursery *documents;
};

/* Completes every item, or moves it from feed->items to feed->rejects: HTML becomes paragraphs and
 * pictures, addresses become absolute, a missing title the first sentence. False: the helper does
 * not work; reported. */
bool foreign_complete(struct feed *feed, const struct foreign_options *options);
