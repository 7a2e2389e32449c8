/* layout_amount.h: a number and its unit stay together (CLREQ 符号分离禁则, UAX #14 LB25)
 *
 * Inside layout only. UAX #14 keeps 50% and $3 together; it does not know that 3.5 万元, 12 分钟
 * and 18 km/h are one too. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Would a line that ends at one offset of the text, the next beginning at the other, part a number
 * from its unit or a unit in itself? Between them stands only white space. */
bool amount_is_parted(const char *text, size_t end, size_t next);
