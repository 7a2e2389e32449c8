/* layout.h: from text to placed lines; pure: no SDL, no drawing
 *
 * Lines break after UAX #14 (strict, Chinese) and are ordered after UAX #9, both by ICU; they are
 * set after W3C's Requirements for Chinese Text Layout (CLREQ) and GB/T 15834. Widths come from
 * whoever knows the fonts. What layout says is what is drawn, to the pixel. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum text_weight { WEIGHT_REGULAR, WEIGHT_BOLD };
enum text_align { ALIGN_START, ALIGN_CENTRE, ALIGN_END };

struct text_style {
    int size;    /* pixels per em */
    int leading; /* pixels from baseline to baseline */
    enum text_weight weight;
    enum text_align align;
    bool justify; /* lines are filled to the width, the last of a paragraph is not */
    bool balance; /* titles: lines of about equal length, broken between words */
    int indent;   /* pixels before the first line of a paragraph */
    int gap;      /* extra pixels between paragraphs */
    /* With justify: a 、。，． that would not fit stands outside at a line's end, by half an em at
     * most (CLREQ, Hanging Punctuation at Line End). Leave that room at the right. */
    bool hang;
    bool flush;    /* the first paragraph goes on from the page before: no indent */
    int max_lines; /* 0: no limit; else what does not fit is cut and ends in …… */
    /* Names that balanced lines do not part where another break serves, sorted by bytes (strcmp);
     * borrowed while a layout is built. */
    const char *const *names;
    size_t name_count;
};

/* What layout asks of the fonts. Text is UTF-8, size in bytes. One thread. */
struct text_metrics {
    void *user;
    /* The first face that has every character of the cluster or run; -1: none has (it is then
     * laid out as 〓 in the first face that has this). */
    int (*face)(void *user, enum text_weight weight, const char *text, size_t size);
    /* Advance of a shaped run in one face, in pixels; rtl: from right to left. */
    int (*width)(void *user, int face, enum text_weight weight, int pixels, bool rtl,
                 const char *text, size_t size);
    /* Pixels above and below the baseline of face 0. */
    void (*extent)(void *user, enum text_weight weight, int pixels, int *ascent, int *descent);
};

/* Characters drawn in one go: a shaped run of one face, or one Han character. */
struct layout_run {
    size_t start, size; /* bytes in layout->text */
    int face;
    int x;     /* pixels from the left edge of the block; where the glyph origin is drawn */
    int width; /* pixels taken up in the line, after closing up and justification */
    bool rtl;  /* drawn from right to left, with mirrored brackets (UAX #9, L4) */
};

struct layout_line {
    size_t start, end;     /* bytes in layout->text; white space hanging at the end is not in it */
    size_t run, run_count; /* in layout->runs, in the order of the text */
    int x, width;          /* pixels: where the ink's box starts, and how wide it is */
    int hang;              /* pixels that a hanging mark takes behind that; 0: none hangs */
    int baseline;          /* pixels from the top of the block */
    bool paragraph_end;
    bool rtl; /* its paragraph runs from right to left (UAX #9, P2, P3): it starts at the right */
};

struct layout {
    char *text; /* owned: what was laid out */
    struct text_style style;
    struct layout_line *lines;
    size_t line_count;
    struct layout_run *runs;
    size_t run_count;
    int width;  /* pixels: the measure it was set in */
    int height; /* pixels: line_count * leading and the gaps */
    int widest; /* pixels: the widest line, without what hangs */
    bool cut;   /* max_lines was not enough */
};

/* Paragraphs are separated by '\n'. Never NULL; a text without characters has no lines. */
struct layout *layout_build(const struct text_metrics *metrics, const char *text,
                            const struct text_style *style, int width);
void layout_destroy(struct layout *layout); /* NULL is fine */
/* `count` of its lines, at least one, from the one numbered `first`, as a layout of their own: they
 * stand as they did, and what is between them and the next line is below them. */
struct layout *layout_slice(const struct layout *layout, size_t first, size_t count);
/* So many lines from there take no more than `height` pixels; at least 1. */
size_t layout_fitting(const struct layout *layout, size_t first, int height);

/* Where text may be cut so that what stands before fits into `lines` lines of `width`: at the end
 * of a sentence (。！？… with closing marks behind it), else of a clause, else of a line. Bytes
 * from the start of text; strlen(text) when all of it fits. */
size_t layout_page_end(const struct text_metrics *metrics, const char *text,
                       const struct text_style *style, int width, int lines);
/* A page that begins at this offset goes on with a paragraph of the page before: style.flush. */
bool layout_goes_on(const char *text, size_t at);
/* Bytes of text up to the last sentence end within `characters` code points; without one, up to
 * the last clause end, else up to the last place where a line may break. */
size_t layout_sentence_end(const char *text, size_t characters);
