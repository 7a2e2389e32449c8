#include "display/frame.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/time.h"
#include "display/contrast.h"
#include "display/slide_parts.h"

/* u */
#define HEIGHT         56
#define SIDE           24 /* from a pill's end to what is in it */
#define LINE_HEIGHT    6
#define SHIFT          5  /* one step of the path */
#define CORNER_GAP     26 /* between building, date and clock */
#define TOUCH          28 /* the mark of a touch: a finger in its ring */
#define TOUCH_LIT      40
#define FINGER         14
#define FINGER_LIT     18
#define TOUCH_GAP      14
#define REACH          38 /* the mark of what brings all within reach */
#define EMBLEM         40
#define BADGE          118 /* of a slide, in the corner's row: all but its four characters */
#define BADGE_LETTERS  2   /* by which those are larger than a label */
/* em: the most there is room for; less room for the name, and it is left out */
#define CORNER_TEXT    20
#define HINT_TEXT      9
#define NAME_LEAST     4
/* Of the screen's width: a narrow one keeps its top for the slide. */
#define CORNER_PERCENT 55
/* Alpha of a pill's ground: at least this, so that white and black under it end up close enough
 * that what is read on both is read on all between. */
#define LEAST_GROUND   160
#define RING           80 /* alpha of the ring */

static struct slide_stage stage_of(const struct theme *theme, struct size size) {
    return (struct slide_stage){.size = size, .theme = theme};
}

/* ---- places */

static int corner_width(const struct slide_stage *stage) {
    int most = slide_px(stage, CORNER_TEXT * stage->theme->label + 2 * SIDE);
    int share = stage->size.width * CORNER_PERCENT / 100;
    int badge = slide_px(stage, BADGE + 4 * (stage->theme->label + BADGE_LETTERS));
    int beside = stage->size.width - 2 * slide_px(stage, stage->theme->margin) - badge;
    share = share < beside ? share : beside;
    return most < share ? most : share;
}

static int hint_width(const struct slide_stage *stage) {
    return slide_px(stage,
                    HINT_TEXT * stage->theme->label + TOUCH + REACH + 2 * TOUCH_GAP + 2 * SIDE);
}

static struct rect reserve(const struct slide_stage *stage, int width, bool top) {
    int margin = slide_px(stage, stage->theme->margin), height = slide_px(stage, HEIGHT);
    struct rect place = {stage->size.width - margin - width,
                         top ? margin : stage->size.height - margin - height, width, height};
    return slide_inset(place, -slide_px(stage, SHIFT));
}

struct rect frame_corner(const struct theme *theme, struct size size) {
    struct slide_stage stage = stage_of(theme, size);
    return reserve(&stage, corner_width(&stage), true);
}

struct rect frame_hint(const struct theme *theme, struct size size) {
    struct slide_stage stage = stage_of(theme, size);
    return reserve(&stage, hint_width(&stage), false);
}

struct rect frame_reach(const struct theme *theme, struct size size) {
    struct slide_stage stage = stage_of(theme, size);
    int width = slide_px(&stage, theme->margin + SIDE + REACH + TOUCH_GAP);
    int height = slide_px(&stage, theme->margin + HEIGHT + SHIFT);
    return (struct rect){size.width - width, size.height - height, width, height};
}

struct point frame_shift(const struct theme *theme, int64_t minutes, struct size size) {
    static const struct point path[] = {{0, 0},  {1, 0},   {1, 1},  {0, 1}, {-1, 1},
                                        {-1, 0}, {-1, -1}, {0, -1}, {1, -1}};
    if (theme->shift_minutes <= 0 || minutes < 0)
        return path[0];
    struct slide_stage stage = stage_of(theme, size);
    int step = slide_px(&stage, SHIFT);
    struct point at = path[minutes / theme->shift_minutes % (int64_t)(sizeof path / sizeof *path)];
    return (struct point){at.x * step, at.y * step};
}

