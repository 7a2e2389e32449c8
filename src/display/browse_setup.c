/* What is set at the screen: drafts, a new PIN, and which way the picture is turned. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "display/browse_private.h"
#include "display/setup.h"

#define TRIAL_US (10 * 1000000LL)

bool browse_takes_draft(enum place_kind kind) {
    return kind == PLACE_OWN_SCHOOL || kind == PLACE_BUILDING || kind == PLACE_CLOCK;
}

/* Takes the place over. */
static void go_on(struct browse *browse, struct place place) {
    if (place.kind == PLACE_TURN)
        place.picture = browse->rotation;
    trail_go(&browse->trail, place, browse->page.scroll);
    browse_want_page(browse, MOVE_FORWARD);
}

/* ---- drafts, and what they become */

/* Takes the draft over. */
static void set_draft(struct browse *browse, char *draft) {
    struct place *here = trail_here(&browse->trail);
    free(here->text);
    here->text = draft;
    here->picture = 0;
    browse_want_page(browse, MOVE_CUT);
}

/* By the keeper; nothing for what is no level. */
static void set_level(struct browse *browse, const char *what, const char *percent) {
    const char *kind = strcmp(what, "display.brightness") == 0 ? "brightness"
                       : strcmp(what, "sound.volume") == 0     ? "volume"
                                                               : NULL;
    char *arguments = xasprintf("{\"percent\": %s}", percent);
    if (kind)
        browse_add_order(browse, BROWSE_ASK, kind, arguments);
    free(arguments);
}

/* What the display has read already counts when it begins anew. */
static void choose(struct browse *browse, const char *what, const char *value) {
    const struct place *here = trail_here(&browse->trail);
    if (browse->page.page.place.kind != here->kind) /* touched again on the step before */
        return;
    browse_add_order(browse, BROWSE_CHOOSE, what, value);
    set_level(browse, what, value);
    if (here->setup)
        go_on(browse, setup_after(here->kind));
    else if (here->kind != PLACE_SCREEN)
        browse_add_order(browse, BROWSE_RESTART, "", NULL);
    else
        browse_want_page(browse, MOVE_CUT);
}

static bool act_on_draft(struct browse *browse, const struct action *action) {
    const struct place *here = trail_here(&browse->trail);
    if (action->kind == ACTION_TYPE)
        set_draft(browse, draft_add(here->kind, here->text, action->text));
    else if (action->kind == ACTION_ERASE)
        set_draft(browse, draft_erase(here->text));
    else if (action->kind == ACTION_ENTER && here->kind == PLACE_BUILDING && *here->text)
        choose(browse, "site.building", here->text);
    else if (action->kind == ACTION_ENTER && here->kind == PLACE_OWN_SCHOOL && *here->text)
        choose(browse, "site.school", here->text);
    else
        return false;
    return true;
}

/* ---- a new PIN */

static void show_new_pin(struct browse *browse, int state) {
    struct place *here = trail_here(&browse->trail);
    here->picture = state;
    here->typed = (int)strlen(browse->desk.digits);
    browse_want_page(browse, MOVE_CUT);
}

void browse_forget_digits(struct browse *browse) {
    struct browse_desk *desk = &browse->desk;
    explicit_bzero(desk->digits, sizeof desk->digits);
    explicit_bzero(desk->first, sizeof desk->first);
}

/* After a mistake both are typed anew. */
static bool is_first(int state) {
    return state == NEW_PIN_FIRST || state >= NEW_PIN_DIFFERENT;
}

static void enter_first(struct browse *browse) {
    struct browse_desk *desk = &browse->desk;
    enum pin_fault fault = pin_check(desk->digits);
    if (fault != PIN_FINE) {
        browse_forget_digits(browse);
        show_new_pin(browse, NEW_PIN_FAULT + (int)fault);
        return;
    }
    memcpy(desk->first, desk->digits, sizeof desk->first);
    explicit_bzero(desk->digits, sizeof desk->digits);
    show_new_pin(browse, NEW_PIN_AGAIN);
}

static void enter_again(struct browse *browse) {
    struct browse_desk *desk = &browse->desk;
    const struct place *here = trail_here(&browse->trail);
    bool same = strcmp(desk->first, desk->digits) == 0;
    if (same)
        browse_add_order(browse, BROWSE_SET_PIN, desk->first, here->text);
    browse_forget_digits(browse);
    show_new_pin(browse, same ? NEW_PIN_SAVING : NEW_PIN_DIFFERENT);
}

static void type_digit(struct browse *browse, const char *text, int state) {
    struct browse_desk *desk = &browse->desk;
    size_t count = strlen(desk->digits);
    if (count < PIN_MOST && text[0] >= '0' && text[0] <= '9' && !text[1])
        desk->digits[count] = text[0];
    show_new_pin(browse, is_first(state) ? NEW_PIN_FIRST : state);
}

static void erase_digit(struct browse *browse, int state) {
    size_t count = strlen(browse->desk.digits);
    if (count)
        browse->desk.digits[count - 1] = '\0';
    show_new_pin(browse, state);
}

static bool act_on_new_pin(struct browse *browse, const struct action *action) {
    const struct place *here = trail_here(&browse->trail);
    int state = here->picture;
    bool typing = is_first(state) || state == NEW_PIN_AGAIN;
    if (action->kind == ACTION_WORD && state == NEW_PIN_WHOSE) {
        set_draft(browse, xstrdup(action->text));
        browse_forget_digits(browse);
        show_new_pin(browse, NEW_PIN_FIRST);
    } else if (action->kind == ACTION_TYPE && typing) {
        type_digit(browse, action->text, state);
    } else if (action->kind == ACTION_ERASE && typing) {
        erase_digit(browse, state);
    } else if (action->kind == ACTION_ENTER && is_first(state)) {
        enter_first(browse);
    } else if (action->kind == ACTION_ENTER && state == NEW_PIN_AGAIN) {
        enter_again(browse);
    } else {
        return false;
    }
    return true;
}

