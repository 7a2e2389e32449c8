/* What a list can be narrowed down to and how it can be ordered: chips, in as many rows as they
 * need. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "display/pages.h"

/* u */
#define CHIP_PAD   18
#define CHIP_LEAST 68 /* height with one line */
#define CHIP_BOTH  92 /* with both languages, one below the other */
#define CHIP_TYPE  26 /* of the second line */
#define GROUP_GAP  24 /* beyond that between two chips */

#define MAX_YEARS 6 /* the latest; older ones are found in the whole list */
#define MAX_CHIPS (1 + PHASE_COUNT + 1 + MAX_YEARS + ORDER_COUNT)

struct chip {
    const char *main, *beside;
    char year[12]; /* main, of a year */
    int phase, years;
    enum order order;
    bool on, first; /* first of its group */
    struct rect place;
};

struct chips {
    struct chip items[MAX_CHIPS];
    int count, height;
};

/* ---- what occurs in the list */

struct range {
    bool phases[PHASE_COUNT];
    int phase_count;
    int years[MAX_YEARS]; /* the latest first */
    int year_count;
};

static void note_year(struct range *range, int year) {
    int at = 0;
    while (at < range->year_count && range->years[at] > year)
        at++;
    if (!year || at == MAX_YEARS || (at < range->year_count && range->years[at] == year))
        return;
    int kept = range->year_count < MAX_YEARS ? range->year_count : MAX_YEARS - 1;
    memmove(range->years + at + 1, range->years + at, (size_t)(kept - at) * sizeof *range->years);
    range->years[at] = year;
    range->year_count = kept + 1;
}

static struct range range_of(const struct catalogue *catalogue,
                             const struct catalogue_filter *filter) {
    struct range range = {.phase_count = 0};
    for (size_t i = 0; i < catalogue->count; i++) {
        const struct entry *entry = catalogue->entries + i;
        if ((filter->unit >= 0 && (int)entry->unit != filter->unit) ||
            (filter->school != ANY_SCHOOL && entry->school != filter->school))
            continue;
        range.phase_count += !range.phases[entry->phase];
        range.phases[entry->phase] = true;
        note_year(&range, entry->year);
    }
    return range;
}

/* ---- the chips */

static struct chip *add_chip(struct chips *chips, const struct sheet *sheet, enum word word) {
    const struct place *here = &sheet->page.place;
    struct chip *chip = &chips->items[chips->count++];
    *chip = (struct chip){.main = word_main(sheet->manner, word),
                          .beside = word_beside(sheet->manner, word),
                          .phase = here->phase,
                          .years = here->year,
                          .order = here->order};
    return chip;
}

static void add_phases(struct chips *chips, const struct sheet *sheet, const struct range *range) {
    int here = sheet->page.place.phase;
    if (range->phase_count < 2 && here < 0)
        return;
    for (int phase = PHASE_COUNT; phase >= 0; phase--) {
        bool all = phase == PHASE_COUNT;
        if (!all && !range->phases[phase] && phase != here)
            continue;
        struct chip *chip =
            add_chip(chips, sheet, all ? WORD_ALL_PHASES : word_phase((enum phase)phase));
        chip->phase = all ? -1 : phase;
        chip->on = chip->phase == here;
        chip->first = all;
    }
}

static void add_years(struct chips *chips, const struct sheet *sheet, const struct range *range) {
    int here = sheet->page.place.year;
    if (range->year_count < 2 && !here)
        return;
    for (int i = -1; i < range->year_count; i++) {
        struct chip *chip = add_chip(chips, sheet, WORD_ALL_YEARS);
        chip->years = i < 0 ? 0 : range->years[i];
        chip->on = chip->years == here;
        chip->first = i < 0;
        if (i < 0)
            continue;
        snprintf(chip->year, sizeof chip->year, "%d", chip->years);
        chip->main = chip->year;
        chip->beside = "";
    }
}

/* Of one phase the featured are not before the others. */
static void add_orders(struct chips *chips, const struct sheet *sheet, const struct range *range) {
    if (sheet->page.place.phase >= 0 || range->phase_count < 2)
        return;
    for (int i = 0; i < ORDER_COUNT; i++) {
        struct chip *chip =
            add_chip(chips, sheet, i == ORDER_NEWEST ? WORD_NEWEST_FIRST : WORD_FEATURED_FIRST);
        chip->order = (enum order)i;
        chip->on = chip->order == sheet->page.place.order;
        chip->first = i == 0;
    }
}

