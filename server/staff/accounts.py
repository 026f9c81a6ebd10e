"""Making, listing and disabling staff accounts."""

from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from server.errors import BadRequest
from server.ids import new_id
from server.staff import repository
from server.staff.passwords import PasswordHashing, make_one_time_password
from server.storage.engine import Database
from server.storage.models import Staff

FIRST_EMAIL = "owner@counterhand.local"


@dataclass(frozen=True)
class OneTimePassword:
    """What a new member of the staff signs in with once; it is shown once and kept only as a hash."""

    email: str
    password: str


async def add_account(database: Database, hashing: PasswordHashing, email: str, name: str = "", role: str = "agent") -> OneTimePassword:
    """Make an account, and give the password to hand to its owner.

    Raises:
        BadRequest: If the e-mail is no address, or already has an account.
    """
    address = email.strip().lower()
    if address.count("@") != 1 or any(c.isspace() for c in address) or not all(address.split("@")):
        raise BadRequest(f"{email!r} is no e-mail address.")
    password = make_one_time_password()
    account = Staff(
        staff_id=new_id("staff"), email=address, name=name.strip() or address.split("@")[0].replace(".", " ").title(), role=role,
        password_hash=await hashing.hash(password), must_change_password=True,
    )  # fmt: skip
    try:
        async with database.write() as db:
            db.add(account)
            await db.flush()
            repository.write_audit(db, "staff.added", staff_id=None, detail={"email": address, "role": role})
    except IntegrityError as exc:
        raise BadRequest(f"{address!r} already has an account.") from exc
    return OneTimePassword(address, password)


async def reset_password(database: Database, hashing: PasswordHashing, email: str) -> OneTimePassword:
    """Give an account a new one-time password and end its sessions.

    Raises:
        BadRequest: If nobody has this e-mail.
    """
    password = make_one_time_password()
    password_hash = await hashing.hash(password)
    async with database.write() as db:
        account = await _get(db, email)
        account.password_hash, account.must_change_password, account.disabled = password_hash, True, False
        await repository.end_sessions(db, account.staff_id)
        repository.write_audit(db, "staff.password_reset", staff_id=account.staff_id)
        return OneTimePassword(account.email, password)


async def disable_account(database: Database, email: str) -> None:
    """Keep an account from signing in, and end its sessions at once.

    Raises:
        BadRequest: If nobody has this e-mail.
    """
    async with database.write() as db:
        account = await _get(db, email)
        account.disabled = True
        await repository.end_sessions(db, account.staff_id)
        repository.write_audit(db, "staff.disabled", staff_id=account.staff_id)


async def rename_account(database: Database, email: str, name: str) -> str:
    """Have customers and colleagues see another name; give the account's e-mail.

    Raises:
        BadRequest: If nobody has this e-mail, or the name is empty.
    """
    if not name.strip():
        raise BadRequest("Give a name that customers can read.")
    async with database.write() as db:
        account = await _get(db, email)
        account.name = name.strip()
        repository.write_audit(db, "staff.renamed", staff_id=account.staff_id, detail={"name": account.name})
        return account.email


async def ensure_first_account(database: Database, email: str = FIRST_EMAIL, name: str = "Our team") -> OneTimePassword | None:
    """Make the first account of a new installation, under the name that customers see; None when there is one already.

    Raises:
        BadRequest: If the e-mail is no address.
    """
    async with database.read() as db:
        if await repository.count_staff(db):
            return None
    hashing = PasswordHashing(workers=1)
    try:
        return await add_account(database, hashing, email, name, role="admin")
    finally:
        hashing.close()


async def _get(db: AsyncSession, email: str) -> Staff:
    account = await repository.find_by_email(db, email)
    if account is None:
        raise BadRequest(f"Nobody of the staff has the e-mail {email!r}.")
    return account
