/* What waits for a review, the oldest first: each leads to its very slides. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/time.h"
#include "display/page_desk.h"
#include "library/reader.h"

/* u */
#define ROW_HIGH    132
#define PAD         16
#define TITLE       34
#define SMALL       26
#define RADIUS      12
#define BUTTON_HIGH 96

#define LINE      130 /* percent of the type's size */
#define SURE_ALL  3   /* no question of the page that may have stood here (page_preview.c) */
#define MOST_ROWS 60  /* the oldest: who has reviewed these sees the others */

/* ---- rows */

struct rows {
    struct sheet *sheet;
    const struct page_source *source;
    struct rect area;
    int y, high;
    size_t count;
};

/* "更新　临溪大学　平安社区　3张图片" */
static char *line_of(const struct sheet *sheet, const struct pending_case *pending) {
    struct manner manner = sheet->manner;
    char *count = word_media(manner, (size_t)pending->pictures, (size_t)pending->videos);
    char *line = xasprintf(
        "%s　%s　%s　%s", word_main(manner, pending->update ? WORD_IS_CHANGED : WORD_IS_NEW),
        pending->school, word_main(manner, word_section(pending->level, pending->unit)), count);
    free(count);
    return line;
}

/* "录入：王老师　2026-11-26 14:05"; of what nobody entered at the screen the folder or source. */
static char *origin_of(const struct sheet *sheet, const struct pending_case *pending) {
    char at[TIME_TEXT_SIZE];
    bool named = *pending->by;
    const char *name = strrchr(pending->source, '/');
    name = name && name[1] ? name + 1 : pending->source;
    time_format(pending->at_ms, at);
    return xasprintf("%s%s　%.10s %.5s",
                     word_main(sheet->manner, named ? WORD_ENTERED_BY : WORD_BROUGHT_FROM),
                     named ? pending->by : name, at, at + 11);
}

static void add_words(struct sheet *sheet, const struct pane *pane,
                      const struct pending_case *pending, struct rect place) {
    const struct theme *theme = sheet->stage->theme;
    int title = slide_px(sheet->stage, TITLE) * LINE / 100;
    int small = slide_px(sheet->stage, SMALL) * LINE / 100;
    struct point at = {place.x, place.y + (place.height - title - 2 * small) / 2};
    char *line = line_of(sheet, pending), *origin = origin_of(sheet, pending);
    sheet_add_line(sheet, pane, pending->title, TITLE, WEIGHT_BOLD, theme->text, at, place.width);
    at.y += title;
    sheet_add_line(sheet, pane, line, SMALL, WEIGHT_REGULAR, theme->dim, at, place.width);
    at.y += small;
    sheet_add_line(sheet, pane, origin, SMALL, WEIGHT_REGULAR, theme->dim, at, place.width);
    free(origin);
    free(line);
}

static bool on_case(void *user, const struct pending_case *pending) {
    struct rows *rows = user;
    struct sheet *sheet = rows->sheet;
    const struct slide_stage *stage = sheet->stage;
    if (rows->count++ >= MOST_ROWS)
        return true;
    struct rect place = {rows->area.x, rows->y, rows->area.width, rows->high};
    struct pane pane = sheet_add_pane(sheet, place, true);
    struct rect whole = {0, 0, place.width, place.height};
    struct rect within =
        sheet_add_plate(pane.scene, stage, sheet->manner, whole, stage->theme->panel);
    int pad = slide_px(stage, PAD), high = within.height - 2 * pad;
    struct rect cover = {within.x + pad, within.y + pad, high * 16 / 9, high};
    page_add_cover(sheet, rows->source, &pane, cover, pending);
    int x = cover.x + cover.width + 2 * pad;
    add_words(sheet, &pane, pending, (struct rect){x, 0, within.width - x - pad, place.height});
    sheet_add_target(sheet, &pane, whole, slide_px(stage, RADIUS),
                     action_go(place_of(PLACE_PREVIEW, pending->id)));
    rows->y += place.height + sheet_gap(sheet);
    return true;
}

/* ---- the page */

/* How many wait, and since when the last of them. */
struct crowd {
    size_t count;
    int64_t last_ms;
};

static bool count_case(void *user, const struct pending_case *pending) {
    struct crowd *crowd = user;
    crowd->count++;
    crowd->last_ms = pending->at_ms > crowd->last_ms ? pending->at_ms : crowd->last_ms;
    return true;
}

static struct crowd count_all(const struct page_source *source) {
    struct crowd crowd = {0, 0};
    if (source->reader)
        reader_pending(source->reader, PENDING_REVIEW, count_case, &crowd);
    return crowd;
}

size_t page_count_pending(const struct page_source *source) {
    return count_all(source).count;
}

/* It scrolls with the rows; gives its height. */
static int add_button(struct sheet *sheet, struct rect area, const struct crowd *crowd) {
    char *arguments =
        xasprintf("{\"all\":true,\"until\":%lld}", (long long)crowd->last_ms); /* as of now */
    int high = page_desk_high(sheet, BUTTON_HIGH);
    struct pane pane = sheet_add_pane(sheet, (struct rect){area.x, 0, area.width, high}, true);
    const struct desk_button button = {"review",
                                       word_main(sheet->manner, WORD_APPROVE_ALL),
                                       word_beside(sheet->manner, WORD_APPROVE_ALL),
                                       false,
                                       SURE_ALL,
                                       action_ask("approve", arguments)};
    page_desk_button(sheet, &pane, (struct rect){0, 0, area.width, high}, &button);
    free(arguments);
    return high + sheet_gap(sheet);
}

void page_build_review(struct sheet *sheet, const struct page_source *source) {
    struct crowd crowd = count_all(source);
    size_t count = crowd.count;
    char *counted = word_counted(sheet->manner, count, WORD_CASE, WORD_CASES);
    struct rect area =
        page_desk_heading(sheet, source, word_main(sheet->manner, WORD_REVIEW), counted);
    struct rows rows = {.sheet = sheet,
                        .source = source,
                        .area = area,
                        .y = count ? add_button(sheet, area, &crowd) : 0,
                        .high = page_desk_high(sheet, ROW_HIGH)};
    if (count && source->reader)
        reader_pending(source->reader, PENDING_REVIEW, on_case, &rows);
    if (!count) {
        struct pane pane = sheet_add_pane(
            sheet, (struct rect){area.x, area.y, area.width, slide_px(sheet->stage, 120)}, false);
        sheet_add_line(sheet, &pane, word_main(sheet->manner, WORD_NOTHING_WAITS), 40,
                       WEIGHT_REGULAR, sheet->stage->theme->dim, (struct point){0, 0}, area.width);
    }
    sheet_set_view(sheet, area, rows.y);
    free(counted);
    sheet_add_bar(sheet);
}
