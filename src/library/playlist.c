#include "library/playlist.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* One candidate on its way; sorted, these are small and near each other, the candidates are not. */
struct entry {
    int64_t generation;
    int weight;
    uint64_t day_hash; /* 0 for all when no choice is to be made */
    const char *id;
    size_t index; /* into candidates */
};

struct list {
    struct entry *entries;
    size_t count;
};

/* The groups in which cases take turns. */
enum group { GROUP_PROMOTED, GROUP_FEATURED, GROUP_REST, GROUP_COUNT };
struct groups {
    struct list lists[GROUP_COUNT][UNIT_COUNT];
    struct entry *room;
};

static bool valid(const struct candidate *candidate, int64_t now_ms) {
    return case_is_valid(candidate->valid_from_ms, candidate->valid_until_ms, now_ms);
}

static int compare(const void *a, const void *b) {
    const struct entry *x = a, *y = b;
    if (x->generation != y->generation)
        return x->generation > y->generation ? -1 : 1;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    if (x->day_hash != y->day_hash)
        return x->day_hash < y->day_hash ? -1 : 1;
    return strcmp(x->id, y->id);
}

/* SipHash-2-4 keyed by the day: the same on every machine. */
static uint64_t hash_of_day(int64_t day, const char *id) {
    unsigned char key[crypto_shorthash_KEYBYTES] = {0}, out[crypto_shorthash_BYTES];
    uint64_t hash = 0;
    for (int i = 0; i < 8; i++)
        key[i] = (unsigned char)((uint64_t)day >> (8 * i));
    crypto_shorthash(out, (const unsigned char *)id, strlen(id), key);
    for (size_t i = 0; i < sizeof out; i++)
        hash |= (uint64_t)out[i] << (8 * i);
    return hash;
}

static struct list *list_of(struct groups *groups, const struct candidate *candidate) {
    enum group group = candidate->promoted                  ? GROUP_PROMOTED
                       : candidate->phase == PHASE_FEATURED ? GROUP_FEATURED
                                                            : GROUP_REST;
    return &groups->lists[group][candidate->unit];
}

/* Sorts the chosen candidates into their groups. */
static void groups_init(struct groups *groups, const struct candidate *candidates,
                        const size_t *chosen, size_t count, const int64_t *day) {
    *groups = (struct groups){.room = xcalloc(count, sizeof *groups->room)};
    for (size_t i = 0; i < count; i++)
        list_of(groups, candidates + chosen[i])->count++;
    struct entry *at = groups->room;
    for (int g = 0; g < GROUP_COUNT; g++)
        for (int unit = 0; unit < UNIT_COUNT; unit++) {
            groups->lists[g][unit].entries = at;
            at += groups->lists[g][unit].count;
            groups->lists[g][unit].count = 0;
        }
    for (size_t i = 0; i < count; i++) {
        const struct candidate *candidate = candidates + chosen[i];
        struct list *list = list_of(groups, candidate);
        list->entries[list->count++] =
            (struct entry){.generation = candidate->generation,
                           .weight = candidate->weight,
                           .day_hash = day ? hash_of_day(*day, candidate->id) : 0,
                           .id = candidate->id,
                           .index = chosen[i]};
    }
    for (int g = 0; g < GROUP_COUNT; g++)
        for (int unit = 0; unit < UNIT_COUNT; unit++)
            qsort(groups->lists[g][unit].entries, groups->lists[g][unit].count,
                  sizeof(struct entry), compare);
}

/* Puts the first `limit` of the sequence of chosen[0..count) into order and gives their number.
 * day NULL: ties are broken by the id. chosen and order may be the same. */
static size_t sequence(const struct candidate *candidates, const size_t *chosen, size_t count,
                       const int64_t *day, size_t limit, size_t *order) {
    struct groups groups;
    groups_init(&groups, candidates, chosen, count, day);
    size_t taken = 0;
    unsigned turn = 0;
    for (int g = 0; g < GROUP_COUNT; g++) {
        size_t next[UNIT_COUNT] = {0}, left = 0;
        for (int unit = 0; unit < UNIT_COUNT; unit++)
            left += groups.lists[g][unit].count;
        for (; left && taken < limit; turn = (turn + 1) % UNIT_COUNT) {
            const struct list *list = &groups.lists[g][turn];
            if (next[turn] == list->count)
                continue;
            order[taken++] = list->entries[next[turn]++].index;
            left--;
        }
    }
    free(groups.room);
    return taken;
}

/* Chooses `limit` of more: half from the own school, half from the rest, in order. */
static size_t choose(const struct candidate *candidates, const size_t *all, size_t count,
                     const struct playlist_options *options, size_t *order) {
    size_t *sides = xcalloc(count, sizeof *sides); /* own from the front, others from the back */
    size_t own = 0, other = count;
    for (size_t i = 0; i < count; i++)
        sides[candidates[all[i]].own ? own++ : --other] = all[i];
    size_t others = count - own, limit = options->limit, half = limit - limit / 2;
    size_t from_own = others < limit / 2 ? limit - others : half;
    if (from_own > own)
        from_own = own;
    size_t taken = sequence(candidates, sides, own, &options->day, from_own, order);
    taken += sequence(candidates, sides + own, others, &options->day, limit - taken, order + taken);
    free(sides);
    return sequence(candidates, order, taken, &options->day, taken, order);
}

