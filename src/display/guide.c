#include "display/guide.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "display/pages.h"
#include "library/catalogue.h"
#include "library/desk.h"

#define KEPT          4   /* pages: the one seen, the one before it, those coming */
#define REACH_ENLARGE 118 /* percent */

struct kept {
    uint64_t ticket;
    struct sheet sheet;
    struct slide_stage stage; /* the sheet's */
};

/* A request that pages come back to. */
struct asked {
    char uid[DESK_UID_SIZE];
    char *arguments; /* owned */
    unsigned number;
};

struct guide {
    struct studio *studio;
    const struct paths *paths;
    const struct config *config;
    struct clock *clock;
    struct theme contrast;
    struct reader *reader;
    struct search *search;
    struct catalogue catalogue;
    bool stale;
    int finger;
    char uid[DESK_UID_SIZE];          /* of the last request */
    struct asked look, preview, take; /* the last of each of these kinds */
    unsigned asked;                   /* so many were told of */
    struct kept *kept[KEPT];          /* owned; the newest first */
    struct kept *notice;              /* owned; it comes anew each second, and drives no page out */
};

struct guide *guide_create(struct studio *studio, const struct paths *paths,
                           const struct config *config, struct clock *clock) {
    struct guide *guide = xcalloc(1, sizeof *guide);
    guide->studio = studio;
    guide->paths = paths;
    guide->config = config;
    guide->clock = clock;
    guide->reader = reader_open(paths->library);
    guide->search = search_open(paths->library);
    guide->stale = true;
    theme_load(&guide->contrast, config->display.theme, paths->data, true);
    theme_set_contrast(&guide->contrast);
    return guide;
}

static void drop(struct kept *kept) {
    if (kept)
        sheet_finish(&kept->sheet);
    free(kept);
}

void guide_destroy(struct guide *guide) {
    if (!guide)
        return;
    for (int i = 0; i < KEPT; i++)
        drop(guide->kept[i]);
    drop(guide->notice);
    free(guide->look.arguments);
    free(guide->preview.arguments);
    free(guide->take.arguments);
    catalogue_finish(&guide->catalogue);
    search_close(guide->search);
    reader_close(guide->reader);
    theme_finish(&guide->contrast);
    free(guide);
}

void guide_set_finger(struct guide *guide, int finger) {
    guide->finger = finger;
}

static struct asked *asked_of(struct guide *guide, const char *kind) {
    return strcmp(kind, "look") == 0      ? &guide->look
           : strcmp(kind, "preview") == 0 ? &guide->preview
           : strcmp(kind, "take") == 0    ? &guide->take
                                          : NULL;
}

void guide_set_request(struct guide *guide, const struct desk_request *request) {
    struct asked *asked = asked_of(guide, request->kind);
    snprintf(guide->uid, sizeof guide->uid, "%s", request->uid);
    guide->asked++;
    if (!asked)
        return;
    free(asked->arguments);
    *asked = (struct asked){.arguments = xstrdup(request->arguments), .number = guide->asked};
    snprintf(asked->uid, sizeof asked->uid, "%s", request->uid);
}

void guide_forget_answer(struct guide *guide) {
    guide->uid[0] = '\0';
}

static struct page_asked lend(const struct asked *asked) {
    return (struct page_asked){asked->uid, asked->arguments, asked->number};
}

void guide_handle_library(struct guide *guide) {
    guide->stale = true;
}

/* A library that cannot be read now leaves what was there. */
static void refresh(struct guide *guide, int64_t now_ms) {
    int64_t change = guide->catalogue.next_change_ms;
    if (!guide->stale && (!change || now_ms < change))
        return;
    struct catalogue fresh;
    enum read_result result = catalogue_load(guide->reader, now_ms, &fresh);
    if (result != READ_DONE && result != READ_MISSING)
        return;
    catalogue_finish(&guide->catalogue);
    guide->catalogue = fresh;
    guide->stale = false;
}

