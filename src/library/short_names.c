#include "library/short_names.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define CHARACTER 3 /* bytes of a Han character of these names */

/* Those that no rule makes, and those where the rule's would be another's. */
static const struct {
    const char *name, *forms; /* forms: between spaces */
} known[] = {
    {"清华大学", "清华"},
    {"北京大学", "北大"},
    {"复旦大学", "复旦"},
    {"上海交通大学", "上海交大 上交 交大 上交大"},
    {"西安交通大学", "西安交大 西交 西交大 交大"},
    {"北京交通大学", "北京交大 北交 北交大"},
    {"西南交通大学", "西南交大 西南交 交大"},
    {"华东交通大学", "华东交大 华交"},
    {"重庆交通大学", "重庆交大 重交"},
    {"兰州交通大学", "兰州交大 兰交 兰交大"},
    {"大连交通大学", "大连交大 大交"},
    {"浙江大学", "浙大"},
    {"南京大学", "南大"},
    {"中国人民大学", "人大 人民大学"},
    {"中国科学技术大学", "中科大 科大 中国科大"},
    {"中国科学院大学", "国科大 中科院大学"},
    {"中国社会科学院大学", "社科大"},
    {"中国农业大学", "中国农大 中农 农大"},
    {"中国海洋大学", "中国海大 中海大 海大"},
    {"中国政法大学", "法大 中政 中国法大"},
    {"中国传媒大学", "中传 传媒大学 中国传媒"},
    {"中国矿业大学", "矿大 中国矿大 中矿"},
    {"中国地质大学", "地大 中国地大 中地大"},
    {"中国石油大学", "石大 石油大学 中石大 中石油大学"},
    {"中国药科大学", "药大 中国药大 药科大"},
    {"中国人民公安大学", "公安大学 公大"},
    {"中国美术学院", "国美 中国美院"},
    {"中央美术学院", "央美 中央美院"},
    {"中央音乐学院", "央音"},
    {"中国音乐学院", "国音"},
    {"中央戏剧学院", "中戏"},
    {"上海戏剧学院", "上戏"},
    {"北京电影学院", "北影 北电"},
    {"北京舞蹈学院", "北舞"},
    {"上海音乐学院", "上音"},
    {"四川美术学院", "川美"},
    {"中央财经大学", "央财 中央财大 中财"},
    {"中央民族大学", "民大 中央民大 央民"},
    {"中南民族大学", "中南民大 民大"},
    {"中南财经政法大学", "中南大 财大 中南财大 中南财经"},
    {"中南大学", "中南 中大"},
    {"中山大学", "中大"},
    {"国防科技大学", "国防科大 国防科技 国防"},
    {"哈尔滨工业大学", "哈工大 哈工 工大"},
    {"哈尔滨工程大学", "哈工程 哈尔滨工程"},
    {"哈尔滨理工大学", "哈理工"},
    {"哈尔滨师范大学", "哈师大"},
    {"哈尔滨医科大学", "哈医大"},
    {"北京理工大学", "北理工 北理 京工"},
    {"北京航空航天大学", "北航"},
    {"南京航空航天大学", "南航"},
    {"沈阳航空航天大学", "沈航"},
    {"北京邮电大学", "北邮"},
    {"南京邮电大学", "南邮"},
    {"重庆邮电大学", "重邮"},
    {"西安邮电大学", "西邮"},
    {"北京科技大学", "北科大 北科 钢院"},
    {"北京化工大学", "北化 北化工"},
    {"北京工业大学", "北工大 北工"},
    {"北京林业大学", "北林"},
    {"北京师范大学", "北师大 北师"},
    {"北京外国语大学", "北外"},
    {"上海外国语大学", "上外"},
    {"广东外语外贸大学", "广外"},
    {"四川外国语大学", "川外"},
    {"北京第二外国语学院", "二外 北二外"},
    {"北京语言大学", "北语"},
    {"北京中医药大学", "北中医"},
    {"北京体育大学", "北体 北体大"},
    {"北京协和医学院", "协和 北协和"},
    {"首都师范大学", "首师大 首都师大"},
    {"首都医科大学", "首医 首医大"},
    {"首都经济贸易大学", "首经贸 首都经贸"},
    {"对外经济贸易大学", "贸大 对外经贸 外经贸"},
    {"国际关系学院", "国关"},
    {"外交学院", "外院"},
    {"华北电力大学", "华电 华北电力"},
    {"华北理工大学", "华北理工 华理"},
    {"华东师范大学", "华东师大 华师大 华师"},
    {"华东理工大学", "华东理工 华理 华理工"},
    {"华东政法大学", "华政 华东政法"},
    {"华中科技大学", "华科 华中科大 华中大 华科大"},
    {"华中师范大学", "华师 华中师大 华师大"},
    {"华中农业大学", "华农 华中农大"},
    {"华南理工大学", "华工 华南理工 华理工"},
    {"华南师范大学", "华师 华南师大 华师大"},
    {"华南农业大学", "华农 华南农大"},
    {"武汉大学", "武大"},
    {"武汉理工大学", "武理工 武汉理工 武理"},
    {"同济大学", "同济"},
    {"东华大学", "东华"},
    {"上海大学", "上大"},
    {"上海财经大学", "上财 上海财大"},
    {"上海科技大学", "上科大 上海科大"},
    {"上海中医药大学", "上中医"},
    {"上海师范大学", "上师大 上师"},
    {"上海理工大学", "上理工 上理 上海理工"},
    {"南开大学", "南开"},
    {"天津大学", "天大"},
    {"天津医科大学", "天医 天津医大"},
    {"天津工业大学", "天工大 天工"},
    {"吉林大学", "吉大"},
    {"东北大学", "东大 东北大"},
    {"东北师范大学", "东北师大 东师"},
    {"东北林业大学", "东北林大 东林"},
    {"东北农业大学", "东北农大 东农"},
    {"大连理工大学", "大工 大连理工"},
    {"大连海事大学", "海大 大连海事 大海事"},
    {"辽宁大学", "辽大"},
    {"延边大学", "延大"},
    {"东南大学", "东大 东南"},
    {"河海大学", "河海"},
    {"江南大学", "江南"},
    {"苏州大学", "苏大"},
    {"南京理工大学", "南理工 南理"},
    {"南京农业大学", "南农 南京农大"},
    {"南京师范大学", "南师大 南师 南京师大"},
    {"南京林业大学", "南林"},
    {"南京信息工程大学", "南信大 南京信息工程"},
    {"南京中医药大学", "南中医"},
    {"合肥工业大学", "合工大"},
    {"安徽大学", "安大"},
    {"厦门大学", "厦大"},
    {"福州大学", "福大"},
    {"山东大学", "山大"},
    {"山西大学", "山大"},
    {"郑州大学", "郑大"},
    {"河南大学", "河大"},
    {"河北大学", "河大"},
    {"河北工业大学", "河工大 河北工大"},
    {"太原理工大学", "太理工 太原理工 太理"},
    {"湖南大学", "湖大"},
    {"湖南师范大学", "湖师大 湖南师大 湖南师范"},
    {"湘潭大学", "湘大"},
    {"暨南大学", "暨大 暨南"},
    {"深圳大学", "深大"},
    {"南方科技大学", "南科大 南方科大"},
    {"汕头大学", "汕大"},
    {"广西大学", "西大 广大"},
    {"海南大学", "海大 海南大"},
    {"四川大学", "川大"},
    {"四川农业大学", "川农 四川农大"},
    {"四川师范大学", "川师 川师大 四川师大"},
    {"电子科技大学", "成电 电子科大 电科大"},
    {"西安电子科技大学", "西电 西安电子科大"},
    {"桂林电子科技大学", "桂电"},
    {"杭州电子科技大学", "杭电"},
    {"成都理工大学", "成理 成都理工"},
    {"成都中医药大学", "成中医"},
    {"西南财经大学", "西财 西南财大"},
    {"西南石油大学", "西油 西南石油 西石大"},
    {"西南大学", "西大 西南"},
    {"西南政法大学", "西政"},
    {"西南民族大学", "西南民大 民大"},
    {"重庆大学", "重大"},
    {"贵州大学", "贵大"},
    {"云南大学", "云大"},
    {"西藏大学", "藏大"},
    {"西北大学", "西大 西北大"},
    {"西北工业大学", "西工大 西北工大"},
    {"西北农林科技大学", "西农 西北农林 西北农大"},
    {"西北师范大学", "西北师大"},
    {"西北政法大学", "西北政法 西法大"},
    {"长安大学", "长大 长安"},
    {"陕西师范大学", "陕师大 陕西师大"},
    {"西安建筑科技大学", "西建大"},
    {"兰州大学", "兰大"},
    {"青海大学", "青大"},
    {"宁夏大学", "宁大"},
    {"宁波大学", "宁大 甬大"},
    {"石河子大学", "石大"},
    {"新疆大学", "新大 疆大"},
    {"内蒙古大学", "内大 内蒙古大"},
    {"燕山大学", "燕大"},
    {"香港大学", "港大"},
    {"香港中文大学", "港中大 港中文 中大"},
    {"香港科技大学", "港科大 科大"},
    {"香港理工大学", "港理工 理大"},
    {"香港城市大学", "港城大 城大"},
    {"澳门大学", "澳大"},
    {"澳门科技大学", "澳科大"},
};

