"""What everybody may read of campaigns: published counts, and that a receipt is one."""

import re
from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime

from django.utils.crypto import constant_time_compare, salted_hmac

from armstrace.collection.models import Campaign, HandIn
from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.texts import bare

CODE = 8
NO_SUCH_RECEIPT = message(
    "There is no receipt of this number; check each letter and digit."
)


@dataclass(frozen=True, slots=True)
class Cell:
    """How many arms of a type were handed in at a place; None where withheld."""

    place: str
    arm_type: ArmType | None
    count: int | None


@dataclass(frozen=True, slots=True)
class Edition:
    """Counts as they were published, and why they were published anew."""

    published_at: datetime
    published_by: str
    # Why they were published anew; empty of the first.
    reason: str
    cells: list[Cell]


def campaigns() -> list[tuple[Campaign, list[Edition]]]:
    rows = Campaign.objects.get_queryset().filter(published_at__isnull=False)
    return [(each, editions_of(each)) for each in rows.order_by("-ends_on", "-pk")]


def editions_of(campaign: Campaign) -> list[Edition]:
    """Give the publications of a campaign's counts, the latest first."""
    if campaign.published_at is None:
        return []
    told = [
        (each.known_at, each.published_by, each.reason, each.counts)
        for each in campaign.corrections.order_by("-pk")
    ]
    first = (campaign.published_at, campaign.published_by, "", campaign.counts)
    return [
        Edition(
            at,
            by,
            reason,
            [
                Cell(place, ArmType(code) if code else None, count)
                for place, code, count in counts
            ],
        )
        for at, by, reason, counts in (*told, first)
    ]


def number_of(hand_in: HandIn) -> str:
    """Give the number of a receipt, with the code that nobody can guess."""
    told = _code(hand_in.reference)
    return f"{hand_in.reference}-{told[:4]}-{told[4:]}"


def receipt(number: str) -> HandIn:
    """Give what was handed in, by the whole number of its receipt.

    Raises:
        NotFound: There is no such receipt.
    """
    told = bare(number).upper()
    reference, code = told[:-CODE], told[-CODE:].replace("0", "O").replace("1", "I")
    is_number = re.fullmatch(r"O[1-9][0-9]{0,17}", reference)
    if not is_number or not constant_time_compare(_code(reference), code):
        raise NotFound(NO_SUCH_RECEIPT)
    rows = HandIn.objects.get_queryset().select_related("campaign")
    found = rows.filter(pk=int(reference[1:])).first()
    if found is None:
        raise NotFound(NO_SUCH_RECEIPT)
    return found


def _code(reference: str) -> str:
    keyed = salted_hmac("armstrace.collection.receipt", reference, algorithm="sha256")
    return b32encode(keyed.digest()).decode()[:CODE]
