/* What hangs on the wall: which way, how bright, its clock, whose it is. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "display/page_desk.h"
#include "library/chosen.h"

/* u */
#define LABEL 34
#define SMALL 28
#define HIGH  92

#define STEPS 5

static int step_high(const struct sheet *sheet) {
    int high = slide_px(sheet->stage, HIGH), finger = sheet_finger(sheet);
    return high > finger ? high : finger;
}

/* What a program of the configuration sets in steps. */
struct fader {
    const char *section, *key;
    const char *command; /* "": there is none */
    int now;             /* percent */
    enum word name, none;
    const char *values[STEPS];
};

static void note_level(void *user, const struct chosen *chosen) {
    struct fader *level = user;
    if (strcmp(chosen->section, level->section) == 0 && strcmp(chosen->key, level->key) == 0)
        level->now = (int)strtol(chosen->value, NULL, 10);
}

static void add_steps(struct sheet *sheet, const struct pane *pane, struct rect within,
                      const struct fader *level) {
    int gap = sheet_gap(sheet) / 2, wide = (within.width - (STEPS - 1) * gap) / STEPS;
    for (int i = 0; i < STEPS; i++) {
        char *label = xasprintf("%s%%", level->values[i]);
        char *what = xasprintf("%s.%s", level->section, level->key);
        struct action action = action_text(ACTION_CHOOSE, what);
        action.more = xstrdup(level->values[i]);
        struct rect key = {within.x + i * (wide + gap), within.y, wide, within.height};
        sheet_add_button(sheet, pane, key, NULL, label, "",
                         level->now == strtol(level->values[i], NULL, 10), action);
        free(what);
        free(label);
    }
}

/* In a line of its own below `top`; gives its foot. Without a program for it it says so. What was
 * chosen since the display began counts already. */
static int add_level(struct sheet *sheet, const struct page_source *source, struct rect area,
                     int top, struct fader level) {
    const struct slide_stage *stage = sheet->stage;
    bool can = *level.command;
    int line = slide_px(stage, LABEL) * 140 / 100;
    struct text_style style = slide_style(stage, SMALL, 140, WEIGHT_REGULAR);
    const char *why = can ? "" : word_main(sheet->manner, level.none);
    struct layout *text = slide_layout(stage, why, &style, area.width);
    int high = can ? step_high(sheet) : text->height;
    struct pane pane =
        sheet_add_pane(sheet, (struct rect){area.x, top, area.width, line + high}, true);
    sheet_add_line(sheet, &pane, word_main(sheet->manner, level.name), LABEL, WEIGHT_BOLD,
                   stage->theme->text, (struct point){0, 0}, area.width);
    if (can) {
        layout_destroy(text);
        chosen_each(source->paths->station, note_level, &level);
        add_steps(sheet, &pane, (struct rect){0, line, area.width, high}, &level);
    } else {
        scene_add_text(pane.scene, (struct point){0, line}, text, stage->theme->dim);
    }
    return top + line + high;
}

static int add_levels(struct sheet *sheet, const struct page_source *source, struct rect area,
                      int top) {
    const struct config *config = sheet->stage->config;
    const struct fader brightness = {"display",
                                     "brightness",
                                     config->display.brightness_command,
                                     config->display.brightness,
                                     WORD_BRIGHTNESS,
                                     WORD_BRIGHTNESS_NONE,
                                     {"20", "40", "60", "80", "100"}};
    const struct fader volume = {
        "sound",     "volume",         config->sound.volume_command,  config->sound.volume,
        WORD_VOLUME, WORD_VOLUME_NONE, {"0", "25", "50", "75", "100"}};
    int foot = add_level(sheet, source, area, top, brightness);
    return add_level(sheet, source, area, foot + sheet_gap(sheet), volume);
}

static struct desk_button way(struct manner manner, const char *icon, enum word word,
                              const char *beside, enum place_kind kind) {
    return (struct desk_button){.icon = icon,
                                .main = word_main(manner, word),
                                .beside = beside,
                                .action = action_go(place_of(kind, ""))};
}

void page_build_screen(struct sheet *sheet, const struct page_source *source) {
    struct manner manner = sheet->manner;
    const struct config *config = sheet->stage->config;
    struct rect area = page_desk_heading(sheet, source, word_main(manner, WORD_SCREEN),
                                         word_beside(manner, WORD_SCREEN));
    const struct desk_button buttons[] = {
        way(manner, "expand", WORD_TURN, word_main(manner, WORD_TURN_WHY), PLACE_TURN),
        way(manner, "contrast", WORD_TEST, word_main(manner, WORD_TEST_WHY), PLACE_TEST),
        way(manner, "about", WORD_CLOCK, word_beside(manner, WORD_CLOCK), PLACE_CLOCK),
        way(manner, "school", WORD_WHOSE_SCREEN, config->site.school, PLACE_OWN_SCHOOL),
        way(manner, "home", WORD_OWN_BUILDING, config->site.building, PLACE_BUILDING),
        {.icon = "forward",
         .main = word_main(manner, WORD_RESTART),
         .beside = word_main(manner, WORD_RESTART_WHY),
         .sure = 1,
         .action = action_simple(ACTION_RESTART)},
    };
    int steps = (*config->display.brightness_command ? step_high(sheet) : 0) +
                (*config->sound.volume_command ? step_high(sheet) : 0);
    int foot = page_desk_grid(sheet, area, steps + slide_px(sheet->stage, 4 * HIGH), buttons,
                              sizeof buttons / sizeof *buttons);
    foot = add_levels(sheet, source, area, foot + sheet_gap(sheet));
    sheet_set_view(sheet, area, foot);
    sheet_add_bar(sheet);
}
