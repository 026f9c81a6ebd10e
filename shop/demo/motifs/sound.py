"""Headphones, speakers, phones and watches."""

from shop.demo.motifs.pen import GLOW, METAL, NIGHT, PAPER, WOOD, Ink, circle, ellipse, ground, group, has, mix, path, rect, stroke
from shop.models import Product


def headphones(ink: Ink, product: Product) -> str:
    """A band with two cups, or two earbuds beside their case."""
    if has(product, "earbuds"):
        return _earbuds(ink, hook=has(product, "running"))
    cup = WOOD if has(product, "wooden") else ink.main
    size = 46 if has(product, "children", "calls") else 58
    band = stroke("M104 226 Q98 84 200 82 Q302 84 296 226", ink.shade, 20) + stroke("M112 180 Q118 96 200 94 Q282 96 288 180", ink.tint, 5)
    cups = "".join(
        rect(x - 30, 240 - size, 60, size * 2, 28, cup)
        + rect(x - 11 + side * 26, 248 - size, 24, size * 2 - 16, 12, NIGHT, 'opacity=".82"')
        for x, side in ((102, 1), (298, -1))
    )
    rings = circle(96, 240, 13, ink.accent) + circle(304, 240, 13, ink.accent)
    boom = stroke("M92 284 Q104 336 166 330", NIGHT, 7) + ellipse(174, 329, 15, 9, NIGHT) if has(product, "calls") else ""
    cable = stroke("M102 296 Q108 340 160 334 T240 346", NIGHT, 5) if has(product, "wired") else ""
    return ground(346, 110) + cable + band + cups + rings + boom


def _earbuds(ink: Ink, *, hook: bool) -> str:
    case = (
        ground(330, 96)
        + rect(112, 232, 176, 96, 42, ink.shade)
        + rect(112, 226, 176, 92, 42, ink.main)
        + stroke("M114 262 H286", ink.deep, 3)
    )
    buds = "".join(group(_bud(ink, hook=hook), f"translate({x} 140) scale({flip} 1)") for x, flip in ((140, 1), (260, -1)))
    return case + circle(200, 290, 5, "#8de0a6") + buds


def _bud(ink: Ink, *, hook: bool) -> str:
    loop = stroke("M4 -22 Q-38 -66 -50 -8 Q-52 30 -30 44", ink.accent, 9) if hook else ""
    return (
        loop + rect(-9, 6, 20, 62, 10, ink.main) + circle(0, 0, 32, ink.main) + circle(8, -4, 15, ink.deep) + ellipse(24, 2, 14, 19, METAL)
    )


def portable_speaker(ink: Ink, product: Product) -> str:
    """A drum on its side, a puck, a box, or a lantern."""
    if has(product, "lamp"):
        glow = ellipse(200, 190, 150, 140, GLOW, 'opacity=".4"')
        glass = rect(140, 96, 120, 140, 40, mix(GLOW, "#ffffff", 0.5)) + stroke("M172 96 Q200 56 228 96", METAL, 7)
        return glow + ground(326, 80) + glass + rect(132, 216, 136, 104, 18, ink.main) + _mesh(146, 232, 108, 74, ink)
    if has(product, "small"):
        puck = (
            circle(200, 210, 98, ink.shade)
            + circle(200, 204, 98, ink.main)
            + circle(200, 204, 74, ink.deep)
            + _mesh(146, 150, 108, 108, ink)
        )
        return ground(326, 80) + stroke("M276 140 Q330 120 322 190", ink.accent, 10) + puck + circle(200, 204, 16, ink.accent)
    if has(product, "party", "wooden", "radio", "wifi"):
        return _box_speaker(ink, product)
    drum = rect(72, 146, 256, 132, 62, ink.main) + _mesh(112, 160, 176, 104, ink)
    ends = ellipse(86, 212, 26, 60, ink.deep) + ellipse(86, 212, 13, 34, ink.accent) + ellipse(314, 212, 26, 60, ink.shade)
    light = ellipse(336, 212, 12, 30, GLOW) if has(product, "bike") else ""
    return ground(292, 130) + drum + ends + light + stroke("M262 146 Q300 92 330 150", ink.accent, 9)


def _box_speaker(ink: Ink, product: Product) -> str:
    party, wooden = has(product, "party"), has(product, "wooden")
    body = mix(WOOD, NIGHT, 0.0 if "oak" in str(product.variants[0].options) else 0.3) if wooden else ink.main
    top, height = (92, 232) if party else (142, 180)
    box = ground(328, 130) + rect(86, top, 228, height, 22, body) + rect(102, top + 16, 196, height - 32, 14, mix(body, NIGHT, 0.45))
    handle = (
        stroke(f"M140 {top} V{top - 24} H260 V{top}", NIGHT, 11)
        if party
        else stroke(f"M160 {top} Q200 {top - 44} 240 {top}", mix(WOOD, NIGHT, 0.35), 8)
    )
    middle = top + height / 2
    cones = "".join(circle(x, middle, 48, NIGHT) + circle(x, middle, 34, ink.shade) + circle(x, middle, 14, METAL) for x in (152, 248))
    if has(product, "radio"):
        cones = (
            circle(160, middle, 52, NIGHT)
            + circle(160, middle, 36, ink.shade)
            + rect(226, middle - 44, 64, 34, 6, "#d8f0dd")
            + circle(258, middle + 28, 22, PAPER)
        )
    elif wooden or has(product, "wifi"):
        cones = _mesh(114, top + 28, 172, height - 56, ink)
    return handle + box + cones


