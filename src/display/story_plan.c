#include "display/story_plan.h"

#include <stdlib.h>

#include "base/str.h"
#include "display/mosaic.h"

#define QUOTE_CHARACTERS 56 /* three lines across a screen */
#define ROW_CHARACTERS   90 /* four lines above a row of pictures */
#define LEAST_MEASURE    22 /* characters of the body in a line: 22 to 32 are read with ease */
#define MOST_MEASURE     32
#define LEAST_LINES      4   /* of the body; fewer are not worth a page */
#define HEADING_MOST     122 /* u: two lines of a case's title */
#define GUTTER           64  /* u: between text and pictures */
#define MAX_PLANS        32

struct layout *story_heading(const struct slide_stage *stage, const struct case_record *record,
                             int width) {
    static const int sizes[] = {48, 44, 40, 36, 0};
    return slide_title(stage, record->title, sizes, 2, width);
}

static int heading_height(const struct slide_stage *stage, const struct case_record *record,
                          int width) {
    struct layout *layout = story_heading(stage, record, width);
    int height = layout->height;
    layout_destroy(layout);
    return height;
}

static int measure_px(const struct slide_stage *stage, int characters) {
    return slide_px(stage, stage->theme->body * characters);
}

/* ---- the compositions; share: percent of the screen that pictures take */

static struct story_plan beside(const struct slide_stage *stage, bool right, int share) {
    struct rect safe = slide_safe(stage);
    struct size size = stage->size;
    int gutter = slide_px(stage, GUTTER), column = size.width * share / 100;
    int text = size.width - column - gutter - slide_px(stage, stage->theme->margin);
    struct story_plan plan = {.area = right ? STORY_RIGHT : STORY_LEFT, .text = safe};
    plan.picture = (struct rect){right ? size.width - column : 0, 0, column, size.height};
    plan.text.width = text;
    if (!right)
        plan.text.x = safe.x + safe.width - text;
    plan.heading = text;
    plan.code = rect_meet(slide_inset(plan.picture, slide_px(stage, ROW_GAP)), safe);
    return plan;
}

static struct story_plan above(const struct slide_stage *stage, bool top, int share) {
    struct rect safe = slide_safe(stage);
    struct size size = stage->size;
    int height = size.height * share / 100, gutter = slide_px(stage, ROW_GAP + 12);
    struct story_plan plan = {.area = top ? STORY_TOP : STORY_BOTTOM, .text = safe};
    plan.picture = (struct rect){0, top ? 0 : size.height - height, size.width, height};
    plan.text.y = top ? height + gutter : safe.y;
    plan.text.height =
        top ? safe.y + safe.height - plan.text.y : size.height - height - gutter / 2 - safe.y;
    plan.heading = safe.width;
    plan.code = rect_meet(slide_inset(plan.picture, slide_px(stage, ROW_GAP)), safe);
    return plan;
}

static struct story_plan inset(const struct slide_stage *stage, int heading, int share,
                               struct size code) {
    struct rect safe = slide_safe(stage);
    int row = slide_px(stage, ROW_HEIGHT), gap = slide_px(stage, ROW_GAP);
    int top = safe.y + row + gap + heading + gap;
    int bottom = safe.y + safe.height - row - gap;
    struct story_plan plan = {.area = STORY_INSET, .text = safe, .heading = safe.width};
    if (slide_is_portrait(stage)) {
        plan.picture = (struct rect){safe.x, top, safe.width, stage->size.height * share / 100};
        plan.code = slide_inset(plan.picture, gap / 2);
        return plan;
    }
    int column = stage->size.width * share / 100;
    plan.picture = (struct rect){safe.x + safe.width - column, top, column, bottom - top};
    plan.code = plan.picture;
    plan.picture.height -= code.height ? code.height + gap : 0;
    plan.text.width = safe.width - column - slide_px(stage, GUTTER);
    return plan;
}

static struct story_plan row(const struct slide_stage *stage, int share, struct size code) {
    struct rect safe = slide_safe(stage);
    int height = stage->size.height * share / 100;
    int bottom = safe.y + safe.height - slide_px(stage, ROW_HEIGHT) - slide_px(stage, ROW_GAP);
    struct story_plan plan = {
        .area = STORY_ROW, .text = safe, .heading = safe.width, .lead_only = true};
    plan.picture = (struct rect){safe.x, bottom - height, safe.width, height};
    plan.code = plan.picture;
    plan.picture.width -= code.width ? code.width + slide_px(stage, ROW_GAP) : 0;
    return plan;
}

