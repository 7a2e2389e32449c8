/* The module libexec/fengcai/fetch.so: see wire.h. */
#include <stdlib.h>
#include <string.h>

#include <curl/curl.h>

#include "ingest/wire.h"

#define CONNECT_SECONDS 15L /* name, TCP and TLS together */
#define BUFFER_BYTES    (64L << 10)

/* OpenSSL's results of verifying (x509_vfy.h), which libcurl hands on as they are. */
#define VERIFY_UNSPECIFIED   1 /* libcurl's: the chain is good, the host is another */
#define VERIFY_NOT_YET_VALID 9
#define VERIFY_EXPIRED       10
#define VERIFY_SELF_SIGNED   18
#define VERIFY_SELF_IN_CHAIN 19
#define VERIFY_HOST          62

struct wire {
    CURLM *multi;
    char *ca_file, *agent;
    char *ended_url; /* of the end that was told last */
};

struct wire_transfer {
    struct wire *wire;
    CURL *easy;
    struct curl_slist *headers;
    struct wire_request request; /* url and headers are not used after the start */
    size_t head_bytes;
    bool told;       /* of the head */
    bool head_limit; /* too much of it */
};

/* What an error of libcurl means for whoever stands before the screen. Those that are not here
 * cannot happen with http and https, or are mistakes of ours. */
struct fault {
    CURLcode code;
    enum reject reject;
    bool cut, refused;
    const char *detail;
};

