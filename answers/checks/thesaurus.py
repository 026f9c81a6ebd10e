"""Words that stand near each other without being the same, and forms that no stemmer brings together.

A word may be near several others ("save" is near "keep" and near "spare"); nearness does not carry over. Only what is true of nearly
every use in a shop's talk belongs here: "repair" is not near "replace", a "box" is not near a "letter".
"""

from __future__ import annotations

from functools import cache

from knowledge_base.text import stemmer

_FORMS = """
be been being was were, begin began begun, bend bent, bind bound, blow blew blown, break broke broken, bring brought, build built
buy bought, catch caught, choose chose chosen, come came, cost costs, cut cuts, deal dealt, do did done, draw drew drawn
drive drove driven, eat ate eaten, fall fell fallen, feel felt, fight fought, find found, fit fitted, fly flew flown
forget forgot forgotten, freeze froze frozen, get got gotten, give gave given, go went gone, grow grew grown, hang hung, have had
hear heard, hide hid hidden, hold held, keep kept, know knew known, lay laid, lead led, leave left, lend lent, let lets, lie lay lain
lose lost losing, make made, mean meant, meet met, pay paid, prove proven, put puts, read reads, ride rode ridden, rise rose risen
run ran, say said, see saw seen, seek sought, sell sold, send sent, set sets, shake shook shaken, shine shone, show showed shown
shrink shrank shrunk shrinkage, shut shuts, sink sank sunk, sit sat, sleep slept, speak spoke spoken, spend spent, split splits
spread spreads, stand stood, steal stole stolen, stick stuck, sweep swept, swell swollen, swim swam swum, take took taken, teach taught
tear tore torn, tell told, think thought, throw threw thrown, understand understood, undo undid undone, wake woke woken, wear wore worn
weep wept, wet wets, win won, write wrote written, rewrite rewritten, foot feet, tooth teeth, child children, man men, woman women
person persons people, leaf leaves, shelf shelves, half halves, life lives, proof proofing, rust rusty rusted, oil oiled oily
sun sunlight sunshine sunny, water watery, dust dusty, damp dampness, wind windy, thick thickness, warm warmth, long length, wide width
high height, deep depth, strong strength, dry dryness drying, safe safety safely, slow slowly, quick quickly, easy easily ease
dark darkness, bright brightness, colour color coloured colored colourful, weigh weight, describe description descriptive
decide decision, choose choice, apply application, confirm confirmation, deliver delivery deliveries, invite invitation, receive receipt
arrive arrival, pay payment, store storage, use usage usable, compensate compensation, resist resistance resistant
person personal personally, year yearly annual annually, month monthly, week weekly, day daily, expire expiry expiration
reply replies replied, carry carries carried, try tries tried trial, tidy tidies, dim dimmer dimmable dimmed
"""
_COMPARED = """
big small large little long short high low deep wide narrow thick thin strong weak loud quiet quick fast slow warm cold hot cool bright
dark light heavy cheap dear old new young late early near far easy safe clean dry wet damp soft hard loose tight great tall fine close
dull sharp full
"""
_NEAR = """
enter type fill insert key input put provide write
give name provide supply state mention specify list tell quote say
report tell inform notify announce mention contact let
ask request demand want apply turn
ask say tell
name carry bear have
consist make
split divide several
close over end
close end
save store
reorder order
name list mention specify state give
need demand require must want
need use
choose pick select go opt take decide want prefer
choice option alternative pick
prefer rather like want wish
buy get purchase order
seller shop store
send post mail ship dispatch return hand
send email
email text message
forward pass hand
hand give pass deliver turn bring drop
leave drop deposit put
deliver bring arrive reach hand come
ship leave send deliver dispatch
arrive get come reach land
arrive receive
return send bring hand
get receive obtain collect earn
get receive be refund
collect pick fetch gather
collect earn get gain
earn get receive
earn bring give
credit add book
credit award give
spend use redeem pay
redeem use spend enter
use employ apply spend redeem
use take work
use help
valid work hold good apply last use
expire run end lapse
extend prolong lengthen renew
extend last
refund pay return
refund money
cancel stop call
cancel undo revoke
undo reverse revoke
change alter modify amend switch replace update edit adjust
change swap exchange replace
change turn become
change fix correct
swap exchange replace switch
swap trade
replace exchange new renew
replace change
repair fix mend
fix solve
block lock freeze
lock block
locked blocked
delete remove erase wipe clear
delete lose
remove take pull strip
remove get
lose gone vanish miss
lost miss disappear
missing absent lack
damage break harm hurt ruin destroy spoil attack
break crack
destroy ruin damage break throw
faulty broken defective damage
fault defect flaw problem broken
fault break
stop end cease quit
disable off stop
switch turn
switch off stop
show display list see appear
show see find
show name tell list
show give
show print
shown mark
find see locate appear
find get
find look search
search look trace find seek
trace search find track
track follow
track trace
look check see
look search
check verify review examine inspect look see
check test
check look go
test check try prove
try test attempt
attempt try
decide choose
keep hold store save retain preserve
keep stay remain
keep leave
save store keep
save spare
stay remain keep leave
wait allow hold
wait give
wait take
allow permit let may can
possible can able may
offer have provide give sell
offer make
sell offer carry stock have
stock available have
available have get
available sell
reserve hold keep
reserve put
promise guarantee assure
guarantee warranty
decide up
handle treat process deal take
handle care
care look handle
treat handle use
place spot location site area put
place make
place lay put
spot place mark
ground floor
flat level even
edge border
corner side
side edge end
entrance door opening
door home house doorstep
home house
neighbour next
carrier courier delivery
driver carrier
parcel delivery shipment
parcel order
package delivery
box parcel carton
packaging box pack
wrap pack
pack wrap box
pack put
seal close
close shut do seal
close end over
open available
open possible
over end close
label sticker
printer print
print label
tape stick
stick tape glue
cover hide mask
cover include
cover protect
include contain comprise part come
include cover
contain hold have
contain free
consist made
made consist contain
make produce prepare
make build
material fabric stuff
set arrange
arrange organise set
arrange request make
condition state shape
state condition status
status state
new fresh unused
unused new
complete full whole entire
complete finish
whole full complete entire total
full whole total complete
part piece component portion
part bit
accessory part
remainder rest balance
rest other remain
difference gap rest
value worth amount price
amount sum total
sum total amount
total come
total amount overall
cost be come price
cost worth
charge take bill debit
charge cost pay
fee charge cost
price cost
price value
cheap low little
expensive dear costly
pay cover
pay settle
pay cost
pay come
method way mean form
payment method
payment pay
way manner method
way route
login sign log
sign log
sign subscribe join register
subscribe sign join
subscriber reader
unsubscribe stop leave out off
join sign register
register sign
detail data information
data information detail
information detail data
receive get
provider company
company business firm
business company
office desk
firm company
team staff people us
staff team people
team lead head
head lead boss
lead head
colleague team
person human someone
person one
answer reply respond get hear back
answer help
answer speak
reply answer write
write contact message tell send
contact write reach
reach contact get
reach arrive
reach go
talk speak chat
speak talk
speak know
conversation chat talk
chat conversation
message mail note
message write
note message
text word
text message
word text
page site
page screen
question problem matter
matter issue question
problem trouble issue
trouble problem
issue problem
help assist support
help better fast
explain tell describe
explain why
reason why because
reason ground
cause reason
happen wrong
happen do
wrong bad false incorrect
wrong mistake
right correct proper
right suit
correct right
exact same
same equal identical like
same match
equal same
match fit same
fit suit match right
fit good
suit fit good ideal right work
suit good
good ideal suit right fine well
good well
well good
better good best
best better good
better softer
fine ok good suit
ideal good
large big
big large great
larger bigger up
small little
heavy weigh
weigh heavy
long over
long last
last take
last hold
last run
hold have
hold take
hold press
hold keep
press push hold
press button
push press
pull take draw
rub wipe apply spread
rub work massage
wipe clean rub
wipe dry
clean wash rinse wipe
wash clean
wash laundry
washing wash
rinse wash clean
scrub rub clean
brush scrub
dust dirt
dirt dust stain
stain spot mark
stain mark
soak absorb
soak lie
absorb soak
damp moist wet
wet water
water wet
water rain
rain water
rain wet
warm heat
heat warm hot
heat temperature
hot heat warm
hot boil
temperature degree
iron press
dryer tumble dry
tumble dryer
dry dryer
dry air
line hang
hang hanger line
air dry
store keep
loose wide
thick heavy
cut make
cut shape
stretch give
stretch wide
shrink small
room space
identity id
space room
leave space
gap space
fill space
measure size
size measure
size fit
chest bust
around about
around roughly
under beneath underneath below
underneath under below
above over
below under
inside in within
outside outdoor
outdoor outside
indoor inside
outdoors outside
bright light lumen
bright lumen
light bright lamp
lamp light
light led
cosy warm
shadow dark
loud noise hear
loud noisy
noise loud
quiet silent
silent quiet
feel notice
notice feel see
notice see
bump feel
key button
button key
button switch
power on
connect pair link
pair connect link
disconnect separate
connected pair
device phone
phone telephone call
telephone call phone
call phone ring
app program
computer pc
blink flash
flash blink
reset restart
restart reset
update new
battery charge
charge battery power
drop fall
drop lower
drop cheap
fall drop
fall go
fall lower
lower low drop
rise up
normal usual
usual normal
popular like
like popular
like love
like prefer
many lot most
few little
most lot many
often frequent
seldom rare
rare seldom
always every
every all
all every
single one
single individual
individual single
separate own
separate individual
separate single
own separate
own self
self own
together joint
together combine
combine together use
combine mix
mix combine
split divide
split several
several multiple
several more
multiple several
several some
different other another
other different
other else
else other
another other new
another different
extra more additional
additional extra
again back
again repeat
once single
twice two
immediate once
direct straight
direct immediate
straight direct
soon quick
soon early
early soon
fast quick
quick fast
quick soon
late delay
late over
delay late slow
slow delay
later after
after later
before earlier
previous before
begin start
move change go
start begin
start run
count begin
count start
count late
count mean
count run
run begin
run go
run last
period time window
window period time
time period
deadline time
date day
day date
moment time
future later
past over
old previous
old first
first original
original first old
holiday day
weekend saturday
business working
working business
open open
close closed
visit come
visitor visit
come visit
store shop
shop store
shop buy
online internet
internet online
marketplace platform
network media
media network
social network
advertising marketing ad
marketing advertising
ad advertising
share pass give
share give
sell pass
law legal
law rule
tax vat
vat tax
require demand
require law
require need
rule term
term condition
condition if
apply count
apply hold
apply cover
hold apply
hold true
true hold
exception exclude
exclude exception
exclude cover
exempt exception
accept take
accept work
accept allow
take accept
refuse reject decline
refuse accept
work go
work do
work help
work function
function work
go work
fail wrong
fail through
fail work
fail go
through work
safe secure
secure safe
sturdy strong
strong sturdy solid
solid strong
prove show
prove proof
proof prove
proof evidence
evidence proof
receipt proof
sign show
wear use
used wear
wear tear
tear wear
accident mistake
mistake accident
mistake error
wrongly mistake
misuse wrong
wrong misuse
maker manufacturer brand
manufacturer maker
brand maker
legal law
statutory legal
period duration
duration long
warranty guarantee
guarantee cover
warranty cover
present gift
gift present
receiver recipient
recipient receiver
recipient person
buyer purchaser
greeting note
voucher code
coupon code
code voucher
discount off
percent off
reduction discount
sale discount
minimum least
maximum most
limit most
limit maximum
basket cart
cart basket
checkout pay
field box
discontinued gone
discontinued stop
gone discontinued
similar alike like
like similar
alike similar
silent stop
take over
step time
step go
step increment
everybody everyone
anybody anyone
worth value
bring come
handy ready
ready use
ready prepared
video clip
picture photo
photo picture
photo image
spare replacement
spare part
recycle reuse
reuse again
dispose waste
waste rubbish trash bin
bin rubbish
rubbish waste
plane air
air plane
fly air
road truck
truck road
made produce
free without
mildew mould
mould mildew
leak hole
hole leak
normal fine
peg fix
fix peg
pitch set
pole rod
face turn
turn face
away far
away avoid
avoid away
avoid keep
hollow dip
tree wood
damp moisture
inside interior
age old
adult old
year old
remember keep
locked lock
suspicious strange
fake false
false fake
fake scam
scam fake
fraud fake
private personal
personal private
copy duplicate
deletion delete
unknown not
concern worry
worry concern
entry scan
scan entry
consent agree
agree consent
agree ok
agree yes
insult offend
public publish
publish online
publish show
appear publish
appear show
appear online
satisfied happy
happy satisfied
unhappy satisfied
compliment praise
praise compliment
"""
_LIGHT = """
time times same use used using useful fine hear wait tend instance example elsewhere prefer underneath those least clear simply rest
bother enough sure ensure certain case moment mean matter fact sort bit handy hand able unable allow let lets enable happen turn place
put set keep hold leave bring take get give make have do done go come want wish like love care mind worry hesitate feel welcome glad
happy please kindly sorry thanks need require must should ought better best good well great nice right proper okay ok ideal start begin
finish end continue follow try attempt aim plan intend see look view show tell say mention speak talk state note remember forget know
learn find whenever wherever whatever however whichever whoever regardless irrespective therefore hence thus since because though
although while whereas instead rather either actually really basically generally usually normally typically commonly mostly mainly
particularly especially specifically merely quite fairly pretty roughly approximately exactly precisely directly immediately straight
soon later already still yet again anyway besides meanwhile moreover furthermore additionally otherwise altogether overall currently
presently nowadays today now then afterwards beforehand here there where away along around about across throughout toward inside between
among beyond near nearby split consist demand through save arrive size colour under special separately individually together room else
yourself yourselves itself themselves ourselves plus including include included involve concern concerning regarding according depending
depend based due several various multiple couple lot lots bunch range kind type way manner form part piece item thing stuff anyone
anybody everyone everybody one ones person ahead forward back backward aside much many more less most word words term terms sense idea
reason purpose sake means possible possibly probably maybe perhaps likely certainly definitely absolutely easy easier easily simple
difficult hard convenient comfortable process procedure step action available exist existing apply applies applicable relevant
respective corresponding let's going gonna got gets getting own self single each per count counts considered consider regard treat
recommend recommended suggest advise advice advisable tip tips makes making made bear think thought believe expect expected rely relies
via upon onto off up out stay stays remain run runs running during whilst amid sadly luckily fortunately unfortunately alternatively
alternative entitled eligible marked exact help helps work works
"""
"""Words that carry no matter of their own: a rewording may add them. Where the evidence has them too, they count like any other."""


