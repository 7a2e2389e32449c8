/* look: every slide of a library, checked
 *
 * look [--shift U] [--examples N] [--draw DIR] STATE WxH[/N]...
 * WxH/N: at this size every Nth of the cases that make_cases.py made, and all others. Prints what
 * was found, by kind; 0: nothing was. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/paths.h"
#include "base/str.h"
#include "base/time.h"
#include "display/frame.h"
#include "display/paint.h"
#include "display/slide.h"
#include "library/reader.h"
#include "report.h"

#define MAX_SIZES       16
#define MAX_RESERVED    4
#define MAX_NAME_BYTES  180 /* of a drawing's file name, which may have 255 */
#define LONG_CHARACTERS 10000
#define DRAWINGS        24                 /* of each kind of finding */
#define PICTURE_BUDGET  ((size_t)96 << 20) /* a case's pictures, for all of its slides */
#define FINDING_COLOUR  0xFFFF00FFu

static const char *const themes[] = {"dark", "light"};
#define THEMES (sizeof themes / sizeof *themes)

struct arguments {
    int shift, examples;
    const char *draw;
};

static const struct option options[] = {
    {"shift", OPTION_NUMBER, "U", offsetof(struct arguments, shift),
     "What always stands may be so far in the margin", "", NULL},
    {"examples", OPTION_NUMBER, "N", offsetof(struct arguments, examples),
     "Cases printed of each kind of finding", "", NULL},
    {"draw", OPTION_TEXT, "DIR", offsetof(struct arguments, draw), "Draw what is faulty", "", NULL},
    {0},
};

struct looked_size {
    struct size size;
    int every;
};

struct look {
    struct arguments arguments;
    struct paths paths;
    struct config config;
    struct theme themes[THEMES];
    struct looked_size sizes[MAX_SIZES];
    size_t size_count;
    struct checker checker;
    struct report report;
    int cases, drawn[FINDING_KIND_COUNT];
};

/* A deck at one size in one theme. */
struct pass {
    struct slide_stage stage;
    const struct case_record *record;
    const char *theme;
    bool whole;
};

/* ---- places of the frame: the only thing here that is known of it ---- */

/* What the frame of the loop lays over a slide: no text may be there. */
static size_t reserved_places(const struct slide_stage *stage, struct rect places[MAX_RESERVED]) {
    places[0] = frame_corner(stage->theme, stage->size);
    places[1] = frame_hint(stage->theme, stage->size);
    return 2;
}

/* ---- one slide ---- */

/* What is faulty, with the places marked; named after the first finding. */
static void draw(struct look *look, const struct scene *scene, const char *where,
                 const struct findings *findings) {
    enum finding_kind kind = findings->items[0].kind;
    if (!look->arguments.draw || look->drawn[kind] == DRAWINGS)
        return;
    struct buffer *buffer = composer_flatten(look->checker.composer, scene);
    if (!buffer)
        return;
    look->drawn[kind]++;
    for (size_t i = 0; i < findings->count; i++) {
        struct rect at = findings->items[i].place;
        paint_fill(buffer, (struct rect){at.x - 2, at.y - 2, at.width + 4, 2}, 0, FINDING_COLOUR);
        paint_fill(buffer, (struct rect){at.x - 2, at.y + at.height, at.width + 4, 2}, 0,
                   FINDING_COLOUR);
        paint_fill(buffer, (struct rect){at.x - 2, at.y, 2, at.height}, 0, FINDING_COLOUR);
        paint_fill(buffer, (struct rect){at.x + at.width, at.y, 2, at.height}, 0, FINDING_COLOUR);
    }
    char *flat = xstrndup(where, utf8_cut(where, MAX_NAME_BYTES));
    for (char *at = flat; *at; at++)
        *at = *at == '/' || *at == ' ' ? '-' : *at;
    char *path = xasprintf("%s/%s-%s.png", look->arguments.draw, finding_name(kind), flat);
    buffer_save_png(buffer, path);
    free(path);
    free(flat);
    buffer_destroy(buffer);
}

static void look_at_scene(struct look *look, const struct pass *pass, const struct scene *scene,
                          const struct slide *slide, const char *name) {
    struct rect places[MAX_RESERVED];
    struct findings findings = {0};
    struct subject subject = {.scene = scene,
                              .record = pass->record,
                              .slide = slide,
                              .reserved = places,
                              .reserved_count =
                                  pass->stage.frame ? reserved_places(&pass->stage, places) : 0};
    check_slide(&look->checker, &subject, &findings);
    char *where =
        xasprintf("%s %s %dx%d %s %s", pass->record ? pass->record->id : "-", name, scene->width,
                  scene->height, pass->theme, pass->whole ? "whole" : "loop");
    look->report.slides++;
    report_note_cuts(&look->report, scene, pass->record);
    if (findings.count)
        draw(look, scene, where, &findings);
    report_add(&look->report, where, &findings);
    free(where);
}

static void look_at_slide(struct look *look, const struct pass *pass, const struct slide *slide) {
    struct scene scene;
    char name[SLIDE_NAME_SIZE];
    slide_build(&scene, &pass->stage, pass->record, slide);
    slide_name(slide, name);
    look_at_scene(look, pass, &scene, slide, name);
    scene_finish(&scene);
}

/* ---- one case ---- */

