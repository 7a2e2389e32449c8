#include "command/command.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/clock.h"
#include "base/live.h"
#include "base/time.h"
#include "command/reading.h"
#include "ingest/reject.h"
#include "library/chosen.h"
#include "library/ledger.h"
#include "library/sources.h"

struct status_options {
    bool json;
};

static json_t *library_json(const struct counts *counts) {
    json_t *units = json_object();
    for (int i = 0; i < UNIT_COUNT; i++)
        json_object_set_new(units, unit_key((enum unit)i), json_integer(counts->units[i]));
    char made[TIME_TEXT_SIZE];
    time_format(counts->made_ms, made);
    return json_pack("{s:I, s:s?, s:I, s:o, s:I, s:I, s:I}", "generation",
                     (json_int_t)counts->generation, "made", *made ? made : NULL, "cases",
                     (json_int_t)counts->cases, "units", units, "notices",
                     (json_int_t)counts->notices, "assets", (json_int_t)counts->assets, "bytes",
                     (json_int_t)counts->media_bytes);
}

static json_t *last_import(const struct paths *paths) {
    struct ledger *ledger = ledger_open(paths->ledger, DB_READ_WAITING, NULL);
    struct receipt receipt = {0};
    json_t *object = NULL;
    if (ledger && ledger_last(ledger, "import", &receipt) && receipt.row) {
        char at[TIME_TEXT_SIZE];
        time_format(receipt.at_ms, at);
        json_t *whole = json_loads(receipt.json, 0, NULL);
        object = json_pack("{s:s, s:s, s:s, s:I, s:I}", "time", at, "source", receipt.source,
                           "outcome", receipt.outcome, "cases",
                           (json_int_t)json_array_size(json_object_get(whole, "cases")), "rejects",
                           (json_int_t)reject_count(json_object_get(whole, "rejects")));
        json_decref(whole);
    }
    receipt_finish(&receipt);
    ledger_close(ledger);
    return object ? object : json_null();
}

static json_t *time_json(int64_t ms) {
    char text[TIME_TEXT_SIZE];
    time_format(ms, text);
    return ms ? json_string(text) : json_null();
}

static json_t *clock_json(struct clock *clock) {
    int64_t system = time_now_ms();
    struct time_verdict verdict = clock_judge(clock, system);
    return json_pack("{s:o, s:o, s:o, s:b}", "system", time_json(system), "believed",
                     time_json(verdict.believed_ms), "confirmed",
                     time_json(clock_load(clock).confirmed_ms), "doubtful", verdict.doubtful);
}

static json_t *source_json(struct ledger *ledger, const struct source_config *source) {
    struct source_state state = {0};
    char polled[TIME_TEXT_SIZE] = "", taken[TIME_TEXT_SIZE] = "";
    if (ledger && ledger_load_source(ledger, source->name, &state)) {
        time_format(state.polled_ms, polled);
        time_format(state.taken_ms, taken);
    }
    bool good = state.fault && !*state.fault;
    json_t *object =
        json_pack("{s:s, s:s, s:b, s:I, s:s?, s:s?, s:s?, s:s?}", "name", source->name, "url",
                  source->url, "signed", *source->key != '\0', "serial", (json_int_t)state.serial,
                  "polled", *polled ? polled : NULL, "taken", *taken ? taken : NULL, "fault",
                  good || !state.fault ? NULL : state.fault, "text",
                  good || !state.fault_text ? NULL : state.fault_text);
    source_state_finish(&state);
    return object;
}

static json_t *sources_json(const struct context *context) {
    struct ledger *ledger = ledger_open(context->paths.ledger, DB_READ_WAITING, NULL);
    json_t *array = json_array();
    for (size_t i = 0; i < context->config.source_count; i++)
        json_array_append_new(array, source_json(ledger, context->config.sources + i));
    ledger_close(ledger);
    return array;
}

static void add_chosen(void *user, const struct chosen *chosen) {
    json_array_append_new(user, json_pack("{s:s, s:s, s:s, s:s, s:o}", "section", chosen->section,
                                          "key", chosen->key, "value", chosen->value, "by",
                                          chosen->by, "time", time_json(chosen->at_ms)));
}

static json_t *chosen_json(const struct paths *paths) {
    json_t *array = json_array();
    chosen_each(paths->station, add_chosen, array);
    return array;
}

static json_t *or_null(json_t *value) {
    return value ? value : json_null();
}

struct counting {
    struct reader *reader;
    int64_t now_ms;
    struct counts counts;
};

static enum read_result read_counts(void *user) {
    struct counting *counting = user;
    return reader_counts(counting->reader, counting->now_ms, &counting->counts);
}

