#include "ingest/pack_plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define HEAD 0 /* the number of the head among the documents; page i has i + 1 */

/* A statement that is there. */
struct known {
    const struct feed_item *item;
    size_t document;
    bool wins;     /* the first of its id */
    bool wanted;   /* it wins, and its id is wanted */
    bool replaced; /* it wins no longer: the head states the id anew */
};

struct build {
    struct pack_plan *plan;
    const struct feed *head, *pages, *wanted;
    size_t page_count;
    struct known *known; /* owned; by id, then by document */
    size_t known_count;
    bool *rewritten; /* owned; of each page */
};

static int compare_known(const void *a, const void *b) {
    const struct known *m = a, *n = b;
    int order = strcmp(m->item->id, n->item->id);
    return order ? order : (m->document > n->document) - (m->document < n->document);
}

static const struct feed *document_at(const struct build *build, size_t document) {
    return document == HEAD ? build->head : build->pages + document - 1;
}

static void find_known(struct build *build) {
    size_t count = 0;
    for (size_t d = 0; d <= build->page_count; d++)
        count += document_at(build, d)->item_count;
    build->known = xcalloc(count, sizeof *build->known);
    for (size_t d = 0; d <= build->page_count; d++) {
        const struct feed *document = document_at(build, d);
        for (size_t i = 0; i < document->item_count; i++)
            build->known[build->known_count++] =
                (struct known){.item = document->items + i, .document = d};
    }
    if (count)
        qsort(build->known, count, sizeof *build->known, compare_known);
    for (size_t i = 0; i < count; i++)
        build->known[i].wins =
            i == 0 || strcmp(build->known[i - 1].item->id, build->known[i].item->id) != 0;
}

/* The statement of this id in this document, or the first one behind it; may be of another id, or
 * the end. */
