"""Products of our own making in every combination of their options, and lines of orders with one of them."""

from itertools import product as combinations
from typing import Any

from shop.models import OrderLine, Product


def made(name: str, kind: str, options: dict[str, list[str]], *, gone: tuple[dict[str, str], ...] = (), step: int = 700) -> Product:
    """A product in every combination of its options; prices rise with the options' order."""
    variants: list[dict[str, Any]] = []
    for number, values in enumerate(combinations(*options.values())):
        chosen = dict(zip(options, values, strict=True))
        cents = 5000 + step * sum(list(options[key]).index(value) for key, value in chosen.items())
        sold_out = any(all(chosen[key] == value for key, value in one.items()) for one in gone)
        variants.append({"variant_id": f"{kind[:3]}{number:04d}", "options": chosen, "price_cents": cents, "stock": 0 if sold_out else 3})
    return Product.model_validate(
        {
            "product_id": f"P-{kind}",
            "name": name,
            "product_type": kind,
            "brand": "Arbel",
            "description": "",
            "currency": "EUR",
            "variants": variants,
        }
    )


def line(product: Product, **options: str) -> OrderLine:
    """The line of an order with the variant that has these options."""
    variant = next(v for v in product.variants if all(v.options[key.replace("_", " ")] == value for key, value in options.items()))
    return OrderLine.model_validate(
        {
            "line_id": "L1",
            "product_id": product.product_id,
            "variant_id": variant.variant_id,
            "name": product.name,
            "options": variant.options,
            "price_cents": variant.price_cents,
        }
    )


KEYBOARD = made(
    "Arbel Type",
    "keyboard",
    {"switch type": ["linear", "clicky", "tactile"], "backlight": ["none", "white", "RGB"], "layout": ["60%", "80%", "full size"]},
)
LAPTOP = made(
    "Arbel Book",
    "laptop",
    {
        "screen size": ["13-inch", "15-inch", "17-inch"],
        "processor": ["i5", "i7", "i9"],
        "storage": ["256GB SSD", "512GB SSD", "1TB SSD"],
        "colour": ["silver", "space grey", "black"],
    },
)
LAMP = made(
    "Arbel Glow",
    "desk lamp",
    {"brightness": ["low", "medium", "high"], "power source": ["AC adapter", "USB", "battery"], "colour": ["white", "black"]},
)
BOTTLE = made(
    "Arbel Sip",
    "water bottle",
    {"capacity": ["500 ml", "750 ml", "1 l"], "material": ["plastic", "glass", "stainless steel"], "colour": ["red", "blue", "black"]},
)
SHIRT = made(
    "Arbel Basic Tee", "t-shirt", {"size": ["S", "M", "L", "XL"], "colour": ["white", "red", "purple"], "neck": ["v-neck", "crew neck"]}
)
BOOTS = made(
    "Arbel Path", "hiking boots", {"size": ["39", "40", "41", "42"], "material": ["leather", "synthetic"], "waterproof": ["yes", "no"]}
)
GLASSES = made(
    "Arbel Sun",
    "sunglasses",
    {"frame colour": ["black", "brown"], "lens colour": ["black", "brown", "green"], "lens type": ["polarized", "non-polarized"]},
)
CHAIR = made("Arbel Sit", "office chair", {"armrests": ["with armrests", "without armrests"], "material": ["fabric", "mesh", "leather"]})
SPEAKER = made(
    "Arbel Tune",
    "portable speaker",
    {"battery life": ["10 hours", "20 hours"], "water resistance": ["yes", "no"], "colour": ["blue", "green"]},
)


