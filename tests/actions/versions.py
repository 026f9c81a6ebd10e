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


CURTAIN = made(
    "Arbel Drape",
    "curtain",
    {"heading": ["pleated", "eyelet", "pencil"], "lining": ["none", "white", "thermal"], "blackout": ["60%", "80%", "full"]},
)
BIKE = made(
    "Arbel Ride",
    "city bike",
    {
        "frame size": ["16-inch", "18-inch", "20-inch"],
        "motor": ["n3", "n5", "n7"],
        "rack": ["5kg rack", "15kg rack", "25kg rack"],
        "colour": ["silver", "storm grey", "black"],
    },
)
LANTERN = made(
    "Arbel Glow",
    "camping lantern",
    {"light level": ["dim", "medium", "bright"], "fuel": ["gas canister", "solar", "crank"], "colour": ["white", "black"]},
)
POT = made(
    "Arbel Simmer",
    "stock pot",
    {"volume": ["1 l", "1.5 l", "3 l"], "body": ["enamel", "glass", "stainless steel"], "colour": ["red", "blue", "black"]},
)
CARDIGAN = made(
    "Arbel Basic Knit",
    "cardigan",
    {"size": ["S", "M", "L", "XL"], "colour": ["white", "red", "purple"], "front": ["zip", "wooden buttons"]},
)
GLOVES = made("Arbel Grip", "garden gloves", {"size": ["7", "8", "9", "10"], "palm": ["leather", "synthetic"], "washable": ["yes", "no"]})
FRAME = made(
    "Arbel View",
    "picture frame",
    {"edge colour": ["black", "brown"], "mat colour": ["black", "brown", "green"], "glazing": ["reflective", "non-reflective"]},
)
TENT = made("Arbel Camp", "tent", {"porch": ["with porch", "without porch"], "cloth": ["cotton", "nylon", "canvas"]})
TORCH = made(
    "Arbel Beam",
    "head torch",
    {"burn time": ["10 hours", "20 hours"], "dust resistance": ["yes", "no"], "strap": ["blue", "green"]},
)


DRAPE = line(CURTAIN, heading="pleated", lining="thermal", blackout="full")
RIDE = line(BIKE, frame_size="18-inch", motor="n5", rack="15kg rack", colour="storm grey")
LIGHT = line(LANTERN, light_level="bright", fuel="solar", colour="black")
SIMMER = line(POT, volume="1 l", body="glass", colour="black")
KNIT = line(CARDIGAN, size="M", colour="white", front="zip")
GRIP = line(GLOVES, size="9", palm="leather", washable="no")
VIEW = line(FRAME, edge_colour="brown", mat_colour="brown", glazing="reflective")
CAMP = line(TENT, porch="with porch", cloth="canvas")
BEAM = line(TORCH, burn_time="10 hours", dust_resistance="yes", strap="blue")
