#include "keeper/sticks.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"
#include "base/time.h"
#include "keeper/sticks_private.h"

#define ASK_FOLDER ".ask" /* below [stick] folder; a path unit watches it */

static int64_t now_ms(void) {
    return time_monotonic_us() / 1000;
}

/* ---- life */

static void listen_to(const struct sticks *sticks, int fd) {
    struct epoll_event event = {.events = EPOLLIN};
    if (fd >= 0 && epoll_ctl(sticks->fd, EPOLL_CTL_ADD, fd, &event) != 0)
        log_warning("U盘 (stick): %s", strerror(errno));
}

void sticks_listen(struct sticks *sticks, struct stick_source *source) {
    if (!source || sticks->source_count == MAX_PLACES) {
        stick_source_destroy(source);
        return;
    }
    if (sticks->fd < 0)
        sticks->fd = epoll_create1(EPOLL_CLOEXEC);
    listen_to(sticks, source->fd);
    sticks->sources[sticks->source_count++] = source;
}

/* What the last keeper copied. */
static void sweep(const struct paths *paths) {
    DIR *dir = opendir(paths->staging);
    for (const struct dirent *entry; dir && (entry = readdir(dir));)
        if (text_starts(entry->d_name, DOOR_STICK)) {
            char *path = path_join(paths->staging, entry->d_name, NULL);
            fs_remove_tree(path);
            free(path);
        }
    if (dir)
        closedir(dir);
}

/* Who mounts sticks by our units has made the folder that they watch; where others mount them,
 * nobody would answer to a device. */
bool sticks_have_units(const struct config *config) {
    char *ask = path_join(config->stick.folder, ASK_FOLDER, NULL);
    bool has = fs_is_dir(ask);
    free(ask);
    return has;
}

struct sticks *sticks_create(struct door *door, const struct paths *paths,
                             const struct config *config) {
    struct sticks *sticks = xcalloc(1, sizeof *sticks);
    *sticks = (struct sticks){
        .door = door, .paths = paths, .config = config, .fd = -1, .stale_drafts = true};
    sweep(paths);
    if (*config->stick.folder) {
        if (sticks_have_units(config))
            sticks_listen(sticks, stick_watch_udev());
        sticks_listen(sticks, stick_watch_folder(config->stick.folder));
    }
    return sticks;
}

static void remove_bundle(const struct stick_bundle *bundle) {
    fs_remove_tree(bundle->staged);
    if (bundle->zip)
        fs_remove_tree(bundle->zip);
}

/* The same bundle on two sticks is copied to one place. */
static bool is_anothers(const struct sticks *sticks, const struct stick *stick,
                        const struct stick_bundle *bundle) {
    for (size_t i = 0; i < sticks->count; i++)
        for (size_t k = 0; k < sticks->sticks[i]->bundle_count; k++)
            if (sticks->sticks[i] != stick &&
                strcmp(sticks->sticks[i]->bundles[k].staged, bundle->staged) == 0)
                return true;
    return false;
}

void sticks_drop_bundles(const struct sticks *with_copies, struct stick *stick) {
    for (size_t i = 0; i < stick->bundle_count; i++) {
        if (with_copies && !is_anothers(with_copies, stick, stick->bundles + i))
            remove_bundle(stick->bundles + i);
        free(stick->bundles[i].from);
        free(stick->bundles[i].staged);
        free(stick->bundles[i].zip);
    }
    stick->bundle_count = 0;
}

void sticks_forget_news(struct stick *stick) {
    for (size_t i = 0; i < stick->news.title_count; i++)
        free(stick->news.titles[i]);
    stick->news = (struct stick_news){0};
}

static void remove_staging(struct stick *stick) {
    if (stick->staging)
        fs_remove_tree(stick->staging);
    free(stick->staging);
    stick->staging = NULL;
}

static void stick_destroy(struct stick *stick) {
    remove_staging(stick);
    sticks_drop_bundles(NULL, stick);
    sticks_forget_news(stick);
    reject_list_finish(&stick->refused);
    if (stick->ordered)
        sticks_finish_order(stick);
    free(stick->prepared);
    free(stick->writing.folder);
    free(stick->label);
    free(stick->path);
    free(stick);
}

