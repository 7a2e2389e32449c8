/* What says which case it is: badges, title, origin, code. */
#include <stdlib.h>

#include "base/memory.h"
#include "base/time.h"
#include "display/page_case.h"

/* u */
#define BADGE_HEIGHT 56
#define BADGE_ICON   36
#define BADGE_PAD    18
#define BADGE_GAP    12
#define BADGE_SIZE   30
#define BESIDE_SIZE  26
#define SCHOOL_SIZE  34
#define DATE_SIZE    28

#define TITLE_LINES 3

/* ---- badges */

struct badge {
    const char *icon; /* NULL: none */
    enum word word;
    colour fill, ink;
};

/* Its words, the main ones and, if they shall be there, those beside them; gives its width. */
static int add_badge(const struct case_page *page, struct scene *scene, const struct badge *badge,
                     struct point at, bool beside) {
    const struct slide_stage *stage = page->stage;
    struct manner manner = page->sheet->manner;
    struct text_style style = slide_style(stage, BADGE_SIZE, 100, WEIGHT_BOLD);
    const int far = stage->size.width * 4; /* as wide as the words are */
    struct layout *main = slide_layout(stage, word_main(manner, badge->word), &style, far);
    style = slide_style(stage, BESIDE_SIZE, 100, WEIGHT_REGULAR);
    const char *words = beside ? word_beside(manner, badge->word) : "";
    struct layout *second = slide_layout(stage, words, &style, far);
    int pad = slide_px(stage, BADGE_PAD), gap = slide_px(stage, BADGE_GAP);
    int height = slide_px(stage, BADGE_HEIGHT), side = slide_px(stage, BADGE_ICON);
    int first = at.x + pad + (badge->icon ? side + gap : 0);
    int next = first + main->widest + (second->line_count ? gap : 0);
    int width = next + second->widest + pad - at.x;
    struct rect place = {at.x, at.y, width, height};
    main->width = main->widest;
    second->width = second->widest;
    if (!scene) {
        layout_destroy(main);
        layout_destroy(second);
        return width;
    }
    scene_add_fill(scene, LAYER_TEXT, place, slide_px(stage, 10), badge->fill);
    if (badge->icon)
        slide_add_icon(scene, stage, badge->icon,
                       (struct rect){at.x + pad, at.y + (height - side) / 2, side, side},
                       badge->ink);
    scene_add_text(scene, (struct point){first, at.y + (height - main->height) / 2}, main,
                   badge->ink);
    scene_add_text(scene, (struct point){next, at.y + (height - second->height) / 2}, second,
                   badge->ink);
    return width;
}

int case_add_badges(const struct case_page *page, struct scene *scene, struct point at, int width) {
    const struct theme *theme = page->stage->theme;
    const struct case_record *record = page->record;
    const struct unit_theme *unit = theme_section(theme, record->level, record->unit);
    const struct badge badges[] = {{section_key(record->level, record->unit),
                                    word_section(record->level, record->unit), unit->fill,
                                    theme->on_unit},
                                   {record->phase == PHASE_FEATURED ? "star" : NULL,
                                    word_phase(record->phase), theme->panel, unit->light}};
    int gap = slide_px(page->stage, BADGE_GAP), height = slide_px(page->stage, BADGE_HEIGHT);
    int first = add_badge(page, NULL, &badges[0], at, true);
    if (record->level) { /* of no stage */
        if (scene)
            add_badge(page, scene, &badges[0], at, first <= width);
        return height;
    }
    int second = add_badge(page, NULL, &badges[1], at, true);
    bool beside = first + gap + second <= width;
    if (!beside) {
        first = add_badge(page, NULL, &badges[0], at, false);
        second = add_badge(page, NULL, &badges[1], at, false);
    }
    bool below = first + gap + second > width;
    struct point next = {below ? at.x : at.x + first + gap, below ? at.y + height + gap : at.y};
    if (scene) {
        add_badge(page, scene, &badges[0], at, beside);
        add_badge(page, scene, &badges[1], next, beside);
    }
    return next.y + height - at.y;
}

