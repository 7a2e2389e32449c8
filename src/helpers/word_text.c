#include "helpers/word_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "helpers/word_drawing.h"

/* Limits. */
#define MAX_FIELDS 16   /* within each other; a form has two */
#define MAX_BOXES  1000 /* that hang on one paragraph: a chart drawn by hand has a hundred */

struct box {
    const xmlNode *content;
};

struct paragraph {
    const xmlNode *properties;
    const struct word_style *style; /* NULL: none */
    bool marked;                    /* its list's mark is written */
    int points;                     /* of its largest text */
};

struct walk {
    struct word_parts *parts;
    const struct word_sink *sink;
    enum document_reason reason;
    bool stopped;
    size_t lines, bytes;
    struct str line;  /* what is read of a paragraph */
    struct str *cell; /* where lines go instead of the sink; NULL */
    struct paragraph paragraph;
    bool in_code[MAX_FIELDS]; /* of each field that is open: its code, not its result */
    size_t fields;
    struct box boxes[MAX_BOXES];
    size_t box_count;
};

static void walk_blocks(struct walk *walk, const xmlNode *parent);
static void walk_inline(struct walk *walk, const xmlNode *parent);

static void stop(struct walk *walk, enum document_reason reason) {
    if (walk->reason == DOCUMENT_GOOD)
        walk->reason = reason;
    walk->stopped = true;
}

/* ---- lines */

static bool is_blank(const char *text) {
    for (;;) {
        const char *at = text;
        uint32_t c = utf8_next(&at);
        if (c == 0)
            return true;
        if (c > ' ' && c != 0xA0 && c != 0x3000)
            return false;
        text = at;
    }
}

static void send_line(struct walk *walk, const struct word_line *line) {
    if (walk->stopped)
        return;
    walk->bytes += line->size;
    if (++walk->lines > DOCUMENT_WORD_LINES || walk->bytes > DOCUMENT_WORD_TEXT_BYTES)
        stop(walk, DOCUMENT_LONG);
    else
        walk->stopped = !walk->sink->on_line(walk->sink->user, line);
}

static void add_to_cell(struct walk *walk, const char *text, size_t size) {
    if (walk->cell->size + size > DOCUMENT_WORD_TEXT_BYTES) {
        stop(walk, DOCUMENT_LONG);
        return;
    }
    if (walk->cell->size)
        str_add_char(walk->cell, DOCUMENT_BREAK);
    str_add_bytes(walk->cell, text, size);
}

static enum document_role role_of(const struct paragraph *paragraph) {
    enum document_role style = paragraph->style ? paragraph->style->role : DOCUMENT_BODY;
    return word_outline(paragraph->properties, style);
}

/* The paragraph so far is a line: at its end, or where its line is broken. */
static void end_line(struct walk *walk) {
    const struct paragraph *paragraph = &walk->paragraph;
    const struct word_style *style = paragraph->style;
    if (!is_blank(str_text(&walk->line))) {
        struct word_line line = {
            .role = role_of(paragraph),
            .centred = word_is_centred(paragraph->properties, style && style->centred),
            .points = paragraph->points,
            .text = walk->line.data,
            .size = walk->line.size};
        if (walk->cell)
            add_to_cell(walk, line.text, line.size);
        else
            send_line(walk, &line);
    }
    str_clear(&walk->line);
}

/* ---- text */

static bool in_code(const struct walk *walk) {
    for (size_t i = 0; i < walk->fields && i < MAX_FIELDS; i++)
        if (walk->in_code[i])
            return true;
    return false;
}

static void add_mark(struct walk *walk) {
    struct paragraph *paragraph = &walk->paragraph;
    const struct word_style *style = paragraph->style;
    const xmlNode *list = xml_child(paragraph->properties, XML_WORD, "numPr");
    long number = xml_number(list, "numId", style ? style->number : -1);
    long level = xml_number(list, "ilvl", style ? style->level : 0);
    if (!paragraph->marked && number > 0)
        word_lists_mark(&walk->parts->lists, number, level, &walk->line);
    paragraph->marked = true;
}

static void add_text(struct walk *walk, const char *text) {
    if (in_code(walk))
        return;
    if (!is_blank(text))
        add_mark(walk);
    for (; *text; text++)
        str_add_char(&walk->line, (unsigned char)*text < ' ' ? ' ' : *text);
    if (walk->line.size > DOCUMENT_WORD_TEXT_BYTES)
        stop(walk, DOCUMENT_LONG);
}

static void add_content(struct walk *walk, const xmlNode *node) {
    for (const xmlNode *child = node->children; child && !walk->stopped; child = child->next)
        if (child->content &&
            (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE))
            add_text(walk, (const char *)child->content);
}

