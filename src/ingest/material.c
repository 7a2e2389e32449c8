#include "ingest/material.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/memory.h"
#include "base/str.h"
#include "ingest/caption.h"
#include "ingest/encoding.h"
#include "ingest/markdown.h"
#include "ingest/naming.h"
#include "ingest/text.h"

/* Limits. */
#define MAX_TEXT_BYTES (1u << 20)  /* three hundred thousand characters: a book, not a case */
#define MAX_INFO_BYTES (64u << 10) /* ten lines of at most 4 KiB, and comments */
#define MAX_PICTURES   200         /* of one case; a lobby shows a dozen */
#define MAX_VIDEOS     8           /* likewise, as in a feed (feed.h) */

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- kinds, by extension */

static const struct {
    const char *extension;
    enum file_kind kind;
    enum reject reject; /* of FILE_UNUSABLE */
} extensions[] = {
#define USE(extension, kind)                                                                       \
    { extension, kind, REJECT_COUNT }
#define REFUSE(extension, reject)                                                                  \
    { extension, FILE_UNUSABLE, reject }
    USE("txt", FILE_TEXT),
    USE("md", FILE_MARKDOWN),
    USE("markdown", FILE_MARKDOWN),
    USE("docx", FILE_WORD),
    USE("jpg", FILE_PICTURE),
    USE("jpeg", FILE_PICTURE),
    USE("jpe", FILE_PICTURE),
    USE("jfif", FILE_PICTURE),
    USE("png", FILE_PICTURE),
    USE("webp", FILE_PICTURE),
    USE("gif", FILE_PICTURE),
    USE("heic", FILE_PICTURE),
    USE("heif", FILE_PICTURE),
    USE("avif", FILE_PICTURE),
    USE("tif", FILE_PICTURE),
    USE("tiff", FILE_PICTURE),
    REFUSE("bmp", REJECT_PICTURE_FORMAT),
    REFUSE("svg", REJECT_PICTURE_FORMAT),
    REFUSE("psd", REJECT_PICTURE_FORMAT),
    REFUSE("ico", REJECT_PICTURE_FORMAT),
    REFUSE("jxl", REJECT_PICTURE_FORMAT),
    REFUSE("jp2", REJECT_PICTURE_FORMAT),
    REFUSE("dng", REJECT_PICTURE_FORMAT),
    REFUSE("cr2", REJECT_PICTURE_FORMAT),
    REFUSE("cr3", REJECT_PICTURE_FORMAT),
    REFUSE("nef", REJECT_PICTURE_FORMAT),
    REFUSE("arw", REJECT_PICTURE_FORMAT),
    USE("mp4", FILE_VIDEO),
    USE("m4v", FILE_VIDEO),
    USE("mov", FILE_VIDEO),
    USE("avi", FILE_VIDEO),
    USE("mkv", FILE_VIDEO),
    USE("wmv", FILE_VIDEO),
    USE("flv", FILE_VIDEO),
    USE("webm", FILE_VIDEO),
    USE("3gp", FILE_VIDEO),
    USE("mpg", FILE_VIDEO),
    USE("mpeg", FILE_VIDEO),
    REFUSE("rmvb", REJECT_VIDEO_FORMAT),
    USE("mts", FILE_VIDEO),
    USE("m2ts", FILE_VIDEO),
    USE("ts", FILE_VIDEO),
    REFUSE("rm", REJECT_VIDEO_FORMAT),
    REFUSE("doc", REJECT_DOCUMENT_OLD),
    REFUSE("wps", REJECT_DOCUMENT_OLD),
    REFUSE("rtf", REJECT_DOCUMENT_OLD),
    REFUSE("odt", REJECT_DOCUMENT_OLD),
    REFUSE("ofd", REJECT_PAGES),
    REFUSE("pdf", REJECT_PAGES),
    REFUSE("ppt", REJECT_PAGES),
    REFUSE("pptx", REJECT_PAGES),
    REFUSE("dps", REJECT_PAGES),
    REFUSE("xls", REJECT_SHEET),
    REFUSE("xlsx", REJECT_SHEET),
    REFUSE("et", REJECT_SHEET),
    REFUSE("rar", REJECT_ARCHIVE),
    REFUSE("zip", REJECT_ARCHIVE),
    REFUSE("7z", REJECT_ARCHIVE),
    REFUSE("tar", REJECT_ARCHIVE),
    REFUSE("gz", REJECT_ARCHIVE),
    REFUSE("iso", REJECT_ARCHIVE),
#undef USE
#undef REFUSE
};

