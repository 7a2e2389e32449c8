#include "keeper/clerk.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "ingest/door.h"
#include "keeper/clerk_kinds.h"
#include "library/answers.h"

#define MAX_TRIES    5    /* of a request that each time ends the keeper */
#define AGAIN_MS     1000 /* the display is writing, or must mend station.db first */
#define STATION_NAME "station.db"
#define KIND_CANCEL  "cancel"
#define CHANGED      (IN_MODIFY | IN_CLOSE_WRITE)
#define APPEARED     (IN_CREATE | IN_MOVED_TO)

struct clerk {
    struct door *door;
    const struct paths *paths;
    const struct clerk_host *host;
    const struct clerk_skill *skills;
    size_t skill_count;
    int watch;
    bool touched;                  /* something may have come since the desk was read */
    bool unread;                   /* the desk could not be read */
    struct desk_request *requests; /* owned: those without an answer, oldest first */
    size_t count;
    struct desk_request *later; /* owned: what is done beside the keeper */
    size_t later_count;
    const struct desk_request *doing; /* one of a list of its own; NULL: none */
    bool cancelled;                   /* what is being done was taken back */
};

/* ---- hearing of it */

/* The file itself, so that the library's commits, in the same folder, wake nobody. */
static void watch_station(struct clerk *clerk) {
    inotify_add_watch(clerk->watch, clerk->paths->station, CHANGED);
}

static bool watch(struct clerk *clerk) {
    clerk->watch = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (clerk->watch >= 0 && inotify_add_watch(clerk->watch, clerk->paths->state, APPEARED) >= 0) {
        watch_station(clerk);
        return true;
    }
    log_error("%s: 无法监视 (cannot be watched): %s", clerk->paths->state, strerror(errno));
    return false;
}

struct clerk *clerk_create(struct door *door, const struct paths *paths,
                           const struct clerk_host *host, const struct clerk_skill *skills,
                           size_t skill_count) {
    struct clerk *clerk = xcalloc(1, sizeof *clerk);
    *clerk = (struct clerk){.door = door,
                            .paths = paths,
                            .host = host,
                            .skills = skills,
                            .skill_count = skill_count,
                            .touched = true};
    if (watch(clerk))
        return clerk;
    clerk_destroy(clerk);
    return NULL;
}

static void forget(struct clerk *clerk) {
    for (size_t i = 0; i < clerk->count; i++)
        desk_request_finish(clerk->requests + i);
    free(clerk->requests);
    clerk->requests = NULL;
    clerk->count = 0;
}

void clerk_destroy(struct clerk *clerk) {
    if (!clerk)
        return;
    forget(clerk);
    for (size_t i = 0; i < clerk->later_count; i++)
        desk_request_finish(clerk->later + i);
    free(clerk->later);
    if (clerk->watch >= 0)
        close(clerk->watch);
    free(clerk);
}

int clerk_fd(const struct clerk *clerk) {
    return clerk->watch;
}

void clerk_handle(struct clerk *clerk) {
    _Alignas(struct inotify_event) char events[4096];
    bool any = false;
    for (ssize_t size; (size = read(clerk->watch, events, sizeof events)) > 0;)
        for (char *at = events; at < events + size;) {
            const struct inotify_event *event = (const struct inotify_event *)at;
            any = any || !event->len || strcmp(event->name, STATION_NAME) == 0;
            at += sizeof *event + event->len;
        }
    if (any)
        watch_station(clerk); /* it may be another file */
    clerk->touched = clerk->touched || any;
}

int clerk_wait_ms(const struct clerk *clerk) {
    return clerk->unread ? AGAIN_MS : -1;
}

/* ---- reading the desk */

struct reading {
    struct clerk *clerk;
    bool good;
};

static void append(struct desk_request **list, size_t *count, const struct desk_request *request) {
    *list = xrealloc(*list, *count + 1, sizeof **list);
    (*list)[(*count)++] = desk_request_copy(request);
}

