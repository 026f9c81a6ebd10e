"""Kinds of files: what is read of them, and what is refused in plain words."""

import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from pypdf import PdfWriter

from knowledge_base.errors import UnreadableDocument
from knowledge_base.ingestion import files
from knowledge_base.ingestion.passages import split
from knowledge_base.models import Document


@pytest.fixture
def read(tmp_path: Path):
    """Read bytes as a file of this name, and what `about` says beside it."""

    def read_file(name: str, data: bytes, about: str = "") -> list[Document]:
        path = tmp_path / name
        path.write_bytes(data)
        if about:
            path.with_name(name + files.BESIDE).write_text(about)
        return files.read(path, "hash")

    return read_file


def pdf(pages: list[list[tuple[str, int]]]) -> bytes:
    """Write a PDF: for each page its lines and the size of their type."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        parts, y = ["BT"], 780
        for text, size in lines:
            escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
            parts.append(f"/F1 {size} Tf 1 0 0 1 50 {y} Tm ({escaped}) Tj")
            y -= 2 * size
        stream = "\n".join([*parts, "ET"]).encode("latin-1")
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        kids.append(len(objects) + 1)
        about = f"/MediaBox [0 0 600 842] /Contents {len(objects)} 0 R /Resources << /Font << /F1 3 0 R >> >>"
        objects.append(f"<< /Type /Page /Parent 2 0 R {about} >>".encode())
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>".encode()
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + b"".join(b"%010d 00000 n \n" % at for at in offsets)
    return bytes(out) + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()


def word() -> bytes:
    document = docx.Document()
    document.core_properties.title = "Care of baskets"
    document.add_heading("Cleaning", 1)
    document.add_paragraph("Brush the basket * softly.")
    document.add_paragraph("Warm water", style="List Bullet")
    document.add_paragraph("Mild soap", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip([cell for row in table.rows for cell in row.cells], ["Size", "Price", "Large", "30 EUR"], strict=True):
        cell.text = text
    out = BytesIO()
    document.save(out)
    return out.getvalue()


class TestPdf:
    def test_larger_type_is_a_heading_and_divided_words_are_mended(self, read):
        washing = [("Washing", 18), ("Wash the blanket at thirty de-", 11), ("grees and dry it flat.", 11)]
        (document,) = read("Wool blankets.pdf", pdf([[*washing, ("Storing", 18), ("Keep it dry.", 11)]]))
        assert (document.title, document.slug) == ("Wool blankets", "wool-blankets")
        assert [(p.headings, p.text) for p in split(document)] == [
            (("Washing",), "Wash the blanket at thirty degrees and dry it flat."),
            (("Storing",), "Keep it dry."),
        ]

    def test_what_every_page_repeats_is_left_out(self, read):
        names = ("one", "two", "three", "four")
        pages = [[("Harbour handbook", 9), (f"Rule {name} is kind.", 11), (f"Page {n}", 9)] for n, name in enumerate(names)]
        (document,) = read("rules.pdf", pdf(pages))
        assert "handbook" not in document.text
        assert "Page" not in document.text
        assert all(f"Rule {name} is kind." in document.text for name in names)

    def test_the_file_beside_says_what_the_pdf_cannot(self, read):
        about = "title: Our rules\naudience: staff\nvalid_to: 2027-01-31\nlanguage: en\nsource_url: https://shop.example/rules.pdf"
        (document,) = read("rules.pdf", pdf([[("Be kind.", 11)]]), about)
        assert (document.title, document.audience, str(document.valid_to)) == ("Our rules", "staff", "2027-01-31")
        assert split(document)[0].url == "https://shop.example/rules.pdf"

    def test_an_encrypted_one_is_refused(self, read):
        writer = PdfWriter()
        writer.add_blank_page(100, 100)
        writer.encrypt("secret", algorithm="AES-256")
        out = BytesIO()
        writer.write(out)
        with pytest.raises(UnreadableDocument, match="encrypted"):
            read("a.pdf", out.getvalue())

    def test_one_of_pictures_alone_is_refused(self, read):
        with pytest.raises(UnreadableDocument, match="only pictures"):
            read("a.pdf", pdf([[]]))

    @pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"%PDF-1.4\n" + b"[" * 100_000, b"not a pdf"])
    def test_a_damaged_one_is_refused(self, read, data):
        with pytest.raises(UnreadableDocument, match=r"damaged|breaks the reader"):
            read("a.pdf", data)

    def test_one_with_too_many_pages_is_refused(self, read):
        with pytest.raises(UnreadableDocument, match="2,001 pages"):
            read("a.pdf", pdf([[("x", 11)]] * 2001))


class TestWord:
    def test_headings_lists_and_tables_are_read_in_order(self, read):
        (document,) = read("x.docx", word())
        assert (document.title, document.slug) == ("Care of baskets", "x")
        assert [(p.headings, p.text) for p in split(document)] == [
            (("Cleaning",), "Brush the basket * softly.\n- Warm water\n- Mild soap\n- Large: Price 30 EUR")
        ]

    def test_one_that_unpacks_to_too_much_is_refused_unread(self, read):
        out = BytesIO(word())
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("word/bomb.xml", b"<a>" + b" " * 40_000_000)
        assert len(out.getvalue()) < 200_000
        with pytest.raises(UnreadableDocument, match="unpacks to"):
            read("a.docx", out.getvalue())

    @pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"plain words", b"\xd0\xcf\x11\xe0" + b"x" * 100])
    def test_what_is_none_is_refused(self, read, data):
        with pytest.raises(UnreadableDocument, match=r"no readable DOCX|encrypted"):
            read("a.docx", data)

    def test_another_kind_of_packed_file_is_refused(self, read):
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as packed:
            packed.writestr("notes.txt", "words")
        with pytest.raises(UnreadableDocument, match="no readable DOCX"):
            read("a.docx", out.getvalue())


class TestTables:
    def test_questions_and_answers_become_sections(self, read):
        (document,) = read("Gift FAQ.csv", "Question;Answer\nWie groß?;Dreißig * cm.\nWann?;\n".encode("utf-8-sig"))
        assert document.slug == "gift-faq"
        assert [(p.headings, p.text, p.url) for p in split(document)] == [(("Wie groß?",), "Dreißig * cm.", "/help/gift-faq#wie-gro")]

    def test_rows_for_staff_never_share_a_document_with_those_for_customers(self, read):
        table = "question,answer,audience,valid_to\nA?,One.,public,\nB?,Two.,staff,\nC?,Three.,,2027-01-01\nD?,Four.,staff,\n"
        found = {(d.audience, str(d.valid_to)): d for d in read("faq.csv", table.encode())}
        assert set(found) == {("public", "None"), ("staff", "None"), ("public", "2027-01-01")}
        assert [p.text for p in split(found["staff", "None"])] == ["Two.", "Four."]
        assert len({d.slug for d in found.values()}) == 3

    def test_any_other_table_keeps_its_columns(self, read):
        (document,) = read("sizes.tsv", b"Basket\tLength\tWeight\nSmall\t20 cm\t1 kg\nLarge\t40 cm\t2 kg\n")
        assert split(document)[0].text == "- Small: Length 20 cm, Weight 1 kg\n- Large: Length 40 cm, Weight 2 kg"

    def test_a_marked_utf_16_is_read_and_what_is_no_utf_8_refused(self, read):
        assert "Größe" in read("a.csv", "question,answer\nGröße?,Groß.\n".encode("utf-16"))[0].text
        with pytest.raises(UnreadableDocument, match="not UTF-8 at byte 2"):
            read("b.csv", b"Gr\xf6\xdfe,x\n")

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b"a,b\n", "no rows"),
            (b"a,b\n" + b"1,2\n" * 1_000_000, "more than 20,000 rows"),
            (b",".join(b"c" for _ in range(200)) + b"\n1,2\n", "100 columns"),
            (b'a,b\n"' + b"x" * 200_000 + b'",2\n', "cannot be read"),
            (b"a,b\n" + b"x" * 5_100_000, "bigger than 5 MB"),
        ],
    )
    def test_what_is_too_much_or_none_is_refused(self, read, data, reason):
        with pytest.raises(UnreadableDocument, match=reason):
            read("a.csv", data)


class TestFolders:
    def test_files_are_named_by_their_place_and_hidden_ones_and_links_out_are_left_out(self, tmp_path: Path):
        folder, elsewhere = tmp_path / "docs", tmp_path / "elsewhere.md"
        (folder / "returns").mkdir(parents=True)
        (folder / ".git").mkdir()
        for path in (folder / "readme.md", folder / "returns" / "readme.md", folder / ".git" / "x.md", elsewhere):
            path.write_text("# Title\n\nWords.")
        (folder / "out.md").symlink_to(elsewhere)
        found = [source for source in files.FolderListing([folder]) if isinstance(source, files.FileSource)]
        assert [source.read("h")[0].slug for source in found] == ["readme", "returns-readme"]

    def test_what_is_said_beside_a_file_counts_as_its_content(self, tmp_path: Path):
        path = tmp_path / "a.csv"
        path.write_text("a,b\n1,2\n")
        source = files.FileSource(path, tmp_path)
        before = source.fingerprint()
        (tmp_path / f"a.csv{files.BESIDE}").write_text("audience: staff")
        assert source.fingerprint() != before
