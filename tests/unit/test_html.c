/* HTML through the real helper: what of it is text, where its paragraphs end, which pictures it
 * has, and that no page costs more than its limits. */
#include "document_fixture.h"

#include "ingest/document_wire.h"

static void expect_text(struct fixture *fixture, const char *html, size_t size,
                        const char *expected) {
    struct document_text text;
    if (!document_html(fixture->nursery, html, size, &text, &fixture->reject, &fixture->detail))
        fail_msg("%s: refused, %s", html, fixture->detail);
    if (strcmp(text.text, expected) != 0)
        fail_msg("%s: \"%s\", not \"%s\"", html, text.text, expected);
    document_text_finish(&text);
}

static void test_text(void **state) {
    static const struct {
        const char *html, *text;
    } cases[] = {
        {"", ""},
        {"  \n ", ""},
        {"字", "字"},
        {"a <b>b</b>\n<i>c</i>  d", "a b c d"},
        {"中文\n换行", "中文换行"},
        {"中文\n  Latin\n词", "中文 Latin 词"},
        {"한글\n한글", "한글 한글"},
        /* blocks */
        {"<p>甲<p>乙</p>丙<br>丁<br/><br>戊", "甲\n乙\n丙\n丁\n戊"},
        {"<h1>题</h1><div>甲<div>乙</div>丙</div>", "题\n甲\n乙\n丙"},
        {"<article><header><h2>题</h2></header><section>甲</section><footer>尾</footer></article>",
         "题\n甲\n尾"},
        {"<figure><img src=a><figcaption>图一</figcaption></figure>文", "图一\n文"},
        {"<dl><dt>名<dd>释<dt>名<dd>释</dl>", "名\n释\n名\n释"},
        {"甲<hr>乙<blockquote>丙</blockquote>丁", "甲\n乙\n丙\n丁"},
        {"<pre>一\n  二  三\n\n四</pre>五", "一\n二  三\n四\n五"},
        {"<p>&nbsp;</p><p>　首行缩进</p>", "首行缩进"},
        /* lists */
        {"<ul><li>甲<li>乙</ul>", "· 甲\n· 乙"},
        {"<ol><li>甲</li><li>乙</li></ol><ol><li>丙</li></ol>", "1. 甲\n2. 乙\n1. 丙"},
        {"<ol start=9><li>甲<li>乙</ol>", "9. 甲\n10. 乙"},
        {"<ol start=-3><li>甲</ol>", "1. 甲"},
        {"<ol><li>甲<ol><li>子<li>丑</ol></li><li>乙<ul><li>寅</ul><li>丙</ol>",
         "1. 甲\n1. 子\n2. 丑\n2. 乙\n· 寅\n3. 丙"},
        {"<ul><li><p>甲</p><p>续</p></li><li></li></ul>尾", "· 甲\n续\n尾"},
        {"<li>甲", "· 甲"},
        /* tables */
        {"<table><caption>表</caption><thead><tr><th>名<th>数</thead><tr><td>甲</td><td>1</td></tr>"
         "<tr><td>乙</td><td>2</td></tr></table>尾",
         "表\n名　数\n甲　1\n乙　2\n尾"},
        {"<table><tr><td><p>甲</p></td><td></td><td><div>乙</div></td></tr></table>", "甲　乙"},
        {"<table><tr><td><p>甲</p><p>乙</p></td></tr></table>", "甲\n乙"},
        {"<table><tr><td>外<table><tr><td>内<td>中</table></td><td>后</td></tr></table>",
         "外\n内　中　后"},
        /* what is not seen */
        {"<script>var a='<p>x';</script>甲<style>p{}</style><noscript>x</noscript>", "甲"},
        {"<template><p>x</p></template>甲<!-- x -->乙", "甲乙"},
        {"<p hidden>x</p><p aria-hidden=true>x</p><p aria-hidden=false>甲</p>", "甲"},
        {"<p style='color:red; Display : NONE'>x</p><p style='visibility:hidden'>x<b>y</b></p>甲",
         "甲"},
        {"<div style=display:none><ul><li>x</ul></div>甲<ol hidden><li>x</ol>乙", "甲乙"},
        {"<title>x</title><body>甲<select><option>x</select><textarea>x</textarea><svg><text>x</"
         "svg>",
         "甲"},
        {"<ruby>汉<rp>(</rp><rt>han</rt><rp>)</rp></ruby>字", "汉字"},
        {"<a href='javascript:x'>链接</a><wbr>字", "链接字"},
        /* entities, and what is none */
        {"&lt;b&gt; &amp;amp; &copy; &#20013;&#x6587; &hellip; &nosuch; &",
         "<b> &amp; © 中文 … &nosuch; &"},
        {"&#0;&#xD800;&#x110000;甲", "甲"},
        {"3 < 5 > 2", "3 < 5 > 2"},
        /* the encoding is known, whatever it says */
        {"<meta charset=gbk><meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'>"
         "<p>中文</p>",
         "中文"},
        {"<?xml version='1.0' encoding='gb2312'?><p>中文</p>", "中文"},
        {"\xEF\xBB\xBF<p>中文</p>", "中文"},
        {"<p>\xd6\xd0 甲</p>", "\uFFFD\uFFFD 甲"},
        {"caf\xc3\xa9", "caf\xc3\xa9"},
        /* broken */
        {"</p></div></ul>甲</b>乙", "甲乙"},
        {"<p><b>甲<i>乙</b>丙</i></p>", "甲乙丙"},
        {"<p", ""},
        {"甲<p class=\"", "甲"},
        {"甲<!--", "甲"},
        {"<frameset><frame src=x></frameset>", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_text(*state, cases[i].html, strlen(cases[i].html), cases[i].text);
    expect_text(*state, "<p>a\0b</p><p>c", 14, "a b\nc");
    expect_text(*state, "\0\0\0\0", 4, "");
    expect_text(*state, "甲<\0p\0>\0", 9, "甲< p >");
}

static struct document_text read_html(struct fixture *fixture, const char *html) {
    struct document_text text;
    if (!document_html(fixture->nursery, html, strlen(html), &text, &fixture->reject,
                       &fixture->detail))
        fail_msg("%s", fixture->detail);
    return text;
}

static void test_pictures(void **state) {
    struct document_text text = read_html(
        *state,
        "<img src='a.jpg' alt=' 一 张\n图 '><p hidden><img src=hidden.jpg></p>"
        "<img src=\"https://h/图.png?a=1&amp;b=2\"><img alt=x><img src=''><img src=' b.jpg '>"
        "<img src='data:image/gif;base64,R0' data-src='late.jpg'><img src='data:,x'>"
        "<img src='a b.jpg'><img src='a\tb.jpg'><noscript><img src=late.jpg></noscript>");
    static const char *const expected[][2] = {
        {"a.jpg", "一 张 图"}, {"https://h/图.png?a=1&b=2", ""}, {"b.jpg", ""}, {"late.jpg", ""}};
    assert_int_equal(text.picture_count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(text.pictures[i].url, expected[i][0]);
        assert_string_equal(text.pictures[i].alt, expected[i][1]);
    }
    assert_string_equal(text.text, "");
    document_text_finish(&text);
}

static void test_many_pictures(void **state) {
    struct str html = {0};
    for (int i = 0; i < 1000; i++)
        str_addf(&html, "<img src=%d.jpg>", i);
    struct document_text text = read_html(*state, html.data);
    assert_int_equal(text.picture_count, DOCUMENT_PICTURES);
    assert_string_equal(text.pictures[DOCUMENT_PICTURES - 1].url, "199.jpg");
    document_text_finish(&text);
    str_finish(&html);
}

static struct str repeated(const char *piece, size_t times) {
    struct str html = {0};
    for (size_t i = 0; i < times; i++)
        str_add(&html, piece);
    return html;
}

/* says NULL: taken. */
static void expect_verdict(struct fixture *fixture, struct str html, const char *says) {
    struct document_text text;
    free(fixture->detail);
    bool good = document_html(fixture->nursery, html.data, html.size, &text, &fixture->reject,
                              &fixture->detail);
    if (good != !says || (says && (fixture->reject != REJECT_HTML || !fixture->detail ||
                                   !strstr(fixture->detail, says))))
        fail_msg("%.20s…: %s, %s", html.data, good ? "taken" : "refused",
                 fixture->detail ? fixture->detail : "no detail");
    document_text_finish(&text);
    str_finish(&html);
}

static void test_bombs(void **state) {
    expect_verdict(*state, repeated("<div>", 1000000), "nested too deeply");
    expect_verdict(*state, repeated("<b><i>", 1000000), "nested too deeply");
    expect_verdict(*state, repeated("<div>", 400), NULL);
    expect_verdict(*state, repeated("<p>a", 1000000), NULL);
    expect_verdict(*state, repeated("<li>", 1000000), NULL);
    expect_verdict(*state, repeated("</x>", 1000000), NULL);
    expect_verdict(*state, repeated("<", 1000000), NULL);
    expect_verdict(*state, repeated("&", 1000000), NULL);
    expect_verdict(*state, repeated("&amp;", 1000000), NULL);
    expect_verdict(*state, repeated("x", DOCUMENT_HTML_BYTES + 1), "too long");
    struct str lists = repeated("<ol><li>a</ol>", 100000);
    expect_verdict(*state, lists, NULL);
    struct str entities = {0};
    str_add(&entities, "<!DOCTYPE html [<!ENTITY a0 \"aaaaaaaaaa\">");
    for (int i = 1; i < 20; i++)
        str_addf(&entities, "<!ENTITY a%d \"&a%d;&a%d;&a%d;&a%d;\">", i, i - 1, i - 1, i - 1,
                 i - 1);
    str_add(&entities, "]><p>&a19;</p>");
    expect_verdict(*state, entities, NULL);
}

/* An attribute of 10 MB is no picture, and nothing of it is text. */
static void test_large_attribute(void **state) {
    struct fixture *fixture = *state;
    struct str html = {0}, attribute = repeated("x", 10000000);
    struct document_text text;
    str_addf(&html, "<p>甲</p><img src=\"%s\">", attribute.data);
    if (document_html(fixture->nursery, html.data, html.size, &text, &fixture->reject,
                      &fixture->detail)) {
        assert_string_equal(text.text, "甲");
        assert_int_equal(text.picture_count, 0);
    } else {
        assert_int_equal(fixture->reject, REJECT_HTML);
    }
    document_text_finish(&text);
    str_finish(&attribute);
    str_finish(&html);
}

static void test_no_helper(void **state) {
    struct fixture *fixture = *state;
    struct document_text text;
    nursery_destroy(fixture->nursery);
    fixture->nursery = nursery_create("/bin/true");
    assert_false(
        document_html(fixture->nursery, "x", 1, &text, &fixture->reject, &fixture->detail));
    assert_int_equal(fixture->reject, REJECT_HELPER);
    assert_null(text.text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_text),  TEST(test_pictures),        TEST(test_many_pictures),
        TEST(test_bombs), TEST(test_large_attribute), TEST(test_no_helper),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
