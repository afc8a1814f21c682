q import "$cases/pile"
d list --json
d show --json 1
d people --json
d people --json --kind organisation
d mentions --json --limit 2 Lena Brandt
d timeline --json --limit 3
d timeline --json --undated
d search --json harbour
d search --json 港口
d bookmarks --json
