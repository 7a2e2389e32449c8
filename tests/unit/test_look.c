/* The checks of tests/look find what is planted, and nothing where nothing is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unistd.h>

#include <SDL_image.h>
#include <cmocka.h>

#include "base/fs.h"
#include "base/memory.h"
#include "check.h"

#define WHITE    0xFFFFFFFFu
#define DARK     0xFF11151Au
#define GREY     0xFF3C4046u /* 1.8:1 on DARK */
#define SIDE     1080
#define PICTURE  600, 400
#define ANY_KIND ((enum item_kind)99) /* one that the checks do not know */

struct fixture {
    struct checker checker;
    char folder[32], *picture; /* the path of a white JPEG, named after its content */
    struct hash hash;
};

static char *save_white(const char *folder, struct hash *hash) {
    char *data = NULL, *path = path_join(folder, "white.jpg", NULL), hex[HASH_HEX_SIZE];
    size_t size = 0;
    SDL_Surface *surface = SDL_CreateRGBSurface(0, PICTURE, 24, 0, 0, 0, 0);
    SDL_FillRect(surface, NULL, 0xFFFFFF);
    bool good = IMG_SaveJPG(surface, path, 90) == 0 && fs_read(path, 1 << 20, &data, &size);
    SDL_FreeSurface(surface);
    *hash = hash_of(data, size);
    hash_hex(*hash, hex);
    char *name = xasprintf("%s/%s.jpg", folder, hex);
    good = good && rename(path, name) == 0;
    free(path);
    free(data);
    return good ? name : NULL;
}

static int set_up(void **state) {
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    snprintf(fixture->folder, sizeof fixture->folder, "/tmp/fengcai-look-XXXXXX");
    fixture->checker.fonts =
        fontset_open(&(struct font_choice){.folder = SOURCE_DIR "/fonts", .bundled_only = true});
    if (!mkdtemp(fixture->folder) || !fixture->checker.fonts)
        return 1;
    fixture->checker.composer = composer_create(fixture->checker.fonts, 1 << 20);
    fixture->picture = save_white(fixture->folder, &fixture->hash);
    *state = fixture;
    return fixture->picture ? 0 : 1;
}

static int tear_down(void **state) {
    struct fixture *fixture = *state;
    composer_destroy(fixture->checker.composer);
    fontset_close(fixture->checker.fonts);
    fs_remove_tree(fixture->folder);
    free(fixture->picture);
    free(fixture);
    return 0;
}

/* ---- a slide without a fault: a title, two lines of text, and a picture with nothing on it ----
 */

enum { GROUND, SHOWN, TITLE, BODY };

struct sample {
    struct scene scene;
    struct asset asset;
    struct rendition rendition;
    struct case_record record;
    struct slide slide;
    struct rect reserved;
    bool frame;
};

static struct text_style style_of(int size) {
    return (struct text_style){.size = size, .leading = size * 16 / 10};
}

static struct layout *set(const struct fixture *fixture, const char *text,
                          const struct text_style *style, int width) {
    return layout_build(fontset_metrics(fixture->checker.fonts), text, style, width);
}

static void sample_init(struct sample *sample, const struct fixture *fixture) {
    static char title[] = "楼道里的读书角，一盏为晚归的人留着的灯";
    static char body[] = "每晚九点，灯亮着。\n门也开着。";
    static char none[] = "";
    struct text_style large = style_of(60), plain = style_of(36);
    large.max_lines = 2;
    *sample = (struct sample){.rendition = {.width = 600, .height = 400, .hash = fixture->hash},
                              .asset = {.width = 600, .height = 400, .rendition_count = 1},
                              .record = {.title = title, .body = body, .asset_count = 1},
                              .slide = {.kind = SLIDE_COVER, .text = body}};
    sample->record.school = sample->record.summary = none;
    sample->asset.caption = none;
    struct scene *scene = &sample->scene;
    scene_init(scene, SIDE, SIDE);
    scene_add_fill(scene, LAYER_GROUND, (struct rect){0, 0, SIDE, SIDE}, 0, DARK);
    scene_add_picture(scene, LAYER_PICTURE, (struct rect){0, 480, SIDE, 600}, 0, fixture->picture,
                      (struct rect){0, 33, 600, 333}, false);
    scene_add_text(scene, (struct point){80, 80}, set(fixture, title, &large, 900), WHITE);
    scene_add_text(scene, (struct point){80, 320}, set(fixture, body, &plain, 900), WHITE);
}

