/* bench_pages: how long the pages of a library take to make; milliseconds, median of many.
 *
 * usage: bench_pages STATE DATA [SCHOOL] */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/paths.h"
#include "base/time.h"
#include "display/guide.h"

#define ROUNDS 21

static int by_size(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static void measure(struct guide *guide, enum place_kind kind, const char *text, bool reach) {
    int64_t taken[ROUNDS];
    size_t tiles = 0;
    struct place place = place_of(kind, text);
    for (int i = 0; i < ROUNDS; i++) {
        int64_t start = time_monotonic_us();
        struct page page = guide_make(guide, &place, (struct manner){.reach = reach}, 1);
        taken[i] = time_monotonic_us() - start;
        tiles = page.tile_count;
        page_finish(&page);
    }
    place_finish(&place);
    qsort(taken, ROUNDS, sizeof *taken, by_size);
    printf("%-8s %-6s %6zu tiles %8.2f ms\n", place_key(kind), reach ? "reach" : "", tiles,
           (double)taken[ROUNDS / 2] / 1000);
}

int main(int argc, char **argv) {
    struct paths paths;
    struct config config;
    struct clock clock;
    if (argc < 3 || !paths_init(&paths, argv[1], argv[2]))
        return 2;
    config_init(&config);
    clock_init(&clock, &paths);
    struct studio *studio = studio_create(&paths, &config, (struct size){1920, 1080});
    struct guide *guide = studio ? guide_create(studio, &paths, &config, &clock) : NULL;
    if (!guide)
        return 1;
    for (int reach = 0; reach < 2; reach++) {
        measure(guide, PLACE_HOME, "", reach);
        measure(guide, PLACE_UNIT, "", reach);
        measure(guide, PLACE_SCHOOLS, "", reach);
        measure(guide, PLACE_SCHOOL, argc > 3 ? argv[3] : "", reach);
        measure(guide, PLACE_ABOUT, "", reach);
    }
    guide_destroy(guide);
    studio_destroy(studio);
    config_finish(&config);
    paths_finish(&paths);
    return 0;
}
