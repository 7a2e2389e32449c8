/* approve, decline: what waits for a review, by somebody whose PIN says that they may */
#include "command/command.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "command/errand.h"
#include "command/receipt.h"
#include "command/who.h"

struct review_options {
    bool all, json;
};

/* The name of who reviews, the caller's; NULL: nobody who may, reported. */
static char *ask_reviewer(const struct paths *paths) {
    enum pin_role role = PIN_ENTER;
    char *name = who_ask(paths->station, &role);
    if (!name || role == PIN_REVIEW)
        return name;
    log_error("%s: 这个PIN只能录入，不能审核 (this PIN may enter, but not review)", name);
    free(name);
    return NULL;
}

static void print_cases(const json_t *cases, const char *done) {
    size_t i = 0;
    json_t *entry = NULL;
    json_array_foreach(cases, i, entry) {
        printf("%s  %s（%s）  %s\n", done, receipt_text(entry, "title"),
               receipt_text(entry, "school"), receipt_text(entry, "id"));
    }
}

static int tell(const struct review_options *options, const json_t *receipt) {
    size_t i = 0;
    json_t *id = NULL;
    if (options->json)
        errand_print_json(receipt);
    else
        print_cases(json_object_get(receipt, "cases"), "已审核 (approved)");
    if (!options->json)
        print_cases(json_object_get(receipt, "declined"), "已退回 (declined)");
    int code = errand_report_ids(receipt, "没有这个编号的待审案例，见 fengcai list --waiting "
                                          "(nothing of this id waits)");
    json_array_foreach(json_object_get(receipt, "own"), i, id) {
        log_error("%s: 是自己录入的，须由另一人审核 (who entered it cannot review it)",
                  json_string_value(id));
        code = EXIT_FAILED;
    }
    bool none = strcmp(receipt_text(receipt, "outcome"), "refused") == 0;
    if (none && code == EXIT_DONE && !options->json)
        puts("没有待审的案例 (nothing waits)");
    return code;
}

static int review(struct context *context, enum request_kind kind,
                  const struct review_options *options, int argc, char **argv) {
    char *who = ask_reviewer(&context->paths);
    int code = EXIT_FAILED;
    if (!who)
        return code;
    char **words = xcalloc((size_t)argc + 1, sizeof *words);
    words[0] = who;
    for (int i = 0; i < argc; i++)
        words[i + 1] = argv[i];
    json_t *receipt = errand_run(context, kind, words, (size_t)argc + 1, &code);
    if (receipt)
        code = tell(options, receipt);
    json_decref(receipt);
    free(words);
    free(who);
    return code;
}

static int approve(struct context *context, const void *values, int argc, char **argv) {
    const struct review_options *options = values;
    return options->all == (argc > 0) ? command_usage(&command_approve)
                                      : review(context, REQUEST_APPROVE, options, argc, argv);
}

static int decline(struct context *context, const void *values, int argc, char **argv) {
    const struct review_options *options = values;
    return options->all == (argc > 0) ? command_usage(&command_decline)
                                      : review(context, REQUEST_DECLINE, options, argc, argv);
}

static const struct option options[] = {
    {"all", OPTION_FLAG, NULL, offsetof(struct review_options, all), "All that waits",
     "全部待审案例", NULL},
    {"json", OPTION_FLAG, NULL, offsetof(struct review_options, json), "Print the receipt as JSON",
     "以 JSON 打印回执", NULL},
    {0},
};

const struct command command_approve = {
    "approve",
    "ID... | --all",
    "Show what waits for a review; asks for a PIN for reviewing (stdin's first line)",
    "审核通过待审案例，随即展示；要输入“审核”PIN（也可从标准输入的第一行读取）",
    options,
    sizeof(struct review_options),
    false,
    approve};

const struct command command_decline = {
    "decline",
    "ID... | --all",
    "Throw away what waits for a review; asks for a PIN likewise",
    "退回待审案例，不予展示；同样要输入“审核”PIN",
    options,
    sizeof(struct review_options),
    false,
    decline};
