/* bench_search: how long the first 20 hits take
 *
 * usage: bench_search LIBRARY.db [QUERIES]
 * 1,000 queries of one to six characters out of the texts of the library (half of them out of
 * titles), and 1,000 of two to eight letters: first letters and whole syllables of its titles, some
 * of it broken off. Milliseconds, in one connection, each query once; the worst with its query. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sys/resource.h>

#include "base/memory.h"
#include "base/str.h"
#include "base/time.h"
#include "library/fold.h"
#include "library/pinyin.h"
#include "library/reader.h"
#include "library/search.h"

#define TEXTS   2000 /* cases that queries are made of */
#define LIMIT   20
#define LETTERS 8

struct texts {
    char *titles[TEXTS], *bodies[TEXTS];
    size_t count, passed;
};

static uint64_t seed = 1;

static size_t roll(size_t below) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)((seed >> 33) % below);
}

/* A sample of all cases (reservoir). */
static bool on_case(void *user, const struct case_record *record) {
    struct texts *texts = user;
    size_t at = texts->count < TEXTS ? texts->count : roll(texts->passed + 1);
    texts->passed++;
    if (at >= TEXTS)
        return true;
    texts->count += at == texts->count;
    free(texts->titles[at]);
    free(texts->bodies[at]);
    texts->titles[at] = xstrdup(record->title);
    texts->bodies[at] = xstrdup(record->body);
    return true;
}

/* One to six characters in one piece. */
static char *make_characters(const struct texts *texts) {
    struct folded text = {0};
    struct str query = {0};
    size_t number = roll(texts->count), size = 1 + roll(6);
    fold_text(&text, roll(2) ? texts->titles[number] : texts->bodies[number], false);
    for (size_t i = roll(text.count); i < text.count && size > 0; i++, size--)
        if (text.letters[i] != FOLD_BREAK)
            str_add_codepoint(&query, text.letters[i]);
        else if (query.size)
            break;
    folded_finish(&text);
    return str_take(&query);
}

static char *make_letters(const struct texts *texts) {
    struct folded text = {0};
    struct str query = {0};
    const char *readings[PINYIN_READINGS];
    size_t size = 2 + roll(LETTERS - 1);
    bool whole = roll(2);
    fold_text(&text, texts->titles[roll(texts->count)], false);
    for (size_t i = roll(text.count); i < text.count && query.size < size; i++) {
        size_t count = pinyin_readings(text.letters[i], readings);
        if (!count)
            break;
        str_add_bytes(&query, readings[0], whole ? strlen(readings[0]) : 1);
    }
    char *letters = xstrndup(str_text(&query), size);
    str_finish(&query);
    folded_finish(&text);
    return letters;
}

/* Of this thread, so that what else the machine does counts less. */
static int64_t cpu_us(void) {
    struct timespec at;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
    return (int64_t)at.tv_sec * 1000000 + at.tv_nsec / 1000;
}

static int by_time(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static void measure(struct search *search, const char *name, const struct texts *texts,
                    char *(*make)(const struct texts *texts), size_t count) {
    int64_t *times = xcalloc(count, sizeof *times), *cpu = xcalloc(count, sizeof *cpu),
            now_ms = time_now_ms(), worst = 0;
    char *slowest = NULL;
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        struct search_hits hits;
        char *query = make(texts);
        int64_t start = time_monotonic_us(), start_cpu = cpu_us();
        if (search_find(search, query, now_ms, LIMIT, &hits) != READ_DONE)
            exit(1);
        times[i] = time_monotonic_us() - start;
        cpu[i] = cpu_us() - start_cpu;
        if (getenv("BENCH_ALL"))
            printf("%8.2f ms %4lld %s\n", (double)cpu[i] / 1000, (long long)hits.total, query);
        found += hits.count > 0;
        if (times[i] > worst) {
            worst = times[i];
            free(slowest);
            slowest = xstrdup(query);
        }
        search_hits_finish(&hits);
        free(query);
    }
    qsort(times, count, sizeof *times, by_time);
    qsort(cpu, count, sizeof *cpu, by_time);
    printf("%s: %zu queries, %zu with hits, median %.2f ms, 99%% %.2f ms (CPU %.2f), worst %.2f ms "
           "(%s)\n",
           name, count, found, (double)times[count / 2] / 1000,
           (double)times[count * 99 / 100] / 1000, (double)cpu[count * 99 / 100] / 1000,
           (double)worst / 1000, slowest);
    free(slowest);
    free(times);
    free(cpu);
}

int main(int argc, char **argv) {
    static struct texts texts;
    struct rusage usage;
    if (argc < 2)
        return 2;
    size_t count = argc > 2 ? strtoul(argv[2], NULL, 10) : 1000;
    struct reader *reader = reader_open(argv[1]);
    struct search *search = search_open(argv[1]);
    if (reader_each(reader, time_now_ms(), on_case, &texts) != READ_DONE || !texts.count || !count)
        return 1;
    reader_close(reader);
    measure(search, "characters", &texts, make_characters, count);
    measure(search, "letters", &texts, make_letters, count);
    search_close(search);
    getrusage(RUSAGE_SELF, &usage);
    printf("%zu cases, most memory %ld MB\n", texts.passed, usage.ru_maxrss / 1024);
    for (size_t i = 0; i < texts.count; i++) {
        free(texts.titles[i]);
        free(texts.bodies[i]);
    }
    return 0;
}
