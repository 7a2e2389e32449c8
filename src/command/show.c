/* `run` and `display`: the screen, with and without a keeper of its own. */
#include "command/command.h"

#include <stddef.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/memory.h"
#include "command/keeper_child.h"
#include "display/display.h"
#include "library/library.h"

struct show_options {
    struct size windowed;
    const char *rotate; /* NULL: as the config says */
    bool test;
    const char *replay; /* NULL: none */
};

static int code_of(enum display_end end) {
    return end == DISPLAY_STOPPED ? EXIT_DONE : EXIT_FAILED;
}

static int show(struct context *context, const struct show_options *options) {
    struct display_params params = {
        .paths = &context->paths,
        .config = &context->config,
        .windowed = options->windowed,
        .rotate = options->rotate ? (int)strtol(options->rotate, NULL, 10) : -1,
        .test = options->test,
        .replay = options->replay};
    return code_of(display_run(&params));
}

static int run_display(struct context *context, const void *values, int argc, char **argv) {
    (void)argv;
    if (argc > 0)
        return command_usage(&command_display);
    display_prepare();
    return paths_make(&context->paths) ? show(context, values) : EXIT_FAILED;
}

/* A journal that a power cut left is rolled back by opening for writing, before the display reads:
 * a reader cannot do it. */
static void recover(const struct paths *paths) {
    struct stat journal;
    char *path = xasprintf("%s-journal", paths->library);
    bool needed = stat(path, &journal) == 0 && journal.st_size > 0;
    free(path);
    if (!needed)
        return;
    bool held = false;
    int lock = fs_lock(paths->lock, &held);
    if (lock < 0)
        return;
    library_close(library_open(paths, NULL));
    close(lock);
}

static int run_both(struct context *context, const void *values, int argc, char **argv) {
    (void)argv;
    if (argc > 0)
        return command_usage(&command_run);
    display_prepare();
    if (!paths_make(&context->paths))
        return EXIT_FAILED;
    recover(&context->paths);
    struct keeper_child *keeper = keeper_child_start(context);
    int code = show(context, values);
    keeper_child_stop(keeper);
    return code;
}

static const struct option options[] = {
    {"windowed", OPTION_SIZE, "WxH", offsetof(struct show_options, windowed),
     "Show a window of this size instead of the whole screen; Escape closes it",
     "用这个大小的窗口代替全屏，Esc 关闭", NULL},
    {"rotate", OPTION_TEXT, "0|90|180|270", offsetof(struct show_options, rotate),
     "Turn the picture clockwise; the default is [display] rotate", "画面顺时针旋转的角度",
     "0|90|180|270"},
    {"test", OPTION_FLAG, NULL, offsetof(struct show_options, test),
     "Tell in the live state what a visitor typed and how far they scrolled; for tests",
     "在运行状态里写出访客输入的文字和滚动位置，仅供测试", NULL},
#ifdef FENGCAI_TESTING
    {"replay", OPTION_TEXT, "FILE", offsetof(struct show_options, replay),
     "Touch and type as this file says; only in builds with tests",
     "按文件中的记录触摸和输入，仅测试版有", NULL},
#endif
    {0},
};

const struct command command_run = {"run",
                                    "",
                                    "Start the keeper and show the loop",
                                    "启动后台并开始轮播",
                                    options,
                                    sizeof(struct show_options),
                                    true,
                                    run_both};
const struct command command_display = {"display",
                                        "",
                                        "Show the loop, without a keeper",
                                        "只显示画面，不启动后台",
                                        options,
                                        sizeof(struct show_options),
                                        true,
                                        run_display};
