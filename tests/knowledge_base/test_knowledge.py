import asyncio
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from threading import Event

import pytest

import knowledge_base
from knowledge_base import registry
from knowledge_base.errors import DocumentNotFound, IndexLocked, PassageNotFound, StoreUnavailable
from knowledge_base.knowledge import KnowledgeBase

TEA = "## Brewing\nPour hot water over the leaves and wait.\n\n## Storing\nKeep the leaves dry and dark."
SHOES = "## Mud\nLet the mud dry and brush it off.\n\n## Laces\nWash laces by hand."


def slugs(candidates) -> list[str]:
    return [candidate.passage.passage_id for candidate in candidates]


class TestIngest:
    async def test_what_was_ingested_is_found_by_its_words_and_by_its_meaning(self, knowledge, write, folder):
        write("tea", TEA)
        write("shoes", SHOES)
        report = await knowledge.ingest([folder])
        assert (sorted(report.added), report.passages, report.failed) == (["shoes", "tea"], 4, [])
        assert slugs(await knowledge.search("where should i keep tea leaves"))[0] == "tea#storing"
        assert slugs(await knowledge.search("my footwear is dirty"))[0] == "shoes#mud"

    async def test_only_what_changed_is_read_again(self, knowledge, write, folder):
        write("tea", TEA)
        write("shoes", SHOES)
        await knowledge.ingest([folder])
        write("tea", TEA.replace("dark", "cool"))
        report = await knowledge.ingest([folder])
        assert (report.changed, report.unchanged, report.added) == (["tea"], ["shoes"], [])
        assert "cool" in (await knowledge.get_passage("tea#storing")).text

    async def test_a_deleted_file_takes_its_passages_along(self, knowledge, write, folder):
        path = write("tea", TEA)
        write("shoes", SHOES)
        await knowledge.ingest([folder])
        path.unlink()
        report = await knowledge.ingest([folder])
        assert report.removed == ["tea"]
        assert not [slug for slug in slugs(await knowledge.search("tea leaves")) if slug.startswith("tea")]
        assert (await knowledge.status()).indexed == 2

    async def test_a_file_that_was_ingested_by_name_and_is_gone_is_removed(self, knowledge, write):
        path = write("tea", TEA)
        await knowledge.ingest([path])
        path.unlink()
        assert (await knowledge.ingest([path])).removed == ["tea"]

    async def test_a_broken_file_is_reported_and_the_rest_goes_on(self, knowledge, write, folder):
        write("tea", TEA)
        (folder / "a-broken.md").write_text("no head", encoding="utf-8")
        (folder / "b-latin.md").write_bytes(b"---\ntitle: caf\xe9\n---\n")
        report = await knowledge.ingest([folder])
        assert report.added == ["tea"]
        assert [Path(failure.path).name for failure in report.failed] == ["a-broken.md", "b-latin.md"]

    async def test_a_file_that_breaks_keeps_its_former_passages(self, knowledge, write, folder):
        path = write("tea", TEA)
        await knowledge.ingest([folder])
        path.write_text("no head", encoding="utf-8")
        report = await knowledge.ingest([folder])
        assert (len(report.failed), report.removed) == (1, [])
        assert slugs(await knowledge.search("tea leaves"))[0].startswith("tea")

    async def test_a_changed_slug_moves_the_document(self, knowledge, write, folder):
        path = write("tea", TEA)
        await knowledge.ingest([folder])
        path.write_text(path.read_text().replace("slug: tea", "slug: herbal-tea"))
        report = await knowledge.ingest([folder])
        assert (report.added, report.removed) == (["herbal-tea"], ["tea"])
        with pytest.raises(DocumentNotFound):
            await knowledge.get_document("tea")

    async def test_two_files_with_one_slug_are_one_too_many(self, knowledge, write, folder):
        path = write("tea", TEA)
        shutil.copy(path, folder / "tea-copy.md")
        report = await knowledge.ingest([folder])
        assert report.added == ["tea"]
        assert "taken by" in report.failed[0].reason

    async def test_a_path_that_is_not_there_is_reported(self, knowledge, folder):
        report = await knowledge.ingest([folder / "nothing"])
        assert "no such file" in report.failed[0].reason

    async def test_progress_counts_every_file(self, knowledge, write, folder):
        write("tea", TEA)
        write("shoes", SHOES)
        seen: list[tuple[int, int, str]] = []
        await knowledge.ingest([folder], lambda done, total, name: seen.append((done, total, name)))
        assert seen == [(1, 2, "shoes.md"), (2, 2, "tea.md")]

    async def test_questions_are_answered_while_documents_are_read(self, knowledge, write, folder):
        write("tea", TEA)
        await knowledge.ingest([folder])
        for number in range(12):
            write(f"page-{number}", "\n\n".join(f"## Part {n}\nWords about matter {number * n} and more of it." for n in range(6)))
        reading = asyncio.create_task(knowledge.ingest([folder]))
        await asyncio.sleep(0.05)
        started = time.monotonic()
        assert slugs(await knowledge.search("tea leaves"))[0].startswith("tea")
        waited = time.monotonic() - started
        busy = not reading.done()
        await reading
        assert not busy or waited < 2


