"""A yes among sentences: one of them decides all by itself, and none of the others holds it back or names something else.

A sentence decides where it is a yes that says what to do ("yes, do that", "return the bottle then"), or that names all that was shown.
Before it may stand a story, even a grumble: it was said before the decision. Behind it stands no "but" and no "not". A question behind
it is left for later, where its answer could hardly take the yes back.
"""

import re

from actions.beside import asks_figures
from actions.remarks import DEEDS_ELSE, VALUES, WAYS_TO_PAY, is_mood
from actions.shown import Shown
from actions.turn import Request
from actions.wordy_yes import is_wordy_yes

_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_FRONT = re.compile(r"^\W*(?:(?:but|and|so|then|anyway|anyhow)\W+)+")
_LINK = re.compile(r"^\W*(?:(?:and|also|so|btw|by the way)\b[\s,]*)+", re.IGNORECASE)
_CONDITIONS = (
    r"if|unless|until|provid\w*|assum\w*|suppos\w*|depend\w*|whether|in case|otherwise|as long as|so long as|on condition"
    r"|except|without|instead|rather|actually|first|later|tomorrow|tonight|next|after\w*|stop|hold on|hang on"
)
_DOUBTS = (
    r"though|although|however|maybe|perhaps|probably|possibly|unsure|uncertain|doubt\w*|hesitat\w*|wonder\w*|reconsider\w*"
    r"|rethink\w*|decid\w*"
    r"|regret\w*|misunder\w*|wrong|mist\w*|error|typo|guess|worr\w*|afraid|strange|odd|expensive|scam|fraud|joking|kidding"
    r"|refus\w*|disagree\w*"
    r"|withdr\w*|stay\w*|stick\w*|lie|lied|used to|changed my mind|not sure|too (?:much|little|few|many|big|small)|cheat\w*|complain\w*"
)
_WISHES = (
    r"want|wants|need|needs|prefer\w*|wish\w*|hope\w*|expect\w*|would|could|should|must|may|might|shall|ought|insist\w*"
    r"|require\w*|mean|means"
    r"|meant|make sure|please|pls|'d(?= (?:like|rather|prefer|love))|have to|has to|let's"
)
_ELSE = (
    r"other\w*|another|different\w*|else(?!where)|second|third|half|parts?|also|plus|extra|as well|both|all of|each|only|too"
    r"|same|new ones?|"
    r"instead|\w*person|human|agent|manager|colleague|discount|double"
)
_AGAINST = re.compile(
    r"\b(?:but|not|no|nor|never|none|nothing|nobody|neither|either|or|wait|hm+|yet|still|before|than|think"
    r"|thought)\b|n't\b|\bdont\b"
)
"""What takes something back where it is said after a yes; what is said before has been decided since."""
_SWAYS = re.compile(rf"\b(?:once|when\w*|{_CONDITIONS}|{_DOUBTS}|{_WISHES}|{_ELSE}|{DEEDS_ELSE}|{VALUES}|{WAYS_TO_PAY})\b|\d|[€$£]")
"""What may wish for, hold back or name something else, wherever it stands."""
_HOLDS = re.compile(
    rf"\b(?:{_CONDITIONS}|{_DOUBTS}|{_ELSE}|{VALUES}|{WAYS_TO_PAY}|but|why|how come|sure|really|right|correct|not|no|or|would|could|can you"
    r"|want|prefer\w*|rather|cheaper|better|undo|still (?:change|cancel|return)|than|only)\b|n't\b"
)
"""Words of a question behind a yes whose answer may take it back."""
_INFORMS = re.compile(
    r"^\W*(?:(?:and|so|also|oh|then|by the way|btw)\W+)*(?:how (?:long|soon|fast|much|do i|many)"
    r"|do i (?:have|need) to (?!pay)|when|where|what|which|who)\b"
)
_DEED_OR_COST = re.compile(rf"\b(?:{DEEDS_ELSE}|free|costs?|fees?|charged?|can i|may i)\b")
_SO = (
    r"(?:(?:and|so|but|oh|ah|well|because|since|honestly|you know|by the way|btw|anyway|indeed|no|(?:by|from) (?:my|your|the) \w+)[\s,]+)*"
)
_SUBJECT = (
    r"(?:i|we|you|he|she|they|it|that|this|there|(?:this|that|these|those) it|those|these|ours|mine|everyone"
    r"|(?:my|our|the|his|her|your|their) (?:[a-z]+ ){0,2}?[a-z]+)"
)
_TELLS = (
    r"(?:'m|'s|'re|'ve|'ll|'d)|\s+(?:(?:just|really|so|even|simply|absolutely|truly|never|always|already|certainly"
    r"|nearly) )*(?:am|is|are|was|were|"
    r"has|have|had|do|does|did|will|can|isn't|wasn't|aren't|don't|doesn't|didn't|\w{2,}ed|got|broke|said|says|told|took|bought"
    r"|made|gave|lost|saw"
    r"|sees|felt|sold|went|trust|like|love|know|knew|see|agree|forgot|thought|tried|promised|clicked|saves?|suits?|sounds?"
    r"|looks?|works?|helps?|leaks?|flickers?|pinch\w*)\b"
)
_STATEMENT = re.compile(rf"{_SO}(?:{_SUBJECT}(?:{_TELLS})|been \w+ing\b|sorry for\b)")
_INTERJECTION = re.compile(
    r"(?:(?:h+m+|uh+|um+|er+|ah+|oh+|o+h|mine|me|well|right|ok|okay|let me (?:see|check|look|think)(?: [a-z]+){0,3}|i see"
    r"|i know|anyway|anyhow|dear"
    r"|oh dear|one (?:moment|second|sec)|never ?mind|all the same|wait|my|cheaper too|indeed|goodness|sadly|imagine|lol|isn't it|you know"
    r"|fair enough|sure(?: thing)?|yes+|good idea|sounds fair|good morning|hello|hi|no matter|my (?:friend|dear|love)|then)\W*)+"
)
_TAG = re.compile(
    r"(?:good idea|nice|lovely|great|funny|fine)?\W*(?:isn't (?:it|that)|would you believe (?:it|that)|you know"
    r"|right|eh|really)\W*$"
)
_IDIOM = re.compile(
    r"\bif you (?:say|think) so\b|\bwould you believe (?:it|that)\b|\b(?:i|we) can tell you\b|\bas (?:i|we)(?: just"
    r"| already)? (?:said|was saying|say)\b|\bbelieve me\b"
    r"|\bsorry for the (?:trouble|mess|wait)\b|\bi(?:'ll| will) (?:pop|post|drop|send|pack) (?:it|them)\b(?! (?:to|for)\b)"
    r"(?: (?:back|up|off|in|at|by|the|post|today|tonight|tomorrow|this|first|thing|morning|afternoon|evening|week))*"
    r"|\bby the way\b|\bbtw\b"
    r"|\banything but(?= \w)|\bi'(?:d|ve)(?: nearly| almost| quite)? forgotten\b|\b(?:since|last) \w+(?:day|week|month|year)\b"
    r"|\bafter all\b|\bonce again\b"
)


