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
