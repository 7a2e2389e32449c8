#include "ingest/pack.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"
#include "base/time.h"
#include "command/command.h"
#include "command/meter.h"
#include "command/password.h"
#include "command/receipt.h"
#include "display/theme.h"
#include "ingest/reject.h"

struct pack_options {
    const char *key, *title, *expires, *published;
    bool check_quota, json;
};

/* ---- the options */

static bool parse_epoch(const char *text, int64_t *ms) {
    char *end = NULL;
    errno = 0;
    long long seconds = strtoll(text, &end, 10);
    if (errno || end == text || *end || seconds <= 0 || seconds > INT64_MAX / 1000)
        return false;
    *ms = seconds * 1000;
    return true;
}

static bool bad_date(const char *what, const char *text, const char *right) {
    log_error("%s: “%s” 应为 %s", what, text, right);
    return false;
}

static bool parse_dates(const struct pack_options *options, struct pack_request *request) {
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    request->published_ms = time_now_ms();
    if (options->published && !time_parse(options->published, false, &request->published_ms))
        return bad_date("--published", options->published,
                        "2026-10-08 或 2026-10-08T08:00:00+08:00 (a date or a time)");
    if (!options->published && epoch && *epoch && !parse_epoch(epoch, &request->published_ms))
        return bad_date("SOURCE_DATE_EPOCH", epoch, "1970年以来的秒数 (seconds since 1970)");
    request->has_expires = options->expires != NULL;
    if (!options->expires || strcmp(options->expires, "none") == 0 ||
        time_parse(options->expires, true, &request->expires_ms))
        return true;
    return bad_date("--expires", options->expires, "2026-12-31 或 none (a date, or none)");
}

/* ---- the key */

static enum sign_fault open_key(const char *text, size_t size, struct secret_key **key) {
    enum sign_fault fault = secret_key_parse(text, size, NULL, key);
    if (fault != SIGN_PASSWORD_NEEDED)
        return fault;
    char *password = password_read(PASSWORD_WORD, false);
    if (!password)
        return fault;
    fputs("正在用口令解密私钥，需要几秒钟和 1 GB 内存……"
          "(decrypting the key takes some seconds and 1 GB)\n",
          stderr);
    fault = secret_key_parse(text, size, password, key);
    sodium_free(password);
    return fault;
}

static bool load_key(const char *path, struct secret_key **key) {
    char *text = NULL;
    size_t size = 0;
    if (!fs_read(path, MAX_SECRET_KEY_BYTES, &text, &size))
        return false;
    enum sign_fault fault = open_key(text, size, key);
    if (fault != SIGN_GOOD)
        log_error("%s: %s，%s", path, sign_text(fault), sign_advice(fault));
    sodium_memzero(text, size);
    free(text);
    return fault == SIGN_GOOD;
}

/* ---- the receipt */

static void print_case(const json_t *entry, int counts[3]) {
    static const struct {
        const char *change, *text;
    } changes[] = {{"added", "新增 (added)    "}, {"changed", "更新 (changed)  "}, {NULL, NULL}};
    int i = 0;
    while (changes[i].change && strcmp(receipt_text(entry, "change"), changes[i].change) != 0)
        i++;
    counts[i]++;
    if (changes[i].text) /* of thousands that are as they were the sum is enough */
        printf("%s  %s  %s（%s）%s\n", changes[i].text, receipt_section(entry),
               receipt_text(entry, "title"), receipt_text(entry, "school"),
               json_is_true(json_object_get(entry, "code")) ? "  含二维码 (with its code)" : "");
}

static void print_ids(const json_t *receipt, const char *key, const char *heading) {
    size_t i = 0;
    json_t *id = NULL;
    json_array_foreach(json_object_get(receipt, key), i, id) {
        printf("%s  %s\n", heading, json_string_value(id));
    }
}

static void print_kept(const json_t *receipt) {
    print_ids(receipt, "kept", "未撤下 (kept)   ");
    if (json_array_size(json_object_get(receipt, "kept")))
        puts("    → 文件夹里没有它们，但有读不了的内容，可能就是它们。请先改正上面列出的问题，"
             "或删去那些文件，再打包\n"
             "      (not in the folder, but something that cannot be read is: correct it or delete "
             "it, and pack again)");
}

static void print_ended(const json_t *receipt) {
    size_t i = 0;
    json_t *entry = NULL;
    json_array_foreach(json_object_get(receipt, "ended"), i, entry) {
        printf("提示：“%s”的展示期已于 %.10s 结束，屏幕不会展示 (its validity has ended)\n",
               receipt_text(entry, "id"), receipt_text(entry, "until"));
    }
}

static void print_quota(const json_t *receipt) {
    size_t i = 0, k = 0;
    json_t *entry = NULL, *title = NULL;
    json_array_foreach(json_object_get(receipt, "quota"), i, entry) {
        enum unit unit = UNIT_PARTY;
        bool of_unit = unit_parse(receipt_text(entry, "unit"), &unit);
        json_t *titles = json_object_get(entry, "titles");
        printf("超出推荐名额 (over the quota)  %s  %s  推荐 %zu 个，至多 %lld 个 (%zu, at most "
               "%lld)\n",
               receipt_text(entry, "school"), of_unit ? unit_name(unit) : "全部单元 (all units)",
               json_array_size(titles), receipt_number(entry, "allowed"), json_array_size(titles),
               receipt_number(entry, "allowed"));
        json_array_foreach(titles, k, title) {
            printf("    %s\n", json_string_value(title));
        }
    }
}

