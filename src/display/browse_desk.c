/* The administrator: the emblem that is held, the PIN, and what is ordered behind it. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "display/browse_private.h"
#include "display/setup.h"

#define HOLD_US (3 * 1000000LL)
#define MOST    (sizeof((struct browse_desk *)0)->orders / sizeof(struct browse_order))

void browse_order_finish(struct browse_order *order) {
    if (order->what) /* it may be a PIN */
        explicit_bzero(order->what, strlen(order->what));
    free(order->what);
    free(order->arguments);
    free(order->by);
    *order = (struct browse_order){0};
}

void browse_desk_finish(struct browse *browse) {
    struct browse_desk *desk = &browse->desk;
    for (size_t i = 0; i < desk->order_count; i++)
        browse_order_finish(&desk->orders[i]);
    desk->order_count = 0;
    explicit_bzero(desk->digits, sizeof desk->digits);
    explicit_bzero(desk->first, sizeof desk->first);
    free(desk->who);
    free(desk->ordered);
    free(desk->asked);
    *desk = (struct browse_desk){0};
}

/* The PIN of somebody who left is not tried any more; where it is already, nobody is told. */
void browse_leave_desk(struct browse *browse) {
    struct browse_desk *desk = &browse->desk, kept = {0};
    browse_end_trial(browse);
    for (size_t i = 0; i < desk->order_count; i++)
        if (desk->orders[i].kind != BROWSE_TRY_PIN) {
            kept.orders[kept.order_count++] = desk->orders[i];
            desk->orders[i] = (struct browse_order){.kind = BROWSE_TRY_PIN};
        }
    kept.trying = kept.stale = desk->trying;
    browse_desk_finish(browse);
    *desk = kept;
}

bool browse_is_desk(const struct place *place) {
    return (place->kind >= PLACE_PIN && place->kind < PLACE_NOTICE) || place->of_desk;
}

/* ---- what is ordered */

void browse_add_order(struct browse *browse, enum browse_order_kind kind, const char *what,
                      const char *arguments) {
    struct browse_desk *desk = &browse->desk;
    if (desk->order_count < MOST)
        desk->orders[desk->order_count++] =
            (struct browse_order){kind, xstrdup(what), xstrdup(arguments ? arguments : "{}"),
                                  xstrdup(desk->who ? desk->who : "")};
}

/* ---- the emblem */

static bool is_on(struct rect rect, struct point at) {
    return !rect_empty(rect_meet(rect, (struct rect){at.x, at.y, 1, 1}));
}

bool browse_hold(struct browse *browse, const struct gesture *gesture,
                 const struct browse_seen *seen, int64_t now_us) {
    struct browse_desk *desk = &browse->desk;
    if (gesture->kind == GESTURE_PRESS && is_on(seen->emblem, gesture->at))
        desk->hold_us = now_us;
    else if (gesture->kind != GESTURE_LONG_PRESS)
        desk->hold_us = 0;
    return desk->hold_us && gesture->kind == GESTURE_LONG_PRESS; /* else it opens the case */
}

static void open_pin(struct browse *browse, int64_t now_us) {
    browse->state = BROWSE_OPENING;
    browse_use(browse, now_us);
    trail_clear(&browse->trail);
    trail_go(&browse->trail, place_of(PLACE_PIN, ""), 0);
    browse_want_page(browse, MOVE_UP);
}

void browse_tick_desk(struct browse *browse, const struct browse_seen *seen, int64_t now_us) {
    struct browse_desk *desk = &browse->desk;
    browse_tick_setup(browse, now_us);
    if (!desk->hold_us || browse->state != BROWSE_CLOSED)
        return;
    if (now_us - desk->hold_us >= HOLD_US) {
        desk->hold_us = 0;
        open_pin(browse, now_us);
    } else if (!gestures_down(&browse->gestures)) { /* let go too soon */
        desk->hold_us = 0;
        if (!browse->black)
            browse_open(browse, seen, now_us);
    }
}

int64_t browse_desk_deadline(const struct browse *browse) {
    return browse->desk.hold_us ? browse->desk.hold_us + HOLD_US : INT64_MAX;
}

/* ---- the PIN */

static void show_pin(struct browse *browse, enum pin_state state) {
    struct place *here = trail_here(&browse->trail);
    if (!here || here->kind != PLACE_PIN)
        return;
    size_t count = strlen(browse->desk.digits);
    free(here->text);
    here->text = xcalloc(count + 1, 1);
    memset(here->text, '*', count);
    here->picture = (int)state;
    browse_want_page(browse, MOVE_CUT);
}

