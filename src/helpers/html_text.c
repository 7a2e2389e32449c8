#include "helpers/html_text.h"

#include <stdio.h>
#include <string.h>

#define FIRST_WIDE 0x2E80 /* the CJK blocks begin here … */
#define HANGUL     0xAC00 /* … and Hangul is written with spaces */
#define HANGUL_END 0xD7B0
#define LAST_WIDE  0x3FFFF

/* CSS Text 3, 4.1.3: a line end between two wide characters is no space. */
static bool is_wide(uint32_t c) {
    return c >= FIRST_WIDE && c <= LAST_WIDE && !(c >= HANGUL && c < HANGUL_END);
}

static bool is_white(uint32_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static void open_gap(struct html_text *text, uint32_t next) {
    static const char *const gaps[] = {"", " ", " ", "　", "\n"};
    bool joined = text->gap == HTML_GAP_WRAP && is_wide(text->last) && is_wide(next);
    if (text->out.size > 0 && !joined)
        str_add(&text->out, gaps[text->gap]);
    text->gap = HTML_GAP_NONE;
    str_add(&text->out, text->mark);
    text->mark[0] = '\0';
}

static void add_white(struct html_text *text, uint32_t c, bool kept) {
    if (kept && c == '\n')
        html_text_line(text);
    else if (kept && text->gap == HTML_GAP_NONE)
        str_add_char(&text->out, ' ');
    else if (text->gap <= HTML_GAP_WRAP)
        text->gap = c == '\n' || text->gap == HTML_GAP_WRAP ? HTML_GAP_WRAP : HTML_GAP_SPACE;
}

void html_text_add(struct html_text *text, const char *utf8, size_t size, bool kept) {
    const char *end = utf8 + size;
    while (utf8 < end) {
        const char *at = utf8;
        uint32_t c = utf8_next(&at);
        if (c == 0 || at > end)
            return;
        if (is_white(c)) {
            add_white(text, c, kept);
        } else {
            open_gap(text, c);
            str_add_bytes(&text->out, utf8, (size_t)(at - utf8));
            text->last = c;
        }
        utf8 = at;
    }
}

void html_text_line(struct html_text *text) {
    if (text->gap != HTML_GAP_CELL)
        text->gap = HTML_GAP_LINE;
}

void html_text_row(struct html_text *text) {
    text->gap = HTML_GAP_LINE;
}

void html_text_cell(struct html_text *text) {
    text->gap = HTML_GAP_CELL;
}

void html_text_item(struct html_text *text, int number) {
    html_text_line(text);
    if (number > 0)
        snprintf(text->mark, sizeof text->mark, "%d. ", number);
    else
        snprintf(text->mark, sizeof text->mark, "· ");
}

void html_text_item_end(struct html_text *text) {
    html_text_line(text);
    text->mark[0] = '\0';
}

void html_text_finish(struct html_text *text) {
    str_finish(&text->out);
}
