#include "text/url.h"

#include "base/ascii.h"
#include "base/buf.h"

/* The five parts (RFC 3986, appendix B); ptr is NULL where a part is not there, which is not the
 * same as empty. */
struct url {
    str scheme, authority, path, query, fragment;
};

static bool is_scheme(str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.ptr[i];
        bool inner = ascii_is_digit(byte) || byte == '+' || byte == '-' || byte == '.';
        if (!ascii_is_letter(byte) && !(i > 0 && inner)) {
            return false;
        }
    }
    return text.len > 0;
}

static size_t first_of(str text, const char *ends)
{
    size_t at = 0;
    for (; at < text.len; at++) {
        for (const char *end = ends; *end; end++) {
            if (text.ptr[at] == *end) {
                return at;
            }
        }
    }
    return at;
}

/* Cuts what stands before any of `ends` off *rest. */
static str take_until(str *rest, const char *ends)
{
    size_t at = first_of(*rest, ends);
    str part = str_slice(*rest, 0, at);
    *rest = str_slice(*rest, at, rest->len);
    return part;
}

static struct url split(str text)
{
    struct url url = {.scheme = STR_NONE};
    str rest = text.ptr ? text : STR("");
    size_t colon = first_of(rest, ":/?#");
    if (colon < rest.len && rest.ptr[colon] == ':' && is_scheme(str_slice(rest, 0, colon))) {
        url.scheme = str_slice(rest, 0, colon);
        rest = str_slice(rest, colon + 1, rest.len);
    }
    if (str_starts(rest, STR("//"))) {
        rest = str_slice(rest, 2, rest.len);
        url.authority = take_until(&rest, "/?#");
    }
    url.path = take_until(&rest, "?#");
    if (str_starts(rest, STR("?"))) {
        rest = str_slice(rest, 1, rest.len);
        url.query = take_until(&rest, "#");
    }
    if (str_starts(rest, STR("#"))) {
        url.fragment = str_slice(rest, 1, rest.len);
    }
    return url;
}

/* Adds the path without "." and ".." (section 5.2.4). */
static void add_path(struct buf *out, str path)
{
    size_t start = out->len;
    bool rooted = str_starts(path, STR("/"));
    while (path.len) {
        size_t end = str_find_byte(path, '/', rooted && path.ptr[0] == '/' ? 1 : 0);
        str segment = str_slice(path, 0, end == STR_MISSING ? path.len : end);
        bool last = end == STR_MISSING;
        str name = str_starts(segment, STR("/")) ? str_slice(segment, 1, segment.len) : segment;
        bool up = str_equal(name, STR(".."));
        path = str_slice(path, segment.len, path.len);
        rooted = true;
        if (!up && !str_equal(name, STR("."))) {
            buf_add(out, segment);
            continue;
        }
        while (up && out->len > start && out->ptr[--out->len] != '/') {
        }
        if (last && (out->len > start || segment.len > name.len)) {
            buf_add_byte(out, '/');
        }
    }
}

/* The base's path with its last segment replaced (section 5.2.3). */
static str merged(struct arena *arena, const struct url *base, str path)
{
    if (base->authority.ptr && base->path.len == 0) {
        return arena_format(arena, "/%.*s", STR_ARG(path));
    }
    size_t end = base->path.len;
    while (end > 0 && base->path.ptr[end - 1] != '/') {
        end--;
    }
    return arena_format(arena, "%.*s%.*s", STR_ARG(str_slice(base->path, 0, end)), STR_ARG(path));
}

/* Section 5.2.2. */
static struct url transform(struct arena *arena, const struct url *base, struct url reference)
{
    struct url url = reference;
    if (reference.scheme.ptr) {
        return url;
    }
    url.scheme = base->scheme;
    if (reference.authority.ptr) {
        return url;
    }
    url.authority = base->authority;
    if (reference.path.len == 0) {
        url.path = base->path;
        url.query = reference.query.ptr ? reference.query : base->query;
    } else if (!str_starts(reference.path, STR("/"))) {
        url.path = merged(arena, base, reference.path);
    }
    return url;
}

str url_resolve(struct arena *arena, str base, str reference)
{
    struct url from = split(base);
    struct url url = transform(arena, &from, split(reference));
    struct buf out = BUF_INIT;
    if (!url.scheme.ptr) {
        return STR_NONE;
    }
    buf_format(&out, "%.*s:", STR_ARG(url.scheme));
    if (url.authority.ptr) {
        buf_format(&out, "//%.*s", STR_ARG(url.authority));
    }
    add_path(&out, url.path);
    if (url.query.ptr) {
        buf_format(&out, "?%.*s", STR_ARG(url.query));
    }
    if (url.fragment.ptr) {
        buf_format(&out, "#%.*s", STR_ARG(url.fragment));
    }
    str resolved = arena_str(arena, buf_str(&out));
    buf_done(&out);
    return resolved;
}

/* Bytes that stand in an address as they are. */
static bool is_plain(char byte)
{
    return byte > ' ' && byte < 0x7F && byte != '"' && byte != '<' && byte != '>' && byte != '\\' &&
           byte != '^' && byte != '`' && byte != '{' && byte != '|' && byte != '}';
}

str url_tidy(struct arena *arena, str written)
{
    struct buf out = BUF_INIT;
    written = str_trim(written);
    for (size_t i = 0; i < written.len; i++) {
        char byte = written.ptr[i];
        if (byte == '\n' || byte == '\r' || byte == '\t') {
            continue;
        }
        if (is_plain(byte)) {
            buf_add_byte(&out, byte);
        } else {
            buf_format(&out, "%%%02X", (unsigned)(unsigned char)byte);
        }
    }
    str tidy = arena_str(arena, buf_str(&out));
    buf_done(&out);
    return tidy;
}

bool url_is_web(str url)
{
    struct url parts = split(url);
    for (size_t i = 0; i < url.len; i++) {
        if (!is_plain(url.ptr[i])) {
            return false;
        }
    }
    return url.len <= URL_LIMIT_LEN && parts.authority.len > 0 &&
           (str_equal_ascii_fold(parts.scheme, STR("http")) ||
            str_equal_ascii_fold(parts.scheme, STR("https")));
}

bool url_is_file(str url)
{
    struct url parts = split(url);
    return str_equal_ascii_fold(parts.scheme, STR("file")) && str_starts(parts.path, STR("/")) &&
           (!parts.authority.len || str_equal_ascii_fold(parts.authority, STR("localhost")));
}

str url_origin(struct arena *arena, str url)
{
    struct url parts = split(url);
    str origin =
        arena_format(arena, "%.*s://%.*s", STR_ARG(parts.scheme), STR_ARG(parts.authority));
    char *bytes = (char *)(uintptr_t)origin.ptr;
    for (size_t i = 0; i < origin.len; i++) {
        bytes[i] = ascii_lower(bytes[i]);
    }
    return origin;
}

str url_request(str url)
{
    struct url parts = split(url);
    size_t len = parts.path.len + (parts.query.ptr ? parts.query.len + 1 : 0);
    return parts.path.len ? (str){parts.path.ptr, len} : STR("/");
}

str url_path(str url)
{
    return split(url).path;
}
