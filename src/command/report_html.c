#include "base/markup.h"
#include "base/time.h"
#include "base/webpage.h"
#include "command/report.h"

#define MS_PER_HOUR 3600000.0
#define MILLION     1000000 /* wider than a figure's place */

static void put_place(FILE *to, const struct config *config) {
    const char *school = config->site.school, *building = config->site.building;
    if (!*school && !*building)
        return;
    fputs("<p class=\"place\">", to);
    markup_text(to, school);
    if (*school && *building)
        fputs(" · ", to);
    markup_text(to, building);
    fputs("</p>\n", to);
}

static void put_header(FILE *to, const struct report *report) {
    const struct interest *interest = report->interest;
    char from[DATE_SIZE], until[DATE_SIZE];
    fputs("<header><h1>展示统计 <span class=\"en\">Display statistics</span></h1>\n", to);
    put_place(to, report->config);
    fprintf(to, "<p>%s 至 %s，共%zu天 <span class=\"en\">%zu day%s</span></p></header>\n",
            date_of_day(interest->days[0].day, from),
            date_of_day(interest->days[interest->day_count - 1].day, until), interest->day_count,
            interest->day_count, interest->day_count == 1 ? "" : "s");
}

/* ---- the figures of the first glance */

static void put_figure(FILE *to, const char *chinese, const char *english, const char *number,
                       const char *unit) {
    fprintf(to, "<p class=\"name\">%s <span class=\"en\">%s</span></p><b>%s<small>%s</small></b>",
            chinese, english, number, unit);
}

static size_t touched_cases(const struct interest *interest) {
    size_t count = 0; /* they stand first */
    for (size_t i = 0; i < interest->case_count && interest->cases[i].sum.touches; i++)
        count += !interest->cases[i].level;
    return count;
}

static void put_counts(FILE *to, const struct interest *interest) {
    const struct interest_sum *sum = &interest->total.sum;
    double days = (double)interest->day_count;
    char text[AMOUNT_SIZE];
    fputs("<div class=\"main\">", to);
    put_figure(to, "触摸", "touches", short_amount(sum->touches, MILLION, text), "次");
    fprintf(to, "<p>平均每天 %.1f 次 <span class=\"en\">a day</span></p></div>\n",
            (double)sum->touches / days);
    fputs("<div>", to);
    put_figure(to, "展示", "showings", short_amount(sum->showings, MILLION, text), "次");
    fprintf(to, "<p>平均每天 %.0f 次 <span class=\"en\">a day</span></p></div>\n",
            (double)sum->showings / days);
    fputs("<div>", to);
    put_figure(to, "案例", "cases", amount((int64_t)interest_cases(interest), text), "个");
    fprintf(to, "<p>%zu 个被触摸过 <span class=\"en\">touched</span></p></div>\n",
            touched_cases(interest));
}

static void put_health(FILE *to, const struct interest *interest) {
    double hours = (double)interest->total.uptime_ms / MS_PER_HOUR;
    char text[AMOUNT_SIZE];
    if (hours < 100)
        snprintf(text, sizeof text, "%.1f", hours);
    else
        amount((int64_t)(hours + 0.5), text);
    fputs("<div>", to);
    put_figure(to, "运行", "uptime", text, "小时");
    fprintf(to, "<p>平均每天 %.1f 小时", hours / (double)interest->day_count);
    if (interest->off_days)
        fprintf(to, "<br>%zu 天没有运行 <span class=\"en\">off</span>", interest->off_days);
    fputs("</p></div>\n<div>", to);
    put_figure(to, "错误", "errors", amount(interest->total.errors, text), "条");
    if (interest->total.errors)
        fprintf(to, "<p>出现在 %zu 天 <span class=\"en\">days</span></p></div>\n",
                interest->error_days);
    else
        fputs("<p>没有出过错 <span class=\"en\">none</span></p></div>\n", to);
}

/* ---- what they say, in words */

static void put_busiest_hour(FILE *to, const struct interest *interest) {
    int busiest = 0;
    int64_t all = 0;
    for (int i = 0; i < 24; i++) {
        all += interest->hours[i].touches;
        if (interest->hours[i].touches > interest->hours[busiest].touches)
            busiest = i;
    }
    if (all)
        fprintf(
            to,
            "<dt>触摸最多的时段 <span class=\"en\">busiest hour</span></dt><dd>%d时–%d时，占全天的 "
            "%.0f%%</dd>\n",
            busiest, busiest + 1, (double)interest->hours[busiest].touches * 100 / (double)all);
}

