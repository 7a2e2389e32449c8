#include "display/unit_tile.h"

#include <stdlib.h>

#include "base/memory.h"

/* u */
#define PAD        28
#define BESIDE     26 /* type of the name in the other language */
#define COUNT      28 /* and of the number of cases */
#define COUNT_GAP  8
#define LEAST      150
#define TALL       400 /* from here the picture stands above the words */
#define RADIUS     16
#define MARK       84 /* of the unit, with its ground */
#define MARK_INSET 14

#define LOW_WORDS    62 /* percent of a low tile's width that its words take, at the most */
#define FADE_PERCENT 34 /* of a tall tile's height */

static const int name_sizes[] = {60, 52, 46, 40, 36, 32, 29};
#define NAME_SIZES (sizeof name_sizes / sizeof *name_sizes)

struct unit_cover unit_cover_load(const struct page_source *source, enum unit unit) {
    const struct catalogue_filter filter = {.unit = (int)unit, .school = ANY_SCHOOL, .phase = -1};
    size_t *order = NULL;
    struct unit_cover cover = {.count = catalogue_select(source->catalogue, &filter, &order)};
    cover.pictured = page_load_pictured(source, order, cover.count, &cover.record);
    free(order);
    return cover;
}

void unit_cover_finish(struct unit_cover *cover) {
    if (cover->pictured)
        case_finish(&cover->record);
    *cover = (struct unit_cover){0};
}

/* ---- words */

struct words {
    struct layout *name, *beside, *count;
    int width, height;
};

static struct layout *lay_name(const struct sheet *sheet, enum unit unit, int size, int width) {
    struct text_style style =
        slide_style(sheet->stage, size, sheet->stage->theme->title_leading, WEIGHT_BOLD);
    style.balance = true;
    return slide_layout(sheet->stage, word_main(sheet->manner, word_unit(unit)), &style, width);
}

static struct words lay_words(const struct sheet *sheet, enum unit unit, size_t count,
                              const struct unit_tile_look *look) {
    const struct slide_stage *stage = sheet->stage;
    struct manner manner = sheet->manner;
    char *counted = word_counted(manner, count, WORD_CASE, WORD_CASES);
    struct text_style style = slide_style(stage, BESIDE, 122, WEIGHT_REGULAR);
    style.balance = true;
    struct text_style line = slide_style(stage, COUNT, 130, WEIGHT_REGULAR);
    line.max_lines = 1;
    const char *beside = look->beside ? word_beside(manner, word_unit(unit)) : "";
    struct words words = {.name = lay_name(sheet, unit, look->name, look->room.width),
                          .beside = slide_layout(stage, beside, &style, look->room.width),
                          .count = slide_layout(stage, counted, &line, look->room.width)};
    free(counted);
    words.height = words.name->height + words.beside->height + slide_px(stage, COUNT_GAP) +
                   words.count->height;
    const struct layout *all[] = {words.name, words.count, words.beside};
    for (int i = 0; i < 3; i++)
        words.width = all[i]->widest > words.width ? all[i]->widest : words.width;
    return words;
}

static void drop_words(struct words *words) {
    layout_destroy(words->name);
    layout_destroy(words->beside);
    layout_destroy(words->count);
}

/* In at most so many lines that end between words. */
static bool reads_well(const struct layout *layout, int lines) {
    for (size_t i = 0; i < layout->line_count; i++) {
        char after = layout->text[layout->lines[i].end];
        if (after != '\0' && after != ' ')
            return false;
    }
    return layout->line_count <= (size_t)lines;
}

/* Whether the words of all units do, and the highest of them have room. */
static bool fits(const struct sheet *sheet, const struct unit_cover covers[UNIT_COUNT],
                 struct unit_tile_look *look) {
    bool good = true;
    look->words = 0;
    for (int i = 0; i < UNIT_COUNT; i++) {
        struct words words = lay_words(sheet, (enum unit)i, covers[i].count, look);
        look->words = words.height > look->words ? words.height : look->words;
        good = good && reads_well(words.name, sheet->manner.english ? 2 : 1) &&
               reads_well(words.beside, 2) && words.height <= look->room.height;
        drop_words(&words);
    }
    return good;
}

/* In the room given: both languages before large ones. False: nothing fits, look is the least. */
static bool plan_in(const struct sheet *sheet, const struct unit_cover covers[UNIT_COUNT],
                    struct unit_tile_look *look) {
    for (int beside = !sheet->manner.english; beside >= 0; beside--)
        for (size_t i = 0; i < NAME_SIZES; i++) {
            look->name = name_sizes[i];
            look->beside = beside;
            if (fits(sheet, covers, look))
                return true;
        }
    return false;
}

struct unit_tile_look unit_tile_plan(const struct sheet *sheet,
                                     const struct unit_cover covers[UNIT_COUNT], struct size tile) {
    int pad = slide_px(sheet->stage, PAD);
    struct unit_tile_look look = {.tall = tile.height >= slide_px(sheet->stage, TALL)};
    look.room = (struct size){look.tall ? tile.width - 2 * pad : tile.width * LOW_WORDS / 100 - pad,
                              tile.height - (look.tall ? 2 * pad : pad / 2)};
    look.bare = !plan_in(sheet, covers, &look) && !look.tall;
    if (look.bare) {
        look.room.width = tile.width - 2 * pad;
        plan_in(sheet, covers, &look);
    }
    look.least = look.words + tile.height - look.room.height;
    return look;
}

