#include "command/command.h"

#include "command/errand.h"

struct allow_options {
    bool json;
};

static void print_allowed(const json_t *receipt) {
    size_t i = 0;
    json_t *entry = NULL;
    json_array_foreach(json_object_get(receipt, "allowed"), i, entry) {
        bool shown = json_is_true(json_object_get(entry, "shown"));
        printf("已允许 (allowed)  %s  %s\n", json_string_value(json_object_get(entry, "id")),
               shown ? "重新展示 (shown again)" : "请再导入一次 (import it again)");
    }
}

static int run(struct context *context, const void *values, int argc, char **argv) {
    const struct allow_options *options = values;
    if (argc < 1)
        return command_usage(&command_allow);
    int code = EXIT_DONE;
    json_t *receipt = errand_run(context, REQUEST_ALLOW, argv, (size_t)argc, &code);
    if (!receipt)
        return code;
    if (options->json)
        errand_print_json(receipt);
    else
        print_allowed(receipt);
    code = errand_report_ids(receipt,
                             "没有撤下这个编号，见 fengcai list --withdrawn (it is not withdrawn)");
    json_decref(receipt);
    return code;
}

static const struct option options[] = {
    {"json", OPTION_FLAG, NULL, offsetof(struct allow_options, json), "Print the receipt as JSON",
     "以 JSON 打印回执", NULL},
    {0},
};

const struct command command_allow = {"allow",
                                      "ID...",
                                      "Let cases that were withdrawn be shown again",
                                      "允许重新展示已撤下的案例",
                                      options,
                                      sizeof(struct allow_options),
                                      false,
                                      run};
