#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/memory.h"
#include "base/str.h"
#include "ingest/bundle.h"
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
    size_t removed = count_of(receipt, "removed"), rejects = count_of(receipt, "rejects");
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

/* What the arguments say; the list of ids is owned, all else borrowed from them. False: they are
 * wrong. */
static bool read_order(const json_t *arguments, struct import_order *order, const char ***ids) {
    const json_t *choose = json_object_get(arguments, "choose");
    const char *unit = json_string_value(json_object_get(arguments, "unit"));
    size_t i = 0;
    const json_t *id = NULL;
    *ids = NULL;
    *order =
        (struct import_order){.replace = json_is_true(json_object_get(arguments, "replace")),
                              .school = json_string_value(json_object_get(arguments, "school"))};
    if (unit && !unit_parse(unit, &order->unit))
        return false;
    order->has_unit = unit != NULL;
    if (!choose || json_is_null(choose))
        return true;
    if (!json_is_array(choose))
        return false;
    *ids = xcalloc(json_array_size(choose) + 1, sizeof **ids);
    order->ids = *ids;
    json_array_foreach(choose, i, id) {
        if (!json_is_string(id))
            return false;
        (*ids)[order->id_count++] = json_string_value(id);
    }
    return true;
}

bool clerk_can_import(const json_t *arguments) {
    struct import_order order;
    const char **ids = NULL;
    const char *path = json_string_value(json_object_get(arguments, "path"));
    bool good = !text_empty(path) && path[0] == '/' && read_order(arguments, &order, &ids) &&
                !(bundle_is(path) && (order.ids || order.replace));
    free(ids);
    return good;
}

json_t *clerk_import(struct door *door, const struct desk_request *request, const char *path) {
    struct import_order order;
    const char **ids = NULL;
    json_t *arguments = json_loads(request->arguments, JSON_REJECT_DUPLICATES, NULL),
           *receipt = NULL;
    door_work_for(door, request->uid, request->by);
    if (read_order(arguments, &order, &ids)) {
        door_order(door, bundle_is(path) ? NULL : &order);
        receipt = door_import(door, &path, 1, request->uid);
        door_order(door, NULL);
    }
    door_work_for(door, NULL, NULL);
    free(ids);
    json_decref(arguments);
    return receipt;
}

static bool take_ordered(const struct clerk_work *work, const struct import_order *order,
                         struct desk_answer *answer) {
    const char *path = json_string_value(json_object_get(work->arguments, "path"));
    if (text_empty(path) || path[0] != '/')
        return clerk_refuse(answer, "请求缺少路径", "the request names no absolute path");
    if (!fs_exists(path))
        return clerk_refuse(answer, "找不到U盘或文件夹，是否已拔出？",
                            "the path is not there: was the stick pulled out?");
    if (bundle_is(path) && (order->ids || order->replace))
        return clerk_refuse(answer, "内容包只能整个导入", "a bundle is taken as a whole");
    if (order->replace && review_kind(work->door, NULL) == PENDING_REVIEW)
        return clerk_refuse(answer, "双人审核时只能新增：请审核后再删除旧案例",
                            "what waits for a review replaces nothing: remove old cases after it");
    door_order(work->door, order);
    json_t *receipt = door_import(work->door, &path, 1, work->request->uid);
    door_order(work->door, NULL);
    return clerk_finish(receipt, clerk_tell_take, answer);
}

bool clerk_take(const struct clerk_work *work, struct desk_answer *answer) {
    struct import_order order;
    const char **ids = NULL;
    bool good = read_order(work->arguments, &order, &ids)
                    ? take_ordered(work, &order, answer)
                    : clerk_refuse(answer, "请求有误", "the request is malformed");
    free(ids);
    return good;
}
