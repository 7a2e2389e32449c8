/* The check of what comes by itself. */
#include <errno.h>
#include <string.h>

#include "base/time.h"
#include "ingest/reject.h"
#include "ingest/source_folder.h"
#include "ingest/trust.h"
#include "keeper/health_check.h"
#include "library/sources.h"

#define STALE_MS                                                                                   \
    (INT64_C(7) * 24 * 3600 * 1000) /* holidays of the server; then somebody must look */

struct source_look {
    const struct paths *paths;
    const struct source_config *source;
    struct source_state state;
    struct str *said;
    enum verdict verdict;
};

static void find_fault(struct source_look *look, enum verdict verdict) {
    look->verdict = verdict_worse(look->verdict, verdict);
}

/* What is wrong with the key itself is reported on the way. */
static void look_at_key(struct source_look *look) {
    struct public_key key;
    if (!*look->source->key) {
        str_add(look->said, "，未签名 (unsigned)");
    } else if (!trust_read_key(look->source->key, look->source->name, &key)) {
        str_addf(look->said,
                 "，公钥无法读取，什么也不接收 (its key cannot be read, nothing is taken): %s",
                 look->source->key);
        find_fault(look, VERDICT_BAD);
    }
}

static void look_at_last(struct source_look *look) {
    char taken[TIME_TEXT_SIZE];
    bool stale = time_now_ms() - look->state.taken_ms > STALE_MS;
    if (!look->state.taken_ms) {
        str_add(look->said, "还没有成功过 (never good)");
        find_fault(look, VERDICT_WARNING);
        return;
    }
    time_format(look->state.taken_ms, taken);
    str_addf(look->said, "最近成功 (last good) %s", taken);
    if (stale)
        str_add(look->said, "，已超过七天 (over seven days ago)");
    find_fault(look, stale ? VERDICT_BAD : VERDICT_GOOD);
}

static void look_at_fault(struct source_look *look) {
    enum reject reject = REJECT_NETWORK;
    char polled[TIME_TEXT_SIZE];
    if (!*look->state.fault)
        return;
    time_format(look->state.polled_ms, polled);
    str_addf(look->said, "\n    %s %s", polled, look->state.fault_text);
    if (reject_parse(look->state.fault, &reject))
        str_addf(look->said, "；%s", reject_advice(reject));
    find_fault(look, look->state.taken_ms ? VERDICT_WARNING : VERDICT_BAD);
}

static void look_at(struct source_look *look, struct ledger *ledger) {
    str_addf(look->said, "%s: ", look->source->name);
    if (!ledger || !ledger_load_source(ledger, look->source->name, &look->state))
        look->state = (struct source_state){.fault = NULL};
    look_at_last(look);
    if (source_folder_pending(look->paths, look->source->name))
        str_add(look->said, "，有内容尚未取完，会接着取 (not all is taken yet, it goes on)");
    look_at_key(look);
    if (look->state.fault)
        look_at_fault(look);
    str_add(look->said, "\n");
    source_state_finish(&look->state);
}

enum verdict check_sources(const struct patient *patient, struct str *said) {
    enum verdict verdict = VERDICT_GOOD;
    struct ledger *ledger = NULL;
    if (patient->config->source_count)
        ledger = ledger_open(patient->paths->ledger, DB_READ_WAITING, NULL);
    for (size_t i = 0; i < patient->config->source_count; i++) {
        struct source_look look = {
            .paths = patient->paths, .source = patient->config->sources + i, .said = said};
        look_at(&look, ledger);
        verdict = verdict_worse(verdict, look.verdict);
    }
    ledger_close(ledger);
    return verdict;
}
