# Completion for bash. Made by `dossier generate bash`.
_dossier() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
    local command='' options='' words='' files=0 i
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        -f|--file|--published|--kind|--from|--to|--person|--where|--jobs|--limit) ((i++)) ;;
        -*) ;;
        *) command=${COMP_WORDS[i]}; break ;;
        esac
    done
    COMPREPLY=()
    case $before in
    -f|--file) mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
    --kind) mapfile -t COMPREPLY < <(compgen -W 'person place organisation' -- "$word"); return ;;
    -f|--file|--published|--kind|--from|--to|--person|--where|--jobs|--limit) return ;;
    esac
    case $command in
    '') options='--file --help --version' files=1 words='import update sources overview list open show people card mentions names timeline search searches bookmarks watch export inspect keys help' ;;
    import) options='--file --published --no-file-time --full-text --jobs --help --version' files=1 words='' ;;
    update) options='--file --full-text --quiet --jobs --help --version' files=0 words='' ;;
    sources) options='--file --json --csv --tsv --limit --help --version' files=0 words='' ;;
    overview) options='--file --json --csv --tsv --limit --help --version' files=0 words='' ;;
    list) options='--file --unread --copies --json --csv --tsv --limit --help --version' files=0 words='' ;;
    open) options='--file --help --version' files=1 words='' ;;
    show) options='--file --raw --removed --json --help --version' files=0 words='' ;;
    people) options='--file --kind --json --csv --tsv --graphml --gexf --limit --help --version' files=0 words='' ;;
    card) options='--file --json --csv --tsv --limit --help --version' files=0 words='' ;;
    mentions) options='--file --where --json --csv --tsv --limit --help --version' files=0 words='' ;;
    names) options='--file --json --csv --tsv --limit --help --version' files=0 words='' ;;
    timeline) options='--file --from --to --person --undated --json --csv --tsv --ics --timelinejs --limit --help --version' files=0 words='' ;;
    search) options='--file --best-first --json --csv --tsv --limit --help --version' files=0 words='' ;;
    searches) options='--file --json --csv --tsv --limit --help --version' files=0 words='' ;;
    bookmarks) options='--file --json --csv --tsv --markdown --org --limit --help --version' files=0 words='' ;;
    watch) options='--file --json --csv --tsv --limit --help --version' files=0 words='' ;;
    export) options='--file --markdown --html --help --version' files=1 words='' ;;
    inspect) options='--published --jobs --json --help --version' files=1 words='' ;;
    keys) options='--check --json --help --version' files=0 words='' ;;
    help) options='--help --version' files=0 words='import update sources overview list open show people card mentions names timeline search searches bookmarks watch export inspect keys help' ;;
    *) files=1 ;;
    esac
    if [[ $word == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
        return
    fi
    mapfile -t COMPREPLY < <(
        compgen -W "$words" -- "$word"
        ((files)) && compgen -f -- "$word"
    )
}
complete -o filenames -F _dossier dossier
