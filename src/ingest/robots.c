#include "ingest/robots.h"

#include "base/ascii.h"
#include "base/buf.h"

/* ---- lines --------------------------------------------------------------------------------- */

/* Lines end with CR, LF or both. */
static bool next_line(str *rest, str *line)
{
    size_t end = 0;
    if (!rest->len) {
        return false;
    }
    while (end < rest->len && rest->ptr[end] != '\n' && rest->ptr[end] != '\r') {
        end++;
    }
    *line = str_slice(*rest, 0, end);
    *rest = str_slice(*rest, end + 1, rest->len);
    return true;
}

/* "name: value" without its comment; false for any other line. */
static bool read_line(str line, str *name, str *value)
{
    line = str_slice(line, 0, str_find_byte(line, '#', 0));
    size_t colon = str_find_byte(line, ':', 0);
    if (colon == STR_MISSING) {
        return false;
    }
    *name = str_trim(str_slice(line, 0, colon));
    *value = str_trim(str_slice(line, colon + 1, line.len));
    return true;
}

static bool is_name_byte(char byte)
{
    return ascii_is_letter(byte) || byte == '-' || byte == '_';
}

/* The name at the start of "Dossier/1.0 (news)". */
static str product_of(str value)
{
    size_t len = 0;
    while (len < value.len && is_name_byte(value.ptr[len])) {
        len++;
    }
    return str_slice(value, 0, len);
}

/* ---- paths --------------------------------------------------------------------------------- */

static bool is_unreserved(unsigned byte)
{
    return ascii_is_alnum(byte) || byte == '-' || byte == '.' || byte == '_' || byte == '~';
}

/* One spelling for all that mean the same (section 2.2.2). In a pattern * and $ have a meaning; in
 * a request they are characters, which a pattern writes as %2A and %24. */
static void normalise(struct buf *out, str path, bool is_pattern)
{
    for (size_t i = 0; i < path.len; i++) {
        unsigned byte = (unsigned char)path.ptr[i];
        int code = byte == '%' ? str_hex_pair(path, i + 1) : -1;
        bool coded = code >= 0;
        if (coded) {
            byte = (unsigned)code;
            i += 2;
        }
        bool sign = byte == '*' || byte == '$';
        bool plain = coded ? is_unreserved(byte)
                           : byte > ' ' && byte < 0x7F && byte != '%' && (is_pattern || !sign);
        if (plain) {
            buf_add_byte(out, (char)byte);
        } else {
            buf_format(out, "%%%02X", byte);
        }
    }
}

/* The parts between the * stand in the path one after the other, each as early as it can; `ends`:
 * the last one at its end. */
static bool fits(str pattern, str path)
{
    bool ends = str_ends(pattern, STR("$"));
    pattern = str_slice(pattern, 0, pattern.len - ends);
    str rest = pattern, part;
    size_t at = 0;
    bool first = true;
    while (str_next(&rest, '*', &part)) {
        bool last = !rest.ptr;
        if (last && ends) {
            return first ? str_equal(path, part)
                         : path.len >= at + part.len && str_ends(path, part);
        }
        at = first ? (str_starts(path, part) ? 0 : STR_MISSING) : str_find(path, part, at);
        if (at == STR_MISSING) {
            return false;
        }
        at += part.len;
        first = false;
    }
    return true;
}

/* ---- rules --------------------------------------------------------------------------------- */

struct verdict {
    bool known; /* a group names the program */
    size_t longest;
    bool allowed;
};

static void weigh(struct verdict *verdict, struct buf *pattern, str value, bool allows, str path)
{
    buf_clear(pattern);
    normalise(pattern, value, true);
    if (!pattern->len || pattern->len < verdict->longest || !fits(buf_str(pattern), path)) {
        return;
    }
    verdict->allowed = allows || (pattern->len == verdict->longest && verdict->allowed);
    verdict->longest = pattern->len;
}

/* What the groups for `product` say; `*` is a name like others. */
static struct verdict judge(str bytes, str product, str path)
{
    struct verdict verdict = {false, 0, true};
    struct buf pattern = BUF_INIT;
    bool inside = false, in_names = false;
    str line, name, value;
    while (next_line(&bytes, &line)) {
        if (!read_line(line, &name, &value)) {
            continue;
        }
        bool allows = str_equal_ascii_fold(name, STR("allow"));
        if (str_equal_ascii_fold(name, STR("user-agent"))) {
            bool named = str_equal(product, STR("*"))
                             ? str_equal(value, product)
                             : str_equal_ascii_fold(product_of(value), product);
            inside = named || (in_names && inside);
            in_names = true;
            verdict.known |= named;
        } else if (allows || str_equal_ascii_fold(name, STR("disallow"))) {
            in_names = false;
            if (inside) {
                weigh(&verdict, &pattern, value, allows, path);
            }
        }
    }
    buf_done(&pattern);
    return verdict;
}

bool robots_allow(str bytes, str product, str request)
{
    struct buf path = BUF_INIT;
    bytes = str_slice(bytes, 0, ROBOTS_LIMIT_LEN);
    if (str_starts(bytes, STR("\xEF\xBB\xBF"))) {
        bytes = str_slice(bytes, 3, bytes.len);
    }
    normalise(&path, request, false);
    struct verdict verdict = judge(bytes, product, buf_str(&path));
    if (!verdict.known) {
        verdict = judge(bytes, STR("*"), buf_str(&path));
    }
    bool allowed = verdict.allowed || str_equal(request, STR("/robots.txt"));
    buf_done(&path);
    return allowed;
}