static void sample_finish(struct sample *sample) {
    scene_finish(&sample->scene);
}

static struct findings check(const struct fixture *fixture, struct sample *sample) {
    struct findings findings = {0};
    sample->asset.renditions = &sample->rendition;
    sample->record.assets = &sample->asset;
    struct subject subject = {.scene = &sample->scene,
                              .record = &sample->record,
                              .slide = &sample->slide,
                              .reserved = &sample->reserved,
                              .reserved_count = 1};
    check_slide(&fixture->checker, &subject, &findings);
    return findings;
}

/* ---- one fault each ---- */

static void replace(const struct fixture *fixture, struct sample *sample, size_t index,
                    const char *text, struct text_style style, int width) {
    struct item *item = &sample->scene.items[index];
    layout_destroy(item->text.layout);
    item->text.layout = set(fixture, text, &style, width);
    item->place.width = item->text.layout->width;
    item->place.height = item->text.layout->height;
}

static void plant_small(const struct fixture *fixture, struct sample *sample) {
    replace(fixture, sample, BODY, sample->record.body, style_of(25), 900);
}

static void plant_low(const struct fixture *fixture, struct sample *sample) {
    (void)fixture;
    sample->scene.items[BODY].text.layout->lines[1].baseline += 30;
}

static void plant_wide(const struct fixture *fixture, struct sample *sample) {
    (void)fixture;
    sample->scene.items[BODY].place.width = 200;
}

static void plant_left(const struct fixture *fixture, struct sample *sample) {
    (void)fixture;
    sample->scene.items[BODY].place.x = 40;
}

static void plant_bottom(const struct fixture *fixture, struct sample *sample) {
    (void)fixture;
    sample->scene.items[SHOWN].place.height =
        2; /* of the colour of the text, it would be in its way */
    sample->scene.items[SHOWN].picture.source.height = 1;
    sample->scene.items[SHOWN].picture.blurred = true;
    sample->scene.items[BODY].place.y = SIDE - 48 - 100;
}

static void plant_overlap(const struct fixture *fixture, struct sample *sample) {
    (void)fixture;
    sample->scene.items[BODY].place.y = 210;
}

static void plant_tight(const struct fixture *fixture, struct sample *sample) {
    struct text_style style = style_of(36);
    style.leading = 30;
    replace(fixture, sample, BODY, sample->record.body, style, 900);
}

static void plant_lid(const struct fixture *fixture, struct sample *sample) {
    (void)fixture;
    scene_add_fill(&sample->scene, LAYER_TEXT, (struct rect){150, 300, 40, 200}, 0, 0x40000000u);
}

static void plant_frame(const struct fixture *fixture, struct sample *sample) {
    (void)fixture;
    sample->reserved = (struct rect){300, 100, 400, 60};
}

/* Behind the text, and still nothing that may be written on. */
static void plant_code(const struct fixture *fixture, struct sample *sample) {
    (void)fixture;
    scene_add_fill(&sample->scene, LAYER_GROUND, (struct rect){0, 0, 200, 200}, 0, DARK);
    sample->scene.items[BODY + 1].kind = ANY_KIND;
}

static void plant_grey(const struct fixture *fixture, struct sample *sample) {
    (void)fixture;
    sample->scene.items[BODY].text.colour = GREY;
}

static void plant_thin(const struct fixture *fixture, struct sample *sample) {
    (void)fixture;
    sample->scene.items[BODY].text.colour = colour_with_alpha(WHITE, 80);
}

/* White only where the last characters of a line stand. */
static void plant_gradient(const struct fixture *fixture, struct sample *sample) {
    (void)fixture;
    scene_add_gradient(&sample->scene, LAYER_PICTURE, (struct rect){0, 300, 500, 180}, DARK, WHITE,
                       true);
}

/* A spot of the size of a stroke. */
static void plant_spot(const struct fixture *fixture, struct sample *sample) {
    (void)fixture;
    scene_add_fill(&sample->scene, LAYER_PICTURE, (struct rect){160, 320, 16, 60}, 0, WHITE);
}

