#include "display/page_entry.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "display/setup.h"

/* u */
#define KEY_MOST 150
#define DOT      26
#define FIELD    96
#define SECTION  24
#define MESSAGE  36
#define SMALL    28
#define DIGIT    52
#define PAD      24

static const int text_sizes[] = {DIGIT, 44, 36, SMALL, 0};

/* ---- the field */

static void add_message(struct sheet *sheet, const struct typing *entry, const struct pane *pane,
                        int y, int width) {
    const struct slide_stage *stage = sheet->stage;
    struct text_style style = slide_style(stage, MESSAGE, 140, WEIGHT_BOLD);
    struct layout *first = slide_layout(stage, entry->message, &style, width);
    if (y + first->height > pane->place.height) { /* a low screen, within reach */
        layout_destroy(first);
        style = slide_style(stage, SMALL, 125, WEIGHT_BOLD);
        first = slide_layout(stage, entry->message, &style, width);
    }
    int below = y + first->height;
    style = slide_style(stage, SMALL, 140, WEIGHT_REGULAR);
    struct layout *second = slide_layout(stage, entry->message_beside, &style, width);
    scene_add_text(pane->scene, (struct point){0, y}, first, stage->theme->text);
    if (below + second->height <= pane->place.height)
        scene_add_text(pane->scene, (struct point){0, below}, second, stage->theme->dim);
    else
        layout_destroy(second);
}

static void add_typed(struct sheet *sheet, const struct typing *entry, const struct pane *pane,
                      struct rect field) {
    const struct slide_stage *stage = sheet->stage;
    int dot = slide_px(stage, DOT), pad = slide_px(stage, PAD);
    int step = field.width / 14 < 2 * dot ? field.width / 14 : 2 * dot;
    for (int i = 0; !entry->text && i < entry->dots; i++)
        scene_add_fill(pane->scene, LAYER_TEXT,
                       (struct rect){step + i * step, (field.height - dot) / 2, dot, dot}, dot / 2,
                       stage->theme->text);
    if (!entry->text)
        return;
    struct layout *text = slide_title(stage, entry->text, text_sizes, 1, field.width - 2 * pad);
    if (text->cut) {
        layout_destroy(text);
        struct text_style style = slide_style(stage, SMALL, 122, WEIGHT_BOLD);
        text = slide_layout(stage, entry->text, &style, field.width - 2 * pad);
    }
    scene_add_text(pane->scene, (struct point){pad, (field.height - text->height) / 2}, text,
                   stage->theme->text);
}

/* The field is there before anything is typed. */
static void add_field(struct sheet *sheet, const struct typing *entry, struct rect area) {
    const struct slide_stage *stage = sheet->stage;
    int edge = slide_px(stage, 3), radius = slide_px(stage, 16);
    struct pane pane = sheet_add_pane(sheet, area, false);
    struct rect whole = {0, 0, area.width, slide_px(stage, FIELD)};
    scene_add_fill(pane.scene, LAYER_GROUND, whole, radius, stage->theme->dim);
    scene_add_fill(pane.scene, LAYER_GROUND, slide_inset(whole, edge), radius - edge,
                   stage->theme->ground);
    add_typed(sheet, entry, &pane, whole);
    add_message(sheet, entry, &pane, whole.height + slide_px(stage, SECTION), area.width);
}

/* ---- the keys */

static void add_letter(struct sheet *sheet, const struct pane *pane, struct rect within,
                       struct key_cap *cap) {
    const struct slide_stage *stage = sheet->stage;
    sheet_add_plate(pane->scene, stage, sheet->manner, within, stage->theme->panel);
    struct text_style style = slide_style(stage, DIGIT, 120, WEIGHT_BOLD);
    if (style.leading > within.height) {
        style.size = within.height * 100 / 120;
        style.leading = within.height;
    }
    style.align = ALIGN_CENTRE;
    struct layout *layout = slide_layout(stage, cap->label, &style, within.width);
    scene_add_text(pane->scene,
                   (struct point){within.x, within.y + (within.height - layout->height) / 2},
                   layout, stage->theme->text);
    sheet_add_target(sheet, pane, within, slide_px(stage, 16), cap->action);
}

static void add_icon(struct sheet *sheet, const struct pane *pane, struct rect within,
                     struct key_cap *cap) {
    const struct slide_stage *stage = sheet->stage;
    int side = slide_px(stage, DIGIT),
        least = within.width < within.height ? within.width : within.height;
    side = side < least ? side : least;
    sheet_add_plate(pane->scene, stage, sheet->manner, within, stage->theme->panel);
    slide_add_icon(pane->scene, stage, cap->icon,
                   (struct rect){within.x + (within.width - side) / 2,
                                 within.y + (within.height - side) / 2, side, side},
                   stage->theme->text);
    sheet_add_target(sheet, pane, within, slide_px(stage, 16), cap->action);
}

