/* The page of the search: can all of it be hit, on any screen, and does it do what it says? */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "display/font.h"
#include "display/page_search_parts.h"
#include "display/text_mark.h"
#include "library_fixture.h"

#define CASES   80 /* of the usual kind: more than a page shows */
#define NOW_MS  1791417600000
#define PERCENT 45

struct scenery {
    struct fixture *fixture;
    struct fontset *fonts;
    struct config config;
    struct theme theme;
    struct slide_stage stage;
    struct reader *reader;
    struct search *search;
    struct catalogue catalogue;
    struct page_source source;
};

static bool put_one(struct library *library, const char *id, const char *school, const char *title,
                    const char *body, int64_t published_ms) {
    struct case_record record = make_case(id, UNIT_SAFETY, school, title);
    enum change change;
    free(record.body);
    record.body = xstrdup(body);
    record.published_ms = published_ms;
    bool good = library_put(library, &record, &change);
    case_finish(&record);
    return good;
}

static bool fill(const struct paths *paths) {
    static const char *const schools[] = {"松湖师范大学", "中国石油大学（华东）", "望川大学"};
    struct library *library = library_open(paths, NULL);
    bool changed = false, good = library && library_begin(library);
    for (int i = 0; good && i < CASES; i++) {
        char *title = xasprintf("宿舍自习室 %d：让每层楼都有灯光，也让晚归的人知道有人在等", i);
        good =
            put_one(library, title, schools[i % 5 < 3 ? 0 : i % 5 - 2], title, "正文", NOW_MS - i);
        free(title);
    }
    good = good &&
           put_one(library, "far", "望川大学", "消防演练",
                   "第一段。每天晚上九点，值班的同学会在一楼大厅摆好桌椅，等着大家把当天的"
                   "问题带过来。最初只有六个人报名，后来整栋楼的寝室长都加入了进来，还养了一只猫。",
                   0);
    good = good && library_commit(library, "test", &changed) && changed;
    library_close(library);
    return good;
}

static int set_up(void **state) {
    struct scenery *scenery = xcalloc(1, sizeof *scenery);
    if (fixture_start(state) != 0)
        return 1;
    scenery->fixture = *state;
    *state = scenery;
    if (!fill(&scenery->fixture->paths))
        return 1;
    scenery->fonts =
        fontset_open(&(struct font_choice){.folder = SOURCE_DIR "/fonts", .bundled_only = true});
    if (!scenery->fonts)
        return 1;
    config_init(&scenery->config);
    theme_init(&scenery->theme);
    scenery->stage = (struct slide_stage){.theme = &scenery->theme,
                                          .metrics = fontset_metrics(scenery->fonts),
                                          .config = &scenery->config,
                                          .media = "media",
                                          .icons = "icons"};
    const char *path = scenery->fixture->paths.library;
    scenery->reader = reader_open(path);
    scenery->search = search_open(path);
    scenery->source = (struct page_source){.catalogue = &scenery->catalogue,
                                           .reader = scenery->reader,
                                           .search = scenery->search,
                                           .library = path,
                                           .now_ms = NOW_MS};
    return catalogue_load(scenery->reader, NOW_MS, &scenery->catalogue) == READ_DONE ? 0 : 1;
}

static int tear_down(void **state) {
    struct scenery *scenery = *state;
    catalogue_finish(&scenery->catalogue);
    search_close(scenery->search);
    reader_close(scenery->reader);
    theme_finish(&scenery->theme);
    config_finish(&scenery->config);
    fontset_close(scenery->fonts);
    *state = scenery->fixture;
    free(scenery);
    return fixture_finish(state);
}

/* The caller finishes it. */
static struct sheet build(struct scenery *scenery, const char *typed, struct manner manner,
                          int layer) {
    struct sheet sheet;
    struct place place = place_of(PLACE_SEARCH, typed);
    place.picture = layer;
    scenery->stage.enlarge = manner.reach ? 118 : 100;
    sheet_init(&sheet, &scenery->stage, &place, manner);
    page_build_search(&sheet, &scenery->source);
    sheet_close(&sheet);
    place_finish(&place);
    return sheet;
}

static struct sheet build_usual(struct scenery *scenery, const char *typed) {
    scenery->stage.size = (struct size){1920, 1080};
    scenery->stage.finger = 45;
    return build(scenery, typed, (struct manner){0}, 0);
}

