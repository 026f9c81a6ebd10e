"""Kitchen, bed and table: coffee makers, pans, linen, candles, puzzles."""

from shop.demo.motifs.pen import GLOW, METAL, NIGHT, PAPER, WOOD, Ink, circle, ellipse, ground, group, has, mix, path, rect, stroke
from shop.models import Product

_COFFEE = "#5a3a28"
_STEAM = stroke("M150 84 q-12 -18 0 -34 q12 -16 0 -32 M200 78 q-12 -18 0 -34 q12 -16 0 -32", "#ffffff", 6, 'opacity=".75"')


def coffee_maker(ink: Ink, product: Product) -> str:
    """A machine, or the pot, press, filter or jar that makes coffee without one."""
    kind = product.attributes.get("type", "")
    pots = {"moka pot": _moka_pot, "french press": _french_press, "pour-over": _pour_over, "cold brew": _cold_brew}
    if kind in pots:
        return pots[kind](ink)
    return _filter_machine(ink) if kind == "filter" else _espresso_machine(ink, automatic=kind == "bean to cup")


def _espresso_machine(ink: Ink, *, automatic: bool) -> str:
    body = ground(334, 120) + rect(98, 96, 204, 232, 18, ink.main) + rect(98, 296, 204, 34, 10, ink.deep)
    bay = rect(122, 178, 156, 118, 10, NIGHT, 'opacity=".8"')
    top = rect(112, 76, 176, 26, 10, ink.shade) + (
        path("M140 78 L150 40 H250 L260 78 Z", mix(_COFFEE, "#ffffff", 0.35), 'opacity=".7"') if automatic else ""
    )
    panel = (
        circle(138, 134, 13, METAL)
        + circle(176, 134, 9, ink.accent)
        + circle(202, 134, 9, PAPER)
        + circle(256, 136, 20, PAPER)
        + stroke("M256 136 L266 126", NIGHT, 3)
    )
    spout = rect(176, 172, 48, 22, 6, METAL) + (rect(222, 178, 78, 12, 6, "#3b2a20") if not automatic else "")
    cup = (
        rect(174, 248, 48, 42, 10, PAPER)
        + stroke("M222 258 q18 2 16 14 q-2 10 -16 8", PAPER, 6)
        + stroke("M192 200 V246 M206 200 V246", _COFFEE, 4)
    )
    return body + top + bay + panel + spout + cup


def _filter_machine(ink: Ink) -> str:
    tower = (
        ground(334, 110)
        + rect(110, 70, 62, 256, 16, ink.main)
        + rect(110, 70, 182, 56, 16, ink.main)
        + rect(106, 306, 196, 24, 10, ink.deep)
    )
    basket = path("M188 126 H284 L266 172 H206 Z", ink.shade)
    jug = path("M190 196 H280 L292 300 Q236 312 180 300 Z", "#e8f1f4", 'opacity=".9"') + path(
        "M186 244 H287 L292 300 Q236 312 180 300 Z", _COFFEE
    )
    handle = stroke("M288 212 q30 8 24 44 q-4 22 -20 22", NIGHT, 9)
    return tower + basket + handle + jug + rect(186, 184, 98, 14, 6, NIGHT) + circle(140, 284, 8, ink.accent)


def _moka_pot(ink: Ink) -> str:
    foot = path("M134 330 L150 226 H250 L266 330 Z", ink.shade) + rect(144, 214, 112, 16, 5, mix(ink.main, NIGHT, 0.4))
    top = path("M152 214 L134 122 H258 L248 214 Z", ink.main) + path("M134 122 L112 106 L140 104 H258 V122 Z", ink.main)
    lid = path("M142 104 Q198 66 256 104 Z", ink.shade) + circle(198, 80, 10, NIGHT)
    shine = path("M164 134 H184 L188 204 H170 Z M168 236 H190 L186 322 H160 Z", "#ffffff", 'opacity=".28"')
    return _STEAM + ground(336, 90) + stroke("M258 132 H304 L290 214", NIGHT, 15) + foot + top + lid + shine


def _french_press(ink: Ink) -> str:
    rod = rect(195, 44, 10, 90, 3, METAL) + circle(200, 44, 13, NIGHT)
    glass = (
        rect(142, 116, 116, 200, 14, "#e8f1f4", 'opacity=".9"') + rect(142, 196, 116, 120, 14, _COFFEE) + rect(142, 188, 116, 10, 2, METAL)
    )
    frame = rect(136, 108, 128, 18, 8, ink.main) + rect(136, 300, 128, 24, 8, ink.main) + stroke("M150 126 V302 M250 126 V302", ink.main, 7)
    return ground(332, 92) + stroke("M262 146 Q320 150 312 222 Q306 276 262 276", NIGHT, 13) + rod + glass + frame


