#include "display/carousel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/time.h"
#include "library/pins.h"
#include "library/snapshot.h"

#define EMPTY_CARD_MS 60000 /* nothing to hurry for: a new library is told of at once */

struct place {
    size_t at;    /* index into the snapshot's cases */
    size_t slide; /* index into its deck */
    bool started; /* false: before the first slide */
};

struct carousel {
    struct studio *studio;
    const struct config *config;
    struct clock *clock;
    struct reader *reader, *backup;
    const char *backup_path, *station; /* borrowed */
    struct snapshot snapshot;
    int64_t day;      /* the snapshot's */
    struct deck deck; /* of the case at place.at, while deck_of is its index */
    size_t deck_of;   /* SIZE_MAX: no deck */
    struct place place;
    bool owed;     /* the place's slide was made, and something urgent came before it */
    char **urgent; /* owned; ids of what comes before the place's next slide */
    size_t urgent_count;
    char *last; /* owned; the id of what was drawn last, if it was one of these */
    int64_t skipped;
};

void showing_slide_finish(struct showing_slide *slide) {
    buffer_destroy(slide->buffer);
    buffer_destroy(slide->photo);
    buffer_destroy(slide->line);
    free(slide->case_id);
    *slide = (struct showing_slide){0};
}

struct carousel *carousel_create(struct studio *studio, const struct paths *paths,
                                 const struct config *config, struct clock *clock) {
    struct carousel *carousel = xcalloc(1, sizeof *carousel);
    carousel->studio = studio;
    carousel->config = config;
    carousel->clock = clock;
    carousel->reader = reader_open(paths->library);
    carousel->backup = reader_open(paths->backup);
    carousel->backup_path = paths->backup;
    carousel->station = paths->station;
    carousel->deck_of = SIZE_MAX;
    return carousel;
}

static void drop_deck(struct carousel *carousel) {
    deck_finish(&carousel->deck);
    carousel->deck_of = SIZE_MAX;
}

void carousel_destroy(struct carousel *carousel) {
    if (!carousel)
        return;
    drop_deck(carousel);
    for (size_t i = 0; i < carousel->urgent_count; i++)
        free(carousel->urgent[i]);
    free((void *)carousel->urgent);
    free(carousel->last);
    snapshot_finish(&carousel->snapshot);
    reader_close(carousel->backup);
    reader_close(carousel->reader);
    free(carousel);
}

static enum read_result load(struct carousel *carousel, struct snapshot *snapshot) {
    int64_t now = clock_now(carousel->clock).believed_ms;
    struct snapshot_options options = {.school = carousel->config->site.school,
                                       .limit = (size_t)carousel->config->loop.cases,
                                       .now_ms = now,
                                       .day = time_local_day(now)};
    enum read_result result = snapshot_load(carousel->reader, &options, snapshot);
    bool lost = result == READ_MISSING && fs_exists(carousel->backup_path);
    if (lost) /* until a keeper brings it back */
        result = READ_DAMAGED;
    if (result == READ_DAMAGED && !carousel->snapshot.count) {
        log_error(lost ? "案例库不见了，改用备份 (the library is lost: taking its backup)"
                       : "案例库已损坏，改用备份 (the library is damaged: taking its backup)");
        if (snapshot_load(carousel->backup, &options, snapshot) == READ_DONE)
            result = READ_DONE;
    }
    if (result == READ_DONE || result == READ_MISSING)
        carousel->day = options.day;
    return result;
}

/* The place of the case that was shown last, of several the nearest (a promoted one comes again);
 * where it is gone, the one that stood before it, so that what follows is next. */
static void find_place(struct carousel *carousel, const char *id, const struct snapshot *now) {
    size_t at = carousel->place.at, best = SIZE_MAX, best_way = SIZE_MAX;
    for (size_t i = 0; id && i < now->count; i++) {
        size_t way = i > at ? i - at : at - i;
        if (way < best_way && strcmp(now->cases[i].id, id) == 0) {
            best = i;
            best_way = way;
        }
    }
    if (best != SIZE_MAX) {
        carousel->place.at = best;
        return;
    }
    if (carousel->place.at == 0 || now->count == 0)
        carousel->place = (struct place){0};
    else
        carousel->place = (struct place){
            .at = (carousel->place.at - 1) % now->count, .slide = SIZE_MAX - 1, .started = true};
}

/* ---- urgent notices that have come */

