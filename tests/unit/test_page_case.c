/* The pages of a case and of its pictures: is all of it there, large enough, and apart? */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "library_fixture.h"

#include "base/config.h"
#include "base/str.h"
#include "display/font.h"
#include "display/pages.h"
#include "library/media.h"

#define LONG_TITLE                                                                                 \
    "三年走过四十栋楼：一支学生宿舍自管队伍从无到有、从有到优的长期实践与反思以及对未来的展望"
#define SENTENCE                                                                                   \
    "每天晚上九点，值班的同学会在一楼大厅摆好桌椅，等着大家把当天的 12 个问题带过来，读“纸条”。"
#define LONG_CHARACTERS 20000

struct scenery {
    struct fixture *library;
    struct fontset *fonts;
    struct config config;
    struct theme theme;
    struct slide_stage stage;
    struct reader *reader;
    struct catalogue catalogue;
};

/* ---- a library */

static struct asset picture(int width, int height, const char *caption) {
    char *source = xasprintf("%dx%d %s", width, height, caption);
    struct asset asset = make_asset(source, "picture");
    free(source);
    free(asset.caption);
    asset.caption = xstrdup(caption);
    asset.width = width;
    asset.height = height;
    for (size_t i = 0; i < asset.rendition_count; i++) {
        asset.renditions[i].width = width / 2;
        asset.renditions[i].height = height / 2;
    }
    return asset;
}

/* 1080 x 6000, in three pieces. */
static struct asset long_picture(void) {
    struct asset asset = picture(1080, 6000, "聊天记录");
    asset.renditions = xrealloc(asset.renditions, 5, sizeof *asset.renditions);
    asset.rendition_count = 5;
    for (int i = 0; i < 3; i++)
        asset.renditions[2 + i] = (struct rendition){.role = RENDITION_TILE,
                                                     .tile = i,
                                                     .width = 1080,
                                                     .height = i < 2 ? 2048 : 1904,
                                                     .bytes = 7,
                                                     .hash = hash_text("picture")};
    return asset;
}

static char *long_text(void) {
    struct str text = {0};
    size_t count = 0, each = utf8_length(SENTENCE);
    for (size_t i = 0; count < LONG_CHARACTERS; i++, count += each) {
        if (i % 40 == 0)
            str_add(&text, i ? "\n一段的小标题\n" : "一段的小标题\n");
        else if (i % 4 == 0)
            str_add_char(&text, '\n');
        str_add(&text, SENTENCE);
    }
    return str_take(&text);
}

static void set_text(char **field, char *text) {
    free(*field);
    *field = text;
}

static void add_case(struct library *library, struct case_record record) {
    enum change change;
    assert_true(library_put(library, &record, &change));
    case_finish(&record);
}

static void fill(struct fixture *fixture) {
    struct library *library = library_open(&fixture->paths, NULL);
    bool changed = false;
    char *staged = path_join(fixture->paths.staging, "picture", NULL);
    write_file(staged, "picture");
    assert_true(media_admit(fixture->paths.media, staged, hash_text("picture")));
    free(staged);
    assert_true(library_begin(library));
    struct case_record record =
        make_case("long", UNIT_EDUCATION, "中国石油大学（华东）", LONG_TITLE);
    set_text(&record.body, long_text());
    set_text(&record.summary, xstrdup(SENTENCE SENTENCE));
    set_text(&record.url, xstrdup("https://example.com/fengcai/05"));
    record.phase = PHASE_FEATURED;
    record.published_ms = 1783000000000;
    record.valid_until_ms = 1999000000000;
    add_asset(&record, picture(3000, 2000, "一句说明，长得要在第二行才能说完的那一种说明"));
    add_asset(&record, picture(900, 1600, "竖的"));
    add_asset(&record, picture(2000, 2000, ""));
    add_asset(&record, picture(6000, 600, "很宽的"));
    add_asset(&record, long_picture());
    add_case(library, record);
    add_case(library,
             make_case("wordy", UNIT_SAFETY, "星河工业大学", LONG_TITLE LONG_TITLE LONG_TITLE));
    add_case(library, make_case("plain", UNIT_EDUCATION, "望川大学", "没有图片"));
    for (int i = 0; i < 8; i++) {
        char *id = xasprintf("other %d", i);
        add_case(library, make_case(id, i % 2 ? UNIT_EDUCATION : UNIT_PARTY,
                                    i < 3 ? "望川大学" : "中国石油大学（华东）", id));
        free(id);
    }
    assert_true(library_commit(library, "test", &changed));
    library_close(library);
}

