"""What came before, indexed by what later declarations share with it.

Each declaration is asked first and added after, in the order of their days, so that
a run over many takes time in proportion to their number. What lies before the
longest window is dropped where it is met.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from armstrace.analysis.risk import words
from armstrace.analysis.risk.declarations import Declaration
from armstrace.vocabulary.risk import Find

CONTACTS = ("phone", "email", "account")
MIXED = (*CONTACTS, "conveyance_number", "consignor", "consignee_address")
LONGEST_DAYS = 180
ARMS = "93"


@dataclass(frozen=True, slots=True)
class Sent:
    """One earlier parcel to an address."""

    # As ``date.toordinal`` counts.
    day: int
    # Key of the name that it was for; empty where none was stated.
    to: str
    # Key of who sent it; empty where none was stated.
    by: str
    parts: frozenset[str]
    kg: Decimal | None


@dataclass(slots=True)
class History:
    """Earlier declarations and what examinations of them found."""

    consignors: set[str] = field(default_factory=set)
    sell_arms: set[str] = field(default_factory=set)
    sent: dict[str, list[Sent]] = field(default_factory=dict)
    drawn: dict[str, Decimal] = field(default_factory=dict)
    certificates: dict[str, str] = field(default_factory=dict)
    found: dict[tuple[str, str], Find] = field(default_factory=dict)

    def sent_to(self, declaration: Declaration, days: float) -> list[Sent]:
        """Give what went to an address in the days before a declaration."""
        if declaration.declared_on is None:
            return []
        kept = self.sent.get(cluster(declaration), ())
        since = declaration.declared_on.toordinal() - days
        return [each for each in kept if each.day >= since]

    def add(self, declaration: Declaration) -> None:
        """Remember a declaration; ask of it before."""
        by = sender(declaration)
        if by:
            self.consignors.add(by)
            if sells_arms(declaration):
                self.sell_arms.add(by)
        if declaration.licence and declaration.quantity is not None:
            drawn = self.drawn.get(declaration.licence, Decimal(0))
            self.drawn[declaration.licence] = drawn + declaration.quantity
        if declaration.end_user_certificate:
            to = receiver(declaration)
            self.certificates.setdefault(declaration.end_user_certificate, to)
        place = cluster(declaration)
        if place and declaration.declared_on is not None:
            day, parts = declaration.declared_on.toordinal(), parts_in(declaration)
            to, kg = receiver(declaration), declaration.weight_kg
            self._remember(place, Sent(day, to, by, parts, kg))

    def _remember(self, place: str, one: Sent) -> None:
        kept = self.sent.setdefault(place, [])
        if kept and kept[0].day < one.day - LONGEST_DAYS:
            kept[:] = [each for each in kept if each.day >= one.day - LONGEST_DAYS]
        kept.append(one)

    def add_find(self, declaration: Declaration, find: Find) -> None:
        """Remember what an examination found of a declaration."""
        if find is Find.NOTHING:
            return
        for name, value in links(declaration):
            was = self.found.get((name, value))
            if was is None or not was.is_arms:
                self.found[name, value] = find


def parts_in(declaration: Declaration) -> frozenset[str]:
    """Give the kinds of part that a description names."""
    return words.read(declaration.description or "").parts


def sells_arms(declaration: Declaration) -> bool:
    """Tell whether goods are arms or parts of arms, by their code or their words."""
    if (declaration.hs_code or "").startswith(ARMS):
        return True
    return words.read(declaration.description or "").names_arms


def sender(declaration: Declaration) -> str:
    """Give the key of who sends goods; empty where nobody is stated."""
    return words.key(declaration.consignor or "")


def receiver(declaration: Declaration) -> str:
    """Give the key of who receives goods; empty where nobody is stated."""
    return words.key(declaration.consignee or "")


def cluster(declaration: Declaration) -> str:
    """Give the key of where goods go: the address; the name where none is stated."""
    return words.key(declaration.consignee_address or declaration.consignee or "")


def links(declaration: Declaration) -> Iterable[tuple[str, str]]:
    """Give what may link a declaration to others: field and key."""
    for name in MIXED:
        value = getattr(declaration, name)
        if value:
            yield name, words.key(value)
