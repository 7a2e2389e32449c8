#include "command/command.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "command/password.h"
#include "ingest/secret_key.h"

struct keygen_options {
    bool no_password;
};

static bool is_free(const char *path) {
    struct stat st;
    if (lstat(path, &st) != 0) /* why it cannot be looked at, writing will say */
        return true;
    log_error("%s: 已有这个文件，不会覆盖 (exists, and is never overwritten)", path);
    return false;
}

/* Before anybody types or waits. */
static bool can_write(const char *path) {
    struct outfile out;
    if (!outfile_open(&out, path))
        return false;
    outfile_abandon(&out);
    return true;
}

static bool save_secret(const struct secret_key *key, const char *password, const char *path) {
    char *text = NULL;
    struct outfile out;
    if (password)
        fputs("正在用口令加密私钥，需要几秒钟和 1 GB 内存……"
              "(encrypting it takes some seconds and 1 GB)\n",
              stderr);
    enum sign_fault fault = secret_key_format(key, password, SECRET_KEY_COST, &text);
    if (fault != SIGN_GOOD)
        log_error("%s: %s，%s", path, sign_text(fault), sign_advice(fault));
    bool good = fault == SIGN_GOOD && outfile_open_private(&out, path);
    if (good) {
        fputs(text, out.stream);
        good = outfile_commit(&out, true);
    }
    sodium_free(text);
    return good;
}

static bool save_public(const struct public_key *key, const char *path) {
    struct outfile out;
    if (!outfile_open(&out, path))
        return false;
    char *text = public_key_file(key);
    fputs(text, out.stream);
    free(text);
    return outfile_commit(&out, true);
}

static bool make_pair(const char *secret_path, const char *public_path, const char *password) {
    struct secret_key *key = secret_key_create();
    struct public_key public = secret_key_public(key);
    char line[PUBLIC_KEY_LINE_SIZE];
    public_key_format(&public, line);
    bool good = save_secret(key, password, secret_path);
    if (good && !save_public(&public, public_path)) {
        unlink(secret_path);
        good = false;
    }
    secret_key_destroy(key);
    if (good)
        printf(
            "私钥 (secret key)  %s  留在打包的电脑上，并备份 (stays where you pack; back it up)\n"
            "公钥 (public key)  %s  写进每块屏幕的配置 (goes into each screen's configuration)\n"
            "%s\n",
            secret_path, public_path, line);
    if (good && !password)
        puts("私钥没有口令：谁有这个文件，谁就能签名 (no password: whoever has the file can sign)");
    return good;
}

static int run(struct context *context, const void *values, int argc, char **argv) {
    const struct keygen_options *options = values;
    (void)context;
    if (argc != 1)
        return command_usage(&command_keygen);
    char *secret_path = xasprintf("%s.key", argv[0]), *public_path = xasprintf("%s.pub", argv[0]);
    char *password = NULL;
    bool good = is_free(secret_path) && is_free(public_path) && can_write(public_path);
    if (good && !options->no_password) {
        password = password_read(PASSWORD_WORD, true);
        good = password != NULL;
    }
    good = good && make_pair(secret_path, public_path, password);
    sodium_free(password);
    free(public_path);
    free(secret_path);
    return good ? EXIT_DONE : EXIT_FAILED;
}

static const struct option options[] = {
    {"no-password", OPTION_FLAG, NULL, offsetof(struct keygen_options, no_password),
     "Do not protect the secret key; otherwise a password is asked on the terminal, or read from "
     "the first line of stdin",
     "私钥不加口令；否则在终端上询问口令，或从标准输入的第一行读取", NULL},
    {0},
};

const struct command command_keygen = {
    "keygen",
    "NAME",
    "Make a pair of keys for signing, NAME.key and NAME.pub, as minisign does",
    "生成签名用的一对密钥 NAME.key 和 NAME.pub，与 minisign 通用",
    options,
    sizeof(struct keygen_options),
    false,
    run};
