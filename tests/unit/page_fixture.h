/* page_fixture.h: the pages of who touches the screen, as scenes and targets: a house with a
 * library, what must hold of every page on every screen, and what can be asked of one */
#pragma once

#include "base/live.h"
#include "base/str.h"
#include "display/font.h"
#include "display/page_entry.h"
#include "display/pages.h"
#include "library/reader.h"
#include "library_fixture.h"

#define DAY_MS  86400000LL
#define YEAR_MS (365 * DAY_MS)
#define NOW_MS  1795000000000 /* November 2026 */
#define UID     "0123456789abcdef0123456789abcdef"

/* Long names, names of every sort of letter, and many of them. */
static const char *const schools[] = {"重庆大学",
                                      "厦门大学",
                                      "长春工业大学",
                                      "六安职业技术学院",
                                      "中国石油大学（华东）",
                                      "阿坝师范学院",
                                      "新疆维吾尔自治区石河子工程职业技术学院",
                                      "ABC College",
                                      "北京大学",
                                      "济南大学",
                                      "佛山大学",
                                      "贵州大学",
                                      "海南大学",
                                      "开封大学",
                                      "南京大学",
                                      "鄂州大学",
                                      "莆田学院",
                                      "清华大学",
                                      "日照职业技术学院",
                                      "苏州大学",
                                      "天津大学",
                                      "武汉大学",
                                      "延安大学",
                                      "郑州大学",
                                      "大连大学",
                                      "○○大学"};

struct house {
    struct fixture *fixture;
    struct fontset *fonts;
    struct config config;
    struct theme theme;
    struct slide_stage stage, slides;
    struct reader *reader;
    struct catalogue catalogue;
    struct page_source source;
    struct clock clock;
};

static inline void put_case(struct library *library, size_t number) {
    char *id = xasprintf("case %zu", number);
    char *title = xasprintf("第%zu个案例：一次把服务送到寝室门口的、标题很长很长的尝试", number);
    struct case_record record =
        make_case(id, (enum unit)(number % UNIT_COUNT), schools[number % COUNT(schools)], title);
    record.phase = (enum phase)(number % PHASE_COUNT);
    record.published_ms = NOW_MS - (int64_t)(number % 4) * YEAR_MS;
    if (number % 5)
        add_asset(&record, make_asset(id, "picture"));
    enum change change;
    assert_true(library_put(library, &record, &change));
    case_finish(&record);
    free(title);
    free(id);
}

/* What somebody entered, and what a feed brought. */
static inline void put_pending(struct library *library, size_t number) {
    const struct pending_origin origin = {.kind = PENDING_REVIEW,
                                          .by = number % 2 ? "王老师" : "",
                                          .source = "/run/fengcai-usb/sda1/十月的案例",
                                          .at_ms = NOW_MS};
    char *id = xasprintf("waits %zu", number);
    struct case_record record =
        make_case(id, (enum unit)(number % UNIT_COUNT), schools[number % COUNT(schools)],
                  "一个标题很长很长、要由另一个人看过之后才展示的案例");
    if (number % 2)
        add_asset(&record, make_asset(id, "picture"));
    enum change change;
    assert_true(library_put_pending(library, &record, &origin, &change));
    case_finish(&record);
    free(id);
}

static inline int set_up(void **state) {
    struct house *house = xcalloc(1, sizeof *house);
    if (fixture_start((void **)&house->fixture) != 0)
        return -1;
    struct library *library = library_open(&house->fixture->paths, NULL);
    bool changed = false, good = library && library_begin(library);
    for (size_t i = 0; good && i < 130; i++)
        put_case(library, i);
    for (size_t i = 0; good && i < 5; i++)
        put_pending(library, i);
    good = good && library_commit(library, "test", &changed);
    library_close(library);
    house->fonts =
        fontset_open(&(struct font_choice){.folder = SOURCE_DIR "/fonts", .bundled_only = true});
    config_init(&house->config);
    theme_init(&house->theme);
    house->reader = reader_open(house->fixture->paths.library);
    good = good && catalogue_load(house->reader, NOW_MS, &house->catalogue) == READ_DONE;
    clock_init(&house->clock, &house->fixture->paths);
    house->source = (struct page_source){.clock = &house->clock,
                                         .catalogue = &house->catalogue,
                                         .reader = house->reader,
                                         .library = house->fixture->paths.library,
                                         .paths = &house->fixture->paths,
                                         .slides = &house->slides,
                                         .uid = "",
                                         .now_ms = NOW_MS};
    house->stage = (struct slide_stage){.theme = &house->theme,
                                        .metrics = fontset_metrics(house->fonts),
                                        .config = &house->config,
                                        .media = "media",
                                        .icons = "icons"};
    *state = house;
    return good && house->fonts ? 0 : -1;
}

