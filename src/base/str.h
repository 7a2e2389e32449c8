/* str.h: a growing UTF-8 string on the heap
 *
 * data is always NUL-terminated once something was added, and NULL before. Any thread, one at a
 * time. Memory is got by base/memory: adding never fails. */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str {
    char *data;  /* owned; NULL when nothing was added yet */
    size_t size; /* bytes without the NUL */
    size_t capacity;
};

void str_add(struct str *str, const char *text);
void str_add_bytes(struct str *str, const char *bytes, size_t size);
void str_add_char(struct str *str, char c);
void str_add_codepoint(struct str *str, uint32_t codepoint); /* as UTF-8 */
void str_addf(struct str *str, const char *format, ...) __attribute__((format(printf, 2, 3)));
void str_clear(struct str *str);             /* keeps the memory */
void str_trim(struct str *str);              /* drops ASCII white space at the end */
const char *str_text(const struct str *str); /* "" when empty; valid until the next change */
char *str_take(struct str *str); /* the caller owns the result, never NULL; str is empty after */
void str_finish(struct str *str);

/* The code point at *at in NUL-terminated UTF-8, moving *at behind it; 0 at the end. A malformed
 * byte gives U+FFFD and moves on by one byte. */
uint32_t utf8_next(const char **at);
size_t utf8_length(const char *text); /* code points */
/* The largest size up to limit at which text is not cut inside a code point. */
size_t utf8_cut(const char *text, size_t limit);

bool text_starts(const char *text, const char *start);
bool text_ends(const char *text, const char *end);
bool text_empty(const char *text); /* NULL or "" */
