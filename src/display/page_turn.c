/* Which way the picture is turned, and pictures to judge a screen by. */
#include <stdlib.h>

#include "base/memory.h"
#include "display/page_entry.h"
#include "display/setup.h"

/* u */
#define PICTURE_LEAST 150
#define PICTURE_MOST  520
#define LABEL         30
#define RIM           4

#define TURNS 4

/* ---- which way */

/* A place in a square, turned clockwise with it. */
static struct rect turned(struct rect rect, int side, int quarters) {
    for (int i = 0; i < quarters; i++)
        rect = (struct rect){side - rect.y - rect.height, rect.x, rect.height, rect.width};
    return rect;
}

/* An arrow that points up where the picture is not turned; of straight strokes, which stay sharp
 * whichever way it lies. */
static void add_arrow(struct scene *scene, struct point at, int side, int quarters, colour ink) {
    int shaft = side / 5, head = side / 2;
    struct rect place =
        turned((struct rect){(side - shaft) / 2, head - 1, shaft, side - head + 1}, side, quarters);
    place.x += at.x;
    place.y += at.y;
    scene_add_fill(scene, LAYER_PICTURE, place, 0, ink);
    for (int y = 0; y < head; y++) {
        int wide = (y + 1) * side / head * 9 / 10;
        place = turned((struct rect){(side - wide) / 2, y, wide, 1}, side, quarters);
        place.x += at.x;
        place.y += at.y;
        scene_add_fill(scene, LAYER_PICTURE, place, 0, ink);
    }
}

/* The screen as it is seen now, with the arrow as it would be then. */
static void add_picture(struct sheet *sheet, const struct pane *pane, struct rect within,
                        int rotation) {
    const struct slide_stage *stage = sheet->stage;
    const struct theme *theme = stage->theme;
    struct size screen = stage->size;
    int now = sheet->page.place.picture, quarters = (rotation - now + TURNS) % TURNS;
    bool on = rotation == now, aside = quarters % 2;
    int rim = slide_px(stage, RIM), label = slide_px(stage, LABEL) * 140 / 100;
    sheet_add_plate(pane->scene, stage, sheet->manner, within, on ? theme->text : theme->panel);
    int room = within.height - label - 6 * rim, wide = within.width - 8 * rim;
    int high = (int)((int64_t)wide * screen.height / screen.width);
    if (high > room) {
        high = room;
        wide = (int)((int64_t)room * screen.width / screen.height);
    }
    struct rect frame = {within.x + (within.width - wide) / 2,
                         within.y + 2 * rim + (room - high) / 2, wide, high};
    scene_add_fill(pane->scene, LAYER_GROUND, frame, rim, on ? theme->ground : theme->text);
    scene_add_fill(pane->scene, LAYER_GROUND, slide_inset(frame, rim), 0,
                   on ? theme->text : theme->panel);
    int side = (wide < high ? wide : high) * 6 / 10;
    add_arrow(pane->scene, (struct point){frame.x + (wide - side) / 2, frame.y + (high - side) / 2},
              side, quarters, on ? theme->ground : theme->text);
    bool tall = aside ? screen.width > screen.height : screen.height > screen.width;
    char *text = xasprintf("%d° %s", rotation * 90,
                           word_main(sheet->manner, tall ? WORD_IS_TALL : WORD_IS_WIDE));
    struct text_style style = slide_style(stage, LABEL, 140, WEIGHT_BOLD);
    style.align = ALIGN_CENTRE;
    style.max_lines = 1;
    struct layout *layout = slide_layout(stage, text, &style, within.width);
    scene_add_text(pane->scene,
                   (struct point){within.x, within.y + within.height - label - 3 * rim}, layout,
                   on ? theme->ground : theme->text);
    free(text);
    sheet_add_target(sheet, pane, within, slide_px(stage, 16),
                     (struct action){.kind = ACTION_TURN, .number = rotation});
}

