"""E-mails: written whole, handed over once, tried again only when they surely did not leave."""

import asyncio
import email
import email.policy
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from server.errors import DeliveryFailed, DeliveryUncertain, Misconfigured
from server.mail.file import FileMailer
from server.mail.smtp import SmtpMailer
from server.mail.worker import MailWorker, create_mailer
from server.settings import Settings
from server.storage.engine import Database
from server.storage.migrate import migrate
from server.storage.models import Email
from server.storage.types import DeliveryState, utc_now

SENDER = "Harbour & Pine <counter@harbour.example>"


@dataclass
class FakeMailServer:
    """An SMTP server at the wire. `script` gives the answer to a command, or "cut" to drop the connection there."""

    script: dict[str, str] = field(default_factory=dict)
    received: list[bytes] = field(default_factory=list)
    _server: asyncio.Server | None = None

    async def __aenter__(self) -> "FakeMailServer":
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"smtp://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.transport.abort()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example ESMTP\r\n")
        usual = {"EHLO": "250 mail.example", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go on", ".": "250 taken", "QUIT": "221 bye"}
        while line := await reader.readline():
            verb = line.split()[0].decode().upper()
            if verb == "DATA" and "DATA" not in self.script:
                writer.write(b"354 go on\r\n")
                self.received.append(await reader.readuntil(b"\r\n.\r\n"))
                verb = "."
            answer = self.script.get(verb, usual.get(verb, "500 what?"))
            if answer == "cut":
                return
            writer.write(answer.encode() + b"\r\n")
            await writer.drain()


@pytest.fixture
async def server() -> AsyncIterator[FakeMailServer]:
    async with FakeMailServer() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else f"sqlite+aiosqlite:///{tmp_path / 'c.db'}"
    await asyncio.to_thread(migrate, url)
    database = Database(url)
    yield database
    await database.close()


async def put(database: Database, **values: object) -> None:
    async with database.write() as db:
        given = {"email_id": "eml_1", "to": "ida@example.com", "subject": "Your code", "text": "The code is 471108.", **values}
        db.add(Email(**given))


async def get(database: Database, email_id: str = "eml_1") -> Email:
    async with database.read() as db:
        return await db.get_one(Email, email_id)


async def test_a_file_holds_the_whole_email_and_is_its_owners_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    await FileMailer(tmp_path / "outbox", SENDER).send("ida@example.com", "Your code", "The code is 471108.\nÜber alles.")
    (path,) = (tmp_path / "outbox").iterdir()
    read = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert (read["To"], read["From"], read["Subject"]) == ("ida@example.com", SENDER, "Your code")
    assert read.get_content().strip() == "The code is 471108.\nÜber alles."
    assert read["Auto-Submitted"] == "auto-generated"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert "471108" not in capsys.readouterr().out


async def test_a_folder_that_cannot_be_written_is_tried_again_later(tmp_path: Path):
    (tmp_path / "outbox").write_text("a file stands where the folder should be")
    with pytest.raises(DeliveryFailed) as failed:
        await FileMailer(tmp_path / "outbox", SENDER).send("ida@example.com", "Hello", "text")
    assert failed.value.permanent is False


@pytest.mark.parametrize("subject", ["Hello\r\nBcc: all@example.com", "Hello\nX"])
async def test_a_header_cannot_be_smuggled_in(tmp_path: Path, subject: str):
    with pytest.raises(DeliveryFailed) as failed:
        await FileMailer(tmp_path, SENDER).send("ida@example.com", subject, "text")
    assert failed.value.permanent is True
    assert list(tmp_path.iterdir()) == []


async def test_smtp_hands_the_email_over(server: FakeMailServer):
    await SmtpMailer(server.url, SENDER).send("ida@example.com", "Your code", "The code is 471108.")
    (received,) = server.received
    assert b"To: ida@example.com" in received
    assert b"The code is 471108." in received


@pytest.mark.parametrize(
    ("script", "permanent"),
    [({"RCPT": "550 nobody here"}, True), ({"RCPT": "451 later"}, False), ({"MAIL": "552 too much"}, True), ({".": "451 later"}, False)],
)
async def test_a_refusal_is_final_only_when_the_server_says_so(server: FakeMailServer, script: dict[str, str], permanent: bool):
    server.script = script
    with pytest.raises(DeliveryFailed) as failed:
        await SmtpMailer(server.url, SENDER).send("ida@example.com", "Hello", "text")
    assert failed.value.permanent is permanent


async def test_a_cut_after_the_text_left_is_a_doubt(server: FakeMailServer):
    server.script = {".": "cut"}
    with pytest.raises(DeliveryUncertain):
        await SmtpMailer(server.url, SENDER).send("ida@example.com", "Hello", "text")


async def test_a_server_that_is_down_is_tried_again():
    async with FakeMailServer() as server:
        url = server.url
    with pytest.raises(DeliveryFailed) as failed:
        await SmtpMailer(url, SENDER).send("ida@example.com", "Hello", "text")
    assert failed.value.permanent is False


@pytest.mark.parametrize("url", ["mail.example.com", "http://mail.example.com", "smtp://"])
def test_an_address_of_a_server_that_cannot_be_read_stops_the_start(url: str):
    with pytest.raises(Misconfigured, match="COUNTERHAND_SMTP_URL"):
        create_mailer(Settings(smtp_url=url))


def test_without_a_server_emails_become_files(tmp_path: Path):
    assert isinstance(create_mailer(Settings(data_dir=tmp_path)), FileMailer)


async def test_a_password_never_leaves_in_the_clear():
    assert SmtpMailer("smtp://me:secret@mail.example.com", SENDER)._start_tls is True
    assert SmtpMailer("smtps://me:secret@mail.example.com", SENDER)._tls is True


async def test_each_email_leaves_once_however_many_workers_look(database: Database, tmp_path: Path):
    for n in range(12):
        await put(database, email_id=f"eml_{n}", subject=f"Number {n}")
    workers = [MailWorker(database, FileMailer(tmp_path / "outbox", SENDER)) for _ in range(4)]

    async def drain(worker: MailWorker) -> None:
        while await worker.send_next():
            pass

    await asyncio.gather(*(drain(worker) for worker in workers))
    subjects = [email.message_from_bytes(path.read_bytes())["Subject"] for path in (tmp_path / "outbox").glob("*.eml")]
    assert sorted(subjects) == sorted(f"Number {n}" for n in range(12))
    assert {(await get(database, f"eml_{n}")).state for n in range(12)} == {DeliveryState.SENT}


async def test_a_temporary_failure_waits_longer_each_time_and_then_gives_up(database: Database, server: FakeMailServer):
    server.script = {"RCPT": "451 later"}
    worker = MailWorker(database, SmtpMailer(server.url, SENDER))
    await put(database)
    pauses = []
    for _ in range(8):
        assert await worker.send_next() is True
        assert await worker.send_next() is False
        found = await get(database)
        pauses.append((found.due_at - utc_now()).total_seconds())
        async with database.write() as db:
            await db.execute(update(Email).values(due_at=utc_now() - timedelta(seconds=1)))
    assert pauses[0] < 6 < pauses[2]
    assert (found.state, found.attempts) == (DeliveryState.FAILED, 8)


async def test_a_doubt_is_kept_and_not_sent_again(database: Database, server: FakeMailServer):
    server.script = {".": "cut"}
    worker = MailWorker(database, SmtpMailer(server.url, SENDER))
    await put(database)
    assert await worker.send_next() is True
    assert await worker.send_next() is False
    assert (await get(database)).state == DeliveryState.UNCERTAIN
    assert len(server.received) == 1


async def test_an_email_that_was_being_sent_when_the_gateway_died_is_in_doubt(database: Database, tmp_path: Path):
    await put(database, state=DeliveryState.SENDING, leased_until=utc_now() - timedelta(seconds=1), attempts=1)
    await MailWorker(database, FileMailer(tmp_path, SENDER)).send_next()
    assert (await get(database)).state == DeliveryState.UNCERTAIN
    assert list(tmp_path.glob("*.eml")) == []


async def test_an_email_that_is_of_no_more_use_stays_here(database: Database, tmp_path: Path):
    await put(database, expires_at=utc_now() - timedelta(seconds=1))
    assert await MailWorker(database, FileMailer(tmp_path, SENDER)).send_next() is True
    async with database.read() as db:
        assert await db.scalar(select(Email.state)) == DeliveryState.FAILED
    assert list(tmp_path.glob("*.eml")) == []
