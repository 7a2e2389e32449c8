#include "ingest/docx.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "ingest/caption.h"
#include "ingest/form.h"
#include "ingest/naming.h"
#include "ingest/text.h"

/* Limits, in characters. */
#define TITLE_MOST   60 /* longer is a paragraph */
#define TITLE_LINES  5  /* a title stands among the first lines that are no table */
#define CAPTION_MOST 60
#define CELL_MOST    40  /* of a caption in a table */
#define HEADER_MOST  200 /* all that stands above a form: its name, a date */

struct compose {
    const struct docx_lines *from;
    struct docx_text *to;
    bool *left_out; /* for each line */
};

/* ---- captions */

/* Behind "图", "图片", "Figure" and spaces; NULL: it begins otherwise. */
static const char *skip_figure(const char *text) {
    static const char *const words[] = {"图片", "图", "Figure ", "Fig. "};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_starts(text, words[i])) {
            text += strlen(words[i]);
            return text + strspn(text, " ");
        }
    return NULL;
}

static bool is_han_digit(uint32_t c) {
    static const uint32_t digits[] = {0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94,
                                      0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341};
    for (size_t i = 0; i < sizeof digits / sizeof *digits; i++)
        if (digits[i] == c)
            return true;
    return false;
}

/* "图1", "图 2-1", "图三", "Figure 4", "Fig. 5". */
static bool is_numbered(const char *text) {
    const char *at = skip_figure(text);
    uint32_t c = at ? utf8_next(&at) : 0;
    return (c >= '0' && c <= '9') || is_han_digit(c);
}

static bool is_caption(const struct docx_line *line) {
    return line->role != DOCUMENT_ROW && line->role != DOCUMENT_TITLE &&
           (line->role == DOCUMENT_CAPTION || is_numbered(line->text)) &&
           utf8_length(line->text) <= CAPTION_MOST;
}

static bool is_between(uint32_t c) {
    return c == ':' || c == 0xFF1A || c == 0x3001 || c == 0xFF0E || text_is_space(c);
}

/* Behind its number: "图2-1　楼道课堂" → "楼道课堂"; the whole where nothing is behind. */
static char *strip_number(const char *text) {
    const char *at = is_numbered(text) ? skip_figure(text) : text + strlen(text);
    bool between = false;
    for (const char *next = at; *at; at = next) {
        uint32_t c = utf8_next(&next);
        bool number = (c < 0x80 && strchr("0123456789-.", (int)c)) || is_han_digit(c);
        between = between || is_between(c);
        if (between ? !is_between(c) : !number)
            break;
    }
    return text_normalise_line(*at ? at : text);
}

static void set_caption(struct compose *compose, size_t place, const char *text) {
    char **caption = &compose->to->pictures[place].caption;
    free(*caption);
    *caption = strip_number(text);
}

/* One line for one picture or for several side by side. */
static bool take_line(struct compose *compose, size_t first, size_t end, size_t line) {
    if (line >= compose->from->count || compose->left_out[line] ||
        !is_caption(compose->from->lines + line))
        return false;
    for (size_t i = first; i < end; i++)
        set_caption(compose, i, compose->from->lines[line].text);
    compose->left_out[line] = true;
    return true;
}

static size_t count_cells(const char *row) {
    size_t count = 0;
    for (size_t size; *row; row += size + (row[size] != '\0')) {
        size = strcspn(row, (char[]){DOCUMENT_CELL, '\0'});
        count += size > 0;
    }
    return count;
}

static char *next_cell(const char **row) {
    size_t size = strcspn(*row, (char[]){DOCUMENT_CELL, '\0'});
    char *cell = xstrndup(*row, size);
    *row += size + ((*row)[size] != '\0');
    return cell;
}

static bool are_captions(const char *row, size_t count) {
    bool good = count_cells(row) == count, numbered = true;
    while (good && *row) {
        char *cell = next_cell(&row);
        good = utf8_length(cell) <= CELL_MOST && !strchr(cell, DOCUMENT_BREAK);
        numbered = numbered && (!*cell || is_numbered(cell));
        free(cell);
    }
    return good && (numbered || count > 1);
}

