/* The bundled fonts: measured and drawn alike; and the sample texts at twelve widths, checked by
 * eyes of their own. */
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/fs.h"
#include "base/memory.h"
#include "base/str.h"
#include "display/face.h"
#include "display/font.h"

#define SIZE    36
#define LEADING 58

static int open_fonts(void **state) {
    *state =
        fontset_open(&(struct font_choice){.folder = SOURCE_DIR "/fonts", .bundled_only = true});
    return *state ? 0 : -1;
}

static int close_fonts(void **state) {
    fontset_close(*state);
    return 0;
}

static struct layout *set(struct fontset *fonts, const char *text, int size, int width,
                          enum text_weight weight) {
    struct text_style style = {
        .size = size, .leading = size * 8 / 5, .weight = weight, .justify = true};
    return layout_build(fontset_metrics(fonts), text, &style, width);
}

static int face_of(struct fontset *fonts, const char *text) {
    const struct text_metrics *metrics = fontset_metrics(fonts);
    return metrics->face(metrics->user, WEIGHT_REGULAR, text, strlen(text));
}

static int width_of(struct fontset *fonts, const char *text) {
    const struct text_metrics *metrics = fontset_metrics(fonts);
    return metrics->width(metrics->user, 0, WEIGHT_REGULAR, 1000, false, text, strlen(text));
}

static void test_widths(void **state) {
    assert_int_equal(width_of(*state, "国"), 1000);
    assert_int_equal(width_of(*state, "，"), 1000);
    assert_int_equal(width_of(*state, "——"), 2000);
    assert_int_equal(width_of(*state, "……"), 2000);
    assert_int_equal(width_of(*state, "“"), 1000);
    int plain = width_of(*state, "Hi");
    assert_in_range(width_of(*state, "“Hi”"), plain + 600, plain + 1100); /* proportional */
    assert_true(width_of(*state, "AV") < width_of(*state, "A") + width_of(*state, "V"));
    assert_int_equal(width_of(*state, "Hi"), plain); /* remembered */
}

static void test_faces(void **state) {
    static const char *const elsewhere[] = {"Škoda",         "Łódź", "Erdoğan", "Győr",
                                            "Ελληνικά",      "Київ", "10⁵",     "₽500",
                                            "S\xCC\x8Ckoda", "½x⅘",  "Đoković"};
    static const char *const here[] = {"国", "Hamburg", "café", "Москва", "Ёж",
                                       "lǜ", "αβγ",     "……",   "，",     "字\xCC\x84"};
    for (size_t i = 0; i < sizeof here / sizeof *here; i++)
        assert_int_equal(face_of(*state, here[i]), 0);
    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++)
        assert_int_equal(face_of(*state, elsewhere[i]), 1);
    assert_int_equal(face_of(*state, "\xF0\xAC\xAD\x8E"), 0); /* 𬭎 */
    assert_int_equal(face_of(*state, "䶮"), 0);
    assert_int_equal(face_of(*state, "\xEE\x80\x80"), -1); /* private use */
    assert_int_equal(face_of(*state, "\xD8\xA7"), -1);     /* Arabic: bundled only */
}

/* ---- drawing ---- */

struct ink {
    int left, right, top, bottom; /* right and bottom behind the last; left == INT32_MAX: none */
};

static struct buffer *ground(int width, int height) {
    struct buffer *buffer = buffer_create(width, height);
    assert_non_null(buffer);
    for (int i = 0; i < buffer->stride * height; i++)
        buffer->pixels[i] = 0xFF000000u;
    return buffer;
}

static uint32_t pixel(const struct buffer *buffer, int x, int y) {
    return buffer->pixels[y * buffer->stride + x];
}

static struct ink ink_of(const struct buffer *buffer) {
    struct ink ink = {.left = INT32_MAX, .top = INT32_MAX};
    for (int y = 0; y < buffer->height; y++)
        for (int x = 0; x < buffer->width; x++) {
            if (pixel(buffer, x, y) == 0xFF000000u)
                continue;
            ink.left = x < ink.left ? x : ink.left;
            ink.right = x >= ink.right ? x + 1 : ink.right;
            ink.top = y < ink.top ? y : ink.top;
            ink.bottom = y + 1;
        }
    return ink;
}

