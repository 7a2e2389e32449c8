/* sheet_bar.h: how the bar at the foot of every page stands; private to sheet*.c */
#pragma once

#include "display/sheet.h"

/* Of the sheet's stage, manner and place; the words are whole in every language, at every size. */
struct bar_plan sheet_plan_bar(const struct sheet *sheet);
int sheet_bar_height(const struct sheet *sheet); /* pixels, with what is free above and below */
