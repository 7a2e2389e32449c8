/* Where everything begins: the four units as large tiles, and the ways to the rest. */
#include <stdlib.h>

#include "base/memory.h"
#include "display/unit_tile.h"

/* u */
#define TITLE_LINE   34
#define BUTTON_HIGH  108
#define BUTTON_LEAST 76
#define HEAD_GAP     28

static const int title_sizes[] = {84, 72, 64, 56, 48, 40, 0};

/* ---- what there is to say */

static const char *title_of(const struct sheet *sheet) {
    const struct config *config = sheet->stage->config;
    const char *school = theme_school(sheet->stage->theme, config);
    if (*config->site.building)
        return config->site.building;
    return *school ? school : word_main(sheet->manner, WORD_TITLE);
}

/* Below the name of the house whose it is, and what the screen is; brief: only one of them. The
 * caller's. */
static char *subtitle_of(const struct sheet *sheet, bool brief) {
    const struct config *config = sheet->stage->config;
    const char *school = theme_school(sheet->stage->theme, config);
    const char *own = word_main(sheet->manner, WORD_TITLE);
    const char *second = word_beside(sheet->manner, WORD_TITLE);
    bool named = *school && *config->site.building;
    if (title_of(sheet) == own)
        return xstrdup(second);
    const char *first = named ? school : own;
    second = named ? own : second;
    bool both = *second && !brief;
    return xasprintf("%s%s%s", first, both ? "　" : "", both ? second : "");
}

/* "12个案例，来自8所学校"; the caller's. */
static char *holdings_of(const struct sheet *sheet, const struct catalogue *catalogue) {
    struct manner manner = sheet->manner;
    if (!catalogue->count)
        return xstrdup(word_main(manner, WORD_NO_CASES));
    char *cases = word_counted(manner, catalogue->count, WORD_CASE, WORD_CASES);
    char *schools = word_counted(manner, catalogue->school_count, WORD_A_SCHOOL, WORD_MANY_SCHOOLS);
    char *all = xasprintf("%s%s%s", cases, word_main(manner, WORD_FROM), schools);
    free(schools);
    free(cases);
    return all;
}

/* ---- the head */

static struct layout *lay_line(const struct slide_stage *stage, const char *text, int size,
                               int width) {
    struct text_style style = slide_style(stage, size, 130, WEIGHT_REGULAR);
    style.max_lines = 1;
    return slide_layout(stage, text, &style, width);
}

/* The name of the house, what the screen is and what it holds; gives the area below. */
static struct rect add_head(struct sheet *sheet, const struct page_source *source,
                            struct rect area) {
    const struct slide_stage *stage = sheet->stage;
    const struct theme *theme = stage->theme;
    int line = slide_px(stage, TITLE_LINE) * 130 / 100, gap = slide_px(stage, HEAD_GAP);
    int side = slide_px(stage, title_sizes[0]) + line; /* of the school's emblem */
    int x = *theme->emblem ? side + gap : 0, width = area.width - x;
    char *own = subtitle_of(sheet, false), *brief = subtitle_of(sheet, true);
    char *held = holdings_of(sheet, source->catalogue);
    struct layout *title = slide_title(stage, title_of(sheet), title_sizes, 1, width);
    struct layout *first = lay_line(stage, own, TITLE_LINE, width);
    struct layout *second = lay_line(stage, held, TITLE_LINE, width);
    if (first->cut) {
        layout_destroy(first);
        first = lay_line(stage, brief, TITLE_LINE, width);
    }
    free(own);
    free(brief);
    free(held);
    bool beside = first->widest + second->widest + gap <= width;
    int lines = first->line_count && !beside ? 2 : 1, y = title->height;
    struct rect place = {area.x, area.y, area.width, y + lines * line};
    struct pane pane = sheet_add_pane(sheet, place, false);
    if (*theme->emblem)
        scene_add_icon(pane.scene, (struct rect){0, (place.height - side) / 2, side, side},
                       theme->emblem, 0);
    struct point at = {beside ? area.width - second->widest : x, y + (lines - 1) * line};
    scene_add_text(pane.scene, (struct point){x, 0}, title, theme->text);
    scene_add_text(pane.scene, (struct point){x, y}, first, theme->dim);
    scene_add_text(pane.scene, at, second, theme->dim);
    int used = place.height + gap;
    return (struct rect){area.x, area.y + used, area.width, area.height - used};
}

