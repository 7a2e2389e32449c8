#include "command/command.h"

#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "command/who.h"
#include "library/desk.h"

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

static int set(const struct paths *paths, bool on) {
    enum pin_role role = PIN_ENTER;
    char *by = who_ask(paths->station, &role);
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
