/* A row of the results: the unit, title, school, and where the words were found. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "display/page_search_parts.h"
#include "display/text_mark.h"

/* u */
#define ROW_PAD    16
#define ROW_RADIUS 16
#define SIGN       76 /* side of the unit's sign */
#define SMALL_SIGN 52
#define TITLE      34
#define NUMBER     44
#define SMALL      26
#define UNDERLINE  4

#define MARKS  8 /* parts of lines that one match takes */
#define BEFORE 8 /* characters kept before a match that would have been cut off */

/* The sizes that somebody chose hold for what is read here too. */
static int type_size(const struct sheet *sheet, int u) {
    static const int percent[TEXT_SIZE_COUNT] = {100, 118, 136};
    return u * percent[sheet->manner.size] / 100;
}

static int sign_side(const struct sheet *sheet, bool brief) {
    return slide_px(sheet->stage, brief ? SMALL_SIGN : SIGN);
}

static int pad_of(const struct sheet *sheet, bool brief) {
    return slide_px(sheet->stage, brief ? ROW_PAD / 2 : ROW_PAD);
}

static int text_left(const struct sheet *sheet, bool brief) {
    return sign_side(sheet, brief) + pad_of(sheet, brief) + slide_px(sheet->stage, ROW_PAD);
}

static struct layout *set(const struct sheet *sheet, const char *text, int size, int lines,
                          enum text_weight weight, int width) {
    struct text_style style = slide_style(sheet->stage, type_size(sheet, size), 130, weight);
    style.max_lines = lines;
    return slide_layout(sheet->stage, text, &style, width);
}

static bool is_seen(const struct sheet *sheet, const struct layout *layout,
                    struct search_mark mark) {
    struct rect box;
    return mark.start >= mark.end ||
           text_mark_build(sheet->stage->metrics, layout, mark.start, mark.end, &box, 1) > 0;
}

/* The text from `before` characters before the match on. */
static char *from_match(const char *text, int before, struct search_mark *mark) {
    size_t start = mark->start;
    for (int i = 0; i < before && start > 0; i++)
        for (start--; start > 0 && ((unsigned char)text[start] & 0xC0) == 0x80;)
            start--;
    static const char dots[] = "…";
    mark->end = mark->end - start + sizeof dots - 1;
    mark->start = mark->start - start + sizeof dots - 1;
    return xasprintf("%s%s", dots, text + start);
}

/* So that the match is on one of the lines: what stands before it gives way. */
static struct layout *set_marked(const struct sheet *sheet, const char *text, int size, int lines,
                                 enum text_weight weight, int width, struct search_mark *mark) {
    struct layout *layout = set(sheet, text, size, lines, weight, width);
    struct search_mark whole = *mark;
    for (int before = BEFORE; before > 0 && !is_seen(sheet, layout, *mark); before /= 2) {
        layout_destroy(layout);
        *mark = whole;
        char *part = from_match(text, before, mark);
        layout = set(sheet, part, size, lines, weight, width);
        free(part);
    }
    return layout;
}

static int height_of(const struct sheet *sheet, const struct search_row *row) {
    int pad = pad_of(sheet, row->brief), least = sheet_finger(sheet);
    int height = row->title->height + (row->brief ? pad : 3 * pad / 2);
    height += row->origin && !row->brief ? row->origin->height : 0;
    height += row->excerpt ? row->excerpt->height + pad / 2 : 0;
    int sign = sign_side(sheet, row->brief) + 2 * pad;
    height = height > sign ? height : sign;
    return height > least ? height : least;
}

/* The school and the unit; in the same line as the title only where they are whole. */
static struct layout *set_origin(const struct sheet *sheet, const struct search_row *row,
                                 int width) {
    const char *unit = word_main(sheet->manner, word_unit(row->hit->unit));
    if (row->brief)
        width -= row->title->widest + slide_px(sheet->stage, 2 * ROW_PAD);
    char *text =
        row->brief ? xstrdup(row->hit->school) : xasprintf("%s　%s", row->hit->school, unit);
    struct layout *layout = set(sheet, text, SMALL, 1, WEIGHT_REGULAR, width);
    free(text);
    if (!row->brief || (!layout->cut && width > 0))
        return layout;
    layout_destroy(layout);
    return NULL;
}

void search_row_build(const struct sheet *sheet, const struct search_hit *hit, bool brief,
                      int number, int width, struct search_row *row) {
    *row = (struct search_row){.hit = hit, .brief = brief, .number = number};
    struct search_mark none = {0, 0};
    width -= text_left(sheet, brief) + slide_px(sheet->stage, ROW_PAD);
    row->mark = hit->excerpt ? hit->mark : none;
    row->title = set_marked(sheet, hit->title, TITLE, brief ? 1 : 2, WEIGHT_BOLD, width,
                            hit->field == SEARCH_TITLE ? &row->mark : &none);
    row->origin = set_origin(sheet, row, width);
    if (hit->excerpt && hit->field > SEARCH_SCHOOL && !brief)
        row->excerpt = set_marked(sheet, hit->excerpt, SMALL, 2, WEIGHT_REGULAR, width, &row->mark);
    row->height = height_of(sheet, row);
}