class TestAudience:
    @pytest.fixture
    def on(self, settings, embedder):
        def build(day: date) -> KnowledgeBase:
            store = registry.build("knowledge_base.stores", "memory", settings)
            return KnowledgeBase(settings, store=store, embedder=embedder, today=lambda: day)

        return build

    @pytest.mark.parametrize(("day", "found"), [("2026-05-31", False), ("2026-06-01", True), ("2026-06-30", True), ("2026-07-01", False)])
    async def test_a_document_is_told_only_while_it_holds(self, on, write, folder, day, found):
        write("tea", TEA, valid_from="2026-06-01", valid_to="2026-06-30")
        knowledge = on(date.fromisoformat(day))
        await knowledge.ingest([folder])
        assert bool(await knowledge.search("tea leaves")) is found
        assert bool(await knowledge.list_documents()) is found
        await knowledge.close()

    async def test_what_is_for_staff_is_never_told(self, on, write, folder):
        write("tea", TEA, audience="staff")
        knowledge = on(date(2026, 6, 1))
        await knowledge.ingest([folder])
        assert await knowledge.search("tea leaves") == []
        with pytest.raises(DocumentNotFound):
            await knowledge.get_document("tea")
        with pytest.raises(PassageNotFound):
            await knowledge.get_passage("tea#storing")
        await knowledge.close()


