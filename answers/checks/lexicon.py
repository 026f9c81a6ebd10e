"""What words mean the same in a shop's talk, and which say nothing that evidence would have to bear out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from answers.checks.thesaurus import base, light_stems, near_groups
from answers.checks.values import without_values
from knowledge_base.text import STOP_WORDS, stemmer, words

_SAME = """
send ship dispatch post mail despatch forward
buy purchase bought
order ordering
get receive obtain
return
refund reimburse reimbursement refundable
cost price charge fee costs priced expense pay payment paid payable
free gratis
choose pick select decide choice selection option
ask request enquire inquire
tell inform notify let write message contact reach
answer reply respond response
start begin commence begun starting
end finish stop expire expiry lapse
show display appear visible shown see
look check
keep hold store retain
stay remain
use usage apply
work function operate run
need require must necessary required
allow permit let possible
cover include contain
change alter modify amend adjust update edit
swap exchange
fix repair mend
broken damaged defective faulty fault defect damage
big large
small little
quick fast swift rapid
cheap inexpensive
whole entire
complete full
rest remainder remaining left
fit suit suitable right
person people human someone somebody individual staff colleague employee agent team
shopper buyer customer client
child kid
present gift
neighbour neighbor
parcel package packet
courier carrier driver
address location
delivery shipping shipment deliver
arrive come reach
box carton packaging
letter envelope
phone telephone
email mail
photo picture image
number code
card
account profile
basket cart trolley
checkout
discount reduction off
voucher coupon
promo promotional
invoice bill
statement
time period window
deadline
delay late
moment now currently present today
usual normal typical general common regular
often frequently
sometimes occasionally
around about approximately roughly circa
exact precise
extra additional further another
different other
same identical
wrong incorrect mistaken
correct accurate
mistake error accident
reason cause
problem issue trouble
help assist assistance support
explain describe description
add join
remove delete erase gone
hide
replace replacement substitute
cancel cancellation
confirm confirmation
agree agreement consent
refuse decline reject
accept take
publish post
law legal statutory
rule policy regulation
sign-up subscribe subscription register registration
sign-in login log
password
clean wash
dry
wet damp
hot
warm lukewarm
cold cool
iron press
machine appliance device unit
make create produce
made
build
material fabric
colour color shade
measure measurement size dimension
weigh weight heavy
length long
width wide
height high tall
depth deep
last
hurt harm
loud noisy noise
quiet silent
soft
strong
safe secure
total sum altogether
amount value
money cash
euro eur
balance
worth
earn collect gather
spend redeem
point
visit visitor
shop store
warehouse depot
country
abroad international
home house door
open
close shut closed
weekday workday
holiday
hour
separate separately individually single
together combine combined jointly
own alone
instead rather
already
soon
later afterwards
first
again repeat
question query
wording text word
review rating
touch
prefer
wear worn
unworn unused
piece item article product thing goods
set
kind type sort
version model variant
live
guest
sell sale sold
offer
"""
_FILLERS = """
also additionally moreover however therefore so then well yes okay sure certainly course simply easily directly please note
kindly generally
within possible option available offer provide give make take receive need want let help able allow apply hold
mean include contain come go find see keep stay work happen begin start choose request ask say state regarding concerning respect
per one ones
case way thing part kind type number amount total eur euro day week month year business working period
customer customers shop store person item items product products order orders article articles
too just already even still yet really quite very much right straight along onto off up out down over away back again
something anything everything someone anyone somebody anybody whatever whenever wherever whoever whichever
because since though although otherwise instead rather else while whereas once soon now today moment currently
sorry unfortunately sadly luckily happily gladly absolutely definitely basically actually simple easy quick quickly
must might shall ought being having does did done doing
ourselves yourself yourselves itself themselves myself himself herself own
everyone every each all both either whole entire any few several many most some
like likes liked such as per via toward towards upon between among across during until till unless except
look looks check expect count allow reckon plan assume suppose think believe remember forget mind matter worry
put set bring got goes went gone comes came brings
first next last before after later then
touch onto along
get gets got tell tells told more less left remaining remain version versions model piece pieces money date dated took made plus
click tap press
pass passed passes arrange arranged clock apply applies count counts valid
only solely exclusively usually normally generally typically often sometimes about around approximately roughly nearly almost always
here there where how why
long short lot lots bit
happy free
"""
NEGATIONS = frozenset(
    ["not", "no", "never", "none", "without", "cannot", "nor", "neither", "unable", "nobody", "nothing", "nowhere", "hardly", "non"]
)
_ONLY_THEMSELVES = frozenset(["accountant", "accountants", "customs", "organic", "news", "police", "generous", "important", "university"])
"""Words whose stem is that of a word with another meaning."""
_KEPT = frozenset(["free"])


@cache
def _groups() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in _SAME.strip().splitlines():
        members = [_base(word) for word in line.split()]
        for member in members:
            found.setdefault(member, members[0])
    return found


@cache
def _near() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for first, *others in near_groups():
        for other in others:
            found.setdefault(first, set()).add(concept(other))
            found.setdefault(other, set()).add(concept(first))
    return {one: frozenset(others) for one, others in found.items()}


@cache
def fillers() -> frozenset[str]:
    """Give the stems that a sentence may add to its evidence."""
    return frozenset(_base(word) for word in (*_FILLERS.split(), *NEGATIONS) if word not in _KEPT)


def concept(stemmed: str) -> str:
    """Give the one stem that stands for all that mean the same."""
    plain = base(stemmed)
    return _groups().get(plain, plain)


def near_concepts(text: str) -> Iterator[frozenset[str]]:
    """Give, for each word of a text, the concepts that it may be worded as. Nearness does not carry over."""
    return (_near().get(plain, frozenset()) for plain, _ in _content(text))


def concepts(text: str) -> list[str]:
    """Give what a text speaks of, in order: its words without values and fillers, those of one meaning alike."""
    return [meant for _, meant in _content(text)]


def light_concepts(text: str) -> frozenset[str]:
    """Give those of a text's concepts that carry no matter of their own, so that a rewording may add them."""
    return frozenset(meant for plain, meant in _content(text) if plain in light_stems())


@lru_cache(maxsize=50_000)
def _meaning(word: str) -> tuple[str, str] | None:
    """Give the base form and the concept of a word; None for a filler."""
    plain = _base(word)
    meant = concept(plain)
    return None if word in STOP_WORDS or plain in fillers() or meant in fillers() else (plain, meant)


@lru_cache(maxsize=8192)
def _content(text: str) -> tuple[tuple[str, str], ...]:
    return tuple(found for word in words(without_values(text)) if (found := _meaning(word)) is not None)


def _base(word: str) -> str:
    return word if word in _ONLY_THEMSELVES else base(stemmer()(word))