/* ---- title and origin */

struct layout *case_title(const struct case_page *page, int width) {
    static const int sizes[] = {72, 64, 56, 48, 0};
    struct layout *title = slide_title(page->stage, page->record->title, sizes, TITLE_LINES, width);
    if (!title->cut)
        return title;
    layout_destroy(title);
    struct text_style style =
        slide_style(page->stage, 44, page->stage->theme->title_leading, WEIGHT_BOLD);
    return slide_layout(page->stage, page->record->title, &style, width);
}

/* Moves *at below it. */
static void add_line(const struct case_page *page, struct scene *scene, struct point *at,
                     const char *text, struct text_style style, int width, colour ink) {
    struct layout *layout = slide_layout(page->stage, text, &style, width);
    int height = layout->height;
    if (scene)
        scene_add_text(scene, *at, layout, ink);
    else
        layout_destroy(layout);
    at->y += height;
}

static char *date_of(int64_t ms) {
    int year = 0, month = 0, day = 0;
    time_local_date(ms, &year, &month, &day);
    return xasprintf("%d.%d.%d", year, month, day);
}

/* In both languages, where they fit into a line. */
static char *until_of(const struct case_page *page, struct text_style style, int width) {
    struct manner manner = page->sheet->manner;
    const char *main = word_main(manner, WORD_UNTIL), *beside = word_beside(manner, WORD_UNTIL);
    char *date = date_of(page->record->valid_until_ms);
    char *line = xasprintf("%s %s", main, date), *both = xasprintf("%s %s %s", main, beside, date);
    struct layout *layout = slide_layout(page->stage, both, &style, width);
    bool fits = *beside && layout->line_count == 1;
    layout_destroy(layout);
    free(fits ? line : both);
    free(date);
    return fits ? both : line;
}

int case_add_origin(const struct case_page *page, struct scene *scene, struct point at, int width,
                    struct inks inks) {
    const struct slide_stage *stage = page->stage;
    const struct case_record *record = page->record;
    struct text_style date_style = slide_style(stage, DATE_SIZE, 150, WEIGHT_REGULAR);
    int top = at.y;
    add_line(page, scene, &at, record->school, slide_style(stage, SCHOOL_SIZE, 140, WEIGHT_BOLD),
             width, inks.strong);
    if (record->published_ms) {
        char *date = date_of(record->published_ms);
        add_line(page, scene, &at, date, date_style, width, inks.weak);
        free(date);
    }
    if (record->valid_until_ms) {
        char *line = until_of(page, date_style, width);
        add_line(page, scene, &at, line, date_style, width, inks.weak);
        free(line);
    }
    return at.y - top;
}

void case_add_head(const struct case_page *page, struct column *column, bool origin) {
    const struct slide_stage *stage = page->stage;
    const struct theme *theme = stage->theme;
    struct inks inks = {theme->text, theme->dim};
    struct point at = {0, 0};
    int gap = slide_px(stage, 24), width = column->width;
    struct layout *title = case_title(page, width);
    int badges = case_add_badges(page, NULL, at, width);
    int below = badges + gap + title->height + gap * 2 / 3;
    int height = below + (origin ? case_add_origin(page, NULL, at, width, inks) : 0);
    struct pane pane = column_add_pane(column, height);
    case_add_badges(page, pane.scene, at, width);
    scene_add_text(pane.scene, (struct point){0, badges + gap}, title, theme->text);
    if (origin)
        case_add_origin(page, pane.scene, (struct point){0, below}, width, inks);
    column_skip(column, gap);
}

/* ---- the code */

struct size case_code_size(const struct case_page *page) {
    return slide_code_size(page->stage, &page->code);
}

void case_add_code(struct case_page *page, struct scene *scene, struct point at) {
    struct size size = case_code_size(page);
    slide_add_code(scene, page->stage, &page->code,
                   (struct rect){at.x, at.y, size.width, size.height});
}
