#include "command/command.h"

#include "base/log.h"
#include "command/errand.h"

struct feature_options {
    bool off;
};

static int run(struct context *context, const void *values, int argc, char **argv) {
    const struct feature_options *options = values;
    if (argc < 1)
        return command_usage(&command_feature);
    int code = EXIT_DONE;
    json_t *receipt = errand_run(context, options->off ? REQUEST_UNFEATURE : REQUEST_FEATURE, argv,
                                 (size_t)argc, &code);
    if (!receipt)
        return code;
    size_t i = 0;
    json_t *id = NULL;
    json_array_foreach(json_object_get(receipt, options->off ? "unfeatured" : "featured"), i, id) {
        printf("%s  %s\n", options->off ? "已取消置顶 (as any other)" : "已置顶 (comes first)",
               json_string_value(id));
    }
    code =
        errand_report_ids(receipt, "案例库里没有这个编号，见 fengcai list (no case has this id)");
    json_array_foreach(json_object_get(receipt, "notices"), i, id) {
        log_error("%s: 通知不能置顶，它本来就排在案例之前 (a notice cannot be featured: it comes "
                  "before the cases as it is)",
                  json_string_value(id));
        code = EXIT_FAILED;
    }
    json_decref(receipt);
    return code;
}

static const struct option options[] = {
    {"off", OPTION_FLAG, NULL, offsetof(struct feature_options, off),
     "Let them be cases as any other again", "取消置顶", NULL},
    {0},
};

const struct command command_feature = {
    "feature",
    "ID...",
    "Put cases first on this screen, in lists and in the loop, and show them more often",
    "在这块屏幕上置顶案例：排在最前，轮播里展示更多次",
    options,
    sizeof(struct feature_options),
    false,
    run};