/* Index into extensions; -1: unknown. */
static int find_extension(const char *name) {
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < COUNT(extensions); i++)
        if (strcasecmp(dot + 1, extensions[i].extension) == 0)
            return (int)i;
    return -1;
}

/* The letters of a name without extension, order number and numbers behind. */
static char *bare_letters(const char *name) {
    const char *dot = strrchr(name, '.');
    char *stem = xstrndup(name, dot ? (size_t)(dot - name) : strlen(name));
    char *letters = text_fold_letters(naming_skip_order(stem));
    for (size_t size = strlen(letters);
         size && letters[size - 1] <= '9' && letters[size - 1] >= '0';)
        letters[--size] = '\0';
    free(stem);
    return letters;
}

static bool is_named(const char *name, const char *const *words, size_t count) {
    char *letters = bare_letters(name);
    bool named = false;
    for (size_t i = 0; i < count; i++)
        named = named || strcmp(letters, words[i]) == 0;
    free(letters);
    return named;
}

enum file_kind file_kind(const char *name) {
    static const char *const infos[] = {"信息", "案例信息", "info"};
    int index = find_extension(name);
    enum file_kind kind = index < 0 ? FILE_UNUSABLE : extensions[index].kind;
    bool text = kind == FILE_TEXT || kind == FILE_MARKDOWN;
    return text && is_named(name, infos, COUNT(infos)) ? FILE_INFO : kind;
}

bool file_is_text(enum file_kind kind) {
    return kind == FILE_TEXT || kind == FILE_MARKDOWN || kind == FILE_WORD;
}

bool file_is_seen(enum file_kind kind) {
    return kind == FILE_PICTURE || kind == FILE_VIDEO;
}

bool file_is_form(const char *name) {
    return file_kind(name) == FILE_WORD && (strstr(name, "推荐表") || strstr(name, "申报表"));
}

enum reject file_reject(const char *name) {
    int index = find_extension(name);
    return index < 0 ? REJECT_FILE_TYPE : extensions[index].reject;
}

bool file_is_main_text(const char *name) {
    static const char *const names[] = {"正文", "内容", "文字",    "文本", "文案",
                                        "说明", "text", "content", "body", "readme"};
    return is_named(name, names, COUNT(names));
}

static bool is_body(const char *name) {
    static const char *const names[] = {"正文"};
    return is_named(name, names, COUNT(names));
}

/* ---- gathering */

void material_add(struct material *material, const struct tree_node *node, const char *name) {
    if (material->count == material->capacity) {
        material->capacity = material->capacity ? material->capacity * 2 : 8;
        material->files = xrealloc(material->files, material->capacity, sizeof *material->files);
    }
    enum file_kind kind = file_kind(node->name);
    if (kind == FILE_PICTURE && caption_names_code(name))
        kind = FILE_CODE;
    material->files[material->count++] = (struct material_file){node, kind, xstrdup(name), NULL};
}

static void refuse(const struct tree *tree, const struct tree_node *node, enum reject reject,
                   const char *detail, struct reject_list *rejects) {
    char *label = tree_label(tree, node);
    reject_add(rejects, label, reject, detail);
    free(label);
}

