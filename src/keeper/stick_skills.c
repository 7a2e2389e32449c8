#include "keeper/stick_skills.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static enum clerk_end say(struct desk_answer *answer, bool good, const char *zh, const char *en) {
    *answer = (struct desk_answer){
        .done = true, .good = good, .message_zh = xstrdup(zh), .message = xstrdup(en)};
    return CLERK_DONE;
}

/* A request to take what lies on a stick: a child copies it first, so that a stick that hangs
 * stalls nobody. */
static enum clerk_end take(void *user, const json_t *arguments, const struct desk_request *request,
                           struct desk_answer *answer) {
    struct stick_skills *skills = user;
    const char *path = json_string_value(json_object_get(arguments, "path"));
    bool busy = false;
    if (!clerk_can_import(skills->door, arguments))
        return CLERK_PASS;
    if (sticks_take_for(skills->sticks, request, path, &busy))
        return CLERK_LATER;
    return busy ? say(answer, false, "这个U盘正在导入，请稍候",
                      "this stick is being taken in, please wait")
                : CLERK_PASS;
}

static bool complete_preview(void *user, const struct desk_request *request,
                             struct desk_answer *answer) {
    return sticks_tell_preview(((struct stick_skills *)user)->sticks, request->uid, answer);
}

static void add(char **text, const char *more) {
    char *longer = xasprintf("%s%s", *text, more);
    free(*text);
    *text = longer;
}

static bool cancel_take(void *user, const struct desk_request *request) {
    struct stick_skills *skills = user;
    bool good = sticks_cancel(skills->sticks, request->uid);
    if (good)
        skills->on_change(skills->user);
    return good;
}

/* What was taken is told with what became of the report that followed. */
static bool complete_take(void *user, const struct desk_request *request,
                          struct desk_answer *answer) {
    struct desk_answer report = {0};
    bool complete = sticks_tell(((struct stick_skills *)user)->sticks, request->uid, &report);
    if (complete && report.done && answer->done) {
        add(&answer->message_zh, "；");
        add(&answer->message_zh, report.message_zh);
        add(&answer->message, "; ");
        add(&answer->message, report.message);
    }
    desk_answer_finish(&report);
    return complete;
}

/* NULL: answered. */
static const char *stick_of(const json_t *arguments, struct desk_answer *answer) {
    const char *name = json_string_value(json_object_get(arguments, "stick"));
    if (!name)
        say(answer, false, "请求缺少U盘的名字", "the request names no stick");
    return name;
}

/* A request that a stick may be pulled out: {"stick": its name}. */
static enum clerk_end eject(void *user, const json_t *arguments, const struct desk_request *request,
                            struct desk_answer *answer) {
    const char *name = stick_of(arguments, answer), *zh = NULL, *en = NULL;
    (void)request;
    if (!name)
        return CLERK_DONE;
    return sticks_eject(((struct stick_skills *)user)->sticks, name, &zh, &en)
               ? say(answer, true, "可以拔出U盘", "the stick may be pulled out")
               : say(answer, false, zh, en);
}

static enum clerk_end write_gift(void *user, const json_t *arguments,
                                 const struct desk_request *request, enum stick_gift gift,
                                 struct desk_answer *answer) {
    const char *name = stick_of(arguments, answer), *zh = NULL, *en = NULL;
    if (!name)
        return CLERK_DONE;
    return sticks_write_for(((struct stick_skills *)user)->sticks, request, name, gift, &zh, &en)
               ? CLERK_LATER
               : say(answer, false, zh, en);
}

static enum clerk_end report(void *user, const json_t *arguments,
                             const struct desk_request *request, struct desk_answer *answer) {
    return write_gift(user, arguments, request, STICK_REPORT, answer);
}

static enum clerk_end template(void *user, const json_t *arguments,
                               const struct desk_request *request, struct desk_answer *answer) {
    return write_gift(user, arguments, request, STICK_TEMPLATE, answer);
}

static bool complete_gift(void *user, const struct desk_request *request,
                          struct desk_answer *answer) {
    bool complete = sticks_tell(((struct stick_skills *)user)->sticks, request->uid, answer);
    if (complete && answer->done && answer->good) {
        add(&answer->message_zh, "，可以拔出");
        add(&answer->message, ", which may be pulled out");
    }
    return complete;
}

void stick_skills_init(struct stick_skills *skills, struct door *door, struct sticks *sticks,
                       void (*on_change)(void *user), void *user) {
    const struct clerk_skill all[STICK_SKILLS] = {
        {.kind = "take", .run = take, .cancel = cancel_take, .complete = complete_take},
        {.kind = CLERK_PREVIEW, .run = take, .cancel = cancel_take, .complete = complete_preview},
        {.kind = "eject", .run = eject},
        {.kind = "report", .run = report, .complete = complete_gift},
        {.kind = "template", .run = template, .complete = complete_gift},
    };
    *skills =
        (struct stick_skills){.door = door, .sticks = sticks, .on_change = on_change, .user = user};
    for (size_t i = 0; i < STICK_SKILLS; i++) {
        skills->skills[i] = all[i];
        skills->skills[i].user = skills;
    }
}
