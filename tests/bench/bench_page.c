/* bench_page: how long a place takes to be built, and its tiles to be drawn; not run by ctest
 *
 * bench_page STATE WxH PLACE [TEXT] */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/time.h"
#include "display/guide.h"

#define ROUNDS 20

struct bench {
    struct paths paths;
    struct config config;
    struct clock clock;
    struct studio *studio;
    struct guide *guide;
};

static double since_ms(int64_t start_us) {
    return (double)(time_monotonic_us() - start_us) / 1000;
}

static void build(struct bench *bench, const struct place *place) {
    double first = 0, best = 0, worst = 0;
    for (int i = 0; i < ROUNDS; i++) {
        int64_t start = time_monotonic_us();
        struct page page = guide_make(bench->guide, place, (struct manner){0}, (uint64_t)i + 1);
        double took = since_ms(start);
        first = i ? first : took;
        best = i < 2 || took < best ? took : best;
        worst = i < 2 || took > worst ? took : worst;
        if (!i)
            printf("tiles: %zu, targets: %zu, height: %d\n", page.tile_count, page.target_count,
                   page.height);
        page_finish(&page);
    }
    printf("building: first %.2f ms, then %.2f to %.2f ms\n", first, best, worst);
}

static void draw(struct bench *bench, const struct place *place) {
    struct page page = guide_make(bench->guide, place, (struct manner){0}, ROUNDS + 1);
    double sum = 0, worst = 0;
    size_t bytes = 0;
    for (size_t i = 0; i < page.tile_count; i++) {
        int64_t start = time_monotonic_us();
        struct buffer *buffer = guide_draw(bench->guide, page.ticket, i);
        double took = since_ms(start);
        sum += took;
        worst = took > worst ? took : worst;
        bytes = buffer && buffer_bytes(buffer) > bytes ? buffer_bytes(buffer) : bytes;
        buffer_destroy(buffer);
    }
    printf("drawing: %.2f ms a tile, at most %.2f ms; the largest %zu KiB\n",
           sum / (double)(page.tile_count ? page.tile_count : 1), worst, bytes >> 10);
    page_finish(&page);
}

int main(int argc, char **argv) {
    struct bench bench = {0};
    struct size size = {0, 0};
    if (argc < 4 || !size_parse(argv[2], &size) || !paths_init(&bench.paths, argv[1], SOURCE_DIR)) {
        fprintf(stderr, "usage: bench_page STATE WxH PLACE [TEXT]\n");
        return 2;
    }
    struct place place = place_of(PLACE_HOME, argc > 4 ? argv[4] : "");
    while (place.kind < PLACE_KIND_COUNT && strcmp(place_key(place.kind), argv[3]) != 0)
        place.kind++;
    config_init(&bench.config);
    clock_init(&bench.clock, &bench.paths);
    bench.studio = studio_create(&bench.paths, &bench.config, size);
    bench.guide = guide_create(bench.studio, &bench.paths, &bench.config, &bench.clock);
    guide_set_finger(bench.guide, 45);
    build(&bench, &place);
    draw(&bench, &place);
    guide_destroy(bench.guide);
    studio_destroy(bench.studio);
    place_finish(&place);
    config_finish(&bench.config);
    paths_finish(&bench.paths);
    return 0;
}
