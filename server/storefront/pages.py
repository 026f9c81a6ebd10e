"""The built pages: widget, console, and the demo shop where it is switched on."""

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from server.settings import Settings

WEB_DIST = Path(__file__).resolve().parents[2] / "web" / "dist"

_COMMON = "object-src 'none'; base-uri 'none'; form-action 'self'; script-src 'self'; connect-src 'self'; font-src 'self' data:"
_STOREFRONT_POLICY = f"default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'self'; {_COMMON}"
# Whatever a customer manages to put into a conversation: it loads nothing from elsewhere and is framed by nobody.
_CONSOLE_POLICY = f"default-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; {_COMMON}"
_IMMUTABLE = "public, max-age=31536000, immutable"
_NOT_BUILT = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Not built yet</title>
<body style="font:18px/1.5 sans-serif;max-width:36em;margin:4em auto;padding:0 1em">
<h1>The pages are not built yet</h1><p>Run <code>make web</code>, then load this page again.</p></body></html>"""


def create_router(settings: Settings, web_dist: Path = WEB_DIST) -> APIRouter:
    """Build the routes of all static files. Include it after the APIs: its last routes take what is left below their folder."""
    router = APIRouter(include_in_schema=False)
    _add_widget(router, web_dist / "widget")
    _add_console(router, web_dist / "console")
    if settings.demo:
        _add_storefront(router, web_dist / "storefront")
    else:
        router.add_api_route("/", _to_console, response_class=RedirectResponse)
    return router


def _add_widget(router: APIRouter, folder: Path) -> None:
    @router.get("/widget.js")
    async def get_widget() -> Response:
        # Any shop's page may load it, and has to see a new version soon.
        headers = {"Cache-Control": "public, max-age=300", "Cross-Origin-Resource-Policy": "cross-origin"}
        return _file(folder / "widget.js", headers) or Response("// Not built yet: run make web.", 503, media_type="text/javascript")


def _add_console(router: APIRouter, folder: Path) -> None:
    router.add_api_route("/console", _to_console, response_class=RedirectResponse)

    @router.get("/console/{path:path}")
    async def get_console(path: str) -> Response:
        return _asset(folder, path) or _page(folder, _CONSOLE_POLICY)


def _add_storefront(router: APIRouter, folder: Path) -> None:
    async def get_page() -> Response:
        return _page(folder, _STOREFRONT_POLICY)

    for path in ("/", "/products/{product_id}", "/orders", "/help", "/help/{slug}"):
        router.add_api_route(path, get_page)

    @router.get("/storefront/{path:path}")
    async def get_file(path: str) -> Response:
        return _asset(folder, path) or Response(status_code=404)


async def _to_console() -> RedirectResponse:
    return RedirectResponse("/console/")


def _asset(folder: Path, path: str) -> Response | None:
    target = (folder / path).resolve()
    if not path or not target.is_relative_to(folder.resolve()) or target.suffix == ".html":
        return None
    headers = {"Cache-Control": _IMMUTABLE if path.startswith("assets/") else "public, max-age=300"}
    return _file(target, headers)


def _page(folder: Path, policy: str) -> Response:
    headers = {"Cache-Control": "no-cache", "Content-Security-Policy": policy}
    return _file(folder / "index.html", headers) or HTMLResponse(_NOT_BUILT, 503, headers=headers | {"Cache-Control": "no-store"})


def _file(path: Path, headers: dict[str, str]) -> Response | None:
    return FileResponse(path, headers=headers) if path.is_file() else None
