#include "ingest/fetch_url.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/memory.h"
#include "base/str.h"
#include "ingest/fetch.h"

/* Slices of an address; data NULL where a part is not there (RFC 3986, section 5.2.1). */
struct slice {
    const char *data;
    size_t size;
};
struct url {
    struct slice scheme, authority, path, query;
};

static struct slice slice_of(const char *data, size_t size) {
    return (struct slice){data, size};
}

static bool slice_is(struct slice slice, const char *text) {
    return slice.data && slice.size == strlen(text) &&
           strncasecmp(slice.data, text, slice.size) == 0;
}

static bool is_web(struct slice scheme) {
    return slice_is(scheme, "http") || slice_is(scheme, "https");
}

/* A colon before any of "/?#" ends a scheme (section 3.1); the fragment is dropped. */
static struct url parse(const char *text) {
    struct url url = {0};
    size_t scheme =
        strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-.");
    if (scheme && text[scheme] == ':' && !strchr("0123456789+-.", text[0])) {
        url.scheme = slice_of(text, scheme);
        text += scheme + 1;
    }
    if (text_starts(text, "//")) {
        url.authority = slice_of(text + 2, strcspn(text + 2, "/?#"));
        text += 2 + url.authority.size;
    }
    url.path = slice_of(text, strcspn(text, "?#"));
    text += url.path.size;
    if (*text == '?')
        url.query = slice_of(text + 1, strcspn(text + 1, "#"));
    return url;
}

/* A name or an address in brackets; no user, no password; what is behind a colon is digits. */
static bool authority_valid(struct slice authority) {
    if (!authority.data || !authority.size || authority.data[0] == ':')
        return false;
    for (size_t i = 0; i < authority.size; i++)
        if ((unsigned char)authority.data[i] <= ' ' ||
            strchr("\x7F@\\\"<>^`{|}", authority.data[i]))
            return false;
    return true;
}

/* Section 5.2.4, over a path that begins with '/'. */
static void add_without_dots(struct str *out, const char *path, size_t size) {
    size_t start = out->size;
    const char *end = path + size;
    while (path < end) {
        const char *next = memchr(path + 1, '/', (size_t)(end - path - 1));
        size_t length = next ? (size_t)(next - path) : (size_t)(end - path);
        bool up = length == 3 && memcmp(path, "/..", 3) == 0;
        bool dot = length == 2 && memcmp(path, "/.", 2) == 0;
        while (up && out->size > start && out->data[--out->size] != '/')
            ;
        if (!up && !dot)
            str_add_bytes(out, path, length);
        else if (!next)
            str_add_char(out, '/');
        path += length;
    }
}

/* The path of base up to its last slash, and the address behind it (section 5.2.3). */
static char *merge(const struct url *base, const struct url *address) {
    struct str path = {0};
    size_t folder = base->path.size;
    while (folder && base->path.data[folder - 1] != '/')
        folder--;
    if (folder)
        str_add_bytes(&path, base->path.data, folder);
    else
        str_add_char(&path, '/');
    str_add_bytes(&path, address->path.data, address->path.size);
    return str_take(&path);
}

/* What may not stand in an address, as feeds write it all the same. */
static void add_escaped(struct str *out, const char *bytes, size_t size) {
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c <= ' ' || c >= 0x7F || strchr("\"<>\\^`{|}", c))
            str_addf(out, "%%%02X", c);
        else
            str_add_char(out, (char)c);
    }
}

static void add_path(struct str *out, const char *path) {
    struct str plain = {0};
    add_without_dots(&plain, path, strlen(path));
    if (!plain.size)
        str_add_char(&plain, '/');
    add_escaped(out, str_text(&plain), plain.size);
    str_finish(&plain);
}

static char *copy_of(struct slice slice) {
    return xstrndup(slice.data, slice.size);
}

/* Section 5.2.2. */
char *fetch_resolve(const char *base_text, const char *address_text) {
    struct url base = parse(base_text), address = parse(address_text);
    bool relative = !address.scheme.data;
    struct slice scheme = relative ? base.scheme : address.scheme;
    bool own_authority = !relative || address.authority.data;
    struct slice authority = own_authority ? address.authority : base.authority;
    if (!is_web(scheme) || !authority_valid(authority))
        return NULL;
    struct str out = {0};
    str_addf(&out, "%s://%.*s", slice_is(scheme, "https") ? "https" : "http", (int)authority.size,
             authority.data);
    bool same = !own_authority && !address.path.size;
    bool merged = !own_authority && !same && address.path.data[0] != '/';
    char *path = merged ? merge(&base, &address) : copy_of(same ? base.path : address.path);
    struct slice query = same && !address.query.data ? base.query : address.query;
    add_path(&out, path);
    free(path);
    if (query.data) {
        str_add_char(&out, '?');
        add_escaped(&out, query.data, query.size);
    }
    return str_take(&out);
}

bool fetch_is_https(const char *url) {
    return strncasecmp(url, "https://", 8) == 0;
}

static struct slice host_of(const char *text) {
    struct slice host = parse(text).authority;
    const char *at = host.data ? memrchr(host.data, '@', host.size) : NULL;
    if (at)
        host = slice_of(at + 1, host.size - (size_t)(at + 1 - host.data));
    const char *bracket = host.data ? memchr(host.data, ']', host.size) : NULL;
    const char *colon = host.data && !bracket ? memchr(host.data, ':', host.size) : NULL;
    if (bracket)
        host.size = (size_t)(bracket + 1 - host.data);
    else if (colon)
        host.size = (size_t)(colon - host.data);
    return host;
}

bool url_other_host(const char *a, const char *b) {
    struct slice one = host_of(a), other = host_of(b);
    return one.size && other.size &&
           (one.size != other.size || strncasecmp(one.data, other.data, one.size) != 0);
}
