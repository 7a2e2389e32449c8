#include "command/command.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/memory.h"
#include "command/errand.h"
#include "command/look.h"
#include "command/receipt.h"
#include "library/case.h"

struct import_options {
    bool look, json;
};

static const char *change_name(const char *change) {
    return strcmp(change, "added") == 0     ? "新增 (added)    "
           : strcmp(change, "changed") == 0 ? "更新 (changed)  "
                                            : "未变 (unchanged)";
}

static void print_cases(const json_t *receipt, int counts[3]) {
    size_t i = 0;
    json_t *entry = NULL;
    json_array_foreach(json_object_get(receipt, "cases"), i, entry) {
        const char *change = receipt_text(entry, "change");
        enum unit unit = UNIT_PARTY;
        unit_parse(receipt_text(entry, "unit"), &unit);
        counts[strcmp(change, "added") == 0 ? 0 : strcmp(change, "changed") == 0 ? 1 : 2]++;
        bool code = json_is_true(json_object_get(entry, "code"));
        printf("%s  %s  %s（%s）%s\n", change_name(change), unit_name(unit),
               receipt_text(entry, "title"), receipt_text(entry, "school"),
               code ? "  含二维码 (with its code)" : "");
    }
    json_array_foreach(json_object_get(receipt, "similar"), i, entry) {
        printf("提示：“%s”与已有的“%s”标题相近，可能是同一案例的更新 (possibly an update of it)\n",
               receipt_text(entry, "id"), receipt_text(entry, "to"));
    }
}

static void print_receipt(const json_t *receipt) {
    int counts[3] = {0};
    print_cases(receipt, counts);
    receipt_print_held(receipt);
    receipt_print_rejects(receipt, "未导入 (refused)");
    if (receipt_print_missing(receipt))
        puts(
            "    → "
            "以上的字没有字体，在屏幕上显示为〓，表情则略去。请安装含有这些字的字体，把字体文件写进"
            "配置 "
            "[text] fallback，再导入一次；自造字和未分配的码位请改用标准字\n"
            "      (no font has these: they are shown as 〓, emoji are left out; install one, name "
            "its file in [text] fallback and import again; write private-use and unassigned code "
            "points otherwise)");
    receipt_print_tidied(receipt);
    size_t refused = json_array_size(json_object_get(receipt, "rejects"));
    int all = counts[0] + counts[1] + counts[2];
    printf("共 %d 个案例：新增 %d，更新 %d，未变 %d；%zu 项未导入\n"
           "(%d cases: %d added, %d changed, %d unchanged; %zu refused)\n",
           all, counts[0], counts[1], counts[2], refused, all, counts[0], counts[1], counts[2],
           refused);
    if (all && all == counts[2])
        puts("内容已是最新，没有任何改动 (nothing has changed)");
}

static int take(struct context *context, char *const *words, size_t count, bool json) {
    int code = EXIT_DONE;
    json_t *receipt = errand_run(context, REQUEST_IMPORT, words, count, &code);
    if (receipt) {
        code = strcmp(receipt_text(receipt, "outcome"), "refused") == 0 ? EXIT_FAILED : EXIT_DONE;
        if (json)
            errand_print_json(receipt);
        else
            print_receipt(receipt);
    }
    json_decref(receipt);
    return code;
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
    int code = options->look ? look(context, words, (size_t)argc, options->json)
                             : take(context, words, (size_t)argc, options->json);
    for (int i = 0; i < argc; i++)
        free(words[i]);
    free(words);
    free(here);
    return code;
}

static const struct option options[] = {
    {"look", OPTION_FLAG, NULL, offsetof(struct import_options, look),
     "Say what would be taken, changed and refused, and take nothing",
     "只查看将新增、更新和不能导入的内容，不做任何改动", NULL},
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
