#include "ingest/markdown.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "ingest/text.h"

/* Limits. */
#define MAX_LINK_BYTES 4096 /* what stands in brackets is looked for no further */
#define LOOK_AHEAD     16   /* bytes looked at again, for each byte of a paragraph: "[[[[[…" */

static bool is_punctuation(char c) {
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
           (c >= '{' && c <= '~');
}

static bool is_word(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c < 0;
}

static bool is_space(char c) {
    return c == ' ' || c == '\n' || c == '\0';
}

/* ---- inline: first marks which bytes of a paragraph are dropped, then writes the rest */

struct inline_text {
    const char *text;
    size_t size;
    bool *drop;   /* owned; one for each byte */
    size_t spent; /* bytes looked at ahead; when too many, brackets stay as they are */
};

/* How far from i a closing sign may be looked for. */
static size_t look_ahead(const struct inline_text *t, size_t i) {
    size_t left = t->size - i;
    if (t->spent >= t->size * LOOK_AHEAD)
        return i;
    return i + (left < MAX_LINK_BYTES ? left : MAX_LINK_BYTES);
}

static void drop(struct inline_text *t, size_t from, size_t to) {
    memset(t->drop + from, true, (to - from) * sizeof *t->drop);
}

/* The bracket that closes the one at `open`, on the same level; 0: none near. */
static size_t find_close(struct inline_text *t, size_t open, char opening, char closing) {
    int depth = 0;
    size_t limit = look_ahead(t, open);
    for (size_t i = open; i < limit; i++, t->spent++) {
        if (t->text[i] == '\\')
            i++;
        else if (t->text[i] == opening)
            depth++;
        else if (t->text[i] == closing && --depth == 0)
            return i;
    }
    return 0;
}

/* [text](url), [text][reference], ![…](…) and [^note] at i; returns where to go on. */
static size_t scan_link(struct inline_text *t, size_t i) {
    bool image = t->text[i] == '!';
    size_t open = i + image;
    size_t close = find_close(t, open, '[', ']');
    if (!close)
        return i + 1;
    size_t end = 0;
    if (t->text[close + 1] == '(')
        end = find_close(t, close + 1, '(', ')');
    else if (t->text[close + 1] == '[')
        end = find_close(t, close + 1, '[', ']');
    bool note = t->text[open + 1] == '^' && !end;
    if (!end && !note)
        return i + 1;
    if (image || note) {
        drop(t, i, (end ? end : close) + 1);
        return (end ? end : close) + 1;
    }
    drop(t, open, open + 1);
    drop(t, close, end + 1);
    return open + 1; /* the link's text may hold emphasis */
}

/* `code`: its marks are dropped and nothing within is looked at. */
static size_t scan_code(struct inline_text *t, size_t i) {
    size_t ticks = strspn(t->text + i, "`");
    size_t limit = look_ahead(t, i);
    for (size_t at = i + ticks; at < limit; t->spent++) {
        size_t run = strspn(t->text + at, "`");
        if (run == ticks) {
            drop(t, i, i + ticks);
            drop(t, at, at + run);
            return at + run;
        }
        at += run ? run : 1;
    }
    return i + ticks;
}

