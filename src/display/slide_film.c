/* What tells a video from a picture: a triangle, and how long it is. */
#include <string.h>

#include "display/length.h"
#include "display/slide_parts.h"

/* u */
#define PLAY_SIDE   132
#define PLAY_LEAST  72
#define PLAY_RIM    5
#define LENGTH_HIGH 48
#define LENGTH_TYPE 28
#define LENGTH_ICON 26
#define LENGTH_PAD  14
#define INSET       16

static int smaller(int a, int b) {
    return a < b ? a : b;
}

void slide_add_play(struct scene *scene, const struct slide_stage *stage, const char *icon,
                    struct rect disc) {
    const struct theme *theme = stage->theme;
    int rim = slide_px(stage, PLAY_RIM) * disc.width / slide_px(stage, PLAY_SIDE);
    int side = disc.width / 2;
    struct rect inner = slide_inset(disc, rim > 1 ? rim : 1);
    bool triangle = strcmp(icon, "play") == 0; /* its middle is left of its icon's */
    struct rect sign = {disc.x + (disc.width - side) / 2 + (triangle ? side / 24 : 0),
                        disc.y + (disc.height - side) / 2, side, side};
    scene_add_fill(scene, LAYER_TEXT, disc, disc.width / 2, theme->over_picture);
    scene_add_fill(scene, LAYER_TEXT, inner, inner.width / 2, colour_with_alpha(theme->scrim, 255));
    slide_add_icon(scene, stage, icon, sign, theme->over_picture);
}

struct rect slide_play_place(const struct slide_stage *stage, struct rect within) {
    int most = smaller(within.width, within.height) * 2 / 5;
    int side = smaller(slide_px(stage, PLAY_SIDE), most), least = slide_px(stage, PLAY_LEAST);
    side = side < least ? smaller(least, smaller(within.width, within.height)) : side;
    return (struct rect){within.x + (within.width - side) / 2,
                         within.y + (within.height - side) / 2, side, side};
}

void slide_add_length(struct scene *scene, const struct slide_stage *stage,
                      const struct asset *asset, struct rect within, bool lower) {
    if (asset->kind != ASSET_VIDEO)
        return;
    const struct theme *theme = stage->theme;
    int high = slide_px(stage, LENGTH_HIGH), icon = slide_px(stage, LENGTH_ICON);
    int pad = slide_px(stage, LENGTH_PAD), inset = slide_px(stage, INSET);
    char text[LENGTH_TEXT_SIZE];
    length_text(asset->duration_ms, text);
    struct text_style style = slide_style(stage, LENGTH_TYPE, 100, WEIGHT_BOLD);
    style.max_lines = 1;
    struct layout *length = slide_layout(stage, text, &style, within.width);
    struct rect place = {within.x + inset, within.y + inset,
                         2 * pad + icon + pad / 2 + length->widest, high};
    if (lower) {
        place.x = within.x + within.width - inset - place.width;
        place.y = within.y + within.height - inset - high;
    }
    scene_add_fill(scene, LAYER_TEXT, place, slide_px(stage, 12),
                   colour_with_alpha(theme->scrim, 255));
    slide_add_icon(scene, stage, "play",
                   (struct rect){place.x + pad, place.y + (high - icon) / 2, icon, icon},
                   theme->over_picture);
    struct point at = {place.x + pad + icon + pad / 2, place.y + (high - length->height) / 2};
    scene_add_text(scene, at, length, theme->over_picture);
}
