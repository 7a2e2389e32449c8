#include "command/command.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/memory.h"
#include "base/str.h"
#include "command/errand.h"
#include "ingest/missing.h"
#include "ingest/tidy.h"
#include "library/case.h"

struct import_options {
    bool json;
};

static const char *text_of(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

static const char *change_name(const char *change) {
    return strcmp(change, "added") == 0     ? "新增 (added)    "
           : strcmp(change, "changed") == 0 ? "更新 (changed)  "
                                            : "未变 (unchanged)";
}

static void print_cases(const json_t *receipt, int counts[3]) {
    size_t i = 0;
    json_t *entry = NULL;
    json_array_foreach(json_object_get(receipt, "cases"), i, entry) {
        const char *change = text_of(entry, "change");
        enum unit unit = UNIT_PARTY;
        unit_parse(text_of(entry, "unit"), &unit);
        counts[strcmp(change, "added") == 0 ? 0 : strcmp(change, "changed") == 0 ? 1 : 2]++;
        bool code = json_is_true(json_object_get(entry, "code"));
        printf("%s  %s  %s（%s）%s\n", change_name(change), unit_name(unit),
               text_of(entry, "title"), text_of(entry, "school"),
               code ? "  含二维码 (with its code)" : "");
    }
    json_array_foreach(json_object_get(receipt, "similar"), i, entry) {
        printf("提示：“%s”与已有的“%s”标题相近，可能是同一案例的更新 (possibly an update of it)\n",
               text_of(entry, "id"), text_of(entry, "to"));
    }
    json_array_foreach(json_object_get(receipt, "rejects"), i, entry) {
        printf("未导入 (refused)  %s\n    %s\n    → %s\n", text_of(entry, "path"),
               text_of(entry, "text"), text_of(entry, "advice"));
    }
}

static long long number_of(const json_t *object, const char *key) {
    return (long long)json_integer_value(json_object_get(object, key));
}

/* "某某大学/读书角 正文 2、标题 1" */
static void print_places(const json_t *entry) {
    size_t i = 0;
    const char *before = "";
    json_t *place = NULL;
    json_array_foreach(json_object_get(entry, "places"), i, place) {
        const char *id = text_of(place, "id"), *field = text_of(place, "field");
        const char *chinese = missing_field_chinese(field);
        if (strcmp(id, before) != 0)
            printf("%s%s ", i ? "；" : "", id);
        else
            fputs("、", stdout);
        printf("%s %lld", chinese ? chinese : field, number_of(place, "count"));
        before = id;
    }
    if (number_of(entry, "more_places"))
        printf("；另有 %lld 处 (more places)", number_of(entry, "more_places"));
    putchar('\n');
}

/* What cannot be seen is told by its code alone. */
static void print_missing_entry(const json_t *entry) {
    const char *kind = text_of(entry, "kind"), *chinese = missing_kind_chinese(kind);
    bool seen = strcmp(kind, "private") != 0 && strcmp(kind, "unassigned") != 0;
    printf("%s (%s)  %s%s%s  %s  ×%lld\n    ", chinese ? chinese : "", kind,
           seen ? text_of(entry, "text") : "", seen ? "  " : "", text_of(entry, "code"),
           text_of(entry, "name"), number_of(entry, "count"));
    print_places(entry);
}

static void print_missing(const json_t *receipt) {
    size_t i = 0;
    json_t *entry = NULL, *missing = json_object_get(receipt, "missing");
    json_array_foreach(missing, i, entry) {
        print_missing_entry(entry);
    }
    if (number_of(receipt, "missing_more"))
        printf("还有其他字，共 %lld 处 (and others, %lld times)\n",
               number_of(receipt, "missing_more"), number_of(receipt, "missing_more"));
    if (json_array_size(missing))
        puts(
            "    → "
            "以上的字没有字体，在屏幕上显示为〓，表情则略去。请安装含有这些字的字体，把字体文件写进"
            "配置 "
            "[text] fallback，再导入一次；自造字和未分配的码位请改用标准字\n"
            "      (no font has these: they are shown as 〓, emoji are left out; install one, name "
            "its file in [text] fallback and import again; write private-use and unassigned code "
            "points otherwise)");
}

/* What was put right in all the cases. */
static void print_tidied(const json_t *receipt) {
    json_int_t counts[TIDY_KIND_COUNT] = {0};
    size_t i = 0;
    json_t *entry = NULL;
    json_array_foreach(json_object_get(receipt, "cases"), i, entry) {
        const json_t *tidied = json_object_get(entry, "tidied");
        for (int kind = 0; kind < TIDY_KIND_COUNT; kind++)
            counts[kind] +=
                json_integer_value(json_object_get(tidied, tidy_kind_key((enum tidy_kind)kind)));
    }
    struct str chinese = {0}, english = {0};
    for (int kind = 0; kind < TIDY_KIND_COUNT; kind++)
        if (counts[kind]) {
            str_addf(&chinese, "%s%s %lld", chinese.size ? "，" : "",
                     tidy_kind_chinese((enum tidy_kind)kind), (long long)counts[kind]);
            str_addf(&english, "%s%s %lld", english.size ? ", " : "",
                     tidy_kind_key((enum tidy_kind)kind), (long long)counts[kind]);
        }
    if (chinese.size)
        printf("整理了文字：%s\n"
               "(tidied: %s; “tidy = off” under [text] takes texts as they are typed)\n",
               chinese.data, english.data);
    str_finish(&chinese);
    str_finish(&english);
}

static void print_receipt(const json_t *receipt) {
    int counts[3] = {0};
    print_cases(receipt, counts);
    print_missing(receipt);
    print_tidied(receipt);
    size_t refused = json_array_size(json_object_get(receipt, "rejects"));
    int all = counts[0] + counts[1] + counts[2];
    printf("共 %d 个案例：新增 %d，更新 %d，未变 %d；%zu 项未导入\n"
           "(%d cases: %d added, %d changed, %d unchanged; %zu refused)\n",
           all, counts[0], counts[1], counts[2], refused, all, counts[0], counts[1], counts[2],
           refused);
    if (all && all == counts[2])
        puts("内容已是最新，没有任何改动 (nothing has changed)");
}

static int run(struct context *context, const void *values, int argc, char **argv) {
    const struct import_options *options = values;
    if (argc < 1)
        return command_usage(&command_import);
    char **words = xcalloc((size_t)argc, sizeof *words);
    char *here = getcwd(NULL, 0);
    for (int i = 0; i < argc; i++)
        words[i] =
            argv[i][0] == '/' ? xstrdup(argv[i]) : path_join(here ? here : "/", argv[i], NULL);
    int code = EXIT_DONE;
    json_t *receipt = errand_run(context, REQUEST_IMPORT, words, (size_t)argc, &code);
    if (receipt) {
        code = strcmp(text_of(receipt, "outcome"), "refused") == 0 ? EXIT_FAILED : EXIT_DONE;
        if (options->json) {
            json_dumpf(receipt, stdout, JSON_INDENT(1));
            putchar('\n');
        } else {
            print_receipt(receipt);
        }
    }
    json_decref(receipt);
    for (int i = 0; i < argc; i++)
        free(words[i]);
    free(words);
    free(here);
    return code;
}

static const struct option options[] = {
    {"json", OPTION_FLAG, NULL, offsetof(struct import_options, json), "Print the receipt as JSON",
     "以 JSON 打印回执", NULL},
    {0},
};

const struct command command_import = {"import",
                                       "PATH...",
                                       "Take folders of cases into the library",
                                       "把案例文件夹导入案例库",
                                       options,
                                       sizeof(struct import_options),
                                       false,
                                       run};
