/* What was shown and touched lately, and how the machine is. */
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <time.h>

#include "base/memory.h"
#include "base/time.h"
#include "display/page_desk.h"
#include "library/interest.h"

/* u */
#define COLUMN_WIDE 700 /* at the least */

#define DAYS   30
#define WEEK   7
#define DAY_MS INT64_C(86400000)
#define TOP    5
#define MINUTE 60
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

/* ---- what was shown and touched */

/* Of the last days. */
static struct interest_day sum_of(const struct interest *interest, size_t days) {
    struct interest_day sum = {0};
    for (size_t i = 0; i < days && i < interest->day_count; i++) {
        const struct interest_day *day = interest->days + (interest->day_count - 1 - i);
        sum.sum.showings += day->sum.showings;
        sum.sum.touches += day->sum.touches;
        sum.uptime_ms += day->uptime_ms;
    }
    return sum;
}

static char *sum_text(struct manner manner, const struct interest_sum *sum) {
    return xasprintf("%s %lld　%s %lld", word_main(manner, WORD_SHOWN_TIMES),
                     (long long)sum->showings, word_main(manner, WORD_TOUCHED_TIMES),
                     (long long)sum->touches);
}

static void say_days(struct manner manner, const struct interest *interest,
                     struct desk_text *text) {
    static const struct {
        enum word word;
        size_t days;
    } spans[] = {{WORD_TODAY, 1}, {WORD_LAST_7_DAYS, WEEK}, {WORD_LAST_30_DAYS, DAYS}};
    desk_text_add(text, LINE_TITLE, xstrdup(word_main(manner, WORD_SHOWN_AND_TOUCHED)));
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        struct interest_day day = sum_of(interest, spans[i].days);
        char *sum = sum_text(manner, &day.sum);
        desk_text_fact(text, spans[i].word, manner,
                       xasprintf("%s　%s %.0f %s", sum, word_main(manner, WORD_SCREEN_ON),
                                 (double)day.uptime_ms / 3600e3, word_main(manner, WORD_HOURS)));
        free(sum);
    }
}

static void say_top(struct manner manner, const struct interest *interest, struct desk_text *text) {
    desk_text_add(text, LINE_TITLE, xstrdup(word_main(manner, WORD_TOP_CASES)));
    for (size_t i = 0; i < TOP && i < interest->case_count; i++) {
        const struct interest_case *one = interest->cases + i;
        desk_text_add(
            text, LINE_FACT,
            xasprintf("%zu　%s", i + 1, one->title ? one->title : case_own_id(one->id, NULL)));
        char *sum = sum_text(manner, &one->sum);
        desk_text_add(
            text, LINE_NOTE,
            xasprintf("%s%s%s", one->school ? one->school : "", one->school ? "　" : "", sum));
        free(sum);
    }
    if (!interest->case_count)
        desk_text_add(text, LINE_FACT, xstrdup(word_main(manner, WORD_NO_FIGURES)));
}

static void read_interest(const struct page_source *source, struct interest *interest) {
    struct station *station = station_open(source->paths->station, DB_READ_WAITING, NULL);
    const struct interest_range range = {.from_ms = source->now_ms - DAYS * DAY_MS};
    *interest = (struct interest){0};
    if (station && interest_load(interest, station, &range, source->now_ms) == DB_DONE)
        interest_name(interest, source->reader);
    station_close(station);
}

/* ---- the machine */

/* "3 天 4 小时" */
static char *running_time(struct manner manner) {
    struct timespec since = {0};
    clock_gettime(CLOCK_BOOTTIME, &since);
    long long days = (long long)since.tv_sec / DAY, hours = (long long)since.tv_sec % DAY / HOUR;
    return xasprintf("%lld %s %lld %s", days, word_main(manner, WORD_DAYS), hours,
                     word_main(manner, WORD_HOURS));
}

static void say_disk(struct manner manner, const struct page_source *source,
                     struct desk_text *text) {
    struct statvfs disk;
    struct counts counts = {0};
    if (statvfs(source->paths->state, &disk) == 0) {
        double unit = (double)disk.f_frsize / 1e9;
        desk_text_fact(text, WORD_DISK_FREE, manner,
                       xasprintf("%.1f / %.1f GB", (double)disk.f_bavail * unit,
                                 (double)disk.f_blocks * unit));
    }
    if (reader_counts(source->reader, source->now_ms, &counts) == READ_DONE)
        desk_text_fact(text, WORD_LIBRARY_TAKES, manner,
                       xasprintf("%.1f MB", (double)counts.media_bytes / 1e6));
}

static void say_keeper(struct manner manner, const struct page_source *source,
                       struct desk_text *text) {
    json_t *live = page_desk_live(source);
    const char *state = json_string_value(json_object_get(live, "state"));
    enum word word = !state                          ? WORD_KEEPER_GONE
                     : strcmp(state, "damaged") == 0 ? WORD_KEEPER_DAMAGED
                                                     : WORD_KEEPER_GOOD;
    desk_text_fact(text, WORD_KEEPER, manner, xstrdup(word_main(manner, word)));
    json_decref(live);
}

static void say_machine(struct manner manner, const struct page_source *source,
                        struct desk_text *text) {
    char built[TIME_TEXT_SIZE];
    time_format_utc(time_built_ms(), built);
    desk_text_add(text, LINE_TITLE, xstrdup(word_main(manner, WORD_THIS_SCREEN)));
    desk_text_fact(text, WORD_LIBRARY, manner,
                   word_counted(manner, source->catalogue->count, WORD_CASE, WORD_CASES));
    desk_text_fact(text, WORD_GENERATION, manner,
                   xasprintf("%lld", (long long)source->catalogue->generation));
    say_keeper(manner, source, text);
    say_disk(manner, source, text);
    desk_text_fact(text, WORD_RUNS_SINCE, manner, running_time(manner));
    desk_text_fact(text, WORD_VERSION, manner, xstrdup("fengcai " FENGCAI_VERSION));
    desk_text_fact(text, WORD_BUILT, manner, xasprintf("%.10s", built));
}

/* ---- the page: plates side by side, or one below the other */

#define PLATES 3

static int add_plates(struct sheet *sheet, struct rect area, struct desk_text texts[PLATES]) {
    int gap = sheet_gap(sheet), ends[PLATES] = {0}, most = 0;
    int columns = (area.width + gap) / (slide_px(sheet->stage, COLUMN_WIDE) + gap);
    columns = columns < 1 ? 1 : columns > 2 ? 2 : columns;
    int wide = (area.width - (columns - 1) * gap) / columns;
    for (int i = 0; i < PLATES; i++) {
        int column = columns > 1 && ends[1] < ends[0] ? 1 : 0; /* the shorter one */
        struct rect place = {area.x + column * (wide + gap), ends[column], wide, 0};
        struct action none = action_simple(ACTION_NONE);
        ends[column] += page_desk_plate(sheet, place, &texts[i], 0, none).height + gap;
        most = most > ends[column] ? most : ends[column];
    }
    return most;
}

void page_build_station(struct sheet *sheet, const struct page_source *source) {
    struct manner manner = sheet->manner;
    struct rect area =
        page_desk_plain(sheet, word_main(manner, WORD_FIGURES), word_beside(manner, WORD_FIGURES));
    struct interest interest;
    struct desk_text texts[PLATES] = {0};
    read_interest(source, &interest);
    say_days(manner, &interest, &texts[0]);
    say_top(manner, &interest, &texts[1]);
    say_machine(manner, source, &texts[2]);
    sheet_set_view(sheet, area, add_plates(sheet, area, texts));
    interest_finish(&interest);
    sheet_add_bar(sheet);
}
