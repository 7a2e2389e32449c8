#include "command/command.h"

#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/time.h"
#include "command/password.h"
#include "library/desk.h"
#include "library/pins.h"

static int say(const struct paths *paths) {
    bool on = false;
    if (fs_exists(paths->station)) {
        struct station *station = station_open(paths->station, DB_READ_WAITING, NULL);
        bool good = station && desk_black(station, &on);
        station_close(station);
        if (!good)
            return EXIT_FAILED;
    }
    puts(on ? "黑屏：已开启 (blackout: on)" : "黑屏：未开启 (blackout: off)");
    return EXIT_DONE;
}

static void report(enum pin_result result, int64_t wait_ms) {
    long long seconds = (long long)(wait_ms + 999) / 1000;
    switch (result) {
    case PIN_WRONG:
        if (wait_ms)
            log_error("PIN: 错误，%lld秒后才能再试 (wrong, wait so many seconds)", seconds);
        else
            log_error("PIN: 错误 (wrong)");
        break;
    case PIN_WAIT:
        log_error("PIN: 输错太多次，%lld秒后才能再试 (too many wrong ones, wait so many seconds)",
                  seconds);
        break;
    case PIN_NONE_SET:
        log_error("PIN: 还没有设置，请先用 fengcai pin set 名字 (there is none yet)");
        break;
    case PIN_GOOD:
    case PIN_FAILED:
        break;
    }
}

/* Whose PIN was typed, the caller's; NULL: reported. */
static char *ask_who(const char *station_path) {
    char *digits = password_read(PASSWORD_PIN, false), *name = NULL;
    enum pin_role role = PIN_ENTER;
    int64_t wait_ms = 0;
    if (!digits)
        return NULL;
    enum pin_result result = pins_try(station_path, digits, time_now_ms(), &name, &role, &wait_ms);
    report(result, wait_ms);
    sodium_free(digits);
    return name;
}

static int set(const struct paths *paths, bool on) {
    char *by = ask_who(paths->station);
    struct station *station = by ? station_open(paths->station, DB_WRITE, NULL) : NULL;
    bool good = station && desk_set_black(station, on, by);
    station_close(station);
    free(by);
    return good ? say(paths) : EXIT_FAILED;
}

static int run(struct context *context, const void *values, int argc, char **argv) {
    (void)values;
    if (argc == 0)
        return say(&context->paths);
    if (argc == 1 && strcmp(argv[0], "on") == 0)
        return set(&context->paths, true);
    if (argc == 1 && strcmp(argv[0], "off") == 0)
        return set(&context->paths, false);
    return command_usage(&command_blackout);
}

const struct command command_blackout = {
    "blackout",
    "[on | off]",
    "Show nothing from now on, or lift that, with a PIN; say which it is",
    "立即停止展示一切内容，或解除（需要PIN）；不带参数则显示当前状态",
    NULL,
    0,
    false,
    run};
