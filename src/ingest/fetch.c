#include "ingest/fetch.h"

#include "text/url.h"

/* ---- what the server says of the bytes ------------------------------------------------------- */

/* Media types that decide where the bytes themselves do not; NULL: none of it is an article. A type
 * that ends in / stands for all of its kind. */
static const struct {
    const char *media, *extension;
} media_rows[] = {
    {"text/html", ".html"},     {"application/xhtml+xml", ".html"},
    {"text/markdown", ".md"},   {"text/plain", ".txt"},
    {"message/rfc822", ".eml"}, {"application/jsonl", ".jsonl"},
    {"image/", NULL},           {"video/", NULL},
    {"audio/", NULL},           {"font/", NULL},
    {"application/pdf", NULL},
};

str fetch_name(struct arena *arena, str url, str media)
{
    for (size_t i = 0; i < sizeof media_rows / sizeof *media_rows; i++) {
        str known = str_from(media_rows[i].media);
        str same = str_ends(known, STR("/")) ? str_slice(media, 0, known.len) : media;
        if (str_equal_ascii_fold(same, known)) {
            return media_rows[i].extension
                       ? arena_format(arena, "address%s", media_rows[i].extension)
                       : STR_NONE;
        }
    }
    str path = url_path(url);
    return path.len ? path : STR("/");
}

#ifdef HAVE_CURL

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/memory.h"
#include "ingest/curl_library.h"

enum { HEADER_LIMIT_LEN = 500 };

/* One address on its way. */
struct transfer {
    struct transfer *next;
    struct fetcher *fetcher;
    const struct curl_library *curl; /* the fetcher's */
    struct fetch_request request;    /* texts in the arena */
    struct arena arena;
    struct buf body;
    size_t seen_len; /* of the answer, wanted or not */
    struct curl_slist *headers;
    CURL *easy; /* NULL where libcurl does not carry it: a file */
    CURLcode code;
    struct error fault; /* of what libcurl did not carry */
    bool too_large, met_public, strayed;
};

struct fetcher {
    struct fetch_settings settings;
    struct curl_library curl;
    CURLM *multi;
    struct transfer *running, *ended; /* ended: the oldest first */
    struct transfer *taken;           /* whose answer is borrowed */
};

bool fetch_supported(void)
{
    return true;
}

enum status fetcher_new(const struct fetch_settings *settings, struct fetcher **fetcher,
                        struct error *err)
{
    *fetcher = NULL;
    struct curl_library curl;
    enum status status = curl_library_open(&curl, err);
    if (status != STATUS_OK) {
        return status;
    }
    CURLM *multi = curl.multi_init();
    if (!multi) {
        curl_library_close(&curl);
        return error_set(err, STATUS_IO, "libcurl cannot be started; install it again");
    }
    *fetcher = memory_new(1, sizeof **fetcher);
    **fetcher = (struct fetcher){.settings = *settings, .curl = curl, .multi = multi};
    return STATUS_OK;
}

static void transfer_free(struct fetcher *fetcher, struct transfer *transfer)
{
    if (transfer->easy) {
        (void)fetcher->curl.multi_remove_handle(fetcher->multi, transfer->easy);
        transfer->curl->easy_cleanup(transfer->easy);
    }
    transfer->curl->slist_free_all(transfer->headers);
    buf_done(&transfer->body);
    arena_done(&transfer->arena);
    memory_free(transfer);
}

static void free_all(struct fetcher *fetcher, struct transfer *transfer)
{
    while (transfer) {
        struct transfer *next = transfer->next;
        transfer_free(fetcher, transfer);
        transfer = next;
    }
}

void fetcher_free(struct fetcher *fetcher)
{
    if (!fetcher) {
        return;
    }
    free_all(fetcher, fetcher->running);
    free_all(fetcher, fetcher->ended);
    free_all(fetcher, fetcher->taken);
    (void)fetcher->curl.multi_cleanup(fetcher->multi);
    curl_library_close(&fetcher->curl);
    memory_free(fetcher);
}

