/* who.h: whose word it is: a PIN from the terminal or from stdin's first line */
#pragma once

#include "library/pins.h"

/* The name of whose PIN it is, the caller's, and what they may; NULL: nobody's, reported. */
char *who_ask(const char *station_path, enum pin_role *role);
