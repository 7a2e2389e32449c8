/* The cases on a stick, a row each: whether it is to be taken, what it is, what is to be known. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "display/page_stick.h"

/* u */
#define ROW_HIGH   120
#define THUMB_WIDE 144 /* at the left, where its picture would stand */
#define NOTE       26
#define PAD        24
#define MARK       48
#define TITLE      32
#define SMALL      26
#define RADIUS     16

#define MOST_ROWS  200 /* of a stick; the rest is taken too */
#define MOST_NOTES 3   /* of a case, of what is refused; its page has all */
#define MOST_LINES (MOST_NOTES + 3)

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

char *stick_say_case(struct manner manner, const json_t *item) {
    json_int_t pictures = json_integer_value(json_object_get(item, "pictures"));
    json_int_t videos = json_integer_value(json_object_get(item, "videos"));
    char *count = word_media(manner, (size_t)pictures, (size_t)videos);
    enum unit unit = UNIT_PARTY;
    enum level level = stick_level(item);
    bool known = level || unit_parse(stick_text(item, "unit"), &unit);
    const char *name = word_main(manner, known ? word_section(level, unit) : WORD_NO_UNIT);
    char *line = xasprintf("%s　%s　%s　%s", word_main(manner, word_of(stick_text(item, "change"))),
                           stick_text(item, "school"), count, name);
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

void stick_load_case(const struct stick_view *view, const struct page_source *source,
                     const json_t *item, struct case_record *record) {
    const char *id = stick_text(item, "id");
    bool news = stick_can_be_taken(item), same = strcmp(stick_text(item, "change"), "same") == 0;
    *record = (struct case_record){0};
    if (news && view->preview == PREVIEW_READY)
        reader_load_pending(source->reader, PENDING_DRAFT, id, record);
    else if (same)
        reader_load(source->reader, &id, 1, record);
}

/* Its first picture, or its unit. */
static void add_thumb(struct sheet *sheet, const struct pane *pane, struct rect place,
                      const struct case_record *record, const json_t *item) {
    const struct theme *theme = sheet->stage->theme;
    if (record->asset_count) {
        slide_add_filling(pane->scene, sheet->stage, record->assets, place,
                          slide_px(sheet->stage, RADIUS) / 2);
        return;
    }
    int side = place.height / 2;
    struct rect icon = {place.x + (place.width - side) / 2, place.y + (place.height - side) / 2,
                        side, side};
    enum unit unit = UNIT_PARTY;
    enum level level = stick_level(item);
    bool known = level || unit_parse(stick_text(item, "unit"), &unit);
    scene_add_fill(pane->scene, LAYER_TEXT, place, slide_px(sheet->stage, RADIUS) / 2,
                   known ? theme_section(theme, level, unit)->deep : theme->ground);
    if (known)
        slide_add_icon(pane->scene, sheet->stage, section_key(level, unit), icon, theme->on_unit);
}

/* ---- what is to be known of it */

struct lines {
    struct layout *laid[MOST_LINES];
    int count, height;
};

/* Takes the text over. */
static void lay_line(const struct sheet *sheet, struct lines *lines, char *text, int width) {
    const struct text_style style = slide_style(sheet->stage, NOTE, 140, WEIGHT_REGULAR);
    if (*text) {
        struct layout *layout = slide_layout(sheet->stage, text, &style, width);
        lines->laid[lines->count++] = layout;
        lines->height += layout->height;
    }
    free(text);
}

/* What is wrong with it and what to do, in whole. */
static struct lines lay_lines(const struct sheet *sheet, const char *root, const json_t *item,
                              int width) {
    const json_t *notes = json_object_get(item, "notes");
    struct lines lines = {.count = 0};
    struct manner manner = sheet->manner;
    for (size_t i = 0; i < json_array_size(notes) && i < MOST_NOTES; i++)
        lay_line(sheet, &lines, stick_say_note(manner, root, json_array_get(notes, i)), width);
    lay_line(sheet, &lines, stick_say_absent(manner, item), width);
    lay_line(sheet, &lines, stick_say_low(manner, item), width);
    lay_line(sheet, &lines, stick_say_masked(manner, item), width);
    return lines;
}

/* ---- a row */

/* Where its parts stand, in its pane. */
struct row {
    int high; /* without its notes */
    struct rect mark, thumb;
    struct rect body; /* leads to its page */
    int x, width;     /* of its words */
};

/* The mark is a target of its own, with half a gap between it and the rest. */
static struct row plan_row(const struct sheet *sheet, int width) {
    int pad = slide_px(sheet->stage, PAD), least = slide_px(sheet->stage, MARK + 2 * PAD);
    int finger = sheet_finger(sheet), wide = finger > least ? finger : least;
    int high = pile_high_enough(sheet, ROW_HIGH), left = wide + (sheet_gap(sheet) + 1) / 2;
    struct row row = {.high = high, .mark = {0, 0, wide, high}, .body = {left, 0, width - left, 0}};
    row.thumb = (struct rect){left + pad / 2, pad / 2, slide_px(sheet->stage, THUMB_WIDE),
                              slide_px(sheet->stage, ROW_HIGH) - pad};
    row.x = row.thumb.x + row.thumb.width + pad;
    row.width = width - pad - row.x;
    return row;
}

char *stick_say_counts(struct manner manner, const json_t *survey) {
    static const char *const changes[] = {"new", "changed", "same", "held", "refused"};
    struct str said = {0};
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        size_t k = 0, count = 0;
        const json_t *item = NULL;
        json_array_foreach(json_object_get(survey, "cases"), k, item) {
            count += strcmp(stick_text(item, "change"), changes[i]) == 0;
        }
        if (count)
            str_addf(&said, "%s%s %zu", said.size ? "　" : "",
                     word_main(manner, word_of(changes[i])), count);
    }
    return str_take(&said);
}

