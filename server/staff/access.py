"""Who may use the staff API: cookies, the CSRF header, and what comes before everything else."""

from collections.abc import Awaitable, Callable

from fastapi import Request, Response

from server.errors import NotPermitted
from server.settings import Settings
from server.staff.service import LIFETIME, SignedIn, StaffRequest, StaffService, check_csrf, check_password_chosen

SESSION_COOKIE = "counterhand_staff"
DEVICE_COOKIE = "counterhand_staff_device"
_PATH = "/api/v1/staff"
_DEVICE_FOR_S = 180 * 24 * 3600

Asking = Callable[[Request], Awaitable[StaffRequest]]


def reading(staff: StaffService) -> Asking:
    """Build the dependency of routes that change nothing: a session, whatever its state."""

    async def find(request: Request) -> StaffRequest:
        return await staff.find_session(request.cookies.get(SESSION_COOKIE))

    return find


def working(staff: StaffService) -> Asking:
    """Build the dependency of routes that show customers' data: a session of somebody with a password of their own."""
    find = reading(staff)

    async def check(request: Request) -> StaffRequest:
        asking = await find(request)
        check_password_chosen(asking)
        return asking

    return check


def writing(inner: Asking) -> Asking:
    """Build the dependency of routes that change something: what `inner` asks, and the CSRF header."""

    async def check(request: Request) -> StaffRequest:
        asking = await inner(request)
        check_csrf(asking, request.headers.get("x-csrf-token"))
        return asking

    return check


def check_same_site(request: Request) -> None:
    """Refuse a sign-in that another site's page sends: it could sign a person in to an attacker's account.

    Raises:
        NotPermitted: If the browser says that the request comes from elsewhere.
    """
    if request.headers.get("sec-fetch-site", "none") not in {"same-origin", "none"}:
        raise NotPermitted("Sign in on our own page.")


def set_cookies(response: Response, signed_in: SignedIn, settings: Settings) -> None:
    """Give a browser its session, and the mark that it once signed in."""
    secure = is_secure(settings)
    response.set_cookie(
        SESSION_COOKIE, signed_in.token, max_age=int(LIFETIME.total_seconds()), path=_PATH, secure=secure, httponly=True, samesite="strict"
    )
    response.set_cookie(DEVICE_COOKIE, signed_in.device, max_age=_DEVICE_FOR_S, path=_PATH, secure=secure, httponly=True, samesite="strict")


def clear_cookie(response: Response, settings: Settings) -> None:
    """Take the session away from a browser; the mark stays."""
    response.delete_cookie(SESSION_COOKIE, path=_PATH, secure=is_secure(settings), httponly=True, samesite="strict")


def is_secure(settings: Settings) -> bool:
    """Tell whether cookies travel over HTTPS alone."""
    return settings.secure_cookies or settings.base_url.startswith("https://")
