/* chart.h: plain SVG for a page that is looked at and printed
 *
 * Nothing is told by colour alone: every panel has its name, every value its number or its scale,
 * and each bar says what it is when pointed at. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct chart_column {
    char name[48];  /* what it stands for: "2026-10-08 周四" */
    char label[16]; /* below it; "": none */
    bool off;       /* nothing was on the screen: a cross stands there */
};

struct chart_panel {
    const char *heading, *english; /* constant, as is `kind` */
    const char *kind;              /* class of the style: touches, showings, uptime, errors */
    const double *values;
    int digits; /* behind the point */
    int height;
};

/* Columns over one axis, a panel for each kind of number. */
void chart_columns(FILE *to, const char *title, const struct chart_column *columns, size_t count,
                   const struct chart_panel *panels, size_t panel_count);
/* A bar as wide as its share (0 … 1) of the place it stands in. */
void chart_bar(FILE *to, const char *kind, double share);
