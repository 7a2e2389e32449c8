/* How a stick stands while nobody can choose on it: what is being done, and what became of it. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "display/page_stick.h"

/* u */
#define SAID        40
#define LINE        32
#define NOTE        28
#define CANCEL_WIDE 420

#define MEGABYTE  1e6
#define GIGABYTE  1e9
#define MINUTE_MS 60000

#define MOST_LEFT_OUT 60 /* of what was not taken, in whole */

const char *stick_state(const struct sheet *sheet, const json_t *stick) {
    return stick_text(stick, sheet->manner.english ? "text" : "text_zh");
}

static int64_t number_of(const json_t *object, const char *key) {
    return json_integer_value(json_object_get(object, key));
}

/* "12.0 / 80.5 MB　3 / 12个案例　剩余约2分钟" */
static char *say_progress(struct manner manner, int64_t done, int64_t all, int64_t for_ms,
                          const json_t *progress) {
    struct str said = {0};
    int64_t left = stick_time_left_ms(done, all, for_ms), cases = number_of(progress, "cases");
    bool large = (all > done ? all : done) >= GIGABYTE;
    double unit = large ? GIGABYTE : MEGABYTE;
    if (all >= done && all > 0)
        str_addf(&said, "%.1f / %.1f %s", (double)done / unit, (double)all / unit,
                 large ? "GB" : "MB");
    else if (done)
        str_addf(&said, "%.1f %s", (double)done / unit, large ? "GB" : "MB");
    if (cases)
        str_addf(&said, "　%lld / %lld%s%s", (long long)number_of(progress, "cases_done"),
                 (long long)cases, manner.english ? " " : "", word_main(manner, WORD_CASES));
    if (left != STICK_NO_TIME && left < MINUTE_MS)
        str_addf(&said, "　%s", word_main(manner, WORD_UNDER_A_MINUTE));
    else if (left != STICK_NO_TIME)
        str_addf(&said, manner.english ? "　%s %lld %s" : "　%s%lld%s",
                 word_main(manner, WORD_TIME_LEFT), (long long)((left + MINUTE_MS - 1) / MINUTE_MS),
                 word_main(manner, WORD_MINUTES_LEFT));
    return str_take(&said);
}

/* For the request that takes something from it. */
static void add_cancel(struct pile *pile, const struct stick_view *view) {
    const char *uid = stick_text(view->stick, "request");
    struct manner manner = pile->sheet->manner;
    if (!*uid)
        return;
    json_t *root = json_pack("{s:s}", "uid", uid);
    char *arguments = json_dumps(root, JSON_COMPACT);
    const struct desk_button button = {
        "close", word_main(manner, WORD_CANCEL), word_beside(manner, WORD_CANCEL), false,
        0,       action_ask("cancel", arguments)};
    pile_add_gap(pile, NOTE / 2);
    pile_add_buttons(pile, &button, 1, CANCEL_WIDE);
    free(arguments);
    json_decref(root);
}

/* First it is copied, then prepared, each from its beginning. */
void stick_add_progress(struct pile *pile, const struct stick_view *view) {
    const json_t *stick = view->stick, *progress = json_object_get(view->live, "progress");
    const struct theme *theme = pile->sheet->stage->theme;
    bool taking = strcmp(stick_text(stick, "state"), "taking") == 0;
    int64_t done = taking ? number_of(progress, "bytes_done") : number_of(stick, "done_bytes");
    int64_t all = taking ? number_of(progress, "bytes") : number_of(stick, "bytes");
    char *said = say_progress(pile->sheet->manner, done, all, number_of(stick, "for_ms"),
                              taking ? progress : NULL);
    pile_add_text(pile, stick_state(pile->sheet, stick), SAID, WEIGHT_BOLD, theme->text);
    pile_add_gap(pile, NOTE / 4);
    pile_add_bar(pile, all > 0 && done <= all ? (int)(done * 1000 / all) : -1);
    pile_add_text(pile, said, LINE, WEIGHT_REGULAR, theme->text);
    free(said);
    add_cancel(pile, view);
}

/* ---- how it stands without a survey */

void stick_add_stand(struct pile *pile, const struct stick_view *view) {
    struct sheet *sheet = pile->sheet;
    const struct theme *theme = sheet->stage->theme;
    const char *error = stick_text(view->stick, sheet->manner.english ? "error" : "error_zh");
    if (json_is_true(json_object_get(view->stick, "can_pull")) && !*error)
        pile_add_banner(pile, stick_state(sheet, view->stick));
    else
        pile_add_text(pile, stick_state(sheet, view->stick), SAID, WEIGHT_BOLD, theme->text);
    pile_add_text(pile, error, LINE, WEIGHT_REGULAR, theme->text);
}

void stick_add_left_out(struct pile *pile, const json_t *receipt, const char *root) {
    const json_t *rejects = json_object_get(receipt, "rejects");
    struct manner manner = pile->sheet->manner;
    const struct theme *theme = pile->sheet->stage->theme;
    if (!json_array_size(rejects))
        return;
    pile_add_text(pile, word_main(manner, WORD_LEFT_OUT), LINE, WEIGHT_BOLD, theme->text);
    for (size_t i = 0; i < json_array_size(rejects) && i < MOST_LEFT_OUT; i++) {
        char *said = stick_say_note(manner, root, json_array_get(rejects, i));
        pile_add_gap(pile, NOTE / 2);
        pile_add_text(pile, said, NOTE, WEIGHT_REGULAR, theme->text);
        free(said);
    }
}
