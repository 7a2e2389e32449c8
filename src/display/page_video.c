/* One video of a case on the whole screen, and what it is played with. */
#include <stdlib.h>

#include "base/memory.h"
#include "display/length.h"
#include "display/pages.h"
#include "display/player.h"

/* u */
#define PAD           16
#define BUTTON_HEIGHT 92
#define BUTTON_TALL   128 /* on a narrow screen: words below the icon */
#define BUTTON_WIDTH  196
#define BUTTON_LEAST  120 /* for the longest of the words */
#define BAR_HEIGHT    10
#define BAR_GAP       28 /* between it and its times */
#define CLOCK_TYPE    30
#define CAPTION_TYPE  28
#define CAPTION_LEAST 220 /* width of what it shows, beside the buttons */
#define FAULT_WIDTH   760
#define FAULT_TYPE    40
#define FAULT_ICON    88

#define BLACK         0xFF000000u
#define STRIP_ALPHA   220 /* of what the controls stand on */
#define CAPTION_LINES 2
#define USUAL_WIDTH   16 /* of a video that does not tell */
#define USUAL_HEIGHT  9

enum control { PLAY, SOUND, BACK, HOME, REACH, LANGUAGE, CONTROL_COUNT };

struct showing {
    struct sheet *sheet;
    const struct slide_stage *stage; /* the sheet's */
    const struct asset *asset;
};

/* Where the controls stand, from the top of their strip. */
struct plan {
    struct rect film;  /* the picture, on the screen */
    struct rect strip; /* on the screen */
    int margin, pad, gap;
    int finger;
    struct size button;
    int columns, rows;
    struct rect row;     /* of the bar and its times: as high as a finger wants it */
    struct rect caption; /* empty: it is not told */
    int buttons;         /* top of the first row of them */
};

static int at_least(int value, int least) {
    return value > least ? value : least;
}

/* ---- the picture */

static struct size size_of(const struct asset *asset) {
    bool known = asset->width > 0 && asset->height > 0;
    return known ? (struct size){asset->width, asset->height}
                 : (struct size){USUAL_WIDTH, USUAL_HEIGHT};
}

static void add_poster(const struct showing *showing, struct rect place) {
    const struct slide_stage *stage = showing->stage;
    struct pane pane = sheet_add_video(showing->sheet, place);
    const struct rendition *poster = asset_rendition(showing->asset, RENDITION_SCREEN, 0);
    if (!poster)
        return;
    char *path = rendition_path(stage->media, poster);
    scene_add_picture(pane.scene, LAYER_PICTURE, (struct rect){0, 0, place.width, place.height}, 0,
                      path, (struct rect){0, 0, poster->width, poster->height}, false);
    free(path);
}

/* ---- where what stands */

static int width_of(int columns, int gap, int width) {
    return (width - (columns - 1) * gap) / columns;
}

static struct layout *lay_caption(const struct showing *showing, int width) {
    struct text_style style = slide_style(showing->stage, CAPTION_TYPE, 135, WEIGHT_REGULAR);
    style.max_lines = CAPTION_LINES;
    return slide_layout(showing->stage, showing->asset->caption, &style, width);
}

static int caption_height(const struct showing *showing, int width) {
    struct layout *caption = lay_caption(showing, width);
    int height = caption->line_count ? caption->height : 0;
    layout_destroy(caption);
    return height;
}

/* How many buttons in a row, and how large. */
static void plan_buttons(const struct showing *showing, struct plan *plan, int width) {
    const struct slide_stage *stage = showing->stage;
    int wide = at_least(slide_px(stage, BUTTON_WIDTH), plan->finger);
    plan->columns = CONTROL_COUNT;
    if (width_of(plan->columns, plan->gap, width) < wide)
        plan->gap /= 2;
    int least = at_least(slide_px(stage, BUTTON_LEAST), plan->finger);
    if (width_of(plan->columns, plan->gap, width) < least)
        plan->columns = CONTROL_COUNT / 2;
    plan->rows = CONTROL_COUNT / plan->columns;
    int each = width_of(plan->columns, plan->gap, width);
    int high = slide_px(stage, each < wide ? BUTTON_TALL : BUTTON_HEIGHT);
    if (!slide_is_portrait(stage) && each > wide)
        each = wide;
    plan->button = (struct size){each, at_least(high, plan->finger)};
}

