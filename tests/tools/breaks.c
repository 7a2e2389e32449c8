/* breaks: where the layout lets a line end, in the notation of the UCD's LineBreakTest.txt
 *
 * breaks < FILE
 * Each line: code points in hexadecimal, with spaces between; what is not one is passed over, from
 * "#" on as well. Printed: the same code points, each with ÷ or × behind it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "display/layout_cells.h"

#define MAX_LINE   4096
#define MAX_POINTS 256
#define SIZE       10
#define MEASURE    100000 /* no word is too wide for it */

static int one_face(void *user, enum text_weight weight, const char *text, size_t size) {
    (void)user, (void)weight, (void)text, (void)size;
    return 0;
}

static int one_em(void *user, int face, enum text_weight weight, int pixels, bool rtl,
                  const char *text, size_t size) {
    (void)user, (void)face, (void)weight, (void)rtl, (void)text, (void)size;
    return pixels;
}

static size_t read_points(char *line, uint32_t *points) {
    size_t count = 0;
    char *rest = NULL;
    line[strcspn(line, "#")] = '\0';
    for (char *word = strtok_r(line, " \t\n", &rest); word && count < MAX_POINTS;
         word = strtok_r(NULL, " \t\n", &rest)) {
        char *end;
        unsigned long point = strtoul(word, &end, 16);
        if (end > word && *end == '\0')
            points[count++] = (uint32_t)point;
    }
    return count;
}

/* May a line begin at this offset of the paragraph? */
static bool may_begin(const struct cells *cells, size_t at) {
    for (size_t i = 1; i < cells->count; i++)
        if (cells->data[i].start == at)
            return cells->data[i - 1].rank > BREAK_LAST_RESORT;
    return false;
}

static void print_breaks(struct cells *cells, const uint32_t *points, size_t count) {
    struct text_metrics metrics = {.face = one_face, .width = one_em};
    struct text_style style = {.size = SIZE, .leading = SIZE};
    struct cell_maker maker;
    struct str text = {0};
    for (size_t i = 0; i < count; i++)
        str_add_codepoint(&text, points[i]);
    cell_maker_init(&maker, &metrics, &style, str_text(&text), MEASURE);
    size_t paragraph = 0, at = 0;
    for (size_t i = 0; i < count; i++) {
        if (at == paragraph)
            cell_maker_run(&maker, at, at + strcspn(str_text(&text) + at, "\n"), cells);
        const char *from = str_text(&text) + at;
        utf8_next(&from);
        at = (size_t)(from - str_text(&text));
        bool ends = points[i] == '\n' || i + 1 == count;
        paragraph = points[i] == '\n' ? at : paragraph;
        printf("%04X %s ", (unsigned)points[i], ends || may_begin(cells, at) ? "÷" : "×");
    }
    putchar('\n');
    cell_maker_finish(&maker);
    str_finish(&text);
}

int main(void) {
    char line[MAX_LINE];
    uint32_t points[MAX_POINTS];
    struct cells cells = {0};
    while (fgets(line, sizeof line, stdin)) {
        size_t count = read_points(line, points);
        if (count > 0)
            print_breaks(&cells, points, count);
    }
    free(cells.data);
    return 0;
}
