# Every format, whole and broken: what comes in and what is said.
cp -r "$cases/formats" .
# shown FOLDER: one line for each article or error, by the fields that a container can state.
shown() {
    echo "# $1"
    "$DOSSIER_BINARY" inspect "formats/$1" |
        sed -e 's/^{"path":"formats\/[a-z]*\//{"path":"/' -e 's/,"earliest":[^}]*}/}/' \
            -e 's/"text":"\(.\{0,160\}\)[^"]*","blocks".*$/"text":"\1…"}/'
}
shown feeds
shown crawlers
shown archives
shown mail
shown markdown
# The raw page is the item's own; what the feed says of it stays when it is derived anew.
d -f a.dossier import formats/feeds/rss2.xml formats/feeds/koi8.xml
d -f a.dossier import formats/feeds/rss2.xml
d -f a.dossier list
d -f a.dossier show --raw 1
d -f b.dossier import formats/archives/crawl.warc.gz formats/archives/book.epub formats/archives/pile.zip
d -f b.dossier list
q -f b.dossier show --raw 2
# Standard input tells its format itself.
echo '# -'
for file in feeds/atom.xml archives/crawl.warc.gz; do
    "$DOSSIER_BINARY" inspect - < "formats/$file" | sed -n '1s/^\({"path":"[^"]*"\).*\(,"title":"[^"]*"\).*/\1\2}/p'
done
# What was read and flagged in newsboat is so here; no step of undo, and another import changes nothing.
d -f n.dossier import formats/newsboat/cache.db formats/newsboat/old.db
d -f n.dossier list --tsv
d -f n.dossier list 'is:read tag:flag-s'
