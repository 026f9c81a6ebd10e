"""Things around a desk: lamp, keyboard, chair, notebook."""

from shop.demo.motifs.pen import (
    GLOW,
    METAL,
    NIGHT,
    PAPER,
    WOOD,
    Ink,
    circle,
    ellipse,
    ground,
    group,
    has,
    mix,
    path,
    rect,
    stroke,
)
from shop.models import Product


def desk_lamp(ink: Ink, product: Product) -> str:
    """An arm with a head, a stem with a shade, an arc on marble, or a small lamp without a cable."""
    if has(product, "cosy", "classic"):
        return _shade_lamp(ink, wooden=has(product, "wooden"))
    if has(product, "cordless"):
        return _mushroom_lamp(ink)
    if has(product, "marble"):
        return _arc_lamp(ink)
    return _arm_lamp(ink, bar=has(product, "wide"), clamp=has(product, "clamp"))


def _arm_lamp(ink: Ink, *, bar: bool, clamp: bool) -> str:
    foot = (
        rect(112, 322, 190, 10, 3, mix(WOOD, "#ffffff", 0.3)) + rect(128, 300, 26, 50, 5, ink.shade)
        if clamp
        else (ground(330, 85, 150) + rect(92, 316, 116, 14, 7, ink.shade))
    )
    start = (141, 300) if clamp else (150, 316)
    arm = stroke(f"M{start[0]} {start[1]} L118 205 L214 112", ink.main, 11) + circle(118, 205, 12, ink.shade)
    if bar:
        head = path("M190 150 L330 150 L372 322 L150 322 Z", GLOW, 'opacity=".42"') + rect(176, 98, 168, 22, 11, ink.main)
        return head + foot + arm + rect(186, 118, 148, 7, 3, PAPER)
    cone = path("M232 158 L318 128 L372 322 L196 322 Z", GLOW, 'opacity=".45"')
    head = path("M206 96 Q226 70 254 84 L324 138 Q286 178 226 166 Z", ink.main) + path("M226 166 Q286 178 324 138 Q286 158 226 166 Z", GLOW)
    return cone + foot + arm + head + circle(214, 104, 11, ink.shade)


def _shade_lamp(ink: Ink, *, wooden: bool) -> str:
    stem = WOOD if wooden else mix(ink.main, METAL, 0.3)
    foot = ground(328, 80) + ellipse(200, 320, 62, 12, mix(stem, NIGHT, 0.25)) + ellipse(200, 315, 62, 12, stem)
    pole = path("M192 205 L208 205 L213 314 L187 314 Z", stem) + circle(200, 262, 15, stem)
    glow = ellipse(200, 205, 150, 120, GLOW, 'opacity=".35"')
    shade = path("M150 92 L250 92 L288 208 Q200 226 112 208 Z", ink.main) + path("M112 208 Q200 226 288 208 Q200 200 112 208 Z", GLOW)
    return glow + foot + pole + shade + path("M150 92 L176 92 L154 213 Q130 211 112 208 Z", ink.tint, 'opacity=".5"')


def _mushroom_lamp(ink: Ink) -> str:
    glow = ellipse(200, 210, 140, 120, GLOW, 'opacity=".4"')
    body = ground(326, 60) + rect(186, 200, 28, 116, 8, ink.main) + ellipse(200, 316, 48, 10, ink.shade)
    head = path("M98 204 Q100 110 200 108 Q300 110 302 204 Z", ink.main) + ellipse(200, 204, 102, 12, GLOW)
    return glow + body + head + path("M122 196 Q128 138 182 126", "none", f'stroke="{ink.tint}" stroke-width="7" stroke-linecap="round"')