static struct ink draw_alone(struct fontset *fonts, const char *text) {
    struct layout *layout = set(fonts, text, 100, 4000, WEIGHT_REGULAR);
    struct buffer *buffer = ground(1000, 200);
    fontset_draw(fonts, layout, buffer, 100, 0, 0xFFFFFFFFu);
    struct ink ink = ink_of(buffer);
    buffer_destroy(buffer);
    layout_destroy(layout);
    return ink;
}

static void test_ink_lies_in_its_place(void **state) {
    struct ink han = draw_alone(*state, "国");
    assert_in_range(han.left, 100, 115);
    assert_in_range(han.right, 185, 200);
    assert_in_range((han.top + han.bottom) / 2, 76, 84); /* the middle of the leading */
    struct ink open = draw_alone(*state, "（");          /* only the right half of its square */
    assert_in_range(open.left, 100, 130);
    assert_in_range(open.right, 130, 150);
    struct ink shown = draw_alone(*state, "\xEE\x80\x80"); /* 〓 */
    assert_in_range(shown.left, 105, 115);
    assert_in_range(shown.right, 185, 195);
    assert_int_equal(draw_alone(*state, " ").left, INT32_MAX);
}

/* A word with a letter that the font for Chinese lacks is set whole in the one beside it. */
static void test_words_are_set_in_one_face(void **state) {
    struct layout *layout = set(*state, "去Škoda、Łódź", 100, 4000, WEIGHT_BOLD);
    assert_int_equal(layout->run_count, 4);
    static const int faces[] = {0, 1, 0, 1};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(layout->runs[i].face, faces[i]);
    layout_destroy(layout);
}

/* What measuring says is where the next run's ink begins: a bar behind any text. */
static void test_measure_and_draw_agree(void **state) {
    static const char *const texts[] = {"国",           "Hamburg", "“Hi”", "2026",
                                        "cafe\xCC\x81", "……",      "Łódź"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char *line = xasprintf("%s\xE3\x80\x93", texts[i]);
        struct layout *layout = set(*state, line, 100, 4000, WEIGHT_REGULAR);
        struct ink ink = draw_alone(*state, line), bar = draw_alone(*state, "\xE3\x80\x93");
        const struct layout_run *last = &layout->runs[layout->run_count - 1];
        assert_int_equal(ink.right, bar.right + last->x);
        layout_destroy(layout);
        free(line);
    }
}

/* One run by itself, at (50, 120). */
static struct buffer *draw_run(struct fontset *fonts, const char *text, int face,
                               enum text_weight weight, bool rtl) {
    struct layout_run run = {.size = strlen(text), .face = face, .rtl = rtl};
    struct layout_line line = {.end = run.size, .run_count = 1, .baseline = 120};
    char *copy = xstrdup(text);
    struct layout layout = {.text = copy,
                            .style = {.size = 100, .weight = weight},
                            .lines = &line,
                            .line_count = 1,
                            .runs = &run,
                            .run_count = 1};
    struct buffer *buffer = ground(500, 200);
    fontset_draw(fonts, &layout, buffer, 50, 0, 0xFFFFFFFFu);
    free(copy);
    return buffer;
}

