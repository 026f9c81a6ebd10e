from datetime import date
from pathlib import Path

import pytest

from knowledge_base.errors import UnreadableDocument
from knowledge_base.ingestion import html, markdown
from knowledge_base.ingestion.passages import split
from knowledge_base.models import Document

HEAD = "---\ntitle: Tea\nslug: tea\ntopic: drinks\n---\n"


def article(body: str) -> Document:
    return markdown.read(Path("tea.md"), HEAD + body, "hash")


class TestMarkdown:
    def test_the_head_becomes_the_documents_fields(self):
        document = markdown.read(Path("tea.md"), "---\ntitle: Tea\nslug: tea\ntopic: drinks\nvalid_to: 2026-12-31\n---\nWarm.\n", "h")
        assert (document.title, document.slug, document.topic, document.valid_to) == ("Tea", "tea", "drinks", date(2026, 12, 31))

    def test_windows_lines_and_a_byte_order_mark_are_read(self):
        text = "\ufeff" + (HEAD + "Warm.\n").replace("\n", "\r\n")
        assert markdown.read(Path("tea.md"), text, "h").text == "Warm.\n"

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
    def test_what_is_wrong_is_said(self, text, reason):
        with pytest.raises(UnreadableDocument, match=reason):
            markdown.read(Path("tea.md"), text, "h")


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
    def read(self, text: str, name: str = "Old Page.html") -> Document:
        return html.read(Path(name), text, "h")

    def test_the_page_says_about_itself_what_front_matter_would(self):
        head = "<title>Tea</title><meta name=slug content=tea><meta name=topic content=drinks>"
        page = f"<html><head>{head}</head><body><p>Warm.</p></body></html>"
        document = self.read(page)
        assert (document.title, document.slug, document.topic, document.text) == ("Tea", "tea", "drinks", "Warm.\n")

    def test_slug_and_topic_fall_back(self):
        document = self.read("<title>Tea</title><p>Warm.</p>")
        assert (document.slug, document.topic) == ("old-page", "general")

    def test_structure_becomes_passages(self):
        page = (
            "<title>Tea</title><main><h1>Tea</h1><p>Warm.</p><h2>Kinds</h2><p>We sell:</p><ul><li>green</li><li>black</li></ul>"
            "<table><tr><th>Tea</th><th>Time</th></tr><tr><td>Green</td><td>2 minutes</td></tr></table></main>"
        )
        assert [(p.headings, p.text) for p in split(self.read(page))] == [
            ((), "Warm."),
            (("Kinds",), "We sell:\n- green\n- black\n- Green: Time 2 minutes"),
        ]

    def test_what_a_reader_does_not_see_is_not_read(self):
        page = (
            "<title>Tea</title><nav>Menu</nav><script>steal()</script><style>p{}</style><p hidden>secret</p><!-- note -->"
            "<p>Warm.</p><footer>Imprint</footer>"
        )
        assert self.read(page).text == "Warm.\n"

    def test_signs_that_mean_something_in_markdown_stay_signs(self):
        assert split(self.read("<title>Tea</title><p>5 * 3 and a_b_c and # 4 &lt;tag&gt;</p>"))[0].text == "5 * 3 and a_b_c and # 4 <tag>"

    def test_a_page_without_title_is_refused(self):
        with pytest.raises(UnreadableDocument, match="title"):
            self.read("<p>Warm.</p>")
