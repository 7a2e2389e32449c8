/* Word files through the real helper: what of them is text, what the title, which pictures. */
#include "word_fixture.h"

struct sample {
    const char *body, *expected;
};

static void expect_all(struct fixture *fixture, const struct sample *samples, size_t count) {
    for (size_t i = 0; i < count; i++)
        expect_word(fixture, samples[i].body, samples[i].expected);
}
#define EXPECT_ALL(samples) expect_all(*state, samples, sizeof samples / sizeof *(samples))

static void test_text(void **state) {
    static const struct sample samples[] = {
        {"", ""},
        {P("　　甲"), "|甲"},
        {P("甲") P("") P(" ") P("乙"), "|甲/乙"},
        {"<w:p><w:r><w:t>甲</w:t></w:r><w:r><w:t xml:space='preserve'> "
         "a</w:t><w:tab/><w:t>b</w:t></w:r></w:p>",
         "|甲 a b"},
        {"<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:br w:type='page'/><w:t>丙</w:t><w:cr/>"
         "<w:t>丁</w:t></w:r></w:p>",
         "|甲/乙丙/丁"},
        {"<w:p><w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t><w:softHyphen/><w:t>C</w:t></w:r></"
         "w:p>",
         "|A-BC"},
        {"<w:p><w:hyperlink r:id='x'><w:r><w:t>链</w:t></w:r></w:hyperlink><w:smartTag><w:r>"
         "<w:t>接</w:t></w:r></w:smartTag></w:p>",
         "|链接"},
        {STYLED("1", "一、背景") P("文"), "|一、背景/文"},
        {"<w:p><w:r><w:ruby><w:rt><w:r><w:t>han</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>汉</w:t>"
         "</w:r></w:rubyBase></w:ruby></w:r></w:p>",
         "|汉"},
        {"<w:p><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></w:p>", "|x=1"},
        {"<w:sdt><w:sdtContent>" P("甲") "</w:sdtContent></w:sdt><w:p><w:sdt><w:sdtContent><w:r>"
                                         "<w:t>乙</w:t></w:r></w:sdtContent></w:sdt></w:p>",
         "|甲/乙"},
        {"<w:customXml>" P("甲") "</w:customXml>", "|甲"},
        {"<w:p><w:r><w:sym w:font='Wingdings' w:char='F0FE'/><w:t>党建</w:t><w:sym w:char='F0A8'/>"
         "<w:t>育人</w:t></w:r></w:p>",
         "|☑党建□育人"},
    };
    EXPECT_ALL(samples);
}

static void test_unseen(void **state) {
    static const struct sample samples[] = {
        /* changes, as accepted */
        {"<w:p><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText></w:r>"
         "</w:del></w:p>",
         "|新"},
        {"<w:p><w:moveTo><w:r><w:t>到</w:t></w:r></w:moveTo><w:moveFrom><w:r><w:t>从</w:t></w:r>"
         "</w:moveFrom></w:p>",
         "|到"},
        {"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>" P("乙"),
         "|甲乙"},
        {TABLE(ROW("<w:trPr><w:del/></w:trPr>" CELL(P("旧")) CELL(P("旧"))) PAIR("甲", "乙")),
         "|甲　乙"},
        /* hidden text, comments, notes */
        {"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r><w:r><w:rPr><w:vanish w:val='0'/>"
         "</w:rPr><w:t>甲</w:t></w:r><w:r><w:rPr><w:rStyle "
         "w:val='ghost'/></w:rPr><w:t>y</w:t></w:r></w:p>",
         "|甲"},
        {"<w:p><w:commentRangeStart w:id='0'/><w:r><w:t>甲</w:t></w:r><w:commentRangeEnd w:id='0'/>"
         "<w:r><w:commentReference w:id='0'/><w:footnoteReference w:id='1'/></w:r></w:p>",
         "|甲"},
        /* fields: the result, not the code */
        {"<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>HYPERLINK "
         "\"x\"</w:instrText>"
         "<w:t>码</w:t></w:r><w:r><w:fldChar "
         "w:fldCharType='separate'/></w:r><w:r><w:t>果</w:t></w:r><w:r>"
         "<w:fldChar w:fldCharType='end'/></w:r><w:r><w:t>后</w:t></w:r></w:p>",
         "|果后"},
        {"<w:p><w:r><w:fldChar w:fldCharType='begin'/><w:t>x</w:t></w:r></w:p>" P("甲"), "|甲"},
        /* the table of contents */
        {STYLED("TOC1", "一、背景\t1") P("目 录") P("甲"), "|甲"},
        {"<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of "
         "Contents'/></w:docPartObj>"
         "</w:sdtPr><w:sdtContent>" P("x") "</w:sdtContent></w:sdt>" P("甲"),
         "|甲"},
        /* a text box is stored twice */
        {"<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><wps:wsp>"
         "<wps:txbx><w:txbxContent>" P(
             "框") "</w:txbxContent></wps:txbx></wps:wsp></wp:anchor>"
                   "</w:drawing></"
                   "mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>" P(
                       "框") "</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></"
                             "mc:AlternateContent></w:r>"
                             "<w:r><w:t>段</w:t></w:r></w:p>" P("后"),
         "|段/框/后"},
        {"<w:p><w:r><mc:AlternateContent><mc:Choice Requires='cx'><w:t>图表</w:t></mc:Choice>"
         "<mc:Fallback><w:t>替代</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>",
         "|替代"},
        {"<w:p><w:r><w:pict><v:shape id='PowerPlusWaterMarkObject1'><v:textbox><w:txbxContent>" P(
             "草稿") "</w:txbxContent></v:textbox></v:shape></w:pict></w:r><w:r><w:t>甲</w:t></"
                     "w:r></w:p>",
         "|甲"},
    };
    EXPECT_ALL(samples);
}