static void build(struct sheet *sheet, const struct page_source *source) {
    switch (sheet->page.place.kind) {
    case PLACE_HOME:
    case PLACE_KIND_COUNT:
        page_build_home(sheet, source);
        return;
    case PLACE_NOTICE:
        page_build_notice(sheet);
        return;
    case PLACE_UNIT:
    case PLACE_SCHOOL:
        page_build_list(sheet, source);
        return;
    case PLACE_NOTICES:
        page_build_notices(sheet, source);
        return;
    case PLACE_SCHOOLS:
        page_build_schools(sheet, source);
        return;
    case PLACE_CASE:
        page_build_case(sheet, source);
        return;
    case PLACE_PICTURE:
        page_build_picture(sheet, source);
        return;
    case PLACE_VIDEO:
        page_build_video(sheet, source);
        return;
    case PLACE_SEARCH:
        page_build_search(sheet, source);
        return;
    case PLACE_ABOUT:
        page_build_about(sheet, source);
        return;
    case PLACE_PIN:
        page_build_pin(sheet, source);
        return;
    case PLACE_PANEL:
        page_build_panel(sheet, source);
        return;
    case PLACE_STICK:
        page_build_stick(sheet, source);
        return;
    case PLACE_STICK_CASE:
        page_build_stick_case(sheet, source);
        return;
    case PLACE_STICK_SCHOOL:
        page_build_schools(sheet, source);
        return;
    case PLACE_SHELF:
        page_build_shelf(sheet, source);
        return;
    case PLACE_REVIEW:
        page_build_review(sheet, source);
        return;
    case PLACE_PREVIEW:
        page_build_preview(sheet, source);
        return;
    case PLACE_SHELF_CASE:
        page_build_shelf_case(sheet, source);
        return;
    case PLACE_IMPORTS:
        page_build_imports(sheet, source);
        return;
    case PLACE_SOURCES:
        page_build_sources(sheet, source);
        return;
    case PLACE_STATION:
        page_build_station(sheet, source);
        return;
    case PLACE_SCREEN:
        page_build_screen(sheet, source);
        return;
    case PLACE_TURN:
        page_build_turn(sheet);
        return;
    case PLACE_KEEP:
        page_build_keep(sheet);
        return;
    case PLACE_TEST:
        page_build_test(sheet);
        return;
    case PLACE_CLOCK:
        page_build_clock(sheet, source);
        return;
    case PLACE_OWN_SCHOOL:
        page_build_own_school(sheet, source);
        return;
    case PLACE_BUILDING:
        page_build_building(sheet);
        return;
    case PLACE_NEW_PIN:
        page_build_new_pin(sheet);
        return;
    case PLACE_FINISH:
        page_build_finish(sheet);
        return;
    }
}

static struct slide_stage stage_of(const struct guide *guide, struct manner manner) {
    struct slide_stage stage = *studio_stage(guide->studio);
    stage.frame = false;
    stage.shift = (struct point){0, 0};
    stage.finger = guide->finger;
    stage.enlarge = manner.reach ? REACH_ENLARGE : 100;
    if (manner.contrast)
        stage.theme = &guide->contrast;
    return stage;
}

/* What goes with the page: its own copies, for it leaves this thread. */
static struct page copy_of(const struct page *page) {
    struct page copy = *page;
    copy.place = place_copy(&page->place);
    copy.asks = action_copy(&page->asks);
    copy.film.path = page->film.path ? xstrdup(page->film.path) : NULL;
    copy.tiles = xcalloc(page->tile_count ? page->tile_count : 1, sizeof *copy.tiles);
    if (page->tile_count)
        memcpy(copy.tiles, page->tiles, page->tile_count * sizeof *copy.tiles);
    copy.targets = xcalloc(page->target_count ? page->target_count : 1, sizeof *copy.targets);
    for (size_t i = 0; i < page->target_count; i++) {
        copy.targets[i] = page->targets[i];
        copy.targets[i].action = action_copy(&page->targets[i].action);
    }
    return copy;
}