/* clang-format off */
static const struct fault faults[] = {
    {CURLE_UNSUPPORTED_PROTOCOL, REJECT_HTTP, false, true, "对方不是网页服务器 (the answer is not HTTP)"},
    {CURLE_URL_MALFORMAT, REJECT_HTTP, false, true, "网址无效 (not a valid address)"},
    {CURLE_COULDNT_RESOLVE_PROXY, REJECT_NETWORK, false, false, "找不到代理服务器的地址 (the proxy's name is not found)"},
    {CURLE_COULDNT_RESOLVE_HOST, REJECT_NETWORK, false, false, "找不到服务器的地址（域名解析失败） (the server's name is not found)"},
    {CURLE_COULDNT_CONNECT, REJECT_NETWORK, false, false, "服务器拒绝连接或没有响应 (no connection to the server)"},
    {CURLE_WEIRD_SERVER_REPLY, REJECT_HTTP, false, false, "看不懂服务器的回答 (the answer is not understood)"},
    {CURLE_REMOTE_ACCESS_DENIED, REJECT_HTTP, false, true, "服务器拒绝访问 (access denied)"},
    {CURLE_HTTP2, REJECT_SLOW, true, false, "连接中断（HTTP/2） (the HTTP/2 connection broke)"},
    {CURLE_HTTP2_STREAM, REJECT_SLOW, true, false, "连接中断（HTTP/2） (the HTTP/2 stream broke)"},
    {CURLE_HTTP3, REJECT_SLOW, true, false, "连接中断（HTTP/3） (the HTTP/3 connection broke)"},
    {CURLE_QUIC_CONNECT_ERROR, REJECT_NETWORK, false, false, "无法建立连接（QUIC） (no QUIC connection)"},
    {CURLE_PARTIAL_FILE, REJECT_SLOW, true, false, "没有传完就断开了 (it ended before it was whole)"},
    {CURLE_GOT_NOTHING, REJECT_SLOW, true, false, "服务器什么也没有回答 (the server answered nothing)"},
    {CURLE_SEND_ERROR, REJECT_SLOW, true, false, "发送时连接中断 (the connection broke while sending)"},
    {CURLE_RECV_ERROR, REJECT_SLOW, true, false, "接收时连接中断 (the connection broke while receiving)"},
    {CURLE_READ_ERROR, REJECT_SLOW, true, false, "连接中断 (the connection broke)"},
    {CURLE_AGAIN, REJECT_SLOW, true, false, "连接中断 (the connection broke)"},
    {CURLE_OPERATION_TIMEDOUT, REJECT_NETWORK, false, false, "连接服务器超时 (connecting took too long)"},
    {CURLE_HTTP_RETURNED_ERROR, REJECT_HTTP, false, true, "服务器报告错误 (the server reports an error)"},
    {CURLE_RANGE_ERROR, REJECT_HTTP, false, true, "服务器不能续传 (the server cannot resume)"},
    {CURLE_BAD_CONTENT_ENCODING, REJECT_HTTP, true, false, "压缩的内容已损坏 (the compression is damaged)"},
    {CURLE_TOO_MANY_REDIRECTS, REJECT_REDIRECT, false, true, "转址太多，可能是循环 (too many redirects, maybe a loop)"},
    {CURLE_WRITE_ERROR, REJECT_HTTP, false, true, "压缩的内容已损坏 (the compression is damaged)"},
    {CURLE_FILESIZE_EXCEEDED, REJECT_FEED_LIMIT, false, true, "太大 (too large)"},
    {CURLE_OUT_OF_MEMORY, REJECT_NETWORK, false, false, "内存不足 (out of memory)"},
    {CURLE_LOGIN_DENIED, REJECT_HTTP, false, true, "网址里不能有用户名和密码 (no user and password in an address)"},
    {CURLE_PROXY, REJECT_NETWORK, false, false, "代理服务器出错 (the proxy failed)"},
    {CURLE_INTERFACE_FAILED, REJECT_NETWORK, false, false, "网络接口不可用 (the network interface does not work)"},
    {CURLE_NO_CONNECTION_AVAILABLE, REJECT_NETWORK, false, false, "没有空闲的连接 (no connection is free)"},
    {CURLE_SSL_CONNECT_ERROR, REJECT_TLS, false, false, "无法建立加密连接 (no TLS connection)"},
    {CURLE_PEER_FAILED_VERIFICATION, REJECT_TLS, false, false,
     "签发者不受信任；学校自己的 CA 请写进 [network] ca_file (its issuer is not trusted; a school's own goes into [network] ca_file)"},
    {CURLE_SSL_ISSUER_ERROR, REJECT_TLS, false, false, "签发者不符 (another issuer)"},
    {CURLE_SSL_INVALIDCERTSTATUS, REJECT_TLS, false, false, "证书已吊销 (the certificate was revoked)"},
    {CURLE_SSL_PINNEDPUBKEYNOTMATCH, REJECT_TLS, false, false, "证书的公钥不符 (another public key)"},
    {CURLE_SSL_CLIENTCERT, REJECT_TLS, false, false, "服务器要求客户端证书 (the server wants a client's certificate)"},
    {CURLE_SSL_CERTPROBLEM, REJECT_TLS, false, false, "本机证书有问题 (the local certificate)"},
    {CURLE_SSL_CACERT_BADFILE, REJECT_TLS, false, false,
     "[network] ca_file 或系统证书无法读取 ([network] ca_file or the system's certificates cannot be read)"},
    {CURLE_SSL_CRL_BADFILE, REJECT_TLS, false, false, "吊销列表无法读取 (the revocation list cannot be read)"},
    {CURLE_SSL_CIPHER, REJECT_TLS, false, false, "没有共同的加密算法 (no cipher in common)"},
    {CURLE_SSL_ENGINE_NOTFOUND, REJECT_TLS, false, false, "加密引擎不可用 (no such TLS engine)"},
    {CURLE_SSL_ENGINE_SETFAILED, REJECT_TLS, false, false, "加密引擎不可用 (the TLS engine)"},
    {CURLE_SSL_ENGINE_INITFAILED, REJECT_TLS, false, false, "加密引擎不可用 (the TLS engine)"},
    {CURLE_SSL_SHUTDOWN_FAILED, REJECT_SLOW, true, false, "加密连接没有正常结束 (TLS was not shut down)"},
    {CURLE_USE_SSL_FAILED, REJECT_TLS, false, false, "无法加密 (no encryption)"},
    {CURLE_OK, REJECT_NETWORK, false, false, "网络库出错 (libcurl failed)"}, /* all others */
};
/* clang-format on */

#define OTHER_HOST                                                                                 \
    "是另一台主机的证书，很可能是登录页 (certificate of another host, likely a login page)"
static const struct {
    long result;
    enum reject reject;
    const char *detail;
} certificates[] = {
    {VERIFY_NOT_YET_VALID, REJECT_TLS,
     "证书尚未生效：本机时钟很可能慢了 (not valid yet: this clock is likely slow)"},
    {VERIFY_EXPIRED, REJECT_TLS,
     "证书已过期：请先检查本机的日期时间 (it has expired: check this machine's clock first)"},
    {VERIFY_SELF_SIGNED, REJECT_PORTAL, OTHER_HOST},
    {VERIFY_SELF_IN_CHAIN, REJECT_PORTAL, OTHER_HOST},
    {VERIFY_HOST, REJECT_PORTAL, OTHER_HOST},
    {VERIFY_UNSPECIFIED, REJECT_PORTAL, OTHER_HOST},
};

