/* What the pages share: lines, the heading, the crown, buttons. */
#include <stdlib.h>

#include "base/memory.h"
#include "display/sheet.h"

/* u */
#define BUTTON_ICON   44
#define LARGE_ICON    56
#define LARGE_TYPE    36 /* of a button that is this high and wide: */
#define LARGE_HIGH    100
#define LARGE_WIDE    280
#define BUTTON_GAP    14
#define BUTTON_PAD    16
#define LEAST_TYPE    26
#define HEADING_SMALL 30
#define HEADING_GAP   24
#define CROWN_LINE    40
#define CROWN_LINES   32 /* of more than one */
#define CROWN_GAP     10
#define PLATE_RADIUS  16
#define RIM           3
#define BEFORE_WIDTH  300
#define BEFORE_HIGH   88
#define BEFORE_GAP    12

#define CROWN_SHARE  62 /* percent of its width that a picture takes at its side */
#define CROWN_EMBLEM 22 /* alpha of the unit's icon in a crown without a picture */

static const int heading_sizes[] = {60, 52, 44, 38, 0};
static const int crown_sizes[] = {108, 96, 84, 72, 60, 52, 44, 38, 0};

int sheet_add_line(struct sheet *sheet, const struct pane *pane, const char *text, int size,
                   enum text_weight weight, colour ink, struct point at, int width) {
    struct text_style style = slide_style(sheet->stage, size, 130, weight);
    style.max_lines = 1;
    struct layout *layout = slide_layout(sheet->stage, text, &style, width);
    int widest = layout->widest;
    scene_add_text(pane->scene, at, layout, ink);
    return widest;
}

struct rect sheet_add_plate(struct scene *scene, const struct slide_stage *stage,
                            struct manner manner, struct rect within, colour fill) {
    int radius = slide_px(stage, PLATE_RADIUS), rim = slide_px(stage, RIM);
    if (manner.contrast) {
        scene_add_fill(scene, LAYER_GROUND, within, radius, stage->theme->text);
        within = slide_inset(within, rim);
        radius -= rim;
    }
    scene_add_fill(scene, LAYER_GROUND, within, radius, fill);
    return within;
}

/* A straight line of alpha would show where it begins: these are on a smooth one. */
void sheet_add_fade(struct scene *scene, struct rect place, colour of, enum fade_side side) {
    static const int alphas[] = {0, 40, 128, 215, 255};
    const int steps = (int)(sizeof alphas / sizeof *alphas) - 1;
    bool left = side == FADE_LEFT;
    int whole = left ? place.width : place.height;
    for (int i = 0; i < steps; i++) {
        int from = whole * i / steps, end = whole * (i + 1) / steps;
        struct rect part = left ? (struct rect){place.x + from, place.y, end - from, place.height}
                                : (struct rect){place.x, place.y + from, place.width, end - from};
        int first = alphas[left ? steps - i : i], second = alphas[left ? steps - i - 1 : i + 1];
        if (!rect_empty(part))
            scene_add_gradient(scene, LAYER_TEXT, part, colour_with_alpha(of, first),
                               colour_with_alpha(of, second), left);
    }
}

/* ---- the heading */

static struct layout *lay_line(const struct slide_stage *stage, const char *text, int size,
                               int width) {
    struct text_style style = slide_style(stage, size, 130, WEIGHT_REGULAR);
    style.max_lines = 1;
    return slide_layout(stage, text, &style, width);
}

/* The lines of a heading, and where they stand in its pane. */
struct head {
    struct layout *main, *beside, *tail;
    struct point at, beside_at, tail_at;
    int icon; /* side of it; 0: there is none */
    int height;
};

