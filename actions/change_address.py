"""Another address: of an order that is still pending, of the account, or of both, one after the other."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from rasa_sdk.interfaces import Action

from actions.address_targets import ACCOUNT, ALL, can_change, takes_from, targets_of, without_source
from actions.addresses import Parts, complete, find_known, read_parts, without_parts
from actions.confirmation import commit, propose, read_confirmation, refuse
from actions.forms.ask import Ask
from actions.forms.finish import FinishForm
from actions.forms.form import ShopForm
from actions.forms.step import Step
from actions.intents import TASKS, words_ask_for
from actions.order_choice import choose_order
from actions.owned import Owned, find_meant, get_owned
from actions.reply import HUMAN, Button, Reply, button
from actions.resolve import find_order_ids, refers_to_order
from actions.services import Services
from actions.turn import Request, Turn
from actions.words import order_buttons
from shop.models import Address, Level, OperationName, Order
from shop.wording import address_words

_FORMER = re.compile(r"\b(?:back|original|old|previous|former|before|revert|restore|undo)\b")
_BACK_TO = re.compile(r"\b(?:back|revert|restore|undo|again)\b")
_OF_AN_ORDER = re.compile(r"\b(?:other|last|recent|latest|that|my) (?:\w+ )?order\b")


class ValidateChangeAddressForm(ShopForm):
    """Reads whose address changes, and to what."""

    form = "change_address_form"
    finish = "action_change_address"
    intents = frozenset({"change_address"})

    def answers(self, request: Request, asked: str) -> bool:
        """An address is taken for one even where its words sound like something else."""
        said = read_parts(request.text, place=asked == "address_choice")
        if request.intent in TASKS - self.intents and words_ask_for(request) and not (said.postal_code and said.line1):
            return False
        return asked in {"address_choice", "confirmation"} and bool(said.line1 or said.postal_code or said.line2)

    async def read(self, turn: Turn, asked: str | None) -> Step:
        """Read the next answer: whose address, the address, then the yes."""
        if asked in {None, "order_choice"}:
            return await self._read_target(turn, opening=asked is None)
        if asked == "address_choice":
            return await self._read_address(turn, str(turn.slot("order_choice")), missed=True)
        changed = await self._changed(turn)
        return changed or await read_confirmation(self.services, turn)

    async def correct(self, turn: Turn, asked: str) -> Step:
        """Another address, or another order after all."""
        await self.services.shop.withdraw(turn.conversation_id)
        changed = await self._changed(turn) if turn.slot("order_choice") else None
        if changed:
            return changed
        owned = await get_owned(self.services, turn)
        if asked == "confirmation" and not refers_to_order(turn.request) and not targets_of(turn.request, owned, opening=False):
            return Step(slots={"confirmation": None}, missed=True)
        kept = {"order_choice": None, "address_choice": None, "confirmation": None}
        # What was to be the address of one order now is that of the other.
        turn.tracker.slots["address_parts"] = turn.slot("address_parts") or turn.slot("address_choice")
        step = await self._read_target(turn, opening=False, excluded_id=turn.slot("order_choice"))
        return replace(step, slots={**kept, **step.slots}, missed=False)

    async def _read_target(self, turn: Turn, *, opening: bool, excluded_id: str | None = None) -> Step:
        owned = await get_owned(self.services, turn)
        # A postal code is no order number.
        bare = without_source(without_parts(turn.text))
        words = replace(turn.request, text=bare, entities=_but_orders(turn.request))
        named = turn if turn.request.pressed else replace(turn, request=words)
        targets = targets_of(named.request, owned, opening=opening, typed=bool(self._said(turn).line1), whole=turn.text)
        if targets:
            return await self._take_each(turn, targets)
        order = await choose_order(self.services, named, can_change, opening=opening, excluded_id=excluded_id)
        if not isinstance(order, Step):
            return await self._take(turn, str(order.order_id))
        if (order.outcome or {}).get("kind") == "unproved":
            return replace(order, outcome={**(order.outcome or {}), "request": turn.request.to_json()})
        if order.outcome is None and opening:
            return replace(order, slots={**order.slots, "address_parts": self._said(turn).to_json() or None})
        return order

    async def _take_each(self, turn: Turn, targets: Sequence[str]) -> Step:
        """Take the first of several; the others wait their turn with the same address, each with its own yes."""
        step = await self._take(turn, targets[0])
        if len(targets) < 2:
            return step
        address = step.slots.get("address_choice") or {}
        later = [_request(target, address) for target in targets[1:]]
        return replace(step, slots={**step.slots, "waiting_requests": [request.to_json() for request in [*later, *turn.waiting]]})

    async def _take(self, turn: Turn, target: str) -> Step:
        actor = await self.services.identity.get_actor(turn.conversation_id)
        slots: dict[str, Any] = {"order_choice": target}
        if target != ACCOUNT:
            decision = await self.services.shop.check(actor, OperationName.CHANGE_ADDRESS, {"order_id": target})
            if not decision.allowed:
                return refuse(decision, target)
            slots["order_id"] = target
        elif actor.level is Level.ANONYMOUS and set(self.services.settings.guest_proof) != {"order_code"}:
            return Step(outcome={"kind": "unproved", "request": turn.request.to_json()})
        elif actor.customer_id is None:
            sign_in = "Please sign in first; the" if turn.can_sign_in else "A person can help you with that. The"
            text = f"I can change an account's address only for its owner. {sign_in} order you proved I can change."
            return Step(outcome={"kind": "refused", "text": text, "buttons": [HUMAN]})
        step = await self._read_address(turn, target, missed=False)
        return replace(step, slots={**slots, **step.slots})

    async def _read_address(self, turn: Turn, target: str, *, missed: bool) -> Step:
        """Make an address of what was said so far; ask for what is missing."""
        present = await self._present(turn, target)
        known = await self._known(turn, target, present)
        if known:
            return await self._propose(turn, target, known)
        earlier = Parts.from_json(turn.slot("address_parts"))
        said = read_parts(turn.text, present.country, place=bool(earlier.line1) and missed)
        if turn.request.value("address"):
            said = Parts.from_json(json.loads(str(turn.request.value("address"))))
        together = said.over(earlier)
        address, missing = complete(together, present)
        if address:
            return await self._propose(turn, target, address)
        slots = {"address_parts": together.to_json() or None, "address_missing": list(missing)}
        return Step(slots=slots, missed=missed and not said)

    async def _known(self, turn: Turn, target: str, present: Address) -> Address | None:
        """An address of the customer's own that the words refer to, other than the present one."""
        if turn.request.pressed and not turn.request.value("address"):
            return None
        former = turn.slot("former_address")
        if former and target == ACCOUNT and _FORMER.search(turn.text.lower()) and _BACK_TO.search(turn.text.lower()):
            return Address.model_validate(former)
        if self._said(turn).line1:
            return None
        owned = await get_owned(self.services, turn)
        sources = [order for order in await self._sources(turn, owned, target) if str(order.order_id) != target]
        if sources:
            return sources[-1].address
        default = await self._default(turn) if target != ACCOUNT else None
        others = _distinct([*([default] if default else []), *(order.address for order in owned.orders)], present)
        found = find_known(turn.text, others, default if default != present else None)
        if not found and target == ACCOUNT and _OF_AN_ORDER.search(turn.text.lower()):
            found = others
        return found[0] if len(found) == 1 else None

    async def _sources(self, turn: Turn, owned: Owned, target: str) -> list[Order]:
        """The orders whose address is to be taken, as the words name them."""
        if target != ACCOUNT and not takes_from(turn.text):
            return []
        named = [order for number in find_order_ids(turn.request) if (order := owned.find_loosely(number))]
        if named or target != ACCOUNT:
            return named
        match = await find_meant(self.services, turn.request, owned.orders, turn.slot("order_id"))
        return [match.only] if match.named and match.only else []

    async def _present(self, turn: Turn, target: str) -> Address:
        actor = await self.services.identity.get_actor(turn.conversation_id)
        if target == ACCOUNT:
            return (await self.services.shop.get_customer(actor)).address
        return (await self.services.shop.get_order(actor, target)).address

    async def _default(self, turn: Turn) -> Address | None:
        actor = await self.services.identity.get_actor(turn.conversation_id)
        return (await self.services.shop.get_customer(actor)).address if actor.customer_id else None

    def _said(self, turn: Turn) -> Parts:
        return read_parts(turn.text)

    async def _changed(self, turn: Turn) -> Step | None:
        """Another address, said instead of a yes: a new proposal."""
        if turn.request.pressed:
            return None
        target = str(turn.slot("order_choice"))
        proposed = Address.model_validate(turn.slot("address_choice")) if turn.slot("address_choice") else await self._present(turn, target)
        said = read_parts(turn.text, proposed.country)
        if said.line1 and not (said.city or said.postal_code):
            # Another street or number, said of what was just proposed, stays in the same place.
            said = said.over(Parts(city=proposed.city, postal_code=proposed.postal_code))
        address = complete(said, proposed)[0] if said else await self._known(turn, target, proposed)
        if address and address != proposed:
            return await self._propose(turn, target, address)
        if said.line1 and not address:
            return Step(slots={"address_choice": None, "confirmation": None, "address_parts": said.to_json()})
        return None

    async def _propose(self, turn: Turn, target: str, address: Address) -> Step:
        shown = address.model_dump()
        if target == ACCOUNT:
            step = await propose(self.services, turn, OperationName.CHANGE_DEFAULT_ADDRESS, {"address": shown})
        else:
            step = await propose(self.services, turn, OperationName.CHANGE_ADDRESS, {"order_id": target, "address": shown})
        known = {"order_choice": target, "address_choice": shown, "address_parts": None, "address_missing": None}
        refused = step.outcome or {}
        if refused.get("kind") == "refused" and not refused.get("already_done"):
            return Step(slots={**known, "address_choice": None}, said=Reply(str(refused["text"])))
        return replace(step, slots={**known, **step.slots})


