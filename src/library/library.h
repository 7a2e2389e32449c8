/* library.h: the writer of library.db, in generations (DESIGN: State on disk)
 *
 * One process at a time (the holder of keeper.lock), one thread. An import is
 *
 *     library_begin … library_put, library_remove, … library_commit or library_abort
 *
 * Rows go out in transactions of about 4 MiB under the coming generation, which no reader sees;
 * library_commit moves the pointer in one last small transaction. A process that dies before that
 * leaves what the next library_begin or library_sweep undoes. Functions returning bool report the
 * cause of a false themselves; during an import the caller then goes to library_abort. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/paths.h"
#include "library/case.h"
#include "library/db.h"
#include "library/pending_kind.h"
#include "library/stored.h"
#include "library/sweep.h"

struct library;

enum change { CHANGE_ADDED, CHANGE_CHANGED, CHANGE_UNCHANGED };

/* Opens paths->library for writing (making it where it is missing), recovers what a crash left in
 * its journal and migrates it. paths must outlive it. NULL: reported; *result (may be NULL) says
 * why: DB_DAMAGED, DB_NEWER, DB_BUSY, DB_FULL, DB_FAILED. */
struct library *library_open(const struct paths *paths, enum db_result *result);
void library_close(struct library *library); /* aborts an open import; NULL is fine */
/* Why the last function failed. */
enum db_result library_result(const struct library *library);

/* The generation readers see; 0 before the first. */
int64_t library_generation(const struct library *library);
/* Moves the pointer to the previous generation, in one small transaction; *moved false: there is
 * none. It leads back only, never forth again: a second call goes to the one before that, as long
 * as no sweep has taken it (a sweep keeps the current one and its previous, so one step back is
 * always there after an import). What is newer stays until the next library_begin or sweep undoes
 * it. Not during an import. */
bool library_rollback(struct library *library, bool *moved);

/* From here on the pointer is moved for this request (desk.h), NULL: for none. Which one it was is
 * written in the same transaction and stays until it is moved for another one: so that a keeper
 * that died knows whether it had done what it was asked. Copied. */
void library_work_for(struct library *library, const char *request);
/* The one it was moved for last, the caller's; "": none. */
bool library_last_request(struct library *library, char **request);
/* The note of the current generation (library_commit), the caller's; "": none. */
bool library_note(struct library *library, char **note);

/* Opens the coming generation. Undoes first what is newer than the current one: what an import
 * left that did not come to its end, and a generation that was rolled back (which is then gone).
 * Numbers of generations are never used again. */
bool library_begin(struct library *library);
/* Adds the case or replaces the one with its id. A digest over the whole content (texts, level,
 * unit, phase, validity, weight, assets and code with source, caption, whole, focus and renditions;
 * not generation, twin, statement and end) decides what *change is told; of an unchanged case only
 * twin, statement and end are written, at once and for good, since they tell of the same content.
 * The renditions' files must be in media already. */
bool library_put(struct library *library, const struct case_record *record, enum change *change);
bool library_remove(struct library *library, const char *id, bool *found);

/* ---- what waits for a person's word (pending.h) */

/* The same as library_put, but it waits, and nobody else sees it: *change tells what releasing it
 * would do. Of one that is shown as it is twin, statement and end are noted, and what waited in its
 * place goes; one whose end is past waits like a change. One that waits as it is stays, under
 * whoever brought it first; with the import's end it takes the place of what waited under its id.
 */
bool library_put_pending(struct library *library, const struct case_record *record,
                         const struct pending_origin *origin, enum change *change);
/* During an import: it comes with the coming generation in the place of what is shown under its
 * id, and waits no more from the import's end on; the time that it waited does not count against
 * its end. *change as it turned out. */
bool library_release(struct library *library, const char *id, enum pending_kind kind,
                     int64_t now_ms, bool *found, enum change *change);
/* What waits is thrown away. A case of a feed that was declined is kept as such
 * (PENDING_DECLINED), until its feed says something else of it. *found false: there is none. Not
 * during an import. */
bool library_drop_pending(struct library *library, const char *id, enum pending_kind kind,
                          bool *found);
/* One of a feed that waits or was declined, as this statement has it: it is gone on with. Not
 * during an import. */
bool library_forget_pending(struct library *library, const char *id, struct hash statement,
                            bool *found);
bool library_drop_drafts(struct library *library); /* all of them; likewise */
/* What waits, in the order it came. The texts are valid during the call only; the callback must not
 * write; false ends it. */