/* Where one is being saved; they may have gone on to look for something meanwhile. */
static struct place *find_saving(struct browse *browse) {
    struct trail *trail = &browse->trail;
    for (size_t i = trail->count; i-- > 0;)
        if (trail->places[i].kind == PLACE_NEW_PIN && trail->places[i].picture == NEW_PIN_SAVING)
            return &trail->places[i];
    return NULL;
}

void browse_handle_new_pin(struct browse *browse, enum pin_fault fault, int64_t now_us) {
    struct place *saving = find_saving(browse);
    if (!saving || browse->state == BROWSE_CLOSING)
        return;
    browse_use(browse, now_us);
    if (fault != PIN_FINE) {
        saving->picture = NEW_PIN_FAULT + (int)fault;
        saving->typed = 0;
        browse_want_page(browse, MOVE_CUT);
        return;
    }
    free(browse->desk.who);
    browse->desk.who = xstrdup(saving->text);
    struct place next = setup_after(PLACE_NEW_PIN);
    next.typed = 1;              /* there is one now */
    trail_clear(&browse->trail); /* no way back leads before it */
    trail_go(&browse->trail, next, 0);
    browse_want_page(browse, MOVE_FORWARD);
}

/* ---- turning the picture */

static void order_turn(struct browse *browse, int rotation) {
    const char what[2] = {(char)('0' + rotation), '\0'};
    browse->rotation = rotation;
    browse_add_order(browse, BROWSE_TURN, what, NULL);
}

static void try_turn(struct browse *browse, int rotation) {
    struct browse_desk *desk = &browse->desk;
    const struct place *here = trail_here(&browse->trail);
    if (desk->trial_us || rotation < 0 || rotation > 3 || rotation == browse->rotation)
        return;
    desk->turned_from = browse->rotation;
    desk->trial_us = browse->used_us;
    order_turn(browse, rotation);
    struct place keep = place_of(PLACE_KEEP, "");
    keep.setup = here->setup;
    keep.picture = (int)(TRIAL_US / 1000000);
    trail_go(&browse->trail, keep, 0);
    browse_want_page(browse, MOVE_CUT);
}

void browse_end_trial(struct browse *browse) {
    if (!browse->desk.trial_us)
        return;
    browse->desk.trial_us = 0;
    order_turn(browse, browse->desk.turned_from);
}

static void turn_back(struct browse *browse) {
    browse_end_trial(browse);
    trail_back(&browse->trail);
    struct place *here = trail_here(&browse->trail);
    if (here && here->kind == PLACE_TURN)
        here->picture = browse->rotation;
    browse_want_page(browse, MOVE_CUT);
}

static void keep_turned(struct browse *browse) {
    static const char *const degrees[] = {"0", "90", "180", "270"};
    browse->desk.trial_us = 0;
    browse_add_order(browse, BROWSE_CHOOSE, "display.rotate", degrees[browse->rotation]);
    bool setup = trail_here(&browse->trail)->setup;
    trail_back(&browse->trail);
    struct place *here = trail_here(&browse->trail);
    if (here && here->kind == PLACE_TURN)
        here->picture = browse->rotation;
    if (setup)
        go_on(browse, setup_after(PLACE_TURN));
    else
        browse_want_page(browse, MOVE_BACK);
}

void browse_tick_setup(struct browse *browse, int64_t now_us) {
    struct browse_desk *desk = &browse->desk;
    struct place *here = trail_here(&browse->trail);
    if (!desk->trial_us)
        return;
    if (!here || here->kind != PLACE_KEEP) { /* gone back by other ways */
        browse_end_trial(browse);
        return;
    }
    int64_t left = desk->trial_us + TRIAL_US - now_us;
    int seconds = (int)((left + 999999) / 1000000);
    if (left <= 0)
        turn_back(browse);
    else if (seconds != here->picture) {
        here->picture = seconds;
        browse_want_page(browse, MOVE_CUT);
    }
}

int64_t browse_setup_deadline(const struct browse *browse) {
    const struct browse_desk *desk = &browse->desk;
    if (!desk->trial_us || !browse->trail.count)
        return INT64_MAX;
    const struct place *here = &browse->trail.places[browse->trail.count - 1];
    return desk->trial_us + TRIAL_US - (here->picture - 1) * 1000000LL;
}

/* ---- all of it */

static bool act_on_screen(struct browse *browse, const struct action *action) {
    const struct place *here = trail_here(&browse->trail);
    if (action->kind == ACTION_TURN)
        try_turn(browse, action->number);
    else if (action->kind == ACTION_KEEP && here->kind == PLACE_KEEP)
        action->number ? keep_turned(browse) : turn_back(browse);
    else if (action->kind == ACTION_CHOOSE)
        choose(browse, action->text, action->more);
    else if (action->kind == ACTION_RESTART)
        browse_add_order(browse, BROWSE_RESTART, "", NULL);
    else if (action->kind == ACTION_GO && action->place.kind == PLACE_TURN)
        go_on(browse, place_copy(&action->place));
    else
        return false;
    return true;
}

bool browse_setup_act(struct browse *browse, const struct action *action) {
    const struct place *here = trail_here(&browse->trail);
    if (!here || !browse->desk.who)
        return false;
    bool done = browse_takes_draft(here->kind) ? act_on_draft(browse, action)
                : here->kind == PLACE_NEW_PIN  ? act_on_new_pin(browse, action)
                                               : false;
    return done || act_on_screen(browse, action);
}
