from datetime import date
from pathlib import Path

import pytest

from knowledge_base.errors import UnreadableDocument
from knowledge_base.ingestion import files
from knowledge_base.ingestion.passages import split
from knowledge_base.models import Document

HEAD = "---\ntitle: Tea\nslug: tea\ntopic: drinks\n---\n"


@pytest.fixture
def read(tmp_path: Path):
    """Read a text as a file of this name."""

    def read_file(text: str, name: str = "tea.md") -> Document:
        path = tmp_path / name
        path.write_bytes(text.encode())
        (document,) = files.read(path, "hash")
        return document

    return read_file


def article(body: str) -> Document:
    return Document("tea", "Tea", "drinks", body)


class TestMarkdown:
    def test_the_head_becomes_the_documents_fields(self, read):
        head = "title: Tea\nslug: tea\ntopic: drinks\nvalid_to: 2026-12-31\naudience: staff\nlanguage: en-GB"
        document = read(f"---\n{head}\nsource_url: https://shop.example/tea\n---\nWarm.\n")
        assert (document.title, document.slug, document.topic, document.valid_to) == ("Tea", "tea", "drinks", date(2026, 12, 31))
        assert (document.audience, document.language, document.source_url) == ("staff", "en-GB", "https://shop.example/tea")

    def test_without_front_matter_the_heading_is_the_title_and_the_file_gives_the_name(self, read):
        document = read("# How we *brew*\n\nWarm.", "Brewing Tea.md")
        assert (document.title, document.slug, document.topic) == ("How we *brew*", "brewing-tea", "general")
        assert "Warm." in [p.text for p in split(document)]

    def test_what_nobody_sees_is_left_out(self, read):
        assert read(HEAD + "Wa\u200brm\U000e0041.").text == "Warm.\n"

    def test_windows_lines_and_a_byte_order_mark_are_read(self, read):
        text = "\ufeff" + (HEAD + "Warm.\n").replace("\n", "\r\n")
        assert read(text).text == "Warm.\n"

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("Warm.", "front matter"),
            ("---\ntitle: [\n---\nWarm.", "not YAML"),
            ("---\njust words\n---\nWarm.", "no fields"),
            ("---\ntitle: Tea\ntopic: drinks\n---\nWarm.", "slug"),
            ("---\ntitle: Tea\nslug: Tea Time\ntopic: drinks\n---\nWarm.", "slug"),
            ("---\ntitle: Tea\nslug: tea\ntopic: drinks\ntopci: x\n---\nWarm.", "topci"),
            ("---\ntitle: Tea\nslug: tea\ntopic: drinks\nvalid_to: soon\n---\nWarm.", "valid_to"),
            (HEAD + "  \n", "no text"),
        ],
    )
    def test_what_is_wrong_is_said(self, read, text, reason):
        with pytest.raises(UnreadableDocument, match=reason):
            read(text)


