/* A case: what it says and shows, beside its picture, or below it on a tall screen. */
#include "display/page_case.h"

#include <stdlib.h>

#include "base/memory.h"

/* u */
#define COLUMN_GAP   64 /* between what stands and what scrolls */
#define BLOCK_GAP    28
#define SIDE_LEAST   400 /* of what stands beside the text */
#define COVER_LEAST  150
#define BUTTON_LEAST 96
#define CAPTION_SIZE 28
#define WORDS_LEAST  170 /* width of what stands beside the code */
#define STACK_WIDTH  260 /* of the neighbours' buttons over one another */
#define TAKE_SIZE    36
#define GONE_SIZE    36
#define FOOT_GAP     14 /* between what scrolls and the bar */

#define MEASURE       34 /* characters in a line of the text, at the most */
#define SIDE_PERCENT  30 /* of the width, that stands beside the text */
#define SIDE_MOST     40
#define CAPTION_LINES 3
#define COVER_SHARE   45 /* percent of the height of a tall screen */

static int at_least(int value, int least) {
    return value > least ? value : least;
}

static int at_most(int value, int most) {
    return value < most ? value : most;
}

static int finger_or(const struct case_page *page, int u) {
    return at_least(slide_px(page->stage, u), sheet_finger(page->sheet));
}

/* Where the bar begins. */
static int foot_of(const struct sheet *sheet) {
    struct rect area = sheet_area(sheet);
    return area.y + area.height;
}

/* ---- beside the text */

/* What stands below the cover: what it shows, where the case is from and, at their right, the code.
 */
struct about {
    struct layout *caption; /* owned until it is added */
    struct size code;       /* 0, 0: there is no room for it */
    int width, origin;      /* pixels: of the words; height of the origin */
    int height;
};

static struct about about_of(const struct case_page *page, int width, int most) {
    const struct slide_stage *stage = page->stage;
    int gap = slide_px(stage, BLOCK_GAP);
    struct about about = {.code = case_code_size(page), .width = width - gap};
    about.width -= about.code.width;
    if (about.code.height > most || about.width < slide_px(stage, WORDS_LEAST)) {
        about.code = (struct size){0, 0};
        about.width = width;
    }
    struct text_style style = slide_style(stage, CAPTION_SIZE, 135, WEIGHT_REGULAR);
    style.max_lines = CAPTION_LINES;
    const char *caption = page->record->asset_count ? page->record->assets->caption : "";
    about.caption = slide_layout(stage, caption, &style, about.width);
    about.origin =
        case_add_origin(page, NULL, (struct point){0, 0}, about.width, (struct inks){0, 0});
    int words = about.caption->height + gap / 2 + about.origin;
    if (about.caption->cut || words > most) { /* no half of it */
        layout_destroy(about.caption);
        about.caption = slide_layout(stage, "", &style, about.width);
        words = about.origin;
    }
    about.height = at_least(words, about.code.height);
    return about;
}

static void add_about(struct case_page *page, const struct pane *pane, struct about *about,
                      struct rect place) {
    const struct theme *theme = page->stage->theme;
    struct inks inks = {theme->text, theme->dim};
    struct point low = {place.x, place.y + place.height - about->origin};
    scene_add_text(pane->scene, (struct point){place.x, place.y}, about->caption, theme->dim);
    case_add_origin(page, pane->scene, low, about->width, inks);
    if (about->code.width)
        case_add_code(page, pane->scene,
                      (struct point){place.x + place.width - about->code.width, place.y});
}

/* side: from the screen's left upper corner down to the bar; inner: its part within the margin. */
static void add_side(struct case_page *page, struct rect side, struct rect inner) {
    int gap = slide_px(page->stage, BLOCK_GAP), buttons = finger_or(page, BUTTON_LEAST);
    int bottom = side.height - at_least(gap, sheet_gap(page->sheet));
    if (case_has_neighbours(page)) {
        case_add_neighbours(page, (struct rect){inner.x, bottom - buttons, inner.width, buttons});
        bottom -= buttons + gap;
    }
    int least = finger_or(page, COVER_LEAST);
    struct about about = about_of(page, inner.width, bottom - gap - least);
    int cover = case_cover_height(page, side.width, least, bottom - about.height - gap);
    struct pane pane = sheet_add_pane(page->sheet, (struct rect){0, 0, side.width, bottom}, false);
    case_add_cover(page, &pane, (struct rect){0, 0, side.width, cover}, true);
    add_about(page, &pane, &about, (struct rect){inner.x, cover + gap, inner.width, about.height});
}

