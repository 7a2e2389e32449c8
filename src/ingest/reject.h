/* reject.h: why something at the door was not taken, as data
 *
 * One table makes the enum, the codes of the receipt, the text and the advice in Chinese with
 * English beside it, and the list in fengcai(1). */
#pragma once

#include <stddef.h>
#include <stdio.h>

#include <jansson.h>

/* R(enum, code, 中文, 怎么办, English, what to do) */
/* clang-format off */
#define REJECTS(R) \
    R(REJECT_NOT_FOUND, "not_found", "找不到这个文件或文件夹", "请检查路径", \
      "no such file or folder", "check the path") \
    R(REJECT_UNREADABLE, "unreadable", "无法读取", "请检查权限，或换一个U盘重新复制", \
      "cannot be read", "check its permissions, or copy it again") \
    R(REJECT_NOTHING_FOUND, "nothing_found", "没有找到案例", \
      "请按“单元/标题（学校）/正文.txt 与图片”放置文件夹", \
      "no case in it", "arrange folders as unit/title（school）/正文.txt and pictures") \
    R(REJECT_UNIT_UNKNOWN, "unit_unknown", "看不出属于哪个单元", \
      "请放进“党建引领、三全育人、平安社区、智慧服务”之一的文件夹", \
      "the unit is not known", "put it into a folder named after one of the four units") \
    R(REJECT_CASE_EMPTY, "case_empty", "案例既没有文字也没有图片", "请放入正文.txt或图片", \
      "a case with neither text nor picture", "add 正文.txt or a picture") \
    R(REJECT_PICTURE_TOO_LARGE, "picture_too_large", "图片像素太多", \
      "请导出较小的图片（默认至多6400万像素）", \
      "too many pixels", "export a smaller picture (64 megapixels by default)") \
    R(REJECT_PICTURE_BROKEN, "picture_broken", "图片已损坏或不完整", "请重新导出或重新复制这张图片", \
      "the picture is damaged or incomplete", "export or copy it again") \
    R(REJECT_PICTURE_FORMAT, "picture_format", "不支持这种图片格式", \
      "请另存为 JPEG、PNG、WebP、GIF、HEIC、AVIF 或 TIFF", \
      "not a supported kind of picture", "save it as JPEG, PNG, WebP, GIF, HEIC, AVIF or TIFF") \
    R(REJECT_PICTURE_TOO_SLOW, "picture_too_slow", "图片处理超时", "请另存为 JPEG 后重试", \
      "the picture took too long", "save it as JPEG and try again") \
    R(REJECT_PICTURE_TOO_MUCH_MEMORY, "picture_too_much_memory", "处理这张图片需要的内存太多", \
      "请导出较小的图片", "the picture needs too much memory", "export a smaller picture") \
    R(REJECT_PICTURE_CRASHED, "picture_crashed", "图片内容异常，处理程序中止", "请另存为 JPEG 后重试", \
      "the picture crashed its decoder", "save it as JPEG and try again") \
    R(REJECT_HELPER, "helper", "图片处理程序无法工作，本次导入没有改动任何内容", \
      "请重新安装或联系维护人员，原因见日志", \
      "the picture helper does not work, nothing was changed", "install again; the log says why") \
    R(REJECT_SOURCE_GONE, "source_gone", "导入途中来源不见了（U盘被拔出？），本次没有改动任何内容", \
      "请插好后重新导入", \
      "the source went away meanwhile, nothing was changed", "plug it in and import again") \
    R(REJECT_TEXT_TOO_LARGE, "text_too_large", "文字文件太大（超过1 MB）", "请只保留正文", \
      "text file over 1 MiB", "keep only the text of the case") \
    R(REJECT_TEXT_ENCODING, "text_encoding", "认不出文字编码", "请用记事本另存为 UTF-8", \
      "the encoding is not recognised", "save it as UTF-8 with Notepad") \
    R(REJECT_INFO_LINE, "info_line", "信息.txt 里有看不懂的一行", \
      "每行写“名：值”，如“学校：某某大学”", \
      "a line of 信息.txt is not understood", "write name：value on each line") \
    R(REJECT_INFO_DATES, "info_dates", "信息.txt 里结束早于开始，这一行没有采用", "请改正开始或结束的日期", \
      "the end in 信息.txt is before the start, this line was not taken", "correct the dates") \
    R(REJECT_FILE_TYPE, "file_type", "不支持这种文件", "文字请另存为 .txt，图片请另存为 .jpg", \
      "not a supported kind of file", "save text as .txt and pictures as .jpg") \
    R(REJECT_VIDEO, "video", "本版本还不播放视频", "请先放入图片", \
      "videos are not played by this version", "use pictures for now") \
    R(REJECT_DOCUMENT, "document", "不能直接读取这种文档", "请把文字另存为 正文.txt，图片另存为 .jpg", \
      "documents are not read by this version", "save the text as 正文.txt and pictures as .jpg") \
    R(REJECT_NOTICE, "notice", "本版本还不展示通知", "请放进四个单元之一", \
      "notices are not shown by this version", "put it into one of the four units") \
    R(REJECT_TOO_DEEP, "too_deep", "文件夹层数太多", "请减少层数", \
      "folders nested too deeply", "use fewer levels") \
    R(REJECT_TOO_MANY_FILES, "too_many_files", "文件太多", "请分几次导入", \
      "too many files", "import in several parts") \
    R(REJECT_NAME_INVALID, "name_invalid", "文件名不是有效的文字", "请改名后重试", \
      "the name is not valid text", "rename it and try again") \
    R(REJECT_DUPLICATE, "duplicate", "与本次导入的另一个案例编号相同", "请改标题，或在信息.txt里写明编号", \
      "same id as another case in this import", "change the title or give a 编号 in 信息.txt") \
    R(REJECT_CODE_TWICE, "code_twice", "一个案例只能有一张二维码，这一张没有采用", "请只保留一张", \
      "a case has one code, this further one was not taken", "keep only one") \
    R(REJECT_NO_SPACE, "no_space", "磁盘空间不足", "请清理磁盘后重试", \
      "no space left on the disk", "free some space and try again")
/* clang-format on */

enum reject {
#define R(name, code, zh, advice_zh, en, advice) name,
    REJECTS(R)
#undef R
        REJECT_COUNT
};

const char *reject_code(enum reject reject);
const char *reject_text(enum reject reject);   /* 中文 (English) */
const char *reject_advice(enum reject reject); /* 中文 (English) */

/* What was not taken, in the order it was met. */
struct reject_entry {
    char *path; /* owned; as the administrator would name it */
    enum reject reject;
    char *detail; /* owned, may be NULL: which line, how many pixels */
};

struct reject_list {
    struct reject_entry *entries;
    size_t count;
};

/* detail may be NULL; both texts are copied. */
void reject_add(struct reject_list *list, const char *path, enum reject reject, const char *detail);
void reject_list_finish(struct reject_list *list);
json_t *reject_list_json(const struct reject_list *list); /* [{path, code, text, advice}] */
void reject_print_scdoc(FILE *to);
