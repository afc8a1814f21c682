# The time of a file bounds the date of an article that states none; it is no date.
mkdir pile
for year in 2011 2012 2013 2014; do
    printf 'The ferry sank near the lighthouse\n\n' > pile/$year.txt
    printf 'The ferry of Lindholm sank near the old lighthouse on Monday, the harbour master said. ' \
        >> pile/$year.txt
    printf 'Nobody was hurt. It had been built in the yard of Torvald Moen, who died in %s.\n' $year \
        >> pile/$year.txt
done
printf 'Published August 5, 2014\n\nThe bridge of Lindholm was opened, and people walked over it all day long.\n' > pile/bridge.txt
touch -d '2013-08-05 12:00 UTC' pile/2011.txt
touch -d '1980-01-01 00:00 UTC' pile/2012.txt # of a tool that writes no time
touch -d '2010-03-01 12:00 UTC' pile/2013.txt # before what it tells of
touch -d '2030-01-01 12:00 UTC' pile/2014.txt # of a clock that is wrong, or of today
touch -d '2013-08-05 12:00 UTC' pile/bridge.txt

d import pile
d list
d show 1 | sed -n '/^Published/p'
d list --json | sed -n 's/.*"path":"\([^"]*\)".*"published":\({[^}]*}\).*/\1 \2/p' | sed 's|.*/pile/||'
d list before:2013-09
echo '--- files that were copied'
d -f copied.dossier import --no-file-time pile
d -f copied.dossier list
echo '--- members of an archive have times of their own'
(cd pile && tar -cf ../pile.tar 2011.txt 2012.txt)
touch -d '2016-01-01 12:00 UTC' pile.tar
d -f packed.dossier import pile.tar
d -f packed.dossier list
