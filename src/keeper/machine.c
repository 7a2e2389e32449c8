#include "keeper/machine.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
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
#define PROGRAM_MS    5000            /* a program that sets the brightness may take so long */
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

/* ---- brightness */

/* False: it could not be started, reported. Without signals that the keeper waits for itself. */
static bool start(const char *program, int percent, pid_t *pid) {
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
        log_error("[display].brightness_command: %s: %s", program, strerror(error));
    return error == 0;
}

/* One that hangs is ended. */
static bool finished_well(const char *program, pid_t pid) {
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
        log_error("[display].brightness_command: %s: 失败，状态 %d (it failed)", program, status);
    return good;
}

static bool brighten(const struct machine *machine, int percent) {
    const char *program = machine->config->display.brightness_command;
    pid_t pid = 0;
    return start(program, percent, &pid) && finished_well(program, pid);
}

static enum clerk_end do_brightness(void *user, const json_t *arguments,
                                    const struct desk_request *request,
                                    struct desk_answer *answer) {
    const struct machine *machine = user;
    json_int_t percent = json_integer_value(json_object_get(arguments, "percent"));
    (void)request;
    if (percent < LEAST_PERCENT || percent > 100)
        return say(answer, false, "亮度应为5到100", "percent is not within 5 to 100");
    if (!*machine->config->display.brightness_command)
        return say(answer, false, "没有设置调亮度的程序（[display] brightness_command）",
                   "no program for it is set ([display] brightness_command)");
    bool good = brighten(machine, (int)percent);
    return say(answer, good, good ? "亮度已设置" : "调亮度的程序失败，见日志",
               good ? "the brightness is set" : "the program for it failed, see the log");
}

void machine_start(const struct machine *machine) {
    const struct config *config = machine->config;
    if (config->display.brightness && *config->display.brightness_command)
        brighten(machine, config->display.brightness);
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

void machine_add_skills(struct machine *machine, struct clerk_skill *skills) {
    skills[0] = (struct clerk_skill){.kind = "clock", .run = do_clock, .user = machine};
    skills[1] = (struct clerk_skill){.kind = "brightness", .run = do_brightness, .user = machine};
    skills[2] = (struct clerk_skill){.kind = "settings", .run = do_settings, .user = machine};
}
