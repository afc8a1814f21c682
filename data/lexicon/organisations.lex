# Organisations, companies, parties and news media; "= name" gives the usual name. Compiled by the dossier authors from general knowledge.

[organisation]
aam aadmi party
aap = aam aadmi party
abc
abc news
ac milan
aclu
adani group
adidas
aeroflot
afd
afghan taliban = taliban
afl
afp
african development bank
african national congress = anc
african union
agence france-presse = afp
air france
air india
airbnb
airbus
al arabiya
al jazeera
al qaeda in the arabian peninsula = aqap
al-arabiya = al arabiya
al-jazeera = al jazeera
al-monitor
al-qaeda
al-qaida = al-qaeda
al-shabaab = al-shabab
al-shabab
alibaba
all blacks
alphabet
alternative for germany = afd
amazon
amd
amnesty = amnesty international
amnesty international
amtrak
anadolu
anadolu agency = anadolu
anc
ani
ansar allah
antifa
ap = associated press
apple
aqap
arab league
aramco
arsenal
asahi shimbun
asean
asian development bank
associated press
astrazeneca
at&t
atlantic council
au = african union
audi
awami league
axios
axis of resistance
baidu
bank of america
bank of england
bank of japan
barclays
basf
basij
bayer
bayern munich
bbc
bbc news
bbva
berkshire hathaway
bharatiya janata party = bjp
bild
biontech
bjp
black lives matter
blackrock
blackstone
bloomberg
bmw
bne intellinews
bnp
bnp paribas
boeing
boko haram
borussia dortmund
bosch
boston globe
boy scouts
bp
brics
british airways
british broadcasting corporation = bbc
brookings institution
bt
bundesrat
bundestag
buzzfeed
bytedance
cabinet office
caltech
cambridge university
caricom
carnegie endowment
cato institute
cbbc newsround
cbc
cbs
cbs news
cctv
cdc
cdu
centers for disease control and prevention = cdc
central bank
central intelligence agency = cia
cgtn
channel 12
channel 4
chatham house
chelsea
chevron
chicago tribune
chrysler
cia
cisco
citibank
citigroup
clarin
cnn
coca cola = coca-cola
coca-cola
columbia university
comcast
commerzbank
committee to protect journalists
commonwealth
communist party
congress
conocophillips
conservative party
cornell university
corriere della sera
cortes
costco
council of europe
council on foreign relations
credit suisse
crisis group = international crisis group
csu
ctv
daesh = islamic state
dail
daily mail
daily mirror
daily nation
daily telegraph
daimler
dawn
dea
defence ministry
defense department
defense ministry
dell
democratic alliance
democratic party
democratic progressive party
der spiegel
deutsche bank
deutsche welle
dhl
dhs
didi
die welt
diet
disney
doctors without borders
doj
dpa
duma
dup
dw
e.u. = european union
easyjet
ecb = european central bank
economic freedom fighters
economist
ecowas
edf
education ministry
eff = economic freedom fighters
el al
el mundo
el pais
electoral commission
eln
embraer
emirates airline
engie
eni
epa
equinor
ericsson
eta
etihad
eu = european union
eurasian economic union
euronews
european central bank
european commission
european council
european parliament
european union
europol
evergrande
exxon = exxonmobil
exxon mobil = exxonmobil
exxonmobil
faa
facebook
farc
fars
fars news agency = fars
fatah
fbi
fc barcelona
fcc
fda
fdp
fed = federal reserve
federal bureau of investigation = fbi
federal reserve
fedex
fema
ferrari
fia
fiat
fifa
finance ministry
financial times
folha de s paulo
food and drug administration = fda
ford motor
foreign affairs
foreign ministry
foreign office
foreign policy
fox news
foxconn
france 24
free syrian army
freedom house
fsb
ftc
g-20 = g20
g-7 = g7
g20
g7
g8
gazprom
gcc = gulf cooperation council
gchq
ge = general electric
gendarmerie
general assembly
general dynamics
general electric
general motors
general staff
glaxosmithkline = gsk
glencore
global times
globe and mail
gm = general motors
goldman sachs
google
green party
greenpeace
gru
gsk
guardian
gulf cooperation council
haaretz
hamas
haqqani network
harvard
harvard university = harvard
hayat tahrir al-sham
health ministry
heritage foundation
hewlett-packard
hezbollah
high court
hindustan times
hitachi
hizballah = hezbollah
hizbullah = hezbollah
home office
homeland security
honda
house of commons
house of lords
house of representatives
houthi
hrw = human rights watch
hsbc
hts = hayat tahrir al-sham
huawei
huffington post
huffpost
human rights council
human rights watch
hyundai
iaea
ibm
icc
icj
icrc
idf
ikea
imf
imperial college london
indian express
indian national congress
infosys
instagram
intel
inter milan
interfax
interior ministry
international atomic energy agency = iaea
international committee of the red cross = icrc
international court of justice = icj
international criminal court = icc
international crisis group
international monetary fund = imf
international olympic committee = ioc
interpol
ioc
ira
iran international
irgc
irna
irs
isi
isil = islamic state
isis = islamic state
islamic jihad
islamic revolutionary guard corps = irgc
islamic revolutionary guards corps = irgc
islamic state
isna
israel defense forces = idf
itar-tass = tass
itv
izvestia
jerusalem post
johns hopkins
johns hopkins university = johns hopkins
johnson & johnson
jp morgan = jpmorgan
jpmorgan
jpmorgan chase = jpmorgan
justice department
justice ministry
juventus
kataib hezbollah
kcna
kgb
kia
king's college london
klm
kmt = kuomintang
knesset
kommersant
korean central news agency = kcna
ku klux klan
kuomintang
kurdistan workers' party = pkk
kyodo
kyodo news = kyodo
la repubblica
labor party
labour
labour party
ldp
le figaro
le monde
league of arab states = arab league
lehman brothers
les republicains
lg
liberal democratic party
liberal democrats
liberal party
likud
liverpool fc
lloyds
lockheed martin
lok sabha
london school of economics
los angeles lakers
los angeles times
lufthansa
lukoil
lyft
maersk
majlis
malaysia airlines
manchester city
manchester united
massachusetts institute of technology = mit
mastercard
mazda
mcdonald's
mdc
medecins sans frontieres = doctors without borders
meduza
mehr
mehr news agency = mehr
mercedes-benz
merck
mercosur
met police = metropolitan police
meta
meta platforms = meta
metropolitan police
mi5
mi6
microsoft
mit
mitsubishi
mlb
mls
moderna
morgan stanley
mossad
msf = doctors without borders
msnbc
mtn
muslim brotherhood
naacp
nasa
nation media
national assembly
national front
national geographic
national rally
national security council
nato
nba
nbc
nbc news
ncaa
ndtv
nestle
netflix
new york post
new york times
new york yankees
new yorker magazine
newsweek
nfl
nhk
nhl
nih
nike
nikkei
nintendo
nissan
noaa
nobel committee
nokia
north atlantic treaty organization = nato
northrop grumman
nour news
novartis
novavax
novaya gazeta
novo nordisk
npr
nra
nrl
nsa
nusra front
nvidia
nyt = new york times
o globo
ocha
odebrecht
oecd
oireachtas
opec
openai
oracle
organisation of islamic cooperation
organization of american states
osce
oxfam
oxford university
pakistani taliban
palestine liberation organization = plo
palestinian authority
palestinian islamic jihad = islamic jihad
panasonic
pap
paramount
paris saint-germain
parliament
paypal
pbs
pdvsa
peace corps
pemex
pentagon
people's bank of china
people's daily
pepsi
pepsico
peshmerga
petrobras
petronas
peugeot
pfizer
pkk
plaid cymru
plo
pml-n
politburo
politico
porsche
ppp
pravda
premier league
premium times
press tv
princeton
princeton university = princeton
proud boys
psg = paris saint-germain
pti
pti news
punch newspaper
qantas
qatar airways
qualcomm
quds force
rada
radio free asia
radio free europe
radio new zealand
rajya sabha
rakuten
rand corporation
raytheon
real madrid
red crescent
red cross
reliance
reliance industries = reliance
renault
reporters without borders
repsol
republican party
reuters
revolutionary guard = irgc
revolutionary guards = irgc
rfe/rl
rfi
ria
ria novosti = ria
riksdag
rnz
roche
rosatom
rosneft
rostec
royal dutch shell = shell
rss
rt
ryanair
saab
sadc
safaricom
salvation army
samsung
samsung electronics = samsung
sana
santander
sap
saudi aramco = aramco
save the children
sberbank
sbu
scotland yard
scottish national party = snp
sec
security council
sejm
senate
shabak = shin bet
shanghai cooperation organisation = shanghai cooperation organization
shanghai cooperation organization
shell
shin bet
shiv sena
siemens
sinn fein
sinopharm
sinovac
sky news
snp
societe generale
softbank
sony
south china morning post
spacex
spd
spiegel
spotify
springboks
sputnik
standard chartered
stanford
stanford university = stanford
starbucks
starlink
state department
state duma = duma
stellantis
storting
subaru
sunday times
supreme court
supreme national security council
svr
swapo
syrian democratic forces
t-mobile
taliban
target
tasnim
tass
tata
tata group = tata
telefonica
telegraph
telesur
tencent
tesla
the atlantic
the economist = economist
the guardian = guardian
the hindu
tiktok
time magazine
times of india
times of israel
toshiba
totalenergies
tottenham
toyota
transparency international
treasury
treasury department
trinamool congress
tsmc
turkish airlines
twitter
u.n. = united nations
u.n. general assembly = general assembly
u.n. security council = security council
u.s. congress = congress
u.s. house of representatives = house of representatives
u.s. senate = senate
u.s. state department = state department
u.s. supreme court = supreme court
uber
ubs
uc berkeley
ucla
uefa
ukip
umno
un = united nations
un general assembly = general assembly
un security council = security council
undp
unesco
unhcr
unicef
unifil
unit 8200
united nations
united russia
universal pictures
university of california
university of cambridge = cambridge university
university of oxford = oxford university
unrwa
ups
us congress = congress
us senate = senate
us supreme court = supreme court
usa today
vale
vanguard newspaper
vedomosti
verizon
verkhovna rada = rada
visa
voa
vodafone
voice of america = voa
volkswagen
volvo
vox
vw = volkswagen
wada
wagner
wagner group = wagner
wal-mart = walmart
wall street journal
wallabies
walmart
walt disney = disney
warner bros
washington post
wells fargo
wfp
whatsapp
who
wipro
world bank
world economic forum
world food program = wfp
world food programme = wfp
world health organization = who
world trade organization = wto
world wildlife fund
wsj = wall street journal
wto
wwf
x.com
xiaomi
xinhua
yale
yale university = yale
ynet
yomiuri shimbun
yonhap
youtube
ypg
zanu-pf
zte

[organisation-suffix]
ab
ag
as
asa
bhd
bv
co
corp
gmbh
inc
incorporated
kk
limited
llc
llp
ltd
nv
oy
plc
pte
pty
s.a.
s.p.a.
sa
sarl
sdn
spa
srl
