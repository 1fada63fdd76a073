"""Which certificates of an issuer are revoked: one bit each, compressed and signed.

The days of revocation are a statement of their own, so that the list stays small.
A list names no certificate, and its length, rounded up, hides how many there are.

Source:
    Token Status List, draft of the OAuth working group, by its principle.
"""

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from armstrace.analysis.certificates import envelope
from armstrace.analysis.certificates.envelope import IssuerKey, NotGenuine

ROUND_BYTES = 1024
MOST_BYTES = 64 * 1024 * 1024
DAY_BYTES = 2
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Head:
    """How a list begins."""

    issuer: str
    at: datetime
    # For how many days it may be relied on.
    good_days: int


@dataclass(frozen=True, slots=True)
class StatusList:
    """What an issuer published of its certificates at one moment."""

    head: Head
    # One a serial number, the lowest of a byte first; set where revoked.
    bits: bytes
    # Since 1970, two bytes each, of the revoked ones in their order; empty where they
    # were not handed out.
    days: bytes = b""

    def is_revoked(self, serial: int) -> bool:
        """Tell whether a certificate is revoked; later ones than the list are not."""
        place, bit = divmod(serial, 8)
        return place < len(self.bits) and bool(self.bits[place] >> bit & 1)

    def day_of_revocation(self, serial: int) -> date | None:
        """Give the day on which a certificate was revoked; None where not known."""
        place, bit = divmod(serial, 8)
        below = self.bits[place] & ((1 << bit) - 1)
        rank = int.from_bytes(self.bits[:place]).bit_count() + below.bit_count()
        told = self.days[rank * DAY_BYTES : (rank + 1) * DAY_BYTES]
        return EPOCH + timedelta(int.from_bytes(told)) if told else None

    def age_days(self, at: datetime) -> int:
        """Give the whole days since it was published."""
        return max((at - self.head.at).days, 0)


def publish(
    revoked: Mapping[int, date],
    head: Head,
    kid: str,
    private: Ed25519PrivateKey,
    *,
    last: int,
) -> tuple[str, str]:
    """Write and sign a list, and the days of what it shows as revoked.

    Args:
        revoked: The day for each revoked serial number.
        last: The last serial number that was given.
    """
    rounds = max(last, *revoked, 0) // 8 // ROUND_BYTES + 1
    bits = bytearray(rounds * ROUND_BYTES)
    for serial in revoked:
        bits[serial // 8] |= 1 << serial % 8
    days = b"".join(
        (revoked[serial] - EPOCH).days.to_bytes(DAY_BYTES) for serial in sorted(revoked)
    )
    told = {
        "iss": head.issuer,
        "iat": int(head.at.timestamp()),
        "days": head.good_days,
    }

    def sign(part: str, content: bytes) -> str:
        begun = envelope.write(told | {"of": part})
        packed = zlib.compress(content, 9)
        return envelope.sign(begun + b"\n" + packed, kid, private)

    return sign("bits", bytes(bits)), sign("revoked", days)


def read_lists(
    tokens: Iterable[str], keys: Mapping[str, IssuerKey]
) -> dict[str, StatusList]:
    """Read the newest list of each issuer; what no known key signed is passed over."""
    found: dict[tuple[str, datetime], dict[str, bytes]] = {}
    heads: dict[str, Head] = {}
    for token in tokens:
        try:
            head, part, content = _open(token, keys)
        except NotGenuine:
            continue
        found.setdefault((head.issuer, head.at), {})[part] = content
        newest = heads.get(head.issuer)
        if part == "bits" and (newest is None or newest.at < head.at):
            heads[head.issuer] = head
    return {
        issuer: StatusList(head, parts["bits"], parts.get("revoked", b""))
        for issuer, head in heads.items()
        for parts in [found[issuer, head.at]]
    }


def _open(token: str, keys: Mapping[str, IssuerKey]) -> tuple[Head, str, bytes]:
    key = keys.get(envelope.key_named(token))
    if key is None:
        raise NotGenuine
    begun, _, packed = envelope.open_signed(token, key).partition(b"\n")
    try:
        told = json.loads(begun)
        head = Head(str(told["iss"]), envelope.moment(told["iat"]), int(told["days"]))
        part = str(told["of"])
        content = zlib.decompressobj().decompress(packed, MOST_BYTES)
    except (KeyError, TypeError, ValueError, OverflowError, zlib.error) as wrong:
        raise NotGenuine from wrong
    if head.issuer != key.issuer or not key.was_in_use(head.at):
        raise NotGenuine
    return head, part, content
