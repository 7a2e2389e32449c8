#include "display/sheet.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"

/* u */
#define BAR_HEIGHT    112
#define BAR_TALL      148 /* on a narrow screen: icon, and words below it */
#define BAR_ICON      44
#define BUTTON_ICON   44
#define BUTTON_GAP    14
#define HEADING       60
#define HEADING_SMALL 30
#define CROWN_TITLE   96
#define CARD_RADIUS   16

#define REACH_PERCENT 45    /* of the screen's height: what somebody who sits reaches */
#define GAP_SHARE     2 / 3 /* of a finger's 12 mm: 8 mm */
#define MARK_ALPHA    56

/* ---- the life of a sheet */

void sheet_init(struct sheet *sheet, const struct slide_stage *stage, const struct place *place,
                struct manner manner) {
    const struct theme *theme = stage->theme;
    *sheet = (struct sheet){.stage = stage, .manner = manner};
    sheet->page = (struct page){.place = place_copy(place),
                                .manner = manner,
                                .size = stage->size,
                                .ground = theme->ground,
                                .empty = theme->panel,
                                .mark = colour_with_alpha(theme->text, MARK_ALPHA)};
}

void sheet_finish(struct sheet *sheet) {
    for (size_t i = 0; i < sheet->page.tile_count; i++) {
        scene_finish(&sheet->drafts[i]->scene);
        free(sheet->drafts[i]->card);
        free(sheet->drafts[i]);
    }
    free((void *)sheet->drafts);
    page_finish(&sheet->page);
    *sheet = (struct sheet){0};
}

void sheet_close(struct sheet *sheet) {
    for (size_t i = 0; i < sheet->page.tile_count; i++)
        if (!sheet->drafts[i]->card)
            sheet->page.tiles[i].key = scene_key(&sheet->drafts[i]->scene);
}

/* ---- where things go */

int sheet_finger(const struct sheet *sheet) {
    int least = slide_px(sheet->stage, 56);
    return sheet->stage->finger > least ? sheet->stage->finger : least;
}

int sheet_gap(const struct sheet *sheet) {
    int least = slide_px(sheet->stage, sheet->stage->theme->gap);
    int wanted = sheet->stage->finger * GAP_SHARE;
    return wanted > least ? wanted : least;
}

static int bar_height(const struct sheet *sheet) {
    return slide_px(sheet->stage, slide_is_portrait(sheet->stage) ? BAR_TALL : BAR_HEIGHT);
}

static int reach_top(const struct sheet *sheet) {
    int height = sheet->stage->size.height;
    return sheet->manner.reach ? height - height * REACH_PERCENT / 100 : 0;
}

struct rect sheet_area(const struct sheet *sheet) {
    struct size size = sheet->stage->size;
    int margin = slide_px(sheet->stage, sheet->stage->theme->margin);
    int top = sheet->manner.reach ? reach_top(sheet) + margin / 3 : margin;
    return (struct rect){margin, top, size.width - 2 * margin,
                         size.height - bar_height(sheet) - top};
}

struct rect sheet_crown(const struct sheet *sheet) {
    return (struct rect){0, 0, sheet->stage->size.width, reach_top(sheet)};
}

/* ---- panes */

static size_t grow(size_t count) { /* doubles at every power of two */
    return count ? count * 2 : 1;
}

static struct draft *add_tile(struct sheet *sheet, struct rect place, enum tile_kind kind) {
    struct page *page = &sheet->page;
    size_t count = page->tile_count;
    if ((count & (count - 1)) == 0) {
        page->tiles = xrealloc(page->tiles, grow(count), sizeof *page->tiles);
        sheet->drafts = xrealloc((void *)sheet->drafts, grow(count), sizeof *sheet->drafts);
    }
    page->tiles[count] = (struct tile){.kind = kind, .place = place};
    sheet->drafts[count] = xcalloc(1, sizeof **sheet->drafts);
    page->tile_count++;
    return sheet->drafts[count];
}