def _stem(word: str) -> str:
    return stemmer()(word)


@cache
def _bases() -> dict[str, str]:
    """Map the stem of each form to the stem of its base form."""
    found: dict[str, str] = {}
    for group in _FORMS.replace("\n", ",").split(","):
        if members := group.split():
            for member in members:
                found.setdefault(_stem(member), _stem(members[0]))
    for word in _COMPARED.split():
        root = word[:-1] if word.endswith(("e", "y")) else word
        root += "i" if word.endswith("y") else ""
        for form in (f"{root}er", f"{root}est", f"{word}{word[-1]}er", f"{word}{word[-1]}est"):
            found.setdefault(_stem(form), _stem(word))
    return found


def base(stemmed: str) -> str:
    """Give the stem of a word's base form: of "thrown" that of "throw", of "quickest" that of "quick"."""
    return _bases().get(stemmed, stemmed)


@cache
def near_groups() -> tuple[tuple[str, ...], ...]:
    """Give the groups of words that stand near each other, as stems of base forms. The first is near each of the others."""
    return tuple(tuple(base(_stem(word)) for word in line.split()) for line in _NEAR.strip().splitlines())


@cache
def light_stems() -> frozenset[str]:
    """Give the words that carry no matter of their own, as stems of base forms."""
    return frozenset(base(_stem(word)) for word in _LIGHT.split())
