/* HTML as the jailed child reads it. The text is UTF-8 without controls and within its limit;
 * pictures have an address, within theirs. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "helpers/html.h"
#include "ingest/text.h"

static void on_picture(void *user, const char *url, const char *alt) {
    must(++*(size_t *)user <= DOCUMENT_PICTURES);
    must(url[0] && strlen(url) < DOCUMENT_URL_BYTES && text_valid(url));
    must(strlen(alt) < DOCUMENT_ALT_BYTES && text_valid(alt));
}

static void check_text(const struct html_text *text) {
    const char *all = str_text(&text->out);
    must(text_valid(all) && strlen(all) == text->out.size);
    must(text->out.size == 0 || (all[0] != '\n' && all[text->out.size - 1] != '\n'));
    must(!strstr(all, "\n\n"));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static bool begun;
    struct html_text text = {0};
    size_t pictures = 0;
    char *html = xmalloc(size + 1);
    if (!begun)
        html_init();
    begun = true;
    if (size)
        memcpy(html, bytes, size);
    html[size] = '\0';
    html_read(html, size, &text, on_picture, &pictures);
    check_text(&text);
    html_text_finish(&text);
    free(html);
    return 0;
}
