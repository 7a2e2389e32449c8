/* stick_state.h: what becomes of a stick, as a table. Pure: no clock, no disk
 *
 * Times are of the monotonic clock, in ms. A stick is known by device (udev) and by mount, either
 * of which may be all there is. Only one is read at a time, in the order they came. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum stick_state {
    STICK_NEW,
    STICK_MOUNTING, /* a device whose file system nobody can read yet */
    STICK_FOUND,    /* waits for its turn */
    STICK_LOOKING,  /* a child looks at what is on it */
    STICK_ASKING,   /* something is on it that only a person may take */
    STICK_QUEUED,   /* is to be taken, waits for its turn */
    STICK_COPYING,  /* a child copies it beside the library */
    STICK_TAKING,   /* what was copied goes through the door; the stick is not read any more */
    STICK_TAKEN,
    STICK_SAME, /* all of it was there already */
    STICK_NOTHING,
    STICK_FAILED, /* fault says why */
    STICK_EJECTING,
    STICK_SAFE,   /* unmounted */
    STICK_PULLED, /* in the middle; said for a while */
    /* Something of ours is written onto it; for people the four are one. */
    STICK_PREPARING, /* a child makes it, beside the library */
    STICK_OPENING,   /* asked for: to be mounted for writing */
    STICK_WRITING,   /* a child writes */
    STICK_CLOSING,   /* asked for: to be mounted for reading again */
    STICK_GONE,      /* to be forgotten */
    STICK_STATE_COUNT
};

enum stick_input {
    STICK_IN_PLUGGED,
    STICK_IN_MOUNTED,
    STICK_IN_NO_MOUNT, /* it cannot be mounted */
    STICK_IN_UNMOUNTED,
    STICK_IN_UNPLUGGED,
    STICK_IN_TURN,    /* nobody else is being read */
    STICK_IN_SIGNED,  /* to be taken without asking */
    STICK_IN_OTHER,   /* to be asked about */
    STICK_IN_NOTHING, /* nothing for us */
    STICK_IN_COPIED,
    STICK_IN_TOOK,
    STICK_IN_SAME,
    STICK_IN_FAILED,
    STICK_IN_ORDERED, /* somebody who may wants it taken */
    STICK_IN_EJECT,
    STICK_IN_LATE,   /* its state has lasted too long */
    STICK_IN_WRITE,  /* something is to be written onto it */
    STICK_IN_MADE,   /* what is to be written */
    STICK_IN_OPENED, /* it can be written */
    STICK_IN_WROTE,  /* or was not begun: the writing is at its end; FAILED: in the middle */
    STICK_IN_CLOSED,
    STICK_IN_CANCELLED, /* who ordered it takes that back */
    STICK_INPUT_COUNT
};

enum stick_fault {
    STICK_FAULT_NONE,
    STICK_FAULT_FILE_SYSTEM,
    STICK_FAULT_MOUNT,
    STICK_FAULT_STUCK,
    STICK_FAULT_READ,
    STICK_FAULT_ROOM,
    STICK_FAULT_DISK,
    STICK_FAULT_REFUSED, /* by the door, which says why */
    STICK_FAULT_BUSY,
    STICK_FAULT_PULLED,
    STICK_FAULT_PULLED_WRITING,
    STICK_FAULT_COUNT
};

struct stick_machine {
    enum stick_state state;
    enum stick_fault fault;
    bool device, mounted;        /* is there, as far as is known */
    bool broken_off;             /* CLOSING: not all that was to be is on it */
    enum stick_state back;       /* before it was written onto: where it goes back to, */
    enum stick_fault back_fault; /* with this */
    int64_t until_ms;            /* when the state is late; INT64_MAX: never */
};

/* True: the state is another one now. fault counts with STICK_IN_FAILED and NO_MOUNT. */
bool stick_step(struct stick_machine *machine, enum stick_input input, enum stick_fault fault,
                int64_t now_ms);
/* The child that has the stick gave a sign of life: its state is not late for a while. */
void stick_alive(struct stick_machine *machine, int64_t now_ms);

bool stick_is_read(enum stick_state state); /* a child has it, or the door what it copied; or it is
                                             * written onto */
bool stick_has_child(enum stick_state state);
bool stick_is_written(enum stick_state state); /* one of the four */
bool stick_rests(enum stick_state state);      /* can be ordered, written onto, ejected */
bool stick_may_go(enum stick_state state);     /* 可以拔出 */
bool stick_waits_turn(enum stick_state state); /* for STICK_IN_TURN */

const char *stick_state_name(enum stick_state state); /* in keeper.json */
const char *stick_state_text(enum stick_state state, bool chinese);
const char *stick_fault_text(enum stick_fault fault, bool chinese); /* "": none */
