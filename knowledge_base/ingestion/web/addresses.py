"""Which addresses may be connected to. Names are resolved once, checked, and the checked address is the one connected to.

A page on the open web must not make us speak to machines that only we can reach (server-side request forgery, CWE-918).
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from knowledge_base.errors import UnreadableDocument

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], list[str]]

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# https://www.iana.org/assignments/iana-ipv6-special-registry: only this block is given out to the public.
_PUBLIC_V6 = ipaddress.ip_network("2000::/3")


def resolve(host: str, port: int) -> list[str]:
    """Give the addresses of a name."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def is_public(address: Address) -> bool:
    """Tell whether an address belongs to the open internet; one that carries another address is what it carries."""
    inner = _carried(address)
    if inner is not None:
        return is_public(inner)
    if isinstance(address, ipaddress.IPv6Address) and (address not in _PUBLIC_V6 or address.scope_id):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _carried(address: Address) -> ipaddress.IPv4Address | None:
    """Give the IPv4 address inside a mapped, 6to4, Teredo or NAT64 address."""
    if not isinstance(address, ipaddress.IPv6Address):
        return None
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo[1] if address.teredo else None
    return address.ipv4_mapped or address.sixtofour or teredo


class CheckedNetwork(httpcore.SyncBackend):
    """The network layer of the fetcher: connects only to addresses that were checked, by their number."""

    def __init__(self, allow: Iterable[str], resolve: Resolve = resolve) -> None:
        """Take `host:port` entries that need not be public, and how names are resolved."""
        self._allow = frozenset(entry.lower() for entry in allow)
        self._resolve = resolve

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None, socket_options: Any = None
    ) -> httpcore.NetworkStream:
        """Resolve, check and connect. TLS still verifies the name, not the number.

        Raises:
            UnreadableDocument: If the name does not resolve, or any of its addresses is not public.
        """
        addresses = self._check(host, port)
        for address in addresses[:-1]:
            try:
                return super().connect_tcp(address, port, timeout, local_address, socket_options)
            except httpcore.ConnectError:
                continue
        return super().connect_tcp(addresses[-1], port, timeout, local_address, socket_options)

    def connect_unix_socket(self, path: str, timeout: float | None = None, socket_options: Any = None) -> httpcore.NetworkStream:
        """Refuse: no website is a file."""
        message = "A website cannot be a file on this machine."
        raise UnreadableDocument(message)

    def _check(self, host: str, port: int) -> list[str]:
        try:
            found = self._resolve(host.strip("[]"), port)
        except (OSError, UnicodeError) as exc:
            message = f"There is no host {host!r}."
            raise UnreadableDocument(message) from exc
        if f"{host.lower()}:{port}" in self._allow:
            return found
        for address in found:
            if not is_public(ipaddress.ip_address(address)):
                message = f"The host {host!r} has the address {address}, which is not public. Allow it by COUNTERHAND_CRAWL_ALLOW."
                raise UnreadableDocument(message)
        return found