/* Of the order, which it replaces; gives how long it is then. */
static size_t repeat_promoted(const struct candidate *candidates, size_t **order, size_t count) {
    size_t promoted = 0, at = 0;
    while (promoted < count && candidates[(*order)[promoted]].promoted)
        promoted++;
    size_t others = count - promoted;
    size_t repeats = promoted && others ? (others - 1) / PLAYLIST_BETWEEN : 0;
    if (!repeats)
        return count;
    size_t *whole = xcalloc(count + repeats, sizeof *whole);
    for (size_t i = 0; i < count; i++) {
        size_t before = i > promoted ? i - promoted : 0; /* of the others */
        if (before && before % PLAYLIST_BETWEEN == 0)
            whole[at++] = (*order)[(before / PLAYLIST_BETWEEN - 1) % promoted];
        whole[at++] = (*order)[i];
    }
    free(*order);
    *order = whole;
    return at;
}

/* The valid cases alone, in order. */
static size_t order_cases(const struct candidate *candidates, size_t count,
                          const struct playlist_options *options, size_t **order) {
    size_t *all = xcalloc(count, sizeof *all), taken = 0;
    for (size_t i = 0; i < count; i++)
        if (candidates[i].level == LEVEL_CASE && valid(candidates + i, options->now_ms))
            all[taken++] = i;
    *order = xcalloc(taken, sizeof **order);
    if (taken <= options->limit)
        taken = sequence(candidates, all, taken, NULL, taken, *order);
    else
        taken = choose(candidates, all, taken, options, *order);
    free(all);
    return repeat_promoted(candidates, order, taken);
}

/* ---- notices */

struct notices {
    struct entry entries[PLAYLIST_NOTICES];
    size_t count, turn;
};

/* Keeps the first ones. */
static void add_notice(struct notices *notices, const struct entry *entry) {
    bool full = notices->count == PLAYLIST_NOTICES;
    if (full && compare(entry, notices->entries + PLAYLIST_NOTICES - 1) > 0)
        return;
    size_t at = full ? PLAYLIST_NOTICES - 1 : notices->count++;
    for (; at && compare(entry, notices->entries + at - 1) < 0; at--)
        notices->entries[at] = notices->entries[at - 1];
    notices->entries[at] = *entry;
}

static void find_notices(const struct candidate *candidates, size_t count, int64_t now_ms,
                         enum level level, struct notices *notices) {
    *notices = (struct notices){0};
    for (size_t i = 0; i < count; i++) {
        struct entry entry = {
            .generation = candidates[i].generation, .id = candidates[i].id, .index = i};
        if (candidates[i].level == level && valid(candidates + i, now_ms))
            add_notice(notices, &entry);
    }
}

static void put_first(struct notices *notices, size_t *order, size_t *at) {
    while (notices->turn < notices->count && notices->turn < PLAYLIST_NOTICES_FIRST)
        order[(*at)++] = notices->entries[notices->turn++].index;
}

/* The next of them, where it is time. */
static void put_between(struct notices *notices, size_t cases, size_t between, size_t *order,
                        size_t *at) {
    if (notices->count && cases && cases % between == 0)
        order[(*at)++] = notices->entries[notices->turn++ % notices->count].index;
}

size_t playlist_build(const struct candidate *candidates, size_t count,
                      const struct playlist_options *options, size_t **order) {
    struct notices urgent, normal;
    size_t *cases = NULL, at = 0;
    size_t taken = order_cases(candidates, count, options, &cases);
    find_notices(candidates, count, options->now_ms, LEVEL_URGENT, &urgent);
    find_notices(candidates, count, options->now_ms, LEVEL_NOTICE, &normal);
    size_t most = urgent.count + normal.count + 2 * taken;
    *order = xcalloc(most ? most : 1, sizeof **order);
    put_first(&urgent, *order, &at);
    put_first(&normal, *order, &at);
    for (size_t i = 0; i < taken; i++) {
        put_between(&urgent, i, PLAYLIST_URGENT_BETWEEN, *order, &at);
        put_between(&normal, i, PLAYLIST_BETWEEN, *order, &at);
        (*order)[at++] = cases[i];
    }
    free(cases);
    if (at)
        return at;
    free(*order);
    *order = NULL;
    return 0;
}

void playlist_count_units(const struct candidate *candidates, size_t count, int64_t now_ms,
                          size_t counts[UNIT_COUNT]) {
    for (size_t i = 0; i < count; i++)
        if (candidates[i].level == LEVEL_CASE)
            counts[candidates[i].unit] += valid(candidates + i, now_ms);
}

int64_t playlist_next_change(const struct candidate *candidates, size_t count, int64_t now_ms) {
    int64_t next = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t until = candidates[i].valid_until_ms;
        const int64_t edges[] = {candidates[i].valid_from_ms, until ? until + 1 : 0};
        for (int e = 0; e < 2; e++)
            if (edges[e] > now_ms && (!next || edges[e] < next))
                next = edges[e];
    }
    return next;
}
