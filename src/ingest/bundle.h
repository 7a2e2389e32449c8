/* bundle.h: a folder with feed.json, its signature, older pages and media/ (fengcai-bundle(5))
 *
 * What came by a stick, by mail or over the network is this, and is checked here in the same way:
 * the bytes are verified before they are parsed. One thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ingest/bundle_name.h"
#include "ingest/feed.h"
#include "ingest/reject.h"
#include "ingest/trust.h"
#include "library/ledger.h"

struct bundle {
    char *folder;                     /* owned */
    struct hash head_hash;            /* of the bytes of feed.json */
    struct feed head;                 /* of a foreign feed too */
    const struct trusted *signer;     /* of the trust it was opened with; NULL: unsigned */
    char *comment;                    /* trusted comment; NULL without a signer */
    struct feed *pages;               /* as many as head.page_count, once loaded */
    const struct feed_item **winners; /* of all documents (feed_resolve); pointers into them */
    size_t winner_count;
};

/* What was found in a folder or got from a server, before it is believed. */
struct bundle_bytes {
    const char *head;
    size_t head_size;
    const char *signature; /* NULL: there is none */
    size_t signature_size;
};

bool bundle_is(const char *path); /* a folder with a feed.json; quiet */

/* Verifies, then reads the head. source: only its key is believed; NULL: that of any. A bundle that
 * has a signature nobody of trust made is refused, whoever brings it; one without has no signer.
 * False: *reject and *detail (the caller's, may be NULL) say why, *bundle is zeroed; *fault (may be
 * NULL) is what the signature's was, SIGN_GOOD for any other reason. */
bool bundle_read(struct bundle *bundle, const char *folder, const struct bundle_bytes *bytes,
                 const struct trust *trust, const char *source, enum reject *reject, char **detail,
                 enum sign_fault *fault);
/* The same for what lies in the folder, with keys.json, which hands over first where it lies there.
 */
bool bundle_open(struct bundle *bundle, const char *folder, struct trust *trust,
                 enum reject *reject, char **detail);
void bundle_finish(struct bundle *bundle); /* zeroed is fine */

/* Whether the head may be taken now: not expired at now_ms (the time believed), of its owner, not
 * older than what was taken. */
enum bundle_verdict {
    BUNDLE_TAKE,
    BUNDLE_WAITS,  /* it was rolled back: only a higher serial is taken again */
    BUNDLE_REFUSED /* *reject and *detail say why */
};
enum bundle_verdict bundle_check(const struct bundle *bundle, struct ledger *ledger, int64_t now_ms,
                                 enum reject *reject, char **detail);
/* What was taken is now the floor, and its feed is its signer's. False: reported. */
bool bundle_admit(const struct bundle *bundle, struct ledger *ledger);

/* The owner's name in the ledger: the signer's root, "" for unsigned. */
const char *bundle_owner(const struct bundle *bundle);

/* page-SHA256.json in the folder; the caller's. */
char *bundle_page_path(const struct bundle *bundle, size_t page);
/* Whether it is there, whole and right. Quiet. */
bool bundle_has_page(const struct bundle *bundle, size_t page);
/* Reads all pages and finds the winners. False: one is missing or wrong. */
bool bundle_load(struct bundle *bundle, enum reject *reject, char **detail);
/* Where the file of a medium lies, or is to lie: media/SHA256.jpg; of an unhashed one
 * media/url-SHA256 of its address. The caller's. */
char *bundle_media_path(const struct bundle *bundle, const struct feed_media *media);
