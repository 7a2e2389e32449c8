/* A notice: all of it on one ground of its own, so that nobody takes it for a case. */
#include "display/slide_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"

#define TITLE_LINES 3
#define SIZE_STEP   4   /* u: between two sizes that the text is tried at */
#define CUT_LEAST   75  /* percent of what fits that is shown at the least */
#define ICON        620 /* u: of the large one where there is no picture */

static const int title_sizes[] = {136, 120, 104, 88, 72, 60, 0};

/* A text of which `end` bytes fit breaks off where it may, as long as little is lost by that. The
 * caller's. */
static char *break_off(const char *text, size_t end) {
    static const char *const marks[] = {"\n", "；", ";"};
    size_t best = slide_sentences_end(text, end);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t at = end, size = strlen(marks[i]);
        while (at > best && (at < size || memcmp(text + at - size, marks[i], size) != 0))
            at--;
        best = at > best ? at : best;
    }
    if (best < end * CUT_LEAST / 100)
        best = utf8_cut(text, end);
    while (best && text[best - 1] == '\n')
        best--;
    return xasprintf("%.*s……", (int)best, text);
}

/* The largest size, down to the body's, at which it fits; what does not even then breaks off. NULL:
 * there is none, or no room. */
static struct layout *set_text(const struct slide_stage *stage, const char *text,
                               struct rect place) {
    for (int size = stage->theme->lead; *text; size -= SIZE_STEP) {
        bool last = size - SIZE_STEP < stage->theme->body;
        struct text_style style = slide_body(stage, size);
        if (place.height < style.leading && last)
            return NULL;
        size_t end = slide_text_end(stage, text, &style, place);
        if (text[end] && !last)
            continue;
        struct rect less = {place.x, place.y, place.width, place.height - style.leading};
        char *part =
            text[end] ? break_off(text, slide_text_end(stage, text, &style, less)) : xstrdup(text);
        struct layout *layout =
            slide_layout(stage, part, &style, slide_measure(stage, &style, place.width));
        free(part);
        return layout;
    }
    return NULL;
}

struct notice_plan {
    struct rect text, picture; /* picture: empty where there is none */
};

/* Between the rows; the picture at the right or at the foot, the code in the corner there. */
static struct notice_plan plan(const struct slide_stage *stage, const struct slide *slide,
                               struct rect code) {
    int row = slide_px(stage, ROW_HEIGHT) + slide_px(stage, ROW_GAP);
    int gap = 2 * slide_px(stage, ROW_GAP);
    bool portrait = slide_is_portrait(stage);
    struct rect area = slide_safe(stage);
    area.y += row;
    area.height -= 2 * row;
    if (portrait && !rect_empty(code))
        area.height = code.y - gap - area.y;
    struct notice_plan plan = {.text = area};
    if (!slide->picture_count && !portrait && !rect_empty(code))
        plan.text.width = code.x - gap - area.x;
    if (!slide->picture_count)
        return plan;
    plan.picture = area;
    if (portrait) {
        plan.picture.height = area.height * 2 / 5;
        plan.text.height -= plan.picture.height + gap;
        plan.picture.y += plan.text.height + gap;
        return plan;
    }
    plan.picture.width = area.width * 2 / 5;
    plan.text.width -= plan.picture.width + gap;
    plan.picture.x += plan.text.width + gap;
    if (!rect_empty(code))
        plan.picture.height = code.y - gap - area.y;
    return plan;
}

static void add_words(struct scene *scene, const struct slide_stage *stage,
                      const struct case_record *record, const struct slide *slide,
                      struct rect place) {
    colour ink = stage->theme->on_unit;
    int gap = slide_px(stage, ROW_GAP);
    struct layout *title = slide_title(stage, record->title, title_sizes, TITLE_LINES, place.width);
    int used = title->height + 3 * gap;
    struct rect rest = {place.x, place.y + used, place.width, place.height - used};
    struct layout *text = set_text(stage, slide->text, rest);
    int left = place.height - title->height - (text ? text->height + 3 * gap : 0);
    struct point at = {place.x, place.y + (left > 0 ? left * 2 / 5 : 0)};
    scene_add_text(scene, at, title, ink);
    at.y += title->height + gap;
    if (!text)
        return;
    scene_add_fill(scene, LAYER_TEXT,
                   (struct rect){at.x, at.y, slide_px(stage, 96), slide_px(stage, 6)},
                   slide_px(stage, 3), ink);
    at.y += 2 * gap;
    scene_add_text(scene, at, text, ink);
}

static void add_picture(struct scene *scene, const struct slide_stage *stage,
                        const struct asset *asset, struct rect place) {
    int radius = slide_px(stage, stage->theme->radius);
    if (slide_can_fill(stage, asset, place))
        slide_add_picture(scene, stage, asset, place, radius, false);
    else
        slide_add_whole(scene, stage, asset, place, radius);
}

/* Behind the words, in a colour that these can be read on. */
static void add_large_icon(struct scene *scene, const struct slide_stage *stage,
                           const struct case_record *record, colour ink) {
    struct rect whole = slide_whole(stage);
    int side = slide_px(stage, ICON);
    struct rect place = {whole.width - side * 9 / 10, whole.height - side * 9 / 10, side, side};
    slide_add_icon(scene, stage, section_key(record->level, record->unit), place, ink);
}

void slide_build_notice(struct scene *scene, const struct slide_stage *stage,
                        const struct case_record *record, const struct slide *slide) {
    const struct unit_theme *section = theme_section(stage->theme, record->level, record->unit);
    struct rect safe = slide_safe(stage);
    struct slide_code code = slide_code_of(record);
    bool coded = slide_code_size(stage, &code).width > 0;
    struct rect corner = coded ? slide_code_place(stage, &code, safe) : (struct rect){0, 0, 0, 0};
    struct notice_plan at = plan(stage, slide, corner);
    scene_add_fill(scene, LAYER_GROUND, slide_whole(stage), 0, section->deep);
    if (slide->picture_count)
        add_picture(scene, stage, record->assets, at.picture);
    else if (!coded)
        add_large_icon(scene, stage, record, colour_with_alpha(section->fill, 0x70));
    slide_add_badge(scene, stage, record, (struct point){safe.x, safe.y});
    add_words(scene, stage, record, slide, at.text);
    slide_add_foot(scene, stage, safe, record->school, stage->theme->on_unit);
    if (coded)
        slide_add_code(scene, stage, &code, safe);
}
