/* text.h: text as the library keeps it
 *
 * UTF-8, NFC, '\n' as the only control character, and nothing that cannot be seen: control
 * characters, byte order marks, noncharacters, zero-width and bidi controls are dropped. What is
 * invisible but does something stays: joiners within emoji and within scripts that use them,
 * variation selectors behind a character, the tags of flags. Results are the caller's and never
 * NULL; a malformed byte becomes U+FFFD. Pure; any thread. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* ICU allocates as we do: without memory some of it hands out NULL and some goes on with it. Before
 * any other use of ICU in the process, and once. */
void text_adopt_icu(void);

char *text_normalise(const char *utf8);      /* lines stay lines; a tab becomes a space */
char *text_normalise_line(const char *utf8); /* one line: white space collapsed and trimmed */
/* Each line of normalised text a paragraph: trimmed (　 too), empty ones dropped, joined by '\n',
 * none at the end. */
char *text_paragraphs(const char *text);
/* As it is typed, but for white space at the ends of lines and empty lines at both ends. */
char *text_trim(const char *text);

/* NFKC with case folded and white space collapsed: for comparing, never for showing. */
char *text_fold(const char *utf8);
/* text_fold without white space, punctuation and symbols: only letters and digits are left. */
char *text_fold_letters(const char *utf8);

bool text_valid(const char *bytes); /* well-formed UTF-8 */
/* For a message: NFC; malformed bytes as \xE4, control and invisible characters as \u{202E}. */
char *text_printable(const char *bytes);

bool text_is_letter(uint32_t codepoint); /* of any script; no digit */
bool text_is_space(uint32_t codepoint);  /* of any width, no-break or not; no line end */
bool text_is_han(uint32_t codepoint); /* of the script Han: ideographs, 々, 〇; no punctuation */
/* Scripts set without spaces: Han, kana, bopomofo, and the punctuation of those. */
bool text_is_cjk(uint32_t codepoint);
