/* What lies on a stick, case by case: what would be new or changed, what would not be taken and
 * why; all of it or a choice is taken. */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/memory.h"
#include "base/str.h"
#include "display/page_desk.h"
#include "library/desk.h"

/* u */
#define ROW_HIGH    104
#define NOTE        26
#define PAD         24
#define MARK        48
#define TITLE       32
#define SMALL       26
#define BUTTON_HIGH 96

#define MOST_ROWS  200 /* of a stick; the rest is taken too */
#define MOST_NOTES 3   /* of a case */
#define REFRESH_MS 1000

static const char *text_of(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

/* ---- what is chosen: the place's text holds the ids that are not, a line each */

static bool is_chosen(const struct place *here, const char *id) {
    size_t size = strlen(id);
    for (const char *at = here->text; (at = strstr(at, id)); at += size)
        if ((at == here->text || at[-1] == '\n') && at[size] == '\n')
            return false;
    return true;
}

static char *without(const char *text, const char *id) {
    struct str out = {0};
    for (const char *at = text; *at;) {
        const char *end = strchr(at, '\n');
        size_t size = end ? (size_t)(end - at) : strlen(at);
        if (size != strlen(id) || strncmp(at, id, size) != 0) {
            str_add_bytes(&out, at, size);
            str_add_bytes(&out, "\n", 1);
        }
        at += size + (end != NULL);
    }
    return str_take(&out);
}

static struct action toggle(const struct place *here, const char *id) {
    struct action action = {.kind = ACTION_REPLACE, .place = place_copy(here)};
    char *text =
        is_chosen(here, id) ? xasprintf("%s%s\n", here->text, id) : without(here->text, id);
    free(action.place.text);
    action.place.text = text;
    return action;
}

static bool can_be_taken(const json_t *item) {
    const char *change = text_of(item, "change");
    return strcmp(change, "new") == 0 || strcmp(change, "changed") == 0;
}

/* Everything, or the ids that are chosen. */
static char *take_arguments(const struct place *here, const char *path, const json_t *cases,
                            size_t *count) {
    json_t *ids = json_array(), *item;
    size_t i, all = 0;
    json_array_foreach(cases, i, item) {
        bool can = can_be_taken(item);
        all += can;
        if (can && is_chosen(here, text_of(item, "id")))
            json_array_append(ids, json_object_get(item, "id"));
    }
    *count = json_array_size(ids);
    json_t *root = json_pack("{s:s}", "path", path);
    if (*count < all)
        json_object_set(root, "choose", ids);
    char *text = json_dumps(root, JSON_COMPACT);
    json_decref(root);
    json_decref(ids);
    return text ? text : xstrdup("{}");
}

static int high_enough(const struct sheet *sheet, int size) { /* to be touched. size: u */
    int high = slide_px(sheet->stage, size), finger = sheet_finger(sheet);
    return high > finger ? high : finger;
}

/* ---- the rows */

static enum word word_of(const char *change) {
    static const struct {
        const char *change;
        enum word word;
    } words[] = {{"new", WORD_IS_NEW},
                 {"changed", WORD_IS_CHANGED},
                 {"same", WORD_IS_SAME},
                 {"held", WORD_IS_HELD}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].change, change) == 0)
            return words[i].word;
    return WORD_IS_REFUSED;
}

static const char *unit_of(const json_t *item) {
    enum unit unit;
    return unit_parse(text_of(item, "unit"), &unit) ? unit_name(unit) : "";
}

static char *line_of(const struct sheet *sheet, const json_t *item) {
    json_int_t pictures = json_integer_value(json_object_get(item, "pictures"));
    char *count = word_counted(sheet->manner, (size_t)pictures, WORD_A_PICTURE, WORD_PICTURES);
    char *line =
        xasprintf("%s　%s　%s　%s", word_main(sheet->manner, word_of(text_of(item, "change"))),
                  text_of(item, "school"), unit_of(item), count);
    free(count);
    return line;
}

