/* What a page says of itself as JSON-LD (W3C, JSON-LD 1.1; the terms are schema.org's).
 *
 * Read by a scanner of its own, not by the JSON library: about one page in ten has a script that is
 * not quite JSON (control characters in strings, stray commas, two objects in a row), and the facts
 * before and after the mistake are wanted all the same.
 *
 * Nodes stand for each other by "@id", from one script to another as well. So the scripts are
 * scanned twice: for the names of the nodes, then for the facts. A reference leads to a name or
 * nowhere, never to another reference: chains and circles end at their first link. */
#include "base/ascii.h"
#include "base/buf.h"
#include "base/map.h"
#include "ingest/html.h"
#include "text/utf8.h"

#define JSON_DEPTH_LIMIT 40
#define AUTHOR_LIMIT 6
#define AUTHOR_LIMIT_LEN ((size_t)120)
#define FACT_LIMIT_LEN ((size_t)2000)
#define BODY_LIMIT_LEN ((size_t)1 << 20)
#define NODE_LIMIT ((size_t)10000) /* nodes that have a name */

/* A container that is open. */
struct level {
    str key; /* under which it stands */
    bool array;
    bool other;    /* describes another work than the page */
    bool web_site; /* its type says so */
    str id, name;  /* of an object */
};

struct json_scan {
    struct arena *arena;
    struct map names; /* of nodes by their ids: str * in the arena */
    bool naming;      /* the first scan */
    str json;
    size_t at;
    struct level levels[JSON_DEPTH_LIMIT + 1];
    size_t depth;
    str found[FACT_COUNT];
    size_t found_depth[FACT_COUNT], authors;
};

/* --- strings ---------------------------------------------------------------------------------- */

/* Four hexadecimal digits at `at`, or 0. */
static uint32_t hex_four(str text, size_t at)
{
    uint32_t value = 0;
    for (size_t i = 0; i < 4; i++) {
        int digit = at + i < text.len ? ascii_hex_digit(text.ptr[at + i]) : -1;
        if (digit < 0) {
            return 0;
        }
        value = value * 16 + (uint32_t)digit;
    }
    return value;
}

static str unescape_json(struct arena *arena, str text)
{
    struct buf out = BUF_INIT;
    if (str_find_byte(text, '\\', 0) == STR_MISSING) {
        return text;
    }
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != '\\' || i + 1 == text.len) {
            buf_add_byte(&out, text.ptr[i]);
            continue;
        }
        char byte = text.ptr[++i];
        if (byte == 'u') {
            uint32_t c = hex_four(text, i + 1), low = 0;
            i += i + 4 < text.len ? 4 : 0;
            if (c >= 0xD800 && c < 0xDC00 && (low = hex_four(text, i + 3)) >= 0xDC00) {
                c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
                i += 6;
            }
            utf8_add(&out, c ? c : UTF8_REPLACEMENT);
        } else {
            buf_add_byte(&out, byte == 'n' || byte == 't' || byte == 'r' ? ' ' : byte);
        }
    }
    str result = utf8_repair(arena, arena_str(arena, buf_str(&out)));
    buf_done(&out);
    return result;
}

/* The string that begins after the quote at `at`; moves on behind it. */
static str scan_string(struct json_scan *s)
{
    size_t start = ++s->at;
    while (s->at < s->json.len && s->json.ptr[s->at] != '"') {
        s->at += s->json.ptr[s->at] == '\\' ? 2 : 1;
    }
    str text = str_slice(s->json, start, s->at);
    s->at++;
    return text;
}

/* --- facts ------------------------------------------------------------------------------------ */

static void found_fact(struct json_scan *s, enum html_fact fact, str value)
{
    size_t limit = fact == FACT_LD_BODY ? BODY_LIMIT_LEN : FACT_LIMIT_LEN;
    value = str_trim(unescape_json(s->arena, value));
    if (value.len && value.len < limit &&
        (!s->found[fact].len || s->depth < s->found_depth[fact])) {
        s->found[fact] = value;
        s->found_depth[fact] = s->depth;
    }
}

static void found_author(struct json_scan *s, str name)
{
    name = str_trim(unescape_json(s->arena, name));
    str *all = &s->found[FACT_LD_AUTHOR];
    if (!name.len || name.len > AUTHOR_LIMIT_LEN || name.ptr[0] == '#' ||
        str_find(name, STR("://"), 0) != STR_MISSING || s->authors >= AUTHOR_LIMIT ||
        str_find(*all, name, 0) != STR_MISSING) {
        return;
    }
    s->authors++;
    *all = all->len ? arena_format(s->arena, "%.*s, %.*s", STR_ARG(*all), STR_ARG(name)) : name;
}

