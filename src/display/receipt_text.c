#include "display/receipt_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/time.h"
#include "library/case.h"

static const struct {
    const char *kind;
    enum word word;
    bool takes; /* content, from somewhere */
} kinds[] = {{"import", WORD_DID_IMPORT, true},     {"sync", WORD_DID_SYNC, true},
             {"poll", WORD_DID_POLL, true},         {"remove", WORD_DID_REMOVE, false},
             {"hide", WORD_DID_HIDE, false},        {"allow", WORD_DID_ALLOW, false},
             {"feature", WORD_DID_FEATURE, false},  {"unfeature", WORD_DID_UNFEATURE, false},
             {"approve", WORD_DID_APPROVE, true},   {"decline", WORD_DID_DECLINE, false},
             {"rollback", WORD_DID_ROLLBACK, false}};

static const char *text_of(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

static void name_kind(struct manner manner, const char *kind, struct receipt_text *text) {
    text->what = NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].kind, kind) == 0) {
            text->what = word_main(manner, kinds[i].word);
            text->takes = kinds[i].takes;
        }
}

/* A folder by its own name, a case by its id within its feed. */
static char *name_source(const struct receipt *receipt, const char *what) {
    const char *source = receipt->source, *slash = strrchr(source, '/');
    if (strcmp(receipt->kind, "poll") == 0)
        return xstrdup("");
    if (source[0] == '/' && slash[1])
        return xstrdup(slash + 1);
    return xstrdup(what && source[0] != '/' ? case_own_id(source, NULL) : source);
}

static char *name_who(struct manner manner, const struct receipt *receipt, const json_t *whole) {
    static const char *const keys[] = {"by", "approved_by", "declined_by"};
    const char *by = "";
    for (size_t i = 0; !*by && i < sizeof keys / sizeof *keys; i++)
        by = text_of(whole, keys[i]);
    bool alone = strcmp(receipt->kind, "sync") == 0;
    return xstrdup(*by ? by : word_main(manner, alone ? WORD_BY_ITSELF : WORD_BY_COMMAND));
}

static void count(const json_t *receipt, struct receipt_text *text) {
    const json_t *cases = json_object_get(receipt, "cases"), *item = NULL;
    size_t i = 0;
    json_array_foreach(cases, i, item) {
        const char *change = text_of(item, "change");
        text->added += strcmp(change, "added") == 0;
        text->changed += strcmp(change, "changed") == 0;
        text->waiting += json_is_true(json_object_get(item, "waits"));
    }
    text->removed += json_array_size(json_object_get(receipt, "removed"));
    json_array_extend(text->refused, json_object_get(receipt, "rejects"));
    const json_t *is_signed = json_object_get(receipt, "signed");
    if (is_signed)
        text->is_signed = json_is_true(is_signed);
}

/* Of an update that was asked for each source has a receipt of its own within. */
static void count_sources(const json_t *whole, struct receipt_text *text) {
    const json_t *sources = json_object_get(whole, "sources"), *source = NULL;
    size_t i = 0;
    json_array_foreach(sources, i, source) {
        const json_t *receipt = json_object_get(source, "receipt");
        count(json_is_object(receipt) ? receipt : source, text);
    }
    if (sources)
        text->is_signed = -1;
}

void receipt_text_read(struct manner manner, const struct receipt *receipt,
                       struct receipt_text *text) {
    *text = (struct receipt_text){.is_signed = -1, .refused = json_array()};
    text->whole = json_loads(receipt->json, 0, NULL);
    if (!text->whole)
        text->whole = json_object();
    name_kind(manner, receipt->kind, text);
    text->from = name_source(receipt, text->what);
    text->by = name_who(manner, receipt, text->whole);
    if (!text->what)
        text->what = receipt->kind; /* of a newer program */
    count(text->whole, text);
    count_sources(text->whole, text);
}

void receipt_text_finish(struct receipt_text *text) {
    free(text->from);
    free(text->by);
    json_decref(text->whole);
    json_decref(text->refused);
    *text = (struct receipt_text){0};
}

bool receipt_text_brings(const struct receipt_text *text, const char *id) {
    const json_t *cases = json_object_get(text->whole, "cases"), *item = NULL;
    size_t i = 0;
    json_array_foreach(cases, i, item) {
        if (strcmp(text_of(item, "id"), id) == 0 &&
            strcmp(text_of(item, "change"), "unchanged") != 0)
            return true;
    }
    return false;
}

char *receipt_when(struct manner manner, int64_t ms, int64_t now_ms) {
    char text[TIME_TEXT_SIZE];
    int64_t days = time_local_day(now_ms) - time_local_day(ms);
    time_format(ms, text);
    if (!ms)
        return xstrdup("—");
    if (days == 0 || days == 1)
        return xasprintf("%s %.5s", word_main(manner, days ? WORD_YESTERDAY : WORD_TODAY),
                         text + 11);
    return xasprintf("%.10s %.5s", text, text + 11);
}