static void append(struct transfer **list, struct transfer *transfer)
{
    while (*list) {
        list = &(*list)->next;
    }
    transfer->next = NULL;
    *list = transfer;
}

/* ---- one transfer ---------------------------------------------------------------------------- */

/* What a page says that leads on or tells of an error is not wanted. */
static size_t take_bytes(char *bytes, size_t unit, size_t count, void *context)
{
    struct transfer *transfer = context;
    size_t len = unit * count;
    long code = 0;
    (void)transfer->curl->easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &code);
    if (len > transfer->fetcher->settings.limit_len - transfer->seen_len) {
        transfer->too_large = true;
        return 0;
    }
    transfer->seen_len += len;
    if (code < 300) {
        buf_add(&transfer->body, (str){bytes, len});
    }
    return len;
}

/* Networks that are nobody else's: this machine, RFC 1918, 3927, 4193, 4291, 6598. */
static bool is_private(const char *address)
{
    static const char *const starts[] = {"127.", "10.", "192.168.", "169.254.", "0.", "::ffff:",
                                         "fe8",  "fe9", "fea",      "feb",      "fc", "fd"};
    unsigned first = 0, second = 0;
    char *end = NULL;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        if (strncmp(address, starts[i], strlen(starts[i])) == 0) {
            return true;
        }
    }
    first = (unsigned)strtoul(address, &end, 10);
    if (*end == '.') {
        second = (unsigned)strtoul(end + 1, NULL, 10);
    }
    return strcmp(address, "::1") == 0 || strcmp(address, "::") == 0 ||
           (first == 172 && second >= 16 && second < 32) ||
           (first == 100 && second >= 64 && second < 128);
}

/* Before anything is sent on a connection. */
static int check_peer(void *context, char *peer, char *own, int peer_port, int own_port)
{
    struct transfer *transfer = context;
    (void)own, (void)peer_port, (void)own_port;
    bool private = is_private(peer);
    transfer->strayed = private && transfer->request.from_public;
    transfer->met_public |= !private;
    return transfer->strayed ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

static void add_condition(struct transfer *transfer, const char *name, str value)
{
    if (value.len) {
        str line = arena_format(&transfer->arena, "%s: %.*s", name, STR_ARG(value));
        transfer->headers = transfer->curl->slist_append(transfer->headers, line.ptr);
    }
}

static void set_options(struct transfer *transfer)
{
    CURL *easy = transfer->easy;
    const struct fetch_settings *settings = &transfer->fetcher->settings;
    long seconds = settings->seconds;
    const struct {
        CURLoption option;
        long value;
    } numbers[] = {
        {CURLOPT_NOSIGNAL, 1},
        {CURLOPT_CONNECTTIMEOUT, seconds < FETCH_CONNECT_SECONDS ? seconds : FETCH_CONNECT_SECONDS},
        {CURLOPT_TIMEOUT, seconds},
        {CURLOPT_LOW_SPEED_LIMIT, 50},
        {CURLOPT_LOW_SPEED_TIME, seconds < FETCH_SLOW_SECONDS ? seconds : FETCH_SLOW_SECONDS},
        {CURLOPT_FILETIME, 0},
    };
    const struct {
        CURLoption option;
        const char *value;
    } texts[] = {
        {CURLOPT_URL, transfer->request.url.ptr},
        {CURLOPT_USERAGENT, settings->agent},
        {CURLOPT_ACCEPT_ENCODING, ""},
        {CURLOPT_PROTOCOLS_STR, "http,https"},
    };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        (void)transfer->curl->easy_setopt(easy, numbers[i].option, numbers[i].value);
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        (void)transfer->curl->easy_setopt(easy, texts[i].option, texts[i].value);
    }
    add_condition(transfer, "If-None-Match", transfer->request.etag);
    add_condition(transfer, "If-Modified-Since", transfer->request.modified);
    (void)transfer->curl->easy_setopt(easy, CURLOPT_HTTPHEADER, transfer->headers);
    (void)transfer->curl->easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_bytes);
    (void)transfer->curl->easy_setopt(easy, CURLOPT_WRITEDATA, transfer);
    (void)transfer->curl->easy_setopt(easy, CURLOPT_PREREQFUNCTION, check_peer);
    (void)transfer->curl->easy_setopt(easy, CURLOPT_PREREQDATA, transfer);
    (void)transfer->curl->easy_setopt(easy, CURLOPT_PRIVATE, transfer);
}