/* Within reach the head is the crown, over the picture of what is shown first. */
static void add_crown(struct sheet *sheet, const struct page_source *source,
                      const struct unit_cover covers[UNIT_COUNT]) {
    char *own = subtitle_of(sheet, false), *held = holdings_of(sheet, source->catalogue);
    const struct heading heading = {title_of(sheet), own, held, UNIT_COUNT};
    const struct asset *picture = NULL;
    for (int i = UNIT_COUNT - 1; i >= 0; i--)
        if (covers[i].pictured)
            picture = covers[i].record.assets;
    sheet_add_crown_of(sheet, &heading, picture);
    free(own);
    free(held);
}

/* ---- the ways to the rest */

struct way {
    const char *icon;
    enum word word;
    enum place_kind to;
};
/* The first one only where there are any. */
static const struct way ways[] = {{"notice", WORD_NOTICES, PLACE_NOTICES},
                                  {"school", WORD_SCHOOLS, PLACE_SCHOOLS},
                                  {"search", WORD_SEARCH, PLACE_SEARCH},
                                  {"about", WORD_ABOUT, PLACE_ABOUT}};
#define WAYS ((int)(sizeof ways / sizeof *ways))

static void add_ways(struct sheet *sheet, const struct catalogue *catalogue, struct rect place,
                     bool scrolled) {
    int first = catalogue->notice_count ? 0 : 1, count = WAYS - first;
    int gap = sheet_gap(sheet), each = (place.width - (count - 1) * gap) / count;
    struct pane pane = sheet_add_pane(sheet, place, scrolled);
    for (int i = 0; i < count; i++) {
        const struct way *way = ways + first + i;
        sheet_add_button(sheet, &pane, (struct rect){i * (each + gap), 0, each, place.height},
                         way->icon, word_main(sheet->manner, way->word),
                         word_beside(sheet->manner, way->word), false,
                         action_go(place_of(way->to, "")));
    }
}

/* ---- the page */

static int ways_height(const struct sheet *sheet, struct rect area) {
    bool low = area.height < slide_px(sheet->stage, 480);
    int high = slide_px(sheet->stage, low ? BUTTON_LEAST : BUTTON_HIGH),
        finger = sheet_finger(sheet);
    return high > finger ? high : finger;
}

static void add_body(struct sheet *sheet, const struct page_source *source,
                     const struct unit_cover covers[UNIT_COUNT], struct rect area) {
    int gap = sheet_gap(sheet), foot = gap / 2; /* with the bar's own: a whole one */
    int columns = slide_is_portrait(sheet->stage) ? 2 : UNIT_COUNT, rows = UNIT_COUNT / columns;
    int buttons = ways_height(sheet, area), least = unit_tile_least(sheet);
    struct size tile = {(area.width - (columns - 1) * gap) / columns,
                        (area.height - foot - buttons - rows * gap) / rows};
    bool scrolled = tile.height < least;
    tile.height = scrolled ? least : tile.height;
    struct unit_tile_look look = unit_tile_plan(sheet, covers, tile);
    scrolled = scrolled || look.least > tile.height;
    tile.height = tile.height > look.least ? tile.height : look.least;
    int top = scrolled ? 0 : area.y;
    for (int i = 0; i < UNIT_COUNT; i++) {
        struct rect place = {area.x + i % columns * (tile.width + gap),
                             top + i / columns * (tile.height + gap), tile.width, tile.height};
        unit_tile_add(sheet, place, scrolled, (enum unit)i, &covers[i], &look);
    }
    int y = top + rows * (tile.height + gap);
    add_ways(sheet, source->catalogue, (struct rect){area.x, y, area.width, buttons}, scrolled);
    if (scrolled)
        sheet_set_view(sheet, area, y + buttons + foot);
}

void page_build_home(struct sheet *sheet, const struct page_source *source) {
    struct unit_cover covers[UNIT_COUNT];
    for (int i = 0; i < UNIT_COUNT; i++)
        covers[i] = unit_cover_load(source, (enum unit)i);
    struct rect area = sheet_area(sheet);
    if (sheet->manner.reach)
        add_crown(sheet, source, covers);
    else
        area = add_head(sheet, source, area);
    add_body(sheet, source, covers, area);
    sheet_add_bar(sheet);
    for (int i = 0; i < UNIT_COUNT; i++)
        unit_cover_finish(&covers[i]);
}
