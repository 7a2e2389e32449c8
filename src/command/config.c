#include "command/command.h"

#include <stdio.h>

#include "base/time.h"
#include "display/theme.h"
#include "library/chosen.h"

struct config_options {
    bool check, defaults, theme, reset_screen;
};

/* As a comment, so that what is printed can be a file. */
static void print_chosen(void *user, const struct chosen *chosen) {
    char at[TIME_TEXT_SIZE];
    time_format(chosen->at_ms, at);
    if (!*(int *)user)
        puts("# 在屏幕上设置的，优先于配置文件 (set at the screen, in the place of the file's):");
    ++*(int *)user;
    printf("# [%s] %s = %s  %s%s%s\n", chosen->section, chosen->key, chosen->value, chosen->by,
           *chosen->by ? "  " : "", at);
}

static bool print_all_chosen(const struct context *context) {
    int count = 0;
    return chosen_each(context->paths.station, print_chosen, &count);
}

static int reset_screen(const struct context *context) {
    if (!chosen_reset(context->paths.station))
        return EXIT_FAILED;
    puts("屏幕上的设置已全部取消，下次启动画面时按配置文件 (settings of the screen taken back; the "
         "display follows the file when it starts again)");
    return EXIT_DONE;
}

/* With --theme prints it; either way its mistakes are named. */
static int load_theme(const struct context *context, const struct config_options *options) {
    struct theme theme;
    bool good = theme_load(&theme, context->config.display.theme, context->paths.data, false);
    good = good && context->config_good && context->chosen_good;
    if (options->theme) {
        theme_print(&theme, stdout);
    } else {
        print_all_chosen(context);
        if (good)
            puts("配置无误 (the configuration is good)");
    }
    theme_finish(&theme);
    return good ? EXIT_DONE : EXIT_CONFIG;
}

static int run(struct context *context, const void *values, int argc, char **argv) {
    const struct config_options *options = values;
    (void)argv;
    if (argc > 0)
        return command_usage(&command_config);
    if (options->defaults) {
        config_print_defaults(stdout);
        return EXIT_DONE;
    }
    if (options->reset_screen)
        return reset_screen(context);
    if (options->check || options->theme)
        return load_theme(context, options);
    if (!context->config_good)
        return EXIT_CONFIG;
    config_print(&context->config, stdout);
    return print_all_chosen(context) ? EXIT_DONE : EXIT_FAILED;
}

static const struct option options[] = {
    {"check", OPTION_FLAG, NULL, offsetof(struct config_options, check),
     "Only check the configuration and the theme; mistakes are named with line and key",
     "只检查配置和主题是否有误", NULL},
    {"defaults", OPTION_FLAG, NULL, offsetof(struct config_options, defaults),
     "Print the commented default file", "打印带说明的默认配置", NULL},
    {"theme", OPTION_FLAG, NULL, offsetof(struct config_options, theme),
     "Print the theme that is chosen as a commented, complete file: one to begin an own one with",
     "打印当前主题的完整文件（带说明），可在此基础上修改", NULL},
    {"reset-screen", OPTION_FLAG, NULL, offsetof(struct config_options, reset_screen),
     "Take back what was set at the screen, so that the file counts again",
     "取消在屏幕上做的设置，恢复为配置文件所写", NULL},
    {0},
};

/* Lit, so that --defaults prints even beside a broken file. */
const struct command command_config = {"config",
                                       "",
                                       "Show, check or explain the configuration",
                                       "显示、检查或说明配置",
                                       options,
                                       sizeof(struct config_options),
                                       true,
                                       run};