static struct plan plan_of(const struct showing *showing) {
    const struct slide_stage *stage = showing->stage;
    struct sheet *sheet = showing->sheet;
    struct rect screen = {0, 0, stage->size.width, stage->size.height};
    struct plan plan = {.film = fit_inside(size_of(showing->asset), screen, 0),
                        .margin = slide_px(stage, stage->theme->margin),
                        .pad = slide_px(stage, PAD),
                        .gap = sheet_gap(sheet),
                        .finger = sheet_finger(sheet)};
    int width = stage->size.width - 2 * plan.margin, top = plan.pad;
    plan_buttons(showing, &plan, width);
    int used = plan.columns * (plan.button.width + plan.gap) + plan.gap;
    bool beside = plan.rows == 1 && width - used >= slide_px(stage, CAPTION_LEAST);
    if (!beside && slide_is_portrait(stage)) {
        int high = caption_height(showing, width);
        plan.caption = (struct rect){plan.margin, top, width, high};
        top += high;
    }
    plan.row = (struct rect){plan.margin, top, width, plan.finger};
    plan.buttons = top + plan.finger + sheet_gap(sheet) / 2;
    if (beside)
        plan.caption = (struct rect){plan.margin + 2 * (plan.button.width + plan.gap), plan.buttons,
                                     width - used, plan.button.height};
    int foot = plan.buttons + plan.rows * (plan.button.height + plan.gap) - plan.gap + plan.pad;
    plan.strip = (struct rect){0, stage->size.height - foot, stage->size.width, foot};
    return plan;
}

/* ---- its length */

static struct layout *lay_digits(const struct showing *showing, const char *text) {
    struct text_style style = slide_style(showing->stage, CLOCK_TYPE, 120, WEIGHT_BOLD);
    style.max_lines = 1;
    return slide_layout(showing->stage, text, &style, showing->stage->size.width);
}

/* The widest of the glyphs that a time is made of. */
static int cell_width(const struct showing *showing) {
    int most = 1;
    for (const char *at = LENGTH_ALL; *at; at++) {
        const char text[] = {*at, '\0'};
        struct layout *glyph = lay_digits(showing, text);
        most = at_least(most, glyph->widest);
        layout_destroy(glyph);
    }
    return most;
}

/* Each in the middle of a cell; seen piece by piece. Gives the size of a cell. */
static struct size add_glyphs(const struct showing *showing) {
    struct layout *any = lay_digits(showing, "0");
    struct size cell = {cell_width(showing), any->height};
    layout_destroy(any);
    struct scene *scene =
        sheet_add_digits(showing->sheet, (struct size){cell.width * LENGTH_GLYPHS, cell.height});
    for (int i = 0; i < LENGTH_GLYPHS; i++) {
        const char text[] = {LENGTH_ALL[i], '\0'};
        struct layout *glyph = lay_digits(showing, text);
        int x = i * cell.width + (cell.width - glyph->widest) / 2;
        scene_add_text(scene, (struct point){x, 0}, glyph, showing->stage->theme->over_picture);
    }
    return cell;
}

/* "0:12 ------ 1:23"; the time before it goes on by itself. */
static void add_length(const struct showing *showing, const struct plan *plan) {
    const struct theme *theme = showing->stage->theme;
    struct film *film = &showing->sheet->page.film;
    struct rect row = plan->row;
    int top = plan->strip.y + row.y;
    showing->sheet->when = SHOWN_CONTROLS | SHOWN_LENGTH;
    struct pane pane =
        sheet_add_clear_pane(showing->sheet, (struct rect){row.x, top, row.width, row.height});
    char text[LENGTH_TEXT_SIZE];
    int count = (int)length_text(showing->asset->duration_ms, text);
    struct size cell = add_glyphs(showing);
    struct layout *whole = lay_digits(showing, text);
    int gap = slide_px(showing->stage, BAR_GAP), wide = count * cell.width;
    int high = slide_px(showing->stage, BAR_HEIGHT);
    struct point at = {row.width - whole->widest, (row.height - whole->height) / 2};
    scene_add_text(pane.scene, at, whole, theme->over_picture);
    struct rect touched = {wide, 0, row.width - 2 * wide, row.height};
    film->clock = (struct rect){row.x, top + (row.height - cell.height) / 2, wide, cell.height};
    film->bar = (struct rect){row.x + wide + gap, top + (row.height - high) / 2,
                              row.width - 2 * (wide + gap), high};
    film->ink = theme->over_picture;
    film->rest = colour_with_alpha(theme->over_picture, 90);
    sheet_add_target(showing->sheet, &pane, touched, row.height / 2, action_simple(ACTION_SEEK));
}

