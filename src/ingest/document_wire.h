/* document_wire.h: what keeper and `document` agree on beyond the nursery's own protocol
 *
 * The child answers by a stream of records, each followed by the bytes that it announces. Of a zip
 * file: for each entry ENTRY with its name as it stands in the directory, DATA with its content,
 * and GOOD when its length and CRC-32 were right. Of HTML: PICTURE with address and alternative
 * text, and TEXT. Of a Word file: LINE for each paragraph or row of a table and PICTURE where one
 * stands, with its alternative text, in reading order; then for each picture's file ENTRY, DATA and
 * GOOD. Then END; or REFUSED at any point, with the name of the entry. The keeper believes none of
 * it unchecked. */
#pragma once

#include <stdint.h>

/* Limits, each with its reason. */
#define DOCUMENT_DIRECTORY_BYTES (16u << 20)  /* 100,000 entries with names of 100 bytes */
#define DOCUMENT_NAME_BYTES      1024         /* 32 folders of ten Han characters each */
#define DOCUMENT_DATA_BYTES      (64u << 10)  /* one piece: what a pipe holds */
#define DOCUMENT_HTML_BYTES      (16u << 20)  /* a whole page of a feed is no larger */
#define DOCUMENT_HTML_DEPTH      512          /* what browsers draw; real articles have 30 */
#define DOCUMENT_TEXT_BYTES      (16u << 20)  /* text is smaller than its HTML, but for numbers */
#define DOCUMENT_PICTURES        200          /* of one article; a lobby shows a dozen */
#define DOCUMENT_URL_BYTES       4096         /* longer ones are data: or broken */
#define DOCUMENT_ALT_BYTES       1024         /* a caption has a line */
#define DOCUMENT_WORD_ENTRIES    10000        /* a long report with all its pictures has hundreds */
#define DOCUMENT_WORD_BYTES      (1ull << 30) /* unpacked: as much as 200 photos from a phone */
#define DOCUMENT_XML_BYTES       (16u << 20)  /* of one part; a book's text is 10 MiB of XML */
#define DOCUMENT_WORD_LINES      20000        /* a book; a case has fifty */
#define DOCUMENT_WORD_TEXT_BYTES (4u << 20)   /* a case's text may have 1 MiB */
#define DOCUMENT_IMAGE_BYTES     (256u << 20) /* as of a picture that lies beside a text */

enum document_task {
    DOCUMENT_UNZIP,
    DOCUMENT_UNZIP_HEAD, /* of a bundle: only what bundle_name.h calls so */
    DOCUMENT_HTML,
    DOCUMENT_WORD
};

struct document_request {
    uint32_t task;    /* enum document_task */
    uint32_t entries; /* these three: limits of a zip file */
    uint64_t bytes, entry;
};

/* R(enum, 中文, English): why nothing is made of it */
/* clang-format off */
#define DOCUMENT_REASONS(R) \
    R(DOCUMENT_GOOD, "", "") \
    R(DOCUMENT_NO_ZIP, "不是完整的zip压缩包", "no complete zip file") \
    R(DOCUMENT_BROKEN, "内容已损坏", "its content is damaged") \
    R(DOCUMENT_ENCRYPTED, "有密码", "it has a password") \
    R(DOCUMENT_ZIP64, "是zip64格式", "it is of the kind zip64") \
    R(DOCUMENT_METHOD, "压缩方法不受支持（只支持存储和deflate）", \
      "compressed by another method than deflate") \
    R(DOCUMENT_SPECIAL, "是链接或特殊文件", "a link or special file") \
    R(DOCUMENT_OVERLAP, "与别的内容重叠", "it overlaps another part") \
    R(DOCUMENT_MISMATCH, "与压缩包目录不符", "it is not what the directory says") \
    R(DOCUMENT_NAME, "文件名为空或太长", "its name is empty or too long") \
    R(DOCUMENT_MANY, "文件太多", "too many files") \
    R(DOCUMENT_ENTRY_LARGE, "解压后太大", "too large when unpacked") \
    R(DOCUMENT_LARGE, "全部解压后太大", "too large when all is unpacked") \
    R(DOCUMENT_DEEP, "嵌套层数太多", "nested too deeply") \
    R(DOCUMENT_LONG, "文字太长", "its text is too long") \
    R(DOCUMENT_NO_WORD, "不是完整的 .docx 文档", "no complete .docx document") \
    R(DOCUMENT_OLD_WORD, "有密码，或其实是旧的 .doc 格式", "it has a password, or is an old .doc") \
    R(DOCUMENT_ENTITIES, "含有不允许的定义（DTD）", "it defines entities (a DTD)") \
    R(DOCUMENT_NO_MEMORY, "需要的内存太多", "it needs too much memory")
/* clang-format on */

enum document_reason {
#define R(name, zh, en) name,
    DOCUMENT_REASONS(R)
#undef R
        DOCUMENT_REASON_COUNT
};

enum document_record_kind {
    DOCUMENT_RECORD_ENTRY,
    DOCUMENT_RECORD_DATA,
    DOCUMENT_RECORD_GOOD,
    DOCUMENT_RECORD_TEXT,
    DOCUMENT_RECORD_PICTURE,
    DOCUMENT_RECORD_LINE,
    DOCUMENT_RECORD_END,
    DOCUMENT_RECORD_REFUSED
};

/* What a LINE is. Within a row cells are parted by DOCUMENT_CELL, lines of a cell by
 * DOCUMENT_BREAK: characters that XML cannot hold. */
#define DOCUMENT_CELL  '\x1f'
#define DOCUMENT_BREAK '\x1e'
enum document_role {
    DOCUMENT_BODY,
    DOCUMENT_TITLE,
    DOCUMENT_HEADING,
    DOCUMENT_CAPTION,
    DOCUMENT_ROW, /* of a table; a new table begins where it is "first" */
    DOCUMENT_ROLE_COUNT
};

struct document_record {
    uint32_t kind;    /* enum document_record_kind */
    uint32_t reason;  /* REFUSED: enum document_reason */
    uint32_t utf8;    /* ENTRY: its name says that it is UTF-8 */
    uint32_t folder;  /* ENTRY */
    uint32_t size;    /* bytes that follow: of the name, data, text or address; REFUSED: may be 0 */
    uint32_t more;    /* PICTURE: bytes of the alternative text, behind the address */
    uint64_t whole;   /* ENTRY: unpacked size, as the directory says */
    uint32_t role;    /* LINE: enum document_role */
    uint32_t centred; /* LINE */
    uint32_t points;  /* LINE: its largest type, in half points */
    uint32_t first;   /* LINE: of a table's rows */
    uint32_t number;  /* PICTURE, ENTRY: of the file, from 0 in order of first mention */
    int32_t crop[4];  /* PICTURE: cut off left, top, right, bottom, in 1/100000 of its side */
};