/* A file is read at once, by the rules for files. */
static void read_file(struct transfer *transfer)
{
    CURLU *url = transfer->curl->url();
    char *path = NULL;
    str bytes = STR_NONE;
    enum status status = STATUS_OK;
    if (!url ||
        transfer->curl->url_set(url, CURLUPART_URL, transfer->request.url.ptr, 0) != CURLUE_OK ||
        transfer->curl->url_get(url, CURLUPART_PATH, &path, CURLU_URLDECODE) != CURLUE_OK) {
        status = error_path(&transfer->fault, STATUS_BAD_INPUT, transfer->request.shown.ptr,
                            "it names no file");
    }
    if (status == STATUS_OK) {
        status = file_read(&transfer->arena, path, transfer->fetcher->settings.limit_len, &bytes,
                           &transfer->fault);
    }
    if (status == STATUS_OK) {
        buf_add(&transfer->body, bytes);
    }
    transfer->curl->free(path);
    transfer->curl->url_cleanup(url);
}

void fetcher_add(struct fetcher *fetcher, const struct fetch_request *request)
{
    struct transfer *transfer = memory_new(1, sizeof *transfer);
    str *const texts[] = {&transfer->request.url, &transfer->request.shown, &transfer->request.etag,
                          &transfer->request.modified};
    transfer->fetcher = fetcher;
    transfer->curl = &fetcher->curl;
    transfer->request = *request;
    if (!request->shown.len) {
        transfer->request.shown = request->url;
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        *texts[i] = texts[i]->ptr ? arena_str(&transfer->arena, *texts[i]) : STR_NONE;
    }
    if (request->is_given && url_is_file(request->url)) {
        read_file(transfer);
        append(&fetcher->ended, transfer);
        return;
    }
    transfer->easy = fetcher->curl.easy_init();
    if (transfer->easy) {
        set_options(transfer);
    }
    if (transfer->easy &&
        fetcher->curl.multi_add_handle(fetcher->multi, transfer->easy) == CURLM_OK) {
        append(&fetcher->running, transfer);
        return;
    }
    transfer->curl->easy_cleanup(transfer->easy);
    transfer->easy = NULL;
    (void)!error_path(&transfer->fault, STATUS_IO, transfer->request.shown.ptr,
                      "libcurl cannot begin it; try again later");
    append(&fetcher->ended, transfer);
}

static void end_transfer(struct fetcher *fetcher, CURL *easy, CURLcode code)
{
    char *context = NULL;
    (void)fetcher->curl.easy_getinfo(easy, CURLINFO_PRIVATE, &context);
    struct transfer *transfer = (struct transfer *)(void *)context;
    for (struct transfer **at = &fetcher->running; *at; at = &(*at)->next) {
        if (*at == transfer) {
            *at = transfer->next;
            break;
        }
    }
    transfer->code = code;
    append(&fetcher->ended, transfer);
}

void fetcher_work(struct fetcher *fetcher, int milliseconds)
{
    int running = 0, left = 0;
    if (milliseconds > 0 && !fetcher->ended) {
        (void)fetcher->curl.multi_poll(fetcher->multi, NULL, 0, milliseconds, NULL);
    }
    (void)fetcher->curl.multi_perform(fetcher->multi, &running);
    for (CURLMsg *message; (message = fetcher->curl.multi_info_read(fetcher->multi, &left));) {
        if (message->msg == CURLMSG_DONE) {
            end_transfer(fetcher, message->easy_handle, message->data.result);
        }
    }
}

/* ---- answers --------------------------------------------------------------------------------- */

/* Why nothing came, and whether that will be so tomorrow. What is not here is told in the library's
 * words. */
