/* How a card of sticks looks: a plate with a rim of its mood's colour, opaque, for it lies over
 * whatever slide there is. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "display/slide_parts.h"
#include "display/stick_card.h"

/* u */
#define WIDTH       720
#define PAD         28
#define DISC        84
#define ICON        48
#define GAP         24 /* between disc and text, and below the frame's corner */
#define TITLE       36
#define SMALL       26
#define DETAIL      30
#define LINE_GAP    8
#define PART_GAP    16
#define BAR         12
#define RIM         3
#define RADIUS      20
#define SMALL_HIGH  64
#define SMALL_ICON  34
#define SMALL_TITLE 28

#define MOST_TITLE  3 /* lines */
#define MOST_DETAIL 4
#define MOST_BESIDE 4

#define MOST_LINES (5 + STICK_CARD_TITLES)

/* What stands below each other; layouts are the scene's in the end. */
struct stack {
    struct layout *lines[MOST_LINES];
    colour inks[MOST_LINES];
    int tops[MOST_LINES];
    size_t count;
    int height;  /* so far */
    int bar_top; /* -1: no bar */
};

static const struct unit_theme *colours_of(const struct slide_stage *stage, enum stick_mood mood) {
    static const enum unit units[] = {[STICK_WORKS] = UNIT_SERVICE,
                                      [STICK_ASKS] = UNIT_EDUCATION,
                                      [STICK_GOOD] = UNIT_SAFETY,
                                      [STICK_BAD] = UNIT_PARTY};
    return stage->theme->units + units[mood];
}

static const char *icon_of(enum stick_mood mood) {
    return mood == STICK_GOOD ? "check" : mood == STICK_BAD ? "warning" : "stick";
}

/* ---- a full one */

static void push(struct stack *stack, const struct slide_stage *stage, const char *text, int size,
                 int max_lines, colour ink, int width) {
    struct text_style style =
        slide_style(stage, size, 130, size == TITLE ? WEIGHT_BOLD : WEIGHT_REGULAR);
    style.max_lines = max_lines;
    if (!*text)
        return;
    struct layout *layout = slide_layout(stage, text, &style, width);
    stack->lines[stack->count] = layout;
    stack->inks[stack->count] = ink;
    stack->tops[stack->count++] = stack->height;
    stack->height += layout->height + slide_px(stage, LINE_GAP);
}

static void push_bar(struct stack *stack, const struct slide_stage *stage) {
    int gap = slide_px(stage, PART_GAP) - slide_px(stage, LINE_GAP);
    stack->bar_top = stack->height + gap;
    stack->height = stack->bar_top + slide_px(stage, BAR) + gap;
}

static struct stack lay_out(const struct slide_stage *stage, const struct stick_card *card,
                            int width) {
    const struct theme *theme = stage->theme;
    struct stack stack = {.bar_top = -1};
    push(&stack, stage, card->title, TITLE, MOST_TITLE, theme->text, width);
    push(&stack, stage, card->detail, DETAIL, MOST_DETAIL, theme->text, width);
    push(&stack, stage, card->beside, SMALL, MOST_BESIDE, theme->dim, width);
    if (card->title_count)
        stack.height += slide_px(stage, PART_GAP) - slide_px(stage, LINE_GAP);
    for (size_t i = 0; i < card->title_count; i++) {
        char *title = xasprintf("《%s》", card->titles[i]);
        push(&stack, stage, title, SMALL, 1, theme->text, width);
        free(title);
    }
    if (card->percent >= 0)
        push_bar(&stack, stage);
    push(&stack, stage, card->figures, SMALL, 2, theme->dim, width);
    push(&stack, stage, card->others, SMALL, 1, theme->dim, width);
    stack.height -= slide_px(stage, LINE_GAP);
    return stack;
}

