/* One picture of a case on the whole screen, in black; what it says and the controls below it. */
#include <stdlib.h>

#include "base/memory.h"
#include "display/pages.h"

/* u */
#define CAPTION_SIZE  30
#define COUNT_SIZE    30
#define BUTTON_HEIGHT 96
#define BUTTON_TALL   128 /* on a narrow screen: words below the icon */
#define BUTTON_WIDTH  210
#define PAD           16
#define CAPTION_GAP   36

#define ENLARGE_PERCENT 300 /* a picture may be drawn so much larger than it is, at the most */
#define CAPTION_LINES   2
#define BLACK           0xFF000000u

/* Of a long picture, put together: no more than a GPU takes, and three screens of 4K. */
#define LONG_SIDE   8192
#define LONG_PIXELS (12 << 20) /* 48 MiB */

enum control { PREVIOUS, NEXT, CLOSE, REACH, LANGUAGE, CONTROL_COUNT };

/* A picture of a case that is there. */
struct showing {
    struct sheet *sheet;
    const struct case_record *record;
    const struct asset *asset;
    int number, count;
};

/* ---- the picture */

/* A long picture is in pieces, along its longer side. */
struct pieces {
    const struct asset *asset;
    int count;
    bool down;
    struct size whole, drawn; /* pixels: of all pieces as they are; as they are drawn */
};

static struct size fit_pixels(struct size size) {
    double scale = 1;
    double longer = size.width > size.height ? size.width : size.height;
    double pixels = (double)size.width * size.height;
    if (longer > LONG_SIDE)
        scale = LONG_SIDE / longer;
    while (pixels * scale * scale > LONG_PIXELS)
        scale *= 0.98;
    struct size fitted = {(int)(size.width * scale), (int)(size.height * scale)};
    return (struct size){fitted.width < 1 ? 1 : fitted.width,
                         fitted.height < 1 ? 1 : fitted.height};
}

static struct pieces pieces_of(const struct asset *asset) {
    struct pieces pieces = {
        .asset = asset, .count = asset_tiles(asset), .down = asset->height >= asset->width};
    for (int i = 0; i < pieces.count; i++) {
        const struct rendition *piece = asset_rendition(asset, RENDITION_TILE, i);
        int width = piece ? piece->width : 0, height = piece ? piece->height : 0;
        struct size *whole = &pieces.whole;
        if (pieces.down) {
            whole->height += height;
            whole->width = width > whole->width ? width : whole->width;
        } else {
            whole->width += width;
            whole->height = height > whole->height ? height : whole->height;
        }
    }
    pieces.drawn = fit_pixels(pieces.whole);
    return pieces;
}

static void add_rendition(struct scene *scene, const char *media, const struct rendition *rendition,
                          struct rect place) {
    char *path = rendition_path(media, rendition);
    scene_add_picture(scene, LAYER_PICTURE, place, 0, path,
                      (struct rect){0, 0, rendition->width, rendition->height}, false);
    free(path);
}

static int scaled(int at, int of, int to) {
    return (int)((int64_t)at * to / of);
}

/* Each ends where the next begins, whatever is rounded. */
static void add_pieces(struct scene *scene, const char *media, const struct pieces *pieces) {
    struct size whole = pieces->whole, drawn = pieces->drawn;
    for (int i = 0, at = 0; i < pieces->count; i++) {
        const struct rendition *piece = asset_rendition(pieces->asset, RENDITION_TILE, i);
        if (!piece)
            continue;
        int next = at + (pieces->down ? piece->height : piece->width);
        struct rect place = {0, 0, drawn.width, drawn.height};
        if (pieces->down) {
            place.y = scaled(at, whole.height, drawn.height);
            place.height = scaled(next, whole.height, drawn.height) - place.y;
        } else {
            place.x = scaled(at, whole.width, drawn.width);
            place.width = scaled(next, whole.width, drawn.width) - place.x;
        }
        if (!rect_empty(place))
            add_rendition(scene, media, piece, place);
        at = next;
    }
}

/* The largest there is; NULL: none. */
static const struct rendition *largest(const struct asset *asset) {
    for (int role = RENDITION_LARGE; role <= RENDITION_THUMB; role++) {
        const struct rendition *found = asset_rendition(asset, (enum rendition_role)role, 0);
        if (found)
            return found;
    }
    return NULL;
}