static void test_lists(void **state) {
    static const struct sample samples[] = {
        {ITEM("1", "0", "背景") ITEM("1", "1", "甲") ITEM("1", "1", "乙") ITEM("1", "2", "丙")
             ITEM("1", "0", "做法") ITEM("1", "1", "丁"),
         "|一、背景/1. 甲/2. 乙/2.1 丙/二、做法/1. 丁"},
        {ITEM("2", "0", "甲") ITEM("2", "0", "") ITEM("2", "0", "乙"), "|· 甲/· 乙"},
        {ITEM("1", "0", "甲") P("文") ITEM("1", "0", "乙") ITEM("3", "0", "丙")
             ITEM("3", "0", "丁"),
         "|一、甲/文/二、乙/一、丙/二、丁"},
        {ITEM("4", "0", "甲") ITEM("4", "0", "乙"), "|⑨甲/⑩乙"},
        {ITEM("99", "0", "甲") ITEM("1", "12", "乙") ITEM("0", "0", "丙"), "|甲/乙/丙"},
    };
    EXPECT_ALL(samples);
}

static void test_tables(void **state) {
    static const struct sample samples[] = {
        {TABLE(PAIR("甲", "1") PAIR("乙", "2")) P("后"), "|甲　1/乙　2/后"},
        {TABLE(ROW(CELL(P("框里") P("两段")))), "|框里/两段"},
        {TABLE(ROW(CELL(P("甲") P("乙")) CELL(P("丙")))), "|甲/乙/丙"},
        {TABLE(ROW(CELL(TABLE(PAIR("子", "丑") PAIR("寅", "卯"))) CELL(P("后")))),
         "|子　丑/寅　卯/后"},
        {TABLE(ROW("<w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr>" P("合") "</w:tc>" CELL(
             P("1"))) ROW("<w:tc><w:tcPr><w:vMerge/></w:tcPr>" P("x") "</w:tc>" CELL(P("2")))),
         "|合　1/2"},
        {TABLE("<w:sdt><w:sdtContent>" PAIR("甲", "乙") "</w:sdtContent></w:sdt>"), "|甲　乙"},
    };
    EXPECT_ALL(samples);
}

static void test_titles(void **state) {
    static const struct sample samples[] = {
        {STYLED("a7", "楼道课堂") P("文"), "楼道课堂|文"},
        {STYLED("mine", "楼道课堂") P("文"), "楼道课堂|文"},
        {STYLED("loop", "甲") P("文"), "|甲/文"},
        {P("附件1：") STYLED("a7", "楼道") STYLED("a7", "课堂") STYLED("a7", "——某某大学") P("文"),
         "楼道课堂|——某某大学/文"},
        {P("前") CENTRED("楼道课堂") P("文"), "楼道课堂|前/文"},
        {P("附件 2") SIZED("44", "楼道课堂") SIZED("24", "文") SIZED("24", "文"), "楼道课堂|文/文"},
        {SIZED("24", "甲") SIZED("24", "乙"), "|甲/乙"},
        {P("1") P("2") P("3") P("4") P("5") CENTRED("太晚"), "|1/2/3/4/5/太晚"},
    };
    EXPECT_ALL(samples);
}

