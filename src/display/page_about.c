/* What this screen is: the house, whom to ask, how to take part; and the campaign's stages. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/time.h"
#include "display/pages.h"

/* u */
#define PAD        28
#define SECTION    40 /* type of a section's name */
#define NAME       36 /* of a stage's, and of what is said of the screen */
#define BODY       32
#define SMALL      26
#define PARTS_GAP  16
#define NAME_GAP   18
#define RAIL       76 /* width of the line of the year, with its dots */
#define DOT        15 /* radius */
#define LINE_WIDTH 4
#define BADGE_HIGH 42
#define BADGE_PAD  14

#define LEFT_PERCENT 42 /* of a wide page: the screen itself; the year at its right */

/* ---- writing from the top downwards; without a scene it only measures */

struct pen {
    const struct sheet *sheet;
    struct scene *scene; /* NULL: there is none */
    int x, y, width;
};

/* Gives the width of what was written. */
static int pen_write(struct pen *pen, const char *text, int size, int leading,
                     enum text_weight weight, colour ink) {
    const struct slide_stage *stage = pen->sheet->stage;
    struct text_style style = slide_style(stage, size, leading, weight);
    struct layout *layout = slide_layout(stage, text, &style, pen->width);
    int height = layout->height, widest = layout->widest;
    if (pen->scene)
        scene_add_text(pen->scene, (struct point){pen->x, pen->y}, layout, ink);
    else
        layout_destroy(layout);
    pen->y += height;
    return widest;
}

static void pen_skip(struct pen *pen, int u) {
    pen->y += slide_px(pen->sheet->stage, u);
}

/* In one language, or in both, one below the other. */
static void pen_write_both(struct pen *pen, enum word word) {
    const struct theme *theme = pen->sheet->stage->theme;
    const char *beside = word_beside(pen->sheet->manner, word);
    pen_write(pen, word_main(pen->sheet->manner, word), BODY, 145, WEIGHT_REGULAR, theme->text);
    if (*beside)
        pen_write(pen, beside, SMALL, 140, WEIGHT_REGULAR, theme->dim);
}

/* A name, with the other language beside it where there is room, else below it. */
static void pen_write_name(struct pen *pen, enum word word, int size) {
    const struct slide_stage *stage = pen->sheet->stage;
    const char *beside = word_beside(pen->sheet->manner, word);
    int gap = slide_px(stage, NAME_GAP), small = slide_px(stage, SMALL) * 140 / 100;
    int wide = pen_write(pen, word_main(pen->sheet->manner, word), size, 140, WEIGHT_BOLD,
                         stage->theme->text);
    struct pen other = *pen;
    other.x += wide + gap;
    other.width -= wide + gap;
    other.y -= small + (slide_px(stage, size) - slide_px(stage, SMALL)) / 4;
    struct pen tried = other;
    tried.scene = NULL;
    if (!*beside)
        return;
    if (other.width >= gap)
        pen_write(&tried, beside, SMALL, 140, WEIGHT_REGULAR, stage->theme->dim);
    bool fits = other.width >= gap && tried.y - other.y <= small;
    pen_write(fits ? &other : pen, beside, SMALL, 140, WEIGHT_REGULAR, stage->theme->dim);
}

/* ---- the screen */

static void write_fact(struct pen *pen, enum word what, const char *value) {
    const struct theme *theme = pen->sheet->stage->theme;
    struct manner manner = pen->sheet->manner;
    if (!*value)
        return;
    const char *beside = word_beside(manner, what);
    char *label = xasprintf("%s%s%s", word_main(manner, what), *beside ? "　" : "", beside);
    pen_skip(pen, PARTS_GAP);
    pen_write(pen, label, SMALL, 130, WEIGHT_REGULAR, theme->dim);
    pen_write(pen, value, NAME, 130, WEIGHT_BOLD, theme->text);
    free(label);
}

static void write_screen(struct pen *pen, const struct page_source *source) {
    const struct slide_stage *stage = pen->sheet->stage;
    struct manner manner = pen->sheet->manner;
    char *held = word_counted(manner, source->catalogue->count, WORD_CASE, WORD_CASES);
    pen_write_name(pen, WORD_THIS_SCREEN, SECTION);
    write_fact(pen, WORD_BUILDING, stage->config->site.building);
    write_fact(pen, WORD_SITE_SCHOOL, theme_school(stage->theme, stage->config));
    write_fact(pen, WORD_CONTACT, stage->config->site.contact);
    write_fact(pen, WORD_HELD, held);
    write_fact(pen, WORD_VERSION, "fengcai " FENGCAI_VERSION);
    free(held);
}

