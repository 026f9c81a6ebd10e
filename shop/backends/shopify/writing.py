"""A change on its way: noted, sent once, seen in the order, its receipt kept."""

import asyncio
from typing import Final, NoReturn
from weakref import WeakValueDictionary

from shop.backends.shopify import limits
from shop.backends.shopify.client import ShopifyClient
from shop.backends.shopify.ledger import Ledger
from shop.backends.shopify.orders import RemoteOrder
from shop.backends.shopify.remote import RemoteOrders
from shop.backends.shopify.values import Json
from shop.backends.shopify.writes import is_begun, is_done, write_of
from shop.changes.base import Change, fingerprint
from shop.errors import BackendUnavailable, ConfirmationStale, NotAllowed, OutcomeUnknown
from shop.models import ProposalId, Receipt
from shop.settings import ShopSettings

_LOOKS_S: Final = (0.2, 0.4, 0.8, 1.2)
"""Pauses before each look at whether a write was done."""


class Writer:
    """Writes to one store; within a process one change of an order at a time."""

    def __init__(self, client: ShopifyClient, ledger: Ledger, orders: RemoteOrders, settings: ShopSettings) -> None:
        self._client = client
        self._ledger = ledger
        self._orders = orders
        self._settings = settings
        self._writing: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def commit(self, change: Change) -> Receipt:
        """See `ShopifyBackend.commit`. To be run to its end."""
        if change.effect.order is None:
            msg = f"Shopify cannot do {change.receipt.operation.value!r}."
            raise ConfirmationStale(msg)
        order_id = change.effect.order.order_id
        async with self._writing.setdefault(order_id, asyncio.Lock()):
            earlier = await self.settle(change.receipt.proposal_id)
            try:
                return _again(earlier) if earlier else await self._write(change, order_id)
            except ConfirmationStale:
                # Another process may have been asked for the very same, and have done it since we looked.
                earlier = await self._await_another(change.receipt.proposal_id)
                if earlier is None:
                    raise
                return _again(earlier)

    async def _write(self, change: Change, order_id: str) -> Receipt:
        before = await self._orders.read(order_id)
        if before is None or fingerprint(before) != change.expected_state:
            raise _changed(order_id)
        await self._ledger.begin(change)
        return await self._send(change, before)

    async def _send(self, change: Change, before: RemoteOrder) -> Receipt:
        write = write_of(change, before)
        try:
            answer = (await self._client.write(write.document, **write.variables))[write.field]
        except OutcomeUnknown:
            return await self._await_done(change, before.global_id)
        except BackendUnavailable as exc:
            if await self._is_alone(change):
                await self._ledger.decline(change, str(exc))
            raise
        # Sent twice, it may be declined because Shopify is still at the other one.
        if answer[write.errors] and await self._is_alone(change):
            await self._declined(change, before, answer[write.errors])
        return await self._await_done(change, before.global_id)

    async def _is_alone(self, change: Change) -> bool:
        return len(await self._ledger.list_sent(change.receipt.proposal_id)) == 1

    async def _declined(self, change: Change, before: RemoteOrder, errors: list[Json]) -> NoReturn:
        """Shopify says no, and nobody else sent the same."""
        present = await self._orders.get(before.global_id)
        await self._ledger.decline(change, "; ".join(str(error["message"]) for error in errors))
        if fingerprint(present) != fingerprint(before):
            raise _changed(before.order_id)
        raise NotAllowed.by(limits.declined(before.order_id, self._settings))

    async def _await_done(self, change: Change, global_id: str) -> Receipt:
        """Look at the order until it shows the change. Shopify cancels in the background, so its yes is no proof yet."""
        for pause_s in (0.0, *_LOOKS_S):
            await asyncio.sleep(pause_s)
            try:
                order = await self._orders.get(global_id)
            except BackendUnavailable:
                continue
            if is_done(change, order):
                return await self._ledger.finish(change)
        msg = f"Shopify was asked for {change.receipt.operation.value!r}, and the order does not show it yet."
        raise OutcomeUnknown(msg)

    async def _await_another(self, proposal_id: ProposalId) -> Receipt | None:
        """The receipt of what another process has sent; None where none did, or where its order does not show it in time."""
        for pause_s in (0.0, *_LOOKS_S):
            await asyncio.sleep(pause_s)
            receipt = await self.settle(proposal_id)
            if receipt is not None or not await self._ledger.list_sent(proposal_id):
                return receipt
        return None

    async def settle(self, proposal_id: ProposalId) -> Receipt | None:
        """The receipt of a proposal; where a write was sent and its answer lost, what the order says of it.

        Raises:
            OutcomeUnknown: If the order shows a part of it, and the rest does not come in time.
        """
        receipt = await self._ledger.find_receipt(proposal_id)
        sent = [] if receipt else await self._ledger.list_sent(proposal_id)
        if not sent or sent[0].effect.order is None:
            return receipt
        change, order = sent[0], await self._orders.read(sent[0].effect.order.order_id)
        if order is None or not (is_done(change, order) or is_begun(change, order)):
            return None
        return await self._await_done(change, order.global_id)


def _changed(order_id: str) -> ConfirmationStale:
    return ConfirmationStale(f"Order {order_id!r} is no longer as it was.")


def _again(receipt: Receipt) -> Receipt:
    return receipt.model_copy(update={"already_done": True})
