#include "display/column.h"

#define MARK 6 /* u: width of the line before a text */

void column_skip(struct column *column, int pixels) {
    column->y += pixels;
}

struct pane column_add_pane(struct column *column, int height) {
    struct rect place = {column->x, column->y, column->width, height};
    column->y += height;
    return sheet_add_pane(column->sheet, place, true);
}

static void add_tile(struct column *column, struct layout *part, int inset, colour ink,
                     colour mark) {
    struct pane pane = column_add_pane(column, part->height);
    if (mark) {
        int width = slide_px(column->sheet->stage, MARK);
        scene_add_fill(pane.scene, LAYER_TEXT, (struct rect){0, 0, width, part->height}, 0, mark);
    }
    scene_add_text(pane.scene, (struct point){inset, 0}, part, ink);
}

void column_add_text(struct column *column, struct layout *layout, int inset, colour ink,
                     colour mark) {
    for (size_t line = 0; line < layout->line_count;) {
        size_t count = layout_fitting(layout, line, column->view);
        add_tile(column, layout_slice(layout, line, count), inset, ink, mark);
        line += count;
    }
    layout_destroy(layout);
}
