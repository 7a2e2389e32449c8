#include "display/sheet.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "display/sheet_bar.h"

#define CARD_RADIUS   16 /* u */
#define REACH_PERCENT 45 /* of the screen's height: what somebody who sits reaches */
#define GAPS_WITHIN                                                                                \
    20                  /* of a small screen within reach: fingers need the room more than gaps do \
                         */
#define GAP_PERCENT  67 /* of a finger's 12 mm: 8 mm */
#define LEAST_FINGER 56 /* u */
#define MARK_ALPHA   56

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
    sheet->bar = sheet_plan_bar(sheet);
}

void sheet_finish(struct sheet *sheet) {
    for (size_t i = 0; i < sheet->page.tile_count; i++) {
        scene_finish(&sheet->drafts[i]->scene);
        free(sheet->drafts[i]->card);
        free(sheet->drafts[i]->late.text);
        free(sheet->drafts[i]);
    }
    free((void *)sheet->drafts);
    page_finish(&sheet->page);
    *sheet = (struct sheet){0};
}

void sheet_close(struct sheet *sheet) {
    for (size_t i = 0; i < sheet->page.tile_count; i++)
        if (!sheet->drafts[i]->card && !sheet->drafts[i]->late.build)
            sheet->page.tiles[i].key = scene_key(&sheet->drafts[i]->scene);
}

/* ---- where things go */

int sheet_finger(const struct sheet *sheet) {
    int least = slide_px(sheet->stage, LEAST_FINGER);
    return sheet->stage->finger > least ? sheet->stage->finger : least;
}

int sheet_gap(const struct sheet *sheet) {
    int least = slide_px(sheet->stage, sheet->stage->theme->gap);
    int wanted = (sheet->stage->finger * GAP_PERCENT + 50) / 100,
        most = sheet->stage->size.height / GAPS_WITHIN;
    if (sheet->manner.reach && wanted > most)
        wanted = most;
    return wanted > least ? wanted : least;
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
                         size.height - sheet_bar_height(sheet) - top};
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
        sheet->drafts = xrealloc((void *)sheet->drafts, grow(count), sizeof(struct draft *));
    }
    page->tiles[count] = (struct tile){.kind = kind, .place = place, .when = sheet->when};
    sheet->drafts[count] = xcalloc(1, sizeof **sheet->drafts);
    page->tile_count++;
    return sheet->drafts[count];
}

static struct scene *add_scene(struct sheet *sheet, struct rect place, enum tile_kind kind,
                               struct size size) {
    struct draft *draft = add_tile(sheet, place, kind);
    scene_init(&draft->scene, size.width, size.height);
    scene_add_fill(&draft->scene, LAYER_GROUND, (struct rect){0, 0, size.width, size.height}, 0,
                   sheet->page.ground);
    return &draft->scene;
}

struct pane sheet_add_pane(struct sheet *sheet, struct rect place, bool scrolled) {
    struct size size = {place.width, place.height};
    enum tile_kind kind = scrolled ? TILE_SCROLLED : TILE_FIXED;
    return (struct pane){add_scene(sheet, place, kind, size), place, scrolled};
}

struct pane sheet_add_photo(struct sheet *sheet, struct rect place, struct size pixels) {
    sheet->page.photo = pixels;
    return (struct pane){add_scene(sheet, place, TILE_PHOTO, pixels), place, false};
}

static struct scene *add_clear(struct sheet *sheet, struct rect place, enum tile_kind kind) {
    struct draft *draft = add_tile(sheet, place, kind);
    scene_init(&draft->scene, place.width, place.height);
    draft->scene.clear = true;
    return &draft->scene;
}

struct pane sheet_add_clear_pane(struct sheet *sheet, struct rect place) {
    return (struct pane){add_clear(sheet, place, TILE_FIXED), place, false};
}

struct scene *sheet_add_digits(struct sheet *sheet, struct size size) {
    return add_clear(sheet, (struct rect){0, 0, size.width, size.height}, TILE_DIGITS);
}

struct pane sheet_add_video(struct sheet *sheet, struct rect place) {
    struct size size = {place.width, place.height};
    return (struct pane){add_scene(sheet, place, TILE_VIDEO, size), place, false};
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
    page->targets[page->target_count++] = (struct target){.place = place,
                                                          .scrolled = scrolled,
                                                          .when = sheet->when,
                                                          .radius = radius,
                                                          .action = action};
}

void sheet_add_target(struct sheet *sheet, const struct pane *pane, struct rect within, int radius,
                      struct action action) {
    within.x += pane->place.x;
    within.y += pane->place.y;
    add_target(sheet, within, pane->scrolled, radius, action);
}

/* What such a scene is made of decides its key: it is not built before it is drawn. */
static uint64_t late_key(const struct sheet *sheet, struct rect place, const char *text,
                         int64_t number, uintptr_t builder) {
    const int64_t values[] = {number,
                              (int64_t)builder,
                              place.width,
                              place.height,
                              sheet->manner.english,
                              sheet->manner.contrast,
                              sheet->stage->enlarge};
    struct hash_state state;
    hash_init(&state);
    hash_add_text(&state, text);
    hash_add(&state, values, sizeof values);
    struct hash hash = hash_end(&state);
    uint64_t key = 0;
    memcpy(&key, hash.bytes, sizeof key);
    return key;
}

void sheet_add_case(struct sheet *sheet, struct rect place, const char *case_id, int64_t generation,
                    struct case_row row, struct action action) {
    struct draft *draft = add_tile(sheet, place, TILE_SCROLLED);
    draft->card = xstrdup(case_id);
    draft->row = row;
    int radius = slide_px(sheet->stage, CARD_RADIUS);
    struct tile *tile = &sheet->page.tiles[sheet->page.tile_count - 1];
    tile->radius = radius;
    tile->key = late_key(sheet, place, case_id, generation + ((int64_t)row.number << 48),
                         (uintptr_t)row.build);
    add_target(sheet, place, true, radius, action);
}

void sheet_add_card(struct sheet *sheet, struct rect place, const char *case_id, int64_t generation,
                    const struct place *way) {
    bool desk = sheet->page.place.of_desk;
    struct place to = place_of(desk ? PLACE_SHELF_CASE : PLACE_CASE, case_id);
    to.of_school = way->of_school;
    to.phase = way->phase;
    to.year = way->year;
    to.order = way->order;
    sheet_add_case(sheet, place, case_id, generation, (struct case_row){0}, action_go(to));
}

void sheet_add_late(struct sheet *sheet, struct rect place, struct late late, int radius,
                    struct action action) {
    struct draft *draft = add_tile(sheet, place, TILE_SCROLLED);
    draft->late = late;
    draft->late.text = xstrdup(late.text);
    struct tile *tile = &sheet->page.tiles[sheet->page.tile_count - 1];
    tile->radius = radius;
    tile->key = late_key(sheet, place, late.text, late.number, (uintptr_t)late.build);
    add_target(sheet, place, true, radius, action);
}
