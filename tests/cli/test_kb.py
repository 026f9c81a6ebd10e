"""`counterhand kb` as a person types it."""

from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from cli.main import app
from cli.paths import EMBEDDING
from tests.conftest import free_port
from tests.server.processes import running_gateway

ARTICLE = "---\ntitle: Baskets\nslug: baskets\ntopic: gifts\n---\n## Sizes\nOur largest gift basket holds forty pears.\n"


@pytest.fixture
def kb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COUNTERHAND_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("COUNTERHAND_EMBEDDING_DIR", str(EMBEDDING))
    monkeypatch.setenv("COLUMNS", "200")

    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(app, ["kb", *words])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.output

    return run


def test_an_article_is_compared_ingested_found_withheld_and_indexed_anew(kb, tmp_path: Path):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "baskets.md").write_text(ARTICLE)
    (folder / "broken.md").write_text("no head")
    code, said = kb("diff", str(folder))
    assert (code, "+Our largest gift basket holds forty pears." in said, "1 added" in said, "broken.md" in said) == (1, True, True, True)
    assert "0 documents" in kb("status")[1]
    code, said = kb("ingest", str(folder))
    assert (code, "neither front matter" in said) == (1, True)
    assert "1 added, 0 changed, 0 unchanged, 0 removed; 1 passages in all" in said
    (folder / "broken.md").unlink()
    (folder / "baskets.md").write_text(ARTICLE.replace("forty", "fifty"))
    code, said = kb("diff", str(folder))
    assert (code, "-Our largest gift basket holds forty pears." in said, "+Our largest gift basket holds fifty" in said) == (0, True, True)
    assert "forty pears" in kb("search", "gift basket")[1]
    assert kb("unpublish", "baskets")[0] == 0
    assert "Nothing found" in kb("search", "gift basket")[1]
    assert kb("publish", "baskets")[0] == 0
    assert "1 passages in the index" in kb("reindex", "--embed")[1]
    assert "forty pears" in kb("search", "gift basket")[1]
    assert kb("unpublish", "nothing") == (1, "No document 'nothing'.\n")


def test_what_contradicts_the_shops_rules_is_named_before_it_is_ingested(kb, tmp_path: Path):
    path = tmp_path / "baskets.md"
    path.write_text(ARTICLE + "Items can be returned within 90 days of delivery. See [this](/help/nothing).\n")
    code, said = kb("check", str(path))
    assert code == 1
    assert "policy The figures differ" in said
    assert "return.window" in said
    assert "There is no article 'nothing'." in said
    path.write_text(ARTICLE)
    code, said = kb("check", str(path))
    assert (code, said.strip()) == (0, "1 documents checked, 0 findings")


def test_a_running_server_is_asked_and_its_documents_are_changed_by_nobody_else(kb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "baskets.md"
    path.write_text(ARTICLE)
    kb("ingest", str(path))
    with running_gateway(tmp_path / "var") as port:
        monkeypatch.setenv("COUNTERHAND_PORT", str(port))
        assert kb("status") == (0, "1 documents, 1 passages, 1 of them in the vector index (as the running server has them)\n")
        for words in (("unpublish", "baskets"), ("ingest", str(path)), ("reindex",)):
            code, said = kb(*words)
            assert (code, "Stop the server first" in said) == (1, True)
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as stranger:
            assert stranger.get("/internal/knowledge/status").status_code == 403
        monkeypatch.setenv("COUNTERHAND_PORT", str(free_port()))
        assert "open in another process" in kb("status")[1]
    assert kb("status") == (0, "1 documents, 1 passages, 1 of them in the vector index\n")
    assert kb("unpublish", "baskets")[0] == 0