static const struct target *find_action(const struct sheet *sheet, enum action_kind kind,
                                        const char *text) {
    for (size_t i = 0; i < sheet->page.target_count; i++) {
        const struct target *target = &sheet->page.targets[i];
        const char *said = target->action.text         ? target->action.text
                           : target->action.place.text ? target->action.place.text
                                                       : "";
        if (target->action.kind == kind && strcmp(said, text) == 0)
            return target;
    }
    return NULL;
}

static const struct item *find_text(const struct sheet *sheet, const char *text, size_t *tile) {
    for (*tile = 0; *tile < sheet->page.tile_count; ++*tile) {
        const struct scene *scene = &sheet->drafts[*tile]->scene;
        for (size_t k = 0; k < scene->count; k++)
            if (scene->items[k].kind == ITEM_TEXT &&
                strstr(scene->items[k].text.layout->text, text))
                return &scene->items[k];
    }
    return NULL;
}

/* ---- where things lie */

static bool is_bar(const struct sheet *sheet, const struct target *target) {
    struct rect area = sheet_area(sheet);
    return !target->scrolled && target->place.y >= area.y + area.height;
}

static void expect(const struct sheet *sheet, bool good, const char *what, struct rect place) {
    struct page page = sheet->page;
    if (!good)
        fail_msg("%s: %d,%d %dx%d on %dx%d, finger %d, \"%s\", layer %d, english %d, reach %d",
                 what, place.x, place.y, place.width, place.height, page.size.width,
                 page.size.height, sheet->stage->finger, page.place.text, page.place.picture,
                 sheet->manner.english, sheet->manner.reach);
}

static void check_place(const struct sheet *sheet, const struct target *target) {
    struct rect place = target->place, view = sheet->page.view;
    struct size size = sheet->page.size;
    int finger = sheet_finger(sheet), top = sheet->manner.reach ? size.height * (100 - PERCENT) : 0;
    int right = place.x + place.width, bottom = place.y + place.height;
    expect(sheet, is_bar(sheet, target) || (place.width >= finger && place.height >= finger),
           "too small", place);
    expect(sheet, place.x >= 0 && right <= size.width, "outside", place);
    if (!target->scrolled) {
        expect(sheet, place.y * 100 >= top && bottom <= size.height, "out of reach", place);
        return;
    }
    expect(sheet, view.height >= finger && view.y * 100 >= top, "view out of reach", view);
    expect(sheet, place.x >= view.x && right <= view.x + view.width, "beside the view", place);
    expect(sheet, place.y >= 0 && bottom <= sheet->page.height, "not scrolled to", place);
}

/* Half of the distance is enough between keys; nothing that is fixed lies on what scrolls. */
static void check_apart(const struct sheet *sheet) {
    const struct page *page = &sheet->page;
    int gap = sheet_gap(sheet) / 2;
    for (size_t i = 0; i < page->target_count; i++) {
        const struct target *a = &page->targets[i];
        struct rect around = slide_inset(a->place, -gap);
        for (size_t k = 0; k < page->target_count; k++) {
            const struct target *b = &page->targets[k];
            expect(sheet,
                   k == i || a->scrolled != b->scrolled || rect_empty(rect_meet(around, b->place)),
                   "too near", a->place);
        }
        expect(sheet, a->scrolled || rect_empty(rect_meet(around, page->view)), "on the view",
               a->place);
    }
}

static void check_within(const struct item *item, struct rect place) {
    const struct layout *layout = item->kind == ITEM_TEXT ? item->text.layout : NULL;
    int left = item->place.x, right = left + (layout ? 0 : item->place.width);
    for (size_t i = 0; layout && i < layout->line_count; i++) {
        int end = left + layout->lines[i].x + layout->lines[i].width;
        right = right > end ? right : end;
    }
    if (layout && !layout->line_count) /* nothing to be seen */
        return;
    if (left < 0 || right > place.width || item->place.y + item->place.height > place.height)
        fail_msg("%s: %d to %d of %d, down to %d of %d", layout ? layout->text : "an item", left,
                 right, place.width, item->place.y + item->place.height, place.height);
}

