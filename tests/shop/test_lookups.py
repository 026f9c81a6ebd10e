from pathlib import Path

import yaml

from shop.demo.generate import generate
from shop.lookups import lookups, write_rasa_lookups
from shop.models import Variant
from tests.shop.builders import NOW, product

DEMO = generate(now=NOW).products


def test_values_are_collected_by_entity() -> None:
    found = lookups(DEMO)
    assert {"Kestrel K2 Keyboard", "Kestrel K2", "keyboard", "keyboards"} <= set(found["product"])
    assert {"running shoe", "running shoes", "wristwatch", "wristwatches"} <= set(found["product_type"])
    assert "Tarn & Vale" in found["brand"]
    assert "signal red" in found["colour"]
    assert {"XL", "42", "28 cm"} <= set(found["size"])
    assert {"750 ml", "2 persons"} <= set(found["capacity"])
    assert {"cotton", "merino wool", "aluminium"} <= set(found["material"])


def test_each_value_is_there_once_whatever_its_case() -> None:
    for values in lookups([product("a", "lamp", brand="ACME"), product("b", "lamp", brand="Acme")]).values():
        assert len({value.casefold() for value in values}) == len(values)


def test_rasa_gets_tables_without_letters_numbers_and_everyday_words(tmp_path: Path) -> None:
    write_rasa_lookups(DEMO, tmp_path / "lookups.yml")
    written = yaml.safe_load((tmp_path / "lookups.yml").read_text(encoding="utf-8"))
    tables = {table["lookup"]: table["examples"].removeprefix("- ").split("\n- ") for table in written["nlu"]}
    assert written["version"] == "3.1"
    assert {"size 42", "size m", "xl"} <= {value.strip().casefold() for value in tables["size"]}
    for values in tables.values():
        assert all(len(value.strip()) > 1 and not value.strip().isdigit() for value in values)
    assert "clear" not in tables["colour"]
    assert not set(tables["colour"]) & set(tables["material"])


def test_a_shop_may_spell_color_so_and_name_materials_as_an_option() -> None:
    options = [{"color": "teal", "material": "brushed steel"}, {"color": "plum", "material": "birch"}]
    variants = [Variant.model_validate({"variant_id": f"v{n}", "options": o, "price_cents": 100}) for n, o in enumerate(options)]
    found = lookups([product("a", "lamp").model_copy(update={"variants": variants})])
    assert (found["colour"], found["material"]) == (["plum", "teal"], ["birch", "brushed steel"])
