#include "base/priority.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"

#define NICENESS  10              /* the picture on the screen comes first */
#define IO_LOWEST ((2 << 13) | 7) /* best effort, its last (ioprio_set(2)) */

static void lower_session(void) {
    char text[8];
    int fd = getsid(0) == getpid() ? open("/proc/self/autogroup", O_WRONLY | O_CLOEXEC) : -1;
    if (fd < 0) /* not ours to lower, or a kernel without */
        return;
    snprintf(text, sizeof text, "%d", NICENESS);
    if (!write_all(fd, text, strlen(text)))
        log_debug("autogroup: %s", strerror(errno));
    close(fd);
}

void priority_lower(void) {
    if (setpriority(PRIO_PROCESS, 0, NICENESS) != 0)
        log_debug("setpriority: %s", strerror(errno));
    if (syscall(SYS_ioprio_set, 1 /* IOPRIO_WHO_PROCESS */, 0, IO_LOWEST) != 0)
        log_debug("ioprio_set: %s", strerror(errno));
    lower_session();
}