/* ---- buttons */

struct face {
    const char *icon;
    enum word word;
    unsigned when;
    enum action_kind action;
    enum control control;
};

static const struct face faces[] = {
    {"pause", WORD_PAUSE, SHOWN_PLAYING, ACTION_PLAY, PLAY},
    {"play", WORD_PLAY, SHOWN_PAUSED, ACTION_PLAY, PLAY},
    {"replay", WORD_REPLAY, SHOWN_ENDED, ACTION_PLAY, PLAY},
    {"sound", WORD_MUTE, SHOWN_SOUND, ACTION_SOUND, SOUND},
    {"silent", WORD_UNMUTE, SHOWN_SILENT, ACTION_SOUND, SOUND},
    {"back", WORD_BACK, 0, ACTION_BACK, BACK},
    {"home", WORD_HOME, 0, ACTION_HOME, HOME},
    {"reach", WORD_REACH, 0, ACTION_REACH, REACH},
    {"language", WORD_LANGUAGE, 0, ACTION_ENGLISH, LANGUAGE},
};

/* On the screen: those of the video at the left, the ways from it at the right. */
static struct rect button_place(const struct plan *plan, enum control control) {
    int column = (int)control % plan->columns, row = (int)control / plan->columns;
    int all = plan->columns * (plan->button.width + plan->gap) - plan->gap;
    int spare = plan->strip.width - 2 * plan->margin - all;
    return (struct rect){plan->margin + column * (plan->button.width + plan->gap) +
                             (control >= BACK ? spare : 0),
                         plan->strip.y + plan->buttons + row * (plan->button.height + plan->gap),
                         plan->button.width, plan->button.height};
}

static void add_face(const struct showing *showing, const struct plan *plan,
                     const struct face *face) {
    struct sheet *sheet = showing->sheet;
    struct rect place = button_place(plan, face->control);
    struct manner manner = sheet->manner;
    bool on =
        (face->control == REACH && manner.reach) || (face->control == LANGUAGE && manner.english);
    const char *beside = face->control == LANGUAGE ? "" : word_beside(manner, face->word);
    sheet->when = SHOWN_CONTROLS | face->when;
    struct pane pane = sheet_add_clear_pane(sheet, place);
    sheet_add_button(sheet, &pane, (struct rect){0, 0, place.width, place.height}, face->icon,
                     word_main(manner, face->word), beside, on, action_simple(face->action));
}

/* In the middle of what is seen, where a hand goes first; within reach there is the button below.
 */
static void add_disc(const struct showing *showing, const struct plan *plan, const char *icon,
                     unsigned when) {
    struct sheet *sheet = showing->sheet;
    struct rect above = {0, 0, plan->strip.width, plan->strip.y};
    struct rect disc = slide_play_place(showing->stage, rect_meet(plan->film, above));
    if (disc.width < plan->finger)
        disc = slide_inset(disc, -(plan->finger - disc.width + 1) / 2);
    sheet->when = SHOWN_CONTROLS | when;
    struct pane pane = sheet_add_clear_pane(sheet, disc);
    struct rect whole = {0, 0, disc.width, disc.height};
    slide_add_play(pane.scene, showing->stage, icon, whole);
    if (!sheet->manner.reach)
        sheet_add_target(sheet, &pane, whole, disc.width / 2, action_simple(ACTION_PLAY));
}