/* A square, filled where it is chosen. */
static void add_mark(struct sheet *sheet, const struct pane *pane, struct point at, bool chosen) {
    const struct theme *theme = sheet->stage->theme;
    int side = slide_px(sheet->stage, MARK), edge = slide_px(sheet->stage, 4);
    struct rect box = {at.x, at.y, side, side};
    scene_add_fill(pane->scene, LAYER_TEXT, box, edge * 2, theme->text);
    scene_add_fill(pane->scene, LAYER_TEXT, slide_inset(box, edge), edge, theme->panel);
    if (chosen)
        scene_add_fill(pane->scene, LAYER_TEXT, slide_inset(box, side / 4), edge, theme->text);
}

/* Without the folder at which it is plugged in, which tells nobody anything. */
static const char *path_within(const char *stick, const char *path) {
    size_t size = strlen(stick);
    return strncmp(path, stick, size) == 0 && path[size] == '/' ? path + size + 1 : path;
}

/* What is wrong with it and what to do, in whole: how many there are, and their height. */
static int lay_notes(const struct sheet *sheet, const char *stick, const json_t *notes, int width,
                     struct layout *laid[MOST_NOTES], int *height) {
    const struct text_style style = slide_style(sheet->stage, NOTE, 140, WEIGHT_REGULAR);
    int count = (int)json_array_size(notes);
    count = count < MOST_NOTES ? count : MOST_NOTES;
    for (int i = 0; i < count; i++) {
        const json_t *at = json_array_get(notes, (size_t)i);
        char *text = xasprintf("%s：%s　%s", path_within(stick, text_of(at, "path")),
                               text_of(at, "text"), text_of(at, "advice"));
        laid[i] = slide_layout(sheet->stage, text, &style, width);
        *height += laid[i]->height;
        free(text);
    }
    return count;
}

static int add_row(struct sheet *sheet, struct rect area, int y, const char *stick,
                   const json_t *item) {
    const struct slide_stage *stage = sheet->stage;
    const struct theme *theme = stage->theme;
    int high = high_enough(sheet, ROW_HIGH), pad = slide_px(stage, PAD),
        mark = slide_px(stage, MARK);
    int x = 2 * pad + mark, width = area.width - x - pad, noted = 0;
    struct layout *notes[MOST_NOTES];
    int count = lay_notes(sheet, stick, json_object_get(item, "notes"), width, notes, &noted);
    struct rect place = {area.x, y, area.width, high + noted + (count ? pad / 2 : 0)};
    struct pane pane = sheet_add_pane(sheet, place, true);
    struct rect whole = {0, 0, place.width, place.height};
    sheet_add_plate(pane.scene, stage, sheet->manner, whole, theme->panel);
    if (can_be_taken(item)) {
        const char *id = text_of(item, "id");
        add_mark(sheet, &pane, (struct point){pad, (high - mark) / 2},
                 is_chosen(&sheet->page.place, id));
        sheet_add_target(sheet, &pane, whole, slide_px(stage, 16), toggle(&sheet->page.place, id));
    }
    int title = slide_px(stage, TITLE) * 130 / 100;
    int top = (high - title - slide_px(stage, SMALL) * 130 / 100) / 2;
    sheet_add_line(sheet, &pane, text_of(item, "title"), TITLE, WEIGHT_BOLD, theme->text,
                   (struct point){x, top}, width);
    char *line = line_of(sheet, item);
    sheet_add_line(sheet, &pane, line, SMALL, WEIGHT_REGULAR, theme->dim,
                   (struct point){x, top + title}, width);
    free(line);
    for (int i = 0, at = high; i < count; at += notes[i++]->height)
        scene_add_text(pane.scene, (struct point){x, at}, notes[i], theme->text);
    return place.height;
}

/* From y on, within what scrolls. */
static void add_rows(struct sheet *sheet, struct rect area, int y, const json_t *survey) {
    const json_t *cases = json_object_get(survey, "cases");
    int gap = sheet_gap(sheet);
    for (size_t i = 0; i < json_array_size(cases) && i < MOST_ROWS; i++)
        y += add_row(sheet, area, y, text_of(survey, "path"), json_array_get(cases, i)) + gap;
    sheet_set_view(sheet, area, y);
}

