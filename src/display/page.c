#include "display/page.h"

#include <stdlib.h>

#include "base/memory.h"

struct action action_simple(enum action_kind kind) {
    return (struct action){.kind = kind};
}

struct action action_go(struct place place) {
    return (struct action){.kind = ACTION_GO, .place = place};
}

struct action action_text(enum action_kind kind, const char *text) {
    return (struct action){.kind = kind, .text = xstrdup(text)};
}

struct action action_ask(const char *kind, const char *arguments) {
    struct action action = action_text(ACTION_ASK, kind);
    action.more = xstrdup(arguments);
    return action;
}

void action_finish(struct action *action) {
    place_finish(&action->place);
    free(action->text);
    free(action->more);
    *action = (struct action){0};
}

struct action action_copy(const struct action *action) {
    struct action copy = *action;
    if (action->place.text)
        copy.place = place_copy(&action->place);
    copy.text = action->text ? xstrdup(action->text) : NULL;
    copy.more = action->more ? xstrdup(action->more) : NULL;
    return copy;
}

void page_finish(struct page *page) {
    for (size_t i = 0; i < page->target_count; i++)
        action_finish(&page->targets[i].action);
    action_finish(&page->asks);
    free(page->targets);
    free(page->tiles);
    free(page->film.path);
    place_finish(&page->place);
    *page = (struct page){0};
}

bool page_shows(const struct page *page, unsigned when) {
    return (when & ~page->shown) == 0;
}

struct rect page_place(const struct page *page, struct rect place, bool scrolled, int scroll) {
    if (scrolled)
        place.y += page->view.y - scroll;
    return place;
}

/* Pixels from a point to a rectangle, along the farther axis; 0: within. */
static int distance(struct rect rect, struct point at) {
    int x = at.x < rect.x ? rect.x - at.x : at.x - (rect.x + rect.width - 1);
    int y = at.y < rect.y ? rect.y - at.y : at.y - (rect.y + rect.height - 1);
    int far = x > y ? x : y;
    return far > 0 ? far : 0;
}

/* Where it can be touched now; empty: it is not there, or scrolled out of sight. */
static struct rect seen(const struct page *page, const struct target *target, int scroll) {
    if (!page_shows(page, target->when))
        return (struct rect){0, 0, 0, 0};
    struct rect place = page_place(page, target->place, target->scrolled, scroll);
    return target->scrolled ? rect_meet(place, page->view) : place;
}

const struct target *page_target(const struct page *page, struct point at, int scroll, int slack) {
    const struct target *best = NULL;
    int least = slack + 1;
    for (size_t i = page->target_count; i-- > 0;) {
        struct rect place = seen(page, page->targets + i, scroll);
        int away = rect_empty(place) ? least : distance(place, at);
        if (away < least) {
            best = page->targets + i;
            least = away;
        }
    }
    return best;
}

static struct point middle(struct rect rect) {
    return (struct point){rect.x + rect.width / 2, rect.y + rect.height / 2};
}

/* How far b is from a in a direction: along it, and twice as much aside; -1: not there. */
static int64_t reach(struct rect a, struct rect b, int dx, int dy) {
    struct point from = middle(a), to = middle(b);
    int64_t along = (int64_t)(to.x - from.x) * dx + (int64_t)(to.y - from.y) * dy;
    int64_t aside = llabs((int64_t)(to.x - from.x) * dy) + llabs((int64_t)(to.y - from.y) * dx);
    return along > 0 ? along + 2 * aside : -1;
}

const struct target *page_neighbour(const struct page *page, const struct target *from, int dx,
                                    int dy, int scroll) {
    const struct target *best = NULL;
    int64_t least = INT64_MAX;
    for (size_t i = 0; i < page->target_count; i++) {
        const struct target *target = page->targets + i;
        if (target == from || target->action.kind == ACTION_NONE || !page_shows(page, target->when))
            continue;
        if (!from)
            return target;
        struct rect a = page_place(page, from->place, from->scrolled, scroll);
        struct rect b = page_place(page, target->place, target->scrolled, scroll);
        int64_t far = reach(a, b, dx, dy);
        if (far >= 0 && far < least) {
            best = target;
            least = far;
        }
    }
    return best;
}
