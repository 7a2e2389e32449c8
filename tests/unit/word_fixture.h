/* word_fixture.h: Word files put together of fragments, and what is read of them */
#pragma once

#include "document_fixture.h"

#define SPACES                                                                                     \
    "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' "                      \
    "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships' "               \
    "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' "                             \
    "xmlns:pic='http://schemas.openxmlformats.org/drawingml/2006/picture' "                        \
    "xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing' "           \
    "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' "                      \
    "xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape' "               \
    "xmlns:cx='http://schemas.microsoft.com/office/drawing/2014/chartex' "                         \
    "xmlns:v='urn:schemas-microsoft-com:vml' "                                                     \
    "xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'"

#define P(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define STYLED(id, text)                                                                           \
    "<w:p><w:pPr><w:pStyle w:val='" id "'/></w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"
#define CENTRED(text)                                                                              \
    "<w:p><w:pPr><w:jc w:val='center'/></w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"
#define SIZED(size, text)                                                                          \
    "<w:p><w:r><w:rPr><w:sz w:val='" size "'/></w:rPr><w:t>" text "</w:t></w:r></w:p>"
#define ITEM(list, level, text)                                                                    \
    "<w:p><w:pPr><w:numPr><w:ilvl w:val='" level "'/><w:numId w:val='" list                        \
    "'/></w:numPr></w:pPr><w:r><w:t>" text "</w:t></w:r></w:p>"
#define PICTURE(id, more)                                                                          \
    "<w:p><w:r><w:drawing><wp:inline><wp:docPr id='1' name='图片 1'" more                          \
    "/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed='" id                      \
    "'/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
#define ROW(cells)         "<w:tr>" cells "</w:tr>"
#define CELL(inner)        "<w:tc><w:tcPr/>" inner "</w:tc>"
#define TABLE(rows)        "<w:tbl><w:tblPr/>" rows "</w:tbl>"
/* label and value */
#define PAIR(label, value) ROW(CELL(P(label)) CELL(P(value)))

static const char word_styles[] =
    "<w:styles " SPACES "><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val='21'/></w:rPr>"
    "</w:rPrDefault></w:docDefaults>"
    "<w:style w:type='paragraph' w:default='1' w:styleId='a'><w:name w:val='Normal'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='a7'><w:name w:val='Title'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='1'><w:name w:val='heading 1'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='a9'><w:name w:val='caption'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='TOC1'><w:name w:val='toc 1'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='mine'><w:name w:val='我的'/><w:basedOn "
    "w:val='a7'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='loop'><w:name w:val='x'/><w:basedOn "
    "w:val='loop'/></w:style>"
    "<w:style w:type='character' w:styleId='ghost'><w:name "
    "w:val='ghost'/><w:rPr><w:vanish/></w:rPr></w:style>"
    "</w:styles>";

static const char word_numbering[] =
    "<w:numbering " SPACES "><w:abstractNum w:abstractNumId='0'>"
    "<w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='chineseCountingThousand'/><w:lvlText "
    "w:val='%1、'/></w:lvl>"
    "<w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText "
    "w:val='%2.'/></w:lvl>"
    "<w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText "
    "w:val='%2.%3'/></w:lvl></w:abstractNum>"
    "<w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/><w:lvlText "
    "w:val='&#xF06C;'/></w:lvl></w:abstractNum>"
    "<w:abstractNum w:abstractNumId='2'><w:lvl w:ilvl='0'><w:start w:val='9'/><w:numFmt "
    "w:val='decimalEnclosedCircle'/><w:lvlText w:val='%1'/></w:lvl></w:abstractNum>"
    "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
    "<w:num w:numId='2'><w:abstractNumId w:val='1'/></w:num>"
    "<w:num w:numId='3'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride "
    "w:val='1'/></w:lvlOverride></w:num>"
    "<w:num w:numId='4'><w:abstractNumId w:val='2'/></w:num>"
    "</w:numbering>";

