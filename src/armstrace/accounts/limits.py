"""How often somebody may ask in a minute: counted for all processes of the server."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.core.cache import caches
from django.core.files import locks
from django.http import HttpRequest

from armstrace.audit import keys

MINUTE = 60.0
# Bits of what a provider gives to one household of IPv6, which may use any address.
HOUSEHOLD = 64


def network_wait(address: str, most: int) -> float:
    """Count one more try of a network, of whose address only a keyed digest is used.

    Returns:
        The seconds after which it is allowed, 0 for now.
    """
    return wait(f"network-{keys.hidden(network_of(address))}", most)


def wait(who: str, most: int) -> float:
    """Count one more try; give the seconds after which it is allowed, 0 for now.

    Only digests and times are kept, and those for a minute.

    Args:
        who: A digest of whoever asks.
        most: Tries a minute.
    """
    with _alone():
        return _count(who, most, time.time())


def address_of(request: HttpRequest) -> str:
    """Give the address that a request comes from.

    Where the connection is encrypted a proxy ends it, and says who asks.
    """
    peer: str = request.META.get("REMOTE_ADDR", "")
    if not settings.SECURE:
        return peer
    return request.headers.get("X-Forwarded-For", peer).rpartition(",")[2].strip()


def network_of(address: str) -> str:
    """Give the address that stands for the household of an address."""
    try:
        read = ip_address(address)
    except ValueError:
        return address
    if isinstance(read, IPv6Address):
        return str(ip_network((read, HOUSEHOLD), strict=False).network_address)
    return str(read)


def _count(who: str, most: int, at: float) -> float:
    cache = caches["limits"]
    recent = [each for each in cache.get(who, ()) if each > at - MINUTE]
    if len(recent) >= most:
        first = recent[-most] if recent else at
        return first + MINUTE - at
    cache.set(who, [*recent, at], MINUTE)
    return 0


@contextmanager
def _alone() -> Iterator[None]:
    """Let one call at a time be counted, whichever process of the server it reached.

    The cache reads and writes apart: of calls sent side by side one would be counted.
    """
    folder = settings.HOME / "limits"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "counting").open("a") as file:
        locks.lock(file, locks.LOCK_EX)
        yield
