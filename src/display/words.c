#include "display/words.h"

#include "base/memory.h"

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

char *word_counted(struct manner manner, size_t count, enum word one, enum word many) {
    enum word word = count == 1 ? one : many;
    return xasprintf(manner.english ? "%zu %s" : "%zu%s", count, word_main(manner, word));
}

char *word_media(struct manner manner, size_t pictures, size_t videos) {
    char *seen = word_counted(manner, pictures, WORD_A_PICTURE, WORD_PICTURES);
    char *played = word_counted(manner, videos, WORD_A_VIDEO, WORD_VIDEOS);
    char *both = !videos     ? xstrdup(seen)
                 : !pictures ? xstrdup(played)
                             : xasprintf(manner.english ? "%s, %s" : "%s、%s", seen, played);
    free(seen);
    free(played);
    return both;
}

enum word word_unit(enum unit unit) {
    return (enum word)(WORD_PARTY + (int)unit);
}

enum word word_section(enum level level, enum unit unit) {
    return level == LEVEL_URGENT   ? WORD_URGENT_NOTICE
           : level == LEVEL_NOTICE ? WORD_NOTICE
                                   : word_unit(unit);
}

enum word word_phase(enum phase phase) {
    return (enum word)(WORD_SELF + (int)phase);
}
