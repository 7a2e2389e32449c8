#include "ingest/bundle_name.h"

#include <string.h>

#include "base/str.h"

bool bundle_name_is_head(const char *name) {
    return strcmp(name, BUNDLE_HEAD) == 0 || strcmp(name, BUNDLE_SIGNATURE) == 0 ||
           strcmp(name, BUNDLE_KEYS) == 0 || strcmp(name, BUNDLE_KEYS_SIGNATURE) == 0 ||
           (text_starts(name, "page-") && text_ends(name, ".json"));
}
