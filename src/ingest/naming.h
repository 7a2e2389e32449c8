/* naming.h: what the names of folders and files say (DESIGN: Plain folder)
 *
 * Names are valid UTF-8; what comes back is normalised (text.h), the caller's and never NULL. Pure;
 * any thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "library/case.h"

/* The unit that a folder is named after, loosely: "1.党建引领", "三全育人单元", "【智慧服务】",
 * "单元一 党建引领", "党建", "黨建引領", "party". Order numbers, words like 单元 and 案例,
 * brackets, spaces and punctuation do not count; nothing else may stand beside the name. */
bool naming_unit(const char *name, enum unit *unit);
/* LEVEL_NOTICE for 通知, LEVEL_URGENT for 紧急通知, as loosely; else LEVEL_CASE. */
enum level naming_notice(const char *name);

/* Whether the school is one that is known otherwise; user is passed on. May be NULL. */
typedef bool naming_school_known(void *user, const char *name);

/* "01 标题（学校）" → title and school. The bracket at the end (full- or half-width, nesting) is
 * the school only if it is known or ends in 大学, 学院, 学校 or 校区, a bracket of its own behind
 * that allowed (中国石油大学（华东）); else it stays in the title and school is "". */
void naming_split(const char *name, naming_school_known *known, void *user, char **title,
                  char **school);

/* Behind an order number at the start of a name: "01 ", "1、", "（一）", "3.", "图1", "第3张 ",
 * "附件2：". Points into the name, at its start if there is none, at its end if there is nothing
 * else. "2026年", "10分钟" and "00后" are no order. */
const char *naming_skip_order(const char *name);
/* Without what people and Windows put behind names: " (1)", " - 副本", 终稿, 定稿, V2, a date. ""
 * if nothing else is there. */
char *naming_trim_marks(const char *name);
/* The name of a single file as a title: without extension, 附件, order number and marks. */
char *naming_of_file(const char *file_name);

/* "<school>/<title>", white space collapsed, "/" as "／". */
char *naming_id(const char *school, const char *title);
/* The id of a local notice, normal or urgent: "通知/" and what it says itself, or the school, if
 * one is said, and the title; either may be NULL. */
char *naming_notice_id(const char *said, const char *school, const char *title);
/* The id of a local case or notice: one that looks as if it were an item's of a feed (case_own_id),
 * or a case's that looks like a notice's, gets "本机:" before it, so that no folder speaks for a
 * feed and no case takes the place of a notice. */
char *naming_local_id(const char *id, enum level level);

/* Titles that differ, but so little (white space, punctuation, width, kind of brackets, one
 * character in five) that they may be the same case. Other numbers (第三期, 第四期; 2025, 2026)
 * make another case. */
bool titles_nearly_equal(const char *a, const char *b);