/* UAX #9, L4: by itself and in a run. */
static void test_mirrored(void **state) {
    static const char *const pairs[][2] = {
        {"(", ")"}, {"（", "）"}, {"«", "»"}, {"(-", "-)"}, {"，", "，"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct buffer *turned = draw_run(*state, pairs[i][0], 0, WEIGHT_REGULAR, true);
        struct buffer *plain = draw_run(*state, pairs[i][1], 0, WEIGHT_REGULAR, false);
        assert_memory_equal(turned->pixels, plain->pixels, buffer_bytes(plain));
        buffer_destroy(turned);
        buffer_destroy(plain);
    }
}

static bool same_picture(const struct buffer *a, const struct buffer *b) {
    return memcmp(a->pixels, b->pixels, buffer_bytes(a)) == 0;
}

/* Characters of names that many fonts lack: each is drawn as itself. */
static void test_rare_names(void **state) {
    static const char *const rare[] = {"𬭎", "䶮", "㛃", "𫖯", "𬱖", "㐱", "𬘭", "𠅤"};
    enum { COUNT = sizeof rare / sizeof *rare };
    for (enum text_weight weight = WEIGHT_REGULAR; weight <= WEIGHT_BOLD; weight++) {
        struct buffer *drawn[COUNT + 1];
        drawn[COUNT] = draw_run(*state, "\xE3\x80\x93", 0, weight, false);
        for (size_t i = 0; i < COUNT; i++) {
            assert_int_equal(face_of(*state, rare[i]), 0);
            drawn[i] = draw_run(*state, rare[i], 0, weight, false);
            struct ink ink = ink_of(drawn[i]);
            assert_in_range(ink.right - ink.left, 70, 100);
            assert_in_range(ink.bottom - ink.top, 70, 100);
        }
        for (size_t i = 0; i <= COUNT; i++)
            for (size_t k = 0; k < i; k++)
                assert_false(same_picture(drawn[i], drawn[k]));
        for (size_t i = 0; i <= COUNT; i++)
            buffer_destroy(drawn[i]);
    }
}

static struct fontset *open_of(const char *font, const char *fallback) {
    return fontset_open(
        &(struct font_choice){.folder = font, .fallback = fallback, .bundled_only = true});
}

/* What no font has is 〓, from whichever font has this; where none has, nothing. Never .notdef. */
static void test_never_tofu(void **state) {
    static const char latin[] = SOURCE_DIR "/fonts/NotoSans-Regular.ttf";
    struct buffer *bar = draw_run(*state, "\xE3\x80\x93", 0, WEIGHT_REGULAR, false);
    struct fontset *fonts = open_of(latin, SOURCE_DIR "/fonts/NotoSansSC-Regular.otf");
    struct buffer *missing = draw_run(fonts, "\uE000", -1, WEIGHT_REGULAR, false);
    assert_true(same_picture(missing, bar));
    buffer_destroy(missing);
    fontset_close(fonts);
    fonts = open_of(latin, "");
    assert_int_equal(face_of(fonts, "国"), -1);
    missing = draw_run(fonts, "国", -1, WEIGHT_REGULAR, false);
    assert_int_equal(ink_of(missing).left, INT32_MAX);
    buffer_destroy(missing);
    missing = draw_run(fonts, "国国", 0, WEIGHT_REGULAR, false);
    assert_int_equal(ink_of(missing).left, INT32_MAX);
    buffer_destroy(missing);
    fontset_close(fonts);
    buffer_destroy(bar);
}

static int64_t darkness(const struct buffer *buffer) {
    int64_t sum = 0;
    for (int y = 0; y < buffer->height; y++)
        for (int x = 0; x < buffer->width; x++)
            sum += pixel(buffer, x, y) & 0xFF;
    return sum;
}

/* A font that is given alone is made bolder, in the same place. */
static void check_thickened(struct fontset *fonts, const char *text) {
    struct buffer *regular = draw_run(fonts, text, 1, WEIGHT_REGULAR, false);
    struct buffer *bold = draw_run(fonts, text, 1, WEIGHT_BOLD, false);
    struct ink a = ink_of(regular), b = ink_of(bold);
    assert_in_range(darkness(bold) * 100 / darkness(regular), 120, 180);
    assert_in_range(a.left - b.left, 1, 4);
    assert_in_range(b.right - a.right, 1, 4);
    const struct text_metrics *metrics = fontset_metrics(fonts);
    size_t size = strlen(text);
    assert_int_equal(metrics->width(metrics->user, 1, WEIGHT_BOLD, 100, false, text, size),
                     metrics->width(metrics->user, 1, WEIGHT_REGULAR, 100, false, text, size));
    buffer_destroy(regular);
    buffer_destroy(bold);
}

static void test_bold_of_fallback_fonts(void **state) {
    static const char latin[] = SOURCE_DIR "/fonts/NotoSans-Regular.ttf";
    static const char regular[] = SOURCE_DIR "/fonts/NotoSansSC-Regular.otf";
    struct fontset *fonts = open_of(latin, regular); /* its bold lies beside it */
    struct buffer *bundled = draw_run(*state, "国", 0, WEIGHT_BOLD, false);
    struct buffer *found = draw_run(fonts, "国", 1, WEIGHT_BOLD, false);
    assert_true(same_picture(bundled, found));
    buffer_destroy(bundled);
    buffer_destroy(found);
    fontset_close(fonts);
    char folder[] = "/tmp/test_font_XXXXXX";
    assert_non_null(mkdtemp(folder));
    char *alone = path_join(folder, "alone.otf", NULL);
    assert_int_equal(symlink(regular, alone), 0);
    fonts = open_of(latin, alone);
    check_thickened(fonts, "国");
    check_thickened(fonts, "人人");
    fontset_close(fonts);
    unlink(alone);
    rmdir(folder);
    free(alone);
}

/* Drawn at any offset it is the same picture, cut off at the edges. */
static void test_clipping(void **state) {
    struct layout *layout = set(*state, "风采 Fengcai，“好”\n第二行", 40, 300, WEIGHT_BOLD);
    struct buffer *whole = ground(600, 400);
    fontset_draw(*state, layout, whole, 200, 150, 0xFFFFFFFFu);
    static const int offsets[][2] = {{0, 0},    {-50, -20}, {40, 30},  {-295, 5},
                                     {5, -120}, {-900, 0},  {100, 900}};
    for (size_t i = 0; i < sizeof offsets / sizeof *offsets; i++) {
        int dx = offsets[i][0], dy = offsets[i][1];
        struct buffer *part = ground(120, 90);
        fontset_draw(*state, layout, part, dx, dy, 0xFFFFFFFFu);
        for (int y = 0; y < part->height; y++)
            for (int x = 0; x < part->width; x++) {
                int wx = x + 200 - dx, wy = y + 150 - dy;
                bool inside = wx >= 0 && wy >= 0 && wx < whole->width && wy < whole->height;
                assert_int_equal(pixel(part, x, y), inside ? pixel(whole, wx, wy) : 0xFF000000u);
            }
        buffer_destroy(part);
    }
    buffer_destroy(whole);
    layout_destroy(layout);
}

static void test_alpha(void **state) {
    struct layout *layout = set(*state, "\xE3\x80\x93", 100, 400, WEIGHT_REGULAR);
    struct buffer *opaque = ground(100, 160), *clear = buffer_create(100, 160);
    fontset_draw(*state, layout, opaque, 0, 0, 0x80FF0000u);
    fontset_draw(*state, layout, clear, 0, 0, 0x80FF0000u);
    uint32_t thin = 0;
    for (int y = 0; y < 160; y++)
        thin = pixel(clear, 50, y) > thin ? pixel(clear, 50, y) : thin;
    assert_int_equal(thin, 0x80800000u); /* premultiplied, over nothing */
    assert_int_equal(pixel(clear, 50, 0), 0);
    assert_int_equal(pixel(opaque, 50, 0), 0xFF000000u);
    buffer_destroy(opaque);
    buffer_destroy(clear);
    layout_destroy(layout);
}

/* More glyphs than the atlas holds, twice: the second time they look the same. */
static void test_atlas_is_bounded(void **state) {
    struct str text = {0};
    for (uint32_t c = 0x4E00; c < 0x4E00 + 1500; c++)
        str_add_codepoint(&text, c);
    struct layout *layout = set(*state, str_text(&text), 120, 1920, WEIGHT_BOLD);
    struct buffer *first = ground(1920, 1080), *second = ground(1920, 1080);
    fontset_draw(*state, layout, first, 0, 0, 0xFFFFFFFFu);
    fontset_draw(*state, layout, second, 0, -12000, 0xFFFFFFFFu);
    buffer_destroy(second);
    second = ground(1920, 1080);
    fontset_draw(*state, layout, second, 0, 0, 0xFFFFFFFFu);
    assert_memory_equal(first->pixels, second->pixels, (size_t)first->stride * 1080 * 4);
    buffer_destroy(first);
    buffer_destroy(second);
    layout_destroy(layout);
    str_finish(&text);
}

/* ---- SDL2_ttf and FreeType ---- */

/* The mask that FreeType gives without hints; the caller frees it. */
static struct glyph reference(FT_Face ft, uint32_t glyph) {
    assert_int_equal(FT_Load_Glyph(ft, glyph, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP), 0);
    assert_int_equal(FT_Render_Glyph(ft->glyph, FT_RENDER_MODE_NORMAL), 0);
    const FT_Bitmap *bitmap = &ft->glyph->bitmap;
    struct glyph drawn = {.left = ft->glyph->bitmap_left,
                          .top = ft->glyph->bitmap_top,
                          .width = (int)bitmap->width,
                          .height = (int)bitmap->rows};
    drawn.mask = xcalloc((size_t)drawn.width + 1, (size_t)drawn.height + 1);
    for (int y = 0; y < drawn.height; y++)
        memcpy(drawn.mask + (ptrdiff_t)y * drawn.width,
               bitmap->buffer + (ptrdiff_t)y * bitmap->pitch, (size_t)drawn.width);
    return drawn;
}

static void compare_glyph(struct face *face, FT_Face ft, int pixels, uint32_t c) {
    struct sign sign = {.glyph = face_character(face, c).glyph, .codepoint = c};
    struct glyph drawn, expected = reference(ft, sign.glyph);
    face->ttf_pixels = 0;
    assert_true(face_draw(face, pixels, sign, 0, &drawn));
    if (expected.width > 0 && sign.glyph == FT_Get_Char_Index(ft, c) && face->ttf_pixels != pixels)
        fail_msg("U+%04X: not drawn by SDL2_ttf", (unsigned)c);
    size_t size = (size_t)expected.width * (size_t)expected.height;
    if (drawn.left != expected.left || drawn.top != expected.top || drawn.width != expected.width ||
        drawn.height != expected.height ||
        (size > 0 && memcmp(drawn.mask, expected.mask, size) != 0))
        fail_msg("U+%04X at %d pixels: %dx%d at %d,%d, not %dx%d at %d,%d", (unsigned)c, pixels,
                 drawn.width, drawn.height, drawn.left, drawn.top, expected.width, expected.height,
                 expected.left, expected.top);
    glyph_finish(&drawn);
    glyph_finish(&expected);
}

static void compare_face(const char *path, FT_Library library) {
    static const struct {
        uint32_t first, last;
    } ranges[] = {{0x21, 0x7E},     {0xA1, 0xFF},     {0x2010, 0x2026}, {0x2500, 0x257F},
                  {0x3001, 0x30FF}, {0x4E00, 0x55FF}, {0xFF01, 0xFFE5}, {0x20087, 0x200CC}};
    static const int sizes[] = {26, 36, 84};
    struct face face = {.path = xstrdup(path), .chinese = true};
    FT_Face ft;
    assert_true(face_open(&face, library));
    assert_int_equal(FT_New_Face(library, path, 0, &ft), 0);
    int compared = 0;
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        assert_int_equal(FT_Set_Pixel_Sizes(ft, 0, (FT_UInt)sizes[s]), 0);
        for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
            for (uint32_t c = ranges[i].first; c <= ranges[i].last; c++)
                if (FT_Get_Char_Index(ft, c)) {
                    compare_glyph(&face, ft, sizes[s], c);
                    compared++;
                }
    }
    assert_in_range(compared, 3 * 2000, 3 * 3500);
    FT_Done_Face(ft);
    face_close(&face);
    free(face.path);
}