static const char word_relations[] =
    "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
    "<Relationship Id='rId1' Type='http://x/relationships/styles' Target='styles.xml'/>"
    "<Relationship Id='rId2' Type='http://x/relationships/numbering' Target='/word/numbering.xml'/>"
    "<Relationship Id='p1' Type='http://x/relationships/image' Target='media/image1.png'/>"
    "<Relationship Id='p2' Type='http://x/relationships/image' "
    "Target='../word/./media/IMAGE2.jpeg'/>"
    "<Relationship Id='p3' Type='http://x/relationships/image' Target='media/missing.png'/>"
    "<Relationship Id='p4' Type='http://x/relationships/image' Target='http://example.org/x.png' "
    "TargetMode='External'/>"
    "<Relationship Id='p5' Type='http://x/relationships/image' Target='../../../../etc/passwd'/>"
    "</Relationships>";

static const char word_root[] =
    "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
    "<Relationship Id='rId1' Type='http://schemas.openxmlformats.org/officeDocument/2006/"
    "relationships/officeDocument' Target='word/document.xml'/></Relationships>";

/* The whole file of a document part; what a test wants otherwise it says in `parts`. */
static inline struct str word_build(const char *document) {
    const struct zipped parts[] = {
        {.name = "_rels/.rels", .content = word_root, .deflated = true},
        {.name = "word/document.xml", .content = document, .deflated = true},
        {.name = "word/_rels/document.xml.rels", .content = word_relations, .deflated = true},
        {.name = "word/styles.xml", .content = word_styles, .deflated = true},
        {.name = "word/numbering.xml", .content = word_numbering, .deflated = true},
        {.name = "word/media/image1.png", .content = "first"},
        {.name = "word/media/image2.jpeg", .content = "second"},
        {.name = "word/media/unused.png", .content = "unused"},
    };
    return zip_build(parts, sizeof parts / sizeof *parts);
}

static inline struct str word_of_body(const char *body) {
    char *document =
        xasprintf("<?xml version='1.0' encoding='UTF-8' standalone='yes'?><w:document " SPACES
                  "><w:body>%s<w:sectPr/></w:body></w:document>",
                  body);
    struct str file = word_build(document);
    free(document);
    return file;
}

static inline bool word_read_bytes(struct fixture *fixture, const char *bytes, size_t size,
                                   struct docx_text *text) {
    int fd = memfd_create("word", MFD_CLOEXEC);
    assert_true(write_all(fd, bytes, size));
    fs_remove_tree(fixture->folder);
    assert_int_equal(mkdir(fixture->folder, 0700), 0);
    free(fixture->detail);
    fixture->detail = NULL;
    bool good = document_docx(fixture->nursery, fd, fixture->folder, "w-", text, &fixture->reject,
                              &fixture->detail);
    close(fd);
    return good;
}

/* "title|line/line|info/|[caption=bytes crop]", empty parts at the end left out. */
static inline char *word_describe(const struct docx_text *text) {
    struct str out = {0};
    str_addf(&out, "%s|%s|%s|", text->title, text->text, text->info);
    for (size_t i = 0; i < out.size; i++)
        if (out.data[i] == '\n')
            out.data[i] = '/';
    for (size_t i = 0; i < text->picture_count; i++) {
        const struct docx_picture *picture = text->pictures + i;
        char *bytes = NULL;
        size_t size = 0;
        assert_true(fs_read(picture->path, 1000, &bytes, &size));
        str_addf(&out, "[%s=%s", picture->caption, bytes);
        if (picture->crop[0] || picture->crop[1] || picture->crop[2] || picture->crop[3])
            str_addf(&out, " %d %d %d %d", picture->crop[0], picture->crop[1], picture->crop[2],
                     picture->crop[3]);
        str_add(&out, "]");
        free(bytes);
    }
    while (out.size && out.data[out.size - 1] == '|')
        out.data[--out.size] = '\0';
    return str_take(&out);
}

static inline void expect_word(struct fixture *fixture, const char *body, const char *expected) {
    struct str file = word_of_body(body);
    struct docx_text text;
    if (!word_read_bytes(fixture, file.data, file.size, &text))
        fail_msg("%s: refused, %s", body, fixture->detail);
    char *got = word_describe(&text);
    if (strcmp(got, expected) != 0)
        fail_msg("%s:\n\"%s\", not\n\"%s\"", body, got, expected);
    free(got);
    docx_text_finish(&text);
    str_finish(&file);
}
