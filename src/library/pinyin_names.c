#include "library/pinyin_names.h"

#include <string.h>

/* What differs from Unihan's kMandarin. */
static const struct {
    const char *text, *reading;
} names[] = {
    /* places */
    {"重庆", "chong2 qing4"},
    {"厦门", "xia4 men2"},
    {"六安", "lu4 an1"},
    {"六合", "lu4 he2"},
    {"六枝", "lu4 zhi1"},
    {"乐清", "yue4 qing1"},
    {"乐亭", "lao4 ting2"},
    {"乐陵", "lao4 ling2"},
    {"台州", "tai1 zhou1"},
    {"天台", "tian1 tai1"},
    {"丽水", "li2 shui3"},
    {"蚌埠", "beng4 bu4"},
    {"番禺", "pan1 yu2"},
    {"东阿", "dong1 e1"},
    {"阿房", "e1 fang2"},
    {"阿胶", "e1 jiao1"},
    {"铅山", "yan2 shan1"},
    {"涡阳", "guo1 yang2"},
    {"浚县", "xun4 xian4"},
    {"尉犁", "yu4 li2"},
    {"蔚县", "yu4 xian4"},
    {"会稽", "kuai4 ji1"},
    {"解州", "xie4 zhou1"},
    {"解池", "xie4 chi2"},
    {"大城", "dai4 cheng2"},
    {"大夫", "dai4 fu5"},
    {"任丘", "ren2 qiu1"},
    {"任县", "ren2 xian4"},
    {"任泽", "ren2 ze2"},
    {"单县", "shan4 xian4"},
    {"莘庄", "xin1 zhuang1"},
    {"牟平", "mu4 ping2"},
    {"洪洞", "hong2 tong2"},
    {"句容", "ju4 rong2"},
    {"燕山", "yan1 shan1"},
    {"燕京", "yan1 jing1"},
    {"燕赵", "yan1 zhao4"},
    {"燕园", "yan1 yuan2"},
    {"华山", "hua4 shan1"},
    {"华佗", "hua4 tuo2"},
    {"朝霞", "zhao1 xia2"},
    {"朝夕", "zhao1 xi1"},
    {"济南", "ji3 nan2"},
    {"济宁", "ji3 ning2"},
    {"西藏", "xi1 zang4"},
    {"藏族", "zang4 zu2"},
    {"藏医", "zang4 yi1"},
    {"仇英", "qiu2 ying1"},
    /* words */
    {"重修", "chong2 xiu1"},
    {"重新", "chong2 xin1"},
    {"重建", "chong2 jian4"},
    {"重温", "chong2 wen1"},
    {"重逢", "chong2 feng2"},
    {"重返", "chong2 fan3"},
    {"重塑", "chong2 su4"},
    {"重构", "chong2 gou4"},
    {"重阳", "chong2 yang2"},
    {"成长", "cheng2 zhang3"},
    {"校长", "xiao4 zhang3"},
    {"院长", "yuan4 zhang3"},
    {"班长", "ban1 zhang3"},
    {"楼长", "lou2 zhang3"},
    {"室长", "shi4 zhang3"},
    {"家长", "jia1 zhang3"},
    {"长大", "zhang3 da4"},
    {"长辈", "zhang3 bei4"},
    {"长者", "zhang3 zhe3"},
    {"音乐", "yin1 yue4"},
    {"乐团", "yue4 tuan2"},
    {"乐器", "yue4 qi4"},
    {"乐队", "yue4 dui4"},
    {"乐章", "yue4 zhang1"},
    {"银行", "yin2 hang2"},
    {"行业", "hang2 ye4"},
    {"一行", "yi4 hang2"},
    {"传记", "zhuan4 ji4"},
    {"调解", "tiao2 jie3"},
    {"调整", "tiao2 zheng3"},
    {"调和", "tiao2 he2"},
    {"空调", "kong1 tiao2"},
    {"种植", "zhong4 zhi2"},
    {"种菜", "zhong4 cai4"},
    {"复兴", "fu4 xing1"},
    {"振兴", "zhen4 xing1"},
    {"宿舍", "su4 she4"},
    {"曾经", "ceng2 jing1"},
    {"了解", "liao3 jie3"},
    /* in names nearly always so */
    {"厦", "xia4"},
    {"长", "chang2"},
    {"都", "du1"},
    {"地", "di4"},
    {"曾", "zeng1"},
    {"葛", "ge3"},
    {"翟", "zhai2"},
};

#define COUNT (sizeof names / sizeof *names)

const char *pinyin_name_reading(const char *text, size_t *size) {
    const char *found = NULL;
    *size = 0;
    for (size_t i = 0; i < COUNT; i++) {
        size_t bytes = strlen(names[i].text);
        if (bytes > *size && strncmp(text, names[i].text, bytes) == 0) {
            found = names[i].reading;
            *size = bytes;
        }
    }
    return found;
}
