/* The keys: whatever the room, they are all there, large enough, apart and within it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "display/keyboard.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Rows as text: letters and digits, _ space, < erase, # the next layer. */
static void print_keys(const struct keyboard *keyboard, char *text) {
    int y = -1;
    for (size_t i = 0; i < keyboard->count; i++) {
        const struct keyboard_key *key = keyboard->keys + i;
        if (y >= 0 && key->place.y != y)
            *text++ = ' ';
        y = key->place.y;
        *text++ = key->kind == KEYBOARD_LETTER  ? key->letter
                  : key->kind == KEYBOARD_SPACE ? '_'
                  : key->kind == KEYBOARD_ERASE ? '<'
                                                : '#';
    }
    *text = '\0';
}

static const struct {
    int width, height, least, layer;
    const char *keys; /* NULL: none */
} rooms[] = {
    {1000, 400, 60, 0, "1234567890 qwertyuiop asdfghjkl< zxcvbnm_"},
    {700, 300, 60, 0, "1234567890 qwertyuiop asdfghjkl< zxcvbnm_"},
    {690, 270, 60, 0, "1234567890 qwertyuiop asdfghjkl< zxcvbnm_"},
    /* a pixel less high: the digits go to the right, or to the next layer */
    {1000, 269, 60, 0, "qwertyuiop123 asdfghjkl<456 zxcvbnm_0789"},
    {899, 269, 60, 0, "qwertyuiop asdfghjkl< zxcvbnm#_"},
    {899, 269, 60, 1, "1234567890 < #_"},
    {899, 269, 60, 2, "qwertyuiop asdfghjkl< zxcvbnm#_"},
    /* a pixel less wide: in the order of the alphabet */
    {689, 400, 60, 0, "abcdefgh ijklmnop qrstuvwx yz012345 6789_<"},
    {689, 330, 60, 0, "abcdefghi jklmnopqr stuvwxyz _#<"},
    {689, 330, 60, 1, "012345678 9 _#<"},
    {420, 900, 60, 0, "abcdef ghijkl mnopqr stuvwx yz0123 456789 _<"},
    {300, 280, 60, 0, "abcd efgh ijkl m_#<"},
    {300, 280, 60, 1, "nopq rstu vwxy z_#<"},
    {300, 280, 60, 2, "0123 4567 89 _#<"},
    {300, 280, 60, 3, "abcd efgh ijkl m_#<"},
    {300, 280, 60, -7, "abcd efgh ijkl m_#<"},
    {220, 140, 60, 0, "abc _#<"},
    {220, 140, 60, 12, "9 _#<"},
    {59, 280, 60, 0, NULL},
    {900, 59, 60, 0, NULL},
    {130, 900, 60, 0, NULL}, /* two columns have no room for the three at the end */
    {0, 0, 0, 0, NULL},
};

static void the_keys_follow_the_room(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(rooms); i++) {
        struct keyboard_room room = {
            {7, 5, rooms[i].width, rooms[i].height}, rooms[i].least, 90, 10};
        struct keyboard keyboard;
        bool good = keyboard_build(&room, rooms[i].layer, &keyboard);
        char text[2 * KEYBOARD_KEYS + 1];
        print_keys(&keyboard, text);
        assert_int_equal(good, rooms[i].keys != NULL);
        assert_string_equal(text, rooms[i].keys ? rooms[i].keys : "");
    }
}

static void assert_apart(const struct keyboard *keyboard, int gap) {
    for (size_t i = 0; i < keyboard->count; i++)
        for (size_t k = i + 1; k < keyboard->count; k++) {
            struct rect a = keyboard->keys[i].place, b = keyboard->keys[k].place;
            a = (struct rect){a.x - gap, a.y - gap, a.width + 2 * gap, a.height + 2 * gap};
            assert_true(rect_empty(rect_meet(a, b)));
        }
}

static void assert_within(const struct keyboard *keyboard, const struct keyboard_room *room) {
    struct rect area = room->area;
    for (size_t i = 0; i < keyboard->count; i++) {
        struct rect place = keyboard->keys[i].place;
        assert_true(place.width >= room->least && place.height >= room->least);
        assert_true(place.height <= room->most || place.height == room->least);
        assert_true(place.x >= area.x && place.x + place.width <= area.x + area.width);
        assert_true(place.y >= area.y && place.y + place.height <= area.y + area.height);
    }
}

/* Each letter and digit once in all layers, and an erase key in each. */
static void assert_complete(const struct keyboard_room *room, int layers) {
    int seen[256] = {0}, kinds[KEYBOARD_LAYER + 1] = {0};
    for (int layer = 0; layer < layers; layer++) {
        struct keyboard keyboard;
        assert_true(keyboard_build(room, layer, &keyboard));
        assert_int_equal(keyboard.layers, layers);
        assert_within(&keyboard, room);
        assert_apart(&keyboard, room->gap);
        for (size_t i = 0; i < keyboard.count; i++) {
            kinds[keyboard.keys[i].kind]++;
            if (keyboard.keys[i].kind == KEYBOARD_LETTER)
                seen[(unsigned char)keyboard.keys[i].letter]++;
        }
    }
    for (const char *at = "abcdefghijklmnopqrstuvwxyz0123456789"; *at; at++)
        assert_int_equal(seen[(unsigned char)*at], 1);
    assert_int_equal(kinds[KEYBOARD_ERASE], layers);
    assert_int_equal(kinds[KEYBOARD_SPACE], layers);
    assert_int_equal(kinds[KEYBOARD_LAYER], layers > 1 ? layers : 0);
}

static void nothing_is_missing_in_any_room(void **state) {
    (void)state;
    int built = 0;
    for (int width = 40; width < 2000; width += 37)
        for (int height = 40; height < 1000; height += 41)
            for (int least = 30; least < 130; least += 33) {
                struct keyboard_room room = {{3, 9, width, height}, least, least * 2, least / 3};
                struct keyboard keyboard;
                if (!keyboard_build(&room, 0, &keyboard))
                    continue;
                built++;
                assert_complete(&room, keyboard.layers);
            }
    assert_true(built > 3000);
}

/* What the key that leads on says is what comes. */
static void a_layer_names_the_next(void **state) {
    (void)state;
    struct keyboard_room room = {{0, 0, 300, 280}, 60, 90, 10};
    struct keyboard keyboard;
    static const char *const names[] = {"nz", "09", "am"};
    for (int layer = 0; layer < 3; layer++) {
        assert_true(keyboard_build(&room, layer, &keyboard));
        const struct keyboard_key *key = &keyboard.keys[keyboard.count - 2];
        assert_int_equal(key->kind, KEYBOARD_LAYER);
        assert_int_equal(key->letter, names[layer][0]);
        assert_int_equal(key->last, names[layer][1]);
    }
}

static void high_keys_stay_at_the_foot(void **state) {
    (void)state;
    struct keyboard_room room = {{10, 20, 1000, 900}, 60, 90, 10};
    struct keyboard keyboard;
    assert_true(keyboard_build(&room, 0, &keyboard));
    assert_int_equal(keyboard.place.height, 4 * 90 + 3 * 10);
    assert_int_equal(keyboard.place.y + keyboard.place.height, 920);
    assert_int_equal(keyboard.place.x, 10);
    assert_int_equal(keyboard.place.width, 1000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_keys_follow_the_room),
        cmocka_unit_test(nothing_is_missing_in_any_room),
        cmocka_unit_test(a_layer_names_the_next),
        cmocka_unit_test(high_keys_stay_at_the_foot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
