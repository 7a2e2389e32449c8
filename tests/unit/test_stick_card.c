/* The card of sticks: what does it say, for how long, and can it be read? */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/config.h"
#include "base/memory.h"
#include "display/composer.h"
#include "display/contrast.h"
#include "display/font.h"
#include "display/frame.h"
#include "display/stick_card.h"
#include "display/theme.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define SECOND       INT64_C(1000)
#define MINUTE       (60 * SECOND)

#define PULLED "\"error_zh\":\"拔出过早\",\"error\":\"pulled out too early\""

/* Sticks as keeper.json has them: each row is the members of one. */
static json_t *live_of(const char *const *sticks, size_t count, const char *more) {
    char *text = xstrdup("");
    for (size_t i = 0; i < count; i++) {
        char *longer = xasprintf("%s%s{%s}", text, i ? "," : "", sticks[i]);
        free(text);
        text = longer;
    }
    char *whole = xasprintf("{\"sticks\":[%s]%s}", text, more);
    json_t *live = json_loads(whole, 0, NULL);
    assert_non_null(live);
    free(whole);
    free(text);
    return live;
}

static void tell(struct stick_watch *watch, const char *stick, int64_t now_ms) {
    stick_watch_handle(watch, live_of(&stick, stick ? 1 : 0, ""), now_ms);
}

static const struct stick_card_facts usual = {.has_pin = true, .clock = true};

static void assert_says(struct stick_watch *watch, const struct stick_card_facts *facts,
                        int64_t now_ms, const char *expected) {
    struct stick_card card;
    stick_card_build(&card, watch, facts, now_ms);
    char *says = stick_card_print(&card);
    assert_string_equal(says, expected);
    free(says);
    stick_card_finish(&card);
}

/* ---- what it says */

