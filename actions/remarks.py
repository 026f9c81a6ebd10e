"""What is said beside a yes and asks for nothing: a mood, haste, a reason. What may ask for something or hold it back is none of it."""

import re
from collections.abc import Collection

from shop.filtering import singular

HASTE = re.compile(
    r"^\W*(?:(?:oh|ugh|hm+|um+|well|ok|okay)\W+)*wait\b(?=\W+(?:ok|okay|oh|yes+|yep|yeah|sure)\b)|"
    r"\bas (?:fast|quick(?:ly)?|soon) as (?:you )?(?:possibly |humanly )?(?:can|possible)\b|\basap\b|\b(?:right|straight) away\b|"
    r"\bat (?:once|last)\b|\b(?:already|finally|immediately|quickly|hurry(?: up)?|(?:just )?get on with it|right now)\b"
)
"""Impatience, which asks for nothing else than what was shown."""
HARMLESS = re.compile(
    r"\b(?:i|we|she|he|they) (?:(?:just|really|simply) )*(?:can'?t|cannot|couldn'?t) (?:wait|be (?:any )?(?:happier|more \w+))\b|"
    r"\bno (?:problem|worries|rush|hurry)\b|\bnot bad(?: at all)?\b|\byou keep \w+ing\b|"
    r"\b(?:that'?s|that is|this is|it'?s) (?:just |exactly |precisely )?what (?:i|we)(?:'m| am|'re| are)? (?:want|need"
    r"|asking for|asked for|was after|had in mind)\b|"
    r"\b(?:because|since|as|for)? ?(?:it|that) (?:was|is) ordered by mistake\b|\b(?:i|we) ordered (?:it|them|that) by mistake\b"
)
"""A negation or a wish by its words, and not by what they say."""
GIVEN_UP = re.compile(
    r"\b(?:i|we|he|she|they)(?: really| just| simply)? (?:no longer (?:need|want|use|like|wear)|(?:don'?t|do not|won'?t)(?: even| really)?"
    r" (?:need|use|wear)|(?:don'?t|do not)(?: even| really)? (?:want|like)(?= (?:it|them|that)? ?(?:any|after all)))"
    r"(?: (?:it|them|that|this|those|these))?(?: (?:any ?more|any longer|after all|at all|now))*(?=\W*$|\s*[.,!;…]|\s+(?:because|since)\b)"
    r"|\b(?:it|they|that)(?: just| simply| really)? (?:doesn'?t|didn'?t|don'?t|does not|did not) (?:even )?(?:fit|suit|work)"
    r"(?: (?:me|us|her|him|them|well|properly|at all|any ?more))*(?=\W*$|\s*[.,!;…])"
)
"""Why something goes back, or is cancelled."""