/* All in one line or, where that is too narrow, in two; what is beside gives way to the tail. */
static struct head lay_head(const struct slide_stage *stage, const struct heading *heading,
                            int width) {
    int gap = slide_px(stage, HEADING_GAP), large = slide_px(stage, heading_sizes[0]) * 130 / 100;
    int small = slide_px(stage, HEADING_SMALL) * 130 / 100;
    struct head head = {.icon = heading->unit < UNIT_COUNT ? large * 3 / 4 : 0, .height = large};
    head.at.x = head.icon ? head.icon + gap * 2 / 3 : 0;
    head.main = slide_title(stage, heading->main, heading_sizes, 1, width - head.at.x);
    head.beside = lay_line(stage, heading->beside, HEADING_SMALL, width);
    head.tail = lay_line(stage, heading->tail, HEADING_SMALL, width);
    int first = head.beside->line_count ? head.beside->widest + gap : 0;
    int second = head.tail->line_count ? head.tail->widest + gap : 0;
    bool one = head.at.x + head.main->widest + first + second <= width;
    head.at.y = (large - head.main->height) / 2;
    if (!one && first && second && first + second > width) {
        layout_destroy(head.beside);
        head.beside = lay_line(stage, "", HEADING_SMALL, width);
        first = 0;
    }
    int y = one ? large - small - small / 4 : large;
    head.height += one || !(first || second) ? 0 : small;
    head.beside_at = (struct point){one ? head.at.x + head.main->widest + gap : 0, y};
    head.tail_at = (struct point){one || first ? width - head.tail->widest : 0, y};
    return head;
}

struct rect sheet_add_heading_of(struct sheet *sheet, struct rect area,
                                 const struct heading *heading) {
    const struct slide_stage *stage = sheet->stage;
    const struct theme *theme = stage->theme;
    struct head head = lay_head(stage, heading, area.width);
    struct rect place = {area.x, area.y, area.width, head.height};
    struct pane pane = sheet_add_pane(sheet, place, false);
    if (head.icon)
        slide_add_icon(pane.scene, stage, unit_key(heading->unit),
                       (struct rect){0, head.icon / 6, head.icon, head.icon},
                       theme->units[heading->unit].light);
    scene_add_text(pane.scene, head.at, head.main, theme->text);
    scene_add_text(pane.scene, head.beside_at, head.beside, theme->dim);
    scene_add_text(pane.scene, head.tail_at, head.tail, theme->dim);
    int used = head.height + slide_px(stage, HEADING_GAP);
    return (struct rect){area.x, area.y + used, area.width, area.height - used};
}

struct rect sheet_add_heading(struct sheet *sheet, struct rect area, const char *main,
                              const char *beside) {
    const struct heading heading = {main, beside, "", UNIT_COUNT};
    return sheet_add_heading_of(sheet, area, &heading);
}

/* ---- the crown */

/* Where the picture goes: all of the crown or, where that would cut too much of it away, its right
 * side. */
static struct rect crown_picture(const struct scene *scene) {
    struct rect whole = {0, 0, scene->width, scene->height};
    int wide = whole.height * 16 / 9, most = whole.width * CROWN_SHARE / 100;
    if (whole.width * 2 <= whole.height * 5)
        return whole;
    wide = wide < most ? wide : most;
    return (struct rect){whole.width - wide, 0, wide, whole.height};
}

static void add_crown_ground(struct scene *scene, const struct slide_stage *stage, enum unit unit,
                             const struct asset *picture, struct rect place) {
    const struct theme *theme = stage->theme;
    struct rect whole = {0, 0, scene->width, scene->height};
    bool of_unit = unit < UNIT_COUNT;
    colour from = of_unit ? theme->units[unit].fill : theme->panel;
    colour to = of_unit ? theme->units[unit].deep : theme->ground;
    if (!picture) {
        int side = whole.height * 4 / 5;
        scene_add_gradient(scene, LAYER_GROUND, whole, from, to, false);
        if (of_unit)
            slide_add_icon(scene, stage, unit_key(unit),
                           (struct rect){whole.width - side, (whole.height - side) / 2, side, side},
                           colour_with_alpha(theme->on_unit, CROWN_EMBLEM));
        return;
    }
    scene_add_fill(scene, LAYER_GROUND, whole, 0, to);
    slide_add_filling(scene, stage, picture, place, 0);
    if (place.x > 0)
        sheet_add_fade(scene, (struct rect){place.x, 0, place.width * 2 / 5, place.height}, to,
                       FADE_LEFT);
}

