/* sign.h: minisign's public keys and signatures, https://jedisct1.github.io/minisign/
 *
 * A signature file is four lines: an untrusted comment that nothing protects; "ED", the key's id
 * and the Ed25519 signature (RFC 8032) of the BLAKE2b-512 digest of the bytes; a trusted comment;
 * the Ed25519 signature of both. Only this prehashed form is taken, never the legacy "Ed".
 *
 * Ed25519 is libsodium's, which is stricter than RFC 8032 asks: S must be below the group's order,
 * key and R not of small order, the key canonical; so nobody but the holder of the key can make a
 * second signature of the same bytes. Verify bytes before anything parses them.
 *
 * Nothing here reports or allocates, but where it is said. Any thread; sodium_init comes first. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include <sodium.h>

#define SIGN_ID_SIZE 8

#define MAX_PUBLIC_KEY_BYTES 4096 /* two lines, minisign writes 113 bytes */
#define MAX_SIGNATURE_BYTES  4096 /* four lines: 190 bytes of base64, and two comments */
#define MAX_TRUSTED_COMMENT  1024 /* bytes; it is shown to people */

/* S(enum, code, 中文, 怎么办, English, what to do) */
/* clang-format off */
#define SIGN_FAULTS(S) \
    S(SIGN_GOOD, "good", "签名有效", "无需处理", "the signature is good", "nothing to do") \
    S(SIGN_KEY_FORM, "key_form", "不是 minisign 公钥", "请用 .pub 文件，或其中以 RW 开头的一行", \
      "not a minisign public key", "use the .pub file, or its line that begins with RW") \
    S(SIGN_SECRET_FORM, "secret_form", "不是 minisign 私钥", \
      "请用 fengcai keygen 或 minisign -G 生成的 .key 文件", \
      "not a minisign secret key", "use a .key file made by fengcai keygen or minisign -G") \
    S(SIGN_SECRET_DAMAGED, "secret_damaged", "私钥文件已损坏", "请从备份恢复，或生成新的密钥", \
      "the secret key is damaged", "restore it from a backup, or make a new pair") \
    S(SIGN_PASSWORD_NEEDED, "password_needed", "私钥有口令保护", "请输入口令", \
      "the secret key is protected by a password", "give the password") \
    S(SIGN_PASSWORD_WRONG, "password_wrong", "口令不对", "请重新输入；若确定无误，则私钥文件已损坏", \
      "wrong password", "type it again; if it is right, the file is damaged") \
    S(SIGN_KDF_COST, "kdf_cost", "私钥的口令参数超过上限", "请用 minisign -C 重新设置口令", \
      "the key's password asks for more work than allowed", \
      "set the password anew by minisign -C") \
    S(SIGN_KDF_MEMORY, "kdf_memory", "内存不足，无法用口令加密或解密私钥", "请换内存更大的电脑（约需1 GB）", \
      "not enough memory for the password's scrypt", "use a computer with 1 GB to spare") \
    S(SIGN_FORM, "form", "不是 minisign 签名文件", "请原样发布 .minisig 文件：共四行，不要改动换行", \
      "not a minisign signature", \
      "publish the .minisig as it is: four lines, line ends unchanged") \
    S(SIGN_LEGACY, "legacy", "签名是旧格式（没有预先散列）", "请用 minisign -S（不带 -l）重新签名", \
      "a legacy signature, not prehashed", "sign again by minisign -S, without -l") \
    S(SIGN_COMMENT_FORM, "comment_form", "签名里的可信注释太长或有控制字符", \
      "请改用1024字节以内的一行文字", \
      "the trusted comment is too long or has control characters", \
      "use one line of text of at most 1024 bytes") \
    S(SIGN_OTHER_KEY, "other_key", "签名用的是另一个密钥", "请核对公钥，或用对应的私钥重新签名", \
      "signed with another key", \
      "check the public key, or sign again with the key that belongs to it") \
    S(SIGN_FORGED, "forged", "内容与签名不符", "内容被改动或没有传完，请从发布者处重新获取", \
      "the content is not what was signed", \
      "it was changed or cut short: get it again from its publisher") \
    S(SIGN_COMMENT_FORGED, "comment_forged", "可信注释与签名不符", "签名文件被改动，请从发布者处重新获取", \
      "the trusted comment is not what was signed", "get the signature again from its publisher") \
    S(SIGN_KEYS_FORM, "keys_form", "keys.json 格式不对", \
      "请按 {\"format\":1,\"keys\":[\"RW…\"],\"serial\":2} 书写", \
      "keys.json is not well-formed", "write {\"format\":1,\"keys\":[\"RW…\"],\"serial\":2}") \
    S(SIGN_KEYS_OLDER, "keys_older", "keys.json 的 serial 不比现有的大", "请增大 serial 后重新签名", \
      "the serial of keys.json is not above the present one", "raise it and sign again")