_KIND = re.compile(
    r"\b(?:helps too|works out|help(?:s|ed|ful)|appreciat\w+|glad|happy|relief|relieved|lovely|nice|wonderful|awesome|brilliant|"
    r"finally|at last|about time|long enough|took you|worry|kind(?:ly)?|grateful|delighted|pleased|fantastic|made my day|what a day|"
    r"hard|luckily|phew|hooray|perfect|great|good|excellent|amazing|saved my|life ?saver|god'?s sake|heaven'?s sake|come on|"
    r"for real|this time|jeez|crap|damn(?: it)?|dammit|bloody|hell|blimey|christ|shit|fuck\w*|bugger\w*|whatever|oh well|"
    r"there (?:we|you) (?:are|go)|oh my|there it is|well|ok(?:ay)?|alright|all right|fine|so be it|thank\w*|cheers|super|cool|patience|"
    r"god|gosh|goodness|lord|wow|ugh|oof|oh|ah|honestly|frankly|seriously|poor|bless|suits|fair)\b"
)
_BESIDE = re.compile(
    r"you(?:'ve|'re| have)?|i(?:'m| am)?|we|me|us|am|are|was|be|been|would|has|have|'s|really|very|much|so|such|what|how|a|an|"
    r"few|bit|lot|bunch|million|my|day|week|weekend|evening|night|life|time|times|getting|get|got|euros?|dollars?|bucks|money|back|helps?|"
    r"for|oh|ah|at|of|to|hear|know|see|long|enough|now|again|everyone|man|mate|friend|dear|absolutely|totally|sounds|does|"
    r"took|ages|forever|works?|good|job|work|service|star|angel|legend|genius|best|better|big|huge|real|this|that|your|with|holy"
    r"|grief|lad|thing|him|her|"
    r"mean|said|say|already|told|love|it|is|it's|that's|the|and|yes+|yep|yeah|please|goodness|god|heavens?|lord|gosh|wow|yay|hurrah"
    r"|oof|ugh|phew|nicely|ever|by|sounds?"
)
"""What may stand beside a kind or an impatient word. A word that no mood needs, such as a colour, makes the yes unclear."""
_PEOPLE = (
    r"wife|husband|partner|son|daughter|kids?|children|boys?|girls?|mum|mom|mother|dad|father|sister|brother|friend|boss|nerves|family"
    r"|grand(?:ma|pa|mother|father|son|daughter)|niece|nephew|aunt|uncle|dog|cat|back|feet|patience"
)
_LEAD = r"(?:(?:and|so|because|'?cause|cos|since|as|well|oh|ah|honestly|frankly|god|really|seriously|man|now)\s+)*"
_WHO = rf"(?:i|we|you|he|she|they|it|that|this|everyone|(?:my|our|the) (?:{_PEOPLE}))"
_TELLS = (
    r"(?:am|is|are|was|were|has|have|had|will|did)(?=\s+\w)|\w{2,}ed|got|broke|said|told|took|bought|made|gave|lost|saw|felt|sold|went"
    r"|flickers?|leaks?|smells?|hurts?|pinch(?:es)?|looks?|sounds?|feels?|makes?|helps?|itch(?:es)?|creaks?|rattles?"
)
"""What is so or was so; what somebody does, has or wants at present may be a wish ("it stays", "it fits again")."""
_REMARK = re.compile(
    rf"{_LEAD}(?:{_WHO}(?:'(?:m|ve|re|s|ll)(?=\s+\w)|\s+(?:(?:just|really|so|even|simply|absolutely|truly)\s+)*(?:{_TELLS}))"
    r"|(?:(?:so|very|many|lots of) )*(?:thanks|thank you))(?:\s|$)"
)
"""A clause that begins like this tells something or thanks; one that does not may be short for a wish ("in blue", "to my sister")."""
_WISHES = (
    r"want|wants|need|needs|prefer\w*|wish\w*|hope|hopes|expect\w*|would|could|should|must|can|may|might|shall|let|have to|has to"
    r"|got to|ought"
    r"|mean|means|meant|make sure|insist\w*|require\w*|'d"
)
_HOLDS_BACK = (
    r"though|although|however|still|yet|whether|while|depend\w*|provid\w*|assum\w*|suppos\w*|guess|think|thought|believe|maybe|perhaps"
    r"|probably|hm+|um+|er+|doubt\w*|hesitat\w*|wonder\w*|unsure|uncertain|confus\w*|worried|afraid|regret\w*|misunder\w*|mist\w*"
    r"|wrong|error"
    r"|typo|later|tomorrow|tonight|next|after|once|when\w*|\w+day|bet|lie|lied|joking|kidding|always|people|know|see|understand"
    r"|heard|listening"
    r"|hear|read|here|strange|odd|weird|unclear|too (?:much|little|late|long|bad|small|big|few|many|expensive)|little|enough|unfair|unhappy"
    r"|against|stay\w*|stick\w*|stuck|withdr\w*|reconsider\w*|rethink\w*|decid\w*|mov(?:e|es|ed|ing)|arriv\w*|came|come|coming"
    r"|found|useful|mine"
    r"|works?|working|fixed|repaired|free|costs?|su(?:e|ing)|lawyer|court|police|hate|refuse\w*|declin\w*|disagree\w*|fraud|scam"
    r"|ridiculous|none|nothing|nobody|hardly|barely|already (?:did|done|have)|nor|neither"
)
DEEDS_ELSE = (
    r"return(?:ed|ing|s)?|exchang\w*|swap\w*|chang\w*|cancel\w*|refund\w*|keep\w*|kept|leave|send\w*|ship\w*|deliver\w*|buy|orders?"
    r"|reorder\w*"
    r"|pay|pays|paid|charg\w*|add\w*|remov\w*|replac\w*|take|takes|put|give|bring|drop|forget|stop|undo|repeat|updat\w*|track|check\w*|tell"
    r"|ask|call|e?mail|contact|speak|talk|person|human|agent|manager|supervisor|switch\w*|modify|edit|split"
)
_MORE = (
    r"other\w*|another|different\w*|else(?!where)|second|third|last|more|less|fewer|extra|also|plus|both|all|everything|each"
    r"|every(?! bit)|half|part|parts"
    r"|only|just the|same|than|as well|bigger|larger|smaller|cheaper|dearer|longer|shorter|lighter|darker|warmer|thinner|thicker"
    r"|wider|newer|older"
    r"|too(?! (?:good|kind|nice|sweet|happy|great)\b)"
)
VALUES = (
    r"black|white|red|blue|green|yellow|orange|purple|pink|brown|gr[ae]y|beige|navy|teal|gold|silver|olive|sand|cream|ivory"
    r"|turquoise|violet"
    r"|small|medium|large|x+[sl]|size\w*|colou?r\w*|version|model|variant|edition|material|wood\w*|leather|metal|steel|plastic"
    r"|glass|cotton|wool"
    r"|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|single|double|pair|item|items"
    r"|(?!(?:the|that|this|right|exact|perfect|very|lovely|good|nice|bought|got|has|had|found|is|another|other)\b)\w+ ones?\b"
)
WAYS_TO_PAY = (
    r"paypal|pay pal|cards?|visa|mastercard|amex|american express|vouchers?|bank|cash|cheque|credit|account|method|points|balance|wallet"
)
_WAYS = (
    rf"{WAYS_TO_PAY}"
    r"|address\w*|street|road|avenue|house|home|office|neighbou?rs?|live|lives|living|staying|flat|floor|postcode|zip|city|town"
    r"|in(?! (?:an? ?|the |my )?(?:$|hurry|time|end|fact|advance|love|way|moment|days|weeks|months|years|ages|stress|tears)\b)"
    r"|(?:to|with|from|by|on|at|into|onto) (?:a |an |the |my |our |his |her |their )(?!(?:end|way|best|minute|moment|while|time"
    r"|hurry)\b)\w+"
)
_MAY_MATTER = re.compile(rf"(?<![\w])(?:{'|'.join((_WISHES, _HOLDS_BACK, DEEDS_ELSE, _MORE, VALUES, _WAYS))})(?![\w])|\d|\byeah,? right\b")
_THANKS_FOR = re.compile(r"(?:(?:and|so|very|many) )*(?:thanks|thank you)(?: so much| very much)? for (?:your|being|all|the) ")
_ASKS_MORE = re.compile(rf"\b(?:{'|'.join((_WISHES, DEEDS_ELSE, VALUES, WAYS_TO_PAY))})\b|\d")
_SCRAP = re.compile(
    r"(?:(?:and|so|but|oh|well|is|are|was|that|this|it|i|am|do|did|you|there|now|all|made|make|not|n't|isn't)\s+)*"
    r"(?:(?:plain|clear|simple|easy|loud|obvious|slow|good|polite|short)(?: and \w+)?(?: enough| now)?(?: for (?:you|your kind))?|enough"
    r"|happy(?: now)?|satisfied|kidding(?: me)?|joking|serious|deaf|blind|listening|got (?:it|that)|get (?:it|that|me)|understood"
    r"|understand(?: me| that)?"
    r"|hear me|(?:so|that) (?:hard|difficult|complicated)|hello|seriously|really|right|okay|ok|capito|capisce|how hard can it be"
    r"|what(?:'s| is) (?:wrong|the matter) with (?:you|this)|what a (?:mess|joke|circus|day|relief)|unbelievable|ridiculous"
    r"|incredible|typical)"
)
"""Words at which only a rhetorical question or a grumble ends."""
_WORD = re.compile(r"[\w']+")