def _arc_lamp(ink: Ink) -> str:
    foot = ground(328, 72, 140) + rect(82, 292, 116, 32, 8, "#dcdad6") + stroke("M96 314 Q128 298 150 312 T190 304", "#b9b6b0", 3)
    arc = stroke("M140 292 Q132 90 250 96 Q306 100 302 150", ink.main, 8)
    light = path("M268 182 L336 182 L374 322 L230 322 Z", GLOW, 'opacity=".45"')
    return light + foot + arc + path("M262 182 Q264 146 302 146 Q340 146 342 182 Z", ink.main) + ellipse(302, 182, 40, 6, GLOW)


def keyboard(ink: Ink, product: Product) -> str:
    """A board seen from above, its width by its number of keys; split in two where it is."""
    keys = int(product.attributes.get("keys", "84"))
    if has(product, "split"):
        halves = [group(_board(ink, 6, 132), f"translate({x} 200) rotate({angle}) scale(.92)") for x, angle in ((112, 12), (288, -12))]
        return ground(300, 150) + "".join(halves)
    columns = 10 if keys < 70 else 12 if keys < 95 else 15
    frame = WOOD if has(product, "wooden") else None
    board = _board(ink, columns, 336 if columns == 15 else 290 if columns == 12 else 250, frame, rainbow=has(product, "rgb"))
    return ground(292, 150) + group(board, "translate(200 200) rotate(-7)")


def _board(ink: Ink, columns: int, width: float, frame: str | None = None, *, rainbow: bool = False) -> str:
    rows, gap = 5, 4
    size = (width - 20 - gap * (columns - 1)) / columns
    height = rows * (size + gap) + 16
    left, top = -width / 2, -height / 2
    body = rect(left - 3, top + 5, width + 6, height, 12, mix(frame or ink.main, NIGHT, 0.4)) + rect(
        left, top, width, height, 11, frame or ink.shade
    )
    cap = mix(ink.main, PAPER, 0.16)
    keys = []
    for row in range(rows):
        for column in range(columns):
            fill = _key_colour(ink, cap, row, column, columns, rainbow=rainbow)
            if row == rows - 1 and columns > 8 and 3 <= column <= 6:
                continue
            keys.append(rect(left + 10 + column * (size + gap), top + 8 + row * (size + gap), size, size, 4, fill))
    space = rect(left + 10 + 3 * (size + gap), top + 8 + 4 * (size + gap), 4 * size + 3 * gap, size, 4, cap) if columns > 8 else ""
    return body + "".join(keys) + space


def _key_colour(ink: Ink, cap: str, row: int, column: int, columns: int, *, rainbow: bool) -> str:
    if rainbow:
        lights = ("#ff8fa3", "#ffd166", "#9be7a8", "#7cc6fe", "#c4a5ff")
        return mix(lights[(row + column) % 5], ink.main, 0.25)
    if (row, column) in {(0, 0), (2, columns - 1)}:
        return ink.accent
    return mix(cap, NIGHT, 0.12) if column in {0, columns - 1} else cap


def office_chair(ink: Ink, product: Product) -> str:
    """A swivel chair; a stool or a kneeling chair where it is one."""
    if has(product, "stool"):
        return _stool(ink)
    if has(product, "kneeling"):
        return _kneeling_chair(ink)
    shell = WOOD if has(product, "wooden") else NIGHT
    racing = has(product, "racing")
    back = rect(138, 66, 124, 150, 34, ink.shade) + rect(146, 66, 108, 142, 30, ink.main)
    detail = (
        stroke("M170 82 V196 M230 82 V196", ink.accent, 8)
        if racing
        else stroke("M160 110 H240 M156 140 H244 M160 170 H240", ink.line, 3, 'opacity=".5"')
    )
    arms = stroke("M124 206 V184 H150 M276 206 V184 H250", shell, 9) if not has(product, "small") else ""
    seat = rect(112, 214, 176, 36, 18, ink.main) + rect(112, 236, 176, 16, 8, ink.deep)
    return _star_foot(shell) + rect(190, 200, 20, 30, 4, shell) + back + detail + arms + seat


