/* csv.h: tables for spreadsheets: UTF-8 with a BOM, fields in quotes, CRLF (RFC 4180) */
#pragma once

#include <stdio.h>

/* Without the BOM Excel takes it for GBK. */
void csv_begin(FILE *to);
/* A field in its quotes. What a spreadsheet could take for a formula has an apostrophe before it;
 * control characters become spaces. */
void csv_text(FILE *to, const char *text);
