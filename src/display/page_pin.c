/* The administrator's PIN: what was typed as dots, and a keypad. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/time.h"
#include "display/page_desk.h"
#include "library/pins.h"

/* u */
#define KEY_MOST 150
#define DOT      26
#define FIELD    96
#define SECTION  24
#define MESSAGE  36
#define SMALL    28
#define DIGIT    52

#define KEYS 12

static enum word word_of(enum pin_state state) {
    switch (state) {
    case PIN_TYPING:
        break;
    case PIN_TRYING:
        return WORD_PIN_TRYING;
    case PIN_IS_WRONG:
        return WORD_PIN_WRONG;
    case PIN_UNKNOWN:
        return WORD_PIN_UNKNOWN;
    }
    return WORD_PIN_ASK;
}

/* What is to be said: that one has to wait and how long, that there is no PIN yet, before anything
 * is typed in vain. */
static enum word message(struct sheet *sheet, const struct page_source *source, int *seconds) {
    int64_t wait_ms = 0;
    enum pin_result may = pins_wait(source->paths->station, time_now_ms(), &wait_ms);
    *seconds = (int)((wait_ms + 999) / 1000);
    if (may == PIN_WAIT)
        sheet->page.refresh_ms = 1000;
    if (may == PIN_WAIT || may == PIN_NONE_SET)
        return may == PIN_WAIT ? WORD_PIN_WAIT : WORD_PIN_NONE;
    return word_of((enum pin_state)sheet->page.place.picture);
}

static void add_message(struct sheet *sheet, const struct page_source *source,
                        const struct pane *pane, int y, int width) {
    const struct slide_stage *stage = sheet->stage;
    int left = 0;
    enum word word = message(sheet, source, &left);
    char *seconds = word == WORD_PIN_WAIT ? xasprintf("%d ", left) : xstrdup("");
    char *main = xasprintf("%s%s", seconds, word_main(sheet->manner, word));
    char *beside = *word_beside(sheet->manner, word)
                       ? xasprintf("%s%s", seconds, word_beside(sheet->manner, word))
                       : xstrdup("");
    struct text_style style = slide_style(stage, MESSAGE, 140, WEIGHT_BOLD);
    struct layout *first = slide_layout(stage, main, &style, width);
    if (y + first->height > pane->place.height) { /* a low screen, within reach */
        layout_destroy(first);
        style = slide_style(stage, SMALL, 125, WEIGHT_BOLD);
        first = slide_layout(stage, main, &style, width);
    }
    int below = y + first->height;
    style = slide_style(stage, SMALL, 140, WEIGHT_REGULAR);
    struct layout *second = slide_layout(stage, beside, &style, width);
    scene_add_text(pane->scene, (struct point){0, y}, first, stage->theme->text);
    if (below + second->height <= pane->place.height)
        scene_add_text(pane->scene, (struct point){0, below}, second, stage->theme->dim);
    else
        layout_destroy(second);
    free(beside);
    free(main);
    free(seconds);
}

/* A dot for each digit; the field is there before any. */
static void add_field(struct sheet *sheet, const struct page_source *source, struct rect area) {
    const struct slide_stage *stage = sheet->stage;
    int field = slide_px(stage, FIELD), dot = slide_px(stage, DOT), edge = slide_px(stage, 3);
    int count = (int)strlen(sheet->page.place.text), radius = slide_px(stage, 16);
    struct pane pane = sheet_add_pane(sheet, area, false);
    int width = area.width, step = width / 14 < 2 * dot ? width / 14 : 2 * dot;
    struct rect whole = {0, 0, width, field};
    scene_add_fill(pane.scene, LAYER_GROUND, whole, radius, stage->theme->dim);
    scene_add_fill(pane.scene, LAYER_GROUND, slide_inset(whole, edge), radius - edge,
                   stage->theme->ground);
    for (int i = 0; i < count; i++)
        scene_add_fill(pane.scene, LAYER_TEXT,
                       (struct rect){step + i * step, (field - dot) / 2, dot, dot}, dot / 2,
                       stage->theme->text);
    add_message(sheet, source, &pane, field + slide_px(stage, SECTION), width);
}

