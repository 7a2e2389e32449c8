/* import.h: the one door into the library
 *
 * Whatever the transport, it ends here as a manifest: pictures are staged, prepared by the jailed
 * helper and admitted to media/, rows go out under the coming generation, and one small last
 * transaction shows it. The holder of keeper.lock owns the door; one thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include "base/config.h"
#include "base/paths.h"
#include "ingest/reject.h"
#include "library/case.h"
#include "library/db.h"

/* How far an import is; texts are valid during the call. */
struct import_progress {
    int64_t files_done, files;
    int64_t bytes_done, bytes;
    int64_t cases_done, cases; /* 0 of a bundle, whose cases are not counted before */
    const char *doing;         /* the file or the step, for people */
};
/* What a person chose of what lies at a path. */
struct import_order {
    const char *const *ids; /* of the cases to take; NULL: all */
    size_t id_count;
    bool replace; /* what no feed states and is not among them goes, in the same generation, but
                   * behind bundles in one of its own; it may come again */
    bool has_unit;
    enum unit unit;     /* of cases that lie under no unit's folder and do not say */
    const char *school; /* of cases that name none; NULL: [site] school */
    bool draft;         /* only to be looked at (PENDING_DRAFT): nothing is recorded */
};
/* False: stop, and leave the library as it was. */
typedef bool (*import_on_progress)(void *user, const struct import_progress *progress);

struct door;

/* Opens library and ledger for writing, and tells the library what is withdrawn; damaged ones are
 * recovered first (recovery.h). paths and config must outlive it. NULL: reported; *result (may be
 * NULL) says why. */
struct door *door_open(const struct paths *paths, const struct config *config,
                       enum db_result *result);
void door_close(struct door *door); /* NULL is fine */
/* on_progress hears of every file and of every few 100 KB; NULL for silence. */
void door_watch(struct door *door, import_on_progress on_progress, void *user);

/* Until it is called with NULLs: what is done is done for this request of the desk (library.h), and
 * receipts say by whom ("by"). Both are copied. */
void door_work_for(struct door *door, const char *request, const char *by);
/* Until it is called with NULL, door_import takes plain folders so; the order must live as long. A
 * bundle is taken as a whole. Then "removed": [id] says what was replaced, and an id that is not
 * there is among the rejects, but one of a feed where there are bundles. */
void door_order(struct door *door, const struct import_order *order);
/* Numbers that a person let be shown, told by their masks ("138****5678") and ended by NULL: in the
 * imports that follow mobile and student numbers of such a mask stay as they are. Lent until the
 * next call; NULL: none. */
void door_release(struct door *door, const char *const *masks);

/* Takes files, folders and bundles in, each as what it is. request: the id it was asked for under,
 * or NULL. Gives the receipt, the caller's:
 *   {"outcome": "accepted|partial|refused", "generation", "time",
 *    "by",  by whose word, if anybody's; "released": [masks of door_release], if there are some
 *    "cases": [{"id", "unit" (null: a notice), "level" ("notice", "urgent"; none: a case),
 *               "school", "title", "change": "added|changed|unchanged",
 *               "feed": UUID,  it is an item of that feed; the id is UUID:id then
 *               "waits": true,  for somebody to review it (review.h): it is not shown yet
 *               "code": true,  a 二维码.* is its code
 *               "tidied": {"spaces": 3 …},  what was put right in its texts (tidy.h), if anything
 *               "masked": [{"kind": "identity|mobile|student", "mask": "138****5678",
 *                           "field": "title|summary|body|caption", "count"}]}],  numbers of persons
 *    "similar": [{"id", "to"}],  nearly equal titles of a school: possibly an update
 *    "missing": [{…}],  characters that no font has (missing.h)
 *    "missing_more": 12,  times that others were met, where that list is full
 *    "rejects": [{"path", "code", "text", "advice", "more": 12}],  as reject_list_json says
 *    "held": [{"id", "title", "school", "why", "at", "withdrawn"}]}  cases that were withdrawn
 *        (hold.h), as rejects too: their path is the id
 *
 * What lies at the paths (parts.h) and is no bundle is one parcel with one receipt: folders, files,
 * zip files of folders, all unpacked before it is asked whether they fit. A case that lies in two
 * of them is taken from the first. Of several there are
 *    "parts": [{"path", "outcome", "generation", "feed", "serial", "signed"}]  the last three of
 *        bundles
 *    "at_once": true,  they were taken as one parcel
 * A bundle's receipt has more (take.h). Bundles among other parts are parcels of their own, after
 * the plain one, each with its receipt in the ledger; the receipt given repeats the lists of all of
 * them, with "parts" and without "at_once".
 *
 * Told to stop within the plain parts, nothing of any part is left. Told so within a bundle,
 * nothing of that one is, but the plain parts stay, as does each bundle that was whole by then.
 *
 * refused: not one case was taken; what is not a fault of single files (the source went away, the
 * disk is full, the helper does not work) refuses everything. A receipt that could not be put into
 * the ledger (reported) says "recorded": false. NULL: told to stop, or the library could not be
 * written (reported); nothing was changed, but for what came before a bundle. */
json_t *door_import(struct door *door, const char *const *words, size_t count, const char *request);
/* Makes room for so many bytes by retention, between imports. False: they do not fit, *reject
 * (REJECT_QUOTA, REJECT_NO_SPACE) and *detail (the caller's) say so and how much is missing.
 * door_import does it by itself. */
bool door_make_room(struct door *door, int64_t bytes, enum reject *reject, char **detail);
/* What lies below the first path is told of as below the second one (a stick's copy, and the stick)
 * in receipts; both borrowed; NULL ends that. */
void door_show_as(struct door *door, const char *lies, const char *shown);
/* What was refused before anything came to the door, for the first receipt that follows; paths as
 * people are told them; borrowed; NULL: nothing. */
void door_also_refused(struct door *door, const struct reject_list *rejects);
/* The receipt of what could not even be looked at; as door_import's. */
json_t *door_refuse(struct door *door, const char *path, enum reject reject, const char *detail,
                    const char *request);
bool door_was_stopped(const struct door *door); /* the last import, by on_progress */
#define DOOR_STICK "stick-" /* what is staged under such names is the sticks' (keeper/sticks.h) */
/* What an interrupted import left in staging, and rows and media that nothing shows and no source
 * is about to. */
bool door_sweep(struct door *door);
/* SQLite's quick_check of the databases and, once a day, the library's copy. What is damaged is
 * recovered (recovery.h). False: damaged for good, or not to be copied; reported. */
bool door_check(struct door *door);
/* False: a database that could not be recovered is closed, and nothing else may be called. */
bool door_is_open(const struct door *door);
