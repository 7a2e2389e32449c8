/* set_clock: writes a STATE/clock, as if the time had been confirmed and a signed feed been taken
 *
 * usage: set_clock STATE CONFIRMED PUBLISHED
 * Dates as base/time reads them; "-" for none. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"

static bool read_date(const char *text, int64_t *ms) {
    return strcmp(text, "-") == 0 || time_parse(text, false, ms);
}

int main(int argc, char **argv) {
    struct paths paths;
    int64_t confirmed = 0, published = 0;
    log_init("set_clock", false);
    if (argc != 4 || !read_date(argv[2], &confirmed) || !read_date(argv[3], &published)) {
        fputs("usage: set_clock STATE CONFIRMED PUBLISHED\n", stderr);
        return 2;
    }
    bool good = paths_init(&paths, argv[1], NULL) && paths_make(&paths) &&
                clock_confirm(&paths, confirmed) && clock_note_published(&paths, published);
    paths_finish(&paths);
    return !good;
}