static void plant_photograph(const struct fixture *fixture, struct sample *sample) {
    (void)fixture;
    sample->scene.items[BODY].place.y = 600;
}

static void plant_cut(const struct fixture *fixture, struct sample *sample) {
    struct text_style style = style_of(60);
    style.max_lines = 1;
    replace(fixture, sample, TITLE, sample->record.title, style, 900);
}

static void plant_loss(const struct fixture *fixture, struct sample *sample) {
    replace(fixture, sample, BODY, "每晚九点，灯亮着。", style_of(36), 900);
}

static void plant_flat(const struct fixture *fixture, struct sample *sample) {
    (void)fixture;
    sample->scene.items[SHOWN].place.height -= 30;
}

static void plant_crop(const struct fixture *fixture, struct sample *sample) {
    (void)fixture;
    sample->scene.items[SHOWN].place = (struct rect){0, 560, SIDE, 432};
    sample->scene.items[SHOWN].picture.source.height = 240;
}

/* As large as before, but most of it beyond the edge. */
static void plant_beyond(const struct fixture *fixture, struct sample *sample) {
    (void)fixture;
    sample->scene.items[SHOWN].place.y = 800;
}

static void plant_enlarged(const struct fixture *fixture, struct sample *sample) {
    (void)fixture;
    sample->rendition.width = 400;
    sample->rendition.height = 240;
    sample->scene.items[SHOWN].picture.source = (struct rect){0, 0, 400, 222};
}

static void plant_poster(const struct fixture *fixture, struct sample *sample) {
    (void)fixture;
    sample->asset.whole = true;
}

static void plant_missing(const struct fixture *fixture, struct sample *sample) {
    (void)fixture;
    sample->scene.items[SHOWN].place.y = 300; /* behind the text */
    sample->scene.items[SHOWN].picture.path[0] = '-';
}

static void plant_nothing(const struct fixture *fixture, struct sample *sample) {
    (void)fixture;
    sample->scene.items[SHOWN].picture.source.width = 0;
}

static void test_planted(void **state) {
    static const struct {
        const char *name;
        void (*plant)(const struct fixture *fixture, struct sample *sample);
        enum finding_kind want;
    } table[] = {
        {"25 px", plant_small, FINDING_SMALL},
        {"a line below its box", plant_low, FINDING_OUTSIDE},
        {"a line beside its box", plant_wide, FINDING_OUTSIDE},
        {"at the left edge", plant_left, FINDING_MARGIN},
        {"at the lower edge", plant_bottom, FINDING_MARGIN},
        {"a text over another", plant_overlap, FINDING_OVERLAP},
        {"lines over one another", plant_tight, FINDING_OVERLAP},
        {"something thin over it", plant_lid, FINDING_COVERED},
        {"where the frame stands", plant_frame, FINDING_COVERED},
        {"over something else", plant_code, FINDING_COVERED},
        {"grey", plant_grey, FINDING_CONTRAST},
        {"thin", plant_thin, FINDING_CONTRAST},
        {"over a gradient", plant_gradient, FINDING_CONTRAST},
        {"over a spot", plant_spot, FINDING_CONTRAST},
        {"over a photograph", plant_photograph, FINDING_CONTRAST},
        {"a title of one line", plant_cut, FINDING_CUT},
        {"a line left out", plant_loss, FINDING_LOST},
        {"a flat picture", plant_flat, FINDING_DISTORTED},
        {"half a picture", plant_crop, FINDING_CROPPED},
        {"a picture beyond the edge", plant_beyond, FINDING_CROPPED},
        {"a large picture", plant_enlarged, FINDING_ENLARGED},
        {"a poster cut", plant_poster, FINDING_POSTER},
        {"no file", plant_missing, FINDING_BROKEN},
        {"no part of a picture", plant_nothing, FINDING_BROKEN},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct sample sample;
        sample_init(&sample, *state);
        table[i].plant(*state, &sample);
        struct findings findings = check(*state, &sample);
        for (int kind = 0; kind < FINDING_KIND_COUNT; kind++) {
            size_t count = findings_count(&findings, (enum finding_kind)kind);
            if ((count > 0) != (kind == (int)table[i].want))
                fail_msg("%s: %zu of %s", table[i].name, count,
                         finding_name((enum finding_kind)kind));
        }
        findings_finish(&findings);
        sample_finish(&sample);
    }
}

