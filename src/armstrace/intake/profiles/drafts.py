"""From a proposal, and what a person made of it, to the text of a profile."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from armstrace.intake import file_names
from armstrace.intake.dates import DateOrder
from armstrace.intake.fields import IntakeKind, Shape, by_name
from armstrace.intake.profiles.editing import write_toml
from armstrace.intake.profiles.propose import Proposal
from armstrace.intake.profiles.schema import Profile, read_profile
from armstrace.intake.profiles.scored_table import GIVES_TOO
from armstrace.intake.tables.heading_words import meanings


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person adds to a proposal to make it a profile."""

    name: str
    source: str
    # Heading to canonical field, corrected; those that stand for no field are kept in
    # the notes.
    columns: dict[str, str]
    # Field to (value, reason).
    constants: dict[str, tuple[str, str]]
    # Heading to the reason why it is left out.
    ignored: Mapping[str, str] = field(default_factory=dict)
    # As a person states it; as proposed where None.
    date_order: DateOrder | None = None
    # Field to wording to code, as a person states it.
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    agency: str = ""
    country: str = ""
    # The last of the hundred years that two digits may mean; as proposed where None.
    two_digit_years: int | None = None
    # The source whose numbers the rows use for arms, where it is another one.
    register: str = ""


def accept(proposal: Proposal, *, source: str, register: str = "") -> Draft:
    """Take a proposal as it is."""
    columns = {each.heading: each.field for each in proposal.columns if each.field}
    stated = {
        name: (each.value, str(each.reason)) for name, each in proposal.stated.items()
    }
    name = file_names.shorten(proposal.name)
    return Draft(name, source, columns, stated, register=register)


def profile_text(proposal: Proposal, draft: Draft) -> str:
    """Write a proposal and what a person added to it as a profile's TOML."""
    fields = by_name(proposal.kind)
    several: dict[str, list[str]] = {}
    for heading, name in draft.columns.items():
        several.setdefault(name, []).append(heading)
    joined = {
        name: headings
        for name, headings in several.items()
        if len(headings) > 1 and name in fields and fields[name].shape is Shape.TEXT
    }
    order, latest = draft.date_order, draft.two_digit_years
    told = {
        "name": draft.name,
        "kind": proposal.kind.value,
        "source": draft.source,
        "register": draft.register,
        "agency": draft.agency,
        "country": draft.country,
        "date_order": (proposal.date_order if order is None else order).value,
        "two_digit_years": proposal.two_digit_years if latest is None else latest,
        "buddhist_years": proposal.buddhist_years,
        "numbers_rows": proposal.numbers_rows and "source_number" in several,
        "recognise": list(filter(draft.columns.get, draft.columns)),
        "columns": {
            heading: _fields_of(heading, name, several)
            for heading, name in draft.columns.items()
            if name and name not in joined
        },
        "joined": joined,
        "ignored": dict(draft.ignored),
        "constants": {
            name: {"value": value, "reason": reason}
            for name, (value, reason) in draft.constants.items()
        },
        "values": draft.values,
    }
    return write_toml({name: value for name, value in told.items() if value})


def _fields_of(
    heading: str, name: str, several: Mapping[str, list[str]]
) -> str | list[str]:
    """Give the fields of a column: “date and place” gives both, if none else does."""
    also = GIVES_TOO.get(name)
    if also and also not in several:
        return [also, name]
    if name != "recovered_on" or "place" in several:
        return name
    return [name, "place"] if {"DATE", "PLACE"} <= meanings(heading).found else name


def constant_text(name: str, value: str, reason: str) -> str:
    """Write what holds for every row as a part of a profile's TOML."""
    return write_toml({"constants": {name: {"value": value, "reason": reason}}})


def with_agency(profile: Profile, agency: str) -> Profile:
    """Let a profile say whose the rows are that state no agency; its own word stays."""
    if not agency or profile.agency or profile.kind is not IntakeKind.RECOVERIES:
        return profile
    text = write_toml({"agency": agency}) + profile.text
    return read_profile(text, origin=profile.name)
