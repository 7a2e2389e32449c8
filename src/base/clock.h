/* clock.h: what is known of the time beyond the system clock: STATE/clock
 *
 * Two numbers, the last confirmed time and the latest signed `published`, in one small checksummed
 * file that appears by rename, synced. The holder of keeper.lock writes it (and the process behind
 * the PIN, through it); whoever shows or judges reads it. A damaged file counts as absent. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/paths.h"
#include "base/time.h"

struct clock_record {
    int64_t confirmed_ms, published_ms; /* 0: none */
};

/* ---- reading; one thread owns a clock */

struct clock {
    const char *path; /* borrowed from the paths */
    struct clock_record record;
    struct stat seen; /* of the file that the record is from */
    bool warned;      /* of a damaged one */
};

void clock_init(struct clock *clock, const struct paths *paths); /* nothing to be finished */
/* Cheap: the file is read again only when it was changed. Warns of a damaged one once. */
struct clock_record clock_load(struct clock *clock);
/* What is to be believed while the system clock says this. */
struct time_verdict clock_judge(struct clock *clock, int64_t system_ms);
struct time_verdict clock_now(struct clock *clock); /* while it says what it says */

/* What speaks against setting the clock to a time. Pure. */
enum clock_doubt {
    CLOCK_PLAUSIBLE,
    CLOCK_BEFORE_BUILD, /* this program is not older than its build */
    CLOCK_FAR_AHEAD     /* more than 400 days after the last confirmed time */
};
enum clock_doubt clock_doubt(const struct clock_record *record, int64_t time_ms);

/* ---- writing; the holder of keeper.lock only. False: reported, nothing was changed */

/* The time was set by somebody who may (behind the PIN): it counts also where it lies before what
 * had been confirmed. */
bool clock_confirm(const struct paths *paths, int64_t now_ms);
/* A feed whose signature is good says that it was published then. Nothing is written where it tells
 * nothing new, or lies so far ahead that it does not count. */
bool clock_note_published(const struct paths *paths, int64_t published_ms);
/* Confirms the system clock, which says now_ms, while it is synchronised; to be called now and
 * then. Writes at most once an hour and never goes back: who can forge an answer of NTP must not
 * make old things valid again. */
bool clock_keep(const struct paths *paths, bool synchronised, int64_t now_ms);

/* Sets the system's clock and, where there is one, the machine's own, which keeps it over a night
 * without power. Reported where it failed. */
enum clock_result { CLOCK_SET, CLOCK_FORBIDDEN, CLOCK_UNSET };
enum clock_result clock_set(int64_t now_ms);

/* Whether the kernel's clock is kept right by somebody (adjtimex: no STA_UNSYNC, small error). */
bool clock_is_synchronised(void);
