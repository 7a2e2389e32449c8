/* The table and the page that are made of what the display noted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/markup.h"
#include "base/str.h"
#include "command/report.h"
#include "interest_fixture.h"

static char *written(const struct interest *interest,
                     void (*write)(const struct report *report, FILE *to)) {
    char *text = NULL;
    size_t size = 0;
    struct config config;
    config_init(&config);
    free(config.site.building);
    config.site.building = xstrdup("松园<3>号楼");
    FILE *to = open_memstream(&text, &size);
    write(&(struct report){interest, &config, local_ms("2026-10-08 20:00")}, to);
    assert_int_equal(fclose(to), 0);
    config_finish(&config);
    return text;
}

static void assert_has(const char *text, const char *part) {
    if (!strstr(text, part))
        fail_msg("not written: %s", part);
}

static struct interest make_interest(const struct paths *paths) {
    fill_library(paths);
    fill_station(paths->station);
    struct interest interest = load(paths->station, &ever, "2026-10-08 20:00");
    assert_int_equal(name(&interest, paths->library), READ_DONE);
    return interest;
}

static void test_csv(void **state) {
    struct interest interest = make_interest(&((struct fixture *)*state)->paths);
    char *text = written(&interest, report_csv);
    assert_true(text_starts(text, "\xef\xbb\xbf\"分类 kind\","));
    for (const char *at = strchr(text, '\n'); at; at = strchr(at + 1, '\n'))
        assert_int_equal(at[-1], '\r');
    assert_has(text,
               "\r\n\"案例 case\",\"'=HYPERLINK(\"\"x\"\")\",\"a\",\"某大学\",\"党建引领\",,10,"
               "1.0,2,,,2026-10-08\r\n");
    assert_has(text, "\r\n\"案例 case\",\"已撤下 no longer shown\",\"gone\",\"\",\"\",,1,0.1,9,,,");
    assert_has(text, "\r\n\"合计 total\",\"全部 all\",\"\",\"\",\"\",5,33,3.7,19,30.0,3,\r\n");
    assert_has(text, "\r\n\"学校 school\",\"某大学\",\"\",\"\",\"\",2,20,2.0,3,,,\r\n");
    assert_has(text, "\r\n\"日期 day\",\"2026-10-08\",\"\",\"\",\"\",,33,3.7,19,30.0,3,\r\n");
    assert_has(text, "\r\n\"时段 hour\",\"12:00–13:00\",\"\",\"\",\"\",,33,3.7,19,,,\r\n");
    free(text);
    interest_finish(&interest);
}

static void test_formulas(void **state) {
    (void)state;
    static const struct {
        const char *title, *cell;
    } rows[] = {{"=1+1", "\"'=1+1\""},
                {"+1", "\"'+1\""},
                {"-1", "\"'-1\""},
                {"@SUM(A1)", "\"'@SUM(A1)\""},
                {"＝1", "\"'＝1\""},
                {"－1", "\"'－1\""},
                {" \t=1", "\"'  =1\""},
                {"　=1", "\"'　=1\""},
                {"1=1", "\"1=1\""},
                {"甲=乙", "\"甲=乙\""},
                {"a\"b\r\nc", "\"a\"\"b  c\""},
                {"", "\"\""}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct interest_case entry = {.id = (char *)"x",
                                      .title = (char *)rows[i].title,
                                      .school = (char *)"",
                                      .unit = UNIT_PARTY};
        struct interest_day day = {.day = 20000};
        const struct interest interest = {
            .cases = &entry, .case_count = 1, .days = &day, .day_count = 1};
        char *text = written(&interest, report_csv);
        char *line = xasprintf("\"案例 case\",%s,\"x\"", rows[i].cell);
        assert_has(text, line);
        free(line);
        free(text);
    }
}

static void test_html(void **state) {
    struct interest interest = make_interest(&((struct fixture *)*state)->paths);
    char *text = written(&interest, report_html);
    assert_null(strstr(text, "<script"));
    assert_null(strstr(text, "http://"));
    assert_null(strstr(text, "https://"));
    assert_has(text, "&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;");
    assert_has(text, "松园&lt;3&gt;号楼");
    assert_has(text, "2026-10-08 至 2026-10-08，共1天");
    assert_has(text, "<title>12:00–13:00 触摸次数 19</title>");
    assert_has(text, "有 5 次触摸不在案例中");
    assert_has(text, "gone <small>已撤下");
    assert_true(text_ends(text, "</body></html>\n"));
    free(text);
    interest_finish(&interest);
}

/* By day, week or month: as many columns as can be told apart. */
static void test_columns(void **state) {
    (void)state;
    static const struct {
        size_t days, columns;
        const char *heading;
    } rows[] = {{1, 1, "逐日"}, {100, 100, "逐日"}, {101, 15, "逐周"}, {701, 25, "逐月"}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *text = NULL;
        size_t size = 0, columns = 0;
        struct interest_day *days = xcalloc(rows[i].days, sizeof *days);
        for (size_t day = 0; day < rows[i].days; day++)
            days[day] = (struct interest_day){.day = 20453 + (int64_t)day, /* 2025-12-31 */
                                              .sum.touches = 1,
                                              .uptime_ms = 1};
        FILE *to = open_memstream(&text, &size);
        report_days_chart(&(struct interest){.days = days, .day_count = rows[i].days}, to);
        fclose(to);
        assert_has(text, rows[i].heading);
        for (const char *at = text; (at = strstr(at, "<rect class=\"touches\"")); at++)
            columns++;
        assert_int_equal(columns, rows[i].columns);
        free(text);
        free(days);
    }
}

static void test_amounts(void **state) {
    (void)state;
    char text[AMOUNT_SIZE];
    assert_string_equal(amount(0, text), "0");
    assert_string_equal(amount(999, text), "999");
    assert_string_equal(amount(1000, text), "1,000");
    assert_string_equal(amount(-123456, text), "-123,456");
    assert_string_equal(amount(INT64_MAX, text), "9,223,372,036,854,775,807");
    assert_string_equal(short_amount(9999, 10000, text), "9,999");
    assert_string_equal(short_amount(12345, 10000, text), "1.2万");
    assert_int_equal(day_weekday(0), 4);
    assert_int_equal(day_weekday(-5), 6);
    assert_string_equal(date_of_day(20734, text), "2026-10-08");
}

int main(void) {
    use_shanghai();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_csv, fixture_start, fixture_finish),
        cmocka_unit_test(test_formulas),
        cmocka_unit_test_setup_teardown(test_html, fixture_start, fixture_finish),
        cmocka_unit_test(test_columns),
        cmocka_unit_test(test_amounts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
