#include "library/snapshot.h"

#include <stdlib.h>

#include "base/memory.h"

/* A case that is in the list and cannot be loaded (its texts are lost): the loop does without. */
static void drop_empty(struct snapshot *snapshot) {
    size_t kept = 0;
    for (size_t i = 0; i < snapshot->count; i++)
        if (snapshot->cases[i].id)
            snapshot->cases[kept++] = snapshot->cases[i];
    snapshot->count = kept;
}

static enum read_result load_cases(struct reader *reader, const struct candidate_list *list,
                                   const struct snapshot_options *options, struct snapshot *out) {
    const struct playlist_options order = {
        .now_ms = options->now_ms, .day = options->day, .limit = options->limit};
    size_t *chosen = NULL;
    out->count = playlist_build(list->items, list->count, &order, &chosen);
    out->next_change_ms = playlist_next_change(list->items, list->count, options->now_ms);
    playlist_count_units(list->items, list->count, options->now_ms, out->unit_cases);
    const char **ids = xcalloc(out->count, sizeof *ids);
    for (size_t i = 0; i < out->count; i++)
        ids[i] = list->items[chosen[i]].id;
    out->cases = xcalloc(out->count, sizeof *out->cases);
    enum read_result result = reader_load(reader, ids, out->count, out->cases);
    drop_empty(out);
    free((void *)ids);
    free(chosen);
    return result;
}

enum read_result snapshot_load(struct reader *reader, const struct snapshot_options *options,
                               struct snapshot *out) {
    struct candidate_list list = {0};
    *out = (struct snapshot){0};
    enum read_result result = reader_begin(reader, &out->generation);
    if (result != READ_DONE)
        return result;
    out->withdrawals = reader_withdrawals(reader);
    result = reader_candidates(reader, options->school, options->now_ms, &list);
    if (result == READ_DONE)
        result = load_cases(reader, &list, options, out);
    if (result == READ_DONE)
        result = reader_schools(reader, &out->schools, &out->school_count);
    reader_end(reader);
    candidate_list_finish(&list);
    if (result != READ_DONE)
        snapshot_finish(out);
    return result;
}

void snapshot_finish(struct snapshot *snapshot) {
    for (size_t i = 0; i < snapshot->count; i++)
        case_finish(snapshot->cases + i);
    free(snapshot->cases);
    schools_free(snapshot->schools, snapshot->school_count);
    *snapshot = (struct snapshot){0};
}
