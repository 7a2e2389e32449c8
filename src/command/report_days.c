/* Showings, touches, uptime and errors over time: by day while that can be read, else by week or
 * month; and by hour of the day. */
#include <stdlib.h>

#include "base/markup.h"
#include "base/memory.h"
#include "command/chart.h"
#include "command/report.h"

#define MS_PER_HOUR 3600000.0

#define MOST_DAYS  100 /* columns that can still be told apart on paper */
#define MOST_WEEKS (MOST_DAYS * 7)

#define TALL   110
#define MIDDLE 60
#define FLAT   44

enum bucket_kind { BUCKET_DAY, BUCKET_WEEK, BUCKET_MONTH };

struct bucket {
    struct interest_day sum; /* day: its first one */
    int days;
};

struct buckets {
    enum bucket_kind kind;
    struct bucket *items;
    size_t count;
};

static bool begins(enum bucket_kind kind, int64_t day) {
    int year = 0, month = 0, of_month = 0;
    day_parts(day, &year, &month, &of_month);
    return kind == BUCKET_DAY || (kind == BUCKET_WEEK ? day_weekday(day) == 1 : of_month == 1);
}

static void add_to(struct bucket *bucket, const struct interest_day *day) {
    bucket->sum.sum.showings += day->sum.showings;
    bucket->sum.sum.touches += day->sum.touches;
    bucket->sum.uptime_ms += day->uptime_ms;
    bucket->sum.errors += day->errors;
    bucket->days++;
}

static struct buckets make_buckets(const struct interest *interest) {
    struct buckets buckets = {.kind = interest->day_count <= MOST_DAYS    ? BUCKET_DAY
                                      : interest->day_count <= MOST_WEEKS ? BUCKET_WEEK
                                                                          : BUCKET_MONTH,
                              .items = xcalloc(interest->day_count, sizeof(struct bucket))};
    for (size_t i = 0; i < interest->day_count; i++) {
        const struct interest_day *day = interest->days + i;
        if (i == 0 || begins(buckets.kind, day->day))
            buckets.items[buckets.count++].sum.day = day->day;
        add_to(buckets.items + buckets.count - 1, day);
    }
    return buckets;
}

static void name_column(struct chart_column *column, enum bucket_kind kind,
                        const struct bucket *bucket) {
    char date[DATE_SIZE];
    int weekday = day_weekday(bucket->sum.day);
    date_of_day(bucket->sum.day, date);
    if (kind == BUCKET_DAY)
        snprintf(column->name, sizeof column->name, "%s %s", date, weekdays_zh[weekday]);
    else if (kind == BUCKET_WEEK)
        snprintf(column->name, sizeof column->name, "%s 起一周", date);
    else
        snprintf(column->name, sizeof column->name, "%.7s", date);
    column->off = bucket->sum.uptime_ms == 0;
}

/* Days: all of a short time, else Mondays; weeks: the first of each month; months: each, or the
 * first of each year. */
static void label_column(struct chart_column *column, const struct buckets *buckets, size_t i) {
    int year = 0, month = 0, of_month = 0;
    int64_t day = buckets->items[i].sum.day;
    day_parts(day, &year, &month, &of_month);
    bool labelled = buckets->kind == BUCKET_DAY
                        ? buckets->count <= 16 || (day_weekday(day) == 1 && i + 2 < buckets->count)
                    : buckets->kind == BUCKET_WEEK
                        ? i && of_month <= 7 && (buckets->count <= 60 || month % 3 == 1)
                        : month == 1 || (buckets->count <= 36 && month % 3 == 1);
    if (!labelled)
        return;
    if (buckets->kind == BUCKET_DAY)
        snprintf(column->label, sizeof column->label, "%d/%d", month, of_month);
    else if (month == 1)
        snprintf(column->label, sizeof column->label, "%d年", year);
    else
        snprintf(column->label, sizeof column->label, "%d月", month);
}

/* Hours a day, whatever the column holds. */
static double uptime(const struct bucket *bucket) {
    return (double)bucket->sum.uptime_ms / MS_PER_HOUR / bucket->days;
}

/* True: in one of them nothing was on the screen. */
static bool draw(const struct buckets *buckets, bool errors, FILE *to) {
    enum { PANELS = 4 };
    struct chart_column *columns = xcalloc(buckets->count, sizeof *columns);
    double *values = xcalloc(buckets->count * PANELS, sizeof *values);
    bool off = false;
    for (size_t i = 0; i < buckets->count; i++) {
        const struct bucket *bucket = buckets->items + i;
        name_column(columns + i, buckets->kind, bucket);
        label_column(columns + i, buckets, i);
        off = off || columns[i].off;
        values[i] = (double)bucket->sum.sum.touches;
        values[buckets->count + i] = (double)bucket->sum.sum.showings;
        values[buckets->count * 2 + i] = uptime(bucket);
        values[buckets->count * 3 + i] = (double)bucket->sum.errors;
    }
    const struct chart_panel panels[PANELS] = {
        {"触摸次数", "touches", "touches", values, 0, TALL},
        {"展示次数", "showings", "showings", values + buckets->count, 0, MIDDLE},
        {"每天运行小时", "hours running a day", "uptime", values + buckets->count * 2, 1, FLAT},
        {"错误数", "errors", "errors", values + buckets->count * 3, 0, FLAT}};
    chart_columns(to, "触摸、展示、运行与错误 (touches, showings, uptime, errors)", columns,
                  buckets->count, panels, errors ? PANELS : PANELS - 1);
    free(values);
    free(columns);
    return off;
}

void report_days_chart(const struct interest *interest, FILE *to) {
    static const char *const headings[][2] = {
        {"逐日", "By day"}, {"逐周", "By week"}, {"逐月", "By month"}};
    struct buckets buckets = make_buckets(interest);
    fprintf(to, "<section><h2>%s <span class=\"en\">%s</span></h2>\n", headings[buckets.kind][0],
            headings[buckets.kind][1]);
    if (draw(&buckets, interest->total.errors > 0, to))
        fputs("<p class=\"note\">× 没有运行 <span class=\"en\">nothing was on the "
              "screen</span></p>\n",
              to);
    fputs("</section>\n", to);
    free(buckets.items);
}

/* ---- hours of the day */

void report_hours_chart(const struct interest *interest, FILE *to) {
    struct chart_column columns[24] = {0};
    double touches[24], showings[24];
    for (int i = 0; i < 24; i++) {
        snprintf(columns[i].name, sizeof columns[i].name, "%02d:00–%02d:00", i, i + 1);
        snprintf(columns[i].label, sizeof columns[i].label, "%d时", i);
        touches[i] = (double)interest->hours[i].touches;
        showings[i] = (double)interest->hours[i].showings;
    }
    const struct chart_panel panels[] = {{"触摸次数", "touches", "touches", touches, 0, TALL},
                                         {"展示次数", "showings", "showings", showings, 0, FLAT}};
    fputs("<section><h2>一天中的时段 <span class=\"en\">By hour of the day</span></h2>\n", to);
    chart_columns(to, "一天中各小时的触摸与展示 (touches and showings by hour)", columns, 24,
                  panels, 2);
    fputs("</section>\n", to);
}