def _mesh(x: float, y: float, w: float, h: float, ink: Ink) -> str:
    step = 14
    dots = [
        circle(x + step / 2 + column * step + (row % 2) * step / 2, y + step / 2 + row * step, 2.4, ink.line, 'opacity=".55"')
        for row in range(int(h // step))
        for column in range(int(w // step))
    ]
    return "".join(dots)


def phone_case(ink: Ink, product: Product) -> str:
    """The back of a phone in its case, a folded wallet, or a pouch."""
    if has(product, "pouch"):
        cord = stroke("M150 88 Q120 20 200 30 Q286 28 250 88", ink.accent, 7)
        pouch = rect(118, 88, 164, 240, 22, mix("#d9eef7", "#ffffff", 0.2), 'opacity=".92"') + rect(118, 88, 164, 40, 14, ink.main)
        return ground(338, 84) + cord + pouch + rect(148, 146, 104, 162, 16, NIGHT) + rect(156, 158, 88, 138, 8, "#7cc6fe")
    clear = "clear" in str(product.variants[0].options) and not has(product, "pouch")
    body = mix("#dfe9ee", "#ffffff", 0.3) if clear else ink.main
    if has(product, "wallet"):
        flap = group(
            rect(-66, -124, 132, 248, 16, ink.shade) + rect(-44, -84, 88, 40, 5, PAPER) + rect(-44, -34, 88, 40, 5, ink.accent),
            "translate(128 204) rotate(-7)",
        )
        return ground(334, 120) + flap + group(_phone_back(body, ink), "translate(240 200)")
    thick = has(product, "rugged")
    corners = "".join(rect(x, y, 46, 46, 16, ink.accent) for x in (-84, 38) for y in (-144, 98)) if thick else ""
    shine = path("M-60 -110 L-20 -128 L-60 -30 Z", "#ffffff", 'opacity=".55"') if clear else ""
    back = group(corners + _phone_back(body, ink) + shine, "translate(200 196) rotate(6)")
    return ground(340, 86) + back


def _phone_back(body: str, ink: Ink) -> str:
    outer = rect(-74, -132, 148, 268, 30, mix(body, NIGHT, 0.35)) + rect(-74, -136, 148, 268, 30, body)
    lenses = "".join(circle(x, y, 14, NIGHT) + circle(x, y, 6, "#4b6b8a") for x, y in ((-40, -102), (-40, -66)))
    camera = rect(-62, -124, 62, 80, 20, mix(body, NIGHT, 0.25)) + lenses + circle(-14, -84, 5, GLOW)
    return outer + camera + circle(0, 34, 34, "none", f'stroke="{ink.line}" stroke-width="3" opacity=".4"')


def wristwatch(ink: Ink, product: Product) -> str:
    """A round dial with hands, or a screen with figures."""
    if has(product, "fitness", "gps"):
        return _smart_watch(ink, square=not has(product, "gps"))
    leather = "leather" in str(product.variants[0].options) or has(product, "leather")
    strap = mix("#8a5a3b", NIGHT, 0.15) if leather and ink.main == METAL else ink.main
    dial, case = (NIGHT, METAL) if has(product, "field", "diving") else (PAPER, METAL)
    band = rect(164, 30, 72, 120, 14, strap) + rect(164, 258, 72, 116, 14, strap)
    stitches = stroke("M174 44 V120 M226 44 V120 M174 288 V360 M226 288 V360", mix(strap, "#ffffff", 0.45), 2.4, 'stroke-dasharray="5 6"')
    bezel = circle(200, 202, 92, mix(case, NIGHT, 0.22)) + circle(200, 200, 90, case)
    ring = circle(200, 200, 80, "#2d4a6b", "") if has(product, "diving") else ""
    crown = rect(288, 190, 16, 22, 5, mix(case, NIGHT, 0.15))
    return (
        crown
        + band
        + stitches
        + bezel
        + ring
        + circle(200, 200, 68 if ring else 76, dial)
        + _hands(dial, ink, children=has(product, "children"))
    )


def _hands(dial: str, ink: Ink, *, children: bool) -> str:
    mark = PAPER if dial == NIGHT else NIGHT
    ticks = "".join(
        group(rect(-2.5, -66, 5, 13 if i % 3 else 18, 2, mark if not children else ink.accent), f"translate(200 200) rotate({i * 30})")
        for i in range(12)
    )
    hour = group(rect(-4, -40, 8, 46, 4, mark), "translate(200 200) rotate(-54)")
    minute = group(rect(-3, -58, 6, 64, 3, mark), "translate(200 200) rotate(52)")
    second = group(rect(-1.2, -58, 2.4, 74, 1, ink.accent), "translate(200 200) rotate(178)")
    return ticks + hour + minute + second + circle(200, 200, 6, ink.accent)


def _smart_watch(ink: Ink, *, square: bool) -> str:
    band = rect(160, 28, 80, 130, 20, ink.main) + rect(160, 246, 80, 128, 20, ink.main)
    holes = "".join(circle(200, y, 4, ink.deep) for y in (300, 318, 336, 354))
    case = rect(122, 112, 156, 178, 46, ink.deep) if square else circle(200, 200, 96, ink.deep)
    face = rect(134, 124, 132, 154, 36, "#11161b") if square else circle(200, 200, 82, "#11161b")
    font = f'font-family="Helvetica, Arial, sans-serif" font-weight="700" font-size="44" fill="{PAPER}"'
    figures = f'<text x="200" y="198" {font} text-anchor="middle">10:09</text>'
    pulse = stroke("M150 232 H176 L186 212 L200 250 L212 222 L220 232 H250", ink.accent, 5)
    return band + holes + case + face + figures + pulse