static void stop_child(struct sticks *sticks) {
    pid_t stray = stick_child_stop(sticks->child);
    sticks->child = NULL;
    sticks->reading = NULL;
    for (size_t i = 0; stray && i < MAX_STRAYS; i++)
        if (!sticks->strays[i]) {
            sticks->strays[i] = stray;
            stray = 0;
        }
}

void sticks_destroy(struct sticks *sticks) {
    if (!sticks)
        return;
    stop_child(sticks);
    for (size_t i = 0; i < sticks->count; i++) {
        if (sticks->sticks[i]->ordered && !*sticks->sticks[i]->desk.uid)
            request_put_back(sticks->paths, &sticks->sticks[i]->order);
        sticks_drop_writing(sticks, sticks->sticks[i]);
        stick_destroy(sticks->sticks[i]);
    }
    for (size_t i = 0; i < sticks->source_count; i++)
        stick_source_destroy(sticks->sources[i]);
    sticks_finish_previews(sticks);
    if (sticks->fd >= 0)
        close(sticks->fd);
    free(sticks);
}

/* ---- steps */

bool sticks_are_read(const struct sticks *sticks) {
    for (size_t i = 0; i < sticks->count; i++)
        if (stick_is_read(sticks->sticks[i]->machine.state))
            return true;
    return false;
}

/* What is wrong, in one language; the caller's; "": nothing. */
static char *say_fault(const struct stick *stick, bool chinese) {
    const char *fault = stick_fault_text(stick->machine.fault, chinese);
    if (!stick->machine.fault || stick->reject == REJECT_COUNT)
        return xstrdup(fault);
    return xstrdup(reject_said(stick->reject, chinese));
}

static void say(const struct stick *stick) {
    const struct stick_machine *machine = &stick->machine;
    const char *zh = stick_state_text(machine->state, true);
    char *fault_zh = say_fault(stick, true), *fault = say_fault(stick, false);
    if (*zh)
        log_print(*fault ? LOG_LEVEL_WARNING : LOG_LEVEL_INFO,
                  "U盘 (stick) %s %s: %s (%s)%s%s%s%s%s", stick->name, stick->label, zh,
                  stick_state_text(machine->state, false), *fault ? ": " : "", fault_zh,
                  *fault ? " (" : "", fault, *fault ? ")" : "");
    free(fault_zh);
    free(fault);
}

/* Two that come in the same millisecond are two all the same. */
static int64_t came_now(const struct sticks *sticks) {
    int64_t now = time_now_ms();
    for (size_t i = 0; i < sticks->count; i++)
        if (sticks->sticks[i]->came_ms >= now)
            now = sticks->sticks[i]->came_ms + 1;
    return now;
}

/* What was copied of a bundle before it was pulled out is gone on with; all else is not kept. */
static void leave(struct sticks *sticks, struct stick *stick) {
    enum stick_state state = stick->machine.state;
    if (stick == sticks->reading && !stick_has_child(state))
        stop_child(sticks);
    if (!stick_is_read(state) && state != STICK_QUEUED) {
        sticks_drop_bundles(NULL, stick);
        bool rests = stick->machine.mounted && state != STICK_EJECTING && state != STICK_FOUND;
        if (!rests)
            sticks_forget_preview(sticks, stick);
        if (!stick->ordered && !stick->prepared)
            remove_staging(stick);
    }
    if (state == STICK_FOUND) {
        stick->seen = stick->content = false;
        stick->files = stick->cases = stick->bytes = stick->bytes_done = 0;
        sticks_forget_news(stick);
        stick->came_ms = came_now(sticks);
    }
}

void sticks_step(struct sticks *sticks, struct stick *stick, enum stick_input input,
                 enum stick_fault fault) {
    enum stick_state from = stick->machine.state;
    if (!stick_step(&stick->machine, input, fault, now_ms()))
        return;
    enum stick_state to = stick->machine.state;
    if (!stick->machine.fault && !stick_is_written(to))
        stick->reject = REJECT_COUNT;
    stick->state_ms = now_ms();
    sticks->changed = true;
    leave(sticks, stick);
    if (!stick_is_written(from) || !stick_is_written(to)) /* for people the four are one */
        say(stick);
}

