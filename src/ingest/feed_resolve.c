#include <stdlib.h>

#include "base/memory.h"
#include "ingest/feed.h"
#include "ingest/feed_ids.h"

struct election {
    struct feed_ids ids;
    const struct feed_item **winners;
    size_t count;
};

static void admit(struct election *election, const struct feed *feed) {
    for (size_t i = 0; i < feed->item_count; i++)
        if (feed_ids_add(&election->ids, feed->items[i].id))
            election->winners[election->count++] = feed->items + i;
}

const struct feed_item **feed_resolve(const struct feed *head, const struct feed *pages,
                                      size_t page_count, size_t *count) {
    struct election election = {0};
    size_t all = head->item_count;
    for (size_t i = 0; i < page_count; i++)
        all += pages[i].item_count;
    feed_ids_init(&election.ids, all);
    election.winners = xcalloc(all, sizeof(struct feed_item *));
    admit(&election, head);
    for (size_t i = 0; i < page_count; i++)
        admit(&election, pages + i);
    feed_ids_finish(&election.ids);
    *count = election.count;
    return election.winners;
}