static void explain(struct wire_end *end, CURL *easy, CURLcode code) {
    const struct fault *fault = faults;
    long result = 0, redirects = 0;
    curl_easy_getinfo(easy, CURLINFO_SSL_VERIFYRESULT, &result);
    curl_easy_getinfo(easy, CURLINFO_REDIRECT_COUNT, &redirects);
    while (fault->code != code && fault->code != CURLE_OK)
        fault++;
    end->cut = fault->cut;
    end->refused = fault->refused;
    end->reject = fault->reject;
    end->detail = fault->detail;
    if (code == CURLE_UNSUPPORTED_PROTOCOL && redirects > 0) {
        end->reject = REJECT_REDIRECT;
        end->detail = "只可转到 https 地址 (only https may be redirected to)";
    }
    if (code != CURLE_PEER_FAILED_VERIFICATION)
        return;
    for (size_t i = 0; i < sizeof certificates / sizeof *certificates; i++)
        if (certificates[i].result == result) {
            end->reject = certificates[i].reject;
            end->detail = certificates[i].detail;
        }
}

static const char *header(CURL *easy, const char *name) {
    struct curl_header *found = NULL;
    return curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &found) == CURLHE_OK ? found->value
                                                                                  : NULL;
}

static bool tell_head(struct wire_transfer *transfer) {
    if (transfer->told)
        return true;
    CURL *easy = transfer->easy;
    struct wire_head head = {.type = header(easy, "Content-Type"),
                             .etag = header(easy, "ETag"),
                             .last_modified = header(easy, "Last-Modified"),
                             .range = header(easy, "Content-Range")};
    const char *encoding = header(easy, "Content-Encoding");
    curl_off_t length = -1;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &head.status);
    curl_easy_getinfo(easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
    head.length = length;
    head.encoded = encoding && strcmp(encoding, "identity") != 0;
    transfer->told = true;
    return transfer->request.on_head(transfer->request.user, &head);
}

static size_t on_write(char *bytes, size_t size, size_t count, void *user) {
    struct wire_transfer *transfer = user;
    bool good = tell_head(transfer) &&
                transfer->request.on_body(transfer->request.user, bytes, size * count);
    return good ? size * count : 0;
}

/* libcurl 7.88 itself sets no bound to all headers together. */
static size_t on_header(char *bytes, size_t size, size_t count, void *user) {
    struct wire_transfer *transfer = user;
    (void)bytes;
    transfer->head_bytes += size * count;
    transfer->head_limit = transfer->head_bytes > WIRE_HEAD;
    return transfer->head_limit ? 0 : size * count;
}

static void set_rules(CURL *easy, const struct wire *wire) {
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https,http");
    curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(easy, CURLOPT_MAXREDIRS, (long)WIRE_REDIRECTS);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    if (wire->ca_file) /* beside the system's folder of certificates, which stays */
        curl_easy_setopt(easy, CURLOPT_CAINFO, wire->ca_file);
    curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(easy, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
    curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, BUFFER_BYTES);
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
    curl_easy_setopt(easy, CURLOPT_PIPEWAIT, 1L); /* a second HTTP/2 connection is for nothing */
    if (wire->agent)
        curl_easy_setopt(easy, CURLOPT_USERAGENT, wire->agent);
}

static void destroy_transfer(struct wire_transfer *transfer) {
    if (transfer->easy) {
        curl_multi_remove_handle(transfer->wire->multi, transfer->easy);
        curl_easy_cleanup(transfer->easy);
    }
    curl_slist_free_all(transfer->headers);
    free(transfer);
}

static bool add_header(struct wire_transfer *transfer, const char *line) {
    struct curl_slist *longer = curl_slist_append(transfer->headers, line);
    if (longer)
        transfer->headers = longer;
    return longer;
}

