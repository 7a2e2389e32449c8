/* What was taken: a card for each case, as it looks on the screen. */
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "base/fs.h"
#include "base/markup.h"
#include "base/memory.h"
#include "base/str.h"
#include "base/time.h"
#include "keeper/debrief_parts.h"

#define THUMB_BYTES (1u << 20) /* one is about 40 KiB */
#define ALL_THUMB_BYTES                                                                            \
    (12u << 20)           /* 300 of them: a page that an old PC opens and a slow stick takes */
#define MAX_UNCHANGED 200 /* titles of cases that stayed as they are */

static const char *section_of(const json_t *entry) {
    return section_of_keys(debrief_text(entry, "unit"), debrief_text(entry, "level"));
}

/* ---- thumbnails */

/* The bytes it takes, 0: there is none, or no room for it. */
static size_t put_thumb(FILE *to, const struct paths *paths, const struct asset *asset,
                        size_t room) {
    const struct rendition *thumb = asset_rendition(asset, RENDITION_THUMB, 0);
    char *data = NULL;
    size_t size = 0;
    if (!thumb || thumb->bytes <= 0 || (uint64_t)thumb->bytes > room ||
        (uint64_t)thumb->bytes > THUMB_BYTES)
        return 0;
    char *path = rendition_path(paths->media, thumb);
    bool good = fs_exists(path) && fs_read(path, THUMB_BYTES, &data, &size);
    free(path);
    if (!good)
        return 0;
    size_t length = sodium_base64_ENCODED_LEN(size, sodium_base64_VARIANT_ORIGINAL);
    char *text = xcalloc(length, 1);
    sodium_bin2base64(text, length, (const unsigned char *)data, size,
                      sodium_base64_VARIANT_ORIGINAL);
    fprintf(to, "<img alt=\"\" src=\"data:image/jpeg;base64,%s\">", text);
    free(text);
    free(data);
    return size;
}

static size_t put_cover(FILE *to, const struct debrief_facts *facts, const struct debrief_case *c,
                        size_t room) {
    enum unit unit = UNIT_PARTY;
    size_t used = 0;
    bool known = unit_parse(debrief_text(c->entry, "unit"), &unit);
    fprintf(to, "<div class=\"cover %s\">", known ? unit_key(unit) : "");
    if (c->record.asset_count)
        used = put_thumb(to, facts->debrief->paths, c->record.assets, room);
    if (!used)
        fprintf(to, "<span>%s</span>", section_of(c->entry));
    fputs("</div>", to);
    return used;
}

/* ---- cards */

/* What says no end has one that it got here, or none. */
static int64_t until_of(const struct case_record *record) {
    return record->valid_until_ms ? record->valid_until_ms : record->ends_ms;
}

static void put_until(FILE *to, const struct case_record *record) {
    char from[TIME_TEXT_SIZE], until[TIME_TEXT_SIZE];
    time_format(record->valid_from_ms, from);
    time_format(until_of(record), until);
    if (record->valid_from_ms && until_of(record))
        fprintf(to, " · %.10s 至 %.10s", from, until);
    else if (until_of(record))
        fprintf(to, " · 展示到 %.10s", until);
    else if (record->valid_from_ms)
        fprintf(to, " · 从 %.10s 起展示", from);
}

static void put_media(FILE *to, const struct case_record *record) {
    size_t pictures = case_count(record, ASSET_PICTURE), videos = case_count(record, ASSET_VIDEO);
    if (pictures)
        fprintf(to, "%zu 张图片%s", pictures, videos ? " · " : "");
    if (videos)
        fprintf(to, "%zu 个视频", videos);
    if (!pictures && !videos)
        fputs("没有图片", to);
}

static void put_facts(FILE *to, const struct debrief_case *c, int64_t now_ms) {
    const struct case_record *record = &c->record;
    if (!record->id) {
        fputs("<small>现在已撤下 <span class=\"en\">no longer shown</span></small>", to);
        return;
    }
    if (c->waits)
        fputs("<small class=\"warn\">待审，审核后才展示 <span class=\"en\">waits for a "
              "review</span></small>",
              to);
    fputs("<small>", to);
    put_media(to, record);
    fprintf(to, " · %zu 字", utf8_length(record->body) + utf8_length(record->summary));
    if (record->code)
        fputs(" · 二维码", to);
    put_until(to, record);
    fputs("</small>", to);
    if (until_of(record) && until_of(record) < now_ms)
        fputs("<small class=\"warn\">展示期已过，不会出现在屏幕上</small>", to);
    if (c->low)
        fprintf(to, "<small class=\"warn\">%zu 张图片不清晰</small>", c->low);
}

static size_t put_card(FILE *to, const struct debrief_facts *facts, const struct debrief_case *c,
                       size_t room) {
    bool added = strcmp(debrief_text(c->entry, "change"), "added") == 0;
    fputs("<li class=\"card\">", to);
    size_t used = put_cover(to, facts, c, room);
    fprintf(to, "<div class=\"words\"><p class=\"tag\"><b>%s</b> %s</p><p class=\"title\">",
            added ? "新增" : "更新", section_of(c->entry));
    markup_text(to, debrief_text(c->entry, "title"));
    fputs("</p><p>", to);
    markup_text(to, debrief_text(c->entry, "school"));
    fputs("</p>", to);
    put_facts(to, c, facts->debrief->made_ms);
    fputs("</div></li>\n", to);
    return used;
}

static void put_cards(const struct debrief_facts *facts, FILE *to) {
    size_t room = ALL_THUMB_BYTES;
    fputs("<ul class=\"cards\">\n", to);
    for (size_t i = 0; i < facts->case_count; i++)
        room -= put_card(to, facts, facts->cases + i, room);
    fputs("</ul>\n", to);
}

/* ---- the rest */

static void put_unchanged(const struct debrief_facts *facts, FILE *to) {
    size_t i = 0, shown = 0;
    json_t *entry = NULL;
    if (!facts->unchanged)
        return;
    fprintf(to, "<p class=\"note\">另有 %zu 个案例与屏幕上的相同，没有改动", facts->unchanged);
    json_array_foreach(json_object_get(facts->debrief->receipt, "cases"), i, entry) {
        if (strcmp(debrief_text(entry, "change"), "unchanged") != 0 || shown == MAX_UNCHANGED)
            continue;
        fputs(shown++ ? "；" : "：", to);
        markup_text(to, debrief_text(entry, "title"));
    }
    fprintf(to, "%s。 <span class=\"en\">unchanged</span></p>\n",
            shown && shown < facts->unchanged ? " 等" : "");
}

static void put_removed(const struct debrief_facts *facts, FILE *to) {
    if (facts->removed)
        fprintf(
            to,
            "<p class=\"note\">发布者撤下了 %zu 个案例，已不再展示。 <span class=\"en\">withdrawn "
            "by the publisher</span></p>\n",
            facts->removed);
}

void debrief_put_cases(const struct debrief_facts *facts, FILE *to) {
    if (!facts->case_count && !facts->unchanged && !facts->removed)
        return;
    fputs("<section id=\"taken\" class=\"long\"><h2>已导入的案例 <span "
          "class=\"en\">Taken</span></h2>\n",
          to);
    if (facts->case_count)
        put_cards(facts, to);
    put_unchanged(facts, to);
    put_removed(facts, to);
    fputs("</section>\n", to);
}
