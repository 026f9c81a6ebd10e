"""Help articles as safe HTML, with the anchors that citations point to."""

from markdown_it import MarkdownIt

from knowledge_base.ingestion.passages import Anchors, plain

_LINKS = ("https://", "http://", "/", "#", "mailto:")


def render_article(markdown: str, title: str) -> str:
    """Render Markdown. HTML in it is shown as text; pictures are left out; links go to the web, this site or e-mail alone.

    Args:
        markdown: The article's body.
        title: The article's title; a first heading that repeats it is left out, because the page has it already.
    """
    reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    reader.validateLink = lambda url: url.strip().lower().startswith(_LINKS)  # type: ignore[method-assign]  # the library's own way
    tokens = reader.parse(markdown)
    anchors = Anchors()
    first_heading = next((at for at, token in enumerate(tokens) if token.type == "heading_open"), None)
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            token.attrSet("id", anchors.take(plain(tokens[at + 1])))
    if first_heading == 0 and plain(tokens[1]) == title:
        tokens = tokens[3:]
    rendered: str = reader.renderer.render(tokens, reader.options, {})
    return rendered