/* Four in a row or two by two, whichever makes them larger. */
static int add_pictures(struct sheet *sheet, struct rect area, int reserved) {
    int gap = sheet_gap(sheet), most = slide_px(sheet->stage, PICTURE_MOST);
    int finger = sheet_finger(sheet), least = slide_px(sheet->stage, PICTURE_LEAST);
    int room = area.height - reserved;
    int row = (area.width - 3 * gap) / 4, square = (area.width - gap) / 2;
    int half = (room - gap) / 2;
    int in_row = row < room ? row : room, in_square = square < half ? square : half;
    int columns = in_row >= in_square ? 4 : 2, rows = TURNS / columns;
    int wide = columns == 4 ? row : square, high = columns == 4 ? room : half;
    high = high < most ? high : most;
    high = high > least ? high : least;
    high = high > finger ? high : finger;
    int total = rows * high + (rows - 1) * gap;
    struct pane pane = sheet_add_pane(sheet, (struct rect){area.x, 0, area.width, total}, true);
    for (int i = 0; i < TURNS; i++)
        add_picture(
            sheet, &pane,
            (struct rect){i % columns * (wide + gap), i / columns * (high + gap), wide, high}, i);
    return total;
}

static int button_high(const struct sheet *sheet) {
    int high = slide_px(sheet->stage, 92), finger = sheet_finger(sheet);
    return high > finger ? high : finger;
}

void page_build_turn(struct sheet *sheet) {
    struct manner manner = sheet->manner;
    bool setup = sheet->page.place.setup;
    char *beside = page_step_beside(sheet, WORD_TURN);
    struct rect area = page_desk_note(sheet, word_main(manner, WORD_TURN), beside,
                                      word_main(manner, WORD_TURN_ASK));
    free(beside);
    int gap = sheet_gap(sheet), high = button_high(sheet);
    int total = add_pictures(sheet, area, setup ? high + gap : 0);
    if (setup) {
        struct rect place = {area.x, total + gap, area.width, high};
        struct pane pane = sheet_add_pane(sheet, place, true);
        int wide = area.width < high * 6 ? area.width : high * 6;
        sheet_add_button(sheet, &pane, (struct rect){area.width - wide, 0, wide, high}, "forward",
                         word_main(manner, WORD_NEXT_STEP), word_beside(manner, WORD_NEXT_STEP),
                         false, page_step_on(sheet));
        total += gap + high;
    }
    sheet_set_view(sheet, area, total);
    sheet_add_bar(sheet);
}

/* ---- whether it stays */

void page_build_keep(struct sheet *sheet) {
    struct manner manner = sheet->manner;
    char *left = xasprintf("%d %s", sheet->page.place.picture, word_main(manner, WORD_KEEP_LEFT));
    struct rect area = page_desk_note(sheet, word_main(manner, WORD_KEEP_ASK),
                                      word_beside(manner, WORD_KEEP_ASK), left);
    free(left);
    const struct desk_button buttons[] = {
        {.icon = "star",
         .main = word_main(manner, WORD_KEEP),
         .beside = word_beside(manner, WORD_KEEP),
         .on = true,
         .action = {.kind = ACTION_KEEP, .number = 1}},
        {.icon = "back",
         .main = word_main(manner, WORD_TURN_BACK),
         .beside = word_beside(manner, WORD_TURN_BACK),
         .action = {.kind = ACTION_KEEP, .number = 0}},
    };
    page_desk_grid(sheet, area, 0, buttons, 2);
    sheet_add_bar(sheet);
}

/* ---- test pictures */

enum test_picture {
    TEST_BARS,
    TEST_GREY,
    TEST_EDGES,
    TEST_WHITE,
    TEST_RED,
    TEST_GREEN,
    TEST_BLUE,
    TEST_BLACK,
    TEST_COUNT
};

#define WHITE_INK 0xFFFFFFFFu
#define BLACK_INK 0xFF000000u