static void add_digit(struct sheet *sheet, const struct pane *pane, struct rect within,
                      const char *digit) {
    const struct slide_stage *stage = sheet->stage;
    sheet_add_plate(pane->scene, stage, sheet->manner, within, stage->theme->panel);
    struct text_style style = slide_style(stage, DIGIT, 120, WEIGHT_BOLD);
    if (style.leading > within.height) {
        style.size = within.height * 100 / 120;
        style.leading = within.height;
    }
    style.align = ALIGN_CENTRE;
    struct layout *layout = slide_layout(stage, digit, &style, within.width);
    scene_add_text(pane->scene,
                   (struct point){within.x, within.y + (within.height - layout->height) / 2},
                   layout, stage->theme->text);
    sheet_add_target(sheet, pane, within, slide_px(stage, 16), action_text(ACTION_TYPE, digit));
}

static void add_eraser(struct sheet *sheet, const struct pane *pane, struct rect within) {
    const struct slide_stage *stage = sheet->stage;
    int side = slide_px(stage, DIGIT),
        least = within.width < within.height ? within.width : within.height;
    side = side < least ? side : least;
    sheet_add_plate(pane->scene, stage, sheet->manner, within, stage->theme->panel);
    slide_add_icon(pane->scene, stage, "erase",
                   (struct rect){within.x + (within.width - side) / 2,
                                 within.y + (within.height - side) / 2, side, side},
                   stage->theme->text);
    sheet_add_target(sheet, pane, within, slide_px(stage, 16), action_simple(ACTION_ERASE));
}

static void add_key(struct sheet *sheet, const struct pane *pane, struct rect within, int key) {
    if (key == 9) {
        add_eraser(sheet, pane, within);
    } else if (key == 11) {
        sheet_add_button(sheet, pane, within, NULL, word_main(sheet->manner, WORD_ENTER),
                         word_beside(sheet->manner, WORD_ENTER), true, action_simple(ACTION_ENTER));
    } else {
        char digit[2] = {(char)('0' + (key == 10 ? 0 : key + 1)), '\0'};
        add_digit(sheet, pane, within, digit);
    }
}

/* As a telephone's where there is height for that. */
static void add_keys(struct sheet *sheet, struct rect area) {
    int gap = sheet_gap(sheet) / 2, finger = sheet_finger(sheet), columns = 3;
    while (columns < KEYS / 2 &&
           (area.height - (KEYS / columns - 1) * gap) / (KEYS / columns) < finger)
        columns = columns == 3 ? 4 : columns + 2;
    int rows = KEYS / columns, most = slide_px(sheet->stage, KEY_MOST);
    most = most > finger ? most : finger;
    int high = (area.height - (rows - 1) * gap) / rows;
    int wide = (area.width - (columns - 1) * gap) / columns;
    high = high < most ? high : most;
    wide = wide < 2 * most ? wide : 2 * most;
    struct rect place = {area.x + (area.width - columns * wide - (columns - 1) * gap) / 2, area.y,
                         columns * wide + (columns - 1) * gap, rows * high + (rows - 1) * gap};
    struct pane pane = sheet_add_pane(sheet, place, false);
    for (int i = 0; i < KEYS; i++)
        add_key(sheet, &pane,
                (struct rect){i % columns * (wide + gap), i / columns * (high + gap), wide, high},
                i);
}

/* The field beside the keys, above them on a tall screen; within reach it is only seen, above. */
void page_build_pin(struct sheet *sheet, const struct page_source *source) {
    struct manner manner = sheet->manner;
    int gap = 2 * sheet_gap(sheet);
    struct rect field =
        page_desk_head(sheet, word_main(manner, WORD_DESK), word_beside(manner, WORD_DESK));
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
    add_field(sheet, source, field);
    add_keys(sheet, keys);
    sheet_add_bar(sheet);
}
