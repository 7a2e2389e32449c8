/* info.h: 信息.txt, what an administrator says about a case, one "名：值" on each line
 *
 *   学校：望川大学        标题：…        单元：党建引领        摘要：…
 *   开始：2026-09-01      结束：2026年10月31日      日期：2026.5.12
 *   阶段：推荐            链接：https://…           编号：…
 *
 * Full- or half-width colon, spaces allowed, several names for the same; empty lines, values that
 * are empty and lines that start with # are passed over. Pure; any thread. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "ingest/reject.h"
#include "library/case.h"

struct info {
    char *id, *school, *title, *summary, *url; /* owned; NULL: not said */
    bool has_unit, has_phase;
    enum unit unit;
    enum phase phase;
    int64_t published_ms;                  /* 0: not said */
    int64_t valid_from_ms, valid_until_ms; /* 0: not said; until is the end of its day */
};

/* Adds what text (normalised) says to *info, which starts zeroed; a later line wins. What is not
 * understood, and the second line of an end before its start, goes to rejects under path, with its
 * line number and text; the rest counts. */
void info_parse(const char *text, const char *path, struct info *info, struct reject_list *rejects);
void info_finish(struct info *info);