static void each_state_says_what_to_do(void **state) {
    (void)state;
    const struct stick_card_facts no_pin = {.clock = true}, no_clock = {.has_pin = true};
    const struct stick_card_facts english = {{.english = true}, true, true};
    static const char *const asking = "\"name\":\"sda1\",\"label\":\"K\",\"state\":\"asking\"";
    static const char *const taken =
        "\"name\":\"a\",\"state\":\"taken\",\"there\":true,\"added\":3,\"changed\":2,"
        "\"titles\":[\"甲\",\"乙\"]";
    const struct {
        const char *stick;
        const struct stick_card_facts *facts;
        const char *says;
    } table[] = {
        {"\"name\":\"a\",\"state\":\"new\"", &usual, ""},
        {"\"name\":\"a\",\"state\":\"gone\"", &usual, ""},
        {"\"name\":\"a\"", &usual, ""},
        {"\"name\":\"a\",\"state\":\"mounting\"", &usual,
         "正在识别U盘|请稍候|Reading a USB stick. One moment, please"},
        {"\"name\":\"sda1\",\"label\":\"\",\"state\":\"looking\"", &usual,
         "正在查看U盘 · sda1|请稍候|Looking at the USB stick. One moment, please"},
        {asking, &usual,
         "发现U盘 · K|长按右上角时钟三秒，输入 PIN 导入|USB stick found. Hold the clock at the "
         "top right for three seconds, then type your PIN"},
        {asking, &no_clock,
         "发现U盘 · K|长按屏幕右上角三秒，输入 PIN 导入|USB stick found. Hold the top right "
         "corner for three seconds, then type your PIN"},
        {asking, &no_pin,
         "发现U盘 · K|还没有设置 PIN，只导入已签名的内容|USB stick found. No PIN is set: only "
         "signed content is taken in"},
        {asking, &english,
         "USB stick found · K|Hold the clock at the top right for three seconds, then type your "
         "PIN"},
        {"\"name\":\"a\",\"state\":\"queued\"", &usual,
         "即将导入 · a|请勿拔出U盘|To be taken in next. Do not pull it out"},
        {"\"name\":\"a\",\"state\":\"copying\",\"bytes\":0", &usual,
         "正在复制 · a|请勿拔出U盘|Copying. Do not pull it out"},
        {"\"name\":\"a\",\"state\":\"copying\",\"bytes\":4823450,\"done_bytes\":1206000", &usual,
         "正在复制 · a|请勿拔出U盘|Copying. Do not pull it out|1.2 / 4.6 MB|25%"},
        {"\"name\":\"a\",\"state\":\"copying\",\"bytes\":2147483648,\"done_bytes\":9147483648,"
         "\"cases\":1",
         &english, "Copying · a|Do not pull it out|2.0 / 2.0 GB · 1 case|100%"},
        {taken, &usual,
         "新增3个，更新2个案例|可以拔出U盘|3 new, 2 changed. You may pull it out|《甲》|《乙》"},
        {taken, &english, "3 new, 2 changed|You may pull it out|《甲》|《乙》"},
        {"\"name\":\"a\",\"state\":\"taken\",\"there\":true,\"waiting\":2", &usual,
         "待审2个案例|可以拔出U盘|2 to be reviewed. You may pull it out"},
        {"\"name\":\"a\",\"state\":\"taken\",\"removed\":1", &usual,
         "撤回1个案例|1 withdrawn"}, /* it is out already */
        {"\"name\":\"a\",\"state\":\"same\",\"there\":true", &usual,
         "内容已是最新|可以拔出U盘|Nothing new on it. You may pull it out"},
        {"\"name\":\"a\",\"state\":\"nothing\",\"there\":true", &usual,
         "没有可导入的内容|可以拔出U盘|Nothing to take in. You may pull it out"},
        {"\"name\":\"a\",\"state\":\"failed\",\"error_zh\":\"磁盘空间不足\",\"error\":\"full\"",
         &usual, "未能导入 · a|磁盘空间不足|Could not be taken in. Full"},
        {"\"name\":\"a\",\"state\":\"ejecting\"", &usual,
         "正在断开U盘|请稍候|Disconnecting the USB stick. One moment, please"},
        {"\"name\":\"a\",\"state\":\"safe\",\"there\":true", &usual,
         "可以拔出U盘|You may pull it out"},
        {"\"name\":\"a\",\"state\":\"pulled\"," PULLED, &usual,
         "U盘中途被拔出|拔出过早|Pulled out too early. Pulled out too early"},
        /* what this program does not know says what the keeper does */
        {"\"name\":\"a\",\"state\":\"writing\",\"text_zh\":\"正在写入\",\"text\":\"writing it\"",
         &usual, "正在写入|writing it"},
        {"\"name\":\"a\",\"state\":\"writing\",\"text_zh\":\"正在写入\",\"text\":\"writing it\"",
         &english, "writing it"},
        {"\"name\":\"a\",\"state\":\"written\",\"text_zh\":\"写好了\",\"text\":\"written\","
         "\"can_pull\":true,\"error_zh\":\"满了\",\"error\":\"full\"",
         &usual, "写好了|满了|written. Full"},
        /* names come from the stick */
        {"\"name\":\"a\",\"label\":\"两\\n行\\t\",\"state\":\"found\"", &usual,
         "发现U盘 · 两 行 |请稍候|USB stick found. One moment, please"},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        struct stick_watch watch = {0};
        tell(&watch, table[i].stick, 0);
        assert_says(&watch, table[i].facts, 0, table[i].says);
        stick_watch_finish(&watch);
    }
}

/* What is taken in is counted in files, as the import counts them. */
static void taking_counts_files(void **state) {
    (void)state;
    static const char *const stick = "\"name\":\"a\",\"state\":\"taking\",\"bytes\":9,\"cases\":12";
    struct stick_watch watch = {0};
    for (int i = 0; i <= 10; i++) {
        char *more = xasprintf(",\"progress\":{\"files\":300,\"files_done\":%d}", i * 10);
        stick_watch_handle(&watch, live_of(&stick, 1, more), i * SECOND);
        free(more);
    }
    assert_says(&watch, &usual, 10 * SECOND,
                "正在导入 · a|请勿拔出U盘|Taking it in. Do not pull it out|100 / 300 个文件 · "
                "12个案例 · 约剩30秒|33%");
    stick_watch_handle(&watch, live_of(&stick, 1, ""), 11 * SECOND);
    assert_says(&watch, &usual, 11 * SECOND,
                "正在导入 · a|请勿拔出U盘|Taking it in. Do not pull it out");
    stick_watch_finish(&watch);
}

/* ---- how long */

