#include "base/markup.h"

#include <string.h>
#include <time.h>

#include "base/memory.h"

#define SECONDS_PER_DAY (24 * 3600LL)

const char *const weekdays_zh[7] = {"周日", "周一", "周二", "周三", "周四", "周五", "周六"};
const char *const weekdays_en[7] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

static const char *entity(char c) {
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

void markup_text(FILE *to, const char *text) {
    for (; *text; text++) {
        const char *name = entity(*text);
        if (name)
            fputs(name, to);
        else if ((unsigned char)*text >= ' ' && *text != 0x7f)
            putc(*text, to);
    }
}

const char *amount(int64_t number, char text[AMOUNT_SIZE]) {
    char digits[AMOUNT_SIZE];
    int length = snprintf(digits, sizeof digits, "%lld", (long long)number), at = 0;
    for (int i = 0; i < length; i++) {
        if (i && (length - i) % 3 == 0 && digits[i - 1] != '-')
            text[at++] = ',';
        text[at++] = digits[i];
    }
    text[at] = '\0';
    return text;
}

const char *short_amount(int64_t number, int64_t most, char text[AMOUNT_SIZE]) {
    if (number < most)
        return amount(number, text);
    snprintf(text, AMOUNT_SIZE, "%.1f万", (double)number / 10000);
    return text;
}

/* The number counts local days, so that its date is that of the same number of days in UTC. */
void day_parts(int64_t day, int *year, int *month, int *of_month) {
    time_t seconds = (time_t)(day * SECONDS_PER_DAY);
    struct tm tm = {0};
    gmtime_r(&seconds, &tm);
    *year = tm.tm_year + 1900;
    *month = tm.tm_mon + 1;
    *of_month = tm.tm_mday;
}

const char *date_of_day(int64_t day, char text[DATE_SIZE]) {
    time_t seconds = (time_t)(day * SECONDS_PER_DAY);
    struct tm tm = {0};
    gmtime_r(&seconds, &tm);
    if (!strftime(text, DATE_SIZE, "%Y-%m-%d", &tm))
        *text = '\0';
    return text;
}

int day_weekday(int64_t day) {
    return (int)(((day + 4) % 7 + 7) % 7); /* 1970-01-01 was a Thursday */
}