/* Whole characters come from SDL2_ttf, shaped ones from FreeType; they may meet in one line. */
static void test_both_rasterisers_draw_the_same(void **state) {
    (void)state;
    FT_Library library;
    assert_int_equal(FT_Init_FreeType(&library), 0);
    assert_int_equal(TTF_Init(), 0);
    compare_face(SOURCE_DIR "/fonts/NotoSansSC-Regular.otf", library);
    compare_face(SOURCE_DIR "/fonts/NotoSansSC-Bold.otf", library);
    TTF_Quit();
    FT_Done_FreeType(library);
}

static void test_missing_fonts(void **state) {
    (void)state;
    assert_null(
        fontset_open(&(struct font_choice){.folder = "/nonexistent", .bundled_only = true}));
    struct fontset *fonts = fontset_open(
        &(struct font_choice){.folder = SOURCE_DIR "/fonts",
                              .fallback = "/nonexistent.ttf::" SOURCE_DIR "/fonts/README",
                              .bundled_only = true});
    assert_non_null(fonts);
    assert_int_equal(face_of(fonts, "\xD8\xA7"), -1);
    fontset_close(fonts);
}

static struct fontset *open_with(const char *regular, const char *bold) {
    struct fontset *fonts = fontset_open(&(struct font_choice){
        .folder = SOURCE_DIR "/fonts", .regular = regular, .bold = bold, .bundled_only = true});
    assert_non_null(fonts);
    return fonts;
}

