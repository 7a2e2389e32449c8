/* Where a text may be cut for the reader: layout_page_end and layout_sentence_end of layout.h */
#include "display/layout.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "display/layout_class.h"

/* Offsets in the text, 0: none. What stands before is whole. */
struct cuts {
    size_t sentence; /* behind a sentence or a paragraph, outside quotation marks */
    size_t quoted;   /* behind a sentence inside them */
    size_t clause;
};

static size_t skip_space(const char *text, size_t at) {
    while (text[at]) {
        const char *next = text + at;
        if (!class_is_space(utf8_next(&next)))
            break;
        at = (size_t)(next - text);
    }
    return at;
}

static bool ends_latin_sentence(uint32_t c, const char *next) {
    return c == '.' && (*next == ' ' || *next == '\n' || *next == '\0');
}

static int nesting(uint32_t c) {
    if (c == '\'' || c == '"' || c < 0x80)
        return 0;
    enum cell_kind kind = class_of(c, false);
    return kind == CELL_OPEN ? 1 : kind == CELL_CLOSE ? -1 : 0;
}

static bool belongs_to_end(uint32_t c) {
    return class_is_sentence_end(c) || c == '"' || c == ')' || nesting(c) < 0;
}

/* Behind the end marks and closing marks that follow in a row. */
static size_t behind_end(const char *text, size_t at, int *depth) {
    for (;;) {
        const char *next = text + at;
        uint32_t c = utf8_next(&next);
        if (!c || !belongs_to_end(c))
            return at;
        *depth += nesting(c);
        at = (size_t)(next - text);
    }
}

static void note_end(struct cuts *cuts, size_t end, size_t limit, int depth) {
    if (end > limit)
        return;
    if (depth <= 0)
        cuts->sentence = end;
    else
        cuts->quoted = end;
}

/* The last of each kind within limit bytes. */
static struct cuts find_cuts(const char *text, size_t limit) {
    struct cuts cuts = {0};
    int depth = 0;
    for (size_t at = 0; at < limit && text[at];) {
        const char *next = text + at;
        uint32_t c = utf8_next(&next);
        at = (size_t)(next - text);
        depth += nesting(c);
        if (c == '\n') {
            depth = 0;
            cuts.sentence = at - 1;
        } else if (class_is_sentence_end(c) || ends_latin_sentence(c, next)) {
            at = behind_end(text, at, &depth);
            note_end(&cuts, at, limit, depth);
        } else if (class_is_clause_end(c) && at <= limit) {
            cuts.clause = at;
        }
    }
    return cuts;
}

/* A sentence end inside quotation marks only where the next one outside is far away. */
static size_t choose(struct cuts cuts, size_t limit, size_t least) {
    size_t sentence = cuts.sentence;
    if (cuts.quoted > sentence && sentence < limit * 6 / 10)
        sentence = cuts.quoted;
    if (sentence > least)
        return sentence;
    return cuts.clause > least ? cuts.clause : 0;
}

static struct layout *build_part(const struct text_metrics *metrics, const char *text, size_t size,
                                 const struct text_style *style, int width) {
    char *part = xstrndup(text, size);
    struct text_style plain = *style;
    plain.max_lines = 0;
    struct layout *layout = layout_build(metrics, part, &plain, width);
    free(part);
    return layout;
}

static bool fits(const struct text_metrics *metrics, const char *text, size_t size,
                 const struct text_style *style, int width, int lines) {
    struct layout *layout = build_part(metrics, text, size, style, width);
    bool fit = layout->line_count <= (size_t)lines;
    layout_destroy(layout);
    return fit;
}

/* So much text that it fills the lines even in narrow letters, so that a long text is not laid out
 * as a whole for each of its pages. */
static size_t enough(const char *text, const struct text_style *style, int width, int lines) {
    size_t characters = (size_t)lines * (size_t)(width / (style->size > 0 ? style->size : 1) + 1);
    return utf8_cut(text, characters * 4 + 64 * (size_t)lines);
}

static size_t run_end(const struct layout *layout, size_t run) {
    return layout->runs[run].start + layout->runs[run].size;
}