/* A ground and a line below it: not by colour alone. */
static void add_mark(const struct sheet *sheet, struct scene *scene, struct point at,
                     const struct layout *layout, struct search_mark mark, colour line) {
    const struct slide_stage *stage = sheet->stage;
    struct rect boxes[MARKS];
    size_t count = text_mark_build(stage->metrics, layout, mark.start, mark.end, boxes, MARKS);
    int thick = slide_px(stage, UNDERLINE), out = slide_px(stage, 4);
    for (size_t i = 0; i < count; i++) {
        struct rect box = boxes[i];
        box.x += at.x;
        box.y += at.y;
        scene_add_fill(
            scene, LAYER_GROUND,
            (struct rect){box.x - out, box.y, box.width + 2 * out, box.height + out + thick}, out,
            stage->theme->ground);
        scene_add_fill(scene, LAYER_GROUND,
                       (struct rect){box.x, box.y + box.height + out / 2, box.width, thick}, 0,
                       line);
    }
}

static void add_sign(const struct sheet *sheet, struct scene *scene, const struct search_row *row,
                     struct rect within) {
    const struct slide_stage *stage = sheet->stage;
    const struct unit_theme *unit = &stage->theme->units[row->hit->unit];
    int pad = pad_of(sheet, row->brief), side = sign_side(sheet, row->brief), inset = side / 5;
    int top = row->brief ? (within.height - side) / 2 : pad;
    struct rect sign = {within.x + pad, within.y + top, side, side};
    scene_add_fill(scene, LAYER_GROUND, sign, slide_px(stage, ROW_RADIUS) * 3 / 4, unit->fill);
    if (!row->number) {
        slide_add_icon(scene, stage, unit_key(row->hit->unit), slide_inset(sign, inset),
                       stage->theme->on_unit);
        return;
    }
    char *number = xasprintf("%d", row->number);
    struct text_style style =
        slide_style(stage, row->brief ? NUMBER * 3 / 4 : NUMBER, 120, WEIGHT_BOLD);
    style.align = ALIGN_CENTRE;
    struct layout *layout = slide_layout(stage, number, &style, side);
    free(number);
    scene_add_text(scene, (struct point){sign.x, sign.y + (side - layout->height) / 2}, layout,
                   stage->theme->on_unit);
}

/* Takes the layout over; gives its height. */
static int add_part(const struct sheet *sheet, struct scene *scene, struct point at,
                    struct search_row *row, struct layout **part, enum search_field field,
                    colour ink) {
    enum search_field marked = row->hit->field > SEARCH_SUMMARY ? SEARCH_SUMMARY : row->hit->field;
    struct layout *layout = *part;
    if (!layout)
        return 0;
    if (marked == field)
        add_mark(sheet, scene, at, layout, row->mark,
                 sheet->stage->theme->units[row->hit->unit].light);
    int height = layout->height;
    scene_add_text(scene, at, layout, ink);
    *part = NULL;
    return height;
}

static void add_texts(const struct sheet *sheet, struct scene *scene, struct search_row *row,
                      struct rect within) {
    const struct theme *theme = sheet->stage->theme;
    int pad = pad_of(sheet, row->brief), widest = row->title->widest;
    struct point at = {within.x + text_left(sheet, row->brief), within.y + pad * 3 / 4};
    if (row->brief)
        at.y = within.y + (within.height - row->title->height) / 2;
    struct point beside = {at.x + widest + slide_px(sheet->stage, 2 * ROW_PAD), at.y};
    if (row->brief && row->origin) /* on the title's line */
        beside.y += row->title->lines[0].baseline - row->origin->lines[0].baseline;
    at.y += add_part(sheet, scene, at, row, &row->title, SEARCH_TITLE, theme->text);
    at.y += add_part(sheet, scene, row->brief ? beside : at, row, &row->origin, SEARCH_SCHOOL,
                     theme->dim);
    at.y += pad / 2;
    add_part(sheet, scene, at, row, &row->excerpt, SEARCH_SUMMARY, theme->text);
}

void search_row_draw(const struct sheet *sheet, struct search_row *row, struct scene *scene,
                     struct rect place) {
    scene_add_fill(scene, LAYER_GROUND, place, slide_px(sheet->stage, ROW_RADIUS),
                   sheet->stage->theme->panel);
    add_sign(sheet, scene, row, place);
    add_texts(sheet, scene, row, place);
}

void search_row_finish(struct search_row *row) {
    layout_destroy(row->title);
    layout_destroy(row->origin);
    layout_destroy(row->excerpt);
    *row = (struct search_row){0};
}
