#include "display/page_desk.h"

#include <stdlib.h>
#include <string.h>

#include "base/live.h"
#include "base/memory.h"
#include "library/desk.h"

/* u */
#define SAID 32

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

struct rect page_desk_heading(struct sheet *sheet, const struct page_source *source,
                              const char *main, const char *beside) {
    struct rect area = page_desk_head(sheet, main, beside);
    bool done = true;
    char *said = page_desk_answer(sheet, source, &done);
    if (!done)
        sheet->page.refresh_ms = REFRESH_MS;
    int used = said ? add_answer(sheet, said, area) + sheet_gap(sheet) / 2 : 0;
    free(said);
    if (sheet->manner.reach)
        return sheet_area(sheet);
    return (struct rect){area.x, area.y + used, area.width, area.height - used};
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
