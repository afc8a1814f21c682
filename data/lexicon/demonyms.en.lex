# English words for peoples, their languages and creeds: no places by themselves; "= country". Compiled by the dossier authors from general knowledge.

[demonym]
aboriginal
aboriginals
afghan = Afghanistan
afghans = Afghanistan
african
african american
african americans
african-american
africans
afro-american
alawite
alawites
albanian = Albania
albanians = Albania
algerian = Algeria
algerians = Algeria
american = United States
americans = United States
amhara
amish
anglican
anglicans
anglo
anglo-saxon
angolan = Angola
antarctic
anti-semitic
anti-semitism
antisemitic
antisemitism
apache
arab
arabian
arabic
arabs
arctic
argentine = Argentina
argentines = Argentina
argentinian = Argentina
armenian = Armenia
armenians = Armenia
ashkenazi
asian
asians
australian = Australia
australians = Australia
austrian = Austria
austrians = Austria
aymara
azerbaijani = Azerbaijan
azeri = Azerbaijan
aztec
bahraini = Bahrain
balkan
baltic
bangladeshi = Bangladesh
baptist
baptists
basque
bavarian
bedouin
bedouins
belarusian = Belarus
belarusians = Belarus
belgian = Belgium
belgians = Belgium
bengali
berber
berliner
bolivian = Bolivia
bosnian = Bosnia
botswanan = Botswana
brazilian = Brazil
brazilians = Brazil
brit
british = United Kingdom
briton = United Kingdom
britons = United Kingdom
brits
buddhism
buddhist
buddhists
bulgarian = Bulgaria
bulgarians = Bulgaria
burkinabe = Burkina Faso
burmese = Myanmar
burundian = Burundi
byzantine
californian
calvinist
cambodian = Cambodia
cameroonian = Cameroon
canadian = Canada
canadians = Canada
catalan
catholic
catholics
caucasian
central asian
chadian = Chad
chavista
chechen
chechens
cherokee
chilean = Chile
chileans = Chile
chinese = China
christian
christianity
christians
colombian = Colombia
colombians = Colombia
communist
communists
confucian
congolese = Congo
conservative
conservatives
cossack
cossacks
costa rican = Costa Rica
croat = Croatia
croatian = Croatia
croats = Croatia
cuban = Cuba
cubans = Cuba
cypriot = Cyprus
cypriots = Cyprus
czech = Czech Republic
czechs = Czech Republic
dane = Denmark
danes = Denmark
danish = Denmark
democratic
democrats
dominican = Dominican Republic
druze
dutch = Netherlands
east asian
eastern
ecuadorean = Ecuador
ecuadorian = Ecuador
egyptian = Egypt
egyptians = Egypt
elizabethan
emirati = United Arab Emirates
english = England
englishman
eritrean = Eritrea
estonian = Estonia
estonians = Estonia
ethiopian = Ethiopia
ethiopians = Ethiopia
eurasian
european
europeans
evangelical
evangelicals
fascist
fijian = Fiji
filipina = Philippines
filipino = Philippines
filipinos = Philippines
finn = Finland
finnish = Finland
finns = Finland
first nations
flemish
franco
french = France
frenchman = France
fulani
gambian = Gambia
georgian = Georgia
georgians = Georgia
german = Germany
germans = Germany
ghanaian = Ghana
ghanaians = Ghana
greek = Greece
greeks = Greece
guatemalan = Guatemala
guinean = Guinea
haitian = Haiti
haitians = Haiti
haredi
haredim
hasidic
hausa
hawaiian
hebrew
hindu
hinduism
hindus
hispanic
hispanics
honduran = Honduras
houthis
hungarian = Hungary
hungarians = Hungary
hutu
hutus
icelandic = Iceland
igbo
inca
indian = India
indians = India
indigenous
indonesian = Indonesia
indonesians = Indonesia
inuit
iranian = Iran
iranians = Iran
iraqi = Iraq
iraqis = Iraq
irish = Ireland
irishman
islam
islamic
islamist
islamists
israeli = Israel
israeli-palestinian
israelis = Israel
italian = Italy
italians = Italy
ivorian = Ivory Coast
jamaican = Jamaica
jamaicans = Jamaica
japanese = Japan
jesuit
jesuits
jew
jewish
jews
jihadist
jordanian = Jordan
jordanians = Jordan
judaism
kashmiri
kazakh = Kazakhstan
kenyan = Kenya
kenyans = Kenya
korean = Korea
koreans = Korea
kosovar = Kosovo
kurd
kurdish
kurdish-led
kurds
kuwaiti = Kuwait
kuwaitis = Kuwait
kyrgyz = Kyrgyzstan
lao = Laos
laotian = Laos
latin
latin american
latin americans
latina
latino
latinos
latvian = Latvia
latvians = Latvia
lebanese = Lebanon
leftist
leninist
liberal democrat
liberian = Liberia
liberians = Liberia
libyan = Libya
libyans = Libya
lithuanian = Lithuania
lithuanians = Lithuania
londoner
londoners
lutheran
maasai
macedonian = North Macedonia
malagasy = Madagascar
malawian = Malawi
malay
malays
malaysian = Malaysia
malaysians = Malaysia
malian = Mali
maltese = Malta
maoist
maoists
maori
mapuche
marxist
masai
mauritanian = Mauritania
maya
mayan
methodist
mexican = Mexico
mexicans = Mexico
middle eastern
moldovan = Moldova
mongolian = Mongolia
montenegrin = Montenegro
mormon
mormons
moroccan = Morocco
moroccans = Morocco
moslem
mozambican = Mozambique
muscovite
muslim
muslims
namibian = Namibia
native american
native americans
navajo
nazi
nazis
nepalese = Nepal
nepali = Nepal
new yorker
new yorkers
new zealander = New Zealand
new zealanders = New Zealand
nicaraguan = Nicaragua
nigerian = Nigeria
nigerians = Nigeria
nigerien = Niger
nordic
north korean = North Korea
north koreans = North Korea
northern
norwegian = Norway
norwegians = Norway
omani = Oman
oromo
orthodox
ossetian
ottoman
pakistani = Pakistan
pakistanis = Pakistan
palestinian = Palestine
palestinians = Palestine
panamanian = Panama
papuan
paraguayan = Paraguay
parisian
pashtun
pashtuns
peronist
persian
peruvian = Peru
peruvians = Peru
philippine = Philippines
pole = Poland
poles = Poland
polish = Poland
portuguese = Portugal
presbyterian
protestant
protestants
puerto rican = Puerto Rico
puerto ricans = Puerto Rico
punjabi
qatari = Qatar
qataris = Qatar
quaker
quechua
republican
republicans
rohingya
roman
romanian = Romania
romanians = Romania
romans
russian = Russia
russians = Russia
rwandan = Rwanda
rwandans = Rwanda
salafi
salvadoran = El Salvador
samoan = Samoa
saudi = Saudi Arabia
saudis = Saudi Arabia
scandinavian
scot = Scotland
scots = Scotland
scottish = Scotland
senegalese = Senegal
sephardic
serb = Serbia
serbian = Serbia
serbians = Serbia
serbs = Serbia
shi'ite
shia
shiite
shiites
sierra leonean = Sierra Leone
sikh
sikhs
singaporean = Singapore
singaporeans = Singapore
sinhalese
sino
sioux
slav
slavic
slovak = Slovakia
slovaks = Slovakia
slovene = Slovenia
slovenian = Slovenia
socialist
socialists
somali = Somalia
somalis = Somalia
south african = South Africa
south africans = South Africa
south korean = South Korea
south koreans = South Korea
south sudanese = South Sudan
southeast asian
southern
soviet = Soviet Union
soviets = Soviet Union
spaniard = Spain
spaniards = Spain
spanish = Spain
sri lankan = Sri Lanka
sri lankans = Sri Lanka
stalinist
sudanese = Sudan
sufi
sunni
sunnis
swede = Sweden
swedes = Sweden
swedish = Sweden
swiss = Switzerland
syrian = Syria
syrians = Syria
taiwanese = Taiwan
tajik = Tajikistan
tamil
tamils
tanzanian = Tanzania
taoist
tatar
tatars
texan
thai = Thailand
thais = Thailand
tibetan
tibetans
tigrayan
togolese = Togo
tongan = Tonga
tories
trotskyist
trumpist
tuareg
tuaregs
tunisian = Tunisia
tunisians = Tunisia
turk = Turkey
turkic
turkish = Turkey
turkmen
turks = Turkey
tutsi
tutsis
tuvan
ugandan = Uganda
ugandans = Uganda
uighur
uighurs
ukrainian = Ukraine
ukrainians = Ukraine
uruguayan = Uruguay
uyghur
uyghurs
uzbek = Uzbekistan
uzbeks = Uzbekistan
venezuelan = Venezuela
venezuelans = Venezuela
victorian
vietnamese = Vietnam
viking
vikings
wahhabi
welsh = Wales
western
westerner
westerners
xhosa
yazidi
yazidis
yemeni = Yemen
yemenis = Yemen
yoruba
yugoslav = Yugoslavia
zambian = Zambia
zimbabwean = Zimbabwe
zimbabweans = Zimbabwe
zionism
zionist
zionists
zulu
zulus