static struct known *lower_bound(const struct build *build, const char *id, size_t document) {
    const struct feed_item item = {.id = (char *)id};
    const struct known key = {.item = &item, .document = document};
    size_t low = 0, high = build->known_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_known(build->known + middle, &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return build->known + low;
}

static bool is_of(const struct build *build, const struct known *known, const char *id) {
    return known < build->known + build->known_count && strcmp(known->item->id, id) == 0;
}

static struct known *find_winner(const struct build *build, const char *id) {
    struct known *known = lower_bound(build, id, HEAD);
    return is_of(build, known, id) ? known : NULL;
}

static struct known *find_statement(const struct build *build, const struct feed_item *item,
                                    size_t document) {
    return lower_bound(build, item->id, document);
}

static void add_entry(struct pack_document *document, const struct feed_item *item, bool removed) {
    if ((document->count & (document->count + 1)) == 0) /* at 0, 1, 3, 7 …: room for twice that */
        document->entries =
            xrealloc(document->entries, document->count * 2 + 1, sizeof *document->entries);
    document->entries[document->count++] = (struct pack_entry){item, removed};
}

static void compare_wanted(struct build *build) {
    struct pack_plan *plan = build->plan;
    plan->changes = xcalloc(build->wanted->item_count, sizeof *plan->changes);
    for (size_t i = 0; i < build->wanted->item_count; i++) {
        const struct feed_item *item = build->wanted->items + i;
        struct known *winner = find_winner(build, item->id);
        bool same = winner && hash_equal(winner->item->statement, item->statement);
        plan->changes[i] = !winner || winner->item->removed ? CHANGE_ADDED
                           : same                           ? CHANGE_UNCHANGED
                                                            : CHANGE_CHANGED;
        if (winner) {
            winner->wanted = true;
            winner->replaced = plan->changes[i] != CHANGE_UNCHANGED;
        }
        if (plan->changes[i] != CHANGE_UNCHANGED)
            add_entry(&plan->head, item, false);
    }
}

/* In the order of the documents, newest first. */
static void find_removed(struct build *build) {
    struct pack_plan *plan = build->plan;
    plan->removed = xcalloc(build->known_count, sizeof(struct feed_item *));
    for (size_t d = 0; d <= build->page_count; d++)
        for (size_t i = 0; i < document_at(build, d)->item_count; i++) {
            const struct feed_item *item = document_at(build, d)->items + i;
            struct known *known = find_statement(build, item, d);
            if (!known->wins || known->wanted || item->removed)
                continue;
            known->replaced = true;
            plan->removed[plan->removed_count++] = item;
            add_entry(&plan->head, item, true);
        }
}

static void keep_head(struct build *build) {
    for (size_t i = 0; i < build->head->item_count; i++) {
        const struct feed_item *item = build->head->items + i;
        if (!find_statement(build, item, HEAD)->replaced)
            add_entry(&build->plan->head, item, false);
    }
}

static struct pack_document *add_page(struct pack_plan *plan, const struct feed *kept) {
    plan->pages = xrealloc(plan->pages, plan->page_count + 1, sizeof *plan->pages);
    plan->pages[plan->page_count] = (struct pack_document){.kept = kept};
    return plan->pages + plan->page_count++;
}

/* The oldest statements of a head that has too many, as pages, newest first. It is left below its
 * limit, so that the next case does not cost a page again. */
static void spill(struct pack_plan *plan) {
    struct pack_document *head = &plan->head;
    if (head->count <= PACK_HEAD_ITEMS)
        return;
    size_t left = head->count;
    while (left >= PACK_HEAD_ITEMS)
        left -= PACK_PAGE_ITEMS;
    for (size_t at = left; at < head->count; at += PACK_PAGE_ITEMS) {
        struct pack_document *page = add_page(plan, NULL);
        for (size_t i = at; i < at + PACK_PAGE_ITEMS; i++)
            add_entry(page, head->entries[i].item, head->entries[i].removed);
    }
    head->count = left;
}

static bool is_stale(const struct known *known) {
    return !known->wins || known->replaced;
}

static void find_rewritten(struct build *build) {
    build->rewritten = xcalloc(build->page_count, sizeof *build->rewritten);
    for (size_t p = 0; p < build->page_count; p++) {
        size_t stale = 0;
        for (size_t i = 0; i < build->pages[p].item_count; i++)
            stale += is_stale(find_statement(build, build->pages[p].items + i, p + 1));
        build->rewritten[p] = stale * 2 > build->pages[p].item_count;
    }
}

/* Whether a page that stays has another statement of the id, behind this one. */
static bool is_contradicted(const struct build *build, const struct known *known) {
    for (const struct known *k = known + 1; is_of(build, k, known->item->id); k++)
        if (!build->rewritten[k->document - 1])
            return true;
    return false;
}

/* What is live of a page; `open` takes it as long as it has room, then another page here. */
static size_t move_page(struct build *build, size_t page, size_t open) {
    struct pack_plan *plan = build->plan;
    for (size_t i = 0; i < build->pages[page].item_count; i++) {
        const struct feed_item *item = build->pages[page].items + i;
        const struct known *known = find_statement(build, item, page + 1);
        if (is_stale(known) || (item->removed && !is_contradicted(build, known)))
            continue;
        if (open == SIZE_MAX || plan->pages[open].count == FEED_PAGE_ITEMS) {
            add_page(plan, NULL);
            open = plan->page_count - 1;
        }
        add_entry(plan->pages + open, item, false);
    }
    return open;
}

static void arrange_pages(struct build *build) {
    size_t open = SIZE_MAX;
    find_rewritten(build);
    for (size_t p = 0; p < build->page_count; p++)
        if (build->rewritten[p])
            open = move_page(build, p, open);
        else
            add_page(build->plan, build->pages + p);
}

void pack_plan_build(struct pack_plan *plan, const struct feed *head, const struct feed *pages,
                     size_t page_count, const struct feed *wanted) {
    struct build build = {
        .plan = plan, .head = head, .pages = pages, .wanted = wanted, .page_count = page_count};
    *plan = (struct pack_plan){0};
    find_known(&build);
    compare_wanted(&build);
    find_removed(&build);
    plan->changed = plan->head.count > 0;
    keep_head(&build);
    if (plan->changed) {
        spill(plan);
        arrange_pages(&build);
    } else {
        for (size_t p = 0; p < page_count; p++)
            add_page(plan, pages + p);
    }
    free(build.known);
    free(build.rewritten);
}

void pack_plan_finish(struct pack_plan *plan) {
    for (size_t i = 0; i < plan->page_count; i++)
        free(plan->pages[i].entries);
    free(plan->pages);
    free(plan->head.entries);
    free(plan->removed);
    free(plan->changes);
    *plan = (struct pack_plan){0};
}
