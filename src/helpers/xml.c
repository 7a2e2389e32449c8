#include "helpers/xml.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

static const struct {
    enum xml_space space;
    const char *address;
} spaces[] = {
    {XML_WORD, "http://schemas.openxmlformats.org/wordprocessingml/2006/main"},
    {XML_WORD, "http://purl.oclc.org/ooxml/wordprocessingml/main"},
    {XML_DRAWING, "http://schemas.openxmlformats.org/drawingml/2006/main"},
    {XML_DRAWING, "http://purl.oclc.org/ooxml/drawingml/main"},
    {XML_PICTURE, "http://schemas.openxmlformats.org/drawingml/2006/picture"},
    {XML_PICTURE, "http://purl.oclc.org/ooxml/drawingml/picture"},
    {XML_PLACING, "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"},
    {XML_PLACING, "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing"},
    {XML_RELATIONS, "http://schemas.openxmlformats.org/officeDocument/2006/relationships"},
    {XML_RELATIONS, "http://purl.oclc.org/ooxml/officeDocument/relationships"},
    {XML_PACKAGE, "http://schemas.openxmlformats.org/package/2006/relationships"},
    {XML_MARKUP, "http://schemas.openxmlformats.org/markup-compatibility/2006"},
    {XML_VML, "urn:schemas-microsoft-com:vml"},
    {XML_MATH, "http://schemas.openxmlformats.org/officeDocument/2006/math"},
    {XML_MATH, "http://purl.oclc.org/ooxml/officeDocument/math"},
};

/* ---- parsing */

static void on_dtd(void *user, const xmlChar *name, const xmlChar *external,
                   const xmlChar *system) {
    xmlParserCtxtPtr parser = user;
    (void)name;
    (void)external;
    (void)system;
    *(enum document_reason *)parser->_private = DOCUMENT_ENTITIES;
    xmlStopParser(parser);
}

/* libxml2 2.9 says "Excessive depth" by this code. */
static enum document_reason explain(const xmlParserCtxt *parser) {
    const char *message = parser->lastError.message;
    if (parser->errNo == XML_ERR_NO_MEMORY)
        return DOCUMENT_NO_MEMORY;
    return message && strstr(message, "depth") ? DOCUMENT_DEEP : DOCUMENT_BROKEN;
}

enum document_reason xml_read(const char *bytes, size_t size, xmlDocPtr *tree) {
    enum document_reason reason = DOCUMENT_GOOD;
    *tree = NULL;
    if (size > DOCUMENT_XML_BYTES)
        return DOCUMENT_ENTRY_LARGE;
    xmlParserCtxtPtr parser = xmlCreateMemoryParserCtxt(bytes, (int)size);
    if (!parser)
        return size ? DOCUMENT_NO_MEMORY : DOCUMENT_BROKEN;
    /* NOENT: attributes in one piece; with no DTD there is no entity to be replaced. */
    xmlCtxtUseOptions(parser, XML_PARSE_NOENT | XML_PARSE_NONET | XML_PARSE_NOERROR |
                                  XML_PARSE_NOWARNING | XML_PARSE_NOCDATA | XML_PARSE_COMPACT);
    parser->_private = &reason;
    parser->sax->internalSubset = on_dtd;
    xmlParseDocument(parser);
    bool good = reason == DOCUMENT_GOOD && parser->wellFormed && parser->myDoc &&
                xmlDocGetRootElement(parser->myDoc);
    if (good)
        *tree = parser->myDoc;
    else if (reason == DOCUMENT_GOOD)
        reason = explain(parser);
    if (!good)
        xmlFreeDoc(parser->myDoc);
    parser->myDoc = NULL;
    xmlFreeParserCtxt(parser);
    return reason;
}

/* ---- looking */

static enum xml_space space_of(const xmlNs *ns) {
    for (size_t i = 0; ns && ns->href && i < sizeof spaces / sizeof *spaces; i++)
        if (strcmp((const char *)ns->href, spaces[i].address) == 0)
            return spaces[i].space;
    return ns ? XML_OTHER : XML_NONE;
}

enum xml_space xml_space_of(const xmlNode *node) {
    return space_of(node->ns);
}

bool xml_is(const xmlNode *node, enum xml_space space, const char *name) {
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0 &&
           space_of(node->ns) == space;
}

const xmlNode *xml_child(const xmlNode *node, enum xml_space space, const char *name) {
    const xmlNode *child = node ? node->children : NULL;
    while (child && !xml_is(child, space, name))
        child = child->next;
    return child;
}

const xmlNode *xml_inner(const xmlNode *node, enum xml_space space, ...) {
    va_list names;
    va_start(names, space);
    for (const char *name; (name = va_arg(names, const char *));)
        node = xml_child(node, space, name);
    va_end(names);
    return node;
}

const char *xml_attribute(const xmlNode *node, enum xml_space space, const char *name) {
    const xmlAttr *attribute = node ? node->properties : NULL;
    while (attribute &&
           (strcmp((const char *)attribute->name, name) != 0 || space_of(attribute->ns) != space))
        attribute = attribute->next;
    if (!attribute)
        return NULL;
    const xmlNode *text = attribute->children;
    return text && text->content ? (const char *)text->content : "";
}

const char *xml_value(const xmlNode *node, const char *name) {
    return xml_attribute(xml_child(node, XML_WORD, name), XML_WORD, "val");
}

long xml_number(const xmlNode *node, const char *name, long otherwise) {
    const char *value = xml_value(node, name);
    char *end = NULL;
    long number = value ? strtol(value, &end, 10) : otherwise;
    return value && end == value ? otherwise : number;
}

bool xml_is_on(const xmlNode *node, const char *name) {
    const xmlNode *child = xml_child(node, XML_WORD, name);
    const char *value = xml_attribute(child, XML_WORD, "val");
    return child &&
           !(value && (!strcmp(value, "0") || !strcmp(value, "false") || !strcmp(value, "off")));
}
