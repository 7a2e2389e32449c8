/* setup.h: the first set-up, step by step, and what is typed in it; pure, any thread */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "display/place.h"

#define SETUP_STEPS 5

/* The caller's. */
struct place setup_first(void);
struct place setup_after(enum place_kind kind); /* of the last step: PLACE_FINISH */
int setup_number(enum place_kind kind);         /* from 1; 0: it is no step */

/* ---- drafts: text of PLACE_OWN_SCHOOL, PLACE_BUILDING; digits of PLACE_CLOCK */

#define DRAFT_BYTES 60 /* of a name: twenty Han */
#define DATE_DIGITS 12 /* year, month, day, hour, minute */

/* With a piece more, or as it was where that does not belong there or leaves no room. The
 * caller's. */
char *draft_add(enum place_kind kind, const char *draft, const char *piece);
char *draft_erase(const char *draft);

#define DATE_TEXT_SIZE 20
/* "2026-11-2_ __:__" */
void draft_print_date(const char *digits, char text[DATE_TEXT_SIZE]);
/* Local time. False: not all digits are there, or no such moment is. */
bool draft_parse_date(const char *digits, int64_t *ms);