static int set_up(void **state) {
    struct scenery *scenery = xcalloc(1, sizeof *scenery);
    void *library = NULL;
    if (fixture_start(&library) != 0)
        return 1;
    scenery->library = library;
    fill(scenery->library);
    scenery->fonts =
        fontset_open(&(struct font_choice){.folder = SOURCE_DIR "/fonts", .bundled_only = true});
    config_init(&scenery->config);
    theme_init(&scenery->theme);
    scenery->stage = (struct slide_stage){.theme = &scenery->theme,
                                          .metrics = fontset_metrics(scenery->fonts),
                                          .config = &scenery->config,
                                          .media = scenery->library->paths.media,
                                          .icons = SOURCE_DIR "/assets/icons"};
    scenery->reader = reader_open(scenery->library->paths.library);
    *state = scenery;
    return catalogue_load(scenery->reader, 1790000000000, &scenery->catalogue) == READ_DONE ? 0 : 1;
}

static int tear_down(void **state) {
    struct scenery *scenery = *state;
    void *library = scenery->library;
    catalogue_finish(&scenery->catalogue);
    reader_close(scenery->reader);
    fontset_close(scenery->fonts);
    theme_finish(&scenery->theme);
    config_finish(&scenery->config);
    fixture_finish(&library);
    free(scenery);
    return 0;
}

/* ---- every look of a page */

struct look {
    struct size size;
    int finger;
    struct manner manner;
};

static const struct look looks[] = {
    {{1920, 1080}, 45, {0}},
    {{1920, 1080}, 45, {.english = true, .size = TEXT_LARGEST}},
    {{1920, 1080}, 60, {.reach = true}},
    {{1920, 1080}, 45, {.reach = true, .english = true, .size = TEXT_LARGE}},
    {{1080, 1920}, 45, {0}},
    {{1080, 1920}, 60, {.english = true, .size = TEXT_LARGEST}},
    {{1080, 1920}, 45, {.reach = true, .size = TEXT_LARGEST}},
    {{1080, 1920}, 60, {.reach = true, .english = true}},
    {{1024, 600}, 45, {0}},
    {{1024, 600}, 100, {.english = true}},
    {{1024, 600}, 100, {.reach = true}},
    {{600, 1024}, 100, {0}},
    {{600, 1024}, 60, {.reach = true}},
    {{3840, 2160}, 90, {.contrast = true}},
    {{3840, 2160}, 90, {.reach = true}},
    {{1080, 1080}, 45, {0}},
    {{2560, 1080}, 45, {0}},
};

static struct sheet build(struct scenery *scenery, const struct look *look, enum place_kind kind,
                          const char *id, int picture) {
    struct page_source source = {.catalogue = &scenery->catalogue,
                                 .reader = scenery->reader,
                                 .library = scenery->library->paths.library,
                                 .now_ms = 1790000000000};
    struct sheet sheet;
    struct place place = place_of(kind, id);
    place.picture = picture;
    scenery->stage.size = look->size;
    scenery->stage.finger = look->finger;
    scenery->stage.enlarge = look->manner.reach ? 118 : 100;
    sheet_init(&sheet, &scenery->stage, &place, look->manner);
    (kind == PLACE_CASE ? page_build_case : page_build_picture)(&sheet, &source);
    sheet_close(&sheet);
    place_finish(&place);
    return sheet;
}

static bool is_bar(const struct sheet *sheet, const struct target *target) {
    struct rect area = sheet_area(sheet);
    return sheet->page.place.kind == PLACE_CASE && target->place.y >= area.y + area.height &&
           !target->scrolled;
}

/* Fails, and says on which look. */
static void expect(const struct sheet *sheet, bool holds, const char *what, struct rect place) {
    const struct page *page = &sheet->page;
    if (!holds)
        fail_msg("%dx%d finger %d%s%s size %d, %s %s %d: %s: %d,%d %dx%d", page->size.width,
                 page->size.height, sheet->stage->finger, sheet->manner.english ? " english" : "",
                 sheet->manner.reach ? " reach" : "", (int)sheet->manner.size,
                 place_key(page->place.kind), page->place.text, page->place.picture, what, place.x,
                 place.y, place.width, place.height);
}

/* Pixels between two places, along the axis on which they are farther apart. */
static int between(struct rect a, struct rect b) {
    int x = a.x > b.x ? a.x - b.x - b.width : b.x - a.x - a.width;
    int y = a.y > b.y ? a.y - b.y - b.height : b.y - a.y - a.height;
    return x > y ? x : y;
}

