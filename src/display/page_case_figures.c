/* The pictures of a case, each of which leads to itself on the whole screen. */
#include <stdlib.h>

#include "base/memory.h"
#include "display/page_case.h"

/* u */
#define FIGURE_GAP   28
#define CAPTION_GAP  10
#define CAPTION_SIZE 28
#define MARK_SIDE    64
#define MARK_ICON    36
#define MARK_INSET   16

#define FIGURES_MAX   3   /* beside one another */
#define SEEN_PERCENT  64  /* of what is seen at once, that pictures take at the most */
#define CROP_PERCENT  72  /* a picture alone may be this much flatter than it is */
#define COVER_PERCENT 100 /* of its width, that the cover is high at the most */
#define NARROWEST     0.6 /* width to height */
#define WIDEST        4.0

/* Width to height of its place: a very long or very wide picture is not shown as it is. */
static double ratio_of(const struct asset *asset) {
    double ratio = asset->width > 0 && asset->height > 0 ? (double)asset->width / asset->height : 1;
    return ratio < NARROWEST ? NARROWEST : ratio > WIDEST ? WIDEST : ratio;
}

/* A video plays at once. */
static struct place picture_place(const struct case_page *page, size_t number) {
    struct place place = place_copy(&page->sheet->page.place);
    bool video = page->record->assets[number].kind == ASSET_VIDEO;
    place.kind = video ? PLACE_VIDEO : PLACE_PICTURE;
    place.picture = (int)number;
    return place;
}

static int gap_of(const struct case_page *page) {
    int gap = slide_px(page->stage, FIGURE_GAP), apart = sheet_gap(page->sheet);
    return gap > apart ? gap : apart;
}

/* That it can be played, and for how long. */
static void add_play(const struct case_page *page, struct scene *scene, const struct asset *asset,
                     struct rect place) {
    slide_add_play(scene, page->stage, "play", slide_play_place(page->stage, place));
    slide_add_length(scene, page->stage, asset, place, true);
}

/* That it can be opened: a small sign at the lower right, on a ground of its own. */
static void add_mark(const struct case_page *page, struct scene *scene, struct rect place,
                     const char *words) {
    const struct slide_stage *stage = page->stage;
    const struct theme *theme = stage->theme;
    int side = slide_px(stage, MARK_SIDE), icon = slide_px(stage, MARK_ICON);
    int inset = slide_px(stage, MARK_INSET), pad = (side - icon) / 2;
    struct text_style style = slide_style(stage, CAPTION_SIZE, 100, WEIGHT_BOLD);
    struct layout *text = slide_layout(stage, words, &style, place.width);
    text->width = text->widest;
    int width = side + (text->line_count ? text->widest + pad : 0);
    struct rect ground = {place.x + place.width - inset - width,
                          place.y + place.height - inset - side, width, side};
    scene_add_fill(scene, LAYER_TEXT, ground, slide_px(stage, 12),
                   colour_with_alpha(theme->scrim, 255));
    slide_add_icon(scene, stage, "expand",
                   (struct rect){ground.x + pad, ground.y + pad, icon, icon}, theme->over_picture);
    scene_add_text(scene, (struct point){ground.x + side, ground.y + (side - text->height) / 2},
                   text, theme->over_picture);
}

/* A long picture is told by its beginning: as a whole it would be a thread. */
static void add_beginning(const struct case_page *page, struct scene *scene,
                          const struct rendition *piece, struct rect place, int radius) {
    struct rect source = {0, 0, piece->width, piece->height};
    int64_t high = (int64_t)piece->width * place.height / place.width;
    int64_t wide = (int64_t)piece->height * place.width / place.height;
    if (high < source.height)
        source.height = high > 1 ? (int)high : 1;
    else
        source.width = wide > 1 && wide < source.width ? (int)wide : source.width;
    char *path = rendition_path(page->stage->media, piece);
    scene_add_picture(scene, LAYER_PICTURE, place, radius, path, source, false);
    free(path);
}

static void add_picture(const struct case_page *page, struct scene *scene,
                        const struct asset *asset, struct rect place, int radius, bool blurred) {
    const struct rendition *piece = asset_rendition(asset, RENDITION_TILE, 0);
    if (piece && !rect_empty(place))
        add_beginning(page, scene, piece, place, radius);
    else
        slide_add_picture(scene, page->stage, asset, place, radius, blurred);
}

/* ---- rows */

static int most_height(const struct column *column) {
    int seen = column->view * SEEN_PERCENT / 100;
    return seen < column->width ? seen : column->width;
}

/* Whether each of them is wide enough for a finger, and for its mark. */
static bool all_wide(const struct case_page *page, const struct figures *row, double ratios,
                     int room) {
    int least = slide_px(page->stage, MARK_SIDE + 2 * MARK_INSET);
    least = least < sheet_finger(page->sheet) ? sheet_finger(page->sheet) : least;
    for (size_t i = 0; i < row->count; i++)
        if (ratio_of(page->record->assets + row->first + i) * room < least * ratios)
            return false;
    return true;
}

