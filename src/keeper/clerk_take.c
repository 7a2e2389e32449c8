#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/memory.h"
#include "base/str.h"
#include "ingest/bundle.h"
#include "ingest/reject.h"
#include "ingest/review.h"
#include "keeper/clerk.h"
#include "keeper/clerk_kinds.h"

/* How many of the cases were changed so. */
static size_t count_changes(const json_t *receipt, const char *change) {
    size_t i = 0, count = 0;
    const json_t *entry = NULL;
    json_array_foreach(json_object_get(receipt, "cases"), i, entry) {
        const char *is = json_string_value(json_object_get(entry, "change"));
        count += is && strcmp(is, change) == 0;
    }
    return count;
}

static size_t count_of(const json_t *receipt, const char *list) {
    return json_array_size(json_object_get(receipt, list));
}

static size_t count_waiting(const json_t *receipt) {
    size_t i = 0, count = 0;
    const json_t *entry = NULL;
    json_array_foreach(json_object_get(receipt, "cases"), i, entry) {
        count += json_is_true(json_object_get(entry, "waits"));
    }
    return count;
}

static void say_counts(const json_t *receipt, struct desk_answer *answer) {
    size_t waiting = count_waiting(receipt);
    size_t added = count_changes(receipt, "added"), changed = count_changes(receipt, "changed");
    size_t removed = count_of(receipt, "removed"),
           rejects = reject_count(json_object_get(receipt, "rejects"));
    struct str zh = {0}, en = {0};
    str_addf(&zh, "新增%zu个，更新%zu个", added, changed);
    str_addf(&en, "%zu added, %zu changed", added, changed);
    if (waiting) {
        str_addf(&zh, "，其中%zu个待审", waiting);
        str_addf(&en, ", %zu of them wait for a review", waiting);
    }
    if (removed) {
        str_addf(&zh, "，移除%zu个", removed);
        str_addf(&en, ", %zu removed", removed);
    }
    if (rejects) {
        str_addf(&zh, "，%zu项未收", rejects);
        str_addf(&en, ", %zu refused", rejects);
    }
    bool same = !added && !changed && !removed && !rejects;
    clerk_say(answer, true, same ? "已是最新" : str_text(&zh),
              same ? "nothing is new" : str_text(&en));
    str_finish(&zh);
    str_finish(&en);
}

/* Why nothing was taken: the first reject's "中文 (English)", each in its own text. */
static void say_why(const json_t *receipt, struct desk_answer *answer) {
    const json_t *first = json_array_get(json_object_get(receipt, "rejects"), 0);
    const char *text = json_string_value(json_object_get(first, "text"));
    const char *english = text ? strstr(text, " (") : NULL;
    if (!english) {
        clerk_say(answer, false, text ? text : "没有可导入的内容",
                  text ? text : "nothing was taken");
        return;
    }
    char *zh = xstrndup(text, (size_t)(english - text));
    char *en = xstrndup(english + 2, strcspn(english + 2, ")"));
    clerk_say(answer, false, zh, en);
    free(en);
    free(zh);
}

void clerk_tell_take(const json_t *receipt, struct desk_answer *answer) {
    if (clerk_was_interrupted(receipt))
        clerk_say(answer, true, "已导入", "taken");
    else if (clerk_is_refused(receipt))
        say_why(receipt, answer);
    else
        say_counts(receipt, answer);
}

/* What the arguments say; the lists are owned, all else is borrowed from them. */
struct order {
    struct import_order import;
    const char **ids;
    const char **released; /* ended by NULL; NULL: none */
};

static void order_finish(struct order *order) {
    free(order->ids);
    free(order->released);
}

/* Of a list of texts, ended by NULL; NULL where there is none. False: it is no such list. */
static bool read_list(const json_t *list, const char ***texts, size_t *count) {
    size_t i = 0;
    const json_t *text = NULL;
    *texts = NULL;
    *count = 0;
    if (!list || json_is_null(list))
        return true;
    if (!json_is_array(list))
        return false;
    *texts = xcalloc(json_array_size(list) + 1, sizeof **texts);
    json_array_foreach(list, i, text) {
        if (!json_is_string(text))
            return false;
        (*texts)[(*count)++] = json_string_value(text);
    }
    return true;
}