/* NULL: it is not done beside the keeper. */
static struct desk_request *find_later(const struct clerk *clerk, const char *uid) {
    for (size_t i = 0; i < clerk->later_count; i++)
        if (strcmp(clerk->later[i].uid, uid) == 0)
            return clerk->later + i;
    return NULL;
}

static void drop_later(struct clerk *clerk, struct desk_request *request) {
    desk_request_finish(request);
    *request = clerk->later[--clerk->later_count];
}

static bool on_request(void *user, const struct desk_request *request) {
    struct reading *reading = user;
    const struct desk_request *doing = reading->clerk->doing;
    struct desk_answer answer;
    if ((doing && strcmp(doing->uid, request->uid) == 0) ||
        find_later(reading->clerk, request->uid))
        return true;
    reading->good = answers_find(reading->clerk->door->ledger, request->uid, &answer);
    if (reading->good && !answer.done)
        append(&reading->clerk->requests, &reading->clerk->count, request);
    desk_answer_finish(&answer);
    return reading->good;
}

/* Anew. False: the ledger failed; a desk that cannot be read is looked at
 * again. */
static bool look(struct clerk *clerk) {
    struct reading reading = {.clerk = clerk, .good = true};
    enum db_result result = DB_DONE;
    forget(clerk);
    clerk->touched = clerk->unread = false;
    struct station *station = station_open(clerk->paths->station, DB_READ_WAITING, &result);
    if (!station)
        clerk->unread = result == DB_BUSY; /* else its writer must touch it first */
    else
        clerk->unread = !desk_each(station, on_request, &reading);
    station_close(station);
    return reading.good;
}

/* The uid that a request to cancel names, the caller's; NULL: it is none, or names none. */
static char *cancels(const struct desk_request *request) {
    if (strcmp(request->kind, KIND_CANCEL) != 0)
        return NULL;
    json_t *arguments = json_loads(request->arguments, 0, NULL);
    char *uid = xstrdup(json_string_value(json_object_get(arguments, "uid")));
    json_decref(arguments);
    return uid;
}

static bool is_taken_back(const struct clerk *clerk, const char *by_uid) {
    bool is = false;
    for (size_t i = 0; !is && i < clerk->count; i++) {
        char *uid = cancels(clerk->requests + i);
        is = uid && strcmp(uid, by_uid) == 0;
        free(uid);
    }
    return is;
}

/* What came until now, without waiting. False: the ledger failed. */
static bool hear(struct clerk *clerk) {
    struct pollfd watch = {.fd = clerk->watch, .events = POLLIN};
    if (poll(&watch, 1, 0) > 0)
        clerk_handle(clerk);
    return !clerk->touched || look(clerk);
}

bool clerk_is_asked(struct clerk *clerk) {
    hear(clerk);
    return clerk->count > 0;
}

bool clerk_is_cancelled(struct clerk *clerk) {
    if (clerk->doing && !clerk->cancelled) {
        hear(clerk);
        clerk->cancelled = is_taken_back(clerk, clerk->doing->uid);
    }
    return clerk->cancelled;
}

bool clerk_takes_back(struct clerk *clerk, const char *uid) {
    hear(clerk);
    return is_taken_back(clerk, uid);
}

/* ---- doing it */

static bool must_stop(void *user) {
    struct clerk *clerk = user;
    return clerk->host->must_stop(clerk->host->user) || clerk_is_cancelled(clerk);
}

static const struct clerk_skill *find_skill(const struct clerk *clerk, const char *kind) {
    for (size_t i = 0; i < clerk->skill_count; i++)
        if (strcmp(clerk->skills[i].kind, kind) == 0)
            return clerk->skills + i;
    return NULL;
}

