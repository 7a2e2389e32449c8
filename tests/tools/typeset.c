/* typeset: prints the lines of a text as they are laid out, one a line; for tests and for looking
 *
 * typeset --width PX --size PX [--font FILE] [--fallback FILES] [--weight regular|bold]
 *         [--leading PX] [--indent PX] [--max-lines N] [--balance] [--ragged] [--hang]
 *         [--json] [--png OUT] FILE
 * FILE "-" is standard input. With --json an array of lines, in pixels and bytes as in layout.h:
 *   {"start", "end", "x", "width", "hang", "baseline", "last": of a paragraph,
 *    "ink": [left, right] of what is drawn, right exclusive, or null,
 *    "runs": [[start, size, face, x, width, advance in its face], ...]} */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/option.h"
#include "base/paths.h"
#include "base/str.h"
#include "display/composer.h"
#include "display/font.h"

#define MAX_INPUT_BYTES (4u << 20) /* what layout takes */
#define GROUND          0xFF12151Au
#define INK             0xFFF2F0EAu
#define GETA            "〓" /* what a character without a face is drawn as */

struct arguments {
    int width, size, leading, max_lines, indent;
    const char *font, *fallback, *weight, *png;
    bool balance, ragged, hang, json;
};

static const struct option options[] = {
    {"width", OPTION_NUMBER, "PX", offsetof(struct arguments, width), "Measure", "行长", NULL},
    {"size", OPTION_NUMBER, "PX", offsetof(struct arguments, size), "Pixels per em", "字号", NULL},
    {"leading", OPTION_NUMBER, "PX", offsetof(struct arguments, leading), "Line height", "行高",
     NULL},
    {"indent", OPTION_NUMBER, "PX", offsetof(struct arguments, indent), "First-line indent",
     "首行缩进", NULL},
    {"max-lines", OPTION_NUMBER, "N", offsetof(struct arguments, max_lines), "Cut after N lines",
     "最多行数", NULL},
    {"font", OPTION_TEXT, "FILE", offsetof(struct arguments, font), "Font file", "字体文件", NULL},
    {"fallback", OPTION_TEXT, "FILES", offsetof(struct arguments, fallback),
     "Fonts tried after it, separated by colons", "备用字体", NULL},
    {"weight", OPTION_TEXT, "NAME", offsetof(struct arguments, weight), "regular or bold", "字重",
     NULL},
    {"balance", OPTION_FLAG, NULL, offsetof(struct arguments, balance), "As a title", "作标题",
     NULL},
    {"ragged", OPTION_FLAG, NULL, offsetof(struct arguments, ragged), "Not justified", "不两端对齐",
     NULL},
    {"hang", OPTION_FLAG, NULL, offsetof(struct arguments, hang), "Marks hang at line ends",
     "行尾点号悬挂", NULL},
    {"json", OPTION_FLAG, NULL, offsetof(struct arguments, json), "Print places", "输出位置", NULL},
    {"png", OPTION_TEXT, "OUT", offsetof(struct arguments, png), "Draw into a PNG file", "画成 PNG",
     NULL},
    {NULL, OPTION_FLAG, NULL, 0, NULL, NULL, NULL},
};

static char *read_stream(FILE *stream) {
    struct str text = {0};
    char piece[4096];
    size_t size;
    while (text.size < MAX_INPUT_BYTES && (size = fread(piece, 1, sizeof piece, stream)) > 0)
        str_add_bytes(&text, piece, size);
    return str_take(&text);
}

static char *read_text(const char *path) {
    char *text = NULL;
    size_t size;
    if (strcmp(path, "-") == 0)
        return read_stream(stdin);
    return fs_read(path, MAX_INPUT_BYTES, &text, &size) ? text : NULL;
}

/* As the program finds them, else in the source tree. */
static char *find_fonts(void) {
    struct paths paths;
    if (!paths_init(&paths, "/nonexistent", NULL))
        return NULL;
    char *folder = path_join(paths.data, "fonts", NULL);
    paths_finish(&paths);
    if (fs_is_dir(folder))
        return folder;
    free(folder);
    return xstrdup(SOURCE_DIR "/fonts");
}

static void print_lines(const struct layout *layout) {
    for (size_t i = 0; i < layout->line_count; i++) {
        const struct layout_line *line = &layout->lines[i];
        fwrite(layout->text + line->start, 1, line->end - line->start, stdout);
        putchar('\n');
    }
}

/* Columns that a line's ink takes, from the left edge of the block. */
static bool find_ink(struct fontset *fonts, const struct layout *layout,
                     const struct layout_line *line, struct buffer *strip, int *left, int *right) {
    int margin = layout->style.size;
    struct layout alone = *layout;
    struct layout_line copy = *line;
    copy.baseline = 2 * margin;
    alone.lines = &copy;
    alone.line_count = 1;
    memset(strip->pixels, 0, (size_t)strip->stride * (size_t)strip->height * 4);
    fontset_draw(fonts, &alone, strip, margin, 0, INK);
    *left = strip->width;
    *right = 0;
    for (int y = 0; y < strip->height; y++)
        for (int x = 0; x < strip->width; x++)
            if (strip->pixels[(size_t)y * (size_t)strip->stride + (size_t)x]) {
                *left = x < *left ? x : *left;
                *right = x >= *right ? x + 1 : *right;
            }
    *left -= margin;
    *right -= margin;
    return *left < *right;
}