/* Where it did not stand with the rest: at the end, with what it is for. */
static void add_code_below(struct case_page *page, struct column *column) {
    const struct slide_stage *stage = page->stage;
    struct manner manner = page->sheet->manner;
    struct size size = case_code_size(page);
    int gap = slide_px(stage, BLOCK_GAP), width = column->width - size.width - gap;
    if (!size.width)
        return;
    column_skip(column, gap);
    struct pane pane = column_add_pane(column, size.height);
    struct text_style style = slide_style(stage, TAKE_SIZE, 140, WEIGHT_BOLD);
    struct layout *main = slide_layout(stage, word_main(manner, WORD_TAKE), &style, width);
    style = slide_style(stage, CAPTION_SIZE, 140, WEIGHT_REGULAR);
    struct layout *beside = slide_layout(stage, word_beside(manner, WORD_TAKE), &style, width);
    int x = size.width + gap, y = (size.height - main->height - beside->height) / 2;
    int below = y + main->height;
    scene_add_text(pane.scene, (struct point){x, y}, main, stage->theme->text);
    scene_add_text(pane.scene, (struct point){x, below}, beside, stage->theme->dim);
    case_add_code(page, pane.scene, (struct point){0, 0});
}

/* What scrolls, below what is there already. */
static void fill(struct case_page *page, struct column *column, struct rect view, bool head,
                 bool origin, size_t first) {
    if (head)
        case_add_head(page, column, origin);
    case_add_story(page, column, first);
    add_code_below(page, column);
    case_add_related(page, column);
    column_skip(column, at_least(slide_px(page->stage, BLOCK_GAP), sheet_gap(page->sheet)));
    sheet_set_view(page->sheet, view, column->y);
}

static void build_wide(struct case_page *page) {
    struct sheet *sheet = page->sheet;
    const struct slide_stage *stage = page->stage;
    struct rect area = sheet_area(sheet);
    int foot = foot_of(sheet), gap = at_least(slide_px(stage, COLUMN_GAP), sheet_gap(sheet));
    int seen = foot - slide_px(stage, FOOT_GAP);
    int side = at_least(area.width * SIDE_PERCENT / 100, slide_px(stage, SIDE_LEAST));
    int measure = MEASURE * slide_px(stage, stage->theme->body);
    int width = area.width - side - gap;
    if (width > measure) {
        side = at_most(area.width - gap - measure, area.width * SIDE_MOST / 100);
        width = measure;
    }
    add_side(page, (struct rect){0, 0, area.x + side, foot},
             (struct rect){area.x, area.y, side, area.height});
    struct column column = {sheet, area.x + side + gap, width, seen, area.y};
    fill(page, &column, (struct rect){column.x, 0, width, seen}, true, false, 1);
}

static void build_tall(struct case_page *page) {
    struct sheet *sheet = page->sheet;
    struct rect area = sheet_area(sheet);
    struct size size = page->stage->size;
    int foot = foot_of(sheet), gap = at_least(slide_px(page->stage, BLOCK_GAP), sheet_gap(sheet));
    if (case_has_neighbours(page)) {
        int buttons = finger_or(page, BUTTON_LEAST);
        foot -= buttons + gap;
        case_add_neighbours(page, (struct rect){area.x, foot, area.width, buttons});
        foot -= gap;
    }
    int cover = case_cover_height(page, size.width, size.width / 3, foot * COVER_SHARE / 100);
    struct pane pane = sheet_add_pane(sheet, (struct rect){0, 0, size.width, cover}, true);
    case_add_cover(page, &pane, (struct rect){0, 0, size.width, cover}, true);
    struct column column = {sheet, area.x, area.width, foot, cover + gap};
    fill(page, &column, (struct rect){0, 0, size.width, foot}, true, true, 1);
}

