/* sticks.h: the sticks that are plugged in, from the first sight of one until it may be pulled out
 *
 * What happens to one is decided by stick_state.h; here it is done: a child reads (stick_child.h),
 * the door takes what was copied. Signed bundles are taken without asking ([stick] signed), the
 * rest waits for sticks_take. The keeper's thread; nothing waits for a stick. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>

#include "base/config.h"
#include "base/paths.h"
#include "ingest/import.h"
#include "ingest/request.h"
#include "ingest/stick.h"
#include "library/desk.h"

struct sticks;

/* door, paths and config must outlive it. Removes what the last ones left in staging. Never NULL;
 * without a folder in the configuration there are no sticks. */
struct sticks *sticks_create(struct door *door, const struct paths *paths,
                             const struct config *config);
void sticks_destroy(struct sticks *sticks); /* NULL is fine */
/* One more place that sticks are heard of from; takes it over. NULL is fine. */
void sticks_listen(struct sticks *sticks, struct stick_source *source);

int sticks_fd(const struct sticks *sticks);          /* to poll for reading; -1: none */
int64_t sticks_wait_ms(const struct sticks *sticks); /* until sticks_handle has to; -1: never */
/* Hears of sticks and of the child, and ends what is late. Leaves the door alone, so that it may be
 * called during an import. True: something is another now. */
bool sticks_handle(struct sticks *sticks);
/* Whether sticks_run has something to do. */
bool sticks_wait_for_door(const struct sticks *sticks);
/* Does what needs the door: judges what was seen, starts copying, takes what was copied. False: the
 * library could not be written, or told to stop. */
bool sticks_run(struct sticks *sticks);

/* A request to import whose paths all lie on one stick: copied by the child, taken and answered
 * later. True: *request was taken over. */
bool sticks_take(struct sticks *sticks, struct request *request);
/* The same for a request of the desk to take what lies at a path, by which the clerk answers
 * (CLERK_LATER). False: it lies on no stick, or *busy: on one that something else is taken from. */
bool sticks_take_for(struct sticks *sticks, const struct desk_request *request, const char *path,
                     bool *busy);
/* Takes such a request back, and what was copied for it goes. False: it is not being done. */
bool sticks_cancel(struct sticks *sticks, const char *uid);
/* The request of the desk for which the door is taking something in; NULL: none. The door is told
 * to stop after sticks_give_up, and sticks_cancel has to follow. */
const char *sticks_taking(const struct sticks *sticks);
void sticks_give_up(struct sticks *sticks);
/* The answer to a request for a preview that sticks_take_for took over. False: not yet. */
bool sticks_tell_preview(struct sticks *sticks, const char *uid, struct desk_answer *answer);
/* Asks for unmounting (packaging/systemd): a file NAME.eject in FOLDER/.ask. False: no such stick,
 * it is being read, or nobody listens there; *zh and *en say so. */
bool sticks_eject(struct sticks *sticks, const char *name, const char **zh, const char **en);

/* What is written onto sticks: the report of an import, or the folder 示例 (template.h). */
enum stick_gift { STICK_REPORT, STICK_TEMPLATE };
/* A request to write it onto the stick of that name: remounted for this alone where our units mount
 * it, by a child, and told of by sticks_tell when it is on the stick's own memory. False: it cannot
 * be, *zh and *en say why. */
bool sticks_write_for(struct sticks *sticks, const struct desk_request *request, const char *name,
                      enum stick_gift gift, const char **zh, const char **en);
/* What became of what was written for a request, once. False: it is not done yet. answer->done
 * false: nothing was to be written. */
bool sticks_tell(struct sticks *sticks, const char *uid, struct desk_answer *answer);

/* [{"name", "path", "label", "state", "text_zh", "text", "can_pull", "files", "cases", "bytes",
 *   "done_bytes", "error_zh", "error", "since": ms since 1970, another one for each that is put in,
 *   "for_ms": how long it is in its state, "request": of the desk, by which something is taken from
 * it, "" for none, "there": it was not pulled out yet, "added", "changed", "removed": cases, once
 * it was taken, "waiting": cases for a review, "titles": of up to three that are shown}], for
 * keeper.json. "cases": that came or changed; while a signed bundle is copied, that it has. */
json_t *sticks_json(const struct sticks *sticks);
