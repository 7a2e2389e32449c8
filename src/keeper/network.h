/* network.h: hears of networks that come up, from the kernel (rtnetlink(7)) */
#pragma once

#include <stdbool.h>

/* A descriptor to poll for reading; -1: there is none (reported), polls go by the clock alone. */
int network_watch(void);
/* Reads all that came. True: a link with a carrier, an address or a route was among it. */
bool network_came(int fd);