class TestIndexIsDisposable:
    async def test_a_store_that_does_not_answer_is_not_waited_for(self, settings, embedder, write, folder):
        store, patient = registry.build("knowledge_base.stores", "memory", settings), settings.model_copy(update={"store_retry_s": 30.0})
        knowledge, answers, released = KnowledgeBase(patient, store=store, embedder=embedder), store.search, Event()

        def hang(*given):
            released.wait(30)
            return answers(*given)

        write("tea", TEA)
        await knowledge.ingest([folder])
        store.search = hang
        started = time.monotonic()
        found = await asyncio.gather(*(knowledge.search(f"tea leaves {number}") for number in range(12)))
        assert all(slugs(one)[0].startswith("tea") for one in found)
        assert time.monotonic() - started < 15
        started = time.monotonic()
        await knowledge.search("tea leaves")
        assert time.monotonic() - started < 2
        released.set()
        await knowledge.close()

    async def test_an_index_that_is_gone_is_built_from_the_manifest(self, knowledge, settings, write, folder):
        write("tea", TEA)
        await knowledge.ingest([folder])
        await knowledge.close()
        _delete_index(settings.index_dir)
        status = await knowledge.status()
        assert (status.indexed, status.dense) == (2, True)
        assert (await knowledge.search("storing leaves"))[0].dense > 0

    @pytest.mark.parametrize("pattern", ["chroma.sqlite3", "*/*.bin"])
    async def test_a_damaged_index_is_thrown_away_and_built_anew(self, settings, write, folder, pattern):
        write("tea", "\n\n".join(f"## Part {n}\nKeep leaves of kind {n} dry." for n in range(150)))
        # In a process of its own: Chroma keeps parts of an index in memory for as long as a process lives.
        await asyncio.to_thread(_ingest_elsewhere, settings.index_dir, folder)
        damaged = [path for path in settings.index_dir.glob(pattern) if path.stat().st_size > 0]
        assert damaged
        for path in damaged:
            path.write_bytes(b"\x00garbage" * 64)
        knowledge = knowledge_base.create(settings)
        found = await knowledge.search("keep leaves dry")
        assert found
        assert found[0].dense > 0
        assert (await knowledge.status()).indexed == 150
        await knowledge.close()

    async def test_what_was_known_is_served_when_an_ingestion_was_killed_and_the_next_one_goes_on_from_there(self, settings, write, folder):
        for number in range(300):
            write(f"page-{number}", f"Matter {number} is dry.")
        await asyncio.to_thread(_ingest_elsewhere, settings.index_dir, folder)
        for number in range(300):
            write(f"page-{number}", f"Matter {number} is wet.")
        (folder / "page-7.md").unlink()
        await asyncio.to_thread(_ingest_elsewhere, settings.index_dir, folder, kill_after=290)
        knowledge = knowledge_base.create(settings)
        before = await knowledge.status()
        assert (before.documents, before.indexed, before.dense) == (300, 300, True)
        assert {(await knowledge.get_document(f"page-{n}")).text for n in (1, 7)} == {"Matter 1 is dry.\n", "Matter 7 is dry.\n"}
        staged = list(_rows(settings, "SELECT slug FROM staged_documents"))
        report = await knowledge.ingest([folder])
        assert (len(report.changed), report.removed, len(staged)) == (299, ["page-7"], 256)
        assert (await knowledge.get_document("page-1")).text == "Matter 1 is wet.\n"
        assert (await knowledge.status()).indexed == 299
        await knowledge.close()

    async def test_a_damaged_manifest_is_put_aside_and_filled_again(self, knowledge, settings, write, folder):
        write("tea", TEA)
        await knowledge.ingest([folder])
        await knowledge.close()
        path = settings.index_dir / "manifest.sqlite"
        path.write_bytes(b"\x00garbage" * 1000)
        for extra in settings.index_dir.glob("manifest.sqlite-*"):
            extra.unlink()
        with pytest.raises(StoreUnavailable, match="put aside"):
            await knowledge.search("tea")
        assert (await knowledge.ingest([folder])).added == ["tea"]
        assert slugs(await knowledge.search("tea leaves"))[0].startswith("tea")


class TestDeadIndex:
    async def test_keywords_answer_alone_when_the_chroma_server_is_down(self, settings, write, folder):
        down = replace_url(settings, "http://127.0.0.1:5499")
        knowledge = knowledge_base.create(down)
        write("tea", TEA)
        write("shoes", SHOES)
        report = await knowledge.ingest([folder])
        assert report.passages == 4
        found = await knowledge.search("storing leaves")
        assert slugs(found)[0] == "tea#storing"
        assert found[0].dense == 0
        status = await knowledge.status()
        assert (status.dense, bool(status.detail)) == (False, True)
        await knowledge.close()

    async def test_a_dead_store_is_left_alone_for_a_while(self, settings, embedder, write, folder):
        knowledge = knowledge_base.create(replace_url(settings, "http://127.0.0.1:5499").model_copy(update={"store_retry_s": 60.0}))
        write("tea", TEA)
        await knowledge.ingest([folder])
        await knowledge.search("storing leaves")
        started = time.monotonic()
        for _ in range(5):
            await knowledge.search("storing leaves")
        assert time.monotonic() - started < 1
        await knowledge.close()

    async def test_an_index_that_another_process_owns_is_left_alone(self, settings, write, folder):
        write("tea", TEA)
        first = knowledge_base.create(settings)
        await first.ingest([folder])
        await first.close()
        with _owned_elsewhere(settings.index_dir / "index.lock"):
            second = knowledge_base.create(settings)
            assert slugs(await second.search("storing leaves"))[0] == "tea#storing"
            with pytest.raises(IndexLocked, match="Stop the server"):
                await second.ingest([folder])
        await second.ingest([folder])
        assert (await second.search("storing leaves"))[0].dense > 0
        await second.close()