def is_mood(clause: str) -> bool:
    """Kind or impatient words that wish nothing; a clause of a yes and such words counts as well."""
    rest = _KIND.sub(" ", clause)
    return rest != clause and all(_BESIDE.fullmatch(word) for word in _WORD.findall(rest))


def asks_nothing(text: str) -> bool:
    """Whether words are a scrap that no one needs to come back to: "plain enough for you?"; a request without words is none."""
    clauses = [one.strip() for one in re.split(r"[.,!?;…\n]+", text.lower().replace("’", "'")) if one.strip()]
    # One word alone never was a request of its own.
    return len(text.split()) > 1 and all(_SCRAP.fullmatch(one) or is_mood(one) for one in clauses)


def is_remark(clause: str, others: Collection[str] = ()) -> bool:
    """Whether a clause only tells something, and nothing that could change what is agreed to: "she'll be so pleased".

    Args:
        clause: Words in small letters, without what harmless idioms and the proposal itself say.
        others: Words of the customer's goods that the proposal does not speak of.
    """
    # What somebody is thanked for is told at length, and names the ways of nothing.
    matters = _ASKS_MORE if _THANKS_FOR.match(clause) else _MAY_MATTER
    if not _REMARK.match(clause) or matters.search(clause):
        return False
    return not any({word, singular(word)} & set(others) for word in _WORD.findall(clause))
