/* What was taken, but is worth a look: few pixels, missing characters, what was masked, twins. */
#include <string.h>

#include "base/markup.h"
#include "ingest/missing.h"
#include "ingest/privacy.h"
#include "ingest/survey.h"
#include "keeper/debrief_parts.h"

#define MAX_ROWS 50 /* of a table; more is a list that nobody reads */

static void put_more(FILE *to, size_t count) {
    if (count > MAX_ROWS)
        fprintf(to, "<p class=\"note\">另有 %zu 项 <span class=\"en\">and more</span></p>\n",
                count - MAX_ROWS);
}

/* ---- pictures */

static size_t put_low_pictures(FILE *to, const struct case_record *record, size_t shown) {
    for (size_t i = 0; i < record->asset_count && shown < MAX_ROWS; i++) {
        const struct asset *asset = record->assets + i;
        int longer = asset->width > asset->height ? asset->width : asset->height;
        if (asset->kind != ASSET_PICTURE || longer <= 0 || longer >= SURVEY_LOW_SIDE)
            continue;
        fputs("<tr><td>", to);
        markup_text(to, record->title);
        fprintf(to, "</td><td>第 %zu 张　", i + 1);
        markup_text(to, asset->caption);
        fprintf(to, "</td><td class=\"n\">%d × %d</td></tr>\n", asset->width, asset->height);
        shown++;
    }
    return shown;
}

static void put_low(const struct debrief_facts *facts, FILE *to) {
    size_t shown = 0;
    if (!facts->low)
        return;
    fprintf(to,
            "<h3>图片不清晰：请换成原图（长边至少 %d 像素，最好 1920 以上） <span "
            "class=\"en\">pictures of few pixels</span></h3>\n"
            "<p class=\"note\">微信、QQ 发送时请勾选“原图”；从网页或文档里另存的图往往太小。</p>\n"
            "<table><thead><tr><th>案例 <span class=\"en\">case</span></th><th>图片 <span "
            "class=\"en\">picture</span></th><th class=\"n\">像素 <span "
            "class=\"en\">pixels</span></th></tr></thead><tbody>\n",
            SURVEY_LOW_SIDE);
    for (size_t i = 0; i < facts->case_count; i++)
        shown = put_low_pictures(to, &facts->cases[i].record, shown);
    fputs("</tbody></table>\n", to);
    put_more(to, facts->low);
}

/* ---- characters */

static const char *cure_of(const char *kind) {
    if (strcmp(kind, "emoji") == 0)
        return "表情不显示，不用处理";
    if (strcmp(kind, "private") == 0)
        return "自造字只在您的电脑上有，请改用标准字";
    if (strcmp(kind, "unassigned") == 0)
        return "这不是一个有效的字，请重新输入";
    return "屏幕上显示为〓。请换一个写法，或请维护人员安装含有它的字体";
}

/* "读书角：正文、标题" */
static void put_places(FILE *to, const json_t *entry) {
    size_t i = 0;
    const char *before = "";
    json_t *place = NULL;
    json_array_foreach(json_object_get(entry, "places"), i, place) {
        const char *id = debrief_text(place, "id"), *field = debrief_text(place, "field");
        const char *chinese = missing_field_chinese(field);
        if (strcmp(id, before) != 0) {
            fputs(i ? "<br>" : "", to);
            markup_text(to, case_own_id(id, NULL));
            fputs("：", to);
        } else {
            fputs("、", to);
        }
        markup_text(to, chinese ? chinese : field);
        before = id;
    }
    json_int_t more = json_integer_value(json_object_get(entry, "more_places"));
    if (more)
        fprintf(to, "<br>另有 %lld 处", (long long)more);
}

static void put_character(FILE *to, const json_t *entry) {
    const char *kind = debrief_text(entry, "kind"), *chinese = missing_kind_chinese(kind);
    bool seen = strcmp(kind, "private") != 0 && strcmp(kind, "unassigned") != 0;
    fputs("<tr><td class=\"glyph\">", to);
    markup_text(to, seen ? debrief_text(entry, "text") : "〓");
    fputs("</td><td class=\"kind\">", to);
    markup_text(to, chinese ? chinese : kind);
    fputs("<br><small>", to);
    markup_text(to, debrief_text(entry, "code"));
    fputs("</small></td><td>", to);
    put_places(to, entry);
    fprintf(to, "</td><td>%s</td></tr>\n", cure_of(kind));
}

