"""The terms of a licence: locked, and said anew."""

from dataclasses import dataclass

from armstrace.audit import ledger
from armstrace.licensing.models import Licence, LicenceTerms
from armstrace.records import closing
from armstrace.vocabulary.errors import NotFound
from armstrace.vocabulary.messages import message


@dataclass(frozen=True, slots=True)
class Held:
    """A licence with its terms; a register gives none."""

    licence: Licence
    terms: LicenceTerms | None


def lock(number: str) -> Held:
    """Give a licence, locked until the transaction ends.

    Raises:
        NotFound: There is no licence of that number.
    """
    rows = Licence.objects.current().filter(number=number)
    licence = rows.select_for_update().first()
    if licence is None:
        msg = message(
            "There is no licence with the number %(number)s; look at the holder.",
            number=number,
        )
        raise NotFound(msg)
    return Held(licence, LicenceTerms.objects.current().filter(number=number).first())


def say_anew(entry: ledger.Entry, *, number: str, **columns: object) -> LicenceTerms:
    """End the terms that stand, and keep those that hold from now on.

    Args:
        columns: What is said now; the rest stays as it stands.
    """
    was = LicenceTerms.objects.current().filter(number=number).first()
    told = was or LicenceTerms(number=number)
    columns = {"source": entry.by.agency, "reason": "", "ground": "", **columns}
    return closing.succeed(was, told.next_version(**columns), entry)