bool library_each_pending(struct library *library, enum pending_kind kind,
                          bool (*on_case)(void *user, const struct pending_case *pending),
                          void *user);
/* Of a feed (a UUID) what waits or was declined, ordered by id. */
bool library_each_pending_of_feed(struct library *library, const char *feed,
                                  void (*on_case)(void *user, const char *id,
                                                  struct hash statement),
                                  void *user);

/* ---- */

/* Ends the transaction: what was kept so far (library_keep_renditions) lasts through a crash. */
bool library_flush(struct library *library);
/* Ends the import. When it changed nothing no generation is made and *changed is false. note says
 * where it came from ("" is fine). */
bool library_commit(struct library *library, const char *note, bool *changed);
void library_abort(struct library *library); /* harmless without an import */

/* Renditions made earlier from a source by a recipe: fills width, height, whole, focus,
 * source and renditions of *into (which must hold none; caption and kind are left alone). Not found
 * either when a file of theirs is no longer in media. May be called outside an import too. */
bool library_find_renditions(struct library *library, struct hash source, const char *recipe,
                             struct asset *into, bool *found);
/* Remembers them (asset->source, width, height, whole, focus and renditions). Only during an
 * import; kept though it be aborted, until library_sweep finds no case that uses them. */
bool library_keep_renditions(struct library *library, const char *recipe,
                             const struct asset *asset);

/* What the coming generation (outside an import: the current one) shows of a school, ordered by
 * id. The texts are valid during the call only; the callback must not write. */
bool library_each_of_school(struct library *library, const char *school,
                            void (*on_case)(void *user, const char *id, const char *title),
                            void *user);
bool library_school_known(struct library *library, const char *school); /* quiet false */
/* All cases that no feed states, in the same generation, ordered by id, withdrawn ones too. As
 * above. */
bool library_each_local(struct library *library, void (*on_case)(void *user, const char *id),
                        void *user);
/* All cases of a feed (a UUID) in the same generation, ordered by id, withdrawn ones too; statement
 * is zeroed where none is known. As above. */
bool library_each_of_feed(struct library *library, const char *feed,
                          void (*on_case)(void *user, const char *id, struct hash statement),
                          void *user);
/* The cases with this id, or with this id within a feed, in the same generation. As above. */
bool library_each_named(struct library *library, const char *id,
                        void (*on_case)(void *user, const char *id, enum level level,
                                        const char *school, const char *title),
                        void *user);
/* Whether the same generation has a case with this id and this twin. */
bool library_has_twin(struct library *library, const char *id, int64_t twin, bool *has);

/* The ids that readers must not show in any generation: replaced as a whole when they differ, at
 * once, also during an import, with which they come and go no more. Each id once. */
bool library_set_withdrawn(struct library *library, const char *const *ids, size_t count);
/* The ids that readers put first in lists and in the loop, likewise. */
bool library_set_promoted(struct library *library, const char *const *ids, size_t count);

/* Removes what neither the current nor the previous generation shows (sweep.h), and undoes what is
 * newer than the current one as library_begin does. waiting: renditions that no case uses stay, for
 * an import that was cut will want them. Not during an import. */
bool library_sweep(struct library *library, bool waiting, struct sweep *sweep);

/* What is stored beyond that, for retention. Not during an import; the callback must not write. */
bool library_each_stored(struct library *library, stored_on_case *on_case, void *user);
/* Removes these of them, and with them the media that nothing uses any more. */
bool library_drop_cases(struct library *library, const int64_t *rows, size_t count,
                        struct sweep *sweep);
/* What the files of all renditions take. */
bool library_media_bytes(struct library *library, int64_t *bytes);

/* Makes the search index of what is not in it: the cases of an older library, or all when the
 * terms are others (index.h). Cheap when nothing is missing, else about a second for 2,000 cases;
 * nothing during an import. library_begin does it too. False: reported. */
bool library_index(struct library *library);

/* SQLite's quick_check: [M] cold it reads 45 MB at 10,000 cases. False: damaged (the result is then
 * DB_DAMAGED), or it could not be read; reported. */
bool library_check(struct library *library);

/* Copies a library that has content to paths->backup, unless a program of this schema did so within
 * a day. To be called after library_check only: a copy of a damaged one would replace a good one.
 * False: reported. */
bool library_backup(struct library *library);