/* A theme's font comes first; what it lacks, 〓 too, comes from the bundled ones. */
static void test_theme_fonts(void **state) {
    struct fontset *fonts = open_with(SOURCE_DIR "/fonts/NotoSans-Regular.ttf", "");
    assert_int_equal(face_of(fonts, "Hi"), 0);
    assert_int_not_equal(width_of(fonts, "Hi"), width_of(*state, "Hi"));
    assert_int_equal(face_of(fonts, "国"), 1);
    struct ink geta = draw_alone(*state, "\xEE\x80\x80"), same = draw_alone(fonts, "\xEE\x80\x80");
    assert_int_equal(geta.right - geta.left, same.right - same.left);
    assert_int_equal(geta.bottom - geta.top, same.bottom - same.top);
    fontset_close(fonts);
    fonts = open_with("", SOURCE_DIR "/fonts/NotoSans-Bold.ttf");
    assert_int_equal(face_of(fonts, "国"), 0); /* the regular one is the bundled one still */
    assert_int_equal(width_of(fonts, "Hi"), width_of(*state, "Hi"));
    fontset_close(fonts);
    fonts = open_with(SOURCE_DIR "/fonts/README", "/nonexistent.ttf");
    assert_int_equal(face_of(fonts, "国"), 0);
    assert_int_equal(width_of(fonts, "Hi"), width_of(*state, "Hi"));
    fontset_close(fonts);
}

