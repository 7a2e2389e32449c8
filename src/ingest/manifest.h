/* manifest.h: what a parcel says, bounded and normalised, before any picture was opened
 *
 * Every transport (plain folder, bundle, feed) yields one; the door (import) takes nothing else.
 * Texts are UTF-8, NFC, owned, never NULL. */
#pragma once

#include "ingest/privacy.h"
#include "ingest/reject.h"
#include "ingest/tidy.h"
#include "library/case.h"

struct manifest_asset {
    enum asset_kind kind;
    char *path;      /* where the bytes lie: a file below the parcel */
    char *label;     /* what it is called in messages: a picture in a document; NULL: its path */
    char *caption;   /* "" when there is none */
    int32_t crop[4]; /* cut off left, top, right, bottom, in 1/100000 of its side */
    bool whole;      /* the name says poster, slide or screenshot */
    bool hashed;     /* its bytes must be those of expected, or it is refused */
    struct hash expected;
    char *url;     /* of a feed: where it is fetched from; NULL: it lies at path */
    int64_t bytes; /* of a feed: its size; 0: not known */
    bool refused;  /* it could not be fetched: reject and detail say why */
    enum reject reject;
    char *detail; /* may be NULL */
};

struct manifest_case {
    char *path;  /* of its folder, for messages */
    size_t part; /* of several paths that are read into one manifest: the caller's number of it */
    char *id;
    enum level level;
    enum unit unit;
    bool school_said; /* else it is the site's own */
    bool unitless;    /* the unit is not known: it is not to be taken as it is */
    enum phase phase;
    char *school, *title, *summary, *body, *url;
    int64_t published_ms, valid_from_ms, valid_until_ms;
    int weight;            /* 0: 1 */
    int64_t twin;          /* twin_of; 0: the door makes it */
    struct hash statement; /* of a feed's item; zeroed for local cases */
    struct manifest_asset *assets;
    size_t asset_count;
    struct manifest_asset *code; /* owned; 二维码.*, never one of the assets; NULL: none */
    struct tidy tidied;          /* what was put right in its texts */
    struct privacy masked;       /* numbers of persons that were masked in them */
};

struct manifest {
    struct manifest_case *cases;
    size_t case_count;
    struct reject_list rejects; /* what was already refused on the way */
};

const char *manifest_asset_label(const struct manifest_asset *asset); /* for messages; lent */
/* Masks the numbers of persons in its texts (privacy.h; released may be NULL). Whoever makes a case
 * calls it before anybody sees it. */
void manifest_case_mask(struct manifest_case *c, const char *const *released);
void manifest_case_finish(struct manifest_case *c); /* frees all it holds; zeroed is fine */
void manifest_finish(struct manifest *manifest);
/* By what its renditions are known: the hash of its file, or with a crop that of both. */
struct hash manifest_asset_source(const struct manifest_asset *asset, struct hash file);
/* Its pictures and codes, and their bytes where they lie; for a progress. */
void manifest_measure(const struct manifest *manifest, int64_t *files, int64_t *bytes);
