/* Where the parts of the search lie. */
#include "display/page_search_parts.h"

/* u */
#define KEY_WIDTH    84 /* about, where there is room */
#define KEY_HEIGHT   100
#define FIELD_HEIGHT 88
#define WORD_HEIGHT  64
#define BAR_INSET    10 /* of the bar's buttons, which is part of the distance to them */

#define KEYS_SHARE 62  /* percent of the width that the keys take at the most, beside results */
#define REST_SHARE 30  /* percent of the height that is left to results above keys, at the least */
#define REACH_KEY  115 /* percent of a finger: height of a key within reach, at the most */
#define COLUMNS    10

static int larger(int a, int b) {
    return a > b ? a : b;
}

static struct rect cut_top(struct rect *from, int height, int gap) {
    struct rect top = {from->x, from->y, from->width, height};
    from->y += height + gap;
    from->height -= height + gap;
    return top;
}

static struct rect cut_bottom(struct rect *from, int height, int gap) {
    from->height -= height + gap;
    return (struct rect){from->x, from->y + from->height + gap, from->width, height};
}

/* The right part of an area, for the keys; the rest is left. */
static struct rect cut_column(const struct sheet *sheet, struct rect *from, int gap) {
    int key = larger(sheet_finger(sheet), slide_px(sheet->stage, KEY_WIDTH));
    int width = COLUMNS * key + (COLUMNS - 1) * gap, most = from->width * KEYS_SHARE / 100;
    width = width < most ? width : most;
    from->width -= width + sheet_gap(sheet);
    return (struct rect){from->x + from->width + sheet_gap(sheet), from->y, width, from->height};
}

/* At the foot of a column, of which `taken` is for others. All letters in one layer and words to
 * pick come first, then the digits with them, then words. */
static void place_keys(const struct sheet *sheet, struct search_plan *plan, struct rect *column,
                       int taken) {
    int finger = sheet_finger(sheet), words = plan->key + plan->gap;
    bool reach = sheet->manner.reach;
    int most = reach ? finger * REACH_KEY / 100 : slide_px(sheet->stage, KEY_HEIGHT);
    struct keyboard_room room = {.area = *column, .least = finger, .gap = plan->gap};
    room.most = larger(finger, most);
    room.area.y += taken + words;
    room.area.height -= taken + words;
    int layer = sheet->page.place.picture;
    if (!keyboard_build(&room, layer, &plan->keyboard) || plan->keyboard.layers > 2) {
        room.area.y -= words;
        room.area.height += words;
        words = 0;
        keyboard_build(&room, layer, &plan->keyboard);
    }
    if (plan->keyboard.count)
        cut_bottom(column, plan->keyboard.place.height, plan->gap);
    if (words)
        plan->words = cut_bottom(column, plan->key, plan->gap);
}

/* Its right end, as a key. */
static struct rect cut_clear(struct rect *from, int finger, int gap) {
    int width = finger * 3 / 2;
    from->width -= width + gap;
    return (struct rect){from->x + from->width + gap, from->y, width, from->height};
}

/* Within reach: the field as near to the keys as it can be, and what is seen of the results; beside
 * the field they go on over it. */
static void place_crown(const struct sheet *sheet, struct search_plan *plan) {
    const struct slide_stage *stage = sheet->stage;
    int margin = slide_px(stage, stage->theme->margin), gap = sheet_gap(sheet);
    int height = slide_px(stage, FIELD_HEIGHT);
    if (plan->words.height && *sheet->page.place.text)
        plan->clear = cut_clear(&plan->words, sheet_finger(sheet), plan->gap);
    struct rect crown = sheet_crown(sheet);
    crown = (struct rect){margin, margin, crown.width - 2 * margin, crown.height - margin};
    if (slide_is_portrait(stage)) {
        plan->field = cut_bottom(&crown, height, gap);
        plan->seen[0] = crown;
        return;
    }
    plan->seen[1] = plan->seen[0] = crown;
    plan->seen[1].x = plan->keyboard.place.x;
    plan->seen[1].width = crown.x + crown.width - plan->seen[1].x;
    plan->seen[0].width = plan->seen[1].x - gap - crown.x;
    plan->field = cut_bottom(&plan->seen[1], height, gap);
}

/* Over the keys; beside results at the head of the column, with rows of words between. */
static void place_field(const struct sheet *sheet, struct search_plan *plan, struct rect *column,
                        int height) {
    int finger = sheet_finger(sheet);
    bool portrait = slide_is_portrait(sheet->stage);
    plan->field = portrait ? cut_bottom(column, height, sheet_gap(sheet))
                           : cut_top(column, height, plan->gap);
    if (*sheet->page.place.text)
        plan->clear = cut_clear(&plan->field, finger, plan->gap);
    if (!portrait && plan->words.height) {
        plan->words.height += column->height + plan->gap;
        plan->words.y = column->y;
    }
}

/* foot: distance of the keys to the bar's buttons. */
static void plan_build(const struct sheet *sheet, struct search_plan *plan, int foot) {
    const struct slide_stage *stage = sheet->stage;
    bool reach = sheet->manner.reach, portrait = slide_is_portrait(stage);
    int finger = sheet_finger(sheet), gap = sheet_gap(sheet);
    *plan = (struct search_plan){.gap = gap / 2, .rest = sheet_area(sheet)};
    plan->key = reach ? finger : larger(finger, slide_px(stage, WORD_HEIGHT));
    plan->rest.height -= larger(0, foot - slide_px(stage, BAR_INSET));
    struct rect column = portrait ? plan->rest : cut_column(sheet, &plan->rest, plan->gap);
    int field = larger(finger, slide_px(stage, FIELD_HEIGHT));
    int taken = reach ? 0 : field + plan->gap;
    if (portrait)
        taken += plan->rest.height * REST_SHARE / 100 + gap - plan->gap;
    place_keys(sheet, plan, &column, taken);
    if (reach)
        place_crown(sheet, plan);
    else
        place_field(sheet, plan, &column, field);
    if (portrait)
        plan->rest = column;
}

void search_plan_build(const struct sheet *sheet, struct search_plan *plan) {
    int gap = sheet_gap(sheet);
    plan_build(sheet, plan, gap);
    if (plan->keyboard.layers != 1 || !plan->words.height) /* half of it, where room is short */
        plan_build(sheet, plan, gap / 2);
}