/* A row of captions below a row of pictures. */
static bool take_row(struct compose *compose, size_t first, size_t end, size_t line) {
    if (line >= compose->from->count || compose->from->lines[line].role != DOCUMENT_ROW ||
        !are_captions(compose->from->lines[line].text, end - first))
        return false;
    for (const char *row = compose->from->lines[line].text; *row && first < end;) {
        char *cell = next_cell(&row);
        if (*cell)
            set_caption(compose, first++, cell);
        free(cell);
    }
    compose->left_out[line] = true;
    return true;
}

/* Alternative text is a caption only where a person wrote it. */
static char *caption_of_alt(const char *alt) {
    static const char *const automatic[] = {"自动生成", "automatically generated"};
    for (size_t i = 0; i < sizeof automatic / sizeof *automatic; i++)
        if (strstr(alt, automatic[i]))
            return xstrdup("");
    const char *name = alt + strlen(alt);
    while (name > alt && name[-1] != '/' && name[-1] != '\\')
        name--;
    char *caption = utf8_length(name) <= CAPTION_MOST ? caption_from_name(name) : xstrdup("");
    return caption;
}

static void add_captions(struct compose *compose) {
    const struct docx_lines *from = compose->from;
    for (size_t i = 0, end; i < from->place_count; i = end) {
        size_t line = from->places[i].line;
        for (end = i + 1; end < from->place_count && from->places[end].line == line;)
            end++;
        if (!take_line(compose, i, end, line) && !take_row(compose, i, end, line) && line > 0)
            take_line(compose, i, end, line - 1);
    }
}

/* ---- the title */

/* "附件1", "附件 2：" is no title, nor shown; nor is the heading of a table of contents. */
static bool is_label(const char *text) {
    char *letters = text_fold_letters(text);
    bool label = strcmp(letters, "目录") == 0;
    if (text_starts(letters, "附件"))
        label = letters[strlen("附件") + strspn(letters + strlen("附件"), "0123456789")] == '\0';
    free(letters);
    return label;
}

static bool may_be_title(const struct compose *compose, size_t line) {
    const struct docx_line *it = compose->from->lines + line;
    return !compose->left_out[line] && it->role != DOCUMENT_ROW && it->role != DOCUMENT_CAPTION &&
           utf8_length(it->text) <= TITLE_MOST;
}

static size_t find_styled(const struct compose *compose) {
    size_t i = 0;
    while (i < compose->from->count &&
           (compose->left_out[i] || compose->from->lines[i].role != DOCUMENT_TITLE))
        i++;
    return i;
}

static size_t find_centred(const struct compose *compose) {
    size_t count = compose->from->count;
    for (size_t i = 0, seen = 0; i < count && seen < TITLE_LINES; i++) {
        if (compose->left_out[i])
            continue;
        if (may_be_title(compose, i) && compose->from->lines[i].centred)
            return i;
        seen++;
    }
    return count;
}

/* Larger than what follows, or it is no title. */
static size_t find_largest(const struct compose *compose) {
    const struct docx_lines *from = compose->from;
    size_t best = from->count;
    int largest = 0, smallest = 0;
    for (size_t i = 0, seen = 0; i < from->count; i++) {
        int points = from->lines[i].points;
        if (compose->left_out[i] || !points)
            continue;
        smallest = !smallest || points < smallest ? points : smallest;
        if (seen++ < TITLE_LINES && may_be_title(compose, i) && points > largest) {
            largest = points;
            best = i;
        }
    }
    return largest > smallest ? best : from->count;
}

/* A title that was broken by hand goes on; "——…" behind it is a subtitle and stays in the text. */
static char *join_title(struct compose *compose, size_t line) {
    const struct docx_lines *from = compose->from;
    struct str title = {0};
    str_add(&title, from->lines[line].text);
    compose->left_out[line] = true;
    for (size_t i = line + 1; i < from->count && from->lines[line].role == DOCUMENT_TITLE; i++) {
        const char *text = from->lines[i].text;
        if (from->lines[i].role != DOCUMENT_TITLE || text_starts(text, "—") ||
            utf8_length(title.data) + utf8_length(text) > TITLE_MOST)
            break;
        str_add(&title, text);
        compose->left_out[i] = true;
    }
    return str_take(&title);
}

static char *take_title(struct compose *compose) {
    size_t count = compose->from->count, line = find_styled(compose);
    if (line == count)
        line = find_centred(compose);
    if (line == count)
        line = find_largest(compose);
    return line == count ? xstrdup("") : join_title(compose, line);
}

