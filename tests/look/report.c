#include "report.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static void note_contrast(struct report *report, const char *where, double contrast) {
    if (contrast == 0 || (report->palest && contrast >= report->contrast))
        return;
    free(report->palest);
    report->palest = xstrdup(where);
    report->contrast = contrast;
}

void report_add(struct report *report, const char *where, struct findings *findings) {
    note_contrast(report, where, findings->contrast);
    report->faulty += findings->count > 0;
    for (size_t i = 0; i < findings->count; i++) {
        if ((report->count & (report->count - 1)) == 0)
            report->rows =
                xrealloc(report->rows, report->count ? report->count * 2 : 1, sizeof *report->rows);
        report->rows[report->count++] =
            (struct report_row){.where = xstrdup(where), .finding = findings->items[i]};
    }
    free(findings->items);
    *findings = (struct findings){0};
}

void report_note_cuts(struct report *report, const struct scene *scene,
                      const struct case_record *record) {
    for (size_t i = 0; i < scene->count; i++)
        if (scene->items[i].kind == ITEM_TEXT)
            report->cuts[check_cut_of(scene->items[i].text.layout, record)]++;
}

/* The first word of where is the case. */
static bool same_case(const char *a, const char *b) {
    size_t size = strcspn(a, " ");
    return size == strcspn(b, " ") && strncmp(a, b, size) == 0;
}

static void print_row(const struct report_row *row, FILE *to) {
    struct rect place = row->finding.place;
    fprintf(to, "  %s\n    %.4g%s", row->where, row->finding.value,
            finding_unit(row->finding.kind));
    if (place.width)
        fprintf(to, ", at %d,%d %dx%d", place.x, place.y, place.width, place.height);
    fprintf(to, "  %s\n", row->finding.text);
}

static void print_kind(const struct report *report, enum finding_kind kind, int examples,
                       FILE *to) {
    const char *last = "", *last_slide = "";
    int count = 0, slides = 0, cases = 0;
    for (size_t i = 0; i < report->count; i++) {
        const struct report_row *row = &report->rows[i];
        if (row->finding.kind != kind)
            continue;
        count++;
        slides += strcmp(row->where, last_slide) != 0;
        cases += !same_case(row->where, last);
        last = last_slide = row->where;
    }
    if (!count)
        return;
    fprintf(to, "\n%s: %d findings on %d slides of %d cases\n", finding_name(kind), count, slides,
            cases);
    last = "";
    for (size_t i = 0; i < report->count && examples > 0; i++) {
        const struct report_row *row = &report->rows[i];
        if (row->finding.kind != kind || same_case(row->where, last))
            continue;
        print_row(row, to);
        last = row->where;
        examples--;
    }
}

void report_print(const struct report *report, int examples, FILE *to) {
    static const char *const cuts[] = {"none", "title", "school", "summary", "caption", "other"};
    for (int kind = 0; kind < FINDING_KIND_COUNT; kind++)
        print_kind(report, (enum finding_kind)kind, examples, to);
    fprintf(to, "\n%d slides, %d of them with %zu findings\ncut, as they may be:", report->slides,
            report->faulty, report->count);
    for (int cut = CUT_NONE + 1; cut < CUT_COUNT; cut++)
        fprintf(to, " %s %d", cuts[cut], report->cuts[cut]);
    if (report->palest)
        fprintf(to, "\nleast contrast: %.2f:1, %s", report->contrast, report->palest);
    putc('\n', to);
}

void report_finish(struct report *report) {
    for (size_t i = 0; i < report->count; i++) {
        free(report->rows[i].where);
        free(report->rows[i].finding.text);
    }
    free(report->rows);
    free(report->palest);
    *report = (struct report){0};
}