static struct wire_transfer *start(struct wire *wire, const struct wire_request *request) {
    struct wire_transfer *transfer = calloc(1, sizeof *transfer);
    if (!transfer)
        return NULL;
    transfer->wire = wire;
    transfer->request = *request;
    transfer->easy = curl_easy_init();
    bool good = transfer->easy;
    for (const char *const *line = request->headers; good && *line; line++)
        good = add_header(transfer, *line);
    if (good && request->compressed)
        good = curl_easy_setopt(transfer->easy, CURLOPT_ACCEPT_ENCODING, "") == CURLE_OK;
    else if (good)
        good = add_header(transfer, "Accept-Encoding: identity");
    if (good) {
        set_rules(transfer->easy, wire);
        curl_easy_setopt(transfer->easy, CURLOPT_HTTPHEADER, transfer->headers);
        curl_easy_setopt(transfer->easy, CURLOPT_WRITEFUNCTION, on_write);
        curl_easy_setopt(transfer->easy, CURLOPT_WRITEDATA, transfer);
        curl_easy_setopt(transfer->easy, CURLOPT_HEADERFUNCTION, on_header);
        curl_easy_setopt(transfer->easy, CURLOPT_HEADERDATA, transfer);
        curl_easy_setopt(transfer->easy, CURLOPT_PRIVATE, transfer);
        good = curl_easy_setopt(transfer->easy, CURLOPT_URL, request->url) == CURLE_OK &&
               curl_multi_add_handle(wire->multi, transfer->easy) == CURLM_OK;
    }
    if (good)
        return transfer;
    destroy_transfer(transfer);
    return NULL;
}

static void stop(struct wire *wire, struct wire_transfer *transfer) {
    (void)wire;
    destroy_transfer(transfer);
}

static void work(struct wire *wire, int timeout_ms) {
    int running = 0;
    curl_multi_perform(wire->multi, &running);
    if (running)
        curl_multi_poll(wire->multi, NULL, 0, timeout_ms, NULL);
    curl_multi_perform(wire->multi, &running);
}

static int64_t received(CURL *easy) {
    curl_off_t body = 0;
    long head = 0;
    curl_easy_getinfo(easy, CURLINFO_SIZE_DOWNLOAD_T, &body);
    curl_easy_getinfo(easy, CURLINFO_HEADER_SIZE, &head);
    return body + head;
}

static bool next_end(struct wire *wire, struct wire_end *end) {
    int left = 0;
    CURLMsg *message = NULL;
    do
        message = curl_multi_info_read(wire->multi, &left);
    while (message && message->msg != CURLMSG_DONE);
    if (!message)
        return false;
    CURLcode code = message->data.result;
    CURL *easy = message->easy_handle;
    struct wire_transfer *transfer = NULL;
    const char *url = NULL;
    curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&transfer);
    curl_easy_getinfo(easy, CURLINFO_EFFECTIVE_URL, &url);
    bool taken = code != CURLE_OK || tell_head(transfer); /* an answer without a body */
    free(wire->ended_url);
    wire->ended_url = url ? strdup(url) : NULL;
    *end = (struct wire_end){.user = transfer->request.user,
                             .whole = code == CURLE_OK && taken,
                             .url = wire->ended_url,
                             .received = received(easy)};
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &end->status);
    if (code != CURLE_OK)
        explain(end, easy, code);
    if (transfer->head_limit) {
        end->reject = REJECT_FEED_LIMIT;
        end->detail = "回答的头部太长 (the answer's head is too long)";
    }
    destroy_transfer(transfer);
    return true;
}

static void destroy(struct wire *wire) {
    if (!wire)
        return;
    curl_multi_cleanup(wire->multi);
    free(wire->ca_file);
    free(wire->agent);
    free(wire->ended_url);
    free(wire);
    curl_global_cleanup();
}

static struct wire *create(const struct wire_options *options) {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return NULL;
    struct wire *wire = calloc(1, sizeof *wire);
    if (wire)
        wire->multi = curl_multi_init();
    if (!wire || !wire->multi) {
        free(wire);
        curl_global_cleanup();
        return NULL;
    }
    wire->ca_file = options->ca_file ? strdup(options->ca_file) : NULL;
    wire->agent = options->agent ? strdup(options->agent) : NULL;
    curl_multi_setopt(wire->multi, CURLMOPT_MAX_HOST_CONNECTIONS, (long)options->per_host);
    curl_multi_setopt(wire->multi, CURLMOPT_PIPELINING, (long)CURLPIPE_MULTIPLEX);
    return wire;
}

extern const struct wire_table wire_table;
const struct wire_table wire_table = {WIRE_VERSION, create, destroy, start, stop, work, next_end};
