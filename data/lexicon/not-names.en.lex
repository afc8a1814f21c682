# English words that are capitalised without being names, or begin sentences. Compiled by the dossier authors from general knowledge.

[not-name]
5g
9/11
a
a.k.a.
a.m.
about
about us
above
academy awards
according
across
additionally
after
again
against
ago
ah
ai
aids
aka
all
allah
along
already
also
although
always
am
amid
among
amongst
an
and
another
any
api
apis
apr
april
are
aren't
around
as
asian cup
asian games
asked
at
atm
aud
aug
august
australian open
b.a.
b2b
b2c
baby boomers
based
be
because
been
before
behind
being
below
beneath
beside
besides
between
beyond
bible
billion
bitcoin
black friday
booker prize
both
brexit
brl
bst
but
by
can
can't
cctv
ceo
ceo's
cet
cfo
champions league
christmas
civil war
cny
cold war
commonwealth games
concerning
contact us
coo
cookie policy
copa america
coronavirus
could
couldn't
covid
covid-19
cpi
csr
cto
current role
currently
date of birth
dear
dec
december
despite
detail author
did
didn't
diwali
dna
do
does
doesn't
doing
don't
done
dow jones
down
during
e.g.
each
earlier
easter
ebola
editor's note
edt
eid
eight
either
emmy
english language
esg
est
ethereum
eur
euro 2020
euro 2024
even
eventually
ever
every
evs
facebook live
father's day
fdi
feb
february
few
fewer
file photo
finally
fir
first
first world war
firstly
five
follow us
following
for
formerly
formula 1
formula one
four
french open
fri
friday
from
ftse
full name
furthermore
gbp
gdp
gen z
general information
generation z
ghs
given
global tensions
gmt
gnp
god
golden globes
good friday
gospel
gps
grammy
grammys
grand prix
grand slam
gst
gw
had
hadn't
halloween
hanukkah
has
hasn't
have
haven't
having
he
he's
hello
hence
her
here
him
his
hiv
holocaust
how
however
hundred
i
i'd
i'll
i'm
i've
i.e.
icbm
icbms
icu
idr
ied
ieds
if
in
including
indeed
independence day
inr
inside
instead
international relations
internet
internet of things
intifada
into
iot
ipo
ipos
is
isn't
ist
it
it's
its
jan
january
jesus-christ
jpy
jul
july
jun
june
just
k-pop
kes
koran
kpi
kpis
kwh
labor day
last
lastly
later
least
less
let
let's
lets
lgbt
lgbtq
lgbtq+
lgbtqi
like
likewise
lng
log in
lord's
lpg
m.a.
many
mar
march
may
maybe
mba
me
meanwhile
memorial day
might
military rank
million
mon
monday
more
moreover
most
mother's day
mps
msme
msmes
much
must
mw
mxn
my
nakba
nasdaq
near
neither
never
nevertheless
new
new year
new year's day
new year's eve
next
next page
nfc
nft
nfts
ngn
ngos
nikkei index
nine
no
nobel
nobel peace prize
nobel prize
nonetheless
nor
not
nov
november
now
nowruz
nuclear non-proliferation treaty
o.k.
oct
october
of
off
often
oh
ok
okay
old
olympic
olympics
omicron
on
once
one
only
onto
or
originally
oscar's
oscars
other
others
otherwise
our
out
outside
over
overall
own
p.m.
paralympic
paralympics
passover
past
pcr
pdf
per
perhaps
ph.d
phd
place of birth
please
pm
political party
ppe
previous roles
previously
privacy policy
pst
pulitzer
pulitzer prize
q&a
qr
qur'an
quran
r&b
ramadan
read more
recently
regarding
renaissance
rna
road ahead
rosh hashanah
rpg
rpgs
s&p
saas
same
sars
sat
saturday
second
second world war
secondly
sep
sept
september
september 11
seven
several
shall
share this
she
she's
should
shouldn't
sign up
similarly
since
six
sme
smes
sms
so
some
sometimes
soon
sorry
spanish language
stanley cup
still
such
summer olympics
sun
sunday
super bowl
suv
table of contents
talmud
tb
ten
terms of service
terms of use
thank
thanks
thanksgiving
that
that's
the
their
them
then
there
there's
therefore
these
they
they're
they've
third
this
those
though
thousand
three
through
throughout
thu
thur
thurs
thursday
thus
till
to
today
tomorrow
tonight
too
torah
tour de france
toward
towards
tue
tues
tuesday
tv
twice
two
uav
uavs
ufo
under
unless
until
up
upon
us
us open
usb
usd
usually
utc
valentine's day
vat
very
via
vpn
was
wasn't
we
we'll
we're
we've
web
wed
wednesday
welcome
well
were
weren't
what
what's
when
where
which
while
who
who's
whom
whose
why
will
wimbledon
winter olympics
with
within
without
wmd
won't
world cup
world series
world war
world war i
world war ii
would
wouldn't
wwii
yes
yesterday
yet
yom kippur
you
you're
you've
your
zar
