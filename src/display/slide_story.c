/* The story: its text in a measure that is read with ease, and its pictures. */
#include "display/story_plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "display/mosaic.h"

#define LEAD_MEASURE 20 /* characters in a line of the lead, at the least */

static struct rect body_place(const struct slide_stage *stage, const struct case_record *record,
                              const struct story_plan *plan) {
    int row = slide_px(stage, ROW_HEIGHT), gap = slide_px(stage, ROW_GAP);
    struct layout *heading = story_heading(stage, record, plan->heading);
    struct rect place = plan->text;
    int bottom = place.y + place.height - row - gap;
    place.y += row + gap + heading->height + gap;
    layout_destroy(heading);
    if (plan->area == STORY_ROW)
        bottom = plan->picture.y - gap;
    if (plan->area == STORY_INSET && slide_is_portrait(stage))
        place.y = plan->picture.y + plan->picture.height + gap;
    place.height = bottom > place.y ? bottom - place.y : 0;
    return place;
}

static void add_pictures(struct scene *scene, const struct slide_stage *stage,
                         const struct case_record *record, const struct slide *slide,
                         const struct story_plan *plan) {
    struct rect cells[MOSAIC_MAX];
    bool bleeds = plan->area != STORY_INSET && plan->area != STORY_ROW;
    int radius = bleeds ? 0 : slide_px(stage, stage->theme->radius);
    story_plan_cells(stage, record, slide, plan, cells);
    for (size_t i = 0; i < plan->count; i++) {
        const struct asset *asset = record->assets + slide->pictures[i];
        slide_add_picture(scene, stage, asset, cells[i], radius, bleeds);
        slide_add_length(scene, stage, asset,
                         bleeds ? rect_meet(cells[i], slide_safe(stage)) : cells[i], false);
    }
}

static void add_header(struct scene *scene, const struct slide_stage *stage,
                       const struct case_record *record, const struct story_plan *plan,
                       colour ink) {
    struct point at = {plan->text.x, plan->text.y};
    slide_add_badge(scene, stage, record, at);
    at.y += slide_px(stage, ROW_HEIGHT) + slide_px(stage, ROW_GAP);
    scene_add_text(scene, at, story_heading(stage, record, plan->heading), ink);
}

static void add_foot(struct scene *scene, const struct slide_stage *stage,
                     const struct case_record *record, const struct slide *slide,
                     const struct story_plan *plan, colour ink) {
    char *text = slide->of > 1 ? xasprintf("%s　%d/%d", record->school, slide->number, slide->of)
                               : xstrdup(record->school);
    slide_add_foot(scene, stage, plan->text, text, ink);
    free(text);
}

/* The largest size, down to the body's, at which it takes no more than `height`, of a line long
 * enough; what takes more than `most` even then is cut. */
static struct layout *lead_layout(const struct slide_stage *stage, const char *text, int width,
                                  int height, int most, bool quote) {
    int size = quote ? stage->theme->title * 4 / 5 : stage->theme->lead;
    int least = quote ? LEAD_MEASURE * 2 / 3 : LEAD_MEASURE, body = stage->theme->body;
    for (;; size = size - 4 > body ? size - 4 : body) {
        struct text_style style = slide_body(stage, size);
        style.indent = 0;
        int measure = slide_measure(stage, &style, width);
        bool last = size <= body;
        if (!last && measure < least * style.size)
            continue;
        if (last)
            style.max_lines = most > style.leading ? most / style.leading : 1;
        struct layout *layout = slide_layout(stage, text, &style, measure);
        if (last || layout->height <= height)
            return layout;
        layout_destroy(layout);
    }
}

/* What a story page has to say, set. */
struct copy {
    struct layout *lead; /* NULL: none */
    struct rect mark;    /* of the lead */
    struct point lead_at;
    struct rect text; /* what is left for the text */
};

