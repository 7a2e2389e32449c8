#include "command/command.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/time.h"
#include "command/errand.h"
#include "command/look.h"
#include "command/receipt.h"
#include "display/theme.h"
#include "ingest/reject.h"
#include "keeper/debrief.h"
#include "library/ledger.h"

struct import_options {
    bool look, json;
    const char *unit, *school; /* with look; NULL: not given */
    const char *report;        /* a file or a folder; NULL: none */
    int receipt; /* row of the ledger that the report is about; 0: the last import's */
};

static const char *change_name(const char *change, bool waits) {
    return waits                            ? "待审 (waits)    "
           : strcmp(change, "added") == 0   ? "新增 (added)    "
           : strcmp(change, "changed") == 0 ? "更新 (changed)  "
                                            : "未变 (unchanged)";
}

static void print_cases(const json_t *receipt, int counts[3]) {
    size_t i = 0;
    json_t *entry = NULL;
    json_array_foreach(json_object_get(receipt, "cases"), i, entry) {
        const char *change = receipt_text(entry, "change");
        counts[strcmp(change, "added") == 0 ? 0 : strcmp(change, "changed") == 0 ? 1 : 2]++;
        bool code = json_is_true(json_object_get(entry, "code"));
        printf("%s  %s  %s（%s）%s\n",
               change_name(change, json_is_true(json_object_get(entry, "waits"))),
               receipt_section(entry), receipt_text(entry, "title"), receipt_text(entry, "school"),
               code ? "  含二维码 (with its code)" : "");
    }
    if (receipt_count_waiting(receipt))
        puts("待审的案例审核之后才展示：fengcai approve --all，或在屏幕上审核\n"
             "(what waits is shown once it is approved, by that command or at the screen)");
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
    receipt_print_masked(receipt);
    receipt_print_tidied(receipt);
    size_t refused = reject_count(json_object_get(receipt, "rejects"));
    int all = counts[0] + counts[1] + counts[2];
    printf("共 %d 个案例：新增 %d，更新 %d，未变 %d；%zu 项未导入\n"
           "(%d cases: %d added, %d changed, %d unchanged; %zu refused)\n",
           all, counts[0], counts[1], counts[2], refused, all, counts[0], counts[1], counts[2],
           refused);
    if (all && all == counts[2])
        puts("内容已是最新，没有任何改动 (nothing has changed)");
}

/* ---- the report to take home */

static bool save_report(struct context *context, const json_t *receipt, const char *source,
                        const char *to) {
    const int64_t now_ms = time_now_ms();
    theme_fill_fonts(&context->config, context->paths.data);
    const struct patient patient = {.paths = &context->paths,
                                    .config = &context->config,
                                    .config_good = context->config_good,
                                    .quick = true}; /* somebody waits for it */
    size_t count = 0;
    struct finding *findings = health_examine(&patient, &count);
    const struct debrief debrief = {.paths = &context->paths,
                                    .config = &context->config,
                                    .receipt = receipt,
                                    .source = source,
                                    .findings = findings,
                                    .finding_count = count,
                                    .made_ms = now_ms};
    char *path = fs_is_dir(to) ? debrief_path(to, now_ms) : xstrdup(to);
    bool good = debrief_save(&debrief, path);
    if (good)
        fprintf(stderr, "导入报告 (report): %s\n", path);
    findings_free(findings, count);
    free(path);
    return good;
}

struct finding_row {
    int row;
    struct receipt *found;
};

static bool on_receipt(void *user, const struct receipt *receipt) {
    struct finding_row *finding = user;
    if (receipt->row == finding->row)
        *finding->found = (struct receipt){.row = receipt->row,
                                           .source = xstrdup(receipt->source),
                                           .json = xstrdup(receipt->json)};
    return !finding->found->row;
}

