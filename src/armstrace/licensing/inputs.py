"""What a source states about a holder."""

from dataclasses import dataclass
from datetime import date, datetime

from armstrace.vocabulary.arms import HolderKind
from armstrace.vocabulary.content import content_key


@dataclass(frozen=True, slots=True)
class HolderInput:
    """One holder as a register or a clerk states it.

    Args:
        number: The holder's number, unique in the country.
        licence_type: A code of ``LicenceType``, or empty where no licence is stated.
        known_at: When it became known, where the source says so.
    """

    number: str
    name: str
    kind: HolderKind = HolderKind.PERSON
    place: str = ""
    region: str = ""
    country: str = ""
    licence_number: str = ""
    licence_type: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    known_at: datetime | None = None

    @property
    def content_key(self) -> str:
        """Give the key by which an unchanged statement is recognised."""
        return content_key(self, without=("known_at",))
