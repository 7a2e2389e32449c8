/* kin.h: the cases around a case: before and behind it in its list, and those like it; pure */
#pragma once

#include "display/place.h"
#include "library/catalogue.h"

#define KIN_RELATED 6

struct kin {
    const struct entry *previous,
        *next;         /* borrowed of the catalogue; both NULL: there is no other */
    size_t number, of; /* of its list, from 1; 0: it does not stand there */
    const struct entry *related[KIN_RELATED];
    size_t related_count;
    size_t of_school; /* so many of them, the first, are of the same school; others of the unit */
};

/* filter: of the list that the case stands in (page_filter), whose last leads on to its first.
 * Related are those that follow it in
 * the lists of its school and of its unit, so that whoever goes on meets them all. */
struct kin kin_build(const struct catalogue *catalogue, const char *id,
                     const struct catalogue_filter *filter);
