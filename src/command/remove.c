#include "command/command.h"

#include "command/errand.h"

static int run(struct context *context, const void *values, int argc, char **argv) {
    (void)values;
    if (argc < 1)
        return command_usage(&command_remove);
    int code = EXIT_DONE;
    json_t *receipt = errand_run(context, REQUEST_REMOVE, argv, (size_t)argc, &code);
    if (!receipt)
        return code;
    size_t i = 0;
    json_t *id = NULL;
    json_array_foreach(json_object_get(receipt, "removed"), i, id) {
        printf("已删除 (removed)  %s\n", json_string_value(id));
    }
    code =
        errand_report_ids(receipt, "案例库里没有这个编号，见 fengcai list (no case has this id)");
    json_decref(receipt);
    return code;
}

const struct command command_remove = {
    "remove",
    "ID...",
    "Take cases out of the library, until they are allowed again",
    "从案例库中删除案例；再次导入也不展示，直到用 allow 允许",
    NULL,
    0,
    false,
    run};
