/* reprint: a feed as the program reads and would publish it
 *
 * reprint [--page] < FILE
 * Prints what feed_print makes of it. What is refused or left out is named on stderr, one a line
 * ("code: path: detail"); exit status 1: something was. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ingest/feed.h"

static size_t read_all(char *bytes, size_t limit) {
    size_t size = 0;
    for (size_t more = 1; more && size < limit; size += more)
        more = fread(bytes + size, 1, limit - size, stdin);
    return size;
}

static void name(enum reject reject, const char *path, const char *detail) {
    fprintf(stderr, "%s: %s: %s\n", reject_code(reject), path, detail ? detail : "");
}

int main(int argc, char **argv) {
    bool page = argc == 2 && strcmp(argv[1], "--page") == 0;
    char *bytes = xmalloc(FEED_PAGE_BYTES + 1), *detail = NULL;
    size_t size = read_all(bytes, FEED_PAGE_BYTES + 1);
    struct feed feed;
    enum reject reject = REJECT_COUNT;
    bool good = sodium_init() >= 0 && feed_parse(bytes, size, page, &feed, &reject, &detail);
    free(bytes);
    if (!good) {
        name(reject, "feed", detail);
        free(detail);
        return 1;
    }
    for (size_t i = 0; i < feed.rejects.count; i++)
        name(feed.rejects.entries[i].reject, feed.rejects.entries[i].path,
             feed.rejects.entries[i].detail);
    char *text = feed_print(&feed, page, NULL, &size);
    fwrite(text, 1, size, stdout);
    free(text);
    good = feed.rejects.count == 0;
    feed_finish(&feed);
    return !good;
}
