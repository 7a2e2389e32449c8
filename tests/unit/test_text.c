#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/str.h"
#include "ingest/caption.h"
#include "ingest/encoding.h"
#include "ingest/markdown.h"
#include "ingest/naming.h"
#include "ingest/text.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

#define HEART_ON_FIRE "\u2764\uFE0F\u200D\U0001F525"
#define WOMAN_FARMER  "\U0001F469\U0001F3FD\u200D\U0001F33E"
#define WALES         "\U0001F3F4\U000E0067\U000E0062\U000E0077\U000E006C\U000E0073\U000E007F"

static void test_normalise(void **state) {
    (void)state;
    static const struct {
        const char *in, *out, *line;
    } table[] = {
        {"", "", ""},
        {"a\r\nb\rc\nd", "a\nb\nc\nd", "a b c d"},
        {"a\u2028b\u2029c\xC2\x85"
         "d",
         "a\nb\nc\nd", "a b c d"},
        {"\tx\t y ", " x  y ", "x y"},
        {"　　第一段　二", "　　第一段　二", "第一段 二"},
        {"e\u0301\u212B", "é\u00C5", "é\u00C5"},
        {"\uFEFF党\u200B建\u2060\u00AD", "党建", "党建"},
        {"a\x01\x02\x7F\xC2\x80z", "az", "az"},
        {"\u202Eabc\u2066\u200Fd", "abcd", "abcd"},
        {"\uFFFE\uFDD0\U0001FFFFx", "x", "x"},
        {HEART_ON_FIRE, HEART_ON_FIRE, HEART_ON_FIRE},
        {WOMAN_FARMER, WOMAN_FARMER, WOMAN_FARMER},
        {WALES, WALES, WALES},
        {"a" WALES, "a" WALES, "a" WALES},
        {"x\U000E0067", "x", "x"},
        {"a\u200Db", "ab", "ab"},
        {"党\u200D建\u200C", "党建", "党建"},
        {"می\u200Cخواهم", "می\u200Cخواهم", "می\u200Cخواهم"},
        {"क्\u200Dष", "क्\u200Dष", "क्\u200Dष"},
        {"葛\U000E0100", "葛\U000E0100", "葛\U000E0100"},
        {"\uFE0Fa", "a", "a"},
        {"⼀", "⼀", "⼀"}, /* Kangxi radicals are left alone */
        {"a\xFF\xC1\xAA", "a\uFFFD\uFFFD\uFFFD", "a\uFFFD\uFFFD\uFFFD"},
        {"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD", "\uFFFD\uFFFD\uFFFD"},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        char *text = text_normalise(table[i].in), *line = text_normalise_line(table[i].in);
        char *again = text_normalise(text);
        if (strcmp(text, table[i].out) != 0 || strcmp(line, table[i].line) != 0)
            fail_msg("row %zu: [%s] [%s]", i, text, line);
        assert_string_equal(text, again);
        free(text);
        free(line);
        free(again);
    }
}

static void test_paragraphs(void **state) {
    (void)state;
    char *text = text_paragraphs("\n　　第一段 \n\n \n第二段\n");
    assert_string_equal(text, "第一段\n第二段");
    free(text);
    text = text_paragraphs(" \n　\n");
    assert_string_equal(text, "");
    free(text);
    text = text_trim("\n \n　　第一段 \n\n \n 第二段　\n第三段\n\n");
    assert_string_equal(text, "　　第一段\n\n\n 第二段\n第三段");
    free(text);
    text = text_trim(" \n　\n");
    assert_string_equal(text, "");
    free(text);
}

static void test_printable(void **state) {
    (void)state;
    char *text = text_printable("a\n\xB5\xB3\u202E党e\u0301");
    assert_string_equal(text, "a\\u{A}\\xB5\\xB3\\u{202E}党é");
    free(text);
}

#define BYTES(text) text, sizeof(text) - 1

