/* The unit's card, which opens its part of the round; and the card of an empty library. */
#include "display/slide_parts.h"

#include <stdlib.h>

#include "base/memory.h"
#include "base/str.h"

static const int name_sizes[] = {168, 144, 120, 96, 0};
static const int empty_sizes[] = {84, 72, 60, 0};

static const char *english_name(enum unit unit) {
    static const char *const names[UNIT_COUNT] = {
        [UNIT_PARTY] = "Party building leads the way",
        [UNIT_EDUCATION] = "Educating the whole person",
        [UNIT_SAFETY] = "A safe community",
        [UNIT_SERVICE] = "Smart services",
    };
    return names[unit];
}

struct card {
    struct layout *name, *count, *titles; /* titles: NULL where there are none */
    int height;                           /* of all, with their distances, pixels */
};

static struct card build_card(const struct slide_stage *stage, enum unit unit,
                              const struct slide *slide, int width, int height) {
    struct card card = {.name = slide_title(stage, unit_name(unit), name_sizes, 1, width)};
    struct text_style style = slide_style(stage, 40, 150, WEIGHT_REGULAR);
    char *line = xasprintf("%s　共%zu个案例", english_name(unit), slide->cases);
    card.count = slide_layout(stage, line, &style, width);
    free(line);
    card.height = card.name->height + card.count->height + 3 * slide_px(stage, ROW_GAP);
    style.max_lines = (height - card.height) / style.leading;
    if (*slide->lead && style.max_lines > 0) {
        card.titles = slide_layout(stage, slide->lead, &style, width);
        card.height += card.titles->height;
    }
    return card;
}

/* Takes the card's layouts over. */
static void add_card(struct scene *scene, const struct slide_stage *stage, const struct card *card,
                     struct point at) {
    colour ink = stage->theme->on_unit;
    int gap = slide_px(stage, ROW_GAP);
    scene_add_text(scene, at, card->name, ink);
    at.y += card->name->height + gap / 2;
    scene_add_text(scene, at, card->count, ink);
    at.y += card->count->height + gap;
    scene_add_fill(scene, LAYER_TEXT,
                   (struct rect){at.x, at.y, slide_px(stage, 96), slide_px(stage, 6)},
                   slide_px(stage, 3), ink);
    at.y += gap * 3 / 2;
    if (card->titles)
        scene_add_text(scene, at, card->titles, ink);
}

void slide_build_unit(struct scene *scene, const struct slide_stage *stage,
                      const struct case_record *record, const struct slide *slide) {
    const struct theme *theme = stage->theme;
    enum unit unit = record->unit;
    bool portrait = slide_is_portrait(stage);
    struct rect whole = slide_whole(stage), safe = slide_safe(stage);
    int large = slide_px(stage, portrait ? 400 : 560), gap = slide_px(stage, ROW_GAP);
    int width = portrait ? safe.width : safe.width - large - 4 * gap;
    int above = portrait ? large + 2 * gap : 0;
    struct rect hint = slide_hint(stage);
    int bottom = portrait && !rect_empty(hint) ? hint.y - gap : safe.y + safe.height;
    int height = bottom - safe.y - slide_px(stage, ROW_HEIGHT) - above;
    struct card card = build_card(stage, unit, slide, width, height);
    int top = safe.y + slide_px(stage, ROW_HEIGHT) + (height - card.height) * 9 / 20;
    struct rect icon = portrait ? (struct rect){safe.x, top, large, large}
                                : (struct rect){safe.x + safe.width - large - 2 * gap,
                                                (whole.height - large) / 2, large, large};
    scene_add_gradient(scene, LAYER_GROUND, whole, theme->units[unit].fill, theme->units[unit].deep,
                       false);
    slide_add_icon(scene, stage, unit_key(unit), icon, theme->on_unit);
    add_card(scene, stage, &card, (struct point){safe.x, portrait ? top + large + 2 * gap : top});
}

void slide_build_empty(struct scene *scene, const struct slide_stage *stage, bool fresh) {
    static const char steps[] = "在电脑上按“单元 / 标题（学校） / 正文.txt 和图片”放好文件夹，"
                                "例如“党建引领 / 楼道里的读书角（某某大学）”。\n"
                                "在本机运行：fengcai import 文件夹\n"
                                "导入完成后，这里会自动开始轮播，不需要重新启动。";
    static const char english[] = "The library is empty. Load a folder of cases with "
                                  "“fengcai import FOLDER”; the slideshow then starts by itself.";
    static const char begin[] = "首次设置：按住右上角的时钟三秒，输入安装时打印的代码，"
                                "就可以选学校、楼宇和画面方向，设置 PIN。\n";
    static const char begin_english[] = "First set-up: hold the clock in the corner for three "
                                        "seconds and type the code that the installation printed. ";
    const struct theme *theme = stage->theme;
    int margin = slide_px(stage, stage->theme->margin) * 2;
    int width = stage->size.width - 2 * margin;
    int measure = slide_px(stage, 40 * 30);
    width = width < measure ? width : measure;
    scene_init(scene, stage->size.width, stage->size.height);
    scene_add_gradient(scene, LAYER_GROUND, slide_whole(stage), theme->panel, theme->ground, false);
    struct text_style body = slide_style(stage, 40, theme->leading, WEIGHT_REGULAR);
    body.gap = slide_px(stage, 16);
    struct text_style small = slide_style(stage, theme->label, 140, WEIGHT_REGULAR);
    const char *contact = stage->config->site.contact;
    char *tail = xasprintf("%s%s%s%s", fresh ? begin_english : "", english,
                           *contact ? "\n联系人：" : "", contact);
    char *text = xasprintf("%s%s", fresh ? begin : "", steps);
    struct layout *parts[] = {slide_title(stage, "案例库还是空的", empty_sizes, 2, width),
                              slide_layout(stage, text, &body, width),
                              slide_layout(stage, tail, &small, width)};
    free(text);
    free(tail);
    const colour colours[] = {theme->text, theme->text, theme->dim};
    int gap = slide_px(stage, 48), height = 2 * gap;
    for (int i = 0; i < 3; i++)
        height += parts[i]->height;
    struct point at = {margin, (stage->size.height - height) / 2};
    for (int i = 0; i < 3; i++) {
        int next = at.y + parts[i]->height + gap;
        scene_add_text(scene, at, parts[i], colours[i]);
        at.y = next;
    }
}
