/* markup.h: what pages and tables for people are written with */
#pragma once

#include <stdint.h>
#include <stdio.h>

/* Text that nothing in it can become markup; what no page may hold (control characters) is left
 * out. */
void markup_text(FILE *to, const char *text);

#define AMOUNT_SIZE 32
/* "1,234,567"; text itself. */
const char *amount(int64_t number, char text[AMOUNT_SIZE]);
/* The same below `most`, else "123.5万". */
const char *short_amount(int64_t number, int64_t most, char text[AMOUNT_SIZE]);

#define DATE_SIZE 16
/* "2026-10-08" of a day number (time_local_day); text itself. */
const char *date_of_day(int64_t day, char text[DATE_SIZE]);
void day_parts(int64_t day, int *year, int *month, int *of_month); /* all from 1 */
int day_weekday(int64_t day);                                      /* 0: Sunday */
extern const char *const weekdays_zh[7], *const weekdays_en[7];