/* The end of a line of a text that is longer. By itself what stands before may take a line more,
 * even the first one: its quotation marks are Latin now that what made it Chinese is gone. */
static size_t whole_lines(const struct text_metrics *metrics, const char *text,
                          const struct text_style *style, const struct layout *layout, int lines) {
    int line = lines - 1;
    while (line > 0 && !fits(metrics, text, layout->lines[line].end, style, layout->width, lines))
        line--;
    size_t end = layout->lines[line].end, run = layout->lines[0].run_count;
    while (line == 0 && run > 1 && !fits(metrics, text, end, style, layout->width, lines))
        end = run_end(layout, --run - 1);
    return end;
}

size_t layout_page_end(const struct text_metrics *metrics, const char *text,
                       const struct text_style *style, int width, int lines) {
    size_t whole = strlen(text), size = enough(text, style, width, lines);
    if (lines < 1 || whole == 0)
        return 0;
    struct layout *layout = build_part(metrics, text, size, style, width);
    if (layout->line_count <= (size_t)lines && size < whole) {
        layout_destroy(layout);
        size = whole;
        layout = build_part(metrics, text, size, style, width);
    }
    size_t end = whole;
    if (layout->line_count > (size_t)lines) {
        size_t limit = layout->lines[lines - 1].end;
        end = choose(find_cuts(text, limit), limit, limit / 3);
        while (end > 0 && !fits(metrics, text, end, style, width, lines))
            end = choose(find_cuts(text, end - 1), limit, limit / 3);
        if (end == 0)
            end = whole_lines(metrics, text, style, layout, lines);
        end = skip_space(text, end);
    }
    layout_destroy(layout);
    return end;
}

bool layout_goes_on(const char *text, size_t at) {
    while (at > 0) {
        do
            at--;
        while (at > 0 && ((unsigned char)text[at] & 0xC0) == 0x80);
        const char *next = text + at;
        if (text[at] == '\n')
            return false;
        if (!class_is_space(utf8_next(&next)))
            return true;
    }
    return false;
}

/* A text without any mark: where a line of one em too little would break. */
static int fixed_face(void *user, enum text_weight weight, const char *text, size_t size) {
    (void)user, (void)weight, (void)text, (void)size;
    return 0;
}

static int one_each(void *user, int face, enum text_weight weight, int pixels, bool rtl,
                    const char *text, size_t size) {
    (void)user, (void)face, (void)weight, (void)rtl;
    int count = 0;
    for (size_t i = 0; i < size; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count * pixels;
}

static void no_extent(void *user, enum text_weight weight, int pixels, int *ascent, int *descent) {
    (void)user, (void)weight;
    *ascent = pixels;
    *descent = 0;
}

/* Behind the first line of so many characters; marks at its end may make it a little longer. */
static size_t first_line_end(const char *text, size_t size, size_t characters) {
    struct text_metrics metrics = {.face = fixed_face, .width = one_each, .extent = no_extent};
    struct text_style style = {.size = 64, .leading = 64};
    struct layout *layout = build_part(&metrics, text, size, &style, (int)characters * 64);
    size_t end = layout->line_count > 0 ? layout->lines[0].end : 0;
    layout_destroy(layout);
    return end;
}

static size_t line_break_within(const char *text, size_t characters, size_t limit) {
    size_t size = utf8_cut(text, limit + 64), end = limit;
    for (size_t count = characters < 4096 ? characters : 4096; count > 0; count--) {
        end = first_line_end(text, size, count);
        if (end <= limit)
            break;
    }
    return end <= limit ? end : limit;
}

static size_t offset_of(const char *text, size_t characters) {
    const char *at = text;
    while (characters-- > 0 && *at)
        utf8_next(&at);
    return (size_t)(at - text);
}

size_t layout_sentence_end(const char *text, size_t characters) {
    size_t limit = offset_of(text, characters);
    if (!text[limit])
        return limit;
    struct cuts cuts = find_cuts(text, limit);
    size_t end = choose(cuts, cuts.quoted, 0);
    return end > 0 ? end : line_break_within(text, characters, limit);
}
