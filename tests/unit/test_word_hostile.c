/* Word files that somebody made to do harm, or that are broken: refused by name, within limits, and
 * nothing is left behind. */
#include "word_fixture.h"

#include "ingest/document_wire.h"

static void refuse_bytes(struct fixture *fixture, const char *what, const char *bytes, size_t size,
                         const char *why) {
    struct docx_text text;
    if (word_read_bytes(fixture, bytes, size, &text))
        fail_msg("%s: taken", what);
    if (fixture->reject != REJECT_WORD || !strstr(fixture->detail, why))
        fail_msg("%s: %s, \"%s\", not \"%s\"", what, reject_code(fixture->reject), fixture->detail,
                 why);
    assert_null(text.text);
    assert_int_equal(entries_in(fixture->folder), 0);
    assert_int_equal(entries_in(fixture->root), 1);
}

static void refuse_document(struct fixture *fixture, const char *document, const char *why) {
    struct str file = word_build(document);
    refuse_bytes(fixture, document, file.data, file.size, why);
    str_finish(&file);
}

static void test_no_word(void **state) {
    static const char old[512] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    const struct zipped others[] = {{.name = "mimetype", .content = "x"}};
    struct str zip = zip_build(others, 1);
    refuse_bytes(*state, "an old file", old, sizeof old, "旧的 .doc");
    refuse_bytes(*state, "text", "你好", 6, "zip");
    refuse_bytes(*state, "nothing", "", 0, "zip");
    refuse_bytes(*state, "another zip", zip.data, zip.size, ".docx");
    str_finish(&zip);
    refuse_document(*state, "", "损坏");
    refuse_document(*state, "<w:document " SPACES "/>", ".docx");
    refuse_document(*state, "<html><body/></html>", ".docx");
    refuse_document(*state, "<w:document " SPACES "><w:body><w:p>", "损坏");
}

static void test_entities(void **state) {
    refuse_document(*state,
                    "<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><w:document " SPACES
                    "><w:body>" P("&x;") "</w:body></w:document>",
                    "DTD");
    refuse_document(*state,
                    "<!DOCTYPE d SYSTEM 'http://127.0.0.1/d.dtd'><w:document " SPACES
                    "><w:body/></w:document>",
                    "DTD");
    refuse_document(*state,
                    "<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>"
                    "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]><w:document " SPACES
                    "><w:body>" P("&c;") "</w:body></w:document>",
                    "DTD");
    refuse_document(*state, "<w:document " SPACES "><w:body>" P("&x;") "</w:body></w:document>",
                    "损坏");
}

static void test_deep(void **state) {
    struct str document = {0};
    str_add(&document, "<w:document " SPACES "><w:body>");
    for (int i = 0; i < 300; i++)
        str_add(&document, "<w:tbl><w:tr><w:tc>");
    for (int i = 0; i < 300; i++)
        str_add(&document, "</w:tc></w:tr></w:tbl>");
    str_add(&document, "</w:body></w:document>");
    refuse_document(*state, document.data, "嵌套");
    str_finish(&document);
}

/* Packed to a thousandth. */
static void test_bombs(void **state) {
    size_t size = DOCUMENT_XML_BYTES + 1;
    char *spaces = xmalloc(size + 1);
    memset(spaces, ' ', size);
    spaces[size] = '\0';
    refuse_document(*state, spaces, "太大");
    free(spaces);
    struct str body = {0};
    str_add(&body, "<w:document " SPACES "><w:body>");
    for (int i = 0; i < DOCUMENT_WORD_LINES + 1; i++)
        str_add(&body, P("x"));
    str_add(&body, "</w:body></w:document>");
    refuse_document(*state, body.data, "太长");
    str_finish(&body);
}

static void test_damaged(void **state) {
    struct fixture *fixture = *state;
    const struct zipped parts[] = {
        {.name = "_rels/.rels", .content = word_root},
        {.name = "word/document.xml",
         .content = "<w:document " SPACES "><w:body>" PICTURE("p1", "") "</w:body></w:document>"},
        {.name = "word/_rels/document.xml.rels", .content = word_relations},
        {.name = "word/media/image1.png", .content = "first", .crc_error = 1},
    };
    struct str file = zip_build(parts, 4);
    refuse_bytes(fixture, "a picture with a wrong CRC", file.data, file.size, "损坏");
    str_finish(&file);
    struct str good = word_of_body(P("甲") PICTURE("p1", ""));
    for (size_t size = 0; size < good.size; size += 97)
        refuse_bytes(fixture, "a file that was cut", good.data, size, "");
    str_finish(&good);
}

/* Styles and numbering that are broken cost only what they say. */
static void test_sides(void **state) {
    struct fixture *fixture = *state;
    const struct zipped parts[] = {
        {.name = "word/document.xml",
         .content =
             "<w:document " SPACES "><w:body>" ITEM("1", "0", "甲") "</w:body></w:document>"},
        {.name = "word/_rels/document.xml.rels", .content = word_relations},
        {.name = "word/styles.xml", .content = "<broken"},
        {.name = "word/numbering.xml", .content = ""},
    };
    struct str file = zip_build(parts, 4);
    struct docx_text text;
    assert_true(word_read_bytes(fixture, file.data, file.size, &text));
    assert_string_equal(text.text, "甲");
    docx_text_finish(&text);
    str_finish(&file);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(test_no_word), TEST(test_entities), TEST(test_deep),
                                       TEST(test_bombs),   TEST(test_damaged),  TEST(test_sides)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