def find_yes(text: str, proposal: Shown) -> tuple[str, ...] | None:
    """The questions that wait beside a clear yes; None where the words are none.

    Args:
        text: All words of the message.
        proposal: What is open.
    """
    if is_wordy_yes(text, proposal):
        return ()
    said = [one for one in _SENTENCE.split(text.strip()) if re.search(r"\w", one)]
    sentences = [proposal.plain(one) for one in said]
    decided = [index for index, one in enumerate(sentences) if _decides(one, proposal)]
    if not decided:
        return None
    last = decided[-1]
    if not all(_is_story(one, proposal, decided=False) or is_wordy_yes(one, proposal) for one in sentences[:last]):
        return None
    if not all(may_wait(one, proposal) if _asks(one) else _is_story(one, proposal, decided=True) for one in sentences[last + 1 :]):
        return None
    behind = zip(said[last + 1 :], sentences[last + 1 :], strict=True)
    return tuple(_LINK.sub("", own) for own, one in behind if _asks(one) and not (proposal.moves_money and _told_by_receipt(one)))


def _decides(sentence: str, proposal: Shown) -> bool:
    """Whether a sentence alone is a yes that says what to do."""
    words = _FRONT.sub("", sentence)
    return proposal.says_what_to_do(words) and is_wordy_yes(words, proposal)


def _asks(sentence: str) -> bool:
    return sentence.rstrip().endswith("?")


def _is_story(sentence: str, proposal: Shown, *, decided: bool) -> bool:
    """Whether a sentence tells something, and nothing that could change what is decided."""
    if _asks(sentence):
        return not decided and bool(_TAG.fullmatch(sentence.strip()))
    if not proposal.are_all_named_in(re.sub(r"\bjust\b", "", sentence)):
        return False
    words = _IDIOM.sub(" ", proposal.without_echoes(sentence, source=not decided)).strip(" ,.;!…")
    if not re.search(r"\w", words) or _INTERJECTION.fullmatch(words) or is_mood(words):
        return True
    clauses = [one.strip() for one in re.split(r"[,;:()]+|\s[-–—]+\s", words) if re.search(r"\w", one)]
    told = all(_STATEMENT.match(one) or _INTERJECTION.fullmatch(one) or proposal.is_assent(one) for one in clauses)
    return told and not proposal.names_others(words) and not _SWAYS.search(words) and not (decided and _AGAINST.search(words))


def may_wait(question: str, proposal: Shown) -> bool:
    """Whether a question behind a yes can be answered when it is done."""
    words = proposal.without_echoes(question, source=False)
    if _HOLDS.search(words) or proposal.names_others(words):
        return False
    return bool(_INFORMS.match(words)) or not _DEED_OR_COST.search(words)


def _told_by_receipt(question: str) -> bool:
    return asks_figures(Request("affirm", question)) and bool(re.search(r"\b(?:how much|money|refund|back|total|sum|amount)\b", question))
