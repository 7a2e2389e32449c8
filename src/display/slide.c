#include "display/slide.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "display/frame.h"
#include "display/slide_parts.h"

/* A picture may be drawn this much larger than it is before it looks poor. */
#define MAX_ENLARGE_PERCENT  250
/* A rendition is good enough for a place if it has this share of its pixels. */
#define SHARP_ENOUGH_PERCENT 85

/* A title may be set this much smaller so that its lines end where its phrases do. */
#define SMALLER_PERCENT  80
/* Or in lines that are this much shorter, likewise. */
#define NARROWER_PERCENT 75

int slide_px(const struct slide_stage *stage, int u) {
    int side = stage->size.width < stage->size.height ? stage->size.width : stage->size.height;
    int percent = stage->enlarge ? stage->enlarge : 100;
    int pixels = (u * side * percent / 100 + 540) / 1080;
    return u > 0 && pixels < 1 ? 1 : pixels;
}

bool slide_is_portrait(const struct slide_stage *stage) {
    return stage->size.width * 4 < stage->size.height * 5;
}

struct rect slide_whole(const struct slide_stage *stage) {
    return (struct rect){0, 0, stage->size.width, stage->size.height};
}

struct rect slide_inset(struct rect rect, int by) {
    return (struct rect){rect.x + by, rect.y + by, rect.width - 2 * by, rect.height - 2 * by};
}

struct rect slide_safe(const struct slide_stage *stage) {
    struct rect safe = slide_inset(slide_whole(stage), slide_px(stage, stage->theme->margin));
    safe.x += stage->shift.x;
    safe.y += stage->shift.y;
    return safe;
}

struct rect slide_corner(const struct slide_stage *stage) {
    return stage->frame ? frame_corner(stage->theme, stage->size) : (struct rect){0, 0, 0, 0};
}

struct rect slide_hint(const struct slide_stage *stage) {
    return stage->frame ? frame_hint(stage->theme, stage->size) : (struct rect){0, 0, 0, 0};
}

/* ---- type */

struct text_style slide_style(const struct slide_stage *stage, int size, int leading_percent,
                              enum text_weight weight) {
    int pixels = slide_px(stage, size);
    return (struct text_style){
        .size = pixels, .leading = pixels * leading_percent / 100, .weight = weight};
}

struct layout *slide_layout(const struct slide_stage *stage, const char *text,
                            const struct text_style *style, int width) {
    return layout_build(stage->metrics, text, style, width);
}

struct text_style slide_body(const struct slide_stage *stage, int size) {
    const struct theme *theme = stage->theme;
    struct text_style style = slide_style(stage, size, theme->leading, WEIGHT_REGULAR);
    style.justify = true;
    style.hang = theme->hang;
    style.indent = style.size * theme->indent;
    style.gap = slide_px(stage, theme->indent ? 0 : 14);
    return style;
}

int slide_measure(const struct slide_stage *stage, const struct text_style *style, int width) {
    return width - (stage->theme->hang ? (style->size + 1) / 2 : 0);
}

size_t slide_text_end(const struct slide_stage *stage, const char *text,
                      const struct text_style *style, struct rect place) {
    int width = slide_measure(stage, style, place.width), lines = place.height / style->leading;
    /* The gaps between paragraphs are known only once it is set: give up lines until it fits. */
    for (;; lines--) {
        size_t end = layout_page_end(stage->metrics, text, style, width, lines);
        char *part = xstrndup(text, end);
        struct layout *layout = slide_layout(stage, part, style, width);
        int height = layout->height;
        layout_destroy(layout);
        free(part);
        if (height <= place.height || lines <= 1)
            return end;
    }
}

/* "7." begins an item of a list. */
static bool ends_number(const char *text, size_t end) {
    return end > 1 && text[end - 1] == '.' && text[end - 2] >= '0' && text[end - 2] <= '9';
}