static bool is_new(const struct snapshot *old, const struct case_record *record) {
    for (size_t i = 0; i < old->count; i++)
        if (strcmp(old->cases[i].id, record->id) == 0 &&
            old->cases[i].generation == record->generation && old->cases[i].level == record->level)
            return false;
    return true;
}

static bool waits(const struct carousel *carousel, const char *id) {
    for (size_t i = 0; i < carousel->urgent_count; i++)
        if (strcmp(carousel->urgent[i], id) == 0)
            return true;
    return false;
}

/* Each comes once, in the playlist's order, behind those that wait already. */
static void add_urgent(struct carousel *carousel, const struct snapshot *now) {
    for (size_t i = 0; i < now->count; i++) {
        const struct case_record *record = now->cases + i;
        if (record->level != LEVEL_URGENT || waits(carousel, record->id) ||
            !is_new(&carousel->snapshot, record))
            continue;
        carousel->urgent =
            xrealloc(carousel->urgent, carousel->urgent_count + 1, sizeof *carousel->urgent);
        carousel->urgent[carousel->urgent_count++] = xstrdup(record->id);
    }
}

/* The first that waits, the caller's; NULL: none does. */
static char *take_urgent(struct carousel *carousel) {
    if (!carousel->urgent_count)
        return NULL;
    char *id = carousel->urgent[0];
    carousel->urgent_count--;
    memmove((void *)carousel->urgent, (void *)(carousel->urgent + 1),
            carousel->urgent_count * sizeof *carousel->urgent);
    return id;
}

static enum read_result reload(struct carousel *carousel, bool *urgent) {
    struct snapshot now = {0};
    *urgent = false;
    enum read_result result = load(carousel, &now);
    if (result != READ_DONE && result != READ_MISSING) {
        snapshot_finish(&now);
        return result;
    }
    struct snapshot *old = &carousel->snapshot;
    bool started = carousel->place.started;
    if (started && old->count)
        find_place(carousel, old->cases[carousel->place.at].id, &now);
    if (started)
        add_urgent(carousel, &now);
    *urgent = carousel->urgent_count > 0;
    drop_deck(carousel);
    snapshot_finish(old);
    *old = now;
    studio_set_names(carousel->studio, old->schools, old->school_count);
    return result;
}

static bool shows(const struct carousel *carousel, int64_t generation, int64_t withdrawals) {
    const struct snapshot *snapshot = &carousel->snapshot;
    return snapshot->generation == generation && snapshot->withdrawals == withdrawals;
}

enum read_result carousel_refresh(struct carousel *carousel, bool *changed, bool *urgent) {
    int64_t generation = 0, withdrawals = 0;
    *changed = *urgent = false;
    enum read_result result = reader_generation(carousel->reader, &generation);
    if (result == READ_MISSING)
        generation = 0;
    else if (result == READ_DONE)
        withdrawals = reader_withdrawals(carousel->reader);
    else if (result != READ_DAMAGED)
        return result;
    if (result != READ_DAMAGED && shows(carousel, generation, withdrawals))
        return result;
    int64_t before = carousel->snapshot.generation, list = carousel->snapshot.withdrawals;
    result = reload(carousel, urgent);
    *changed = !shows(carousel, before, list);
    return result;
}

void carousel_prefetch(struct carousel *carousel) {
    if (carousel->snapshot.count)
        studio_prefetch(carousel->studio, carousel->snapshot.cases);
}

static bool is_stale(const struct carousel *carousel) {
    int64_t now = clock_now(carousel->clock).believed_ms;
    int64_t change = carousel->snapshot.next_change_ms;
    return time_local_day(now) != carousel->day || (change && now >= change);
}

static struct deck *deck_at(struct carousel *carousel, size_t at) {
    if (carousel->deck_of != at) {
        drop_deck(carousel);
        studio_plan_round(carousel->studio, &carousel->snapshot, at, &carousel->deck);
        carousel->deck_of = at;
    }
    return &carousel->deck;
}

static size_t cover_of(const struct deck *deck) {
    return deck->count && deck->slides[0].kind == SLIDE_UNIT ? 1 : 0;
}

/* To the next slide; false: there is none in all cases. */
static bool advance(struct carousel *carousel) {
    struct place *place = &carousel->place;
    size_t count = carousel->snapshot.count;
    if (!count)
        return false;
    if (place->started) {
        place->slide++;
    } else { /* after a start a case is seen at once, not the card before it */
        *place = (struct place){.started = true};
        place->slide = cover_of(deck_at(carousel, 0));
    }
    for (size_t tried = 0; tried <= count; tried++) {
        if (place->slide < deck_at(carousel, place->at)->count)
            return true;
        place->at = (place->at + 1) % count;
        place->slide = 0;
    }
    return false;
}

