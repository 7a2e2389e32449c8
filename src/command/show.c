/* `run` and `display`: the screen, with and without a keeper of its own. */
#include "command/command.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
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

#define MAX_WORDS      64
#define MAX_WORD_BYTES (32 << 10)

/* The words that this process was started with, one after another; how many bytes. */
static size_t read_words(char *text) {
    int fd = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
    size_t size = 0;
    for (ssize_t more = fd < 0 ? -1 : 1; more > 0 && size < MAX_WORD_BYTES;) {
        more = read(fd, text + size, MAX_WORD_BYTES - size);
        size += more > 0 ? (size_t)more : 0;
    }
    if (fd >= 0)
        close(fd);
    return size;
}

/* The administrator wants it: this process becomes the same program once more, so that whoever
 * watches over it sees no end. Returns only where that failed, reported. */
static int begin_anew(const struct paths *paths) {
    char *text = xcalloc(1, MAX_WORD_BYTES + 1), *words[MAX_WORDS + 1] = {NULL};
    size_t size = read_words(text), count = 0;
    for (char *at = text; at < text + size && count < MAX_WORDS; at += strlen(at) + 1)
        words[count++] = at;
    log_info("画面：重新启动 (the display begins anew)");
    syscall(SYS_close_range, 3u, ~0u, 0u);
    if (count)
        execv(paths->program, words);
    log_error("%s: %s", paths->program, strerror(errno));
    free(text);
    return EXIT_FAILED;
}

static int code_of(enum display_end end) {
    return end == DISPLAY_STOPPED ? EXIT_DONE : EXIT_FAILED;
}

static enum display_end show(struct context *context, const struct show_options *options) {
    struct display_params params = {
        .paths = &context->paths,
        .config = &context->config,
        .windowed = options->windowed,
        .rotate = options->rotate ? (int)strtol(options->rotate, NULL, 10) : -1,
        .test = options->test,
        .replay = options->replay};
    return display_run(&params);
}

static int run_display(struct context *context, const void *values, int argc, char **argv) {
    (void)argv;
    if (argc > 0)
        return command_usage(&command_display);
    display_prepare();
    if (!paths_make(&context->paths))
        return EXIT_FAILED;
    enum display_end end = show(context, values);
    return end == DISPLAY_RESTART ? begin_anew(&context->paths) : code_of(end);
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
    enum display_end end = show(context, values);
    keeper_child_stop(keeper);
    return end == DISPLAY_RESTART ? begin_anew(&context->paths) : code_of(end);
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
