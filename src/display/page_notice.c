/* What lies over a page that nobody touches any more: a ring that runs out. */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "display/pages.h"

#define DOTS 10 /* one a second */

/* u */
#define WIDTH  820
#define HEIGHT 176
#define RING   120
#define DOT    18

static void add_ring(struct sheet *sheet, const struct pane *pane, struct rect place, int left) {
    const struct theme *theme = sheet->stage->theme;
    int dot = slide_px(sheet->stage, DOT), radius = (place.width - dot) / 2;
    struct point middle = {place.x + place.width / 2, place.y + place.height / 2};
    for (int i = 0; i < DOTS; i++) {
        double angle = 2 * M_PI * i / DOTS;
        int side = i < left ? dot : dot / 2; /* those that are gone are small, too */
        struct rect at = {middle.x + (int)lround(radius * sin(angle)) - side / 2,
                          middle.y - (int)lround(radius * cos(angle)) - side / 2, side, side};
        scene_add_fill(pane->scene, LAYER_TEXT, at, side / 2, i < left ? theme->text : theme->dim);
    }
    char *number = xasprintf("%d", left);
    struct text_style style = slide_style(sheet->stage, 44, 120, WEIGHT_BOLD);
    style.align = ALIGN_CENTRE;
    struct layout *layout = slide_layout(sheet->stage, number, &style, place.width);
    scene_add_text(pane->scene, (struct point){place.x, middle.y - layout->height / 2}, layout,
                   theme->text);
    free(number);
}

void page_build_notice(struct sheet *sheet) {
    const struct theme *theme = sheet->stage->theme;
    struct rect area = sheet_area(sheet);
    int width = slide_px(sheet->stage, WIDTH), height = slide_px(sheet->stage, HEIGHT);
    width = width < area.width ? width : area.width;
    struct rect place = {area.x + (area.width - width) / 2,
                         area.y + area.height - height - slide_px(sheet->stage, 16), width, height};
    struct pane pane = sheet_add_pane(sheet, place, false);
    int edge = slide_px(sheet->stage, 3), ring = slide_px(sheet->stage, RING);
    int pad = (height - ring) / 2;
    scene_add_fill(pane.scene, LAYER_GROUND, (struct rect){0, 0, width, height}, 0, theme->text);
    scene_add_fill(pane.scene, LAYER_GROUND, slide_inset((struct rect){0, 0, width, height}, edge),
                   0, theme->panel);
    add_ring(sheet, &pane, (struct rect){pad, pad, ring, ring}, sheet->page.place.picture);
    struct point at = {2 * pad + ring, height / 2 - slide_px(sheet->stage, 52)};
    sheet_add_line(sheet, &pane, word_main(sheet->manner, WORD_STILL_HERE), 40, WEIGHT_BOLD,
                   theme->text, at, width - at.x - pad);
    at.y += slide_px(sheet->stage, 56);
    sheet_add_line(sheet, &pane, word_beside(sheet->manner, WORD_STILL_HERE), 30, WEIGHT_REGULAR,
                   theme->dim, at, width - at.x - pad);
}