/* Columns of these colours side by side. */
static void add_columns(struct scene *scene, const colour *colours, int count, int y, int height) {
    for (int i = 0; i < count; i++) {
        int from = scene->width * i / count, end = scene->width * (i + 1) / count;
        scene_add_fill(scene, LAYER_GROUND, (struct rect){from, y, end - from, height}, 0,
                       colours[i]);
    }
}

static void add_bars(struct scene *scene) {
    static const colour bars[] = {0xFFFFFFFFu, 0xFFFFFF00u, 0xFF00FFFFu, 0xFF00FF00u,
                                  0xFFFF00FFu, 0xFFFF0000u, 0xFF0000FFu, 0xFF000000u};
    add_columns(scene, bars, 8, 0, scene->height);
}

/* A ramp, and below it 17 steps, the first and the last of which must differ from their
 * neighbours. */
static void add_grey(struct scene *scene) {
    enum { STEPS = 17 };
    colour steps[STEPS];
    int half = scene->height / 2;
    for (int i = 0; i < STEPS; i++) {
        unsigned grey = (unsigned)(i * 255 / (STEPS - 1));
        steps[i] = BLACK_INK | grey << 16 | grey << 8 | grey;
    }
    scene_add_gradient(scene, LAYER_GROUND, (struct rect){0, 0, scene->width, half}, BLACK_INK,
                       WHITE_INK, true);
    add_columns(scene, steps, STEPS, half, scene->height - half);
}

static void add_outline(struct scene *scene, struct rect rect, int thick, colour ink) {
    const struct rect sides[] = {
        {rect.x, rect.y, rect.width, thick},
        {rect.x, rect.y + rect.height - thick, rect.width, thick},
        {rect.x, rect.y, thick, rect.height},
        {rect.x + rect.width - thick, rect.y, thick, rect.height},
    };
    for (int i = 0; i < 4; i++)
        scene_add_fill(scene, LAYER_GROUND, sides[i], 0, ink);
}

/* The outermost pixels, and frames at 2.5 and 5 percent: what a screen cuts off is not seen. */
static void add_edges(struct scene *scene) {
    struct rect whole = {0, 0, scene->width, scene->height};
    int step = (whole.width < whole.height ? whole.width : whole.height) / 40;
    add_outline(scene, whole, 1, WHITE_INK);
    add_outline(scene, slide_inset(whole, step), 2, 0xFFFFFF00u);
    add_outline(scene, slide_inset(whole, 2 * step), 2, 0xFF00FF00u);
    scene_add_fill(scene, LAYER_GROUND, (struct rect){whole.width / 2, 0, 1, whole.height}, 0,
                   WHITE_INK);
    scene_add_fill(scene, LAYER_GROUND, (struct rect){0, whole.height / 2, whole.width, 1}, 0,
                   WHITE_INK);
}

static colour plain(enum test_picture picture) {
    return picture == TEST_WHITE   ? WHITE_INK
           : picture == TEST_RED   ? 0xFFFF0000u
           : picture == TEST_GREEN ? 0xFF00FF00u
           : picture == TEST_BLUE  ? 0xFF0000FFu
                                   : BLACK_INK;
}

/* A touch anywhere leads to the next, and from the last one back. */
void page_build_test(struct sheet *sheet) {
    struct rect whole = {0, 0, sheet->stage->size.width, sheet->stage->size.height};
    enum test_picture picture = (enum test_picture)sheet->page.place.picture;
    struct pane pane = sheet_add_pane(sheet, whole, false);
    scene_add_fill(pane.scene, LAYER_GROUND, whole, 0, plain(picture));
    if (picture == TEST_BARS)
        add_bars(pane.scene);
    else if (picture == TEST_GREY)
        add_grey(pane.scene);
    else if (picture == TEST_EDGES)
        add_edges(pane.scene);
    struct action next = action_simple(ACTION_BACK);
    if (picture + 1 < TEST_COUNT) {
        next = (struct action){.kind = ACTION_REPLACE, .place = place_of(PLACE_TEST, "")};
        next.place.picture = (int)picture + 1;
    }
    sheet_add_target(sheet, &pane, whole, 0, next);
}
