#include "command/command.h"

#include <string.h>

#include "base/log.h"
#include "command/errand.h"

struct rollback_options {
    bool json;
};

static long long number_of(const json_t *receipt, const char *key) {
    return json_integer_value(json_object_get(receipt, key));
}

static int run(struct context *context, const void *values, int argc, char **argv) {
    const struct rollback_options *options = values;
    if (argc > 0)
        return command_usage(&command_rollback);
    int code = EXIT_DONE;
    json_t *receipt = errand_run(context, REQUEST_ROLLBACK, argv, 0, &code);
    if (!receipt)
        return code;
    const char *outcome = json_string_value(json_object_get(receipt, "outcome"));
    bool moved = strcmp(outcome, "accepted") == 0;
    if (options->json)
        errand_print_json(receipt);
    else if (moved)
        printf("已从版本 %lld 回到版本 %lld (back from generation %lld to %lld)\n",
               number_of(receipt, "from"), number_of(receipt, "generation"),
               number_of(receipt, "from"), number_of(receipt, "generation"));
    if (!moved)
        log_error("没有可以回到的版本 (there is no generation to go back to)");
    json_decref(receipt);
    return moved ? EXIT_DONE : EXIT_FAILED;
}

static const struct option options[] = {
    {"json", OPTION_FLAG, NULL, offsetof(struct rollback_options, json),
     "Print the receipt as JSON", "以 JSON 打印回执", NULL},
    {0},
};

const struct command command_rollback = {"rollback",
                                         "",
                                         "Go back to what was shown before the last change",
                                         "回到上一次改动之前的版本",
                                         options,
                                         sizeof(struct rollback_options),
                                         false,
                                         run};
