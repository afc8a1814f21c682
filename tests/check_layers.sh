#!/bin/sh
# Who may include whom, and who may call what (DESIGN section 2).
#   check_layers.sh SRC           every breach as file:line: message; status 1 when there is one
#   check_layers.sh --self-test   shows that planted breaches are found and that clean code passes
set -eu
here=$(cd "$(dirname "$0")" && pwd)

check() { # SRC
    cd "$1"
    find . -name '*.[ch]' | sed 's|^\./||' | LC_ALL=C sort | xargs awk -f "$here/support/strip_c.awk" |
        awk '
BEGIN {
    # layer: layers it may use besides itself
    uses["base"] = ""
    uses["text"] = "base"
    uses["model"] = "base"
    uses["ingest"] = "base text model"
    uses["analyse"] = "base text model"
    uses["store"] = "base model"
    uses["tui"] = "base text"
    uses["app"] = "base text model ingest analyse store tui"
    uses["main.c"] = "app"

    # Headers of the C library that depend on nothing outside the program: for everyone.
    everyone = "assert errno float inttypes limits math stdalign stdarg stdbool stddef stdint" \
        " stdio stdlib stdnoreturn string"
    # layer or file: further headers, without .h; * stands for the rest of a name
    headers["base"] = "dirent fcntl poll sys/mman sys/stat sys/types unistd"
    headers["text"] = "uni* iconv"
    headers["ingest"] = "jansson gumbo libxml/* archive archive_entry zlib gmime/* cmark curl/curl" \
        " dlfcn fcntl poll signal sys/resource sys/stat sys/types sys/wait unistd"
    headers["store"] = "sqlite3 zlib fcntl sys/stat sys/statvfs sys/types unistd"
    headers["tui"] = "curses ncurses term wchar fcntl poll signal sys/ioctl sys/mman sys/stat sys/types sys/wait" \
        " termios unistd"
    headers["tui/terminal.c"] = "time"
    headers["app"] = "dirent fcntl getopt langinfo locale poll pthread pwd signal stdatomic sys/file sys/ioctl" \
        " sys/resource sys/socket sys/stat sys/types sys/wait termios time unistd wchar"
    headers["main.c"] = headers["app"]

    # No clock, locale, time zone or environment below app/: they are parameters.
    split("getenv secure_getenv setenv putenv setlocale newlocale uselocale nl_langinfo" \
        " localeconv time localtime localtime_r gmtime gmtime_r mktime strftime tzset" \
        " clock clock_gettime gettimeofday", forbidden, " ")
    # file: calls it cannot do without
    allowed["tui/terminal.c"] = "clock_gettime"
    status = 0
}

function complain(message) {
    print place ": " message
    status = 1
}

function listed(name, list,    words, count, i, word) {
    count = split(list, words, " ")
    for (i = 1; i <= count; i++) {
        word = words[i]
        if (word == name) return 1
        if (word ~ /\*$/ && index(name, substr(word, 1, length(word) - 1)) == 1) return 1
    }
    return 0
}

{
    split($0, part, ":")
    file = part[1]
    place = part[1] ":" part[2]
    code = substr($0, length(place) + 2)
    layer = file
    if (index(file, "/")) sub(/\/.*/, "", layer)
    if (!(layer in uses)) {
        complain("no layer is called " layer)
        next
    }

    if (code ~ /^[ \t]*#[ \t]*include[ \t]*"/) {
        name = code
        sub(/^[^"]*"/, "", name)
        sub(/".*/, "", name)
        from = name
        if (!index(name, "/")) complain("\"" name "\": name the layer as well")
        else {
            sub(/\/.*/, "", from)
            if (from != layer && !listed(from, uses[layer]))
                complain(layer " may not include " from " (\"" name "\")")
        }
    } else if (code ~ /^[ \t]*#[ \t]*include[ \t]*</) {
        name = code
        sub(/^[^<]*</, "", name)
        sub(/\.h>.*/, "", name)
        if (!listed(name, everyone) && !listed(name, headers[layer]) &&
            !(file in headers && listed(name, headers[file])))
            complain(layer " may not include <" name ".h>")
    } else if (code ~ /^[ \t]*#[ \t]*include/) {
        complain("an include that cannot be checked")
    } else if (layer != "app" && layer != "main.c") {
        for (i in forbidden)
            if (index(code, forbidden[i]) &&
                code ~ ("(^|[^A-Za-z0-9_.>])" forbidden[i] "[ \t]*\\(") &&
                !(file in allowed && listed(forbidden[i], allowed[file])))
                complain(forbidden[i] "() belongs to app/: take it as a parameter")
    }
}
END { exit status }'
}

# planted FILE LINE EXPECTED: a tree with this one line must be refused with these words.
planted() {
    rm -rf "$tree" && mkdir -p "$tree/$(dirname "$1")"
    printf '/* a planted breach */\n%s\n' "$2" >"$tree/$1"
    if (check "$tree") >"$tree.out" 2>&1 || ! grep -qF "$1:2: $3" "$tree.out"; then
        echo "not found: $1: $2"
        cat "$tree.out"
        failed=1
    fi
}

# clean FILE LINE: a tree with this one line must pass.
clean() {
    rm -rf "$tree" && mkdir -p "$tree/$(dirname "$1")"
    printf '%s\n' "$2" >"$tree/$1"
    if ! (check "$tree") >"$tree.out" 2>&1; then
        echo "refused without reason: $1: $2"
        cat "$tree.out"
        failed=1
    fi
}

self_test() {
    top=$(mktemp -d)
    trap 'rm -rf "$top"' EXIT
    tree=$top/src
    failed=0
    planted base/a.c '#include "text/utf8.h"' 'base may not include text'
    planted text/a.h '#include "model/article.h"' 'text may not include model'
    planted model/a.h '#  include "text/utf8.h"' 'model may not include text'
    planted ingest/a.c '#include "analyse/analyse.h"' 'ingest may not include analyse'
    planted analyse/a.c '#include "store/store.h"' 'analyse may not include store'
    planted store/a.c '#include "text/fold.h"' 'store may not include text'
    planted tui/a.c '#include "model/article.h"' 'tui may not include model'
    planted tui/a.c '#include "app/app.h"' 'tui may not include app'
    planted main.c '#include "store/store.h"' 'main.c may not include store'
    planted app/a.c '#include "../tests/x.h"' 'app may not include ..'
    planted app/a.c '#include "app.h"' '"app.h": name the layer as well'
    planted app/a.c '#include <sqlite3.h>' 'app may not include <sqlite3.h>'
    planted app/a.c '#include <curses.h>' 'app may not include <curses.h>'
    planted app/a.c '#include <zlib.h>' 'app may not include <zlib.h>'
    planted app/a.c '#include <libxml/tree.h>' 'app may not include <libxml/tree.h>'
    planted text/a.c '#include <archive.h>' 'text may not include <archive.h>'
    planted app/a.c '#include <gmime/gmime.h>' 'app may not include <gmime/gmime.h>'
    planted app/a.c '#include <curl/curl.h>' 'app may not include <curl/curl.h>'
    planted model/a.c '#include <cmark.h>' 'model may not include <cmark.h>'
    planted store/a.c '#include <jansson.h>' 'store may not include <jansson.h>'
    planted analyse/a.c '#include <unicase.h>' 'analyse may not include <unicase.h>'
    planted analyse/a.c '#include <time.h>' 'analyse may not include <time.h>'
    planted tui/canvas.c '#include <time.h>' 'tui may not include <time.h>'
    planted text/a.c '#include <locale.h>' 'text may not include <locale.h>'
    planted base/a.c '#include HEADER' 'an include that cannot be checked'
    planted base/a.c 'x = getenv("HOME");' 'getenv() belongs to app/'
    planted store/a.c '    now = time (NULL);' 'time() belongs to app/'
    planted tui/a.c 'setlocale(LC_ALL, "");' 'setlocale() belongs to app/'
    planted analyse/a.c '"a" /* b */; localtime(&t); // c' 'localtime() belongs to app/'
    planted other/a.c 'int x;' 'no layer is called other'
    clean base/a.c '#include <stdio.h>'
    clean text/a.c '#include <uniwidth.h>'
    clean store/a.c '#include <sqlite3.h>'
    clean tui/terminal.c '#include <time.h>'
    clean tui/terminal.c 'clock_gettime(CLOCK_MONOTONIC, &now);'
    clean app/a.c '#include "store/store.h"'
    clean app/a.c 'now = time(NULL);'
    clean main.c '#include "app/app.h"'
    clean main.c 'setlocale(LC_ALL, "");'
    clean model/a.c '/* #include "app/app.h" */'
    clean model/a.c 'x = "getenv(a)"; /* time(NULL) */'
    clean model/a.c 'at_time(x); row->time(y); moment.time(z);'
    [ "$failed" = 0 ] && echo "all planted breaches were found"
    return "$failed"
}

case ${1-} in
--self-test) self_test ;;
'') echo "usage: check_layers.sh SRC | --self-test" >&2; exit 2 ;;
*) check "$1" ;;
esac
