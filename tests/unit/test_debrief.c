/* The page that an administrator takes home, and the register beside it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"
#include "ingest/reject.h"
#include "interest_fixture.h"
#include "keeper/debrief.h"
#include "keeper/register.h"
#include "library/ledger.h"

static char *written(const struct paths *paths, const json_t *receipt,
                     const struct finding *findings, size_t count) {
    char *text = NULL;
    size_t size = 0;
    struct config config;
    config_init(&config);
    FILE *to = open_memstream(&text, &size);
    debrief_write(&(struct debrief){.paths = paths,
                                    .config = &config,
                                    .receipt = receipt,
                                    .source = "/run/usb/甲/",
                                    .findings = findings,
                                    .finding_count = count,
                                    .made_ms = local_ms("2026-10-08 20:00")},
                  to);
    assert_int_equal(fclose(to), 0);
    config_finish(&config);
    return text;
}

static char *page_of(void **state, const char *json) {
    json_t *receipt = json_loads(json, JSON_DECODE_ANY, NULL);
    assert_non_null(receipt);
    char *text = written(&((struct fixture *)*state)->paths, receipt, NULL, 0);
    json_decref(receipt);
    assert_true(text_ends(text, "</body></html>\n"));
    return text;
}

static void assert_has(const char *text, const char *part) {
    if (!strstr(text, part))
        fail_msg("not written: %s\n%s", part, strstr(text, "<body>"));
}

static void assert_lacks(const char *text, const char *part) {
    if (strstr(text, part))
        fail_msg("written: %s", part);
}

static void test_verdicts(void **state) {
#define CASE(change) "{\"id\":\"甲\",\"title\":\"题\",\"change\":\"" change "\"}"
#define REJECT       "{\"path\":\"p\",\"code\":\"case_empty\"}"
    static const struct {
        const char *json, *verdict, *next;
    } rows[] = {
        {"{\"cases\":[" CASE("added") "]}", "verdict good\"><p class=\"big\">全部导入 ",
         "不用再做什么"},
        {"{\"cases\":[" CASE("changed") "],\"similar\":[{\"id\":\"a\",\"to\":\"b\"}]}",
         "verdict good\"><p class=\"big\">全部导入 ", "想更好看可以改"},
        {"{\"cases\":[" CASE("unchanged") "]}", "verdict good\"><p class=\"big\">内容已是最新",
         "不用再做什么"},
        {"{\"unchanged\":7}", "verdict good\"><p class=\"big\">内容已是最新", "不用再做什么"},
        {"{\"removed\":[\"a\"]}", "verdict good\"><p class=\"big\">全部导入 ", "发布者撤下了 1 个"},
        {"{\"cases\":[" CASE("added") "],\"rejects\":[" REJECT "]}",
         "verdict part\"><p class=\"big\">只导入了一部分", "再导入一次"},
        {"{\"cases\":[],\"rejects\":[" REJECT "]}",
         "verdict bad\"><p class=\"big\">没有导入任何内容", "屏幕上的内容没有变"}};
#undef CASE
#undef REJECT
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *text = page_of(state, rows[i].json);
        assert_has(text, rows[i].verdict);
        assert_has(text, rows[i].next);
        free(text);
    }
}

/* One task for each reason; what stopped everything stands first; paths as on the stick. */
static void test_tasks(void **state) {
    char *text = page_of(
        state,
        "{\"cases\":[],\"rejects\":["
        "{\"path\":\"/run/usb/甲/平安社区/a/"
        "1.jpg\",\"code\":\"picture_broken\",\"text\":\"图片已损坏"
        "或不完整 (the picture is damaged or incomplete): 第2块 (block 2)\",\"advice\":\"请重新 "
        "(again)\"},"
        "{\"path\":\"http://a/b.jpg\",\"code\":\"picture_broken\",\"text\":\"x\",\"advice\":\"y\"},"
        "{\"path\":\"u/v\",\"code\":\"withdrawn\",\"text\":\"t\",\"advice\":\"fengcai allow\"},"
        "{\"path\":\"<b>\",\"code\":\"of_tomorrow\",\"text\":\"新 <i>\",\"advice\":\"&做 (do)\"},"
        "{\"path\":\"/run/usb/甲\",\"code\":\"no_space\",\"text\":\"x\",\"advice\":\"清理\"}]}");
    assert_has(text, "<b>5</b><span>项没有导入");
    assert_has(text, "4 种原因");
    const char *first = strstr(text, "磁盘空间不足"), *second = strstr(text, "图片已损坏");
    assert_non_null(first);
    assert_true(second > first);
    assert_has(text, "图片已损坏或不完整 <span class=\"en\">the picture is damaged or "
                     "incomplete</span> <b>2 项</b>");
    assert_has(text,
               "<span class=\"folders\">平安社区 › a › </span><b>1.jpg</b> <small>第2块 <span "
               "class=\"en\">block 2</span></small>");
    assert_has(text, "<b>http://a/b.jpg</b>");
    assert_has(text, "<li><b>甲</b></li>");
    assert_has(text, "<p class=\"do\">请重新 <span class=\"en\">again</span>");
    assert_has(text, "在屏幕的管理面板里放行");
    assert_has(text, "新 &lt;i&gt;");
    assert_has(text, "<b>&lt;b&gt;</b>");
    assert_has(text, "&amp;做 <span class=\"en\">do</span>");
    free(text);
}

