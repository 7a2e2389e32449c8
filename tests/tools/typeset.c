/* typeset: prints the lines of a text as they are laid out, one a line; for tests and for looking
 *
 * typeset --width PX --size PX [--font FILE] [--fallback FILES] [--weight regular|bold]
 *         [--leading PX] [--indent PX] [--max-lines N] [--balance] [--ragged] [--hang] [--places]
 *         [--png OUT] FILE
 * FILE "-" is standard input. --places prints where things are, in pixels, as they are drawn into
 * the picture but for its margin of one em:
 *   line X WIDTH HANG BASELINE TEXT, and for each of its runs: run X WIDTH FACE TEXT */
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

struct arguments {
    int width, size, leading, max_lines, indent;
    const char *font, *fallback, *weight, *png;
    bool balance, ragged, hang, places;
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
    {"places", OPTION_FLAG, NULL, offsetof(struct arguments, places), "Print places", "输出位置",
     NULL},
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

static void print_text(const struct layout *layout, size_t start, size_t end) {
    fwrite(layout->text + start, 1, end - start, stdout);
    putchar('\n');
}

static void print_lines(const struct layout *layout, bool places) {
    for (size_t i = 0; i < layout->line_count; i++) {
        const struct layout_line *line = &layout->lines[i];
        if (places)
            printf("line %d %d %d %d ", line->x, line->width, line->hang, line->baseline);
        print_text(layout, line->start, line->end);
        for (size_t k = 0; places && k < line->run_count; k++) {
            const struct layout_run *run = &layout->runs[line->run + k];
            printf("run %d %d %d ", run->x, run->width, run->face);
            print_text(layout, run->start, run->start + run->size);
        }
    }
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
    print_lines(layout, arguments->places);
    bool fine = !arguments->png || save_png(fonts, layout, arguments->png);
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
