#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ingest/caption.h"
#include "ingest/naming.h"
#include "ingest/natural.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void test_units(void **state) {
    (void)state;
    static const struct {
        const char *name;
        int unit; /* -1: none */
    } table[] = {
        {"党建引领", UNIT_PARTY},
        {"1.党建引领", UNIT_PARTY},
        {"１、党建引领", UNIT_PARTY},
        {"三全育人", UNIT_EDUCATION},
        {"三全育人单元", UNIT_EDUCATION},
        {"二、三全育人", UNIT_EDUCATION},
        {"一三全育人", UNIT_EDUCATION},
        {"01 平安社区", UNIT_SAFETY},
        {"【智慧服务】", UNIT_SERVICE},
        {"智 慧 服 务", UNIT_SERVICE},
        {"党建", UNIT_PARTY},
        {"党建引领案例", UNIT_PARTY},
        {"党建引领优秀案例（2026）", UNIT_PARTY},
        {"单元一 党建引领", UNIT_PARTY},
        {"第三单元：平安社区", UNIT_SAFETY},
        {"黨建引領", UNIT_PARTY},
        {"智慧服務單元", UNIT_SERVICE},
        {"平安社區", UNIT_SAFETY},
        {"2026年度平安社区类", UNIT_SAFETY},
        {"party", UNIT_PARTY},
        {"Education", UNIT_EDUCATION},
        {"ＳＡＦＥＴＹ", UNIT_SAFETY},
        {"04_service", UNIT_SERVICE},
        {"党建引领聚合力", -1},
        {"党建引领（望川大学）", -1},
        {"平安夜归灯", -1},
        {"智慧服务进公寓", -1},
        {"党建引领、三全育人", -1},
        {"通知", -1},
        {"单元", -1},
        {"2026", -1},
        {"", -1},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        enum unit unit = UNIT_COUNT;
        int got = naming_unit(table[i].name, &unit) ? (int)unit : -1;
        if (got != table[i].unit)
            fail_msg("%s: %d, not %d", table[i].name, got, table[i].unit);
    }
    assert_int_equal(naming_notice("通知"), LEVEL_NOTICE);
    assert_int_equal(naming_notice("3.通知公告"), LEVEL_NOTICE);
    assert_int_equal(naming_notice("05 紧急通知"), LEVEL_URGENT);
    assert_int_equal(naming_notice("通知书里的故事"), LEVEL_CASE);
    assert_int_equal(naming_notice("党建引领"), LEVEL_CASE);
}

static bool known(void *user, const char *name) {
    return strcmp(name, user) == 0;
}

static void test_split(void **state) {
    (void)state;
    static const struct {
        const char *name, *title, *school;
    } table[] = {
        {"楼道课堂（望川大学）", "楼道课堂", "望川大学"},
        {"楼道课堂(望川大学)", "楼道课堂", "望川大学"},
        {"楼道课堂（ 望川大学 ） ", "楼道课堂", "望川大学"},
        {"楼道课堂（中国石油大学（华东））", "楼道课堂", "中国石油大学（华东）"},
        {"楼道课堂（中国石油大学(华东)）", "楼道课堂", "中国石油大学(华东)"},
        {"楼道课堂（某某大学（威海校区））", "楼道课堂", "某某大学（威海校区）"},
        {"楼道课堂（南校区）", "楼道课堂", "南校区"},
        {"宿舍文化节（第三期）", "宿舍文化节（第三期）", ""},
        {"宿舍文化节（第三期）（望川大学）", "宿舍文化节（第三期）", "望川大学"},
        {"晾衣房（清华）", "晾衣房", "清华"}, /* known */
        {"晾衣房（北大）", "晾衣房（北大）", ""},
        {"（望川大学）", "望川大学", "望川大学"},
        {"（大学）生活", "（大学）生活", ""},
        {"课堂）（望川大学）", "课堂）", "望川大学"},
        {"课堂（望川大学", "课堂（望川大学", ""},
        {"01 楼道课堂（望川大学）", "楼道课堂", "望川大学"},
        {"01（望川大学）", "01", "望川大学"},
        {"1、楼道课堂", "楼道课堂", ""},
        {"（一）楼道课堂", "楼道课堂", ""},
        {"3.楼道课堂", "楼道课堂", ""},
        {"十二、楼道课堂", "楼道课堂", ""},
        {"案例一：楼道课堂", "楼道课堂", ""},
        {"2026年宿舍文化节", "2026年宿舍文化节", ""},
        {"10分钟疏散", "10分钟疏散", ""},
        {"10 分钟疏散", "10 分钟疏散", ""},
        {"24小时值班台", "24小时值班台", ""},
        {"12.9运动会", "12.9运动会", ""},
        {"12·9 运动会", "12·9 运动会", ""},
        {"00后的宿舍", "00后的宿舍", ""},
        {"3号楼的故事", "3号楼的故事", ""},
        {"一间自习室，一支读书会", "一间自习室，一支读书会", ""},
        {"三全育人在身边", "三全育人在身边", ""},
        {"百日冲刺", "百日冲刺", ""},
        {"第三空间", "第三空间", ""},
        {"图书漂流", "图书漂流", ""},
        {"3D打印小屋", "3D打印小屋", ""},
        {"1", "1", ""},
        {"  a   b　c ", "a b c", ""},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        char user[] = "清华", *title = NULL, *school = NULL;
        naming_split(table[i].name, known, user, &title, &school);
        if (strcmp(title, table[i].title) != 0 || strcmp(school, table[i].school) != 0)
            fail_msg("%s: [%s] [%s]", table[i].name, title, school);
        free(title);
        free(school);
    }
}

