/* register.h: 内容台账: each case that is shown, and by whose word
 *
 * One row a case, for a spreadsheet (csv.h): id, title, school, unit, phase, source, whether that
 * was signed, imported, entered by and approved by (PINs of the receipts), shown from and to,
 * pictures, SHA-256 of the whole case. Made of the library and of the receipts. */
#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "base/paths.h"

/* Waits for commits, at most 5 s each. False: the library could not be read whole; reported. What
 * the ledger does not tell is left empty. Errors of writing stick to the stream. */
bool register_write(const struct paths *paths, FILE *to);
