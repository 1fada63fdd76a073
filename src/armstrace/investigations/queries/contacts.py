"""Whom to call about what is not shown."""

from collections.abc import Iterable
from dataclasses import dataclass

from armstrace.accounts import queries as accounts
from armstrace.vocabulary.actors import Actor


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to call, and where.

    Args:
        person: Sign-in name; empty where nobody is named.
        agency: Code of the agency.
    """

    person: str
    agency: str
    agency_name: str
    telephone: str


def contacts(
    named: Iterable[tuple[str, str]], viewer: Actor
) -> dict[tuple[str, str], Contact]:
    """Give who is called of some people and their agencies."""
    wanted = sorted(set(named))
    agencies = {agency for _, agency in wanted}
    known = accounts.agency_contacts(agencies, viewer=viewer)
    return {
        (person, code): Contact(person, code, *known.get(code, (code, "")))
        for person, code in wanted
    }