/* False: they are wrong. To be finished in any case. */
static bool read_order(const json_t *arguments, struct order *order) {
    const char *unit = json_string_value(json_object_get(arguments, "unit"));
    size_t released = 0;
    *order = (struct order){
        .import = {.replace = json_is_true(json_object_get(arguments, "replace")),
                   .has_unit = unit != NULL,
                   .school = json_string_value(json_object_get(arguments, "school"))}};
    bool good =
        (!unit || unit_parse(unit, &order->import.unit)) &&
        read_list(json_object_get(arguments, "choose"), &order->ids, &order->import.id_count) &&
        read_list(json_object_get(arguments, "release"), &order->released, &released);
    order->import.ids = order->ids;
    return good;
}

/* What waits for a review replaces nothing. */
static bool may_replace(struct door *door, const struct order *order) {
    return !order->import.replace || review_kind(door, NULL) != PENDING_REVIEW;
}

bool clerk_can_import(struct door *door, const json_t *arguments) {
    struct order order;
    const char *path = json_string_value(json_object_get(arguments, "path"));
    bool good = read_order(arguments, &order) && !text_empty(path) && path[0] == '/' &&
                !(bundle_is(path) && (order.ids || order.import.replace)) &&
                may_replace(door, &order);
    order_finish(&order);
    return good;
}

/* As the order says; the receipt is the caller's. */
static json_t *import(struct door *door, const struct order *order, const char *path,
                      const char *uid) {
    door_order(door, bundle_is(path) && !order->import.draft ? NULL : &order->import);
    door_release(door, order->released);
    json_t *receipt = door_import(door, &path, 1, uid);
    door_release(door, NULL);
    door_order(door, NULL);
    return receipt;
}

json_t *clerk_import(struct door *door, const struct desk_request *request, const char *path) {
    struct order order;
    json_t *arguments = json_loads(request->arguments, JSON_REJECT_DUPLICATES, NULL),
           *receipt = NULL;
    door_work_for(door, request->uid, request->by);
    bool good = read_order(arguments, &order);
    order.import.draft = strcmp(request->kind, CLERK_PREVIEW) == 0;
    if (good && (!order.import.draft || door_drop_drafts(door)))
        receipt = import(door, &order, path, request->uid);
    door_work_for(door, NULL, NULL);
    order_finish(&order);
    json_decref(arguments);
    return receipt;
}

static bool take_ordered(const struct clerk_work *work, const struct order *order,
                         struct desk_answer *answer) {
    const char *path = json_string_value(json_object_get(work->arguments, "path"));
    if (text_empty(path) || path[0] != '/')
        return clerk_refuse(answer, "请求缺少路径", "the request names no absolute path");
    if (!fs_exists(path))
        return clerk_refuse(answer, "找不到U盘或文件夹，是否已拔出？",
                            "the path is not there: was the stick pulled out?");
    if (bundle_is(path) && (order->ids || order->import.replace))
        return clerk_refuse(answer, "内容包只能整个导入", "a bundle is taken as a whole");
    if (!may_replace(work->door, order))
        return clerk_refuse(answer, "双人审核时只能新增：请审核后再删除旧案例",
                            "what waits for a review replaces nothing: remove old cases after it");
    json_t *receipt = import(work->door, order, path, work->request->uid);
    if (receipt && !door_drop_drafts(work->door)) { /* of a preview of it */
        json_decref(receipt);
        receipt = NULL;
    }
    return clerk_finish(receipt, clerk_tell_take, answer);
}

/* Of what lies on no stick. */
bool clerk_preview(const struct clerk_work *work, struct desk_answer *answer) {
    const char *path = json_string_value(json_object_get(work->arguments, "path"));
    if (text_empty(path) || path[0] != '/' || !fs_exists(path))
        return clerk_refuse(answer, "找不到U盘或文件夹，是否已拔出？",
                            "the path is not there: was the stick pulled out?");
    json_t *receipt = clerk_import(work->door, work->request, path);
    if (!receipt)
        return false;
    clerk_say(answer, true, "可以预览", "it may be looked at");
    answer->receipt = json_dumps(receipt, JSON_COMPACT);
    json_decref(receipt);
    return true;
}

bool clerk_take(const struct clerk_work *work, struct desk_answer *answer) {
    struct order order;
    bool good = read_order(work->arguments, &order)
                    ? take_ordered(work, &order, answer)
                    : clerk_refuse(answer, "请求有误", "the request is malformed");
    order_finish(&order);
    return good;
}