size_t slide_sentences_end(const char *text, size_t end) {
    static const char *const marks[] = {"。", "！", "？", "……", "”", "."};
    for (; end > 0; end--)
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
            size_t size = strlen(marks[i]);
            if (end >= size && memcmp(text + end - size, marks[i], size) == 0 &&
                !ends_number(text, end))
                return end;
        }
    return 0;
}

/* Lines that end within a phrase: behind neither a punctuation mark nor the end. */
static size_t cut_phrases(const struct layout *layout) {
    static const char *const marks[] = {"，", "：", "；", "。", "！", "？", "、", "—", "》", "”"};
    size_t cut = 0;
    for (size_t i = 0; i + 1 < layout->line_count; i++) {
        char *line = xstrndup(layout->text, layout->lines[i].end);
        bool marked = false;
        for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
            marked = marked || text_ends(line, marks[k]);
        cut += !marked;
        free(line);
    }
    return cut;
}

static struct layout *title_at(const struct slide_stage *stage, const char *text, int size,
                               int lines, int width) {
    struct text_style style = slide_style(stage, size, stage->theme->title_leading, WEIGHT_BOLD);
    style.balance = true;
    style.max_lines = lines;
    style.names = stage->names;
    style.name_count = stage->name_count;
    return slide_layout(stage, text, &style, width);
}

/* Keeps the better of the two: one that fits, then fewer phrases cut, then the earlier. */
static bool prefer(struct layout **best, struct layout *layout, int lines) {
    bool fits = layout->line_count <= (size_t)lines;
    bool better = fits && (!*best || cut_phrases(layout) < cut_phrases(*best));
    layout_destroy(better ? *best : layout);
    if (better)
        *best = layout;
    return fits;
}

struct layout *slide_title(const struct slide_stage *stage, const char *text, const int *sizes,
                           int lines, int width) {
    struct layout *best = NULL;
    int largest = 0; /* at which it fits */
    for (; *sizes && (!largest || *sizes * 100 >= largest * SMALLER_PERCENT); sizes++) {
        struct layout *layout = title_at(stage, text, *sizes, sizes[1] ? 0 : lines, width);
        bool several = layout->line_count > 1;
        if (!prefer(&best, layout, lines))
            continue;
        largest = largest ? largest : *sizes;
        if (several) /* one line more may end where phrases do */
            prefer(&best, title_at(stage, text, *sizes, 0, width * NARROWER_PERCENT / 100), lines);
    }
    return best;
}

void slide_add_foot(struct scene *scene, const struct slide_stage *stage, struct rect area,
                    const char *text, colour ink) {
    struct rect hint = slide_hint(stage);
    int height = slide_px(stage, ROW_HEIGHT), width = area.width;
    if (!rect_empty(hint) && area.x + width > hint.x)
        width = hint.x - slide_px(stage, ROW_GAP) - area.x;
    if (!*text || width < height)
        return;
    struct text_style style = slide_style(stage, stage->theme->label, 130, WEIGHT_REGULAR);
    style.max_lines = 1;
    struct layout *layout = slide_layout(stage, text, &style, width);
    int y = area.y + area.height - (height + layout->height) / 2;
    scene_add_text(scene, (struct point){area.x, y}, layout, ink);
}

/* ---- marks */

void slide_add_icon(struct scene *scene, const struct slide_stage *stage, const char *name,
                    struct rect place, colour ink) {
    char *path = xasprintf("%s/%s.svg", stage->icons, name);
    scene_add_icon(scene, place, path, ink);
    free(path);
}

