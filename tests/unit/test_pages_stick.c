/* What the administrator sees of a stick. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "library/answers.h"
#include "page_fixture.h"

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
    "\"unit\":\"safety\",\"change\":\"changed\",\"pictures\":1,\"videos\":2,\"notes\":[]},"
    "{\"id\":\"\",\"title\":\"乙\",\"school\":\"\",\"unit\":null,\"change\":\"refused\","
    "\"pictures\":0,\"notes\":[{\"path\":\"" STICK "/乙/正文.doc\",\"text\":\"旧格式\","
    "\"advice\":\"另存为 .docx\"},{\"path\":\"b\",\"text\":\"c\",\"advice\":\"d\"}]}]}";

static const char notices[] =
    "{\"kind\":\"folder\",\"path\":\"" STICK "\",\"notes\":[],\"cases\":["
    "{\"id\":\"通知/停水\",\"title\":\"停水\",\"school\":\"某某大学\",\"has_school\":false,"
    "\"unit\":null,\"level\":\"notice\",\"change\":\"new\",\"pictures\":1,\"notes\":[]},"
    "{\"id\":\"通知/停电\",\"title\":\"停电\",\"school\":\"某某大学\",\"has_school\":false,"
    "\"unit\":null,\"level\":\"urgent\",\"change\":\"new\",\"pictures\":1,\"notes\":[]}]}";

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
    assert_true(says(&sheet, word_zh(WORD_WHICH_UNIT)) && says(&sheet, word_zh(WORD_WHICH_SCHOOL)));
    assert_true(says(&sheet, "有更新　某某大学　1张图片、2个视频　平安社区"));
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

/* Nobody is asked for a unit of theirs, nor for a school. */
static void notices_on_a_stick_are_said(void **state) {
    struct house *house = *state;
    struct sheet sheet;
    answer(house, UID, notices);
    house->source.look = (struct page_asked){.uid = UID, .number = 1};
    build_stick(house, &sheet, resting, PLACE_STICK, NULL);
    assert_true(says(&sheet, "新增　某某大学　1张图片　通知"));
    assert_true(says(&sheet, "新增　某某大学　1张图片　紧急通知"));
    assert_false(says(&sheet, word_zh(WORD_WHICH_UNIT)));
    assert_false(says(&sheet, word_zh(WORD_WHICH_SCHOOL)));
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_stick_is_legible_and_in_reach, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_case_on_a_stick_is_legible_and_in_reach, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_stick_is_looked_at_by_itself, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_on_a_stick_is_seen_as_it_will_be, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_stick_says_what_it_holds, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_stick_says_how_far_it_is, set_up, tear_down),
        cmocka_unit_test_setup_teardown(notices_on_a_stick_are_said, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
