/* What scrolls on the pages of a stick, one below another. */
#include "display/page_stick.h"

/* u */
#define BUTTON_HIGH 96
#define BANNER      40
#define PAD         24
#define BAR_HIGH    24

int pile_high_enough(const struct sheet *sheet, int size) {
    int high = slide_px(sheet->stage, size), finger = sheet_finger(sheet);
    return high > finger ? high : finger;
}

static struct pane add_pane(struct pile *pile, int height) {
    struct rect place = {pile->area.x, pile->y, pile->area.width, height};
    pile->y += height;
    return sheet_add_pane(pile->sheet, place, true);
}

void pile_add_gap(struct pile *pile, int size) {
    pile->y += slide_px(pile->sheet->stage, size);
}

void pile_add_text(struct pile *pile, const char *text, int size, enum text_weight weight,
                   colour ink) {
    const struct slide_stage *stage = pile->sheet->stage;
    const struct text_style style = slide_style(stage, size, 140, weight);
    if (!*text)
        return;
    struct layout *layout = slide_layout(stage, text, &style, pile->area.width);
    struct pane pane = add_pane(pile, layout->height);
    scene_add_text(pane.scene, (struct point){0, 0}, layout, ink);
}

struct pile_grid pile_plan_buttons(const struct sheet *sheet, int width, int count, int least) {
    struct pile_grid grid = {.gap = sheet_gap(sheet), .high = pile_high_enough(sheet, BUTTON_HIGH)};
    int most = (width + grid.gap) / (slide_px(sheet->stage, least) + grid.gap);
    grid.columns = most < 1 ? 1 : most > count ? count : most;
    grid.rows = (count + grid.columns - 1) / grid.columns;
    grid.columns = (count + grid.rows - 1) / grid.rows; /* as many in each */
    grid.wide = (width - (grid.columns - 1) * grid.gap) / grid.columns;
    grid.height = grid.rows * (grid.high + grid.gap) - grid.gap;
    return grid;
}

void pile_draw_buttons(struct sheet *sheet, const struct pane *pane, const struct pile_grid *grid,
                       const struct desk_button *buttons, int count) {
    for (int i = 0; i < count; i++)
        page_desk_button(sheet, pane,
                         (struct rect){i % grid->columns * (grid->wide + grid->gap),
                                       i / grid->columns * (grid->high + grid->gap), grid->wide,
                                       grid->high},
                         buttons + i);
}

void pile_add_buttons(struct pile *pile, const struct desk_button *buttons, int count, int least) {
    struct pile_grid grid = pile_plan_buttons(pile->sheet, pile->area.width, count, least);
    struct pane pane = add_pane(pile, grid.height);
    pile_draw_buttons(pile->sheet, &pane, &grid, buttons, count);
    pile->y += grid.gap;
}

void pile_add_banner(struct pile *pile, const char *text) {
    const struct slide_stage *stage = pile->sheet->stage;
    const struct text_style style = slide_style(stage, BANNER, 140, WEIGHT_BOLD);
    int pad = slide_px(stage, PAD);
    struct layout *layout = slide_layout(stage, text, &style, pile->area.width - 2 * pad);
    struct pane pane = add_pane(pile, layout->height + 2 * pad);
    sheet_add_plate(pane.scene, stage, pile->sheet->manner,
                    (struct rect){0, 0, pane.place.width, pane.place.height}, stage->theme->text);
    scene_add_text(pane.scene, (struct point){pad, pad}, layout, stage->theme->ground);
    pile->y += sheet_gap(pile->sheet);
}

void pile_add_bar(struct pile *pile, int permille) {
    const struct slide_stage *stage = pile->sheet->stage;
    int high = slide_px(stage, BAR_HIGH), wide = pile->area.width;
    struct pane pane = add_pane(pile, high);
    scene_add_fill(pane.scene, LAYER_GROUND, (struct rect){0, 0, wide, high}, high / 2,
                   stage->theme->panel);
    int done = permille < 0 ? 0 : (int)((int64_t)wide * permille / 1000);
    if (done >= high) /* rounder than that it cannot be */
        scene_add_fill(pane.scene, LAYER_TEXT, (struct rect){0, 0, done, high}, high / 2,
                       stage->theme->text);
    pile_add_gap(pile, PAD / 2);
}
