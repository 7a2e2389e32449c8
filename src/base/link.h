/* link.h: whether this machine is on a network at all, as the kernel says */
#pragma once

#include <stdbool.h>

#define LINK_FOLDER "/sys/class/net"

/* folder: LINK_FOLDER. True: a link that is not the machine's own (lo) has a carrier. Quiet. */
bool link_is_up(const char *folder);
