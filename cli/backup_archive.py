"""What is in a backup, packed into one file with the checksum of each part."""

import hashlib
import json
import os
import tarfile
from dataclasses import asdict, dataclass, field
from pathlib import Path

from cli.backup_databases import BackupFailed

FORMAT = 1
MANIFEST = "manifest.json"
GATEWAY, SHOP, SECRETS, DOCUMENTS = "gateway", "shop", "secrets.json", "documents.tar"
_KNOWN = {MANIFEST, GATEWAY, SHOP, SECRETS, DOCUMENTS}


@dataclass(frozen=True)
class KnowledgeSource:
    """A document that the index was built from. Files outside of the data folder are not in the backup: they belong to who wrote them."""

    slug: str
    source: str
    content_hash: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds.

    Attributes:
        kinds: `sqlite` or `postgresql`, by database.
        checksums: SHA-256 in hex, by part.
        rows: Rows by table, by database; SQLite alone.
    """

    created_at: str
    kinds: dict[str, str]
    checksums: dict[str, str]
    rows: dict[str, dict[str, int]] = field(default_factory=dict)
    knowledge: list[KnowledgeSource] = field(default_factory=list)
    format: int = FORMAT


def checksum(path: Path) -> str:
    """Give the SHA-256 of a file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def pack(folder: Path, manifest: Manifest, target: Path) -> None:
    """Write the parts in `folder` and the manifest into one file that its owner alone can read: it holds customers and secrets.

    Raises:
        BackupFailed: If the file is there already, or cannot be written.
    """
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest), indent=2), "utf8")
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as archive:
                for name in (MANIFEST, *manifest.checksums):
                    archive.add(folder / name, arcname=name)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, target)  # fails where a file is: no backup is ever overwritten
    except FileExistsError as exc:
        raise BackupFailed(f"{target} is there already. Choose another name; backups are never overwritten.") from exc
    except OSError as exc:
        raise BackupFailed(f"{target} cannot be written: {exc.strerror}.") from exc
    finally:
        draft.unlink(missing_ok=True)


def unpack(source: Path, folder: Path) -> Manifest:
    """Read a backup into `folder`, each part checked against its checksum.

    Raises:
        BackupFailed: If it is no backup of ours, or damaged.
    """
    try:
        with tarfile.open(source, "r:gz") as archive:
            for member in archive:
                if member.name not in _KNOWN or not member.isreg():
                    raise BackupFailed(f"{source} holds {member.name!r}, which no backup does.")
                archive.extract(member, folder, filter="data")
        manifest = _read_manifest(folder / MANIFEST)
    except (OSError, EOFError, tarfile.TarError, ValueError, KeyError, TypeError) as exc:
        raise BackupFailed(f"{source} is no backup, or a damaged one: {exc}.") from exc
    for name, expected in manifest.checksums.items():
        if name not in _KNOWN or not (folder / name).is_file() or checksum(folder / name) != expected:
            raise BackupFailed(f"{source} is damaged: {name!r} does not match its checksum.")
    return manifest


def _read_manifest(path: Path) -> Manifest:
    read = json.loads(path.read_text("utf8"))
    if read["format"] != FORMAT:
        raise BackupFailed(f"This backup has the format {read['format']!r}; this version reads {FORMAT}.")
    knowledge = [KnowledgeSource(**one) for one in read["knowledge"]]
    return Manifest(read["created_at"], read["kinds"], read["checksums"], read["rows"], knowledge)


def pack_documents(folder: Path, target: Path) -> None:
    """Write the files that staff uploaded into one part; nothing where there are none."""
    files = [path for path in sorted(folder.glob("*")) if path.is_file()]
    if files:
        with tarfile.open(target, "w") as archive:
            for path in files:
                archive.add(path, arcname=path.name)


def unpack_documents(source: Path, folder: Path) -> None:
    """Put uploaded files back; none may lie outside of `folder`."""
    folder.mkdir(parents=True)
    with tarfile.open(source) as archive:
        archive.extractall(folder, filter="data")