static struct story_plan alone(const struct slide_stage *stage, enum story_area area,
                               struct size code) {
    struct rect safe = slide_safe(stage);
    struct story_plan plan = {
        .area = area, .text = safe, .code = safe, .lead_only = area == STORY_QUOTE};
    int most = measure_px(stage, MOST_MEASURE) * (area == STORY_QUOTE ? 5 : 4) / 4;
    int beside = plan.text.width - code.width - slide_px(stage, ROW_GAP);
    if (code.width && beside < measure_px(stage, LEAST_MEASURE))
        plan.code.width = 0; /* the cover has it */
    else if (code.width)
        plan.text.width = beside;
    if (plan.text.width > most) {
        plan.text.x += (plan.text.width - most) / (area == STORY_QUOTE ? 4 : 2);
        plan.text.width = most;
    }
    plan.heading = plan.text.width;
    return plan;
}

/* ---- choosing */

static double ratio_of(const struct asset *asset) {
    return asset->height > 0 ? (double)asset->width / asset->height : 1;
}

void story_plan_cells(const struct slide_stage *stage, const struct case_record *record,
                      const struct slide *slide, const struct story_plan *plan,
                      struct rect *cells) {
    double ratios[MOSAIC_MAX] = {0};
    bool bleeds = plan->area != STORY_INSET && plan->area != STORY_ROW;
    struct mosaic mosaic = {.place = plan->picture,
                            .gap = slide_px(stage, stage->theme->gap) / (bleeds ? 3 : 1),
                            .crop_percent = stage->theme->crop_percent};
    for (size_t i = 0; i < plan->count; i++)
        ratios[i] = ratio_of(record->assets + slide->pictures[i]);
    mosaic_build(&mosaic, ratios, plan->count, cells);
}

/* Pixels that the text takes at the least: the lead in the body's size with all that is around it,
 * or some lines of the body. */
static int least_height(const struct slide_stage *stage, const struct slide *slide,
                        const struct story_plan *plan) {
    int size = slide_px(stage, stage->theme->body), leading = size * stage->theme->leading / 100;
    int heads = 2 * (slide_px(stage, ROW_HEIGHT) + slide_px(stage, ROW_GAP)) +
                slide_px(stage, HEADING_MOST) + 2 * slide_px(stage, ROW_GAP);
    int across = plan->text.width / size - 1;
    size_t characters = slide->lead ? utf8_length(slide->lead) : 0;
    int lines = across > 0 ? (int)(characters / (size_t)across) + 2 : LEAST_LINES;
    if (!slide->alone && slide->lead) /* half of the page is the text's */
        lines *= 2;
    return heads + (lines > LEAST_LINES ? lines : LEAST_LINES) * leading;
}

/* What the plan leaves to the text's heads, lead and body. */
static int text_height(const struct slide_stage *stage, const struct story_plan *plan) {
    int height = plan->text.height, gap = slide_px(stage, ROW_GAP);
    if (plan->area == STORY_ROW ||
        (plan->area == STORY_INSET && plan->picture.width == plan->heading))
        height -= plan->picture.height + gap;
    return height;
}

/* All its pictures fill their cells, none is a strip, and the text keeps its measure and has room.
 */
static bool is_good(const struct slide_stage *stage, const struct case_record *record,
                    const struct slide *slide, const struct story_plan *plan) {
    struct rect cells[MOSAIC_MAX];
    int least = measure_px(stage, LEAST_MEASURE), side = slide_px(stage, 240);
    if (plan->text.width < least && stage->size.width > least + 2 * slide_px(stage, GUTTER))
        return false;
    if (text_height(stage, plan) < least_height(stage, slide, plan))
        return false;
    story_plan_cells(stage, record, slide, plan, cells);
    for (size_t i = 0; i < plan->count; i++)
        if (cells[i].width < side || cells[i].height < side ||
            !slide_can_fill(stage, record->assets + slide->pictures[i], cells[i]))
            return false;
    return true;
}

struct choice {
    struct story_plan plans[MAX_PLANS];
    size_t count;
};

