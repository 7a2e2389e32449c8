/* Whether there is a network, and what became of each source of the configuration. */
#include <stdlib.h>
#include <string.h>

#include "base/link.h"
#include "base/memory.h"
#include "base/time.h"
#include "display/page_desk.h"
#include "display/receipt_text.h"
#include "library/ledger.h"
#include "library/sources.h"

#define REFRESH_MS 5000
#define LEAST_ROW  150 /* u */

static const char *text_of(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

/* What the keeper says of a source; NULL: nothing. Of live. */
static const json_t *find(const json_t *live, const char *name) {
    const json_t *sources = json_object_get(live, "sources"), *source = NULL;
    size_t i = 0;
    json_array_foreach(sources, i, source) {
        if (strcmp(text_of(source, "name"), name) == 0)
            return source;
    }
    return NULL;
}

/* "https://a.example/feed.json": "a.example"; the caller's. */
static char *host_of(const char *url) {
    const char *at = strstr(url, "://");
    at = at ? at + 3 : url;
    return xstrndup(at, strcspn(at, "/"));
}

static void say_when(struct manner manner, enum word what, int64_t ms, int64_t now_ms,
                     struct desk_text *text) {
    char *when = ms ? receipt_when(manner, ms, now_ms) : xstrdup(word_main(manner, WORD_NEVER));
    desk_text_fact(text, what, manner, when);
}

static void say_source(struct manner manner, const struct source_config *source,
                       const struct source_state *state, const json_t *live, int64_t now_ms,
                       struct desk_text *text) {
    char *host = host_of(source->url);
    int64_t next = 0;
    desk_text_add(text, LINE_TITLE, xasprintf("%s　%s", source->name, host));
    if (state->fault && *state->fault) {
        desk_text_add(text, LINE_FACT, xstrdup(state->fault_text));
        if (*text_of(live, "advice"))
            desk_text_add(text, LINE_FACT, xasprintf("→ %s", text_of(live, "advice")));
    }
    say_when(manner, WORD_LAST_GOOD, state->taken_ms, now_ms, text);
    say_when(manner, WORD_LAST_POLL, state->polled_ms, now_ms, text);
    if (live && time_parse(text_of(live, "next"), false, &next))
        say_when(manner, WORD_NEXT_POLL, next, now_ms, text);
    desk_text_add(text, LINE_NOTE,
                  xstrdup(word_main(manner, *source->key ? WORD_IS_SIGNED : WORD_IS_UNSIGNED)));
    free(host);
}

static int add_sources(struct sheet *sheet, const struct page_source *source, struct rect area,
                       int top, const json_t *live) {
    const struct config *config = sheet->stage->config;
    struct ledger *ledger = ledger_open(source->paths->ledger, DB_READ_WAITING, NULL);
    for (size_t i = 0; i < config->source_count; i++) {
        const struct source_config *one = config->sources + i;
        struct source_state state = {0};
        struct desk_text text = {0};
        if (ledger)
            ledger_load_source(ledger, one->name, &state);
        say_source(sheet->manner, one, &state, find(live, one->name), source->now_ms, &text);
        struct rect place = {area.x, top, area.width, 0};
        top += page_desk_plate(sheet, place, &text, 0, action_simple(ACTION_NONE)).height +
               sheet_gap(sheet);
        source_state_finish(&state);
    }
    ledger_close(ledger);
    return top;
}

static int add_network(struct sheet *sheet, struct rect area, int top) {
    struct manner manner = sheet->manner;
    struct desk_text text = {0};
    bool up = link_is_up(LINK_FOLDER);
    desk_text_fact(&text, WORD_NETWORK, manner,
                   xstrdup(word_main(manner, up ? WORD_NETWORK_UP : WORD_NETWORK_DOWN)));
    if (!sheet->stage->config->source_count) {
        desk_text_add(&text, LINE_TITLE, xstrdup(word_main(manner, WORD_NO_SOURCES)));
        desk_text_add(&text, LINE_NOTE, xstrdup(word_main(manner, WORD_NO_SOURCES_HOW)));
    }
    struct rect place = {area.x, top, area.width, 0};
    return top + page_desk_plate(sheet, place, &text, 0, action_simple(ACTION_NONE)).height +
           sheet_gap(sheet);
}

void page_build_sources(struct sheet *sheet, const struct page_source *source) {
    struct manner manner = sheet->manner;
    struct rect area = page_desk_heading(sheet, source, word_main(manner, WORD_SOURCES),
                                         word_beside(manner, WORD_SOURCES));
    const struct desk_button update = {
        "update", word_main(manner, WORD_SYNC), word_main(manner, WORD_SYNC_WHY), false,
        0,        action_ask("sync", "{}")};
    json_t *live = page_desk_live(source);
    struct desk_rest rest =
        page_desk_buttons(sheet, area, &update, 1, slide_px(sheet->stage, LEAST_ROW));
    int top = add_network(sheet, rest.view, rest.top);
    top = add_sources(sheet, source, rest.view, top, live);
    sheet_set_view(sheet, rest.view, top);
    if (!sheet->page.refresh_ms)
        sheet->page.refresh_ms = REFRESH_MS;
    json_decref(live);
    sheet_add_bar(sheet);
}
