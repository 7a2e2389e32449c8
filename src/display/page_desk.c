#include "display/page_desk.h"

#include <stdlib.h>
#include <string.h>

#include "base/live.h"
#include "base/memory.h"
#include "library/desk.h"

/* u */
#define SAID        32
#define BUTTON_HIGH 150
#define BUTTON_WIDE 480

#define REFRESH_MS 700 /* while something is being done */

json_t *page_desk_live(const struct page_source *source) {
    return live_load(source->paths->keeper_live);
}

static char *progress_of(const struct sheet *sheet, const struct page_source *source) {
    json_t *live = page_desk_live(source), *progress = json_object_get(live, "progress");
    json_int_t done = json_integer_value(json_object_get(progress, "files_done"));
    json_int_t files = json_integer_value(json_object_get(progress, "files"));
    const char *word = word_main(sheet->manner, live ? WORD_WORKING : WORD_NO_KEEPER);
    char *text = files ? xasprintf("%s %lld / %lld", word, (long long)done, (long long)files)
                       : xstrdup(word);
    json_decref(live);
    return text;
}

char *page_desk_answer(const struct sheet *sheet, const struct page_source *source, bool *done) {
    *done = true;
    if (!*source->uid)
        return NULL;
    struct desk_answer answer = {.done = false};
    char *text = NULL;
    if (desk_answer(source->paths->ledger, source->uid, &answer) && answer.done)
        text = xstrdup(sheet->manner.english ? answer.message : answer.message_zh);
    else
        text = progress_of(sheet, source);
    *done = answer.done;
    desk_answer_finish(&answer);
    return text;
}

struct rect page_desk_head(struct sheet *sheet, const char *main, const char *beside) {
    int margin = slide_px(sheet->stage, sheet->stage->theme->margin);
    struct rect area =
        sheet->manner.reach ? slide_inset(sheet_crown(sheet), margin) : sheet_area(sheet);
    return sheet_add_heading(sheet, area, main, beside);
}

struct rect page_desk_plain(struct sheet *sheet, const char *main, const char *beside) {
    struct rect area = page_desk_head(sheet, main, beside);
    return sheet->manner.reach ? sheet_area(sheet) : area;
}

/* Gives how high it is. */
static int add_answer(struct sheet *sheet, const char *said, struct rect area) {
    struct text_style style = slide_style(sheet->stage, SAID, 140, WEIGHT_REGULAR);
    style.max_lines = 2;
    struct layout *layout = slide_layout(sheet->stage, said, &style, area.width);
    int height = layout->height;
    struct pane pane =
        sheet_add_pane(sheet, (struct rect){area.x, area.y, area.width, height}, false);
    scene_add_text(pane.scene, (struct point){0, 0}, layout, sheet->stage->theme->text);
    return height;
}

/* said NULL: nothing. Gives the area for what is touched. */
static struct rect below_answer(struct sheet *sheet, const char *said, struct rect area) {
    int used = said ? add_answer(sheet, said, area) + sheet_gap(sheet) / 2 : 0;
    if (sheet->manner.reach)
        return sheet_area(sheet);
    return (struct rect){area.x, area.y + used, area.width, area.height - used};
}

struct rect page_desk_heading(struct sheet *sheet, const struct page_source *source,
                              const char *main, const char *beside) {
    struct rect area = page_desk_head(sheet, main, beside);
    bool done = true;
    char *said = page_desk_answer(sheet, source, &done);
    if (!done)
        sheet->page.refresh_ms = REFRESH_MS;
    area = below_answer(sheet, said, area);
    free(said);
    return area;
}

struct rect page_desk_note(struct sheet *sheet, const char *main, const char *beside,
                           const char *note) {
    return below_answer(sheet, note, page_desk_head(sheet, main, beside));
}

int page_desk_grid(struct sheet *sheet, struct rect area, int below,
                   const struct desk_button *buttons, int count) {
    int gap = sheet_gap(sheet), high = slide_px(sheet->stage, BUTTON_HIGH);
    int columns = (area.width + gap) / (slide_px(sheet->stage, BUTTON_WIDE) + gap);
    columns = columns < 1 ? 1 : columns > 3 ? 3 : columns;
    int rows = (count + columns - 1) / columns, finger = sheet_finger(sheet);
    int room = (area.height - below - (rows - 1) * gap) / rows;
    high = high < room ? high : room;
    high = high > finger ? high : finger;
    int wide = (area.width - (columns - 1) * gap) / columns;
    struct rect place = {area.x, 0, area.width, rows * high + (rows - 1) * gap};
    struct pane pane = sheet_add_pane(sheet, place, true);
    for (int i = 0; i < count; i++)
        page_desk_button(
            sheet, &pane,
            (struct rect){i % columns * (wide + gap), i / columns * (high + gap), wide, high},
            &buttons[i]);
    sheet_set_view(sheet, area, place.height);
    return place.height;
}

void page_desk_button(struct sheet *sheet, const struct pane *pane, struct rect within,
                      const struct desk_button *button) {
    const struct place *here = &sheet->page.place;
    bool asks = button->sure && here->picture == button->sure;
    if (!button->sure || asks) {
        sheet_add_button(sheet, pane, within, asks ? "about" : button->icon,
                         asks ? word_main(sheet->manner, WORD_SURE) : button->main,
                         asks ? button->main : button->beside, asks || button->on, button->action);
        return;
    }
    struct action ask = {.kind = ACTION_REPLACE, .place = place_copy(here)};
    ask.place.picture = button->sure;
    struct action action = button->action; /* comes with the second touch */
    action_finish(&action);
    sheet_add_button(sheet, pane, within, button->icon, button->main, button->beside, button->on,
                     ask);
}
