/* machine.h: what the panel asks of the machine itself: its clock, how bright the screen is; and
 * that settings made at the screen count from now on
 *
 * The keeper's thread; the display has no right to any of it. Each is a skill of the clerk
 * (clerk.h). */
#pragma once

#include "base/clock.h"
#include "base/config.h"
#include "keeper/clerk.h"

struct machine {
    const struct paths *paths;
    struct config *config;                          /* settings made at the screen go into it */
    enum clock_result (*set_clock)(int64_t now_ms); /* clock_set, but in tests */
};

#define MACHINE_SKILLS 4
/* Fills that many; machine must outlive them. */
void machine_add_skills(struct machine *machine, struct clerk_skill *skills);
/* Makes the screen as bright as the configuration says, if it does. */
void machine_start(const struct machine *machine);