static void put_busiest_day(FILE *to, const struct interest *interest) {
    const struct interest_day *busiest = interest->days;
    char date[DATE_SIZE], text[AMOUNT_SIZE];
    for (size_t i = 1; i < interest->day_count; i++)
        if (interest->days[i].sum.touches > busiest->sum.touches)
            busiest = interest->days + i;
    if (busiest->sum.touches)
        fprintf(to,
                "<dt>触摸最多的一天 <span class=\"en\">busiest day</span></dt><dd>%s %s，%s "
                "次</dd>\n",
                date_of_day(busiest->day, date), weekdays_zh[day_weekday(busiest->day)],
                amount(busiest->sum.touches, text));
}

static void put_favourite(FILE *to, const struct interest *interest) {
    const struct interest_case *first = interest->cases, *end = first + interest->case_count;
    char text[AMOUNT_SIZE];
    while (first < end && first->level)
        first++;
    if (first == end || !first->sum.touches)
        return;
    fputs("<dt>最受关注的案例 <span class=\"en\">favourite case</span></dt><dd>", to);
    if (first->title) {
        fputs("《", to);
        markup_text(to, first->title);
        fputs("》（", to);
        markup_text(to, first->school);
        fputs("）", to);
    } else {
        markup_text(to, case_own_id(first->id, NULL));
    }
    fprintf(to, "，触摸 %s 次</dd>\n", amount(first->sum.touches, text));
}

/* By what was touched for what was shown: the units are not shown equally often. */
static void put_liveliest_unit(FILE *to, const struct interest *interest) {
    const struct interest_group *liveliest = NULL;
    double most = 0;
    for (int i = 0; i < UNIT_COUNT; i++) {
        const struct interest_group *unit = interest->sections + i;
        double rate =
            unit->sum.showings ? (double)unit->sum.touches * 100 / (double)unit->sum.showings : 0;
        if (rate > most) {
            most = rate;
            liveliest = unit;
        }
    }
    if (liveliest)
        fprintf(
            to,
            "<dt>最受关注的单元 <span class=\"en\">favourite unit</span></dt><dd>%s，每百次展示 "
            "%.1f 次触摸</dd>\n",
            liveliest->name, most);
}

static void put_findings(FILE *to, const struct interest *interest) {
    if (!interest->total.sum.touches) {
        fputs("<p>这段时间没有人触摸过屏幕 <span class=\"en\">nobody touched the screen in this "
              "time</span></p>\n",
              to);
        return;
    }
    fputs("<dl>\n", to);
    put_favourite(to, interest);
    put_liveliest_unit(to, interest);
    put_busiest_hour(to, interest);
    put_busiest_day(to, interest);
    fputs("</dl>\n", to);
}

/* ---- what has to be known to read them */

static void put_footer(FILE *to, const struct report *report) {
    const struct interest *interest = report->interest;
    char made[TIME_TEXT_SIZE], text[AMOUNT_SIZE];
    time_format(report->made_ms, made);
    fputs("<footer><p>"
          "展示：案例每播到一次算一次；触摸：有人点开或翻看；运行：屏幕上有画面的时间；"
          "错误："
          "画面程序记录的错误消息。运行中的画面每10分钟记一次，最近几分钟可能还没有计入。不记录任何"
          "人的身份，"
          "也不记录输入的文字和比小时更细的时间。</p>\n",
          to);
    fputs(
        "<p class=\"en\">Showing: a case that came on the screen. Touch: somebody opened or "
        "browsed it. Uptime: something was on the screen. Errors: messages logged by the display. "
        "Nothing is kept of who touched, what was typed, or when within an hour.</p>\n",
        to);
    if (interest->elsewhere)
        fprintf(
            to,
            "<p>有 %s 次触摸不在案例中（首页、搜索等），计入合计、日期和时段，不计入案例。<span "
            "class=\"en\">Touches outside of cases count in totals, days and hours.</span></p>\n",
            amount(interest->elsewhere, text));
    if (interest->undated.uptime_ms)
        fprintf(to,
                "<p>时钟有误期间的 %s 次展示计入合计和案例，不计入日期和时段。<span "
                "class=\"en\">What was shown while the clock was wrong is in no day.</span></p>\n",
                amount(interest->undated.sum.showings, text));
    fprintf(to, "<p>生成于 %.10s %.5s，fengcai " FENGCAI_VERSION "</p></footer>\n", made,
            made + 11);
}

void report_html(const struct report *report, FILE *to) {
    const struct interest *interest = report->interest;
    webpage_begin(to, "展示统计", report_style, false);
    put_header(to, report);
    fputs("<div class=\"figures\">\n", to);
    put_counts(to, interest);
    put_health(to, interest);
    fputs("</div>\n", to);
    put_findings(to, interest);
    report_days_chart(interest, to);
    report_hours_chart(interest, to);
    report_units(interest, to);
    report_top_cases(interest, to);
    report_calendar(interest, to);
    report_top_schools(interest, to);
    report_all_cases(interest, to);
    report_all_schools(interest, to);
    report_all_days(interest, to);
    put_footer(to, report);
    webpage_end(to);
}