void material_add_folder(struct material *material, const struct tree *tree,
                         const struct tree_node *folder, struct reject_list *rejects) {
    for (size_t i = 0; i < folder->child_count; i++) {
        const struct tree_node *node = folder->children + i;
        if (node->is_folder)
            continue;
        if (file_kind(node->name) == FILE_UNUSABLE)
            refuse(tree, node, file_reject(node->name), NULL, rejects);
        else
            material_add(material, node, node->name);
    }
    for (size_t i = 0; i < folder->child_count; i++)
        if (folder->children[i].is_folder)
            material_add_folder(material, tree, folder->children + i, rejects);
}

void material_finish(struct material *material) {
    for (size_t i = 0; i < material->count; i++) {
        if (material->files[i].word)
            docx_text_finish(material->files[i].word);
        free(material->files[i].word);
        free(material->files[i].name);
    }
    free(material->files);
    *material = (struct material){0};
}

/* ---- reading: a name may stand for something else by now, so nothing here can block */

static char *read_file(const char *path, size_t limit, enum reject *reject, size_t *size) {
    char *bytes = NULL;
    struct stat st = {0};
    *reject = REJECT_UNREADABLE;
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    errno = EINVAL; /* what is not a file */
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
        goto close_fd;
    if ((uint64_t)st.st_size > limit) {
        *reject = REJECT_TEXT_TOO_LARGE;
        goto close_fd;
    }
    *size = (size_t)st.st_size;
    bytes = xmalloc(*size);
    if (!read_all(fd, bytes, *size)) {
        errno = errno ? errno : EIO; /* it became shorter */
        free(bytes);
        bytes = NULL;
    }
close_fd:
    close(fd);
    return bytes;
}

/* Normalised; NULL: refused. */
static char *read_text(const struct tree *tree, const struct tree_node *node, size_t limit,
                       struct reject_list *rejects) {
    char *path = tree_path(tree, node);
    enum reject reject = REJECT_COUNT;
    size_t size = 0;
    char *bytes = read_file(path, limit, &reject, &size);
    const char *cause = !bytes && reject == REJECT_UNREADABLE ? strerror(errno) : NULL;
    char *text = bytes ? encoding_decode(bytes, size) : NULL;
    if (!text)
        refuse(tree, node, bytes ? REJECT_TEXT_ENCODING : reject, cause, rejects);
    free(bytes);
    free(path);
    return text;
}

/* ---- Word files */

static void read_word(struct material_file *file, const struct tree *tree, struct words *words,
                      struct reject_list *rejects) {
    struct docx_text text;
    enum reject reject = REJECT_DOCUMENT;
    char *detail = NULL, *path = tree_path(tree, file->node);
    if (words && words_read(words, path, &text, &reject, &detail)) {
        file->word = xcalloc(1, sizeof *file->word);
        *file->word = text;
    } else {
        refuse(tree, file->node, reject, detail, rejects);
    }
    free(detail);
    free(path);
}

void material_read_words(struct material *material, const struct tree *tree, struct words *words,
                         struct reject_list *rejects) {
    for (size_t i = 0; i < material->count; i++)
        if (material->files[i].kind == FILE_WORD)
            read_word(material->files + i, tree, words, rejects);
}

const char *material_title(const struct material *material) {
    const struct docx_text *word = material->count ? material->files[0].word : NULL;
    return word && *word->title ? word->title : NULL;
}

void material_keep_titles(struct material *material, const char *title) {
    char *letters = text_fold_letters(title);
    for (size_t i = 0; i < material->count; i++) {
        struct docx_text *word = material->files[i].word;
        char *own = word ? text_fold_letters(word->title) : NULL;
        if (own && *own && strcmp(own, letters) != 0) {
            char *text = xasprintf("%s%s%s", word->title, *word->text ? "\n" : "", word->text);
            free(word->text);
            word->text = text;
        }
        free(own);
    }
    free(letters);
}

static bool is_form(const struct material_file *file) {
    return file->word && *file->word->info;
}