/* ---- a form */

/* Rows of one table; gives the line behind it. */
static size_t read_table(const struct docx_lines *from, size_t line, struct form *form) {
    *form = (struct form){0};
    do
        form_add_row(form, from->lines[line++].text);
    while (line < from->count && from->lines[line].role == DOCUMENT_ROW &&
           !from->lines[line].first);
    return line;
}

/* What stands above a form is its heading, unless it is a text of its own. */
static void leave_out_header(struct compose *compose, size_t table) {
    size_t length = 0;
    for (size_t i = 0; i < table; i++)
        length += utf8_length(compose->from->lines[i].text);
    for (size_t i = 0; length <= HEADER_MOST && i < table; i++)
        compose->left_out[i] = true;
}

/* A form may be several tables, one for each page. body: its sections. */
static void take_forms(struct compose *compose, struct str *info, struct str *body) {
    const struct docx_lines *from = compose->from;
    for (size_t line = 0, end; line < from->count; line = end) {
        struct form form;
        end = line + 1;
        if (from->lines[line].role != DOCUMENT_ROW)
            continue;
        end = read_table(from, line, &form);
        if (form_is_one(&form) || (info->size && form.known)) {
            if (!info->size)
                leave_out_header(compose, line);
            for (size_t i = line; i < end; i++)
                compose->left_out[i] = true;
            str_add(info, str_text(&form.info));
            str_add(body, str_text(&form.body));
        }
        form_finish(&form);
    }
}

/* ---- the text */

/* Cells side by side; where one holds paragraphs, all are. */
static void add_row(struct str *body, const char *row) {
    bool apart = strchr(row, DOCUMENT_BREAK) != NULL, begun = false;
    while (*row) {
        char *cell = next_cell(&row);
        for (char *at = cell; (at = strchr(at, DOCUMENT_BREAK));)
            *at = '\n';
        if (*cell) {
            str_add(body, !begun ? "" : apart ? "\n" : "　");
            str_add(body, cell);
            begun = true;
        }
        free(cell);
    }
}

static void add_line(struct str *body, const struct docx_line *line) {
    if (body->size)
        str_add_char(body, '\n');
    if (line->role == DOCUMENT_ROW)
        add_row(body, line->text);
    else
        str_add(body, line->text);
}

void docx_compose(const struct docx_lines *lines, struct docx_text *text) {
    struct compose compose = {lines, text, xcalloc(lines->count + 1, sizeof *compose.left_out)};
    struct str info = {0}, body = {0};
    *text = (struct docx_text){.picture_count = lines->place_count,
                               .pictures = xcalloc(lines->place_count + 1, sizeof *text->pictures)};
    for (size_t i = 0; i < lines->place_count; i++) {
        text->pictures[i].caption = caption_of_alt(lines->places[i].alt);
        memcpy(text->pictures[i].crop, lines->places[i].crop, sizeof lines->places[i].crop);
    }
    for (size_t i = 0; i < lines->count; i++)
        compose.left_out[i] =
            lines->lines[i].role != DOCUMENT_ROW && is_label(lines->lines[i].text);
    add_captions(&compose);
    take_forms(&compose, &info, &body);
    text->title = info.size ? xstrdup("") : take_title(&compose);
    for (size_t i = 0; i < lines->count; i++)
        if (!compose.left_out[i])
            add_line(&body, lines->lines + i);
    text->info = str_take(&info);
    text->text = text_paragraphs(str_text(&body));
    str_finish(&body);
    free(compose.left_out);
}

void docx_lines_finish(struct docx_lines *lines) {
    for (size_t i = 0; i < lines->count; i++)
        free(lines->lines[i].text);
    for (size_t i = 0; i < lines->place_count; i++)
        free(lines->places[i].alt);
    free(lines->lines);
    free(lines->places);
    *lines = (struct docx_lines){0};
}

void docx_text_finish(struct docx_text *text) {
    for (size_t i = 0; i < text->picture_count; i++) {
        free(text->pictures[i].path);
        free(text->pictures[i].caption);
    }
    free(text->pictures);
    free(text->title);
    free(text->text);
    free(text->info);
    *text = (struct docx_text){0};
}