def _distinct(addresses: Sequence[Address], present: Address) -> list[Address]:
    """Each address once, without the present one."""
    return [one for number, one in enumerate(addresses) if one != present and one not in addresses[:number]]


def _but_orders(request: Request) -> tuple[dict[str, Any], ...]:
    """The entities that a change of words leaves true: order numbers are read from the words alone, unless a button names one."""
    given = bool(request.value("address") or request.value("target")) or request.pressed
    return tuple(one for one in request.entities if given or one.get("entity") != "order_id" or "start" not in one)


def _request(target: str, address: dict[str, Any]) -> Request:
    words = "change the address in my account" if target == ACCOUNT else f"change the address of order {target}"
    entities: list[dict[str, Any]] = [{"entity": "address", "value": json.dumps(address)}] if address else []
    entities.append({"entity": "target", "value": ACCOUNT} if target == ACCOUNT else {"entity": "order_id", "value": target})
    return Request("change_address", words, entities=tuple(entities))


class AskAddressTarget(Ask):
    """Asks whose address is to change."""

    action_name = "action_ask_change_address_form_order_choice"

    async def act(self, turn: Turn) -> Reply:
        """Ask, with what can be changed as buttons."""
        owned = await get_owned(self.services, turn)
        opened = [order for order in owned.orders if can_change(order)] or list(owned.orders)
        buttons: list[Button] = order_buttons(opened, "inform")
        if owned.actor.customer_id:
            buttons.append(button("The address in my account", "inform", target=ACCOUNT))
            buttons.append(button("All of these", "inform", target=ALL))
        return Reply("Which address should change?", buttons=[*buttons, button("None of these", "change_mind")])


