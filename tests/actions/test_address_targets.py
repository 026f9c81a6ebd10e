import pytest

from actions.address_targets import changes_account, takes_from, without_source


@pytest.mark.parametrize(
    "said",
    [
        "set my account's address to the one on order CH-60002",
        "change my default address to where CH-60002 was sent",
        "make the address CH-60002 goes to my default address",
        "use the address from CH-60002 as my default address",
        "please save the place of my last order in my profile",
        "my account address should be the same as on CH-60002",
        "take the address of the backpack order as my account's",
        "could you update the address in my profile",
        "correct my home address please",
    ],
)
def test_the_account_is_what_changes_wherever_its_address_comes_from(said: str) -> None:
    assert changes_account(said)


@pytest.mark.parametrize(
    "said",
    [
        "change the address of CH-60002 to the address in my account",
        "send CH-60002 to my default address",
        "use my default address for CH-60002",
        "the same address as my default one please",
        "update my default address on order CH-60002",
        "deliver it to the address of CH-60001",
        "change the delivery address of my order",
    ],
)
def test_an_account_that_only_lends_its_address_does_not_change(said: str) -> None:
    assert not changes_account(said)


@pytest.mark.parametrize(
    "said",
    ["use the address from CH-60001 for CH-60002", "CH-60002 to where CH-60001 was sent", "send CH-60002 to the same address as CH-60001"],
)
def test_the_order_that_lends_its_address_is_told_from_the_one_that_changes(said: str) -> None:
    assert takes_from(said)
    assert "60001" not in without_source(said)
    assert "60002" in without_source(said)
