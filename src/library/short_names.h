/* short_names.h: what a school is usually called for short. Pure, any thread. */
#pragma once

#include "base/str.h"

/* Adds the short forms of a school's name, each ended by '\n': those that are known (清华大学:
 * 清华), and those that the name's parts make, as is done with most (北京航空航天大学: 北航;
 * 松湖师范大学: 松师, 松师大, 松湖师大). Of a campus in brackets with it, too. */
void short_names_add(struct str *into, const char *school);
