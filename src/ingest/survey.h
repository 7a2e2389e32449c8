/* survey.h: what lies at a path, before anything of it is taken
 *
 * Read only: the library and the ledger are opened for reading, no lock is taken, and nothing is
 * written but what a zip file holds, into a folder of its own in staging, which is gone when
 * survey_look returns. So it may run beside the keeper, in a child of it, or in a command. Bounded
 * in files (tree.h, document.h) and in time: what could not be looked at any more is `cut`. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include "base/config.h"
#include "base/paths.h"
#include "ingest/reject.h"
#include "library/case.h"

/* A picture whose longer side has fewer pixels looks soft on the usual screen (1920 wide). */
#define SURVEY_LOW_SIDE 1280

#define SURVEY_TOLD 200 /* cases that are told of in whole: more is beyond anybody's patience */

enum survey_change {
    SURVEY_NEW,
    SURVEY_CHANGED,
    SURVEY_SAME,
    SURVEY_HELD, /* it was withdrawn: a note says when and why */
    SURVEY_REFUSED
};

/* What will not be taken, or not as it is. */
struct survey_note {
    char *path; /* owned; as the administrator would name it */
    enum reject reject;
    char *detail; /* owned, may be NULL */
};

struct survey_case {
    char *id, *title, *school; /* owned; the id is "" where it is not known (refused) */
    enum level level;
    enum unit unit;
    bool has_unit; /* or it is a notice; false: refused (REJECT_UNIT_UNKNOWN) until somebody chooses
                      one */
    bool has_school; /* false: nothing says one, and school is the site's own */
    enum survey_change change;
    char *cover; /* owned; path of its first picture, NULL: none, or it lies in a zip file */
    int pictures, low_pictures; /* low: see SURVEY_LOW_SIDE */
    int videos;
    json_t *low;      /* owned; the first few's names; NULL: not known */
    int64_t bytes;    /* of its pictures and videos where they lie */
    char *missing;    /* owned, each once, at most 20; "" if the fonts have all */
    json_t *absent;   /* owned; the same with where: see survey_json */
    json_t *masked;   /* owned; numbers of persons: privacy_json */
    char *text;       /* owned; how it begins; of the first SURVEY_TOLD cases, else NULL */
    json_t *captions; /* likewise */
    struct survey_note *notes;
    size_t note_count;
};

enum survey_kind { SURVEY_NOTHING, SURVEY_FOLDER, SURVEY_BUNDLE, SURVEY_ZIP };

/* A stick may hold several bundles and zip files beside folders of cases: what door_import takes,
 * by its path. */
struct survey_part {
    char *path; /* owned */
    enum survey_kind kind;
    bool bundle;         /* a bundle, as a folder or in a zip file */
    bool signed_by_us;   /* a bundle, by a configured key, that may be taken now */
    size_t first, count; /* its cases */
};

struct survey {
    char *path;            /* owned; what was looked at */
    enum survey_kind kind; /* of the only part; SURVEY_FOLDER for several */
    bool signed_by_us;     /* every part is */
    struct survey_part *parts;
    size_t part_count;
    struct survey_case *cases; /* by parts; then as they are found */
    size_t count;
    struct survey_note *notes; /* of files that belong to no case */
    size_t note_count;
    size_t removed; /* cases that the bundles no longer have, and that would go */
    int64_t bytes;  /* of all pictures and videos to be taken */
    size_t files;   /* and folders that were met, ours or not */
    bool cut;       /* not everything was looked at */
};

struct survey_params {
    const struct paths *paths;
    const struct config *config; /* its fonts filled in (theme_fill_fonts) */
    bool has_unit;               /* what lies under no unit is of this one: as import_order */
    enum unit unit;
    const char *school; /* of cases that name none; NULL: [site] school */
    int64_t within_ms;  /* after that no file is opened any more; 0: SURVEY_WITHIN_MS */
    /* May be NULL; false: stop, the survey is cut. doing is valid during the call. */
    bool (*on_progress)(void *user, const char *doing);
    void *user;
};

#define SURVEY_WITHIN_MS 10000

/* Never fails: what cannot be read is a note. */
void survey_look(struct survey *survey, const struct survey_params *params, const char *path);
void survey_finish(struct survey *survey); /* zeroed is fine */

/* "new", "changed", "same", "held", "refused" */
const char *survey_change_key(enum survey_change change);
/* "nothing", "folder", "bundle", "zip" */
const char *survey_kind_key(enum survey_kind kind);
/* For the panel and --json:
 *   {"path", "kind", "signed", "cut", "files", "bytes", "removed",
 *    "parts": [{"path", "kind", "bundle", "signed", "first", "count"}],
 *    "cases": [{"id", "title", "school", "unit" (null: not known, or a notice),
 *               "level" ("notice", "urgent"; none: a case), "has_school", "change", "pictures",
 * "low_pictures", "low": ["1.jpg" …], "videos", "bytes", "cover" (null: none), "missing", "absent":
 * [{"text", "code": "U+2A6A5", "fields": ["title", "body" …]}], "masked": [{"kind", "mask",
 * "field", "count"}], "text": how it begins, "captions": ["" …],  of the first SURVEY_TOLD cases
 *               "notes": [{"path", "code", "text", "advice"}]}],
 *    "notes": [the same]} */
json_t *survey_json(const struct survey *survey);