struct stick *sticks_find(const struct sticks *sticks, const char *name) {
    for (size_t i = 0; i < sticks->count; i++)
        if (strcmp(sticks->sticks[i]->name, name) == 0)
            return sticks->sticks[i];
    return NULL;
}

static struct stick *find_or_add(struct sticks *sticks, const char *name) {
    struct stick *stick = sticks_find(sticks, name);
    if (stick || sticks->count == MAX_STICKS)
        return stick;
    stick = xcalloc(1, sizeof *stick);
    snprintf(stick->name, sizeof stick->name, "%s", name);
    stick->label = xstrdup("");
    stick->reject = REJECT_COUNT;
    stick->machine.until_ms = INT64_MAX;
    return sticks->sticks[sticks->count++] = stick;
}

static void put(char **to, const char *from) {
    free(*to);
    *to = xstrdup(from);
}

/* A keeper that died in the middle of writing has left it open. */
static void close_left(const struct sticks *sticks, const struct stick *stick) {
    char *writable = xasprintf("%s/%s.writable", sticks->config->stick.folder, stick->name);
    if (fs_exists(writable) && sticks_have_units(sticks->config))
        sticks_ask(sticks, stick->name, "read");
    free(writable);
}

static void on_event(void *user, const struct stick_event *event) {
    static const enum stick_input inputs[] = {
        [STICK_PLUGGED] = STICK_IN_PLUGGED,     [STICK_REFUSED] = STICK_IN_PLUGGED,
        [STICK_NO_MOUNT] = STICK_IN_NO_MOUNT,   [STICK_MOUNTED] = STICK_IN_MOUNTED,
        [STICK_UNMOUNTED] = STICK_IN_UNMOUNTED, [STICK_UNPLUGGED] = STICK_IN_UNPLUGGED};
    struct sticks *sticks = user;
    bool comes = event->kind == STICK_PLUGGED || event->kind == STICK_REFUSED ||
                 event->kind == STICK_MOUNTED;
    struct stick *stick =
        comes ? find_or_add(sticks, event->name) : sticks_find(sticks, event->name);
    if (!stick)
        return;
    if (event->label)
        put(&stick->label, event->label);
    if (event->path)
        put(&stick->path, event->path);
    enum stick_state from = stick->machine.state;
    if (event->kind == STICK_MOUNTED && (from == STICK_NEW || from == STICK_MOUNTING))
        close_left(sticks, stick);
    sticks_step(sticks, stick, inputs[event->kind], STICK_FAULT_MOUNT);
    if (event->kind == STICK_REFUSED)
        sticks_step(sticks, stick, STICK_IN_NO_MOUNT, STICK_FAULT_FILE_SYSTEM);
}

/* ---- the child */

static void on_note(void *user, const struct stick_note *note) {
    struct sticks *sticks = user;
    struct stick *stick = sticks->reading;
    if (!stick_is_written(stick->machine.state)) {
        stick->bytes_done = note->bytes_done;
        stick->bytes = note->bytes ? note->bytes : stick->bytes;
    }
    sticks->changed = true;
    stick_alive(&stick->machine, now_ms());
    if (note->kind == STICK_NOTE_BUNDLE && stick->bundle_count < STICK_BUNDLES)
        stick->bundles[stick->bundle_count++] =
            (struct stick_bundle){.from = xstrdup(note->from),
                                  .staged = xstrdup(note->staged),
                                  .zip_bytes = note->zip_bytes};
    if (note->kind == STICK_NOTE_REFUSED)
        reject_add(&stick->refused, note->from, note->reject, *note->staged ? note->staged : NULL);
    if (note->kind != STICK_NOTE_END)
        return;
    sticks->ended = true;
    sticks->result = note->result;
    sticks->written_result = note->written;
    stick->content = note->content;
    stick->refused_more = note->refused_more;
    if (stick->machine.state == STICK_LOOKING)
        stick->files = note->files;
}

