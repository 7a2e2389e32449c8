/* interest.h: what the display noted in station.db, summed for people
 *
 * Made of station.db and, for the names, library.db; both are only read. Days and hours of the day
 * are local. All memory is the struct's own. One thread at a time. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "library/case.h"
#include "library/reader.h"
#include "library/station.h"

struct interest_sum {
    int64_t showings, milliseconds, touches;
};

struct interest_case {
    char *id;          /* of the library; case_own_id for people */
    char *title;       /* NULL: it is withdrawn or gone, and only the id is known */
    char *school;      /* likewise */
    enum level level;  /* of a notice; else LEVEL_CASE */
    enum unit unit;    /* of a case; UNIT_COUNT: likewise */
    int64_t last_hour; /* when it was shown or touched last, hours since 1970 UTC; 0: the clock
                          was wrong then */
    struct interest_sum sum;
};

/* Behind the units'. */
enum { INTEREST_NOTICES = UNIT_COUNT, INTEREST_GONE, INTEREST_SECTIONS };

/* Of a school or a section. */
struct interest_group {
    const char *name; /* of a case or constant; NULL: of cases that are withdrawn or gone, or of no
                         notices */
    size_t cases;
    struct interest_sum sum;
};

struct interest_day {
    int64_t day; /* time_local_day */
    struct interest_sum sum;
    int64_t uptime_ms; /* something was on the screen; 0: it was off */
    int64_t errors;
};

struct interest {
    /* Most touched first, then most shown; and so the schools. */
    struct interest_case *cases;
    size_t case_count;
    struct interest_group *schools;
    size_t school_count;
    struct interest_group sections[INTEREST_SECTIONS];
    struct interest_day *days; /* without gaps */
    size_t day_count;
    size_t off_days, error_days; /* on which nothing was on the screen; with errors */
    struct interest_sum hours[24];
    struct interest_day total;   /* of everything; its day means nothing */
    struct interest_day undated; /* of hours in which the clock was wrong; in total, in no day */
    int64_t elsewhere;           /* touches while no case was open: in total, days and hours */
    size_t named;                /* so many cases were looked up already */
};

/* What is to be summed, by local time; 0: open. */
struct interest_range {
    int64_t from_ms, until_ms;
};

/* Sums the station. now_ms: the time believed; the days go on until then, or until the range ends,
 * and no hour after it is. As station_each; finish it all the same. */
enum db_result interest_load(struct interest *interest, struct station *station,
                             const struct interest_range *range, int64_t now_ms);
/* Looks up the cases and sums sections and schools, which have no notices, once after the load.
 * READ_MISSING: none is known. READ_BUSY: call again, it goes on where it was. After anything else
 * there are no names and no groups, and it may be called again with another reader. */
enum read_result interest_name(struct interest *interest, struct reader *reader);
/* Of all that were shown those that are no notices, as far as is known. */
size_t interest_cases(const struct interest *interest);
/* Its unit or level, for people; NULL: it is withdrawn or gone. */
const char *interest_section(const struct interest_case *entry);
void interest_finish(struct interest *interest); /* zeroed is fine */