/* The mark is drawn on the poster and moves with it: in its pixels, as large as on the screen. */
static void add_play(const struct showing *showing, const struct pane *pane, struct rect place,
                     struct size pixels) {
    struct sheet *sheet = showing->sheet;
    const struct slide_stage *stage = sheet->stage;
    struct rect disc = slide_play_place(stage, (struct rect){0, 0, place.width, place.height});
    int x = disc.x * pixels.width / place.width, y = disc.y * pixels.height / place.height;
    int side = disc.width * pixels.width / place.width;
    slide_add_play(pane->scene, stage, "play", (struct rect){x, y, side, side});
    struct place to = place_copy(&sheet->page.place);
    to.kind = PLACE_VIDEO;
    to.picture = showing->number;
    struct pane screen = {.place = {0, 0, 0, 0}};
    sheet_add_target(sheet, &screen, place, 0, action_go(to));
    sheet->page.touched_once = true;
}

static void add_photo(const struct showing *showing, struct rect room) {
    const char *media = showing->sheet->stage->media;
    struct pieces pieces = pieces_of(showing->asset);
    const struct rendition *whole = largest(showing->asset);
    bool in_pieces = pieces.whole.width > 0 && pieces.whole.height > 0;
    if (!in_pieces && !whole)
        return;
    struct size pixels = in_pieces ? pieces.drawn : (struct size){whole->width, whole->height};
    struct rect place = fit_inside(pixels, room, ENLARGE_PERCENT);
    struct pane pane = sheet_add_photo(showing->sheet, place, pixels);
    if (in_pieces)
        add_pieces(pane.scene, media, &pieces);
    else
        add_rendition(pane.scene, media, whole, (struct rect){0, 0, pixels.width, pixels.height});
    if (showing->asset->kind == ASSET_VIDEO && place.width > 0)
        add_play(showing, &pane, place, pixels);
}

/* ---- what stands at the foot */

static struct action action_of(const struct showing *showing, enum control control) {
    static const enum action_kind simple[] = {
        [CLOSE] = ACTION_BACK, [REACH] = ACTION_REACH, [LANGUAGE] = ACTION_ENGLISH};
    if (control != PREVIOUS && control != NEXT)
        return action_simple(simple[control]);
    struct place place = place_copy(&showing->sheet->page.place);
    int step = control == NEXT ? 1 : showing->count - 1;
    place.picture = (showing->number + step) % showing->count;
    return (struct action){.kind = ACTION_REPLACE, .place = place};
}

static void add_control(const struct showing *showing, const struct pane *pane,
                        enum control control, struct rect within) {
    static const struct {
        const char *icon;
        enum word word;
    } looks[CONTROL_COUNT] = {{"back", WORD_PREVIOUS_PICTURE},
                              {"forward", WORD_NEXT_PICTURE},
                              {"close", WORD_CLOSE},
                              {"reach", WORD_REACH},
                              {"language", WORD_LANGUAGE}};
    struct manner manner = showing->sheet->manner;
    bool on = (control == REACH && manner.reach) || (control == LANGUAGE && manner.english);
    const char *beside = control == LANGUAGE ? "" : word_beside(manner, looks[control].word);
    sheet_add_button(showing->sheet, pane, within, looks[control].icon,
                     word_main(manner, looks[control].word), beside, on,
                     action_of(showing, control));
}

/* How the controls stand: so many in a row, each so large. */
struct grid {
    int first; /* control: without others there is no way to them */
    int columns, rows, gap;
    struct size each;
};

static int width_of(int columns, int gap, int width) {
    return (width - (columns - 1) * gap) / columns;
}

static struct grid grid_of(const struct showing *showing, int width) {
    const struct slide_stage *stage = showing->sheet->stage;
    int finger = sheet_finger(showing->sheet), wide = slide_px(stage, BUTTON_WIDTH);
    struct grid grid = {.first = showing->count > 1 ? PREVIOUS : CLOSE,
                        .rows = 1,
                        .gap = sheet_gap(showing->sheet)};
    grid.columns = CONTROL_COUNT - grid.first;
    if (width_of(grid.columns, grid.gap, width) < finger)
        grid.gap /= 2;
    if (width_of(grid.columns, grid.gap, width) < finger) {
        grid.columns = (grid.columns + 1) / 2;
        grid.rows = 2;
    }
    int each = width_of(grid.columns, grid.gap, width);
    int high = slide_px(stage, each < wide ? BUTTON_TALL : BUTTON_HEIGHT);
    wide = wide < finger ? finger : wide;
    if (!slide_is_portrait(stage) && each > wide)
        each = wide; /* the rest is for the words */
    grid.each = (struct size){each, high < finger ? finger : high};
    return grid;
}