/* Takes both over. */
static void add_crown_words(struct scene *scene, const struct slide_stage *stage,
                            struct layout *title, struct layout *line, colour ink, bool scrim) {
    int margin = slide_px(stage, stage->theme->margin), gap = slide_px(stage, CROWN_GAP);
    int y = scene->height - margin - line->height - gap - title->height;
    y = y < margin ? margin : y;
    int wide = title->widest > line->widest ? title->widest : line->widest;
    struct rect box = {margin, y, wide, title->height + gap + line->height};
    if (scrim)
        scene_add_scrim(scene, box, stage->theme->scrim, ink, scene->height / 2);
    struct point below = {margin, y + title->height + gap};
    scene_add_text(scene, (struct point){margin, y}, title, ink);
    scene_add_text(scene, below, line, ink);
}

/* What is beside and the tail in one line or, where they are too long, in some. */
static struct layout *lay_crown_line(const struct slide_stage *stage, const struct heading *heading,
                                     int width) {
    bool both = *heading->beside && *heading->tail;
    char *one = xasprintf("%s%s%s", heading->beside, both ? "　" : "", heading->tail);
    char *two = xasprintf("%s%s%s", heading->beside, both ? "\n" : "", heading->tail);
    struct layout *line = lay_line(stage, one, CROWN_LINE, width);
    if (line->cut) {
        struct text_style style = slide_style(stage, CROWN_LINES, 130, WEIGHT_REGULAR);
        style.max_lines = 6;
        layout_destroy(line);
        line = slide_layout(stage, two, &style, width);
    }
    free(one);
    free(two);
    return line;
}

/* As large as the height allows. */
static struct layout *lay_crown_title(const struct slide_stage *stage, const char *text, int width,
                                      int height) {
    const int *sizes = crown_sizes;
    struct layout *title = slide_title(stage, text, sizes, 2, width);
    while (title->height + slide_px(stage, CROWN_GAP) > height && sizes[1]) {
        layout_destroy(title);
        title = slide_title(stage, text, ++sizes, 2, width);
    }
    return title;
}

void sheet_add_crown_of(struct sheet *sheet, const struct heading *heading,
                        const struct asset *picture) {
    struct rect crown = sheet_crown(sheet);
    if (rect_empty(crown))
        return;
    const struct slide_stage *stage = sheet->stage;
    const struct theme *theme = stage->theme;
    struct pane pane = sheet_add_pane(sheet, crown, false);
    struct rect place = crown_picture(pane.scene);
    int margin = slide_px(stage, theme->margin);
    int width = picture && place.x ? place.x - margin : crown.width - 2 * margin;
    colour ink = picture && !place.x          ? theme->over_picture
                 : heading->unit < UNIT_COUNT ? theme->on_unit
                                              : theme->text;
    struct layout *line = lay_crown_line(stage, heading, width);
    struct layout *title =
        lay_crown_title(stage, heading->main, width, crown.height - 2 * margin - line->height);
    add_crown_ground(pane.scene, stage, heading->unit, picture, place);
    add_crown_words(pane.scene, stage, title, line, ink, picture && !place.x);
}

void sheet_add_crown(struct sheet *sheet, const char *main, const char *beside, enum unit unit) {
    const struct heading heading = {main, beside, "", unit};
    sheet_add_crown_of(sheet, &heading, NULL);
}

/* ---- buttons */

struct words {
    struct layout *first, *second; /* the second: NULL: none */
    int width, height;             /* of both, one above the other */
};

