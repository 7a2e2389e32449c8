/* How the screen does: what people looked at in the last days, and health in short. */
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/markup.h"
#include "base/str.h"
#include "base/time.h"
#include "keeper/debrief_parts.h"
#include "library/interest.h"

#define DAYS        30
#define MS_PER_DAY  (24 * 3600 * 1000LL)
#define MS_PER_HOUR 3600000.0
#define TOP         5
#define WAIT_TIMES  100 /* of 50 ms: longer than any commit */
#define WAIT_NS     50000000

/* ---- interest */

static void name(struct interest *interest, const char *library) {
    struct reader *reader = reader_open(library);
    enum read_result result = READ_BUSY;
    for (int i = 0; i < WAIT_TIMES && result == READ_BUSY; i++) {
        result = interest_name(interest, reader);
        if (result == READ_BUSY)
            nanosleep(&(struct timespec){.tv_nsec = WAIT_NS}, NULL);
    }
    reader_close(reader);
}

static bool load(struct interest *interest, const struct paths *paths) {
    struct clock clock;
    clock_init(&clock, paths);
    int64_t now_ms = clock_now(&clock).believed_ms;
    const struct interest_range range = {.from_ms = now_ms - (DAYS - 1) * MS_PER_DAY};
    struct station *station = station_open(paths->station, DB_READ_WAITING, NULL);
    bool good = station && interest_load(interest, station, &range, now_ms) == DB_DONE &&
                interest->day_count;
    station_close(station);
    if (good)
        name(interest, paths->library);
    return good;
}

static void put_figure(FILE *to, const char *chinese, const char *english, int64_t number,
                       const char *unit) {
    char text[AMOUNT_SIZE];
    fprintf(to, "<div><b>%s</b> %s<br>%s <span class=\"en\">%s</span></div>\n",
            amount(number, text), unit, chinese, english);
}

static void put_favourites(FILE *to, const struct interest *interest) {
    char text[AMOUNT_SIZE];
    size_t shown = 0;
    for (size_t i = 0; i < interest->case_count && shown < TOP; i++) {
        const struct interest_case *entry = interest->cases + i;
        if (!entry->title || !entry->sum.touches)
            continue;
        fputs(shown++ ? "<li>"
                      : "<p class=\"lead\">大家点得最多的 <span class=\"en\">most "
                        "touched</span></p>\n<ol><li>",
              to);
        markup_text(to, entry->title);
        fputs("（", to);
        markup_text(to, entry->school);
        fprintf(to, "）　%s 次</li>\n", amount(entry->sum.touches, text));
    }
    if (shown)
        fputs("</ol>\n", to);
}

void debrief_put_interest(const struct debrief_facts *facts, FILE *to) {
    struct interest interest = {0};
    if (load(&interest, facts->debrief->paths)) {
        const struct interest_day *total = &interest.total;
        fprintf(to,
                "<section><h2>最近 %zu 天有人看吗 <span class=\"en\">Shown and touched, last %zu "
                "days</span></h2>\n<div class=\"numbers\">\n",
                interest.day_count, interest.day_count);
        put_figure(to, "有人点开或翻看", "touches", total->sum.touches, "次");
        put_figure(to, "案例播放", "showings", total->sum.showings, "次");
        put_figure(to, "屏幕亮着", "running",
                   (int64_t)((double)total->uptime_ms / MS_PER_HOUR + 0.5), "小时");
        fputs("</div>\n", to);
        put_favourites(to, &interest);
        fputs("</section>\n", to);
    }
    interest_finish(&interest);
}

/* ---- health */

static void put_lines(FILE *to, const char *lines) {
    for (const char *at = lines; *at;) {
        size_t size = strcspn(at, "\n");
        struct str line = {0};
        str_add_bytes(&line, at, size);
        fputs("<br><small>", to);
        debrief_put_both(to, str_text(&line));
        fputs("</small>", to);
        str_finish(&line);
        at += size + (at[size] == '\n');
    }
}

static void put_finding(FILE *to, const struct finding *finding) {
    fprintf(to, "<tr><td class=\"%s\">%s</td><td>%s", verdict_key(finding->verdict),
            finding->verdict == VERDICT_BAD ? "故障" : "注意", finding->what_zh);
    put_lines(to, finding->said);
    fputs("</td><td>", to);
    markup_text(to, finding->cure_zh ? finding->cure_zh : "");
    fputs("</td></tr>\n", to);
}

static void put_findings(FILE *to, const struct debrief *debrief) {
    fputs("<p>下面几项请转给维护人员。 <span class=\"en\">for whoever maintains the "
          "screen</span></p>\n"
          "<table class=\"health\"><thead><tr><th></th><th>检查了什么 <span class=\"en\">looked "
          "at</span></th><th>怎么办 <span class=\"en\">cure</span></th></tr></thead><tbody>\n",
          to);
    for (size_t i = 0; i < debrief->finding_count; i++)
        if (debrief->findings[i].verdict != VERDICT_GOOD)
            put_finding(to, debrief->findings + i);
    fputs("</tbody></table>\n", to);
}

void debrief_put_health(const struct debrief_facts *facts, FILE *to) {
    const struct debrief *debrief = facts->debrief;
    if (!debrief->findings)
        return;
    fputs("<section><h2>这块屏幕的状况 <span class=\"en\">Health</span></h2>\n", to);
    if (findings_verdict(debrief->findings, debrief->finding_count) == VERDICT_GOOD)
        fprintf(to, "<p>检查了 %zu 项，全部良好。 <span class=\"en\">all is good</span></p>\n",
                debrief->finding_count);
    else
        put_findings(to, debrief);
    fputs("</section>\n", to);
}