/* ---- within reach */

static void build_reach(struct case_page *page) {
    struct sheet *sheet = page->sheet;
    const struct slide_stage *stage = page->stage;
    struct rect area = sheet_area(sheet);
    int gap = at_least(slide_px(stage, BLOCK_GAP), sheet_gap(sheet));
    struct rect text = area;
    case_add_crown(page);
    text.height -= gap / 2;
    if (case_has_neighbours(page) && slide_is_portrait(stage)) {
        int buttons = finger_or(page, BUTTON_LEAST);
        text.height -= buttons + gap / 2;
        case_add_neighbours(
            page, (struct rect){area.x, text.y + text.height + gap / 2, area.width, buttons});
    } else if (case_has_neighbours(page)) {
        int side = finger_or(page, STACK_WIDTH);
        if (text.height < 2 * sheet_finger(sheet) + sheet_gap(sheet)) /* beside one another */
            side = 2 * finger_or(page, BUTTON_LEAST) + sheet_gap(sheet);
        case_add_neighbours(page, (struct rect){area.x, area.y, side, text.height});
        text.x += side + gap;
        text.width -= side + gap;
    }
    int measure = MEASURE * slide_px(stage, stage->theme->body);
    struct column column = {sheet, text.x, at_most(text.width, measure), text.height, 0};
    fill(page, &column, text, false, false, 0);
}

/* ---- the page */

void page_build_gone(struct sheet *sheet) {
    const struct slide_stage *stage = sheet->stage;
    struct manner manner = sheet->manner;
    struct rect area = sheet_area(sheet);
    const char *main = word_main(manner, WORD_GONE), *beside = word_beside(manner, WORD_GONE);
    int gap = at_least(slide_px(stage, COLUMN_GAP), sheet_gap(sheet));
    if (manner.reach)
        sheet_add_crown(sheet, main, beside, UNIT_COUNT);
    else
        area = sheet_add_heading(sheet, area, main, beside);
    struct text_style style = slide_style(stage, GONE_SIZE, 150, WEIGHT_REGULAR);
    char *text =
        xasprintf("%s\n%s", word_main(manner, WORD_GONE_WHY), word_beside(manner, WORD_GONE_WHY));
    struct layout *why = slide_layout(stage, text, &style, area.width);
    free(text);
    int high = at_least(slide_px(stage, 120), sheet_finger(sheet));
    struct rect home = {0, why->height + gap, at_most(area.width, slide_px(stage, 480)), high};
    struct pane pane = sheet_add_pane(
        sheet, (struct rect){area.x, area.y, area.width, home.y + home.height}, false);
    scene_add_text(pane.scene, (struct point){0, 0}, why, stage->theme->dim);
    sheet_add_button(sheet, &pane, home, "home", word_main(manner, WORD_HOME),
                     word_beside(manner, WORD_HOME), false, action_simple(ACTION_HOME));
}

void page_build_case(struct sheet *sheet, const struct page_source *source) {
    const struct place *here = &sheet->page.place;
    struct case_record record;
    bool shown =
        catalogue_has(source->catalogue, here->text) && page_load(source, here->text, &record);
    if (shown) {
        struct catalogue_filter filter = page_filter(source->catalogue, here);
        struct case_page page = {.sheet = sheet, .stage = sheet->stage, .record = &record};
        page.kin = kin_build(source->catalogue, here->text, &filter);
        page.code = slide_code_of(&record);
        page.code.words = word_main(sheet->manner, WORD_SCAN);
        if (sheet->manner.reach)
            build_reach(&page);
        else if (slide_is_portrait(sheet->stage))
            build_tall(&page);
        else
            build_wide(&page);
        slide_code_finish(&page.code);
        case_finish(&record);
    } else {
        page_build_gone(sheet);
    }
    sheet_add_bar(sheet);
}