/* Titles and names in lists may be cut, what is there to be touched must not. */
static void check_texts(const struct sheet *sheet) {
    for (size_t i = 0; i < sheet->page.tile_count; i++) {
        const struct scene *scene = &sheet->drafts[i]->scene;
        const struct tile *tile = &sheet->page.tiles[i];
        bool crown = sheet->manner.reach && tile->place.y == 0;
        bool bar = tile->place.y >= sheet_area(sheet).y + sheet_area(sheet).height;
        bool whole = tile->kind == TILE_FIXED && !crown && !bar;
        for (size_t k = 0; k < scene->count; k++) {
            const struct item *item = &scene->items[k];
            check_within(item, tile->place);
            if (whole && item->kind == ITEM_TEXT && item->text.layout->cut)
                fail_msg("cut: %s", item->text.layout->text);
        }
    }
}

static const struct {
    int width, height, finger;
} screens[] = {{1920, 1080, 45}, {1080, 1920, 45},  {1024, 600, 45},  {1024, 600, 56},
               {1024, 600, 100}, {3840, 2160, 100}, {2160, 3840, 80}, {1280, 1024, 50},
               {1080, 1920, 85}, {1366, 768, 40}};

static void check(struct scenery *scenery, const char *typed, struct manner manner) {
    const int layers = 3; /* of the keys, where there are so many */
    for (int layer = 0; layer < layers; layer++) {
        struct sheet sheet = build(scenery, typed, manner, layer);
        for (size_t i = 0; i < sheet.page.target_count; i++)
            check_place(&sheet, &sheet.page.targets[i]);
        check_apart(&sheet);
        check_texts(&sheet);
        assert_non_null(find_action(&sheet, ACTION_ERASE, ""));
        assert_non_null(find_action(&sheet, ACTION_TYPE, " "));
        sheet_finish(&sheet);
    }
}

static void all_can_be_hit_on_any_screen(void **state) {
    struct scenery *scenery = *state;
    static const char *const typed[] = {"", "zxs", "猫", "qqqq",
                                        "松湖师范大学 宿舍自习室 灯光灯光灯光灯光灯光"};
    for (size_t i = 0; i < COUNT(screens); i++)
        for (size_t k = 0; k < COUNT(typed); k++)
            for (int manner = 0; manner < 8; manner++) {
                scenery->stage.size = (struct size){screens[i].width, screens[i].height};
                scenery->stage.finger = screens[i].finger;
                check(scenery, typed[k],
                      (struct manner){.english = manner & 1,
                                      .reach = manner & 2,
                                      .size = manner & 4 ? TEXT_LARGEST : TEXT_USUAL});
            }
}

/* ---- what it does */

static void keys_type_and_erase(void **state) {
    struct sheet sheet = build_usual(*state, "zxs");
    for (const char *at = "abcdefghijklmnopqrstuvwxyz0123456789 "; *at; at++)
        assert_non_null(find_action(&sheet, ACTION_TYPE, (char[]){*at, '\0'}));
    assert_non_null(find_action(&sheet, ACTION_ERASE, ""));
    assert_non_null(find_action(&sheet, ACTION_WORD, ""));
    sheet_finish(&sheet);
}

static void nothing_typed_is_nothing_to_clear(void **state) {
    struct sheet sheet = build_usual(*state, "");
    assert_null(find_action(&sheet, ACTION_WORD, ""));
    sheet_finish(&sheet);
}

static void the_start_shows_how_to_type(void **state) {
    struct sheet sheet = build_usual(*state, "");
    assert_non_null(find_action(&sheet, ACTION_WORD, "shsfdx"));
    assert_non_null(find_action(&sheet, ACTION_WORD, "songhu"));
    assert_non_null(find_action(&sheet, ACTION_WORD, "松湖"));
    assert_non_null(
        find_action(&sheet, ACTION_WORD, "松湖师范大学")); /* the one with the most cases */
    size_t cards = 0;
    for (size_t i = 0; i < sheet.page.tile_count; i++)
        cards += sheet.drafts[i]->card != NULL;
    assert_int_equal(cards, 12);
    const struct target *newest =
        find_action(&sheet, ACTION_GO, "宿舍自习室 0：让每层楼都有灯光，也让晚归的人知道有人在等");
    const struct target *next =
        find_action(&sheet, ACTION_GO, "宿舍自习室 1：让每层楼都有灯光，也让晚归的人知道有人在等");
    assert_non_null(newest);
    assert_non_null(next);
    assert_true(newest->place.y <= next->place.y && newest->place.x < next->place.x);
    sheet_finish(&sheet);
}

