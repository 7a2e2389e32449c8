/* The slides of a case: which, in what order, for how long. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/str.h"
#include "display/deck.h"

/* A case whose pictures are given by letters: l landscape, p portrait, w whole, t tall. */
static struct case_record make(const char *summary, int body_characters, const char *pictures) {
    struct str body = {0};
    for (int i = 0; i < body_characters; i++)
        str_add(&body, i % 20 == 19 ? "。" : "字");
    struct case_record record = {.title = xstrdup("楼道里的读书角"),
                                 .school = xstrdup("望川大学"),
                                 .summary = xstrdup(summary),
                                 .body = str_take(&body)};
    record.asset_count = strlen(pictures);
    record.assets = xcalloc(record.asset_count, sizeof *record.assets);
    for (size_t i = 0; i < record.asset_count; i++) {
        struct asset *asset = record.assets + i;
        char c = pictures[i];
        asset->caption = xstrdup("");
        asset->width = c == 'p' ? 1500 : c == 't' ? 700 : 2400;
        asset->height = c == 'p' ? 2000 : c == 't' ? 4000 : 1600;
        asset->whole = c == 'w';
    }
    return record;
}

/* "cover/1:8 story-1/2:24 …": name, pictures and seconds of each slide. */
static void describe(const struct deck *deck, char *out, size_t size) {
    out[0] = '\0';
    for (size_t i = 0; i < deck->count; i++) {
        char name[SLIDE_NAME_SIZE];
        slide_name(deck->slides + i, name);
        size_t used = strlen(out);
        snprintf(out + used, size - used, "%s%s/%zu:%d", i ? " " : "", name,
                 deck->slides[i].picture_count, (int)(deck->slides[i].duration_ms / 1000));
    }
}