KEYS = line(KEYBOARD, switch_type="linear", backlight="RGB", layout="full size")
BOOK = line(LAPTOP, screen_size="15-inch", processor="i7", storage="512GB SSD", colour="space grey")
LIGHT = line(LAMP, brightness="high", power_source="USB", colour="black")
SIP = line(BOTTLE, capacity="500 ml", material="glass", colour="black")
TEE = line(SHIRT, size="M", colour="white", neck="v-neck")
PATH = line(BOOTS, size="41", material="leather", waterproof="no")
SUN = line(GLASSES, frame_colour="brown", lens_colour="brown", lens_type="polarized")
SEAT = line(CHAIR, armrests="with armrests", material="leather")
TUNE = line(SPEAKER, battery_life="10 hours", water_resistance="yes", colour="blue")
PUZZLE = made(
    "Arbel Jig",
    "puzzle",
    {
        "pieces": ["500", "1000", "1500", "2000"],
        "theme": ["animals", "art", "fantasy"],
        "difficulty level": ["beginner", "intermediate", "expert"],
    },
)
JIG = line(PUZZLE, pieces="1000", theme="art", difficulty_level="intermediate")
CAM = made(
    "Arbel Eye", "digital camera", {"resolution": ["20MP", "24MP", "30MP"], "zoom": ["3x", "5x", "10x"], "storage": ["SD card", "CF card"]}
)
EYE = line(CAM, resolution="24MP", zoom="5x", storage="SD card")
LUG = made(
    "Arbel Trip",
    "luggage set",
    {"piece count": ["2-piece", "3-piece", "4-piece"], "colour": ["silver", "blue", "black"], "material": ["hardshell", "softshell"]},
)
TRIP = line(LUG, piece_count="4-piece", colour="blue", material="hardshell")
HELM = made(
    "Helm", "cycling helmet", {"size": ["S", "M", "L"], "color": ["red", "white", "blue"], "ventilation": ["low", "medium", "high"]}
)
HAT = line(HELM, size="L", color="blue", ventilation="low")
THERMO = made(
    "Arbel Temp", "smart thermostat", {"compatibility": ["Apple HomeKit", "Google Assistant", "Amazon Alexa"], "color": ["white", "black"]}
)
TEMP = line(THERMO, compatibility="Apple HomeKit", color="black")
BOARD = made(
    "Arbel Roll",
    "skateboard",
    {"deck material": ["bamboo", "maple", "plastic"], "length": ["28 inch", "31 inch", "34 inch"], "design": ["plain", "graphic"]},
)
ROLL = line(BOARD, deck_material="maple", length="34 inch", design="plain")
MOUSE = made(
    "Arbel Click", "gaming mouse", {"color": ["white", "black"], "sensor type": ["laser", "optical"], "connectivity": ["wired", "wireless"]}
)
CLICK = line(MOUSE, color="black", sensor_type="laser", connectivity="wired")
SHELF = made(
    "Arbel Shelf",
    "bookshelf",
    {"material": ["wood", "glass", "metal"], "color": ["white", "brown", "black"], "height": ["3 ft", "4 ft", "5 ft", "6 ft"]},
)
SH = line(SHELF, material="metal", color="white", height="4 ft")
BUDS = made(
    "Arbel Ear",
    "wireless earbuds",
    {"color": ["black", "blue"], "battery life": ["4 hours", "6 hours", "8 hours"], "water resistance": ["IPX7", "IPX4", "not resistant"]},
)
EAR = line(BUDS, color="black", battery_life="6 hours", water_resistance="IPX7")
VAC = made(
    "Arbel Dust",
    "vacuum cleaner",
    {
        "type": ["robotic", "upright", "canister"],
        "bagged/bagless": ["bagged", "bagless"],
        "features": ["cordless", "HEPA filter", "pet hair removal"],
    },
)
DUST = line(VAC, type="robotic", **{"bagged/bagless": "bagged"}, features="cordless")
WATCH = made(
    "Arbel Tick",
    "wristwatch",
    {"case size": ["38 mm", "40 mm", "42 mm"], "strap": ["black leather", "brown leather", "steel"], "colour": ["black", "mint"]},
)
TICK = line(WATCH, case_size="40 mm", strap="steel", colour="black")
KB2 = made("K2", "keyboard", {"switch type": ["quiet red", "tactile brown", "clicky blue"], "colour": ["graphite", "chalk"]})
K2 = line(KB2, switch_type="quiet red", colour="graphite")
