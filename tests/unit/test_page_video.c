/* The page of a video: on every screen, whatever becomes of it, all that can be touched is there,
 * large enough, apart, and within reach. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "page_fixture.h"

#include "display/player.h"

#define CASE "a case with videos"

static const unsigned states[] = {
    SHOWN_CONTROLS | SHOWN_LENGTH | SHOWN_SOUND | SHOWN_PLAYING,
    SHOWN_CONTROLS | SHOWN_LENGTH | SHOWN_SILENT | SHOWN_PAUSED,
    SHOWN_CONTROLS | SHOWN_LENGTH | SHOWN_SOUND | SHOWN_ENDED,
    SHOWN_CONTROLS | SHOWN_FAILED,
    SHOWN_LENGTH | SHOWN_SOUND | SHOWN_PLAYING,
};

static struct asset video(const char *caption, int width, int height) {
    struct asset asset = make_asset(caption, "poster");
    free(asset.caption);
    asset.kind = ASSET_VIDEO;
    asset.caption = xstrdup(caption);
    asset.width = width;
    asset.height = height;
    asset.duration_ms = 3723000;
    asset.renditions = xrealloc(asset.renditions, 3, sizeof *asset.renditions);
    asset.renditions[asset.rendition_count++] = (struct rendition){
        .role = RENDITION_VIDEO, .width = width, .height = height, .hash = hash_text(caption)};
    return asset;
}

static int set_up_videos(void **state) {
    if (set_up(state) != 0)
        return -1;
    struct house *house = *state;
    struct case_record record = make_case(CASE, UNIT_SAFETY, "临溪大学", "有三个视频的案例");
    enum change change;
    add_asset(&record, video("消防演练的十分钟", 1920, 1080));
    add_asset(&record, video("毕业音乐会全程录像，由三个机位拍摄", 1080, 1920));
    add_asset(&record, video("", 640, 480));
    struct library *library = library_open(&house->fixture->paths, NULL);
    bool changed = false;
    bool good = library && library_begin(library) && library_put(library, &record, &change) &&
                library_commit(library, "test", &changed) && changed;
    library_close(library);
    case_finish(&record);
    reader_close(house->reader);
    house->reader = house->source.reader = reader_open(house->fixture->paths.library);
    catalogue_finish(&house->catalogue);
    return good && catalogue_load(house->reader, NOW_MS, &house->catalogue) == READ_DONE ? 0 : -1;
}

static void build_video(struct house *house, struct sheet *sheet, int number, struct manner manner,
                        const struct screen *screen) {
    struct place place = place_of(PLACE_VIDEO, CASE);
    place.picture = number;
    house->slides = house->stage;
    house->stage.size = screen->size;
    house->stage.finger = screen->finger;
    house->stage.enlarge = manner.reach ? 118 : 100;
    sheet_init(sheet, &house->stage, &place, manner);
    page_build_video(sheet, &house->source);
    sheet_close(sheet);
    place_finish(&place);
}

/* The sheet with the targets that are there now only. */
static void check_state(struct sheet *sheet, unsigned shown) {
    const struct target *all = sheet->page.targets;
    size_t count = sheet->page.target_count;
    struct target *there = xcalloc(count, sizeof *there);
    sheet->page.targets = there;
    sheet->page.target_count = 0;
    sheet->page.shown = shown;
    for (size_t i = 0; i < count; i++)
        if (page_shows(&sheet->page, all[i].when))
            there[sheet->page.target_count++] = all[i];
    check_targets(sheet);
    bool controls = shown & SHOWN_CONTROLS, length = controls && shown & SHOWN_LENGTH;
    assert_int_equal(count_actions(sheet, ACTION_BACK), controls);
    assert_int_equal(count_actions(sheet, ACTION_HOME), controls);
    assert_int_equal(count_actions(sheet, ACTION_SOUND), length);
    assert_int_equal(count_actions(sheet, ACTION_SEEK), length);
    assert_true(count_actions(sheet, ACTION_PLAY) >= length);
    assert_true(controls || !sheet->page.target_count);
    sheet->page.targets = (struct target *)all;
    sheet->page.target_count = count;
    free(there);
}

static void all_of_it_is_there_on_every_screen(void **state) {
    struct house *house = *state;
    for (size_t i = 0; i < COUNT(screens); i++)
        for (int bits = 0; bits < 24; bits++) {
            const struct manner manner = {
                .english = bits & 1, .reach = bits & 2, .contrast = bits & 4};
            struct sheet sheet;
            build_video(house, &sheet, bits / 8, manner, &screens[i]);
            check_texts(house, &sheet);
            for (size_t k = 0; k < COUNT(states); k++)
                check_state(&sheet, states[k]);
            sheet_finish(&sheet);
        }
}

/* In its own shape, in the middle, as large as the screen lets it. */
static void it_fills_the_screen_in_its_shape(void **state) {
    static const struct {
        int number;
        struct size screen;
        struct rect place;
    } table[] = {{0, {1920, 1080}, {0, 0, 1920, 1080}},
                 {0, {1080, 1920}, {0, 656, 1080, 608}},
                 {1, {1080, 1920}, {0, 0, 1080, 1920}},
                 {2, {1920, 1080}, {240, 0, 1440, 1080}}};
    for (size_t i = 0; i < COUNT(table); i++) {
        const struct screen screen = {table[i].screen, 45};
        struct sheet sheet;
        build_video(*state, &sheet, table[i].number, (struct manner){.reach = false}, &screen);
        size_t found = 0;
        for (size_t k = 0; k < sheet.page.tile_count; k++) {
            if (sheet.page.tiles[k].kind != TILE_VIDEO)
                continue;
            struct rect place = sheet.page.tiles[k].place, wanted = table[i].place;
            assert_in_range(place.x + 1, wanted.x, wanted.x + 2);
            assert_in_range(place.y + 1, wanted.y, wanted.y + 2);
            assert_in_range(place.width + 1, wanted.width, wanted.width + 2);
            assert_in_range(place.height + 1, wanted.height, wanted.height + 2);
            found++;
        }
        assert_int_equal(found, 1);
        assert_non_null(sheet.page.film.path);
        assert_int_equal(sheet.page.film.duration_ms, 3723000);
        sheet_finish(&sheet);
    }
}

static void what_is_gone_says_so(void **state) {
    const struct screen screen = {{1920, 1080}, 45};
    struct sheet sheet;
    build_video(*state, &sheet, 7, (struct manner){.reach = false}, &screen);
    assert_null(sheet.page.film.path);
    assert_true(count_actions(&sheet, ACTION_HOME) >= 1);
    sheet_finish(&sheet);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_of_it_is_there_on_every_screen),
        cmocka_unit_test(it_fills_the_screen_in_its_shape),
        cmocka_unit_test(what_is_gone_says_so),
    };
    return cmocka_run_group_tests(tests, set_up_videos, tear_down);
}
