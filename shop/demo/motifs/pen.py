"""Shapes and colours to draw with. Every function gives back SVG."""

import colorsys
from dataclasses import dataclass

from shop.models import Product

PAPER = "#fffdf8"
NIGHT = "#23282d"
METAL = "#c9ced2"
WOOD = "#c89b6a"
GLOW = "#ffe9a8"


def mix(colour: str, other: str, share: float) -> str:
    """Blend two "#rrggbb" colours; `share` is how much of `other` is in it, 0 to 1."""
    pairs = [(int(colour[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def luminance(colour: str) -> float:
    """How light a colour is, 0 to 1."""
    r, g, b = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return 0.3 * r + 0.59 * g + 0.11 * b


def turn_hue(colour: str, degrees: float) -> str:
    """The colour with its hue turned, muted a little."""
    r, g, b = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    hue, light, saturation = colorsys.rgb_to_hls(r, g, b)
    turned = colorsys.hls_to_rgb((hue + degrees / 360) % 1, min(max(light, 0.35), 0.6), max(saturation, 0.3) * 0.9)
    return "#" + "".join(f"{round(part * 255):02x}" for part in turned)


@dataclass(frozen=True)
class Ink:
    """The colours of one picture."""

    main: str
    accent: str

    @property
    def shade(self) -> str:
        """The main colour in shadow."""
        return mix(self.main, NIGHT, 0.28)

    @property
    def deep(self) -> str:
        """The main colour in deep shadow."""
        return mix(self.main, NIGHT, 0.55)

    @property
    def tint(self) -> str:
        """The main colour in light."""
        return mix(self.main, "#ffffff", 0.35)

    @property
    def line(self) -> str:
        """What stands out on the main colour: light on dark, dark on light."""
        return mix(self.main, "#ffffff", 0.55) if luminance(self.main) < 0.5 else self.shade


def has(product: Product, *words: str) -> bool:
    """Whether any of the words is a keyword of the product or in its name."""
    return any(word in product.keywords or word in product.name.lower() for word in words)


def rect(x: float, y: float, w: float, h: float, r: float, fill: str, extra: str = "") -> str:
    """A rectangle with round corners."""
    return f'<rect x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}" rx="{r:g}" fill="{fill}" {extra}/>'


def circle(x: float, y: float, r: float, fill: str, extra: str = "") -> str:
    """A disc."""
    return f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="{fill}" {extra}/>'


def ellipse(x: float, y: float, rx: float, ry: float, fill: str, extra: str = "") -> str:
    """An oval."""
    return f'<ellipse cx="{x:g}" cy="{y:g}" rx="{rx:g}" ry="{ry:g}" fill="{fill}" {extra}/>'


def path(d: str, fill: str, extra: str = "") -> str:
    """A filled shape."""
    return f'<path d="{d}" fill="{fill}" {extra}/>'


def stroke(d: str, colour: str, width: float, extra: str = "") -> str:
    """A line along a path, with round ends."""
    return f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width:g}" stroke-linecap="round" stroke-linejoin="round" {extra}/>'


def group(content: str, transform: str) -> str:
    """Shapes moved, turned or scaled together."""
    return f'<g transform="{transform}">{content}</g>'


def ground(y: float, rx: float, x: float = 200) -> str:
    """The soft shadow that a thing stands on."""
    return ellipse(x, y, rx, rx * 0.09 + 3, NIGHT, 'opacity=".13"')
