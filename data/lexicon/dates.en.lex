# English: words of date expressions and of what points into the past or the future.
# Compiled by the dossier authors.

# An abbreviation is taken only where a full stop, a comma or a number follows.
[month]
january = XXXX-01
jan = XXXX-01
february = XXXX-02
feb = XXXX-02
march = XXXX-03
mar = XXXX-03
april = XXXX-04
apr = XXXX-04
may = XXXX-05
june = XXXX-06
jun = XXXX-06
july = XXXX-07
jul = XXXX-07
august = XXXX-08
aug = XXXX-08
september = XXXX-09
sept = XXXX-09
sep = XXXX-09
october = XXXX-10
oct = XXXX-10
november = XXXX-11
nov = XXXX-11
december = XXXX-12
dec = XXXX-12

[weekday]
monday = XXXX-WXX-1
mon = XXXX-WXX-1
tuesday = XXXX-WXX-2
tues = XXXX-WXX-2
tue = XXXX-WXX-2
wednesday = XXXX-WXX-3
weds = XXXX-WXX-3
wed = XXXX-WXX-3
thursday = XXXX-WXX-4
thurs = XXXX-WXX-4
thur = XXXX-WXX-4
thu = XXXX-WXX-4
friday = XXXX-WXX-5
fri = XXXX-WXX-5
saturday = XXXX-WXX-6
sat = XXXX-WXX-6
sunday = XXXX-WXX-7
sun = XXXX-WXX-7

# Days for the long ones; below zero, seconds for the short ones. "second" is an ordinal too,
# hence its number; 6 stands for a weekend, 8 for a night.
[time-unit]
day = 1
days = 1
second = 2
seconds = 2
weekend = 6
weekends = 6
week = 7
weeks = 7
night = 8
nights = 8
fortnight = 14
fortnights = 14
month = 30
months = 30
quarter = 91
quarters = 91
year = 365
years = 365
decade = 3652
decades = 3652
century = 36524
centuries = 36524
millennium = 365242
millennia = 365242
minute = -60
minutes = -60
min = -60
mins = -60
hour = -3600
hours = -3600
hr = -3600
hrs = -3600
yr = 365
yrs = 365

# -1: an unknown number; -2: the same, followed by "of".
[number]
a = 1
an = 1
zero = 0
one = 1
two = 2
three = 3
four = 4
five = 5
six = 6
seven = 7
eight = 8
nine = 9
ten = 10
eleven = 11
twelve = 12
thirteen = 13
fourteen = 14
fifteen = 15
sixteen = 16
seventeen = 17
eighteen = 18
nineteen = 19
twenty = 20
thirty = 30
forty = 40
fifty = 50
sixty = 60
seventy = 70
eighty = 80
ninety = 90
hundred = 100
thousand = 1000
dozen = 12
couple = 2
half
few = -1
several = -1
many = -1
multiple = -1
numerous = -1
dozens = -2
hundreds = -2
thousands = -2

[ordinal]
first = 1
second = 2
third = 3
fourth = 4
fifth = 5
sixth = 6
seventh = 7
eighth = 8
ninth = 9
tenth = 10
eleventh = 11
twelfth = 12
thirteenth = 13
fourteenth = 14
fifteenth = 15
sixteenth = 16
seventeenth = 17
eighteenth = 18
nineteenth = 19
twentieth = 20

# The month with which it begins.
[season]
spring = 3
summer = 6
autumn = 9
fall = 9
winter = 12

[day-part]
morning = MO
mornings = MO
afternoon = AF
afternoons = AF
evening = EV
evenings = EV
night = NI
nights = NI
tonight = NI
tonite = NI
overnight = NI
noon = 12:00
midday = 12:00
midnight = 24:00

[deictic]
today = 0
tonight = 0
tonite = 0
yesterday = -1
overnight = -1
tomorrow = 1

# 9, 10, 11: before, same, after the last date mentioned.
[relative]
last = -1
past = -1
latest = -1
this = 0
current = 0
next = 1
coming = 1
upcoming = 1
previous = 9
prior = 9
preceding = 9
same = 10
that = 10
following = 11
ensuing = 11
subsequent = 11
recent

[date-modifier]
early = START
earlier = START
mid = MID
late = END
later = END

[date-edge]
beginning = START
start = START
outset = START
middle = MID
end = END
close = END

[article]
the

# Words that may open a date and are in no other class.
[date-opening]
fiscal
q
more
less
fewer
at
up
these
# first words of holidays
new
martin
presidents
presidents'
groundhog
earth
anzac
mother
mothers
father
fathers
canada
fourth
bastille
all
election
remembrance
armistice
black
ash
palm
maundy
holy
shrove
boxing
independence
veterans
labor
memorial
columbus
good
valentine
st

# Words of no other class that a date may have after "the" or "a".
[date-noun]
time
moment
period
full
latter
final
comparable
future
near
same
straight
consecutive
additional
extra
other
calendar
whole
long
short
further
single

[present]
now
currently
presently
nowadays
these days

[vague-past]
recently
lately

[vague-future]
soon
near future
near term

