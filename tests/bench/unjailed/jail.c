/* The jail left open, to see what it costs: descriptors are moved to their places and nothing is
 * given up. For bench_jail only. */
#include "helpers/jail.h"

#include <unistd.h>

bool jail_enter(pid_t parent, int source, int answer, const struct jail_limits *limits) {
    (void)parent;
    (void)limits;
    return dup2(source, JAIL_SOURCE) >= 0 && dup2(answer, JAIL_ANSWER) >= 0;
}
