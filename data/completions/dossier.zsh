#compdef dossier
# Made by `dossier generate zsh`.
_dossier() {
    local state line
    local -a commands
    commands=(
        'import:add pages from files, folders and addresses'
        'update:read the sources again\: feeds and pages that were imported by address'
        'sources:the feeds and pages that update reads, and what failed'
        'overview:the dossier at a glance\: counts, what waits for a decision, people, months'
        'list:the articles, newest first; only those that fit the query'
        'open:open the reader at a place of an article'
        'show:an article as clean text, by its number or words of its title'
        'people:people, places or organisations, the most mentioned first'
        'card:what is known of one name\: forms, roles, company, outlets, months'
        'mentions:every mention of a name in its context, by date'
        'names:the corrections of names that you made'
        'timeline:dated statements in order of time'
        'search:full-text search'
        'searches:the saved searches'
        'bookmarks:the bookmarked passages; `bookmarks import FILE` adds those of a file'
        'watch:the watch list\: how often each stands in the dossier, and what of it is new'
        'export:the whole dossier as a folder of Markdown files or as one HTML page'
        'inspect:clean and analyse without a dossier; one JSON object an article'
        'keys:the keys as they are bound now'
        'help:print help on a command'
    )
    _arguments -C \
            '(-f --file)'{-f,--file}'[the dossier to use]:FILE:_files' \
            '(-h --help)'{-h,--help}'[print this help]' \
            '--version[print the version]' \
            '1: :->first' '*:: :->rest'
    case $state in
    first)
        _describe command commands
        _files
        ;;
    rest)
        case $words[1] in
        import)
            _arguments \
            '(-f --file)'{-f,--file}'[the dossier to use]:FILE:_files' \
            '--published[publication day of pages that state none]:DATE: ' \
            '--no-file-time[files were copied\: their times bound no date]' \
            '--full-text[of feed items that hold a part only fetch the pages]' \
            '--jobs[work on N articles at a time]:N: ' \
            '(-h --help)'{-h,--help}'[print this help]' \
            '--version[print the version]' \
            '*: :_files'
            ;;
        update)
            _arguments \
            '(-f --file)'{-f,--file}'[the dossier to use]:FILE:_files' \
            '--full-text[of feed items that hold a part only fetch the pages]' \
            '(-q --quiet)'{-q,--quiet}'[say nothing but what failed]' \
            '--jobs[work on N articles at a time]:N: ' \
            '(-h --help)'{-h,--help}'[print this help]' \
            '--version[print the version]'
            ;;
        sources)
            _arguments \
            '(-f --file)'{-f,--file}'[the dossier to use]:FILE:_files' \
            '--json[print JSON, one object a line]' \
            '--csv[print comma-separated values (RFC 4180)]' \
            '--tsv[print tab-separated values]' \
            '--limit[print at most N rows]:N: ' \
            '(-h --help)'{-h,--help}'[print this help]' \
            '--version[print the version]'
            ;;
        overview)
            _arguments \
            '(-f --file)'{-f,--file}'[the dossier to use]:FILE:_files' \
            '--json[print JSON, one object a line]' \
            '--csv[print comma-separated values (RFC 4180)]' \
            '--tsv[print tab-separated values]' \
            '--limit[print at most N rows]:N: ' \
            '(-h --help)'{-h,--help}'[print this help]' \
            '--version[print the version]'
            ;;
        list)
            _arguments \
            '(-f --file)'{-f,--file}'[the dossier to use]:FILE:_files' \
            '--unread[only articles not read yet]' \
            '--copies[only copies of earlier articles, with what they are copies of]' \
            '--json[print JSON, one object a line]' \
            '--csv[print comma-separated values (RFC 4180)]' \
            '--tsv[print tab-separated values]' \
            '--limit[print at most N rows]:N: ' \
            '(-h --help)'{-h,--help}'[print this help]' \
            '--version[print the version]'
            ;;
        open)
            _arguments \
            '(-f --file)'{-f,--file}'[the dossier to use]:FILE:_files' \
            '(-h --help)'{-h,--help}'[print this help]' \
            '--version[print the version]' \
            '*: :_files'
            ;;
        show)
            _arguments \
            '(-f --file)'{-f,--file}'[the dossier to use]:FILE:_files' \
            '--raw[the page as it was imported]' \
            '--removed[with the removed pieces and why they were removed]' \
            '--json[print JSON, one object a line]' \
            '(-h --help)'{-h,--help}'[print this help]' \
            '--version[print the version]'
            ;;
        people)
            _arguments \
            '(-f --file)'{-f,--file}'[the dossier to use]:FILE:_files' \
            '--kind[person (the default), place or organisation]:KIND:(person place organisation)' \
            '--json[print JSON, one object a line]' \
            '--csv[print comma-separated values (RFC 4180)]' \
            '--tsv[print tab-separated values]' \
            '--graphml[print who appears with whom (GraphML)]' \
            '--gexf[print who appears with whom (GEXF 1.3)]' \
            '--limit[print at most N rows]:N: ' \
            '(-h --help)'{-h,--help}'[print this help]' \
            '--version[print the version]'
            ;;
        card)
            _arguments \
            '(-f --file)'{-f,--file}'[the dossier to use]:FILE:_files' \
            '--json[print JSON, one object a line]' \
            '--csv[print comma-separated values (RFC 4180)]' \
            '--tsv[print tab-separated values]' \
            '--limit[print at most N rows]:N: ' \
            '(-h --help)'{-h,--help}'[print this help]' \
            '--version[print the version]'
            ;;
        mentions)
            _arguments \
            '(-f --file)'{-f,--file}'[the dossier to use]:FILE:_files' \
            '--where[only mentions that fit the query]:QUERY: ' \
            '--json[print JSON, one object a line]' \
            '--csv[print comma-separated values (RFC 4180)]' \
            '--tsv[print tab-separated values]' \
            '--limit[print at most N rows]:N: ' \
            '(-h --help)'{-h,--help}'[print this help]' \
            '--version[print the version]'
            ;;
        names)
            _arguments \
            '(-f --file)'{-f,--file}'[the dossier to use]:FILE:_files' \
            '--json[print JSON, one object a line]' \
            '--csv[print comma-separated values (RFC 4180)]' \
            '--tsv[print tab-separated values]' \
            '--limit[print at most N rows]:N: ' \
            '(-h --help)'{-h,--help}'[print this help]' \
            '--version[print the version]'
            ;;
        timeline)
            _arguments \
            '(-f --file)'{-f,--file}'[the dossier to use]:FILE:_files' \
            '--from[only from this day, month or year on]:DATE: ' \
            '--to[only up to this day, month or year]:DATE: ' \
            '--person[only sentences that name this person]:NAME: ' \
            '--undated[instead, the statements that have no place in time]' \
            '--json[print JSON, one object a line]' \
            '--csv[print comma-separated values (RFC 4180)]' \
            '--tsv[print tab-separated values]' \
            '--ics[print a calendar (iCalendar, RFC 5545)]' \
            '--timelinejs[print JSON for TimelineJS]' \
            '--limit[print at most N rows]:N: ' \
            '(-h --help)'{-h,--help}'[print this help]' \
            '--version[print the version]'
            ;;
        search)
            _arguments \
            '(-f --file)'{-f,--file}'[the dossier to use]:FILE:_files' \
            '--best-first[sort by how well they fit, not by date]' \
            '--json[print JSON, one object a line]' \
            '--csv[print comma-separated values (RFC 4180)]' \
            '--tsv[print tab-separated values]' \
            '--limit[print at most N rows]:N: ' \
            '(-h --help)'{-h,--help}'[print this help]' \
            '--version[print the version]'
            ;;
        searches)
            _arguments \
            '(-f --file)'{-f,--file}'[the dossier to use]:FILE:_files' \
            '--json[print JSON, one object a line]' \
            '--csv[print comma-separated values (RFC 4180)]' \
            '--tsv[print tab-separated values]' \
            '--limit[print at most N rows]:N: ' \
            '(-h --help)'{-h,--help}'[print this help]' \
            '--version[print the version]'
            ;;
        bookmarks)
            _arguments \
            '(-f --file)'{-f,--file}'[the dossier to use]:FILE:_files' \
            '--json[print JSON, one object a line]' \
            '--csv[print comma-separated values (RFC 4180)]' \
            '--tsv[print tab-separated values]' \
            '--markdown[write Markdown; for export a folder of files with links]' \
            '--org[print an outline for Org]' \
            '--limit[print at most N rows]:N: ' \
            '(-h --help)'{-h,--help}'[print this help]' \
            '--version[print the version]'
            ;;
        watch)
            _arguments \
            '(-f --file)'{-f,--file}'[the dossier to use]:FILE:_files' \
            '--json[print JSON, one object a line]' \
            '--csv[print comma-separated values (RFC 4180)]' \
            '--tsv[print tab-separated values]' \
            '--limit[print at most N rows]:N: ' \
            '(-h --help)'{-h,--help}'[print this help]' \
            '--version[print the version]'
            ;;
        export)
            _arguments \
            '(-f --file)'{-f,--file}'[the dossier to use]:FILE:_files' \
            '--markdown[write Markdown; for export a folder of files with links]' \
            '--html[write one HTML page that needs no scripts]' \
            '(-h --help)'{-h,--help}'[print this help]' \
            '--version[print the version]' \
            '*: :_files'
            ;;
        inspect)
            _arguments \
            '--published[publication day of pages that state none]:DATE: ' \
            '--jobs[work on N articles at a time]:N: ' \
            '--json[print JSON, one object a line]' \
            '(-h --help)'{-h,--help}'[print this help]' \
            '--version[print the version]' \
            '*: :_files'
            ;;
        keys)
            _arguments \
            '--check[tell what is wrong with the keys, or with those files]' \
            '--json[print JSON, one object a line]' \
            '(-h --help)'{-h,--help}'[print this help]' \
            '--version[print the version]'
            ;;
        help)
            _arguments \
            '(-h --help)'{-h,--help}'[print this help]' \
            '--version[print the version]' \
            '*: :(import update sources overview list open show people card mentions names timeline search searches bookmarks watch export inspect keys help)'
            ;;
        *) _files ;;
        esac
        ;;
    esac
}
_dossier "$@"
