/* orders.h: what the administrator wants done, done on station.db; the rest is the caller's
 *
 * As slow as a PIN's try: the backstage thread. */
#pragma once

#include <stdbool.h>

#include "display/browse.h"
#include "library/desk.h"

/* What became of a PIN. */
struct tried_pin {
    enum pin_state state;
    char *who;   /* owned: whose it is; NULL: nobody's */
    bool is_new; /* one was set, and nothing tried: */
    enum pin_fault fault;
};
/* Both are the caller's, on the heap. Without a PIN it is the code of the first set-up. */
struct tried_pin *order_try_pin(const char *station_path, const char *digits);
struct tried_pin *order_set_pin(const char *station_path, const struct browse_order *order);

/* BROWSE_ASK; fills what desk_ask does. False: it was not left, reported. */
bool order_ask(const char *station_path, struct desk_request *request);
void order_blacken(const char *station_path, const struct browse_order *order);
/* And tells the keeper of it. */
void order_choose(const char *station_path, const struct browse_order *order);
