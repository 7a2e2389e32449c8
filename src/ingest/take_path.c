#include "ingest/take.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ingest/door.h"
#include "ingest/trust.h"

/* Something that a person brought. */
struct taking {
    struct door *door;
    const char *path, *request;
    const struct brought *brought;
    enum reject reject;
    char *detail; /* owned */
};

static bool fail(struct taking *taking, enum reject reject, const char *detail) {
    taking->reject = reject;
    taking->detail = xstrdup(detail);
    return false;
}

static bool open_and_check(struct taking *taking, struct trust *trust, struct bundle *bundle) {
    struct door *door = taking->door;
    if (!bundle_open(bundle, taking->brought->folder, trust, &taking->reject, &taking->detail))
        return false;
    if (!bundle->head.ours)
        return fail(taking, REJECT_FEED_FORM, "_fengcai");
    switch (
        bundle_check(bundle, door->ledger, door_now_ms(door), &taking->reject, &taking->detail)) {
    case BUNDLE_TAKE:
        return bundle_load(bundle, &taking->reject, &taking->detail);
    case BUNDLE_WAITS:
        return fail(taking, REJECT_FEED_OLDER,
                    "已回退到上一版，等待序号更大的内容 (rolled back: waits for a higher serial)");
    case BUNDLE_REFUSED:
        break;
    }
    return false;
}

/* Whose key signed it; NULL: nobody's. */
static const struct source_config *signer_of(const struct config *config,
                                             const struct bundle *bundle) {
    for (size_t i = 0; bundle->signer && i < config->source_count; i++)
        if (strcmp(config->sources[i].name, bundle->signer->source) == 0)
            return config->sources + i;
    return NULL;
}

static json_t *take(struct taking *taking) {
    struct trust trust;
    struct bundle bundle = {0};
    struct take_fault fault;
    char *source = door_label(taking->door, taking->path);
    struct take_options options = {.kind = "import", .source = source, .request = taking->request};
    trust_load(&trust, taking->door->config, taking->door->ledger);
    bool good = open_and_check(taking, &trust, &bundle);
    options.from = signer_of(taking->door->config, &bundle);
    json_t *receipt = good ? door_take(taking->door, &bundle, &options, &fault)
                           : door_refuse(taking->door, taking->path, taking->reject, taking->detail,
                                         taking->request);
    bundle_finish(&bundle);
    trust_finish(&trust);
    free(source);
    return receipt;
}

json_t *door_take_path(struct door *door, const char *path, const struct brought *brought,
                       const char *request) {
    struct taking taking = {.door = door, .path = path, .brought = brought, .request = request};
    json_t *receipt = take(&taking);
    free(taking.detail);
    return receipt;
}
