/* Reviews at the desk: by a name that has a PIN for it. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "ingest/review.h"
#include "keeper/clerk_kinds.h"
#include "library/pins.h"

struct reviewer {
    const char *name;
    bool may;
};

static void on_pin(void *user, const char *name, enum pin_role role) {
    struct reviewer *reviewer = user;
    reviewer->may = reviewer->may || (role == PIN_REVIEW && strcmp(name, reviewer->name) == 0);
}

/* {"ids": […]} or {"all": true}: the words of a review, the name first; owned, but not what they
 * point to. NULL: refused. */
static const char **review_words(const struct clerk_work *work, size_t *count,
                                 struct desk_answer *answer) {
    const json_t *ids = json_object_get(work->arguments, "ids"), *id = NULL;
    bool all = json_is_true(json_object_get(work->arguments, "all"));
    struct reviewer reviewer = {.name = work->request->by};
    size_t i = 0;
    if (!pins_each(work->paths->station, on_pin, &reviewer) || !reviewer.may) {
        clerk_refuse(answer, "这个PIN只能录入，不能审核", "this PIN may enter, but not review");
        return NULL;
    }
    if (all == (json_array_size(ids) > 0)) {
        clerk_refuse(answer, "请求缺少编号", "the request names no id");
        return NULL;
    }
    const char **words = xcalloc(json_array_size(ids) + 1, sizeof *words);
    words[0] = work->request->by;
    *count = 1;
    json_array_foreach(ids, i, id) {
        if (json_is_string(id))
            words[(*count)++] = json_string_value(id);
    }
    return words;
}

static size_t count_of(const json_t *receipt, const char *list) {
    return json_array_size(json_object_get(receipt, list));
}

static void say_approved(size_t cases, size_t own, struct desk_answer *answer) {
    char *zh = xasprintf("已审核%zu个%s", cases, own ? "；自己录入的须由另一人审核" : "");
    char *en = xasprintf("%zu approved%s", cases, own ? "; who entered one cannot review it" : "");
    clerk_say(answer, cases > 0, zh, en);
    free(en);
    free(zh);
}

void clerk_tell_approve(const json_t *receipt, struct desk_answer *answer) {
    size_t cases = count_of(receipt, "cases"), own = count_of(receipt, "own");
    if (clerk_was_interrupted(receipt))
        clerk_say(answer, true, "已审核", "approved");
    else if (!cases && !own && count_of(receipt, "withdrawn"))
        clerk_say(answer, false, "已被撤下，先在案例库里重新展示，再审核",
                  "it was taken down: show it again first");
    else if (!cases && !own)
        clerk_say(answer, false, "没有待审的案例，或刚换了新的内容",
                  "nothing waits, or it is another one now");
    else
        say_approved(cases, own, answer);
}

void clerk_tell_decline(const json_t *receipt, struct desk_answer *answer) {
    size_t declined = count_of(receipt, "declined");
    char *zh = xasprintf("已退回%zu个", declined), *en = xasprintf("%zu declined", declined);
    clerk_say(answer, declined > 0, declined ? zh : "没有待审的案例",
              declined ? en : "nothing waits");
    free(en);
    free(zh);
}

/* "until": what came later the reviewer has not seen. */
bool clerk_approve(const struct clerk_work *work, struct desk_answer *answer) {
    size_t count = 0;
    int64_t until_ms = json_integer_value(json_object_get(work->arguments, "until"));
    const char **words = review_words(work, &count, answer);
    bool good = !words || clerk_finish(door_approve_seen(work->door, words, count, until_ms,
                                                         work->request->uid),
                                       clerk_tell_approve, answer);
    free((void *)words);
    return good;
}

/* What a keeper declined that died waits no more. */
bool clerk_decline(const struct clerk_work *work, struct desk_answer *answer) {
    size_t count = 0;
    const char **words = review_words(work, &count, answer);
    bool good = !words || clerk_finish(door_decline(work->door, words, count, work->request->uid),
                                       clerk_tell_decline, answer);
    if (good && words && work->again && !answer->good)
        clerk_say(answer, true, "已退回", "declined");
    free((void *)words);
    return good;
}
