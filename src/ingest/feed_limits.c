#include <stdio.h>

#include "ingest/feed.h"

/* In the order of the header. scdoc wants "\_" for "_". */
static const struct {
    const char *name;
    unsigned value;
    const char *zh, *en;
} limits[] = {
#define L(limit, zh, en)                                                                           \
    { #limit, limit, zh, en }
    L(FEED_PAGE_BYTES, "一个文件（feed.json 或旧页）的字节数",
      "bytes of one document, head or page"),
    L(FEED_PAGE_ITEMS, "一个文件里的条目数", "items of one document"),
    L(FEED_PAGES, "旧页数", "older pages of a feed"),
    L(FEED_FOREIGN_ITEMS, "没有 \\_fengcai 的 JSON Feed 的条目数",
      "items of a JSON Feed without \\_fengcai"),
    L(FEED_MEDIA_BYTES, "一个图片或视频文件的字节数", "bytes of one picture or video"),
    L(FEED_MEDIA_SECONDS, "视频的秒数", "seconds of a video"),
    L(FEED_ITEM_MEDIA, "一个条目的图片和视频数", "pictures and videos of one item"),
    L(FEED_ITEM_VIDEOS, "其中的视频数，更多的不采用",
      "videos among them; further ones are left out"),
    L(FEED_DEPTH, "JSON 的嵌套层数", "levels of nested JSON"),
    L(FEED_VALUES, "一个文件里 JSON 值的个数", "JSON values of one document"),
    L(FEED_ID_BYTES, "id 的字节数（UTF-8，下同）", "bytes of an id (UTF-8, as all below)"),
    L(FEED_TITLE_BYTES, "标题的字节数", "bytes of a title"),
    L(FEED_SCHOOL_BYTES, "学校名称的字节数", "bytes of a school's name"),
    L(FEED_SUMMARY_BYTES, "摘要的字节数", "bytes of a summary"),
    L(FEED_BODY_BYTES, "正文 content\\_text 的字节数", "bytes of content\\_text"),
    L(FEED_HTML_BYTES, "正文 content\\_html 的字节数", "bytes of content\\_html"),
    L(FEED_CAPTION_BYTES, "图片说明的字节数", "bytes of a caption"),
    L(FEED_URL_BYTES, "地址的字节数", "bytes of an address"),
    L(FEED_WEIGHT, "weight 的最大值", "the highest weight"),
#undef L
};

static void print_name(const char *name, FILE *to) {
    for (; *name; name++)
        fprintf(to, "%s%c", *name == '_' ? "\\" : "", *name);
}

void feed_print_limits_scdoc(FILE *to) {
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        fputc('*', to);
        print_name(limits[i].name, to);
        fprintf(to, "* = %u\n\t%s (%s).\n\n", limits[i].value, limits[i].zh, limits[i].en);
    }
}
