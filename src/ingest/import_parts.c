#include "ingest/import_parts.h"

#include <stdlib.h>

#include "base/memory.h"
#include "ingest/door.h"
#include "ingest/parts.h"

static void add(struct import_parts *parts, const struct door *door, const char *path) {
    parts->parts = xrealloc(parts->parts, parts->count + 1, sizeof *parts->parts);
    parts->parts[parts->count++] =
        (struct import_part){.path = xstrdup(path), .label = door_label(door, path)};
}

static void find(struct import_parts *parts, struct door *door, const char *word) {
    struct part_list list;
    door_tell(door, word);
    parts_find(word, &list);
    for (size_t i = 0; i < list.count; i++)
        add(parts, door, list.paths[i]);
    part_list_finish(&list);
}

void import_parts_open(struct import_parts *parts, struct door *door, const char *const *words,
                       size_t word_count) {
    *parts = (struct import_parts){0};
    for (size_t i = 0; i < word_count && !door->stopped; i++)
        find(parts, door, words[i]);
    for (size_t i = 0; i < parts->count && !door->stopped; i++) {
        struct import_part *part = parts->parts + i;
        door_tell(door, part->path);
        if (!brought_open(&part->brought, part->path, door->paths->staging, door->documents,
                          &part->reject, &part->detail))
            brought_close(&part->brought); /* what was unpacked by then is in the others' way */
        parts->bundles += part->brought.bundle;
    }
}

void import_parts_close(struct import_parts *parts) {
    for (size_t i = 0; i < parts->count; i++) {
        struct import_part *part = parts->parts + i;
        json_decref(part->receipt);
        brought_close(&part->brought);
        free(part->detail);
        free(part->label);
        free(part->path);
    }
    free(parts->parts);
    *parts = (struct import_parts){0};
}

/* What was left alone, because nothing of it was chosen, is not refused. */
static const char *plain_outcome(const struct import_part *part) {
    return !part->refused ? "accepted" : part->taken ? "partial" : "refused";
}

json_t *import_part_json(const struct import_part *part, const json_t *receipt) {
    const char *outcome = part->brought.bundle
                              ? json_string_value(json_object_get(receipt, "outcome"))
                              : plain_outcome(part);
    return json_pack("{s:s, s:s, s:O, s:O*, s:O*, s:O*}", "path", part->label, "outcome", outcome,
                     "generation", json_object_get(receipt, "generation"), "feed",
                     json_object_get(receipt, "feed"), "serial", json_object_get(receipt, "serial"),
                     "signed", json_object_get(receipt, "signed"));
}