class AskAddressChoice(Ask):
    """Asks for the address, or for what is missing of it."""

    action_name = "action_ask_address_choice"

    async def act(self, turn: Turn) -> Reply:
        """Ask, with the customer's other addresses as buttons."""
        said, missing = Parts.from_json(turn.slot("address_parts")), turn.slot("address_missing") or []
        leave = button("Leave it", "change_mind")
        if said.line1 and missing:
            words = {"city": "city", "postal_code": "postal code", "region": "state"}
            buttons = [await self._same_place(turn, said), leave] if "city" in missing else [leave]
            return Reply(f"And which {' and '.join(words[name] for name in missing)} is that for {said.line1}?", buttons=buttons)
        if said and missing:
            return Reply("Which street and house number, and the city with its postal code?", buttons=[leave])
        present, others = await self._addresses(turn)
        buttons = [button(address_words(one), "inform", address=json.dumps(one.model_dump())) for one in others[:4]]
        text = f"At present it is {address_words(present)}. What should the address be? Please give street, number, postal code and city."
        return Reply(text, buttons=[*buttons, leave])

    async def _same_place(self, turn: Turn, said: Parts) -> Button:
        """A button for the same place as before with another street."""
        present, _ = await self._addresses(turn)
        place = Parts.from_json(present.model_dump(exclude={"line1", "line2"}))
        return button(f"{present.postal_code} {present.city}, as before", "inform", address=json.dumps(said.over(place).to_json()))

    async def _addresses(self, turn: Turn) -> tuple[Address, list[Address]]:
        owned, target = await get_owned(self.services, turn), str(turn.slot("order_choice"))
        own = [(await self.services.shop.get_customer(owned.actor)).address] if owned.actor.customer_id else []
        order = owned.find(target)
        present = order.address if order else own[0]
        return present, _distinct([*own, *(one.address for one in owned.orders)], present)


class ActionChangeAddress(FinishForm):
    """Ends the change of address."""

    action_name = "action_change_address"
    task = "the change of address"

    async def commit(self, turn: Turn, outcome: dict[str, Any]) -> Reply:
        """Change it; the account's former address is kept for "change it back"."""
        former: dict[str, Any] = {}
        if outcome["operation"] == OperationName.CHANGE_DEFAULT_ADDRESS.value:
            before = await self.services.shop.get_customer(await self.actor(turn))
            former = {"former_address": before.address.model_dump()}
        reply = await commit(self.services, turn, outcome)
        return replace(reply, slots={**reply.slots, **former})


def create(services: Services) -> list[Action]:
    """Make this topic's actions."""
    return [ValidateChangeAddressForm(services), AskAddressTarget(services), AskAddressChoice(services), ActionChangeAddress(services)]
