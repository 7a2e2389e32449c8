/* Hearing of a network: in a network namespace of its own, where loopback goes down and up. 77:
 * none is to be had. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "keeper/network.h"

#define FLOOD 2000 /* more messages than a socket takes */

static void ask(unsigned long request, struct ifreq *of) {
    int any = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    strcpy(of->ifr_name, "lo");
    assert_true(any >= 0);
    assert_int_equal(ioctl(any, request, of), 0);
    close(any);
}

static void set_up(bool up) {
    struct ifreq lo = {0};
    ask(SIOCGIFFLAGS, &lo);
    lo.ifr_flags = (short)(up ? lo.ifr_flags | IFF_UP : lo.ifr_flags & ~IFF_UP);
    ask(SIOCSIFFLAGS, &lo);
}

static void set_address(const char *address) {
    struct ifreq lo = {0};
    struct sockaddr_in in = {.sin_family = AF_INET};
    inet_pton(AF_INET, address, &in.sin_addr);
    memcpy(&lo.ifr_addr, &in, sizeof in);
    ask(SIOCSIFADDR, &lo);
}

static void set_mtu(int mtu) {
    struct ifreq lo = {0};
    lo.ifr_mtu = mtu;
    ask(SIOCSIFMTU, &lo);
}

static void test_up_and_down(void **state) {
    (void)state;
    int fd = network_watch();
    assert_true(fd >= 0);
    assert_false(network_came(fd));
    set_up(true);
    assert_true(network_came(fd));
    assert_false(network_came(fd)); /* told once */
    set_up(false);
    assert_false(network_came(fd)); /* that it went is no reason to ask */
    set_mtu(4000);
    assert_false(network_came(fd)); /* nor is a change of what is down */
    set_up(true);
    assert_true(network_came(fd));
    close(fd);
}

/* An address alone, as DHCP gives it to what has been up. */
static void test_address(void **state) {
    (void)state;
    set_up(true);
    int fd = network_watch();
    assert_true(fd >= 0);
    set_address("127.0.0.77");
    assert_true(network_came(fd));
    assert_false(network_came(fd));
    close(fd);
}

/* What was lost may have been the message. */
static void test_too_much_at_once(void **state) {
    (void)state;
    const int least = 1;
    set_up(false);
    int fd = network_watch();
    assert_true(fd >= 0);
    assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &least, sizeof least), 0);
    for (int i = 0; i < FLOOD; i++)
        set_mtu(3000 + i % 2);
    assert_true(network_came(fd));
    assert_false(network_came(fd));
    close(fd);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_up_and_down),
        cmocka_unit_test(test_address),
        cmocka_unit_test(test_too_much_at_once),
    };
    if (unshare(CLONE_NEWNET) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) {
        puts("SKIP: no network namespace of one's own here");
        return 77;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