int slide_add_badge(struct scene *scene, const struct slide_stage *stage,
                    const struct case_record *record, struct point at) {
    const struct theme *theme = stage->theme;
    struct text_style style = slide_style(stage, theme->label + 2, 100, WEIGHT_BOLD);
    struct layout *text = slide_layout(stage, case_section(record), &style, stage->size.width);
    int height = slide_px(stage, ROW_HEIGHT), side = slide_px(stage, 36), gap = slide_px(stage, 12);
    struct rect icon = {at.x + slide_px(stage, 18), at.y + (height - side) / 2, side, side};
    struct point name = {icon.x + side + gap, at.y + (height - text->height) / 2};
    struct rect place = {at.x, at.y, name.x + text->widest + 2 * gap - at.x, height};
    scene_add_fill(scene, LAYER_TEXT, place, slide_px(stage, 10),
                   theme_section(theme, record->level, record->unit)->fill);
    slide_add_icon(scene, stage, section_key(record->level, record->unit), icon, theme->on_unit);
    text->width = text->widest;
    scene_add_text(scene, name, text, theme->on_unit);
    return place.width;
}

/* A phone needs some three pixels of its camera for a module. At two metres the screen of a lobby
 * (a metre wide) gives it one for every 2 u or so. */
#define CODE_MODULE  6   /* u */
#define CODE_LARGEST 320 /* u: with its quiet zone */
#define CODE_LABEL   44  /* u: below it, for the words */
#define CODE_EDGE    16  /* u: white around a file */
#define CODE_LEAST   180 /* u: the tile's width, for the words */
#define CODE_WORDS   6   /* em of a label: likewise */
#define CODE_SAYS    "扫码看全文"

struct slide_code slide_code_of(const struct case_record *record) {
    if (record->code)
        return (struct slide_code){.file = asset_rendition(record->code, RENDITION_CODE, 0)};
    return (struct slide_code){.made = code_build(record->url)};
}

void slide_code_finish(struct slide_code *code) {
    code_destroy(code->made);
    *code = (struct slide_code){0};
}

/* Pixels of what the phone reads: modules of whole pixels; a file at its own size, or a multiple of
 * it, where that is not too large. */
static struct size code_size(const struct slide_stage *stage, const struct slide_code *code) {
    int most = slide_px(stage, CODE_LARGEST);
    if (code->file) {
        int width = code->file->width, height = code->file->height;
        int times = most / (width > height ? width : height);
        if (times > 0)
            return (struct size){times * width, times * height};
        struct rect inside =
            fit_inside((struct size){width, height}, (struct rect){0, 0, most, most}, 100);
        return (struct size){inside.width, inside.height};
    }
    int modules = code->made->side + 2 * CODE_QUIET, module = slide_px(stage, CODE_MODULE);
    int side = modules * (module < most / modules ? module : most / modules);
    return (struct size){side, side};
}

struct size slide_code_size(const struct slide_stage *stage, const struct slide_code *code) {
    if (!code->file && !code->made)
        return (struct size){0, 0};
    struct size size = code_size(stage, code);
    int edge = code->file ? 2 * slide_px(stage, CODE_EDGE) : 0; /* it may have no quiet zone */
    int words = CODE_WORDS * stage->theme->label;
    int least = slide_px(stage, words > CODE_LEAST ? words : CODE_LEAST);
    size.width += edge;
    size.height += edge;
    return (struct size){size.width > least ? size.width : least,
                         size.height + slide_px(stage, CODE_LABEL)};
}

struct rect slide_code_place(const struct slide_stage *stage, const struct slide_code *code,
                             struct rect within) {
    struct size size = slide_code_size(stage, code);
    struct rect hint = slide_hint(stage);
    struct rect place = {within.x + within.width - size.width,
                         within.y + within.height - size.height, size.width, size.height};
    if (!rect_empty(rect_meet(place, hint)))
        place.y = hint.y - slide_px(stage, ROW_GAP / 2) - size.height;
    return place;
}

/* Takes what was made over. */
static void add_modules(struct scene *scene, const struct slide_stage *stage,
                        struct slide_code *code, struct rect place) {
    struct size size = code_size(stage, code);
    place.x += (place.width - size.width) / 2;
    if (code->made) {
        scene_add_code(scene, (struct rect){place.x, place.y, size.width, size.height},
                       slide_px(stage, 8), code->made);
        code->made = NULL;
        return;
    }
    char *path = rendition_path(stage->media, code->file);
    place.y += slide_px(stage, CODE_EDGE);
    scene_add_picture(scene, LAYER_TEXT, (struct rect){place.x, place.y, size.width, size.height},
                      0, path, (struct rect){0, 0, code->file->width, code->file->height}, false);
    free(path);
}