static void check_targets(const struct sheet *sheet, int gap) {
    const struct page *page = &sheet->page;
    int finger = sheet_finger(sheet), low = sheet_crown(sheet).height;
    for (size_t i = 0; i < page->target_count; i++) {
        const struct target *target = page->targets + i;
        struct rect place = target->place;
        int top = target->scrolled ? 0 : low;
        int bottom = target->scrolled ? page->height : page->size.height;
        if (is_bar(sheet, target)) /* it has tests of its own */
            continue;
        expect(sheet, place.width >= finger && place.height >= finger, "small", place);
        expect(sheet, place.x >= 0 && place.x + place.width <= page->size.width, "aside", place);
        expect(sheet, place.y >= top && place.y + place.height <= bottom, "out of reach", place);
        for (size_t k = 0; k < i; k++)
            if (target->scrolled == page->targets[k].scrolled)
                expect(sheet, between(place, page->targets[k].place) >= gap, "near", place);
    }
    expect(sheet, rect_empty(page->view) || page->place.kind != PLACE_CASE || page->view.y >= low,
           "view out of reach", page->view);
}

/* What scrolls lies beside what stands, and nothing that is longer than the screen is in one tile.
 */
static void check_tile(const struct sheet *sheet, size_t number) {
    const struct page *page = &sheet->page;
    const struct tile *tile = page->tiles + number;
    struct rect place = tile->place, view = page->view;
    if (tile->kind == TILE_FIXED && page->height)
        expect(sheet, between(place, view) >= 0, "tile over the view", place);
    if (tile->kind != TILE_SCROLLED)
        return;
    expect(sheet, place.height <= page->size.height, "tall tile", place);
    expect(sheet, place.x >= view.x && place.x + place.width <= view.x + view.width,
           "tile beside the view", place);
    expect(sheet, place.y + place.height <= page->height, "tile below the end", place);
    for (size_t k = 0; k < number; k++)
        if (page->tiles[k].kind == TILE_SCROLLED)
            expect(sheet, between(place, page->tiles[k].place) >= 0, "tiles overlap", place);
}

static bool has_words(const struct item *item) {
    return item->kind == ITEM_TEXT && item->text.layout->line_count;
}

static struct rect words_place(const struct item *item) {
    struct rect place = item->place;
    const struct layout *layout = item->text.layout;
    if (layout->style.align == ALIGN_CENTRE)
        place.x += (place.width - layout->widest) / 2;
    place.width = layout->widest;
    return place;
}

/* Nothing is cut, nothing stands over anything else, and all is within its tile. */
static void check_scene(const struct sheet *sheet, const struct scene *scene, bool crown) {
    int least = slide_px(sheet->stage, 26);
    struct rect whole = {0, 0, scene->width, scene->height};
    for (size_t i = 0; i < scene->count; i++) {
        const struct item *item = scene->items + i;
        if (!has_words(item))
            continue;
        struct rect place = words_place(item), seen = rect_meet(place, whole);
        expect(sheet, item->text.layout->style.size >= least, "small words", place);
        expect(sheet, crown || !item->text.layout->cut, "cut words", place);
        expect(sheet, seen.width == place.width && seen.height == place.height, "words out", place);
        for (size_t k = 0; k < i; k++)
            expect(sheet,
                   !has_words(scene->items + k) ||
                       rect_empty(rect_meet(place, words_place(scene->items + k))),
                   "words over words", place);
    }
}

static void check(const struct sheet *sheet, int gap) {
    check_targets(sheet, gap);
    size_t count = sheet->page.tile_count - (sheet->page.place.kind == PLACE_CASE); /* the bar */
    for (size_t i = 0; i < count; i++) {
        const struct tile *tile = sheet->page.tiles + i;
        check_tile(sheet, i);
        check_scene(sheet, &sheet->drafts[i]->scene,
                    sheet->manner.reach && tile->place.y == 0 && tile->kind == TILE_FIXED);
    }
}

static void a_case_is_within_reach_and_whole(void **state) {
    static const char *const ids[] = {"long", "wordy", "plain", "other 5", "gone"};
    for (size_t i = 0; i < COUNT(looks); i++)
        for (size_t k = 0; k < COUNT(ids); k++) {
            struct sheet sheet = build(*state, looks + i, PLACE_CASE, ids[k], 0);
            check(&sheet, sheet_gap(&sheet));
            sheet_finish(&sheet);
        }
}

