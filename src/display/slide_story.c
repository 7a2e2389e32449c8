/* The story: text beside its pictures (above them on a portrait screen). */
#include "display/slide_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"

#define MORE_TEXT "全文请触摸屏幕"

/* Where things lie on a story slide, pixels. */
struct frame {
    struct rect text;    /* header, body and foot */
    struct rect picture; /* width 0: none */
    int header, foot;    /* heights */
};

static bool is_upright(const struct asset *asset) {
    return asset->height * 10 >= asset->width * 11;
}

static struct frame frame_of(const struct slide_stage *stage, const struct case_record *record,
                             const struct slide *slide) {
    struct size size = stage->size;
    int margin = slide_px(stage, stage->theme->margin);
    bool pictures = slide->picture_count && record->asset_count;
    struct frame frame = {.header = slide_px(stage, 190), .foot = slide_px(stage, 70)};
    frame.text = slide_inset(slide_whole(stage), margin);
    if (!pictures) {
        int measure = slide_px(stage, 1300);
        if (frame.text.width > measure) {
            frame.text.x = (size.width - measure) / 2;
            frame.text.width = measure;
        }
    } else if (slide_is_portrait(stage)) {
        frame.picture = (struct rect){0, 0, size.width, size.height * 42 / 100};
        frame.text.y = frame.picture.height + margin * 3 / 4;
        frame.text.height = size.height - frame.text.y - margin;
    } else {
        int column = size.width * 41 / 100;
        frame.picture = (struct rect){size.width - column, 0, column, size.height};
        frame.text.x = margin + slide_px(stage, 24);
        frame.text.width = size.width - column - frame.text.x - margin;
    }
    return frame;
}

static struct text_style body_style(const struct slide_stage *stage) {
    struct text_style style =
        slide_style(stage, stage->theme->body, stage->theme->leading, WEIGHT_REGULAR);
    style.justify = true;
    style.gap = slide_px(stage, 14);
    return style;
}

/* The loop's page is read walking past: as large as its place allows. */
static struct layout *lead_layout(const struct slide_stage *stage, const char *text,
                                  struct rect place) {
    static const int sizes[] = {60, 56, 52, 48, 44, 40, 36, 0};
    for (const int *size = sizes;; size++) {
        struct text_style style = slide_style(stage, *size, 165, WEIGHT_REGULAR);
        style.justify = true;
        style.gap = slide_px(stage, 14);
        struct layout *layout = slide_layout(stage, text, &style, place.width);
        if (layout->height <= place.height || !size[1])
            return layout;
        layout_destroy(layout);
    }
}

static struct rect body_place(const struct frame *frame) {
    return (struct rect){frame->text.x, frame->text.y + frame->header, frame->text.width,
                         frame->text.height - frame->header - frame->foot};
}

/* Up to two pictures one above the other, or one where it is upright or the place is low. */
static void add_pictures(struct scene *scene, const struct slide_stage *stage,
                         const struct case_record *record, const struct slide *slide,
                         struct rect place) {
    const struct asset *first = record->assets + slide->pictures[0];
    bool two = slide->picture_count > 1 && place.height > place.width && !is_upright(first) &&
               !is_upright(record->assets + slide->pictures[1]);
    if (!two) {
        slide_add_picture(scene, stage, first, place, 0, true);
        return;
    }
    int gap = slide_px(stage, stage->theme->gap) / 2, half = (place.height - gap) / 2;
    for (int i = 0; i < 2; i++) {
        struct rect cell = {place.x, place.y + i * (half + gap), place.width, half};
        slide_add_picture(scene, stage, record->assets + slide->pictures[i], cell, 0, true);
    }
}

static void add_header(struct scene *scene, const struct slide_stage *stage,
                       const struct case_record *record, struct rect text) {
    struct point at = {text.x, text.y};
    slide_add_badge(scene, stage, record->unit, at);
    at.y += slide_px(stage, BADGE_HEIGHT + 24);
    struct text_style style = slide_style(stage, 44, 130, WEIGHT_BOLD);
    style.max_lines = 1;
    struct layout *title = slide_layout(stage, record->title, &style, text.width);
    at.y += slide_px(stage, 6);
    scene_add_text(scene, at, title, stage->theme->units[record->unit].light);
}

static void add_foot(struct scene *scene, const struct slide_stage *stage,
                     const struct case_record *record, const struct slide *slide,
                     struct rect text) {
    struct text_style style = slide_style(stage, stage->theme->label, 130, WEIGHT_REGULAR);
    style.max_lines = 1;
    struct layout *school = slide_layout(stage, record->school, &style, text.width * 6 / 10);
    int y = text.y + text.height - school->height;
    scene_add_text(scene, (struct point){text.x, y}, school, stage->theme->dim);
    style.align = ALIGN_END;
    char *page = slide->lead ? xstrdup(slide->more ? MORE_TEXT : "")
                             : xasprintf("%d/%d", slide->number, slide->of);
    if (*page)
        scene_add_text(scene, (struct point){text.x, y},
                       slide_layout(stage, page, &style, text.width),
                       slide->lead ? stage->theme->units[record->unit].light : stage->theme->dim);
    free(page);
}

void slide_build_story(struct scene *scene, const struct slide_stage *stage,
                       const struct case_record *record, const struct slide *slide) {
    struct frame frame = frame_of(stage, record, slide);
    if (frame.picture.width)
        add_pictures(scene, stage, record, slide, frame.picture);
    add_header(scene, stage, record, frame.text);
    struct rect place = body_place(&frame);
    struct text_style style = body_style(stage);
    struct layout *body = slide->lead ? lead_layout(stage, slide->text, place)
                                      : slide_layout(stage, slide->text, &style, place.width);
    int free_height = place.height - body->height;
    int down = slide->lead && free_height > 0 ? free_height * 2 / 5 : 0;
    scene_add_text(scene, (struct point){place.x, place.y + down}, body, stage->theme->text);
    add_foot(scene, stage, record, slide, frame.text);
}

size_t slide_page_end(void *user, const char *text, int page) {
    (void)page;
    const struct slide_paper *paper = user;
    struct slide slide = {.picture_count = paper->record->asset_count ? 1 : 0};
    struct frame frame = frame_of(paper->stage, paper->record, &slide);
    struct rect place = body_place(&frame);
    struct text_style style = body_style(paper->stage);
    int lines = place.height / style.leading;
    /* The gaps between paragraphs are known only once it is set: give up lines until it fits. */
    for (;; lines--) {
        size_t end = layout_page_end(paper->stage->metrics, text, &style, place.width, lines);
        char *part = xstrndup(text, end);
        struct layout *layout = slide_layout(paper->stage, part, &style, place.width);
        int height = layout->height;
        layout_destroy(layout);
        free(part);
        if (height <= place.height || lines <= 1)
            return end;
    }
}
