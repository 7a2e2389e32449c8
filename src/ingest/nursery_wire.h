/* nursery_wire.h: what the keeper and a helper say to each other over their socketpair
 *
 * Datagrams (SOCK_SEQPACKET) between two programs of one build, so plain structs will do. A job
 * carries two descriptors by SCM_RIGHTS: the file to read, and a pipe to write the answer to. Each
 * job that arrived is answered by one nursery_end after its child is gone. Anything else that the
 * keeper sends while a child runs ends that child. */
#pragma once

#include <stdint.h>

#define NURSERY_SOCKET       3  /* where the helper finds its end of the socketpair */
#define NURSERY_IDLE_SECONDS 60 /* the helper ends by itself after so long without a job */
#define NURSERY_REQUEST_SIZE 64 /* room for what a helper wants to know besides the file */

struct nursery_job {
    int32_t seconds;   /* of wall time, and of CPU */
    int32_t memory_mb; /* address space beyond what the helper holds when it forks */
    unsigned char request[NURSERY_REQUEST_SIZE];
};

enum nursery_end_kind {
    NURSERY_EXITED,   /* value: the exit status */
    NURSERY_KILLED,   /* value: the signal that nobody here sent */
    NURSERY_TOO_SLOW, /* the time was over */
    NURSERY_CANCELLED,
    NURSERY_NO_CHILD,   /* value: the errno of fork */
    NURSERY_HELPER_DIED /* not the child: nothing that a file can do */
};

struct nursery_end {
    int32_t kind; /* enum nursery_end_kind */
    int32_t value;
};

/* Exit statuses of a child that its own work does not use. */
#define NURSERY_EXIT_NO_MEMORY 113
#define NURSERY_EXIT_NO_JAIL   114 /* rights could not be dropped; not a byte was read */
