/* slowest: what the slides of a library cost, each planned, built and drawn as the display does it
 *
 * slowest STATE WxH
 * Prints the slide that takes longest (CPU time: others may be running) and the one that needs most
 * memory: the peak of the process while it is made, with what stands ready all the time (fonts,
 * atlas, decoded pictures). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"
#include "base/time.h"
#include "display/studio.h"
#include "library/reader.h"

struct cost {
    int64_t us;
    long peak_kib;
    char *name; /* owned */
};

struct survey {
    struct studio *studio;
    struct cost slowest, largest;
    int64_t total_us;
    int slides;
};

static int64_t cpu_us(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* "VmHWM:     123 kB" of proc(5). */
static long peak_kib(void) {
    char line[128];
    long kib = 0;
    FILE *status = fopen("/proc/self/status", "r");
    while (status && fgets(line, sizeof line, status))
        if (text_starts(line, "VmHWM:"))
            kib = strtol(line + sizeof "VmHWM:" - 1, NULL, 10);
    if (status)
        fclose(status);
    return kib;
}

/* What was the peak so far counts no more (proc(5), clear_refs). */
static void forget_peak(void) {
    FILE *refs = fopen("/proc/self/clear_refs", "w");
    if (!refs)
        return;
    fputs("5", refs);
    fclose(refs);
}

static void note(struct cost *most, struct cost cost, const struct case_record *record,
                 const struct slide *slide) {
    char name[SLIDE_NAME_SIZE];
    slide_name(slide, name);
    free(most->name);
    *most = cost;
    most->name = xasprintf("%s %s", record->id, name);
}

/* Planning is counted to a deck's first slide, as that is what waits for it. */
static void survey_deck(struct survey *survey, const struct case_record *record, bool whole) {
    struct deck deck;
    int64_t began = cpu_us();
    studio_plan(survey->studio, record, whole, &deck);
    for (size_t i = 0; i < deck.count; i++) {
        buffer_destroy(studio_draw(survey->studio, record, &deck.slides[i]));
        struct cost cost = {.us = cpu_us() - began, .peak_kib = peak_kib()};
        survey->slides++;
        survey->total_us += cost.us;
        if (cost.us > survey->slowest.us)
            note(&survey->slowest, cost, record, &deck.slides[i]);
        if (cost.peak_kib > survey->largest.peak_kib)
            note(&survey->largest, cost, record, &deck.slides[i]);
        forget_peak();
        began = cpu_us();
    }
    deck_finish(&deck);
}

static bool survey_case(void *user, const struct case_record *record) {
    survey_deck(user, record, false);
    survey_deck(user, record, true);
    return true;
}

static void print_cost(const char *what, struct cost cost) {
    printf("%s: %.1f ms, %.1f MiB, %s\n", what, (double)cost.us / 1000,
           (double)cost.peak_kib / 1024, cost.name ? cost.name : "");
}

int main(int argc, char **argv) {
    struct paths paths;
    struct config config;
    struct size size;
    struct survey survey = {0};
    log_init("slowest", false);
    if (argc != 3 || !size_parse(argv[2], &size)) {
        fputs("usage: slowest STATE WxH\n", stderr);
        return 2;
    }
    if (!paths_init(&paths, argv[1], SOURCE_DIR))
        return 1;
    config_init(&config);
    survey.studio = studio_create(&paths, &config, size);
    struct reader *reader = reader_open(paths.library);
    bool good =
        survey.studio && reader_each(reader, time_now_ms(), survey_case, &survey) == READ_DONE;
    if (survey.slides) {
        print_cost("slowest", survey.slowest);
        print_cost("largest", survey.largest);
        printf("mean: %.1f ms of %d slides\n", (double)survey.total_us / 1000 / survey.slides,
               survey.slides);
    }
    free(survey.slowest.name);
    free(survey.largest.name);
    reader_close(reader);
    studio_destroy(survey.studio);
    config_finish(&config);
    paths_finish(&paths);
    return good ? 0 : 1;
}