/* <tag>, </tag>, <!-- -->, and <https://…>, which leaves its address. */
static size_t scan_tag(struct inline_text *t, size_t i) {
    char next = t->text[i + 1];
    bool tag =
        next == '/' || next == '!' || (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
    size_t room = tag ? look_ahead(t, i) - i : 0;
    const char *end = memchr(t->text + i, '>', room);
    t->spent += end ? (size_t)(end - t->text) - i : room;
    if (!end)
        return i + 1;
    size_t close = (size_t)(end - t->text);
    if (text_starts(t->text + i + 1, "http")) {
        drop(t, i, i + 1);
        drop(t, close, close + 1);
    } else {
        drop(t, i, close + 1);
    }
    return close + 1;
}

/* Runs of * _ ~ that open and close: the nearest run of the same sign and length before it. */
struct emphasis {
    size_t open[3][4]; /* by sign and length; where it stands, plus one; 0: none */
};

static size_t scan_emphasis(struct inline_text *t, size_t i, struct emphasis *emphasis) {
    char sign[] = {t->text[i], '\0'};
    size_t run = strspn(t->text + i, sign), kind = *sign == '*' ? 0 : *sign == '_' ? 1 : 2;
    char before = i ? t->text[i - 1] : '\0', after = t->text[i + run];
    bool inside_word = *sign == '_' && is_word(before) && is_word(after);
    if (run > 3 || inside_word || (*sign == '~' && run != 2))
        return i + run;
    size_t *open = &emphasis->open[kind][run];
    if (*open && !is_space(before)) {
        drop(t, *open - 1, *open - 1 + run);
        drop(t, i, i + run);
        *open = 0;
    } else if (!is_space(after)) {
        *open = i + 1;
    }
    return i + run;
}

static void scan_inline(struct inline_text *t) {
    struct emphasis emphasis = {0};
    for (size_t i = 0; i < t->size;) {
        char c = t->text[i];
        if (c == '\\' && is_punctuation(t->text[i + 1])) {
            drop(t, i, i + 1);
            i += 2;
        } else if (c == '[' || (c == '!' && t->text[i + 1] == '[')) {
            i = scan_link(t, i);
        } else if (c == '`') {
            i = scan_code(t, i);
        } else if (c == '<') {
            i = scan_tag(t, i);
        } else if (c == '*' || c == '_' || c == '~') {
            i = scan_emphasis(t, i, &emphasis);
        } else {
            i++;
        }
    }
}

static size_t add_entity(struct str *out, const char *text) {
    static const struct {
        const char *name, *value;
    } entities[] = {{"&nbsp;", " "}, {"&amp;", "&"},   {"&lt;", "<"},
                    {"&gt;", ">"},   {"&quot;", "\""}, {"&#39;", "'"}};
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (text_starts(text, entities[i].name)) {
            str_add(out, entities[i].value);
            return strlen(entities[i].name);
        }
    return 0;
}

static void add_inline(struct str *out, const char *text) {
    struct inline_text t = {text, strlen(text), NULL, 0};
    t.drop = xcalloc(t.size + 1, sizeof *t.drop);
    scan_inline(&t);
    for (size_t i = 0; i < t.size;) {
        size_t entity = t.drop[i] || text[i] != '&' ? 0 : add_entity(out, text + i);
        if (!entity && !t.drop[i])
            str_add_char(out, text[i]);
        i += entity ? entity : 1;
    }
    free(t.drop);
}

/* ---- blocks */

struct blocks {
    struct tidy *tidy;    /* NULL: nothing is tidied */
    struct str out;       /* finished paragraphs, each ended by '\n' */
    struct str paragraph; /* its lines, joined, marks and all */
    const char *mark;     /* what stands before it: "· " */
    char fence;           /* '`' or '~' within a fenced block, else 0 */
    bool table;           /* a delimiter row was seen: lines are rows */
};

static void end_paragraph(struct blocks *b) {
    if (b->paragraph.size) {
        const char *text = b->paragraph.data;
        char *tidied = b->tidy ? tidy_line(b->tidy, text) : xstrdup(text);
        str_add(&b->out, b->mark ? b->mark : "");
        add_inline(&b->out, tidied);
        str_add_char(&b->out, '\n');
        free(tidied);
    }
    str_clear(&b->paragraph);
    b->mark = NULL;
}

static uint32_t last_codepoint(const struct str *text) {
    size_t at = text->size;
    while (at && ((unsigned char)text->data[at - 1] & 0xC0) == 0x80)
        at--;
    const char *start = text->data + (at ? at - 1 : 0);
    return utf8_next(&start);
}

/* Joins a line to the paragraph; a backslash or two spaces at its end asked for a break. */
static void add_line(struct blocks *b, const char *line) {
    if (!*line)
        return;
    if (b->paragraph.size) {
        const char *next = line;
        if (!text_is_cjk(last_codepoint(&b->paragraph)) || !text_is_cjk(utf8_next(&next)))
            str_add_char(&b->paragraph, ' ');
    }
    str_add(&b->paragraph, line);
    str_trim(&b->paragraph);
    if (text_ends(b->paragraph.data, "\\") && !text_ends(b->paragraph.data, "\\\\"))
        b->paragraph.data[--b->paragraph.size] = '\0';
}

static void add_alone(struct blocks *b, const char *line) {
    end_paragraph(b);
    add_line(b, line);
    end_paragraph(b);
}

/* Only these signs, at least three: ---, ***, ===. */
static bool is_rule(const char *line, const char *sign) {
    size_t count = 0;
    for (; *line; line++) {
        if (*line != *sign && *line != ' ')
            return false;
        count += *line == *sign;
    }
    return count >= 3;
}

static bool is_delimiter_row(const char *line) {
    return strchr(line, '-') && strchr(line, '|') && !line[strspn(line, " |:-")];
}

/* "## Heading ##", and "##标题" without the space; "#话题#" is none. */
static bool handle_heading(struct blocks *b, char *line) {
    size_t level = strspn(line, "#");
    if (!level || level > 6 || (line[level] != ' ' && line[level] && strchr(line + level, '#')))
        return false;
    char *text = line + level;
    size_t size = strlen(text);
    while (size && strchr(" #", text[size - 1]))
        size--;
    text[size] = '\0';
    add_alone(b, text + strspn(text, " "));
    return true;
}

/* The length of "- ", "12. ", "3、" at the start; 0: no list item. */
static size_t item_mark(const char *line, bool *ordered) {
    size_t digits = strspn(line, "0123456789");
    *ordered = digits != 0;
    if (!digits)
        return strchr("-*+", *line) && *line && line[1] == ' ' ? 2 : 0;
    if (digits > 9)
        return 0;
    if (text_starts(line + digits, "、"))
        return digits + strlen("、");
    return strchr(".)", line[digits]) && line[digits] && line[digits + 1] == ' ' ? digits + 2 : 0;
}

static bool handle_item(struct blocks *b, const char *line) {
    bool ordered = false;
    size_t size = item_mark(line, &ordered);
    if (!size)
        return false;
    end_paragraph(b);
    if (ordered) {
        add_line(b, line);
        return true;
    }
    line += size + strspn(line + size, " ");
    if (text_starts(line, "[ ] ") || text_starts(line, "[x] ") || text_starts(line, "[X] "))
        line += 4;
    b->mark = "· ";
    add_line(b, line);
    return true;
}

static void add_row(struct blocks *b, const char *line) {
    struct str row = {0};
    line += strspn(line, " |");
    while (*line) {
        size_t size = 0;
        while (line[size] && line[size] != '|')
            size += line[size] == '\\' && line[size + 1] ? 2 : 1;
        struct str cell = {0};
        str_add_bytes(&cell, line, size);
        str_trim(&cell);
        if (row.size)
            str_add(&row, " | ");
        str_add(&row, str_text(&cell));
        str_finish(&cell);
        line += size;
        line += strspn(line, "|");
        line += strspn(line, " ");
    }
    add_alone(b, str_text(&row));
    str_finish(&row);
}

static bool handle_table(struct blocks *b, const char *line) {
    if (is_delimiter_row(line)) {
        if (b->paragraph.size && strchr(b->paragraph.data, '|')) {
            char *head = str_take(&b->paragraph);
            add_row(b, head);
            free(head);
        }
        b->table = true;
        return true;
    }
    if (*line != '|' && !(b->table && strchr(line, '|')))
        return false;
    add_row(b, line);
    return true;
}

/* Opens, closes or continues a fenced block, whose lines stay as they are. */
static bool handle_fence(struct blocks *b, const char *line) {
    char first = *line;
    bool mark =
        (first == '`' || first == '~') && strlen(line) >= 3 && line[1] == first && line[2] == first;
    if (mark && (!b->fence || b->fence == first)) {
        end_paragraph(b);
        b->fence = b->fence ? '\0' : first;
        return true;
    }
    if (b->fence && *line) {
        str_add(&b->out, line);
        str_add_char(&b->out, '\n');
    }
    return b->fence;
}

/* "[name]: https://…" */
static bool is_reference(const char *line) {
    const char *close = *line == '[' && line[1] != '^' ? strstr(line, "]:") : NULL;
    return close && strstr(close, "://");
}

static void handle_line(struct blocks *b, char *line) {
    while (*line == '>') {
        line++;
        line += strspn(line, " ");
    }
    if (handle_fence(b, line))
        return;
    if (!*line) {
        end_paragraph(b);
        b->table = false;
        return;
    }
    if (is_rule(line, "=") || is_rule(line, "-") || is_rule(line, "*") || is_rule(line, "_") ||
        is_reference(line)) {
        end_paragraph(b);
        return;
    }
    if (!handle_heading(b, line) && !handle_table(b, line) && !handle_item(b, line))
        add_line(b, line);
}

char *markdown_paragraphs(const char *text, struct tidy *tidy) {
    struct blocks b = {.tidy = tidy};
    while (*text) {
        const char *end = strchrnul(text, '\n');
        size_t indent = strspn(text, " ");
        char *line = xstrndup(text + indent,
                              (size_t)(end - text) > indent ? (size_t)(end - text) - indent : 0);
        handle_line(&b, line);
        free(line);
        text = *end ? end + 1 : end;
    }
    end_paragraph(&b);
    char *paragraphs = text_paragraphs(str_text(&b.out));
    str_finish(&b.paragraph);
    str_finish(&b.out);
    return paragraphs;
}
