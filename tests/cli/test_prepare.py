"""What a start makes ready."""

from pathlib import Path

import pytest

import knowledge_base
from cli import prepare
from cli.paths import EMBEDDING
from knowledge_base.settings import SHIPPED_ARTICLES
from server.settings import Settings
from server.staff import repository
from server.storage.engine import Database

OWN = "---\ntitle: Returns\nslug: returning-items\ntopic: returns\n---\n## How long\nYou have exactly seventeen days.\n"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "returns.md").write_text(OWN)
    return folder


async def start(tmp_path: Path, **settings: object) -> tuple[list[str], str]:
    """Prepare as a start does; give the slugs that customers may read, and what was told."""
    said: list[str] = []
    found = Settings(data_dir=tmp_path / "var", embedding_dir=EMBEDDING, **settings)
    await prepare.ingest(found, said.append)
    knowledge = knowledge_base.create(found.knowledge_base_settings())
    try:
        return [document.slug for document in await knowledge.list_documents()], "\n".join(said)
    finally:
        await knowledge.close()


async def test_the_demos_articles_leave_when_the_shop_brings_its_own_or_is_no_demo(tmp_path: Path, own: Path):
    before, _ = await start(tmp_path)
    assert {"returning-items", "pine-points"} < set(before)
    assert (await start(tmp_path, articles_dir=SHIPPED_ARTICLES))[0] == before
    after, said = await start(tmp_path, articles_dir=own)
    assert after == ["returning-items"]
    assert "not read" not in said
    assert f"{len(before) - 1} removed" in said


async def test_a_shop_that_is_no_demo_promises_nothing_of_the_demos(tmp_path: Path):
    assert (await start(tmp_path, demo=False))[0] == []


@pytest.mark.parametrize(
    ("given", "seen"),
    [
        ({}, ("owner@counterhand.local", "Harbour & Pine team")),
        ({"first_staff_email": "Mara@shop.example", "first_staff_name": "Mara Lind"}, ("mara@shop.example", "Mara Lind")),
    ],
)
async def test_the_first_account_has_the_name_that_the_settings_give(tmp_path: Path, given: dict[str, str], seen: tuple[str, str]):
    settings = Settings(data_dir=tmp_path, **given)
    await prepare.migrate(settings, str)
    made = await prepare.first_account(settings, str)
    database = Database(settings.database_url)
    async with database.read() as db:
        accounts = [(one.email, one.name) for one in await repository.list_staff(db)]
    await database.close()
    assert (accounts, made and made[0]) == ([seen], seen[0])
    assert await prepare.first_account(settings, str) is None