struct point frame_line_at(struct size size, int64_t left_us, int64_t whole_us) {
    struct slide_stage stage = stage_of(NULL, size);
    int64_t left = whole_us > 0 ? size.width * left_us / whole_us : 0;
    return (struct point){(int)left - size.width, size.height - slide_px(&stage, LINE_HEIGHT)};
}

/* ---- pills */

static bool readable(const struct theme *theme, colour ground) {
    static const colour pictures[] = {0xFF000000u, 0xFFFFFFFFu};
    for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++) {
        colour seen = contrast_over(ground, pictures[i]);
        if (contrast_ratio(theme->over_picture, seen) < CONTRAST_LEAST ||
            contrast_ratio(theme->over_picture_dim, seen) < CONTRAST_LEAST)
            return false;
    }
    return true;
}

/* As weak as the text allows, and a little more for the rounding on the way to the screen. */
static colour ground_of(const struct theme *theme) {
    int alpha = LEAST_GROUND;
    while (alpha < 255 && !readable(theme, colour_with_alpha(theme->scrim, alpha - 3)))
        alpha++;
    return colour_with_alpha(theme->scrim, alpha);
}

static void init_pill(struct scene *scene, const struct slide_stage *stage, int width) {
    int height = slide_px(stage, HEIGHT);
    scene_init(scene, width, height);
    scene->clear = true;
    scene_add_fill(scene, LAYER_GROUND, (struct rect){0, 0, width, height}, height / 2,
                   ground_of(stage->theme));
}

static struct layout *line_of(const struct slide_stage *stage, const char *text,
                              enum text_weight weight, int width) {
    struct text_style style = slide_style(stage, stage->theme->label, 130, weight);
    style.max_lines = 1;
    return slide_layout(stage, text, &style, width);
}

/* Takes the layout over; gives where the next one may start. */
static int add_line(struct scene *scene, struct layout *layout, int x, colour ink) {
    int width = layout->widest;
    scene_add_text(scene, (struct point){x, (scene->height - layout->height) / 2}, layout, ink);
    return x + width;
}

/* ---- the corner */

/* "8月15日 星期六" */
static char *date_text(int64_t ms) {
    static const char *const days[] = {"日", "一", "二", "三", "四", "五", "六"};
    int year = 0, month = 0, day = 0, weekday = 0, hour = 0, minute = 0;
    time_local_date(ms, &year, &month, &day);
    time_local_clock(ms, &weekday, &hour, &minute);
    return xasprintf("%d月%d日 星期%s", month, day, days[weekday]);
}

static char *clock_text(int64_t ms) {
    int weekday = 0, hour = 0, minute = 0;
    time_local_clock(ms, &weekday, &hour, &minute);
    return xasprintf("%02d:%02d", hour, minute);
}

/* The last parts first: of what has no room it is the name that goes, then the date. */
enum corner_part { PART_NAME, PART_DATE, PART_CLOCK, CORNER_PARTS };

struct corner {
    struct layout *parts[CORNER_PARTS]; /* NULL: left out */
    int width;                          /* of them all with their distances, pixels */
};

static void take_part(struct corner *corner, const struct slide_stage *stage, enum corner_part part,
                      const char *text, int most) {
    int gap = corner->width ? slide_px(stage, CORNER_GAP) : 0;
    struct layout *layout = line_of(stage, text, part == PART_CLOCK ? WEIGHT_BOLD : WEIGHT_REGULAR,
                                    most - corner->width - gap);
    if (part == PART_DATE && layout->cut) {
        layout_destroy(layout);
        return;
    }
    corner->parts[part] = layout;
    corner->width += gap + layout->widest;
}

