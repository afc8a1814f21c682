# Organisations, companies, parties and news media; "= name" gives the usual name. Compiled by the dossier authors from general knowledge.

[organisation]
aam aadmi party
aap = aam aadmi party
abc
abc color
abc news
ac milan
access bank
aclu
adani group
adidas
adnoc
aeroflot
afd
afghan taliban = taliban
afl
afp
afreximbank
african development bank
african national congress = anc
african union
afrol news
agence france-presse = afp
air france
air india
air new zealand
airasia
airbnb
airbus
airtel
akp
al ahram
al arabiya
al jazeera
al qaeda in the arabian peninsula = aqap
al shabaab
al-arabiya = al arabiya
al-jazeera = al jazeera
al-monitor
al-qaeda
al-qaida = al-qaeda
al-shabaab = al-shabab
al-shabab
alibaba
all blacks
all progressives congress
allafrica
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
andela
ani
ansa
ansar allah
ansarullah
antara
antifa
ap = associated press
apple
aptn
aqap
arab league
arab news
aramco
armenpress
arsenal
ary news
asahi shimbun
asean
asharq al-awsat
asian development bank
associated press
astrazeneca
at&t
atlantic council
atlassian
au = african union
audi
avianca
awami league
axios
axis of resistance
azertac
azimio la umoja
baidu
banco do brasil
bangkok post
bangladesh nationalist party
bank indonesia
bank of america
bank of england
bank of ghana
bank of japan
banorte
barclays
barisan nasional
basf
basij
bayer
bayern munich
bbc
bbc news
bbva
belta
berkshire hathaway
bernama
bharatiya janata party = bjp
bharti airtel
bhp
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
broad front
brookings institution
bt
bukalapak
bundesrat
bundestag
buzzfeed
byd
byju's
bytedance
cabinet office
caixin
caltech
cambridge university
canva
careem
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
cemex
centers for disease control and prevention = cdc
central bank
central bank of kenya
central bank of nigeria
central intelligence agency = cia
cgtn
chadema
chama cha mapinduzi
channel 12
channel 4
chatham house
chelsea
chevron
chicago tribune
chinese communist party
chosun ilbo
chp
chrysler
cia
cimb
cisco
citibank
citigroup
citizens coalition for change
clarin
clarín
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
cosatu
costco
council of europe
council on foreign relations
coupang
cp group
cpn-uml
credit suisse
crisis group = international crisis group
csu
ctv
cumhuriyet
daesh = islamic state
dail
daily mail
daily maverick
daily mirror
daily monitor
daily nation
daily sabah
daily telegraph
daily trust
daimler
dangote
dangote group
dawn
dbs
dea
deccan herald
defence ministry
defense department
defense ministry
dell
dem party
democratic alliance
democratic party
democratic progressive party
der spiegel
deutsche bank
deutsche welle
dhl
dhs
die welt
diet
disney
doctors without borders
doj
dp world
dpa
duma
dup
dw
e.u. = european union
easyjet
ecb = european central bank
economic freedom fighters
economist
ecopetrol
ecowas
edf
education ministry
efe
eff = economic freedom fighters
el al
el comercio
el espectador
el faro
el mercurio
el mundo
el pais
el tiempo
el universal
electoral commission
eln
embraer
emirates airline
engie
eni
ennahda
epa
equinor
equity bank
ericsson
eskom
eta
ethiopian airlines
etihad
etisalat
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
express tribune
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
flipkart
flutterwave
fmln
folha de s paulo
folha de s.paulo
fonterra
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
frelimo
frente de todos
fsb
ftc
g-20 = g20
g-7 = g7
g20
g7
g8
garuda indonesia
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
geo news
gerindra
glaxosmithkline = gsk
glencore
global times
globe and mail
globe telecom
gm = general motors
gojek
goldman sachs
golkar
google
grab holdings
green party
greenpeace
gru
gsk
gtbank
guardian
gulf cooperation council
gulf news
haaretz
hamas
hankyoreh
haqqani network
harvard
harvard university = harvard
hashd al-shaabi
hayat tahrir al-sham
hcl
hdfc bank
hdp
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
hurriyet
hyundai
hyundai motor
iaea
ibm
icc
icici bank
icj
icrc
idf
ikea
imf
imperial college london
indian express
indian national congress
infosys
inkatha freedom party
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
international finance corporation
international monetary fund = imf
international olympic committee = ioc
interpol
interpress
ioc
ira
iran international
irgc
irish times
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
istiqlal
itar-tass = tass
itv
izvestia
jakarta post
jamaat-e-islami
janjaweed
japan times
jd.com
jerusalem post
jiji press
johns hopkins
johns hopkins university = johns hopkins
johnson & johnson
joongang ilbo
jordan times
jp morgan = jpmorgan
jpmorgan
jpmorgan chase = jpmorgan
jumia
juntos por el cambio
justice department
justice ministry
juventus
kakao
kata'ib hizballah
kataib hezbollah
kathmandu post
kazinform
kcna
kddi
kenya airways
kenya kwanza
kgb
khaama press
khaleej times
kia
king's college london
klm
kmt = kuomintang
knesset
komeito
kommersant
korea herald
korean central news agency = kcna
ku klux klan
kun.uz
kuomintang
kurdistan workers' party = pkk
kuwait petroleum corporation
kyiv independent
kyiv post
kyodo
kyodo news = kyodo
l'orient today
la jornada
la nación
la repubblica
la república
la tercera
labor party
labour
labour party
latam airlines
lazada
ldp
le figaro
le monde
league of arab states = arab league
lehman brothers
lenovo
les republicains
lg
lg energy solution
liberal democratic party
liberal democrats
liberal party
libération
likud
liverpool fc
lloyds
lockheed martin
lok sabha
london school of economics
lord's resistance army
los angeles lakers
los angeles times
lufthansa
lukoil
lyft
m23
maersk
mahindra
mahindra & mahindra
mail & guardian
mainichi shimbun
majlis
malaysia airlines
manchester city
manchester united
manila times
maruti suzuki
massachusetts institute of technology = mit
mastercard
maybank
mazda
mcdonald's
mdc
medecins sans frontieres = doctors without borders
meduza
mehr
mehr news agency = mehr
meituan
mercado libre
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
middle east eye
mit
mitsubishi
mitsui
mlb
mls
moderna
morgan stanley
mossad
move forward party
movement for democratic change
mozilla
mpla
msf = doctors without borders
msnbc
mtn
mubadala
multichoice
muslim brotherhood
médecins sans frontières
māori party
naacp
nasa
naspers
nation media
national assembly
national democratic congress
national front
national geographic
national league for democracy
national party
national rally
national security council
nato
nba
nbc
nbc news
ncaa
ndtv
nepali congress
nestle
netflix
new patriotic party
new straits times
new vision
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
nikkei asia
nintendo
nissan
nnpc
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
ntt
nubank
nusra front
nvidia
nyt = new york times
nz herald
o estado de s. paulo
o globo
ocha
odebrecht
oecd
oireachtas
ooredoo
opec
openai
oracle
orange democratic movement
organisation of islamic cooperation
organization of american states
osce
oxfam
oxford university
pakatan harapan
pakistan muslim league
pakistan peoples party
pakistan tehreek-e-insaf
pakistani taliban
palang pracharath
palestine liberation organization = plo
palestinian authority
palestinian islamic jihad = islamic jihad
panasonic
pap
paramount
paris saint-germain
parliament
patriotic front
paypal
paystack
paytm
pbs
pdi-p
pdvsa
peace corps
pemex
pentagon
people power party
people's action party
people's bank of china
people's daily
peoples democratic party
pepsi
pepsico
perikatan nasional
peronist party
pertamina
peshmerga
petrobras
petronas
peugeot
pfizer
pheu thai
philippine daily inquirer
pinduoduo
pkk
plaid cymru
pldt
plo
pml-n
politburo
politico
porsche
posco
ppp
pravda
premier league
premium times
prensa libre
press tv
princeton
princeton university = princeton
prothom alo
proud boys
psdb
psg = paris saint-germain
psuv
pti
pti news
punch newspaper
página 12
qantas
qatar airways
qatarenergy
qualcomm
quds force
rada
radio free asia
radio free europe
radio new zealand
rajya sabha
rakuten
rand corporation
rapid support forces
rappi
rappler
raytheon
rbc
real madrid
red crescent
red cross
reliance
reliance industries = reliance
renamo
renault
reporters without borders
repsol
republican party
reserve bank of india
reuters
revolutionary guard = irgc
revolutionary guards = irgc
rfe/rl
rfi
ria
ria novosti = ria
riksdag
rio tinto
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
sabic
sadc
safaricom
salvation army
samsung
samsung electronics = samsung
san miguel corporation
sana
sap
saudi aramco = aramco
save the children
sberbank
sbu
scotland yard
scottish national party = snp
scroll.in
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
shopee
shoprite
siam commercial bank
siemens
singapore airlines
singtel
sinn fein
sinopharm
sinovac
sk hynix
sky news
smic
snp
societe generale
softbank
sonangol
sonatrach
sony
south african communist party
south african reserve bank
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
state bank of india
state department
state duma = duma
stellantis
storting
straits times
subaru
sudanese armed forces
sumitomo
sunday times
supreme court
supreme national security council
svr
swapo
swiggy
sydney morning herald
syrian democratic forces
t-mobile
taipei times
taliban
target
tasnim
tass
tata
tata consultancy services
tata group = tata
tata motors
tata sons
tata steel
te pāti māori
tehran times
telefonica
telegraph
telesur
telstra
temasek
tencent
tesla
the atlantic
the daily star
the east african
the economist = economist
the express tribune
the globe and mail
the guardian = guardian
the herald
the hindu
the independent
the indian express
the irish times
the jakarta post
the japan times
the jordan times
the kathmandu post
the korea herald
the korea times
the mainichi
the moscow times
the new arab
the new zealand herald
the straits times
the sydney morning herald
the telegraph
the times
thisday
tigray people's liberation front
tiktok
time magazine
times of india
times of israel
tokopedia
tolo news
toronto star
toshiba
totalenergies
tottenham
toyota
tplf
transnet
transparency international
traveloka
treasury
treasury department
trend news agency
trinamool congress
tsmc
tuoi tre
turkish airlines
twitter
u.n. = united nations
united nations general assembly = general assembly
united nations security council = security council
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
ukrinform
umno
un = united nations
un general assembly = general assembly
un security council = security council
undp
unesco
unhcr
unian
unicef
unifil
unit 8200
unita
united democratic alliance
united national party
united nations
united party for national development
united russia
united socialist party of venezuela
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
usaid
vanguard newspaper
vedomosti
verizon
verkhovna rada = rada
viet nam news
viettel
vinfast
vingroup
visa
voa
vodafone
vodafone idea
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
woolworths
workers' party
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
zenith bank
zomato
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
