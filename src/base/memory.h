/* memory.h: allocation that never returns NULL
 *
 * For the small things of a program whose supervisor restarts it: when memory is gone the process
 * says so and aborts. Large buffers (pixels, files) use malloc and check. Any thread. */
#pragma once

#include <stdarg.h>
#include <stddef.h>

/* For what others allocate and could not: a word on stderr, and abort. */
void memory_gone(void) __attribute__((noreturn));

void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);             /* zeroed; count * size is overflow-checked */
void *xrealloc(void *old, size_t count, size_t size); /* count * size is overflow-checked */
char *xstrdup(const char *text);                      /* NULL gives NULL */
char *xstrndup(const char *text, size_t size);
char *xasprintf(const char *format, ...) __attribute__((format(printf, 1, 2)));
char *xvasprintf(const char *format, va_list arguments) __attribute__((format(printf, 1, 0)));