/* What is not understood of a form was never meant for us. */
static void read_forms(const struct material *material, struct info *info) {
    for (size_t i = 0; i < material->count; i++) {
        struct reject_list unheard = {0};
        if (is_form(material->files + i))
            info_parse(material->files[i].word->info, material->files[i].name, info, &unheard);
        reject_list_finish(&unheard);
    }
}

void material_read_info(const struct material *material, const struct tree *tree, struct info *info,
                        struct reject_list *rejects) {
    read_forms(material, info);
    for (size_t i = 0; i < material->count; i++) {
        const struct tree_node *node = material->files[i].node;
        if (material->files[i].kind != FILE_INFO)
            continue;
        char *text = read_text(tree, node, MAX_INFO_BYTES, rejects);
        char *label = tree_label(tree, node);
        if (text)
            info_parse(text, label, info, rejects);
        free(label);
        free(text);
    }
}

static char *paragraphs_of(enum file_kind kind, const char *text, struct tidy *tidy) {
    if (kind == FILE_MARKDOWN)
        return markdown_paragraphs(text, tidy);
    return tidy ? tidy_text(tidy, text) : text_trim(text);
}

static void add_text(struct str *body, const struct tree *tree, const struct material_file *file,
                     struct tidy *tidy, struct reject_list *rejects) {
    char *text = file->word                ? xstrdup(file->word->text)
                 : file->kind == FILE_WORD ? NULL /* refused before */
                                           : read_text(tree, file->node, MAX_TEXT_BYTES, rejects);
    if (!text)
        return;
    char *paragraphs = paragraphs_of(file->kind, text, tidy);
    size_t size = strlen(paragraphs);
    if (body->size + size > MAX_TEXT_BYTES) {
        refuse(tree, file->node, REJECT_TEXT_TOO_LARGE, NULL, rejects);
    } else if (size) {
        if (body->size)
            str_add_char(body, '\n');
        str_add(body, paragraphs);
    }
    free(paragraphs);
    free(text);
}

/* A form repeats what the text says, in worse words. */
static bool has_other_text(const struct material *material) {
    for (size_t i = 0; i < material->count; i++) {
        const struct material_file *file = material->files + i;
        if (file_is_text(file->kind) && !is_form(file) && (file->kind != FILE_WORD || file->word))
            return true;
    }
    return false;
}

char *material_read_body(const struct material *material, const struct tree *tree,
                         struct tidy *tidy, struct reject_list *rejects) {
    struct str body = {0};
    bool forms = !has_other_text(material);
    for (int rest = 0; rest < 2; rest++)
        for (size_t i = 0; i < material->count; i++) {
            const struct material_file *file = material->files + i;
            if (file_is_text(file->kind) && is_body(file->node->name) == !rest &&
                (forms || !is_form(file)))
                add_text(&body, tree, file, tidy, rejects);
        }
    return str_take(&body);
}

/* What is said by the title need not be said again. */
static char *unless_title(char *caption, const char *title_letters) {
    char *letters = text_fold_letters(caption);
    if (strcmp(letters, title_letters) == 0)
        caption[0] = '\0';
    free(letters);
    return caption;
}

static void fill_asset(struct manifest_asset *asset, const struct tree *tree,
                       const struct material_file *file, const char *title_letters) {
    bool video = file->kind == FILE_VIDEO;
    *asset = (struct manifest_asset){.kind = video ? ASSET_VIDEO : ASSET_PICTURE,
                                     .path = tree_path(tree, file->node),
                                     .caption =
                                         unless_title(caption_from_name(file->name), title_letters),
                                     .whole = !video && caption_names_whole(file->node->name)};
}

static void fill_word_asset(struct manifest_asset *asset, const struct tree *tree,
                            const struct material_file *file, size_t number,
                            const char *title_letters) {
    const struct docx_picture *picture = file->word->pictures + number;
    char *label = tree_label(tree, file->node);
    *asset =
        (struct manifest_asset){.kind = ASSET_PICTURE,
                                .path = xstrdup(picture->path),
                                .label = xasprintf("%s › 图片 %zu", label, number + 1),
                                .caption = unless_title(xstrdup(picture->caption), title_letters)};
    memcpy(asset->crop, picture->crop, sizeof asset->crop);
    free(label);
}