static void look_at_deck(struct look *look, const struct pass *pass) {
    struct deck deck;
    struct slide_paper paper = {&pass->stage, pass->record};
    if (pass->whole) {
        deck_build_whole(&deck, pass->record, &look->config, slide_page_end, &paper);
    } else {
        const char *const titles[] = {pass->record->title, pass->record->title};
        deck_build_loop(&deck, pass->record, &look->config);
        deck_open_unit(&deck, &look->config, titles, 2, 10000);
    }
    for (size_t i = 0; i < deck.count; i++)
        look_at_slide(look, pass, &deck.slides[i]);
    struct findings findings = {0};
    if (pass->whole)
        check_deck(&deck, pass->record, &findings);
    char *where = xasprintf("%s deck %dx%d %s whole", pass->record->id, pass->stage.size.width,
                            pass->stage.size.height, pass->theme);
    report_add(&look->report, where, &findings);
    free(where);
    deck_finish(&deck);
}

/* record NULL: the card of an empty library. */
static void look_at_size(struct look *look, const struct case_record *record, struct size size) {
    for (size_t i = 0; i < THEMES; i++) {
        struct pass pass = {.stage = {.size = size,
                                      .theme = &look->themes[i],
                                      .metrics = fontset_metrics(look->checker.fonts),
                                      .config = &look->config,
                                      .media = look->paths.media,
                                      .icons = SOURCE_DIR "/assets/icons"},
                            .record = record,
                            .theme = themes[i]};
        if (!record) {
            for (int fresh = 0; fresh < 2; fresh++) {
                struct scene scene;
                slide_build_empty(&scene, &pass.stage, fresh);
                look_at_scene(look, &pass, &scene, NULL, "empty");
                scene_finish(&scene);
            }
            continue;
        }
        pass.stage.frame = true;
        look_at_deck(look, &pass);
        pass.stage.frame = false;
        pass.whole = true;
        look_at_deck(look, &pass);
    }
}

/* The number of a made case; -1: it is one of the sample's. */
static int made_number(const struct case_record *record) {
    static const char start[] = "look/";
    return text_starts(record->id, start) ? (int)strtol(record->id + sizeof start - 1, NULL, 10)
                                          : -1;
}

static bool look_at_case(void *user, const struct case_record *record) {
    struct look *look = user;
    int number = made_number(record);
    bool is_long = utf8_length(record->body) > LONG_CHARACTERS;
    look->cases++;
    for (size_t i = 0; i < look->size_count; i++) {
        if (number >= 0 && (number + (int)i) % look->sizes[i].every)
            continue;
        if (!is_long || i == 0)
            look_at_size(look, record, look->sizes[i].size);
    }
    return true;
}

/* ---- all of them ---- */

static int look_at_library(struct look *look) {
    char *fonts = path_join(look->paths.data, "fonts", NULL);
    struct reader *reader = reader_open(look->paths.library);
    look->checker.shift_u = look->arguments.shift;
    look->checker.fonts = fontset_open(
        &(struct font_choice){.folder = fonts, .fallback = look->config.text.fallback});
    free(fonts);
    enum read_result result = READ_FAILED;
    if (look->checker.fonts) {
        look->checker.composer = composer_create(look->checker.fonts, PICTURE_BUDGET);
        for (size_t i = 0; i < look->size_count; i++)
            look_at_size(look, NULL, look->sizes[i].size);
        result = reader_each(reader, time_now_ms(), look_at_case, look);
    }
    reader_close(reader);
    composer_destroy(look->checker.composer);
    fontset_close(look->checker.fonts);
    report_print(&look->report, look->arguments.examples, stdout);
    if (result != READ_DONE || look->cases == 0)
        fputs("look: the library could not be read, or is empty\n", stderr);
    return result == READ_DONE && look->cases && !look->report.count ? 0 : 1;
}

static bool parse_size(const char *text, struct looked_size *size) {
    size_t length = strcspn(text, "/");
    char *plain = xstrndup(text, length);
    bool good = size_parse(plain, &size->size);
    free(plain);
    size->every = text[length] ? (int)strtol(text + length + 1, NULL, 10) : 1;
    return good && size->every > 0;
}

int main(int argc, char **argv) {
    static struct look look = {.arguments = {.examples = 12}};
    struct option_set set = {options, &look.arguments};
    log_init("look", false);
    argc--;
    argv++;
    bool good =
        argc > 0 && options_parse(&set, 1, &argc, argv) && argc > 1 && argc - 1 <= MAX_SIZES;
    for (int i = 1; good && i < argc; i++)
        good = parse_size(argv[i], &look.sizes[look.size_count++]);
    if (!good) {
        fputs("usage: look [--shift U] [--examples N] [--draw DIR] STATE WxH[/N]...\n", stderr);
        return 2;
    }
    if (look.arguments.draw && !fs_make_dirs(look.arguments.draw))
        return 1;
    config_init(&look.config);
    for (size_t i = 0; i < THEMES; i++)
        theme_load(&look.themes[i], themes[i], SOURCE_DIR, false);
    int status = 1;
    if (paths_init(&look.paths, argv[0], SOURCE_DIR)) {
        status = look_at_library(&look);
        paths_finish(&look.paths);
    }
    report_finish(&look.report);
    for (size_t i = 0; i < THEMES; i++)
        theme_finish(&look.themes[i]);
    config_finish(&look.config);
    return status;
}
