#include "command/command.h"

#include <string.h>
#include <time.h>

#include "base/log.h"
#include "command/errand.h"
#include "command/receipt.h"
#include "ingest/sync.h"

struct sync_options {
    bool once, json, no_wait;
};

static const int wait_seconds[] = {10, 60}; /* a cache may hold the old signature for so long */

/* Whether one of the sources was refused for its signature. */
static bool is_unsure(const json_t *receipt) {
    size_t i = 0;
    json_t *source = NULL;
    json_array_foreach(json_object_get(receipt, "sources"), i, source) {
        const json_t *reject = json_array_get(json_object_get(source, "rejects"), 0);
        const char *code = receipt_text(reject, "code");
        if (strcmp(code, "signature") == 0 || strcmp(code, "unsigned") == 0)
            return true;
    }
    return false;
}

static json_t *poll_until_sure(struct context *context, bool no_wait, int *code) {
    char past[] = SYNC_PAST_CACHES, *past_caches[] = {past};
    json_t *receipt = errand_run(context, REQUEST_SYNC, past_caches, 0, code);
    for (size_t i = 0; receipt && !no_wait && i < sizeof wait_seconds / sizeof *wait_seconds; i++) {
        if (!is_unsure(receipt))
            break;
        fprintf(stderr,
                "签名不对，可能是缓存还没更新，%d 秒后再试 (a wrong signature, maybe of a cache: "
                "again in so many seconds)\n",
                wait_seconds[i]);
        nanosleep(&(struct timespec){.tv_sec = wait_seconds[i]}, NULL);
        json_decref(receipt);
        receipt = errand_run(context, REQUEST_SYNC, past_caches, 1, code);
    }
    return receipt;
}

static const char *outcome_name(const char *outcome) {
    static const char *const names[][2] = {
        {"accepted", "已更新 (accepted)"},     {"partial", "部分更新 (partial)"},
        {"unchanged", "没有变化 (unchanged)"}, {"refused", "未采用 (refused)"},
        {"failed", "失败 (failed)"},           {"stopped", "已停止 (stopped)"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(outcome, names[i][0]) == 0)
            return names[i][1];
    return outcome;
}

static void print_source(const json_t *source) {
    const json_t *receipt = json_object_get(source, "receipt");
    printf("%s  %s  %s%s\n", receipt_text(source, "source"),
           outcome_name(receipt_text(source, "outcome")), receipt_text(source, "url"),
           json_is_true(json_object_get(source, "signed")) ? "" : "  未签名 (unsigned)");
    receipt_print_rejects(source, "未采用 (refused)");
    if (!json_is_object(receipt))
        return;
    printf("  更新 %zu，撤下 %zu，未变 %lld (%zu changed, %zu removed, %lld unchanged)\n",
           json_array_size(json_object_get(receipt, "cases")),
           json_array_size(json_object_get(receipt, "removed")),
           receipt_number(receipt, "unchanged"), json_array_size(json_object_get(receipt, "cases")),
           json_array_size(json_object_get(receipt, "removed")),
           receipt_number(receipt, "unchanged"));
    receipt_print_held(receipt);
    receipt_print_rejects(receipt, "未采用 (refused)");
    receipt_print_missing(receipt);
}

static int report(const json_t *receipt, bool json) {
    size_t i = 0;
    json_t *source = NULL;
    int code = EXIT_DONE;
    json_array_foreach(json_object_get(receipt, "sources"), i, source) {
        const char *outcome = receipt_text(source, "outcome");
        if (strcmp(outcome, "refused") == 0 || strcmp(outcome, "failed") == 0)
            code = EXIT_FAILED;
        if (!json)
            print_source(source);
    }
    if (json)
        errand_print_json(receipt);
    fflush(stdout);
    return code;
}

static int shortest_minutes(const struct config *config) {
    int minutes = config->sources[0].every_minutes;
    for (size_t i = 1; i < config->source_count; i++)
        if (config->sources[i].every_minutes < minutes)
            minutes = config->sources[i].every_minutes;
    return minutes;
}

static int run(struct context *context, const void *values, int argc, char **argv) {
    const struct sync_options *options = values;
    (void)argv;
    if (argc > 0)
        return command_usage(&command_sync);
    if (!context->config.source_count) {
        log_error(
            "配置里没有 [source 名称]，见 fengcai.conf(5) (the configuration names no source)");
        return EXIT_FAILED;
    }
    for (;;) {
        int code = EXIT_DONE;
        json_t *receipt = poll_until_sure(context, options->no_wait, &code);
        if (receipt)
            code = report(receipt, options->json);
        json_decref(receipt);
        if (options->once || !receipt)
            return code;
        nanosleep(&(struct timespec){.tv_sec = 60L * shortest_minutes(&context->config)}, NULL);
    }
}

#define AT(field) offsetof(struct sync_options, field)
static const struct option options[] = {
    {"once", OPTION_FLAG, NULL, AT(once), "Poll each source once and exit; otherwise go on",
     "每个源只轮询一次就退出；否则一直继续", NULL},
    {"json", OPTION_FLAG, NULL, AT(json), "Print what came of it as JSON", "以 JSON 打印结果",
     NULL},
    {"no-wait", OPTION_FLAG, NULL, AT(no_wait),
     "Report a wrong signature at once; otherwise it is tried again after 10 and 60 seconds, past "
     "the "
     "caches",
     "签名不对时立即报告；否则绕过缓存，10 秒和 60 秒后各再试一次", NULL},
    {0},
};

const struct command command_sync = {"sync",
                                     "",
                                     "Take in what the sources of the configuration publish",
                                     "从配置里的各个源取回新内容",
                                     options,
                                     sizeof(struct sync_options),
                                     false,
                                     run};
