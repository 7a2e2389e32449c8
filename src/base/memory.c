#include "base/memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void memory_gone(void) {
    fputs("内存不足 (out of memory)\n", stderr);
    abort();
}

static void *check(void *memory) {
    if (!memory)
        memory_gone();
    return memory;
}

void *xmalloc(size_t size) {
    return check(malloc(size ? size : 1));
}

void *xcalloc(size_t count, size_t size) {
    return check(calloc(count ? count : 1, size ? size : 1));
}

void *xrealloc(void *old, size_t count, size_t size) {
    size_t bytes = 0;
    if (__builtin_mul_overflow(count, size, &bytes))
        return check(NULL);
    return check(realloc(old, bytes ? bytes : 1));
}

char *xstrdup(const char *text) {
    return text ? check(strdup(text)) : NULL;
}

char *xstrndup(const char *text, size_t size) {
    return check(strndup(text, size));
}

char *xvasprintf(const char *format, va_list arguments) {
    char *text = NULL;
    return vasprintf(&text, format, arguments) < 0 ? check(NULL) : text;
}

char *xasprintf(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *text = xvasprintf(format, arguments);
    va_end(arguments);
    return text;
}