struct pane sheet_add_pane(struct sheet *sheet, struct rect place, bool scrolled) {
    struct draft *draft = add_tile(sheet, place, scrolled ? TILE_SCROLLED : TILE_FIXED);
    scene_init(&draft->scene, place.width, place.height);
    scene_add_fill(&draft->scene, LAYER_GROUND, (struct rect){0, 0, place.width, place.height}, 0,
                   sheet->page.ground);
    return (struct pane){&draft->scene, place, scrolled};
}

void sheet_set_view(struct sheet *sheet, struct rect view, int height) {
    sheet->page.view = view;
    sheet->page.height = height;
}

static void add_target(struct sheet *sheet, struct rect place, bool scrolled, int radius,
                       struct action action) {
    struct page *page = &sheet->page;
    size_t count = page->target_count;
    if ((count & (count - 1)) == 0)
        page->targets = xrealloc(page->targets, grow(count), sizeof *page->targets);
    page->targets[page->target_count++] =
        (struct target){.place = place, .scrolled = scrolled, .radius = radius, .action = action};
}

void sheet_add_target(struct sheet *sheet, const struct pane *pane, struct rect within, int radius,
                      struct action action) {
    within.x += pane->place.x;
    within.y += pane->place.y;
    add_target(sheet, within, pane->scrolled, radius, action);
}

/* What the card's scene is made of decides its key: the record is not read before it is drawn. */
static uint64_t card_key(const struct sheet *sheet, struct rect place, const char *id,
                         int64_t generation) {
    const int64_t values[] = {generation,
                              place.width,
                              place.height,
                              sheet->manner.english,
                              sheet->manner.contrast,
                              sheet->stage->enlarge};
    struct hash_state state;
    hash_init(&state);
    hash_add_text(&state, id);
    hash_add(&state, values, sizeof values);
    struct hash hash = hash_end(&state);
    uint64_t key = 0;
    memcpy(&key, hash.bytes, sizeof key);
    return key;
}

void sheet_add_card(struct sheet *sheet, struct rect place, const char *case_id, int64_t generation,
                    const struct place *way) {
    struct draft *draft = add_tile(sheet, place, TILE_SCROLLED);
    draft->card = xstrdup(case_id);
    int radius = slide_px(sheet->stage, CARD_RADIUS);
    struct tile *tile = &sheet->page.tiles[sheet->page.tile_count - 1];
    tile->radius = radius;
    tile->key = card_key(sheet, place, case_id, generation);
    struct place to = place_of(PLACE_CASE, case_id);
    to.of_school = way->of_school;
    to.phase = way->phase;
    to.year = way->year;
    to.order = way->order;
    add_target(sheet, place, true, radius, action_go(to));
}

/* ---- what pages share */

int sheet_add_line(struct sheet *sheet, const struct pane *pane, const char *text, int size,
                   enum text_weight weight, colour ink, struct point at, int width) {
    struct text_style style = slide_style(sheet->stage, size, 130, weight);
    style.max_lines = 1;
    struct layout *layout = slide_layout(sheet->stage, text, &style, width);
    int widest = layout->widest;
    scene_add_text(pane->scene, at, layout, ink);
    return widest;
}

struct rect sheet_add_heading(struct sheet *sheet, struct rect area, const char *main,
                              const char *beside) {
    const struct theme *theme = sheet->stage->theme;
    int large = slide_px(sheet->stage, HEADING) * 130 / 100;
    int small = slide_px(sheet->stage, HEADING_SMALL) * 130 / 100;
    bool below = slide_is_portrait(sheet->stage) && *beside;
    int height = large + (below ? small : 0), gap = slide_px(sheet->stage, 24);
    struct rect place = {area.x, area.y, area.width, height};
    struct pane pane = sheet_add_pane(sheet, place, false);
    int width = sheet_add_line(sheet, &pane, main, HEADING, WEIGHT_BOLD, theme->text,
                               (struct point){0, 0}, area.width);
    struct point at =
        below ? (struct point){0, large} : (struct point){width + gap, large - small - small / 4};
    if (*beside && at.x + 4 * small < area.width)
        sheet_add_line(sheet, &pane, beside, HEADING_SMALL, WEIGHT_REGULAR, theme->dim, at,
                       area.width - at.x);
    return (struct rect){area.x, area.y + height + gap, area.width, area.height - height - gap};
}

