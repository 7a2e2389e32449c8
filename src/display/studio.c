#include "display/studio.h"

#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/memory.h"
#include "display/composer.h"
#include "display/font.h"
#include "display/frame.h"
#include "display/slide.h"

/* Decoded pictures kept: the first screen-sized one of the next slide and some thumbnails. */
#define PICTURE_BUDGET ((size_t)16 << 20)

struct studio {
    const struct paths *paths;
    const struct config *config;
    struct theme theme;
    struct fontset *fonts;
    struct composer *composer;
    char *icons; /* owned: their folder */
    struct slide_stage stage;
    bool drifts;
};

static struct fontset *open_fonts(const struct studio *studio) {
    char *folder = path_join(studio->paths->data, "fonts", NULL);
    const struct font_choice choice = {.folder = folder,
                                       .regular = studio->theme.font_regular,
                                       .bold = studio->theme.font_bold,
                                       .fallback = studio->config->text.fallback};
    struct fontset *fonts = fontset_open(&choice);
    free(folder);
    return fonts;
}

struct studio *studio_create(const struct paths *paths, const struct config *config,
                             struct size size) {
    struct studio *studio = xcalloc(1, sizeof *studio);
    studio->paths = paths;
    studio->config = config;
    theme_load(&studio->theme, config->display.theme, paths->data, false);
    studio->fonts = open_fonts(studio);
    if (!studio->fonts) {
        theme_finish(&studio->theme);
        free(studio);
        return NULL;
    }
    studio->icons = path_join(paths->data, "assets/icons", NULL);
    studio->composer = composer_create(studio->fonts, PICTURE_BUDGET);
    studio->stage = (struct slide_stage){.size = size,
                                         .theme = &studio->theme,
                                         .metrics = fontset_metrics(studio->fonts),
                                         .config = config,
                                         .media = paths->media,
                                         .icons = studio->icons};
    return studio;
}

void studio_destroy(struct studio *studio) {
    if (!studio)
        return;
    composer_destroy(studio->composer);
    fontset_close(studio->fonts);
    free(studio->icons);
    theme_finish(&studio->theme);
    free(studio);
}

void studio_resize(struct studio *studio, struct size size) {
    studio->stage.size = size;
}

void studio_drift(struct studio *studio, bool drifts) {
    studio->drifts = drifts;
}

void studio_set_frame(struct studio *studio) {
    studio->stage.frame = true;
}

void studio_set_age(struct studio *studio, int64_t minutes) {
    studio->stage.shift = frame_shift(studio->stage.theme, minutes, studio->stage.size);
}

void studio_set_names(struct studio *studio, char *const *names, size_t count) {
    studio->stage.names = (const char *const *)names;
    studio->stage.name_count = count;
}

void studio_plan(struct studio *studio, const struct case_record *record, bool whole,
                 struct deck *deck) {
    struct slide_paper paper = {&studio->stage, record};
    if (whole)
        deck_build_whole(deck, record, studio->config, slide_page_end, &paper);
    else
        deck_build_loop(deck, record, studio->config);
}

/* A promoted case comes again; its title is told once. */
static bool came_since(const struct snapshot *round, size_t from, size_t at) {
    for (size_t i = from; i < at; i++)
        if (strcmp(round->cases[i].id, round->cases[at].id) == 0)
            return true;
    return false;
}

static bool is_of(const struct case_record *record, enum unit unit) {
    return record->level == LEVEL_CASE && record->unit == unit;
}

void studio_plan_round(struct studio *studio, const struct snapshot *round, size_t at,
                       struct deck *deck) {
    enum unit unit = round->cases[at].unit;
    const char **titles = xcalloc(round->count, sizeof *titles);
    size_t count = 0;
    bool opens = studio->config->loop.slides & SLIDES_UNIT && !round->cases[at].level;
    for (size_t i = 0; i < at; i++)
        opens = opens && !is_of(round->cases + i, unit);
    for (size_t i = at; i < round->count; i++)
        if (opens && is_of(round->cases + i, unit) && !came_since(round, at, i))
            titles[count++] = round->cases[i].title;
    studio_plan(studio, round->cases + at, false, deck);
    if (opens && count > 1 && deck->count)
        deck_open_unit(deck, studio->config, titles, count, round->unit_cases[unit]);
    free((void *)titles);
}

void studio_prefetch(struct studio *studio, const struct case_record *record) {
    const struct rendition *rendition =
        record->asset_count ? asset_rendition(record->assets, RENDITION_SCREEN, 0) : NULL;
    if (!rendition)
        return;
    char *path = media_path(studio->paths->media, rendition->hash);
    composer_prefetch(studio->composer, path);
    free(path);
}

static struct buffer *flatten(struct studio *studio, struct scene *scene) {
    struct buffer *buffer = composer_flatten(studio->composer, scene);
    scene_finish(scene);
    return buffer;
}

struct buffer *studio_draw(struct studio *studio, const struct case_record *record,
                           const struct slide *slide) {
    struct scene scene;
    slide_build(&scene, &studio->stage, record, slide);
    return flatten(studio, &scene);
}

/* With the transitions before and after it. */
static int64_t seen_us(const struct config *config, const struct slide *slide) {
    return (slide->duration_ms + 2 * config->loop.fade_ms) * 1000;
}

struct buffer *studio_draw_drifting(struct studio *studio, const struct case_record *record,
                                    const struct slide *slide, struct buffer **photo,
                                    struct drift *drift) {
    *photo = NULL;
    struct scene scene;
    slide_build(&scene, &studio->stage, record, slide);
    const struct item *item = studio->drifts ? scene_drifting(&scene) : NULL;
    struct buffer *buffer = NULL;
    if (item) {
        *drift = drift_plan(studio->stage.theme, record->id, item->picture.about,
                            seen_us(studio->config, slide));
        buffer = composer_split(studio->composer, &scene, item, photo);
    } else {
        buffer = composer_flatten(studio->composer, &scene);
    }
    scene_finish(&scene);
    return buffer;
}

struct buffer *studio_draw_empty(struct studio *studio, bool fresh) {
    struct scene scene;
    slide_build_empty(&scene, &studio->stage, fresh);
    return flatten(studio, &scene);
}

void studio_draw_frame(struct studio *studio, int64_t clock_ms, bool hint,
                       struct overlay_parts *parts) {
    struct scene scene;
    *parts = (struct overlay_parts){.size = studio->stage.size};
    struct overlay_part *part = parts->parts;
    if (frame_build_corner(&scene, &studio->stage, clock_ms, &part[OVERLAY_CORNER].at))
        part[OVERLAY_CORNER].buffer = flatten(studio, &scene);
    for (int i = OVERLAY_HINT; hint && i <= OVERLAY_LIT; i++) {
        frame_build_hint(&scene, &studio->stage, i == OVERLAY_LIT, &part[i].at);
        part[i].buffer = flatten(studio, &scene);
    }
}

struct buffer *studio_draw_line(struct studio *studio, const struct case_record *record) {
    if (!studio->theme.step_seconds)
        return NULL;
    struct scene scene;
    frame_build_line(&scene, &studio->stage, record);
    return flatten(studio, &scene);
}

const struct slide_stage *studio_stage(const struct studio *studio) {
    return &studio->stage;
}

struct buffer *studio_flatten(struct studio *studio, const struct scene *scene) {
    return composer_flatten(studio->composer, scene);
}
