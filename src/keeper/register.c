#include "keeper/register.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/clock.h"
#include "base/csv.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/time.h"
#include "library/digest.h"
#include "library/ledger.h"
#include "library/reader.h"

/* A receipt that took cases. */
struct taking {
    int64_t at_ms;
    char *source, *by, *approved; /* owned */
    bool is_signed;
};

struct origin {
    char *id; /* owned */
    size_t taking;
};

struct origins {
    struct taking *takings;
    size_t taking_count;
    struct origin *items; /* ordered by id, then by time, once they are sorted */
    size_t count, capacity;
};

/* ---- where each case came from */

static void add_origin(struct origins *origins, const char *id, size_t taking) {
    if (origins->count == origins->capacity) {
        origins->capacity = origins->capacity ? origins->capacity * 2 : 64;
        origins->items = xrealloc(origins->items, origins->capacity, sizeof *origins->items);
    }
    origins->items[origins->count++] = (struct origin){xstrdup(id), taking};
}

/* Of a receipt, or of an entry that says more than it. */
static char *copy_text(const json_t *receipt, const char *key) {
    const char *text = json_string_value(json_object_get(receipt, key));
    return xstrdup(text ? text : "");
}

/* what: the receipt, or one case of a review, which had a source of its own. */
static void add_taking(struct origins *origins, const struct receipt *row, const json_t *receipt,
                       const json_t *what) {
    const char *source = json_string_value(json_object_get(what, "source"));
    origins->takings =
        xrealloc(origins->takings, origins->taking_count + 1, sizeof *origins->takings);
    origins->takings[origins->taking_count++] =
        (struct taking){.at_ms = row->at_ms,
                        .source = xstrdup(what != receipt && source ? source : row->source),
                        .by = copy_text(what, "by"),
                        .approved = copy_text(receipt, "approved_by"),
                        .is_signed = json_is_true(json_object_get(what, "signed"))};
}

static bool has_come(const json_t *entry) {
    const char *change = json_string_value(json_object_get(entry, "change"));
    return json_string_value(json_object_get(entry, "id")) && change &&
           strcmp(change, "unchanged") != 0 && !json_is_true(json_object_get(entry, "waits"));
}

/* A receipt of several parcels repeats those of its parts (import.h). */
static bool repeats(const json_t *receipt) {
    return json_object_get(receipt, "parts") && !json_is_true(json_object_get(receipt, "at_once"));
}

static bool on_receipt(void *user, const struct receipt *row) {
    struct origins *origins = user;
    json_t *receipt = json_loads(row->json, 0, NULL), *entry = NULL;
    const json_t *cases = json_object_get(receipt, "cases");
    size_t i = 0;
    bool reviewed = strcmp(row->kind, "approve") == 0;
    if (json_array_size(cases) && !repeats(receipt)) {
        json_array_foreach(cases, i, entry) {
            if (has_come(entry))
                add_origin(origins, json_string_value(json_object_get(entry, "id")),
                           origins->taking_count);
            if (has_come(entry) && reviewed)
                add_taking(origins, row, receipt, entry);
        }
        if (!reviewed)
            add_taking(origins, row, receipt, receipt);
    }
    json_decref(receipt);
    return true;
}

static int compare_origins(const void *a, const void *b) {
    const struct origin *m = a, *n = b;
    int order = strcmp(m->id, n->id);
    return order ? order : (m->taking > n->taking) - (m->taking < n->taking);
}

static void origins_load(struct origins *origins, const char *path) {
    struct ledger *ledger = ledger_open(path, DB_READ_WAITING, NULL);
    *origins = (struct origins){0};
    if (ledger)
        ledger_each(ledger, on_receipt, origins);
    ledger_close(ledger);
    if (origins->count)
        qsort(origins->items, origins->count, sizeof *origins->items, compare_origins);
}

static void origins_finish(struct origins *origins) {
    for (size_t i = 0; i < origins->taking_count; i++) {
        free(origins->takings[i].source);
        free(origins->takings[i].by);
        free(origins->takings[i].approved);
    }
    for (size_t i = 0; i < origins->count; i++)
        free(origins->items[i].id);
    free(origins->takings);
    free(origins->items);
}

/* The newest taking of the case, that it is shown as; NULL: no receipt speaks of it. */
static const struct taking *find_taking(const struct origins *origins, const char *id) {
    size_t low = 0, high = origins->count;
    while (low < high) { /* the first that is behind this id */
        size_t middle = low + (high - low) / 2;
        if (strcmp(origins->items[middle].id, id) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (!low || strcmp(origins->items[low - 1].id, id) != 0)
        return NULL;
    return origins->takings + origins->items[low - 1].taking;
}

/* ---- rows */

struct listing {
    struct origins origins;
    FILE *to;
};

static void put(FILE *to, const char *text) {
    csv_text(to, text);
    putc(',', to);
}

static void put_day(FILE *to, int64_t ms) {
    char text[TIME_TEXT_SIZE];
    time_format(ms, text);
    fprintf(to, "%.10s,", text);
}

/* A case without a date of its own is shown since it came in. */
static bool on_case(void *user, const struct case_record *record) {
    static const struct taking unknown = {
        .source = (char *)"", .by = (char *)"", .approved = (char *)""};
    struct listing *listing = user;
    const struct taking *taking = find_taking(&listing->origins, record->id);
    char hex[HASH_HEX_SIZE];
    const char *texts[] = {case_own_id(record->id, NULL), record->title, record->school,
                           case_section(record), record->level ? "" : phase_name(record->phase)};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        put(listing->to, texts[i]);
    const char *is_signed = !taking ? "" : taking->is_signed ? "是 yes" : "否 no";
    taking = taking ? taking : &unknown;
    put(listing->to, taking->source);
    put(listing->to, is_signed);
    put_day(listing->to, taking->at_ms);
    put(listing->to, taking->by);
    put(listing->to, taking->approved);
    put_day(listing->to, record->valid_from_ms ? record->valid_from_ms : taking->at_ms);
    put_day(listing->to, record->valid_until_ms ? record->valid_until_ms : record->ends_ms);
    hash_hex(digest_case(record), hex);
    fprintf(listing->to, "%zu,%zu,\"%s\"\r\n", case_count(record, ASSET_PICTURE),
            case_count(record, ASSET_VIDEO), hex);
    return true;
}

bool register_write(const struct paths *paths, FILE *to) {
    struct listing listing = {.to = to};
    struct clock clock;
    clock_init(&clock, paths);
    csv_begin(to);
    fputs("\"编号 id\",\"标题 title\",\"学校 school\",\"单元 unit\",\"阶段 phase\",\"来源 source\","
          "\"已签名 signed\",\"导入 imported\",\"录入 entered by\",\"审核 approved by\","
          "\"展示自 shown from\",\"展示至 shown to\",\"图片数 pictures\",\"视频数 "
          "videos\",\"校验值 SHA-256\"\r\n",
          to);
    origins_load(&listing.origins, paths->ledger);
    struct reader *reader = reader_open(paths->library);
    enum read_result result = reader_each(reader, clock_now(&clock).believed_ms, on_case, &listing);
    reader_close(reader);
    origins_finish(&listing.origins);
    if (result == READ_DONE || result == READ_MISSING)
        return true;
    log_error("%s: 读不全，内容台账不完整 (cannot be read whole, nor is the register)",
              paths->library);
    return false;
}
