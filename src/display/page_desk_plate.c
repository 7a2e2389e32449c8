/* What the administrator's pages say in lines, and buttons in rows. */
#include <stdlib.h>

#include "base/memory.h"
#include "display/page_desk.h"

/* u */
#define BUTTON_HIGH 96
#define BUTTON_WIDE 240 /* at the least */
#define PAD         24
#define TITLE       34
#define FACT        28
#define NOTE        26
#define RADIUS      16

int page_desk_high(const struct sheet *sheet, int u) {
    int high = slide_px(sheet->stage, u), finger = sheet_finger(sheet);
    return high > finger ? high : finger;
}

struct desk_rest page_desk_buttons(struct sheet *sheet, struct rect area,
                                   const struct desk_button *buttons, int count, int least) {
    int gap = sheet_gap(sheet), high = page_desk_high(sheet, BUTTON_HIGH);
    int columns = (area.width + gap) / (slide_px(sheet->stage, BUTTON_WIDE) + gap);
    columns = columns < 1 ? 1 : columns > count ? count : columns;
    int rows = (count + columns - 1) / columns;
    columns = (count + rows - 1) / rows; /* as many in each */
    int wide = (area.width - (columns - 1) * gap) / columns, used = rows * (high + gap);
    bool scroll = area.height < used + least;
    struct rect place = {area.x, scroll ? 0 : area.y, area.width, used - gap};
    struct pane pane = sheet_add_pane(sheet, place, scroll);
    for (int i = 0; i < count; i++)
        page_desk_button(
            sheet, &pane,
            (struct rect){i % columns * (wide + gap), i / columns * (high + gap), wide, high},
            &buttons[i]);
    if (scroll)
        return (struct desk_rest){area, used};
    area.y += used;
    area.height -= used;
    return (struct desk_rest){area, 0};
}

static void add_line(struct desk_text *text, enum desk_line kind, char *what, char *line) {
    text->lines = xrealloc(text->lines, text->count + 1, sizeof *text->lines);
    text->lines[text->count++] = (struct desk_text_line){kind, what, line};
}

void desk_text_add(struct desk_text *text, enum desk_line kind, char *line) {
    add_line(text, kind, NULL, line);
}

void desk_text_fact(struct desk_text *text, enum word what, struct manner manner, char *value) {
    add_line(text, LINE_FACT, xstrdup(word_main(manner, what)), value);
}

static struct layout *lay(const struct sheet *sheet, enum desk_line kind, const char *text,
                          int width) {
    static const int sizes[] = {[LINE_TITLE] = TITLE, [LINE_FACT] = FACT, [LINE_NOTE] = NOTE};
    enum text_weight weight = kind == LINE_TITLE ? WEIGHT_BOLD : WEIGHT_REGULAR;
    struct text_style style = slide_style(sheet->stage, sizes[kind], 140, weight);
    return slide_layout(sheet->stage, text, &style, width);
}

/* A line with what stands before it. */
struct laid {
    struct layout *what, *text; /* what: NULL: nothing */
};

/* The width of the column before the lines, with the gap. */
static int lay_whats(const struct sheet *sheet, const struct desk_text *text, struct laid *laid,
                     int width) {
    int widest = 0;
    for (size_t i = 0; i < text->count; i++) {
        if (!text->lines[i].what)
            continue;
        laid[i].what = lay(sheet, LINE_FACT, text->lines[i].what, width / 2);
        widest = laid[i].what->widest > widest ? laid[i].what->widest : widest;
    }
    return widest ? widest + slide_px(sheet->stage, PAD) : 0;
}

static int height_of(const struct laid *laid) {
    int what = laid->what ? laid->what->height : 0;
    return laid->text->height > what ? laid->text->height : what;
}

/* Gives how high all of it is. */
static int lay_all(const struct sheet *sheet, const struct desk_text *text, struct laid *laid,
                   int width, int *column) {
    int high = 0;
    *column = lay_whats(sheet, text, laid, width);
    for (size_t i = 0; i < text->count; i++) {
        laid[i].text = lay(sheet, text->lines[i].kind, text->lines[i].text,
                           laid[i].what ? width - *column : width);
        high += height_of(&laid[i]);
    }
    return high;
}

static void finish_text(struct desk_text *text) {
    for (size_t i = 0; i < text->count; i++) {
        free(text->lines[i].what);
        free(text->lines[i].text);
    }
    free(text->lines);
    *text = (struct desk_text){0};
}

struct desk_plate page_desk_plate(struct sheet *sheet, struct rect place, struct desk_text *text,
                                  int left, struct action action) {
    const struct slide_stage *stage = sheet->stage;
    const struct theme *theme = stage->theme;
    struct laid *laid = xcalloc(text->count ? text->count : 1, sizeof *laid);
    int pad = slide_px(stage, PAD), least = place.height, column = 0;
    place.height = lay_all(sheet, text, laid, place.width - 2 * pad - left, &column) + 2 * pad;
    place.height = place.height > least ? place.height : least;
    struct pane pane = sheet_add_pane(sheet, place, true);
    struct rect whole = {0, 0, place.width, place.height};
    sheet_add_plate(pane.scene, stage, sheet->manner, whole, theme->panel);
    struct point at = {pad + left, pad};
    for (size_t i = 0; i < text->count; i++) {
        int height = height_of(&laid[i]), x = laid[i].what ? at.x + column : at.x;
        if (laid[i].what)
            scene_add_text(pane.scene, at, laid[i].what, theme->dim);
        scene_add_text(pane.scene, (struct point){x, at.y}, laid[i].text,
                       text->lines[i].kind == LINE_NOTE ? theme->dim : theme->text);
        at.y += height;
    }
    if (action.kind != ACTION_NONE)
        sheet_add_target(sheet, &pane, whole, slide_px(stage, RADIUS), action);
    free(laid);
    finish_text(text);
    return (struct desk_plate){pane, place.height};
}

int page_desk_nothing(struct sheet *sheet, struct rect area, int top, enum word word) {
    struct desk_text text = {0};
    const char *beside = word_beside(sheet->manner, word);
    desk_text_add(&text, LINE_FACT, xstrdup(word_main(sheet->manner, word)));
    if (*beside)
        desk_text_add(&text, LINE_NOTE, xstrdup(beside));
    struct rect place = {area.x, top, area.width, 0};
    return page_desk_plate(sheet, place, &text, 0, action_simple(ACTION_NONE)).height;
}
