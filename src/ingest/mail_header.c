#include "ingest/mail_header.h"

#include "base/buf.h"
#include "text/encoding.h"

struct encoded_word {
    enum encoding encoding;
    bool is_base64;
    str text;
};

/* Words of one encoding in a row may split a character: their bytes are joined first. */
struct decoding {
    struct arena *arena;
    struct buf out, bytes;
    enum encoding encoding;
};

static void flush(struct decoding *decoding)
{
    if (decoding->bytes.len) {
        str bytes = arena_str(decoding->arena, buf_str(&decoding->bytes));
        buf_add(&decoding->out, encoding_to_utf8(decoding->arena, bytes, decoding->encoding));
        buf_clear(&decoding->bytes);
    }
}

static void add_quoted(struct buf *out, str text)
{
    for (size_t i = 0; i < text.len; i++) {
        int code = text.ptr[i] == '=' ? str_hex_pair(text, i + 1) : -1;
        char plain = text.ptr[i] == '_' ? ' ' : text.ptr[i];
        buf_add_byte(out, code >= 0 ? (char)code : plain);
        i += code >= 0 ? 2 : 0;
    }
}

static void add_base64(struct buf *out, str text)
{
    static const char alphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned held = 0, bits = 0;
    for (size_t i = 0; i < text.len && text.ptr[i] != '='; i++) {
        size_t value = str_find_byte(str_from(alphabet), text.ptr[i], 0);
        if (value == STR_MISSING) {
            continue;
        }
        held = (held << 6 | (unsigned)value) & 0xFFFFFF;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            buf_add_byte(out, (char)(held >> bits & 0xFF));
        }
    }
}

/* "=?charset*language?B?text?=" at the start; its length, or 0. */
static size_t take_word(str rest, struct encoded_word *word)
{
    size_t charset = str_starts(rest, STR("=?")) ? str_find_byte(rest, '?', 2) : STR_MISSING;
    if (charset == STR_MISSING || charset + 3 >= rest.len || rest.ptr[charset + 2] != '?') {
        return 0;
    }
    char kind = rest.ptr[charset + 1] | 32;
    size_t end = str_find(rest, STR("?="), charset + 3);
    str name = str_slice(rest, 2, charset);
    if ((kind != 'b' && kind != 'q') || end == STR_MISSING) {
        return 0;
    }
    if (!encoding_find(str_slice(name, 0, str_find_byte(name, '*', 0)), &word->encoding)) {
        word->encoding = ENCODING_UTF_8;
    }
    word->is_base64 = kind == 'b';
    word->text = str_slice(rest, charset + 3, end);
    return end + 2;
}

static size_t space_len(str rest)
{
    size_t len = 0;
    while (len < rest.len && (rest.ptr[len] == ' ' || rest.ptr[len] == '\t' ||
                              rest.ptr[len] == '\r' || rest.ptr[len] == '\n')) {
        len++;
    }
    return len;
}

/* One encoded word, run of spaces, or byte at the start; its length. Space between two encoded
 * words is none of the text. */
static size_t decode_next(struct decoding *decoding, str rest, bool *was_word)
{
    struct encoded_word word;
    size_t space = space_len(rest);
    size_t len = take_word(str_slice(rest, space, rest.len), &word);
    if (len) {
        if (space && !*was_word) {
            flush(decoding);
            buf_add(&decoding->out, STR(" "));
        }
        if (word.encoding != decoding->encoding || !*was_word) {
            flush(decoding);
        }
        decoding->encoding = word.encoding;
        (word.is_base64 ? add_base64 : add_quoted)(&decoding->bytes, word.text);
        *was_word = true;
        return space + len;
    }
    if (*was_word) {
        flush(decoding);
    }
    decoding->encoding = ENCODING_UTF_8; /* what is written as it is */
    buf_add(&decoding->bytes, space ? STR(" ") : str_slice(rest, 0, 1));
    *was_word = false;
    return space ? space : 1;
}

str mail_header_text(struct arena *arena, str raw)
{
    struct decoding decoding = {.arena = arena, .encoding = ENCODING_UTF_8};
    bool was_word = false;
    if (!raw.ptr) {
        return STR_NONE;
    }
    for (size_t at = 0; at < raw.len;) {
        at += decode_next(&decoding, str_slice(raw, at, raw.len), &was_word);
    }
    flush(&decoding);
    str text = arena_str(arena, str_trim(buf_str(&decoding.out)));
    buf_done(&decoding.out);
    buf_done(&decoding.bytes);
    return text;
}

str mail_header_name(struct arena *arena, str raw)
{
    size_t angle = str_find_byte(raw, '<', 0), open = str_find_byte(raw, '(', 0);
    size_t close = open == STR_MISSING ? open : str_find_byte(raw, ')', open);
    str name = angle != STR_MISSING   ? str_slice(raw, 0, angle)
               : close != STR_MISSING ? str_slice(raw, open + 1, close)
                                      : STR_NONE;
    name = mail_header_text(arena, name);
    if (name.len > 1 && name.ptr[0] == '"' && name.ptr[name.len - 1] == '"') {
        name = str_trim(str_slice(name, 1, name.len - 1));
    }
    return name.len ? name : STR_NONE;
}