static void write_text(struct pen *pen, enum word name, enum word text) {
    pen_write_name(pen, name, SECTION);
    pen_skip(pen, PARTS_GAP);
    pen_write_both(pen, text);
}

static void write_taking_part(struct pen *pen, const struct page_source *source) {
    (void)source;
    write_text(pen, WORD_TAKE_PART, WORD_TAKE_PART_HOW);
}

static void write_privacy(struct pen *pen, const struct page_source *source) {
    (void)source;
    write_text(pen, WORD_PRIVACY, WORD_PRIVACY_MEANS);
}

/* ---- the year */

struct stage_of_year {
    enum word months, name, means;
    int first, last; /* months; 0: whatever is not another's */
};
static const struct stage_of_year year[] = {
    {WORD_SELF_MONTHS, WORD_SELF, WORD_SELF_MEANS, 5, 8},
    {WORD_RECOMMENDED_MONTHS, WORD_RECOMMENDED, WORD_RECOMMENDED_MEANS, 9, 9},
    {WORD_FEATURED_MONTHS, WORD_FEATURED, WORD_FEATURED_MEANS, 10, 10},
    {WORD_LIBRARY_MONTHS, WORD_LIBRARY, WORD_LIBRARY_MEANS, 0, 0},
};
#define STAGES ((int)(sizeof year / sizeof *year))

static int stage_now(int64_t now_ms) {
    int civil_year = 0, month = 0, day = 0;
    time_local_date(now_ms, &civil_year, &month, &day);
    for (int i = 0; i < STAGES; i++)
        if (month >= year[i].first && month <= year[i].last)
            return i;
    return STAGES - 1;
}

/* Behind the months: a word on a ground of its own. */
static void add_now(const struct pen *pen, struct point at) {
    const struct slide_stage *stage = pen->sheet->stage;
    const struct theme *theme = stage->theme;
    int high = slide_px(stage, BADGE_HIGH), pad = slide_px(stage, BADGE_PAD);
    const char *beside = word_beside(pen->sheet->manner, WORD_NOW);
    char *text =
        xasprintf("%s%s%s", word_main(pen->sheet->manner, WORD_NOW), *beside ? " " : "", beside);
    struct text_style style = slide_style(stage, SMALL, 100, WEIGHT_BOLD);
    style.max_lines = 1;
    struct layout *layout = slide_layout(stage, text, &style, pen->width);
    free(text);
    struct rect place = {at.x, at.y - (high - layout->height) / 2, layout->widest + 2 * pad, high};
    scene_add_fill(pen->scene, LAYER_GROUND, place, high / 2, theme->text);
    scene_add_text(pen->scene, (struct point){at.x + pad, at.y}, layout, theme->ground);
}

/* The line of the year: through all stages but before the first and behind the last. */
static void add_rail(const struct pen *pen, int number, bool now, int middle, int height) {
    const struct slide_stage *stage = pen->sheet->stage;
    const struct theme *theme = stage->theme;
    int x = slide_px(stage, PAD) + slide_px(stage, DOT), line = slide_px(stage, LINE_WIDTH);
    int dot = slide_px(stage, DOT), rim = slide_px(stage, 4);
    int from = number ? 0 : middle, end = number + 1 < STAGES ? height : middle;
    scene_add_fill(pen->scene, LAYER_GROUND, (struct rect){x - line / 2, from, line, end - from}, 0,
                   theme->dim);
    struct rect place = {x - dot, middle - dot, 2 * dot, 2 * dot};
    scene_add_fill(pen->scene, LAYER_GROUND, place, dot, theme->text);
    if (!now)
        scene_add_fill(pen->scene, LAYER_GROUND, slide_inset(place, rim), dot - rim, theme->panel);
}

