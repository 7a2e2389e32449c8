/* Tables of base/: text, dates, options. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/fs.h"
#include "base/link.h"
#include "base/option.h"
#include "base/str.h"
#include "base/time.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Unicode 15, section 3.9, tables 3-8 to 3-11: each ill-formed byte is one U+FFFD here. */
static void test_utf8(void **state) {
    (void)state;
    static const struct {
        const char *text;
        uint32_t points[4];
    } table[] = {
        {"a党𬭎", {0x61, 0x515A, 0x2CB4E}},
        {"\xC0\xAF", {0xFFFD, 0xFFFD}},             /* overlong */
        {"\xED\xA0\x80", {0xFFFD, 0xFFFD, 0xFFFD}}, /* surrogate */
        {"\xF4\x90\x80\x80", {0xFFFD, 0xFFFD, 0xFFFD, 0xFFFD}},
        {"\xE5\x85", {0xFFFD, 0xFFFD}}, /* cut off */
        {"", {0}},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        const char *at = table[i].text;
        for (size_t k = 0; k < 4 && table[i].points[k]; k++)
            assert_int_equal(utf8_next(&at), table[i].points[k]);
        assert_int_equal(utf8_next(&at), 0);
    }
    assert_int_equal(utf8_cut("党建", 5), 3);
    assert_int_equal(utf8_cut("党建", 6), 6);
    assert_int_equal(utf8_length("a党𬭎"), 3);
}

static void test_codepoints_round_trip(void **state) {
    (void)state;
    static const uint32_t points[] = {1, 0x7F, 0x80, 0x7FF, 0x800, 0xFFFD, 0x10000, 0x10FFFF};
    for (size_t i = 0; i < COUNT(points); i++) {
        struct str str = {0};
        str_add_codepoint(&str, points[i]);
        const char *at = str_text(&str);
        assert_int_equal(utf8_next(&at), points[i]);
        assert_int_equal(*at, 0);
        str_finish(&str);
    }
}

static void test_dates(void **state) {
    (void)state;
    setenv("TZ", "Asia/Shanghai", 1);
    static const struct {
        const char *text;
        bool end;
        const char *want; /* NULL: not a date */
    } table[] = {
        {"2026-10-08", false, "2026-10-08T00:00:00+08:00"},
        {"2026/1/8", false, "2026-01-08T00:00:00+08:00"},
        {"2026.12.31", true, "2026-12-31T23:59:59+08:00"},
        {"2026年10月8日", false, "2026-10-08T00:00:00+08:00"},
        {"2026-10-08T08:00:00+08:00", false, "2026-10-08T08:00:00+08:00"},
        {"2026-10-08T00:30:00Z", false, "2026-10-08T08:30:00+08:00"},
        {"2026-10-08T00:30:00.250Z", false, "2026-10-08T08:30:00+08:00"},
        {"2024-02-29", false, "2024-02-29T00:00:00+08:00"},
        {"2026-02-29", false, NULL},
        {"2026-13-01", false, NULL},
        {"2026-10-08x", false, NULL},
        {"十月八日", false, NULL},
        {"", false, NULL},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        int64_t ms = 0;
        char text[TIME_TEXT_SIZE];
        bool good = time_parse(table[i].text, table[i].end, &ms);
        assert_int_equal(good, table[i].want != NULL);
        if (!good)
            continue;
        time_format(ms, text);
        assert_string_equal(text, table[i].want);
    }
}

static void test_utc(void **state) {
    (void)state;
    setenv("TZ", "Asia/Shanghai", 1);
    char text[TIME_TEXT_SIZE];
    time_format_utc(0, text);
    assert_string_equal(text, "");
    time_format_utc(1791417600999, text);
    assert_string_equal(text, "2026-10-08T00:00:00Z");
}

static void test_minutes(void **state) {
    (void)state;
    setenv("TZ", "Asia/Shanghai", 1);
    int64_t ms = 0;
    char text[TIME_TEXT_SIZE];
    assert_true(time_parse_minute("2026-08-15 14:05", &ms));
    time_format(ms, text);
    assert_string_equal(text, "2026-08-15T14:05:00+08:00");
    int weekday = 0, hour = 0, minute = 0;
    time_local_clock(ms, &weekday, &hour, &minute);
    assert_int_equal(weekday, 6);
    assert_int_equal(hour, 14);
    assert_int_equal(minute, 5);
    static const char *const wrong[] = {"",
                                        "2026-08-15",
                                        "2026-08-15 24:00",
                                        "2026-02-30 10:00",
                                        "2026-08-15 14:05:00",
                                        "2026-08-15 14:60",
                                        "14:05"};
    for (size_t i = 0; i < COUNT(wrong); i++)
        assert_false(time_parse_minute(wrong[i], &ms));
}

