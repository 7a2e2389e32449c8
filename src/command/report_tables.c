/* Units, schools and cases: tables whose numbers have bars beside them, and whole ones. */
#include "base/markup.h"
#include "base/time.h"
#include "command/chart.h"
#include "command/report.h"

#define MS_PER_HOUR   (3600 * 1000LL)
#define MS_PER_MINUTE (60 * 1000LL)

#define TOP_CASES   10
#define TOP_SCHOOLS 10

/* ---- cells */

static void put_amount(FILE *to, int64_t number) {
    char text[AMOUNT_SIZE];
    fprintf(to, "<td class=\"n\">%s</td>", amount(number, text));
}

/* most 0: there is nothing to compare with, and no bar. */
static void put_barred(FILE *to, const char *kind, int64_t number, int64_t most) {
    char text[AMOUNT_SIZE];
    fputs("<td class=\"barred\">", to);
    if (most)
        chart_bar(to, kind, (double)number / (double)most);
    fprintf(to, "<span>%s</span></td>", amount(number, text));
}

static void put_text(FILE *to, const char *text) {
    fputs("<td>", to);
    markup_text(to, text);
    fputs("</td>", to);
}

/* What people did with what they were shown. */
static void put_rate(FILE *to, const struct interest_sum *sum) {
    if (sum->showings)
        fprintf(to, "<td class=\"n\">%.1f</td>",
                (double)sum->touches * 100 / (double)sum->showings);
    else
        fputs("<td class=\"n\">—</td>", to);
}

static void put_duration(FILE *to, int64_t milliseconds) {
    char text[AMOUNT_SIZE];
    fprintf(to, "<td class=\"n\">%s:%02d</td>", amount(milliseconds / MS_PER_HOUR, text),
            (int)(milliseconds / MS_PER_MINUTE % 60));
}

static const char gone[] = "已撤下的案例";

static void put_title(FILE *to, const struct interest_case *entry) {
    fputs("<td class=\"title\">", to);
    markup_text(to, entry->title ? entry->title : case_own_id(entry->id, NULL));
    if (!entry->title)
        fputs(" <small>已撤下 <span class=\"en\">no longer shown</span></small>", to);
    fputs("</td>", to);
}

/* ---- what is most */

static int64_t larger(int64_t a, int64_t b) {
    return a > b ? a : b;
}

/* Of those with a name: what is gone would dwarf them. */
static struct interest_sum most_of_groups(const struct interest_group *groups, size_t count) {
    struct interest_sum most = {0};
    for (size_t i = 0; i < count; i++) {
        if (!groups[i].name)
            continue;
        most.showings = larger(most.showings, groups[i].sum.showings);
        most.touches = larger(most.touches, groups[i].sum.touches);
    }
    return most;
}

static struct interest_sum most_of_cases(const struct interest_case *cases, size_t count) {
    struct interest_sum most = {0};
    for (size_t i = 0; i < count; i++) {
        most.showings = larger(most.showings, cases[i].sum.showings);
        most.touches = larger(most.touches, cases[i].sum.touches);
    }
    return most;
}

/* ---- tables with bars */

#define HEAD(chinese, english) "<th>" chinese " <span class=\"en\">" english "</span></th>"
#define NUMBER_HEAD(chinese, english)                                                              \
    "<th class=\"n\">" chinese " <span class=\"en\">" english "</span></th>"
#define GROUP_HEADS                                                                                \
    NUMBER_HEAD("案例", "cases")                                                                   \
    HEAD("触摸", "touches")                                                                        \
    HEAD("展示", "showings") NUMBER_HEAD("每百次展示的触摸", "touches per 100")

static void put_groups(FILE *to, const struct interest_group *groups, size_t count) {
    struct interest_sum most = most_of_groups(groups, count);
    for (size_t i = 0; i < count; i++) {
        const struct interest_group *group = groups + i;
        if (!group->name && !group->cases)
            continue;
        fputs("<tr>", to);
        put_text(to, group->name ? group->name : gone);
        put_amount(to, (int64_t)group->cases);
        put_barred(to, "touches", group->sum.touches, group->name ? most.touches : 0);
        put_barred(to, "showings", group->sum.showings, group->name ? most.showings : 0);
        put_rate(to, &group->sum);
        fputs("</tr>\n", to);
    }
}

void report_units(const struct interest *interest, FILE *to) {
    fputs("<section><h2>四个单元 <span class=\"en\">By unit</span></h2>\n<table "
          "class=\"bars\"><thead><tr>" HEAD("单元", "unit") GROUP_HEADS "</tr></thead><tbody>\n",
          to);
    put_groups(to, interest->sections, INTEREST_SECTIONS);
    fputs("</tbody></table></section>\n", to);
}

static void put_heading(FILE *to, size_t shown, size_t count, const char *chinese,
                        const char *english) {
    if (shown < count)
        fprintf(to, "<section><h2>%s前%zu名 <span class=\"en\">%s: top %zu</span></h2>\n", chinese,
                shown, english, shown);
    else
        fprintf(to, "<section><h2>%s <span class=\"en\">%s</span></h2>\n", chinese, english);
}

void report_top_schools(const struct interest *interest, FILE *to) {
    size_t count = interest->school_count;
    if (count > TOP_SCHOOLS)
        count = TOP_SCHOOLS;
    put_heading(to, count, interest->school_count, "学校", "Schools");
    fputs("<table class=\"bars\"><thead><tr>" HEAD("学校", "school") GROUP_HEADS
          "</tr></thead><tbody>\n",
          to);
    put_groups(to, interest->schools, count);
    fputs("</tbody></table></section>\n", to);
}