def _star_foot(colour: str) -> str:
    lift = rect(193, 248, 14, 52, 4, METAL)
    star = stroke("M200 298 L128 318 M200 298 L272 318 M200 298 L166 328 M200 298 L234 328", colour, 9)
    wheels = "".join(circle(x, y, 8, NIGHT) for x, y in ((126, 324), (274, 324), (164, 334), (236, 334)))
    return ground(340, 100) + lift + star + wheels


def _stool(ink: Ink) -> str:
    seat = (
        ellipse(200, 142, 78, 24, ink.shade)
        + ellipse(200, 132, 78, 24, ink.main)
        + stroke("M146 128 Q200 112 254 128", ink.line, 3, 'opacity=".6"')
    )
    return (
        ground(332, 66)
        + rect(191, 150, 18, 160, 5, WOOD)
        + ellipse(200, 322, 56, 12, mix(WOOD, NIGHT, 0.3))
        + ellipse(200, 316, 56, 12, WOOD)
        + seat
    )


def _kneeling_chair(ink: Ink) -> str:
    runners = stroke("M104 318 Q200 348 300 308", WOOD, 12) + stroke("M146 326 L232 160 M252 322 L150 236", mix(WOOD, NIGHT, 0.15), 12)
    seat = group(rect(-66, -15, 132, 30, 15, ink.main), "translate(244 154) rotate(14)")
    knees = group(rect(-58, -14, 116, 28, 14, ink.shade), "translate(140 236) rotate(-22)")
    return ground(338, 96) + runners + seat + knees


def notebook(ink: Ink, product: Product) -> str:
    """A cover with elastic and ribbon, a pad, or several thin books."""
    if has(product, "set"):
        colours = (ink.shade, ink.accent, ink.main)
        books = [
            group(_cover(ink, colour), f"translate({190 + i * 12} {196 + i * 6}) rotate({-14 + i * 11})")
            for i, colour in enumerate(colours)
        ]
        return ground(330, 110) + "".join(books)
    if has(product, "pad"):
        sheet = rect(-82, -112, 164, 224, 4, PAPER) + rect(-82, -112, 164, 24, 4, ink.main)
        grid = "".join(stroke(f"M-82 {y} H82", "#bfe3cf", 1.4) for y in range(-74, 110, 14))
        grid += "".join(stroke(f"M{x} -86 V110", "#bfe3cf", 1.4) for x in range(-70, 80, 14))
        return ground(326, 90) + group(rect(-78, -106, 164, 224, 4, mix(WOOD, NIGHT, 0.1)) + sheet + grid, "translate(200 200) rotate(-6)")
    book = rect(-78, -110, 164, 228, 8, mix(PAPER, NIGHT, 0.14)) + _cover(ink, ink.main) + rect(40, -112, 9, 224, 0, ink.accent)
    ribbon = path("M-20 110 L-20 142 L-13 134 L-6 142 L-6 110 Z", ink.accent)
    return ground(330, 90) + group(ribbon + book, "translate(200 196) rotate(5)") + _pencil(ink)


def _cover(ink: Ink, colour: str) -> str:
    label = rect(-44, -64, 72, 34, 4, PAPER, 'opacity=".92"') + stroke("M-34 -52 H16 M-34 -42 H0", mix(ink.main, NIGHT, 0.4), 3)
    return rect(-82, -112, 164, 224, 8, colour) + rect(-82, -112, 20, 224, 8, mix(colour, NIGHT, 0.25)) + label


def _pencil(ink: Ink) -> str:
    shape = (
        rect(-5, -78, 10, 130, 2, mix(ink.accent, "#ffffff", 0.1))
        + path("M-5 52 L5 52 L0 70 Z", mix(WOOD, "#ffffff", 0.3))
        + rect(-5, -84, 10, 10, 2, METAL)
    )
    return group(shape, "translate(318 246) rotate(18)")
