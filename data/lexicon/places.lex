# Countries, cities and regions under their English names; "= name" gives the usual name. Compiled by the dossier authors from general knowledge.

[country]
abkhazia
afghanistan
albania
algeria
america = united states
american samoa
andorra
angola
antigua and barbuda
aotearoa = new zealand
argentina
armenia
aruba
australia
austria
azerbaijan
bahamas
bahrain
bangladesh
barbados
belarus
belgium
belize
benin
bermuda
bhutan
bolivia
bosnia = bosnia and herzegovina
bosnia and herzegovina
bosnia-herzegovina = bosnia and herzegovina
botswana
brazil
britain = united kingdom
brunei
bulgaria
burkina faso
burma = myanmar
burundi
cabo verde = cape verde
cambodia
cameroon
canada
cape verde
cayman islands
central african republic
chad
chile
china
colombia
comoros
congo
cook islands
costa rica
cote d'ivoire = ivory coast
croatia
cuba
curacao
cyprus
czech republic
czechia = czech republic
czechoslovakia
democratic people's republic of korea = north korea
democratic republic of congo = democratic republic of the congo
democratic republic of the congo
denmark
djibouti
dominica
dominican republic
dprk = north korea
dr congo = democratic republic of the congo
drc = democratic republic of the congo
east germany
east timor
ecuador
egypt
el salvador
emirates = united arab emirates
england
equatorial guinea
eritrea
estonia
eswatini
ethiopia
falkland islands
falklands = falkland islands
faroe islands
federal republic of germany = germany
fiji
finland
france
french polynesia
gabon
gambia
georgia
germany
ghana
gibraltar
great britain = united kingdom
greece
greenland
grenada
guadeloupe
guam
guatemala
guinea
guinea-bissau
guyana
haiti
holland = netherlands
holy see = vatican
honduras
hong kong
hungary
iceland
india
indonesia
iran
iraq
ireland
islamic republic of iran = iran
israel
italy
ivory coast
jamaica
japan
jordan
kazakhstan
kenya
kingdom of saudi arabia = saudi arabia
kiribati
korea
kosovo
kuwait
kyrgyzstan
laos
latvia
lebanon
lesotho
liberia
libya
liechtenstein
lithuania
luxembourg
macao = macau
macau
macedonia = north macedonia
madagascar
malawi
malaysia
maldives
mali
malta
marshall islands
martinique
mauritania
mauritius
mayotte
mexico
micronesia
moldova
monaco
mongolia
montenegro
morocco
mozambique
myanmar
nagorno-karabakh
namibia
nauru
nepal
netherlands
new caledonia
new zealand
nicaragua
niger
nigeria
niue
north korea
north macedonia
north vietnam
northern ireland
norway
oman
pakistan
palau
palestine
panama
papua new guinea
paraguay
people's republic of china = china
persia
peru
philippines
poland
portugal
prc = china
puerto rico
qatar
republic of congo = congo
republic of ireland = ireland
republic of korea = south korea
reunion island
rhodesia
rok = south korea
romania
russia
russian federation = russia
rwanda
saint lucia
samoa
san marino
saudi arabia
scotland
senegal
serbia
seychelles
sierra leone
singapore
slovakia
slovenia
solomon islands
somalia
somaliland
south africa
south korea
south ossetia
south sudan
south vietnam
soviet union
spain
sri lanka
state of israel = israel
state of palestine = palestine
sudan
suriname
swaziland = eswatini
sweden
switzerland
syria
taiwan
tajikistan
tanzania
thailand
timor-leste = east timor
togo
tokelau
tonga
transnistria
trinidad = trinidad and tobago
trinidad and tobago
tunisia
turkey
turkiye = turkey
turkmenistan
tuvalu
u.a.e. = united arab emirates
u.k. = united kingdom
u.s. = united states
u.s.a. = united states
uae = united arab emirates
uganda
uk = united kingdom
ukraine
united arab emirates
united kingdom
united states
united states of america = united states
uruguay
us = united states
usa = united states
ussr = soviet union
uzbekistan
vanuatu
vatican
vatican city = vatican
venezuela
viet nam = vietnam
vietnam
wales
west germany
western sahara
yemen
yugoslavia
zaire
zambia
zimbabwe

