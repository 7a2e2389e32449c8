/* The first glance: what became of it, in numbers; and what is to be done. */
#include <stdlib.h>
#include <string.h>

#include "base/markup.h"
#include "base/memory.h"
#include "base/str.h"
#include "keeper/debrief_parts.h"

#define MAX_FILES 30 /* named of one reason; more is a list that nobody reads */

/* ---- the verdict */

static size_t hints_of(const struct debrief_facts *facts) {
    return facts->missing + facts->low + facts->masked + facts->similar;
}

struct verdict_words {
    const char *look, *chinese, *english, *next;
};

static struct verdict_words words_of(const struct debrief_facts *facts) {
    size_t taken = facts->case_count + facts->unchanged + facts->removed;
    if (facts->refused && !taken)
        return (struct verdict_words){"bad", "没有导入任何内容", "nothing was taken",
                                      "屏幕上的内容没有变。请按下面的办法改好，再导入一次。"};
    if (facts->refused)
        return (struct verdict_words){
            "part", "只导入了一部分", "partly taken",
            "已导入的不受影响。请按下面的办法改好，再导入一次，只会补上改动的部分。"};
    if (!facts->case_count && !facts->removed)
        return (struct verdict_words){"good", "内容已是最新，没有改动", "nothing has changed",
                                      "屏幕上已经是这些内容，不用再做什么。"};
    if (facts->waiting)
        return (struct verdict_words){"good", "全部录入，等待审核",
                                      "all entered, waits for a review",
                                      "待审的案例由另一人用“审核”PIN 审核之后才展示。"};
    if (hints_of(facts))
        return (struct verdict_words){"good", "全部导入", "all taken",
                                      "屏幕会轮流展示。下面几处请看一眼，想更好看可以改。"};
    return (struct verdict_words){"good", "全部导入", "all taken",
                                  "屏幕会轮流展示，不用再做什么。"};
}

static void put_tile(FILE *to, const char *look, const char *target, size_t number,
                     const char *chinese, const char *english) {
    char text[AMOUNT_SIZE];
    fprintf(to,
            "<a class=\"tile %s\" href=\"#%s\"><b>%s</b><span>%s <span "
            "class=\"en\">%s</span></span><small>",
            number ? look : "none", target, amount((int64_t)number, text), chinese, english);
}

static void put_parts(FILE *to, const char *const *names, const size_t *numbers, size_t count) {
    const char *between = "";
    for (size_t i = 0; i < count; i++)
        if (numbers[i]) {
            fprintf(to, "%s%s %zu", between, names[i], numbers[i]);
            between = " · ";
        }
    fputs("</small></a>\n", to);
}

void debrief_put_verdict(const struct debrief_facts *facts, FILE *to) {
    static const char *const taken[] = {"新增", "更新", "其中待审", "撤下", "另有未变"};
    static const char *const hints[] = {"缺字", "图片不清晰", "号码已遮盖", "标题相近"};
    struct verdict_words words = words_of(facts);
    fprintf(
        to,
        "<div class=\"verdict %s\"><p class=\"big\">%s <span class=\"en\">%s</span></p><p>%s</p>"
        "</div>\n<nav class=\"tiles\">\n",
        words.look, words.chinese, words.english, words.next);
    put_tile(to, "good", "taken", facts->case_count, "个案例已导入", "taken");
    put_parts(
        to, taken,
        (size_t[]){facts->added, facts->changed, facts->waiting, facts->removed, facts->unchanged},
        5);
    put_tile(to, "bad", "tasks", facts->refused, "项没有导入", "not taken");
    fprintf(to, facts->group_count ? "%zu 种原因，办法见下</small></a>\n" : "</small></a>\n",
            facts->group_count);
    put_tile(to, "part", "hints", hints_of(facts), "处请看一眼", "worth a look");
    put_parts(to, hints, (size_t[]){facts->missing, facts->low, facts->masked, facts->similar}, 4);
    fputs("</nav>\n", to);
}

/* ---- what is to be done */

/* What was said of this one file behind what is said of all: "中文 (English): detail". */
static const char *detail_of(const json_t *entry, const char *reason) {
    const char *text = debrief_text(entry, "text");
    if (!text_starts(text, reason))
        return "";
    text += strlen(reason);
    return text_starts(text, ": ") ? text + 2 : text;
}

static void put_file(FILE *to, const struct debrief_facts *facts, const json_t *entry,
                     const char *reason) {
    const char *detail = detail_of(entry, reason);
    fputs("<li>", to);
    debrief_put_path(to, debrief_text(entry, "path"), facts->debrief->source);
    if (*detail) {
        fputs(" <small>", to);
        debrief_put_both(to, detail);
        fputs("</small>", to);
    }
    fputs("</li>\n", to);
}

/* Who reads this has no command line. */
static const char *cure_of(const struct debrief_group *group) {
    enum reject reject = REJECT_COUNT;
    if (reject_parse(group->code, &reject) && reject == REJECT_WITHDRAWN)
        return "确实要重新展示，请在屏幕的管理面板里放行，或请维护人员运行 fengcai allow "
               "编号，然后再"
               "导入一次 (to show it again allow it in the panel, or by fengcai allow ID)";
    return debrief_text(group->entries[0], "advice");
}

static void put_task(FILE *to, const struct debrief_facts *facts,
                     const struct debrief_group *group) {
    enum reject reject = REJECT_COUNT;
    bool known = reject_parse(group->code, &reject);
    const char *reason = known ? reject_text(reject) : debrief_text(group->entries[0], "text");
    fputs("<li class=\"task\"><p class=\"why\">", to);
    debrief_put_both(to, reason);
    if (group->count > 1)
        fprintf(to, " <b>%zu 项</b>", group->count);
    fputs("</p>\n<ul>\n", to);
    for (size_t i = 0; i < group->listed && i < MAX_FILES; i++)
        put_file(to, facts, group->entries[i], reason);
    if (group->count > MAX_FILES)
        fprintf(to, "<li>另有 %zu 项 <span class=\"en\">and more</span></li>\n",
                group->count - MAX_FILES);
    fputs("</ul>\n<p class=\"do\">", to);
    debrief_put_both(to, cure_of(group));
    fputs("</p></li>\n", to);
}

void debrief_put_tasks(const struct debrief_facts *facts, FILE *to) {
    if (!facts->refused)
        return;
    fputs("<section id=\"tasks\"><h2>没有导入的，这样做 <span class=\"en\">What was not taken, and "
          "what to do</span></h2>\n<ol class=\"tasks\">\n",
          to);
    for (size_t i = 0; i < facts->group_count; i++)
        put_task(to, facts, facts->groups + i);
    fputs("</ol></section>\n", to);
}
