#include "display/words.h"

#define W(name, zh, en) {zh, en},
static const struct { const char *zh, *en; } words[] = {WORDS};
#undef W

const char *word_zh(enum word word) {
    return words[word].zh;
}

const char *word_en(enum word word) {
    return words[word].en;
}

const char *word_main(struct manner manner, enum word word) {
    return manner.english ? words[word].en : words[word].zh;
}

const char *word_beside(struct manner manner, enum word word) {
    return manner.english ? "" : words[word].en;
}

enum word word_unit(enum unit unit) {
    return (enum word)(WORD_PARTY + (int)unit);
}

enum word word_phase(enum phase phase) {
    return (enum word)(WORD_SELF + (int)phase);
}
