"""Customer text, made safe to keep: words pass, tricks of encoding do not."""

import unicodedata

from server.errors import InvalidMessage

_KEPT_CONTROLS = {"\n", "\t"}
_KEPT_FORMATS = {"\u200c", "\u200d"}  # joiners: Persian words and composed emoji need them


def clean(text: str, limit: int) -> str:
    """Strip control and invisible characters and outer blanks; compose accents.

    Args:
        text: What somebody wrote.
        limit: Most characters kept text may have.

    Raises:
        InvalidMessage: If nothing is left, it is too long, or it is not text (NUL, half a character).
    """
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise InvalidMessage("The text holds something that is not a character.")
    if len(text) > limit * 4:
        raise InvalidMessage(f"The text is too long. Write at most {limit} characters.")
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = unicodedata.normalize("NFC", "".join(char for char in unified if _is_kept(char))).strip()
    if not kept.strip("\u200c\u200d"):
        raise InvalidMessage("The text is empty.")
    if len(kept) > limit:
        raise InvalidMessage(f"The text is too long. Write at most {limit} characters.")
    return kept


def _is_kept(char: str) -> bool:
    if char in _KEPT_CONTROLS or char in _KEPT_FORMATS:
        return True
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