/* The name of what stands under the key. */
static void found_name(struct json_scan *s, str key, str name)
{
    if (str_equal(key, STR("author"))) {
        found_author(s, name);
    } else if (str_equal(key, STR("publisher")) || str_equal(key, STR("sourceOrganization"))) {
        found_fact(s, FACT_LD_SITE, name);
    }
}

/* The name of the node with that id; STR_NONE. */
static str name_of(const struct json_scan *s, str id)
{
    const uint64_t *found = map_find(&s->names, unescape_json(s->arena, id));
    return found ? *(const str *)(uintptr_t)*found : STR_NONE;
}

static void scan_value(struct json_scan *s, str key, str value)
{
    static const struct {
        const char *key;
        enum html_fact fact;
    } facts[] = {{"datePublished", FACT_LD_PUBLISHED}, {"dateModified", FACT_LD_MODIFIED},
                 {"dateCreated", FACT_LD_CREATED},     {"datePosted", FACT_LD_CREATED},
                 {"headline", FACT_LD_TITLE},          {"articleBody", FACT_LD_BODY}};
    struct level *level = &s->levels[s->depth];
    bool name = str_equal(key, STR("name"));
    if (name && !level->array) {
        level->name = value;
    } else if (str_equal(key, STR("@id"))) {
        level->id = value;
    } else if (str_equal(key, STR("@type")) && str_equal(value, STR("WebSite"))) {
        level[level->array && s->depth ? -1 : 0].web_site = true;
    }
    if (s->naming || level->other) {
        return;
    }
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        if (str_equal(key, str_from(facts[i].key))) {
            found_fact(s, facts[i].fact, value);
        }
    }
    if (str_equal(key, STR("author"))) {
        str known = name_of(s, value);
        found_author(s, known.len ? known : value);
    } else if (name) {
        found_name(s, level->key, value);
    }
}

/* --- containers ------------------------------------------------------------------------------- */

/* Members that describe other works than the page. */
static bool is_other_work(str key)
{
    static const char *const keys[] = {
        "itemListElement", "hasPart",     "mentions", "isPartOf", "comment",         "review",
        "video",           "relatedLink", "image",    "about",    "associatedMedia", "citation"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (str_equal(key, str_from(keys[i]))) {
            return true;
        }
    }
    return false;
}

static bool open_container(struct json_scan *s, str key, bool array)
{
    const struct level *around = &s->levels[s->depth];
    if (s->depth == JSON_DEPTH_LIMIT) {
        return false;
    }
    s->levels[++s->depth] = (struct level){.key = key.len ? key : around->key,
                                           .array = array,
                                           .other = around->other || is_other_work(key)};
    return true;
}

static void close_container(struct json_scan *s)
{
    const struct level *level = &s->levels[s->depth];
    if (s->naming) {
        str id = unescape_json(s->arena, level->id);
        if (id.len && level->name.len && s->names.count < NODE_LIMIT) {
            str *name = arena_array(s->arena, str, 1);
            *name = level->name;
            map_put(&s->names, id, (uint64_t)(uintptr_t)name);
        }
    } else if (!level->other && level->id.len && !level->name.len) {
        found_name(s, level->key, name_of(s, level->id));
    }
    bool site = !level->other || str_equal(level->key, STR("isPartOf"));
    if (level->web_site && site && !s->naming) {
        found_fact(s, FACT_LD_WEB_SITE, level->name);
    }
    s->depth--;
}

static void scan_script(struct json_scan *s)
{
    str key = STR_NONE, text = STR_NONE;
    bool have = false; /* `text` waits: a key or a value */
    while (s->at < s->json.len) {
        char byte = s->json.ptr[s->at];
        if (byte == '"') {
            text = scan_string(s);
            have = true;
            continue;
        }
        s->at++;
        if (byte == ':' && have) {
            key = text;
            have = false;
        } else if (byte == ',' || byte == '}' || byte == ']') {
            if (have) {
                scan_value(s, key.len ? key : s->levels[s->depth].key, text);
            }
            have = false;
            key = STR_NONE;
            if (byte != ',' && s->depth > 0) {
                close_container(s);
            }
        } else if (byte == '{' || byte == '[') {
            have = false;
            if (!open_container(s, key, byte == '[')) {
                break;
            }
            key = STR_NONE;
        }
    }
    while (s->depth > 0) {
        close_container(s);
    }
}

void html_note_graphs(struct arena *arena, const str *scripts, size_t count,
                      struct html_document *document)
{
    struct map names;
    map_init(&names, arena);
    for (size_t i = 0; i < 2 * count; i++) {
        struct json_scan s = {
            .arena = arena, .names = names, .naming = i < count, .json = scripts[i % count]};
        scan_script(&s);
        names = s.names;
        for (size_t fact = 0; fact < FACT_COUNT; fact++) {
            if (s.found[fact].len && !document->facts[fact].len) {
                document->facts[fact] = s.found[fact];
            }
        }
    }
}
