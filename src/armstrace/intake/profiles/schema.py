"""A column profile: how the columns of one kind of file are understood.

A profile is a TOML file. What the file does not say, the profile states as a
constant with its reason; nothing is guessed.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import astuple, dataclass, field, fields, replace
from functools import cached_property
from typing import Any

from armstrace.intake import dates
from armstrace.intake.fields import FIELDS, IntakeKind, Shape, by_name
from armstrace.intake.profiles.kind_rules import LOSSES, KindRule, faults_of, read_rule
from armstrace.intake.tables.headings import fold
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.field_words import words_of
from armstrace.vocabulary.messages import Message, message, no_code
from armstrace.vocabulary.recoveries import CriminalContext, LegalJustification
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.texts import is_reason
from armstrace.vocabulary.toml_texts import read_toml

SAID = Sentences(__package__)
# How the names of profiles for the headings of Armstrace begin: where they name no
# columns, each field stands under its own name.
OWN = "armstrace-"
SHEET_DATE_STYLES = ("D/M", "M/YY", "M/YYYY", "ISO")


@dataclass(frozen=True, slots=True)
class Constant:
    """What the file does not say and the profile states."""

    value: str
    # Why it holds for every row.
    reason: str


@dataclass(frozen=True, slots=True)
class OffenceRule:
    """Which legal justification and context an offence's wording stands for."""

    # Folded wordings, any of which the offence contains as whole words.
    words: tuple[str, ...]
    # A code, or empty where the wording gives none.
    justification: str = ""
    # Codes; several may hold.
    contexts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flag:
    """A wording that a person should look at; the row loads with a note."""

    # The canonical field in which the wording stands.
    field: str
    # Folded wordings, any of which it contains as whole words.
    words: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Profile:
    """How the columns of a file are understood."""

    # Short name, as ``--profile`` takes it.
    name: str
    kind: IntakeKind
    # Who states the rows; with their number it is their identity.
    source: str
    title: str = ""
    # The source whose numbers the rows use for arms, where it is another one.
    register: str = ""
    agency: str = ""
    country: str = ""
    # Which comes first in ``01/03/2019``.
    date_order: dates.DateOrder = dates.DateOrder.NOT_STATED
    # The last of the hundred years that two digits may mean; 0 where such years are not
    # read.
    two_digit_years: int = 0
    # Whether years from 2400 to 2599 are counted in the Buddhist era.
    buddhist_years: bool = False
    # Whether the file's numbers count its rows alone, so that the file's name stands
    # before each as the number of the record.
    numbers_rows: bool = False
    encoding: str = ""
    sheet: str = ""
    list_separator: str = ""
    # Source column to the canonical fields it gives.
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # Canonical field to columns whose texts are joined by a comma.
    joined: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ignored: Mapping[str, str] = field(default_factory=dict)
    # Canonical field to what the profile states.
    constants: Mapping[str, Constant] = field(default_factory=dict)
    # Canonical field to folded wording to canonical value.
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    # How a text field was typed that the spreadsheet program turned into a date: field
    # to one of ``SHEET_DATE_STYLES``.
    sheet_dates: Mapping[str, str] = field(default_factory=dict)
    notes_from: tuple[str, ...] = ()
    # First rule that fits gives the justification; every rule that fits adds its
    # contexts.
    offence_rules: tuple[OffenceRule, ...] = ()
    flags: tuple[Flag, ...] = ()
    # Why a row is on file, where no column says so by itself; the first that fits
    # decides.
    kind_rules: tuple[KindRule, ...] = ()
    # Headings by which a file is known to be of this profile.
    recognise: tuple[str, ...] = ()
    # The TOML text that it was read from, and what stands in it.
    text: str = ""
    told: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def arm_source(self) -> str:
        """The source whose numbers the rows use for arms."""
        return self.register or self.source

    @cached_property
    def known_headings(self) -> frozenset[str]:
        """Folded headings that the profile says something about."""
        named = [*self.columns, *self.ignored, *self.notes_from]
        named += [column for columns in self.joined.values() for column in columns]
        named += [column for rule in self.kind_rules for column in rule.columns]
        return frozenset(map(fold, named))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of what the profile says, so that a batch can name it."""
        said = {name: getattr(self, name) for name in KEYS}
        text = json.dumps(said, sort_keys=True, default=_plain, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


KEYS = frozenset(each.name for each in fields(Profile)) - {"text", "told"}


def _plain(value: object) -> object:
    if isinstance(value, Constant | OffenceRule | Flag):
        return list(astuple(value))
    return str(value)


def read_profile(text: str, *, origin: str) -> Profile:
    """Read a profile and check it.

    Raises:
        InvalidInput: The text is no profile; the sentence names the first fault.
    """
    try:
        told = read_toml(text)
    except ValueError as why:
        msg = SAID.say("NOT_TOML", origin=origin, why=str(why))
        raise InvalidInput(msg) from why
    try:
        profile = replace(_built(dict(told)), text=text, told=told)
    except (InvalidInput, KeyError, TypeError, ValueError, AttributeError) as why:
        msg = SAID.say("NOT_A_PROFILE", origin=origin, why=_say(why))
        raise InvalidInput(msg) from why
    for fault in faults(profile):
        msg = message("%(origin)s: %(fault)s", origin=origin, fault=fault)
        raise InvalidInput(msg)
    return profile


def _say(fault: Exception) -> Message:
    match fault:
        case InvalidInput():
            return fault.message
        case KeyError():
            return message("%(key)s is missing", key=str(fault.args[0]))
    return message("a value is of the wrong kind (%(told)s)", told=str(fault))


def _built(told: dict[str, Any]) -> Profile:
    for strange in sorted(told.keys() - KEYS):
        raise InvalidInput(message("the key %(key)s is not known", key=strange))
    for needed in ("name", "kind", "source"):
        if not told.get(needed):
            raise KeyError(needed)
    if told["name"].startswith(OWN):
        told.setdefault("columns", {name: name for name in by_name(told["kind"])})
    return Profile(
        **{
            key: _READ[key](each) if key in _READ else each
            for key, each in told.items()
        }
    )


def _lists(given: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {
        name: (value,) if isinstance(value, str) else tuple(value)
        for name, value in given.items()
    }


def _constants(given: dict[str, Any]) -> dict[str, Constant]:
    return {
        name: Constant(each["value"], each["reason"]) for name, each in given.items()
    }


def _words(given: dict[str, Any]) -> dict[str, dict[str, str]]:
    return {
        name: {fold(word): value for word, value in each.items()}
        for name, each in given.items()
    }


def _rule(given: dict[str, Any]) -> OffenceRule:
    return OffenceRule(
        words=tuple(map(fold, given["words"])),
        justification=given.get("justification", ""),
        contexts=tuple(given.get("contexts", ())),
    )


def _flag(given: dict[str, Any]) -> Flag:
    return Flag(given["field"], tuple(map(fold, given["words"])), given["note"])


def _each(read: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    return lambda given: tuple(map(read, given))


# What stands otherwise in the file than in the profile.
_READ: dict[str, Callable[[Any], Any]] = {
    "kind": IntakeKind,
    "date_order": dates.DateOrder,
    "columns": _lists,
    "joined": _lists,
    "constants": _constants,
    "values": _words,
    "notes_from": tuple,
    "recognise": tuple,
    "offence_rules": _each(_rule),
    "flags": _each(_flag),
    "kind_rules": _each(read_rule),
}


def faults(profile: Profile) -> Iterator[Message]:
    """Say in sentences what is wrong with a profile, first things first."""
    checks: tuple[Callable[[Profile], Iterator[Message]], ...] = (
        _field_faults, _value_faults, _rule_faults, _identity_faults,
    )  # fmt: skip
    for check in checks:
        yield from check(profile)


def _field_faults(profile: Profile) -> Iterator[Message]:
    known = by_name(profile.kind)
    named = {name for names in profile.columns.values() for name in names}
    named |= {*profile.joined, *profile.constants, *profile.values}
    named |= {*profile.sheet_dates, *(flag.field for flag in profile.flags)}
    for name in sorted(named - set(known)):
        yield SAID.say("NO_FIELD", name=name, kind=profile.kind, names=_names(profile))
    given = [name for names in profile.columns.values() for name in names]
    for name in sorted({name for name in given if given.count(name) > 1}):
        yield message("two columns give %(name)s; join them under [joined].", name=name)
    for column, reason in profile.ignored.items():
        if not is_reason(reason):
            yield SAID.say("NO_REASON", column=column)


def _names(profile: Profile) -> str:
    return ", ".join(each.name for each in FIELDS[profile.kind])


def _value_faults(profile: Profile) -> Iterator[Message]:
    for name, constant in profile.constants.items():
        if not is_reason(constant.reason):
            yield message("the constant %(name)s has no reason.", name=name)
        yield from _code_faults(profile, name, constant.value)
    for name, words in profile.values.items():
        for value in words.values():
            yield from _code_faults(profile, name, value)
    for name, style in profile.sheet_dates.items():
        if style not in SHEET_DATE_STYLES:
            yield (
                SAID.say(
                    "NO_STYLE",
                    name=name,
                    style=style,
                    names=", ".join(SHEET_DATE_STYLES),
                )
            )


def _code_faults(profile: Profile, name: str, value: str) -> Iterator[Message]:
    wanted = by_name(profile.kind)[name]
    if wanted.codes is None or not value or wanted.shape is Shape.CODES:
        return
    if name == "recovery_kind" and value in LOSSES:
        return
    if value not in wanted.codes:
        yield no_code(value, name, wanted.codes)


def _rule_faults(profile: Profile) -> Iterator[Message]:
    justifications = {"", *(code for code, _ in LegalJustification.choices())}
    contexts = {code for code, _ in CriminalContext.choices()}
    yield from faults_of(profile.kind_rules)
    for rule in profile.offence_rules:
        if not any(rule.words):
            yield message("an offence rule has no words.")
        if rule.justification not in justifications:
            yield SAID.say("NO_JUSTIFICATION", justification=rule.justification)
        for context in rule.contexts:
            if context not in contexts:
                yield message("%(context)s is not a criminal context.", context=context)


def _identity_faults(profile: Profile) -> Iterator[Message]:
    latest = profile.two_digit_years
    if latest and not dates.EARLIEST_YEAR <= latest <= dates.LATEST_YEAR:
        yield SAID.say("IMPOSSIBLE_YEARS", year=latest)
    if len(profile.source) > 80:
        yield message("source has more than 80 characters.")
    if not profile.columns and not profile.joined:
        yield message("no column is mapped.")


def lacks(profile: Profile) -> Iterator[Message]:
    """Say which needed fields a profile leaves open; it would load no row."""
    given = {name for names in profile.columns.values() for name in names}
    given |= {*profile.joined}
    given |= {name for name, each in profile.constants.items() if each.value}
    for wanted in FIELDS[profile.kind]:
        if wanted.is_required and wanted.name not in given:
            yield SAID.say("FIELD_OPEN", field=words_of(wanted.name))
