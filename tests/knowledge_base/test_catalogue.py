import pytest

from knowledge_base.catalogue import CatalogueIndex
from knowledge_base.models import ProductDocument


def product(product_id: str, name: str, brand: str, kind: str, description: str, **attributes: str) -> ProductDocument:
    words = " ".join(f"{key} {value}" for key, value in attributes.items())
    return ProductDocument(
        product_id, {"name": name, "brand": brand, "product_type": kind, "description": description, "attributes": words}
    )


PRODUCTS = [
    product("K1", "Wren Keyboard", "Sparrow", "keyboard", "A quiet board for the office, soft to type on.", noise="38 dB", colour="white"),
    product("K2", "Hawk Keyboard", "Sparrow", "keyboard", "A loud board with clicking keys for players.", noise="61 dB", colour="black"),
    product("M1", "Wren Mouse", "Sparrow", "mouse", "A mouse that makes no sound. Fits every keyboard.", colour="white"),
    product("J1", "Rill Jacket", "Brook", "rain jacket", "Keeps the rain out on long walks.", colour="green", material="nylon"),
    product("J2", "Fell Parka", "Brook", "winter coat", "Filled with down, for cold days.", colour="green"),
    product("P1", "Smith Pan", "Forge", "frying pan", "Cast iron, for every hob.", diameter="28 cm"),
]


@pytest.fixture
async def index(embedder):
    built = CatalogueIndex(embedder)
    await built.rebuild(PRODUCTS)
    return built


async def ids(index: CatalogueIndex, query: str, **options) -> list[str]:
    return [found.product_id for found in await index.search(query, **options)]


async def test_the_product_that_has_all_the_words_comes_first(index):
    assert (await ids(index, "sparrow mouse white"))[0] == "M1"


async def test_meaning_orders_what_the_words_leave_open(index):
    assert (await ids(index, "keyboard that does not disturb my colleagues"))[0] == "K1"


async def test_a_product_is_found_without_a_single_word_of_its_own(index):
    assert (await ids(index, "skillet for searing steak"))[0] == "P1"


async def test_a_misspelt_word_is_read_as_the_nearest(index):
    assert (await ids(index, "keybord"))[:2] in (["K1", "K2"], ["K2", "K1"])


async def test_other_forms_of_a_word_count(index):
    assert set(await ids(index, "jackets")) >= {"J1"}


async def test_attributes_are_words_too(index):
    assert (await ids(index, "nylon"))[0] == "J1"


async def test_only_those_allowed_are_given(index):
    assert await ids(index, "keyboard", among=frozenset({"K2"})) == ["K2"]
    assert await ids(index, "keyboard", among=frozenset()) == []


async def test_no_more_than_the_limit_come(index):
    assert len(await ids(index, "green white black", limit=2)) == 2


@pytest.mark.parametrize("query", ["", "  ", "%%%", "qzxv wvut", "👟"])
async def test_nothing_fits_nonsense(index, query):
    assert await ids(index, query) == []


async def test_a_rebuilt_index_knows_the_new_and_forgets_the_old(index):
    await index.rebuild([*PRODUCTS[1:], product("T1", "Camp Tent", "Brook", "tent", "For two.")])
    assert (await ids(index, "tent"))[0] == "T1"
    assert "K1" not in await ids(index, "keyboard")


async def test_an_empty_catalogue_finds_nothing(embedder):
    index = CatalogueIndex(embedder)
    assert await ids(index, "keyboard") == []
    await index.rebuild([])
    assert await ids(index, "keyboard") == []


async def test_words_alone_rank_where_there_is_no_embedder():
    index = CatalogueIndex(None)
    await index.rebuild(PRODUCTS)
    assert (await ids(index, "rain jacket"))[0] == "J1"
    assert await ids(index, "skillet") == []