static void a_picture_is_within_reach_and_whole(void **state) {
    for (size_t i = 0; i < COUNT(looks); i++)
        for (int number = 0; number < 5; number++) {
            struct sheet sheet = build(*state, looks + i, PLACE_PICTURE, "long", number);
            check(&sheet, sheet_gap(&sheet) / 2);
            sheet_finish(&sheet);
        }
}

/* ---- what is on them */

static char *text_of(const struct sheet *sheet) {
    struct str text = {0};
    for (size_t i = 0; i < sheet->page.tile_count; i++) {
        const struct scene *scene = &sheet->drafts[i]->scene;
        for (size_t k = 0; k < scene->count; k++)
            if (scene->items[k].kind == ITEM_TEXT) {
                const struct layout *layout = scene->items[k].text.layout;
                for (size_t line = 0; line < layout->line_count; line++)
                    str_add_bytes(&text, layout->text + layout->lines[line].start,
                                  layout->lines[line].end - layout->lines[line].start);
            }
    }
    return str_take(&text);
}

/* The text without what ends a line or a paragraph. */
static char *bare(const char *text) {
    struct str out = {0};
    for (; *text; text++)
        if (*text != '\n' && *text != ' ')
            str_add_char(&out, *text);
    return str_take(&out);
}

/* Each paragraph once, whatever is between them, and in their order. */
static void all_of_the_text_is_there(void **state) {
    for (size_t i = 0; i < COUNT(looks); i++) {
        struct sheet sheet = build(*state, looks + i, PLACE_CASE, "long", 0);
        char *shown = text_of(&sheet), *all = bare(shown), *body = long_text();
        const char *at = all;
        for (char *line = strtok(body, "\n"); line; line = strtok(NULL, "\n")) {
            char *wanted = bare(line);
            at = strstr(at, wanted);
            assert_non_null(at);
            at += strlen(wanted);
            free(wanted);
        }
        free(body);
        free(all);
        free(shown);
        sheet_finish(&sheet);
    }
}

/* The first way there; aborts where there is none. */
static const struct place *way(const struct sheet *sheet, enum action_kind action,
                               enum place_kind kind, int picture) {
    for (size_t i = 0; i < sheet->page.target_count; i++) {
        const struct action *found = &sheet->page.targets[i].action;
        if (found->kind == action && found->place.text && found->place.kind == kind &&
            found->place.picture == picture)
            return &found->place;
    }
    fail_msg("no way to %s %d", place_key(kind), picture);
    abort();
}

/* Within reach the crown, which has the first one, cannot be touched: then it is below, too. */
static void each_picture_can_be_opened(void **state) {
    for (size_t i = 0; i < COUNT(looks); i++) {
        struct sheet sheet = build(*state, looks + i, PLACE_CASE, "long", 0);
        for (int number = 0; number < 5; number++) {
            const struct place *to = way(&sheet, ACTION_GO, PLACE_PICTURE, number);
            assert_string_equal(to->text, "long");
        }
        sheet_finish(&sheet);
    }
}

static void a_case_leads_on(void **state) {
    struct sheet sheet = build(*state, looks, PLACE_CASE, "long", 0);
    size_t cards = 0, replacing = 0;
    for (size_t i = 0; i < sheet.page.target_count; i++) {
        const struct action *action = &sheet.page.targets[i].action;
        cards += action->kind == ACTION_GO && action->place.kind == PLACE_CASE;
        replacing += action->kind == ACTION_REPLACE && action->place.kind == PLACE_CASE;
    }
    assert_int_equal(cards, 6);
    assert_int_equal(replacing, 2);
    assert_string_equal(way(&sheet, ACTION_GO, PLACE_SCHOOL, 0)->text, "中国石油大学（华东）");
    assert_int_equal(way(&sheet, ACTION_GO, PLACE_UNIT, 0)->unit, UNIT_EDUCATION);
    sheet_finish(&sheet);
}

/* "N / M" goes round, and keeps the list that the case stands in. */
static void pictures_go_round(void **state) {
    for (int number = 0; number < 5; number++) {
        struct sheet sheet = build(*state, looks, PLACE_PICTURE, "long", number);
        char *text = text_of(&sheet), *count = xasprintf("%d / 5", number + 1);
        assert_non_null(strstr(text, count));
        assert_int_equal(sheet.page.pictures, 5);
        way(&sheet, ACTION_REPLACE, PLACE_PICTURE, (number + 1) % 5);
        way(&sheet, ACTION_REPLACE, PLACE_PICTURE, (number + 4) % 5);
        free(count);
        free(text);
        sheet_finish(&sheet);
    }
}