static enum clerk_end run(const struct clerk_work *work, struct clerk *clerk,
                          struct desk_answer *answer) {
    const struct clerk_skill *skill = find_skill(clerk, work->request->kind);
    const struct clerk_kind *kind = clerk_kind_find(work->request->kind);
    enum clerk_end end = CLERK_PASS;
    if (!json_is_object(work->arguments))
        clerk_refuse(answer, "请求有误", "the request is malformed");
    else if (skill)
        end = skill->run(skill->user, work->arguments, work->request, answer);
    else if (!kind)
        clerk_refuse(answer, "这个版本不会做这件事", "this version cannot do that");
    if (end != CLERK_PASS || answer->done)
        return end == CLERK_PASS ? CLERK_DONE : end;
    if (!kind)
        return clerk_refuse(answer, "没有这个U盘", "there is no such stick") ? CLERK_DONE : end;
    return kind->run(work, answer) ? CLERK_DONE : CLERK_STOPPED;
}

/* What a keeper that died has done of it already, by the library's pointer or by its receipt.
 * False: the ledger or the library failed. */
static bool settle(const struct clerk_work *work, struct desk_answer *answer) {
    const struct clerk_kind *kind = clerk_kind_find(work->request->kind);
    char *last = NULL, *text = NULL;
    if (!kind || !kind->tell)
        return true;
    bool good = ledger_find_request(work->door->ledger, work->request->uid, &text) &&
                library_last_request(work->door->library, &last);
    json_t *receipt = text ? json_loads(text, 0, NULL) : NULL;
    if (good && !text && kind->marks && strcmp(last, work->request->uid) == 0) {
        receipt = clerk_settle(work, kind);
        good = receipt != NULL;
    }
    if (receipt)
        clerk_finish(receipt, kind->tell, answer);
    if (receipt && answers_tries(work->door->ledger, work->request->uid) > 1)
        clerk_tell_again(kind, answer);
    free(last);
    free(text);
    return good;
}

/* Those that are older than the one the library was changed for last were done before it: the
 * ledger that said so is lost. */
static bool is_before_last(const struct clerk *clerk, size_t index) {
    char *last = NULL;
    bool before = false;
    if (library_last_request(clerk->door->library, &last))
        for (size_t i = index + 1; i < clerk->count; i++)
            before = before || strcmp(clerk->requests[i].uid, last) == 0;
    free(last);
    return before;
}

/* Begins it and does it. False: stopped, or failed. */
static bool try_it(struct clerk *clerk, struct clerk_work *work, struct desk_answer *answer) {
    struct ledger *ledger = clerk->door->ledger;
    const char *uid = work->request->uid;
    int tries = 0;
    if (!answers_begin(ledger, uid, &tries))
        return false;
    work->again = tries > 1;
    if (tries > MAX_TRIES)
        return clerk_refuse(answer, "多次未能完成，已放弃", "given up after several tries");
    door_begin_work(clerk->door);
    enum clerk_end end = run(work, clerk, answer);
    bool good = end != CLERK_STOPPED;
    if (end == CLERK_LATER)
        append(&clerk->later, &clerk->later_count, work->request);
    if (!good && clerk->cancelled && !fs_sync_has_failed())
        return clerk_refuse(answer, "已取消", "cancelled");
    if (!good && clerk->host->must_stop(clerk->host->user))
        answers_put_back(ledger, uid);
    return good;
}

static bool do_request(struct clerk *clerk, const struct desk_request *request, bool past,
                       bool taken_back) {
    struct desk_answer answer = {0};
    struct clerk_work work = {.door = clerk->door,
                              .paths = clerk->paths,
                              .request = request,
                              .must_stop = must_stop,
                              .user = clerk};
    json_t *arguments = json_loads(request->arguments, JSON_REJECT_DUPLICATES, NULL);
    work.arguments = arguments;
    clerk->doing = request;
    clerk->cancelled = false;
    clerk->host->on_request(clerk->host->user, request);
    door_work_for(clerk->door, request->uid, request->by);
    bool good = settle(&work, &answer);
    if (good && !answer.done && past)
        clerk_say(&answer, true, "此前已完成", "it was done before");
    else if (good && !answer.done && taken_back)
        clerk_refuse(&answer, "已取消", "cancelled");
    else if (good && !answer.done)
        good = try_it(clerk, &work, &answer);
    good = good && !fs_sync_has_failed() &&
           (!answer.done || answers_end(clerk->door->ledger, request->uid, &answer));
    door_work_for(clerk->door, NULL, NULL);
    clerk->doing = NULL;
    clerk->cancelled = false;
    clerk->host->on_request(clerk->host->user, NULL);
    desk_answer_finish(&answer);
    json_decref(arguments);
    return good;
}

