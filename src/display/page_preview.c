/* A case that waits, as the loop will show it: its very slides, one below another; and what is to
 * become of it. */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/memory.h"
#include "display/page_desk.h"
#include "library/reader.h"

/* u */
#define BUTTON_HIGH 96
#define ICON_SHARE  66 /* percent of its place: an icon that stands for a picture */
#define RADIUS      8
#define CROWN_HEAD  260 /* within reach: of the heading and what was answered */

void page_add_cover(struct sheet *sheet, const struct page_source *source, const struct pane *pane,
                    struct rect place, const struct pending_case *pending) {
    const struct slide_stage *stage = sheet->stage;
    struct case_record record = {0};
    int radius = slide_px(stage, RADIUS), side = place.height * ICON_SHARE / 100;
    if (reader_load_pending(source->reader, PENDING_REVIEW, pending->id, &record) == READ_DONE &&
        record.asset_count) {
        slide_add_filling(pane->scene, stage, record.assets, place, radius);
    } else {
        scene_add_fill(pane->scene, LAYER_GROUND, place, radius,
                       theme_section(stage->theme, pending->level, pending->unit)->deep);
        slide_add_icon(pane->scene, stage, section_key(pending->level, pending->unit),
                       (struct rect){place.x + (place.width - side) / 2,
                                     place.y + (place.height - side) / 2, side, side},
                       stage->theme->on_unit);
    }
    case_finish(&record);
}

/* ---- slides */

/* As large as one fits into a room, in the proportions of the screen. */
static struct size slide_size(struct size screen, struct size room) {
    struct size size = {room.width, room.width * screen.height / screen.width};
    if (size.height > room.height)
        size = (struct size){room.height * screen.width / screen.height, room.height};
    return size;
}

static void add_slide(struct sheet *sheet, const struct page_source *source, struct rect place,
                      const struct case_record *record, const struct slide *slide, bool scrolled) {
    struct slide_stage stage = *source->slides;
    struct pane pane = sheet_add_pane(sheet, place, scrolled);
    stage.size = (struct size){place.width, place.height};
    scene_finish(pane.scene);
    slide_build(pane.scene, &stage, record, slide);
}

int page_add_slides(struct sheet *sheet, const struct page_source *source, struct rect area, int y,
                    const struct case_record *record) {
    struct size room = {area.width, area.height};
    struct size size = slide_size(source->slides->size, room);
    struct rect place = {area.x + (area.width - size.width) / 2, y, size.width, size.height};
    struct deck deck;
    deck_build_loop(&deck, record, source->slides->config);
    for (size_t i = 0; i < deck.count; i++) {
        add_slide(sheet, source, place, record, deck.slides + i, true);
        place.y += size.height + sheet_gap(sheet);
    }
    deck_finish(&deck);
    return place.y;
}

/* All at once, so that nothing needs to be touched: in as many columns as leave them largest. */
static void add_grid(struct sheet *sheet, const struct page_source *source, struct rect area,
                     const struct case_record *record) {
    struct deck deck;
    deck_build_loop(&deck, record, source->slides->config);
    int count = (int)deck.count, best = 1, gap = sheet_gap(sheet) / 2;
    struct size size = {0, 0};
    for (int columns = 1; columns <= count; columns++) {
        int rows = (count + columns - 1) / columns;
        struct size room = {(area.width - (columns - 1) * gap) / columns,
                            (area.height - (rows - 1) * gap) / rows};
        struct size fits = slide_size(source->slides->size, room);
        best = fits.width > size.width ? columns : best;
        size = fits.width > size.width ? fits : size;
    }
    int left = area.x + (area.width - best * size.width - (best - 1) * gap) / 2;
    for (int i = 0; i < count; i++) {
        struct rect place = {left + i % best * (size.width + gap),
                             area.y + i / best * (size.height + gap), size.width, size.height};
        add_slide(sheet, source, place, record, deck.slides + i, false);
    }
    deck_finish(&deck);
}

/* ---- the page */

struct seeking {
    const char *id;
    int64_t at_ms;
};

static bool on_pending(void *user, const struct pending_case *pending) {
    struct seeking *seeking = user;
    bool same = strcmp(pending->id, seeking->id) == 0;
    if (same)
        seeking->at_ms = pending->at_ms;
    return !same;
}

/* What comes in its place later was not seen, and is not approved with it. */
static char *ids_of(const struct page_source *source, const char *id) {
    struct seeking seeking = {id, 0};
    reader_pending(source->reader, PENDING_REVIEW, on_pending, &seeking);
    json_t *root = json_pack("{s:[s], s:I}", "ids", id, "until", (json_int_t)seeking.at_ms);
    char *text = root ? json_dumps(root, JSON_COMPACT) : NULL;
    json_decref(root);
    return text ? text : xstrdup("{}");
}

static void add_buttons(struct sheet *sheet, const struct page_source *source, struct rect area,
                        const char *id) {
    struct manner manner = sheet->manner;
    char *ids = ids_of(source, id);
    const struct desk_button buttons[] = {
        {"review", word_main(manner, WORD_APPROVE), word_beside(manner, WORD_APPROVE), true, 1,
         action_ask("approve", ids)},
        {"close", word_main(manner, WORD_DECLINE), word_beside(manner, WORD_DECLINE), false, 2,
         action_ask("decline", ids)},
    };
    const int count = (int)(sizeof buttons / sizeof *buttons);
    int gap = sheet_gap(sheet), wide = (area.width - (count - 1) * gap) / count;
    struct pane pane = sheet_add_pane(sheet, area, false);
    for (int i = 0; i < count; i++)
        page_desk_button(sheet, &pane, (struct rect){i * (wide + gap), 0, wide, area.height},
                         &buttons[i]);
    free(ids);
}

/* Within reach the buttons stand below, and the slides above them. Gives the place of the slides.
 */
static struct rect add_frame(struct sheet *sheet, const struct page_source *source,
                             const struct case_record *record) {
    int gap = sheet_gap(sheet), high = page_desk_high(sheet, BUTTON_HIGH);
    struct rect area =
        page_desk_heading(sheet, source, word_main(sheet->manner, WORD_PREVIEW), record->school);
    struct rect buttons = {area.x, area.y, area.width, high};
    struct rect slides = {area.x, area.y + high + gap, area.width, area.height - high - gap};
    if (sheet->manner.reach) {
        struct rect crown = sheet_crown(sheet);
        int top = crown.y + slide_px(sheet->stage, CROWN_HEAD);
        buttons.y = area.y + area.height - high;
        slides = (struct rect){area.x, top, area.width, buttons.y - gap - top};
    }
    add_buttons(sheet, source, buttons, record->id);
    return slides;
}

void page_build_preview(struct sheet *sheet, const struct page_source *source) {
    struct case_record record = {0};
    bool there = source->reader &&
                 reader_load_pending(source->reader, PENDING_REVIEW, sheet->page.place.text,
                                     &record) == READ_DONE &&
                 record.id;
    if (!there) {
        page_build_review(sheet, source);
        return;
    }
    struct rect area = add_frame(sheet, source, &record);
    if (sheet->manner.reach)
        add_grid(sheet, source, area, &record);
    else
        sheet_set_view(sheet, area, page_add_slides(sheet, source, area, 0, &record));
    case_finish(&record);
    sheet_add_bar(sheet);
}
