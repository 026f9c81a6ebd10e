"""Made-up articles of the length of real ones."""

from pathlib import Path
from random import Random

_PER_ARTICLE = 6
_WORDS = """
kettle blanket lantern basket saddle clock ladder mirror drawer trowel whistle anchor bellows candle teapot hammock
copper woollen folding wicker leather brass oak painted enamel linen cherry slate willow amber cotton pewter
clean fold hang store wash mend polish lift fill empty open close carry measure paint oil
slowly with warm water and a soft cloth before the first use after every winter by hand in shade on level floor
"""
_THINGS, _KINDS, _DEEDS, _WAYS = (line.split() for line in _WORDS.strip().splitlines())


def write_articles(folder: Path, passages: int, random: Random) -> None:
    """Write Markdown articles with this many passages in all."""
    folder.mkdir(parents=True)
    for start in range(0, passages, _PER_ARTICLE):
        sections = [_section(random, number) for number in range(start, min(start + _PER_ARTICLE, passages))]
        head = f"---\ntitle: The {random.choice(_KINDS)} {random.choice(_THINGS)} {start}\nslug: article-{start}\ntopic: care\n---\n"
        (folder / f"article-{start}.md").write_text(head + "\n\n".join(sections) + "\n", "utf8")


def _section(random: Random, number: int) -> str:
    sentences = " ".join(_sentence(random) for _ in range(random.randint(3, 7)))
    return f"## {random.choice(_DEEDS).capitalize()} the {random.choice(_THINGS)}, part {number}\n{sentences}"


def _sentence(random: Random) -> str:
    what = f"{random.choice(_KINDS)} {random.choice(_THINGS)}"
    how = " ".join(random.choices(_WAYS, k=random.randint(4, 9)))
    return f"You {random.choice(_DEEDS)} the {what} {how} {random.randint(2, 90)} times."
