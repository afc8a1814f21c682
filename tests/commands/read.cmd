q import "$cases/pile"
d list
d list harbour
d list --limit 1
d list --limit many
d list --unread --limit 2
d show 1
d show --removed 1
d show --raw sea wall
d show brandt nobody
d show 4711
d people
d people brandt
d people --kind place
d people --kind ship
d mentions Lena Brandt
d mentions Petersen --limit 1
d mentions 'Nobody Atall'
d timeline
d timeline --from 2024-03 --to 2024-03
d timeline --person Petersen
d timeline --from 2024-13
d timeline --undated
d search harbour
d search 'title:council'
d search 'storm -mayor'
d search '"sea wall" OR harbour'
d search '"sea wall'
d search 港口
d search zzz
d bookmarks
for title in 'The tide' 'The tide returns' 'Low tide'; do
    printf '{"title": "%s", "text": "Water."}\n' "$title"
done > tides.jsonl
q import tides.jsonl
d show 'the tide'
d show tide