struct rect slide_add_code(struct scene *scene, const struct slide_stage *stage,
                           struct slide_code *code, struct rect within) {
    struct rect place = slide_code_place(stage, code, within), seen = rect_meet(place, within);
    if (rect_empty(place) || seen.width != place.width || seen.height != place.height) {
        place = (struct rect){0, 0, 0, 0};
    } else {
        int row = slide_px(stage, CODE_LABEL);
        struct text_style style = slide_style(stage, stage->theme->label, 100, WEIGHT_REGULAR);
        style.align = ALIGN_CENTRE;
        style.max_lines = 1;
        scene_add_fill(scene, LAYER_TEXT, place, slide_px(stage, 8), 0xFFFFFFFF);
        const char *words = code->words ? code->words : CODE_SAYS;
        struct layout *label = slide_layout(stage, words, &style, place.width);
        add_modules(scene, stage, code, place);
        int y = place.y + place.height - row + (row - label->height) / 2 - slide_px(stage, 4);
        scene_add_text(scene, (struct point){place.x, y}, label, 0xFF1B1B1B);
    }
    slide_code_finish(code);
    return place;
}

/* ---- pictures */

static struct size asset_size(const struct asset *asset) {
    return (struct size){asset->width > 0 ? asset->width : 1,
                         asset->height > 0 ? asset->height : 1};
}

static struct point asset_focus(const struct asset *asset) {
    return (struct point){asset->focus_x, asset->focus_y};
}

/* The smallest rendition that is sharp enough when its whole picture is `width` pixels wide. */
static const struct rendition *choose(const struct asset *asset, int width) {
    static const enum rendition_role roles[] = {RENDITION_THUMB, RENDITION_SCREEN, RENDITION_LARGE};
    const struct rendition *best = NULL;
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        const struct rendition *rendition = asset_rendition(asset, roles[i], 0);
        if (!rendition)
            continue;
        best = rendition;
        if (rendition->width * 100LL >= (int64_t)width * SHARP_ENOUGH_PERCENT)
            break;
    }
    return best;
}

/* Where the focus, in thousandths of the whole side, lies in the part that is shown. */
static int thousandths(int focus, int64_t side, int start, int length) {
    int64_t at = (focus * side - start * 1000LL) / length;
    return (int)(at < 0 ? 0 : at > 1000 ? 1000 : at);
}

/* source: in pixels of the original picture. */
static void add_rendition(struct scene *scene, const struct slide_stage *stage,
                          const struct asset *asset, const struct rendition *rendition,
                          struct rect place, struct rect source, int radius, bool blurred) {
    struct size size = asset_size(asset);
    int64_t w = rendition->width, h = rendition->height;
    struct rect scaled = {(int)(source.x * w / size.width), (int)(source.y * h / size.height),
                          (int)((source.width * w + size.width / 2) / size.width),
                          (int)((source.height * h + size.height / 2) / size.height)};
    scaled.width = scaled.width < 1 ? 1 : scaled.width;
    scaled.height = scaled.height < 1 ? 1 : scaled.height;
    char *path = media_path(stage->media, rendition->hash);
    scene_add_picture(scene, blurred ? LAYER_GROUND : LAYER_PICTURE, place, radius, path, scaled,
                      blurred);
    struct item *item = scene->items + scene->count - 1;
    item->picture.about = (struct point){thousandths(asset->focus_x, w, scaled.x, scaled.width),
                                         thousandths(asset->focus_y, h, scaled.y, scaled.height)};
    free(path);
}