static inline int tear_down(void **state) {
    struct house *house = *state;
    catalogue_finish(&house->catalogue);
    reader_close(house->reader);
    theme_finish(&house->theme);
    config_finish(&house->config);
    fontset_close(house->fonts);
    fixture_finish((void **)&house->fixture);
    free(house);
    return 0;
}

static inline void build_bar(struct sheet *sheet, const struct page_source *source) {
    (void)source;
    sheet_add_bar(sheet);
}

#define WITHOUT_SOURCE(name)                                                                       \
    static inline void build_##name(struct sheet *sheet, const struct page_source *source) {       \
        (void)source;                                                                              \
        page_build_##name(sheet);                                                                  \
    }
WITHOUT_SOURCE(turn)
WITHOUT_SOURCE(keep)
WITHOUT_SOURCE(test)
WITHOUT_SOURCE(building)
WITHOUT_SOURCE(new_pin)
WITHOUT_SOURCE(finish)

static inline void build_page(struct house *house, struct sheet *sheet, const struct place *place,
                              struct manner manner) {
    static void (*const builders[])(struct sheet *, const struct page_source *) = {
        [PLACE_HOME] = page_build_home,
        [PLACE_UNIT] = page_build_list,
        [PLACE_SCHOOLS] = page_build_schools,
        [PLACE_SCHOOL] = page_build_list,
        [PLACE_CASE] = build_bar,
        [PLACE_ABOUT] = page_build_about,
        [PLACE_PIN] = page_build_pin,
        [PLACE_PANEL] = page_build_panel,
        [PLACE_STICK] = page_build_stick,
        [PLACE_STICK_CASE] = page_build_stick_case,
        [PLACE_STICK_SCHOOL] = page_build_schools,
        [PLACE_SHELF] = page_build_shelf,
        [PLACE_REVIEW] = page_build_review,
        [PLACE_PREVIEW] = page_build_preview,
        [PLACE_SHELF_CASE] = page_build_shelf_case,
        [PLACE_IMPORTS] = page_build_imports,
        [PLACE_SOURCES] = page_build_sources,
        [PLACE_STATION] = page_build_station,
        [PLACE_SCREEN] = page_build_screen,
        [PLACE_TURN] = build_turn,
        [PLACE_KEEP] = build_keep,
        [PLACE_TEST] = build_test,
        [PLACE_CLOCK] = page_build_clock,
        [PLACE_OWN_SCHOOL] = page_build_own_school,
        [PLACE_BUILDING] = build_building,
        [PLACE_NEW_PIN] = build_new_pin,
        [PLACE_FINISH] = build_finish};
    house->slides = house->stage;
    house->stage.enlarge = manner.reach ? 118 : 100;
    sheet_init(sheet, &house->stage, place, manner);
    builders[place->kind](sheet, &house->source);
    sheet_close(sheet);
}

/* ---- what must hold of every page */

static inline bool holds(struct rect outer, struct rect inner) {
    struct rect both = rect_meet(outer, inner);
    return both.width == inner.width && both.height == inner.height;
}

static inline void check_text(const struct scene *scene, const struct item *item, bool may_be_cut) {
    const struct layout *layout = item->text.layout;
    if (strstr(layout->text, "/run/"))
        fail_msg("of no use to a person: %s", layout->text);
    if (layout->cut && !may_be_cut)
        fail_msg("cut on %dx%d: %s", scene->width, scene->height, layout->text);
    int right = 0;
    for (size_t i = 0; i < layout->line_count; i++) {
        int end = layout->lines[i].x + layout->lines[i].width;
        right = end > right ? end : right;
    }
    bool within = item->place.x >= 0 && item->place.x + right <= scene->width &&
                  item->place.y >= 0 && item->place.y + layout->height <= scene->height;
    if (layout->line_count && !within)
        fail_msg("outside of %dx%d at %d,%d %dx%d: %s", scene->width, scene->height, item->place.x,
                 item->place.y, right, layout->height, layout->text);
}

