#include "keeper/clerk_kinds.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "ingest/promotion.h"
#include "ingest/recall.h"
#include "ingest/sync.h"
#include "keeper/clerk.h"

void clerk_say(struct desk_answer *answer, bool good, const char *message_zh, const char *message) {
    free(answer->message_zh);
    free(answer->message);
    answer->done = true;
    answer->good = good;
    answer->message_zh = xstrdup(message_zh);
    answer->message = xstrdup(message);
}

bool clerk_refuse(struct desk_answer *answer, const char *message_zh, const char *message) {
    clerk_say(answer, false, message_zh, message);
    return true;
}

bool clerk_finish(json_t *receipt, void (*tell)(const json_t *receipt, struct desk_answer *answer),
                  struct desk_answer *answer) {
    if (receipt)
        tell(receipt, answer);
    json_decref(receipt);
    return receipt != NULL;
}

bool clerk_is_refused(const json_t *receipt) {
    const char *outcome = json_string_value(json_object_get(receipt, "outcome"));
    return !outcome || strcmp(outcome, "refused") == 0;
}

bool clerk_was_interrupted(const json_t *receipt) {
    return json_is_true(json_object_get(receipt, "interrupted"));
}

static void tell_remove(const json_t *receipt, struct desk_answer *answer) {
    bool good = clerk_was_interrupted(receipt) || !clerk_is_refused(receipt);
    clerk_say(answer, good, good ? "已删除，不再展示" : "案例库里没有这个编号",
              good ? "removed" : "no case has this id");
}

static void tell_allow(const json_t *receipt, struct desk_answer *answer) {
    bool good = clerk_was_interrupted(receipt) || !clerk_is_refused(receipt);
    clerk_say(answer, good, good ? "已允许重新展示" : "没有撤下这个编号",
              good ? "allowed" : "it is not withdrawn");
}

static void tell_hide(const json_t *receipt, struct desk_answer *answer) {
    bool good = !clerk_is_refused(receipt);
    clerk_say(answer, good, good ? "已暂不展示" : "案例库里没有这个编号",
              good ? "hidden" : "no case has this id");
}

static void tell_feature(const json_t *receipt, struct desk_answer *answer) {
    bool good = !clerk_is_refused(receipt), on = json_object_get(receipt, "featured") != NULL;
    bool notice = json_object_get(receipt, "notices") != NULL;
    clerk_say(answer, good,
              notice  ? "通知不能置顶"
              : !good ? "案例库里没有这个编号"
              : on    ? "已置顶，会排在最前，展示更多次"
                      : "已取消置顶",
              notice  ? "a notice cannot be featured"
              : !good ? "no case has this id"
              : on    ? "it comes first now, and more often"
                      : "it is a case as any other now");
}

static void tell_rollback(const json_t *receipt, struct desk_answer *answer) {
    bool good = clerk_was_interrupted(receipt) || !clerk_is_refused(receipt);
    clerk_say(answer, good, good ? "已回到上一版" : "没有更早的一版",
              good ? "back to the previous generation" : "there is no earlier generation");
}

static void tell_sync(const json_t *receipt, struct desk_answer *answer) {
    bool any = json_array_size(json_object_get(receipt, "sources")) > 0,
         good = any && !clerk_is_refused(receipt);
    clerk_say(answer, good,
              good  ? "已更新"
              : any ? "更新没有成功，原因见各来源"
                    : "没有设置内容来源",
              good  ? "updated"
              : any ? "it failed, the sources say why"
                    : "no source is configured");
}

/* NULL: refused. */
static const char *id_of(const struct clerk_work *work, struct desk_answer *answer) {
    const char *id = json_string_value(json_object_get(work->arguments, "id"));
    if (text_empty(id))
        clerk_refuse(answer, "请求缺少编号", "the request names no id");
    return text_empty(id) ? NULL : id;
}

static bool do_remove(const struct clerk_work *work, struct desk_answer *answer) {
    const char *id = id_of(work, answer);
    return !id ||
           clerk_finish(door_remove(work->door, &id, 1, work->request->uid), tell_remove, answer);
}

static bool do_hide(const struct clerk_work *work, struct desk_answer *answer) {
    const char *id = id_of(work, answer);
    return !id ||
           clerk_finish(door_hide(work->door, &id, 1, work->request->uid), tell_hide, answer);
}

static bool do_feature(const struct clerk_work *work, struct desk_answer *answer) {
    const json_t *on = json_object_get(work->arguments, "on");
    const char *id = id_of(work, answer);
    if (id && on && !json_is_boolean(on))
        return clerk_refuse(answer, "请求有误", "the request is malformed");
    return !id || clerk_finish((json_is_false(on) ? door_unfeature : door_feature)(
                                   work->door, &id, 1, work->request->uid),
                               tell_feature, answer);
}

/* What a keeper allowed that died is on no list any more. */
static bool do_allow(const struct clerk_work *work, struct desk_answer *answer) {
    const char *id = id_of(work, answer);
    if (!id)
        return true;
    bool good =
        clerk_finish(door_allow(work->door, &id, 1, work->request->uid), tell_allow, answer);
    if (good && work->again && !answer->good)
        clerk_say(answer, true, "已允许重新展示", "allowed");
    return good;
}

/* Its receipt may be of a second keeper, which found that the first had allowed it. */
void clerk_tell_again(const struct clerk_kind *kind, struct desk_answer *answer) {
    if (kind->run == do_allow && !answer->good) {
        desk_answer_finish(answer);
        clerk_say(answer, true, "已允许重新展示", "allowed");
    }
}

static bool do_rollback(const struct clerk_work *work, struct desk_answer *answer) {
    return clerk_finish(door_rollback(work->door, NULL, 0, work->request->uid), tell_rollback,
                        answer);
}

static bool do_sync(const struct clerk_work *work, struct desk_answer *answer) {
    const char *words[] = {SYNC_PAST_CACHES};
    return clerk_finish(door_sync(work->door, words, 1, work->request->uid), tell_sync, answer);
}

/* clang-format off */
static const struct clerk_kind kinds[] = {
    {CLERK_PREVIEW, clerk_preview, NULL, false},
    {"approve", clerk_approve, clerk_tell_approve, true},
    {"decline", clerk_decline, clerk_tell_decline, false},
    {"take", clerk_take, clerk_tell_take, true},
    {"remove", do_remove, tell_remove, true},
    {"allow", do_allow, tell_allow, false},
    {"hide", do_hide, tell_hide, false},
    {"feature", do_feature, tell_feature, false},
    {"rollback", do_rollback, tell_rollback, true},
    {"sync", do_sync, tell_sync, false},
    {"look", clerk_look, NULL, false},
};
/* clang-format on */

const struct clerk_kind *clerk_kind_find(const char *name) {
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].name, name) == 0)
            return kinds + i;
    return NULL;
}

json_t *clerk_settle(const struct clerk_work *work, const struct clerk_kind *kind) {
    return door_settle(work->door, strcmp(kind->name, "take") == 0 ? "import" : kind->name,
                       work->request->uid);
}