static void test_many_files(void **state) {
    json_t *rejects = json_array();
    for (int i = 0; i < 1000; i++)
        json_array_append_new(rejects, json_pack("{s:s, s:s}", "path", "p", "code", "video"));
    json_t *receipt = json_pack("{s:o}", "rejects", rejects);
    char *text = written(&((struct fixture *)*state)->paths, receipt, NULL, 0);
    assert_has(text, "<b>1,000</b><span>项没有导入");
    assert_has(text, "另有 970 项");
    assert_true(strlen(text) < 20000);
    json_decref(receipt);
    free(text);
}

static void test_hints(void **state) {
    char *text = page_of(
        state,
        "{\"cases\":[],\"missing\":["
        "{\"kind\":\"character\",\"text\":\"〇\",\"code\":\"U+3131C\",\"count\":2,\"places\":[{"
        "\"id\":"
        "\"大学/甲\",\"field\":\"body\",\"count\":1},{\"id\":\"大学/甲\",\"field\":\"title\","
        "\"count\":1},{\"id\":\"大学/乙\",\"field\":\"body\",\"count\":1}],\"more_places\":4},"
        "{\"kind\":\"private\",\"text\":\"x\",\"code\":\"U+E000\",\"places\":[]}],"
        "\"similar\":[{\"id\":\"00000000-0000-4000-8000-000000000000:甲\",\"to\":\"乙\"}]}");
    assert_has(text, "<b>3</b><span>处请看一眼");
    assert_has(text, "缺字 2 · 标题相近 1");
    assert_has(text, "大学/甲：正文、标题<br>大学/乙：正文<br>另有 4 处");
    assert_has(text, "请改用标准字");
    assert_has(text, "<td>甲</td><td>乙</td>");
    free(text);
}

static void test_masked(void **state) {
    char *text = page_of(
        state, "{\"cases\":[{\"id\":\"甲\",\"title\":\"<题>\",\"change\":\"added\",\"masked\":["
               "{\"kind\":\"mobile\",\"mask\":\"138****5678\",\"field\":\"body\",\"count\":2}]},"
               "{\"id\":\"乙\",\"title\":\"旧\",\"change\":\"unchanged\",\"masked\":["
               "{\"kind\":\"identity\",\"mask\":\"110*\",\"field\":\"body\",\"count\":1}]}]}");
    assert_has(text, "号码已遮盖 2</small>");
    assert_has(text, "<td>&lt;题&gt;</td><td>手机号</td><td>138****5678</td><td>正文</td>");
    assert_lacks(text, "110*");
    free(text);
}

/* A case of the library: thumbnail, few pixels; and one that is gone since. */
static void import_case(const struct paths *paths, const char *until) {
    struct library *library = library_open(paths, NULL);
    struct case_record record = make_case("大学/甲", UNIT_SAFETY, "大学", "<甲>");
    struct asset asset = make_asset("source", "JPEG");
    enum change change;
    bool changed = false;
    asset.width = 640;
    asset.height = 1279;
    asset.renditions[0].role = RENDITION_THUMB;
    char *path = rendition_path(paths->media, asset.renditions), *slash = strrchr(path, '/');
    *slash = '\0';
    assert_true(fs_make_dirs(path));
    *slash = '/';
    write_file(path, "JPEG");
    free(path);
    add_asset(&record, asset);
    record.valid_until_ms = local_ms(until);
    assert_true(library_begin(library) && library_put(library, &record, &change) &&
                library_commit(library, "test", &changed));
    case_finish(&record);
    library_close(library);
}

static const char receipt_of_two[] =
    "{\"time\":\"2026-10-08T19:05:00+08:00\",\"by\":\"王老师\",\"cases\":["
    "{\"id\":\"大学/甲\",\"unit\":\"safety\",\"school\":\"大学\",\"title\":\"<甲>\",\"change\":"
    "\"added\"},{\"id\":\"大学/乙\",\"unit\":\"party\",\"school\":\"大学\",\"title\":\"乙\","
    "\"change\":\"changed\"},{\"id\":\"大学/丙\",\"title\":\"=丙\",\"change\":\"unchanged\"}]}";