static const struct {
    CURLcode code;
    bool is_lasting;
    const char *what;
} curl_rows[] = {
    {CURLE_COULDNT_RESOLVE_HOST, false, "no such host is known; check the address and the network"},
    {CURLE_COULDNT_CONNECT, false, "the host takes no connection; try again later"},
    {CURLE_OPERATION_TIMEDOUT, false, "no whole answer in time; try again later"},
    {CURLE_UNSUPPORTED_PROTOCOL, true, "it is neither http nor https, which is not followed"},
    {CURLE_URL_MALFORMAT, true, "it is no address; check it"},
    {CURLE_PARTIAL_FILE, false, "the answer was cut off; try again later"},
    {CURLE_RECV_ERROR, false, "the answer was cut off; try again later"},
    {CURLE_GOT_NOTHING, false, "the host gave no answer; try again later"},
    {CURLE_BAD_CONTENT_ENCODING, false, "its compression is damaged; try again later"},
    {CURLE_PEER_FAILED_VERIFICATION, false,
     "its certificate cannot be trusted; check the address and this machine's clock"},
};

static const struct {
    int code;
    bool is_lasting;
    const char *what;
} http_rows[] = {
    {401, true, "it wants a password (401); save the page and import the file"},
    {402, true, "it wants to be paid (402); save the page and import the file"},
    {403, true, "the server refuses it (403); save the page and import the file"},
    {404, true, "there is no such page (404); check the address"},
    {410, true, "it is gone for good (410); remove the source"},
    {429, false, "the server was asked too often (429); try again later"},
    {451, true, "it is withheld by law (451)"},
    {503, false, "the server is busy (503); try again later"},
};

static void tell_fault(const struct transfer *transfer, struct fetch_answer *answer,
                       bool is_lasting, const char *what)
{
    answer->is_lasting = is_lasting;
    (void)!error_path(&answer->fault, transfer->too_large ? STATUS_TOO_LARGE : STATUS_IO,
                      transfer->request.shown.ptr, what);
}

static void tell_code(const struct transfer *transfer, struct fetch_answer *answer)
{
    char what[100];
    for (size_t i = 0; i < sizeof http_rows / sizeof *http_rows; i++) {
        if (http_rows[i].code == answer->code) {
            tell_fault(transfer, answer, http_rows[i].is_lasting, http_rows[i].what);
            return;
        }
    }
    (void)snprintf(what, sizeof what, "the server %s (%d); try again later",
                   answer->code < 400   ? "leads on without saying where"
                   : answer->code < 500 ? "refuses it"
                                        : "has trouble of its own",
                   answer->code);
    tell_fault(transfer, answer, answer->code < 500, what);
}

static void tell_failure(const struct transfer *transfer, struct fetch_answer *answer)
{
    char what[100];
    (void)snprintf(what, sizeof what, "it is larger than the limit of %zu MB (setting fetch-limit)",
                   transfer->fetcher->settings.limit_len >> 20);
    if (transfer->too_large) {
        tell_fault(transfer, answer, true, what);
        return;
    }
    if (transfer->strayed) {
        tell_fault(transfer, answer, true,
                   "its host is in a private network, where no public page may lead");
        return;
    }
    for (size_t i = 0; i < sizeof curl_rows / sizeof *curl_rows; i++) {
        if (curl_rows[i].code == transfer->code) {
            tell_fault(transfer, answer, curl_rows[i].is_lasting, curl_rows[i].what);
            return;
        }
    }
    tell_fault(transfer, answer, false, transfer->curl->easy_strerror(transfer->code));
}

/* A header's value, or STR_NONE when it is too long or holds anything but printable ASCII. */
static str header_of(struct transfer *transfer, const char *name)
{
    struct curl_header *header = NULL;
    if (transfer->curl->easy_header(transfer->easy, name, 0, CURLH_HEADER, -1, &header) !=
        CURLHE_OK) {
        return STR_NONE;
    }
    str value = str_trim(str_from(header->value));
    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] < ' ' || value.ptr[i] > '~') {
            return STR_NONE;
        }
    }
    return value.len && value.len <= HEADER_LIMIT_LEN ? arena_str(&transfer->arena, value)
                                                      : STR_NONE;
}

