#include "command/command.h"

struct config_options {
    bool check, defaults;
};

static int run(struct context *context, const void *values, int argc, char **argv) {
    const struct config_options *options = values;
    (void)argv;
    if (argc > 0)
        return command_usage(&command_config);
    if (options->defaults) {
        config_print_defaults(stdout);
        return EXIT_DONE;
    }
    if (!context->config_good)
        return EXIT_CONFIG;
    if (options->check)
        puts("配置无误 (the configuration is good)");
    else
        config_print(&context->config, stdout);
    return EXIT_DONE;
}

static const struct option options[] = {
    {"check", OPTION_FLAG, NULL, offsetof(struct config_options, check),
     "Only check the configuration; mistakes are named with line and key", "只检查配置是否有误",
     NULL},
    {"defaults", OPTION_FLAG, NULL, offsetof(struct config_options, defaults),
     "Print the commented default file", "打印带说明的默认配置", NULL},
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
