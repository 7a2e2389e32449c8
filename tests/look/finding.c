#include "finding.h"

#include <assert.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/str.h"

#define MAX_TEXT_BYTES 90 /* thirty Han: enough to find it by */

static const struct {
    const char *name, *unit;
} kinds[] = {
    [FINDING_SMALL] = {"small", " px, of at least 26u"},
    [FINDING_OUTSIDE] = {"outside", " px outside of its box"},
    [FINDING_MARGIN] = {"margin", " px into the margin of 48u"},
    [FINDING_OVERLAP] = {"overlap", " px deep"},
    [FINDING_COVERED] = {"covered", " px deep"},
    [FINDING_CONTRAST] = {"contrast", ":1, of at least 4.5"},
    [FINDING_CUT] = {"cut", " characters are left"},
    [FINDING_LOST] = {"lost", " characters are shown"},
    [FINDING_DISTORTED] = {"distorted", " % wider than it should be"},
    [FINDING_CROPPED] = {"cropped", " % cut away, of at most 35"},
    [FINDING_ENLARGED] = {"enlarged", " %, of at most 250"},
    [FINDING_POSTER] = {"poster", " % cut away, or written over (0)"},
    [FINDING_BROKEN] = {"broken", ""},
};
static_assert(sizeof kinds / sizeof *kinds == FINDING_KIND_COUNT, "a name for each kind");

void findings_add(struct findings *findings, enum finding_kind kind, struct rect place,
                  double value, const char *text) {
    findings->items = xrealloc(findings->items, findings->count + 1, sizeof *findings->items);
    findings->items[findings->count++] =
        (struct finding){.kind = kind,
                         .place = place,
                         .value = value,
                         .text = xstrndup(text, utf8_cut(text, MAX_TEXT_BYTES))};
}

void findings_finish(struct findings *findings) {
    for (size_t i = 0; i < findings->count; i++)
        free(findings->items[i].text);
    free(findings->items);
    *findings = (struct findings){0};
}

size_t findings_count(const struct findings *findings, enum finding_kind kind) {
    size_t count = 0;
    for (size_t i = 0; i < findings->count; i++)
        count += findings->items[i].kind == kind;
    return count;
}

const char *finding_name(enum finding_kind kind) {
    return kinds[kind].name;
}

const char *finding_unit(enum finding_kind kind) {
    return kinds[kind].unit;
}