static struct corner lay_corner(const struct slide_stage *stage, int64_t clock_ms, int most) {
    struct corner corner = {.width = 0};
    if (clock_ms) {
        char *clock = clock_text(clock_ms), *date = date_text(clock_ms);
        take_part(&corner, stage, PART_CLOCK, clock, most);
        take_part(&corner, stage, PART_DATE, date, most);
        free(date);
        free(clock);
    }
    const char *name = stage->config->site.building;
    if (!*name)
        name = theme_school(stage->theme, stage->config);
    if (*name &&
        most - corner.width >= slide_px(stage, CORNER_GAP + NAME_LEAST * stage->theme->label))
        take_part(&corner, stage, PART_NAME, name, most);
    return corner;
}

bool frame_build_corner(struct scene *scene, const struct slide_stage *stage, int64_t clock_ms,
                        struct point *at) {
    int side = slide_px(stage, SIDE), margin = slide_px(stage, stage->theme->margin);
    bool has_emblem = *stage->theme->emblem;
    int emblem = slide_px(stage, EMBLEM);
    int before = has_emblem ? emblem + slide_px(stage, TOUCH_GAP) - side / 2 : 0;
    struct corner corner = lay_corner(stage, clock_ms, corner_width(stage) - 2 * side - before);
    if (!corner.width)
        return false;
    init_pill(scene, stage, corner.width + 2 * side + before);
    if (has_emblem)
        scene_add_icon(scene, (struct rect){side / 2, (scene->height - emblem) / 2, emblem, emblem},
                       stage->theme->emblem, 0);
    int x = side + before;
    for (int i = 0; i < CORNER_PARTS; i++)
        if (corner.parts[i])
            x = add_line(scene, corner.parts[i], x,
                         i == PART_CLOCK ? stage->theme->over_picture
                                         : stage->theme->over_picture_dim) +
                slide_px(stage, CORNER_GAP);
    *at = (struct point){stage->size.width - margin - scene->width, margin};
    return true;
}

/* ---- the hint */

static void add_disc(struct scene *scene, const struct slide_stage *stage, int middle_x, int side,
                     colour fill) {
    int pixels = slide_px(stage, side);
    struct rect place = {middle_x - pixels / 2, (scene->height - pixels) / 2, pixels, pixels};
    scene_add_fill(scene, LAYER_TEXT, place, pixels / 2, fill);
}

void frame_build_hint(struct scene *scene, const struct slide_stage *stage, bool lit,
                      struct point *at) {
    colour ink = lit ? stage->theme->over_picture : stage->theme->over_picture_dim;
    int side = slide_px(stage, SIDE), touch = slide_px(stage, TOUCH);
    int margin = slide_px(stage, stage->theme->margin), before = touch + slide_px(stage, TOUCH_GAP);
    int reach = slide_px(stage, REACH), after = reach + slide_px(stage, TOUCH_GAP);
    int most = hint_width(stage) - 2 * side - before - after;
    struct layout *text = line_of(stage, "触摸屏幕 了解更多", WEIGHT_REGULAR, most);
    init_pill(scene, stage, 2 * side + before + text->widest + after);
    int middle = side + touch / 2;
    add_disc(scene, stage, middle, lit ? TOUCH_LIT : TOUCH, colour_with_alpha(ink, RING));
    add_disc(scene, stage, middle, lit ? FINGER_LIT : FINGER, ink);
    add_line(scene, text, side + before, ink);
    slide_add_icon(
        scene, stage, "reach",
        (struct rect){scene->width - side - reach, (scene->height - reach) / 2, reach, reach}, ink);
    *at = (struct point){stage->size.width - margin - scene->width,
                         stage->size.height - margin - scene->height};
}

/* ---- the line */

void frame_build_line(struct scene *scene, const struct slide_stage *stage,
                      const struct case_record *record) {
    scene_init(scene, stage->size.width, slide_px(stage, LINE_HEIGHT));
    scene_add_fill(scene, LAYER_GROUND, (struct rect){0, 0, scene->width, scene->height}, 0,
                   theme_section(stage->theme, record->level, record->unit)->light);
}
