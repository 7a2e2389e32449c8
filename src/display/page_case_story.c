/* What is read: the summary, the text in paragraphs under their headings, pictures between them. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "display/page_case.h"

/* u */
#define LEAD_EXTRA    4 /* larger than the body */
#define LEAD_INSET    30
#define SUBHEAD_EXTRA 4
#define BLOCK_GAP     26

#define SUBHEAD_CHARACTERS 22  /* a line that is longer is no heading */
#define LEAST_BETWEEN      140 /* characters between two rows of pictures */

/* u at the text size that is chosen. */
static int sized(const struct case_page *page, int size) {
    static const int percents[TEXT_SIZE_COUNT] = {100, 125, 150};
    return size * percents[page->sheet->manner.size] / 100;
}

static void add_lead(const struct case_page *page, struct column *column) {
    const struct slide_stage *stage = page->stage;
    const struct theme *theme = stage->theme;
    struct text_style style = slide_body(stage, sized(page, theme->body + LEAD_EXTRA));
    int inset = slide_px(stage, LEAD_INSET);
    style.indent = 0;
    column_add_text(column,
                    slide_layout(stage, page->record->summary, &style,
                                 slide_measure(stage, &style, column->width - inset)),
                    inset, theme->text,
                    theme_section(theme, page->record->level, page->record->unit)->light);
    column_skip(column, slide_px(stage, BLOCK_GAP) * 3 / 2);
}

/* ---- headings within the text: nothing marks them but how they stand */

static bool ends_sentence(const char *line, size_t size) {
    static const char *const marks[] = {"。", "！", "？", "；", "，", "：", "、", "…",
                                        "—",  "”",  "’",  "）", "」", "』", "》", ".",
                                        "!",  "?",  ":",  ";",  ",",  ")"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t length = strlen(marks[i]);
        if (size >= length && memcmp(line + size - length, marks[i], length) == 0)
            return true;
    }
    return false;
}

static size_t characters(const char *line, size_t size) {
    size_t count = 0;
    for (size_t i = 0; i < size; i++)
        count += ((unsigned char)line[i] & 0xC0) != 0x80;
    return count;
}

/* A short line that says no sentence and is no item of a list. */
static bool is_short(const char *line, size_t size) {
    return size > 0 && characters(line, size) <= SUBHEAD_CHARACTERS && !ends_sentence(line, size) &&
           !text_starts(line, "·") && !text_starts(line, "“");
}

/* next: what follows the line. Several short lines are a list, or verse. */
static bool is_subhead(const char *line, size_t size, const char *next) {
    return is_short(line, size) && *next && !is_short(next, strcspn(next, "\n"));
}

/* "· 一", "1. 一", "一、一", "（一）一": what stands before it belongs to it. */
static bool is_item(const char *line) {
    static const char *const numbers[] = {"一", "二", "三", "四", "五",
                                          "六", "七", "八", "九", "十"};
    size_t digits = strspn(line, "0123456789");
    if (text_starts(line, "·") || text_starts(line, "（") || text_starts(line, "("))
        return true;
    if (digits && (line[digits] == '.' || text_starts(line + digits, "、")))
        return true;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (text_starts(line, numbers[i]) && text_starts(line + strlen(numbers[i]), "、"))
            return true;
    return false;
}

/* ---- the text */

/* A text being set. */
struct telling {
    const struct case_page *page;
    struct column *column;
    struct figures next; /* row of pictures */
    struct str run;      /* paragraphs that are not set yet */
    size_t since;        /* characters since the last row */
};

static void flush(struct telling *telling) {
    const struct slide_stage *stage = telling->page->stage;
    struct text_style style = slide_body(stage, sized(telling->page, stage->theme->body));
    struct column *column = telling->column;
    if (!telling->run.size)
        return;
    column_add_text(
        column,
        slide_layout(stage, telling->run.data, &style, slide_measure(stage, &style, column->width)),
        0, stage->theme->text, 0);
    column_skip(column, style.gap);
    str_clear(&telling->run);
}

static void add_subhead(struct telling *telling, const char *line, size_t size) {
    const struct case_page *page = telling->page;
    const struct slide_stage *stage = page->stage;
    struct text_style style = slide_style(stage, sized(page, stage->theme->body + SUBHEAD_EXTRA),
                                          stage->theme->title_leading, WEIGHT_BOLD);
    char *text = xstrndup(line, size);
    flush(telling);
    column_skip(telling->column, slide_px(stage, BLOCK_GAP));
    column_add_text(telling->column, slide_layout(stage, text, &style, telling->column->width), 0,
                    theme_section(stage->theme, page->record->level, page->record->unit)->light, 0);
    column_skip(telling->column, slide_px(stage, BLOCK_GAP) / 2);
    free(text);
}

static void add_row(struct telling *telling) {
    flush(telling);
    case_add_figures(telling->page, telling->column, &telling->next);
    telling->next =
        case_figures(telling->page, telling->column, telling->next.first + telling->next.count);
    telling->since = 0;
}

static size_t rows_left(const struct telling *telling) {
    size_t rows = 0;
    struct figures row = telling->next;
    for (; row.count; rows++)
        row = case_figures(telling->page, telling->column, row.first + row.count);
    return rows;
}

static void tell(struct telling *telling, const char *text) {
    size_t between = utf8_length(text) / (rows_left(telling) + 1);
    between = between < LEAST_BETWEEN ? LEAST_BETWEEN : between;
    while (*text) {
        size_t size = strcspn(text, "\n");
        const char *next = text + size + (text[size] == '\n');
        bool subhead = is_subhead(text, size, next);
        if (subhead) {
            add_subhead(telling, text, size);
        } else {
            str_add_bytes(&telling->run, text, (size_t)(next - text));
            telling->since += characters(text, size);
        }
        if (!subhead && *next && !is_item(next) && telling->since >= between && telling->next.count)
            add_row(telling);
        text = next;
    }
}

void case_add_story(const struct case_page *page, struct column *column, size_t first) {
    struct telling telling = {
        .page = page, .column = column, .next = case_figures(page, column, first)};
    if (*page->record->summary)
        add_lead(page, column);
    tell(&telling, page->record->body);
    flush(&telling);
    while (telling.next.count)
        add_row(&telling);
    str_finish(&telling.run);
}
