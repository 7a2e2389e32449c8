#include "ingest/reject.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static const struct {
    const char *code, *text, *advice, *said_zh, *said;
} table[] = {
#define R(name, code, zh, advice_zh, en, advice)                                                   \
    {code, zh " (" en ")", advice_zh " (" advice ")", zh "，" advice_zh, en ": " advice},
    REJECTS(R)
#undef R
};

const char *reject_code(enum reject reject) {
    return table[reject].code;
}

bool reject_parse(const char *code, enum reject *reject) {
    for (int i = 0; i < REJECT_COUNT; i++)
        if (strcmp(table[i].code, code) == 0) {
            *reject = (enum reject)i;
            return true;
        }
    return false;
}

const char *reject_text(enum reject reject) {
    return table[reject].text;
}

const char *reject_advice(enum reject reject) {
    return table[reject].advice;
}

const char *reject_said(enum reject reject, bool chinese) {
    return chinese ? table[reject].said_zh : table[reject].said;
}

void reject_add(struct reject_list *list, const char *path, enum reject reject,
                const char *detail) {
    list->entries = xrealloc(list->entries, list->count + 1, sizeof *list->entries);
    list->entries[list->count++] = (struct reject_entry){xstrdup(path), reject, xstrdup(detail)};
}

void reject_list_finish(struct reject_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        free(list->entries[i].path);
        free(list->entries[i].detail);
    }
    free(list->entries);
    *list = (struct reject_list){0};
}

static json_t *entry_json(const struct reject_entry *entry) {
    char *text = entry->detail ? xasprintf("%s: %s", reject_text(entry->reject), entry->detail)
                               : xstrdup(reject_text(entry->reject));
    json_t *object =
        json_pack("{s:s, s:s, s:s, s:s}", "path", entry->path, "code", reject_code(entry->reject),
                  "text", text, "advice", reject_advice(entry->reject));
    free(text);
    return object;
}

json_t *reject_list_json(const struct reject_list *list) {
    json_t *array = json_array(), *last[REJECT_COUNT] = {0};
    size_t met[REJECT_COUNT] = {0};
    for (size_t i = 0; i < list->count; i++) {
        enum reject reject = list->entries[i].reject;
        if (met[reject]++ < REJECTS_TOLD)
            json_array_append_new(array, last[reject] = entry_json(list->entries + i));
    }
    for (int reject = 0; reject < REJECT_COUNT; reject++)
        if (met[reject] > REJECTS_TOLD)
            json_object_set_new(last[reject], "more",
                                json_integer((json_int_t)(met[reject] - REJECTS_TOLD)));
    return array;
}

size_t reject_count(const json_t *rejects) {
    size_t i = 0, count = json_array_size(rejects);
    const json_t *entry = NULL;
    json_array_foreach(rejects, i, entry) {
        count += (size_t)json_integer_value(json_object_get(entry, "more"));
    }
    return count;
}

void reject_print_scdoc(FILE *to) {
    for (int i = 0; i < REJECT_COUNT; i++)
        fprintf(to, "*%s*\n\t%s.++\n%s.\n\n", table[i].code, table[i].text, table[i].advice);
}