static void every_picture_has_the_way_back_reach_and_language(void **state) {
    static const enum action_kind wanted[] = {ACTION_BACK, ACTION_REACH, ACTION_ENGLISH};
    for (size_t i = 0; i < COUNT(looks); i++) {
        struct sheet sheet = build(*state, looks + i, PLACE_PICTURE, "long", 0);
        for (size_t k = 0; k < COUNT(wanted); k++) {
            size_t found = 0;
            for (size_t t = 0; t < sheet.page.target_count; t++)
                found += sheet.page.targets[t].action.kind == wanted[k];
            assert_int_equal(found, 1);
        }
        sheet_finish(&sheet);
    }
}

static const struct scene *photo_of(const struct sheet *sheet, struct rect *place) {
    for (size_t i = 0; i < sheet->page.tile_count; i++)
        if (sheet->page.tiles[i].kind == TILE_PHOTO) {
            *place = sheet->page.tiles[i].place;
            return &sheet->drafts[i]->scene;
        }
    fail_msg("no photo");
    abort();
}

/* At its own pixels, in its own shape, above what stands at the foot. */
static void a_photo_is_whole(void **state) {
    for (size_t i = 0; i < COUNT(looks); i++) {
        struct rect place;
        struct sheet sheet = build(*state, looks + i, PLACE_PICTURE, "long", 0);
        const struct scene *scene = photo_of(&sheet, &place);
        assert_int_equal(scene->width, 1500);
        assert_int_equal(scene->height, 1000);
        assert_int_equal(sheet.page.photo.width, 1500);
        assert_int_equal(sheet.page.photo.height, 1000);
        assert_true(abs(place.width * 1000 - place.height * 1500) < 3000);
        struct rect seen = rect_meet(place, sheet.page.view);
        assert_int_equal(seen.width, place.width);
        assert_int_equal(seen.height, place.height);
        sheet_finish(&sheet);
    }
}

static void a_long_photo_is_put_together(void **state) {
    struct rect place;
    struct sheet sheet = build(*state, looks, PLACE_PICTURE, "long", 4);
    const struct scene *scene = photo_of(&sheet, &place);
    int y = 0, pieces = 0;
    assert_int_equal(scene->width, 1080);
    assert_int_equal(scene->height, 6000);
    for (size_t i = 0; i < scene->count; i++) {
        const struct item *item = scene->items + i;
        if (item->kind != ITEM_PICTURE)
            continue;
        assert_int_equal(item->place.y, y);
        assert_int_equal(item->place.width, scene->width);
        y += item->place.height;
        pieces++;
    }
    assert_int_equal(pieces, 3);
    assert_int_equal(y, scene->height);
    sheet_finish(&sheet);
}

/* A case that is gone, or has no pictures, says so and leads home. */
static void what_is_gone_leads_home(void **state) {
    static const struct {
        enum place_kind kind;
        const char *id;
    } rows[] = {{PLACE_CASE, "gone"}, {PLACE_PICTURE, "gone"}, {PLACE_PICTURE, "plain"}};
    for (size_t i = 0; i < COUNT(looks); i++)
        for (size_t k = 0; k < COUNT(rows); k++) {
            struct sheet sheet = build(*state, looks + i, rows[k].kind, rows[k].id, 0);
            const char *gone = word_main(looks[i].manner, WORD_GONE);
            char *shown = text_of(&sheet), *text = bare(shown), *wanted = bare(gone);
            size_t homes = 0;
            for (size_t t = 0; t < sheet.page.target_count; t++)
                homes += sheet.page.targets[t].action.kind == ACTION_HOME;
            assert_non_null(strstr(text, wanted));
            assert_true(homes >= 1);
            free(wanted);
            free(text);
            free(shown);
            sheet_finish(&sheet);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_case_is_within_reach_and_whole),
        cmocka_unit_test(a_picture_is_within_reach_and_whole),
        cmocka_unit_test(all_of_the_text_is_there),
        cmocka_unit_test(each_picture_can_be_opened),
        cmocka_unit_test(a_case_leads_on),
        cmocka_unit_test(pictures_go_round),
        cmocka_unit_test(every_picture_has_the_way_back_reach_and_language),
        cmocka_unit_test(a_photo_is_whole),
        cmocka_unit_test(a_long_photo_is_put_together),
        cmocka_unit_test(what_is_gone_leads_home),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
