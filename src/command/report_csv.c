#include "base/csv.h"
#include "base/markup.h"
#include "base/time.h"
#include "command/report.h"

#define MS_PER_HOUR   (3600 * 1000LL)
#define MS_PER_MINUTE 60000.0

struct row {
    const char *kind, *name, *id, *school, *unit; /* NULL: does not apply */
    int64_t cases;                                /* -1: does not apply */
    const struct interest_sum *sum;
    const struct interest_day *day; /* NULL: uptime and errors do not apply */
    int64_t last_hour;              /* 0: does not apply */
};

static void put_row(FILE *to, const struct row *row) {
    const char *texts[] = {row->kind, row->name, row->id, row->school, row->unit};
    char last[TIME_TEXT_SIZE];
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        csv_text(to, texts[i] ? texts[i] : "");
        putc(',', to);
    }
    if (row->cases >= 0)
        fprintf(to, "%lld", (long long)row->cases);
    fprintf(to, ",%lld,%.1f,%lld,", (long long)row->sum->showings,
            (double)row->sum->milliseconds / MS_PER_MINUTE, (long long)row->sum->touches);
    if (row->day)
        fprintf(to, "%.1f,%lld,", (double)row->day->uptime_ms / MS_PER_MINUTE,
                (long long)row->day->errors);
    else
        fputs(",,", to);
    time_format(row->last_hour * MS_PER_HOUR, last);
    fprintf(to, "%.10s\r\n", last);
}

static void put_totals(FILE *to, const struct interest *interest) {
    const struct interest_sum elsewhere = {.touches = interest->elsewhere};
    put_row(to, &(struct row){.kind = "合计 total",
                              .name = "全部 all",
                              .cases = (int64_t)interest_cases(interest),
                              .sum = &interest->total.sum,
                              .day = &interest->total});
    put_row(to, &(struct row){.kind = "合计 total",
                              .name = "不在案例中的触摸 touches outside of cases",
                              .cases = -1,
                              .sum = &elsewhere});
}

static void put_group(FILE *to, const char *kind, const struct interest_group *group) {
    if (group->cases || group->name)
        put_row(to, &(struct row){.kind = kind,
                                  .name = group->name ? group->name : "已撤下 no longer shown",
                                  .cases = (int64_t)group->cases,
                                  .sum = &group->sum});
}

static void put_days(FILE *to, const struct interest *interest) {
    for (size_t i = 0; i < interest->day_count; i++) {
        const struct interest_day *day = interest->days + i;
        char date[DATE_SIZE];
        put_row(to, &(struct row){.kind = "日期 day",
                                  .name = date_of_day(day->day, date),
                                  .cases = -1,
                                  .sum = &day->sum,
                                  .day = day});
    }
    const struct interest_day *undated = &interest->undated;
    if (undated->uptime_ms || undated->errors || undated->sum.touches)
        put_row(to, &(struct row){.kind = "日期 day",
                                  .name = "时钟有误，日期不明 the clock was wrong",
                                  .cases = -1,
                                  .sum = &undated->sum,
                                  .day = undated});
}

static void put_hours(FILE *to, const struct interest *interest) {
    for (int i = 0; i < 24; i++) {
        char name[32];
        snprintf(name, sizeof name, "%02d:00–%02d:00", i, i + 1);
        put_row(to,
                &(struct row){
                    .kind = "时段 hour", .name = name, .cases = -1, .sum = interest->hours + i});
    }
}

static void put_case(FILE *to, const struct interest_case *entry) {
    put_row(to, &(struct row){.kind = "案例 case",
                              .name = entry->title ? entry->title : "已撤下 no longer shown",
                              .id = entry->id,
                              .school = entry->school,
                              .unit = interest_section(entry),
                              .cases = -1,
                              .sum = &entry->sum,
                              .last_hour = entry->last_hour});
}

void report_csv(const struct report *report, FILE *to) {
    const struct interest *interest = report->interest;
    csv_begin(to);
    fputs("\"分类 kind\",\"名称 name\",\"编号 id\",\"学校 school\",\"单元 unit\",\"案例数 cases\","
          "\"展示次数 showings\",\"展示分钟 minutes shown\",\"触摸次数 touches\","
          "\"运行分钟 minutes running\",\"错误数 errors\",\"最近一次 last\"\r\n",
          to);
    put_totals(to, interest);
    for (int i = 0; i < INTEREST_SECTIONS; i++)
        put_group(to, "单元 unit", interest->sections + i);
    for (size_t i = 0; i < interest->school_count; i++)
        put_group(to, "学校 school", interest->schools + i);
    put_days(to, interest);
    put_hours(to, interest);
    for (size_t i = 0; i < interest->case_count; i++)
        put_case(to, interest->cases + i);
}
