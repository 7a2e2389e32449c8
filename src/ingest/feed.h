/* feed.h: JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/) with our extension _fengcai
 *
 * One document is a head (feed.json) or an older page (page-SHA256.json); fengcai-bundle(5)
 * describes both. Bytes are bounded before they come here, and those of a signed feed verified.
 * What is read is normalised as the library keeps it (text.h). Any other JSON Feed is read too: it
 * has no extension, its HTML is left for the jailed helper (document.h). Pure; any thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/hash.h"
#include "ingest/reject.h"
#include "library/case.h"

#define FEED_ID_SIZE 37 /* a UUID in lower case, with the NUL */

/* Limits: one block, each with its reason; feed_print_limits_scdoc prints them, fengcai-bundle(5)
 * has them. Those of texts are bytes of UTF-8, as written and as normalised. */
#define FEED_PAGE_BYTES    (16u << 20) /* a page of 100 long cases is under 2 MiB */
#define FEED_PAGE_ITEMS    100
#define FEED_PAGES         10000        /* a million cases */
#define FEED_FOREIGN_ITEMS 1000         /* of another's feed, which has no pages that we follow */
#define FEED_MEDIA_BYTES   (512u << 20) /* a video of some minutes */
#define FEED_MEDIA_SECONDS 86400        /* a day; what is shown is shorter (video_wire.h) */
#define FEED_ITEM_MEDIA    200          /* of one case; a lobby shows a dozen */
#define FEED_ITEM_VIDEOS   8            /* likewise; each may be half a gigabyte */
#define FEED_DEPTH         32           /* of nested JSON; ours needs 6 */
#define FEED_VALUES                                                                                \
    500000 /* of one document: 100 cases of 200 pictures have 250,000;                             \
              each takes up to 250 bytes of memory */
#define FEED_ID_BYTES      512
#define FEED_TITLE_BYTES   400        /* 130 Han; a title has 30 */
#define FEED_SCHOOL_BYTES  200        /* 66 Han; the longest name of a school has 20 */
#define FEED_SUMMARY_BYTES (4u << 10) /* 1,300 Han; a summary fills one card */
#define FEED_BODY_BYTES    (1u << 20) /* a book, not a case; as the texts of a folder */
#define FEED_HTML_BYTES    (4u << 20) /* the same with its markup */
#define FEED_CAPTION_BYTES 1024
#define FEED_URL_BYTES     2048 /* what browsers and codes still take */
#define FEED_WEIGHT        100  /* times that a case is shown for another's once */

struct feed_media {
    enum asset_kind kind; /* ASSET_VIDEO: mime_type video/…; ASSET_CODE: _fengcai.role is "code" */
    char *url;            /* as it stands: relative to the document, or absolute */
    char *caption;        /* "" when there is none */
    bool hashed;          /* hash says what the bytes must be; always in our own feeds */
    struct hash hash;
    int64_t bytes;   /* size_in_bytes; 0: not said */
    bool whole;      /* _fengcai.whole: shown whole, nothing over it */
    int64_t seconds; /* of a video: duration_in_seconds, rounded up; 0: not said */
};

/* One statement. In a tombstone (removed) only id, and where they were said school and title,
 * count. */
struct feed_item {
    char *id; /* never NULL nor ""; unique in its document */
    bool removed;
    enum level
        level;     /* of a notice (_fengcai.kind), else LEVEL_CASE; of its tombstone LEVEL_NOTICE */
    bool has_unit; /* false (in foreign feeds, notices and tombstones only): neither said nor told
                      by a tag; the source's default counts */
    enum unit unit;
    enum phase phase;
    int weight;                                  /* 1 to FEED_WEIGHT */
    char *school, *title, *summary, *body, *url; /* owned, never NULL; body: paragraphs */
    char *html;                        /* content_html where there is no content_text; else NULL */
    int64_t published_ms, modified_ms; /* 0: not said */
    int64_t valid_from_ms, valid_until_ms; /* 0: open; a bare date in until means its end */
    struct feed_media *media;
    size_t media_count;
    struct hash statement; /* over the item's canonical JSON (sorted keys, compact) */
};

struct feed_page_ref {
    struct hash hash;
    int64_t bytes;
};

struct feed {
    bool ours;                        /* it has _fengcai */
    char feed[FEED_ID_SIZE];          /* "" in foreign feeds */
    int64_t serial;                   /* 1 to 2^53 - 1; 0 in foreign feeds and in pages */
    int64_t published_ms, expires_ms; /* 0: not said */
    char *title;                      /* never NULL */
    struct feed_page_ref *pages;      /* of a head: older pages, newest first */
    size_t page_count;
    struct feed_item *items;
    size_t item_count;
    struct reject_list rejects; /* items that cannot be taken, by name; the others count */
};

/* Reads a document. page: an older page of ours (no _fengcai.serial). Ours is read strictly:
 * unknown members are ignored, but a known one of a wrong type or length refuses its item, and
 * nothing is guessed at; a foreign feed's counts as not said. What is left out of an item that is
 * taken (an address that is not of the web, a picture that cannot be fetched) is in rejects too.
 * False: *reject and *detail (the caller's, may be NULL) say why: not JSON (with line), duplicate
 * keys, too deep, a format above 1, no items, too many of them …; *feed is then zeroed. */
bool feed_parse(const char *bytes, size_t size, bool page, struct feed *feed, enum reject *reject,
                char **detail);
void feed_finish(struct feed *feed); /* zeroed is fine */
void feed_item_finish(struct feed_item *item);
/* Who speaks: its school, or of a notice that says none the feed's title. Points into either. */
const char *feed_item_school(const struct feed *head, const struct feed_item *item);

/* ---- which statement counts */

/* The winners: for each id the first statement in the order head, pages; tombstones too. Pointers
 * into the feeds. The caller frees the array. */
const struct feed_item **feed_resolve(const struct feed *head, const struct feed *pages,
                                      size_t page_count, size_t *count);

/* ---- publishing */

/* Text of a document for publishing: deterministic (the same input, the same bytes), UTF-8, one
 * item a line, ended by '\n'. The caller's. page: without serial, published, expires and pages. A
 * foreign feed is printed without extension. feed_parse makes the same of it again, but for the
 * statements of items that were written otherwise, and for rejects. */
char *feed_print(const struct feed *feed, bool page, const char *next_url, size_t *size);
/* A new random UUID (version 4). */
void feed_new_id(char id[FEED_ID_SIZE]);
bool feed_id_valid(const char *id);

void feed_print_limits_scdoc(FILE *to);
