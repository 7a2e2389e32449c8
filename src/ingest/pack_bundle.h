/* pack_bundle.h: a bundle's folder as the packer finds it
 *
 * What is there is our own earlier work, and is verified before anything is added: its signature,
 * the hashes of its pages. One thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "ingest/feed.h"
#include "ingest/secret_key.h"

#define PACK_HEAD      "feed.json"
#define PACK_SIGNATURE "feed.json.minisig"
#define PACK_NEXT      ".feed.json.next" /* the head that the signature beside it is of, in a crash */

struct pack_bundle {
    const char *folder;
    struct feed head;   /* zeroed: nothing was packed yet */
    struct feed *pages; /* as many as head.page_count */
    bool is_signed;
};

/* folder must be there, and be empty or a bundle; what a crash left between signature and head is
 * completed. key: what it is to be signed with, or NULL, which
 * refuses a bundle that is signed. False: reported. */
bool pack_bundle_open(struct pack_bundle *bundle, const char *folder, const struct secret_key *key);
void pack_bundle_finish(struct pack_bundle *bundle); /* zeroed is fine */

/* page-SHA256.json; the caller's. */
char *pack_page_name(struct hash hash);
