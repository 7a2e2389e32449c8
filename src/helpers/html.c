#include "helpers/html.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#define NUMBER_MOST 99999 /* of a list's item */

enum role {
    ROLE_INLINE,
    ROLE_BLOCK,
    ROLE_SKIP,    /* nothing of it is seen */
    ROLE_NUMBERS, /* a list with numbers */
    ROLE_LIST,
    ROLE_ITEM,
    ROLE_ROW,
    ROLE_CELL,
    ROLE_PRE,
    ROLE_PICTURE
};

static const struct tag {
    const char *name;
    enum role role;
} tags[] = {
    {"address", ROLE_BLOCK},    {"applet", ROLE_SKIP},   {"article", ROLE_BLOCK},
    {"aside", ROLE_BLOCK},      {"audio", ROLE_SKIP},    {"blockquote", ROLE_BLOCK},
    {"body", ROLE_BLOCK},       {"br", ROLE_BLOCK},      {"button", ROLE_SKIP},
    {"canvas", ROLE_SKIP},      {"caption", ROLE_BLOCK}, {"center", ROLE_BLOCK},
    {"dd", ROLE_BLOCK},         {"details", ROLE_BLOCK}, {"dialog", ROLE_BLOCK},
    {"dir", ROLE_LIST},         {"div", ROLE_BLOCK},     {"dl", ROLE_BLOCK},
    {"dt", ROLE_BLOCK},         {"embed", ROLE_SKIP},    {"fieldset", ROLE_BLOCK},
    {"figcaption", ROLE_BLOCK}, {"figure", ROLE_BLOCK},  {"footer", ROLE_BLOCK},
    {"form", ROLE_BLOCK},       {"h1", ROLE_BLOCK},      {"h2", ROLE_BLOCK},
    {"h3", ROLE_BLOCK},         {"h4", ROLE_BLOCK},      {"h5", ROLE_BLOCK},
    {"h6", ROLE_BLOCK},         {"header", ROLE_BLOCK},  {"hgroup", ROLE_BLOCK},
    {"hr", ROLE_BLOCK},         {"iframe", ROLE_SKIP},   {"img", ROLE_PICTURE},
    {"legend", ROLE_BLOCK},     {"li", ROLE_ITEM},       {"main", ROLE_BLOCK},
    {"math", ROLE_SKIP},        {"menu", ROLE_LIST},     {"nav", ROLE_BLOCK},
    {"noframes", ROLE_SKIP},    {"noscript", ROLE_SKIP}, {"object", ROLE_SKIP},
    {"ol", ROLE_NUMBERS},       {"p", ROLE_BLOCK},       {"pre", ROLE_PRE},
    {"rp", ROLE_SKIP},          {"rt", ROLE_SKIP},       {"script", ROLE_SKIP},
    {"section", ROLE_BLOCK},    {"select", ROLE_SKIP},   {"style", ROLE_SKIP},
    {"summary", ROLE_BLOCK},    {"svg", ROLE_SKIP},      {"table", ROLE_BLOCK},
    {"td", ROLE_CELL},          {"template", ROLE_SKIP}, {"textarea", ROLE_SKIP},
    {"th", ROLE_CELL},          {"title", ROLE_SKIP},    {"tr", ROLE_ROW},
    {"ul", ROLE_LIST},          {"video", ROLE_SKIP},
};

struct element {
    enum role role;
    bool hidden;
    int number; /* of a list: what counts again behind it */
    size_t row; /* of a row: the same */
};

struct reading {
    struct html_text *text;
    html_on_picture *on_picture;
    void *user;
    htmlParserCtxtPtr parser;
    enum document_reason reason;
    struct element elements[DOCUMENT_HTML_DEPTH];
    size_t depth;
    size_t hidden; /* elements that hide what is in them */
    size_t kept;   /* … and that keep white space */
    int number;    /* of the last item in the innermost list; -1: a list without numbers */
    size_t row;    /* bytes of text when the innermost row began */
    size_t pictures;
};

static int compare_names(const void *name, const void *tag) {
    return strcmp(name, ((const struct tag *)tag)->name);
}

static enum role role_of(const char *name) {
    const struct tag *found =
        bsearch(name, tags, sizeof tags / sizeof *tags, sizeof *tags, compare_names);
    return found ? found->role : ROLE_INLINE;
}