static const char *text_at(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

static long long number_at(const json_t *object, const char *key) {
    return json_integer_value(json_object_get(object, key));
}

static void print_library(const json_t *library) {
    printf("案例 (cases): %lld", number_at(library, "cases"));
    for (int i = 0; i < UNIT_COUNT; i++)
        printf("  %s %lld", unit_name((enum unit)i),
               number_at(json_object_get(library, "units"), unit_key((enum unit)i)));
    if (number_at(library, "notices"))
        printf("\n通知 (notices): %lld", number_at(library, "notices"));
    printf("\n图片和视频 (media): %lld，%.1f MB\n版本 (generation): %lld  %s\n",
           number_at(library, "assets"), (double)number_at(library, "bytes") / 1e6,
           number_at(library, "generation"), text_at(library, "made"));
}

static void print_clock(const json_t *clock) {
    const char *confirmed = text_at(clock, "confirmed");
    printf("时钟 (clock): %s，确认于 (confirmed) %s\n", text_at(clock, "system"),
           *confirmed ? confirmed : "从未 (never)");
    if (strcmp(text_at(clock, "system"), text_at(clock, "believed")) == 0)
        return;
    printf("    时钟%s，按 %s 判断有效期 (%s; validity is judged by that)\n",
           json_is_true(json_object_get(clock, "doubtful")) ? "可疑：比确认过的时间超前太多"
                                                            : "落后",
           text_at(clock, "believed"),
           json_is_true(json_object_get(clock, "doubtful")) ? "doubtful: too far ahead" : "behind");
}

static void print_sources(const json_t *sources) {
    size_t i = 0;
    json_t *source = NULL;
    json_array_foreach(sources, i, source) {
        const char *fault = text_at(source, "text"), *taken = text_at(source, "taken");
        printf("源 (source): %s  %s%s  %s%s\n", text_at(source, "name"),
               json_is_true(json_object_get(source, "signed")) ? "" : "未签名 (unsigned)  ",
               text_at(source, "url"),
               *taken ? "最近成功 (last good) " : "还没有成功过 (never good)", taken);
        if (*fault)
            printf("    %s\n", fault);
    }
}

static void print_chosen(const json_t *settings) {
    size_t i = 0;
    json_t *chosen = NULL;
    json_array_foreach(settings, i, chosen) {
        printf("屏幕上设置 (set at the screen): [%s] %s = %s  %s  %s\n", text_at(chosen, "section"),
               text_at(chosen, "key"), text_at(chosen, "value"), text_at(chosen, "by"),
               text_at(chosen, "time"));
    }
}

static void print_sticks(const json_t *keeper) {
    size_t i = 0;
    json_t *stick = NULL;
    json_array_foreach(json_object_get(keeper, "sticks"), i, stick) {
        const char *label = text_at(stick, "label"), *error_zh = text_at(stick, "error_zh");
        printf("U盘 (stick): %s%s%s  %s (%s)", text_at(stick, "name"), *label ? " " : "", label,
               text_at(stick, "text_zh"), text_at(stick, "text"));
        if (number_at(stick, "bytes"))
            printf("  %.1f/%.1f MB", (double)number_at(stick, "done_bytes") / 1e6,
                   (double)number_at(stick, "bytes") / 1e6);
        putchar('\n');
        if (*error_zh)
            printf("    %s (%s)\n", error_zh, text_at(stick, "error"));
    }
}

static void print_status(const json_t *status) {
    print_library(json_object_get(status, "library"));
    print_clock(json_object_get(status, "clock"));
    const json_t *import = json_object_get(status, "last_import");
    if (json_is_object(import))
        printf("最近导入 (last import): %s  %s  %s\n", text_at(import, "time"),
               text_at(import, "outcome"), text_at(import, "source"));
    else
        puts("最近导入 (last import): 无 (none)");
    print_sources(json_object_get(status, "sources"));
    print_chosen(json_object_get(status, "screen_settings"));
    const json_t *keeper = json_object_get(status, "keeper");
    printf("后台 (keeper): %s\n",
           json_is_object(keeper) ? text_at(keeper, "state") : "未运行 (not running)");
    print_sticks(keeper);
    const json_t *display = json_object_get(status, "display");
    if (!json_is_object(display)) {
        puts("画面 (display): 未运行 (not running)");
        return;
    }
    const char *since = text_at(display, "since"); /* of a slide; whoever browses has none */
    printf("画面 (display): %s", text_at(display, "mode"));
    if (*text_at(display, "case"))
        printf("  %s", text_at(display, "case"));
    if (*since)
        printf("  %s，始于 (since) %s", text_at(display, "slide"), since);
    printf("，已呈现 %lld 帧 (frames)\n", number_at(display, "frames"));
}

static int run(struct context *context, const void *values, int argc, char **argv) {
    const struct status_options *options = values;
    const struct paths *paths = &context->paths;
    (void)argv;
    if (argc > 0)
        return command_usage(&command_status);
    struct clock clock;
    clock_init(&clock, paths);
    struct counting counting = {.reader = reader_open(paths->library),
                                .now_ms = clock_now(&clock).believed_ms};
    int code = reading_code(paths, reading_wait(read_counts, &counting));
    reader_close(counting.reader);
    json_t *status = json_pack(
        "{s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "version", FENGCAI_VERSION, "state",
        paths->state, "library", library_json(&counting.counts), "clock", clock_json(&clock),
        "last_import", last_import(paths), "sources", sources_json(context), "screen_settings",
        chosen_json(paths), "keeper", or_null(live_load(paths->keeper_live)), "display",
        or_null(live_load(paths->display_live)));
    if (options->json) {
        json_dumpf(status, stdout, JSON_INDENT(1));
        putchar('\n');
    } else {
        print_status(status);
    }
    json_decref(status);
    return code;
}

static const struct option options[] = {
    {"json", OPTION_FLAG, NULL, offsetof(struct status_options, json), "Print one object",
     "以 JSON 打印", NULL},
    {0},
};

const struct command command_status = {"status",
                                       "",
                                       "Say what the library holds and what is on the screen",
                                       "显示案例库与画面的状态",
                                       options,
                                       sizeof(struct status_options),
                                       false,
                                       run};
