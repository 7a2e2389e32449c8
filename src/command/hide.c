#include "command/command.h"

#include "command/errand.h"

static int run(struct context *context, const void *values, int argc, char **argv) {
    (void)values;
    if (argc < 1)
        return command_usage(&command_hide);
    int code = EXIT_DONE;
    json_t *receipt = errand_run(context, REQUEST_HIDE, argv, (size_t)argc, &code);
    if (!receipt)
        return code;
    size_t i = 0;
    json_t *id = NULL;
    json_array_foreach(json_object_get(receipt, "hidden"), i, id) {
        printf("暂不展示 (hidden)  %s\n", json_string_value(id));
    }
    code =
        errand_report_ids(receipt, "案例库里没有这个编号，见 fengcai list (no case has this id)");
    json_decref(receipt);
    return code;
}

const struct command command_hide = {
    "hide",
    "ID...",
    "Show cases no more until they are allowed again; the library keeps them",
    "暂不展示案例，内容留在案例库里，直到用 allow 允许",
    NULL,
    0,
    false,
    run};
