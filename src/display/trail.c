#include "display/trail.h"

#include <string.h>

void trail_clear(struct trail *trail) {
    while (trail->count)
        place_finish(&trail->places[--trail->count]);
}

void trail_go(struct trail *trail, struct place place, int scroll) {
    if (trail->count)
        trail->scrolls[trail->count - 1] = scroll;
    if (trail->count == TRAIL_LENGTH) {
        place_finish(&trail->places[0]);
        trail->count--;
        memmove(trail->places, trail->places + 1, trail->count * sizeof *trail->places);
        memmove(trail->scrolls, trail->scrolls + 1, trail->count * sizeof *trail->scrolls);
    }
    trail->places[trail->count] = place;
    trail->scrolls[trail->count++] = 0;
}

void trail_replace(struct trail *trail, struct place place) {
    if (trail->count)
        place_finish(&trail->places[--trail->count]);
    trail_go(trail, place, trail->count ? trail->scrolls[trail->count - 1] : 0);
}

void trail_renew(struct trail *trail, struct place place, int scroll) {
    trail_replace(trail, place);
    trail->scrolls[trail->count - 1] = scroll;
}

void trail_choose(struct trail *trail, const struct picks *picks) {
    for (size_t i = 0; i < trail->count; i++) {
        struct place *place = trail->places + i;
        if (!place_is_of_stick(place->kind))
            continue;
        picks_destroy(place->picks);
        place->picks = picks_copy(picks);
    }
}

bool trail_back(struct trail *trail) {
    if (trail->count < 2)
        return false;
    place_finish(&trail->places[--trail->count]);
    return true;
}

struct place *trail_here(struct trail *trail) {
    return trail->count ? &trail->places[trail->count - 1] : NULL;
}

int trail_scroll(const struct trail *trail) {
    return trail->count ? trail->scrolls[trail->count - 1] : 0;
}