[city]
aarhus
abbottabad
abeokuta
aberdeen
abidjan
abu dhabi
abuja
acapulco
accra
aceh
adana
addis ababa
adelaide
aden
agadez
agadir
agra
ahmedabad
ahvaz
akron
albany
albuquerque
aleppo
alexandria
algiers
alice springs
allahabad
almaty
amarillo
amman
amritsar
amsterdam
anaheim
anchorage
andorra la vella
ankara
ann arbor
antalya
antananarivo
antwerp
apia
aqaba
arak
arequipa
arkhangelsk
arusha
ashdod
asheville
ashgabat
ashkelon
asmara
astana
asuncion
aswan
athens
atlanta
auckland
auschwitz
austin
avdiivka
ayodhya
baalbek
baghdad
bagram
baguio
baidoa
bakhmut
baku
ballarat
baltimore
bamako
bandar abbas
bandar seri begawan
bandung
bangalore
bangkok
bangui
banja luka
banjul
barcelona
bari
barranquilla
basel
basra
bath
baton rouge
batumi
beer sheva
beersheba
beijing
beira
beirut
beit hanoun
beit lahia
belem
belfast
belgorod
belgrade
belmopan
belo horizonte
bengaluru
benghazi
benin city
bergen
berlin
bern
berne
bethlehem
beverly hills
bhopal
bhubaneswar
bilbao
birmingham
bishkek
bissau
blantyre
bloemfontein
bogota
boise
bologna
bombay
bonn
bordeaux
boston
brasilia
brasov
bratislava
brazzaville
bremen
bridgetown
brighton
brisbane
bristol
brno
bronx
brooklyn
brownsville
bruges
brussels
bryansk
bucha
bucharest
budapest
buenos aires
buffalo
bujumbura
bukavu
bukhara
bulawayo
burgas
bursa
busan
bushehr
cairns
cairo
calais
calcutta
calgary
cali
cambridge
camp david
canberra
cancun
cannes
canterbury
cap-haitien
cape town
caracas
cardiff
cartagena
casablanca
castries
catania
cebu
chadan
chandigarh
changchun
changsha
charleroi
charleston
charlotte
chattanooga
chattogram
chelyabinsk
chengdu
chennai
chernihiv
chernobyl
chiang mai
chicago
chisinau
chittagong
chongqing
chornobyl
christchurch
cincinnati
ciudad guayana
ciudad juarez
cleveland
cluj
cochabamba
coimbatore
coimbra
cologne
colombo
colorado springs
columbus
conakry
concepcion
constanta
constantine
constantinople
copenhagen
cordoba
cork
cotonou
coventry
cox's bazar
cracow
cuenca
culiacan
cupertino
curitiba
cusco
cuttack
cuzco
d.c.
da nang
daegu
daejeon
dakar
dalian
dallas
damascus
dammam
danang
dar es salaam
daraa
darjeeling
darwin
davao
davos
dayton
debrecen
dehradun
deir al-balah
deir al-zour
deir ez-zor
delft
delhi
denpasar
denver
deraa
derna
derry
des moines
detroit
dhahran
dhaka
dharamsala
dijon
dili
dire dawa
diyarbakir
dnipro
dodoma
doha
donetsk
dortmund
douala
douma
dover
dresden
dubai
dublin
dubrovnik
dundee
dunedin
durban
durham
dushanbe
dusseldorf
east jerusalem
east london
edinburgh
edmonton
eilat
eindhoven
el fasher
el paso
eldoret
enerhodar
entebbe
enugu
erbil
esfahan
espoo
essen
eugene
exeter
faisalabad
fallujah
fargo
faridabad
fayetteville
ferguson
fez
flint
florence
fordow
fort lauderdale
fort worth
fortaleza
frankfurt
freetown
fresno
fujairah
fukuoka
fuzhou
gaborone
galle
galwan
galway
gangtok
gao
garissa
garowe
gaza city
gaziantep
gdansk
geelong
geneva
genoa
georgetown
ghaziabad
ghent
gitega
giza
glasgow
gold coast
goma
gomel
gori
gothenburg
gqeberha
granada
graz
green bay
greensboro
grenoble
grodno
groningen
grozny
guadalajara
guangzhou
guantanamo
guantanamo bay
guatemala city
guayaquil
guiyang
gulu
gurgaon
gurugram
guwahati
gwalior
gwangju
hagatna
haifa
haikou
haiphong
halifax
hama
hamburg
hamilton
hangzhou
hanoi
hanover
harare
harbin
hargeisa
harlem
hartford
havana
hebron
hefei
heidelberg
helsinki
herat
herzliya
hiroshima
ho chi minh city
hobart
hodeidah
hohhot
hollywood
homs
honiara
honolulu
houston
howrah
hsinchu
hudaydah
hue
hull
hyderabad
iasi
ibadan
idlib
imphal
incheon
indianapolis
indore
innsbruck
ipoh
iqaluit
irbid
irkutsk
irpin
isfahan
islamabad
istanbul
izmir
jabalia
jabalpur
jackson
jacksonville
jaffna
jaipur
jakarta
jalalabad
jalandhar
jammu
jeddah
jenin
jericho
jersey city
jerusalem
jinan
jodhpur
johannesburg
johor bahru
jos
juba
kabul
kaduna
kaesong
kaliningrad
kampala
kandahar
kandy
kano
kanpur
kansas city
kaohsiung
karachi
karbala
kargil
kashgar
kathmandu
katowice
kaunas
kazan
kerch
kerman
key west
khabarovsk
khan younis
khan yunis
kharkiv
kharkov
khartoum
kherson
khujand
kidal
kiel
kiev
kigali
kingston
kinshasa
kirkuk
kisangani
kismayo
kisumu
kitwe
knoxville
kobani
kobe
kochi
kolkata
konya
kosice
kota
kota kinabalu
krakow
kramatorsk
krasnodar
krasnoyarsk
kuala lumpur
kuching
kumasi
kunduz
kunming
kupiansk
kursk
kuwait city
kyiv
kyoto
l.a.
la paz
la plata
lagos
lahore
lampedusa
laredo
larnaca
las vegas
latakia
lausanne
le havre
leeds
leh
leicester
leiden
leipzig
leningrad
leon
lexington
lhasa
libreville
liege
lille
lilongwe
lima
limassol
limerick
linz
lisbon
little rock
liverpool
ljubljana
lodz
lome
london
londonderry
los angeles
louisville
luanda
luang prabang
lubbock
lublin
lubumbashi
lucerne
lucknow
ludhiana
lugano
lugansk
luhansk
lusaka
luton
luxembourg city
luxor
lviv
lyon
maastricht
macau city
madison
madras
madrid
madurai
maiduguri
mainz
majuro
makassar
makati
makhachkala
malabo
malacca
malaga
malakal
male
malmo
managua
manama
manaus
manchester
mandalay
manhattan
manila
maputo
mar-a-lago
maracaibo
maracay
marawi
marib
maribor
mariupol
marrakech
marrakesh
marseille
maseru
mashhad
mazar-e-sharif
mbabane
mcallen
mecca
medan
medellin
medina
meerut
mekele
mekelle
melbourne
melitopol
memphis
mendoza
merida
mexico city
miami
milan
milwaukee
minneapolis
minneapolis-st paul
minsk
misrata
mobile
mogadishu
mombasa
monrovia
montego bay
monterrey
montevideo
montgomery
montpellier
montreal
montreux
moroni
moscow
mostar
mosul
mukalla
multan
mumbai
munich
murmansk
muscat
mutare
mykolaiv
mysore
n'djamena
nabatieh
nablus
nagasaki
nagoya
nagpur
naha
nairobi
najaf
nakuru
nanjing
nanning
nantes
naples
nara
nashik
nashville
nassau
natanz
naypyidaw
naypyitaw
nazareth
ndjamena
ndola
neom
netanya
new delhi
new orleans
new york
new york city
newark
newcastle
niamey
nice
nicosia
nis
nizhny novgorod
noida
norfolk
norwich
nottingham
nouakchott
noumea
novi sad
novosibirsk
nuku'alofa
nur-sultan
nuremberg
nuuk
nyala
nyc
oakland
oaxaca
odense
odesa
odessa
okinawa
oklahoma city
omaha
omdurman
omsk
onitsha
oran
orlando
osaka
osh
oslo
ostrava
ottawa
ouagadougou
oxford
padua
palembang
palermo
palm beach
palmyra
palo alto
pamplona
panama city
panmunjom
papeete
paramaribo
paris
parma
patna
patras
pattaya
pearl harbor
peking
pemba
penang
pensacola
perm
perth
peshawar
philadelphia
phnom penh
phoenix
phuket
piraeus
pittsburgh
plovdiv
plymouth
podgorica
pokhara
pokrovsk
polokwane
poltava
pondicherry
port elizabeth
port harcourt
port louis
port moresby
port of spain
port said
port sudan
port vila
port-au-prince
portland
porto
porto alegre
porto-novo
portsmouth
potsdam
poznan
prague
praia
prayagraj
pretoria
pristina
providence
pskov
puducherry
puebla
pune
punta del este
puri
putrajaya
pyongyang
qamishli
qingdao
qom
quebec city
queens
quetta
quezon city
quito
rabat
rafah
raipur
rajkot
raleigh
ramadi
ramallah
ranchi
rangoon
raqqa
rawalpindi
reading
recife
regina
reims
rennes
reykjavik
richmond
riga
rio
rio de janeiro
riyadh
rome
rosario
rostov-on-don
rotorua
rotterdam
ryazan
rzeszow
sacramento
saigon
saint louis
saint petersburg
salalah
salisbury
salt lake city
salvador
salzburg
samara
samarkand
samarra
san antonio
san diego
san francisco
san jose
san juan
san pedro sula
san salvador
san sebastian
sana'a
sanaa
santa cruz
santa fe
santa monica
santiago
santo domingo
sanya
sao paulo
sapporo
sarajevo
saratov
saskatoon
savannah
sderot
seattle
sejong
selma
semarang
sendai
seoul
sevastopol
seville
sfax
shanghai
sharjah
sharm el-sheikh
sheffield
shenyang
shenzhen
shijiazhuang
shillong
shimla
shiraz
sialkot
sidon
siem reap
siliguri
simferopol
sioux falls
sirte
sittwe
skopje
sloviansk
smolensk
sochi
sofia
sousse
southampton
southport
soweto
split
spokane
srebrenica
srinagar
st louis
st paul
st petersburg
staten island
stavanger
stepanakert
stockholm
strasbourg
stuttgart
sucre
suez
sukhumi
sulaymaniyah
sumy
surabaya
surat
suva
suzhou
swansea
sydney
sylhet
szeged
tabriz
tacoma
taichung
tainan
taipei
taiyuan
taiz
tallahassee
tallinn
tamale
tampa
tampere
tangier
tartu
tartus
tashkent
tauranga
tbilisi
tegucigalpa
tehran
tel aviv
the hague
thessaloniki
thimphu
thiruvananthapuram
tianjin
tijuana
tikrit
timbuktu
timisoara
tirana
tiraspol
tobruk
tokyo
toledo
toowoomba
toronto
toulouse
townsville
trabzon
trieste
tripoli
tromso
trondheim
trujillo
tskhinvali
tucson
tula
tulkarem
tulsa
tunis
turin
turku
tver
tyre
udaipur
ufa
ulaanbaatar
ulan bator
uppsala
urumqi
utrecht
uvalde
vadodara
vaduz
valencia
valletta
valparaiso
vancouver
varanasi
varna
venice
veracruz
verona
vienna
vientiane
vijayawada
vilnius
vinnytsia
visakhapatnam
vladivostok
volgograd
voronezh
warsaw
washington
washington d.c.
washington dc
wellington
west palm beach
whitehorse
wichita
windhoek
winnipeg
wollongong
wroclaw
wuhan
xi'an
xiamen
xining
yalta
yamoussoukro
yangon
yaounde
yazd
yekaterinburg
yellowknife
yerevan
yogyakarta
yokohama
york
zagreb
zahedan
zamboanga
zanzibar
zaporizhia
zaporizhzhia
zaragoza
zarqa
zhengzhou
zurich

