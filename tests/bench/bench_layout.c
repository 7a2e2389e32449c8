/* bench_layout: how long laying out and drawing text takes; not run by ctest */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/str.h"
#include "base/time.h"
#include "display/font.h"

static double since_ms(int64_t start_us) {
    return (double)(time_monotonic_us() - start_us) / 1000;
}

static struct layout *set(struct fontset *fonts, const char *text, int size, enum text_weight w) {
    struct text_style style = {
        .size = size, .leading = size * 8 / 5, .weight = w, .justify = true, .indent = 2 * size};
    return layout_build(fontset_metrics(fonts), text, &style, 24 * size);
}

static double draw(struct fontset *fonts, const struct layout *layout, struct buffer *to) {
    int64_t start = time_monotonic_us();
    fontset_draw(fonts, layout, to, 40, 40, 0xFFF2F0EAu);
    return since_ms(start);
}

/* From nothing to the first hundred characters of three sizes. */
static void bench_start(const char *folder, const char *text, struct buffer *to) {
    static const int sizes[] = {28, 36, 84};
    char *some = strndup(text, utf8_cut(text, 400));
    int64_t start = time_monotonic_us();
    struct fontset *fonts = fontset_open(&(struct font_choice){.folder = folder});
    printf("open: %.2f ms\n", since_ms(start));
    for (int i = 0; fonts && i < 3; i++) {
        struct layout *layout = set(fonts, some, sizes[i], i == 2 ? WEIGHT_BOLD : WEIGHT_REGULAR);
        fontset_draw(fonts, layout, to, 40, 40, 0xFFF2F0EAu);
        layout_destroy(layout);
    }
    printf("open, and first 100 characters of three sizes: %.2f ms\n", since_ms(start));
    fontset_close(fonts);
    free(some);
}

static void bench_layout(struct fontset *fonts, const char *text) {
    double best = 1e9, first = 0;
    for (int round = 0; round < 10; round++) {
        int64_t start = time_monotonic_us();
        struct layout *layout = set(fonts, text, 36, WEIGHT_REGULAR);
        double took = since_ms(start);
        first = round == 0 ? took : first;
        best = took < best ? took : best;
        layout_destroy(layout);
    }
    printf("layout of %zu characters: first %.2f ms, best %.2f ms\n", utf8_length(text), first,
           best);
}

static void bench_draw(struct fontset *fonts, const char *text, struct buffer *to) {
    char *page = strndup(text, utf8_cut(text, 2400));
    struct layout *layout = set(fonts, page, 36, WEIGHT_REGULAR);
    double first = draw(fonts, layout, to), best = 1e9;
    for (int round = 0; round < 10; round++) {
        double took = draw(fonts, layout, to);
        best = took < best ? took : best;
    }
    printf("drawing %zu characters: first %.2f ms, from the atlas %.2f ms\n", utf8_length(page),
           first, best);
    layout_destroy(layout);
    free(page);
}

static void bench_title(struct fontset *fonts) {
    struct text_style style = {.size = 84, .leading = 108, .weight = WEIGHT_BOLD, .balance = true};
    for (int round = 0; round < 2; round++) {
        int64_t start = time_monotonic_us();
        layout_destroy(layout_build(fontset_metrics(fonts), "导师进楼：每周三晚八点的围炉夜话",
                                    &style, 13 * 84));
        printf("layout of a title: %.2f ms\n", since_ms(start));
    }
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "bench_layout FONTS FILE...\n");
        return 2;
    }
    struct str text = {0};
    for (int i = 2; utf8_length(str_text(&text)) < 10000; i = i + 1 < argc ? i + 1 : 2) {
        char *part = NULL;
        size_t size = 0;
        if (!fs_read(argv[i], 1u << 20, &part, &size) || size == 0)
            return 1;
        str_add_bytes(&text, part, size);
        free(part);
    }
    struct buffer *to = buffer_create(1920, 4000);
    struct fontset *fonts = NULL;
    if (to) {
        for (int i = 0; i < to->stride * to->height; i++)
            to->pixels[i] = 0xFF12151Au;
        bench_start(argv[1], str_text(&text), to);
        fonts = fontset_open(&(struct font_choice){.folder = argv[1]});
    }
    if (fonts) {
        bench_layout(fonts, str_text(&text));
        bench_draw(fonts, str_text(&text), to);
        bench_title(fonts);
    }
    fontset_close(fonts);
    buffer_destroy(to);
    str_finish(&text);
    return fonts ? 0 : 1;
}
