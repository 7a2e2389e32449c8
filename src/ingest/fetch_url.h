/* fetch_url.h: the parts of an http(s) address (RFC 3986). Pure; any thread. */
#pragma once

#include <stdbool.h>

/* Whether they name two hosts, ports and letter case aside; false where one names none. */
bool url_other_host(const char *a, const char *b);
