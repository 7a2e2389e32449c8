#include "helpers/word_styles.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "base/str.h"

/* Limits. */
#define MAX_STYLES  5000 /* files that went through many hands have a thousand */
#define MAX_BASED   20   /* styles upon each other; Word allows ten */
#define MAX_POINTS  3276 /* half points, as Word has it */
#define WORD_POINTS 20   /* of a file that says nothing: ten points */

int word_points(const xmlNode *properties) {
    long points = xml_number(properties, "sz", 0);
    return points > 0 && points <= MAX_POINTS ? (int)points : 0;
}

bool word_is_centred(const xmlNode *properties, bool otherwise) {
    const char *side = xml_value(properties, "jc");
    return side ? strcmp(side, "center") == 0 : otherwise;
}

enum document_role word_outline(const xmlNode *properties, enum document_role otherwise) {
    long level = xml_number(properties, "outlineLvl", -1);
    if (level < 0)
        return otherwise;
    return level < WORD_LEVELS ? DOCUMENT_HEADING : DOCUMENT_BODY;
}

/* Word writes the names of its own styles in English whatever its language; people and WPS have
 * others beside. */
static enum document_role role_of(const char *name) {
    static const char *const titles[] = {"title",  "标题",     "公文标题",
                                         "大标题", "文章标题", "主标题"};
    static const char *const captions[] = {"caption", "题注", "图注", "图题"};
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        if (strcasecmp(name, titles[i]) == 0)
            return DOCUMENT_TITLE;
    for (size_t i = 0; i < sizeof captions / sizeof *captions; i++)
        if (strcasecmp(name, captions[i]) == 0)
            return DOCUMENT_CAPTION;
    bool heading = strncasecmp(name, "heading ", 8) == 0 || strncmp(name, "标题 ", 7) == 0;
    return heading ? DOCUMENT_HEADING : DOCUMENT_BODY;
}

static struct word_style style_of(const xmlNode *node) {
    const xmlNode *paragraph = xml_child(node, XML_WORD, "pPr");
    const xmlNode *run = xml_child(node, XML_WORD, "rPr");
    const xmlNode *list = xml_child(paragraph, XML_WORD, "numPr");
    const char *name = xml_value(node, "name");
    return (struct word_style){.id = xml_attribute(node, XML_WORD, "styleId"),
                               .name = name ? name : "",
                               .base = xml_value(node, "basedOn"),
                               .role = word_outline(paragraph, role_of(name ? name : "")),
                               .hidden = xml_is_on(run, "vanish"),
                               .centred = word_is_centred(paragraph, false),
                               .contents = name && strncasecmp(name, "toc ", 4) == 0,
                               .points = word_points(run),
                               .number = xml_number(list, "numId", -1),
                               .level = xml_number(list, "ilvl", 0)};
}

static int compare_ids(const void *a, const void *b) {
    return strcmp(((const struct word_style *)a)->id, ((const struct word_style *)b)->id);
}

const struct word_style *word_styles_find(const struct word_styles *styles, const char *id) {
    const struct word_style key = {.id = id};
    if (!id || styles->count == 0)
        return NULL;
    return bsearch(&key, styles->styles, styles->count, sizeof key, compare_ids);
}

/* What a style does not say, those say that it is based on. The role is its own. */
static void inherit(const struct word_styles *styles, struct word_style *style) {
    const char *base = style->base;
    for (int i = 0; base && i < MAX_BASED; i++) {
        const struct word_style *below = word_styles_find(styles, base);
        if (!below)
            return;
        style->points = style->points ? style->points : below->points;
        style->centred = style->centred || below->centred;
        style->hidden = style->hidden || below->hidden;
        if (style->number < 0 && below->number >= 0) {
            style->number = below->number;
            style->level = below->level;
        }
        if (style->role == DOCUMENT_BODY)
            style->role = below->role;
        base = below->base;
    }
}

static void read_defaults(struct word_styles *styles, const xmlNode *root) {
    const xmlNode *run = xml_inner(root, XML_WORD, "docDefaults", "rPrDefault", "rPr", NULL);
    int points = word_points(run);
    styles->points = points ? points : WORD_POINTS;
}

static void read_style(struct word_styles *styles, const xmlNode *node) {
    struct word_style style = style_of(node);
    const char *type = xml_attribute(node, XML_WORD, "type");
    const char *standard = xml_attribute(node, XML_WORD, "default");
    if (!style.id || styles->count == MAX_STYLES)
        return;
    if (standard && strcmp(standard, "0") != 0 && type && strcmp(type, "paragraph") == 0)
        styles->paragraph = style.id;
    if ((styles->count & (styles->count + 1)) == 0)
        styles->styles = xrealloc(styles->styles, styles->count * 2 + 1, sizeof style);
    styles->styles[styles->count++] = style;
}

void word_styles_init(struct word_styles *styles, xmlDocPtr tree) {
    *styles = (struct word_styles){.tree = tree, .points = WORD_POINTS};
    if (!tree)
        return;
    const xmlNode *root = xmlDocGetRootElement(tree);
    read_defaults(styles, root);
    for (const xmlNode *node = root->children; node; node = node->next)
        if (xml_is(node, XML_WORD, "style"))
            read_style(styles, node);
    if (styles->count)
        qsort(styles->styles, styles->count, sizeof *styles->styles, compare_ids);
    for (size_t i = 0; i < styles->count; i++)
        inherit(styles, styles->styles + i);
}

void word_styles_finish(struct word_styles *styles) {
    free(styles->styles);
    xmlFreeDoc(styles->tree);
    *styles = (struct word_styles){0};
}
