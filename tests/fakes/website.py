"""A website on this machine, for the crawler: pages, redirects, a robots.txt, and bad manners on request."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class FakeWebsite:
    """What it serves, by path, and what it was asked.

    Attributes:
        pages: Status, headers and body of each path.
        asked: The paths in order.
        drip_s: Seconds between the bytes of pages below /slow.
    """

    url: str = ""
    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    drip_s: float = 0.0

    @property
    def place(self) -> str:
        """Its host and port."""
        return self.url.removeprefix("http://")

    def page(self, path: str, body: str, title: str = "", links: tuple[str, ...] = (), head: str = "") -> None:
        """Serve an HTML page."""
        anchors = "".join(f'<a href="{link}">more</a> ' for link in links)
        top = f"<html lang=en><head><title>{title or path}</title>{head}</head>"
        self.serve(path, f"{top}<body><main><p>{body}</p></main><nav>{anchors}</nav></body></html>".encode())

    def serve(self, path: str, body: bytes, kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str) -> None:
        """Serve anything."""
        self.pages[path] = (status, {"Content-Type": kind, **headers}, body)

    def redirect(self, path: str, to: str) -> None:
        """Send whoever asks for a path elsewhere."""
        self.pages[path] = (302, {"Location": to}, b"")


@contextmanager
def open_website() -> Iterator[FakeWebsite]:
    """Run a website until the end of the block."""
    site = FakeWebsite()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            status, headers, body = site.pages.get(self.path, (404, {"Content-Type": "text/plain"}, b"nothing here"))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self._write(body)

        def _write(self, body: bytes) -> None:
            try:
                if not self.path.startswith("/slow"):
                    self.wfile.write(body)
                    return
                for byte in body:
                    self.wfile.write(bytes([byte]))
                    time.sleep(site.drip_s)
            except OSError:
                return  # whoever asked has gone

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
