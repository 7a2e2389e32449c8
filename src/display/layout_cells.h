/* layout_cells.h: a paragraph as cells that are never divided; inside layout only
 *
 * A cell is a character, a word or a dash with its place; between two cells of a line there is a
 * space, and what may be done to it. The white halves of punctuation marks are spaces too, so that
 * they vanish by themselves at a line's start and end. Pixels everywhere. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "display/layout.h"
#include "display/layout_class.h"
#include "display/layout_units.h"

/* May a line end after this cell? */
enum break_rank { BREAK_NEVER, BREAK_LAST_RESORT, BREAK_POOR, BREAK_GOOD };

/* Order in which spaces give way (CLREQ 6.2.2.3). */
enum shrink_level {
    SHRINK_NONE,
    SHRINK_WORD,  /* between Latin words, to a quarter em */
    SHRINK_DOT,   /* beside 间隔号 */
    SHRINK_MARK,  /* before opening, behind closing brackets and quotation marks */
    SHRINK_PAUSE, /* behind ，、；： */
    SHRINK_GAP,   /* between Han and Latin, to an eighth */
    SHRINK_STOP,  /* behind 。！？ */
    SHRINK_LEVELS
};

/* Order in which spaces grow (CLREQ 6.2.2.4). */
enum stretch_level {
    STRETCH_NONE,
    STRETCH_WORD, /* to half an em */
    STRETCH_GAP,  /* to a third */
    STRETCH_REST, /* without limit, all alike */
    STRETCH_WIDE, /* of no cell: what STRETCH_WORD takes beyond its half em, see layout_adjust.c */
    STRETCH_LEVELS
};

struct cell {
    uint32_t start, size; /* bytes in the text */
    int face;
    int width;             /* without the white halves */
    int shift;             /* from the cell's left edge to the glyph's origin, <= 0 */
    int space;             /* to the next cell of the line, before adjustment */
    int shrink;            /* how much of it may be taken away */
    uint32_t first, last;  /* code points at the edges */
    uint8_t kind;          /* enum cell_kind */
    uint8_t rank;          /* enum break_rank, after this cell */
    uint8_t shrink_level;  /* enum shrink_level */
    uint8_t stretch_level; /* enum stretch_level */
    uint8_t level;         /* of UAX #9; odd: from right to left */
    uint8_t space_level;   /* likewise, of the space behind */
    bool hang;             /* a mark that stands outside where its line would not hold it */
    bool joined;           /* one of style.names goes on behind; only with style.balance */
    bool word_start;       /* an ICU word begins here; likewise */
};

struct cells {
    struct cell *data; /* owned */
    size_t count, capacity;
    bool rtl; /* the paragraph runs from right to left */
    int lead; /* full-width white space typed before the first cell */
};

/* What turns paragraphs into cells; kept over the paragraphs of one layout. */
struct cell_maker {
    const struct text_metrics *metrics;
    const struct text_style *style;
    const char *text;
    int widest; /* wider words are taken apart; the measure, less the marks that cling to them */
    int word_space;
    struct units units; /* of the paragraph */
};

/* text must outlive the maker. */
void cell_maker_init(struct cell_maker *maker, const struct text_metrics *metrics,
                     const struct text_style *style, const char *text, int measure);
void cell_maker_finish(struct cell_maker *maker);
/* The face for some bytes of the text, as text_metrics has it; -1: to be shown as 〓. */
int cell_maker_face(const struct cell_maker *maker, uint32_t start, uint32_t size);
/* For a cell that is no mark. */
void cell_maker_set_face(const struct cell_maker *maker, struct cell *cell, int face);
/* Replaces what is in cells by the paragraph between two offsets in the text. */
void cell_maker_run(struct cell_maker *maker, size_t start, size_t end, struct cells *cells);
