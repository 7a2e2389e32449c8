/* document_wire.h: what keeper and `document` agree on beyond the nursery's own protocol
 *
 * The child answers by a stream of records, each followed by the bytes that it announces. Of a zip
 * file: for each entry ENTRY with its name as it stands in the directory, DATA with its content,
 * and GOOD when its length and CRC-32 were right. Of HTML: PICTURE with address and alternative
 * text, and TEXT. Then END; or REFUSED at any point, with the name of the entry. The keeper
 * believes none of it unchecked. */
#pragma once

#include <stdint.h>

/* Limits, each with its reason. */
#define DOCUMENT_DIRECTORY_BYTES (16u << 20) /* 100,000 entries with names of 100 bytes */
#define DOCUMENT_NAME_BYTES      1024        /* 32 folders of ten Han characters each */
#define DOCUMENT_DATA_BYTES      (64u << 10) /* one piece: what a pipe holds */
#define DOCUMENT_HTML_BYTES      (16u << 20) /* a whole page of a feed is no larger */
#define DOCUMENT_HTML_DEPTH      512         /* what browsers draw; real articles have 30 */
#define DOCUMENT_TEXT_BYTES      (16u << 20) /* text is smaller than its HTML, but for numbers */
#define DOCUMENT_PICTURES        200         /* of one article; a lobby shows a dozen */
#define DOCUMENT_URL_BYTES       4096        /* longer ones are data: or broken */
#define DOCUMENT_ALT_BYTES       1024        /* a caption has a line */

enum document_task { DOCUMENT_UNZIP, DOCUMENT_HTML };

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
    DOCUMENT_RECORD_END,
    DOCUMENT_RECORD_REFUSED
};

struct document_record {
    uint32_t kind;   /* enum document_record_kind */
    uint32_t reason; /* REFUSED: enum document_reason */
    uint32_t utf8;   /* ENTRY: its name says that it is UTF-8 */
    uint32_t folder; /* ENTRY */
    uint32_t size;   /* bytes that follow: of the name, data, text or address; REFUSED: may be 0 */
    uint32_t more;   /* PICTURE: bytes of the alternative text, behind the address */
    uint64_t whole;  /* ENTRY: unpacked size, as the directory says */
};
