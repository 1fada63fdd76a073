"""One holder as its page shows it."""

from dataclasses import dataclass
from datetime import date

from armstrace.licensing import queries
from armstrace.web.marks import readings


@dataclass(frozen=True, slots=True)
class LicenceShown:
    """A licence, and whether it holds today."""

    number: str
    allows: str
    valid_from: date | None
    valid_until: date | None
    is_valid: bool


def licences(page: queries.HolderPage, today: date) -> tuple[LicenceShown, ...]:
    """Give the licences of a holder, those that hold today marked."""
    return tuple(
        LicenceShown(
            each.number,
            each.licence_type,
            each.valid_from,
            each.valid_until,
            each.is_valid_on(today),
        )
        for each in page.licences
    )


def history(page: queries.HolderPage) -> tuple[readings.VersionShown, ...]:
    """Give the states of knowledge about a holder, the newest first."""
    names = ("name", "kind", "place", "region", "country")
    return readings.history(
        [
            (
                each.known_at,
                each.corrected_by or each.source,
                each.reason,
                {name: getattr(each, name) for name in names},
            )
            for each in page.versions
        ]
    )


def as_typed(page: queries.HolderPage) -> dict[str, object]:
    """Give what is known of a holder as the form of a correction shows it.

    Where there is one licence it can be corrected; of several, a number is typed.
    """
    record = page.record
    names = ("kind", "name", "place", "region", "country")
    typed: dict[str, object] = {name: getattr(record, name) for name in names}
    typed |= {"number": page.number, "version": record.pk}
    if len(page.licences) == 1:
        (licence,) = page.licences
        typed |= {
            "licence_number": licence.number,
            "licence_type": licence.licence_type,
            "valid_from": licence.valid_from,
            "valid_until": licence.valid_until,
        }
    return typed
