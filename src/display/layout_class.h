/* layout_class.h: what a character is to the typesetter (GB/T 15834, CLREQ); inside layout only */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum cell_kind {
    CELL_HAN,     /* Han, kana, Hangul, full-width forms, emoji: a square of its own */
    CELL_OPEN,    /* opening bracket or quotation mark: ink in the right half */
    CELL_CLOSE,   /* closing bracket or quotation mark: ink in the left half */
    CELL_PAUSE,   /* ， 、 ； ： */
    CELL_STOP,    /* 。 ． ！ ？ */
    CELL_DOT,     /* 间隔号: ink in the middle half */
    CELL_DASH,    /* 破折号, 省略号: all of them that touch are one cell */
    CELL_CONNECT, /* ～ ／ and a single —: never at a line's start, no space added beside them */
    CELL_WORD     /* everything else: a run of letters, digits and their punctuation */
};

/* latin: a mark that Chinese and Latin share (“ ” ‘ ’ — … ·) stands in Latin text. */
enum cell_kind class_of(uint32_t c, bool latin);
bool class_is_space(uint32_t c);
bool class_is_ignorable(uint32_t c); /* draws nothing and takes no place */
bool class_is_unknown(uint32_t c);   /* shown as 〓 even if a font has something there */
bool class_is_cjk(uint32_t c);       /* its neighbours' shared marks are Chinese */
bool class_is_shared(uint32_t c);    /* a mark that Chinese and Latin share */
bool class_takes_gap(uint32_t c);    /* at the edge of a word: a quarter em parts it from Han */
bool class_gives_gap(uint32_t c);    /* Han and kana; not emoji */
bool class_is_particle(uint32_t c);  /* does not begin a title's line: 的 了 吗 … */
/* Letters of two scripts are shaped apart, even in one word; 0: goes with any. */
#define SCRIPT_EUROPEAN 1
int class_script(uint32_t c);
bool class_ends_syllable(uint32_t c); /* of a script without spaces: a good place for a break */
uint16_t class_for_icu(uint32_t c);   /* a stand-in of the class that the mark has in Chinese */
bool class_may_hang(uint32_t c);      /* at a line's end (CLREQ, Hanging Punctuation at Line End) */
bool class_is_sentence_end(uint32_t c);
bool class_is_clause_end(uint32_t c);
