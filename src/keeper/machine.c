#include "keeper/machine.h"

#include <assert.h>
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/time.h"
#include "keeper/clerk_kinds.h"
#include "library/chosen.h"

#define FRESH_MS      (60 * 1000LL)   /* an older request says nothing about the time now */
#define SAME_MS       (60 * 1000LL)   /* minutes are typed */
#define EARLIEST_MS   946684800000LL  /* 2000 */
#define LATEST_MS     4102444800000LL /* 2100 */
#define PROGRAM_MS    5000            /* a program that sets a level may take so long */
#define LEAST_PERCENT 5               /* as [display] brightness */

extern char **environ;

static enum clerk_end say(struct desk_answer *answer, bool good, const char *message_zh,
                          const char *message) {
    clerk_say(answer, good, message_zh, message);
    return CLERK_DONE;
}

/* ---- the clock */

/* It was looked at by somebody who may, and is right. */
static enum clerk_end confirm(const struct machine *machine, int64_t now_ms,
                              struct desk_answer *answer) {
    bool good = clock_confirm(machine->paths, now_ms);
    return say(answer, good, good ? "已确认现在的时间" : "无法保存，见日志",
               good ? "the time is confirmed" : "could not be saved, see the log");
}

static enum clerk_end set_clock(const struct machine *machine, int64_t to_ms,
                                struct desk_answer *answer) {
    switch (machine->set_clock(to_ms)) {
    case CLOCK_SET:
        break;
    case CLOCK_FORBIDDEN:
        return say(answer, false, "后台没有权限设置时间，请在本机运行 timedatectl set-time",
                   "the keeper may not set the clock: run timedatectl set-time on this machine");
    case CLOCK_UNSET:
        return say(answer, false, "时间设置失败，见日志",
                   "the clock could not be set, see the log");
    }
    bool good = clock_confirm(machine->paths, to_ms);
    return say(answer, good, good ? "时间已设置" : "时间已设置，但无法保存",
               good ? "the clock is set" : "the clock is set, but that could not be saved");
}

static enum clerk_end do_clock(void *user, const json_t *arguments,
                               const struct desk_request *request, struct desk_answer *answer) {
    const struct machine *machine = user;
    const json_t *time = json_object_get(arguments, "time_ms");
    int64_t now = time_now_ms(), age = now - request->made_ms;
    if (age < 0 || age > FRESH_MS)
        return say(answer, false, "已过了一分钟，请重新设置时间",
                   "that was more than a minute ago, set the time again");
    if (!time)
        return confirm(machine, now, answer);
    int64_t to = json_integer_value(time) + age;
    if (to < EARLIEST_MS || to > LATEST_MS)
        return say(answer, false, "请求里的时间不对", "the request's time_ms is no good");
    return llabs(to - now) < SAME_MS ? confirm(machine, now, answer)
                                     : set_clock(machine, to, answer);
}

/* ---- brightness and volume, each by a program */

struct fader {
    const char *kind; /* of the request */
    const char *key;  /* of the program, for messages */
    size_t program;   /* offset in struct config: char * */
    size_t percent;   /* int: what is set at the start; below `least`: nothing */
    int least;
    const char *range_zh, *range, *none_zh, *none, *set_zh, *set, *failed_zh, *failed;
};

static const struct fader levels[] = {
    {"brightness", "[display].brightness_command",
     offsetof(struct config, display.brightness_command),
     offsetof(struct config, display.brightness), LEAST_PERCENT, "亮度应为5到100",
     "percent is not within 5 to 100", "没有设置调亮度的程序（[display] brightness_command）",
     "no program for it is set ([display] brightness_command)", "亮度已设置",
     "the brightness is set", "调亮度的程序失败，见日志", "the program for it failed, see the log"},
    {"volume", "[sound].volume_command", offsetof(struct config, sound.volume_command),
     offsetof(struct config, sound.volume), 0, "音量应为0到100", "percent is not within 0 to 100",
     "没有设置调音量的程序（[sound] volume_command）",
     "no program for it is set ([sound] volume_command)", "音量已设置", "the volume is set",
     "调音量的程序失败，见日志", "the program for it failed, see the log"},
};

static const char *program_of(const struct machine *machine, const struct fader *level) {
    return *(char *const *)((const char *)machine->config + level->program);
}

/* False: it could not be started, reported. Without signals that the keeper waits for itself. */
static bool start(const struct fader *level, const char *program, int percent, pid_t *pid) {
    char number[16];
    char *words[] = {(char *)program, number, NULL};
    sigset_t none;
    posix_spawnattr_t attributes;
    snprintf(number, sizeof number, "%d", percent);
    sigemptyset(&none);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    int error = posix_spawnp(pid, program, NULL, &attributes, words, environ);
    posix_spawnattr_destroy(&attributes);
    if (error)
        log_error("%s: %s: %s", level->key, program, strerror(error));
    return error == 0;
}

/* One that hangs is ended. */
static bool finished_well(const struct fader *level, const char *program, pid_t pid) {
    int status = 0;
    int64_t until = time_monotonic_us() + PROGRAM_MS * 1000LL;
    pid_t ended = 0;
    while ((ended = waitpid(pid, &status, WNOHANG)) == 0 && time_monotonic_us() < until)
        nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    if (ended == 0) {
        kill(pid, SIGKILL);
        waitpid(pid, &status, 0);
    }
    bool good = ended == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (!good)
        log_error("%s: %s: 失败，状态 %d (it failed)", level->key, program, status);
    return good;
}

static bool set_level(const struct machine *machine, const struct fader *level, int percent) {
    const char *program = program_of(machine, level);
    pid_t pid = 0;
    return start(level, program, percent, &pid) && finished_well(level, program, pid);
}

static enum clerk_end do_level(void *user, const json_t *arguments,
                               const struct desk_request *request, struct desk_answer *answer) {
    const struct machine *machine = user;
    const struct fader *level = levels;
    const json_t *number = json_object_get(arguments, "percent");
    json_int_t percent = json_integer_value(number);
    while (strcmp(level->kind, request->kind) != 0)
        level++;
    if (!json_is_integer(number) || percent < level->least || percent > 100)
        return say(answer, false, level->range_zh, level->range);
    if (!*program_of(machine, level))
        return say(answer, false, level->none_zh, level->none);
    bool good = set_level(machine, level, (int)percent);
    return say(answer, good, good ? level->set_zh : level->failed_zh,
               good ? level->set : level->failed);
}

void machine_start(const struct machine *machine) {
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        int percent = *(const int *)((const char *)machine->config + levels[i].percent);
        if (percent >= levels[i].least && *program_of(machine, levels + i))
            set_level(machine, levels + i, percent);
    }
}

/* ---- settings */

static enum clerk_end do_settings(void *user, const json_t *arguments,
                                  const struct desk_request *request, struct desk_answer *answer) {
    struct machine *machine = user;
    (void)arguments;
    (void)request;
    bool good = chosen_apply(machine->paths->station, false, machine->config);
    return say(answer, good, good ? "设置已采用" : "有的设置不对，见日志",
               good ? "the settings count" : "some settings are no good, see the log");
}

static_assert(2 + sizeof levels / sizeof *levels == MACHINE_SKILLS, "skills");

void machine_add_skills(struct machine *machine, struct clerk_skill *skills) {
    skills[0] = (struct clerk_skill){.kind = "clock", .run = do_clock, .user = machine};
    skills[1] = (struct clerk_skill){.kind = "settings", .run = do_settings, .user = machine};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        skills[2 + i] =
            (struct clerk_skill){.kind = levels[i].kind, .run = do_level, .user = machine};
}
