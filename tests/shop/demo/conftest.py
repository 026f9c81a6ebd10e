import pytest

from shop.demo.generate import generate
from shop.models import ShopData
from tests.shop.builders import NOW


@pytest.fixture(scope="session")
def demo() -> ShopData:
    """The demo shop as of noon on a Friday."""
    return generate(now=NOW)