static void test_files(void **state) {
    (void)state;
    static const struct {
        const char *name, *title;
    } table[] = {
        {"楼道课堂.txt", "楼道课堂"},
        {"附件2：楼道课堂（望川大学）终稿.txt", "楼道课堂（望川大学）"},
        {"附件 楼道课堂.txt", "楼道课堂"},
        {"楼道课堂(1).txt", "楼道课堂"},
        {"楼道课堂 - 副本.txt", "楼道课堂"},
        {"楼道课堂（定稿）20260512.txt", "楼道课堂"},
        {"楼道课堂 2026-05-12.md", "楼道课堂"},
        {"楼道课堂 2026年5月12日.md", "楼道课堂"},
        {"楼道课堂V2.txt", "楼道课堂"},
        {"楼道课堂2026.txt", "楼道课堂2026"},
        {"宿舍文化节（第三期）.txt", "宿舍文化节（第三期）"},
        {"终稿.txt", "终稿"},
        {"2026-05-12.txt", "2026-05-12"},
        {"1.5米.txt", "1.5米"},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        char *title = naming_of_file(table[i].name);
        if (strcmp(title, table[i].title) != 0)
            fail_msg("%s: [%s]", table[i].name, title);
        free(title);
    }
}

static void test_id(void **state) {
    (void)state;
    char *id = naming_id(" 望川  大学", "红色/课堂\te\xCC\x81");
    assert_string_equal(id, "望川 大学/红色／课堂 é");
    free(id);
}

/* Names in the order they must come out in; each is compared with every other. */
static void test_natural(void **state) {
    (void)state;
    static const char *const tables[][8] = {
        {"1.jpg", "02.JPG", "2.jpg", "10.jpg", "１１.jpg", "a.jpg", "B.jpg", NULL},
        {"（一）", "（二）", "(十)", "（十一）", "（二十）", "（一百零二）", NULL},
        {"图1", "图2", "图10", NULL},
        {"第3张", "第12张", "第一百张", NULL},
        {"①", "②", "⑩", NULL},
        {"2026年5月2日", "2026年5月12日", "2026年10月1日", NULL},
        {"a", "a1", "a 1", "aa", NULL},
        {"99999999999999999999", "99999999999999999999a", NULL},
    };
    for (size_t t = 0; t < COUNT(tables); t++)
        for (size_t i = 0; tables[t][i]; i++)
            for (size_t j = 0; tables[t][j]; j++) {
                char *a = natural_key(tables[t][i]), *b = natural_key(tables[t][j]);
                int order = natural_compare(a, b);
                if ((order > 0) - (order < 0) != (i > j) - (i < j))
                    fail_msg("%s and %s: %d", tables[t][i], tables[t][j], order);
                free(a);
                free(b);
            }
}