/* The first few texts may be cut. */
static inline void check_scene(const struct scene *scene, size_t may_be_cut) {
    size_t texts = 0;
    for (size_t i = 0; i < scene->count; i++)
        if (scene->items[i].kind == ITEM_TEXT)
            check_text(scene, &scene->items[i], texts++ < may_be_cut);
}

static inline void check_card(struct house *house, const struct sheet *sheet, size_t tile) {
    struct case_record record;
    struct scene scene;
    struct rect place = sheet->page.tiles[tile].place;
    assert_true(page_load(&house->source, sheet->drafts[tile]->card, &record));
    scene_init(&scene, place.width, place.height);
    const struct case_row *row = &sheet->drafts[tile]->row;
    if (row->build)
        row->build(&scene, sheet->stage, sheet->manner, &record, row->number);
    else
        page_build_card(&scene, sheet->stage, sheet->manner, &record);
    check_scene(&scene, SIZE_MAX);
    scene_finish(&scene);
    case_finish(&record);
}

/* Its title and the line below, with the school; what is wrong with a case is not to be cut. */
static inline bool is_row_of_desk(const struct sheet *sheet, size_t tile) {
    enum place_kind kind = sheet->page.place.kind;
    return (kind == PLACE_STICK || kind == PLACE_SHELF || kind == PLACE_REVIEW ||
            kind == PLACE_PREVIEW) &&
           sheet->page.tiles[tile].kind == TILE_SCROLLED;
}

static inline void check_texts(struct house *house, const struct sheet *sheet) {
    size_t cards = 0;
    for (size_t i = 0; i < sheet->page.tile_count; i++) {
        const struct draft *draft = sheet->drafts[i];
        struct rect place = sheet->page.tiles[i].place;
        if (draft->card && cards++ < 6)
            check_card(house, sheet, i);
        else if (!draft->card && !draft->late.build)
            check_scene(&draft->scene, is_row_of_desk(sheet, i) ? 2 : 0);
        if (!draft->late.build)
            continue;
        struct scene scene;
        scene_init(&scene, place.width, place.height);
        draft->late.build(&scene, sheet->stage, sheet->manner, &draft->late);
        check_scene(&scene, is_row_of_desk(sheet, i) ? 2 : 0);
        scene_finish(&scene);
    }
}

/* Pixels between two, along the axis on which they are farther apart; below 0: they overlap. */
static inline int between(struct rect a, struct rect b) {
    int x = a.x > b.x ? a.x - b.x - b.width : b.x - a.x - a.width;
    int y = a.y > b.y ? a.y - b.y - b.height : b.y - a.y - a.height;
    return x > y ? x : y;
}

static inline void check_targets(const struct sheet *sheet) {
    const struct page *page = &sheet->page;
    struct rect screen = {0, 0, page->size.width, page->size.height};
    int finger = sheet_finger(sheet), gap = sheet_gap(sheet);
    if (sheet->manner.reach) {
        screen.y = screen.height - screen.height * 45 / 100;
        screen.height -= screen.y;
    }
    if (page->view.height && !holds(screen, page->view))
        fail_msg("on %dx%d, finger %d, reach %d: a view of %dx%d at %d,%d", screen.width,
                 page->size.height, finger, sheet->manner.reach, page->view.width,
                 page->view.height, page->view.x, page->view.y);
    for (size_t i = 0; i < page->target_count; i++) {
        const struct target *one = &page->targets[i];
        if (one->place.width < finger || one->place.height < finger)
            fail_msg("on %dx%d, finger %d: %dx%d at %d,%d", page->size.width, page->size.height,
                     finger, one->place.width, one->place.height, one->place.x, one->place.y);
        if (one->scrolled)
            assert_true(one->place.x >= page->view.x && one->place.y >= 0 &&
                        one->place.x + one->place.width <= page->view.x + page->view.width &&
                        one->place.y + one->place.height <= page->height);
        else
            assert_true(holds(screen, one->place));
        for (size_t k = i + 1; k < page->target_count && k < i + 40; k++)
            if (page->targets[k].scrolled == one->scrolled)
                assert_true(between(one->place, page->targets[k].place) >= gap / 2);
    }
}