static void test_encodings(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        size_t size;
        const char *text; /* NULL: refused */
    } table[] = {
        {BYTES(""), ""},
        {BYTES("plain"), "plain"},
        {BYTES("党建"), "党建"},
        {BYTES("\xEF\xBB\xBF党建"), "党建"},
        {BYTES("\xEF\xBB\xBF\xB5\xB3"), NULL},
        {BYTES("\xFF\xFE\x5A\x51\xFA\x5E"), "党建"},
        {BYTES("\xFE\xFF\x51\x5A\x5E\xFA"), "党建"},
        {BYTES("\xFF\xFE\x5A\x51\xFA"), NULL},
        {BYTES("\xFF\xFE\x00\xD8\x41\x00"), NULL}, /* half a surrogate pair */
        {BYTES("\xFF\xFE\x3C\xD8\x93\xDF"), "🎓"},
        {BYTES("\xFF\xFE"), ""},
        /* UTF-16 without a mark */
        {BYTES("h\0i\0\n\0"), "hi\n"},
        {BYTES("\0h\0i\0\n"), "hi\n"},
        {BYTES("\x5A\x51\xFA\x5E\x0D\x00\x0A\x00"), "党建\n"},
        {BYTES("\x51\x5A\x5E\xFA\x00\x0D\x00\x0A"), "党建\n"},
        {BYTES("\x5A\x51\xFA\x5E\x02\x30"), "党建。"},
        {BYTES("\x00\x4E\xF4\x95\xEA\x81\x60\x4E"), "一间自习"},
        /* GBK and GB18030 */
        {BYTES("\xB5\xB3\xBD\xA8"), "党建"},
        {BYTES("\xC1\xAA\xCD\xA8"), "联通"},
        {BYTES("\xD2\xBB"), "一"},
        {BYTES("\xC4\xBF\xB5\xC4"), "目的"},
        {BYTES("\xB5\xB3\xBD\xA8\xA1\xA3\r\nABC 123"), "党建。\nABC 123"},
        {BYTES("\x84\x31\x95\x33\xB5\xB3"), "党"}, /* the mark of GB18030 */
        {BYTES("\x95\x32\x82\x36\x95\x32\x82\x36"), "𠀀𠀀"},
        {BYTES("\x81\x40\xFD\x9B"), "丂龥"},
        {BYTES("\xB5\xB3\xBD"), NULL}, /* cut off */
        /* other UTF-8 that looks a little like it */
        {BYTES("caf\xC3\xA9"), "café"},
        {BYTES("\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82"), "Привет"},
        {BYTES("a\x01z"), "az"},
        /* not text */
        {BYTES("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\1"), NULL},
        {BYTES("\xFF\xD8\xFF\xE0\0\x10JFIF\0\1"), NULL},
        {BYTES("PK\3\4\24\0\0\0\10\0\xA8\x9C"), NULL},
        {BYTES("党\0建"), NULL},
        {BYTES("\0"), NULL},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        char *text = encoding_decode(table[i].bytes, table[i].size);
        if (!text != !table[i].text || (text && strcmp(text, table[i].text) != 0))
            fail_msg("row %zu: [%s], not [%s]", i, text ? text : "NULL",
                     table[i].text ? table[i].text : "NULL");
        free(text);
    }
}

static void test_markdown(void **state) {
    (void)state;
    static const struct {
        const char *in, *out;
    } table[] = {
        {"", ""},
        {"# 标题\n\n第一段\n续行\n\n第二段", "标题\n第一段续行\n第二段"},
        {"one\ntwo", "one two"},
        {"中文\nEnglish", "中文 English"},
        {"一行  \n两行\\\n三行", "一行两行三行"},
        {"##标题\n正文", "标题\n正文"},
        {"## 标题 ##", "标题"},
        {"#话题#很热", "#话题#很热"},
        {"标题\n====\n正文\n\n小标题\n---\n正文", "标题\n正文\n小标题\n正文"},
        {"上\n\n---\n\n***\n下", "上\n下"},
        {"- 甲\n- 乙\n  续\n* 丙\n+ [x] 丁", "· 甲\n· 乙续\n· 丙\n· 丁"},
        {"1. 甲\n2. 乙\n3、丙", "1. 甲\n2. 乙\n3、丙"},
        {"3.2千米", "3.2千米"},
        {"**粗**和*斜*与`码`，~~删~~", "粗和斜与码，删"},
        {"**反诈：**小分队", "反诈：小分队"},
        {"***都***", "都"},
        {"3 * 4 * 5，snake_case_name，5*", "3 * 4 * 5，snake_case_name，5*"},
        {"_斜_ 和 __粗__", "斜 和 粗"},
        {"`**不动**`", "**不动**"},
        {"[链接](https://a.b/c \"t\")后", "链接后"},
        {"[链接][1]\n\n[1]: https://a.b", "链接"},
        {"[**粗**](u)", "粗"},
        {"前![图](a.jpg)后", "前后"},
        {"注[^1]。", "注。"},
        {"[方括号]不动", "[方括号]不动"},
        {"\\*不斜\\*", "*不斜*"},
        {"> 引用\n> 续", "引用续"},
        {"| 甲 | 乙 |\n|---|:-:|\n| 1 | 2 |\n\n后", "甲 | 乙\n1 | 2\n后"},
        {"甲 | 乙\n--- | ---\n1 | 2", "甲 | 乙\n1 | 2"},
        {"```c\nint *a;\n\nb\n```\n后", "int *a;\nb\n后"},
        {"a<br>b<!-- x -->c <https://a.b>", "abc https://a.b"},
        {"x < y && z &lt;&nbsp;&amp;", "x < y && z < &"},
        {"2 ** 3", "2 ** 3"},
        {"[[[[((((", "[[[[(((("},
        {"`未完", "`未完"},
        {"\\", ""},
        {"*", "*"},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        char *text = markdown_paragraphs(table[i].in, NULL);
        if (strcmp(text, table[i].out) != 0)
            fail_msg("%s: [%s], not [%s]", table[i].in, text, table[i].out);
        free(text);
    }
}