/* The lead stands under a mark of its own, and leaves the rest to the text. */
static struct copy set_lead(const struct slide_stage *stage, const struct slide *slide,
                            const struct story_plan *plan, struct rect place) {
    struct copy copy = {.text = place};
    if (!slide->lead)
        return copy;
    bool quote = plan->area == STORY_QUOTE, alone = !slide->text || plan->lead_only;
    int mark = slide_px(stage, quote ? 96 : 8), gap = slide_px(stage, ROW_GAP);
    int height = place.height - mark - gap;
    copy.lead =
        lead_layout(stage, slide->lead, place.width, alone ? height : height / 2, height, quote);
    copy.mark = (struct rect){place.x, place.y, slide_px(stage, 96), mark};
    copy.lead_at = (struct point){place.x, copy.mark.y + mark + gap};
    int used = copy.lead_at.y + copy.lead->height + gap - place.y;
    copy.text.y += used;
    copy.text.height -= used;
    return copy;
}

/* What is left over below goes above by a third, where no page follows that would begin higher. */
static void move_down(struct copy *copy, int text) {
    int left = copy->text.height - text, down = left > 0 ? left / 3 : 0;
    copy->mark.y += down;
    copy->lead_at.y += down;
    copy->text.y += down;
}

static void add_lead(struct scene *scene, const struct slide_stage *stage, const struct copy *copy,
                     bool quote, colour ink, colour accent) {
    if (quote)
        slide_add_icon(scene, stage, "quote", copy->mark, accent);
    else
        scene_add_fill(scene, LAYER_TEXT, copy->mark, copy->mark.height / 2, accent);
    scene_add_text(scene, copy->lead_at, copy->lead, ink);
}

/* NULL: there is none, or no place for it. */
static struct layout *set_text(const struct slide_stage *stage, const struct slide *slide,
                               struct rect place) {
    struct text_style style = slide_body(stage, stage->theme->body);
    style.flush = slide->goes_on;
    if (!slide->text || !*slide->text || place.height < style.leading)
        return NULL;
    size_t end = slide_text_end(stage, slide->text, &style, place);
    if (slide->alone) /* what does not follow on another page shall not break off */
        end = slide_sentences_end(slide->text, end);
    if (end == 0)
        return NULL;
    char *text = xstrndup(slide->text, end);
    struct layout *layout =
        slide_layout(stage, text, &style, slide_measure(stage, &style, place.width));
    free(text);
    return layout;
}

void slide_build_story(struct scene *scene, const struct slide_stage *stage,
                       const struct case_record *record, const struct slide *slide) {
    const struct theme *theme = stage->theme;
    const struct unit_theme *unit = theme_section(theme, record->level, record->unit);
    struct slide_code code = {0};
    if (slide->lead)
        code = slide_code_of(record);
    struct story_plan plan = story_plan_build(stage, record, slide, slide_code_size(stage, &code));
    bool quote = plan.area == STORY_QUOTE;
    if (quote)
        scene_add_fill(scene, LAYER_GROUND, slide_whole(stage), 0, unit->deep);
    if (plan.count)
        add_pictures(scene, stage, record, slide, &plan);
    add_header(scene, stage, record, &plan, quote ? theme->on_unit : unit->light);
    colour ink = quote ? theme->on_unit : theme->text;
    struct copy copy = set_lead(stage, slide, &plan, body_place(stage, record, &plan));
    struct layout *text = plan.lead_only ? NULL : set_text(stage, slide, copy.text);
    if (slide->alone)
        move_down(&copy, text ? text->height : 0);
    if (copy.lead)
        add_lead(scene, stage, &copy, quote, ink, quote ? theme->on_unit : unit->light);
    if (text)
        scene_add_text(scene, (struct point){copy.text.x, copy.text.y}, text, ink);
    add_foot(scene, stage, record, slide, &plan, quote ? theme->on_unit : theme->dim);
    slide_add_code(scene, stage, &code, plan.code);
}

size_t slide_page_end(void *user, const struct slide *slide, const char *text) {
    const struct slide_paper *paper = user;
    const struct slide_stage *stage = paper->stage;
    struct slide_code code = {0};
    if (slide->lead)
        code = slide_code_of(paper->record);
    struct story_plan plan =
        story_plan_build(stage, paper->record, slide, slide_code_size(stage, &code));
    struct slide with_text = *slide;
    with_text.text = (char *)text; /* only that there is one counts */
    struct copy copy = set_lead(stage, &with_text, &plan, body_place(stage, paper->record, &plan));
    struct text_style style = slide_body(stage, stage->theme->body);
    style.flush = slide->goes_on;
    size_t end = slide_text_end(stage, text, &style, copy.text);
    layout_destroy(copy.lead);
    slide_code_finish(&code);
    return end;
}