/* clang-format on */

enum sign_fault {
#define S(name, code, zh, advice_zh, en, advice) name,
    SIGN_FAULTS(S)
#undef S
        SIGN_FAULT_COUNT
};

const char *sign_code(enum sign_fault fault);
const char *sign_text(enum sign_fault fault);   /* 中文 (English) */
const char *sign_advice(enum sign_fault fault); /* 中文 (English) */
void sign_print_scdoc(FILE *to);                /* the faults, without SIGN_GOOD */

/* ---- public keys: the bytes are those of the file, in its order */
struct public_key {
    unsigned char id[SIGN_ID_SIZE]; /* random; says which key, proves nothing */
    unsigned char point[crypto_sign_PUBLICKEYBYTES];
};

#define PUBLIC_KEY_LINE_SIZE 57 /* "RW…" with the NUL */

/* The text of a .pub file, or only its second line, with or without '\n'. The point must be one
 * that a secret key can have: canonical, on the curve, of the prime order's group. */
enum sign_fault public_key_parse(const char *text, size_t size, struct public_key *key);
void public_key_format(const struct public_key *key, char line[PUBLIC_KEY_LINE_SIZE]);
char *public_key_file(const struct public_key *key); /* the .pub file's text, the caller's */

/* ---- digest of what is signed: BLAKE2b-512 */
struct sign_digest {
    unsigned char bytes[crypto_generichash_BYTES_MAX];
};

struct sign_state {
    crypto_generichash_state inner; /* aligned to 64 bytes: not inside what malloc gave */
};

void sign_init(struct sign_state *state);
void sign_add(struct sign_state *state, const void *bytes, size_t size);
struct sign_digest sign_end(struct sign_state *state);
struct sign_digest sign_digest_of(const void *bytes, size_t size);

/* ---- signatures */
struct signature {
    unsigned char id[SIGN_ID_SIZE];
    unsigned char bytes[crypto_sign_BYTES];
    unsigned char global[crypto_sign_BYTES]; /* over bytes and the trusted comment */
    char comment[MAX_TRUSTED_COMMENT + 1];   /* UTF-8 without control characters but tab */
};

/* SIGN_FORM, SIGN_LEGACY, SIGN_COMMENT_FORM or SIGN_GOOD, which says nothing of its truth yet. */
enum sign_fault signature_parse(const char *text, size_t size, struct signature *signature);
/* The .minisig file's text, the caller's; the same bytes that minisign writes. */
char *signature_format(const struct signature *signature);
/* SIGN_OTHER_KEY, SIGN_FORGED, SIGN_COMMENT_FORGED or SIGN_GOOD: only now the comment is true. */
enum sign_fault signature_verify(const struct signature *signature,
                                 const struct sign_digest *digest, const struct public_key *key);

/* What global signs; gives its size. */
#define SIGNATURE_GLOBAL_SIZE (crypto_sign_BYTES + MAX_TRUSTED_COMMENT)
size_t signature_global_message(const struct signature *signature,
                                unsigned char message[SIGNATURE_GLOBAL_SIZE]);

/* Whether a trusted comment may be signed and shown: MAX_TRUSTED_COMMENT, UTF-8, no control
 * characters but tab. */
bool sign_comment_valid(const char *comment);
/* The one place where an Ed25519 signature is checked; point is of crypto_sign_PUBLICKEYBYTES. */
bool sign_ed25519_verify(const unsigned char signature[crypto_sign_BYTES], const void *message,
                         size_t size, const unsigned char *point);
