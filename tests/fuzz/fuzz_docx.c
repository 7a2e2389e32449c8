/* A Word file's parts as the jailed child reads them, and what the keeper makes of its lines. The
 * input is document.xml, then, each behind a NUL, styles.xml and numbering.xml. Lines are UTF-8
 * within their limits; what is composed of them has no controls, and nothing in it is a number of a
 * person. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "helpers/word.h"
#include "ingest/docx.h"
#include "ingest/privacy.h"
#include "ingest/text.h"

struct seen {
    struct docx_lines lines;
    size_t bytes;
};

static bool on_line(void *user, const struct word_line *line) {
    struct seen *seen = user;
    must(line->size > 0 && strlen(line->text) == line->size && text_valid(line->text));
    must(!strchr(line->text, '\n') && (unsigned)line->role < DOCUMENT_ROLE_COUNT);
    seen->bytes += line->size;
    must(seen->bytes <= DOCUMENT_WORD_TEXT_BYTES && seen->lines.count < DOCUMENT_WORD_LINES);
    seen->lines.lines =
        xrealloc(seen->lines.lines, seen->lines.count + 1, sizeof *seen->lines.lines);
    seen->lines.lines[seen->lines.count++] = (struct docx_line){.role = line->role,
                                                                .centred = line->centred,
                                                                .first = line->first,
                                                                .points = line->points,
                                                                .text = xstrdup(line->text)};
    return true;
}

static bool on_picture(void *user, const char *part, const char *alt, const int32_t crop[4]) {
    struct seen *seen = user;
    must(*part && text_valid(part) && text_valid(alt) && part[0] != '/');
    for (int i = 0; i < 2; i++)
        must(crop[i] >= 0 && crop[i + 2] >= 0 && crop[i] + crop[i + 2] < 100000);
    seen->lines.places =
        xrealloc(seen->lines.places, seen->lines.place_count + 1, sizeof *seen->lines.places);
    seen->lines.places[seen->lines.place_count++] =
        (struct docx_place){.line = seen->lines.count, .alt = text_normalise_line(alt)};
    return true;
}

static void check_text(const char *text) {
    struct privacy first = {0}, second = {0};
    must(text_valid(text));
    char *masked = privacy_mask(&first, "body", text, NULL);
    char *again = privacy_mask(&second, "body", masked, NULL);
    must(strcmp(masked, again) == 0 && second.count == 0);
    free(masked);
    free(again);
    privacy_finish(&first);
    privacy_finish(&second);
}

static void check(const struct docx_lines *lines) {
    struct docx_text text;
    docx_compose(lines, &text);
    check_text(text.title);
    check_text(text.text);
    check_text(text.info);
    must(!strstr(text.text, "\n\n") && !strchr(text.title, '\n'));
    must(text.picture_count == lines->place_count);
    for (size_t i = 0; i < text.picture_count; i++)
        must(text_valid(text.pictures[i].caption) && !strchr(text.pictures[i].caption, '\n'));
    docx_text_finish(&text);
}

static xmlDocPtr next_part(const char **at, const char *end) {
    const char *begin = *at < end ? *at : end;
    const char *nul = memchr(begin, '\0', (size_t)(end - begin));
    xmlDocPtr tree = NULL;
    xml_read(begin, (size_t)((nul ? nul : end) - begin), &tree);
    *at = nul ? nul + 1 : end;
    return tree;
}

/* Every id leads somewhere, so that pictures are met. */
static void relate(struct relations *relations) {
    static char id[] = "p1", type[] = "image", target[] = "word/media/image1.png";
    static struct relation one = {id, type, target};
    *relations = (struct relations){&one, 1};
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    static bool begun;
    struct seen seen = {0};
    struct word_parts parts;
    const struct word_sink sink = {&seen, on_line, on_picture};
    const char *at = (const char *)bytes, *end = at + size;
    if (!begun)
        word_init();
    begun = true;
    xmlDocPtr document = next_part(&at, end);
    word_styles_init(&parts.styles, next_part(&at, end));
    word_lists_init(&parts.lists, next_part(&at, end));
    relate(&parts.relations);
    if (document)
        word_text_read(xmlDocGetRootElement(document), &parts, &sink);
    check(&seen.lines);
    docx_lines_finish(&seen.lines);
    word_lists_finish(&parts.lists);
    word_styles_finish(&parts.styles);
    xmlFreeDoc(document);
    return 0;
}
