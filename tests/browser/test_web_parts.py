"""The parts of the widget that need no browser, and what is shipped."""

import gzip
import shutil
import subprocess
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "web"


def test_the_widgets_parts_pass_their_own_tests() -> None:
    node = shutil.which("node") or next((str(path) for path in WEB.parent.glob(".venv-node/bin/node")), None)
    if node is None:
        pytest.fail("Node is not installed. `make setup` gets one.")
    run = subprocess.run([node, "--test", "widget/test/"], cwd=WEB, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


def test_the_widget_is_small() -> None:
    script = (WEB / "dist" / "widget" / "widget.js").read_bytes()
    assert len(gzip.compress(script)) < 30_000


@pytest.mark.parametrize("face", ["widget", "storefront", "console"])
def test_nothing_built_names_another_host(face: str) -> None:
    allowed = ("http://www.w3.org/", "https://vuejs.org/", "https://element-plus.org/", "https://lit.dev/", "https://github.com/")
    for path in (WEB / "dist" / face).rglob("*.js"):
        text = path.read_text("utf8")
        for start in ("https://", "http://"):
            for piece in text.split(start)[1:]:
                assert (start + piece).startswith(allowed) or not piece[:1].isalnum(), (path.name, start + piece[:60])
