/* What stands where the results would be when there are none. */
#include "display/page_search_parts.h"

/* u */
#define ADVICE     34
#define SMALL      28
#define WAY_HEIGHT 84
#define WAY_WIDTH  250

/* As many as stand beside one another with their words. */
static void add_ways_on(struct sheet *sheet, const struct pane *pane, struct rect within) {
    static const struct {
        const char *icon;
        enum word word;
        enum action_kind kind;
    } ways[] = {{"school", WORD_SCHOOLS, ACTION_GO},
                {"erase", WORD_SEARCH_ERASE, ACTION_ERASE},
                {"close", WORD_SEARCH_CLEAR, ACTION_WORD}};
    const int most = (int)(sizeof ways / sizeof *ways);
    int count = search_parts_count(sheet, within.width, WAY_WIDTH, most);
    for (int i = 0; i < count; i++) {
        struct action action = ways[i].kind == ACTION_GO ? action_go(place_of(PLACE_SCHOOLS, ""))
                               : ways[i].kind == ACTION_WORD ? action_text(ACTION_WORD, "")
                                                             : action_simple(ways[i].kind);
        sheet_add_button(sheet, pane, search_part_place(sheet, within, i, count), ways[i].icon,
                         word_main(sheet->manner, ways[i].word),
                         word_beside(sheet->manner, ways[i].word), false, action);
    }
}

/* In both languages, as far as there is room above the ways on; NULL: no room. Gives the height. */
static int advice_build(const struct sheet *sheet, enum word word, int width, int room,
                        struct layout *lines[2]) {
    const char *const texts[] = {word_main(sheet->manner, word), word_beside(sheet->manner, word)};
    int height = 0;
    lines[0] = lines[1] = NULL;
    for (int i = 0; i < 2; i++) {
        struct text_style style =
            slide_style(sheet->stage, i ? SMALL : ADVICE, 135, WEIGHT_REGULAR);
        struct layout *line = slide_layout(sheet->stage, texts[i], &style, width);
        if (height + line->height > room) {
            layout_destroy(line);
            break;
        }
        lines[i] = line;
        height += line->height;
    }
    return height;
}

void search_add_none(struct sheet *sheet, const struct page_source *source, struct rect area,
                     enum word advice) {
    const struct theme *theme = sheet->stage->theme;
    int gap = sheet_gap(sheet), high = slide_px(sheet->stage, WAY_HEIGHT), y = 0;
    high = high < sheet_finger(sheet) ? sheet_finger(sheet) : high;
    bool scrolled = !sheet->manner.reach;
    struct layout *lines[2];
    int above = advice_build(sheet, advice, area.width, area.height - high - gap, lines);
    int all = above + (above ? gap : 0) + high;
    struct rect place = {area.x, scrolled ? 0 : area.y, area.width, all};
    struct pane pane = sheet_add_pane(sheet, place, scrolled);
    for (int i = 0; i < 2 && lines[i]; i++) {
        int height = lines[i]->height;
        scene_add_text(pane.scene, (struct point){0, y}, lines[i], i ? theme->dim : theme->text);
        y += height;
    }
    add_ways_on(sheet, &pane, (struct rect){0, all - high, area.width, high});
    if (scrolled)
        sheet_set_view(sheet, area, search_add_newest(sheet, source, area, all));
}
