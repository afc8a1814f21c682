# English titles and offices before a name, those of quotations in Cyrillic letters, roles beside it, verbs with a person as subject. Compiled by the dossier authors from general knowledge.

[title]
acting president
activist
actor
actress
adm
admiral
adviser
advisor
advocate
agent
aide
alderman
alhaja
alhaji
amb
ambassador
analyst
apostle
archbishop
archbishop emeritus
architect
army chief
artist
asantehene
assemblyman
assemblymember
assemblywoman
astronaut
attorney
attorney general
atty
aunt
auntie
author
ayatollah
banker
bapak
baron
baroness
barrister
billionaire
bishop
bishop emeritus
boss
brig gen
brigadier
brigadier general
brother
brothers
bu
businessman
businesswoman
cabinet secretary
caliph
caliph
candidate
canon
capt
captain
cardinal
ceo
cfo
chair
chairman
chairperson
chairwoman
champion
chancellor
chef
chief
chief economist
chief executive
chief justice
chief minister
chief mrs
chief negotiator
chief of staff
chief prosecutor
chief rabbi
chief secretary
citizen
cllr
cmdr
co-chair
co-founder
coach
cofounder
col
colonel
columnist
comedian
commander
commander-in-chief
commissar
commissioner
commodore
composer
comrade
conductor
congressman
congressmember
congresswoman
constable
consul
consul general
coo
corporal
correspondent
cosmonaut
coun
councillor
councilman
councilmember
councilwoman
counsel
count
countess
cpl
crown prince
cto
culture minister
dalai lama pm potus vp
dame
dato
dato seri
dato sri
datuk
datuk seri
deacon
defence minister
defence secretary
defender
defense minister
defense secretary
delegate
democrat
democratic gov
democratic rep
democratic sen
deputy
deputy director
deputy foreign minister
deputy governor
deputy mayor
deputy minister
deputy president
deputy prime minister
deputy secretary
designer
detective
director
director general
director-general
dissident
district attorney
doctor
don
doña
dr
dr mr
duchess
duke
earl
economist
economy minister
editor
editor-in-chief
education minister
education secretary
elder
emir
emperor
empress
encik
energy minister
engineer
engr
entrepreneur
environment minister
envoy
evangelist
ex-president
executive director
father
field marshal
filmmaker
finance minister
first gentleman
first lady
first minister
foreign minister
foreign secretary
former president
founder
fr
frau
gen
general
general manager
general secretary
goalkeeper
gov
governor
governor-general
grand ayatollah
grandma
grandpa
guru
haji
hajia
hajj
hajji
harbor master
harbormaster
harbour master
harbourmaster
head coach
headmaster
headmistress
health minister
health secretary
her excellency
herr
high commissioner
his excellency
historian
hm queen
hojatoleslam
home minister
home secretary
hon
honourable
house speaker
ibu
icon
imam
information minister
insp
inspector
inspector general
intelligence chief
interior minister
investor
journalist
judge
justice
justice minister
kaumatua
khan bahadur
king
labor minister
labour minister
lady
lama
lawmaker
lawyer
leader
legend
lieutenant
lieutenant colonel
lieutenant general
lieutenant governor
lord
lord justice
lt
lt col
lt gen
lt gov
madame
magistrate
maharaja
maj
maj gen
major
major general
majority leader
manager
managing director
marshal
maulana
mawlana
mayor
mediator
mep
midfielder
military chief
minister
minority leader
miss
mla
mme
model
monarch
monsieur
monsignor
mother
mp
mr
mr justice
mrs
mrs justice
ms
msgr
msp
mufti
mullah
musician
mwalimu
mx
nana
national security adviser
national security advisor
nawab
negotiator
nobel laureate
nobel peace laureate
nominee
novelist
nurse
oba
officer
oil minister
ooni
opposition leader
otumfuo
owner
painter
pak
pandit
paramount chief
pastor
patriarch
philanthropist
photographer
pilot
pitcher
playwright
poet
police chief
police commissioner
pope
pope emeritus
premier
president
president emeritus
president-elect
press secretary
prime minister
prince
princess
principal
private
prof
professor
prophet
prosecutor
prosecutor general
pvt
quarterback
queen
rabbi
raja
rapper
rapporteur
rear admiral
rebel leader
referee
regent
rep
reporter
representative
republican
republican gov
republican rep
republican sen
researcher
rev
reverend
right honourable
rt hon
saint
scholar
scientist
sculptor
secretary
secretary general
secretary of state
secretary-designate
secretary-general
security chief
sen
senator
sergeant
seri
señor
señora
sgt
shaikh
shaykh
sheik
shaikh
sheikh
sheikha
sheriff
shri
signor
signora
singer
sir
sister
smt
solicitor general
speaker
special agent
special counsel
special envoy
special rapporteur
spokesman
spokesperson
spokeswoman
sri
staff sergeant
star
state rep
state sen
station master
stationmaster
striker
sultan
superintendent
superstar
supreme leader
supt
surgeon general
swami
tan sri
taoiseach
td
teacher
tory
trade minister
transport minister
treasury secretary
tribal leader
trooper
tycoon
tánaiste
uncle
under-secretary-general
undersecretary
undersecretary-general
us rep
us sen
ustad
ustaz
veteran
vice admiral
vice chairman
vice chancellor
vice premier
vice president
vice-chair
vice-president
viscount
warlord
whip
writer
генерал
канцлер
министр
премьер
премьер-министр
прем'єр-міністр
президент