static void what_is_over_goes_by_itself(void **state) {
    (void)state;
    static const struct {
        const char *stick;
        int64_t full_ms, small_ms; /* after its start, when it becomes small, and goes */
        const char *small;
    } table[] = {
        {"\"state\":\"asking\",\"there\":true", 2 * MINUTE, 32 * MINUTE, "(发现U盘)"},
        {"\"state\":\"taken\",\"there\":true,\"added\":1", 20 * SECOND, 620 * SECOND,
         "(可以拔出U盘)"},
        {"\"state\":\"taken\",\"there\":false,\"added\":1", 20 * SECOND, 20 * SECOND, ""},
        {"\"state\":\"same\",\"there\":true", 20 * SECOND, 620 * SECOND, "(可以拔出U盘)"},
        {"\"state\":\"nothing\",\"there\":true", 20 * SECOND, 620 * SECOND, "(可以拔出U盘)"},
        {"\"state\":\"safe\",\"there\":true", 20 * SECOND, 620 * SECOND, "(可以拔出U盘)"},
        {"\"state\":\"failed\",\"there\":true", MINUTE, 11 * MINUTE, "(未能导入)"},
        {"\"state\":\"pulled\"", MINUTE, MINUTE, ""},
        /* a keeper that hangs */
        {"\"state\":\"copying\",\"there\":true", 10 * MINUTE, 10 * MINUTE, ""},
        {"\"state\":\"found\",\"there\":true", 10 * MINUTE, 10 * MINUTE, ""},
        {"\"state\":\"odd\",\"text_zh\":\"忙\",\"there\":true", 10 * MINUTE, 10 * MINUTE, ""},
        {"\"state\":\"odd\",\"text_zh\":\"好\",\"there\":true,\"can_pull\":true", 20 * SECOND,
         620 * SECOND, "(好)"},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        struct stick_watch watch = {0};
        struct stick_card card;
        char *stick = xasprintf("\"name\":\"a\",%s", table[i].stick);
        int64_t begin = 7 * SECOND;
        tell(&watch, stick, begin);
        stick_card_build(&card, &watch, &usual, begin);
        assert_int_equal(card.form, STICK_FULL);
        assert_int_equal(card.until_ms, begin + table[i].full_ms);
        stick_card_finish(&card);
        /* the same told again, as it is whenever anything happens, begins nothing anew */
        tell(&watch, stick, begin + table[i].full_ms - 1);
        stick_card_build(&card, &watch, &usual, begin + table[i].full_ms - 1);
        assert_int_equal(card.form, STICK_FULL);
        stick_card_finish(&card);
        assert_says(&watch, &usual, begin + table[i].full_ms, table[i].small);
        if (table[i].small_ms > table[i].full_ms)
            assert_says(&watch, &usual, begin + table[i].small_ms - 1, table[i].small);
        stick_card_build(&card, &watch, &usual, begin + table[i].small_ms);
        assert_int_equal(card.form, STICK_HIDDEN);
        assert_int_equal(card.until_ms, INT64_MAX); /* and nobody wakes any more */
        stick_card_finish(&card);
        stick_watch_finish(&watch);
        free(stick);
    }
}

static char *copied(int64_t done) {
    return xasprintf("\"name\":\"a\",\"state\":\"copying\",\"bytes\":1000000,\"done_bytes\":%lld",
                     (long long)done);
}

/* One that goes on for hours is told of as long as it goes on. */
static void a_slow_stick_stays(void **state) {
    (void)state;
    struct stick_watch watch = {0};
    for (int i = 0; i < 12; i++) {
        char *stick = copied(i);
        struct stick_card card;
        tell(&watch, stick, i * 9 * MINUTE);
        stick_card_build(&card, &watch, &usual, i * 9 * MINUTE + 8 * MINUTE);
        assert_int_equal(card.form, STICK_FULL);
        stick_card_finish(&card);
        free(stick);
    }
    stick_watch_finish(&watch);
}

static void what_happens_begins_anew(void **state) {
    (void)state;
    struct stick_watch watch = {0};
    tell(&watch, "\"name\":\"a\",\"state\":\"nothing\",\"there\":true", 0);
    assert_says(&watch, &usual, 30 * SECOND, "(可以拔出U盘)");
    tell(&watch, NULL, 40 * SECOND); /* pulled out */
    assert_says(&watch, &usual, 40 * SECOND, "");
    tell(&watch, "\"name\":\"a\",\"state\":\"safe\",\"there\":true", 50 * SECOND);
    assert_says(&watch, &usual, 50 * SECOND, "可以拔出U盘|You may pull it out");
    stick_watch_handle(&watch, NULL, 55 * SECOND); /* the keeper ended */
    assert_says(&watch, &usual, 55 * SECOND, "");
    stick_watch_finish(&watch);
}

