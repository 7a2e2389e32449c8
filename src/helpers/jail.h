/* jail.h: what a helper's child gives up before it reads a byte of a stranger's file
 *
 * rlimits, parent-death signal, no core, all capabilities, no_new_privs, close_range, Landlock
 * where the kernel has it, and a seccomp allow-list: no open, no socket, no exec, no PROT_EXEC,
 * nothing shared. Only Landlock may be missing. */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

#define JAIL_SOURCE 3 /* where the child finds its two descriptors */
#define JAIL_ANSWER 4

struct jail_limits {
    int memory_mb; /* what it may take beyond what it has now */
    int seconds;   /* of CPU */
    bool threads;  /* it may start some; never a process */
};

/* `parent` is the process that forked this one. `source` and `answer` are moved to JAIL_SOURCE and
 * JAIL_ANSWER; everything else is closed. False: do not go on. */
bool jail_enter(pid_t parent, int source, int answer, const struct jail_limits *limits);