static void add_words(struct sheet *sheet, const struct pane *pane, const struct row *row,
                      const json_t *item) {
    const struct slide_stage *stage = sheet->stage;
    int title = slide_px(stage, TITLE) * 130 / 100;
    int top = (row->high - title - slide_px(stage, SMALL) * 130 / 100) / 2;
    char *line = stick_say_case(sheet->manner, item);
    sheet_add_line(sheet, pane, stick_text(item, "title"), TITLE, WEIGHT_BOLD, stage->theme->text,
                   (struct point){row->x, top}, row->width);
    sheet_add_line(sheet, pane, line, SMALL, WEIGHT_REGULAR, stage->theme->dim,
                   (struct point){row->x, top + title}, row->width);
    free(line);
}

struct action stick_toggle(const struct sheet *sheet, const struct stick_view *view,
                           size_t number) {
    const json_t *item = json_array_get(json_object_get(view->survey, "cases"), number);
    struct picks *picks = picks_copy(view->picks);
    stick_pick(picks, view->survey, number, !stick_is_picked(view->picks, item));
    return stick_replace(sheet, picks);
}

static struct action open_case(const struct stick_view *view, size_t number, const json_t *item) {
    struct place place = place_of(PLACE_STICK_CASE, stick_text(item, "title"));
    place.picture = (int)number;
    place.picks = picks_copy(view->picks);
    return action_go(place);
}

static void add_row(struct pile *pile, const struct stick_view *view,
                    const struct page_source *source, size_t number) {
    struct case_record record;
    const json_t *item = json_array_get(json_object_get(view->survey, "cases"), number);
    struct sheet *sheet = pile->sheet;
    struct row row = plan_row(sheet, pile->area.width);
    struct lines lines = lay_lines(sheet, stick_text(view->survey, "path"), item, row.width);
    int pad = slide_px(sheet->stage, PAD), mark = slide_px(sheet->stage, MARK);
    struct rect place = {pile->area.x, pile->y, pile->area.width,
                         row.high + lines.height + (lines.count ? pad / 2 : 0)};
    struct pane pane = sheet_add_pane(sheet, place, true);
    struct rect whole = {0, 0, place.width, place.height};
    sheet_add_plate(pane.scene, sheet->stage, sheet->manner, whole, sheet->stage->theme->panel);
    add_words(sheet, &pane, &row, item);
    stick_load_case(view, source, item, &record);
    add_thumb(sheet, &pane, row.thumb, &record, item);
    case_finish(&record);
    if (stick_can_be_taken(item)) {
        struct point at = {(row.mark.width - mark) / 2, (row.high - mark) / 2};
        add_mark(sheet, &pane, at, stick_is_picked(view->picks, item));
        if (!stick_is_bundle(view->survey))
            sheet_add_target(sheet, &pane, row.mark, slide_px(sheet->stage, RADIUS),
                             stick_toggle(sheet, view, number));
    }
    row.body.height = place.height;
    sheet_add_target(sheet, &pane, row.body, slide_px(sheet->stage, RADIUS),
                     open_case(view, number, item));
    for (int i = 0, y = row.high; i < lines.count; y += lines.laid[i++]->height)
        scene_add_text(pane.scene, (struct point){row.x, y}, lines.laid[i],
                       sheet->stage->theme->text);
    pile->y += place.height + sheet_gap(sheet);
}

void stick_add_rows(struct pile *pile, const struct stick_view *view,
                    const struct page_source *source) {
    const json_t *cases = json_object_get(view->survey, "cases");
    for (size_t i = 0; i < json_array_size(cases) && i < MOST_ROWS; i++)
        add_row(pile, view, source, i);
}
