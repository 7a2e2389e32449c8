/* pages.h: a builder for each place, page_NAME.c; on the thread of the fonts and the reader
 *
 * A builder fills a sheet: crown (within reach), heading, panes, view, cards, targets, and at the
 * end the bar. It reads the library in short calls; what cannot be read is left out, and said where
 * it would have been. */
#pragma once

#include "base/clock.h"
#include "base/paths.h"
#include "display/sheet.h"
#include "library/catalogue.h"
#include "library/reader.h"
#include "library/search.h"

/* A request to the keeper, the last of its kind. */
struct page_asked {
    const char *uid;       /* "" or NULL: nothing was asked */
    const char *arguments; /* NULL: as any page would ask for it */
    unsigned number;       /* a later request has a higher one */
};

struct page_source {
    const struct catalogue *catalogue;
    struct reader *reader;
    struct search *search;
    const char *library; /* path of library.db */
    const struct paths *paths;
    const struct slide_stage *slides; /* as the loop builds them */
    struct clock *clock;
    const char *uid; /* of what the administrator asked for last; "": nothing */
    struct page_asked look, preview, take;
    int64_t now_ms; /* believed */
};

void page_build_home(struct sheet *sheet, const struct page_source *source);
void page_build_list(struct sheet *sheet, const struct page_source *source); /* UNIT, SCHOOL */
void page_build_notices(struct sheet *sheet, const struct page_source *source);
void page_build_schools(struct sheet *sheet, const struct page_source *source); /* STICK_SCHOOL */
void page_build_case(struct sheet *sheet, const struct page_source *source);
void page_build_picture(struct sheet *sheet, const struct page_source *source);
void page_build_video(struct sheet *sheet, const struct page_source *source);
void page_build_search(struct sheet *sheet, const struct page_source *source);
void page_build_about(struct sheet *sheet, const struct page_source *source);
/* The administrator's. */
void page_build_pin(struct sheet *sheet, const struct page_source *source);
void page_build_panel(struct sheet *sheet, const struct page_source *source);
void page_build_stick(struct sheet *sheet, const struct page_source *source);
void page_build_stick_case(struct sheet *sheet, const struct page_source *source);
void page_build_shelf(struct sheet *sheet, const struct page_source *source);
void page_build_review(struct sheet *sheet, const struct page_source *source);
void page_build_preview(struct sheet *sheet, const struct page_source *source);
void page_build_shelf_case(struct sheet *sheet, const struct page_source *source);
void page_build_imports(struct sheet *sheet, const struct page_source *source);
void page_build_sources(struct sheet *sheet, const struct page_source *source);
void page_build_station(struct sheet *sheet, const struct page_source *source);
/* page_screen.c */
void page_build_screen(struct sheet *sheet, const struct page_source *source);
/* page_turn.c */
void page_build_turn(struct sheet *sheet);
void page_build_keep(struct sheet *sheet);
void page_build_test(struct sheet *sheet);
/* page_clock.c */
void page_build_clock(struct sheet *sheet, const struct page_source *source);
/* page_setup.c */
void page_build_own_school(struct sheet *sheet, const struct page_source *source);
void page_build_building(struct sheet *sheet);
void page_build_new_pin(struct sheet *sheet);
void page_build_finish(struct sheet *sheet);
void page_build_notice(struct sheet *sheet);

/* The crown of a page that is of no unit, with the picture of what is featured first. */
void page_add_crown(struct sheet *sheet, const struct page_source *source,
                    const struct heading *heading);

/* In place of a case that is not there any more, with the way home; all but the bar. */
void page_build_gone(struct sheet *sheet);

/* A card's scene: picture, title, school and date, in the tile's size. */
void page_build_card(struct scene *scene, const struct slide_stage *stage, struct manner manner,
                     const struct case_record *record);
/* Its first picture, or the sign of its unit. */
void page_add_thumbnail(struct scene *scene, const struct slide_stage *stage,
                        const struct case_record *record, struct rect place, int radius);
/* Size of a card that has `width` pixels, and how many stand beside one another in `area`. */
int page_card_height(const struct slide_stage *stage, int width);
int page_card_columns(const struct sheet *sheet, struct rect area);
/* How cards stand in an area: with the picture above the text or, where they would not be seen
 * whole, beside it. */
struct card_grid {
    int columns, width, height, gap;
};
struct card_grid page_card_grid(const struct sheet *sheet, struct rect area);
/* Of card `number`, with the left top corner of the first at `at`; and the height of so many. */
struct rect page_card_place(const struct card_grid *grid, struct point at, size_t number);
int page_card_total(const struct card_grid *grid, size_t count);
/* The chips of a list, at the head of the area, which loses what stays there. Gives how much of
 * what scrolls they take instead. */
int page_add_filters(struct sheet *sheet, const struct page_source *source, struct rect *area);
/* The list that a case's place stands in. */
struct catalogue_filter page_filter(const struct catalogue *catalogue, const struct place *place);
/* One case; false: it is gone. The caller finishes it. */
bool page_load(const struct page_source *source, const char *id, struct case_record *record);
/* The first of these entries that has a picture, of the first few; false: none has, and there is
 * nothing to be finished. */
bool page_load_pictured(const struct page_source *source, const size_t *order, size_t count,
                        struct case_record *record);