struct screen {
    struct size size;
    int finger;
};
static const struct screen screens[] = {
    {{1920, 1080}, 45},  {{1080, 1920}, 45}, {{1024, 600}, 55},   {{1024, 600}, 100},
    {{600, 1024}, 55},   {{768, 1366}, 70},  {{1366, 768}, 70},   {{3840, 2160}, 45},
    {{2160, 3840}, 120}, {{1280, 1024}, 50}, {{1920, 1080}, 100},
};

/* Two rows of keys that wide and high are more than 45 % of a screen as low as this. */
static inline bool holds_no_keypad(const struct screen *screen, const struct manner *manner) {
    return manner->reach && screen->size.height < 6 * screen->finger + screen->finger / 2;
}

static inline bool has_keypad(const struct place *place) {
    return place->kind == PLACE_PIN || place->kind == PLACE_CLOCK ||
           place->kind == PLACE_BUILDING || place->kind == PLACE_NEW_PIN;
}

/* On every screen, in every manner. */
static inline void check_everywhere(struct house *house, const struct place *place) {
    for (size_t i = 0; i < COUNT(screens); i++)
        for (int bits = 0; bits < 8; bits++) {
            const struct manner manner = {
                .english = bits & 1, .reach = bits & 2, .contrast = bits & 4};
            struct sheet sheet;
            if (has_keypad(place) && holds_no_keypad(&screens[i], &manner))
                continue;
            house->stage.size = screens[i].size;
            house->stage.finger = screens[i].finger;
            build_page(house, &sheet, place, manner);
            check_targets(&sheet);
            check_texts(house, &sheet);
            sheet_finish(&sheet);
        }
}

static inline void check_kind(struct house *house, enum place_kind kind, const char *text) {
    struct place place = place_of(kind, text);
    check_everywhere(house, &place);
    place_finish(&place);
}

/* ---- a stick */

#define STICK "/run/fengcai-usb/sda1"
#define ONE   "\"name\":\"sda1\",\"label\":\"KINGSTON\",\"path\":\"" STICK "\",\"since\":1"
static const char resting[] = "{\"sticks\":[{" ONE ",\"state\":\"asking\"}]}";

static const char several[] =
    "{\"sticks\":[{" ONE ",\"state\":\"asking\",\"text_zh\":\"发现U盘，等待确认\","
    "\"text\":\"waits for somebody who "
    "may\"},{\"name\":\"sdb1\",\"label\":\"\",\"path\":\"/run/b\","
    "\"since\":2,\"state\":\"nothing\",\"text_zh\":\"U盘里没有可导入的内容\","
    "\"text\":\"nothing for us on it\"}]}";

/* keeper.json with these sticks. */
static inline void plug_in(struct house *house, const char *sticks) {
    const struct paths *paths = &house->fixture->paths;
    json_t *live = json_loads(sticks, 0, NULL);
    assert_non_null(live);
    assert_true(fs_make_dirs(paths->runtime) && live_save(paths->keeper_live, live));
}

/* ---- what is on them */

static inline void build_usual(struct house *house, struct sheet *sheet,
                               const struct place *place) {
    house->stage.size = (struct size){1920, 1080};
    house->stage.finger = 45;
    build_page(house, sheet, place, (struct manner){.english = false});
}

/* How many targets do that, with this text of theirs (NULL: any). */
static inline int leads_to(const struct sheet *sheet, enum action_kind kind, enum place_kind place,
                           const char *text) {
    int count = 0;
    for (size_t i = 0; i < sheet->page.target_count; i++) {
        const struct action *action = &sheet->page.targets[i].action;
        const char *its = action->text ? action->text : action->place.text;
        bool there = kind == ACTION_ASK || action->place.kind == place;
        count += action->kind == kind && there && (!text || strcmp(its, text) == 0);
    }
    return count;
}

static inline bool says(const struct sheet *sheet, const char *text) {
    for (size_t i = 0; i < sheet->page.tile_count; i++) {
        const struct scene *scene = &sheet->drafts[i]->scene;
        for (size_t k = 0; k < scene->count; k++)
            if (scene->items[k].kind == ITEM_TEXT &&
                strcmp(scene->items[k].text.layout->text, text) == 0)
                return true;
    }
    return false;
}

static inline int count_actions(const struct sheet *sheet, enum action_kind kind) {
    int count = 0;
    for (size_t i = 0; i < sheet->page.target_count; i++)
        count += sheet->page.targets[i].action.kind == kind;
    return count;
}
