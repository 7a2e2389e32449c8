/* All schools, by the letters of their names, and a bar of those letters. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "display/page_stick.h"

/* u */
#define ROW_WIDTH  440 /* at the least */
#define ROW_HIGH   104
#define ROW_PAD    20
#define ROW_NAME   32
#define ROW_SMALL  26
#define ROW_COUNT  26
#define LETTER     40 /* size of the letter before the first of it */
#define LETTER_BOX 60 /* width of its column */
#define KEY_HIGH   68
#define KEY_PAIR   104 /* width for the first and the last of several letters */
#define RADIUS     16

#define MAX_KEYS 27 /* A to Z, and # */

/* ---- a school */

/* In two lines, or in three small ones. */
static struct layout *lay_name(const struct slide_stage *stage, const char *name, int width) {
    struct text_style style = slide_style(stage, ROW_NAME, 122, WEIGHT_BOLD);
    style.balance = true;
    style.max_lines = 2;
    struct layout *layout = slide_layout(stage, name, &style, width);
    if (!layout->cut)
        return layout;
    layout_destroy(layout);
    style = slide_style(stage, ROW_SMALL, 122, WEIGHT_BOLD);
    style.max_lines = 3;
    return slide_layout(stage, name, &style, width);
}

/* late->text: its letter where it is the first of it, else a space; then its name. */
static void build_row(struct scene *scene, const struct slide_stage *stage, struct manner manner,
                      const struct late *late) {
    const struct theme *theme = stage->theme;
    int pad = slide_px(stage, ROW_PAD), box = slide_px(stage, LETTER_BOX);
    struct rect whole = {0, 0, scene->width, scene->height};
    scene_add_fill(scene, LAYER_GROUND, whole, 0, theme->ground);
    sheet_add_plate(scene, stage, manner, whole, theme->panel);
    struct text_style style = slide_style(stage, LETTER, 100, WEIGHT_BOLD);
    style.align = ALIGN_CENTRE;
    const char letter[] = {*late->text, '\0'};
    struct layout *first = slide_layout(stage, *letter == ' ' ? "" : letter, &style, box);
    style = slide_style(stage, ROW_COUNT, 125, WEIGHT_REGULAR);
    style.max_lines = 1;
    char *counted = late->number ? word_counted(manner, (size_t)late->number, WORD_CASE, WORD_CASES)
                                 : xstrdup("");
    struct layout *count = slide_layout(stage, counted, &style, whole.width);
    free(counted);
    int x = box + pad / 2, right = whole.width - pad - count->widest;
    struct layout *name = lay_name(stage, late->text + 1, right - pad - x);
    int high = whole.height;
    scene_add_text(scene, (struct point){pad / 2, (high - first->height) / 2}, first,
                   theme->units[UNIT_EDUCATION].light);
    scene_add_text(scene, (struct point){x, (high - name->height) / 2}, name, theme->text);
    scene_add_text(scene, (struct point){right, (high - count->height) / 2}, count, theme->dim);
}

/* ---- the list */

struct list {
    size_t *counts; /* cases of each school of the catalogue; owned */
    size_t shown;   /* schools that have some */
    char letters[MAX_KEYS];
    int tops[MAX_KEYS]; /* where the first of it stands, in what scrolls */
    int letter_count;
};

static struct list count_cases(const struct catalogue *catalogue) {
    struct list list = {.counts = xcalloc(catalogue->school_count + 1, sizeof *list.counts)};
    for (size_t i = 0; i < catalogue->count; i++)
        if (catalogue->entries[i].school < catalogue->school_count)
            list.counts[catalogue->entries[i].school]++;
    for (size_t i = 0; i < catalogue->school_count; i++)
        list.shown += list.counts[i] > 0;
    return list;
}

static struct card_grid grid_of(const struct sheet *sheet, struct rect area) {
    struct card_grid grid = {.gap = sheet_gap(sheet)};
    int least = slide_px(sheet->stage, ROW_WIDTH), finger = sheet_finger(sheet);
    grid.columns = (area.width + grid.gap) / (least + grid.gap);
    grid.columns = grid.columns < 1 ? 1 : grid.columns;
    grid.width = (area.width - (grid.columns - 1) * grid.gap) / grid.columns;
    grid.height = slide_px(sheet->stage, ROW_HIGH);
    grid.height = grid.height > finger ? grid.height : finger;
    return grid;
}

/* Where the letters begin, whether or not there is a bar of them. `before`: rows above them. */
static void find_letters(struct list *list, const struct catalogue *catalogue,
                         const struct card_grid *grid, size_t before) {
    size_t number = before;
    for (size_t i = 0; i < catalogue->index.count; i++) {
        char letter = catalogue->index.letters[i];
        if (!list->counts[catalogue->index.order[i]])
            continue;
        int at = list->letter_count;
        if ((!at || list->letters[at - 1] != letter) && at < MAX_KEYS) {
            list->letters[at] = letter;
            list->tops[at] = page_card_place(grid, (struct point){0, 0}, number).y;
            list->letter_count++;
        }
        number++;
    }
}

/* To its cases; for a stick back to it, with the school chosen. */
static struct action action_of(const struct sheet *sheet, const char *school) {
    if (sheet->page.place.kind != PLACE_STICK_SCHOOL)
        return action_go(place_of(PLACE_SCHOOL, school));
    struct action action = {.kind = ACTION_BACK, .place = place_of(PLACE_STICK, "")};
    action.place.picks = picks_copy(sheet->page.place.picks);
    picks_set_school(action.place.picks, school);
    return action;
}

