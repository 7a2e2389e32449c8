#include "helpers/word_drawing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WHOLE     100000 /* of a side, in the unit of a crop */
#define LEAST     500    /* less is the rounding of whoever cropped */
#define VML_WHOLE 65536  /* "13107f" */

/* ---- alternatives (ECMA-376-3, 10) */

/* Shapes, groups and canvases are read here; ink, 3D and new charts only as their fallback, a
 * picture. */
static bool is_known(const char *address) {
    static const char word[] = "http://schemas.microsoft.com/office/word/";
    static const char *const others[] = {"http://schemas.microsoft.com/office/drawing/2010/main",
                                         "urn:schemas-microsoft-com:vml",
                                         "http://www.wps.cn/officeDocument/2013/wpsCustomData"};
    if (strncmp(address, word, sizeof word - 1) == 0)
        return !strstr(address, "Ink");
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(address, others[i]) == 0)
            return true;
    return false;
}

static bool prefix_is_known(const xmlNode *node, const char *prefix, size_t size) {
    char copy[64];
    if (size == 0 || size >= sizeof copy)
        return false;
    memcpy(copy, prefix, size);
    copy[size] = '\0';
    const xmlNs *ns = xmlSearchNs(node->doc, (xmlNodePtr)node, (const xmlChar *)copy);
    return ns && ns->href && is_known((const char *)ns->href);
}

static bool choice_is_known(const xmlNode *choice) {
    const char *prefixes = xml_attribute(choice, XML_NONE, "Requires");
    bool known = prefixes && *prefixes;
    while (known && *prefixes) {
        size_t size = strcspn(prefixes, " ");
        known = prefix_is_known(choice, prefixes, size);
        prefixes += size;
        prefixes += strspn(prefixes, " ");
    }
    return known;
}

const xmlNode *word_branch(const xmlNode *node) {
    for (const xmlNode *child = node->children; child; child = child->next)
        if (xml_is(child, XML_MARKUP, "Choice") && choice_is_known(child))
            return child;
    return xml_child(node, XML_MARKUP, "Fallback");
}

/* ---- crops */

/* "12500", or "12.5%" as the strict kind has it. */
static int32_t fraction_of_drawing(const char *value) {
    char *end = NULL;
    double number = value ? strtod(value, &end) : 0;
    if (!value || end == value || !isfinite(number))
        return 0;
    if (*end == '%')
        number *= WHOLE / 100.0;
    return number < LEAST ? 0 : number > WHOLE ? WHOLE : (int32_t)lround(number);
}

/* "13107f", "0.2" or "20%". */
static int32_t fraction_of_vml(const char *value) {
    char *end = NULL;
    double number = value ? strtod(value, &end) : 0;
    if (!value || end == value || !isfinite(number))
        return 0;
    number = *end == 'f' ? number / VML_WHOLE : *end == '%' ? number / 100 : number;
    number *= WHOLE;
    return number < LEAST ? 0 : number > WHOLE ? WHOLE : (int32_t)lround(number);
}

/* Of which nothing is left, nothing was meant. */
static void check_crop(int32_t crop[4]) {
    if (crop[0] + crop[2] > WHOLE - LEAST || crop[1] + crop[3] > WHOLE - LEAST)
        memset(crop, 0, 4 * sizeof *crop);
}

static void read_drawing_crop(const xmlNode *blip, int32_t crop[4]) {
    static const char *const sides[] = {"l", "t", "r", "b"};
    const xmlNode *rect = xml_child(blip->parent, XML_DRAWING, "srcRect");
    for (int i = 0; i < 4; i++)
        crop[i] = fraction_of_drawing(xml_attribute(rect, XML_NONE, sides[i]));
    check_crop(crop);
}

static void read_vml_crop(const xmlNode *data, int32_t crop[4]) {
    static const char *const sides[] = {"cropleft", "croptop", "cropright", "cropbottom"};
    for (int i = 0; i < 4; i++)
        crop[i] = fraction_of_vml(xml_attribute(data, XML_NONE, sides[i]));
    check_crop(crop);
}

/* ---- what is in it */

struct drawing {
    const struct word_drawing_sink *sink;
    const char *alt; /* of the frame that is being read */
};

static void take_blip(const struct drawing *drawing, const xmlNode *node) {
    struct word_picture picture = {.relation = xml_attribute(node, XML_RELATIONS, "embed"),
                                   .alt = drawing->alt};
    read_drawing_crop(node, picture.crop);
    if (picture.relation)
        drawing->sink->on_picture(drawing->sink->user, &picture);
}

static void take_vml(const struct drawing *drawing, const xmlNode *node) {
    const char *alt = xml_attribute(node->parent, XML_NONE, "alt");
    struct word_picture picture = {.relation = xml_attribute(node, XML_RELATIONS, "id"),
                                   .alt = alt ? alt : ""};
    read_vml_crop(node, picture.crop);
    if (picture.relation)
        drawing->sink->on_picture(drawing->sink->user, &picture);
}

/* A frame of the new kind says what it shows, and may be hidden. */
static bool enter_frame(struct drawing *drawing, const xmlNode *node) {
    const xmlNode *properties = xml_child(node, XML_PLACING, "docPr");
    const char *hidden = xml_attribute(properties, XML_NONE, "hidden");
    const char *alt = xml_attribute(properties, XML_NONE, "descr");
    drawing->alt = alt ? alt : "";
    return !(hidden && (strcmp(hidden, "1") == 0 || strcmp(hidden, "true") == 0));
}

static bool is_watermark(const xmlNode *node) {
    const char *id = xml_space_of(node) == XML_VML ? xml_attribute(node, XML_NONE, "id") : NULL;
    return id && (strstr(id, "WaterMark") || strstr(id, "Watermark"));
}

static void read_inner(struct drawing *drawing, const xmlNode *parent) {
    for (const xmlNode *node = parent ? parent->children : NULL; node; node = node->next) {
        bool frame = xml_is(node, XML_PLACING, "inline") || xml_is(node, XML_PLACING, "anchor");
        if (node->type != XML_ELEMENT_NODE || is_watermark(node))
            continue;
        if (frame && !enter_frame(drawing, node))
            continue;
        if (xml_is(node, XML_MARKUP, "AlternateContent"))
            read_inner(drawing, word_branch(node));
        else if (xml_is(node, XML_DRAWING, "blip"))
            take_blip(drawing, node);
        else if (xml_is(node, XML_VML, "imagedata"))
            take_vml(drawing, node);
        else if (xml_is(node, XML_WORD, "txbxContent"))
            drawing->sink->on_box(drawing->sink->user, node);
        else
            read_inner(drawing, node);
    }
}

void word_drawing_read(const xmlNode *node, const struct word_drawing_sink *sink) {
    struct drawing drawing = {.sink = sink, .alt = ""};
    read_inner(&drawing, node);
}
