/* What else the administrator sees, and the first set-up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "display/setup.h"
#include "library/ledger.h"
#include "library/setup_code.h"
#include "library/sources.h"
#include "library/station.h"
#include "library/withdrawals.h"
#include "page_fixture.h"

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
        ledger, "import", "/run/fengcai-usb/sda1",
        "{\"by\":\"王老师\",\"signed\":false,\"cases\":[{\"id\":\"case 2\",\"change\":\"added\"},"
        "{\"id\":\"case 3\",\"change\":\"unchanged\"}],\"rejects\":[{\"path\":"
        "\"/run/fengcai-usb/sda1/党建引领/把服务送到寝室门口的尝试/"
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
    free(house->config.sound.volume_command);
    house->config.sound.volume_command = xstrdup("/usr/bin/loud");
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

static bool mentions(const struct sheet *sheet, const char *part) {
    for (size_t i = 0; i < sheet->page.tile_count; i++)
        for (size_t k = 0; k < sheet->drafts[i]->scene.count; k++) {
            const struct item *item = &sheet->drafts[i]->scene.items[k];
            if (item->kind == ITEM_TEXT && strstr(item->text.layout->text, part))
                return true;
        }
    return false;
}

/* It has neither unit nor phase, and comes first as it is; the end that it got here is told. */
static void a_notice_of_the_shelf_is_one(void **state) {
    struct house *house = *state;
    struct sheet sheet;
    raw_sql(house->fixture->paths.library,
            "UPDATE cases SET level = 2, unit = 0, ends_ms = 1893500000000 WHERE id = 'case 2'");
    struct place place = place_of(PLACE_SHELF_CASE, "case 2");
    build_usual(house, &sheet, &place);
    assert_true(mentions(&sheet, "　紧急通知") && !mentions(&sheet, "党建引领"));
    assert_false(mentions(&sheet, word_zh(WORD_SELF)));
    assert_true(mentions(&sheet, "2030-01-0") && !mentions(&sheet, word_zh(WORD_ALWAYS)));
    assert_int_equal(leads_to(&sheet, ACTION_ASK, 0, "hide"), 1);
    assert_int_equal(leads_to(&sheet, ACTION_ASK, 0, "feature"), 0);
    sheet_finish(&sheet);
    place_finish(&place);
}

/* By whom and from where a case came, told by the receipt that brought it. */
static void a_case_says_where_it_came_from(void **state) {
    struct house *house = *state;
    struct sheet sheet;
    fill_ledger(house);
    struct place place = place_of(PLACE_SHELF_CASE, "case 2");
    build_usual(house, &sheet, &place);
    assert_true(mentions(&sheet, "导入　sda1　王老师"));
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
        cmocka_unit_test_setup_teardown(the_desk_is_legible_and_in_reach, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_known_at_the_desk_is_legible_and_in_reach, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_shelf_leads_to_every_case, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_case_of_the_shelf_offers_what_can_be_done, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_notice_of_the_shelf_is_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_case_says_where_it_came_from, set_up, tear_down),
        cmocka_unit_test_setup_teardown(receipts_are_told_in_plain_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_first_set_up_is_legible_and_in_reach, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_hangs_there_is_legible_and_in_reach, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_clock_is_set_with_care, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