static void test_clean(void **state) {
    struct sample sample;
    sample_init(&sample, *state);
    struct findings findings = check(*state, &sample);
    assert_int_equal(findings.count, 0);
    sample_finish(&sample);
}

/* What hangs, what is moved against burn-in, a pale text on a light fill with round corners. */
static void test_allowed(void **state) {
    struct fixture fixture = *(struct fixture *)*state;
    struct sample sample;
    sample_init(&sample, &fixture);
    fixture.checker.shift_u = 8;
    struct item *body = &sample.scene.items[BODY];
    body->place.x = 41;
    body->place.width = body->text.layout->widest - 14;
    body->text.layout->style.hang = true;
    scene_add_fill(&sample.scene, LAYER_PICTURE, (struct rect){60, 60, 960, 200}, 20, WHITE);
    sample.scene.items[TITLE].text.colour = DARK;
    struct findings findings = check(&fixture, &sample);
    assert_int_equal(findings.count, 0);
    sample_finish(&sample);
}

/* A poster may be written on as little as it may be cut. */
static void test_written_poster(void **state) {
    struct sample sample;
    sample_init(&sample, *state);
    sample.asset.whole = true;
    struct item *shown = &sample.scene.items[SHOWN];
    shown->picture.source = (struct rect){0, 0, 600, 400};
    shown->place = (struct rect){90, 480, 900, 600};
    struct findings findings = check(*state, &sample);
    assert_int_equal(findings.count, 0);
    sample.scene.items[BODY].place.y = 500;
    sample.scene.items[BODY].text.colour = DARK;
    findings = check(*state, &sample);
    assert_int_equal(findings_count(&findings, FINDING_POSTER), 1);
    findings_finish(&findings);
    sample_finish(&sample);
}

/* WCAG's own extremes, and the pair of greys that is just good enough. */
static void test_contrast(void **state) {
    static const struct {
        colour ground, ink;
        size_t found;
    } table[] = {
        {0xFF000000, 0xFFFFFFFF, 0}, {0xFFFFFFFF, 0xFF767676, 0}, {0xFFFFFFFF, 0xFF777777, 1},
        {0xFF808080, 0xFF808080, 1}, {0xFFFFFFFF, 0xFFFFFF00, 1}, {0xFF0000FF, 0xFFFFFFFF, 0},
    };
    const struct fixture *fixture = *state;
    struct text_style style = style_of(40);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct scene scene;
        scene_init(&scene, SIDE, SIDE);
        scene_add_fill(&scene, LAYER_GROUND, (struct rect){0, 0, SIDE, SIDE}, 0, table[i].ground);
        scene_add_text(&scene, (struct point){100, 100}, set(fixture, "字", &style, 400),
                       table[i].ink);
        struct subject subject = {.scene = &scene};
        struct findings findings = {0};
        check_slide(&fixture->checker, &subject, &findings);
        assert_int_equal(findings_count(&findings, FINDING_CONTRAST), table[i].found);
        assert_int_equal(findings.count, table[i].found);
        findings_finish(&findings);
        scene_finish(&scene);
    }
}

/* All of the body, in order, whatever else is on a slide; a heading may begin as the body does. */
static void test_deck(void **state) {
    (void)state;
    char texts[][40] = {"每晚", "摘要", "每晚九点，", "灯亮着。\n门", "也开着。"};
    char body[] = "每晚九点，灯亮着。门也　开着。";
    char summary[] = "";
    struct case_record record = {.summary = summary, .body = body};
    struct slide slides[5] = {0};
    for (size_t i = 0; i < 5; i++)
        slides[i].text = texts[i];
    struct deck deck = {slides, 5};
    struct findings findings = {0};
    check_deck(&deck, &record, &findings);
    assert_int_equal(findings.count, 0);
    deck.count = 4;
    check_deck(&deck, &record, &findings);
    assert_int_equal(findings_count(&findings, FINDING_LOST), 1);
    findings_finish(&findings);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_planted),  cmocka_unit_test(test_clean),
        cmocka_unit_test(test_allowed),  cmocka_unit_test(test_written_poster),
        cmocka_unit_test(test_contrast), cmocka_unit_test(test_deck),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