static void end_reading(struct sticks *sticks, struct stick *stick) {
    static const enum stick_fault faults[] = {[STICK_READ_ERROR] = STICK_FAULT_READ,
                                              [STICK_READ_FULL] = STICK_FAULT_ROOM,
                                              [STICK_READ_DISK] = STICK_FAULT_DISK};
    if (stick_is_written(stick->machine.state)) {
        sticks_end_child(sticks, stick);
    } else if (sticks->result != STICK_READ_DONE) {
        sticks_step(sticks, stick, STICK_IN_FAILED, faults[sticks->result]);
    } else if (stick->machine.state == STICK_LOOKING) {
        stick->seen = true; /* judged by sticks_run */
        stick->machine.until_ms = INT64_MAX;
    } else {
        sticks_step(sticks, stick, STICK_IN_COPIED, STICK_FAULT_NONE);
    }
}

/* One that ends without saying how was killed, or crashed on what it read. */
static void hear_child(struct sticks *sticks) {
    struct stick *stick = sticks->reading;
    if (!sticks->child || (stick_child_handle(sticks->child, on_note, sticks) && !sticks->ended))
        return;
    if (!sticks->ended) {
        sticks->result = STICK_READ_ERROR;
        sticks->written_result = STICK_WRITE_ERROR;
    }
    stop_child(sticks);
    end_reading(sticks, stick);
}

bool sticks_start_child(struct sticks *sticks, struct stick *stick, const struct stick_job *job) {
    sticks->child = stick_child_start(job);
    sticks->ended = false;
    if (!sticks->child) {
        sticks_step(sticks, stick, STICK_IN_FAILED, STICK_FAULT_DISK);
        return false;
    }
    sticks->reading = stick;
    listen_to(sticks, stick_child_fd(sticks->child));
    return true;
}

static void start_looking(struct sticks *sticks, struct stick *stick) {
    remove_staging(stick);
    stick->staging =
        xasprintf("%s/" DOOR_STICK "look-%u", sticks->paths->staging, sticks->staged++);
    char *document = path_join(sticks->paths->helpers, "document", NULL);
    const struct stick_job job = {.work = STICK_WORK_LOOK,
                                  .root = stick->path,
                                  .staging = stick->staging,
                                  .document = document};
    sticks_step(sticks, stick, STICK_IN_TURN, STICK_FAULT_NONE);
    sticks_start_child(sticks, stick, &job);
    free(document);
}

/* The first that waits; what it waits for may need the door. */
static void give_turn(struct sticks *sticks) {
    for (size_t i = 0; i < sticks->count && !sticks_are_read(sticks); i++)
        if (sticks->sticks[i]->machine.state == STICK_FOUND)
            start_looking(sticks, sticks->sticks[i]);
        else if (sticks->sticks[i]->machine.state == STICK_QUEUED)
            return;
}

/* ---- what time does */

static void reap(struct sticks *sticks) {
    for (size_t i = 0; i < MAX_STRAYS; i++)
        if (sticks->strays[i] && waitpid(sticks->strays[i], NULL, WNOHANG) != 0)
            sticks->strays[i] = 0;
}

static void end_late(struct sticks *sticks) {
    for (size_t i = 0; i < sticks->count; i++)
        if (sticks->sticks[i]->machine.until_ms <= now_ms()) {
            sticks->sticks[i]->machine.until_ms = INT64_MAX;
            sticks_step(sticks, sticks->sticks[i], STICK_IN_LATE, STICK_FAULT_NONE);
        }
}

static void forget_gone(struct sticks *sticks) {
    size_t kept = 0;
    for (size_t i = 0; i < sticks->count; i++)
        if (sticks->sticks[i]->machine.state == STICK_GONE && !sticks->sticks[i]->ordered &&
            !sticks->sticks[i]->writing.wanted)
            stick_destroy(sticks->sticks[i]);
        else
            sticks->sticks[kept++] = sticks->sticks[i];
    sticks->count = kept;
}

bool sticks_handle(struct sticks *sticks) {
    sticks->changed = false;
    reap(sticks);
    hear_child(sticks);
    for (size_t i = 0; i < sticks->source_count; i++)
        sticks->sources[i]->handle(sticks->sources[i], on_event, sticks);
    end_late(sticks);
    sticks_write_on(sticks);
    forget_gone(sticks);
    give_turn(sticks);
    return sticks->changed;
}