/* Before the others, for cases on a stick; of no number. */
static size_t add_own(struct sheet *sheet, const struct card_grid *grid, struct rect area) {
    if (sheet->page.place.kind != PLACE_STICK_SCHOOL)
        return 0;
    char *text = xasprintf(" %s", stick_own_school(sheet));
    sheet_add_late(sheet, page_card_place(grid, (struct point){area.x, 0}, 0),
                   (struct late){build_row, text, 0}, slide_px(sheet->stage, RADIUS),
                   action_of(sheet, ""));
    free(text);
    return 1;
}

static void add_rows(struct sheet *sheet, const struct catalogue *catalogue,
                     const struct list *list, const struct card_grid *grid, struct rect area) {
    size_t number = add_own(sheet, grid, area);
    char before = ' ';
    for (size_t i = 0; i < catalogue->index.count; i++) {
        size_t at = catalogue->index.order[i];
        char letter = catalogue->index.letters[i];
        if (!list->counts[at])
            continue;
        char *text = xasprintf("%c%s", letter == before ? ' ' : letter, catalogue->schools[at]);
        const struct late late = {build_row, text, (int)list->counts[at]};
        sheet_add_late(sheet, page_card_place(grid, (struct point){area.x, 0}, number++), late,
                       slide_px(sheet->stage, RADIUS), action_of(sheet, catalogue->schools[at]));
        free(text);
        before = letter;
    }
    sheet_set_view(sheet, area, page_card_total(grid, number));
}

/* ---- the bar of letters */

/* Keys for some neighbouring letters each, where there is no room for one each. */
static int count_keys(const struct sheet *sheet, int letters, int width, int *gap) {
    int finger = sheet_finger(sheet), full = sheet_gap(sheet);
    *gap = letters * (finger + full) - full <= width ? full : full / 2;
    if (letters * (finger + *gap) - *gap <= width)
        return letters;
    int pair = slide_px(sheet->stage, KEY_PAIR), least = finger > pair ? finger : pair;
    int most = (width + *gap) / (least + *gap);
    int each = (letters + most - 1) / (most < 1 ? 1 : most);
    return (letters + each - 1) / each;
}

static void add_key(struct sheet *sheet, const struct pane *pane, const struct list *list,
                    struct rect within, int from, int end) {
    char label[8];
    if (end - from > 1)
        snprintf(label, sizeof label, "%c–%c", list->letters[from], list->letters[end - 1]);
    else
        snprintf(label, sizeof label, "%c", list->letters[from]);
    struct action action = {.kind = ACTION_JUMP, .number = list->tops[from]};
    sheet_add_button(sheet, pane, within, NULL, label, "", false, action);
}

static int keys_height(const struct sheet *sheet) {
    int high = slide_px(sheet->stage, KEY_HIGH), finger = sheet_finger(sheet);
    return high > finger ? high : finger;
}

static struct rect add_keys(struct sheet *sheet, const struct list *list, struct rect area) {
    int gap = 0, count = count_keys(sheet, list->letter_count, area.width, &gap);
    int each = (list->letter_count + count - 1) / count, high = keys_height(sheet);
    int width = (area.width - (count - 1) * gap) / count, most = high * 2;
    width = width < most ? width : most;
    struct pane pane =
        sheet_add_pane(sheet, (struct rect){area.x, area.y, area.width, high}, false);
    for (int i = 0; i < count; i++) {
        int end = (i + 1) * each;
        add_key(sheet, &pane, list, (struct rect){i * (width + gap), 0, width, high}, i * each,
                end < list->letter_count ? end : list->letter_count);
    }
    int used = high + sheet_gap(sheet);
    return (struct rect){area.x, area.y + used, area.width, area.height - used};
}

/* ---- the page */

static struct rect add_head(struct sheet *sheet, const struct page_source *source, size_t count) {
    char *counted = word_counted(sheet->manner, count, WORD_A_SCHOOL, WORD_MANY_SCHOOLS);
    bool chooses = sheet->page.place.kind == PLACE_STICK_SCHOOL;
    enum word word = chooses ? WORD_CHOOSE_SCHOOL : WORD_SCHOOLS;
    const struct heading heading = {word_main(sheet->manner, word),
                                    word_beside(sheet->manner, word), counted, UNIT_COUNT};
    struct rect area = sheet_area(sheet);
    if (sheet->manner.reach)
        page_add_crown(sheet, source, &heading);
    else
        area = sheet_add_heading_of(sheet, area, &heading);
    free(counted);
    return area;
}

void page_build_schools(struct sheet *sheet, const struct page_source *source) {
    struct list list = count_cases(source->catalogue);
    struct rect area = add_head(sheet, source, list.shown);
    struct card_grid grid = grid_of(sheet, area);
    bool own = sheet->page.place.kind == PLACE_STICK_SCHOOL;
    find_letters(&list, source->catalogue, &grid, own);
    int rest = area.height - keys_height(sheet) - sheet_gap(sheet); /* below the letters */
    if (list.letter_count > 1 && rest >= grid.height &&
        page_card_total(&grid, list.shown + own) - grid.gap > area.height)
        area = add_keys(sheet, &list, area);
    add_rows(sheet, source->catalogue, &list, &grid, area);
    if (!list.shown && !own) {
        struct rect place = {area.x, area.y, area.width, slide_px(sheet->stage, 80)};
        struct pane pane = sheet_add_pane(sheet, place, false);
        sheet_add_line(sheet, &pane, word_main(sheet->manner, WORD_NO_CASES), 40, WEIGHT_REGULAR,
                       sheet->stage->theme->dim, (struct point){0, 0}, area.width);
    }
    sheet_add_bar(sheet);
    free(list.counts);
}