static void test_pictures(void **state) {
    static const struct sample samples[] = {
        {P("文") PICTURE("p1", "") CENTRED("图1 学生在讨论") P("后"), "|文/后||[学生在讨论=first]"},
        {STYLED("a9", "图 2-1　布置") PICTURE("p1", "") P("后"), "|后||[布置=first]"},
        {PICTURE("p1", " descr='早餐会'") PICTURE("p2", " descr='C:\\Users\\x\\IMG_0001.jpg'"),
         "|||[早餐会=first][=second]"},
        {PICTURE("p1", " descr='图形用户界面&#10;描述已自动生成'"), "|||[=first]"},
        {PICTURE("p1", "") PICTURE("p2", "") P("图3：两张合影"),
         "|||[两张合影=first][两张合影=second]"},
        {TABLE(ROW(CELL(PICTURE("p1", "")) CELL(PICTURE("p2", ""))) PAIR("左边", "右边")),
         "|||[左边=first][右边=second]"},
        /* the same twice, one that is not there, one elsewhere, one that leads out */
        {PICTURE("p1", "") PICTURE("p1", "") PICTURE("p3", "") PICTURE("p4", "") PICTURE("p5", "")
             PICTURE("nosuch", "") PICTURE("rId1", ""),
         "|||[=first]"},
        {PICTURE("p1", " hidden='1'") P("甲"), "|甲"},
        {"<w:p><w:r><w:pict><v:shape alt='旧图'><v:imagedata r:id='p2' croptop='13107f' "
         "cropleft='.1'/>"
         "</v:shape></w:pict></w:r></w:p>",
         "|||[旧图=second 10000 20000 0 0]"},
        {"<w:p><w:r><w:drawing><wp:inline><pic:blipFill><a:blip r:embed='p1'/><a:srcRect l='25000' "
         "r='10000' "
         "t='-5' b='300'/></pic:blipFill></wp:inline></w:drawing></w:r></w:p>",
         "|||[=first 25000 0 10000 0]"},
        {"<w:p><w:r><w:drawing><wp:inline><pic:blipFill><a:blip r:embed='p1'/><a:srcRect l='60000' "
         "r='60000'/>"
         "</pic:blipFill></wp:inline></w:drawing></w:r></w:p>",
         "|||[=first]"},
        {"<w:p><w:r><w:object><v:shape><v:imagedata r:id='p2'/></v:shape></w:object></w:r></w:p>",
         "|||[=second]"},
    };
    EXPECT_ALL(samples);
}

#define LONG                                                                                                                                     \
    "本项目面向全体住宿学生，每周三晚在一楼活动室开展，两年来共举办六十余场，参与学生超过三千人次" \
    "。"

static void test_forms(void **state) {
    static const struct sample samples[] = {
        {CENTRED("优秀成果推荐表") P("填表日期：2026年9月1日") TABLE(
             ROW(CELL(P("学校名称")) CELL(P("望川大学")) CELL(P("所属单元"))
                     CELL(P("三全育人"))) PAIR("成果名称", "楼道课堂")
                 ROW(CELL(P("联系人")) CELL(P("张三")) CELL(P("联系电话"))
                         CELL(P("13812345678"))) PAIR("成果简介（限500字）", "每周三晚开讲。")
                     ROW(CELL(P("主要做法")) CELL(P("第一。") P("第二。"))) PAIR("学校意见", LONG)),
         "|主要做法/第一。/第二。|学校：望川大学/单元：三全育人/标题：楼道课堂/"
         "摘要：每周三晚开讲。/"},
        {TABLE(PAIR("案例标题：", "甲") PAIR("申报单位", "乙大学") PAIR(
             "展示单元", "□党建引领 ☑平安社区 □三全育人 □智慧服务") ROW(CELL(P("推广价值")))
                   ROW(CELL(P(LONG))) PAIR("指导教师姓名", LONG) PAIR("自定义问题", LONG)),
         "|推广价值/" LONG "/自定义问题/" LONG "|标题：甲/学校：乙大学/单元：平安社区/"},
        {TABLE(ROW(CELL(P("学校：甲大学")) CELL(P("邮箱：a@b.cn")))
                   ROW(CELL(P("成果名称：乙")) CELL(P("电话：1")))) P("正文在后。"),
         "|正文在后。|学校：甲大学/标题：乙/"},
        /* no form */
        {TABLE(PAIR("学校", "数") PAIR("甲", "1")), "|学校　数/甲　1"},
        {TABLE(PAIR("成效", "好") PAIR("做法", "多") PAIR("经验", "有")),
         "|成效　好/做法　多/经验　有"},
    };
    EXPECT_ALL(samples);
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(test_text),   TEST(test_unseen), TEST(test_lists),
                                       TEST(test_tables), TEST(test_titles), TEST(test_pictures),
                                       TEST(test_forms)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
