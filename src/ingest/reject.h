/* reject.h: why something at the door was not taken, as data
 *
 * One table makes the enum, the codes of the receipt, the text and the advice in Chinese with
 * English beside it, and the list in fengcai(1). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include <jansson.h>

#define REJECTS_TOLD 200 /* of a code; a heap of 20,000 useless files makes 7 MB else, for good */

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
    R(REJECT_CASE_EMPTY, "case_empty", "案例没有文字、图片或视频", \
      "请放入正文.txt、图片或视频", \
      "a case with neither text nor picture nor video", "add 正文.txt, a picture or a video") \
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
    R(REJECT_HELPER, "helper", "处理程序无法工作，本次导入没有改动任何内容", \
      "请重新安装或联系维护人员，原因见日志", \
      "a helper program does not work, nothing was changed", "install again; the log says why") \
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
    R(REJECT_VIDEO_FORMAT, "video_format", "不支持这种视频", \
      "请用手机或剪映导出为 1080p 的 MP4（H.264）", \
      "not a supported kind of video", "export it as MP4 (H.264) with 1080p") \
    R(REJECT_VIDEO_TOO_LARGE, "video_too_large", "视频画面太大（超过1080p或每秒60帧）", \
      "请用手机或剪映导出为 1080p 的 MP4（H.264）", \
      "the picture of the video is over 1080p, or over 60 a second", \
      "export it as MP4 (H.264) with 1080p") \
    R(REJECT_VIDEO_TOO_LONG, "video_too_long", "视频太长（超过30分钟）", "请剪短，或分成几段", \
      "the video is over 30 minutes", "cut it, or split it") \
    R(REJECT_VIDEO_TOO_BIG, "video_too_big", "视频文件太大（超过512 MB）", \
      "请剪短，或导出为 1080p 的 MP4（H.264）", \
      "video file over 512 MiB", "cut it, or export it as MP4 (H.264) with 1080p") \
    R(REJECT_VIDEO_BROKEN, "video_broken", "视频已损坏或不完整", \
      "请先在电脑上试着播放，再重新导出或重新复制", \
      "the video is damaged or incomplete", "try to play it, then export or copy it again") \
    R(REJECT_VIDEO_TOO_SLOW, "video_too_slow", "视频处理超时", \
      "请用手机或剪映导出为 1080p 的 MP4（H.264）", \
      "the video took too long", "export it as MP4 (H.264) with 1080p") \
    R(REJECT_VIDEO_TOO_MUCH_MEMORY, "video_too_much_memory", "处理这个视频需要的内存太多", \
      "请用手机或剪映导出为 1080p 的 MP4（H.264）", \
      "the video needs too much memory", "export it as MP4 (H.264) with 1080p") \
    R(REJECT_VIDEO_CRASHED, "video_crashed", "视频内容异常，处理程序中止", \
      "请用手机或剪映导出为 1080p 的 MP4（H.264）", \
      "the video crashed its reader", "export it as MP4 (H.264) with 1080p") \
    R(REJECT_VIDEO_SOUND, "video_sound", "视频的声音格式不支持，只取了画面", \
      "需要声音请导出为 MP4（H.264、AAC）", \
      "the sound of the video is of a kind that is not taken, its picture was", \
      "for its sound, export it as MP4 (H.264, AAC)") \
    R(REJECT_DOCUMENT, "document", "不能直接读取这种文档", "请把文字另存为 正文.txt，图片另存为 .jpg", \
      "documents are not read by this version", "save the text as 正文.txt and pictures as .jpg") \
    R(REJECT_DOCUMENT_OLD, "document_old", "不能直接读取这种文档", \
      "请用 Word 或 WPS 打开，另存为 .docx 后重新放入", \
      "this kind of document is not read", "open it in Word or WPS and save it as .docx") \
    R(REJECT_PAGES, "pages", "不能直接读取 PDF 和幻灯片", \
      "请把文字另存为 .docx，把要展示的页面导出为 .jpg", \
      "PDF and slides are not read", "save the text as .docx, and the pages to be shown as .jpg") \
    R(REJECT_SHEET, "sheet", "不能直接读取电子表格", "请把要展示的内容复制到 .docx 里", \
      "spreadsheets are not read", "copy what is to be shown into a .docx") \
    R(REJECT_ARCHIVE, "archive", "不能直接读取这种压缩包", \
      "请先解压，再复制文件夹；或另存为 .zip", \
      "this kind of archive is not read", "unpack it and copy the folder, or pack it as .zip") \
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
      "no space left on the disk", "free some space and try again") \
    R(REJECT_DISK, "disk", "磁盘写入出错，本次没有改动任何内容", \
      "请检查磁盘或联系维护人员，原因见日志", \
      "the disk cannot be written, nothing was changed", "check the disk; the log says why") \
    R(REJECT_QUOTA, "quota", "放不下：超出案例库的空间上限", \
      "请清理磁盘，或调大配置 [storage] quota", \
      "it does not fit into the library's share of the disk", \
      "free some space, or raise quota under [storage]") \
    R(REJECT_WITHDRAWN, "withdrawn", "这个案例已撤下，没有采用", \
      "如需重新展示，请运行 fengcai allow 编号", \
      "the case was withdrawn, it was held back", \
      "run fengcai allow ID to show it again") \
    R(REJECT_FEED_FORM, "feed_form", "不是有效的案例源", \
      "请按 fengcai-bundle(5) 检查 feed.json", \
      "not a valid feed", \
      "check feed.json against fengcai-bundle(5)") \
    R(REJECT_FEED_LIMIT, "feed_limit", "案例源超出上限", \
      "请按 fengcai-bundle(5) 拆分", \
      "a limit of feeds is exceeded", \
      "split it as fengcai-bundle(5) says") \
    R(REJECT_FEED_ITEM, "feed_item", "案例源里的这一条不合格式，没有采用", \
      "请按 fengcai-bundle(5) 改正", \
      "an item of the feed is not well-formed, it was not taken", \
      "correct it as fengcai-bundle(5) says") \
    R(REJECT_FEED_PART, "feed_part", "案例源里这一条的一项不合格式，没有采用这一项", \
      "请按 fengcai-bundle(5) 改正", \
      "a part of an item is not well-formed, it was left out", \
      "correct it as fengcai-bundle(5) says") \
    R(REJECT_FEED_OLDER, "feed_older", "比已接收的内容旧（序号更小），没有采用", \
      "请重新打包或使用最新的U盘", \
      "older than what was taken before (a lower serial)", \
      "pack again, or use the newest stick") \
    R(REJECT_FEED_SERIAL, "feed_serial", "序号与已接收的相同，内容却不同，没有采用", \
      "请用 fengcai pack 重新打包", \
      "the same serial as before with other content", \
      "pack again by fengcai pack") \
    R(REJECT_FEED_EXPIRED, "feed_expired", "已过期，没有采用", \
      "请向发布者索取新的内容", \
      "it has expired", \
      "get a newer one from its publisher") \
    R(REJECT_FEED_OWNER, "feed_owner", "这个案例源属于另一个密钥，没有采用", \
      "请核对配置里的公钥", \
      "the feed belongs to another key", \
      "check the key in the configuration") \
    R(REJECT_SIGNATURE, "signature", "签名无效，没有采用", \
      "请从发布者处重新获取；仍不行请联系发布者", \
      "the signature is not valid", \
      "get it again from its publisher") \
    R(REJECT_UNSIGNED, "unsigned", "没有签名，没有采用", \
      "请用 https 地址，或请发布者签名并配置公钥", \
      "it is not signed", \
      "use an https address, or have it signed and configure the key") \
    R(REJECT_LENGTH, "length", "长度与案例源写明的不同", \
      "请发布者重新上传", \
      "the length is not what the feed says", \
      "have its publisher upload it again") \
    R(REJECT_HASH, "hash", "内容与案例源写明的校验值不同", \
      "请发布者重新上传", \
      "the content is not what the feed says (SHA-256)", \
      "have its publisher upload it again") \
    R(REJECT_NETWORK, "network", "连不上服务器", \
      "请检查网线和网络", \
      "the server cannot be reached", \
      "check cable and network") \
    R(REJECT_PORTAL, "portal", "校园网未认证：收到的是登录页，不是案例源", \
      "请先登录校园网，或请信息中心放行这块屏幕", \
      "the campus network wants a login: its page came instead of the feed", \
      "log in to the network, or have it let this screen through") \
    R(REJECT_TLS, "tls", "服务器证书无效", \
      "请检查日期时间和地址；换了证书请联系发布者", \
      "the server's certificate is not valid", \
      "check the clock and the address") \
    R(REJECT_REDIRECT, "redirect", "服务器转到了不允许的地址", \
      "请在配置里写最终的 https 地址", \
      "the server redirects to where it may not", \
      "configure the final https address") \
    R(REJECT_HTTP, "http", "服务器没有给出文件", \
      "请检查地址，或联系发布者", \
      "the server does not give the file", \
      "check the address, or ask its publisher") \
    R(REJECT_SLOW, "slow", "传输太慢或中断", \
      "会自动继续，请检查网络", \
      "the transfer is too slow or was cut", \
      "it goes on by itself; check the network") \
    R(REJECT_ZIP, "zip", "压缩包已损坏或不合要求", \
      "请在电脑上重新压缩，不加密码", \
      "the zip is damaged or not acceptable", \
      "pack it again, without a password") \
    R(REJECT_HTML, "html", "网页正文无法读取", \
      "请发布者改用纯文本 content_text", \
      "the HTML of an item cannot be read", \
      "have it published as content_text") \
    R(REJECT_WORD, "word", "Word文档无法读取", "请用 Word 或 WPS 打开，另存为 .docx，不加密码", \
      "the Word file cannot be read", "open it and save it again as .docx, without a password") \
    R(REJECT_NETWORK_MODULE, "network_module", "联网模块无法装载", \
      "请重新安装，原因见日志", \
      "the module for the network cannot be loaded", \
      "install again; the log says why")
/* clang-format on */

enum reject {
#define R(name, code, zh, advice_zh, en, advice) name,
    REJECTS(R)
#undef R
        REJECT_COUNT
};

const char *reject_code(enum reject reject);
const char *reject_text(enum reject reject);               /* 中文 (English) */
bool reject_parse(const char *code, enum reject *reject);  /* false: no such code */
const char *reject_advice(enum reject reject);             /* 中文 (English) */
const char *reject_said(enum reject reject, bool chinese); /* text and advice in one language */

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
/* [{path, code, text, advice}], of each code the first REJECTS_TOLD; the last one of them says
 * "more": how many there are besides. */
json_t *reject_list_json(const struct reject_list *list);
size_t reject_count(const json_t *rejects); /* of such a list: those that are not in it, too */
void reject_print_scdoc(FILE *to);