void sheet_add_crown(struct sheet *sheet, const char *main, const char *beside, enum unit unit) {
    struct rect crown = sheet_crown(sheet);
    if (rect_empty(crown))
        return;
    const struct theme *theme = sheet->stage->theme;
    int margin = slide_px(sheet->stage, theme->margin), width = crown.width - 2 * margin;
    struct pane pane = sheet_add_pane(sheet, crown, false);
    colour from = unit < UNIT_COUNT ? theme->units[unit].fill : theme->panel;
    colour to = unit < UNIT_COUNT ? theme->units[unit].deep : theme->ground;
    colour ink = unit < UNIT_COUNT ? theme->on_unit : theme->text;
    scene_add_gradient(pane.scene, LAYER_GROUND, (struct rect){0, 0, crown.width, crown.height},
                       from, to, false);
    static const int sizes[] = {CROWN_TITLE, 84, 72, 60, 0};
    struct layout *title = slide_title(sheet->stage, main, sizes, 3, width);
    int y = crown.height - margin - title->height - slide_px(sheet->stage, 70);
    y = y < margin ? margin : y;
    int below = y + title->height + slide_px(sheet->stage, 12);
    scene_add_text(pane.scene, (struct point){margin, y}, title, ink);
    if (*beside)
        sheet_add_line(sheet, &pane, beside, 36, WEIGHT_REGULAR, ink, (struct point){margin, below},
                       width);
}

/* Words stand beside the icon or, where there is height for it, below it. */
static void add_words(struct sheet *sheet, const struct pane *pane, struct rect within,
                      const char *icon, const char *main, const char *beside, colour ink) {
    const struct slide_stage *stage = sheet->stage;
    int label = stage->theme->label, side = slide_px(stage, BUTTON_ICON);
    int line = slide_px(stage, label) * 130 / 100, gap = slide_px(stage, BUTTON_GAP);
    struct text_style style = slide_style(stage, label, 130, WEIGHT_BOLD);
    style.max_lines = 1;
    bool stacked = icon && within.height >= side + 2 * line && within.width < side * 6;
    int room = within.width - (stacked || !icon ? gap : side + 2 * gap);
    style.align = stacked ? ALIGN_CENTRE : ALIGN_START;
    struct layout *first = slide_layout(stage, main, &style, room);
    style = slide_style(stage, 26, 125, WEIGHT_REGULAR);
    style.max_lines = 1;
    style.align = stacked ? ALIGN_CENTRE : ALIGN_START;
    struct layout *second = slide_layout(stage, beside, &style, room);
    if (second->cut) { /* no half words: then there is none */
        layout_destroy(second);
        second = slide_layout(stage, "", &style, room);
    }
    int words = first->widest > second->widest ? first->widest : second->widest;
    int tall = first->height + second->height;
    if (stacked) {
        int top = within.y + (within.height - side - tall) / 2;
        if (icon)
            slide_add_icon(pane->scene, stage, icon,
                           (struct rect){within.x + (within.width - side) / 2, top, side, side},
                           ink);
        int x = within.x + (within.width - room) / 2;
        scene_add_text(pane->scene, (struct point){x, top + side}, first, ink);
        scene_add_text(pane->scene, (struct point){x, top + side + first->height}, second, ink);
        return;
    }
    int all = words + (icon ? side + gap : 0), x = within.x + (within.width - all) / 2;
    if (icon)
        slide_add_icon(pane->scene, stage, icon,
                       (struct rect){x, within.y + (within.height - side) / 2, side, side}, ink);
    x += icon ? side + gap : 0;
    int top = within.y + (within.height - tall) / 2, high = first->height;
    scene_add_text(pane->scene, (struct point){x, top}, first, ink);
    scene_add_text(pane->scene, (struct point){x, top + high}, second, ink);
}