static void test_captions(void **state) {
    (void)state;
    static const struct {
        const char *name, *caption;
    } table[] = {
        {"01 暖灯下的楼道课堂.jpg", "暖灯下的楼道课堂"},
        {"01_开幕式_现场.jpg", "开幕式 现场"},
        {"01大厅.jpg", "大厅"},
        {"（一）大厅.png", "大厅"},
        {"(2)大厅.png", "大厅"},
        {"图1 大厅.jpeg", "大厅"},
        {"图1：大厅.jpeg", "大厅"},
        {"图一：大厅.jpeg", "大厅"},
        {"第3张 大厅.jpg", "大厅"},
        {"3.大厅.jpg", "大厅"},
        {"①大厅.jpg", "大厅"},
        {"大厅（改造前）.jpg", "大厅（改造前）"},
        {"大厅 (1).jpg", "大厅"},
        {"大厅 - 副本.jpg", "大厅"},
        {"10分钟疏散.jpg", "10分钟疏散"},
        {"2026年迎新.jpg", "2026年迎新"},
        {"3号楼大厅.jpg", "3号楼大厅"},
        {"00后宿管.jpg", "00后宿管"},
        {"图书角.jpg", "图书角"},
        {"照片墙.jpg", "照片墙"},
        {"一楼大厅.jpg", "一楼大厅"},
        {"AED.jpg", "AED"},
        {"Photo exhibition.jpg", "Photo exhibition"},
        {"封面.jpg", ""},
        {"封面图.jpg", ""},
        {"封面：楼道课堂.jpg", "楼道课堂"},
        {"封面人物采访.jpg", "封面人物采访"},
        {"cover.png", ""},
        {"Covered walkway.png", "Covered walkway"},
        {"微信图片_20260512101112 楼道课堂.jpg", "楼道课堂"},
        {"IMG_1234 开幕式.jpg", "开幕式"},
        {"20260512_开幕式.jpg", "开幕式"},
        {"照片 2026年迎新.jpg", "照片 2026年迎新"},
        {"报修系统截图.png", "报修系统截图"},
        {"海报.jpg", "海报"},
        {"no extension", "no extension"},
        /* what cameras, phones and programs write */
        {"IMG_1234.JPG", ""},
        {"IMG_E1234.JPG", ""},
        {"IMG_20260512_101112.jpg", ""},
        {"IMG-20260512-WA0001.jpg", ""},
        {"img001.jpg", ""},
        {"DSC01234.ARW.jpg", ""},
        {"DSC_0123.jpg", ""},
        {"DSCN0001.jpg", ""},
        {"_DSC0123.jpg", ""},
        {"P1010001.JPG", ""},
        {"PXL_20260512_101112123.jpg", ""},
        {"PXL_20260512_101112123.MP.jpg", ""},
        {"VID_20260512_101112.jpg", ""},
        {"MVIMG_20260512_101112.jpg", ""},
        {"mmexport1655555555555.jpg", ""},
        {"wx_camera_1655555555555.jpg", ""},
        {"微信图片_20260512101112.jpg", ""},
        {"微信图片_20260512101112(1).jpg", ""},
        {"微信图片_20260512101112_副本.jpg", ""},
        {"微信图片编辑_20260512101112.jpg", ""},
        {"微信截图_20260512101112.png", ""},
        {"企业微信截图_17155555555555.png", ""},
        {"QQ图片20260512101112.jpg", ""},
        {"QQ截图20260512101112.png", ""},
        {"截图.png", ""},
        {"截图 (2).png", ""},
        {"屏幕截图 2026-05-12 101112.png", ""},
        {"屏幕截图(12).png", ""},
        {"屏幕快照 2026-05-12 上午10.11.12.png", ""},
        {"Screenshot_2026-05-12-10-11-12-123_com.tencent.mm.jpg", ""},
        {"Screenshot 2026-05-12 at 10.11.12.png", ""},
        {"幻灯片12.PNG", ""},
        {"幻灯片 3.PNG", ""},
        {"Slide3.PNG", ""},
        {"image3.png", ""},
        {"image.png", ""},
        {"图片1.png", ""},
        {"图片.png", ""},
        {"照片 (2).jpg", ""},
        {"未命名.jpg", ""},
        {"无标题.png", ""},
        {"Untitled-1.png", ""},
        {"0a1b2c3d4e5f60718293a4b5c6d7e8f9.jpg", ""},
        {"123e4567-e89b-12d3-a456-426614174000.jpg", ""},
        {"lQDPJxABCdefGHI123jklMNOpqr_456.jpg", ""},
        {"20260512.jpg", ""},
        {"2026-05-12 101112.jpg", ""},
        {"2026年5月12日.jpg", ""},
        {"1655555555555.jpg", ""},
        {"12.jpg", ""},
        {"(1).jpg", ""},
        {"01.jpg", ""},
        {"第3张.jpg", ""},
        {"图1.jpg", ""},
        {"副本.jpg", ""},
        {"photo_2026-05-12_10-11-12.jpg", ""},
        {"beauty_20260512101112.jpg", ""},
        {"Camera_0123.jpg", ""},
        {"01 IMG_1234.jpg", ""},
        {"1_微信图片_20260512101112.jpg", ""},
        {"640.jpg", ""},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        char *caption = caption_from_name(table[i].name);
        if (strcmp(caption, table[i].caption) != 0)
            fail_msg("%s: [%s], not [%s]", table[i].name, caption, table[i].caption);
        free(caption);
    }
}

