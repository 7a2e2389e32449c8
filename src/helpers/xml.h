/* xml.h: one part of an Office file → a tree, by libxml2
 *
 * Nothing outside of the bytes is ever read, a DTD is refused before it is parsed (ECMA-376-2, 9.1:
 * none is allowed), and elements nest at most 256 deep. Names are told apart by their namespaces:
 * prefixes differ from program to program. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <libxml/tree.h>

#include "ingest/document_wire.h"

/* Both the transitional and the strict addresses. */
enum xml_space {
    XML_NONE, /* of an attribute: none */
    XML_WORD,
    XML_DRAWING,
    XML_PICTURE,
    XML_PLACING,   /* wp: */
    XML_RELATIONS, /* r:, and of the attributes in it */
    XML_PACKAGE,
    XML_MARKUP, /* mc: */
    XML_VML,
    XML_MATH,
    XML_OTHER
};

/* *tree is the caller's (xmlFreeDoc), NULL but for DOCUMENT_GOOD. */
enum document_reason xml_read(const char *bytes, size_t size, xmlDocPtr *tree);

enum xml_space xml_space_of(const xmlNode *node);
bool xml_is(const xmlNode *node, enum xml_space space, const char *name);
/* The first child element of that name; NULL: none, or node is NULL. */
const xmlNode *xml_child(const xmlNode *node, enum xml_space space, const char *name);
/* Down a path of names in one space, ended by NULL. */
const xmlNode *xml_inner(const xmlNode *node, enum xml_space space, ...) __attribute__((sentinel));
/* The attribute's value, valid as long as the tree; NULL: there is none. */
const char *xml_attribute(const xmlNode *node, enum xml_space space, const char *name);
/* w:val of the child that is named; NULL: none. */
const char *xml_value(const xmlNode *node, const char *name);
long xml_number(const xmlNode *node, const char *name, long otherwise);
/* A switch like <w:vanish/>: there and not said to be off. */
bool xml_is_on(const xmlNode *node, const char *name);
