"""Shoes, shirts, jackets and backpacks."""

from shop.demo.motifs.pen import METAL, NIGHT, PAPER, Ink, circle, ground, has, mix, path, rect, stroke
from shop.models import Product


def running_shoes(ink: Ink, product: Product) -> str:
    """A shoe from the side; its sole tells what it is for."""
    sole, tread = _sole(ink, product)
    upper = path(
        "M66 262 Q58 190 86 158 Q104 150 116 170 Q136 196 172 176 Q190 160 204 140 Q216 130 232 146 Q268 204 318 220 Q350 232 350 262 Z",
        ink.main,
    )
    heel = path("M66 262 Q58 190 86 158 Q104 150 112 164 Q104 214 122 262 Z", ink.shade)
    toe = path("M286 262 Q292 226 318 220 Q350 232 350 262 Z", ink.tint)
    stripes = stroke("M150 258 Q162 222 196 196 M178 258 Q190 230 220 208", ink.accent, 9)
    laces = stroke("M198 160 L224 176 M212 182 L240 190 M232 202 L258 206", PAPER, 6)
    return ground(318, 150) + sole + tread + upper + heel + toe + stripes + laces + stroke("M86 160 Q80 146 90 138", ink.accent, 6)


def _sole(ink: Ink, product: Product) -> tuple[str, str]:
    if has(product, "barefoot"):
        return rect(60, 258, 294, 16, 8, mix("#b98e5f", NIGHT, 0.1)), ""
    thick = 46 if has(product, "cushioned", "racing") else 34
    foam = path(f"M58 256 H354 Q364 270 346 {256 + thick} H84 Q58 {256 + thick} 58 256 Z", PAPER) + rect(
        66, 250 + thick, 276, 8, 4, ink.deep
    )
    lugs = "".join(rect(78 + i * 26, 254 + thick, 16, 13, 3, NIGHT) for i in range(10)) if has(product, "trail") else ""
    return foam + stroke(f"M96 {262 + thick / 3} H312", mix(PAPER, NIGHT, 0.16), 4), lugs


def t_shirt(ink: Ink, product: Product) -> str:
    """A shirt laid flat, with the sleeves and the collar it has."""
    long = has(product, "long sleeve")
    sleeves = (
        path("M140 92 Q104 104 84 150 L52 304 L92 314 L136 176 Z", ink.shade)
        + path("M260 92 Q296 104 316 150 L348 304 L308 314 L264 176 Z", ink.shade)
        if long
        else path("M140 92 Q100 104 62 160 L106 196 L142 160 Z", ink.shade)
        + path("M260 92 Q300 104 338 160 L294 196 L258 160 Z", ink.shade)
    )
    body = "M140 92 Q200 122 260 92 L278 140 Q272 230 280 330 Q200 342 120 330 Q128 230 122 140 Z"
    stripes = (
        "".join(stroke(f"M125 {y} Q200 {y + 12} 275 {y}", mix(ink.main, PAPER, 0.85), 9) for y in range(160, 320, 26))
        if has(product, "striped")
        else ""
    )
    fold = stroke("M150 318 Q166 250 154 190 M246 318 Q236 262 244 214", ink.line, 3, 'opacity=".35"')
    return ground(346, 100) + sleeves + path(body, ink.main) + stripes + fold + _collar(ink, product)


def _collar(ink: Ink, product: Product) -> str:
    if has(product, "v-neck"):
        return path("M158 98 Q200 112 242 98 L200 158 Z", mix(ink.main, NIGHT, 0.4)) + stroke("M158 98 L200 158 L242 98", ink.line, 6)
    round_neck = path("M156 98 Q200 112 244 98 Q236 140 200 142 Q164 140 156 98 Z", mix(ink.main, NIGHT, 0.4))
    buttons = (
        stroke("M200 142 V196", ink.line, 3) + "".join(circle(206, y, 4, PAPER) for y in (154, 172, 190)) if has(product, "henley") else ""
    )
    return round_neck + stroke("M156 98 Q164 140 200 142 Q236 140 244 98", ink.line, 6) + buttons


