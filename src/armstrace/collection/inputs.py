"""What somebody states of a campaign, and of an arm that is handed in."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from armstrace.vocabulary.arms import ArmType
from armstrace.vocabulary.collection import Amnesty, Identification, Incentive


@dataclass(frozen=True, slots=True)
class Rate:
    """What is given for an arm of a type from a day on."""

    arm_type: ArmType
    amount: Decimal
    from_on: date


@dataclass(frozen=True, slots=True)
class CampaignInput:
    """A campaign as the order that opens it says."""

    name: str
    begins_on: date
    # Places of its desks, one a line.
    places: str
    amnesty: Amnesty
    identification: Identification
    incentive: Incentive
    # A campaign without an end is refused.
    ends_on: date | None = None
    # Currency or unit of the incentive.
    currency: str = ""
    # Lines such as “PISTOL, 100, 2026-01-31”.
    rates: str = ""


@dataclass(frozen=True, slots=True)
class HandInInput:
    """An arm as it lies on the desk."""

    place: str
    arm_type: ArmType
    # Make and model as read.
    make: str = ""
    serial: str = ""
    calibre: str = ""
    # Code of the observer from civil society who saw it; no name.
    observer: str = ""
    # Who brought it, in a campaign by name alone.
    bringer: str = ""
