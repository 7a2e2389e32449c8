/* markdown.h: Markdown → the plain paragraphs that a case consists of
 *
 * Headings become lines of their own, list items "· item" (ordered ones keep their number), table
 * rows "a | b"; emphasis, code marks, images and HTML tags are dropped, links leave their text;
 * lines of one paragraph are joined, between Han without a space. What is not understood stays as
 * it is written. Pure; any thread. */
#pragma once

#include "ingest/tidy.h"

/* text is normalised (text.h); tidy NULL: as it is typed, else tidied but for its code. Paragraphs
 * separated by '\n', the caller's, never NULL. */
char *markdown_paragraphs(const char *text, struct tidy *tidy);
