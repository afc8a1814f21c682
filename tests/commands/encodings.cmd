# One sentence in many encodings: stated rightly, wrongly, not at all. Each file's name says which.
cp -r "$cases/encodings" .
q inspect encodings | sed 's/^{"path":"encodings\/\([^"]*\)".*"text":"\([^"]*\)","blocks".*/\1: \2/'
d -f a.dossier import encodings/koi8-r.html encodings/dump_big5.txt
q -f a.dossier show --raw 1 | grep -o '<p>.*</p>'
q -f a.dossier show --raw 2
