#!/bin/sh
# Every string that leaves the process passes one gate (DESIGN section 9.1): only the files named
# below may call what prints, and nobody starts a shell (section 9.7).
#   check_output_gate.sh SRC           every breach as file:line: message; status 1 when there is one
#   check_output_gate.sh --self-test   shows that planted breaches are found and that clean code passes
set -eu
here=$(cd "$(dirname "$0")" && pwd)

check() { # SRC
    cd "$1"
    find . -name '*.[ch]' | sed 's|^\./||' | LC_ALL=C sort | xargs awk -f "$here/support/strip_c.awk" |
        awk '
BEGIN {
    # what prints, by means
    stdio = "printf vprintf fprintf vfprintf dprintf vdprintf puts fputs putc fputc putchar" \
        " putchar_unlocked putc_unlocked fwrite fputws fputwc putwchar wprintf fwprintf perror" \
        " psignal psiginfo err errx warn warnx error syslog stdout stderr"
    raw = "write pwrite writev send sendmsg sendto STDOUT_FILENO STDERR_FILENO"
    curses = "addch waddch mvaddch mvwaddch addstr waddstr mvaddstr mvwaddstr addnstr waddnstr" \
        " mvaddnstr mvwaddnstr addwstr waddwstr mvaddwstr mvwaddwstr addnwstr waddnwstr" \
        " mvaddnwstr mvwaddnwstr add_wch wadd_wch mvadd_wch mvwadd_wch add_wchstr wadd_wchstr" \
        " add_wchnstr wadd_wchnstr addchstr waddchstr insch winsch insstr winsstr ins_wstr" \
        " echochar wechochar printw wprintw mvprintw mvwprintw vw_printw setcchar tputs putp" \
        " slk_set term_attrs scr_dump"
    shell = "system popen execl execlp execle wordexp"

    # file: means or single names that it may use
    may["app/output.c"] = stdio " " raw
    may["tui/terminal.c"] = "write STDOUT_FILENO tputs putp"
    may["tui/terminal_frame.c"] = "STDOUT_FILENO " curses
    may["tui/terminal_output.c"] = "write STDOUT_FILENO"
    may["tui/terminal_type.c"] = "STDOUT_FILENO"
    may["base/file.c"] = "write"
    may["app/history.c"] = "write" # to the file of typed lines
    may["app/parser_message.c"] = "send" # between processes of the program
    may["base/memory.c"] = "write STDERR_FILENO fputs stderr"

    count = split(stdio " " raw " " curses " " shell, names, " ")
    status = 0
}

function listed(name, list) { return index(" " list " ", " " name " ") > 0 }

{
    split($0, part, ":")
    file = part[1]
    place = part[1] ":" part[2]
    code = substr($0, length(place) + 2)
    for (i = 1; i <= count; i++) {
        name = names[i]
        if (!index(code, name)) continue
        # The streams and descriptors count wherever they are named, functions where they are called.
        end = name ~ /^std|_FILENO$/ ? "([^A-Za-z0-9_]|$)" : "[ \t]*\\("
        if (code ~ ("(^|[^A-Za-z0-9_.>])" name end) && !(file in may && listed(name, may[file]))) {
            if (listed(name, shell)) print place ": " name ": programs are started with execvp"
            else print place ": " name ": what is printed goes through the output gate"
            status = 1
        }
    }
}
END { exit status }'
}

planted() { # FILE LINE NAME: a tree with this one line must be refused.
    rm -rf "$tree" && mkdir -p "$tree/$(dirname "$1")"
    printf '/* a planted breach */\n%s\n' "$2" >"$tree/$1"
    if (check "$tree") >"$tree.out" 2>&1 || ! grep -qF "$1:2: $3:" "$tree.out"; then
        echo "not found: $1: $2"
        cat "$tree.out"
        failed=1
    fi
}

clean() { # FILE LINE: a tree with this one line must pass.
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
    planted app/list.c '    printf("%s", title);' printf
    planted app/list.c 'fprintf (stderr, "%s", path);' fprintf
    planted app/list.c 'run(stderr);' stderr
    planted main.c 'puts(title);' puts
    planted store/a.c 'perror(path);' perror
    planted ingest/a.c 'if (write(1, text, len) < 0)' write
    planted app/reader.c 'mvaddstr(0, 0, title);' mvaddstr
    planted tui/prompt.c 'waddnstr(window, text, 3);' waddnstr
    planted tui/prompt.c 'dup2(log, STDERR_FILENO);' STDERR_FILENO
    planted tui/canvas.c 'fputs(text, stdout);' fputs
    planted tui/terminal.c 'printf("%s", name);' printf
    planted base/file.c 'fwrite(text, 1, len, stdout);' fwrite
    planted app/open.c 'system(command);' system
    clean app/output.c 'fwrite(text, 1, len, stdout);'
    clean tui/terminal_frame.c 'waddnstr(window, text, 3);'
    clean base/file.c 'while (write(file, at, left) < 0)'
    clean app/list.c 'snprintf(line, sizeof line, "printf(%s)", x); /* puts(x) */'
    clean app/list.c 'output_write(out, text); list.write(x); error_set(err, STATUS_IO, "x");'
    [ "$failed" = 0 ] && echo "all planted breaches were found"
    return "$failed"
}

case ${1-} in
--self-test) self_test ;;
'') echo "usage: check_output_gate.sh SRC | --self-test" >&2; exit 2 ;;
*) check "$1" ;;
esac