static void test_loop_table(void **state) {
    (void)state;
    static const struct {
        unsigned slides;
        const char *summary;
        int body;
        const char *pictures, *want;
    } table[] = {
        {7, "", 0, "", "cover/0:8"},
        {7, "", 0, "l", "cover/1:8"},
        {7, "", 0, "w", "cover/1:8 gallery-1/1:8"}, /* a poster is to be read too */
        {7, "摘要。", 400, "l", "cover/1:8 story-1/1:32"},
        {7, "", 180, "llll", "cover/1:8 story-1/3:36 gallery-1/3:12"},
        {7, "", 0, "llllll", "cover/1:8 gallery-1/3:12 gallery-2/2:8"},
        {7, "", 0, "lltl", "cover/1:8 gallery-1/1:8 gallery-2/1:8 gallery-3/1:8"},
        {4, "摘要。", 400, "l", "gallery-1/1:8"},
        {4, "摘要。", 400, "", ""},
        {2, "摘要。", 400, "l", "story-1/1:32"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct config config;
        config_init(&config);
        config.loop.slides = table[i].slides;
        struct case_record record = make(table[i].summary, table[i].body, table[i].pictures);
        struct deck deck;
        deck_build_loop(&deck, &record, &config);
        char got[512];
        describe(&deck, got, sizeof got);
        assert_string_equal(got, table[i].want);
        deck_finish(&deck);
        case_finish(&record);
        config_finish(&config);
    }
}

/* A notice is one slide, whatever [loop] slides says; whole, its other pictures follow. */
static void test_notice(void **state) {
    (void)state;
    struct config config;
    config_init(&config);
    config.loop.slides = 4;
    struct case_record record = make("摘要。", 100, "lll");
    record.level = LEVEL_URGENT;
    struct deck deck;
    char got[512];
    deck_build_loop(&deck, &record, &config);
    describe(&deck, got, sizeof got);
    assert_string_equal(got, "notice/1:26");
    assert_true(text_starts(deck.slides[0].text, "摘要。\n字"));
    deck_finish(&deck);
    config.loop.slides = 7;
    deck_build_whole(&deck, &record, &config, NULL, NULL);
    describe(&deck, got, sizeof got);
    assert_string_equal(got, "notice/1:26 gallery-1/2:8");
    deck_finish(&deck);
    case_finish(&record);
    config_finish(&config);
}

/* Whatever a case holds: 8 s to 40 s a slide, at most 60 s a case, cover first. */
static void test_loop_holds_its_time(void **state) {
    (void)state;
    struct config config;
    config_init(&config);
    for (int body = 0; body <= 1000; body += 50)
        for (int pictures = 0; pictures <= 40; pictures++) {
            char letters[41];
            memset(letters, pictures % 3 ? 'l' : 'p', sizeof letters);
            letters[pictures] = '\0';
            struct case_record record = make("", body, letters);
            struct deck deck;
            deck_build_loop(&deck, &record, &config);
            int64_t total = 0;
            for (size_t i = 0; i < deck.count; i++) {
                assert_in_range(deck.slides[i].duration_ms, 8000, 40000);
                total += deck.slides[i].duration_ms;
            }
            assert_in_range(total, 1, 60000);
            assert_int_equal(deck.slides[0].kind, SLIDE_COVER);
            deck_finish(&deck);
            case_finish(&record);
        }
    config_finish(&config);
}

static void test_lead(void **state) {
    (void)state;
    struct config config;
    config_init(&config);
    struct case_record record = make("", 400, "");
    struct deck deck;
    deck_build_loop(&deck, &record, &config);
    const struct slide *story = deck.slides + 1;
    assert_int_equal(story->kind, SLIDE_STORY);
    assert_int_equal(utf8_length(story->lead), 180); /* ends with a sentence, see make */
    assert_true(text_ends(story->lead, "。"));
    assert_null(story->text);
    deck_finish(&deck);
    case_finish(&record);
    record = make("只有摘要。", 0, "");
    deck_build_loop(&deck, &record, &config);
    assert_string_equal(deck.slides[1].lead, "只有摘要。");
    deck_finish(&deck);
    case_finish(&record);
    config_finish(&config);
}

static size_t fifty_bytes(void *user, const struct slide *slide, const char *text) {
    (void)user;
    (void)slide;
    return utf8_cut(text, 51);
}

static void test_whole_has_all_text(void **state) {
    (void)state;
    struct config config;
    config_init(&config);
    struct case_record record = make("摘要。", 100, "ll");
    struct deck deck;
    deck_build_whole(&deck, &record, &config, fifty_bytes, NULL);
    struct str all = {0};
    for (size_t i = 0; i < deck.count; i++)
        if (deck.slides[i].text)
            str_add(&all, deck.slides[i].text);
    assert_string_equal(str_text(&all), record.body);
    assert_string_equal(deck.slides[1].lead, record.summary);
    assert_true(!deck.slides[2].lead && deck.slides[2].goes_on && !deck.slides[1].goes_on);
    assert_int_equal(deck.slides[1].of, 6);
    str_finish(&all);
    deck_finish(&deck);
    case_finish(&record);
    config_finish(&config);
}

static size_t nothing_beside_lead(void *user, const struct slide *slide, const char *text) {
    (void)user;
    return slide->lead ? 0 : utf8_cut(text, 51);
}

/* A lead that takes all of its page: the text begins on the next one. */
static void test_whole_after_full_lead(void **state) {
    (void)state;
    struct config config;
    config_init(&config);
    struct case_record record = make("摘要。", 40, "ll");
    struct deck deck;
    deck_build_whole(&deck, &record, &config, nothing_beside_lead, NULL);
    assert_string_equal(deck.slides[1].lead, record.summary);
    assert_string_equal(deck.slides[1].text, "");
    struct str all = {0};
    for (size_t i = 2; i < deck.count && deck.slides[i].kind == SLIDE_STORY; i++) {
        assert_true(strlen(deck.slides[i].text) <= 51);
        str_add(&all, deck.slides[i].text);
    }
    assert_string_equal(str_text(&all), record.body);
    str_finish(&all);
    deck_finish(&deck);
    case_finish(&record);
    config_finish(&config);
}

static void test_unit_card(void **state) {
    (void)state;
    static const char *const titles[] = {"一", "二", "三", "四", "五", "六"};
    struct config config;
    config_init(&config);
    struct case_record record = make("摘要。", 0, "l");
    struct deck deck;
    deck_build_loop(&deck, &record, &config);
    deck_open_unit(&deck, &config, titles, 6, 38);
    char got[512];
    describe(&deck, got, sizeof got);
    assert_string_equal(got, "unit/0:8 cover/1:8 story-1/1:8");
    assert_string_equal(deck.slides[0].lead, "一\n二\n三\n四\n五");
    assert_int_equal(deck.slides[0].cases, 38);
    deck_finish(&deck);
    case_finish(&record);
    config_finish(&config);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_loop_table),          cmocka_unit_test(test_notice),
        cmocka_unit_test(test_loop_holds_its_time), cmocka_unit_test(test_lead),
        cmocka_unit_test(test_whole_has_all_text),  cmocka_unit_test(test_whole_after_full_lead),
        cmocka_unit_test(test_unit_card),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
