/* sheet.h: a page while it is being made: panes to draw on, and what can be touched on them
 *
 * One thread, with the fonts. The builders of the places (page_*.c) know nothing but this, the
 * library's values and the slides' parts (slide_parts.h: slide_px, slide_layout …). */
#pragma once

#include "display/page.h"
#include "display/slide_parts.h"
#include "display/words.h"

/* A tile whose scene is built when it is drawn, of these values alone; for long lists. */
struct late {
    void (*build)(struct scene *scene, const struct slide_stage *stage, struct manner manner,
                  const struct late *late); /* the scene is empty, of the tile's size */
    char *text;                             /* owned */
    int number;
};

/* How a case is drawn that stands in a list of another sort. */
struct case_row {
    void (*build)(struct scene *scene, const struct slide_stage *stage, struct manner manner,
                  const struct case_record *record, int number); /* likewise */
    int number;
};

/* What a tile is made of; kept as long as the page. */
struct draft {
    struct scene scene;
    char *card;          /* owned; of a case: its scene is built when it is drawn; NULL: no card */
    struct case_row row; /* how; no build: as a card (page_build_card) */
    struct late late;    /* likewise; no build: there is a scene */
};

/* How the bar's buttons stand; pixels. */
struct bar_plan {
    int count, columns, rows;
    int width, height; /* of a button */
    int gap;           /* between two */
    int label;         /* of their words */
    bool stacked;      /* the words stand below the icon, else beside it */
    bool beside;       /* there is room for the second words */
};

struct sheet {
    const struct slide_stage *stage; /* of the manner: theme, enlarged sizes */
    struct manner manner;
    struct page page;
    struct bar_plan bar;
    struct draft **drafts; /* owned, as many as the page's tiles */
    unsigned when; /* of the tiles and targets that are added now (struct tile); 0: always */
};

/* Something to draw on; its own left top corner is 0, 0. Valid until the sheet is finished. */
struct pane {
    struct scene *scene; /* of the pane's size, filled with the page's ground */
    struct rect place;
    bool scrolled;
};

/* place is copied. */
void sheet_init(struct sheet *sheet, const struct slide_stage *stage, const struct place *place,
                struct manner manner);
void sheet_finish(struct sheet *sheet);
/* Gives every tile its key; the page is ready then. */
void sheet_close(struct sheet *sheet);

/* ---- where things go: pixels */

/* Smallest height and width of what is touched (12 mm), and least distance between two (8 mm). */
int sheet_finger(const struct sheet *sheet);
int sheet_gap(const struct sheet *sheet);
/* Within the margins and above the bar; within reach: its lower part. */
struct rect sheet_area(const struct sheet *sheet);
/* Within reach: what is above that, for what is seen and not touched; else empty. */
struct rect sheet_crown(const struct sheet *sheet);

/* ---- panes */

struct pane sheet_add_pane(struct sheet *sheet, struct rect place, bool scrolled);
/* The picture of PLACE_PICTURE at `place`, drawn in `pixels`, its own size. */
struct pane sheet_add_photo(struct sheet *sheet, struct rect place, struct size pixels);
/* Transparent but for what is drawn on it; fixed. */
struct pane sheet_add_clear_pane(struct sheet *sheet, struct rect place);
/* The poster of PLACE_VIDEO, where its frames will be. */
struct pane sheet_add_video(struct sheet *sheet, struct rect place);
/* The glyphs of its time; transparent. */
struct scene *sheet_add_digits(struct sheet *sheet, struct size size);
/* A case's card in a list (scrolled), which leads to it. Its scene is built when it is to be seen.
 * `way`: of the list that it stands in (phase, year, order, of_school). */
void sheet_add_card(struct sheet *sheet, struct rect place, const char *case_id, int64_t generation,
                    const struct place *way);
/* The same, built otherwise. The action is taken over. */
void sheet_add_case(struct sheet *sheet, struct rect place, const char *case_id, int64_t generation,
                    struct case_row row, struct action action);
/* A scrolled tile that is built late: late.text is copied; the action is taken over. */
void sheet_add_late(struct sheet *sheet, struct rect place, struct late late, int radius,
                    struct action action);
/* Where what scrolls is seen, and how high all of it is. */
void sheet_set_view(struct sheet *sheet, struct rect view, int height);

/* within: of the pane. The action is taken over. */
void sheet_add_target(struct sheet *sheet, const struct pane *pane, struct rect within, int radius,
                      struct action action);

/* ---- what pages share */

/* The bar at the foot, with the way back, home, search and the manners. */
void sheet_add_bar(struct sheet *sheet);
/* A button above the bar that leads to the case that was seen until a moment ago. */
void sheet_add_before(struct sheet *sheet);
/* One line, cut if need be, with its left top corner at `at`; gives its width. size: u. */
int sheet_add_line(struct sheet *sheet, const struct pane *pane, const char *text, int size,
                   enum text_weight weight, colour ink, struct point at, int width);
/* The name of a place at the head of `area`: a large line, a small one beside or below it; gives
 * the area that is left below. Fixed. */
struct rect sheet_add_heading(struct sheet *sheet, struct rect area, const char *main,
                              const char *beside);
struct heading {
    const char *main, *beside, *tail; /* "": none; the tail stands at the right */
    enum unit unit;                   /* whose icon goes before it; UNIT_COUNT: none */
};
struct rect sheet_add_heading_of(struct sheet *sheet, struct rect area,
                                 const struct heading *heading);
/* The crown within reach: a heading in large letters over a ground of the unit (UNIT_COUNT: none).
 */
void sheet_add_crown(struct sheet *sheet, const char *main, const char *beside, enum unit unit);
/* The same over a picture; NULL: there is none. The tail stands in the line of what is beside. */
void sheet_add_crown_of(struct sheet *sheet, const struct heading *heading,
                        const struct asset *picture);
/* A button: an icon (NULL: none) and words, on a ground of its own; `on`: is chosen now. `within`
 * is of the pane. The action is taken over. */
void sheet_add_button(struct sheet *sheet, const struct pane *pane, struct rect within,
                      const char *icon, const char *main, const char *beside, bool on,
                      struct action action);
/* The ground of something that can be touched, with a rim where contrast is high; gives what is
 * within that. */
struct rect sheet_add_plate(struct scene *scene, const struct slide_stage *stage,
                            struct manner manner, struct rect within, colour fill);
/* A colour that goes over softly into what is below it: it is whole at that side. */
enum fade_side { FADE_LEFT, FADE_FOOT };
void sheet_add_fade(struct scene *scene, struct rect place, colour of, enum fade_side side);
