"""Tents, bottles and yoga mats."""

from shop.demo.motifs.pen import METAL, NIGHT, PAPER, WOOD, Ink, circle, ellipse, ground, group, has, mix, path, rect, stroke
from shop.models import Product

_GRASS = "#9fb98a"


def tent(ink: Ink, product: Product) -> str:
    """A dome, a bell, a family house or a shelter, among pines."""
    trees = _pine(66, 214, 1.0) + _pine(342, 232, 0.8) + ellipse(200, 322, 176, 20, _GRASS, 'opacity=".7"')
    if has(product, "bell tent"):
        shape = (
            path("M200 70 L330 250 V318 H70 V250 Z", ink.main)
            + path("M200 70 L330 250 V318 H236 Z", ink.shade)
            + path("M200 128 L238 318 H166 Z", ink.deep)
        )
        return trees + shape + circle(200, 66, 7, WOOD) + stroke("M70 250 L34 320 M330 250 L366 320", ink.deep, 3)
    if has(product, "family", "winter"):
        shape = path("M56 318 Q64 156 160 146 H262 Q344 160 346 318 Z", ink.main) + path("M236 146 H262 Q344 160 346 318 H262 Z", ink.shade)
        window = rect(82, 222, 44, 36, 8, "#cfe3ea") if has(product, "family") else ""
        return (
            trees
            + shape
            + path("M150 318 Q152 204 196 196 Q240 204 242 318 Z", ink.deep)
            + window
            + stroke("M160 146 Q140 220 146 318", ink.accent, 5)
        )
    if has(product, "beach"):
        sun = circle(320, 92, 38, "#f6c453")
        return (
            sun
            + ellipse(200, 322, 176, 20, "#ead6a8")
            + path("M70 318 Q120 150 206 146 Q300 160 338 318 Z", ink.main)
            + path("M112 318 Q140 196 206 190 Q268 200 296 318 Z", ink.deep)
        )
    dome = path("M58 318 Q110 130 200 124 Q290 130 342 318 Z", ink.main) + path(
        "M200 124 Q290 130 342 318 H262 Q250 190 200 124 Z", ink.shade
    )
    door = path("M200 150 Q240 220 246 318 H154 Q160 220 200 150 Z", ink.deep) + path(
        "M200 150 Q176 220 178 318 H154 Q160 220 200 150 Z", ink.tint
    )
    return (
        trees
        + dome
        + door
        + stroke("M58 318 Q110 130 200 124 Q290 130 342 318", ink.accent, 5)
        + stroke("M84 250 L36 322 M316 250 L366 322", ink.deep, 3)
    )


def _pine(x: float, y: float, size: float) -> str:
    tiers = "".join(
        path(f"M0 {-110 + i * 34} L{26 + i * 10} {-54 + i * 36} H{-26 - i * 10} Z", mix("#5d8468", NIGHT, i * 0.08)) for i in range(3)
    )
    return group(rect(-6, 40, 12, 50, 2, mix(WOOD, NIGHT, 0.35)) + tiers, f"translate({x} {y}) scale({size})")


def water_bottle(ink: Ink, product: Product) -> str:
    """A bottle with its lid; of glass, with a straw, or soft where it is."""
    if has(product, "soft"):
        flask = path("M164 128 Q136 150 132 220 Q130 300 160 324 Q200 336 240 324 Q270 300 268 220 Q264 150 236 128 Z", "#cfe6f2")
        water = path("M133 208 Q200 222 267 208 Q272 296 240 324 Q200 336 160 324 Q130 300 133 208 Z", "#8fc4e3")
        return ground(334, 76) + flask + water + rect(160, 96, 80, 34, 10, NIGHT) + rect(186, 66, 28, 34, 10, ink.accent)
    wide = 60 if has(product, "children") else 54
    if has(product, "glass", "infuser"):
        inside = rect(200 - wide, 132, wide * 2, 194, 26, "#e3eff0", 'opacity=".95"') + rect(
            206 - wide, 176, wide * 2 - 12, 142, 20, "#a9d3e6", 'opacity=".8"'
        )
        sleeve = rect(200 - wide - 3, 212, wide * 2 + 6, 92, 14, ink.main)
        return ground(334, 74) + inside + sleeve + rect(164, 92, 72, 46, 10, WOOD) + _leaf(ink, product)
    left, right = 200 - wide, 200 + wide
    neck = f"M{left} 182 Q{left} 140 172 132 H228 Q{right} 140 {right} 182"
    foot = f"V300 Q{right} 328 {right - 26} 328 H{left + 26} Q{left} 328 {left} 300 Z"
    body = path(f"{neck} {foot}", ink.main)
    shine = rect(210 - wide, 186, 12, 112, 6, "#ffffff", 'opacity=".35"')
    band = rect(200 - wide, 276, wide * 2, 12, 0, ink.accent, 'opacity=".85"')
    return ground(336, 74) + body + shine + band + _lid(ink, product)


def _lid(ink: Ink, product: Product) -> str:
    if has(product, "straw"):
        return rect(166, 104, 68, 32, 10, ink.deep) + stroke("M206 106 V76 H236", ink.accent, 11)
    if has(product, "sport"):
        return rect(164, 100, 72, 36, 10, ink.deep) + path("M184 100 L190 64 H210 L216 100 Z", PAPER)
    if has(product, "tea", "thermos") and has(product, "winter"):
        return rect(158, 72, 84, 64, 12, METAL) + stroke("M242 90 q24 4 18 26 q-6 12 -18 8", METAL, 8)
    return stroke("M176 96 Q176 58 200 58 Q224 58 224 96", ink.deep, 10) + rect(162, 92, 76, 44, 10, mix(ink.deep, NIGHT, 0.2))


def _leaf(ink: Ink, product: Product) -> str:
    if not has(product, "tea"):
        return ""
    return (
        path("M186 196 Q176 160 204 150 Q214 178 186 196 Z", "#7fb069")
        + path("M212 204 Q210 174 236 172 Q236 198 212 204 Z", "#93bf80")
        + circle(196, 258, 9, ink.accent)
    )


def yoga_mat(ink: Ink, product: Product) -> str:
    """A mat half unrolled; folded where it is made for travelling."""
    if has(product, "foldable"):
        layers = "".join(rect(96, 284 - i * 26, 208, 28, 12, (ink.main, ink.shade)[i % 2]) for i in range(5))
        return ground(320, 124) + layers + rect(186, 176, 22, 140, 4, ink.accent)
    cork = (
        "".join(circle(96 + (i * 47) % 200, 292 + (i * 13) % 34, 3, ink.deep, 'opacity=".4"') for i in range(22))
        if has(product, "cork")
        else ""
    )
    sheet = path("M128 268 H352 L368 334 H60 Q40 300 128 268 Z", ink.main) + stroke(
        "M150 282 H344 M134 318 H352", ink.line, 2.5, 'opacity=".5"'
    )
    roll = rect(64, 130, 100, 176, 50, ink.shade) + ellipse(114, 176, 50, 50, ink.main)
    spiral = stroke("M114 176 m-34 0 a34 34 0 1 1 34 34 a26 26 0 1 1 18 -44 a18 18 0 1 1 -24 26", ink.deep, 5)
    ends = stroke("M64 176 V262 Q66 300 112 306", ink.deep, 3, 'opacity=".5"')
    blocks = rect(254, 196, 92, 58, 10, ink.accent) + rect(254, 186, 92, 18, 8, mix(ink.accent, "#ffffff", 0.3))
    return ground(338, 160) + sheet + cork + roll + spiral + ends + blocks