static void type_digit(struct browse *browse, const char *text) {
    struct browse_desk *desk = &browse->desk;
    size_t count = strlen(desk->digits);
    if (count < PIN_MOST && text[0] >= '0' && text[0] <= '9' && !text[1])
        desk->digits[count] = text[0];
    show_pin(browse, PIN_TYPING);
}

static void erase_digit(struct browse *browse) {
    size_t count = strlen(browse->desk.digits);
    if (count)
        browse->desk.digits[count - 1] = '\0';
    show_pin(browse, PIN_TYPING);
}

static void try_pin(struct browse *browse) {
    if (!*browse->desk.digits)
        return;
    browse_add_order(browse, BROWSE_TRY_PIN, browse->desk.digits, NULL);
    explicit_bzero(browse->desk.digits, sizeof browse->desk.digits);
    show_pin(browse, PIN_TRYING);
}

void browse_handle_pin(struct browse *browse, enum pin_state state, const char *who,
                       int64_t now_us) {
    struct browse_desk *desk = &browse->desk;
    const struct place *here = trail_here(&browse->trail);
    bool stale = desk->stale > 0;
    desk->stale -= stale;
    desk->trying -= desk->trying > 0;
    if (stale || browse->state == BROWSE_CLOSING || !here || here->kind != PLACE_PIN)
        return;
    browse_use(browse, now_us);
    if (!who) {
        show_pin(browse, state);
        return;
    }
    explicit_bzero(desk->digits, sizeof desk->digits); /* typed while it was tried */
    free(desk->who);
    desk->who = xstrdup(who);
    trail_clear(&browse->trail);
    trail_go(&browse->trail, state == PIN_OPENS_SETUP ? setup_first() : place_of(PLACE_PANEL, who),
             0);
    browse_want_page(browse, MOVE_FORWARD);
}

/* What is touched again before the page says what became of it is not asked for once more. */
static void order_at_once(struct browse *browse, enum browse_order_kind kind, const char *what,
                          const char *arguments) {
    struct browse_desk *desk = &browse->desk;
    struct place *here = trail_here(&browse->trail);
    char *order = xasprintf("%llu %s %s", (unsigned long long)browse->page.page.ticket, what,
                            arguments ? arguments : "");
    if (desk->ordered && strcmp(desk->ordered, order) == 0) {
        free(order);
        return;
    }
    free(desk->ordered);
    desk->ordered = order;
    browse_add_order(browse, kind, what, arguments);
    if (here)
        here->picture = 0;
    browse_want_page(browse, MOVE_CUT);
}

void browse_desk_enter(struct browse *browse) {
    struct browse_desk *desk = &browse->desk;
    const struct action *asks = &browse->page.page.asks;
    char *asked =
        asks->kind == ACTION_ASK && desk->who ? xasprintf("%s %s", asks->text, asks->more) : NULL;
    if (!asked || (desk->asked && strcmp(desk->asked, asked) == 0)) {
        free(asked);
        return;
    }
    free(desk->asked);
    desk->asked = asked;
    browse_add_order(browse, BROWSE_ASK, asks->text, asks->more);
    browse_want_page(browse, MOVE_CUT);
}

bool browse_desk_act(struct browse *browse, const struct action *action) {
    const struct place *here = trail_here(&browse->trail);
    bool pin = here && here->kind == PLACE_PIN;
    if (pin && action->kind == ACTION_TYPE)
        type_digit(browse, action->text);
    else if (pin && action->kind == ACTION_ERASE)
        erase_digit(browse);
    else if (pin && action->kind == ACTION_ENTER)
        try_pin(browse);
    else if (browse->desk.who && action->kind == ACTION_ASK)
        order_at_once(browse, BROWSE_ASK, action->text, action->more);
    else if (browse->desk.who && action->kind == ACTION_BLACK)
        order_at_once(browse, BROWSE_BLACKEN, action->number ? "on" : "off", NULL);
    else
        return browse_setup_act(browse, action);
    return true;
}

bool browse_take_order(struct browse *browse, struct browse_order *order) {
    struct browse_desk *desk = &browse->desk;
    if (!desk->order_count)
        return false;
    *order = desk->orders[0];
    desk->trying += order->kind == BROWSE_TRY_PIN;
    memmove(desk->orders, desk->orders + 1, --desk->order_count * sizeof *desk->orders);
    return true;
}
