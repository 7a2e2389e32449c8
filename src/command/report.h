/* report.h: what `fengcai export` writes: a table for spreadsheets and a page for people
 *
 * A report and all it points to are the caller's and stay as they are. Errors of writing stick to
 * the stream. */
#pragma once

#include <stdio.h>

#include "base/config.h"
#include "library/interest.h"

struct report {
    const struct interest *interest; /* named; with one day at least */
    const struct config *config;
    int64_t made_ms;
};

/* UTF-8 with a BOM and CRLF (RFC 4180), one header for all rows. What a spreadsheet could take for
 * a formula has an apostrophe before it. */
void report_csv(const struct report *report, FILE *to);
/* One HTML file that needs no other, without scripts. */
void report_html(const struct report *report, FILE *to);

/* ---- parts of the page */

extern const char report_style[]; /* CSS */

void report_days_chart(const struct interest *interest, FILE *to);
void report_hours_chart(const struct interest *interest, FILE *to);
void report_units(const struct interest *interest, FILE *to);
void report_top_cases(const struct interest *interest, FILE *to);
void report_calendar(const struct interest *interest, FILE *to);
void report_top_schools(const struct interest *interest, FILE *to);
void report_all_cases(const struct interest *interest, FILE *to);
void report_all_schools(const struct interest *interest, FILE *to);
void report_all_days(const struct interest *interest, FILE *to);