/* Of an import, whoever did it: that of a row, or the last one. */
static int report_old(struct context *context, const struct import_options *options) {
    struct receipt old = {0};
    struct finding_row finding = {options->receipt, &old};
    struct ledger *ledger = ledger_open(context->paths.ledger, DB_READ_WAITING, NULL);
    bool read = !ledger || (options->receipt ? ledger_each(ledger, on_receipt, &finding)
                                             : ledger_last(ledger, "import", &old));
    ledger_close(ledger);
    json_t *receipt = old.json ? json_loads(old.json, 0, NULL) : NULL;
    bool good = receipt && save_report(context, receipt, old.source, options->report);
    if (read && !receipt)
        log_error(options->receipt ? "%s: 没有这个回执 (no such receipt)"
                                   : "%s: 还没有导入过 (nothing was imported yet)",
                  context->paths.ledger);
    json_decref(receipt);
    receipt_finish(&old);
    return good ? EXIT_DONE : EXIT_FAILED;
}

/* ---- */

static char **absolute_words(int argc, char **argv) {
    char **words = xcalloc((size_t)argc, sizeof *words);
    char *here = getcwd(NULL, 0);
    for (int i = 0; i < argc; i++)
        words[i] =
            argv[i][0] == '/' ? xstrdup(argv[i]) : path_join(here ? here : "/", argv[i], NULL);
    free(here);
    return words;
}

static int tell(struct context *context, const struct import_options *options,
                const json_t *receipt, const char *source) {
    bool refused = strcmp(receipt_text(receipt, "outcome"), "refused") == 0;
    if (options->json)
        errand_print_json(receipt);
    else
        print_receipt(receipt);
    if (options->report && !save_report(context, receipt, source, options->report))
        return EXIT_FAILED;
    return refused ? EXIT_FAILED : EXIT_DONE;
}

static int take(struct context *context, const struct import_options *options, char *const *words,
                size_t count) {
    int code = EXIT_DONE;
    json_t *receipt = errand_run(context, REQUEST_IMPORT, words, count, &code);
    if (receipt)
        code = tell(context, options, receipt, words[0]);
    json_decref(receipt);
    return code;
}

static int run(struct context *context, const void *values, int argc, char **argv) {
    const struct import_options *options = values;
    if (argc < 1)
        return options->report ? report_old(context, options) : command_usage(&command_import);
    if (!options->look && (options->unit || options->school)) {
        log_error("--unit, --school: 只能与 --look 一起使用 (only with --look)");
        return EXIT_USAGE;
    }
    const struct look_options how = {options->json, options->unit, options->school};
    char **words = absolute_words(argc, argv);
    int code = options->look ? look(context, words, (size_t)argc, &how)
                             : take(context, options, words, (size_t)argc);
    for (int i = 0; i < argc; i++)
        free(words[i]);
    free(words);
    return code;
}

static const struct option options[] = {
    {"look", OPTION_FLAG, NULL, offsetof(struct import_options, look),
     "Say what would be taken, changed and refused, and take nothing",
     "只查看将新增、更新和不能导入的内容，不做任何改动", NULL},
    {"unit", OPTION_TEXT, "party|education|safety|service", offsetof(struct import_options, unit),
     "With --look: what lies under no unit's folder is of this unit",
     "与 --look 一起：没有放进单元文件夹的内容属于这个单元", "party|education|safety|service"},
    {"school", OPTION_TEXT, "NAME", offsetof(struct import_options, school),
     "With --look: the school of cases that name none, in place of [site] school",
     "与 --look 一起：没有写明学校的案例属于这所学校，代替 [site] school", NULL},
    {"json", OPTION_FLAG, NULL, offsetof(struct import_options, json), "Print the receipt as JSON",
     "以 JSON 打印回执", NULL},
    {"report", OPTION_TEXT, "FILE", offsetof(struct import_options, report),
     "Write a page about it, to take home, and a table of all cases beside it; into FILE or, where "
     "that is a folder, into it; without a PATH: about the last import",
     "写一份可带走的导入报告（网页），旁边是内容台账；不写 PATH 时为上一次导入的报告", NULL},
    {"receipt", OPTION_NUMBER, "ROW", offsetof(struct import_options, receipt),
     "With --report and no PATH: about that receipt of ledger.db, and not the last import's",
     "与 --report 同用、不写 PATH 时：为回执库里这一行的导入写报告", NULL},
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
