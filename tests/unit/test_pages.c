/* The pages of who touches the screen, as scenes and targets: can all of it be read, and hit? */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/live.h"
#include "base/str.h"
#include "display/font.h"
#include "display/page_entry.h"
#include "display/pages.h"
#include "display/setup.h"
#include "library/answers.h"
#include "library/setup_code.h"
#include "library/sources.h"
#include "library/station.h"
#include "library/withdrawals.h"
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

static void put_case(struct library *library, size_t number) {
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
static void put_pending(struct library *library, size_t number) {
    const struct pending_origin origin = {.kind = PENDING_REVIEW,
                                          .by = number % 2 ? "王老师" : "",
                                          .source = "/run/fengcai/usb/sda1/十月的案例",
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

static int set_up(void **state) {
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

static int tear_down(void **state) {
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

static void build_bar(struct sheet *sheet, const struct page_source *source) {
    (void)source;
    sheet_add_bar(sheet);
}

#define WITHOUT_SOURCE(name)                                                                       \
    static void build_##name(struct sheet *sheet, const struct page_source *source) {              \
        (void)source;                                                                              \
        page_build_##name(sheet);                                                                  \
    }
WITHOUT_SOURCE(turn)
WITHOUT_SOURCE(keep)
WITHOUT_SOURCE(test)
WITHOUT_SOURCE(building)
WITHOUT_SOURCE(new_pin)
WITHOUT_SOURCE(finish)

static void build_page(struct house *house, struct sheet *sheet, const struct place *place,
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

static bool holds(struct rect outer, struct rect inner) {
    struct rect both = rect_meet(outer, inner);
    return both.width == inner.width && both.height == inner.height;
}

static void check_text(const struct scene *scene, const struct item *item, bool may_be_cut) {
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
static void check_scene(const struct scene *scene, size_t may_be_cut) {
    size_t texts = 0;
    for (size_t i = 0; i < scene->count; i++)
        if (scene->items[i].kind == ITEM_TEXT)
            check_text(scene, &scene->items[i], texts++ < may_be_cut);
}

static void check_card(struct house *house, const struct sheet *sheet, size_t tile) {
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
static bool is_row_of_desk(const struct sheet *sheet, size_t tile) {
    enum place_kind kind = sheet->page.place.kind;
    return (kind == PLACE_STICK || kind == PLACE_SHELF || kind == PLACE_REVIEW ||
            kind == PLACE_PREVIEW) &&
           sheet->page.tiles[tile].kind == TILE_SCROLLED;
}

static void check_texts(struct house *house, const struct sheet *sheet) {
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
static int between(struct rect a, struct rect b) {
    int x = a.x > b.x ? a.x - b.x - b.width : b.x - a.x - a.width;
    int y = a.y > b.y ? a.y - b.y - b.height : b.y - a.y - a.height;
    return x > y ? x : y;
}

static void check_targets(const struct sheet *sheet) {
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
static bool holds_no_keypad(const struct screen *screen, const struct manner *manner) {
    return manner->reach && screen->size.height < 6 * screen->finger + screen->finger / 2;
}

static bool has_keypad(const struct place *place) {
    return place->kind == PLACE_PIN || place->kind == PLACE_CLOCK ||
           place->kind == PLACE_BUILDING || place->kind == PLACE_NEW_PIN;
}

/* On every screen, in every manner. */
static void check_everywhere(struct house *house, const struct place *place) {
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

static void check_kind(struct house *house, enum place_kind kind, const char *text) {
    struct place place = place_of(kind, text);
    check_everywhere(house, &place);
    place_finish(&place);
}

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

/* ---- sticks */

#define STICK "/run/fengcai/usb/sda1"
#define MADE  "00112233445566778899aabbccddeeff"
#define TAKEN "fedcba9876543210fedcba9876543210"

/* A case to be taken, with all that is to be known of one, and one that cannot be, with its
 * reasons.
 */
static const char survey[] =
    "{\"kind\":\"folder\",\"path\":\"" STICK "\",\"cut\":true,\"notes\":["
    "{\"path\":\"" STICK
    "/表.xlsx\",\"text\":\"不能直接读取 (not read)\",\"advice\":\"复制 (copy)\"}],"
    "\"cases\":["
    "{\"id\":\"某某大学/甲\",\"title\":\"一次把服务送到寝室门口的、标题很长很长的尝试\","
    "\"school\":\"某某大学\",\"has_school\":false,\"unit\":\"party\",\"change\":\"new\","
    "\"pictures\":12,\"low_pictures\":3,\"low\":[\"1 "
    "楼道里的灯.png\",\"2.jpg\"],\"text\":\"从凌晨守到天亮，给晚归的同学留一盏灯。\","
    "\"captions\":[\"楼道里的灯\",\"门口\"],\"absent\":[{\"text\":\"字\",\"code\":\"U+2A6A5\","
    "\"fields\":[\"title\",\"body\"]},{\"text\":\"藏文\",\"code\":\"Tibt\",\"fields\":[\"body\"]}],"
    "\"masked\":[{\"kind\":\"mobile\",\"mask\":\"138****5678\",\"field\":\"body\",\"count\":1},"
    "{\"kind\":\"student\",\"mask\":\"2021****45\",\"field\":\"body\",\"count\":1},"
    "{\"kind\":\"mobile\",\"mask\":\"138****5678\",\"field\":\"summary\",\"count\":1},"
    "{\"kind\":\"identity\",\"mask\":\"110***************\",\"field\":\"body\",\"count\":1}],"
    "\"notes\":[]},"
    "{\"id\":\"某某大学/丙\",\"title\":\"丙\",\"school\":\"某某大学\",\"has_school\":true,"
    "\"unit\":\"safety\",\"change\":\"changed\",\"pictures\":1,\"notes\":[]},"
    "{\"id\":\"\",\"title\":\"乙\",\"school\":\"\",\"unit\":null,\"change\":\"refused\","
    "\"pictures\":0,\"notes\":[{\"path\":\"" STICK "/乙/正文.doc\",\"text\":\"旧格式\","
    "\"advice\":\"另存为 .docx\"},{\"path\":\"b\",\"text\":\"c\",\"advice\":\"d\"}]}]}";

static const char receipt[] =
    "{\"outcome\":\"partial\",\"cases\":[],\"rejects\":[{\"path\":\"" STICK
    "/乙/坏.jpg\",\"text\":\"图片已损坏或不完整 (the picture is damaged or incomplete)\","
    "\"advice\":\"请重新导出 (export it again)\"}]}";

static void answer(struct house *house, const char *uid, const char *said) {
    const struct desk_answer answer = {.good = true,
                                       .message_zh = (char *)"新增1个，更新0个",
                                       .message = (char *)"1 added, 0 changed",
                                       .receipt = (char *)said};
    struct ledger *ledger = ledger_open(house->fixture->paths.ledger, DB_WRITE, NULL);
    int tries = 0;
    assert_true(ledger && answers_begin(ledger, uid, &tries) && answers_end(ledger, uid, &answer));
    ledger_close(ledger);
}

/* keeper.json with these sticks. */
static void plug_in(struct house *house, const char *sticks) {
    const struct paths *paths = &house->fixture->paths;
    json_t *live = json_loads(sticks, 0, NULL);
    assert_non_null(live);
    assert_true(fs_make_dirs(paths->runtime) && live_save(paths->keeper_live, live));
}

#define ONE "\"name\":\"sda1\",\"label\":\"KINGSTON\",\"path\":\"" STICK "\",\"since\":1"
static const char resting[] = "{\"sticks\":[{" ONE ",\"state\":\"asking\"}]}";
static const char taken[] = "{\"sticks\":[{" ONE ",\"state\":\"taken\",\"can_pull\":true,"
                            "\"text_zh\":\"导入完成，可以拔出U盘\","
                            "\"text\":\"taken, it may be pulled out\"}]}";
static const char copying[] =
    "{\"sticks\":[{" ONE ",\"state\":\"copying\",\"text_zh\":\"正在复制，请勿拔出\","
    "\"text\":\"copying, do not pull it out\",\"bytes\":800000000,\"done_bytes\":200000000,"
    "\"for_ms\":30000,\"request\":\"" TAKEN "\"}]}";
static const char taking[] =
    "{\"sticks\":[{" ONE ",\"state\":\"taking\",\"text_zh\":\"正在导入\",\"text\":\"taking it in\","
    "\"for_ms\":60000,\"request\":\"" TAKEN "\"}],\"progress\":{\"cases_done\":3,\"cases\":12,"
    "\"bytes_done\":900,\"bytes\":1000}}";
static const char broken[] =
    "{\"sticks\":[{\"name\":\"sdb\",\"label\":\"\",\"path\":\"\",\"state\":\"failed\","
    "\"text_zh\":\"未能导入\",\"text\":\"failed\",\"can_pull\":true,\"error_zh\":"
    "\"不支持这种U盘格式\","
    "\"error\":\"its file system is not supported\"}]}";
static const char several[] =
    "{\"sticks\":[{" ONE ",\"state\":\"asking\",\"text_zh\":\"发现U盘，等待确认\","
    "\"text\":\"waits for somebody who "
    "may\"},{\"name\":\"sdb1\",\"label\":\"\",\"path\":\"/run/b\","
    "\"since\":2,\"state\":\"nothing\",\"text_zh\":\"U盘里没有可导入的内容\","
    "\"text\":\"nothing for us on it\"}]}";

static void a_stick_is_legible_and_in_reach(void **state) {
    struct house *house = *state;
    static const char *const without[] = {broken, several, copying, taking, resting};
    check_kind(house, PLACE_STICK, ""); /* none is plugged in */
    for (size_t i = 0; i < COUNT(without); i++) {
        plug_in(house, without[i]);
        check_kind(house, PLACE_STICK, "");
    }
    answer(house, UID, survey);
    house->source.look = (struct page_asked){.uid = UID, .number = 1};
    struct place place = place_of(PLACE_STICK, "");
    for (place.picture = 0; place.picture <= 2; place.picture++) /* asked whether they are sure */
        check_everywhere(house, &place);
    place.picks = picks_copy(NULL);
    place.picks->replace = true;
    place.picks->unit = UNIT_SERVICE;
    picks_set_school(place.picks, schools[6]);
    for (place.picture = 0; place.picture <= 1; place.picture++)
        check_everywhere(house, &place);
    place_finish(&place);
    answer(house, TAKEN, receipt);
    house->source.take = (struct page_asked){.uid = TAKEN, .number = 2};
    house->source.uid = TAKEN;
    plug_in(house, taken);
    check_kind(house, PLACE_STICK, "");
}

static void a_case_on_a_stick_is_legible_and_in_reach(void **state) {
    struct house *house = *state;
    plug_in(house, resting);
    answer(house, UID, survey);
    house->source.look = (struct page_asked){.uid = UID, .number = 1};
    check_kind(house, PLACE_STICK_CASE, "一次把服务送到寝室门口的、标题很长很长的尝试");
    check_kind(house, PLACE_STICK_CASE, "另一个");
    check_kind(house, PLACE_STICK_SCHOOL, "");
}

static void append(struct ledger *ledger, const char *kind, const char *source, const char *json) {
    assert_true(ledger_append(ledger, kind, source, "partial", json, NULL, NULL));
}

/* What came in and was done since, and what the sources say. */
static void fill_ledger(struct house *house) {
    struct ledger *ledger = ledger_open(house->fixture->paths.ledger, DB_WRITE, NULL);
    const struct withdrawal withdrawals[] = {
        {.id = (char *)"case 1",
         .title = (char *)"第1个案例：一次把服务送到寝室门口的、标题很长很长的尝试",
         .school = (char *)"新疆维吾尔自治区石河子工程职业技术学院",
         .why = (char *)WITHDRAWN_HIDDEN},
        {.id = (char *)"gone", .why = (char *)WITHDRAWN_TOMBSTONE}};
    const struct source_state state = {.polled_ms = NOW_MS - DAY_MS,
                                       .fault = (char *)"portal",
                                       .fault_text =
                                           (char *)"校园网未认证：收到的是登录页，不是案例源 "
                                                   "(a login page came instead)",
                                       .failures = 3};
    assert_true(ledger_withdraw(ledger, withdrawals, 2));
    assert_true(ledger_save_source(ledger, "campaign", &state));
    append(
        ledger, "import", "/run/fengcai/usb/sda1",
        "{\"by\":\"王老师\",\"signed\":false,\"cases\":[{\"id\":\"case 2\",\"change\":\"added\"},"
        "{\"id\":\"case 3\",\"change\":\"unchanged\"}],\"rejects\":[{\"path\":"
        "\"/run/fengcai/usb/sda1/党建引领/把服务送到寝室门口的尝试/"
        "正文.doc\",\"text\":\"不能直接读取"
        "这种文档 (this kind of document is not read)\",\"advice\":\"请用 Word 或 WPS 打开，另存为 "
        ".docx (open it and save it as .docx)\"}]}");
    append(ledger, "import", "/", "{\"cases\":[{\"id\":\"case 2\",\"change\":\"unchanged\"}]}");
    append(
        ledger, "poll", "sources",
        "{\"by\":\"王老师\",\"sources\":[{\"rejects\":[{\"path\":\"https://example.edu/\",\"text\":"
        "\"t\",\"advice\":\"a\"}],\"receipt\":null},{\"receipt\":{\"removed\":[\"a\"]}}]}");
    append(ledger, "import", "/a",
           "{\"cases\":[{\"id\":\"x\",\"change\":\"added\",\"waits\":true}]}");
    append(ledger, "approve", "x",
           "{\"approved_by\":\"李老师\",\"cases\":[{\"id\":\"x\",\"change\":\"added\"}]}");
    append(ledger, "sync", "campaign", "{\"signed\":true,\"cases\":[]}");
    append(ledger, "hide", "6f1c2a34-0b5d-4e6f-8a9b-0c1d2e3f4a5b:case 1", "{}");
    append(ledger, "of a newer program", "x", "[]");
    ledger_close(ledger);
}

static void fill_station(struct house *house) {
    struct station *station = station_open(house->fixture->paths.station, DB_WRITE, NULL);
    struct showing showings[6];
    const struct station_hour hour = {NOW_MS / 3600000, 3600000, 0, 3};
    static const char *const ids[] = {"case 2", "case 3", "case 4", "case 5", "case 6", "nowhere"};
    for (size_t i = 0; i < COUNT(ids); i++)
        showings[i] = (struct showing){ids[i], hour.hour, 123456, 1000, 10 - (int64_t)i};
    const struct station_batch batch = {showings, COUNT(ids), &hour, 1};
    assert_true(station && station_add(station, &batch));
    station_close(station);
}

static void add_sources(struct house *house) {
    house->config.sources = xcalloc(2, sizeof *house->config.sources);
    house->config.source_count = 2;
    house->config.sources[0] =
        (struct source_config){.name = xstrdup("campaign"),
                               .url = xstrdup("https://fengcai.example.edu.cn/feed.json"),
                               .key = xstrdup("RW")};
    house->config.sources[1] =
        (struct source_config){.name = xstrdup("a-name-that-is-as-long-as-may-be"),
                               .url = xstrdup("http://n/"),
                               .key = xstrdup("")};
}

static void the_desk_is_legible_and_in_reach(void **state) {
    struct house *house = *state;
    struct place place = place_of(PLACE_PIN, "******");
    for (place.picture = PIN_TYPING; place.picture <= PIN_UNKNOWN; place.picture++)
        check_everywhere(house, &place);
    place_finish(&place);
    plug_in(house, several);
    place = place_of(PLACE_PANEL, "王老师");
    for (place.picture = 0; place.picture <= 2; place.picture++) /* asked whether they are sure */
        check_everywhere(house, &place);
    place_finish(&place);
    check_kind(house, PLACE_SHELF, SHELF_ALL);
    check_kind(house, PLACE_REVIEW, "");
    check_kind(house, PLACE_PREVIEW, "waits 1");
    check_kind(house, PLACE_PREVIEW, "not there any more");
}

static void what_is_known_at_the_desk_is_legible_and_in_reach(void **state) {
    struct house *house = *state;
    check_kind(house, PLACE_SHELF, SHELF_DOWN); /* there is nothing yet */
    check_kind(house, PLACE_SHELF, SHELF_FIRST);
    check_kind(house, PLACE_IMPORTS, "");
    check_kind(house, PLACE_SOURCES, "");
    check_kind(house, PLACE_STATION, "");
    fill_ledger(house);
    fill_station(house);
    add_sources(house);
    plug_in(house, resting);
    check_kind(house, PLACE_SHELF, SHELF_DOWN);
    static const char *const cases[] = {"case 1", "case 2", "gone", "never there"};
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct place place = place_of(PLACE_SHELF_CASE, cases[i]);
        place.picture = (int)i % 2; /* asked whether they are sure */
        check_everywhere(house, &place);
        place_finish(&place);
    }
    check_kind(house, PLACE_IMPORTS, "1");
    check_kind(house, PLACE_SOURCES, "");
    check_kind(house, PLACE_STATION, "");
}

/* A step of the first set-up, and the same behind the panel. */
static void check_step(struct house *house, enum place_kind kind, const char *text) {
    struct place place = place_of(kind, text);
    for (int setup = 0; setup < 2; setup++) {
        place.setup = setup;
        check_everywhere(house, &place);
    }
    place_finish(&place);
}

static void the_first_set_up_is_legible_and_in_reach(void **state) {
    struct house *house = *state;
    char code[SETUP_CODE_SIZE];
    check_kind(house, PLACE_PIN, ""); /* neither PIN nor code */
    assert_true(setup_code_make(house->fixture->paths.station, code));
    struct place place = place_of(PLACE_PIN, "********");
    for (place.picture = PIN_TYPING; place.picture <= PIN_UNKNOWN; place.picture++)
        check_everywhere(house, &place);
    place_finish(&place);
    check_step(house, PLACE_OWN_SCHOOL, "");
    check_step(house, PLACE_OWN_SCHOOL, "新疆维吾尔自治区石河子工程职业技术学院");
    check_step(house, PLACE_BUILDING, "");
    check_step(house, PLACE_BUILDING, "南区研究生公寓松园十三号楼东侧四单元一层");
    check_step(house, PLACE_CLOCK, "");
    place = place_of(PLACE_NEW_PIN, "值班老师");
    place.setup = true;
    place.typed = PIN_MAX_DIGITS;
    for (place.picture = NEW_PIN_WHOSE; place.picture <= NEW_PIN_FAULT + PIN_UNSAVED;
         place.picture++)
        if (place.picture != NEW_PIN_FAULT) /* none */
            check_everywhere(house, &place);
    place_finish(&place);
    place = setup_after(PLACE_NEW_PIN);
    for (place.typed = 0; place.typed < 2; place.typed++)
        check_everywhere(house, &place);
    place_finish(&place);
}

static void what_hangs_there_is_legible_and_in_reach(void **state) {
    struct house *house = *state;
    check_kind(house, PLACE_SCREEN, "");
    free(house->config.display.brightness_command);
    house->config.display.brightness_command = xstrdup("/usr/bin/bright");
    house->config.display.brightness = 60;
    check_kind(house, PLACE_SCREEN, "");
    check_kind(house, PLACE_KEEP, "");
    struct place place = place_of(PLACE_TURN, "");
    for (place.picture = 0; place.picture < 4; place.picture++) {
        place.setup = place.picture % 2;
        check_everywhere(house, &place);
    }
    place_finish(&place);
    check_step(house, PLACE_CLOCK, "2026113100");   /* not yet */
    check_step(house, PLACE_CLOCK, "202611310830"); /* no such day */
    check_step(house, PLACE_CLOCK, "200111300830"); /* too early */
    place = place_of(PLACE_CLOCK, "200111300830");
    place.picture = 1; /* and still */
    check_everywhere(house, &place);
    place_finish(&place);
}

static void the_bar_of_a_case_is_legible_and_in_reach(void **state) {
    check_kind(*state, PLACE_CASE, "case 1");
}

/* ---- what is on them */

static void build_usual(struct house *house, struct sheet *sheet, const struct place *place) {
    house->stage.size = (struct size){1920, 1080};
    house->stage.finger = 45;
    build_page(house, sheet, place, (struct manner){.english = false});
}

/* How many targets do that, with this text of theirs (NULL: any). */
static int leads_to(const struct sheet *sheet, enum action_kind kind, enum place_kind place,
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

static bool says(const struct sheet *sheet, const char *text) {
    for (size_t i = 0; i < sheet->page.tile_count; i++) {
        const struct scene *scene = &sheet->drafts[i]->scene;
        for (size_t k = 0; k < scene->count; k++)
            if (scene->items[k].kind == ITEM_TEXT &&
                strcmp(scene->items[k].text.layout->text, text) == 0)
                return true;
    }
    return false;
}

/* An implausible time is asked twice, and none is asked that is not there. */
static void the_clock_is_set_with_care(void **state) {
    static const struct {
        const char *digits;
        int sure;
        enum action_kind enter;
        const char *said;
    } rows[] = {
        {"", 0, ACTION_ASK, "时间正确就按“确定”；不对就输入年月日和时刻共 12 位"},
        {"2026", 0, ACTION_NONE, "时间正确就按“确定”；不对就输入年月日和时刻共 12 位"},
        {"203102300830", 0, ACTION_NONE, "没有这样的日期或时刻"},
        {"200111300830", 0, ACTION_REPLACE, "比这个软件还早，确实这样设置吗？"},
        {"200111300830", 1, ACTION_ASK, "再按一次“确定”，就设为这个时间"},
        {"209911300830", 0, ACTION_REPLACE, "比上次确认的时间晚了 400 多天，确实这样设置吗？"},
    };
    struct house *house = *state;
    assert_true(clock_confirm(&house->fixture->paths, time_built_ms()));
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct sheet sheet;
        struct place place = place_of(PLACE_CLOCK, rows[i].digits);
        place.picture = rows[i].sure;
        build_usual(house, &sheet, &place);
        const struct target *enter = &sheet.page.targets[ENTRY_DIGITS];
        if (enter->action.kind != rows[i].enter || !says(&sheet, rows[i].said))
            fail_msg("%s, %d: %d", rows[i].digits, rows[i].sure, (int)enter->action.kind);
        sheet_finish(&sheet);
        place_finish(&place);
    }
}

static int count_actions(const struct sheet *sheet, enum action_kind kind) {
    int count = 0;
    for (size_t i = 0; i < sheet->page.target_count; i++)
        count += sheet->page.targets[i].action.kind == kind;
    return count;
}

/* The page of a stick as keeper.json has it; picks are taken over. */
static void build_stick(struct house *house, struct sheet *sheet, const char *live,
                        enum place_kind kind, struct picks *picks) {
    struct place place =
        place_of(kind, kind == PLACE_STICK ? "" : "一次把服务送到寝室门口的、标题很长很长的尝试");
    place.picks = picks;
    plug_in(house, live);
    build_usual(house, sheet, &place);
    place_finish(&place);
}

static void a_stick_is_looked_at_by_itself(void **state) {
    struct house *house = *state;
    struct sheet sheet;
    build_stick(house, &sheet, resting, PLACE_STICK, NULL);
    assert_int_equal(sheet.page.asks.kind, ACTION_ASK);
    assert_string_equal(sheet.page.asks.text, "look");
    assert_true(says(&sheet, "正在查看U盘上的内容……"));
    sheet_finish(&sheet);
    build_stick(house, &sheet, several, PLACE_STICK, NULL); /* not before one is chosen */
    assert_int_equal(sheet.page.asks.kind, ACTION_NONE);
    assert_true(says(&sheet, "KINGSTON") && says(&sheet, "U盘 sdb1"));
    sheet_finish(&sheet);
    struct picks *picks = picks_copy(NULL);
    picks_set_stick(picks, "sdb1");
    build_stick(house, &sheet, several, PLACE_STICK, picks);
    assert_non_null(strstr(sheet.page.asks.more, "sdb1"));
    sheet_finish(&sheet);
    answer(house, UID, survey);
    house->source.look = (struct page_asked){.uid = UID, .arguments = "{}", .number = 1};
    build_stick(house, &sheet, resting, PLACE_STICK, NULL); /* that was another one */
    assert_int_equal(sheet.page.asks.kind, ACTION_ASK);
    sheet_finish(&sheet);
    house->source.look.arguments = NULL;
    build_stick(house, &sheet, resting, PLACE_STICK, NULL);
    assert_string_equal(sheet.page.asks.text, "preview"); /* of what that look has seen */
    assert_non_null(strstr(sheet.page.asks.more, "\"look\":\"" UID "\""));
    char *arguments = xstrdup(sheet.page.asks.more);
    sheet_finish(&sheet);
    house->source.preview = (struct page_asked){.uid = MADE, .arguments = arguments, .number = 2};
    build_stick(house, &sheet, resting, PLACE_STICK, NULL);
    assert_int_equal(sheet.page.asks.kind, ACTION_NONE);
    sheet_finish(&sheet);
    free(arguments);
}

/* A case as it will be, where it waits as a draft. */
static void put_draft(struct house *house, const char *id) {
    const struct pending_origin origin = {.kind = PENDING_DRAFT, .by = "", .source = ""};
    struct library *library = library_open(&house->fixture->paths, NULL);
    struct case_record record = make_case(id, UNIT_PARTY, "某某大学", "甲");
    enum change change;
    bool changed = false;
    add_asset(&record, make_asset(id, "picture"));
    assert_true(library && library_begin(library) &&
                library_put_pending(library, &record, &origin, &change) &&
                library_commit(library, "", &changed));
    case_finish(&record);
    library_close(library);
}

/* Pictures on tiles that scroll. */
static size_t count_pictures(const struct sheet *sheet) {
    size_t count = 0;
    for (size_t i = 0; i < sheet->page.tile_count; i++)
        for (size_t k = 0; k < sheet->drafts[i]->scene.count; k++)
            count += sheet->page.tiles[i].kind == TILE_SCROLLED &&
                     sheet->drafts[i]->scene.items[k].kind == ITEM_PICTURE;
    return count;
}

static void what_is_on_a_stick_is_seen_as_it_will_be(void **state) {
    static const char begun[] = "{\"sticks\":[{" ONE ",\"state\":\"copying\",\"preview\":true,"
                                "\"text_zh\":\"正在复制，请勿拔出\",\"request\":\"" MADE "\"}]}";
    struct house *house = *state;
    struct sheet sheet;
    answer(house, UID, survey);
    house->source.look = (struct page_asked){.uid = UID, .number = 1};
    build_stick(house, &sheet, resting, PLACE_STICK, NULL);
    char *arguments = xstrdup(sheet.page.asks.more);
    assert_int_equal(count_pictures(&sheet), 0);
    sheet_finish(&sheet);
    house->source.preview = (struct page_asked){.uid = MADE, .arguments = arguments, .number = 2};
    build_stick(house, &sheet, begun, PLACE_STICK, NULL); /* the rows are there meanwhile */
    assert_true(says(&sheet, "丙") && says(&sheet, "正在复制，请勿拔出"));
    assert_int_equal(leads_to(&sheet, ACTION_ASK, PLACE_HOME, "cancel"), 1);
    sheet_finish(&sheet);
    put_draft(house, "某某大学/甲");
    answer(house, MADE, receipt);
    build_stick(house, &sheet, resting, PLACE_STICK, NULL);
    assert_true(count_pictures(&sheet) > 0);
    sheet_finish(&sheet);
    build_stick(house, &sheet, resting, PLACE_STICK_CASE, NULL);
    assert_true(says(&sheet, "预览") && count_pictures(&sheet) > 0);
    sheet_finish(&sheet);
    check_kind(house, PLACE_STICK, "");
    free(arguments);
}

static void a_stick_says_what_it_holds(void **state) {
    struct house *house = *state;
    struct sheet sheet;
    answer(house, UID, survey);
    house->source.look = (struct page_asked){.uid = UID, .number = 1};
    build_stick(house, &sheet, resting, PLACE_STICK, NULL);
    assert_true(says(&sheet, "KINGSTON　新增 1　有更新 1　不能导入 1"));
    assert_true(says(&sheet, "新增　某某大学　12张图片　党建引领"));
    assert_true(says(&sheet, "3张图片分辨率低，放大后会模糊：1 楼道里的灯.png、2.jpg……"));
    assert_true(says(&sheet, "缺字，将显示为〓：字 U+2A6A5（标题、正文）；藏文（正文）"));
    assert_true(says(&sheet, "4处个人号码已遮盖，点开可逐个放行"));
    assert_true(says(&sheet, "乙/正文.doc：旧格式。另存为 .docx"));
    assert_true(says(&sheet, "表.xlsx：不能直接读取。复制"));
    assert_true(says(&sheet, "130个本机案例将移除"));
    assert_int_equal(count_actions(&sheet, ACTION_ASK), 3); /* to take needs two touches */
    sheet_finish(&sheet);
    struct picks *picks = picks_copy(NULL);
    picks_set(picks, PICKS_RELEASED, "138****5678", true);
    build_stick(house, &sheet, resting, PLACE_STICK_CASE, picks);
    assert_true(says(&sheet, "138****5678") && says(&sheet, "将原样显示"));
    assert_true(says(&sheet, "2021****45") && says(&sheet, "已遮盖，点一下放行"));
    assert_true(says(&sheet, "身份证号始终遮盖。") && !says(&sheet, "110***************"));
    assert_true(says(&sheet, "从凌晨守到天亮，给晚归的同学留一盏灯。") && says(&sheet, "门口"));
    assert_int_equal(count_actions(&sheet, ACTION_REPLACE), 3); /* taken or not, two numbers */
    sheet_finish(&sheet);
}

static void a_stick_says_how_far_it_is(void **state) {
    struct house *house = *state;
    struct sheet sheet;
    build_stick(house, &sheet, copying, PLACE_STICK, NULL);
    assert_true(says(&sheet, "200.0 / 800.0 MB　剩余约2分钟"));
    assert_int_equal(count_actions(&sheet, ACTION_ASK), 1);
    sheet_finish(&sheet);
    build_stick(house, &sheet, taking, PLACE_STICK, NULL);
    assert_true(says(&sheet, "0.0 / 0.0 MB　3 / 12个案例　剩余不到1分钟"));
    sheet_finish(&sheet);
    answer(house, UID, survey);
    answer(house, TAKEN, receipt);
    house->source.look = (struct page_asked){.uid = UID, .number = 1};
    house->source.take = (struct page_asked){.uid = TAKEN, .number = 2};
    house->source.uid = TAKEN;
    build_stick(house, &sheet, taken, PLACE_STICK, NULL);
    assert_true(says(&sheet, "导入完成，可以拔出U盘") && says(&sheet, "新增1个，更新0个"));
    assert_true(says(&sheet, "乙/坏.jpg：图片已损坏或不完整。请重新导出"));
    assert_int_equal(sheet.page.asks.kind, ACTION_NONE);
    sheet_finish(&sheet);
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

static void the_shelf_leads_to_every_case(void **state) {
    struct house *house = *state;
    struct sheet sheet;
    struct library *library = library_open(&house->fixture->paths, NULL);
    static const char *const down[] = {"case 1"}, *const first[] = {"case 77"};
    assert_true(library_set_withdrawn(library, down, 1));
    assert_true(library_set_promoted(library, first, 1));
    library_close(library);
    fill_ledger(house);
    struct place place = place_of(PLACE_SHELF, SHELF_ALL);
    build_usual(house, &sheet, &place);
    assert_int_equal(leads_to(&sheet, ACTION_GO, PLACE_SHELF_CASE, NULL), 129);
    assert_int_equal(leads_to(&sheet, ACTION_GO, PLACE_SHELF_CASE, "case 1"), 0);
    size_t at = 0; /* what comes first here is first */
    while (!sheet.drafts[at]->card)
        at++;
    assert_string_equal(sheet.drafts[at]->card, "case 77");
    sheet_finish(&sheet);
    place_finish(&place);
    place = place_of(PLACE_SHELF, SHELF_FIRST);
    build_usual(house, &sheet, &place);
    assert_int_equal(leads_to(&sheet, ACTION_GO, PLACE_SHELF_CASE, NULL), 1);
    sheet_finish(&sheet);
    place_finish(&place);
    place = place_of(PLACE_SHELF, SHELF_DOWN);
    build_usual(house, &sheet, &place);
    assert_int_equal(leads_to(&sheet, ACTION_GO, PLACE_SHELF_CASE, NULL), 2);
    assert_int_equal(leads_to(&sheet, ACTION_GO, PLACE_SHELF_CASE, "gone"), 1);
    sheet_finish(&sheet);
    place_finish(&place);
}

/* What can be asked for of a case that is shown, one that is hidden and one that is not there. */
static void a_case_of_the_shelf_offers_what_can_be_done(void **state) {
    struct house *house = *state;
    static const struct {
        const char *id;
        int hide, feature, allow, remove, sure; /* how often each is asked for; sure: touched */
    } table[] = {{"case 2", 1, 1, 0, 0, 0}, {"case 2", 1, 1, 0, 1, 1}, {"case 1", 0, 0, 1, 0, 0},
                 {"case 1", 0, 0, 1, 1, 1}, {"gone", 0, 0, 1, 0, 0},   {"never", 0, 0, 0, 0, 1}};
    fill_ledger(house);
    for (size_t i = 0; i < COUNT(table); i++) {
        struct sheet sheet;
        struct place place = place_of(PLACE_SHELF_CASE, table[i].id);
        place.picture = table[i].sure;
        build_usual(house, &sheet, &place);
        assert_int_equal(leads_to(&sheet, ACTION_ASK, 0, "hide"), table[i].hide);
        assert_int_equal(leads_to(&sheet, ACTION_ASK, 0, "feature"), table[i].feature);
        assert_int_equal(leads_to(&sheet, ACTION_ASK, 0, "allow"), table[i].allow);
        assert_int_equal(leads_to(&sheet, ACTION_ASK, 0, "remove"), table[i].remove);
        sheet_finish(&sheet);
        place_finish(&place);
    }
}

/* By whom and from where a case came, told by the receipt that brought it. */
static void a_case_says_where_it_came_from(void **state) {
    struct house *house = *state;
    struct sheet sheet;
    fill_ledger(house);
    struct place place = place_of(PLACE_SHELF_CASE, "case 2");
    build_usual(house, &sheet, &place);
    bool said = false;
    for (size_t i = 0; i < sheet.page.tile_count; i++)
        for (size_t k = 0; k < sheet.drafts[i]->scene.count; k++) {
            const struct item *item = &sheet.drafts[i]->scene.items[k];
            said = said || (item->kind == ITEM_TEXT &&
                            strstr(item->text.layout->text, "导入　sda1　王老师"));
        }
    assert_true(said);
    sheet_finish(&sheet);
    place_finish(&place);
}

static void receipts_are_told_in_plain_words(void **state) {
    struct house *house = *state;
    struct sheet sheet;
    fill_ledger(house);
    for (int unfolded = 0; unfolded < 2; unfolded++) {
        struct place place = place_of(PLACE_IMPORTS, unfolded ? "1" : "");
        build_usual(house, &sheet, &place);
        assert_true(says(&sheet, "新增 1　更新 0　移除 0　未收 1"));
        assert_true(says(&sheet, "新增 0　更新 0　移除 1　未收 1"));
        assert_true(says(&sheet, unfolded ? "王老师　未签名" : "王老师　未签名　点开看原因"));
        assert_true(says(&sheet, "自动　已签名"));
        assert_true(says(&sheet, "新增 1　更新 0　移除 0　待审 1　未收 0"));
        assert_true(says(&sheet, "李老师"));
        assert_int_equal(says(&sheet,
                              "→ 请用 Word 或 WPS 打开，另存为 .docx (open it and save it as "
                              ".docx)"),
                         unfolded);
        assert_int_equal(leads_to(&sheet, ACTION_REPLACE, PLACE_IMPORTS, unfolded ? "" : "1"), 1);
        sheet_finish(&sheet);
        place_finish(&place);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(home_is_legible_and_in_reach, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lists_are_legible_and_in_reach, set_up, tear_down),
        cmocka_unit_test_setup_teardown(schools_are_legible_and_in_reach, set_up, tear_down),
        cmocka_unit_test_setup_teardown(about_is_legible_and_in_reach, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_stick_is_legible_and_in_reach, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_case_on_a_stick_is_legible_and_in_reach, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_desk_is_legible_and_in_reach, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_known_at_the_desk_is_legible_and_in_reach, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_shelf_leads_to_every_case, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_case_of_the_shelf_offers_what_can_be_done, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_case_says_where_it_came_from, set_up, tear_down),
        cmocka_unit_test_setup_teardown(receipts_are_told_in_plain_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_first_set_up_is_legible_and_in_reach, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_hangs_there_is_legible_and_in_reach, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_bar_of_a_case_is_legible_and_in_reach, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_stick_is_looked_at_by_itself, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_on_a_stick_is_seen_as_it_will_be, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_stick_says_what_it_holds, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_stick_says_how_far_it_is, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_clock_is_set_with_care, set_up, tear_down),
        cmocka_unit_test_setup_teardown(home_leads_everywhere, set_up, tear_down),
        cmocka_unit_test_setup_teardown(only_a_case_has_a_text_size, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_list_can_be_narrowed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(schools_stand_as_in_an_index, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_picture_fills_its_card, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
