#include "command/chart.h"

#include <math.h>

#include "base/markup.h"

/* In units of the picture, which is 1000 wide: 0.7 pixels on A4 paper. */
#define WIDTH        1000.0
#define LEFT         66.0  /* the scale's numbers */
#define HEADING      20    /* above a panel */
#define BETWEEN      10    /* below it */
#define AXIS         26    /* labels of the columns */
#define WIDEST       56.0  /* of a column */
#define NUMBERS      30.0  /* a column so wide has its number above it */
#define TEN_THOUSAND 10000 /* wider than a column, or the scale's place */
#define TOP          14    /* between the heading and the highest column */
#define TOP_NUMBERED 28    /* the same with a number in it */

/* The scale's end: a round number with a round half, not far above the highest value. */
static double round_up(double value) {
    static const double steps[] = {1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10};
    if (value <= 2)
        return 2;
    double power = pow(10, floor(log10(value)));
    size_t i = 0;
    while (i + 1 < sizeof steps / sizeof *steps && steps[i] * power < value)
        i++;
    double rounded = steps[i] * power;
    return rounded < 10 ? ceil(rounded / 2) * 2 : rounded;
}

static double highest(const double *values, size_t count) {
    double most = 0;
    for (size_t i = 0; i < count; i++)
        most = values[i] > most ? values[i] : most;
    return most;
}

static void put_number(FILE *to, double value, int digits) {
    char text[AMOUNT_SIZE];
    if (digits)
        fprintf(to, "%.*f", digits, value);
    else
        fputs(short_amount((int64_t)llround(value), TEN_THOUSAND, text), to);
}

static void put_scale(FILE *to, double y, double scale, const struct chart_panel *panel) {
    for (int i = 0; i <= 2; i++) {
        double at = y + panel->height - panel->height * i / 2.0;
        fprintf(to, "<line class=\"grid%s\" x1=\"%g\" x2=\"%g\" y1=\"%g\" y2=\"%g\"/>",
                i ? "" : " base", LEFT, WIDTH, at, at);
        fprintf(to, "<text class=\"scale\" x=\"%g\" y=\"%g\">", LEFT - 8, at + 4);
        double value = scale * i / 2;
        put_number(to, value, value != floor(value));
        fputs("</text>\n", to);
    }
}

/* Where the columns of a panel stand. */
struct axis {
    double width; /* of a column with its gap */
    double base;  /* y of a value of 0 */
    double scale; /* the value as high as the panel */
};

static void put_column(FILE *to, const struct axis *axis, size_t i,
                       const struct chart_column *column, const struct chart_panel *panel) {
    double value = panel->values[i];
    double height = panel->height * value / axis->scale;
    double middle = LEFT + axis->width * ((double)i + 0.5);
    double width = axis->width > 3 ? axis->width * 0.82 : axis->width;
    width = width < WIDEST ? width : WIDEST;
    fprintf(to, "<rect class=\"%s\" x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\"><title>",
            panel->kind, middle - width / 2, axis->base - height, width, height);
    markup_text(to, column->name);
    fprintf(to, " %s ", panel->heading);
    put_number(to, value, panel->digits);
    fputs("</title></rect>", to);
    if (axis->width >= NUMBERS && value > 0) {
        fprintf(to, "<text class=\"value\" x=\"%.2f\" y=\"%.2f\">", middle,
                axis->base - height - 5);
        put_number(to, value, panel->digits);
        fputs("</text>", to);
    }
    if (column->off)
        fprintf(to, "<text class=\"off\" x=\"%.2f\" y=\"%.2f\">×</text>", middle, axis->base - 2);
    putc('\n', to);
}

static double width_of(size_t columns) {
    return (WIDTH - LEFT) / (double)columns;
}

static int top_of(size_t columns) {
    return width_of(columns) < NUMBERS ? TOP : TOP_NUMBERED;
}

static void put_panel(FILE *to, double y, const struct chart_column *columns, size_t count,
                      const struct chart_panel *panel) {
    const struct axis axis = {width_of(count), y + panel->height,
                              round_up(highest(panel->values, count))};
    fprintf(to,
            "<text class=\"panel\" x=\"%g\" y=\"%g\">%s <tspan class=\"en\">%s</tspan></text>\n",
            LEFT, y - top_of(count) + 4, panel->heading, panel->english);
    put_scale(to, y, axis.scale, panel);
    for (size_t i = 0; i < count; i++)
        put_column(to, &axis, i, columns + i, panel);
}

static void put_labels(FILE *to, double y, const struct chart_column *columns, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (columns[i].label[0])
            fprintf(to, "<text class=\"label\" x=\"%.2f\" y=\"%g\">%s</text>",
                    LEFT + width_of(count) * ((double)i + 0.5), y + 18, columns[i].label);
    putc('\n', to);
}

void chart_columns(FILE *to, const char *title, const struct chart_column *columns, size_t count,
                   const struct chart_panel *panels, size_t panel_count) {
    int height = AXIS;
    for (size_t i = 0; i < panel_count; i++)
        height += HEADING + top_of(count) + panels[i].height + BETWEEN;
    fprintf(to, "<svg class=\"chart\" role=\"img\" viewBox=\"0 0 %g %d\" aria-label=\"", WIDTH,
            height);
    markup_text(to, title);
    fputs("\">\n", to);
    double y = 0;
    for (size_t i = 0; i < panel_count; i++) {
        y += HEADING + top_of(count);
        put_panel(to, y, columns, count, panels + i);
        y += panels[i].height + BETWEEN;
    }
    put_labels(to, y - BETWEEN, columns, count);
    fputs("</svg>\n", to);
}

void chart_bar(FILE *to, const char *kind, double share) {
    fprintf(to,
            "<svg class=\"bar\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" "
            "aria-hidden=\"true\"><rect class=\"%s\" width=\"%.1f\" height=\"10\"/></svg>",
            kind, share * 100);
}
