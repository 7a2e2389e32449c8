/* pending_kind.h: for what a case waits that is not shown yet, and whose it is */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "library/case.h"

enum pending_kind {
    PENDING_DRAFT,    /* looked at before it is taken; of no importance when nobody looks */
    PENDING_REVIEW,   /* 待审: entered by one person, to be released by another */
    PENDING_DECLINED, /* of a feed, and not wanted: so that the next poll does not bring it again */
    PENDING_KIND_COUNT
};

/* Whose it is; texts are lent. */
struct pending_origin {
    enum pending_kind kind;
    const char *by, *source; /* never NULL */
    bool is_signed;          /* by the key of a source */
    int64_t at_ms;
};

/* One of those that wait, as a list tells it; texts are lent. */
struct pending_case {
    const char *id, *title, *school, *by, *source;
    enum level level;
    enum unit unit;
    int64_t at_ms;
    bool is_signed;
    bool update; /* one with its id is shown now */
    int64_t pictures, videos;
};