/* ---- the tile */

/* Takes the words over. */
static void add_words(struct scene *scene, const struct words *words, struct point at, colour ink) {
    int foot = at.y + words->height - words->count->height, below = at.y + words->name->height;
    scene_add_text(scene, at, words->name, ink);
    scene_add_text(scene, (struct point){at.x, below}, words->beside, ink);
    scene_add_text(scene, (struct point){at.x, foot}, words->count, ink);
}

/* The picture above, going over into the unit's colour, which the words stand on. tile: within its
 * rim. */
static void add_tall(struct scene *scene, const struct slide_stage *stage, enum unit unit,
                     const struct unit_cover *cover, struct rect tile, const struct words *words,
                     int words_high) {
    const struct theme *theme = stage->theme;
    const struct unit_theme *look = &theme->units[unit];
    int pad = slide_px(stage, PAD), radius = slide_px(stage, RADIUS) - tile.x;
    int foot = words_high + 2 * pad, fade = tile.height * FADE_PERCENT / 100;
    struct rect picture = {tile.x, tile.y, tile.width, tile.height - foot + radius};
    if (cover->pictured) {
        slide_add_filling(scene, stage, cover->record.assets, picture, radius);
        sheet_add_fade(
            scene,
            (struct rect){tile.x, picture.y + picture.height - radius - fade, tile.width, fade},
            look->deep, FADE_FOOT);
        scene_add_fill(
            scene, LAYER_TEXT,
            (struct rect){tile.x, picture.y + picture.height - radius, tile.width, radius}, 0,
            look->deep);
    }
    int side = slide_px(stage, MARK), inset = slide_px(stage, MARK_INSET);
    struct rect mark = {tile.x + pad, tile.y + pad, side, side};
    if (!cover->pictured)
        mark =
            (struct rect){tile.x + tile.width / 4, tile.y + (picture.height - tile.width / 2) / 2,
                          tile.width / 2, tile.width / 2};
    else
        scene_add_fill(scene, LAYER_TEXT, mark, radius, look->fill);
    slide_add_icon(scene, stage, unit_key(unit), slide_inset(mark, inset), theme->on_unit);
    struct point at = {tile.x + pad, tile.y + tile.height - pad - words->height};
    add_words(scene, words, at, theme->on_unit);
}

/* The words on the unit's colour, going over into the picture beside them. */
static void add_low(struct scene *scene, const struct slide_stage *stage, enum unit unit,
                    const struct unit_cover *cover, struct rect tile, const struct words *words,
                    bool bare) {
    const struct theme *theme = stage->theme;
    int pad = slide_px(stage, PAD), radius = slide_px(stage, RADIUS) - tile.x;
    int wide = tile.width - words->width - pad - pad / 2; /* the fade begins where the words end */
    int most = tile.height * 16 / 9;
    wide = wide < most ? wide : most;
    struct rect picture = {tile.x + tile.width - wide, tile.y, wide, tile.height};
    int side = wide < tile.height ? wide * 2 / 3 : tile.height * 2 / 3;
    if (cover->pictured && !bare) {
        slide_add_filling(scene, stage, cover->record.assets, picture, radius);
        sheet_add_fade(scene, (struct rect){picture.x, tile.y, wide * 2 / 3, tile.height},
                       theme->units[unit].deep, FADE_LEFT);
    } else if (!bare) {
        slide_add_icon(scene, stage, unit_key(unit),
                       (struct rect){picture.x + (wide - side) / 2,
                                     tile.y + (tile.height - side) / 2, side, side},
                       theme->on_unit);
    }
    struct point at = {tile.x + pad, tile.y + (tile.height - words->height) / 2};
    add_words(scene, words, at, theme->on_unit);
}

int unit_tile_least(const struct sheet *sheet) {
    int least = slide_px(sheet->stage, LEAST), finger = sheet_finger(sheet);
    return least > finger ? least : finger;
}

void unit_tile_add(struct sheet *sheet, struct rect place, bool scrolled, enum unit unit,
                   const struct unit_cover *cover, const struct unit_tile_look *look) {
    const struct slide_stage *stage = sheet->stage;
    struct pane pane = sheet_add_pane(sheet, place, scrolled);
    struct rect whole = {0, 0, place.width, place.height};
    struct rect inside =
        sheet_add_plate(pane.scene, stage, sheet->manner, whole, stage->theme->units[unit].deep);
    struct words words = lay_words(sheet, unit, cover->count, look);
    if (look->tall)
        add_tall(pane.scene, stage, unit, cover, inside, &words, look->words);
    else
        add_low(pane.scene, stage, unit, cover, inside, &words, look->bare);
    struct place to = place_of(PLACE_UNIT, "");
    to.unit = unit;
    sheet_add_target(sheet, &pane, whole, slide_px(stage, RADIUS), action_go(to));
}
