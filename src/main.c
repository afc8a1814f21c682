#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "app/command.h"

/* Descriptors 0-2 are taken before anything else is opened, so that no file of ours becomes
 * standard output. A closed one is opened the wrong way round: reading ends at once and writing
 * fails as it would have. */
static bool standard_descriptors(void)
{
    static const int modes[] = {O_RDONLY, O_RDONLY, O_WRONLY};
    for (int descriptor = 0; descriptor <= 2; descriptor++)
        if (fcntl(descriptor, F_GETFD) < 0 && open("/dev/null", modes[descriptor]) != descriptor)
            return false;
    return true;
}

/* Text is UTF-8 everywhere; numbers are written with a full stop. */
static void set_locale(void)
{
    if (!setlocale(LC_ALL, "") || strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        (void)setlocale(LC_ALL, "C.UTF-8");
    (void)setlocale(LC_NUMERIC, "C");
}

static void ignore_signals(void)
{
    struct sigaction ignored = {.sa_handler = SIG_IGN};
    sigemptyset(&ignored.sa_mask);
    (void)sigaction(SIGPIPE, &ignored, NULL);
    (void)sigaction(SIGXFSZ, &ignored, NULL);
}

int main(int argument_count, char **arguments)
{
    if (!standard_descriptors())
        return EXIT_USAGE;
    ignore_signals();
    set_locale();
    return command_main(argument_count, arguments);
}
