/* webpage.h: an HTML file that needs no other and asks for none
 *
 * Opened by a double-click on any PC, without a network; no scripts. Errors of writing stick to the
 * stream. */
#pragma once

#include <stdbool.h>
#include <stdio.h>

/* Up to the start of the body. title and style (CSS behind what all pages have) are trusted.
 * pictures: those that stand in the page itself (data:) are shown. */
void webpage_begin(FILE *to, const char *title, const char *style, bool pictures);
void webpage_end(FILE *to);