/* ---- which of several */

static void the_one_being_done_comes_first(void **state) {
    (void)state;
    struct stick_watch watch = {0};
    static const char *const first[] = {"\"name\":\"a\",\"state\":\"copying\",\"bytes\":0",
                                        "\"name\":\"b\",\"state\":\"found\""};
    static const char *const second[] = {
        "\"name\":\"a\",\"state\":\"taken\",\"there\":true,\"added\":1",
        "\"name\":\"b\",\"state\":\"looking\""};
    static const char *const third[] = {
        "\"name\":\"a\",\"state\":\"taken\",\"there\":true,\"added\":1",
        "\"name\":\"b\",\"state\":\"asking\",\"there\":true", "\"name\":\"c\",\"state\":\"gone\""};
    stick_watch_handle(&watch, live_of(first, 2, ""), 0);
    assert_says(&watch, &usual, 0,
                "正在复制 · a|请勿拔出U盘|Copying. Do not pull it out|另有1个U盘");
    stick_watch_handle(&watch, live_of(second, 2, ""), SECOND);
    assert_says(&watch, &usual, SECOND,
                "正在查看U盘 · b|请稍候|Looking at the USB stick. One moment, please|另有1个U盘");
    stick_watch_handle(&watch, live_of(third, 3, ""), 2 * SECOND);
    struct stick_card card;
    stick_card_build(&card, &watch, &usual, 2 * SECOND);
    assert_string_equal(card.title, "发现U盘 · b"); /* the newest */
    assert_string_equal(card.others, "另有1个U盘");
    assert_int_equal(card.until_ms, 21 * SECOND); /* when the other one changes */
    stick_card_finish(&card);
    /* all that is small comes after what is not */
    assert_says(&watch, &usual, 10 * MINUTE + 30 * SECOND, "(发现U盘)");
    stick_watch_finish(&watch);
}

static void no_more_than_there_is_room_for(void **state) {
    (void)state;
    struct stick_watch watch = {0};
    char *sticks[40];
    for (size_t i = 0; i < COUNT(sticks); i++)
        sticks[i] = xasprintf("\"name\":\"s%zu\",\"state\":\"asking\"", i);
    stick_watch_handle(&watch, live_of((const char *const *)sticks, COUNT(sticks), ""), 0);
    assert_int_equal(watch.count, STICK_WATCH_MOST);
    for (size_t i = 0; i < COUNT(sticks); i++)
        free(sticks[i]);
    stick_watch_finish(&watch);
}

/* ---- the time left */

static void the_time_left_does_not_jump(void **state) {
    (void)state;
    struct time_left left;
    time_left_begin(&left, 0, 0);
    assert_int_equal(time_left_say(&left, 500, 1000000, 2 * SECOND), -1); /* too soon */
    assert_int_equal(time_left_say(&left, 0, 1000000, 4 * SECOND), -1);   /* nothing came */
    int said = -1, jumps = 0;
    for (int64_t now = 4 * SECOND, done = 0; done < 1000000; now += 330) {
        done = now * 5 + (now / 330 % 7) * 2000; /* 200 s of it, in gusts */
        int says = time_left_say(&left, done < 1000000 ? done : 1000000, 1000000, now);
        jumps += said >= 0 && says > said;
        said = says;
        assert_true(says % (says > 60 ? 60 : 10) == 0 && says > 0 && says <= 240);
    }
    assert_int_equal(jumps, 0);
    assert_int_equal(said, 10);
    /* half as fast from here on: what was said was far too short, and is said anew */
    time_left_begin(&left, 0, 0);
    assert_int_equal(time_left_say(&left, 100000, 1000000, 4 * SECOND), 40);
    assert_int_equal(time_left_say(&left, 110000, 1000000, 6 * SECOND), 40);
    assert_int_equal(time_left_say(&left, 120000, 1000000, 10 * SECOND), 120);
    /* goes on where it was: what lay there already was not fast */
    time_left_begin(&left, 900000, 0);
    assert_int_equal(time_left_say(&left, 910000, 1000000, 10 * SECOND), 120);
    assert_int_equal(time_left_say(&left, INT64_MAX / 4, INT64_MAX / 2, 20 * SECOND), 30);
    time_left_begin(&left, 0, 0);
    assert_int_equal(time_left_say(&left, 1, INT64_MAX / 2, 20 * SECOND), 99 * 3600);
}