int sticks_fd(const struct sticks *sticks) {
    return sticks->fd;
}

int64_t sticks_wait_ms(const struct sticks *sticks) {
    int64_t first = INT64_MAX, now = now_ms();
    for (size_t i = 0; i < sticks->count; i++)
        if (sticks->sticks[i]->machine.until_ms < first)
            first = sticks->sticks[i]->machine.until_ms;
    return first == INT64_MAX ? -1 : first > now ? first - now : 0;
}

/* ---- what people see and ask for */

/* Made at once and not by rename: who watches the folder takes whatever lies there. */
bool sticks_ask(const struct sticks *sticks, const char *name, const char *what) {
    char *path = xasprintf("%s/" ASK_FOLDER "/%s.%s", sticks->config->stick.folder, name, what);
    int fd = open(path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        log_error("%s: %s", path, strerror(errno));
    else
        close(fd);
    free(path);
    return fd >= 0;
}

bool sticks_eject(struct sticks *sticks, const char *name, const char **zh, const char **en) {
    static const char *const why[][2] = {
        {"没有这个U盘", "no such stick"},
        {"U盘正在使用，请稍候", "it is in use, wait a moment"},
        {"无法断开，直接拔出即可", "nobody unmounts here: just pull it out"}};
    struct stick *stick = sticks_find(sticks, name);
    enum stick_state state = stick ? stick->machine.state : STICK_GONE;
    bool rests = stick_may_go(state) || state == STICK_ASKING;
    int reason = !stick ? 0 : !rests ? 1 : 2;
    *zh = why[reason][0];
    *en = why[reason][1];
    if (reason < 2 || !sticks_have_units(sticks->config) || !sticks_ask(sticks, name, "eject"))
        return false;
    sticks_step(sticks, stick, STICK_IN_EJECT, STICK_FAULT_NONE);
    return true;
}

/* What came of it. */
static void add_news(json_t *object, const struct stick_news *news) {
    json_t *titles = json_array();
    for (size_t i = 0; i < news->title_count; i++)
        json_array_append_new(titles, json_string(news->titles[i]));
    json_object_update_new(
        object, json_pack("{s:I, s:I, s:I, s:I, s:o}", "added", (json_int_t)news->added, "changed",
                          (json_int_t)news->changed, "removed", (json_int_t)news->removed,
                          "waiting", (json_int_t)news->waiting, "titles", titles));
}

static json_t *stick_json(const struct stick *stick) {
    const struct stick_machine *machine = &stick->machine;
    char *error_zh = say_fault(stick, true), *error = say_fault(stick, false);
    json_t *object = json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:I, s:I, s:I, s:I, s:s, s:s, s:I, s:I, s:s}", "name",
        stick->name, "path", stick->path ? stick->path : "", "label", stick->label, "state",
        stick_state_name(machine->state), "text_zh", stick_state_text(machine->state, true), "text",
        stick_state_text(machine->state, false), "can_pull", stick_may_go(machine->state), "files",
        (json_int_t)stick->files, "cases", (json_int_t)stick->cases, "bytes",
        (json_int_t)stick->bytes, "done_bytes", (json_int_t)stick->bytes_done, "error_zh", error_zh,
        "error", error, "since", (json_int_t)stick->came_ms, "for_ms",
        (json_int_t)(now_ms() - stick->state_ms), "request", stick->ordered ? stick->desk.uid : "");
    json_object_set_new(object, "preview", json_boolean(sticks_is_preview(stick)));
    json_object_set_new(object, "there", json_boolean(machine->device || machine->mounted));
    add_news(object, &stick->news);
    free(error_zh);
    free(error);
    return object;
}

json_t *sticks_json(const struct sticks *sticks) {
    json_t *array = json_array();
    for (size_t i = 0; i < sticks->count; i++)
        if (sticks->sticks[i]->machine.state != STICK_GONE)
            json_array_append_new(array, stick_json(sticks->sticks[i]));
    return array;
}
