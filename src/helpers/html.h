/* html.h: a fragment or page of HTML → its text and pictures, by libxml2's parser
 *
 * Nothing is fetched, no tree is built: text is taken while the parser goes through. The input is
 * UTF-8, whatever it says of itself. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "helpers/html_text.h"
#include "ingest/document_wire.h"

/* Hears of a picture with an address, at most DOCUMENT_PICTURES times; both as they stand, trimmed
 * and within their limits. */
typedef void html_on_picture(void *user, const char *url, const char *alt);

/* Once, before anything forks. */
void html_init(void);
/* bytes (of which NULs are overwritten) end with a NUL beyond size. Paragraphs go to text, which is
 * the caller's to finish in any case. */
enum document_reason html_read(char *bytes, size_t size, struct html_text *text,
                               html_on_picture *on_picture, void *user);