/* ---- how it looks */

static const struct size sizes[] = {{1920, 1080}, {1080, 1920}, {1024, 600}, {600, 1024},
                                    {1000, 1000}, {3840, 2160}, {2560, 1080}};
#define LONG "\"name\":\"a\",\"label\":\"一个名字非常非常长的U盘，谁也不知道它为什么叫这个名字\","
#define TORN "\"name\":\"a\",\"state\":\"pulled\","
static const char *const shown[] = {
    "\"name\":\"a\",\"state\":\"asking\"",
    LONG "\"state\":\"copying\",\"cases\":1234,\"bytes\":9663676416,\"done_bytes\":4663676416",
    LONG "\"state\":\"taken\",\"there\":true,\"added\":1234,\"changed\":1234,\"removed\":1234,"
         "\"waiting\":1234,"
         "\"titles\":[\"第一个案例：一次把服务送到寝室门口的、标题很长很长的尝试\",\"乙\",\"丙\"]",
    LONG "\"state\":\"failed\",\"error_zh\":\"不支持这种U盘格式，请格式化为 exFAT 或 FAT32\","
         "\"error\":\"its file system is not supported: format it as exFAT or FAT32\"",
    TORN "\"error_zh\":\"拔出过早，内容没有改变；请再插一次，会接着导入\","
         "\"error\":\"pulled out too early, nothing was changed; put it in again to go on\"",
};

struct scenery {
    struct fontset *fonts;
    struct config config;
    struct theme theme;
    struct slide_stage stage;
    struct composer *composer;
};

static void set_up(struct scenery *scenery, const char *theme) {
    *scenery = (struct scenery){0};
    scenery->fonts =
        fontset_open(&(struct font_choice){.folder = SOURCE_DIR "/fonts", .bundled_only = true});
    assert_non_null(scenery->fonts);
    config_init(&scenery->config);
    assert_true(theme_load(&scenery->theme, theme, SOURCE_DIR, false));
    scenery->composer = composer_create(scenery->fonts, 1 << 20);
    scenery->stage = (struct slide_stage){.theme = &scenery->theme,
                                          .metrics = fontset_metrics(scenery->fonts),
                                          .icons = SOURCE_DIR "/assets/icons",
                                          .config = &scenery->config};
}

static void tear_down(struct scenery *scenery) {
    composer_destroy(scenery->composer);
    theme_finish(&scenery->theme);
    config_finish(&scenery->config);
    fontset_close(scenery->fonts);
}

static bool holds(struct rect outer, struct rect inner) {
    struct rect both = rect_meet(outer, inner);
    return both.width == inner.width && both.height == inner.height;
}

/* Large enough, inside, apart from each other, and on the opaque plate. */
static void check_texts(const struct scenery *scenery, const struct scene *scene) {
    struct rect whole = {0, 0, scene->width, scene->height};
    struct size size = scenery->stage.size;
    int side = size.width < size.height ? size.width : size.height, below = 0;
    for (size_t i = 0; i < scene->count; i++) {
        const struct item *item = scene->items + i;
        if (item->kind != ITEM_TEXT)
            continue;
        struct rect ink = item->place;
        ink.width = item->text.layout->widest;
        assert_true(holds(whole, ink));
        assert_true(ink.y >= below);
        below = ink.y + ink.height;
        assert_true(item->text.layout->style.size * 1080 >= 25 * side);
        assert_true(contrast_ratio(item->text.colour, scenery->theme.panel) >= CONTRAST_LEAST);
    }
}

