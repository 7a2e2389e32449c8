#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "ingest/survey.h"
#include "keeper/debrief_parts.h"
#include "library/reader.h"

#define BLOCK      64  /* cases that are loaded at once */
#define WAIT_TIMES 100 /* of 50 ms: longer than any commit */
#define WAIT_NS    50000000

const char *debrief_text(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

/* ---- cases */

static bool is_low(const struct asset *asset) {
    int longer = asset->width > asset->height ? asset->width : asset->height;
    return asset->kind == ASSET_PICTURE && longer > 0 && longer < SURVEY_LOW_SIDE;
}

static size_t count_masked(const json_t *entry) {
    size_t i = 0, count = 0;
    json_t *mask = NULL;
    json_array_foreach(json_object_get(entry, "masked"), i, mask) {
        count += (size_t)json_integer_value(json_object_get(mask, "count"));
    }
    return count;
}

static void add_cases(struct debrief_facts *facts) {
    const json_t *cases = json_object_get(facts->debrief->receipt, "cases");
    size_t i = 0;
    json_t *entry = NULL;
    facts->cases = xcalloc(json_array_size(cases), sizeof *facts->cases);
    json_array_foreach(cases, i, entry) {
        const char *change = debrief_text(entry, "change");
        bool added = strcmp(change, "added") == 0, changed = strcmp(change, "changed") == 0;
        facts->added += added;
        facts->changed += changed;
        facts->unchanged += !added && !changed;
        if (!added && !changed)
            continue;
        bool waits = json_is_true(json_object_get(entry, "waits"));
        facts->cases[facts->case_count++] = (struct debrief_case){.entry = entry, .waits = waits};
        facts->masked += count_masked(entry);
    }
    facts->unchanged +=
        (size_t)json_integer_value(json_object_get(facts->debrief->receipt, "unchanged"));
}

static void wait_a_moment(void) {
    nanosleep(&(struct timespec){.tv_nsec = WAIT_NS}, NULL);
}

/* What still waits is not what is shown under its id; one that was reviewed by now is. */
static void load_pending(struct reader *reader, struct debrief_case *c) {
    struct case_record waiting = {0};
    enum read_result result = READ_BUSY;
    for (int i = 0; i < WAIT_TIMES && result == READ_BUSY; i++) {
        result =
            reader_load_pending(reader, PENDING_REVIEW, debrief_text(c->entry, "id"), &waiting);
        if (result == READ_BUSY)
            wait_a_moment();
    }
    c->waits = waiting.id != NULL;
    if (!c->waits)
        return;
    case_finish(&c->record);
    c->record = waiting;
}

static enum read_result load_block(struct reader *reader, struct debrief_case *cases,
                                   size_t count) {
    const char *ids[BLOCK];
    struct case_record records[BLOCK] = {0};
    enum read_result result = READ_BUSY;
    for (size_t i = 0; i < count; i++)
        ids[i] = debrief_text(cases[i].entry, "id");
    for (int i = 0; i < WAIT_TIMES && result == READ_BUSY; i++) {
        result = reader_load(reader, ids, count, records);
        if (result == READ_BUSY)
            wait_a_moment();
    }
    for (size_t i = 0; result == READ_DONE && i < count; i++) {
        cases[i].record = records[i];
        if (cases[i].waits)
            load_pending(reader, cases + i);
    }
    return result;
}

static void load_cases(struct debrief_facts *facts) {
    struct reader *reader = reader_open(facts->debrief->paths->library);
    enum read_result result = READ_DONE;
    for (size_t at = 0; result == READ_DONE && at < facts->case_count; at += BLOCK) {
        size_t left = facts->case_count - at;
        result = load_block(reader, facts->cases + at, left < BLOCK ? left : BLOCK);
    }
    reader_close(reader);
    for (size_t i = 0; i < facts->case_count; i++)
        for (size_t k = 0; k < facts->cases[i].record.asset_count; k++)
            facts->cases[i].low += is_low(facts->cases[i].record.assets + k);
    for (size_t i = 0; i < facts->case_count; i++) {
        facts->low += facts->cases[i].low;
        facts->waiting += facts->cases[i].waits;
    }
}

/* ---- what was refused */

/* A reason that is not one file's. */
static bool is_whole(const char *code) {
    static const enum reject whole[] = {REJECT_SOURCE_GONE, REJECT_NO_SPACE, REJECT_DISK,
                                        REJECT_QUOTA,       REJECT_HELPER,   REJECT_NOTHING_FOUND,
                                        REJECT_NOT_FOUND};
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        if (strcmp(code, reject_code(whole[i])) == 0)
            return true;
    return false;
}

static struct debrief_group *group_of(struct debrief_facts *facts, const char *code, size_t all) {
    for (size_t i = 0; i < facts->group_count; i++)
        if (strcmp(facts->groups[i].code, code) == 0)
            return facts->groups + i;
    facts->groups = xrealloc(facts->groups, facts->group_count + 1, sizeof *facts->groups);
    struct debrief_group *group = facts->groups + facts->group_count++;
    *group =
        (struct debrief_group){code, xcalloc(all, sizeof(const json_t *)), 0, 0, is_whole(code)};
    return group;
}

static void add_rejects(struct debrief_facts *facts, bool whole) {
    const json_t *rejects = json_object_get(facts->debrief->receipt, "rejects");
    size_t i = 0, all = json_array_size(rejects);
    json_t *entry = NULL;
    json_array_foreach(rejects, i, entry) {
        const char *code = debrief_text(entry, "code");
        if (is_whole(code) != whole)
            continue;
        struct debrief_group *group = group_of(facts, code, all);
        group->entries[group->listed++] = entry;
        size_t count = 1 + (size_t)json_integer_value(json_object_get(entry, "more"));
        group->count += count;
        facts->refused += count;
    }
}

/* ---- */

void debrief_gather(struct debrief_facts *facts, const struct debrief *debrief) {
    const json_t *receipt = debrief->receipt;
    *facts =
        (struct debrief_facts){.debrief = debrief,
                               .missing = json_array_size(json_object_get(receipt, "missing")),
                               .similar = json_array_size(json_object_get(receipt, "similar")),
                               .removed = json_array_size(json_object_get(receipt, "removed"))};
    add_cases(facts);
    load_cases(facts);
    add_rejects(facts, true);
    add_rejects(facts, false);
}

void debrief_facts_finish(struct debrief_facts *facts) {
    for (size_t i = 0; i < facts->case_count; i++)
        case_finish(&facts->cases[i].record);
    for (size_t i = 0; i < facts->group_count; i++)
        free(facts->groups[i].entries);
    free(facts->cases);
    free(facts->groups);
    *facts = (struct debrief_facts){0};
}