/* The examples must find what they are examples of. */
static void the_examples_find_something(void **state) {
    struct scenery *scenery = *state;
    static const char *const examples[] = {"shsfdx", "songhu", "松湖"};
    for (size_t i = 0; i < COUNT(examples); i++) {
        struct search_hits hits;
        assert_int_equal(search_find(scenery->search, examples[i], NOW_MS, 1, &hits), READ_DONE);
        assert_int_equal(hits.count, 1);
        search_hits_finish(&hits);
    }
}

static void hits_lead_to_their_cases(void **state) {
    struct scenery *scenery = *state;
    struct sheet sheet = build_usual(scenery, "zxs");
    size_t scrolled = 0, tile = 0;
    for (size_t i = 0; i < sheet.page.target_count; i++) {
        const struct target *target = &sheet.page.targets[i];
        scrolled += target->scrolled;
        if (target->scrolled)
            assert_true(target->action.kind == ACTION_GO &&
                        target->action.place.kind == PLACE_CASE &&
                        target->action.place.unit == UNIT_SAFETY &&
                        strncmp(target->action.place.text, "宿舍自习室", 15) == 0);
    }
    assert_int_equal(scrolled, 60);
    assert_non_null(find_text(&sheet, "80 个案例", &tile));
    assert_non_null(find_text(&sheet, word_zh(WORD_SEARCH_MORE), &tile));
    sheet_finish(&sheet);
}

/* The administrator's lead to what can be done about a case, what is found and what is offered. */
static void hits_of_the_desk_lead_to_the_shelf(void **state) {
    struct scenery *scenery = *state;
    static const char *const typed[] = {"zxs", "", "qqq"};
    for (size_t k = 0; k < COUNT(typed); k++) {
        struct place place = place_of(PLACE_SEARCH, typed[k]);
        place.of_desk = true;
        struct sheet sheet;
        scenery->stage.size = (struct size){1920, 1080};
        scenery->stage.finger = 45;
        sheet_init(&sheet, &scenery->stage, &place, (struct manner){0});
        page_build_search(&sheet, &scenery->source);
        sheet_close(&sheet);
        size_t cases = 0;
        for (size_t i = 0; i < sheet.page.target_count; i++) {
            const struct action *action = &sheet.page.targets[i].action;
            cases += action->kind == ACTION_GO && action->place.kind == PLACE_SHELF_CASE;
            assert_false(action->kind == ACTION_GO && action->place.kind == PLACE_CASE);
        }
        assert_true(cases > 0);
        sheet_finish(&sheet);
        place_finish(&place);
    }
}

/* An item of the tile that lies just below a part of the text and is as wide as that. */
static bool is_underlined(const struct sheet *sheet, size_t tile, const struct item *text, int from,
                          int to) {
    const struct scene *scene = &sheet->drafts[tile]->scene;
    const struct layout *layout = text->text.layout;
    const struct layout_run *first = &layout->runs[from], *last = &layout->runs[to];
    for (size_t i = 0; i < scene->count; i++) {
        struct rect place = scene->items[i].place;
        if (scene->items[i].kind == ITEM_FILL && place.height < 10 &&
            place.x == text->place.x + first->x &&
            place.x + place.width == text->place.x + last->x + layout->style.size &&
            abs(place.y - (text->place.y + layout->lines[0].baseline)) < layout->style.size / 2)
            return true;
    }
    return false;
}

static void the_match_is_underlined(void **state) {
    struct sheet sheet = build_usual(*state, "zxs");
    size_t tile = 0;
    const struct item *title = find_text(&sheet, "宿舍自习室", &tile);
    assert_non_null(title);
    assert_true(is_underlined(&sheet, tile, title, 2, 4)); /* 自习室 */
    assert_false(is_underlined(&sheet, tile, title, 0, 1));
    sheet_finish(&sheet);
}

/* However narrow the list is: what stands before it gives way. */
static void a_match_far_into_a_text_is_seen(void **state) {
    struct scenery *scenery = *state;
    struct sheet sheet = build_usual(scenery, "");
    char title[] = "宿舍自习室：让每层楼都有灯光，也让晚归的人知道有人在等，还养了一只猫。";
    const struct search_hit hit = {.school = (char[]){"望川大学"},
                                   .title = title,
                                   .excerpt = title,
                                   .mark = {strlen(title) - 6, strlen(title) - 3}};
    for (int width = 300; width < 1900; width += 100) {
        struct search_row row;
        struct rect box;
        search_row_build(&sheet, &hit, true, 1, width, &row);
        assert_int_equal(text_mark_build(scenery->stage.metrics, row.title, row.mark.start,
                                         row.mark.end, &box, 1),
                         1);
        assert_memory_equal(row.title->text + row.mark.start, "猫", 3);
        search_row_finish(&row);
    }
    sheet_finish(&sheet);
}

