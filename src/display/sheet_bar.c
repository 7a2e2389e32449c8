#include "display/sheet_bar.h"

/* u */
#define BAR_INSET  12 /* free below the buttons, and above them at the least */
#define BAR_BUTTON 92 /* height of a button whose words stand beside the icon */
#define BAR_ICON   44
#define BAR_PAD    10 /* at the least, between the words and the button's edges */
#define ICON_GAP   14
#define LEAST_TYPE 26  /* not enlarged */
#define LINE       128 /* percent of the type's size */

#define MAX_ROWS 3

struct bar_button {
    const char *icon;
    enum word word;
    enum action_kind kind;
    bool on;
};
#define BAR_BUTTONS 7

/* The text size only where there is a text to read. */
static int list_buttons(const struct sheet *sheet, struct bar_button out[BAR_BUTTONS]) {
    struct manner manner = sheet->manner;
    enum place_kind here = sheet->page.place.kind;
    const struct bar_button all[BAR_BUTTONS] = {
        {"back", WORD_BACK, ACTION_BACK, false},
        {"home", WORD_HOME, ACTION_HOME, here == PLACE_HOME},
        {"search", WORD_SEARCH, ACTION_GO, here == PLACE_SEARCH},
        {"size", WORD_SIZE, ACTION_SIZE, manner.size != TEXT_USUAL},
        {"contrast", WORD_CONTRAST, ACTION_CONTRAST, manner.contrast},
        {"reach", WORD_REACH, ACTION_REACH, manner.reach},
        {"language", WORD_LANGUAGE, ACTION_ENGLISH, false},
    };
    int count = 0;
    for (int i = 0; i < BAR_BUTTONS; i++)
        if (all[i].kind != ACTION_SIZE || here == PLACE_CASE)
            out[count++] = all[i];
    return count;
}

/* The other language's own name for itself has nothing beside it. */
static const char *second_word(const struct sheet *sheet, enum word word) {
    return word == WORD_LANGUAGE ? "" : word_beside(sheet->manner, word);
}

static struct layout *lay(const struct sheet *sheet, const char *text, int size,
                          enum text_weight weight, int width) {
    struct text_style style = {.size = size, .leading = size * LINE / 100, .weight = weight};
    style.max_lines = 1;
    return slide_layout(sheet->stage, text, &style, width);
}

static int width_of(const struct sheet *sheet, const char *text, int size,
                    enum text_weight weight) {
    struct layout *layout = lay(sheet, text, size, weight, sheet->stage->size.width * 2);
    int width = layout->widest;
    layout_destroy(layout);
    return width;
}

/* Of all words of the bar at this size. */
static int widest(const struct sheet *sheet, int size, bool beside) {
    struct bar_button buttons[BAR_BUTTONS];
    int count = list_buttons(sheet, buttons), most = 0;
    for (int i = 0; i < count; i++) {
        enum word word = buttons[i].word;
        int first = width_of(sheet, word_main(sheet->manner, word), size, WEIGHT_BOLD);
        int second = beside ? width_of(sheet, second_word(sheet, word), size, WEIGHT_REGULAR) : 0;
        first = first > second ? first : second;
        most = first > most ? first : most;
    }
    return most;
}

static int least_type(const struct sheet *sheet) {
    struct slide_stage plain = *sheet->stage;
    plain.enlarge = 100;
    return slide_px(&plain, LEAST_TYPE);
}

/* What is left of the row for the words of one button. */
static int room(const struct sheet *sheet, const struct bar_plan *plan) {
    const struct slide_stage *stage = sheet->stage;
    int icon = plan->stacked ? 0 : slide_px(stage, BAR_ICON) + slide_px(stage, ICON_GAP);
    return plan->width - icon - slide_px(stage, BAR_PAD) * (plan->stacked ? 1 : 2);
}

/* So many rows, so far apart, with words of one of the sizes; false: the words do not fit. */
static bool try_plan(const struct sheet *sheet, struct bar_plan *plan) {
    const struct slide_stage *stage = sheet->stage;
    int across = stage->size.width - 2 * slide_px(stage, stage->theme->margin);
    plan->columns = (plan->count + plan->rows - 1) / plan->rows;
    plan->width = (across - (plan->columns - 1) * plan->gap) / plan->columns;
    if (plan->width < sheet_finger(sheet))
        return false;
    const int sizes[] = {slide_px(stage, stage->theme->label), slide_px(stage, LEAST_TYPE),
                         least_type(sheet)};
    for (int i = 0; i < 3; i++) {
        plan->label = sizes[i];
        if (widest(sheet, sizes[i], plan->beside) <= room(sheet, plan))
            return true;
    }
    return false;
}

static int height_of(const struct sheet *sheet, const struct bar_plan *plan) {
    const struct slide_stage *stage = sheet->stage;
    int words = plan->label * LINE / 100 * (plan->beside ? 2 : 1);
    int height = plan->stacked ? slide_px(stage, BAR_ICON) + words + 2 * slide_px(stage, BAR_PAD)
                               : slide_px(stage, BAR_BUTTON);
    int finger = sheet_finger(sheet);
    return height > finger ? height : finger;
}

/* One row before two, 8 mm between the buttons before half of it, beside the icon before below it
 * where that is not too wide, both words before one. */
