/* keyboard.h: the keys of letters and digits in a rectangle; pure
 *
 * Four rows of ten as on a typewriter, with the digits first; without height for them three, with
 * the digits at the right or, where there is no width for that, on a second layer. Where keys that
 * a finger hits do not fit beside one another so, a grid in the order of the alphabet; and where
 * not all of it fits, in layers. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "display/geometry.h"

enum keyboard_kind { KEYBOARD_LETTER, KEYBOARD_SPACE, KEYBOARD_ERASE, KEYBOARD_LAYER };

struct keyboard_key {
    enum keyboard_kind kind;
    char letter, last; /* LETTER: 'a' … 'z', '0' … '9'; LAYER: the first and last of the next */
    struct rect place;
};

#define KEYBOARD_KEYS 39 /* letters, digits and one of each other kind */

struct keyboard {
    struct rect place; /* of all keys: at the foot of the area, as wide as that */
    int columns, rows;
    int layers;
    bool alphabetical;
    struct keyboard_key keys[KEYBOARD_KEYS]; /* of the layer */
    size_t count;
};

struct keyboard_room {
    struct rect area;
    int least; /* width and height of a key, at the least */
    int most;  /* height of a key, at the most */
    int gap;   /* between two keys */
};

/* layer: counted round. False: not even the smallest fits; there are no keys then. */
bool keyboard_build(const struct keyboard_room *room, int layer, struct keyboard *keyboard);
