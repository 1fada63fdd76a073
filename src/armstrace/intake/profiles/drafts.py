"""From a proposal, and what a person made of it, to the text of a profile."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from armstrace.intake.dates import DateOrder
from armstrace.intake.fields import IntakeKind, Shape, by_name
from armstrace.intake.profiles.propose import Proposal
from armstrace.intake.profiles.schema import Profile, read_profile


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


def accept(proposal: Proposal, *, source: str) -> Draft:
    """Take a proposal as it is."""
    columns = {each.heading: each.field for each in proposal.columns if each.field}
    stated = {
        name: (each.value, str(each.reason)) for name, each in proposal.stated.items()
    }
    return Draft(proposal.name, source, columns, stated)


def profile_text(proposal: Proposal, draft: Draft) -> str:
    """Write a proposal and what a person added to it as a profile's TOML."""
    order = proposal.date_order if draft.date_order is None else draft.date_order
    return "\n".join(_lines(proposal, draft, order)) + "\n"


def constant_text(name: str, value: str, reason: str) -> str:
    """Write what holds for every row as a part of a profile's TOML."""
    return "\n".join(_table(f"constants.{name}", {"value": value, "reason": reason}))


def with_agency(profile: Profile, agency: str) -> Profile:
    """Let a profile say whose the rows are that state no agency.

    Args:
        profile: The profile; what it says itself of the agency stays.
    """
    if not agency or profile.agency or profile.kind is not IntakeKind.RECOVERIES:
        return profile
    text = f"agency = {_quote(agency)}\n{profile.text}"
    return read_profile(text, origin=profile.name)


def _lines(proposal: Proposal, draft: Draft, order: DateOrder) -> Iterator[str]:
    kind = proposal.kind
    named = {heading: name for heading, name in draft.columns.items() if name}
    yield f"name = {_quote(draft.name)}"
    yield f"kind = {_quote(kind.value)}"
    yield f"source = {_quote(draft.source)}"
    if draft.agency:
        yield f"agency = {_quote(draft.agency)}"
    if draft.country:
        yield f"country = {_quote(draft.country)}"
    yield f"date_order = {_quote(order.value)}"
    yield from _how_written(proposal, draft)
    yield f"recognise = {json.dumps(list(named), ensure_ascii=False)}"
    joined = _join(kind, named)
    alone = {each: name for each, name in named.items() if name not in joined}
    yield from _table("columns", alone)
    if joined:
        yield ""
        yield "[joined]"
        for name, headings in joined.items():
            yield f"{name} = {json.dumps(headings, ensure_ascii=False)}"
    yield from _table("ignored", draft.ignored)
    for name, (value, reason) in draft.constants.items():
        yield from _table(f"constants.{name}", {"value": value, "reason": reason})
    for name, words in draft.values.items():
        yield from _table(f"values.{name}", words)


def _how_written(proposal: Proposal, draft: Draft) -> Iterator[str]:
    latest = draft.two_digit_years
    latest = proposal.two_digit_years if latest is None else latest
    if latest:
        yield f"two_digit_years = {latest}"
    if proposal.numbers_rows and "source_number" in draft.columns.values():
        yield "numbers_rows = true"


def _join(kind: IntakeKind, named: Mapping[str, str]) -> dict[str, list[str]]:
    """Give the texts that several columns make together."""
    several: dict[str, list[str]] = {}
    for heading, name in named.items():
        several.setdefault(name, []).append(heading)
    fields = by_name(kind)
    return {
        name: headings
        for name, headings in several.items()
        if len(headings) > 1 and name in fields and fields[name].shape is Shape.TEXT
    }


def _table(name: str, pairs: Mapping[str, str]) -> Iterator[str]:
    if not pairs:
        return
    yield ""
    yield f"[{name}]"
    for key, value in pairs.items():
        is_plain = name.startswith("constants.")
        yield f"{key if is_plain else _quote(key)} = {_quote(value)}"


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
