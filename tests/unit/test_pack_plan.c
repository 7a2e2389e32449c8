/* Which statement goes where when a bundle is packed again: tables, and what holds after any
 * sequence of packs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/str.h"
#include "ingest/pack_plan.h"

/* "a1" is version 1 of case a; "-a" its tombstone. */
static void add_word(struct feed *feed, const char *id, int version, bool removed) {
    feed->items = xrealloc(feed->items, feed->item_count + 1, sizeof *feed->items);
    struct feed_item *item = feed->items + feed->item_count++;
    *item = (struct feed_item){.id = xstrdup(id), .removed = removed};
    char *said = xasprintf("%s %d %d", id, version, removed);
    item->statement = hash_of(said, strlen(said));
    item->weight = version; /* carried along, so that it can be read back */
    free(said);
}

static struct feed feed_of(const char *words) {
    struct feed feed = {0};
    char *text = xstrdup(words), *rest = NULL;
    for (char *word = strtok_r(text, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        bool removed = *word == '-';
        char id[2] = {word[removed], '\0'};
        add_word(&feed, id, removed ? 0 : word[1] - '0', removed);
    }
    free(text);
    return feed;
}

static void finish_feed(struct feed *feed) {
    for (size_t i = 0; i < feed->item_count; i++)
        free(feed->items[i].id);
    free(feed->items);
    *feed = (struct feed){0};
}

static bool says_removed(const struct pack_entry *entry) {
    return entry->removed || entry->item->removed;
}

static void print_document(struct str *text, const struct pack_document *document) {
    for (size_t i = 0; i < document->count; i++) {
        const struct pack_entry *entry = document->entries + i;
        str_add(text, i ? " " : "");
        if (says_removed(entry))
            str_addf(text, "-%s", entry->item->id);
        else
            str_addf(text, "%s%d", entry->item->id, entry->item->weight);
    }
}

/* "c1 a1 | =0 | b2": the head, the first page that was there, a page that is new. */
static char *print_plan(const struct pack_plan *plan, const struct feed *pages) {
    struct str text = {0};
    print_document(&text, &plan->head);
    for (size_t p = 0; p < plan->page_count; p++) {
        str_add(&text, " | ");
        if (plan->pages[p].kept)
            str_addf(&text, "=%zu", (size_t)(plan->pages[p].kept - pages));
        else
            print_document(&text, plan->pages + p);
    }
    return str_take(&text);
}

#define MAX_ROW_PAGES 4

struct row {
    const char *head;
    const char *pages[MAX_ROW_PAGES];
    const char *wanted;
    const char *plan; /* NULL: nothing has changed */
    const char *changes, *removed;
};

static const struct row rows[] = {
    /* a first pack, then the same again */
    {"", {0}, "a1 b1", "a1 b1", "++", ""},
    {"a1 b1", {0}, "a1 b1", NULL, "==", ""},
    {"a1 b1", {0}, "b1 a1", NULL, "==", ""},
    {"", {0}, "", NULL, "", ""},
    /* new and changed ones come first, what they replace in the head goes */
    {"a1 b1", {0}, "a1 b2 c1", "b2 c1 a1", "=*+", ""},
    /* gone: a tombstone; it stays, and gives way when the case comes back */
    {"a1 b1", {0}, "b1", "-a b1", "=", "a"},
    {"-a b1", {0}, "b1", NULL, "=", ""},
    {"-a b1", {0}, "b2", "b2 -a", "*", ""},
    {"-a b1", {0}, "a1 b1", "a1 b1", "+=", ""},
    /* a case in a page is replaced in the head; the page stays up to its half */
    {"a1", {"b1 c1"}, "a1 b2 c1", "b2 a1 | =0", "=*=", ""},
    {"b2 a1", {"b1 c1"}, "a1 b2 c1", NULL, "===", ""},
    {"a1", {"b1 c1"}, "a1 b1", "-c a1 | =0", "==", "c"},
    /* more than half of it is stale: what lives is written anew */
    {"a1", {"b1 c1 d1"}, "a1 b2 c2 d1", "b2 c2 a1 | d1", "=**=", ""},
    {"b2 a1", {"b1 c1 d1"}, "a1 b2 c2 d1", "c2 b2 a1 | d1", "==*=", ""},
    {"a1", {"b1 c1"}, "a1", "-b -c a1", "=", "bc"},
    /* those written anew go together, at the place of the first */
    {"",
     {"a1 b1 c1", "d1 e1", "f1 g1 h1"},
     "a2 b2 c1 d1 e1 f2 g2 h1",
     "a2 b2 f2 g2 | c1 h1 | =1",
     "**===**=",
     ""},
    /* a page of stale copies goes without a trace */
    {"a2 b2", {"a1 b1"}, "a2 b2 c1", "c1 a2 b2", "==+", ""},
    /* a tombstone outlives a rewriting while a page behind it says otherwise, and no longer */
    {"", {"a1 b1 -c", "c1 d1"}, "a2 b2 d1", "a2 b2 | -c | =1", "**=", ""},
    {"", {"a1 b1 -c", "d1"}, "a2 b2 d1", "a2 b2 | =1", "**=", ""},
    {"", {"a1 b1 -c", "c1 d1 e1"}, "a2 b2", "a2 b2 -d -e", "**", "de"},
    /* back again after a tombstone in a page */
    {"", {"-a b1", "a1 c1"}, "a1 b1 c1", "a1 | =0 | =1", "+==", ""},
    /* removed and back: the old statement wins no longer even where it says the same */
    {"-a", {"a1 b1"}, "a1 b1", "a1 | =0", "+=", ""},
};

static void check_row(const struct row *row) {
    struct feed head = feed_of(row->head), wanted = feed_of(row->wanted), pages[MAX_ROW_PAGES];
    size_t page_count = 0;
    for (; page_count < MAX_ROW_PAGES && row->pages[page_count]; page_count++)
        pages[page_count] = feed_of(row->pages[page_count]);
    struct pack_plan plan;
    pack_plan_build(&plan, &head, pages, page_count, &wanted);
    assert_int_equal(plan.changed, row->plan != NULL);
    char *text = print_plan(&plan, pages);
    if (row->plan)
        assert_string_equal(text, row->plan);
    struct str changes = {0}, removed = {0};
    for (size_t i = 0; i < wanted.item_count; i++)
        str_add_char(&changes, "+*="[plan.changes[i]]);
    for (size_t i = 0; i < plan.removed_count; i++)
        str_add(&removed, plan.removed[i]->id);
    assert_string_equal(str_text(&changes), row->changes);
    assert_string_equal(str_text(&removed), row->removed);
    str_finish(&changes);
    str_finish(&removed);
    free(text);
    pack_plan_finish(&plan);
    finish_feed(&head);
    finish_feed(&wanted);
    for (size_t p = 0; p < page_count; p++)
        finish_feed(pages + p);
}

static void test_rows(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        check_row(rows + i);
}

/* ---- bundles of some size */

struct bundle {
    struct feed head;
    struct feed *pages;
    size_t page_count;
};

static void finish_bundle(struct bundle *bundle) {
    finish_feed(&bundle->head);
    for (size_t p = 0; p < bundle->page_count; p++)
        finish_feed(bundle->pages + p);
    free(bundle->pages);
    *bundle = (struct bundle){0};
}

static struct feed copy_document(const struct pack_document *document) {
    struct feed feed = {0};
    for (size_t i = 0; i < document->count; i++)
        add_word(&feed, document->entries[i].item->id,
                 says_removed(document->entries + i) ? 0 : document->entries[i].item->weight,
                 says_removed(document->entries + i));
    return feed;
}

static struct feed copy_feed(const struct feed *from) {
    struct feed feed = {0};
    for (size_t i = 0; i < from->item_count; i++)
        add_word(&feed, from->items[i].id, from->items[i].weight, from->items[i].removed);
    return feed;
}

/* Packs; what is kept stays the same to the last statement. Gives how many pages are new. */
static size_t pack(struct bundle *bundle, const struct feed *wanted, bool *changed) {
    struct pack_plan plan;
    pack_plan_build(&plan, &bundle->head, bundle->pages, bundle->page_count, wanted);
    struct bundle next = {.head = copy_document(&plan.head),
                          .pages = xcalloc(plan.page_count, sizeof *next.pages),
                          .page_count = plan.page_count};
    size_t written = 0;
    assert_in_range(plan.head.count, 0, PACK_HEAD_ITEMS);
    for (size_t p = 0; p < plan.page_count; p++) {
        const struct pack_document *page = plan.pages + p;
        written += page->kept == NULL;
        next.pages[p] = page->kept ? copy_feed(page->kept) : copy_document(page);
        assert_in_range(next.pages[p].item_count, 1, FEED_PAGE_ITEMS);
    }
    *changed = plan.changed;
    pack_plan_finish(&plan);
    finish_bundle(bundle);
    *bundle = next;
    return written;
}

static int compare_ids(const void *a, const void *b) {
    const struct feed_item *const *m = a, *const *n = b;
    return strcmp((*m)->id, (*n)->id);
}

/* The winners that live are exactly the wanted ones, in the version that is wanted. */
static void assert_resolves(const struct bundle *bundle, const struct feed *wanted) {
    size_t count = 0, live = 0;
    const struct feed_item **winners =
        feed_resolve(&bundle->head, bundle->pages, bundle->page_count, &count);
    for (size_t i = 0; i < count; i++)
        if (!winners[i]->removed)
            winners[live++] = winners[i];
    assert_int_equal(live, wanted->item_count);
    if (live)
        qsort(winners, live, sizeof *winners, compare_ids);
    for (size_t i = 0; i < wanted->item_count; i++) {
        const struct feed_item *key = wanted->items + i;
        const struct feed_item **found = bsearch(&key, winners, live, sizeof *winners, compare_ids);
        assert_int_equal(found ? (*found)->weight : 0, key->weight);
    }
    free(winners);
}

static void assert_no_id_twice(const struct feed *document) {
    for (size_t i = 0; i < document->item_count; i++)
        for (size_t k = 0; k < i; k++)
            assert_string_not_equal(document->items[i].id, document->items[k].id);
}

static uint32_t next_random(uint32_t *seed) {
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

#define MOST_CASES 400

/* One after another at random: new, changed, gone, back again. */
static void shuffle(int versions[MOST_CASES], int latest[MOST_CASES], uint32_t *seed) {
    uint32_t some = next_random(seed) % 4 == 0 ? 150 : 1 + next_random(seed) % 12;
    for (uint32_t i = 0; i < some; i++) {
        uint32_t which = next_random(seed) % MOST_CASES;
        switch (next_random(seed) % 4) {
        case 0:
            versions[which] = 0;
            break;
        case 1: /* back, as it was or as it is */
            versions[which] = versions[which] ? versions[which] : latest[which];
            break;
        default:
            versions[which] = ++latest[which];
        }
    }
}

static struct feed feed_of_versions(const int versions[MOST_CASES]) {
    struct feed wanted = {0};
    for (int i = 0; i < MOST_CASES; i++) {
        char id[16];
        snprintf(id, sizeof id, "c%03d", i);
        if (versions[i])
            add_word(&wanted, id, versions[i], false);
    }
    return wanted;
}

static void check_sequence(uint32_t seed) {
    struct bundle bundle = {0};
    int versions[MOST_CASES] = {0}, latest[MOST_CASES] = {0};
    for (int step = 0; step < 40; step++) {
        shuffle(versions, latest, &seed);
        struct feed wanted = feed_of_versions(versions);
        bool changed = false;
        pack(&bundle, &wanted, &changed);
        assert_resolves(&bundle, &wanted);
        assert_no_id_twice(&bundle.head);
        for (size_t p = 0; p < bundle.page_count; p++)
            assert_no_id_twice(bundle.pages + p);
        assert_int_equal(pack(&bundle, &wanted, &changed), 0);
        assert_false(changed);
        assert_resolves(&bundle, &wanted);
        finish_feed(&wanted);
    }
    finish_bundle(&bundle);
}

static void test_any_sequence(void **state) {
    (void)state;
    for (uint32_t seed = 1; seed <= 30; seed++)
        check_sequence(seed);
}

static struct feed numbered(int count) {
    struct feed feed = {0};
    for (int i = 0; i < count; i++) {
        char id[16];
        snprintf(id, sizeof id, "c%05d", i);
        add_word(&feed, id, 1, false);
    }
    return feed;
}

static void change(struct feed *feed, int which, int version) {
    struct feed one = {0};
    add_word(&one, feed->items[which].id, version, false);
    free(feed->items[which].id);
    feed->items[which] = one.items[0];
    free(one.items);
}

/* One changed case among ten thousand, old or new, costs the head; the pages are what they were. */
static void test_one_of_many(void **state) {
    (void)state;
    struct bundle bundle = {0};
    struct feed wanted = numbered(10000);
    bool changed = false;
    assert_int_equal(pack(&bundle, &wanted, &changed), 199);
    assert_int_equal(bundle.head.item_count, 50);
    assert_string_equal(bundle.head.items[0].id, "c00000");
    assert_string_equal(bundle.pages[198].items[49].id, "c09999");
    const int which[] = {0, 60, 5000, 9999};
    for (size_t i = 0; i < sizeof which / sizeof *which; i++) {
        change(&wanted, which[i], 2);
        assert_int_equal(pack(&bundle, &wanted, &changed), 0);
        assert_true(changed);
        assert_resolves(&bundle, &wanted);
    }
    finish_feed(&wanted);
    finish_bundle(&bundle);
}

/* A head that is full gives its oldest fifty away, and only then. */
static void test_full_head(void **state) {
    (void)state;
    static const struct {
        int cases;
        size_t pages, head;
    } sizes[] = {{99, 0, 99},  {100, 0, 100}, {101, 1, 51},
                 {150, 2, 50}, {199, 2, 99},  {200, 3, 50}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct bundle bundle = {0};
        struct feed wanted = numbered(sizes[i].cases);
        bool changed = false;
        pack(&bundle, &wanted, &changed);
        assert_int_equal(bundle.page_count, sizes[i].pages);
        assert_int_equal(bundle.head.item_count, sizes[i].head);
        for (size_t p = 0; p < bundle.page_count; p++)
            assert_int_equal(bundle.pages[p].item_count, PACK_PAGE_ITEMS);
        finish_feed(&wanted);
        finish_bundle(&bundle);
    }
}

/* However often everything changes, what is stale stays less than what lives. */
static void test_bounded(void **state) {
    (void)state;
    struct bundle bundle = {0};
    struct feed wanted = numbered(500);
    bool changed = false;
    uint32_t seed = 7;
    for (int step = 0; step < 300; step++) {
        for (int i = 0; i < 10; i++)
            change(&wanted, (int)(next_random(&seed) % 500), step + 2);
        pack(&bundle, &wanted, &changed);
        size_t stated = bundle.head.item_count;
        for (size_t p = 0; p < bundle.page_count; p++)
            stated += bundle.pages[p].item_count;
        assert_in_range(stated, 500, 2 * 500 + PACK_HEAD_ITEMS);
    }
    finish_feed(&wanted);
    finish_bundle(&bundle);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),        cmocka_unit_test(test_any_sequence),
        cmocka_unit_test(test_one_of_many), cmocka_unit_test(test_full_head),
        cmocka_unit_test(test_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
