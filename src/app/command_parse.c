/* dossier parse: the program as the parser process of another one (parser.h); for no person. */
#include <fcntl.h>

#include "app/command.h"
#include "app/parser.h"
#include "app/report.h"

int command_parse(const struct environment *environment, const struct arguments *arguments)
{
    struct error err = {0};
    struct arena scratch = {0};
    struct clean_rules *rules = NULL;
    int64_t descriptor = -1;
    enum status status = arguments_number(arguments, OPTION_WORKER, 3, 1023, &descriptor, &err);
    if (status == STATUS_OK && (descriptor < 0 || fcntl((int)descriptor, F_SETFD, FD_CLOEXEC) != 0))
        status = error_set(&err, STATUS_USAGE, "parse: dossier starts this itself when it imports");
    str folder = arena_format(&scratch, "%s/rules", environment->data_folder);
    if (status == STATUS_OK)
        status = clean_rules_open(folder.ptr, &rules, &err);
    if (status == STATUS_OK) {
        struct encoding_tables *tables = encoding_tables_open();
        parser_serve((int)descriptor, rules);
        encoding_tables_close(tables);
        clean_rules_close(rules);
    }
    arena_done(&scratch);
    return report_status(status, &err);
}