static void put_missing(const struct debrief_facts *facts, FILE *to) {
    size_t i = 0;
    json_t *entry = NULL;
    if (!facts->missing)
        return;
    fputs("<h3>屏幕上显示不出的字 <span class=\"en\">characters that no font has</span></h3>\n"
          "<table><thead><tr><th>字</th><th class=\"kind\">是什么 <span "
          "class=\"en\">kind</span></th><th>在哪里 "
          "<span "
          "class=\"en\">where</span></th><th>怎么办 <span class=\"en\">what to do</span></th></tr>"
          "</thead><tbody>\n",
          to);
    json_array_foreach(json_object_get(facts->debrief->receipt, "missing"), i, entry) {
        if (i < MAX_ROWS)
            put_character(to, entry);
    }
    fputs("</tbody></table>\n", to);
    put_more(to, facts->missing);
}

/* ---- numbers of persons */

static size_t put_masks(FILE *to, const json_t *entry, size_t shown) {
    size_t i = 0;
    json_t *mask = NULL;
    json_array_foreach(json_object_get(entry, "masked"), i, mask) {
        const char *field = debrief_text(mask, "field"), *chinese = missing_field_chinese(field);
        if (shown++ >= MAX_ROWS)
            continue;
        fputs("<tr><td>", to);
        markup_text(to, debrief_text(entry, "title"));
        fprintf(to, "</td><td>%s</td><td>", privacy_key_chinese(debrief_text(mask, "kind")));
        markup_text(to, debrief_text(mask, "mask"));
        fputs("</td><td>", to);
        markup_text(to, chinese ? chinese : field);
        fputs("</td></tr>\n", to);
    }
    return shown;
}

static void put_masked(const struct debrief_facts *facts, FILE *to) {
    size_t shown = 0;
    if (!facts->masked)
        return;
    fputs("<h3>号码已自动遮盖 <span class=\"en\">numbers of persons, masked</span></h3>\n"
          "<p "
          "class=\"note\">"
          "身份证号一律不显示。手机号、学号确实要公开的，导入时在屏幕的预览里逐个放行。</p>\n"
          "<table><thead><tr><th>案例 <span class=\"en\">case</span></th><th>是什么 <span "
          "class=\"en\">kind</span></th><th>屏幕上显示 <span class=\"en\">shown "
          "as</span></th><th>在哪里 "
          "<span class=\"en\">where</span></th></tr></thead><tbody>\n",
          to);
    for (size_t i = 0; i < facts->case_count; i++)
        shown = put_masks(to, facts->cases[i].entry, shown);
    fputs("</tbody></table>\n", to);
    put_more(to, shown);
}

/* ---- possibly the same case twice */

static void put_similar(const struct debrief_facts *facts, FILE *to) {
    size_t i = 0;
    json_t *entry = NULL;
    if (!facts->similar)
        return;
    fputs(
        "<h3>标题相近，可能重复 <span class=\"en\">possibly twice</span></h3>\n"
        "<p class=\"note\">如果是同一个案例，请用相同的标题再导入一次，并删除屏幕上旧的那个。</p>\n"
        "<table><thead><tr><th>这次导入 <span class=\"en\">now</span></th><th>屏幕上已有 <span "
        "class=\"en\">before</span></th></tr></thead><tbody>\n",
        to);
    json_array_foreach(json_object_get(facts->debrief->receipt, "similar"), i, entry) {
        if (i >= MAX_ROWS)
            break;
        fputs("<tr><td>", to);
        markup_text(to, case_own_id(debrief_text(entry, "id"), NULL));
        fputs("</td><td>", to);
        markup_text(to, case_own_id(debrief_text(entry, "to"), NULL));
        fputs("</td></tr>\n", to);
    }
    fputs("</tbody></table>\n", to);
    put_more(to, facts->similar);
}

void debrief_put_hints(const struct debrief_facts *facts, FILE *to) {
    if (!facts->low && !facts->missing && !facts->masked && !facts->similar)
        return;
    fputs("<section id=\"hints\" class=\"long\"><h2>已经导入，请看一眼 <span class=\"en\">Taken, "
          "but "
          "worth a look</span></h2>\n",
          to);
    put_low(facts, to);
    put_missing(facts, to);
    put_masked(facts, to);
    put_similar(facts, to);
    fputs("</section>\n", to);
}
