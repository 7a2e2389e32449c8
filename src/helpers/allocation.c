/* allocation.c: a child that gets no memory ends at once, with a status that says so
 *
 * Decoders differ in what they do without memory: most fail in their own words, C++ aborts, and
 * libtiff may go on with a picture that is partly black. So the allocator's functions are replaced
 * by the C library's own with a check behind it. Only a child of this program has a limit that can
 * be met. Not with a sanitizer, which replaces them itself. */
#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <unistd.h>

#include "helpers/sanitizer.h"
#include "ingest/nursery_wire.h"

#if !SANITIZED
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static void *check(void *memory) {
    if (!memory)
        _exit(NURSERY_EXIT_NO_MEMORY);
    return memory;
}

/* NOLINTBEGIN(readability-inconsistent-declaration-parameter-name): theirs are reserved names */
void *malloc(size_t size) {
    return check(__libc_malloc(size));
}

void *calloc(size_t count, size_t size) {
    return check(__libc_calloc(count, size));
}

/* Size 0 frees, and then NULL is right. */
void *realloc(void *old, size_t size) {
    void *memory = __libc_realloc(old, size);
    return size ? check(memory) : memory;
}

void *memalign(size_t alignment, size_t size) {
    return check(__libc_memalign(alignment, size));
}

void *aligned_alloc(size_t alignment, size_t size) {
    return check(__libc_memalign(alignment, size));
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
    if (alignment % sizeof(void *) != 0 || (alignment & (alignment - 1)) != 0 || alignment == 0)
        return EINVAL;
    *memory = check(__libc_memalign(alignment, size));
    return 0;
}
/* NOLINTEND(readability-inconsistent-declaration-parameter-name) */
#endif
