"""The words by which text gives itself away that instructs a machine instead of a reader.

Patterns of English, each for a way of speaking and none for a single text. They see what is said in the usual words; what is said in
others the learnt screen has to see (`screen.py`).
"""

from __future__ import annotations

import re
from functools import lru_cache

_ORDERS = r"""(?:instruct\w*|rules?|guidelines?|directions?|commands?|prompts?|directives?|restrictions?|programming|training
    |safeguards?|polic(?:y|ies))"""
_MACHINE = r"""(?:a\.?i\.?(?:\s(?:model|assistant|system|agent|chatbot))?|chat\s?gpt|gpt-?\d?|llm|language\ model|chatbot|bot|machine
    |(?:virtual\ )?assistant)"""
_ANSWER = r"(?:answers?|repl(?:y|ies)|responses?|outputs?|messages?|completions?|summar(?:y|ies))"
_BEGIN = r"(?:^|[.!?:;]\s+|\bplease\s+|\b(?:can|could|would|will)\ you\s+)"
_WRITING = r"""(?:poem|story|essay|letter|e-?mail|script|song|lyrics|paragraph|haiku|limerick|joke|speech|tweet|post|code|function|program
    |article|blog\w*|report|sentence|phrase|text|word)"""
_SIGNS = (
    # Take back what was said before.
    rf"""\b(?:ignore|disregard|forget|override|bypass|overlook|skip|drop|neglect)\b[^.!?\n]{{0,60}}\b(?:
        (?:previous|prior|above|earlier|preceding|former|other|your|system)\b[^.!?\n]{{0,30}}\b(?:{_ORDERS}|text|input|messages?|context|conversation)
        |(?:all|any|these|those|the)\ {_ORDERS})\b""",
    rf"\b(?:new|updated|secret|hidden|real|initial|original)\ {_ORDERS}\b[^.!?\n]{{0,12}}:",
    # Name what only a machine has.
    r"\b(?:system|developer|debug|admin|god|jailbreak|root|dan)\ ?(?:prompt|mode|override)\b|\bjailbr(?:eak|oken)\w*",
    r"\b(?:chat\s?gpt|openai|language\ models?|llms?)\b",
    r"\[/?(?:inst|system|user|assistant)\]|<\|?(?:im_start|im_end|system|endoftext)\|?>|^\s*(?:system|assistant|user)\s*:",
    # Give the machine another part to play.
    rf"""\b(?:you\ are|you're|you\ will\ be|you\ shall\ be|become|act(?:ing)?\ as|pretend\ (?:to\ be|that\ you)|role-?play|simulate
        |play\ the\ role)\b[^.!?\n]{{0,40}}\b{_MACHINE}\b""",
    rf"\bas\ an?\ {_MACHINE}\b",
    r"""\b(?:i\ want\ you\ to|you\ (?:will|must|shall|should|are\ going\ to|have\ to)(?:\ (?:now|only|always|never|also|not))*)\ (?:act
        |answer|respond|reply|output|pretend|play|ignore|obey|refuse|simulate|roleplay|generate|say|state)\b[^.!?\n]{0,60}\b(?:as|with|only|questions?
        |prompts?|requests?|character|commands?|instructions?|responses?|anything|everything|whatever|sentences?|words?)\b""",
    r"\b(?:stay|remain|keep|speak|answer)\ in\ (?:your\ )?character\b|\b(?:un(?:filtered|censored|restricted))\b",
    r"\b(?:without|no|free\ of|regardless\ of|bypass\w*)\ (?:any\ |all\ )?(?:moral|ethic\w*|legal|content|safety|censor\w*)\b",
    # Claim to be its master, or ask for its secrets.
    r"""\bi(?:'m|\ am)\ (?:your|the)\ (?:\w+\ )?
        (?:maintainer|developer|creator|boss|administrator|admin|owner|programmer|engineer|master|god)\b""",
    r"""\b(?:what\ is|what's|tell\ me|give\ me|reveal|show\ me|print|repeat|share|provide|output)\ (?:me\ )?(?:the|your)\ (?:\w+\ )?
        (?:password|secret|key|prompt|instructions)\b""",
    r"""\b(?:state|say|write|print|output|indicate)\ that\ (?:the|its|your)\ (?:output|answer|result|response)\b
        |\b(?:limit|restrict)\ (?:your\ )?outputs?\b""",
    r"\b(?:from\ now\ on|for\ the\ re(?:st|mainder)\ of\ this)\b[^.!?\n]{0,40}\byou\b",
    # Say how the answer has to be.
    rf"""\b(?:in|into|to|of|with|end|begin|start|modify|change|alter|replace|rewrite|append|insert|embed|include|add|encode|format|make
        |finish)\ your\ (?:\w+\ )?{_ANSWER}\b""",
    r"\byour\ (?:\w+\ )?(?:answers?|repl(?:y|ies)|responses?|outputs?)\b",
    rf"\b(?:your|its)\ (?:entire\ |whole\ |next\ |final\ |every\ |all\ )?{_ANSWER}\ (?:must|should|shall|has\ to|needs\ to|is\ to|will)\b",
    r"""\b(?:respond|reply|answer|output|print)\b[^.!?\n]{0,20}\b
        (?:only\ with|exclusively|as\ if|as\ though|with\ the\ (?:word|phrase|text|following))\b""",
    r"\b(?:tell|inform|convince|persuade|urge|trick|ask)\ (?:the\ |every\ |each\ |all\ )?(?:users?|customers?|readers?|humans?)\b",
    r"\b(?:in|with|to)\ (?:every|each|all)\ (?:of\ your\ )?(?:repl(?:y|ies)|answers?|responses?|messages?)\b",
    # Ask for another piece of writing.
    rf"{_BEGIN}(?:translate|summari[sz]e|compose|paraphrase|rephrase|rewrite|proofread)\s+(?:an?|the|this|these|that|following|it|all)\b",
    rf"{_BEGIN}(?:write|generate|create|craft|draft|provide|give|produce)\s+(?:me\s+|us\s+)?(?:an?|the)\s+(?:[\w-]+\s+){{0,3}}?{_WRITING}\b",
    rf"{_BEGIN}(?:translate|convert|render)\b[^.!?\n]{{3,80}}\b(?:to|into|in)\s+(?:\w+ish|french|german|chinese|japanese|latin|base64|binary)\b",
    r"\b(?:equivalent|translation)\s+(?:for|of)\s+['\"“‘]",
)
_TO_A_MACHINE = re.compile("|".join(_SIGNS), re.IGNORECASE | re.MULTILINE | re.VERBOSE)


@lru_cache(4096)
def shows_signs(text: str) -> bool:
    """Whether a text tells a program what to do. Honest texts for customers hardly ever do; `make bench-hostile` counts how often."""
    return bool(_TO_A_MACHINE.search(text))
