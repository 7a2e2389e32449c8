/* unit_tile.h: a unit as a large tile, with the picture of what is shown first; private to
 * page_home.c */
#pragma once

#include "display/pages.h"

struct unit_cover {
    size_t count; /* cases of the unit */
    struct case_record record;
    bool pictured; /* the record is there, and has a picture */
};

struct unit_cover unit_cover_load(const struct page_source *source, enum unit unit);
void unit_cover_finish(struct unit_cover *cover);

/* How the four look, alike in this; pixels but for the name's size. */
struct unit_tile_look {
    bool tall, beside; /* the picture above the words, else beside; with both languages */
    bool bare;         /* there is room for no picture */
    int name;          /* size of it, u */
    int words;         /* height of the highest words, so that the pictures end alike */
    int least;         /* height of a tile that holds them; it may be more than was to be had */
    struct size room;  /* for the words */
};
struct unit_tile_look unit_tile_plan(const struct sheet *sheet,
                                     const struct unit_cover covers[UNIT_COUNT], struct size tile);
int unit_tile_least(const struct sheet *sheet); /* height */
/* It leads to the unit's list. */
void unit_tile_add(struct sheet *sheet, struct rect place, bool scrolled, enum unit unit,
                   const struct unit_cover *cover, const struct unit_tile_look *look);