static void test_cover_and_whole(void **state) {
    (void)state;
    static const struct {
        const char *name;
        bool cover, whole;
    } table[] = {
        {"封面.jpg", true, false},        {"00 封面.jpg", true, false},
        {"Cover.PNG", true, false},       {"封面1.jpg", true, false},
        {"封面图 大厅.jpg", true, false}, {"封面人物.jpg", false, false},
        {"covers of.jpg", false, false},  {"活动海报.jpg", false, true},
        {"封面海报.jpg", false, true},    {"宣传页.png", false, true},
        {"展板3.png", false, true},       {"幻灯片12.PNG", false, true},
        {"Slide3.PNG", false, true},      {"slideshow.jpg", false, false},
        {"党课PPT.jpg", false, true},     {"QQ截图2026.png", false, true},
        {"屏幕截图.png", false, true},    {"Screenshot_1.png", false, true},
        {"二维码.png", false, true},      {"推文.jpg", false, true},
        {"证书.jpg", false, true},        {"流程图.png", false, true},
        {"统计表格.png", false, true},    {"大厅.jpg", false, false},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        if (caption_names_cover(table[i].name) != table[i].cover)
            fail_msg("%s: cover", table[i].name);
        if (caption_names_whole(table[i].name) != table[i].whole)
            fail_msg("%s: whole", table[i].name);
    }
}

static void test_code(void **state) {
    (void)state;
    static const char *const codes[] = {
        "二维码.png",         "二维码.jpg",        "01 二维码.png",    "二维码 (1).png",
        "二维码2.png",        "qrcode.PNG",        "QR.png",           "QR code.png",
        "qr_code.jpg",        "QR码.png",          "公众号二维码.jpg", "微信公众号二维码.png",
        "活动报名二维码.png", "二维码 - 副本.png", "二维码图片.jpg",   "二維碼.png",
        "微信群二维码.jpg",
    };
    static const char *const photos[] = {
        "宿舍门口的二维码.jpg",
        "每层楼都贴上了报修二维码.jpg",
        "二维码背后的故事.jpg",
        "扫二维码.jpg",
        "二维码门禁.png",
        "square.png",
        "QRS.png",
        "01.jpg",
        "qr墙.jpg",
        "二维.png",
        "公众号.png",
        ".png",
    };
    for (size_t i = 0; i < COUNT(codes); i++)
        if (!caption_names_code(codes[i]))
            fail_msg("%s: no code", codes[i]);
    for (size_t i = 0; i < COUNT(photos); i++)
        if (caption_names_code(photos[i]))
            fail_msg("%s: a code", photos[i]);
}

static void test_nearly_equal(void **state) {
    (void)state;
    static const struct {
        const char *a, *b;
        bool near;
    } table[] = {
        {"楼道课堂", "楼道课堂", false},
        {"楼道课堂", "楼道 课堂", true},
        {"楼道课堂", "《楼道课堂》", true},
        {"楼道课堂(上)", "楼道课堂（上）", true},
        {"Hello 课堂", "ｈｅｌｌｏ课堂", true},
        {"共享晾衣房的智慧改造", "共享晾衣房智慧改造", true},
        {"夜归灯：凌晨一点的守候", "夜归灯，凌晨1点的守候", false},
        {"宿舍文化节（第三期）", "宿舍文化节（第四期）", false},
        {"2025年宿舍文化节", "2026年宿舍文化节", false},
        {"楼道里的红色课堂", "楼道里的绿色课堂", true},
        {"楼道里的红色课堂", "走廊里的绿色课堂", false},
        {"雨伞", "雨棚", false},
        {"！！", "？？", false},
        {"", "楼", false},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        if (titles_nearly_equal(table[i].a, table[i].b) != table[i].near ||
            titles_nearly_equal(table[i].b, table[i].a) != table[i].near)
            fail_msg("%s and %s", table[i].a, table[i].b);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_units),           cmocka_unit_test(test_split),
        cmocka_unit_test(test_files),           cmocka_unit_test(test_id),
        cmocka_unit_test(test_natural),         cmocka_unit_test(test_captions),
        cmocka_unit_test(test_cover_and_whole), cmocka_unit_test(test_code),
        cmocka_unit_test(test_nearly_equal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