static bool is_letter(const char *label) {
    size_t count = 0;
    for (const char *at = label; *at; at++)
        count += (*at & 0xC0) != 0x80;
    return count == 1;
}

static void add_key(struct sheet *sheet, const struct pane *pane, struct rect within,
                    struct key_cap *cap) {
    if (cap->icon)
        add_icon(sheet, pane, within, cap);
    else if (is_letter(cap->label))
        add_letter(sheet, pane, within, cap);
    else
        sheet_add_button(sheet, pane, within, NULL, cap->label, cap->beside ? cap->beside : "",
                         cap->on, cap->action);
}

static int rows_of(const struct typing *entry, int columns) {
    return (entry->count + columns - 1) / columns;
}

/* So many columns that the rows are high enough for a finger, as long as the keys stay wide enough
 * for one. */
static int columns_of(const struct sheet *sheet, const struct typing *entry, struct rect area) {
    int gap = sheet_gap(sheet) / 2, finger = sheet_finger(sheet), columns = entry->columns;
    int most = (area.width + gap) / (finger + gap);
    while (columns < most &&
           (area.height - (rows_of(entry, columns) - 1) * gap) / rows_of(entry, columns) < finger)
        columns++;
    columns = columns > most && most > 0 ? most : columns;
    int rows = rows_of(entry, columns);
    return (entry->count + rows - 1) / rows;
}

/* As a telephone's where there is height for that; where there is not for all, they scroll. */
static void add_keys(struct sheet *sheet, const struct typing *entry, struct rect area) {
    int gap = sheet_gap(sheet) / 2, finger = sheet_finger(sheet);
    int columns = columns_of(sheet, entry, area), rows = rows_of(entry, columns);
    int most = slide_px(sheet->stage, KEY_MOST);
    most = most > finger ? most : finger;
    int high = (area.height - (rows - 1) * gap) / rows;
    int wide = (area.width - (columns - 1) * gap) / columns;
    bool scrolls = high < finger;
    high = scrolls ? finger : high < most ? high : most;
    wide = wide < 2 * most ? wide : 2 * most;
    int across = columns * wide + (columns - 1) * gap, down = rows * high + (rows - 1) * gap;
    struct rect place = {area.x + (area.width - across) / 2, scrolls ? 0 : area.y, across, down};
    struct pane pane = sheet_add_pane(sheet, place, scrolls);
    if (scrolls)
        sheet_set_view(sheet, area, down);
    for (int i = 0; i < entry->count; i++)
        add_key(sheet, &pane,
                (struct rect){i % columns * (wide + gap), i / columns * (high + gap), wide, high},
                &entry->caps[i]);
}

/* The field beside the keys, above them on a tall screen; within reach it is only seen, above. */
void page_build_entry(struct sheet *sheet, const struct typing *entry) {
    struct manner manner = sheet->manner;
    int gap = 2 * sheet_gap(sheet);
    struct rect field = page_desk_head(sheet, entry->main, entry->beside);
    struct rect keys = manner.reach ? sheet_area(sheet) : field;
    if (!manner.reach && slide_is_portrait(sheet->stage)) {
        field.height = slide_px(sheet->stage, FIELD + SECTION + 4 * MESSAGE + 3 * SMALL);
        keys.y += field.height + gap;
        keys.height -= field.height + gap;
    } else if (!manner.reach) {
        int half = (keys.width - gap) / 2, least = 4 * sheet_finger(sheet) + 3 * gap / 4;
        half = half > least ? half : least;
        field.width -= half + gap;
        keys.x += keys.width - half;
        keys.width = half;
    }
    add_field(sheet, entry, field);
    add_keys(sheet, entry, keys);
    sheet_add_bar(sheet);
}

int page_add_digits(struct key_cap *caps) {
    static const char *const labels[] = {"1", "2", "3", "4", "5", "6", "7", "8", "9", NULL, "0"};
    for (int i = 0; i < ENTRY_DIGITS; i++)
        caps[i] = labels[i]
                      ? (struct key_cap){.label = labels[i],
                                         .action = action_text(ACTION_TYPE, labels[i])}
                      : (struct key_cap){.icon = "erase", .action = action_simple(ACTION_ERASE)};
    return ENTRY_DIGITS;
}

char *page_step_beside(const struct sheet *sheet, enum word word) {
    const struct place *here = &sheet->page.place;
    if (!here->setup)
        return xstrdup(word_beside(sheet->manner, word));
    return xasprintf("%s %d / %d", word_main(sheet->manner, WORD_SETUP), setup_number(here->kind),
                     SETUP_STEPS);
}

struct action page_step_on(const struct sheet *sheet) {
    return action_go(setup_after(sheet->page.place.kind));
}
