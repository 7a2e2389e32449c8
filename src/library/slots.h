/* slots.h: one text in two slots of a file, written in turn
 *
 * Each slot holds a counter, the size and a SHA-256 over all of it; the valid one with the higher
 * counter is read, the other one is written next. A write that is torn spoils the slot that was
 * the older one and nothing else. Slots lie block by block side by side (block n of slot s is block
 * 2n + s of the file), so that either may grow. One thread, one process.
 *
 *     offset  bytes
 *          0     16  "fengcai-slots-1", NUL
 *         16      8  counter, lowest byte first
 *         24      8  size of the text, lowest byte first
 *         32     32  SHA-256 over the 32 bytes before and the text
 *         64         the text */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SLOT_BYTES (64u << 20) /* of a text at most: 300,000 withdrawn cases */
#define SLOT_BLOCK 4096        /* of every file system: what is written at once */

enum slots_result {
    SLOTS_NONE,    /* no file yet, or an empty one */
    SLOTS_READ,    /* *text is the caller's */
    SLOTS_DAMAGED, /* neither slot is valid (quiet) */
    SLOTS_FAILED   /* the file cannot be opened; reported */
};

struct slots {
    char *path;       /* owned */
    uint64_t counter; /* of the slot that was read or written last; 0: none */
    int newest;       /* that slot; the other one is written next */
};

/* *text: NUL-terminated, NULL unless SLOTS_READ. slots_close it whatever comes back. */
enum slots_result slots_open(struct slots *slots, const char *path, char **text, size_t *size);
void slots_close(struct slots *slots); /* zeroed is fine */
/* On the disk when it returns true. False: reported; the slot that was valid still is. */
bool slots_save(struct slots *slots, const char *text, size_t size);
