"""Pictures of the demo shop's products, drawn here: one shape for each kind, in the product's own colours."""

import zlib
from pathlib import Path
from xml.sax.saxutils import escape

import yaml

from shop.models import Product

_COLOURS = {
    "black": "#2b2d31", "sage": "#9cb39a", "moss": "#5e7347", "navy": "#25406b", "sand": "#d8c29a", "rust": "#b5532f",
    "graphite": "#50555c", "coral": "#ef7f6b", "white": "#f3f1ec", "lilac": "#b7a2d0", "sky blue": "#7fb6dd", "lime": "#b6cf4a",
    "mint": "#a5d9c1", "chalk": "#e6e1d5", "cream": "#f1e5c8", "steel": "#9aa6b1", "signal red": "#cf2e2e", "walnut": "#6b4a32",
    "clear": "#cfe3ea", "brass": "#c19a3d", "mustard": "#d6a528", "copper": "#b87245",
}  # fmt: skip
_TINTS = ("#eef3ee", "#f4efe6", "#eaf0f5", "#f5ecec", "#f0eef6", "#f3f3e8")
_BEHIND_WHITE = "#b9c6cd"
_PLAIN = "#8fa3ad"

_SHAPES: dict[str, str] = yaml.safe_load((Path(__file__).parent / "shapes.yml").read_text("utf8"))
_KEYS = "".join(
    f'<rect x="{62 + 28 * column}" y="{160 + 26 * row}" width="22" height="20" rx="5"/>' for row in range(3) for column in range(10)
)


def draw(product: Product) -> str:
    """Draw a product as SVG: no scripts, no links, nothing from elsewhere."""
    colours = _colours_of(product)
    main = colours[0] if colours else _PLAIN
    shape = _SHAPES.get(product.product_type, _SHAPES["parcel"])
    inks = {"c": main, "d": _mix(main, "#000000", 0.25), "l": _mix(main, "#ffffff", 0.4), "k": "#33383d", "keys": _KEYS}
    tint = _BEHIND_WHITE if _is_light(main) else _TINTS[zlib.crc32(product.product_id.encode()) % len(_TINTS)]
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" role="img">'
        f"<title>{escape(product.name)}</title>"
        f'<rect width="400" height="400" fill="{tint}"/><ellipse cx="200" cy="334" rx="136" ry="14" fill="#000" opacity=".08"/>'
        f"{shape.format(**inks)}{_dots(colours)}</svg>"
    )


def _colours_of(product: Product) -> list[str]:
    variants = sorted(product.variants, key=lambda variant: not variant.available)
    names = dict.fromkeys(variant.options.get("colour", product.attributes.get("colour", "")) for variant in variants)
    return [_COLOURS[name] for name in names if name in _COLOURS]


def _dots(colours: list[str]) -> str:
    if len(colours) < 2:
        return ""
    left = 200 - 13 * (len(colours) - 1)
    dots = (
        f'<circle cx="{left + 26 * at}" cy="372" r="9" fill="{colour}" stroke="#fff" stroke-width="3"/>'
        for at, colour in enumerate(colours)
    )
    return "".join(dots)


def _is_light(colour: str) -> bool:
    return sum(int(colour[at : at + 2], 16) for at in (1, 3, 5)) > 3 * 215


def _mix(colour: str, other: str, share: float) -> str:
    pairs = ((int(colour[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