struct figures case_figures(const struct case_page *page, const struct column *column,
                            size_t first) {
    const struct case_record *record = page->record;
    struct figures row = {.first = first};
    int most = most_height(column), gap = gap_of(page), finger = sheet_finger(page->sheet);
    double ratios = 0, height = most * 2.0, enough = 0;
    while (first + row.count < record->asset_count && row.count < FIGURES_MAX && height > enough) {
        const struct asset *asset = record->assets + first + row.count;
        int room = column->width - (int)row.count * gap;
        row.count++;
        ratios += ratio_of(asset);
        if (row.count > 1 && !all_wide(page, &row, ratios, room)) {
            row.count--;
            break;
        }
        height = room / ratios;
        enough = row.count == 1 && !asset->whole ? most * 100.0 / CROP_PERCENT : most;
    }
    row.height = height < most ? (int)height : most;
    row.height = row.height < finger ? finger : row.height;
    return row;
}

static struct layout *caption_of(const struct case_page *page, const struct asset *asset,
                                 int width) {
    int size = CAPTION_SIZE + 2 * (int)page->sheet->manner.size;
    struct text_style style = slide_style(page->stage, size, 140, WEIGHT_REGULAR);
    return slide_layout(page->stage, asset->caption, &style, width);
}

/* The widths share the row as the pictures' shapes ask for; gives the height of the captions. */
static int share_row(const struct case_page *page, const struct column *column,
                     const struct figures *row, struct rect *places, struct layout **captions) {
    double ratios = 0;
    int gap = gap_of(page), room = column->width - ((int)row->count - 1) * gap, x = 0, tallest = 0;
    for (size_t i = 0; i < row->count; i++)
        ratios += ratio_of(page->record->assets + row->first + i);
    for (size_t i = 0; i < row->count; i++) {
        const struct asset *asset = page->record->assets + row->first + i;
        int width = i + 1 < row->count ? (int)(room * ratio_of(asset) / ratios) : column->width - x;
        places[i] = (struct rect){x, 0, width, row->height};
        captions[i] = caption_of(page, asset, width);
        tallest = captions[i]->height > tallest ? captions[i]->height : tallest;
        x += width + gap;
    }
    return tallest;
}

void case_add_figures(const struct case_page *page, struct column *column,
                      const struct figures *row) {
    const struct slide_stage *stage = page->stage;
    struct rect places[FIGURES_MAX];
    struct layout *captions[FIGURES_MAX];
    int below = share_row(page, column, row, places, captions);
    int space = slide_px(stage, CAPTION_GAP), radius = slide_px(stage, stage->theme->radius);
    column_skip(column, gap_of(page));
    struct pane pane = column_add_pane(column, row->height + (below ? space + below : 0));
    for (size_t i = 0; i < row->count; i++) {
        const struct asset *asset = page->record->assets + row->first + i;
        add_picture(page, pane.scene, asset, places[i], radius, false);
        if (asset->kind == ASSET_VIDEO)
            add_play(page, pane.scene, asset, places[i]);
        else
            add_mark(page, pane.scene, places[i], "");
        scene_add_text(pane.scene, (struct point){places[i].x, row->height + space}, captions[i],
                       stage->theme->dim);
        sheet_add_target(page->sheet, &pane, places[i], radius,
                         action_go(picture_place(page, row->first + i)));
    }
    column_skip(column, gap_of(page));
}

/* ---- the cover */

int case_cover_height(const struct case_page *page, int width, int least, int most) {
    const struct asset *asset = page->record->assets;
    int natural = page->record->asset_count ? (int)(width / ratio_of(asset)) : width * 9 / 16;
    int height = most < width * COVER_PERCENT / 100 ? most : width * COVER_PERCENT / 100;
    while (page->record->asset_count && height > natural && height > least &&
           !slide_can_fill(page->stage, asset, (struct rect){0, 0, width, height}))
        height -= height / 32 + 1;
    return height > least ? height : least;
}

void case_add_cover(const struct case_page *page, const struct pane *pane, struct rect within,
                    bool touched) {
    const struct slide_stage *stage = page->stage;
    const struct case_record *record = page->record;
    if (!record->asset_count) {
        const struct theme *theme = stage->theme;
        int less = within.width < within.height ? within.width : within.height, side = less * 2 / 5;
        scene_add_fill(pane->scene, LAYER_GROUND, within, 0,
                       theme_section(theme, record->level, record->unit)->deep);
        slide_add_icon(pane->scene, stage, section_key(record->level, record->unit),
                       (struct rect){within.x + (within.width - side) / 2,
                                     within.y + (within.height - side) / 2, side, side},
                       theme->on_unit);
        return;
    }
    add_picture(page, pane->scene, record->assets, within, 0, true);
    if (!touched)
        return;
    if (record->assets->kind == ASSET_VIDEO) {
        add_play(page, pane->scene, record->assets, within);
    } else {
        char *words = record->asset_count > 1 ? xasprintf("%zu", record->asset_count) : xstrdup("");
        add_mark(page, pane->scene, within, words);
        free(words);
    }
    sheet_add_target(page->sheet, pane, within, 0, action_go(picture_place(page, 0)));
}
