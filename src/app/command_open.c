/* dossier open */
#include "app/output.h"
#include "app/report.h"

/* The byte at which a character of the text stands; its length for the place after the last one.
 * False beyond that. */
static bool find_point(str text, int64_t point, uint32_t *byte)
{
    size_t at = 0;
    for (; at < text.len && point >= 0; at++)
        if (((unsigned char)text.ptr[at] & 0xC0) != 0x80 && point-- == 0)
            break;
    *byte = (uint32_t)at;
    return point <= 0;
}

/* Reads ARTICLE or ARTICLE@OFFSET and finds the place in the dossier. */
static enum status find_place(struct report *report, str text, struct reader_request *request)
{
    size_t sign = str_find_byte(text, '@', 0);
    bool has_offset = sign != STR_MISSING;
    int64_t article = 0, offset = 0;
    if (!str_to_int(str_slice(text, 0, has_offset ? sign : text.len), &article) ||
        (has_offset && !str_to_int(str_slice(text, sign + 1, text.len), &offset)) || offset < 0)
        return error_set(&report->err, STATUS_USAGE,
                         "open: %.*s: give an article's number and a character of its text, as "
                         "12@340",
                         STR_ARG(text));
    struct stored_article stored = {0};
    enum status status =
        store_get_article(report->store, &report->arena, article, &stored, &report->err);
    if (status == STATUS_NOT_FOUND)
        return error_set(&report->err, status,
                         "%lld: no article has that number; `dossier list` shows them",
                         (long long)article);
    if (status == STATUS_OK && !find_point(stored.article.text, offset, &request->offset))
        return error_set(&report->err, STATUS_NOT_FOUND,
                         "%.*s: the article's text is shorter than that; `dossier show --json "
                         "%lld` has it",
                         STR_ARG(text), (long long)article);
    request->article = article;
    return status;
}

int command_open(const struct environment *environment, const struct arguments *arguments)
{
    struct report report;
    struct reader_request request = {0};
    struct error err = {0};
    struct arguments left = *arguments;
    if (left.word_count == 2) {
        left.values[OPTION_FILE] = left.words[0];
        left.words++;
        left.word_count--;
    }
    enum status status = report_begin(&report, environment, &left);
    if (status == STATUS_OK)
        status = find_place(&report, str_from(left.words[0]), &request);
    int result = report_end(&report, status);
    if (status != STATUS_OK)
        return result;
    status = report_dossier(environment, &left, false, &request.dossier, &err);
    return status == STATUS_OK ? session_run(environment, &request) : report_status(status, &err);
}