struct values {
    bool json;
    const char *out, *rotate;
    struct size size;
};

static const struct option options[] = {
    {"json", OPTION_FLAG, NULL, offsetof(struct values, json), "", "", NULL},
    {"out", OPTION_TEXT, "DIR", offsetof(struct values, out), "", "", NULL},
    {"rotate", OPTION_TEXT, "0|90", offsetof(struct values, rotate), "", "", "0|90"},
    {"size", OPTION_SIZE, "WxH", offsetof(struct values, size), "", "", NULL},
    {0},
};

static bool parse(struct values *values, const char *line, int *argc, char **argv) {
    static char words[256];
    snprintf(words, sizeof words, "%s", line);
    *argc = 0;
    for (char *word = strtok(words, " "); word; word = strtok(NULL, " "))
        argv[(*argc)++] = word;
    *values = (struct values){0};
    struct option_set set = {options, values};
    return options_parse(&set, 1, argc, argv);
}

static void test_options(void **state) {
    (void)state;
    struct values values;
    char *argv[16];
    int argc = 0;
    assert_true(parse(&values, "a --json b --size 1280x720 --out=x", &argc, argv));
    assert_true(values.json);
    assert_string_equal(values.out, "x");
    assert_int_equal(values.size.width, 1280);
    assert_int_equal(values.size.height, 720);
    assert_int_equal(argc, 2);
    assert_string_equal(argv[1], "b");
    assert_true(parse(&values, "-- --json", &argc, argv));
    assert_false(values.json);
    assert_string_equal(argv[0], "--json");
    static const char *const wrong[] = {"--jsn",          "--json=1",    "--out",
                                        "--size 10",      "--size 0x10", "--size 1x",
                                        "--size 99999x1", "--rotate 45"};
    for (size_t i = 0; i < COUNT(wrong); i++)
        assert_false(parse(&values, wrong[i], &argc, argv));
}

static void test_outfile_is_whole_or_absent(void **state) {
    (void)state;
    char folder[] = "/tmp/fengcai-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    char *path = path_join(folder, "a", NULL);
    struct outfile out;
    assert_true(outfile_open(&out, path));
    fputs("one", out.stream);
    outfile_abandon(&out);
    assert_false(fs_exists(path));
    assert_true(outfile_open(&out, path));
    fputs("two", out.stream);
    assert_false(fs_exists(path));
    assert_true(outfile_commit(&out, true));
    char *data = NULL;
    size_t size = 0;
    assert_true(fs_read(path, 3, &data, &size));
    assert_string_equal(data, "two");
    free(data);
    assert_false(fs_read(path, 2, &data, &size)); /* over the limit */
    free(path);
    assert_true(fs_remove_tree(folder));
    assert_false(fs_exists(folder));
}

static void make_link(const char *folder, const char *name, const char *carrier) {
    char *link = path_join(folder, name, NULL), *path = path_join(link, "carrier", NULL);
    struct outfile out;
    assert_true(fs_make_dirs(link) && outfile_open(&out, path));
    fputs(carrier, out.stream);
    assert_true(outfile_commit(&out, false));
    free(path);
    free(link);
}

/* The machine's own link is none, and one that is down says nothing at all. */
static void test_link(void **state) {
    (void)state;
    char folder[] = "/tmp/fengcai-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    assert_false(link_is_up("/tmp/fengcai-test-nowhere"));
    make_link(folder, "lo", "1\n");
    assert_false(link_is_up(folder));
    make_link(folder, "eth0", "0\n");
    make_link(folder, "wlan0", "");
    assert_false(link_is_up(folder));
    make_link(folder, "wlan0", "1\n");
    assert_true(link_is_up(folder));
    assert_true(fs_remove_tree(folder));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_utf8),
        cmocka_unit_test(test_link),
        cmocka_unit_test(test_codepoints_round_trip),
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_utc),
        cmocka_unit_test(test_minutes),
        cmocka_unit_test(test_options),
        cmocka_unit_test(test_outfile_is_whole_or_absent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