/* A mebibyte of what is worst for each rule must not take noticeably long. */
static void test_markdown_hostile(void **state) {
    (void)state;
    static const char *const patterns[] = {"[",  "![", "`",  "``a`", "*a ", "<a",    "[](", "|",
                                           "> ", "\\", "- ", "&",    "_a*", "[a](b", "|a\\"};
    for (size_t i = 0; i < COUNT(patterns); i++) {
        struct str text = {0};
        while (text.size < (1u << 20))
            str_add(&text, patterns[i]);
        char *out = markdown_paragraphs(text.data, NULL);
        assert_true(text_valid(out));
        free(out);
        str_finish(&text);
    }
}

/* Every naughty string as text, Markdown, title and caption. */
static void check_naughty(const char *line) {
    enum unit unit;
    char *title = NULL, *school = NULL;
    char *file_name = xasprintf("%s.jpg", line);
    naming_split(line, NULL, NULL, &title, &school);
    char *text = encoding_decode(line, strlen(line));
    assert_non_null(text);
    char *results[] = {text,
                       title,
                       school,
                       text_normalise_line(line),
                       text_paragraphs(text),
                       text_fold(line),
                       text_fold_letters(line),
                       text_printable(line),
                       markdown_paragraphs(text, NULL),
                       caption_from_name(file_name),
                       naming_of_file(file_name),
                       naming_id(title, line)};
    for (size_t i = 0; i < COUNT(results); i++) {
        if (!text_valid(results[i]))
            fail_msg("%s: result %zu is not UTF-8", line, i);
        char *again = text_normalise(results[i]);
        if (strcmp(again, results[i]) != 0 && i != 5 && i != 6)
            fail_msg("%s: result %zu is not normalised", line, i);
        free(again);
        free(i < 3 ? NULL : results[i]);
    }
    naming_unit(line, &unit);
    caption_names_cover(file_name);
    caption_names_whole(file_name);
    titles_nearly_equal(line, title);
    free(text);
    free(title);
    free(school);
    free(file_name);
}

static void test_naughty(void **state) {
    (void)state;
    const char *corpus = getenv("FENGCAI_CORPUS");
    char *path = xasprintf("%s/text/blns.txt", corpus ? corpus : SOURCE_DIR "/../shared/corpus");
    FILE *file = fopen(path, "re");
    free(path);
    if (!file) {
        print_message("SKIP: no corpus\n");
        return;
    }
    char *line = NULL;
    size_t capacity = 0, count = 0;
    for (ssize_t size; (size = getline(&line, &capacity, file)) >= 0; count++) {
        line[size && line[size - 1] == '\n' ? size - 1 : size] = '\0';
        check_naughty(line);
    }
    free(line);
    fclose(file);
    assert_true(count > 500);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_normalise), cmocka_unit_test(test_paragraphs),
        cmocka_unit_test(test_printable), cmocka_unit_test(test_encodings),
        cmocka_unit_test(test_markdown),  cmocka_unit_test(test_markdown_hostile),
        cmocka_unit_test(test_naughty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