void sheet_add_button(struct sheet *sheet, const struct pane *pane, struct rect within,
                      const char *icon, const char *main, const char *beside, bool on,
                      struct action action) {
    const struct theme *theme = sheet->stage->theme;
    int radius = slide_px(sheet->stage, CARD_RADIUS);
    if (on) /* not by colour alone: a rim too */
        scene_add_fill(pane->scene, LAYER_GROUND, within, radius, theme->text);
    struct rect inside = on ? slide_inset(within, slide_px(sheet->stage, 3)) : within;
    scene_add_fill(pane->scene, LAYER_GROUND, inside, radius, theme->panel);
    add_words(sheet, pane, within, icon, main, beside, theme->text);
    sheet_add_target(sheet, pane, within, radius, action);
}

struct bar_button {
    const char *icon;
    enum word word;
    enum action_kind kind;
    bool on;
};

void sheet_add_bar(struct sheet *sheet) {
    const struct slide_stage *stage = sheet->stage;
    struct manner manner = sheet->manner;
    const struct bar_button buttons[] = {
        {"back", WORD_BACK, ACTION_BACK, false},
        {"home", WORD_HOME, ACTION_HOME, sheet->page.place.kind == PLACE_HOME},
        {"search", WORD_SEARCH, ACTION_GO, sheet->page.place.kind == PLACE_SEARCH},
        {"size", WORD_SIZE, ACTION_SIZE, manner.size != TEXT_USUAL},
        {"contrast", WORD_CONTRAST, ACTION_CONTRAST, manner.contrast},
        {"reach", WORD_REACH, ACTION_REACH, manner.reach},
        {"language", WORD_LANGUAGE, ACTION_ENGLISH, manner.english},
    };
    const int count = (int)(sizeof buttons / sizeof *buttons);
    int height = bar_height(sheet), width = stage->size.width;
    int margin = slide_px(stage, stage->theme->margin), gap = sheet_gap(sheet) / 2;
    struct rect place = {0, stage->size.height - height, width, height};
    struct pane pane = sheet_add_pane(sheet, place, false);
    int each = (width - 2 * margin - (count - 1) * gap) / count;
    int inset = slide_px(stage, 10);
    for (int i = 0; i < count; i++) {
        const struct bar_button *button = &buttons[i];
        struct action action = button->kind == ACTION_GO ? action_go(place_of(PLACE_SEARCH, ""))
                                                         : action_simple(button->kind);
        bool language = button->word == WORD_LANGUAGE;
        sheet_add_button(sheet, &pane,
                         (struct rect){margin + i * (each + gap), inset, each, height - 2 * inset},
                         button->icon, word_main(manner, button->word),
                         language ? "" : word_beside(manner, button->word), button->on, action);
    }
}

void sheet_add_before(struct sheet *sheet) {
    struct rect area = sheet_area(sheet);
    int width = slide_px(sheet->stage, 300), height = slide_px(sheet->stage, 88);
    int below = area.y + area.height - slide_px(sheet->stage, 12);
    struct rect place = {area.x + area.width - width, below - height, width, height};
    struct pane pane = sheet_add_pane(sheet, place, false);
    sheet_add_button(sheet, &pane, (struct rect){0, 0, width, height}, "back",
                     word_main(sheet->manner, WORD_JUST_NOW),
                     word_beside(sheet->manner, WORD_JUST_NOW), true,
                     (struct action){.kind = ACTION_REPLACE,
                                     .place = place_of(PLACE_CASE, sheet->page.place.before)});
}