struct manifest_asset *material_find_code(const struct material *material, const struct tree *tree,
                                          struct reject_list *rejects) {
    struct manifest_asset *code = NULL;
    for (size_t i = 0; i < material->count; i++) {
        const struct material_file *file = material->files + i;
        if (file->kind != FILE_CODE)
            continue;
        if (code) {
            refuse(tree, file->node, REJECT_CODE_TWICE, NULL, rejects);
            continue;
        }
        code = xcalloc(1, sizeof *code);
        *code = (struct manifest_asset){.kind = ASSET_CODE,
                                        .path = tree_path(tree, file->node),
                                        .caption = xstrdup(""),
                                        .whole = true};
    }
    return code;
}

/* What is taken of a case. */
struct gathering {
    struct manifest_asset *assets;
    size_t count, most; /* pictures and videos */
    size_t videos;
};

static bool fits(const struct gathering *to, const struct material_file *file) {
    return to->count < to->most && (file->kind != FILE_VIDEO || to->videos < MAX_VIDEOS);
}

/* Pictures and videos that lie beside the texts: the cover, or the others. */
static void add_files(const struct material *material, const struct tree *tree, bool covers,
                      const char *title_letters, struct gathering *to) {
    for (size_t i = 0; i < material->count; i++) {
        const struct material_file *file = material->files + i;
        if (!file_is_seen(file->kind) || caption_names_cover(file->name) != covers ||
            !fits(to, file))
            continue;
        fill_asset(to->assets + to->count++, tree, file, title_letters);
        to->videos += file->kind == FILE_VIDEO;
    }
}

static void add_word_pictures(const struct material *material, const struct tree *tree,
                              const char *title_letters, struct gathering *to) {
    for (size_t i = 0; i < material->count; i++) {
        const struct material_file *file = material->files + i;
        for (size_t k = 0; file->word && k < file->word->picture_count && to->count < to->most; k++)
            fill_word_asset(to->assets + to->count++, tree, file, k, title_letters);
    }
}

/* Says that there are more than were taken. */
static void tell_taken(const char *label, const char *zh, const char *en, size_t all, size_t taken,
                       struct reject_list *rejects) {
    if (all <= taken)
        return;
    char *detail = taken ? xasprintf("%zu %s，只取前 %zu (%zu %s, only the first %zu)", all, zh,
                                     taken, all, en, taken)
                         : xasprintf("%zu %s，都没有取 (%zu %s, none is taken)", all, zh, all, en);
    reject_add(rejects, label, REJECT_TOO_MANY_FILES, detail);
    free(detail);
}

void material_list_assets(const struct material *material, const struct tree *tree,
                          const char *title, const char *label, struct manifest_asset **assets,
                          size_t *count, struct reject_list *rejects) {
    size_t videos = 0, pictures = 0;
    for (size_t i = 0; i < material->count; i++) {
        const struct material_file *file = material->files + i;
        videos += file->kind == FILE_VIDEO;
        pictures += file->kind == FILE_PICTURE ? 1 : file->word ? file->word->picture_count : 0;
    }
    size_t most = pictures + videos < MAX_PICTURES ? pictures + videos : MAX_PICTURES;
    struct gathering to = {.assets = xcalloc(most, sizeof *to.assets), .most = most};
    char *title_letters = text_fold_letters(title);
    add_files(material, tree, true, title_letters, &to);
    add_word_pictures(material, tree, title_letters, &to);
    add_files(material, tree, false, title_letters, &to);
    free(title_letters);
    *assets = to.assets;
    *count = to.count;
    tell_taken(label, "个视频", "videos", videos, to.videos, rejects);
    tell_taken(label, "张图片", "pictures", pictures, to.count - to.videos, rejects);
}