def _pour_over(ink: Ink) -> str:
    jug = path("M152 236 Q200 218 248 236 L272 318 Q200 336 128 318 Z", "#e8f1f4", 'opacity=".92"') + path(
        "M140 280 H260 L272 318 Q200 336 128 318 Z", _COFFEE
    )
    paper = path("M112 92 L288 92 L216 206 H184 Z", PAPER)
    cone = (
        path("M124 118 L276 118 L220 216 H180 Z", ink.main)
        + rect(156, 214, 88, 12, 6, ink.shade)
        + stroke("M274 134 q36 4 26 34 q-10 20 -38 18", ink.main, 11)
    )
    return ground(334, 92) + jug + paper + cone + stroke("M200 226 V276", _COFFEE, 4)


def _cold_brew(ink: Ink) -> str:
    jar = (
        rect(130, 104, 140, 224, 26, "#e3eff0", 'opacity=".92"')
        + rect(138, 168, 124, 152, 20, mix(_COFFEE, "#ffffff", 0.12))
        + rect(172, 120, 56, 180, 10, METAL, 'opacity=".55"')
    )
    ice = "".join(
        group(rect(-15, -15, 30, 30, 6, "#ffffff", 'opacity=".55"'), f"translate({x} {y}) rotate({a})")
        for x, y, a in ((156, 196, 12), (246, 206, 30), (242, 182, -10))
    )
    return (
        ground(336, 88)
        + jar
        + ice
        + rect(124, 82, 152, 30, 10, ink.main if ink.main != "#dfe9ee" else METAL)
        + stroke("M172 68 Q200 48 228 68", NIGHT, 7)
    )


def frying_pan(ink: Ink, product: Product) -> str:
    """A pan from above; an egg shows what does not stick."""
    wooden = "oak" in product.attributes.get("material", "")
    grip = WOOD if wooden else METAL if has(product, "stainless", "copper") else NIGHT
    handle = group(
        rect(-13, 104, 26, 138, 13, grip) + circle(0, 226, 6, PAPER) + rect(-16, 96, 32, 26, 6, mix(ink.main, NIGHT, 0.3)),
        "translate(176 172) rotate(-42)",
    )
    pan = circle(176, 180, 124, ink.shade) + circle(176, 174, 124, ink.main) + circle(176, 176, 104, mix(ink.main, NIGHT, 0.35))
    if has(product, "grill"):
        inside = "".join(
            stroke(f"M{x} {176 - h} V{176 + h}", ink.deep, 7)
            for x, h in ((100, 62), (126, 84), (152, 94), (178, 96), (204, 92), (230, 80), (254, 58))
        )
    elif has(product, "non-stick", "ceramic", "eggs"):
        inside = (
            path("M118 172 Q112 120 164 122 Q206 104 228 146 Q258 182 218 212 Q186 246 148 222 Q112 212 118 172 Z", PAPER)
            + circle(176, 172, 30, "#f6b73c")
            + ellipse(166, 162, 9, 6, "#ffe2a0")
        )
    else:
        inside = stroke("M112 140 A74 74 0 0 1 210 108", mix(ink.main, "#ffffff", 0.35), 7, 'opacity=".7"')
    return ground(330, 110, 190) + handle + pan + inside


def bed_linen(ink: Ink, product: Product) -> str:
    """A made bed from its foot end, the cover in the set's pattern."""
    board = rect(70, 92, 260, 130, 20, WOOD) + rect(84, 106, 232, 100, 12, mix(WOOD, "#ffffff", 0.2))
    pillows = "".join(
        path(f"M{x} 196 q-10 -48 8 -52 q38 -8 76 0 q18 4 8 52 q-46 10 -92 0 Z", fill) for x, fill in ((100, ink.tint), (208, ink.tint))
    )
    cover = path("M62 214 Q200 196 338 214 L352 312 Q200 330 48 312 Z", ink.main)
    fold = path("M62 214 Q200 196 338 214 L342 240 Q200 222 58 240 Z", mix(ink.main, "#ffffff", 0.6))
    pattern = _pattern(ink, product)
    feet = rect(62, 312, 14, 26, 4, WOOD) + rect(324, 312, 14, 26, 4, WOOD)
    return ground(340, 150) + feet + board + pillows + cover + pattern + fold


def _pattern(ink: Ink, product: Product) -> str:
    spots = [(92 + column * 44 + (row % 2) * 22, 256 + row * 22) for row in range(3) for column in range(6 - row % 2)]
    if has(product, "stripes"):
        return "".join(stroke(f"M{90 + i * 28} 236 L{80 + i * 30} 316", ink.line, 4, 'opacity=".6"') for i in range(9))
    if has(product, "flowers"):
        return "".join(
            stroke(f"M{x} {y + 8} v-14 m0 6 l6 -6 m-6 4 l-6 -6", ink.deep, 2.5) + circle(x, y - 8, 3.5, ink.accent) for x, y in spots
        )
    if has(product, "fox"):
        return "".join(path(f"M{x - 9} {y - 7} l6 3 h6 l6 -3 l-2 10 l-7 7 l-7 -7 Z", "#d9793f") for x, y in spots)
    return stroke("M110 250 Q124 284 112 316 M204 240 Q190 280 206 322 M290 246 Q280 284 296 314", ink.line, 3, 'opacity=".45"')


