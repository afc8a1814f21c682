# C source without comments and without what stands in string and character literals, as
# "file:line:code". Include lines keep their file name.

function strip(line,    out, at, rest) {
    out = ""
    rest = line
    while (rest != "") {
        if (in_comment) {
            at = index(rest, "*/")
            if (!at) return out
            rest = substr(rest, at + 2)
            in_comment = 0
            out = out " "
        } else if (match(rest, /\/\*|\/\/|"|'/)) {
            out = out substr(rest, 1, RSTART - 1)
            if (substr(rest, RSTART, RLENGTH) == "/*") {
                in_comment = 1
                rest = substr(rest, RSTART + 2)
            } else if (substr(rest, RSTART, RLENGTH) == "//") {
                return out
            } else {
                rest = substr(rest, RSTART)
                if (!match(rest, /^"([^"\\]|\\.)*"/) && !match(rest, /^'([^'\\]|\\.)*'/)) return out
                out = out substr(rest, 1, 1) substr(rest, 1, 1)
                rest = substr(rest, RLENGTH + 1)
            }
        } else {
            return out rest
        }
    }
    return out
}

FNR == 1 { in_comment = 0 }
!in_comment && /^[ \t]*#[ \t]*include[ \t]/ { print FILENAME ":" FNR ":" $0; next }
{ print FILENAME ":" FNR ":" strip($0) }