[region]
10 downing street
adriatic
adriatic sea
aegean
aegean sea
africa
al-aqsa mosque
alabama
alaska
alberta
alps
alsace
amazon
amazon basin
amazon rainforest
amazonia
amhara
anatolia
anbar
andalusia
andes
andhra pradesh
anhui
antarctica
appalachia
arabian gulf
arabian peninsula
arabian sea
arctic
arctic ocean
arizona
arkansas
arunachal pradesh
ashanti
asia
asia pacific
asia-pacific
assam
atlantic
atlantic ocean
australasia
australian capital territory
baden-wurttemberg
bahia
baja california
balearic islands
bali
balkans
balochistan
baltic
baltic sea
baltics
baluchistan
barotseland
bashkortostan
basque country
bavaria
bay of bengal
bay of plenty
bekaa valley
bengal
benue
biafra
bihar
black sea
blue nile
bohemia
borneo
borno
borno state
bosphorus
bougainville
brandenburg
british columbia
brittany
burgundy
cabo delgado
calabria
california
canary islands
canterbury
cape cod
capitol
capitol hill
caribbean
carpathians
casamance
caspian sea
castile
catalonia
caucasus
central africa
central america
central asia
central europe
channel islands
chatham islands
chechnya
chhattisgarh
chiapas
chihuahua
chin state
colorado
connecticut
cornwall
corsica
crete
crimea
cumbria
cyprus
cyrenaica
dagestan
danube
dardanelles
darfur
dead sea
delaware
demilitarized zone
devon
dhofar
district of columbia
diyala
dmz
dnieper
dnipro river
donbas
donbass
downing street
earth
east africa
east asia
east china sea
eastern cape
eastern europe
eastern ghouta
english channel
essex
euphrates
eurasia
europe
everest
far east
fezzan
first world
flanders
florida
free state
fujian
fukushima
galicia
galilee
ganges
gansu
gauteng
gaza
gaza strip
ghouta
global south
goa
gobi desert
golan heights
great barrier reef
green zone
ground zero
guadalcanal
guangdong
guangxi
guernsey
guerrero
guizhou
gujarat
gulf
gulf of aden
gulf of guinea
gulf of mexico
gulf of oman
hadramawt
hainan
haryana
hawaii
hebei
hebrides
heilongjiang
hejaz
helmand
helmand province
henan
hesse
highlands
himachal pradesh
himalaya
himalayas
hindu kush
hokkaido
honshu
horn of africa
hubei
hunan
iberian peninsula
ibiza
idaho
illinois
indian ocean
indiana
indo-pacific
indus
ingushetia
inner mongolia
iowa
iraqi kurdistan
isan
isle of man
isle of wight
ituri
jalisco
jammu and kashmir
java
jersey
jharkhand
jiangsu
jiangxi
jilin
johor
jordan river
jordan valley
jubaland
judea
judea and samaria
jupiter
kabylie
kachin
kachin state
kalahari
kalimantan
kamchatka
kandahar province
kansas
karakoram
karelia
karen state
karnataka
kasai
kashmir
kashmir valley
katanga
kedah
kelantan
kent
kentucky
kerala
khuzestan
khyber pakhtunkhwa
kilimanjaro
kivu
korean peninsula
kosovo
kremlin
kurdistan
kuril islands
kwazulu-natal
kyushu
ladakh
lake chad
lake victoria
lancashire
latin america
lesbos
levant
liaoning
limpopo
lombardy
lombok
long island
louisiana
lower saxony
luzon
madhya pradesh
maghreb
maharashtra
maine
majorca
manchuria
manipur
manitoba
mars
martha's vineyard
maryland
massachusetts
matabeleland
mato grosso
mediterranean
mediterranean sea
meghalaya
mekong
mekong river
michigan
michoacan
middle east
mideast
midlands
midwest
minas gerais
mindanao
minnesota
mississippi
mississippi river
missouri
mizoram
moluccas
montana
moon
moravia
mount everest
mpumalanga
nagaland
najd
nangarhar
near east
nebraska
negev
nevada
new brunswick
new england
new hampshire
new jersey
new mexico
new south wales
new york state
newfoundland
newfoundland and labrador
niger delta
nile
nineveh
ningxia
normandy
north africa
north america
north carolina
north caucasus
north dakota
north island
north kivu
north rhine-westphalia
north sea
north waziristan
northeast asia
northern california
northern cyprus
northern europe
northern hemisphere
northern ireland
northern territory
northland
northumberland
northwest territories
nova scotia
nunavut
oaxaca
occupied west bank
oceania
odisha
ogaden
ohio
oklahoma
ontario
oregon
orkney
oromia
otago
outback
oval office
pacific
pacific islands
pacific ocean
palawan
panama canal
panjshir
panjshir valley
papua
parana
patagonia
pennsylvania
perak
persian gulf
piedmont
plateau state
prince edward island
provence
punjab
puntland
pyrenees
qinghai
quebec
queensland
rajasthan
rakhine
rakhine state
red sea
red square
rhine
rhineland
rhode island
rhodes
rif
rift valley
rio grande
rio grande do sul
rockies
rocky mountains
rojava
saarland
sabah
sahara
sahara desert
sahel
sakhalin
samaria
sarawak
sardinia
saskatchewan
saturn
saxony
scandinavia
schleswig-holstein
scottish highlands
sea of azov
sea of japan
seine
selangor
shaanxi
shan state
shandong
shanxi
shetland
shikoku
siberia
sichuan
sicily
sikkim
silesia
silicon valley
sinai
sinai peninsula
sinaloa
sindh
sistan and baluchestan
sonora
south america
south asia
south australia
south carolina
south caucasus
south china sea
south dakota
south island
south kivu
south kordofan
south lebanon
south pacific
south waziristan
south-east asia
southeast asia
southern africa
southern california
southern europe
southern hemisphere
southern lebanon
southern ocean
strait of hormuz
sub-saharan africa
suez canal
sulawesi
sulu
sumatra
surrey
sussex
swat valley
tahrir square
taiwan strait
tamaulipas
tamil nadu
tasmania
tatarstan
telangana
temple mount
tennessee
texas
thames
the west
third world
thrace
thuringia
tiananmen square
tibet
tigray
tigris
times square
timor
transylvania
tripura
tuscany
tuva
ulster
upper galilee
urals
us capitol
utah
uttar pradesh
uttarakhand
veneto
venus
vermont
victoria
virginia
visayas
vojvodina
volga
waikato
wailing wall
wall street
wallonia
washington state
waziristan
west africa
west asia
west bank
west bengal
west indies
west midlands
west papua
west virginia
west wing
western australia
western balkans
western cape
western europe
western hemisphere
western wall
westminster
white house
whitehall
wisconsin
wyoming
xinjiang
yangtze
yellow river
yellow sea
yorkshire
yucatan
yukon
yunnan
zamfara
zhejiang