/* ---- the sample texts, checked by what the reader sees ---- */

struct violations {
    int start, end, split, number, widow, lost, wide;
};

static bool among(const char *character, const char *set_of) {
    size_t size = 1;
    while (((unsigned char)character[size] & 0xC0) == 0x80)
        size++;
    for (const char *at = set_of; *at;) {
        size_t step = 1;
        while (((unsigned char)at[step] & 0xC0) == 0x80)
            step++;
        if (step == size && memcmp(at, character, size) == 0)
            return true;
        at += step;
    }
    return false;
}

static const char *last_of(const char *line) {
    const char *at = line + strlen(line);
    do
        at--;
    while (at > line && ((unsigned char)*at & 0xC0) == 0x80);
    return at;
}

static bool is_han(const char *character) {
    const char *at = character;
    uint32_t c = utf8_next(&at);
    return c >= 0x3400 && c <= 0x9FFF;
}

static const char never_first[] = "，。、；：！？）》〉」』】〕”’·～／…％%℃";
static const char never_last[] = "（《〈「『【〔“‘";

static void check_line(const char *line, const char *next, struct violations *found) {
    found->start += among(line, never_first);
    found->end += among(last_of(line), never_last);
    if (!next)
        return;
    found->split += strcmp(last_of(line), "—") == 0 && strncmp(next, "—", 3) == 0;
    found->split += strcmp(last_of(line), "…") == 0 && strncmp(next, "…", 3) == 0;
    char last = *last_of(line);
    size_t size = strlen(line);
    bool time = size >= 3 && line[size - 3] == ':'; /* 22:30 is complete, 22 is not */
    if (last >= '0' && last <= '9' && !time)
        found->number += is_han(next) || (*next >= '0' && *next <= '9');
}

static bool is_widow(const char *line) {
    int han = 0;
    for (const char *at = line; *at;) {
        const char *now = at;
        uint32_t c = utf8_next(&at);
        if (c == 0x2014 || c == 0x2026 || c < 0x80)
            return false;
        han += is_han(now);
    }
    return han == 1;
}

static char *line_text(const struct layout *layout, size_t index) {
    const struct layout_line *line = &layout->lines[index];
    return xstrndup(layout->text + line->start, line->end - line->start);
}

static size_t ink_bytes(const char *text) {
    size_t count = 0;
    for (; *text; text++)
        count += *text != ' ' && *text != '\n' && *text != '\r';
    return count;
}