/* "text/html; charset="utf-8"" */
static void read_media(struct transfer *transfer, struct fetch_answer *answer)
{
    str rest = header_of(transfer, "Content-Type"), part;
    if (!str_next(&rest, ';', &part)) {
        return;
    }
    answer->media = str_trim(part);
    while (str_next(&rest, ';', &part)) {
        size_t sign = str_find_byte(part, '=', 0);
        str value = str_trim(str_slice(part, sign == STR_MISSING ? part.len : sign + 1, part.len));
        bool quoted = value.len > 1 && value.ptr[0] == '"' && value.ptr[value.len - 1] == '"';
        if (str_equal_ascii_fold(str_trim(str_slice(part, 0, sign)), STR("charset"))) {
            answer->charset = quoted ? str_slice(value, 1, value.len - 1) : value;
        }
    }
}

static void read_answer(struct transfer *transfer, struct fetch_answer *answer)
{
    long code = 0;
    curl_off_t wait = 0;
    char *next = NULL;
    (void)transfer->curl->easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &code);
    (void)transfer->curl->easy_getinfo(transfer->easy, CURLINFO_RETRY_AFTER, &wait);
    (void)transfer->curl->easy_getinfo(transfer->easy, CURLINFO_REDIRECT_URL, &next);
    answer->code = (int)code;
    answer->is_public = transfer->met_public;
    bool sound = transfer->code == CURLE_OK && !transfer->too_large;
    if (sound && code == 304 && (transfer->request.etag.len || transfer->request.modified.len)) {
        answer->outcome = FETCH_UNCHANGED;
    } else if (sound && next) {
        answer->outcome = FETCH_MOVED;
        answer->for_good = code == 301 || code == 308;
        answer->url = url_tidy(&transfer->arena, str_from(next));
    } else if (sound && code >= 200 && code < 300) {
        answer->bytes = buf_str(&transfer->body);
        answer->etag = header_of(transfer, "ETag");
        answer->modified = header_of(transfer, "Last-Modified");
        read_media(transfer, answer);
    } else {
        answer->outcome = FETCH_FAILED;
        answer->wait_seconds = (code == 429 || code == 503) && wait > 0 ? (int64_t)wait : 0;
        if (sound) {
            tell_code(transfer, answer);
        } else {
            tell_failure(transfer, answer);
        }
    }
}

bool fetcher_take(struct fetcher *fetcher, struct fetch_answer *answer)
{
    free_all(fetcher, fetcher->taken);
    fetcher->taken = NULL;
    struct transfer *transfer = fetcher->ended;
    if (!transfer) {
        return false;
    }
    fetcher->ended = transfer->next;
    transfer->next = NULL;
    fetcher->taken = transfer;
    *answer =
        (struct fetch_answer){.context = transfer->request.context, .url = transfer->request.url};
    if (transfer->easy) {
        read_answer(transfer, answer);
    } else if (transfer->fault.status == STATUS_OK) {
        answer->bytes = buf_str(&transfer->body);
    } else {
        answer->outcome = FETCH_FAILED;
        answer->fault = transfer->fault;
    }
    return true;
}

#else

bool fetch_supported(void)
{
    return false;
}

enum status fetcher_new(const struct fetch_settings *settings, struct fetcher **fetcher,
                        struct error *err)
{
    (void)settings;
    *fetcher = NULL;
    return error_set(
        err, STATUS_UNSUPPORTED,
        "addresses are not supported by this build (it was made without libcurl); save "
        "the pages and import the files");
}

void fetcher_free(struct fetcher *fetcher)
{
    (void)fetcher;
}

void fetcher_add(struct fetcher *fetcher, const struct fetch_request *request)
{
    (void)fetcher, (void)request;
}

void fetcher_work(struct fetcher *fetcher, int milliseconds)
{
    (void)fetcher, (void)milliseconds;
}

bool fetcher_take(struct fetcher *fetcher, struct fetch_answer *answer)
{
    (void)fetcher, (void)answer;
    return false;
}

#endif
