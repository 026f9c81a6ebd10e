from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.shop import app
from shop.transfer import write_shop
from tests.shop.builders import small_shop


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("COUNTERHAND_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("COUNTERHAND_SHOP_URL", f"sqlite+aiosqlite:///{tmp_path / 'shop.db'}")
    return CliRunner()


def test_a_shop_goes_in_and_out(run: CliRunner, tmp_path: Path) -> None:
    write_shop(small_shop(), tmp_path / "in")
    imported = run.invoke(app, ["import", str(tmp_path / "in")])
    exported = run.invoke(app, ["export", str(tmp_path / "out")])
    assert imported.output == "Imported 2 products, 2 customers, 3 orders.\n"
    assert (imported.exit_code, exported.exit_code) == (0, 0)
    assert (tmp_path / "out" / "orders.json").read_bytes() == (tmp_path / "in" / "orders.json").read_bytes()


def test_a_refused_import_says_why_and_fails(run: CliRunner, tmp_path: Path) -> None:
    write_shop(small_shop(), tmp_path / "in")
    run.invoke(app, ["import", str(tmp_path / "in")])
    again = run.invoke(app, ["import", str(tmp_path / "in")])
    replaced = run.invoke(app, ["import", str(tmp_path / "in"), "--replace"])
    assert again.exit_code == 1
    assert "customers.json: cus_ada: this id is already in the shop" in again.output
    assert "Traceback" not in again.output
    assert replaced.exit_code == 0


def test_the_demo_shop_is_loaded_once(run: CliRunner) -> None:
    assert run.invoke(app, ["demo"]).output == "Loaded 160 products, 96 customers, 360 orders.\n"
    assert run.invoke(app, ["demo"]).exit_code == 1
    assert run.invoke(app, ["demo", "--replace"]).exit_code == 0


def test_the_schema_is_written(run: CliRunner, tmp_path: Path) -> None:
    assert run.invoke(app, ["schema", str(tmp_path)]).exit_code == 0
    assert len(list(tmp_path.glob("*.schema.json"))) == 3