static void keep(struct guide *guide, struct kept *kept) {
    if (kept->sheet.page.place.kind == PLACE_NOTICE) {
        drop(guide->notice);
        guide->notice = kept;
        return;
    }
    drop(guide->kept[KEPT - 1]);
    for (int i = KEPT - 1; i > 0; i--)
        guide->kept[i] = guide->kept[i - 1];
    guide->kept[0] = kept;
}

struct page guide_make(struct guide *guide, const struct place *place, struct manner manner,
                       uint64_t ticket) {
    int64_t now = clock_now(guide->clock).believed_ms;
    refresh(guide, now);
    struct kept *kept = xcalloc(1, sizeof *kept);
    kept->ticket = ticket;
    kept->stage = stage_of(guide, manner);
    sheet_init(&kept->sheet, &kept->stage, place, manner);
    const struct page_source source = {.catalogue = &guide->catalogue,
                                       .reader = guide->reader,
                                       .search = guide->search,
                                       .library = guide->paths->library,
                                       .paths = guide->paths,
                                       .slides = studio_stage(guide->studio),
                                       .clock = guide->clock,
                                       .uid = guide->uid,
                                       .look = lend(&guide->look),
                                       .preview = lend(&guide->preview),
                                       .take = lend(&guide->take),
                                       .now_ms = now};
    build(&kept->sheet, &source);
    if (place->before)
        sheet_add_before(&kept->sheet);
    sheet_close(&kept->sheet);
    kept->sheet.page.ticket = ticket;
    kept->sheet.page.generation = guide->catalogue.generation;
    keep(guide, kept);
    return copy_of(&kept->sheet.page);
}

static struct kept *find(const struct guide *guide, uint64_t ticket) {
    for (int i = 0; i < KEPT; i++)
        if (guide->kept[i] && guide->kept[i]->ticket == ticket)
            return guide->kept[i];
    return guide->notice && guide->notice->ticket == ticket ? guide->notice : NULL;
}

/* A case that is gone, or cannot be read now, leaves its place empty. */
static struct buffer *draw_card(struct guide *guide, const struct kept *kept, size_t tile) {
    const char *ids[] = {kept->sheet.drafts[tile]->card};
    struct case_record record;
    struct rect place = kept->sheet.page.tiles[tile].place;
    struct scene scene;
    if (reader_load(guide->reader, ids, 1, &record) != READ_DONE || !record.id)
        return NULL;
    scene_init(&scene, place.width, place.height);
    const struct case_row *row = &kept->sheet.drafts[tile]->row;
    if (row->build)
        row->build(&scene, &kept->stage, kept->sheet.manner, &record, row->number);
    else
        page_build_card(&scene, &kept->stage, kept->sheet.manner, &record);
    struct buffer *buffer = studio_flatten(guide->studio, &scene);
    scene_finish(&scene);
    case_finish(&record);
    return buffer;
}

static struct buffer *draw_late(struct guide *guide, const struct kept *kept, size_t tile) {
    const struct late *late = &kept->sheet.drafts[tile]->late;
    struct rect place = kept->sheet.page.tiles[tile].place;
    struct scene scene;
    scene_init(&scene, place.width, place.height);
    late->build(&scene, &kept->stage, kept->sheet.manner, late);
    struct buffer *buffer = studio_flatten(guide->studio, &scene);
    scene_finish(&scene);
    return buffer;
}

struct buffer *guide_draw(struct guide *guide, uint64_t ticket, size_t tile) {
    const struct kept *kept = find(guide, ticket);
    if (!kept || tile >= kept->sheet.page.tile_count)
        return NULL;
    if (kept->sheet.drafts[tile]->card)
        return draw_card(guide, kept, tile);
    if (kept->sheet.drafts[tile]->late.build)
        return draw_late(guide, kept, tile);
    return studio_flatten(guide->studio, &kept->sheet.drafts[tile]->scene);
}