def rain_jacket(ink: Ink, product: Product) -> str:
    """A hooded jacket in light rain; longer where it is a coat."""
    hem = 346 if has(product, "long") else 316
    drops = "".join(
        stroke(f"M{x} {y} l-6 18", "#9cc4dd", 4, 'opacity=".8"')
        for x, y in ((70, 70), (112, 40), (300, 52), (340, 96), (52, 170), (352, 190), (330, 30))
    )
    sleeves = path("M146 130 Q104 142 88 190 L74 292 L116 300 L146 200 Z", ink.shade) + path(
        "M254 130 Q296 142 312 190 L326 292 L284 300 L254 200 Z", ink.shade
    )
    cuffs = rect(72, 286, 46, 14, 5, ink.deep) + rect(282, 286, 46, 14, 5, ink.deep)
    body = path(f"M142 128 Q200 150 258 128 Q270 220 276 {hem} Q200 {hem + 10} 124 {hem} Q130 220 142 128 Z", ink.main)
    hood = path("M138 134 Q128 54 200 50 Q272 54 262 134 Q200 168 138 134 Z", ink.main) + path(
        "M160 126 Q156 78 200 76 Q244 78 240 126 Q200 148 160 126 Z", ink.deep
    )
    zipper = stroke(f"M200 142 V{hem}", ink.accent, 6)
    pockets = stroke("M148 236 L176 252 M252 236 L224 252", ink.line, 6)
    buckles = "".join(rect(190, y, 20, 10, 4, METAL) for y in (180, 220, 260)) if has(product, "waxed", "classic") else ""
    return drops + ground(hem + 14, 96) + sleeves + cuffs + body + hood + zipper + pockets + buckles


def backpack(ink: Ink, product: Product) -> str:
    """A pack with its lid, pocket and straps; a vest or a roll-top where it is one."""
    if has(product, "vest"):
        return _vest(ink)
    handle = stroke("M172 84 Q172 54 200 54 Q228 54 228 84", ink.deep, 10)
    sides = rect(88, 190, 34, 110, 16, ink.shade) + rect(278, 190, 34, 110, 16, ink.shade)
    body = rect(108, 74, 184, 258, 52, ink.main)
    if has(product, "roll-top"):
        lid = rect(112, 60, 176, 44, 18, ink.shade) + rect(104, 92, 192, 16, 8, ink.deep) + rect(186, 84, 28, 54, 6, METAL)
    elif has(product, "canvas", "hiking", "trekking"):
        lid = path("M108 128 Q108 66 200 66 Q292 66 292 128 L292 170 Q200 190 108 170 Z", ink.shade) + "".join(
            rect(x, 150, 16, 52, 4, mix("#8a5a3b", NIGHT, 0.1)) + rect(x - 2, 184, 20, 16, 3, METAL) for x in (146, 238)
        )
    else:
        lid = stroke("M124 160 Q130 98 200 98 Q270 98 276 160", ink.line, 5) + rect(268, 156, 12, 24, 5, ink.accent)
    pocket = rect(128, 218, 144, 90, 24, ink.shade) + stroke("M142 238 H258", ink.line, 5) + rect(246, 238, 9, 24, 4, ink.accent)
    return ground(340, 110) + handle + sides + body + pocket + lid + rect(180, 268, 40, 18, 4, PAPER, 'opacity=".85"')


def _vest(ink: Ink) -> str:
    halves = "".join(
        path(d, ink.main)
        for d in (
            "M140 76 Q120 84 112 130 L108 320 Q150 334 188 320 L188 190 Q162 150 166 80 Z",
            "M260 76 Q280 84 288 130 L292 320 Q250 334 212 320 L212 190 Q238 150 234 80 Z",
        )
    )
    flasks = (
        rect(122, 176, 46, 86, 18, "#cfe6f2")
        + rect(232, 176, 46, 86, 18, "#cfe6f2")
        + rect(137, 160, 16, 20, 5, ink.accent)
        + rect(247, 160, 16, 20, 5, ink.accent)
    )
    straps = stroke("M186 216 H214 M186 270 H214", ink.accent, 8)
    return ground(342, 96) + halves + flasks + straps + stroke("M124 294 H176 M224 294 H276", ink.line, 5)
