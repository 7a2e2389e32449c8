/* bench_feed: what reading and resolving feeds costs
 *
 * A page of 100 cases with bodies of 1,000 Han and ten pictures each is printed and read; a million
 * statements of 500,000 ids in 10,000 pages are resolved. CPU time. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/memory.h"
#include "base/str.h"
#include "ingest/feed.h"

#define ROUNDS     20
#define PICTURES   10
#define STATEMENTS 1000000

static double ms(clock_t from, clock_t to) {
    return (double)(to - from) * 1e3 / CLOCKS_PER_SEC;
}

static struct feed_media picture_of(size_t index) {
    char hex[HASH_HEX_SIZE];
    struct feed_media media = {.caption = xstrdup("夜里的灯"), .hashed = true, .bytes = 412345};
    media.hash = hash_of(&index, sizeof index);
    hash_hex(media.hash, hex);
    media.url = xasprintf("media/%s.jpg", hex);
    return media;
}

static struct feed_item item_of(size_t index) {
    struct str body = {0};
    for (int i = 0; i < 1000; i++)
        str_add(&body, i % 50 == 49 ? "。\n" : "案");
    str_trim(&body);
    struct feed_item item = {.id = xasprintf("望川大学/2026/%zu", index),
                             .has_unit = true,
                             .weight = 1,
                             .school = xstrdup("望川大学"),
                             .title = xstrdup("楼道里的红色课堂"),
                             .summary = xstrdup("每周三晚，老党员在楼道里讲身边的事。"),
                             .body = str_take(&body),
                             .url = xstrdup("https://example.edu.cn/cases/2026"),
                             .media = xcalloc(PICTURES, sizeof(struct feed_media)),
                             .media_count = PICTURES};
    for (size_t i = 0; i < PICTURES; i++)
        item.media[i] = picture_of(index * PICTURES + i);
    return item;
}

static struct feed page_of(void) {
    struct feed feed = {.ours = true, .title = xstrdup("案例"), .item_count = FEED_PAGE_ITEMS};
    feed_new_id(feed.feed);
    feed.items = xcalloc(FEED_PAGE_ITEMS, sizeof *feed.items);
    for (size_t i = 0; i < FEED_PAGE_ITEMS; i++)
        feed.items[i] = item_of(i);
    return feed;
}

static void bench_page(void) {
    struct feed feed = page_of();
    size_t size = 0;
    clock_t start = clock();
    char *text = feed_print(&feed, true, NULL, &size);
    clock_t printed = clock();
    for (int i = 0; i < ROUNDS; i++) {
        struct feed again;
        enum reject reject = REJECT_COUNT;
        char *detail = NULL;
        if (!feed_parse(text, size, true, &again, &reject, &detail) || again.rejects.count)
            abort();
        feed_finish(&again);
    }
    clock_t read = clock();
    printf("page of %d cases, %zu bytes: printed in %.1f ms, read in %.1f ms\n", FEED_PAGE_ITEMS,
           size, ms(start, printed), ms(printed, read) / ROUNDS);
    free(text);
    feed_finish(&feed);
}

static void bench_resolve(void) {
    size_t page_count = STATEMENTS / FEED_PAGE_ITEMS, count = 0;
    struct feed head = {0}, *pages = xcalloc(page_count, sizeof *pages);
    struct feed_item *items = xcalloc(STATEMENTS, sizeof *items);
    for (size_t i = 0; i < STATEMENTS; i++)
        items[i].id = xasprintf("望川大学/2026/%zu", i % (STATEMENTS / 2));
    for (size_t p = 0; p < page_count; p++)
        pages[p] =
            (struct feed){.items = items + p * FEED_PAGE_ITEMS, .item_count = FEED_PAGE_ITEMS};
    clock_t start = clock();
    const struct feed_item **winners = feed_resolve(&head, pages, page_count, &count);
    clock_t resolved = clock();
    printf("%d statements, %zu winners: resolved in %.0f ms\n", STATEMENTS, count,
           ms(start, resolved));
    free(winners);
    for (size_t i = 0; i < STATEMENTS; i++)
        free(items[i].id);
    free(items);
    free(pages);
}

int main(void) {
    if (sodium_init() < 0)
        return 1;
    bench_page();
    bench_resolve();
    return 0;
}
