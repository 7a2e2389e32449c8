/* pages.h: a builder for each place, page_NAME.c; on the thread of the fonts and the reader
 *
 * A builder fills a sheet: crown (within reach), heading, panes, view, cards, targets, and at the
 * end the bar. It reads the library in short calls; what cannot be read is left out, and said where
 * it would have been. */
#pragma once

#include "display/sheet.h"
#include "library/catalogue.h"
#include "library/reader.h"

struct page_source {
    const struct catalogue *catalogue;
    struct reader *reader;
    const char *library; /* path of library.db */
    int64_t now_ms;      /* believed */
};

void page_build_home(struct sheet *sheet, const struct page_source *source);
void page_build_list(struct sheet *sheet, const struct page_source *source); /* UNIT, SCHOOL */
void page_build_schools(struct sheet *sheet, const struct page_source *source);
void page_build_case(struct sheet *sheet, const struct page_source *source);
void page_build_picture(struct sheet *sheet, const struct page_source *source);
void page_build_search(struct sheet *sheet, const struct page_source *source);
void page_build_about(struct sheet *sheet, const struct page_source *source);
void page_build_notice(struct sheet *sheet);

/* A card's scene: picture, title, school and date, in the tile's size. */
void page_build_card(struct scene *scene, const struct slide_stage *stage, struct manner manner,
                     const struct case_record *record);
/* Size of a card that has `width` pixels, and how many stand beside one another in `area`. */
int page_card_height(const struct slide_stage *stage, int width);
int page_card_columns(const struct sheet *sheet, struct rect area);
/* The list that a case's place stands in. */
struct catalogue_filter page_filter(const struct catalogue *catalogue, const struct place *place);
/* One case; false: it is gone. The caller finishes it. */
bool page_load(const struct page_source *source, const char *id, struct case_record *record);