class TestSplit:
    def test_every_heading_has_its_passage_with_path_and_anchor(self):
        passages = split(article("Warm.\n\n## Brewing\nPour it.\n\n### Green tea\nNot too hot.\n\n## Storing\nKeep it dry."))
        assert [(p.headings, p.url, p.text) for p in passages] == [
            ((), "/help/tea", "Warm."),
            (("Brewing",), "/help/tea#brewing", "Pour it."),
            (("Brewing", "Green tea"), "/help/tea#green-tea", "Not too hot."),
            (("Storing",), "/help/tea#storing", "Keep it dry."),
        ]

    def test_headings_of_one_name_get_anchors_of_their_own(self):
        urls = [p.url for p in split(article("## Sizes\nSmall.\n\n## Sizes\nLarge."))]
        assert urls == ["/help/tea#sizes", "/help/tea#sizes-2"]

    def test_a_first_heading_that_repeats_the_title_is_no_heading(self):
        assert split(article("# Tea\nWarm."))[0].headings == ()

    def test_list_items_keep_their_lines_and_markup_goes(self):
        assert (
            split(article("We sell:\n\n- **green** tea\n- [black](https://example.com) tea"))[0].text
            == "We sell:\n- green tea\n- black tea"
        )

    def test_a_line_broken_in_the_file_is_one_line(self):
        assert split(article("Pour the water\nover the leaves."))[0].text == "Pour the water over the leaves."

    def test_table_rows_name_their_columns(self):
        table = "| Tea | Time | Heat |\n|---|---|---|\n| Green | 2 minutes | 80 °C |\n| Black | 4 minutes | 95 °C |"
        assert split(article(table))[0].text == "- Green: Time 2 minutes, Heat 80 °C\n- Black: Time 4 minutes, Heat 95 °C"

    def test_html_inside_markdown_stays_text(self):
        assert split(article("Press <b>start</b>."))[0].text == "Press <b>start</b>."

    def test_a_long_section_is_cut_at_sentences_and_nothing_is_lost(self):
        words = " ".join(f"This is sentence number {n}." for n in range(100))
        passages = split(article(f"## Long\n{words}"), passage_chars=300)
        assert all(len(p.text) <= 300 and p.text.endswith(".") for p in passages)
        assert " ".join(p.text for p in passages) == words
        assert len({p.passage_id for p in passages}) == len(passages)
        assert {p.url for p in passages} == {"/help/tea#long"}

    def test_a_heading_without_text_has_no_passage(self):
        assert [p.text for p in split(article("## Empty\n\n## Full\nWords."))] == ["Words."]


class TestHtml:
    @pytest.fixture
    def page(self, read):
        return lambda text: read(text, "Old Page.html")

    def test_the_page_says_about_itself_what_front_matter_would(self, page):
        head = "<title>Tea</title><meta name=slug content=tea><meta name=topic content=drinks>"
        document = page(f"<html lang=en><head>{head}</head><body><p>Warm.</p></body></html>")
        assert (document.title, document.slug, document.topic, document.text) == ("Tea", "tea", "drinks", "Warm.\n")
        assert document.language == "en"

    def test_slug_and_topic_fall_back(self, page):
        document = page("<title>Tea</title><p>Warm.</p>")
        assert (document.slug, document.topic) == ("old-page", "general")

    def test_structure_becomes_passages(self, page):
        text = (
            "<title>Tea</title><main><h1>Tea</h1><p>Warm.</p><h2>Kinds</h2><p>We sell:</p><ul><li>green</li><li>black</li></ul>"
            "<table><tr><th>Tea</th><th>Time</th></tr><tr><td>Green</td><td>2 minutes</td></tr></table></main>"
        )
        assert [(p.headings, p.text) for p in split(page(text))] == [
            ((), "Warm."),
            (("Kinds",), "We sell:\n- green\n- black\n- Green: Time 2 minutes"),
        ]

    def test_what_a_reader_does_not_see_is_not_read(self, page):
        text = (
            "<title>Tea</title><nav>Menu</nav><script>steal()</script><style>p{}</style><p hidden>secret</p><!-- note -->"
            "<p style='display:none'>secret</p>"
            "<p>Warm.</p><footer>Imprint</footer>"
        )
        assert page(text).text == "Warm.\n"

    def test_signs_that_mean_something_in_markdown_stay_signs(self, page):
        assert split(page("<title>Tea</title><p>5 * 3 and a_b_c and # 4 &lt;tag&gt;</p>"))[0].text == "5 * 3 and a_b_c and # 4 <tag>"

    def test_a_page_without_title_is_called_by_its_file(self, page):
        assert page("<p>Warm.</p>").title == "Old page"

    def test_a_page_is_read_in_the_encoding_that_it_declares(self, tmp_path):
        path = tmp_path / "tea.html"
        path.write_bytes("<meta charset=iso-8859-1><title>Tea</title><p>Earl Grey, très chaud.</p>".encode("latin-1"))
        assert files.read(path, "h")[0].text == "Earl Grey, très chaud.\n"

    def test_a_page_nested_without_end_is_refused_or_read_but_never_breaks(self, page):
        with pytest.raises(UnreadableDocument, match="nested too deeply"):
            page("<title>Tea</title>" + "<div><span>" * 20_000 + "Warm.")