/* Of what is done beside the keeper. False: the ledger failed. */
static bool cancel_later(struct clerk *clerk, struct desk_request *request) {
    const struct clerk_skill *skill = find_skill(clerk, request->kind);
    struct desk_answer answer = {0};
    bool good = true;
    if (skill && skill->cancel && skill->cancel(skill->user, request)) {
        clerk_refuse(&answer, "已取消", "cancelled");
        good = clerk_answer(clerk, request->uid, &answer);
    }
    desk_answer_finish(&answer);
    return good;
}

/* What it takes back came before it: it is answered by now, or done beside the keeper. */
static bool do_cancel(struct clerk *clerk, const struct desk_request *request) {
    struct desk_answer answer = {0}, other = {0};
    char *uid = cancels(request);
    struct desk_request *later = uid ? find_later(clerk, uid) : NULL;
    bool good = (!later || cancel_later(clerk, later)) &&
                (!uid || answers_find(clerk->door->ledger, uid, &other));
    if (!other.done && !later)
        clerk_refuse(&answer, "没有这个请求", "there is no such request");
    else if (!other.done)
        clerk_refuse(&answer, "现在无法取消", "it cannot be taken back now");
    else if (other.good)
        clerk_refuse(&answer, "已经完成，无法取消", "it is done already");
    else
        clerk_say(&answer, true, "已取消", "cancelled");
    good = good && answers_end(clerk->door->ledger, request->uid, &answer);
    desk_answer_finish(&other);
    desk_answer_finish(&answer);
    free(uid);
    return good;
}

bool clerk_answer(struct clerk *clerk, const char *uid, const struct desk_answer *answer) {
    struct desk_request *later = find_later(clerk, uid);
    bool good = answers_end(clerk->door->ledger, uid, answer);
    if (good && later)
        drop_later(clerk, later);
    return good;
}

static bool is_complete(const struct clerk *clerk, const struct desk_request *request,
                        struct desk_answer *answer) {
    const struct clerk_skill *skill = find_skill(clerk, request->kind);
    bool complete = !skill || !skill->complete || skill->complete(skill->user, request, answer);
    return complete && answer->done;
}

/* What was done beside the keeper and has its receipt, or is complete. False: the ledger failed. */
static bool answer_later(struct clerk *clerk) {
    bool good = true;
    for (size_t i = clerk->later_count; good && i-- > 0;) {
        struct desk_answer answer = {0};
        const struct clerk_work work = {.door = clerk->door, .request = clerk->later + i};
        good = settle(&work, &answer) && (!is_complete(clerk, work.request, &answer) ||
                                          clerk_answer(clerk, clerk->later[i].uid, &answer));
        desk_answer_finish(&answer);
    }
    return good;
}

/* The oldest; it leaves the list. */
static bool do_first(struct clerk *clerk) {
    bool past = is_before_last(clerk, 0), taken_back = is_taken_back(clerk, clerk->requests[0].uid);
    struct desk_request request = clerk->requests[0];
    memmove(clerk->requests, clerk->requests + 1, --clerk->count * sizeof request);
    bool good = strcmp(request.kind, KIND_CANCEL) == 0
                    ? do_cancel(clerk, &request)
                    : do_request(clerk, &request, past, taken_back);
    desk_request_finish(&request);
    return good;
}

bool clerk_work(struct clerk *clerk) {
    bool good = answer_later(clerk) && (!clerk->unread || look(clerk)) && hear(clerk);
    while (good && clerk->count)
        good = !clerk->host->must_stop(clerk->host->user) && do_first(clerk) && hear(clerk);
    return good;
}