/* Marks of forms and lists from fonts of symbols; the others are ornaments. */
static void add_symbol(struct walk *walk, const xmlNode *node) {
    static const struct {
        long code;
        const char *text;
    } symbols[] = {{0x52, "☑"}, {0x54, "☒"}, {0x6C, "●"}, {0x6E, "■"}, {0x6F, "□"}, {0x71, "□"},
                   {0xA3, "□"}, {0xA8, "□"}, {0xFB, "✗"}, {0xFC, "✓"}, {0xFD, "☒"}, {0xFE, "☑"}};
    const char *code = xml_attribute(node, XML_WORD, "char");
    long value = code ? strtol(code, NULL, 16) & 0xFFF : 0;
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++)
        if (symbols[i].code == value)
            add_text(walk, symbols[i].text);
}

static void handle_field(struct walk *walk, const xmlNode *node) {
    const char *type = xml_attribute(node, XML_WORD, "fldCharType");
    if (!type)
        return;
    if (strcmp(type, "begin") == 0) {
        if (walk->fields < MAX_FIELDS)
            walk->in_code[walk->fields] = true;
        walk->fields++;
    } else if (walk->fields > 0 && strcmp(type, "separate") == 0) {
        if (walk->fields <= MAX_FIELDS)
            walk->in_code[walk->fields - 1] = false;
    } else if (walk->fields > 0 && strcmp(type, "end") == 0) {
        walk->fields--;
    }
}

static void handle_break(struct walk *walk, const xmlNode *node) {
    const char *type = xml_attribute(node, XML_WORD, "type");
    if (!in_code(walk) && (!type || strcmp(type, "textWrapping") == 0))
        end_line(walk);
}

/* ---- drawings */

static void on_picture(void *user, const struct word_picture *picture) {
    struct walk *walk = user;
    const struct relation *relation = relations_find(&walk->parts->relations, picture->relation);
    if (relation && relation->target && strcmp(relation->type, "image") == 0 && !walk->stopped)
        walk->stopped = !walk->sink->on_picture(walk->sink->user, relation->target, picture->alt,
                                                picture->crop);
}

static void on_box(void *user, const xmlNode *content) {
    struct walk *walk = user;
    if (walk->box_count < MAX_BOXES)
        walk->boxes[walk->box_count++].content = content;
}

/* A box may hold paragraphs with boxes. */
static void walk_boxes(struct walk *walk) {
    size_t count = walk->box_count;
    if (count == 0)
        return;
    struct box *boxes = xcalloc(count, sizeof *boxes);
    memcpy(boxes, walk->boxes, count * sizeof *boxes);
    walk->box_count = 0;
    for (size_t i = 0; i < count; i++)
        walk_blocks(walk, boxes[i].content);
    free(boxes);
}

/* ---- runs */

static bool run_is_hidden(const struct walk *walk, const xmlNode *properties,
                          const struct word_style *style) {
    const struct word_style *paragraph = walk->paragraph.style;
    if (xml_child(properties, XML_WORD, "vanish"))
        return xml_is_on(properties, "vanish");
    return (style && style->hidden) || (paragraph && paragraph->hidden);
}

static void note_points(struct walk *walk, const xmlNode *properties,
                        const struct word_style *style) {
    struct paragraph *paragraph = &walk->paragraph;
    int points = word_points(properties);
    if (!points && style)
        points = style->points;
    if (!points && paragraph->style)
        points = paragraph->style->points;
    if (!points)
        points = walk->parts->styles.points;
    paragraph->points = points > paragraph->points ? points : paragraph->points;
}

static void walk_run_part(struct walk *walk, const xmlNode *node) {
    const struct word_drawing_sink sink = {walk, on_picture, on_box};
    if (xml_is(node, XML_WORD, "t"))
        add_content(walk, node);
    else if (xml_is(node, XML_WORD, "tab") || xml_is(node, XML_WORD, "ptab"))
        add_text(walk, " ");
    else if (xml_is(node, XML_WORD, "br"))
        handle_break(walk, node);
    else if (xml_is(node, XML_WORD, "cr"))
        end_line(walk);
    else if (xml_is(node, XML_WORD, "noBreakHyphen"))
        add_text(walk, "-");
    else if (xml_is(node, XML_WORD, "sym"))
        add_symbol(walk, node);
    else if (xml_is(node, XML_WORD, "fldChar"))
        handle_field(walk, node);
    else if (xml_is(node, XML_WORD, "ruby"))
        walk_inline(walk, xml_child(node, XML_WORD, "rubyBase"));
    else if (xml_is(node, XML_WORD, "drawing") || xml_is(node, XML_WORD, "pict") ||
             xml_is(node, XML_WORD, "object"))
        word_drawing_read(node, &sink);
}

