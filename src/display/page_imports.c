/* What was done to the library lately: the newest receipts of the ledger, in plain words. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "display/page_desk.h"
#include "display/receipt_text.h"
#include "library/ledger.h"

#define MOST_ROWS  30
#define MOST_NOTES 40 /* of what was not taken, where a row is unfolded */

struct list {
    struct sheet *sheet;
    const struct page_source *source;
    struct rect area;
    int top, count;
};

static const char *text_of(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

/* "新增 3　更新 0　移除 0　未收 1" */
static void say_numbers(struct manner manner, const struct receipt_text *receipt,
                        struct desk_text *text) {
    const struct {
        size_t count;
        enum word word;
        bool always;
    } numbers[] = {{receipt->added, WORD_ADDED, true},
                   {receipt->changed, WORD_CHANGED, true},
                   {receipt->removed, WORD_REMOVED, true},
                   {receipt->waiting, WORD_WAITING, false},
                   {json_array_size(receipt->refused), WORD_REFUSED, true}};
    struct str line = {0};
    if (!receipt->takes)
        return;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (numbers[i].always || numbers[i].count)
            str_addf(&line, "%s%s %zu", line.size ? "　" : "", word_main(manner, numbers[i].word),
                     numbers[i].count);
    desk_text_add(text, LINE_FACT, str_take(&line));
}

/* The end of a path that says where: its last two names. */
static const char *short_path(const char *path) {
    const char *end = strrchr(path, '/');
    while (end && end > path && end[-1] != '/')
        end--;
    return path[0] == '/' && end && end[0] != '/' ? end : path;
}

static void say_refused(const struct receipt_text *receipt, struct desk_text *text) {
    size_t i = 0;
    const json_t *item = NULL;
    json_array_foreach(receipt->refused, i, item) {
        if (i == MOST_NOTES)
            break;
        desk_text_add(
            text, LINE_FACT,
            xasprintf("%s：%s", short_path(text_of(item, "path")), text_of(item, "text")));
        if (*text_of(item, "advice"))
            desk_text_add(text, LINE_NOTE, xasprintf("→ %s", text_of(item, "advice")));
    }
}

static void say(struct manner manner, const struct receipt *receipt,
                const struct receipt_text *words, int64_t now_ms, bool unfolded,
                struct desk_text *text) {
    char *when = receipt_when(manner, receipt->at_ms, now_ms);
    const char *is_signed =
        words->is_signed < 0
            ? ""
            : word_main(manner, words->is_signed ? WORD_IS_SIGNED : WORD_IS_UNSIGNED);
    desk_text_add(
        text, LINE_TITLE,
        xasprintf("%s　%s%s%s", when, words->what, *words->from ? "　" : "", words->from));
    say_numbers(manner, words, text);
    bool folded = json_array_size(words->refused) && !unfolded;
    desk_text_add(text, LINE_NOTE,
                  xasprintf("%s%s%s%s%s", words->by, *is_signed ? "　" : "", is_signed,
                            folded ? "　" : "",
                            folded ? word_main(manner, WORD_TOUCH_FOR_WHY) : ""));
    if (unfolded)
        say_refused(words, text);
    free(when);
}

/* Touched, it unfolds, and the next time folds up. */
static struct action unfold(const struct sheet *sheet, const char *row, bool unfolded) {
    struct action action = {.kind = ACTION_REPLACE, .place = place_copy(&sheet->page.place)};
    free(action.place.text);
    action.place.text = xstrdup(unfolded ? "" : row);
    return action;
}

static bool on_receipt(void *user, const struct receipt *receipt) {
    struct list *list = user;
    struct sheet *sheet = list->sheet;
    struct receipt_text words;
    struct desk_text text = {0};
    char *row = xasprintf("%lld", (long long)receipt->row);
    receipt_text_read(sheet->manner, receipt, &words);
    bool unfolds = json_array_size(words.refused) > 0;
    bool unfolded = unfolds && strcmp(sheet->page.place.text, row) == 0;
    say(sheet->manner, receipt, &words, list->source->now_ms, unfolded, &text);
    struct rect place = {list->area.x, list->top, list->area.width, sheet_finger(sheet)};
    struct action action = unfolds ? unfold(sheet, row, unfolded) : action_simple(ACTION_NONE);
    list->top += page_desk_plate(sheet, place, &text, 0, action).height + sheet_gap(sheet);
    receipt_text_finish(&words);
    free(row);
    return ++list->count < MOST_ROWS;
}

void page_build_imports(struct sheet *sheet, const struct page_source *source) {
    struct manner manner = sheet->manner;
    struct rect area =
        page_desk_plain(sheet, word_main(manner, WORD_IMPORTS), word_beside(manner, WORD_IMPORTS));
    struct list list = {.sheet = sheet, .source = source, .area = area};
    struct ledger *ledger = ledger_open(source->paths->ledger, DB_READ_WAITING, NULL);
    if (ledger)
        ledger_each_newest(ledger, NULL, on_receipt, &list);
    ledger_close(ledger);
    if (!list.count)
        list.top = page_desk_nothing(sheet, area, 0, WORD_NO_IMPORTS);
    sheet_set_view(sheet, area, list.top);
    sheet_add_bar(sheet);
}
