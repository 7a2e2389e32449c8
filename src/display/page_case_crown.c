/* The crown of a case: its picture, and what says which case it is, on the unit's colour. */
#include "display/page_case.h"

/* u */
#define CROWN_GAP  28
#define TITLE_SIZE 44 /* the smallest, at which it is cut if need be */

#define COVER_PERCENT       46 /* of a wide crown's width, that the picture takes */
#define COVER_TALL_PERCENT  54 /* of a tall crown's height, at the most */
#define COVER_LEAST_PERCENT 30
#define COVER_STEP_PERCENT  4

static int origin_height(const struct case_page *page, int width) {
    return case_add_origin(page, NULL, (struct point){0, 0}, width, (struct inks){0, 0});
}

static int title_height(const struct case_page *page, int width) {
    struct layout *title = case_title(page, width);
    int height = title->height;
    layout_destroy(title);
    return height;
}

static struct layout *crown_title(const struct case_page *page, int width, int room) {
    const struct slide_stage *stage = page->stage;
    struct layout *title = case_title(page, width);
    if (title->height <= room)
        return title;
    layout_destroy(title);
    struct text_style style =
        slide_style(stage, TITLE_SIZE, stage->theme->title_leading, WEIGHT_BOLD);
    style.max_lines = room > style.leading ? room / style.leading : 1;
    return slide_layout(stage, page->record->title, &style, width);
}

/* The code stands at the lower right: below the title, or beside it, or nowhere; the origin keeps
 * clear of it. */
static void add_words(struct case_page *page, struct pane *pane, struct rect words) {
    colour ink = page->stage->theme->on_unit;
    int gap = slide_px(page->stage, CROWN_GAP), space = gap / 3;
    int badges = case_add_badges(page, pane->scene, (struct point){words.x, words.y}, words.width);
    struct size code = case_code_size(page);
    int top = words.y + badges + gap / 2, room = words.y + words.height - top;
    int narrow = words.width - code.width - gap;
    bool coded = code.width && code.height <= room && narrow > words.width / 3;
    bool below = coded && title_height(page, words.width) + space + code.height <= room;
    int origin = origin_height(page, coded ? narrow : words.width);
    if (coded && !below && title_height(page, narrow) + space + origin > room) {
        coded = false;
        origin = origin_height(page, words.width);
    }
    struct layout *title =
        crown_title(page, coded && !below ? narrow : words.width, room - origin - space);
    struct point from = {words.x, top + title->height + space};
    scene_add_text(pane->scene, (struct point){words.x, top}, title, ink);
    case_add_origin(page, pane->scene, from, coded ? narrow : words.width, (struct inks){ink, ink});
    if (coded)
        case_add_code(page, pane->scene,
                      (struct point){words.x + words.width - code.width,
                                     words.y + words.height - code.height});
}

/* Whether all of them do. */
static bool fits(const struct case_page *page, struct rect words, bool coded) {
    int gap = slide_px(page->stage, CROWN_GAP), space = gap / 3;
    int badges = case_add_badges(page, NULL, (struct point){0, 0}, words.width);
    struct size code = coded ? case_code_size(page) : (struct size){0, 0};
    int room = words.height - badges - gap / 2;
    int width = code.width ? words.width - code.width - gap : words.width;
    return code.height <= room &&
           title_height(page, width) + space + origin_height(page, width) <= room;
}

static bool fills(const struct case_page *page, int width, int height) {
    struct rect place = {0, 0, width, height};
    return !page->record->asset_count || slide_can_fill(page->stage, page->record->assets, place);
}

/* The picture of a tall crown leaves its room to the words, but first the code does. */
static int tall_cover(const struct case_page *page, struct rect crown, int margin, int gap) {
    int height = crown.height * COVER_TALL_PERCENT / 100;
    for (int coded = 1; coded >= 0; coded--)
        for (int percent = COVER_TALL_PERCENT; percent >= COVER_LEAST_PERCENT; percent -= 4) {
            height = crown.height * percent / 100;
            struct rect words = {margin, height + gap, crown.width - 2 * margin,
                                 crown.height - height - 2 * gap};
            if (fits(page, words, coded) && (!coded || fills(page, crown.width, height)))
                return height;
        }
    return height;
}

void case_add_crown(struct case_page *page) {
    const struct slide_stage *stage = page->stage;
    const struct theme *theme = stage->theme;
    struct rect crown = sheet_crown(page->sheet), cover = crown, words;
    int margin = slide_px(stage, theme->margin), gap = slide_px(stage, CROWN_GAP);
    if (slide_is_portrait(stage)) {
        cover.height = tall_cover(page, crown, margin, gap);
        words = (struct rect){margin, cover.height + gap, crown.width - 2 * margin,
                              crown.height - cover.height - 2 * gap};
    } else {
        cover.width = crown.width * COVER_PERCENT / 100;
        words = (struct rect){cover.width + margin, margin, crown.width - cover.width - 2 * margin,
                              crown.height - 2 * margin};
    }
    struct pane pane = sheet_add_pane(page->sheet, crown, false);
    scene_add_fill(pane.scene, LAYER_GROUND, crown, 0,
                   theme_section(theme, page->record->level, page->record->unit)->deep);
    case_add_cover(page, &pane, cover, false);
    add_words(page, &pane, words);
}