static void walk_run_parts(struct walk *walk, const xmlNode *parent) {
    for (const xmlNode *node = parent ? parent->children : NULL; node && !walk->stopped;
         node = node->next) {
        if (xml_is(node, XML_MARKUP, "AlternateContent"))
            walk_run_parts(walk, word_branch(node));
        else
            walk_run_part(walk, node);
    }
}

static void walk_run(struct walk *walk, const xmlNode *run) {
    const xmlNode *properties = xml_child(run, XML_WORD, "rPr");
    const struct word_style *style =
        word_styles_find(&walk->parts->styles, xml_value(properties, "rStyle"));
    if (run_is_hidden(walk, properties, style))
        return;
    size_t before = walk->line.size;
    walk_run_parts(walk, run);
    if (walk->line.size > before && !is_blank(walk->line.data + before))
        note_points(walk, properties, style);
}

/* <m:t> wherever it is: a formula as it is read aloud. */
static void walk_formula(struct walk *walk, const xmlNode *parent) {
    for (const xmlNode *node = parent->children; node; node = node->next)
        if (xml_is(node, XML_MATH, "t"))
            add_content(walk, node);
        else if (node->type == XML_ELEMENT_NODE)
            walk_formula(walk, node);
}

/* What only wraps others: of inserted text, links, fields, forms. */
static bool is_wrapper(const xmlNode *node) {
    static const char *const names[] = {"hyperlink", "smartTag",  "customXml", "ins",
                                        "moveTo",    "fldSimple", "dir",       "bdo",
                                        "rubyBase",  "sdtContent"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (xml_is(node, XML_WORD, names[i]))
            return true;
    return false;
}

static void walk_inline(struct walk *walk, const xmlNode *parent) {
    for (const xmlNode *node = parent ? parent->children : NULL; node && !walk->stopped;
         node = node->next) {
        if (xml_is(node, XML_WORD, "r"))
            walk_run(walk, node);
        else if (xml_is(node, XML_WORD, "sdt"))
            walk_inline(walk, xml_child(node, XML_WORD, "sdtContent"));
        else if (is_wrapper(node))
            walk_inline(walk, node);
        else if (xml_is(node, XML_MARKUP, "AlternateContent"))
            walk_inline(walk, word_branch(node));
        else if (xml_space_of(node) == XML_MATH)
            walk_formula(walk, node);
    }
}

/* ---- paragraphs */

/* A code that goes on in the next paragraph was never ended. */
static void end_codes(struct walk *walk) {
    memset(walk->in_code, 0, sizeof walk->in_code);
}

static void walk_paragraph(struct walk *walk, const xmlNode *node) {
    const xmlNode *properties = xml_child(node, XML_WORD, "pPr");
    const xmlNode *mark = xml_child(properties, XML_WORD, "rPr");
    const struct word_styles *styles = &walk->parts->styles;
    const char *id = xml_value(properties, "pStyle");
    bool joined = walk->line.size > 0; /* the mark of the paragraph before is deleted */
    if (!joined)
        walk->paragraph =
            (struct paragraph){.properties = properties,
                               .style = word_styles_find(styles, id ? id : styles->paragraph)};
    if (walk->paragraph.style && walk->paragraph.style->contents)
        return;
    walk_inline(walk, node);
    end_codes(walk);
    if (!xml_child(mark, XML_WORD, "del") && !xml_child(mark, XML_WORD, "moveFrom"))
        end_line(walk);
    walk_boxes(walk);
}

/* ---- tables */

/* Cells and rows stand in wrappers too. */
static const xmlNode *inside(const xmlNode *node) {
    if (xml_is(node, XML_WORD, "sdt"))
        return xml_child(node, XML_WORD, "sdtContent");
    return is_wrapper(node) ? node : NULL;
}

static bool is_deleted_row(const xmlNode *row) {
    return xml_child(xml_child(row, XML_WORD, "trPr"), XML_WORD, "del") != NULL;
}

/* Covered by the cell above, or deleted. */
static bool is_empty_cell(const xmlNode *cell) {
    const xmlNode *properties = xml_child(cell, XML_WORD, "tcPr");
    const xmlNode *merge = xml_child(properties, XML_WORD, "vMerge");
    const char *value = xml_attribute(merge, XML_WORD, "val");
    return xml_child(properties, XML_WORD, "cellDel") ||
           (merge && (!value || strcmp(value, "restart") != 0));
}

static void add_cell(struct walk *walk, const xmlNode *node, struct str *row, bool *begun,
                     const char *between) {
    struct str cell = {0}, *outer = walk->cell;
    walk->cell = &cell;
    if (!is_empty_cell(node))
        walk_blocks(walk, node);
    end_line(walk);
    walk->cell = outer;
    if (*begun)
        str_add(row, between);
    *begun = true;
    str_add(row, str_text(&cell));
    str_finish(&cell);
}

static void add_cells(struct walk *walk, const xmlNode *parent, struct str *row, bool *begun,
                      const char *between) {
    for (const xmlNode *node = parent ? parent->children : NULL; node && !walk->stopped;
         node = node->next)
        if (xml_is(node, XML_WORD, "tc"))
            add_cell(walk, node, row, begun, between);
        else if (inside(node))
            add_cells(walk, inside(node), row, begun, between);
}

static bool is_blank_row(const char *row) {
    static const char parting[] = {DOCUMENT_CELL, DOCUMENT_BREAK, ' ', '\0'};
    return row[strspn(row, parting)] == '\0';
}

/* A row within a cell is a line of it. */
static void walk_row(struct walk *walk, const xmlNode *node, bool *first) {
    static const char cell[] = {DOCUMENT_CELL, '\0'};
    struct str row = {0};
    bool begun = false;
    add_cells(walk, node, &row, &begun, walk->cell ? "　" : cell);
    if (walk->cell && !is_blank(str_text(&row))) {
        add_to_cell(walk, row.data, row.size);
    } else if (!walk->cell && !is_blank_row(str_text(&row))) {
        send_line(walk,
                  &(struct word_line){
                      .role = DOCUMENT_ROW, .first = *first, .text = row.data, .size = row.size});
        *first = false;
    }
    str_finish(&row);
}

static size_t count_cells(const xmlNode *parent) {
    size_t count = 0;
    for (const xmlNode *node = parent ? parent->children : NULL; node; node = node->next)
        count += xml_is(node, XML_WORD, "tc") ? 1 : inside(node) ? count_cells(inside(node)) : 0;
    return count;
}

/* Cells of one column are boxes around text. */
static void walk_column(struct walk *walk, const xmlNode *parent) {
    for (const xmlNode *node = parent ? parent->children : NULL; node && !walk->stopped;
         node = node->next)
        if (xml_is(node, XML_WORD, "tc"))
            walk_blocks(walk, node);
        else if (inside(node))
            walk_column(walk, inside(node));
}

static bool has_columns(const xmlNode *parent) {
    for (const xmlNode *node = parent ? parent->children : NULL; node; node = node->next)
        if (xml_is(node, XML_WORD, "tr") ? count_cells(node) > 1
                                         : inside(node) && has_columns(inside(node)))
            return true;
    return false;
}

static void walk_rows(struct walk *walk, const xmlNode *parent, bool columns, bool *first) {
    for (const xmlNode *node = parent ? parent->children : NULL; node && !walk->stopped;
         node = node->next) {
        bool row = xml_is(node, XML_WORD, "tr");
        if (row && !is_deleted_row(node) && columns)
            walk_row(walk, node, first);
        else if (row && !is_deleted_row(node))
            walk_column(walk, node);
        else if (!row && inside(node))
            walk_rows(walk, inside(node), columns, first);
    }
}

/* ---- blocks */

static bool is_contents(const xmlNode *block) {
    const xmlNode *properties = xml_child(block, XML_WORD, "sdtPr");
    const char *gallery =
        xml_value(xml_child(properties, XML_WORD, "docPartObj"), "docPartGallery");
    return gallery && strcmp(gallery, "Table of Contents") == 0;
}

static void walk_block(struct walk *walk, const xmlNode *node) {
    bool first = true;
    if (xml_is(node, XML_WORD, "p"))
        walk_paragraph(walk, node);
    else if (xml_is(node, XML_WORD, "tbl"))
        walk_rows(walk, node, has_columns(node), &first);
    else if (xml_is(node, XML_MARKUP, "AlternateContent"))
        walk_blocks(walk, word_branch(node));
    else if (inside(node) && !is_contents(node))
        walk_blocks(walk, inside(node));
}

static void walk_blocks(struct walk *walk, const xmlNode *parent) {
    for (const xmlNode *node = parent ? parent->children : NULL; node && !walk->stopped;
         node = node->next)
        walk_block(walk, node);
}

enum document_reason word_text_read(const xmlNode *root, struct word_parts *parts,
                                    const struct word_sink *sink) {
    const xmlNode *body =
        xml_is(root, XML_WORD, "document") ? xml_child(root, XML_WORD, "body") : NULL;
    struct walk *walk = xcalloc(1, sizeof *walk);
    walk->parts = parts;
    walk->sink = sink;
    if (body)
        walk_blocks(walk, body);
    if (body && !walk->stopped)
        end_line(walk);
    enum document_reason reason = body ? walk->reason : DOCUMENT_NO_WORD;
    str_finish(&walk->line);
    free(walk);
    return reason;
}