static size_t slides_in_all(struct carousel *carousel) {
    size_t slides = 0;
    for (size_t i = 0; i < carousel->snapshot.count; i++) {
        struct deck deck;
        studio_plan_round(carousel->studio, &carousel->snapshot, i, &deck);
        slides += deck.count;
        deck_finish(&deck);
    }
    return slides;
}

static bool draw(struct carousel *carousel, const struct case_record *record,
                 const struct slide *planned, struct showing_slide *slide) {
    slide->buffer =
        studio_draw_drifting(carousel->studio, record, planned, &slide->photo, &slide->drift);
    if (!slide->buffer) {
        carousel->skipped++;
        return false;
    }
    if (config_shows_frame(carousel->config))
        slide->line = studio_draw_line(carousel->studio, record);
    slide->case_id = xstrdup(record->id);
    slide->urgent = record->level == LEVEL_URGENT;
    slide_name(planned, slide->name);
    slide->duration_ms = planned->duration_ms;
    return true;
}

static bool draw_place(struct carousel *carousel, struct showing_slide *slide) {
    const struct place *place = &carousel->place;
    const struct deck *deck = deck_at(carousel, place->at);
    slide->first = place->slide == cover_of(deck);
    return draw(carousel, carousel->snapshot.cases + place->at, deck->slides + place->slide, slide);
}

static bool draw_next(struct carousel *carousel, bool again, struct showing_slide *slide) {
    if (again && carousel->place.started && carousel->snapshot.count &&
        carousel->place.slide < deck_at(carousel, carousel->place.at)->count &&
        draw_place(carousel, slide))
        return true;
    size_t left = 0; /* counted only when a slide fails, for it goes through all cases */
    for (bool counted = false; advance(carousel);) {
        if (draw_place(carousel, slide))
            return true;
        if (!counted)
            left = slides_in_all(carousel);
        counted = true;
        if (left-- <= 1)
            return false;
    }
    return false;
}

/* False: it is gone, or cannot be drawn. */
static bool draw_id(struct carousel *carousel, const char *id, struct showing_slide *slide) {
    const struct snapshot *snapshot = &carousel->snapshot;
    size_t at = 0;
    while (at < snapshot->count && strcmp(snapshot->cases[at].id, id) != 0)
        at++;
    if (at == snapshot->count)
        return false;
    struct deck deck;
    studio_plan_round(carousel->studio, snapshot, at, &deck);
    slide->first = true;
    bool drawn = deck.count && draw(carousel, snapshot->cases + at, deck.slides, slide);
    deck_finish(&deck);
    return drawn;
}

/* What is urgent comes first and leaves the place as it is; false: nothing is. */
static bool draw_urgent(struct carousel *carousel, bool again, struct showing_slide *slide) {
    char *last = carousel->last;
    carousel->last = NULL;
    carousel->owed = carousel->owed || (again && !last);
    for (char *id = again && last ? xstrdup(last) : take_urgent(carousel); id;
         id = take_urgent(carousel)) {
        if (draw_id(carousel, id, slide)) {
            carousel->last = id;
            break;
        }
        free(id);
    }
    free(last);
    return carousel->last;
}

/* Nobody has a PIN yet. */
static bool is_fresh(const struct carousel *carousel) {
    int64_t wait_ms = 0;
    return pins_wait(carousel->station, time_now_ms(), &wait_ms) == PIN_NONE_SET;
}

void carousel_next(struct carousel *carousel, bool again, struct showing_slide *slide) {
    *slide = (struct showing_slide){0};
    bool urgent = false;
    if (is_stale(carousel))
        reload(carousel, &urgent);
    bool drawn = draw_urgent(carousel, again, slide);
    if (!drawn) {
        drawn = draw_next(carousel, carousel->owed, slide);
        carousel->owed = false;
    }
    if (!drawn) {
        slide->buffer = studio_draw_empty(carousel->studio, is_fresh(carousel));
        slide->duration_ms = EMPTY_CARD_MS;
        slide->first = true;
        snprintf(slide->name, sizeof slide->name, "empty");
    }
    slide->generation = carousel->snapshot.generation;
    slide->skipped = carousel->skipped;
}