/* What stands before the last word of a name, and what is said for it. */
static const struct {
    const char *kind, *said;
} kinds[] = {
    {"航空航天", "航"}, {"信息工程", "信"},   {"电子科技", "电"}, {"科学技术", "科"},
    {"财经政法", "财"}, {"经济贸易", "经贸"}, {"职业技术", "职"}, {"高等专科", "专"},
    {"外国语", "外"},   {"中医药", "中医"},   {"师范", "师"},     {"理工", "理工"},
    {"农业", "农"},     {"工业", "工"},       {"医科", "医"},     {"科技", "科"},
    {"财经", "财"},     {"交通", "交"},       {"邮电", "邮"},     {"石油", "石"},
    {"电力", "电"},     {"林业", "林"},       {"民族", "民"},     {"政法", "政"},
    {"美术", "美"},     {"音乐", "音"},       {"体育", "体"},     {"艺术", "艺"},
    {"海洋", "海"},     {"工程", "工程"},     {"建筑", "建"},     {"化工", "化工"},
    {"医学", "医"},     {"药科", "药"},       {"工商", "工商"},   {"戏剧", "戏"},
    {"城市", "城"},     {"海事", "海"},       {"警察", "警"},     {"传媒", "传"},
};

/* The last word, and what is said for it. */
static const struct {
    const char *last, *said;
} lasts[] = {{"大学", "大"}, {"学院", "院"}, {"学校", "校"}};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void add(struct str *into, const char *form, size_t size, const char *campus) {
    str_add_bytes(into, form, size);
    str_add_char(into, '\n');
    if (*campus) {
        str_add_bytes(into, form, size);
        str_add(into, campus);
        str_add_char(into, '\n');
    }
}