static void check_layout(const struct layout *layout, struct violations *found) {
    size_t bytes = 0;
    for (size_t i = 0; i < layout->line_count; i++) {
        char *line = line_text(layout, i);
        bool last = layout->lines[i].paragraph_end;
        char *next = last ? NULL : line_text(layout, i + 1);
        check_line(line, next, found);
        found->widow += last && i > 0 && !layout->lines[i - 1].paragraph_end && is_widow(line);
        found->wide += layout->lines[i].x + layout->lines[i].width > layout->width;
        bytes += ink_bytes(line);
        free(line);
        free(next);
    }
    found->lost += bytes != ink_bytes(layout->text);
}

static void check_file(struct fontset *fonts, const char *path, struct violations *found) {
    static const int ems[] = {8, 9, 11, 12, 14, 16, 18, 20, 22, 24, 28, 32};
    char *text;
    size_t size;
    assert_true(fs_read(path, 1u << 20, &text, &size));
    for (size_t i = 0; i < sizeof ems / sizeof *ems; i++) {
        struct layout *layout = set(fonts, text, SIZE, ems[i] * SIZE + (int)i, WEIGHT_REGULAR);
        check_layout(layout, found);
        layout_destroy(layout);
    }
    free(text);
}

static void test_sample_texts(void **state) {
    glob_t files;
    struct violations found = {0};
    assert_int_equal(glob(SOURCE_DIR "/assets/sample/*/*/正文.*", 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++)
        check_file(*state, files.gl_pathv[i], &found);
    print_message("%zu texts, 12 widths: 避头 %d 避尾 %d split %d number %d widow %d wide %d\n",
                  files.gl_pathc, found.start, found.end, found.split, found.number, found.widow,
                  found.wide);
    globfree(&files);
    const struct violations none = {0};
    assert_memory_equal(&found, &none, sizeof none);
}

/* Pages of a long text fit, end with sentences and lose nothing. */
static void test_pages(void **state) {
    glob_t files;
    struct text_style style = {.size = SIZE, .leading = LEADING, .justify = true, .indent = 72};
    const struct text_metrics *metrics = fontset_metrics(*state);
    assert_int_equal(glob(SOURCE_DIR "/assets/sample/*/*/正文.txt", 0, NULL, &files), 0);
    int pages = 0, open = 0;
    for (size_t i = 0; i < files.gl_pathc; i++) {
        char *text;
        size_t size, at = 0;
        assert_true(fs_read(files.gl_pathv[i], 1u << 20, &text, &size));
        while (at < size) {
            size_t end = layout_page_end(metrics, text + at, &style, 24 * SIZE, 9);
            assert_in_range(end, 1, size - at);
            char *page = xstrndup(text + at, end);
            struct layout *layout = layout_build(metrics, page, &style, 24 * SIZE);
            assert_true(layout->line_count <= 9);
            const struct layout_line *line = &layout->lines[layout->line_count - 1];
            char *shown = xstrndup(layout->text, line->end);
            open += !among(last_of(shown), "。！？”…：；）");
            pages++;
            free(shown);
            layout_destroy(layout);
            free(page);
            at += end;
        }
        free(text);
    }
    globfree(&files);
    assert_in_range(pages, 12, 200);
    assert_int_equal(open, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_widths),
        cmocka_unit_test(test_faces),
        cmocka_unit_test(test_ink_lies_in_its_place),
        cmocka_unit_test(test_words_are_set_in_one_face),
        cmocka_unit_test(test_measure_and_draw_agree),
        cmocka_unit_test(test_mirrored),
        cmocka_unit_test(test_rare_names),
        cmocka_unit_test(test_never_tofu),
        cmocka_unit_test(test_bold_of_fallback_fonts),
        cmocka_unit_test(test_clipping),
        cmocka_unit_test(test_alpha),
        cmocka_unit_test(test_atlas_is_bounded),
        cmocka_unit_test(test_both_rasterisers_draw_the_same),
        cmocka_unit_test(test_missing_fonts),
        cmocka_unit_test(test_theme_fonts),
        cmocka_unit_test(test_sample_texts),
        cmocka_unit_test(test_pages),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