static void write_stage(struct pen *pen, const struct page_source *source, int number) {
    const struct slide_stage *stage = pen->sheet->stage;
    const struct theme *theme = stage->theme;
    const struct stage_of_year *part = &year[number];
    struct manner manner = pen->sheet->manner;
    bool now = number == stage_now(source->now_ms);
    int rail = slide_px(stage, RAIL), top = pen->y;
    pen->x += rail;
    pen->width -= rail;
    const char *beside = word_beside(manner, part->months);
    char *months =
        xasprintf("%s%s%s", word_main(manner, part->months), *beside ? "　" : "", beside);
    int width = pen_write(pen, months, BODY, 130, WEIGHT_REGULAR, theme->dim);
    free(months);
    int middle = (top + pen->y) / 2, gap = slide_px(stage, PAD);
    if (now && pen->scene)
        add_now(pen, (struct point){pen->x + width + gap, middle - slide_px(stage, SMALL) / 2});
    pen_write_name(pen, part->name, NAME);
    pen_skip(pen, PARTS_GAP / 2);
    pen_write_both(pen, part->means);
    pen_skip(pen, PAD);
    if (pen->scene)
        add_rail(pen, number, now, middle, pen->y);
}

static void write_year(struct pen *pen, const struct page_source *source) {
    (void)source;
    pen_write_name(pen, WORD_CAMPAIGN, SECTION);
    pen_skip(pen, PAD / 2);
}

/* ---- sections, one below the other */

struct column {
    int x, y, width;
};

static void add_section(struct sheet *sheet, const struct page_source *source,
                        struct column *column,
                        void (*write)(struct pen *, const struct page_source *)) {
    int pad = slide_px(sheet->stage, PAD), width = column->width - 2 * pad;
    struct pen pen = {sheet, NULL, pad, pad, width};
    write(&pen, source);
    struct rect place = {column->x, column->y, column->width, pen.y + pad};
    struct pane pane = sheet_add_pane(sheet, place, true);
    sheet_add_plate(pane.scene, sheet->stage, sheet->manner,
                    (struct rect){0, 0, place.width, place.height}, sheet->stage->theme->panel);
    pen = (struct pen){sheet, pane.scene, pad, pad, width};
    write(&pen, source);
    column->y += place.height + slide_px(sheet->stage, PAD);
}

/* One plate in several panes: its name and the stages, so that none is larger than a screen. */
static void add_year(struct sheet *sheet, const struct page_source *source, struct column *column) {
    const struct slide_stage *stage = sheet->stage;
    int pad = slide_px(stage, PAD), width = column->width - 2 * pad, heights[STAGES + 1], all = 0;
    for (int i = 0; i <= STAGES; i++) {
        struct pen pen = {sheet, NULL, pad, i ? 0 : pad, width};
        if (i)
            write_stage(&pen, source, i - 1);
        else
            write_year(&pen, source);
        heights[i] = pen.y;
        all += pen.y;
    }
    int top = 0;
    for (int i = 0; i <= STAGES; i++) {
        struct pane pane = sheet_add_pane(
            sheet, (struct rect){column->x, column->y + top, column->width, heights[i]}, true);
        sheet_add_plate(pane.scene, stage, sheet->manner,
                        (struct rect){0, -top, column->width, all}, stage->theme->panel);
        struct pen pen = {sheet, pane.scene, pad, i ? 0 : pad, width};
        if (i)
            write_stage(&pen, source, i - 1);
        else
            write_year(&pen, source);
        top += heights[i];
    }
    column->y += all + pad;
}

static void add_columns(struct sheet *sheet, const struct page_source *source, struct rect area) {
    int gap = slide_px(sheet->stage, PAD);
    bool wide = !slide_is_portrait(sheet->stage);
    int left = wide ? (area.width - gap) * LEFT_PERCENT / 100 : area.width;
    struct column first = {area.x, 0, left},
                  second = {area.x + left + gap, 0, area.width - left - gap};
    add_section(sheet, source, &first, write_screen);
    if (!wide)
        add_year(sheet, source, &first);
    add_section(sheet, source, &first, write_taking_part);
    if (wide)
        add_year(sheet, source, &second);
    add_section(sheet, source, wide ? &second : &first, write_privacy);
    sheet_set_view(sheet, area, first.y > second.y ? first.y : second.y);
}

void page_build_about(struct sheet *sheet, const struct page_source *source) {
    const struct heading heading = {word_main(sheet->manner, WORD_ABOUT),
                                    word_beside(sheet->manner, WORD_ABOUT),
                                    sheet->stage->config->site.building, UNIT_COUNT};
    struct rect area = sheet_area(sheet);
    if (sheet->manner.reach)
        page_add_crown(sheet, source, &heading);
    else
        area = sheet_add_heading_of(sheet, area, &heading);
    add_columns(sheet, source, area);
    sheet_add_bar(sheet);
}
