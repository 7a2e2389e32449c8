/* How long the page of the search takes to build, by what was typed, beside the search itself.
 *
 * usage: bench_page_search STATE DATA [QUERY...] */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/paths.h"
#include "base/time.h"
#include "display/guide.h"
#include "library/search.h"

#define TIMES  41
#define FINGER 45

static int compare(const void *a, const void *b) {
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

static void print(const char *what, int64_t *us) {
    const size_t half = TIMES / 2;
    qsort(us, TIMES, sizeof *us, compare);
    double middle = (double)us[half], most = (double)us[TIMES - 1];
    printf("  %s %.1f ms, at most %.1f", what, middle / 1000, most / 1000);
}

static void measure(struct guide *guide, struct search *search, int64_t now_ms, const char *query,
                    bool reach) {
    int64_t built[TIMES], found[TIMES];
    struct place place = place_of(PLACE_SEARCH, query);
    size_t count = 0;
    for (int i = 0; i < TIMES; i++) {
        struct search_hits hits;
        int64_t start = time_monotonic_us();
        struct page page = guide_make(guide, &place, (struct manner){.reach = reach}, 1);
        built[i] = time_monotonic_us() - start;
        page_finish(&page);
        start = time_monotonic_us();
        search_find(search, query, now_ms, 60, &hits);
        found[i] = time_monotonic_us() - start;
        count = hits.count;
        search_hits_finish(&hits);
    }
    printf("\"%s\"%s: %zu hits", query, reach ? " within reach" : "", count);
    print("page with search", built);
    print("search", found);
    putchar('\n');
    place_finish(&place);
}

int main(int argc, char **argv) {
    struct paths paths;
    struct config config;
    struct clock clock;
    if (argc < 3 || !paths_init(&paths, argv[1], argv[2])) {
        fprintf(stderr, "usage: bench_page_search STATE DATA [QUERY...]\n");
        return 2;
    }
    config_init(&config);
    clock_init(&clock, &paths);
    struct studio *studio = studio_create(&paths, &config, (struct size){1920, 1080});
    if (!studio)
        return 1;
    struct guide *guide = guide_create(studio, &paths, &config, &clock);
    struct search *search = search_open(paths.library);
    int64_t now_ms = clock_now(&clock).believed_ms;
    guide_set_finger(guide, FINGER);
    for (int i = 2; i < argc; i++)
        for (int reach = 0; reach < 2; reach++)
            measure(guide, search, now_ms, i == 2 ? "" : argv[i], reach);
    search_close(search);
    guide_destroy(guide);
    studio_destroy(studio);
    config_finish(&config);
    paths_finish(&paths);
    return 0;
}