/* heading: pixels that the case's title is high across the screen. */
static struct story_plan compose(const struct slide_stage *stage, enum story_area area, int share,
                                 int heading, struct size code) {
    switch (area) {
    case STORY_RIGHT:
    case STORY_LEFT:
        return beside(stage, area == STORY_RIGHT, share);
    case STORY_INSET:
        return inset(stage, heading, share, code);
    case STORY_ROW:
        return row(stage, share, code);
    default:
        return above(stage, area == STORY_TOP, share);
    }
}

/* The first share at which a composition is good, with as many pictures as it takes. */
static void offer(struct choice *choice, const struct slide_stage *stage,
                  const struct case_record *record, const struct slide *slide, enum story_area area,
                  struct size code) {
    static const int shares[] = {40, 36, 44, 32, 48, 28};
    int heading = area == STORY_INSET ? heading_height(stage, record, slide_safe(stage).width) : 0;
    for (size_t count = slide->picture_count; count > 0; count--) {
        for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
            struct story_plan plan = compose(stage, area, shares[i], heading, code);
            plan.count = count;
            if (!is_good(stage, record, slide, &plan))
                continue;
            if (choice->count < MAX_PLANS)
                choice->plans[choice->count++] = plan;
            break;
        }
        if (area == STORY_ROW) /* all of them or none */
            return;
    }
}

static size_t lead_length(const struct slide *slide) {
    return slide->lead ? utf8_length(slide->lead) : 0;
}

/* What the choice hangs on (FNV-1a). */
static uint32_t shape_hash(const struct case_record *record, const struct slide *slide) {
    uint32_t hash = 2166136261u;
    hash = (hash ^ (uint32_t)record->asset_count) * 16777619u;
    hash = (hash ^ (uint32_t)lead_length(slide)) * 16777619u;
    hash = (hash ^ (uint32_t)utf8_length(record->title)) * 16777619u;
    for (size_t i = 0; i < slide->picture_count; i++) {
        const struct asset *asset = record->assets + slide->pictures[i];
        hash = (hash ^ (uint32_t)(ratio_of(asset) * 100)) * 16777619u;
    }
    return hash ^ hash >> 13;
}

/* One picture that no composition can fill: whole, beside the text; where that leaves no room for
 * it, the text alone. */
static struct story_plan fall_back(const struct slide_stage *stage, const struct slide *slide,
                                   struct size code) {
    struct story_plan plan =
        slide_is_portrait(stage) ? above(stage, true, 40) : beside(stage, true, 38);
    plan.count = slide->picture_count ? 1 : 0;
    if (text_height(stage, &plan) < least_height(stage, slide, &plan))
        return alone(stage, STORY_PLAIN, code);
    plan.code.width = 0; /* nothing lies over a poster */
    return plan;
}

static void offer_all(struct choice *choice, const struct slide_stage *stage,
                      const struct case_record *record, const struct slide *slide,
                      struct size code) {
    static const enum story_area wide[] = {STORY_RIGHT, STORY_LEFT, STORY_INSET},
                                 tall[] = {STORY_TOP, STORY_BOTTOM, STORY_INSET};
    bool portrait = slide_is_portrait(stage);
    for (size_t i = 0; i < 3; i++)
        offer(choice, stage, record, slide, portrait ? tall[i] : wide[i], code);
    if (!slide->lead)
        return;
    if (!portrait && slide->alone && slide->picture_count > 1 &&
        lead_length(slide) <= ROW_CHARACTERS)
        offer(choice, stage, record, slide, STORY_ROW, code);
    if (!portrait && slide->picture_count && ratio_of(record->assets + slide->pictures[0]) > 2.2)
        offer(choice, stage, record, slide, STORY_TOP, code);
}

struct story_plan story_plan_build(const struct slide_stage *stage,
                                   const struct case_record *record, const struct slide *slide,
                                   struct size code) {
    bool quote = slide->lead && slide->alone && lead_length(slide) <= QUOTE_CHARACTERS;
    uint32_t hash = shape_hash(record, slide);
    if (!slide->picture_count || (quote && hash % 4 == 0))
        return alone(stage, quote ? STORY_QUOTE : STORY_PLAIN, code);
    struct choice choice = {0};
    offer_all(&choice, stage, record, slide, code);
    return choice.count ? choice.plans[hash % choice.count] : fall_back(stage, slide, code);
}