static void where_nothing_is_found_there_are_ways_on(void **state) {
    struct sheet sheet = build_usual(*state, "qqqq");
    size_t tile = 0;
    assert_non_null(find_text(&sheet, word_zh(WORD_SEARCH_NONE), &tile));
    assert_non_null(find_text(&sheet, word_zh(WORD_SEARCH_ADVICE), &tile));
    bool schools = false;
    for (size_t i = 0; i < sheet.page.target_count; i++)
        schools = schools || (sheet.page.targets[i].action.kind == ACTION_GO &&
                              sheet.page.targets[i].action.place.kind == PLACE_SCHOOLS);
    assert_true(schools);
    sheet_finish(&sheet);
}

/* Not that nothing is found: nobody knows. */
static void what_cannot_be_read_now_is_said(void **state) {
    struct scenery *scenery = *state;
    char *path = xasprintf("%s/damaged.db", scenery->fixture->paths.state);
    write_file(path, "this is no database, and long enough to be seen for what it is not");
    struct search *search = scenery->source.search;
    scenery->source.search = search_open(path);
    struct sheet sheet = build_usual(scenery, "zxs");
    size_t tile = 0;
    assert_non_null(find_text(&sheet, word_zh(WORD_SEARCH_LATER), &tile));
    assert_non_null(find_text(&sheet, word_zh(WORD_SEARCH_AGAIN), &tile));
    assert_null(find_text(&sheet, word_zh(WORD_SEARCH_NONE), &tile));
    check(scenery, "zxs", (struct manner){.english = true, .reach = true});
    sheet_finish(&sheet);
    search_close(scenery->source.search);
    scenery->source.search = search;
    free(path);
}

/* While the keys stay as they are their tile is not drawn anew. */
static void typing_leaves_the_keys_alone(void **state) {
    struct sheet a = build_usual(*state, "z"), b = build_usual(*state, "zx");
    size_t tile_a = 0, tile_b = 0;
    assert_non_null(find_text(&a, "Q", &tile_a));
    assert_non_null(find_text(&b, "Q", &tile_b));
    assert_true(a.page.tiles[tile_a].key == b.page.tiles[tile_b].key);
    sheet_finish(&a);
    sheet_finish(&b);
}

static void other_keys_are_a_touch_away(void **state) {
    struct scenery *scenery = *state;
    scenery->stage.size = (struct size){1024, 600};
    scenery->stage.finger = 56;
    struct sheet sheet = build(scenery, "zx", (struct manner){0}, 0);
    assert_null(find_action(&sheet, ACTION_TYPE, "7"));
    const struct target *other = find_action(&sheet, ACTION_REPLACE, "zx");
    assert_non_null(other);
    assert_int_equal(other->action.place.kind, PLACE_SEARCH);
    assert_int_equal(other->action.place.picture, 1);
    sheet_finish(&sheet);
    sheet = build(scenery, "zx", (struct manner){0}, 1);
    assert_non_null(find_action(&sheet, ACTION_TYPE, "7"));
    assert_int_equal(find_action(&sheet, ACTION_REPLACE, "zx")->action.place.picture, 0);
    sheet_finish(&sheet);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_can_be_hit_on_any_screen),
        cmocka_unit_test(keys_type_and_erase),
        cmocka_unit_test(nothing_typed_is_nothing_to_clear),
        cmocka_unit_test(the_start_shows_how_to_type),
        cmocka_unit_test(the_examples_find_something),
        cmocka_unit_test(hits_lead_to_their_cases),
        cmocka_unit_test(hits_of_the_desk_lead_to_the_shelf),
        cmocka_unit_test(the_match_is_underlined),
        cmocka_unit_test(a_match_far_into_a_text_is_seen),
        cmocka_unit_test(where_nothing_is_found_there_are_ways_on),
        cmocka_unit_test(what_cannot_be_read_now_is_said),
        cmocka_unit_test(typing_leaves_the_keys_alone),
        cmocka_unit_test(other_keys_are_a_touch_away),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
