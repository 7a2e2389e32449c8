/* receipt.h: a receipt for people, on stdout: what the commands that take cases in have in common
 */
#pragma once

#include <stdbool.h>

#include <jansson.h>

const char *receipt_text(const json_t *object, const char *key); /* "" when it is no text */
long long receipt_number(const json_t *object, const char *key); /* 0 when it is no number */

/* Of a case or notice: its unit or level; "" where it says none. */
const char *receipt_section(const json_t *entry);
/* Of its cases, how many wait for a review. */
size_t receipt_count_waiting(const json_t *receipt);
/* "held": what was withdrawn and came again, with the command that allows it. */
void receipt_print_held(const json_t *receipt);
/* "rejects": what was not taken, each behind the heading; why; what to do. Without those that were
 * withdrawn: "held" says more of them. */
void receipt_print_rejects(const json_t *receipt, const char *heading);
/* "missing": characters that no font has. False: there are none. */
bool receipt_print_missing(const json_t *receipt);
/* "masked" of "cases": numbers of persons that are not shown, case by case. */
void receipt_print_masked(const json_t *receipt);
/* "tidied" of "cases": what was put right in all of them. */
void receipt_print_tidied(const json_t *receipt);