static void add_plate(struct scene *scene, const struct slide_stage *stage, int radius,
                      colour rim) {
    int edge = slide_px(stage, RIM);
    struct rect whole = {0, 0, scene->width, scene->height};
    scene->clear = true;
    scene_add_fill(scene, LAYER_GROUND, whole, radius, rim);
    scene_add_fill(scene, LAYER_GROUND, slide_inset(whole, edge), radius - edge,
                   stage->theme->panel);
}

static void add_disc(struct scene *scene, const struct slide_stage *stage, struct rect place,
                     enum stick_mood mood, int icon) {
    int side = slide_px(stage, icon), inset = (place.width - side) / 2;
    scene_add_fill(scene, LAYER_PICTURE, place, place.width / 2, colours_of(stage, mood)->fill);
    slide_add_icon(scene, stage, icon_of(mood),
                   (struct rect){place.x + inset, place.y + inset, side, side},
                   stage->theme->on_unit);
}

static void add_bar(struct scene *scene, const struct slide_stage *stage, struct rect place,
                    const struct stick_card *card) {
    int radius = place.height / 2, done = place.width * card->percent / 100;
    scene_add_fill(scene, LAYER_PICTURE, place, radius, stage->theme->ground);
    place.width = done < place.height ? place.height : done; /* it is round at both ends */
    scene_add_fill(scene, LAYER_PICTURE, place, radius, colours_of(stage, card->mood)->light);
}

static void draw_full(struct scene *scene, const struct slide_stage *stage,
                      const struct stick_card *card) {
    int pad = slide_px(stage, PAD), disc = slide_px(stage, DISC);
    int room = stage->size.width - 2 * slide_px(stage, stage->theme->margin);
    int width = slide_px(stage, WIDTH), left = pad + disc + slide_px(stage, GAP);
    width = width < room ? width : room;
    int measure = width - left - pad;
    struct stack stack = lay_out(stage, card, measure);
    int inner = stack.height > disc ? stack.height : disc, down = pad + (inner - stack.height) / 2;
    scene_init(scene, width, inner + 2 * pad);
    add_plate(scene, stage, slide_px(stage, RADIUS), colours_of(stage, card->mood)->light);
    add_disc(scene, stage, (struct rect){pad, pad, disc, disc}, card->mood, ICON);
    for (size_t i = 0; i < stack.count; i++)
        scene_add_text(scene, (struct point){left, down + stack.tops[i]}, stack.lines[i],
                       stack.inks[i]);
    if (stack.bar_top >= 0)
        add_bar(scene, stage,
                (struct rect){left, down + stack.bar_top, measure, slide_px(stage, BAR)}, card);
}

/* ---- a small one */

static void draw_small(struct scene *scene, const struct slide_stage *stage,
                       const struct stick_card *card) {
    int height = slide_px(stage, SMALL_HIGH), room = slide_px(stage, WIDTH);
    struct text_style style = slide_style(stage, SMALL_TITLE, 130, WEIGHT_BOLD);
    style.max_lines = 1;
    struct layout *title = slide_layout(stage, card->title, &style, room);
    int edge = slide_px(stage, RIM) * 2, disc = height - 2 * edge, gap = slide_px(stage, GAP) / 2;
    scene_init(scene, edge + disc + gap + title->widest + 2 * gap, height);
    add_plate(scene, stage, height / 2, colours_of(stage, card->mood)->light);
    add_disc(scene, stage, (struct rect){edge, edge, disc, disc}, card->mood, SMALL_ICON);
    title->width = title->widest;
    scene_add_text(scene, (struct point){edge + disc + gap, (height - title->height) / 2}, title,
                   stage->theme->text);
}

void stick_card_draw(struct scene *scene, const struct slide_stage *stage,
                     const struct stick_card *card, struct point *at) {
    int margin = slide_px(stage, stage->theme->margin);
    int above = stage->frame ? slide_px(stage, ROW_HEIGHT + GAP) : 0;
    if (card->form == STICK_FULL)
        draw_full(scene, stage, card);
    else
        draw_small(scene, stage, card);
    *at = (struct point){stage->size.width - margin - scene->width, margin + above};
}
