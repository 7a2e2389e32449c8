/* What visitors see: can all of it be read, and hit? */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "page_fixture.h"

static void home_is_legible_and_in_reach(void **state) {
    struct house *house = *state;
    check_kind(house, PLACE_HOME, "");
    free(house->config.site.building);
    free(house->config.site.school);
    house->config.site.building = xstrdup("松园3号楼（研究生公寓）");
    house->config.site.school = xstrdup("新疆维吾尔自治区石河子工程职业技术学院");
    check_kind(house, PLACE_HOME, "");
}

static void lists_are_legible_and_in_reach(void **state) {
    struct house *house = *state;
    for (int unit = 0; unit < UNIT_COUNT; unit++) {
        struct place place = place_of(PLACE_UNIT, "");
        place.unit = (enum unit)unit;
        place.phase = unit - 1;
        place.year = unit == UNIT_SERVICE ? 1999 : 0; /* nothing is of that */
        check_everywhere(house, &place);
        place_finish(&place);
    }
    check_kind(house, PLACE_SCHOOL, schools[4]);
    check_kind(house, PLACE_SCHOOL, "搬走的大学");
}

static void schools_are_legible_and_in_reach(void **state) {
    check_kind(*state, PLACE_SCHOOLS, "");
}

static void about_is_legible_and_in_reach(void **state) {
    struct house *house = *state;
    free(house->config.site.contact);
    house->config.site.contact = xstrdup("值班室 0571-1234 5678，或值班手机 138 0000 0000");
    check_kind(house, PLACE_ABOUT, "");
}

static void the_bar_of_a_case_is_legible_and_in_reach(void **state) {
    check_kind(*state, PLACE_CASE, "case 1");
}

static void home_leads_everywhere(void **state) {
    struct house *house = *state;
    struct sheet sheet;
    struct place place = place_of(PLACE_HOME, "");
    build_usual(house, &sheet, &place);
    bool units[UNIT_COUNT] = {false}, kinds[PLACE_KIND_COUNT] = {false};
    for (size_t i = 0; i < sheet.page.target_count; i++) {
        const struct action *action = &sheet.page.targets[i].action;
        if (action->kind != ACTION_GO)
            continue;
        kinds[action->place.kind] = true;
        if (action->place.kind == PLACE_UNIT)
            units[action->place.unit] = true;
    }
    assert_true(units[0] && units[1] && units[2] && units[3]);
    assert_true(kinds[PLACE_SCHOOLS] && kinds[PLACE_SEARCH] && kinds[PLACE_ABOUT]);
    assert_true(says(&sheet, "党建引领") && says(&sheet, "Party building leads the way"));
    assert_true(says(&sheet, "33个案例") && says(&sheet, "130个案例，来自26所学校"));
    sheet_finish(&sheet);
    place_finish(&place);
}

static void only_a_case_has_a_text_size(void **state) {
    struct house *house = *state;
    for (int kind = PLACE_HOME; kind <= PLACE_CASE; kind++) {
        struct sheet sheet;
        struct place place = place_of((enum place_kind)kind, "case 1");
        build_usual(house, &sheet, &place);
        assert_int_equal(count_actions(&sheet, ACTION_SIZE), kind == PLACE_CASE);
        assert_int_equal(count_actions(&sheet, ACTION_REACH), 1);
        assert_int_equal(count_actions(&sheet, ACTION_ENGLISH), 1);
        sheet_finish(&sheet);
        place_finish(&place);
    }
}

/* Years, stages and orders that occur, each once; one stage has no order. */
static void a_list_can_be_narrowed(void **state) {
    struct house *house = *state;
    struct sheet sheet;
    struct place place = place_of(PLACE_SCHOOL, schools[0]); /* cases 0, 26, 52, 78, 104 */
    build_usual(house, &sheet, &place);
    assert_int_equal(count_actions(&sheet, ACTION_REPLACE), 1 + 3 + 1 + 2 + 2);
    assert_true(says(&sheet, "5个案例"));
    assert_true(says(&sheet, "2026") && says(&sheet, "2024") && !says(&sheet, "2025"));
    sheet_finish(&sheet);
    place.phase = PHASE_FEATURED;
    build_usual(house, &sheet, &place);
    assert_int_equal(count_actions(&sheet, ACTION_REPLACE), 1 + 3 + 1 + 2);
    assert_true(says(&sheet, "2个案例"));
    sheet_finish(&sheet);
    place_finish(&place);
}