static int advance_of(struct fontset *fonts, const struct layout *layout,
                      const struct layout_run *run) {
    const struct text_metrics *metrics = fontset_metrics(fonts);
    const char *text = run->face < 0 ? GETA : layout->text + run->start;
    return metrics->width(metrics->user, run->face < 0 ? 0 : run->face, layout->style.weight,
                          layout->style.size, run->rtl, text,
                          run->face < 0 ? strlen(GETA) : run->size);
}

static void print_place(struct fontset *fonts, const struct layout *layout,
                        const struct layout_line *line, struct buffer *strip) {
    int left, right;
    printf(
        "{\"start\":%zu,\"end\":%zu,\"x\":%d,\"width\":%d,\"hang\":%d,\"baseline\":%d,\"last\":%s",
        line->start, line->end, line->x, line->width, line->hang, line->baseline,
        line->paragraph_end ? "true" : "false");
    if (find_ink(fonts, layout, line, strip, &left, &right))
        printf(",\"ink\":[%d,%d],\"runs\":[", left, right);
    else
        printf(",\"ink\":null,\"runs\":[");
    for (size_t i = 0; i < line->run_count; i++) {
        const struct layout_run *run = &layout->runs[line->run + i];
        printf("%s[%zu,%zu,%d,%d,%d,%d]", i ? "," : "", run->start, run->size, run->face, run->x,
               run->width, advance_of(fonts, layout, run));
    }
    printf("]}");
}

static bool print_places(struct fontset *fonts, const struct layout *layout) {
    int size = layout->style.size;
    struct buffer *strip = buffer_create(layout->width + 2 * size, 3 * size);
    if (!strip)
        return false;
    putchar('[');
    for (size_t i = 0; i < layout->line_count; i++) {
        fputs(i ? ",\n" : "", stdout);
        print_place(fonts, layout, &layout->lines[i], strip);
    }
    puts("]");
    buffer_destroy(strip);
    return true;
}

static bool save_png(struct fontset *fonts, const struct layout *layout, const char *path) {
    int margin = layout->style.size;
    struct buffer *buffer = buffer_create(layout->width + 2 * margin, layout->height + 2 * margin);
    if (!buffer)
        return false;
    for (int y = 0; y < buffer->height; y++)
        for (int x = 0; x < buffer->width; x++)
            buffer->pixels[(size_t)y * (size_t)buffer->stride + (size_t)x] =
                x < margin || x >= margin + layout->width ? GROUND + 0x060606u : GROUND;
    fontset_draw(fonts, layout, buffer, margin, margin, INK);
    bool saved = buffer_save_png(buffer, path);
    buffer_destroy(buffer);
    return saved;
}

static int typeset(const struct arguments *arguments, const char *text, const char *folder) {
    struct fontset *fonts = fontset_open(&(struct font_choice){
        .folder = arguments->font ? arguments->font : folder, .fallback = arguments->fallback});
    if (!fonts)
        return 1;
    bool bold = arguments->weight && strcmp(arguments->weight, "bold") == 0;
    struct text_style style = {.size = arguments->size,
                               .leading = arguments->leading > 0 ? arguments->leading
                                                                 : arguments->size * 8 / 5,
                               .weight = bold ? WEIGHT_BOLD : WEIGHT_REGULAR,
                               .justify = !arguments->ragged,
                               .balance = arguments->balance,
                               .hang = arguments->hang,
                               .indent = arguments->indent,
                               .gap = arguments->size / 2,
                               .max_lines = arguments->max_lines};
    struct layout *layout = layout_build(fontset_metrics(fonts), text, &style, arguments->width);
    bool fine = true;
    if (arguments->json)
        fine = print_places(fonts, layout);
    else
        print_lines(layout);
    fine &= !arguments->png || save_png(fonts, layout, arguments->png);
    layout_destroy(layout);
    fontset_close(fonts);
    return fine ? 0 : 1;
}

int main(int argc, char **argv) {
    struct arguments arguments = {0};
    struct option_set set = {options, &arguments};
    log_init("typeset", false);
    bool parsed = false;
    if (argc > 1) {
        argc--;
        argv++;
        parsed = options_parse(&set, 1, &argc, argv);
    }
    if (!parsed || argc != 1 || arguments.width < 1 || arguments.size < 1) {
        fprintf(stderr, "typeset --width PX --size PX [--font FILE] [--weight regular|bold] "
                        "[--balance] [--png OUT] FILE\n");
        return 2;
    }
    char *text = read_text(argv[0]);
    char *folder = find_fonts();
    int status = text && folder ? typeset(&arguments, text, folder) : 1;
    free(text);
    free(folder);
    return status;
}
