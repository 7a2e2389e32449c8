#include "keeper/network.h"

#include <errno.h>
#include <linux/if.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"

int network_watch(void) {
    struct sockaddr_nl address = {.nl_family = AF_NETLINK,
                                  .nl_groups = RTMGRP_LINK | RTMGRP_IPV4_IFADDR |
                                               RTMGRP_IPV6_IFADDR | RTMGRP_IPV4_ROUTE |
                                               RTMGRP_IPV6_ROUTE};
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
    if (fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof address) == 0)
        return fd;
    log_warning("netlink: 无法得知网络恢复 (cannot hear of networks): %s", strerror(errno));
    if (fd >= 0)
        close(fd);
    return -1;
}

static bool says_up(const struct nlmsghdr *message) {
    switch (message->nlmsg_type) {
    case RTM_NEWADDR:
    case RTM_NEWROUTE:
        return true;
    case RTM_NEWLINK:
        return (((const struct ifinfomsg *)NLMSG_DATA(message))->ifi_flags & IFF_RUNNING) != 0;
    default:
        return false;
    }
}

bool network_came(int fd) {
    union {
        struct nlmsghdr align;
        char bytes[16384];
    } buffer;
    bool came = false;
    ssize_t size = 0;
    while ((size = recv(fd, buffer.bytes, sizeof buffer.bytes, 0)) > 0 || errno == ENOBUFS) {
        if (size < 0) { /* too much at once: something has changed */
            came = true;
            continue;
        }
        unsigned left = (unsigned)size;
        for (const struct nlmsghdr *at = &buffer.align; NLMSG_OK(at, left);
             at = NLMSG_NEXT(at, left))
            came = came || says_up(at);
    }
    return came;
}
