/* case.h: a case (案例) or notice (通知) as the library holds it and everything else speaks of it
 *
 * Plain values, no database. Texts are UTF-8, NFC, paragraphs separated by '\n', owned by the
 * struct and never NULL ("" when absent). Any thread, one at a time. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"

enum unit { UNIT_PARTY, UNIT_EDUCATION, UNIT_SAFETY, UNIT_SERVICE, UNIT_COUNT };
/* What is no case is a notice (通知): it has no unit, which is then 0, and is never counted, listed
 * or searched among cases. An urgent one interrupts. */
enum level { LEVEL_CASE, LEVEL_NOTICE, LEVEL_URGENT, LEVEL_COUNT };
enum phase { PHASE_SELF, PHASE_RECOMMENDED, PHASE_FEATURED, PHASE_COUNT };
enum asset_kind { ASSET_PICTURE, ASSET_CODE, ASSET_VIDEO, ASSET_KIND_COUNT };
enum rendition_role {
    RENDITION_LARGE,  /* at most 2560 on the long side, 4:4:4; for zooming and for 4K screens */
    RENDITION_SCREEN, /* at most 1920 on the long side: what a slide is made of */
    RENDITION_THUMB,  /* at most 480 on the long side */
    RENDITION_TILE,   /* long pictures only: pieces, in order, of the whole at full width */
    RENDITION_CODE,   /* of an ASSET_CODE its only one: a PNG, at most 1024 on the long side */
    RENDITION_VIDEO,  /* of an ASSET_VIDEO: an MP4 to be played; its others are of its poster */
    RENDITION_ROLE_COUNT
};

/* The focus of a picture of which none is known, in thousandths: faces are above the middle. */
#define FOCUS_X 500
#define FOCUS_Y 420

#define CASE_FEED_SIZE 37 /* a feed's UUID, with the NUL */

struct rendition {
    enum rendition_role role;
    int tile;          /* number of a RENDITION_TILE, from 0; else 0 */
    int width, height; /* pixels */
    int64_t bytes;
    struct hash hash; /* content address, see rendition_path */
};

struct asset {
    enum asset_kind kind;
    char *caption;        /* "" when there is none */
    int width, height;    /* pixels of the source, upright */
    int64_t duration_ms;  /* of a video; else 0 */
    bool whole;           /* poster, slide or screenshot: shown whole, nothing over it */
    int focus_x, focus_y; /* thousandths of width and height: where the subject is, 0 to 1000 */
    struct hash source;   /* SHA-256 of the source file */
    struct rendition *renditions;
    size_t rendition_count;
};

struct case_record {
    char *id; /* "school/title" or the 编号 of the author; of a feed's item: case_scoped_id */
    enum level level;
    enum unit unit;
    enum phase phase;
    int weight;
    char *school, *title, *summary, *body, *url;
    int64_t published_ms;                  /* 0: unknown */
    int64_t valid_from_ms, valid_until_ms; /* 0: open; shown while from <= now <= until */
    int64_t ends_ms; /* what was loaded here and says no end is shown so long; 0: it has none */
    int64_t twin;    /* the same for each case of this school and title; 0: not known */
    struct hash statement; /* of a feed's item, as it was published; zeroed for local cases */
    int64_t generation;    /* the one it came in with; set by the library */
    struct asset *assets;  /* pictures and videos */
    size_t asset_count;
    struct asset *code; /* owned; what a phone reads instead of the address, shown whole; or NULL */
};

void case_finish(struct case_record *record); /* frees all it holds; zeroed is fine */
bool case_is_valid(int64_t valid_from_ms, int64_t valid_until_ms, int64_t now_ms);
void asset_finish(struct asset *asset);
/* The rendition of a role (and tile); NULL: there is none. */
const struct rendition *asset_rendition(const struct asset *asset, enum rendition_role role,
                                        int tile);
/* How many of its assets are of a kind. */
size_t case_count(const struct case_record *record, enum asset_kind kind);
int asset_tiles(const struct asset *asset); /* number of tiles, 0 for an ordinary picture */

/* "UUID:id" of an item of a feed; the id itself for feed "". The caller's. A local id that looks as
 * if it were scoped is made another one by whoever makes local ids (naming_local_id). */
char *case_scoped_id(const char *feed, const char *id);
/* The id within its feed; *feed (CASE_FEED_SIZE bytes, may be NULL) gets the UUID, in lower case,
 * or
 * "". Points into scoped. */
const char *case_own_id(const char *scoped, char *feed);

const char *unit_key(enum unit unit);     /* "party" … */
const char *unit_name(enum unit unit);    /* "党建引领" … */
const char *level_key(enum level level);  /* "case", "notice", "urgent" */
const char *level_name(enum level level); /* "案例", "通知", "紧急通知" */
/* What it is a part of, for people: its unit, or the level of a notice. */
const char *case_section(const struct case_record *record);
const char *section_name(enum level level, enum unit unit);
const char *section_key(enum level level, enum unit unit); /* of its icon, too */
/* The same as keys, for JSON: "unit" and "level"; NULL where it has none, as a notice has no unit
 * and a case no level. */
const char *section_unit(enum level level, enum unit unit);
const char *section_level(enum level level);
/* For people again, of such keys; either may be NULL. "" where they say nothing. */
const char *section_of_keys(const char *unit, const char *level);
const char *phase_key(enum phase phase);
const char *phase_name(enum phase phase);
const char *asset_kind_key(enum asset_kind kind); /* "picture", "code", "video" */
const char *rendition_role_key(enum rendition_role role);
bool unit_parse(const char *key, enum unit *unit);
bool level_parse(const char *key, enum level *level);
bool phase_parse(const char *key, enum phase *phase);
bool rendition_role_parse(const char *key, enum rendition_role *role);

/* MEDIA/ab/ab12…ef.jpg, the place of a rendition that is a JPEG; the caller owns the result. */
char *media_path(const char *media, struct hash hash);
/* The same for any rendition, by its suffix. */
char *rendition_path(const char *media, const struct rendition *rendition);
const char *rendition_suffix(enum rendition_role role); /* ".jpg", ".png", ".mp4" */
