# What passes the gate is checked by the runner: no control byte may reach the output.
esc=$(printf '\033')
mkdir pile
printf 'Title \033]0;owned\007 of \033[31mred\033[0m\n\nBy Eve \033[2J Adams\nMarch 4, 2024\n\nThe mayor, Lena\342\200\256 Brandt, said in Hamburg on Monday: \302\233\063\061m and \033P1;2q\033\\ and \302\205 done, with \033[6n a question.\n\nMr. Jan \033[1m Petersen\342\201\246 said that he knew it, and that \363\240\201\201 tags are hidden.\n' > "pile/one${esc}]0;name$(printf '\a').txt"
printf 'Line\rOverwritten\b\b\b title\n\nNothing \000 to see in Hamburg here, said Lena Brandt.\n' > pile/two.txt
: > "pile/empty${esc}[31m
name.txt"
q import pile
q list
q list --json
q show 1
q show --removed 1
q show --raw 1
q show --json 1
q people
q people --json
q mentions Brandt
q mentions --json Brandt
q timeline
q timeline --json
q search title
q search --json hamburg
q inspect pile
q "${esc}[31mlist"
q list "--${esc}[31m"
q search "\"${esc}[31m"
q mentions "${esc}]0;x"
q show "${esc}[2J"
q -f "${esc}[2J/none" list
