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

static void note_brightness(void *user, const struct chosen *chosen) {
    if (strcmp(chosen->section, "display") == 0 && strcmp(chosen->key, "brightness") == 0)
        *(int *)user = (int)strtol(chosen->value, NULL, 10);
}

/* What was chosen since the display began counts already. */
static int brightness_now(const struct sheet *sheet, const struct page_source *source) {
    int now = sheet->stage->config->display.brightness;
    chosen_each(source->paths->station, note_brightness, &now);
    return now;
}

static void add_steps(struct sheet *sheet, const struct pane *pane, struct rect within, int now) {
    static const char *const values[STEPS] = {"20", "40", "60", "80", "100"};
    int gap = sheet_gap(sheet) / 2, wide = (within.width - (STEPS - 1) * gap) / STEPS;
    for (int i = 0; i < STEPS; i++) {
        char *label = xasprintf("%s%%", values[i]);
        struct action action = action_text(ACTION_CHOOSE, "display.brightness");
        action.more = xstrdup(values[i]);
        struct rect key = {within.x + i * (wide + gap), within.y, wide, within.height};
        sheet_add_button(sheet, pane, key, NULL, label, "", now == (i + 1) * 20, action);
        free(label);
    }
}

/* In a line of its own below `top`; gives its foot. Without a program for it it says so. */
static int add_brightness(struct sheet *sheet, const struct page_source *source, struct rect area,
                          int top) {
    const struct slide_stage *stage = sheet->stage;
    bool can = *stage->config->display.brightness_command;
    int line = slide_px(stage, LABEL) * 140 / 100, high = can ? step_high(sheet) : 0;
    struct text_style style = slide_style(stage, SMALL, 140, WEIGHT_REGULAR);
    const char *why = can ? "" : word_main(sheet->manner, WORD_BRIGHTNESS_NONE);
    struct layout *text = slide_layout(stage, why, &style, area.width);
    high = can ? high : text->height;
    struct pane pane =
        sheet_add_pane(sheet, (struct rect){area.x, top, area.width, line + high}, true);
    sheet_add_line(sheet, &pane, word_main(sheet->manner, WORD_BRIGHTNESS), LABEL, WEIGHT_BOLD,
                   stage->theme->text, (struct point){0, 0}, area.width);
    if (can) {
        layout_destroy(text);
        add_steps(sheet, &pane, (struct rect){0, line, area.width, high},
                  brightness_now(sheet, source));
    } else {
        scene_add_text(pane.scene, (struct point){0, line}, text, stage->theme->dim);
    }
    return top + line + high;
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
    int brightness = *config->display.brightness_command ? step_high(sheet) : 0;
    int foot = page_desk_grid(sheet, area, brightness + slide_px(sheet->stage, 2 * HIGH), buttons,
                              sizeof buttons / sizeof *buttons);
    foot = add_brightness(sheet, source, area, foot + sheet_gap(sheet));
    sheet_set_view(sheet, area, foot);
    sheet_add_bar(sheet);
}