/* By reading, whatever the usual one of the character is; a letter's key leads to its first. */
static void schools_stand_as_in_an_index(void **state) {
    struct house *house = *state;
    struct sheet sheet;
    struct place place = place_of(PLACE_SCHOOLS, "");
    struct str rows = {0}, keys = {0};
    house->stage.size = (struct size){1024, 600};
    house->stage.finger = 45;
    build_page(house, &sheet, &place, (struct manner){.english = false});
    int before = -1;
    for (size_t i = 0; i < sheet.page.tile_count; i++)
        if (sheet.drafts[i]->late.build)
            str_addf(&rows, "%.13s|", sheet.drafts[i]->late.text);
    for (size_t i = 0; i < sheet.page.target_count; i++) {
        const struct action *action = &sheet.page.targets[i].action;
        if (action->kind != ACTION_JUMP)
            continue;
        assert_true(action->number >= before);
        before = action->number;
        str_add_char(&keys, '.');
    }
    assert_string_equal(str_text(&rows),
                        "A阿坝师范| ABC College|B北京大学|C长春工业| 重庆大学|D大连大学|"
                        "E鄂州大学|F佛山大学|G贵州大学|H海南大学|J济南大学|K开封大学|L六安职业|"
                        "N南京大学|P莆田学院|Q清华大学|R日照职业|S苏州大学|T天津大学|W武汉大学|"
                        "X厦门大学| 新疆维吾|Y延安大学|Z郑州大学| 中国石油|#○○大学|");
    assert_true(before > 0 && str_text(&keys)[1]);
    str_finish(&rows);
    str_finish(&keys);
    sheet_finish(&sheet);
    place_finish(&place);
}

/* ---- cards */

/* The sharp one; of no width where there is none. */
static struct rect find_picture(const struct scene *scene) {
    for (size_t i = 0; i < scene->count; i++)
        if (scene->items[i].kind == ITEM_PICTURE && !scene->items[i].picture.blurred)
            return scene->items[i].place;
    return (struct rect){0, 0, 0, 0};
}

static bool scene_says(const struct scene *scene, const char *text) {
    for (size_t i = 0; i < scene->count; i++)
        if (scene->items[i].kind == ITEM_TEXT &&
            strcmp(scene->items[i].text.layout->text, text) == 0)
            return true;
    return false;
}

static struct rect picture_on_card(struct house *house, const struct case_record *record,
                                   struct size size, bool *featured) {
    struct scene scene;
    house->stage.size = (struct size){1920, 1080};
    house->stage.enlarge = 100;
    scene_init(&scene, size.width, size.height);
    page_build_card(&scene, &house->stage, (struct manner){.english = true}, record);
    struct rect place = find_picture(&scene);
    *featured = scene_says(&scene, "Featured");
    scene_finish(&scene);
    return place;
}

static void a_picture_fills_its_card(void **state) {
    struct house *house = *state;
    struct case_record record = make_case("a", UNIT_PARTY, "望川大学", "读书角");
    add_asset(&record, make_asset("a", "picture"));
    static const struct size shapes[] = {{3000, 2000}, {1200, 3600}, {6000, 1500}};
    bool featured = true;
    for (size_t i = 0; i < COUNT(shapes); i++) {
        record.assets->width = shapes[i].width;
        record.assets->height = shapes[i].height;
        struct rect place = picture_on_card(house, &record, (struct size){400, 375}, &featured);
        assert_true(place.x == 0 && place.y == 0 && place.width == 400 && place.height == 225);
        assert_false(featured);
        place = picture_on_card(house, &record, (struct size){800, 200}, &featured);
        assert_true(place.x == 0 && place.y == 0 && place.width == 336 && place.height == 200);
    }
    record.assets->whole = true; /* a poster: all of it */
    record.assets->width = 1200;
    record.assets->height = 1600;
    record.phase = PHASE_FEATURED;
    struct rect place = picture_on_card(house, &record, (struct size){400, 375}, &featured);
    assert_true(place.width * 4 / 3 <= 225 && place.height > 180 && place.y > 0);
    assert_true(featured);
    case_finish(&record);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(home_is_legible_and_in_reach, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lists_are_legible_and_in_reach, set_up, tear_down),
        cmocka_unit_test_setup_teardown(schools_are_legible_and_in_reach, set_up, tear_down),
        cmocka_unit_test_setup_teardown(about_is_legible_and_in_reach, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_bar_of_a_case_is_legible_and_in_reach, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(home_leads_everywhere, set_up, tear_down),
        cmocka_unit_test_setup_teardown(only_a_case_has_a_text_size, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_list_can_be_narrowed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(schools_stand_as_in_an_index, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_picture_fills_its_card, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