static void print_missing_advice(void) {
    puts("    → "
         "以上的字屏幕自带的字体里没有，会显示为〓，表情则略去。请改用标准字，或在每块屏幕上安装"
         "含有这些字的字体（配置 [text] fallback）\n"
         "      (the fonts of the screens lack these: they are shown as 〓, emoji are left out; "
         "write otherwise, or install a font on each screen and name it in [text] fallback)");
}

static void print_end(const json_t *receipt, const int counts[3]) {
    size_t refused = reject_count(json_object_get(receipt, "rejects"));
    size_t removed = json_array_size(json_object_get(receipt, "removed"));
    int all = counts[0] + counts[1] + counts[2];
    printf("共 %d 个案例：新增 %d，更新 %d，未变 %d；撤下 %zu；%zu 项未打包\n"
           "(%d cases: %d added, %d changed, %d unchanged; %zu removed; %zu refused)\n",
           all, counts[0], counts[1], counts[2], removed, refused, all, counts[0], counts[1],
           counts[2], removed, refused);
    if (strcmp(receipt_text(receipt, "outcome"), "refused") == 0)
        puts("没有打包 (nothing was packed)");
    else if (!json_is_true(json_object_get(receipt, "written")))
        printf("没有变化，序号仍是 %lld (nothing has changed, the serial stays)\n",
               receipt_number(receipt, "serial"));
    else
        printf(
            "序号 (serial) %lld  %s\n", receipt_number(receipt, "serial"),
            json_is_true(json_object_get(receipt, "signed"))
                ? "已签名 (signed)"
                : "没有签名：屏幕只从 https 地址接收，U盘则要输入 PIN；用 --key 签名 (not signed: "
                  "taken only over https, or after a PIN; sign it with --key)");
}

static void print_receipt(const json_t *receipt) {
    int counts[3] = {0};
    size_t i = 0;
    json_t *entry = NULL;
    json_array_foreach(json_object_get(receipt, "cases"), i, entry) {
        print_case(entry, counts);
    }
    print_ids(receipt, "removed", "撤下 (removed)  ");
    receipt_print_rejects(receipt, "未打包 (refused)");
    print_kept(receipt);
    print_ended(receipt);
    print_quota(receipt);
    if (receipt_print_missing(receipt))
        print_missing_advice();
    receipt_print_masked(receipt);
    receipt_print_tidied(receipt);
    print_end(receipt, counts);
}

/* ---- the command */

static bool on_progress(void *user, const struct import_progress *progress) {
    meter_show(user, progress);
    return true;
}

static json_t *pack(struct context *context, const struct pack_options *options,
                    struct pack_request *request) {
    struct secret_key *key = NULL;
    struct meter meter;
    if (options->key && !load_key(options->key, &key))
        return NULL;
    request->key = key;
    theme_fill_fonts(&context->config, context->paths.data);
    meter_init(&meter);
    json_t *receipt = pack_run(&context->paths, &context->config, request, on_progress, &meter);
    meter_clear(&meter);
    secret_key_destroy(key);
    return receipt;
}

static int run(struct context *context, const void *values, int argc, char **argv) {
    const struct pack_options *options = values;
    if (argc != 2)
        return command_usage(&command_pack);
    struct pack_request request = {.folder = argv[0],
                                   .out = argv[1],
                                   .title = options->title,
                                   .check_quota = options->check_quota};
    if (!parse_dates(options, &request))
        return EXIT_USAGE;
    json_t *receipt = pack(context, options, &request);
    if (!receipt)
        return EXIT_FAILED;
    bool refused = strcmp(receipt_text(receipt, "outcome"), "refused") == 0;
    if (options->json) {
        json_dumpf(receipt, stdout, JSON_INDENT(1));
        putchar('\n');
    } else {
        print_receipt(receipt);
    }
    json_decref(receipt);
    return refused ? EXIT_FAILED : EXIT_DONE;
}

#define AT(field) offsetof(struct pack_options, field)
static const struct option options[] = {
    {"key", OPTION_TEXT, "FILE", AT(key),
     "Sign with this secret key, of fengcai keygen or minisign; its password is asked on the "
     "terminal, or read from the first line of stdin",
     "用这个私钥签名（fengcai keygen 或 minisign "
     "生成）；在终端上询问口令，或从标准输入的第一行读取",
     NULL},
    {"title", OPTION_TEXT, "T", AT(title),
     "Title of the feed; otherwise it stays, and at first is the school's name",
     "案例包的标题；不写则沿用，首次为学校名", NULL},
    {"expires", OPTION_TEXT, "DATE", AT(expires),
     "No screen takes it after this day; none: without end; otherwise it stays as it is",
     "过了这一天屏幕不再接收；none 为不限；不写则沿用", NULL},
    {"published", OPTION_TEXT, "DATE", AT(published),
     "Date or time of publication; otherwise SOURCE_DATE_EPOCH of the environment, else now",
     "发布的日期或时间；不写则取环境变量 SOURCE_DATE_EPOCH，否则为现在", NULL},
    {"check-quota", OPTION_FLAG, NULL, AT(check_quota),
     "Refuse more than four recommended cases of a school, or more than one of a unit",
     "检查推荐名额：每校至多4个，每单元至多1个，超出则不打包", NULL},
    {"json", OPTION_FLAG, NULL, AT(json), "Print the receipt as JSON", "以 JSON 打印回执", NULL},
    {0},
};

const struct command command_pack = {
    "pack",
    "FOLDER OUT",
    "Pack a folder of cases into a bundle to publish, a directory or one .zip; an existing one is "
    "added to",
    "把案例文件夹打包成可发布的案例包（文件夹或一个 .zip）；已有的案例包会在其上更新",
    options,
    sizeof(struct pack_options),
    false,
    run};
