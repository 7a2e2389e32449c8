/* stick_skills.h: what the clerk leaves to the sticks: take, preview, eject, report, template
 *
 * fengcai(1), TALK, describes them. */
#pragma once

#include "keeper/clerk.h"
#include "keeper/sticks.h"

#define STICK_SKILLS 5

struct stick_skills {
    struct door *door;
    struct sticks *sticks;
    void (*on_change)(void *user); /* what sticks_json says is another now */
    void *user;
    struct clerk_skill skills[STICK_SKILLS];
};

/* All must outlive it; it must stay where it is. */
void stick_skills_init(struct stick_skills *skills, struct door *door, struct sticks *sticks,
                       void (*on_change)(void *user), void *user);
