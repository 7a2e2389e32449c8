#include "command/command.h"

#include "display/theme.h"

struct config_options {
    bool check, defaults, theme;
};

/* With --theme prints it; either way its mistakes are named. */
static int load_theme(const struct context *context, const struct config_options *options) {
    struct theme theme;
    bool good = theme_load(&theme, context->config.display.theme, context->paths.data, false);
    good = good && context->config_good;
    if (options->theme)
        theme_print(&theme, stdout);
    else if (good)
        puts("配置无误 (the configuration is good)");
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
    if (options->check || options->theme)
        return load_theme(context, options);
    if (!context->config_good)
        return EXIT_CONFIG;
    config_print(&context->config, stdout);
    return EXIT_DONE;
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