[role]
accountant
activist
actor
actress
adviser
advisor
aide
ally
ambassador
analyst
anchor
anthropologist
arbitrator
archaeologist
architect
artist
associate
astronaut
attacker
attorney
auditor
author
baker
banker
billionaire
biologist
bishop
blogger
botanist
boxer
broadcaster
broker
brother
businessman
butcher
cameraman
campaigner
candidate
captain
carpenter
cartel boss
ceo
chair
chairman
chairperson
chairwoman
champion
chancellor
chef
chief
chief executive
chieftain
cleric
co-author
co-director
co-founder
coach
colleague
columnist
comedian
commander
commissioner
composer
conductor
consultant
coordinator
councillor
counterpart
cousin
critic
cyclist
dancer
daughter
defendant
defender
delegate
deputy head
designer
dictator
diplomat
director
doctor
driver
drug lord
ecologist
economist
editor
elder
electrician
engineer
entrepreneur
envoy
epidemiologist
executive
expert
explorer
farmer
father
fellow
filmmaker
fisherman
footballer
foreign minister
founder
friend
general
geologist
goalkeeper
golfer
governor
guide
gunman
gymnast
hacker
head
historian
host
husband
imam
influencer
inspector
interpreter
investor
janitor
jockey
journalist
judge
king
lawmaker
lawyer
leader
lecturer
legislator
magnate
manager
mastermind
mayor
mechanic
mediator
member
midfielder
migrant
militant
minister
mogul
monk
mother
mountaineer
mp
musician
negotiator
nephew
niece
nominee
novelist
nurse
officer
official
oligarch
opponent
organiser
organizer
owner
painter
parliamentarian
partner
patriarch
photographer
photojournalist
physician
pilot
player
playwright
plumber
poet
policeman
politician
pollster
preacher
predecessor
premier
presenter
president
priest
prime minister
prince
princess
principal
producer
professor
prosecutor
psychiatrist
psychologist
queen
rabbi
racer
rapper
referee
refugee
regional expert
reporter
representative
researcher
resident
restaurateur
rival
ruler
scientist
secretary
secretary-general
senator
senior fellow
senior official
shareholder
shopkeeper
singer
sister
skater
sociologist
soldier
son
specialist
spokesman
spokesperson
spokeswoman
sprinter
strategist
striker
strongman
student
successor
superintendent
supervisor
survivor
suspect
swimmer
teacher
technician
top diplomat
tourist
trader
trainer
translator
treasurer
trustee
tycoon
umpire
undersecretary
vendor
veteran
vice chairman
vice president
victim
virologist
waiter
waitress
warlord
whistleblower
widow
wife
witness
wrestler
writer
youtuber
zoologist

[person-verb]
accused
acknowledged
added
addressed
adds
admits
admitted
agreed
answered
apologised
apologized
appeared
appointed
argued
argues
arrived
asked
asks
attended
beat
became
believed
believes
blamed
born
called
cautioned
chaired
claimed
claims
commented
conceded
concluded
condemned
confirmed
confirms
cried
criticised
criticized
decided
declared
declined
defeated
denied
denies
denounced
died
discussed
divorced
earned
embraced
emphasised
emphasized
expects
explained
explains
feels
felt
fled
flew
graduated
greeted
hailed
hated
headed
heads
hoped
hopes
hosted
hugged
insisted
insists
joined
joked
knew
knows
lamented
laughed
leads
led
loses
lost
loved
loves
married
meets
met
nodded
nominated
noted
notes
observed
plans
pledged
pledges
posted
praised
predicted
predicts
promised
promises
quipped
ran
recalled
recalls
received
refused
reiterated
remarked
remembered
replied
resigned
responded
retired
runs
said
sat
say
saying
says
scored
sees
served
shook
shrugged
sighed
slammed
smiled
speaking
speaks
spoke
stepped
stood
stressed
stresses
studied
suggested
talked
tell
tells
testified
thanked
thinks
thought
told
traveled
travelled
tried
tweeted
tweets
urged
urges
visited
visits
vowed
vows
walked
wanted
wants
warned
warns
welcomed
wins
won
worked
writes
wrote