/* ---- the buttons */

/* They scroll away where they would leave no room for a row; gives their height. */
static int add_buttons(struct sheet *sheet, struct rect area, bool scroll, const json_t *stick,
                       const json_t *survey) {
    struct manner manner = sheet->manner;
    const char *path = text_of(stick, "path");
    size_t count = 0;
    char *take = take_arguments(&sheet->page.place, path, json_object_get(survey, "cases"), &count);
    char *chosen = survey ? word_counted(manner, count, WORD_CASE, WORD_CASES)
                          : xstrdup(word_beside(manner, WORD_TAKE_ALL));
    json_t *root = json_pack("{s:s, s:s}", "path", path, "stick", text_of(stick, "name"));
    char *arguments = json_dumps(root, JSON_COMPACT);
    json_decref(root);
    const struct desk_button buttons[] = {
        {"search", word_main(manner, WORD_LOOK), word_beside(manner, WORD_LOOK), false, 0,
         action_ask("look", arguments)},
        {"stick", word_main(manner, WORD_TAKE_ALL), chosen, true, 1, action_ask("take", take)},
        {"close", word_main(manner, WORD_EJECT), word_beside(manner, WORD_EJECT), false, 0,
         action_ask("eject", arguments)},
    };
    const int all = (int)(sizeof buttons / sizeof *buttons);
    int gap = sheet_gap(sheet), high = high_enough(sheet, BUTTON_HIGH);
    int wide = (area.width - (all - 1) * gap) / all;
    struct rect place = {area.x, scroll ? 0 : area.y, area.width, high};
    struct pane pane = sheet_add_pane(sheet, place, scroll);
    for (int i = 0; i < all; i++)
        page_desk_button(sheet, &pane, (struct rect){i * (wide + gap), 0, wide, high}, &buttons[i]);
    free(arguments);
    free(chosen);
    free(take);
    return high + gap;
}

/* What was found when somebody looked last; NULL: nobody did. The caller's. */
static json_t *survey_of(const struct page_source *source) {
    struct desk_answer answer = {.done = false};
    json_t *survey = NULL;
    if (*source->uid && desk_answer(source->paths->ledger, source->uid, &answer) && answer.done)
        survey = json_loads(answer.receipt, 0, NULL);
    desk_answer_finish(&answer);
    if (json_is_array(json_object_get(survey, "cases")) && json_object_get(survey, "kind"))
        return survey;
    json_decref(survey);
    return NULL;
}

void page_build_stick(struct sheet *sheet, const struct page_source *source) {
    struct manner manner = sheet->manner;
    struct rect area = page_desk_heading(sheet, source, word_main(manner, WORD_STICK),
                                         word_beside(manner, WORD_STICK));
    json_t *live = page_desk_live(source), *survey = survey_of(source);
    const json_t *stick = json_array_get(json_object_get(live, "sticks"), 0);
    sheet->page.refresh_ms = REFRESH_MS;
    if (stick) {
        int least =
            high_enough(sheet, BUTTON_HIGH) + sheet_gap(sheet) + high_enough(sheet, ROW_HIGH);
        bool scroll = area.height < least;
        int used = add_buttons(sheet, area, scroll, stick, survey);
        struct rect below = {area.x, area.y + used, area.width, area.height - used};
        add_rows(sheet, scroll ? area : below, scroll ? used : 0, survey);
    } else {
        struct pane pane = sheet_add_pane(
            sheet, (struct rect){area.x, area.y, area.width, slide_px(sheet->stage, 120)}, false);
        sheet_add_line(sheet, &pane, word_main(manner, WORD_NO_STICK), 40, WEIGHT_REGULAR,
                       sheet->stage->theme->dim, (struct point){0, 0}, area.width);
    }
    json_decref(survey);
    json_decref(live);
    sheet_add_bar(sheet);
}
