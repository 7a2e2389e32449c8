#include "library/pinyin.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "library/fold.h"
#include "library/pinyin_names.h"
#include "library/pinyin_table.h"

/* ü after n and l, typed u. */
static const struct {
    const char *v, *u;
} spellings[] = {{"lv", "lu"}, {"lve", "lue"}, {"nv", "nu"}, {"nve", "nue"}};

#define SPELLINGS (sizeof spellings / sizeof *spellings)

static const char *other_spelling(const char *syllable) {
    for (size_t i = 0; syllable[1] == 'v' && i < SPELLINGS; i++)
        if (strcmp(spellings[i].v, syllable) == 0)
            return spellings[i].u;
    return NULL;
}

static size_t find_other(uint32_t character) {
    size_t low = 0, high = pinyin_other_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (pinyin_others[middle].character < character)
            low = middle + 1;
        else
            high = middle;
    }
    return low < pinyin_other_count && pinyin_others[low].character == character
               ? pinyin_others[low].place
               : 0;
}

/* 0: it has no reading. */
static size_t place_of(uint32_t character) {
    if (character >= PINYIN_DENSE_FIRST && character <= PINYIN_DENSE_LAST)
        return pinyin_dense[character - PINYIN_DENSE_FIRST];
    return character >= 0x80 ? find_other(character) : 0;
}

size_t pinyin_readings(uint32_t character, const char *readings[PINYIN_READINGS]) {
    size_t count = 0, place = place_of(character);
    for (bool more = place != 0; more && count + 2 <= PINYIN_READINGS; place++) {
        uint16_t entry = pinyin_pool[place];
        readings[count++] = pinyin_syllables[PINYIN_SYLLABLE(entry)];
        const char *other = other_spelling(readings[count - 1]);
        if (other)
            readings[count++] = other;
        more = !(entry & PINYIN_LAST);
    }
    return count;
}

/* The first syllable that is not less than the letters. */
static size_t lower_bound(const char *letters, size_t size) {
    size_t low = 0, high = pinyin_syllable_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (strncmp(pinyin_syllables[middle], letters, size) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool pinyin_begins(const char *letters, size_t size) {
    size_t at = lower_bound(letters, size);
    bool begins = at < pinyin_syllable_count && strncmp(pinyin_syllables[at], letters, size) == 0;
    for (size_t i = 0; !begins && i < SPELLINGS; i++)
        begins = strncmp(spellings[i].u, letters, size) == 0;
    return begins;
}

bool pinyin_is_syllable(const char *letters, size_t size) {
    size_t at = lower_bound(letters, size);
    bool is = at < pinyin_syllable_count && strncmp(pinyin_syllables[at], letters, size) == 0 &&
              !pinyin_syllables[at][size];
    for (size_t i = 0; !is && i < SPELLINGS; i++)
        is = strncmp(spellings[i].u, letters, size) == 0 && !spellings[i].u[size];
    return is;
}

/* ---- names */

/* The space is less than any letter: xi comes before xian. */
static void add_reading(struct str *key, const char *syllable, size_t size, char tone,
                        const char *character, size_t bytes) {
    str_add_bytes(key, syllable, size);
    str_add_char(key, ' ');
    str_add_char(key, tone);
    str_add_bytes(key, character, bytes);
}

/* Moves *at behind what the reading is of. */
static void add_phrase(struct str *key, const char **at, const char *reading) {
    while (*reading) {
        const char *from = *at;
        size_t size = strcspn(reading, " ");
        utf8_next(at);
        add_reading(key, reading, size - 1, reading[size - 1], from, (size_t)(*at - from));
        reading += size + (reading[size] == ' ');
    }
}

static void add_character(struct str *key, const char **at) {
    const char *from = *at;
    uint32_t c = utf8_next(at);
    size_t place = place_of(c);
    if (place) {
        uint16_t entry = pinyin_pool[place];
        const char *syllable = pinyin_syllables[PINYIN_SYLLABLE(entry)];
        add_reading(key, syllable, strlen(syllable), (char)('0' + PINYIN_TONE(entry)), from,
                    (size_t)(*at - from));
    } else if (c >= 'A' && c <= 'Z') {
        str_add_char(key, (char)(c + ('a' - 'A')));
    } else {
        str_add_bytes(key, from, (size_t)(*at - from));
    }
}

char *pinyin_sort_key(const char *name) {
    struct str key = {0};
    for (const char *at = name; *at;) {
        size_t size = 0;
        const char *reading = pinyin_name_reading(at, &size);
        if (reading)
            add_phrase(&key, &at, reading);
        else
            add_character(&key, &at);
    }
    return str_take(&key);
}

char pinyin_initial(const char *name) {
    char *key = pinyin_sort_key(name);
    char first = *key;
    free(key);
    return fold_is_letter((unsigned char)first) ? (char)(first - ('a' - 'A')) : '#';
}