bool slide_can_fill(const struct slide_stage *stage, const struct asset *asset, struct rect place) {
    int loss = 0;
    struct rect source = fit_crop(asset_size(asset), place, asset_focus(asset), &loss);
    return !asset->whole && loss <= stage->theme->crop_percent &&
           source.width * (int64_t)MAX_ENLARGE_PERCENT / 100 >= place.width;
}

void slide_add_whole(struct scene *scene, const struct slide_stage *stage,
                     const struct asset *asset, struct rect place, int radius) {
    struct size size = asset_size(asset);
    struct rect inside = fit_inside(size, place, MAX_ENLARGE_PERCENT);
    const struct rendition *rendition = choose(asset, inside.width);
    if (rendition)
        add_rendition(scene, stage, asset, rendition, inside,
                      (struct rect){0, 0, size.width, size.height}, radius, false);
}

/* However much of it is cut away. */
static void add_cropped(struct scene *scene, const struct slide_stage *stage,
                        const struct asset *asset, struct rect place, int radius, bool blurred) {
    struct size size = asset_size(asset);
    int loss = 0;
    struct rect source = fit_crop(size, place, asset_focus(asset), &loss);
    int whole_width = (int)((int64_t)size.width * place.width / source.width);
    const struct rendition *rendition = choose(asset, blurred ? 1 : whole_width);
    if (rendition)
        add_rendition(scene, stage, asset, rendition, place, source, radius, blurred);
}

void slide_add_filling(struct scene *scene, const struct slide_stage *stage,
                       const struct asset *asset, struct rect place, int radius) {
    int loss = 0;
    struct rect source = fit_crop(asset_size(asset), place, asset_focus(asset), &loss);
    if (!asset->whole && source.width * (int64_t)MAX_ENLARGE_PERCENT / 100 >= place.width) {
        add_cropped(scene, stage, asset, place, radius, false);
        return;
    }
    add_cropped(scene, stage, asset, place, radius, true);
    slide_add_whole(scene, stage, asset, slide_inset(place, radius), radius / 2);
}

void slide_add_ground(struct scene *scene, const struct slide_stage *stage,
                      const struct asset *asset, struct rect place) {
    add_cropped(scene, stage, asset, place, 0, true);
}

void slide_add_picture(struct scene *scene, const struct slide_stage *stage,
                       const struct asset *asset, struct rect place, int radius, bool blurred) {
    if (slide_can_fill(stage, asset, place)) {
        add_cropped(scene, stage, asset, place, radius, false);
        return;
    }
    if (blurred)
        slide_add_ground(scene, stage, asset, place);
    else
        scene_add_fill(scene, LAYER_GROUND, place, radius, stage->theme->panel);
    slide_add_whole(scene, stage, asset, place, blurred ? 0 : radius);
}

void slide_add_photograph(struct scene *scene, const struct slide_stage *stage,
                          const struct asset *asset) {
    slide_add_picture(scene, stage, asset, slide_whole(stage), 0, false);
    struct item *last = scene->items + scene->count - 1;
    if (last->kind == ITEM_PICTURE && slide_can_fill(stage, asset, slide_whole(stage)))
        last->picture.drifts = true;
}

void slide_build(struct scene *scene, const struct slide_stage *stage,
                 const struct case_record *record, const struct slide *slide) {
    scene_init(scene, stage->size.width, stage->size.height);
    scene_add_fill(scene, LAYER_GROUND, slide_whole(stage), 0, stage->theme->ground);
    switch (slide->kind) {
    case SLIDE_UNIT:
        slide_build_unit(scene, stage, record, slide);
        break;
    case SLIDE_STORY:
        slide_build_story(scene, stage, record, slide);
        break;
    case SLIDE_NOTICE:
        slide_build_notice(scene, stage, record, slide);
        break;
    case SLIDE_GALLERY:
        slide_build_gallery(scene, stage, record, slide);
        break;
    case SLIDE_COVER:
    case SLIDE_KIND_COUNT:
        slide_build_cover(scene, stage, record, slide);
        break;
    }
}
