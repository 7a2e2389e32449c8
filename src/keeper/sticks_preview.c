/* What a person looks at before it is taken: copied and prepared like any other import, as drafts
 * that nobody else sees. The copy stays, so that taking it reads no stick again. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "ingest/review.h"
#include "keeper/clerk.h"
#include "keeper/sticks_private.h"

bool sticks_is_preview(const struct stick *stick) {
    return stick->ordered && stick->desk.kind && strcmp(stick->desk.kind, CLERK_PREVIEW) == 0;
}

static void drop_first(struct sticks *sticks) {
    free(sticks->previews[0].receipt);
    memmove(sticks->previews, sticks->previews + 1,
            --sticks->preview_count * sizeof *sticks->previews);
}

static void note(struct sticks *sticks, const char *uid, const json_t *receipt) {
    if (sticks->preview_count == STICK_PREVIEWS)
        drop_first(sticks);
    struct stick_preview *preview = sticks->previews + sticks->preview_count++;
    *preview =
        (struct stick_preview){.receipt = receipt ? json_dumps(receipt, JSON_COMPACT) : NULL};
    snprintf(preview->uid, sizeof preview->uid, "%s", uid);
}

void sticks_end_preview(struct sticks *sticks, struct stick *stick, const json_t *receipt) {
    note(sticks, stick->desk.uid, receipt);
    for (size_t i = 0; receipt && i < sticks->count; i++)
        sticks->sticks[i]->owns_drafts = sticks->sticks[i] == stick;
    free(stick->prepared);
    stick->prepared = receipt ? xstrdup(stick->order.words[0]) : NULL;
}

bool sticks_has_copy(const struct stick *stick) {
    return stick->prepared && stick->staging && stick->order.count == 1 &&
           strcmp(stick->order.words[0], stick->prepared) == 0;
}

void sticks_forget_preview(struct sticks *sticks, struct stick *stick) {
    sticks->stale_drafts = sticks->stale_drafts || stick->owns_drafts;
    stick->owns_drafts = false;
    free(stick->prepared);
    stick->prepared = NULL;
}

bool sticks_drop_drafts(struct sticks *sticks) {
    bool good = !sticks->stale_drafts || door_drop_drafts(sticks->door);
    sticks->stale_drafts = false;
    return good;
}

void sticks_finish_previews(struct sticks *sticks) {
    while (sticks->preview_count)
        drop_first(sticks);
}

static bool is_going_on(const struct sticks *sticks, const char *uid) {
    for (size_t i = 0; i < sticks->count; i++)
        if (sticks->sticks[i]->ordered && strcmp(sticks->sticks[i]->desk.uid, uid) == 0)
            return true;
    return false;
}

bool sticks_tell_preview(struct sticks *sticks, const char *uid, struct desk_answer *answer) {
    const struct stick_preview *preview = NULL;
    if (is_going_on(sticks, uid))
        return false;
    for (size_t i = 0; i < sticks->preview_count; i++)
        if (strcmp(sticks->previews[i].uid, uid) == 0)
            preview = sticks->previews + i;
    bool good = preview && preview->receipt;
    *answer = (struct desk_answer){
        .done = true,
        .good = good,
        .message_zh = xstrdup(good ? "可以预览" : "没有预览，U盘是否已拔出？"),
        .message = xstrdup(good ? "it may be looked at"
                                : "there is no preview: was the stick pulled out?"),
        .receipt = good ? xstrdup(preview->receipt) : NULL};
    return true;
}