static bool add_known(struct str *into, const char *name, const char *campus) {
    for (size_t i = 0; i < COUNT(known); i++) {
        if (strcmp(known[i].name, name) != 0)
            continue;
        for (const char *at = known[i].forms; *at;) {
            size_t size = strcspn(at, " ");
            add(into, at, size, campus);
            at += size + (at[size] == ' ');
        }
        return true;
    }
    return false;
}

static void add_made(struct str *into, const char *campus, const char *place, size_t place_size,
                     const char *kind, const char *last) {
    char *form = xasprintf("%.*s%s%s", (int)place_size, place, kind, last);
    if (strlen(form) > CHARACTER)
        add(into, form, strlen(form), campus);
    free(form);
}

/* place: what stands before the last word and the kind of school. */
static void add_parts(struct str *into, const char *campus, const char *place, size_t place_size,
                      const char *kind, const char *last) {
    size_t first = place_size < CHARACTER ? place_size : CHARACTER;
    if (!*kind) {
        add_made(into, campus, place, first, "", last);
        return;
    }
    add_made(into, campus, place, first, kind, "");
    add_made(into, campus, place, first, kind, last);
    add_made(into, campus, place, place_size, kind, last);
}

/* The end of [name, name + *size), if it is this; *size is then what is left. */
static bool take_end(const char *name, size_t *size, const char *end) {
    size_t bytes = strlen(end);
    if (*size <= bytes || strncmp(name + *size - bytes, end, bytes) != 0)
        return false;
    *size -= bytes;
    return true;
}

/* is_known: only what the kind of school makes, the rest may be another's (中国科学院大学 is not
 * 中大). */
static void add_by_rule(struct str *into, const char *name, const char *campus, bool is_known) {
    const char *last = NULL, *kind = "";
    size_t size = strlen(name);
    for (size_t i = 0; i < COUNT(lasts) && !last; i++)
        if (take_end(name, &size, lasts[i].last))
            last = lasts[i].said;
    for (size_t i = 0; i < COUNT(kinds) && last && !*kind; i++)
        if (take_end(name, &size, kinds[i].kind))
            kind = kinds[i].said;
    if (last && (*kind || !is_known))
        add_parts(into, campus, name, size, kind, last);
}

/* Where the campus in brackets begins; the end of the name when there is none. */
static size_t bracket_of(const char *school) {
    const char *full = strstr(school, "（"), *half = strchr(school, '(');
    const char *at = full && (!half || full < half) ? full : half;
    return at && at > school ? (size_t)(at - school) : strlen(school);
}

void short_names_add(struct str *into, const char *school) {
    size_t size = bracket_of(school);
    char *name = xstrndup(school, size);
    bool is_known = add_known(into, name, school + size);
    add_by_rule(into, name, school + size, is_known);
    free(name);
}
