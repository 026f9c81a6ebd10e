"""Pictures of the demo shop's products: an SVG per product, drawn by its type, in its own colour."""

import hashlib
from collections.abc import Callable, Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from shop.demo.motifs import desk, home, outdoors, sound, wear
from shop.demo.motifs.pen import METAL, Ink, circle, ground, luminance, mix, rect, turn_hue
from shop.models import Product

Motif = Callable[[Ink, Product], str]

_MOTIFS: Final[dict[str, Motif]] = {
    "backpack": wear.backpack,
    "bed linen": home.bed_linen,
    "candle": home.candle,
    "coffee maker": home.coffee_maker,
    "desk lamp": desk.desk_lamp,
    "frying pan": home.frying_pan,
    "headphones": sound.headphones,
    "keyboard": desk.keyboard,
    "notebook": desk.notebook,
    "office chair": desk.office_chair,
    "phone case": sound.phone_case,
    "portable speaker": sound.portable_speaker,
    "puzzle": home.puzzle,
    "rain jacket": wear.rain_jacket,
    "running shoes": wear.running_shoes,
    "t-shirt": wear.t_shirt,
    "tent": outdoors.tent,
    "water bottle": outdoors.water_bottle,
    "wristwatch": sound.wristwatch,
    "yoga mat": outdoors.yoga_mat,
}
_COLOURS: Final = {
    "black": "#33383d",
    "brass": "#c9a24f",
    "chalk": "#e6e1d6",
    "clear": "#dfe9ee",
    "copper": "#c57b57",
    "coral": "#ec8069",
    "cream": "#efe3c8",
    "graphite": "#585f66",
    "lilac": "#b5a3d3",
    "lime": "#b7cf4b",
    "mint": "#9fd6bd",
    "moss": "#6f8455",
    "mustard": "#d9a93a",
    "navy": "#34507a",
    "rust": "#b75f3c",
    "sage": "#9db59a",
    "sand": "#d8c3a1",
    "signal red": "#d6453d",
    "sky blue": "#84bbdf",
    "steel": "#b9c2c8",
    "walnut": "#7a5640",
    "white": "#f4f2ec",
    "linen white": "#efe9db",
    "oak": "#c89b6a",
    "green canvas": "#6f7d57",
    "black leather": "#3a3532",
    "brown leather": "#8a5a3b",
    "black rubber": "#33383d",
}
_MATERIALS: Final = (
    ("copper", "#c57b57"),
    ("cast iron", "#3f4246"),
    ("carbon steel", "#54595e"),
    ("stainless", "#b9c2c8"),
    ("cork", "#c9a06f"),
)
_QUIET: Final = ("#6b8aa5", "#b75f3c", "#6f8455", "#585f66", "#9a7aa0")
_SCENTS: Final = {
    "pine and salt": "#7d9a84",
    "lavender": "#b5a3d3",
    "fig": "#8f7fa3",
    "birch smoke": "#9aa0a3",
    "sandalwood": "#c9a27d",
    "cedar": "#a8795a",
    "rose": "#d99aa4",
}
_BACKGROUNDS: Final = ("#f3ece0", "#e8eef0", "#ecefe4", "#f4e8e3", "#ebe8f1", "#e6efec")


def draw(product: Product) -> str:
    """Draw a product as an SVG of 400 by 400: its type's motif in its colour, on a soft ground."""
    motif = _MOTIFS.get(product.product_type, _parcel)
    ink = _ink(product)
    wall = _wall(product, ink)
    disc = circle(200, 190, 168, "#ffffff", 'opacity=".34"')
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" role="img" '
        f"aria-label={quoteattr(product.name)}><title>{escape(product.name)}</title>"
        f'<defs><linearGradient id="wall" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="{mix(wall, "#ffffff", 0.45)}"/>'
        f'<stop offset="1" stop-color="{mix(wall, "#8a8375", 0.1)}"/></linearGradient></defs>'
        f'<rect width="400" height="400" fill="url(#wall)"/>{disc}'
        f"{motif(ink, product)}</svg>"
    )


def _ink(product: Product) -> Ink:
    main = _main_colour(product)
    return Ink(main=main, accent=turn_hue(main, 150) if luminance(main) < 0.85 and _is_colourful(main) else "#d9793f")


def _main_colour(product: Product) -> str:
    colours = [_COLOURS[value] for value in _looks(product) if value in _COLOURS]
    if colours:
        return _by_name(product, colours)
    scent = product.variants[0].options.get("scent", "")
    if scent in _SCENTS:
        return _SCENTS[scent]
    material = product.attributes.get("material", "")
    return next((colour for word, colour in _MATERIALS if word in material), _by_name(product, _QUIET))


def _looks(product: Product) -> list[str]:
    """The values of the options that can be seen, colours before woods and straps."""
    options = [option for option in product.variants[0].options if "colour" in option] or ["shade", "wood", "strap"]
    return list(dict.fromkeys(v.options[name] for name in options for v in product.variants if name in v.options))


def _is_colourful(colour: str) -> bool:
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return max(parts) - min(parts) > 34


def _wall(product: Product, ink: Ink) -> str:
    """A background by brand, so that a brand's products hang together; lighter things get a darker one."""
    wall = _BACKGROUNDS[hashlib.sha256(product.brand.encode()).digest()[0] % len(_BACKGROUNDS)]
    return mix(wall, "#8d9a98", 0.32) if luminance(ink.main) > 0.82 else wall


def _by_name(product: Product, choices: Sequence[str]) -> str:
    return choices[hashlib.sha256(product.name.encode()).digest()[0] % len(choices)]


def _parcel(ink: Ink, product: Product) -> str:
    """For a type that nobody has drawn yet: a parcel."""
    box = rect(96, 150, 208, 168, 10, "#c9a27d") + rect(186, 150, 28, 168, 0, ink.main)
    return ground(322, 110) + box + rect(92, 140, 216, 34, 8, METAL)