/* Nothing of the slide is seen through it but at its round corners. */
static void check_plate(struct scenery *scenery, const struct scene *scene) {
    struct buffer *buffer = composer_flatten(scenery->composer, scene);
    assert_non_null(buffer);
    assert_true(buffer->translucent);
    for (int x = buffer->height / 2; x < buffer->width - buffer->height / 2; x++)
        assert_int_equal(buffer->pixels[x] >> 24, 255);
    for (int y = 0; y < buffer->height; y++)
        assert_int_equal(buffer->pixels[y * buffer->stride + buffer->width / 2] >> 24, 255);
    assert_true(buffer->pixels[0] >> 24 < 40);
    buffer_destroy(buffer);
}

static void check_card(struct scenery *scenery, const char *stick, bool english, int64_t now_ms) {
    const struct stick_card_facts facts = {{.english = english}, true, true};
    struct slide_stage *stage = &scenery->stage;
    struct stick_watch watch = {0};
    struct stick_card card;
    struct scene scene;
    struct point at;
    tell(&watch, stick, 0);
    stick_card_build(&card, &watch, &facts, now_ms);
    if (card.form != STICK_HIDDEN) {
        stick_card_draw(&scene, stage, &card, &at);
        struct rect place = {at.x, at.y, scene.width, scene.height};
        assert_true(holds((struct rect){0, 0, stage->size.width, stage->size.height}, place));
        assert_true(rect_empty(rect_meet(place, frame_corner(stage->theme, stage->size))));
        assert_true(rect_empty(rect_meet(place, frame_hint(stage->theme, stage->size))));
        assert_true(card.form == STICK_SMALL || scene.height * 2 < stage->size.height);
        check_texts(scenery, &scene);
        check_plate(scenery, &scene);
        scene_finish(&scene);
    }
    stick_card_finish(&card);
    stick_watch_finish(&watch);
}

static void it_can_be_read_on_every_screen(void **state) {
    (void)state;
    static const char *const themes[] = {"dark", "light"};
    struct scenery scenery;
    for (size_t t = 0; t < COUNT(themes); t++) {
        set_up(&scenery, themes[t]);
        scenery.stage.frame = true;
        for (size_t s = 0; s < COUNT(sizes); s++)
            for (size_t i = 0; i < COUNT(shown); i++) {
                scenery.stage.size = sizes[s];
                check_card(&scenery, shown[i], false, 5 * SECOND);
                check_card(&scenery, shown[i], true, 5 * SECOND);
                check_card(&scenery, shown[i], false, 3 * MINUTE);
            }
        tear_down(&scenery);
    }
}

static void check_cuts(const struct scene *scene) {
    for (size_t i = 0; i < scene->count; i++) {
        const struct item *item = scene->items + i;
        if (item->kind != ITEM_TEXT || !item->text.layout->cut)
            continue;
        const char *text = item->text.layout->text;
        bool from_stick = strstr(text, "第一个案例") || strstr(text, "一个名字");
        if (!from_stick)
            fail_msg("cut: %s", text);
    }
}

/* What this program says itself is never cut; what comes from the stick may be. */
static void its_own_words_fit(void **state) {
    (void)state;
    struct scenery scenery;
    set_up(&scenery, "dark");
    for (size_t s = 0; s < COUNT(sizes); s++)
        for (size_t i = 0; i < COUNT(shown); i++)
            for (int english = 0; english < 2; english++) {
                const struct stick_card_facts facts = {{.english = english}, false, true};
                struct stick_watch watch = {0};
                struct stick_card card;
                struct scene scene;
                struct point at;
                scenery.stage.size = sizes[s];
                tell(&watch, shown[i], 0);
                stick_card_build(&card, &watch, &facts, 0);
                stick_card_draw(&scene, &scenery.stage, &card, &at);
                check_cuts(&scene);
                scene_finish(&scene);
                stick_card_finish(&card);
                stick_watch_finish(&watch);
            }
    tear_down(&scenery);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_state_says_what_to_do),
        cmocka_unit_test(taking_counts_files),
        cmocka_unit_test(what_is_over_goes_by_itself),
        cmocka_unit_test(a_slow_stick_stays),
        cmocka_unit_test(what_happens_begins_anew),
        cmocka_unit_test(the_one_being_done_comes_first),
        cmocka_unit_test(no_more_than_there_is_room_for),
        cmocka_unit_test(the_time_left_does_not_jump),
        cmocka_unit_test(it_can_be_read_on_every_screen),
        cmocka_unit_test(its_own_words_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
