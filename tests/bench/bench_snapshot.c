/* bench_snapshot: what the display's database thread does at start and at each new generation
 *
 * usage: bench_snapshot LIBRARY.db [LIMIT]
 * Milliseconds, from a connection not opened yet: first time, then the median of many. */
#include <stdio.h>
#include <stdlib.h>

#include "base/time.h"
#include "library/snapshot.h"

#define ROUNDS 21

static int by_size(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

int main(int argc, char **argv) {
    int64_t times[ROUNDS];
    if (argc < 2)
        return 2;
    const int64_t now = time_now_ms();
    const struct snapshot_options options = {.school = "青禾农业大学",
                                             .limit =
                                                 argc > 2 ? (size_t)strtoul(argv[2], NULL, 10) : 60,
                                             .now_ms = now,
                                             .day = time_local_day(now)};
    for (int i = 0; i < ROUNDS; i++) {
        struct snapshot snapshot;
        int64_t start = time_monotonic_us();
        struct reader *reader = reader_open(argv[1]);
        if (snapshot_load(reader, &options, &snapshot) != READ_DONE)
            return 1;
        times[i] = time_monotonic_us() - start;
        if (i == 0)
            printf("%zu cases of %zu schools, first %.2f ms, ", snapshot.count,
                   snapshot.school_count, (double)times[i] / 1000);
        snapshot_finish(&snapshot);
        reader_close(reader);
    }
    qsort(times, ROUNDS, sizeof *times, by_size);
    printf("median %.2f ms\n", (double)times[ROUNDS / 2] / 1000);
    return 0;
}