/* ---- where they stand */

static int line_width(const struct slide_stage *stage, const char *text, int size,
                      enum text_weight weight) {
    struct text_style style = slide_style(stage, size, 130, weight);
    struct layout *layout = slide_layout(stage, text, &style, stage->size.width * 2);
    int width = layout->widest;
    layout_destroy(layout);
    return width;
}

static void measure(struct chips *chips, const struct sheet *sheet) {
    const struct slide_stage *stage = sheet->stage;
    int finger = sheet_finger(sheet), pad = 2 * slide_px(stage, CHIP_PAD);
    bool both = false;
    for (int i = 0; i < chips->count; i++) {
        struct chip *chip = &chips->items[i];
        int first = line_width(stage, chip->main, stage->theme->label, WEIGHT_BOLD);
        int second = line_width(stage, chip->beside, CHIP_TYPE, WEIGHT_REGULAR);
        int width = (first > second ? first : second) + pad;
        chip->place.width = width > finger ? width : finger;
        both = both || *chip->beside;
    }
    chips->height = slide_px(stage, both ? CHIP_BOTH : CHIP_LEAST);
    chips->height = chips->height > finger ? chips->height : finger;
}

/* Gives how many rows there are, and twice as much for every group that is parted by them. A group
 * begins a new row where that holds all of it. */
static int flow(struct chips *chips, const struct slide_stage *stage, int width, int gap) {
    int x = 0, y = 0, cost = 1;
    for (int i = 0; i < chips->count; i++) {
        struct chip *chip = &chips->items[i];
        int all = chip->place.width;
        if (chip->first)
            for (int k = i + 1; k < chips->count && !chips->items[k].first; k++)
                all += gap + chips->items[k].place.width;
        x += chip->first && x ? slide_px(stage, GROUP_GAP) : 0;
        if (x && x + (all <= width ? all : chip->place.width) > width) {
            x = 0;
            y += chips->height + gap;
            cost += chip->first ? 1 : 3;
        }
        chip->place = (struct rect){x, y, chip->place.width, chips->height};
        x += chip->place.width + gap;
    }
    return cost;
}

/* 8 mm apart unless half of it makes better rows. Gives their height. */
static int arrange(struct chips *chips, const struct sheet *sheet, int width) {
    int gap = sheet_gap(sheet), cost = flow(chips, sheet->stage, width, gap);
    if (flow(chips, sheet->stage, width, gap / 2) >= cost)
        flow(chips, sheet->stage, width, gap);
    return chips->items[chips->count - 1].place.y + chips->height;
}

static void add_buttons(struct sheet *sheet, const struct chips *chips, const struct pane *pane) {
    for (int i = 0; i < chips->count; i++) {
        const struct chip *chip = &chips->items[i];
        struct action action = {.kind = ACTION_REPLACE, .place = place_copy(&sheet->page.place)};
        action.place.phase = chip->phase;
        action.place.year = chip->years;
        action.place.order = chip->order;
        sheet_add_button(sheet, pane, chip->place, NULL, chip->main, chip->beside, chip->on,
                         action);
    }
}

int page_add_filters(struct sheet *sheet, const struct page_source *source, struct rect *area) {
    struct catalogue_filter filter = page_filter(source->catalogue, &sheet->page.place);
    struct range range = range_of(source->catalogue, &filter);
    struct chips *chips = xcalloc(1, sizeof *chips);
    add_phases(chips, sheet, &range);
    add_years(chips, sheet, &range);
    add_orders(chips, sheet, &range);
    int gap = sheet_gap(sheet), scrolled = 0;
    if (chips->count) {
        measure(chips, sheet);
        int height = arrange(chips, sheet, area->width);
        bool stays = !sheet->manner.reach && height * 5 <= area->height;
        struct rect place = {area->x, stays ? area->y : 0, area->width, height};
        struct pane pane = sheet_add_pane(sheet, place, !stays);
        add_buttons(sheet, chips, &pane);
        scrolled = stays ? 0 : height + gap;
        area->y += stays ? height + gap : 0;
        area->height -= stays ? height + gap : 0;
    }
    free(chips);
    return scrolled;
}
