/* bundle_name.h: what the files of a bundle are called; for the helper `document` too */
#pragma once

#include <stdbool.h>

#define BUNDLE_HEAD           "feed.json"
#define BUNDLE_SIGNATURE      "feed.json.minisig"
#define BUNDLE_KEYS           "keys.json"
#define BUNDLE_KEYS_SIGNATURE "keys.json.minisig"
#define BUNDLE_MEDIA          "media"

#define BUNDLE_HEAD_BYTES                                                                          \
    (256u << 20) /* all pages together: 25,000 long cases in a stick's bundle */

/* Whether the file of this name is read before any medium: head, signatures and pages. */
bool bundle_name_is_head(const char *name);