static const char *attribute(const xmlChar **attributes, const char *name) {
    for (; attributes && attributes[0]; attributes += 2)
        if (strcmp((const char *)attributes[0], name) == 0)
            return attributes[1] ? (const char *)attributes[1] : "";
    return NULL;
}

/* "display : none" however it is spaced. */
static bool style_hides(const char *style) {
    static const char *const hiding[] = {"display:none", "visibility:hidden"};
    char packed[256];
    size_t size = 0;
    for (; style && *style && size < sizeof packed - 1; style++)
        if (*style > ' ')
            packed[size++] = *style;
    packed[size] = '\0';
    for (size_t i = 0; i < sizeof hiding / sizeof *hiding; i++)
        if (strcasestr(packed, hiding[i]))
            return true;
    return false;
}

static bool is_hidden(const xmlChar **attributes) {
    const char *aria = attribute(attributes, "aria-hidden");
    return attribute(attributes, "hidden") || (aria && strcasecmp(aria, "true") == 0) ||
           style_hides(attribute(attributes, "style"));
}

/* The attribute trimmed, in a buffer of limit bytes; false: there is none, or it is too long. */
static bool copy_trimmed(const char *value, char *copy, size_t limit) {
    static const char white[] = " \t\n\r\f";
    if (!value)
        return false;
    value += strspn(value, white);
    size_t size = strlen(value);
    while (size > 0 && strchr(white, value[size - 1]))
        size--;
    if (size == 0 || size >= limit)
        return false;
    memcpy(copy, value, size);
    copy[size] = '\0';
    return true;
}

/* Pages that load pictures late have the address elsewhere, and in src nothing or a data: one. */
static void take_picture(struct reading *reading, const xmlChar **attributes) {
    static const char *const names[] = {"src", "data-src", "data-original"};
    char url[DOCUMENT_URL_BYTES], alt[DOCUMENT_ALT_BYTES];
    bool found = false;
    for (size_t i = 0; !found && i < sizeof names / sizeof *names; i++)
        found = copy_trimmed(attribute(attributes, names[i]), url, sizeof url) &&
                strncasecmp(url, "data:", 5) != 0;
    if (!found || reading->pictures >= DOCUMENT_PICTURES)
        return;
    if (!copy_trimmed(attribute(attributes, "alt"), alt, sizeof alt))
        alt[0] = '\0';
    reading->pictures++;
    reading->on_picture(reading->user, url, alt);
}

static void stop(struct reading *reading, enum document_reason reason) {
    if (reading->reason == DOCUMENT_GOOD)
        reading->reason = reason;
    xmlStopParser(reading->parser);
}

static void begin_list(struct reading *reading, const xmlChar **attributes, bool numbers) {
    const char *start = numbers ? attribute(attributes, "start") : NULL;
    long first = start ? strtol(start, NULL, 10) : 1;
    html_text_line(reading->text);
    reading->number = numbers ? (first >= 1 && first <= NUMBER_MOST ? (int)first - 1 : 0) : -1;
}

static void begin_item(struct reading *reading) {
    if (reading->number >= 0 && reading->number < NUMBER_MOST)
        reading->number++;
    html_text_item(reading->text, reading->number > 0 ? reading->number : 0);
}

static void begin_cell(struct reading *reading) {
    if (reading->text->out.size > reading->row)
        html_text_cell(reading->text);
}

static void begin(struct reading *reading, enum role role, const xmlChar **attributes) {
    switch (role) {
    case ROLE_BLOCK:
    case ROLE_PRE:
        html_text_line(reading->text);
        break;
    case ROLE_NUMBERS:
    case ROLE_LIST:
        begin_list(reading, attributes, role == ROLE_NUMBERS);
        break;
    case ROLE_ITEM:
        begin_item(reading);
        break;
    case ROLE_ROW:
        html_text_row(reading->text);
        reading->row = reading->text->out.size;
        break;
    case ROLE_CELL:
        begin_cell(reading);
        break;
    case ROLE_PICTURE:
        take_picture(reading, attributes);
        break;
    case ROLE_INLINE:
    case ROLE_SKIP:
        break;
    }
}

