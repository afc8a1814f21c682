/* dossier export */
#include "app/export.h"
#include "app/output.h"

int command_export(const struct environment *environment, const struct arguments *arguments)
{
    struct report report;
    struct export export = {.report = &report};
    bool as_markdown = arguments_has(arguments, OPTION_MARKDOWN);
    enum status status = report_begin(&report, environment, arguments);
    if (status == STATUS_OK && as_markdown == arguments_has(arguments, OPTION_HTML))
        status = error_set(&report.err, STATUS_USAGE,
                           "export: say --markdown (a folder) or --html (a file)");
    if (status == STATUS_OK)
        status = (as_markdown ? export_markdown : export_html)(&export, arguments->words[0]);
    if (status == STATUS_NOT_FOUND) /* no name that was asked for: the place to write to */
        status = STATUS_IO;
    if (status == STATUS_OK)
        output_note("%s: %lld articles, %lld people, %lld days and periods", arguments->words[0],
                    (long long)export.article_count, (long long)export.person_count,
                    (long long)export.day_count);
    arena_done(&export.article_arena);
    return report_end(&report, status);
}