/* At the largest size at which they are whole, if there is one. No half second words. */
static struct words lay_words(const struct slide_stage *stage, const char *main, const char *beside,
                              struct size room, bool large) {
    const int sizes[] = {large ? LARGE_TYPE : stage->theme->label, stage->theme->label, LEAST_TYPE};
    struct words words = {0};
    for (int i = 0; i < 3 && (i == 0 || words.first->cut); i++) {
        layout_destroy(words.first);
        struct text_style style = slide_style(stage, sizes[i], 130, WEIGHT_BOLD);
        style.max_lines = 1;
        words.first = slide_layout(stage, main, &style, room.width);
    }
    words.second = *beside ? lay_line(stage, beside, LEAST_TYPE, room.width) : NULL;
    words.width = words.first->widest;
    words.height = words.first->height;
    if (!words.second)
        return words;
    if (words.second->cut || words.height + words.second->height > room.height) {
        layout_destroy(words.second);
        words.second = NULL;
        return words;
    }
    words.width = words.width > words.second->widest ? words.width : words.second->widest;
    words.height += words.second->height;
    return words;
}

/* Takes the words over. */
static void add_words(struct scene *scene, const struct words *words, struct point at, bool centred,
                      colour ink) {
    struct layout *lines[] = {words->first, words->second};
    for (int i = 0; i < 2 && lines[i]; i++) {
        int x = at.x + (centred ? (words->width - lines[i]->widest) / 2 : 0);
        int height = lines[i]->height;
        scene_add_text(scene, (struct point){x, at.y}, lines[i], ink);
        at.y += height;
    }
}

void sheet_add_button(struct sheet *sheet, const struct pane *pane, struct rect within,
                      const char *icon, const char *main, const char *beside, bool on,
                      struct action action) {
    const struct slide_stage *stage = sheet->stage;
    const struct theme *theme = stage->theme;
    bool large = icon && within.height >= slide_px(stage, LARGE_HIGH) &&
                 within.width >= slide_px(stage, LARGE_WIDE);
    int side = slide_px(stage, large ? LARGE_ICON : BUTTON_ICON);
    int gap = slide_px(stage, BUTTON_GAP);
    int pad = slide_px(stage, BUTTON_PAD), line = slide_px(stage, theme->label) * 130 / 100;
    colour ink = on ? theme->ground : theme->text; /* light on dark, or dark on light */
    bool stacked = icon && within.height >= side + 2 * line && within.width < side * 6;
    bool aside = icon && !stacked;
    sheet_add_plate(pane->scene, stage, sheet->manner, within, on ? theme->text : theme->panel);
    struct size room = {within.width - pad - (aside ? side + gap : 0),
                        within.height - (stacked ? side : 0)};
    struct words words = lay_words(stage, main, beside, room, large);
    int wide = words.width + (aside ? side + gap : 0), high = words.height + (stacked ? side : 0);
    struct point at = {within.x + (within.width - wide) / 2, within.y + (within.height - high) / 2};
    int y = stacked ? at.y : within.y + (within.height - side) / 2;
    int x = stacked ? within.x + (within.width - side) / 2 : at.x;
    if (icon)
        slide_add_icon(pane->scene, stage, icon, (struct rect){x, y, side, side}, ink);
    at.x += aside ? side + gap : 0;
    at.y += stacked ? side : 0;
    add_words(pane->scene, &words, at, !aside, ink);
    sheet_add_target(sheet, pane, within, slide_px(stage, PLATE_RADIUS), action);
}

void sheet_add_before(struct sheet *sheet) {
    struct rect area = sheet_area(sheet);
    int width = slide_px(sheet->stage, BEFORE_WIDTH), height = slide_px(sheet->stage, BEFORE_HIGH);
    int finger = sheet_finger(sheet);
    height = height > finger ? height : finger;
    int below = area.y + area.height - slide_px(sheet->stage, BEFORE_GAP);
    struct rect place = {area.x + area.width - width, below - height, width, height};
    struct pane pane = sheet_add_pane(sheet, place, false);
    sheet_add_button(sheet, &pane, (struct rect){0, 0, width, height}, "back",
                     word_main(sheet->manner, WORD_JUST_NOW),
                     word_beside(sheet->manner, WORD_JUST_NOW), true,
                     (struct action){.kind = ACTION_REPLACE,
                                     .place = place_of(PLACE_CASE, sheet->page.place.before)});
}