static void on_start(void *user, const xmlChar *name, const xmlChar **attributes) {
    struct reading *reading = user;
    if (reading->depth == DOCUMENT_HTML_DEPTH) {
        stop(reading, DOCUMENT_DEEP);
        return;
    }
    enum role role = role_of((const char *)name);
    struct element *element = &reading->elements[reading->depth++];
    *element = (struct element){role, role == ROLE_SKIP || is_hidden(attributes), reading->number,
                                reading->row};
    reading->hidden += element->hidden;
    reading->kept += role == ROLE_PRE;
    if (reading->hidden == 0)
        begin(reading, role, attributes);
}

static void end(struct reading *reading, const struct element *element) {
    switch (element->role) {
    case ROLE_BLOCK:
    case ROLE_PRE:
    case ROLE_NUMBERS:
    case ROLE_LIST:
        html_text_line(reading->text);
        break;
    case ROLE_ITEM:
        html_text_item_end(reading->text);
        break;
    case ROLE_ROW:
        html_text_row(reading->text);
        break;
    case ROLE_INLINE:
    case ROLE_SKIP:
    case ROLE_CELL:
    case ROLE_PICTURE:
        break;
    }
}

static void on_end(void *user, const xmlChar *name) {
    struct reading *reading = user;
    (void)name;
    if (reading->depth == 0)
        return;
    const struct element *element = &reading->elements[--reading->depth];
    if (reading->hidden == 0)
        end(reading, element);
    if (element->role == ROLE_NUMBERS || element->role == ROLE_LIST)
        reading->number = element->number;
    if (element->role == ROLE_ROW)
        reading->row = element->row;
    reading->hidden -= element->hidden;
    reading->kept -= element->role == ROLE_PRE;
}

static void on_text(void *user, const xmlChar *text, int size) {
    struct reading *reading = user;
    if (reading->hidden > 0 || size <= 0)
        return;
    html_text_add(reading->text, (const char *)text, (size_t)size, reading->kept > 0);
    if (reading->text->out.size > DOCUMENT_TEXT_BYTES)
        stop(reading, DOCUMENT_LONG);
}

/* What libxml2 says about a stranger's file reaches nobody. */
static void swallow(void *user, const char *format, ...) {
    (void)user;
    (void)format;
}

void html_init(void) {
    xmlInitParser();
    xmlSetGenericErrorFunc(NULL, swallow);
}

/* NUL would end it early, and bytes that are no UTF-8 make libxml2 take all of it for Latin-1. */
static char *mend(char *bytes, size_t size) {
    struct str mended = {0};
    for (size_t i = 0; i < size; i++)
        if (bytes[i] == '\0')
            bytes[i] = ' ';
    const char *at = bytes;
    for (uint32_t c; (c = utf8_next(&at));)
        if (c != 0xFEFF)
            str_add_codepoint(&mended, c);
    return str_take(&mended);
}

enum document_reason html_read(char *bytes, size_t size, struct html_text *text,
                               html_on_picture *on_picture, void *user) {
    struct reading reading = {.text = text, .on_picture = on_picture, .user = user, .number = -1};
    char *mended = mend(bytes, size);
    reading.parser = htmlCreateMemoryParserCtxt(mended, (int)strlen(mended));
    if (!mended[0] || !reading.parser) {
        reading.reason = mended[0] ? DOCUMENT_NO_MEMORY : DOCUMENT_GOOD;
    } else {
        *reading.parser->sax = (xmlSAXHandler){.startElement = on_start,
                                               .endElement = on_end,
                                               .characters = on_text,
                                               .ignorableWhitespace = on_text};
        reading.parser->userData = &reading;
        htmlCtxtUseOptions(reading.parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
                                               HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                               HTML_PARSE_IGNORE_ENC);
        xmlSwitchEncoding(reading.parser, XML_CHAR_ENCODING_UTF8);
        htmlParseDocument(reading.parser);
        if (reading.parser->errNo == XML_ERR_NO_MEMORY && reading.reason == DOCUMENT_GOOD)
            reading.reason = DOCUMENT_NO_MEMORY;
    }
    htmlFreeParserCtxt(reading.parser);
    free(mended);
    return reading.reason;
}
