#include "command/command.h"

#include "display/theme.h"
#include "keeper/keeper.h"

static int run(struct context *context, const void *values, int argc, char **argv) {
    (void)values;
    (void)argv;
    if (argc > 0)
        return command_usage(&command_keep);
    theme_fill_fonts(&context->config, context->paths.data);
    switch (keeper_run(&context->paths, &context->config)) {
    case KEEPER_STOPPED:
        return EXIT_DONE;
    case KEEPER_LIBRARY:
        return EXIT_LIBRARY;
    case KEEPER_HELD:
    case KEEPER_FAILED:
        break;
    }
    return EXIT_FAILED;
}

const struct command command_keep = {
    "keep",
    "",
    "Be the one writer of the library: sweep, check, wait for requests",
    "在后台维护案例库：清扫、检查、等待导入",
    NULL,
    0,
    true,
    run};