static void test_cases(void **state) {
    import_case(&((struct fixture *)*state)->paths, "2099-10-31 23:59");
    char *text = page_of(state, receipt_of_two);
    assert_has(text, "<b>2</b><span>个案例已导入");
    assert_has(text, "新增 1 · 更新 1 · 另有未变 1");
    assert_has(text, "<img alt=\"\" src=\"data:image/jpeg;base64,SlBFRw==\">");
    assert_has(text, "&lt;甲&gt;");
    assert_has(text, "1 张图片 · 2 字 · 展示到 2099-10-31");
    assert_has(text, "1 张图片不清晰");
    assert_lacks(text, "展示期已过");
    assert_has(text, "640 × 1279");
    assert_has(text, "现在已撤下");
    assert_has(text, "没有改动：=丙。");
    assert_has(text, "：2026-10-08 19:05</span>");
    assert_has(text, "：王老师</span>");
    assert_lacks(text, "<script");
    assert_lacks(text, "://");
    free(text);
}

static void test_expired(void **state) {
    const struct paths *paths = &((struct fixture *)*state)->paths;
    import_case(paths, "2026-10-08 19:59");
    char *text = page_of(state, receipt_of_two);
    assert_has(text, "展示期已过");
    free(text);
}

static void test_health(void **state) {
    const struct finding findings[] = {
        {.what_zh = "磁盘", .verdict = VERDICT_GOOD, .said = (char *)""},
        {.what_zh = "时钟",
         .verdict = VERDICT_BAD,
         .said = (char *)"不准 (off)\n<二>",
         .cure_zh = "请联网校时"}};
    json_t *receipt = json_object();
    char *text = written(&((struct fixture *)*state)->paths, receipt, findings, 2);
    assert_has(text, "故障</td><td>时钟<br><small>不准 <span class=\"en\">off</span></small><br>"
                     "<small>&lt;二&gt;</small></td><td>请联网校时</td>");
    assert_lacks(text, "磁盘");
    free(text);
    text = written(&((struct fixture *)*state)->paths, receipt, findings, 1);
    assert_has(text, "检查了 1 项，全部良好");
    free(text);
    json_decref(receipt);
}

static void test_paths(void **state) {
    (void)state;
    char *path = debrief_path("/u", local_ms("2026-10-08 14:05"));
    assert_string_equal(path, "/u/风采导入报告-2026-10-08-1405.html");
    free(path);
}

/* ---- the register */

static void append(const struct paths *paths, const char *source, const char *json) {
    struct ledger *ledger = ledger_open(paths->ledger, DB_WRITE, NULL);
    assert_true(ledger_append(ledger, "import", source, "accepted", json, NULL, NULL));
    ledger_close(ledger);
}

static char *registered(const struct paths *paths) {
    char *text = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&text, &size);
    assert_true(register_write(paths, to));
    assert_int_equal(fclose(to), 0);
    return text;
}

/* Of the newest receipt that changed the case; not of one that sums up others, but of one of
 * several parts that came at once. */
static void test_register(void **state) {
    const struct paths *paths = &((struct fixture *)*state)->paths;
    char *text = registered(paths);
    assert_true(text_starts(text, "\xef\xbb\xbf\"编号 id\","));
    assert_true(text_ends(text, "SHA-256\"\r\n"));
    free(text);
    import_case(paths, "2099-10-31 23:59");
    text = registered(paths);
    assert_has(
        text,
        "\"大学/"
        "甲\",\"<甲>\",\"大学\",\"平安社区\",\"自主展示\",\"\",\"\",,\"\",\"\",,2099-10-31,1,");
    free(text);
    append(paths, "old", "{\"by\":\"x\",\"cases\":[{\"id\":\"大学/甲\",\"change\":\"added\"}]}");
    append(paths, "=u",
           "{\"by\":\"王\",\"approved_by\":\"李\",\"signed\":true,\"cases\":[{\"id\":\"大学/乙\","
           "\"change\":\"added\"},{\"id\":\"大学/甲\",\"change\":\"changed\"}]}");
    append(paths, "same", "{\"cases\":[{\"id\":\"大学/甲\",\"change\":\"unchanged\"}]}");
    append(paths, "sum", "{\"parts\":[],\"cases\":[{\"id\":\"大学/甲\",\"change\":\"changed\"}]}");
    append(paths, "bad", "{");
    text = registered(paths);
    assert_has(text, "\"自主展示\",\"'=u\",\"是 yes\",20");
    assert_has(text, ",\"王\",\"李\",20");
    assert_lacks(text, "大学/乙");
    free(text);
    append(
        paths, "stick",
        "{\"parts\":[],\"at_once\":true,\"cases\":[{\"id\":\"大学/甲\",\"change\":\"changed\"}]}");
    text = registered(paths);
    assert_has(text, "\"自主展示\",\"stick\",\"否 no\",20");
    free(text);
}

int main(void) {
    use_shanghai();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_verdicts, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_tasks, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_many_files, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_hints, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_masked, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_cases, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_expired, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_health, fixture_start, fixture_finish),
        cmocka_unit_test(test_paths),
        cmocka_unit_test_setup_teardown(test_register, fixture_start, fixture_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
