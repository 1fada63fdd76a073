"""One holder as its page shows it."""

from armstrace.licensing import queries
from armstrace.web.marks import readings


def history(page: queries.HolderPage) -> tuple[readings.VersionShown, ...]:
    names = ("name", "kind", "place", "region", "country")
    return readings.history_of(page.versions, names)


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