[set-word]
daily = P1D
nightly = P1D
weekly = P1W
fortnightly = P2W
biweekly = P2W
annually = P1Y
yearly = P1Y
hourly = PT1H
mondays = XXXX-WXX-1
tuesdays = XXXX-WXX-2
wednesdays = XXXX-WXX-3
thursdays = XXXX-WXX-4
fridays = XXXX-WXX-5
saturdays = XXXX-WXX-6
sundays = XXXX-WXX-7

[every]
every
each
per
once
twice

# -1 back from today, 1 forward; "before" and "after" only where nothing follows.
[shift]
ago = -1
earlier = -1
before = -1
later = 1
hence = 1
from now = 1

[approximation]
about = APPROX
around = APPROX
roughly = APPROX
approximately = APPROX
nearly = LESS_THAN
almost = LESS_THAN
over = MORE_THAN
more than = MORE_THAN
less than = LESS_THAN
fewer than = LESS_THAN
at least = EQUAL_OR_MORE
at most = EQUAL_OR_LESS
up to = EQUAL_OR_LESS

[decade]
twenties = 192
thirties = 193
forties = 194
fifties = 195
sixties = 196
seventies = 197
eighties = 198
nineties = 199

# Month and day (1225), nth weekday of a month (nth month weekday: 41104 is the fourth Thursday of
# November, 9 for the last; one more digit: so many days later), or days from Easter (1000000 and
# the days).
[holiday]
new year's day = 101
new year's eve = 1231
martin luther king day = 30101
presidents' day = 30201
presidents day = 30201
groundhog day = 202
earth day = 422
anzac day = 425
may day = 501
mother's day = 20507
mothers' day = 20507
father's day = 30607
fathers' day = 30607
juneteenth = 619
canada day = 701
fourth of july = 704
bastille day = 714
all saints' day = 1101
election day = 111011
remembrance day = 1111
armistice day = 1111
black friday = 411041
palm sunday = 999993
maundy thursday = 999997
holy saturday = 999999
shrove tuesday = 999953
pentecost = 1000049
christmas = 1225
christmas day = 1225
christmas eve = 1224
boxing day = 1226
halloween = 1031
independence day = 704
veterans day = 1111
thanksgiving = 41104
thanksgiving day = 41104
labor day = 10901
memorial day = 90501
columbus day = 21001
easter = 1000000
easter sunday = 1000000
easter monday = 1000001
good friday = 999998
ash wednesday = 999954
valentine's day = 214
st patrick's day = 317

# Before a date: 1 points forward, -1 back.
[time-preposition]
until = 1
till = 1
by = 1
since = -1
after = -1
in
on
during
through
throughout
from
of
between
before
for
to

[cue-future]
will
'll
shall
upcoming

# "would", "may": future, unless "have" follows.
[modal]
would
may
might
should
must

# These leave the direction open.
[cue-stop]
could
can

# Before "to", or near the date.
[cue-plan]
scheduled = 1
due = 1
expected = 1
planned = 1
slated = 1
expects
expect
set
plan
plans
planning
going
ready
hope
hopes
intend
intends
aim
aims
preparing
likely
poised
supposed
decided
want
wants
seeks
designed
tentatively

[cue-past]
was
were
had
did
went
came
took
made
began
left
met
got
gave
fell
rose
held
saw
found
became
led
broke
sent
brought
bought
sold
told
won
lost
shot
hit
cut
spoke
ran
struck
drew
flew
grew
kept
paid
put
sat
stood
withdrew

# 1: the words of news rather than of a history.
[reporting]
said = 1
says = 1
say = 1
told = 1
announced
reported
according
added
stated
confirmed
declared
wrote
tweeted
disclosed

# What has its day before it comes.
[scheduled]
election
elections
vote
votes
ballot
referendum
primary
summit
meeting
talks
hearing
trial
debate
deadline
game
match
final
race
concert
opening
ceremony
funeral

# "today's world", "today's youth": of these years, not of a day.
[of-the-age]
world
society
youth
generation
children
kids
teenagers
consumers
technology
economy
standards
culture
women
men
young
modern
digital
global

# A number before one of these counts something and is no year.
[counted]
people
men
women
troops
soldiers
workers
employees
miles
mile
feet
foot
pounds
dollars
euros
percent
points
jobs
tons
tonnes
meters
metres
km
kilometers
kilometres
votes
shares
cars
homes
houses
students
children
members
cases
deaths
barrels
acres
hectares
gmt
utc
hours
hp
rpm
calories
units
copies
victims
refugees
civilians
kilos
kg
mph
yards
times
degrees
fighters
prisoners
rockets
missiles
years
days
months
weeks
minutes
seconds

# Words by which a company report is known.
[earnings]
quarter
quarters
share
cents
earnings
income

# "his 1987 Chevrolet": the year is that of a model.
[car-make]
acura
audi
bmw
buick
cadillac
chevrolet
chevy
chrysler
dodge
fiat
ford
gmc
harley
honda
hyundai
jaguar
jeep
kawasaki
kia
lamborghini
lexus
lincoln
mazda
mercedes
mitsubishi
nissan
oldsmobile
peugeot
plymouth
pontiac
porsche
renault
saab
subaru
suzuki
tesla
toyota
volkswagen
volvo
yamaha