void report_top_cases(const struct interest *interest, FILE *to) {
    size_t count = interest->case_count < TOP_CASES ? interest->case_count : TOP_CASES;
    struct interest_sum most = most_of_cases(interest->cases, count);
    put_heading(to, count, interest->case_count, "案例", "Cases");
    fputs("<table class=\"bars\"><thead><tr><th class=\"n\">#</th>" HEAD("案例", "case")
              HEAD("触摸", "touches") HEAD("展示", "showings") "</tr></thead><tbody>\n",
          to);
    for (size_t i = 0; i < count; i++) {
        const struct interest_case *entry = interest->cases + i;
        fprintf(to, "<tr><td class=\"n rank\">%zu</td><td class=\"title\"><strong>", i + 1);
        markup_text(to, entry->title ? entry->title : case_own_id(entry->id, NULL));
        fputs("</strong><br><small>", to);
        markup_text(to, entry->school ? entry->school : gone);
        const char *section = interest_section(entry);
        fprintf(to, "%s%s</small></td>", section ? " · " : "", section ? section : "");
        put_barred(to, "touches", entry->sum.touches, most.touches);
        put_barred(to, "showings", entry->sum.showings, most.showings);
        fputs("</tr>\n", to);
    }
    fputs("</tbody></table></section>\n", to);
}

/* ---- whole tables */

static void begin_table(FILE *to, const char *chinese, const char *english, size_t count) {
    char text[AMOUNT_SIZE];
    fprintf(to,
            "<section class=\"whole\"><h2>%s（%s） <span class=\"en\">%s</span></h2>\n"
            "<table><thead><tr>",
            chinese, amount((int64_t)count, text), english);
}

static void end_table(FILE *to) {
    fputs("</tbody></table></section>\n", to);
}

void report_all_cases(const struct interest *interest, FILE *to) {
    begin_table(to, "附表：全部案例", "All cases", interest->case_count);
    fputs("<th class=\"n\">#</th>" HEAD("标题", "title") HEAD("学校", "school") HEAD("单元", "unit")
              NUMBER_HEAD("触摸", "touches") NUMBER_HEAD("展示", "showings")
                  NUMBER_HEAD("时长", "h:mm")
                      NUMBER_HEAD("最近一次", "last") "</tr></thead><tbody>\n",
          to);
    for (size_t i = 0; i < interest->case_count; i++) {
        const struct interest_case *entry = interest->cases + i;
        char last[TIME_TEXT_SIZE];
        fprintf(to, "<tr><td class=\"n\">%zu</td>", i + 1);
        put_title(to, entry);
        put_text(to, entry->school ? entry->school : "—");
        put_text(to, interest_section(entry) ? interest_section(entry) : "—");
        put_amount(to, entry->sum.touches);
        put_amount(to, entry->sum.showings);
        put_duration(to, entry->sum.milliseconds);
        time_format(entry->last_hour * MS_PER_HOUR, last);
        fprintf(to, "<td class=\"n\">%.10s</td></tr>\n", last);
    }
    end_table(to);
}

void report_all_schools(const struct interest *interest, FILE *to) {
    if (interest->school_count <= TOP_SCHOOLS)
        return;
    begin_table(to, "附表：全部学校", "All schools", interest->school_count);
    fputs(HEAD("学校", "school") NUMBER_HEAD("案例", "cases") NUMBER_HEAD("触摸", "touches")
              NUMBER_HEAD("展示", "showings") NUMBER_HEAD("每百次展示的触摸", "touches per 100")
                  NUMBER_HEAD("时长", "h:mm") "</tr></thead><tbody>\n",
          to);
    for (size_t i = 0; i < interest->school_count; i++) {
        const struct interest_group *group = interest->schools + i;
        fputs("<tr>", to);
        put_text(to, group->name ? group->name : gone);
        put_amount(to, (int64_t)group->cases);
        put_amount(to, group->sum.touches);
        put_amount(to, group->sum.showings);
        put_rate(to, &group->sum);
        put_duration(to, group->sum.milliseconds);
        fputs("</tr>\n", to);
    }
    end_table(to);
}

static void put_day(FILE *to, const char *name, const char *weekday,
                    const struct interest_day *day) {
    fprintf(to, "<tr><td>%s</td><td>%s</td>", name, weekday);
    put_amount(to, day->sum.touches);
    put_amount(to, day->sum.showings);
    put_duration(to, day->sum.milliseconds);
    put_duration(to, day->uptime_ms);
    put_amount(to, day->errors);
    fputs("</tr>\n", to);
}

void report_all_days(const struct interest *interest, FILE *to) {
    begin_table(to, "附表：逐日明细", "Each day", interest->day_count);
    fputs(HEAD("日期", "date") HEAD("星期", "weekday") NUMBER_HEAD("触摸", "touches")
              NUMBER_HEAD("展示", "showings") NUMBER_HEAD("展示时长", "shown, h:mm")
                  NUMBER_HEAD("运行时长", "running, h:mm")
                      NUMBER_HEAD("错误", "errors") "</tr></thead><tbody>\n",
          to);
    for (size_t i = interest->day_count; i-- > 0;) {
        const struct interest_day *day = interest->days + i;
        char date[DATE_SIZE];
        put_day(to, date_of_day(day->day, date), weekdays_zh[day_weekday(day->day)], day);
    }
    const struct interest_day *undated = &interest->undated;
    if (undated->uptime_ms || undated->errors || undated->sum.touches)
        put_day(to, "日期不明", "时钟有误", undated);
    end_table(to);
}
