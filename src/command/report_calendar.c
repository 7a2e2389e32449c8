/* The touches of each day as a calendar: a row for each month, a field for each day. */
#include "base/markup.h"
#include "command/report.h"

/* In units of the picture. */
#define WIDTH  1000
#define LEFT   72
#define FIELD  ((WIDTH - LEFT) / 31.0)
#define ROW    30
#define TOP    24 /* the days' numbers */
#define SHADES 4  /* the number is what counts; the shade only leads the eye */

static void put_field(FILE *to, const struct interest_day *day, double x, double y, int64_t most) {
    char date[DATE_SIZE];
    int weekday = day_weekday(day->day);
    bool off = day->uptime_ms == 0 && !day->sum.touches, weekend = weekday == 0 || weekday == 6;
    int64_t shade = most ? (day->sum.touches * SHADES + most - 1) / most : 0;
    fprintf(to,
            "<rect class=\"field %s%d\" x=\"%.2f\" y=\"%g\" width=\"%.2f\" height=\"%d\"><title>%s "
            "%s 触摸 %lld 展示 %lld</title></rect>",
            off ? "off" : "s", (int)shade, x + 1, y, FIELD - 2, ROW - 4,
            date_of_day(day->day, date), weekdays_zh[weekday], (long long)day->sum.touches,
            (long long)day->sum.showings);
    if (off)
        fprintf(to, "<text class=\"number\" x=\"%.2f\" y=\"%g\">×</text>", x + FIELD / 2, y + 18);
    else
        fprintf(to, "<text class=\"number%s%s\" x=\"%.2f\" y=\"%g\">%lld</text>",
                day->sum.touches > 999 ? " small" : "", shade == SHADES ? " on" : "", x + FIELD / 2,
                y + 18, (long long)day->sum.touches);
    if (weekend)
        fprintf(to, "<line class=\"weekend\" x1=\"%.2f\" x2=\"%.2f\" y1=\"%g\" y2=\"%g\"/>", x + 5,
                x + FIELD - 5, y + ROW - 7, y + ROW - 7);
    if (day->errors)
        fprintf(to, "<path class=\"fault\" d=\"M%.2f %gh8v8z\"/>", x + FIELD - 9, y);
    putc('\n', to);
}

static int64_t most_touches(const struct interest *interest) {
    int64_t most = 0;
    for (size_t i = 0; i < interest->day_count; i++)
        if (interest->days[i].sum.touches > most)
            most = interest->days[i].sum.touches;
    return most;
}

static void put_frame(FILE *to, int year, int first_month, int rows) {
    fprintf(to,
            "<svg class=\"chart calendar\" role=\"img\" viewBox=\"0 0 %d %d\" "
            "aria-label=\"%d年每天的触摸次数 (touches of each day)\">\n"
            "<text class=\"year\" x=\"%d\" y=\"16\">%d年</text>",
            WIDTH, TOP + rows * ROW, year, LEFT - 10, year);
    for (int i = 1; i <= 31; i++)
        fprintf(to, "<text class=\"label\" x=\"%.2f\" y=\"16\">%d</text>", LEFT + FIELD * (i - 0.5),
                i);
    for (int i = 0; i < rows; i++)
        fprintf(to, "<text class=\"month\" x=\"%d\" y=\"%d\">%d月</text>", LEFT - 10,
                TOP + i * ROW + 18, first_month + i);
    putc('\n', to);
}

/* The first day from there on that is of another year. */
static size_t end_of_year(const struct interest *interest, size_t from) {
    int first = 0, year = 0, month = 0, of_month = 0;
    day_parts(interest->days[from].day, &first, &month, &of_month);
    for (size_t i = from; i < interest->day_count; i++) {
        day_parts(interest->days[i].day, &year, &month, &of_month);
        if (year != first)
            return i;
    }
    return interest->day_count;
}

/* One picture a year, which is not torn between two pages; gives where the next one begins. */
static size_t put_year(const struct interest *interest, size_t from, int64_t most, FILE *to) {
    int year = 0, first_month = 0, month = 0, of_month = 0;
    size_t end = end_of_year(interest, from);
    day_parts(interest->days[end - 1].day, &year, &month, &of_month);
    day_parts(interest->days[from].day, &year, &first_month, &of_month);
    put_frame(to, year, first_month, month - first_month + 1);
    for (size_t i = from; i < end; i++) {
        day_parts(interest->days[i].day, &year, &month, &of_month);
        put_field(to, interest->days + i, LEFT + FIELD * (of_month - 1),
                  TOP + (month - first_month) * ROW, most);
    }
    fputs("</svg>\n", to);
    return end;
}

void report_calendar(const struct interest *interest, FILE *to) {
    int64_t most = most_touches(interest);
    fputs("<section><h2>日历：每天的触摸次数 <span class=\"en\">Touches of each day</span></h2>\n",
          to);
    for (size_t at = 0; at < interest->day_count;)
        at = put_year(interest, at, most, to);
    fputs("<p class=\"note\">下划线为周末 <span class=\"en\">underlined: weekend</span>", to);
    if (interest->off_days)
        fputs("　× 没有运行 <span class=\"en\">off</span>", to);
    if (interest->error_days)
        fputs("　右上角三角：有错误 <span class=\"en\">corner: errors</span>", to);
    fputs("</p>\n</section>\n", to);
}