def candle(ink: Ink, product: Product) -> str:
    """A candle in its glass, a pillar, or a row of tapers."""
    if has(product, "taper"):
        bars = "".join(
            rect(96 + i * 38, 118 + (i % 2) * 16, 22, 210 - (i % 2) * 16, 8, (ink.main, ink.tint)[i % 2])
            + _flame(107 + i * 38, 108 + (i % 2) * 16, 0.6)
            for i in range(6)
        )
        return ground(332, 130) + bars
    if has(product, "pillar"):
        cells = "".join(
            path(f"M{x} {y} l12 7 v14 l-12 7 l-12 -7 v-14 Z", ink.shade, 'opacity=".35"')
            for y in (150, 192, 234, 276)
            for x in (158, 186, 214, 242)
        )
        return (
            _halo()
            + ground(332, 80)
            + rect(140, 138, 120, 190, 12, "#e9b64d")
            + cells
            + ellipse(200, 140, 60, 12, "#f6d68b")
            + _flame(200, 126, 1)
        )
    tin = has(product, "tin", "citronella")
    vessel = METAL if tin else ink.main
    jar = rect(124, 158, 152, 168, 20, vessel) + (
        rect(136, 170, 128, 60, 14, "#ffffff", 'opacity=".25"') if not tin else rect(118, 150, 164, 16, 6, mix(METAL, NIGHT, 0.15))
    )
    wax = ellipse(200, 162, 68, 12, mix("#fff4dc", ink.main, 0.1))
    label = (
        rect(152, 220, 96, 66, 6, PAPER)
        + stroke("M168 240 H232 M180 256 H220", mix(ink.main, NIGHT, 0.45), 4)
        + circle(200, 272, 5, ink.accent)
    )
    return _halo() + ground(332, 84) + jar + wax + label + _flame(200, 146, 1)


def _halo() -> str:
    return circle(200, 120, 96, GLOW, 'opacity=".38"') + circle(200, 118, 58, GLOW, 'opacity=".5"')


def _flame(x: float, y: float, size: float) -> str:
    shape = (
        path("M0 0 Q-22 -22 0 -64 Q22 -22 0 0 Z", "#f59e3d")
        + path("M0 -4 Q-11 -18 0 -42 Q11 -18 0 -4 Z", "#fff1b8")
        + stroke("M0 10 V-8", NIGHT, 4)
    )
    return group(shape, f"translate({x} {y}) scale({size})")


def puzzle(ink: Ink, product: Product) -> str:
    """Nine pieces of a picture, one of them not in its place yet."""
    colours = _scene(ink, product)
    placed = [_piece(col, row, colours[row][col]) for row in range(3) for col in range(3) if (row, col) != (2, 2)]
    loose = group(_piece(0, 0, colours[2][2]), "translate(278 268) rotate(17)")
    return ground(338, 130) + group("".join(reversed(placed)), "translate(76 66)") + loose


def _scene(ink: Ink, product: Product) -> list[list[str]]:
    scenes = {
        "harbour": ("#f2b48c", "#e8c9a0", "#4f86a6", "#2f5d7c"),
        "forest": ("#cfd8c9", "#8fae8b", "#4f7a5a", "#2f5241"),
        "aurora": ("#16263f", "#2e8b74", "#7fe0b0", "#0e1a2c"),
        "city": ("#23283f", "#4a3f6b", "#f6c453", "#151a2b"),
        "map": ("#d9b98c", "#c89b6a", "#a97f52", "#8c6741"),
        "animals": ("#8ecae6", "#f6c453", "#e07a5f", "#7fb069"),
        "birds": ("#dfe9d8", "#e07a5f", "#6a9fb5", "#7fb069"),
    }
    sky, high, low, land = next(
        (s for word, s in scenes.items() if has(product, word)), (ink.tint, mix(ink.main, ink.tint, 0.5), ink.main, ink.shade)
    )
    return [[sky, high, sky], [high, low, high], [low, land, land]]


def _piece(column: int, row: int, fill: str) -> str:
    """One piece of 80 by 80 with knobs to the right and down, unless it lies at the edge."""
    x, y = column * 82, row * 82
    right = "v26 q4 -8 14 -4 q8 6 8 18 q0 12 -8 18 q-10 4 -14 -4 v26" if column < 2 else "v80"
    down = "h-26 q8 4 4 14 q-6 8 -18 8 q-12 0 -18 -8 q-4 -10 4 -14 h-26" if row < 2 else "h-80"
    return path(f"M{x} {y} h80 {right} {down} Z", fill, f'stroke="{PAPER}" stroke-width="3" stroke-linejoin="round"')