async def test_an_empty_knowledge_base_finds_nothing(knowledge):
    assert await knowledge.search("anything") == []
    assert await knowledge.list_documents() == []
    assert (await knowledge.status()).passages == 0


@pytest.mark.parametrize("question", ["", "   ", "?!", "\x00", "' OR 1=1 --", "🙂" * 200, "word " * 5000])
async def test_strange_questions_are_survived(knowledge, write, folder, question):
    write("tea", TEA)
    await knowledge.ingest([folder])
    assert len(await knowledge.search(question)) <= 5


def replace_url(settings, url):
    return settings.model_copy(update={"chroma_url": url})


def _rows(settings, query: str) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(settings.index_dir / "manifest.sqlite")) as db:
        return db.execute(query).fetchall()


def _delete_index(index_dir: Path) -> None:
    for path in index_dir.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name.startswith("chroma"):
            path.unlink()


_INGEST = """
import asyncio, sys
from pathlib import Path
import knowledge_base
from knowledge_base.settings import KnowledgeBaseSettings

async def main():
    knowledge = knowledge_base.create(KnowledgeBaseSettings(index_dir=Path(sys.argv[1])))
    await knowledge.ingest([Path(sys.argv[2])], lambda done, total, name: print(done, flush=True))
    await knowledge.close()

asyncio.run(main())
"""
_OWN = "import sys, time, filelock; lock = filelock.FileLock(sys.argv[1]); lock.acquire(); print('held', flush=True); time.sleep(60)"


def _ingest_elsewhere(index_dir: Path, folder: Path, kill_after: int | None = None) -> None:
    """Ingest in another process, and kill it after so many files."""
    command = [sys.executable, "-c", _INGEST, str(index_dir), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.strip() == str(kill_after):
                process.kill()
                return
    assert process.returncode == 0


@contextmanager
def _owned_elsewhere(lock: Path):
    with subprocess.Popen([sys.executable, "-c", _OWN, str(lock)], stdout=subprocess.PIPE, text=True) as owner:
        try:
            assert owner.stdout is not None
            assert owner.stdout.readline() == "held\n"
            yield
        finally:
            owner.kill()


class TestSpareDocuments:
    @pytest.fixture
    def spare(self, tmp_path: Path) -> Path:
        spare = tmp_path / "spare"
        spare.mkdir()
        for slug, body in (("tea", "## Brewing\nThe demo brews for an hour.\n"), ("shoes", SHOES)):
            (spare / f"{slug}.md").write_text(f"---\ntitle: {slug}\nslug: {slug}\ntopic: demo\n---\n{body}", encoding="utf-8")
        return spare

    @pytest.fixture
    def settings(self, settings, spare):
        return settings.model_copy(update={"spare_dir": spare})

    async def test_a_slug_of_ones_own_takes_the_place_of_a_spare_one_whichever_comes_first(self, knowledge, write, folder, spare):
        await knowledge.ingest([spare])
        write("tea", TEA)
        report = await knowledge.ingest([folder])
        assert (report.changed, report.failed) == (["tea"], [])
        for places in ([spare], [folder, spare], [spare, folder]):
            report = await knowledge.ingest(places)
            assert (report.added, report.changed, report.removed, report.failed) == ([], [], [], [])
            assert "hot water" in (await knowledge.get_passage("tea#brewing")).text

    async def test_a_spare_document_comes_back_when_ones_own_is_gone(self, knowledge, write, folder, spare):
        path = write("tea", TEA)
        await knowledge.ingest([folder, spare])
        path.unlink()
        await knowledge.ingest([folder, spare])
        await knowledge.ingest([folder, spare])
        assert "an hour" in (await knowledge.get_passage("tea#brewing")).text

    async def test_dismissed_documents_leave_and_the_slugs_of_ones_own_stay(self, knowledge, write, folder, spare):
        await knowledge.ingest([spare])
        write("tea", TEA)
        report = await knowledge.ingest([folder], without=[spare])
        assert (report.changed, report.removed, report.failed) == (["tea"], ["shoes"], [])
        assert [document.slug for document in await knowledge.list_documents()] == ["tea"]
        assert (await knowledge.status()).indexed == 2
