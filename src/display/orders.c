#include "display/orders.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/time.h"
#include "library/chosen.h"
#include "library/setup_code.h"

struct tried_pin *order_try_pin(const char *station_path, const char *digits) {
    struct tried_pin *tried = xcalloc(1, sizeof *tried);
    enum pin_role role = PIN_ENTER;
    int64_t wait_ms = 0; /* the page asks for itself, again and again */
    enum pin_result result =
        pins_try(station_path, digits, time_now_ms(), &tried->who, &role, &wait_ms);
    if (result == PIN_NONE_SET) {
        result = setup_code_try(station_path, digits, time_now_ms(), &wait_ms);
        tried->who = result == PIN_GOOD ? xstrdup(SETUP_BY) : NULL;
        tried->state = result == PIN_GOOD ? PIN_OPENS_SETUP : PIN_TYPING;
    }
    if (result == PIN_WRONG || result == PIN_FAILED)
        tried->state = result == PIN_WRONG ? PIN_IS_WRONG : PIN_UNKNOWN;
    return tried;
}

struct tried_pin *order_set_pin(const char *station_path, const struct browse_order *order) {
    struct tried_pin *tried = xcalloc(1, sizeof *tried);
    tried->is_new = true;
    tried->fault = pins_set(station_path, order->arguments, PIN_REVIEW, order->what);
    return tried;
}

bool order_ask(const char *station_path, struct desk_request *request) {
    struct station *station = station_open(station_path, DB_WRITE, NULL);
    bool good = station && desk_ask(station, request);
    station_close(station);
    return good;
}

void order_blacken(const char *station_path, const struct browse_order *order) {
    struct station *station = station_open(station_path, DB_WRITE, NULL);
    if (station)
        desk_set_black(station, strcmp(order->what, "on") == 0, order->by);
    station_close(station);
}

void order_choose(const char *station_path, const struct browse_order *order) {
    const char *dot = strchr(order->what, '.');
    if (!dot)
        return;
    char *section = xstrndup(order->what, (size_t)(dot - order->what));
    const struct chosen chosen = {section, dot + 1, order->arguments, order->by, time_now_ms()};
    struct desk_request request = {.kind = (char *)"settings", .by = order->by};
    if (chosen_set(station_path, &chosen))
        order_ask(station_path, &request);
    free(section);
}