static void add_controls(const struct showing *showing, const struct plan *plan) {
    struct sheet *sheet = showing->sheet;
    const struct theme *theme = showing->stage->theme;
    sheet->when = SHOWN_CONTROLS;
    struct pane pane = sheet_add_clear_pane(sheet, plan->strip);
    scene_add_fill(pane.scene, LAYER_GROUND,
                   (struct rect){0, 0, plan->strip.width, plan->strip.height}, 0,
                   sheet->manner.contrast ? BLACK : colour_with_alpha(BLACK, STRIP_ALPHA));
    if (!rect_empty(plan->caption)) {
        struct layout *caption = lay_caption(showing, plan->caption.width);
        int y = plan->caption.y + (plan->caption.height - caption->height) / 2;
        scene_add_text(pane.scene, (struct point){plan->caption.x, y}, caption,
                       theme->over_picture);
    }
    add_length(showing, plan);
    for (size_t i = 0; i < sizeof faces / sizeof *faces; i++)
        add_face(showing, plan, faces + i);
    add_disc(showing, plan, "play", SHOWN_PAUSED);
    add_disc(showing, plan, "replay", SHOWN_ENDED);
    sheet->when = 0;
}

/* ---- what went wrong */

static struct layout *lay_fault(const struct showing *showing, const char *text, int size,
                                enum text_weight weight, int width) {
    struct text_style style = slide_style(showing->stage, size, 140, weight);
    style.align = ALIGN_CENTRE;
    return slide_layout(showing->stage, text, &style, width);
}

static void add_fault(const struct showing *showing, const struct plan *plan) {
    struct sheet *sheet = showing->sheet;
    const struct slide_stage *stage = showing->stage;
    const struct theme *theme = stage->theme;
    struct manner manner = sheet->manner;
    int pad = 2 * plan->pad, icon = slide_px(stage, FAULT_ICON);
    int width = slide_px(stage, FAULT_WIDTH), most = stage->size.width - 2 * plan->margin;
    width = width < most ? width : most;
    struct layout *main = lay_fault(showing, word_main(manner, WORD_NO_VIDEO), FAULT_TYPE,
                                    WEIGHT_BOLD, width - 2 * pad);
    struct layout *beside = lay_fault(showing, word_beside(manner, WORD_NO_VIDEO), CAPTION_TYPE,
                                      WEIGHT_REGULAR, width - 2 * pad);
    int below = pad + icon + pad / 2, height = below + main->height + beside->height + pad;
    struct rect place = {(stage->size.width - width) / 2, (plan->strip.y - height) / 2, width,
                         height};
    sheet->when = SHOWN_FAILED;
    struct pane pane = sheet_add_clear_pane(sheet, place);
    sheet_add_plate(pane.scene, stage, manner, (struct rect){0, 0, width, height}, theme->panel);
    slide_add_icon(pane.scene, stage, "warning", (struct rect){(width - icon) / 2, pad, icon, icon},
                   theme->text);
    struct point second = {pad, below + main->height};
    scene_add_text(pane.scene, (struct point){pad, below}, main, theme->text);
    scene_add_text(pane.scene, second, beside, theme->dim);
    sheet->when = 0;
}

/* ---- the page */

static void build(const struct showing *showing) {
    struct sheet *sheet = showing->sheet;
    const struct rendition *file = asset_rendition(showing->asset, RENDITION_VIDEO, 0);
    sheet->page.ground = sheet->page.empty = BLACK;
    sheet->page.mark = colour_with_alpha(showing->stage->theme->over_picture, 56);
    sheet->page.film = (struct film){.path = file ? rendition_path(showing->stage->media, file)
                                                  : xstrdup(showing->stage->media),
                                     .duration_ms = showing->asset->duration_ms,
                                     .size = size_of(showing->asset)};
    struct plan plan = plan_of(showing);
    add_poster(showing, plan.film);
    add_controls(showing, &plan);
    add_fault(showing, &plan);
}

void page_build_video(struct sheet *sheet, const struct page_source *source) {
    const struct place *here = &sheet->page.place;
    struct case_record record;
    bool found =
        catalogue_has(source->catalogue, here->text) && page_load(source, here->text, &record);
    bool shown = found && here->picture >= 0 && (size_t)here->picture < record.asset_count &&
                 record.assets[here->picture].kind == ASSET_VIDEO;
    if (shown) {
        struct showing showing = {sheet, sheet->stage, record.assets + here->picture};
        sheet->page.pictures = (int)record.asset_count;
        build(&showing);
    } else {
        page_build_gone(sheet);
        sheet_add_bar(sheet);
    }
    if (found)
        case_finish(&record);
}
