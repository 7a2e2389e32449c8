/* words.h: all that the touched screens say, in Chinese and English; one table */
#pragma once

#include "display/place.h"

#define WORDS                                                                                      \
    /* the bar, on every screen */                                                                 \
    W(BACK, "返回", "Back")                                                                        \
    W(HOME, "首页", "Home")                                                                        \
    W(SEARCH, "搜索", "Search")                                                                    \
    W(SIZE, "字号", "Text size")                                                                   \
    W(CONTRAST, "高对比", "Contrast")                                                              \
    W(REACH, "低位", "Reach")                                                                      \
    W(LANGUAGE, "EN", "中文")                                                                      \
    /* units */                                                                                    \
    W(PARTY, "党建引领", "Party building leads the way")                                           \
    W(EDUCATION, "三全育人", "Educating the whole person")                                         \
    W(SAFETY, "平安社区", "A safe community")                                                      \
    W(SERVICE, "智慧服务", "Smart services")                                                       \
    /* lists */                                                                                    \
    W(SCHOOLS, "全部学校", "All schools")                                                          \
    W(ALL_PHASES, "全部阶段", "All stages")                                                        \
    W(ALL_YEARS, "全部年份", "All years")                                                          \
    W(SELF, "自主展示", "Own choice")                                                              \
    W(RECOMMENDED, "推荐", "Recommended")                                                          \
    W(FEATURED, "集中展示", "Featured")                                                            \
    W(FEATURED_FIRST, "集中展示在前", "Featured first")                                            \
    W(NEWEST_FIRST, "最新在前", "Newest first")                                                    \
    W(CASES, "个案例", "cases")                                                                    \
    W(NOTHING, "这里还没有案例", "No cases here yet")                                              \
    /* idle */                                                                                     \
    W(STILL_HERE, "还在看吗？点一下继续", "Still there? Touch to go on")                           \
    W(JUST_NOW, "刚才的", "The one before")                                                        \
    /* about */                                                                                    \
    W(ABOUT, "关于", "About")

#define W(name, zh, en) WORD_##name,
enum word { WORDS WORD_COUNT };
#undef W

const char *word_zh(enum word word);
const char *word_en(enum word word);
/* What stands first, and what beside it ("": nothing), in this manner. */
const char *word_main(struct manner manner, enum word word);
const char *word_beside(struct manner manner, enum word word);
enum word word_unit(enum unit unit);
enum word word_phase(enum phase phase);
