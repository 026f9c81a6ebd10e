import xml.etree.ElementTree as ET

from shop.demo.pictures import draw
from shop.models import ShopData
from tests.shop.builders import product

SVG = "{http://www.w3.org/2000/svg}"


def test_every_picture_is_well_formed_and_names_its_product(demo: ShopData) -> None:
    for each in demo.products:
        picture = ET.fromstring(draw(each))  # noqa: S314 - our own words
        assert picture.tag == f"{SVG}svg"
        assert picture.findtext(f"{SVG}title") == each.name == picture.get("aria-label")
        assert len(list(picture.iter())) >= 8, each.product_id


def test_pictures_carry_nothing_but_shapes(demo: ShopData) -> None:
    allowed = {"svg", "title", "defs", "linearGradient", "stop", "rect", "circle", "ellipse", "path", "g", "text"}
    for each in demo.products:
        found = {element.tag.removeprefix(SVG) for element in ET.fromstring(draw(each)).iter()}  # noqa: S314 - our own words
        assert found <= allowed, each.product_id


def test_every_type_has_a_motif_of_its_own(demo: ShopData) -> None:
    first = {each.product_type: each for each in demo.products}
    shapes = {kind: draw(each.model_copy(update={"name": "x"})) for kind, each in first.items()}
    assert len(set(shapes.values())) == 20


def test_most_products_of_a_type_look_different(demo: ShopData) -> None:
    same_name = [draw(each.model_copy(update={"brand": "x"})).split("</title>")[1] for each in demo.products]
    assert len(set(same_name)) > 0.8 * len(same_name)


def test_a_name_cannot_break_out_of_the_picture() -> None:
    hostile = product("lamp", "desk lamp").model_copy(update={"name": '"><script>alert(1)</script>'})
    picture = ET.fromstring(draw(hostile))  # noqa: S314 - that is the test
    assert "script" not in {element.tag.removeprefix(SVG) for element in picture.iter()}


def test_a_type_that_nobody_drew_is_a_parcel() -> None:
    assert ET.fromstring(draw(product("oboe", "oboe"))).findtext(f"{SVG}title") == "Oboe"  # noqa: S314 - our own words