static int grid_width(const struct grid *grid) {
    return grid->columns * (grid->each.width + grid->gap) - grid->gap;
}

static void add_controls(const struct showing *showing, const struct pane *pane,
                         const struct grid *grid, struct point at) {
    for (int i = 0; grid->first + i < CONTROL_COUNT; i++)
        add_control(showing, pane, (enum control)(grid->first + i),
                    (struct rect){at.x + i % grid->columns * (grid->each.width + grid->gap),
                                  at.y + i / grid->columns * (grid->each.height + grid->gap),
                                  grid->each.width, grid->each.height});
}

/* "2 / 5", and what the picture shows; gives the height. scene NULL: it is only measured. */
static int add_words(const struct showing *showing, struct scene *scene, struct rect within) {
    const struct slide_stage *stage = showing->sheet->stage;
    struct text_style style = slide_style(stage, COUNT_SIZE, 140, WEIGHT_BOLD);
    char *text = xasprintf("%d / %d", showing->number + 1, showing->count);
    struct layout *count = slide_layout(stage, text, &style, within.width);
    free(text);
    style = slide_style(stage, CAPTION_SIZE, 140, WEIGHT_REGULAR);
    style.max_lines = CAPTION_LINES;
    int x = within.x + count->widest + slide_px(stage, CAPTION_GAP) * 2 / 3;
    struct layout *caption =
        slide_layout(stage, showing->asset->caption, &style, within.x + within.width - x);
    int height = caption->height > count->height ? caption->height : count->height;
    int y = within.y + (within.height - height) / 2;
    if (!scene) {
        layout_destroy(count);
        layout_destroy(caption);
        return height;
    }
    scene_add_text(scene, (struct point){within.x, y}, count, stage->theme->over_picture);
    scene_add_text(scene, (struct point){x, y}, caption, stage->theme->over_picture);
    return height;
}

/* Beside the controls, or above them; gives where that begins. */
static int add_foot(const struct showing *showing) {
    struct sheet *sheet = showing->sheet;
    const struct slide_stage *stage = sheet->stage;
    int margin = slide_px(stage, stage->theme->margin), pad = slide_px(stage, PAD);
    int width = stage->size.width - 2 * margin;
    struct grid grid = grid_of(showing, width);
    int high = grid.rows * (grid.each.height + grid.gap) - grid.gap;
    int gap = slide_px(stage, CAPTION_GAP), left = width - grid_width(&grid) - gap;
    bool beside = !slide_is_portrait(stage) && left > width / 4;
    int words = add_words(showing, NULL, (struct rect){0, 0, beside ? left : width, 0});
    int height = 2 * pad + high + (beside ? 0 : words + pad), top = stage->size.height - height;
    struct pane pane =
        sheet_add_pane(sheet, (struct rect){0, top, stage->size.width, height}, false);
    if (beside)
        add_words(showing, pane.scene, (struct rect){margin, pad, left, high});
    else
        add_words(showing, pane.scene, (struct rect){margin, pad, width, words});
    add_controls(showing, &pane, &grid,
                 (struct point){margin + width - grid_width(&grid), height - pad - high});
    return top;
}

void page_build_picture(struct sheet *sheet, const struct page_source *source) {
    const struct place *here = &sheet->page.place;
    struct case_record record;
    bool shown =
        catalogue_has(source->catalogue, here->text) && page_load(source, here->text, &record);
    if (!shown || !record.asset_count) {
        page_build_gone(sheet);
        sheet_add_bar(sheet);
    } else {
        int count = (int)record.asset_count,
            number = here->picture < count ? here->picture : count - 1;
        number = number < 0 ? 0 : number;
        struct showing showing = {sheet, &record, record.assets + number, number, count};
        sheet->page.ground = sheet->page.empty = BLACK;
        sheet->page.pictures = count;
        int foot = add_foot(&showing);
        struct rect room = {0, 0, sheet->stage->size.width, foot};
        add_photo(&showing, room);
        sheet_set_view(sheet, room, room.height);
    }
    if (shown)
        case_finish(&record);
}