struct bar_plan sheet_plan_bar(const struct sheet *sheet) {
    struct bar_button buttons[BAR_BUTTONS];
    struct bar_plan plan = {.count = list_buttons(sheet, buttons)};
    bool found = false;
    for (plan.rows = 1; !found && plan.rows <= MAX_ROWS; plan.rows += !found)
        for (int i = 0; !found && i < 8; i++) {
            plan.beside = !(i & 4) && !sheet->manner.english;
            plan.gap = sheet_gap(sheet) / (i & 2 ? 2 : 1);
            plan.stacked = i & 1;
            found = try_plan(sheet, &plan);
        }
    plan.rows = plan.rows < MAX_ROWS ? plan.rows : MAX_ROWS;
    plan.height = height_of(sheet, &plan);
    return plan;
}

/* Above the buttons, so that what scrolls up to the bar is not hit for them. */
static int inset_above(const struct sheet *sheet) {
    int least = slide_px(sheet->stage, BAR_INSET), half = (sheet_gap(sheet) + 1) / 2;
    return half > least ? half : least;
}

int sheet_bar_height(const struct sheet *sheet) {
    const struct bar_plan *plan = &sheet->bar;
    return plan->rows * plan->height + (plan->rows - 1) * plan->gap + inset_above(sheet) +
           slide_px(sheet->stage, BAR_INSET);
}

struct words {
    struct layout *lines[2]; /* the second: NULL: none */
    int width, height;
};

static struct words lay_words(const struct sheet *sheet, const struct bar_button *button) {
    const struct bar_plan *plan = &sheet->bar;
    const char *second = plan->beside ? second_word(sheet, button->word) : "";
    struct words words = {
        {lay(sheet, word_main(sheet->manner, button->word), plan->label, WEIGHT_BOLD, plan->width),
         *second ? lay(sheet, second, plan->label, WEIGHT_REGULAR, plan->width) : NULL},
        0,
        0};
    for (int i = 0; i < 2 && words.lines[i]; i++) {
        words.width = words.width > words.lines[i]->widest ? words.width : words.lines[i]->widest;
        words.height += words.lines[i]->height;
    }
    return words;
}

/* The icon and, below it or beside it, the words, all in the middle. */
static void add_content(const struct sheet *sheet, const struct pane *pane, struct rect within,
                        const struct bar_button *button, colour ink) {
    const struct slide_stage *stage = sheet->stage;
    bool stacked = sheet->bar.stacked;
    struct words words = lay_words(sheet, button);
    int side = slide_px(stage, BAR_ICON), gap = stacked ? 0 : slide_px(stage, ICON_GAP);
    int wide = stacked ? side : side + gap + words.width;
    int high = stacked ? side + words.height : side;
    struct rect icon = {within.x + (within.width - wide) / 2, within.y + (within.height - high) / 2,
                        side, side};
    struct point at = {stacked ? within.x + (within.width - words.width) / 2 : icon.x + side + gap,
                       stacked ? icon.y + side : within.y + (within.height - words.height) / 2};
    slide_add_icon(pane->scene, stage, button->icon, icon, ink);
    for (int i = 0; i < 2 && words.lines[i]; i++) {
        struct layout *line = words.lines[i];
        int x = stacked ? (words.width - line->widest) / 2 : 0, height = line->height;
        scene_add_text(pane->scene, (struct point){at.x + x, at.y}, line, ink);
        at.y += height;
    }
}

static void add_button(const struct sheet *sheet, const struct pane *pane, struct rect within,
                       const struct bar_button *button) {
    const struct theme *theme = sheet->stage->theme;
    sheet_add_plate(pane->scene, sheet->stage, sheet->manner, within,
                    button->on ? theme->text : theme->panel);
    add_content(sheet, pane, within, button, button->on ? theme->ground : theme->text);
}

/* The administrator's leads to theirs. */
static struct place search_from(const struct place *here) {
    struct place to = place_of(PLACE_SEARCH, "");
    to.of_desk = here->of_desk || (here->kind > PLACE_PIN && here->kind < PLACE_NOTICE);
    return to;
}

void sheet_add_bar(struct sheet *sheet) {
    const struct bar_plan *plan = &sheet->bar;
    struct bar_button buttons[BAR_BUTTONS];
    list_buttons(sheet, buttons);
    int height = sheet_bar_height(sheet), inset = inset_above(sheet);
    int margin = slide_px(sheet->stage, sheet->stage->theme->margin);
    struct size size = sheet->stage->size;
    struct pane pane =
        sheet_add_pane(sheet, (struct rect){0, size.height - height, size.width, height}, false);
    for (int i = 0; i < plan->count; i++) {
        int column = i % plan->columns, row = i / plan->columns;
        struct rect within = {margin + column * (plan->width + plan->gap),
                              inset + row * (plan->height + plan->gap), plan->width, plan->height};
        add_button(sheet, &pane, within, &buttons[i]);
        struct action action = buttons[i].kind == ACTION_GO
                                   ? action_go(search_from(&sheet->page.place))
                                   : action_simple(buttons[i].kind);
        sheet_add_target(sheet, &pane, within, slide_px(sheet->stage, 16), action);
    }
}
