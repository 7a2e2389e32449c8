/* make_station: writes a station.db as a screen in a lobby would have, the same ever again
 *
 * usage: make_station STATION LAST-DAY DAYS <IDS
 * Ids one a line, the first ones touched more. The screen is on from 6 to 23 o'clock, off on each
 * 29th day; people come at noon and in the evening. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/time.h"
#include "display/showings.h"

#define MAX_IDS  20000
#define HOUR_MS  (3600 * 1000LL)
#define DAY_MS   (24 * HOUR_MS)
#define SLIDE_MS 30000

static uint64_t chance(uint64_t *seed, uint64_t below) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (*seed >> 33) % below;
}

static size_t read_ids(char **ids) {
    size_t count = 0, room = 0;
    char *line = NULL;
    while (count < MAX_IDS && getline(&line, &room, stdin) > 0) {
        line[strcspn(line, "\n")] = '\0';
        ids[count++] = xstrdup(line);
    }
    free(line);
    return count;
}

/* The cases of one hour, in turn, and who touched them. */
static void add_hour(struct showings *showings, char **ids, size_t count, int64_t hour_ms,
                     int of_day, int weekday, uint64_t *seed) {
    static const int crowd[24] = {0,  0,  0, 0, 0, 0, 2,  6,  5,  3,  3, 6,
                                  19, 12, 4, 3, 4, 9, 16, 12, 10, 13, 9, 2};
    for (int i = 0; i < HOUR_MS / SLIDE_MS; i++) {
        size_t at = (size_t)(hour_ms / HOUR_MS * 120 + i) % count;
        showings_add(showings, ids[at], true, hour_ms + i * SLIDE_MS, SLIDE_MS);
    }
    int people = crowd[of_day] * (weekday == 0 || weekday == 6 ? 6 : 10) / 10;
    for (int i = (int)chance(seed, (uint64_t)people * 2 + 1); i > 0; i--) {
        size_t first = chance(seed, count), second = chance(seed, count);
        showings_add_touch(showings, ids[first * second / count], hour_ms);
        if (chance(seed, 4) == 0)
            showings_add_touch(showings, NULL, hour_ms);
    }
    unsigned errors = chance(seed, 400) == 0 ? 1 + (unsigned)chance(seed, 4) : 0;
    showings_add_uptime(showings, hour_ms + HOUR_MS, HOUR_MS, errors);
}

static bool add_day(const char *station, char **ids, size_t count, int64_t day_ms, uint64_t *seed) {
    struct showings showings = {0};
    int weekday = 0, hour = 0, minute = 0;
    for (int i = 6; i < 23; i++) {
        time_local_clock(day_ms + i * HOUR_MS, &weekday, &hour, &minute);
        add_hour(&showings, ids, count, day_ms + i * HOUR_MS, hour, weekday, seed);
    }
    bool good = showings_write(&showings, station);
    showings_finish(&showings);
    return good;
}

int main(int argc, char **argv) {
    int64_t last = 0;
    uint64_t seed = 1;
    log_init("make_station", false);
    if (argc != 4 || !time_parse(argv[2], false, &last)) {
        fputs("usage: make_station STATION LAST-DAY DAYS <IDS\n", stderr);
        return 2;
    }
    char **ids = xcalloc(MAX_IDS, sizeof *ids);
    size_t count = read_ids(ids);
    bool good = count > 0;
    for (long i = strtol(argv[3], NULL, 10) - 1; good && i >= 0; i--)
        good = i % 29 == 28 || add_day(argv[1], ids, count, last - i * DAY_MS, &seed);
    for (size_t i = 0; i < count; i++)
        free(ids[i]);
    free(ids);
    return !good;
}
