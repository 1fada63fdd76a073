"""Read profiles, and say what is wrong with a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from armstrace.vocabulary.arms import HolderKind, LifeEventKind, Passing
from armstrace.vocabulary.certificates import CertificateKind
from armstrace.vocabulary.custody import WayOut
from armstrace.vocabulary.errors import InvalidInput, NotFound
from armstrace.vocabulary.files import text_of
from armstrace.vocabulary.licensing import Department, LicenceType, Side
from armstrace.vocabulary.messages import Message, message
from armstrace.vocabulary.profiles.deactivating import (
    DeactivationStandard,
    PartsInoperable,
)
from armstrace.vocabulary.profiles.provisions import (
    AdviceAsked,
    Appeal,
    Category,
    CountedFrom,
    Deadline,
    Definition,
    DisposalAsked,
    Element,
    LicenceAsked,
    LicenceCheck,
    MarkingAsked,
    Offence,
    RecordClass,
    Retention,
    RiskSetting,
    SecondPerson,
    TechniqueBasis,
    VettingAsked,
    in_force,
    years_after,
)
from armstrace.vocabulary.profiles.tables import TABLES, problems_of, provision_of
from armstrace.vocabulary.profiles.transferring import TransferAsked
from armstrace.vocabulary.toml_texts import read_toml
from armstrace.vocabulary.transfers import Direction, Moment
from armstrace.vocabulary.vetting import Capacity

# What a profile calls its tables, where not by their name in the file and an s.
FIELDS = {"risk": "risk", "category": "categories"}


@dataclass(frozen=True, slots=True)
class Profile:
    """The law of one jurisdiction, as dated data."""

    code: str
    name: str
    definitions: tuple[Definition, ...]
    retentions: tuple[Retention, ...]
    deadlines: tuple[Deadline, ...]
    offences: tuple[Offence, ...]
    elements: tuple[Element, ...] = ()
    licences: tuple[LicenceAsked, ...] = ()
    markings: tuple[MarkingAsked, ...] = ()
    risk: tuple[RiskSetting, ...] = ()
    techniques: tuple[TechniqueBasis, ...] = ()
    second_persons: tuple[SecondPerson, ...] = ()
    vettings: tuple[VettingAsked, ...] = ()
    checks: tuple[LicenceCheck, ...] = ()
    advices: tuple[AdviceAsked, ...] = ()
    appeals: tuple[Appeal, ...] = ()
    categories: tuple[Category, ...] = ()
    transfers: tuple[TransferAsked, ...] = ()
    disposals: tuple[DisposalAsked, ...] = ()
    deactivations: tuple[DeactivationStandard, ...] = ()
    inoperables: tuple[PartsInoperable, ...] = ()

    def retentions_of(self, record: RecordClass, on: date) -> tuple[Retention, ...]:
        """Give the rules on how long a class of record is kept, as of a day."""
        rules = in_force(self.retentions, on)
        return tuple(rule for rule in rules if rule.record is record)

    def kept_until(
        self, record: RecordClass, begun: Mapping[CountedFrom, date], on: date
    ) -> date | None:
        """Give the last day on which any rule in force asks to keep a record.

        Args:
            begun: The days from which periods run, as far as they have come.

        Returns:
            The day; None where a rule asks to keep it for ever or from a day that
            has not come, or where no rule speaks of that class.
        """
        rules = self.retentions_of(record, on)
        days = [begun.get(rule.counted_from) for rule in rules]
        ends = [r.until(day) for r, day in zip(rules, days, strict=True) if day]
        known = [end for end in ends if end]
        return max(known) if known and len(known) == len(rules) else None

    def deadline_days(self, code: str, on: date) -> int | None:
        """Give the days within which something is due, None where no rule says."""
        found = self.deadline(code, on)
        return found.days if found else None

    def deadline(self, code: str, on: date) -> Deadline | None:
        """Give the shortest time within which something is due; None where no rule."""
        rules = [d for d in in_force(self.deadlines, on) if d.code == code]
        return min(rules, key=lambda rule: rule.days, default=None)

    def last_antique_year(self, on: date) -> int | None:
        """Give the last year of manufacture of antiques, None where no rule says."""
        years = [
            d.last_year
            for d in in_force(self.definitions, on)
            if d.term == "ANTIQUE" and d.last_year is not None
        ]
        return min(years, default=None)

    def offences_on(self, on: date) -> tuple[Offence, ...]:
        """Give the offences of the law of a day."""
        return in_force(self.offences, on)

    def elements_of(self, offence: str, on: date) -> tuple[Element, ...]:
        """Give the elements that made an offence on a day."""
        rules = in_force(self.elements, on)
        return tuple(rule for rule in rules if rule.offence == offence)

    def licences_asked(
        self, side: Side, kind: HolderKind, on: date, manner: Passing | None = None
    ) -> tuple[LicenceAsked, ...]:
        """Give the provisions on licences of a side of an act on a day."""
        rules = in_force(self.licences, on)
        return tuple(rule for rule in rules if rule.is_asked_of(side, kind, manner))

    def vetting_until(self, capacity: Capacity, on: date) -> date | None:
        """Give the last day on which an answer of a day holds, None where no rule says.

        Args:
            on: The day of the answer.
        """
        rules = in_force(self.vettings, on)
        years = [rule.years for rule in rules if capacity in rule.capacities]
        return years_after(on, min(years)) if years else None

    def checks_of(self, activity: LicenceType, on: date) -> tuple[LicenceCheck, ...]:
        """Give the checks of applications for a licence on a day."""
        rules = in_force(self.checks, on)
        return tuple(rule for rule in rules if activity in rule.activities)

    def transfers_asked(
        self, direction: Direction, moment: Moment, on: date
    ) -> tuple[TransferAsked, ...]:
        """Give what is to be in order on a day before an act of a transfer."""
        rules = in_force(self.transfers, on)
        return tuple(
            rule
            for rule in rules
            if direction in rule.directions and moment in rule.moments
        )

    def departments_of(self, activity: LicenceType, on: date) -> tuple[Department, ...]:
        """Give the departments that are heard on a licence on a day, each once."""
        rules = in_force(self.advices, on)
        heard = (rule.departments for rule in rules if activity in rule.activities)
        return tuple(dict.fromkeys(each for some in heard for each in some))

    def appeal(self, on: date) -> Appeal | None:
        """Give how refusals of a day are appealed; None where no rule says."""
        return next(iter(in_force(self.appeals, on)), None)

    def markings_asked(
        self, event: LifeEventKind, on: date
    ) -> tuple[MarkingAsked, ...]:
        """Give the provisions on the marks that an event of a day asks for."""
        rules = in_force(self.markings, on)
        return tuple(rule for rule in rules if rule.event is event)

    def disposals_by(self, way: WayOut, on: date) -> tuple[DisposalAsked, ...]:
        """Give what is asked of a way out of custody; nothing where it is not one."""
        return tuple(rule for rule in in_force(self.disposals, on) if way in rule.ways)

    def asks_two_people(self, kind: CertificateKind, on: date) -> bool:
        """Tell whether another person than who asked signs a kind of certificate."""
        rules = in_force(self.second_persons, on)
        return any(kind in rule.certificates for rule in rules)

    def asks_two_for_procedures(self, on: date) -> bool:
        """Tell whether another person than who kept a procedure puts it into use."""
        return all(rule.procedures for rule in in_force(self.second_persons, on))


def profile_names() -> tuple[str, ...]:
    """Name the profiles that come with the product."""
    folder = resources.files(__package__)
    names = (item.name for item in folder.iterdir() if item.name.endswith(".toml"))
    return tuple(sorted(name.removesuffix(".toml") for name in names))


@lru_cache(maxsize=16)
def load(name: str) -> Profile:
    """Load a shipped profile by name.

    Raises:
        InvalidInput: The file does not validate.
    """
    if name not in profile_names():
        msg = message(
            "There is no profile %(name)s; choose one of %(known)s.",
            name=repr(name),
            known=tuple(profile_names()),
        )
        raise NotFound(msg)
    text = resources.files(__package__).joinpath(f"{name}.toml").read_text("utf-8")
    return _profile(_parse(text, f"{name}.toml"), f"{name}.toml")


def find(name: str, folder: Path) -> Profile:
    """Load a profile by name: a file of one's own goes before a shipped one.

    Args:
        name: The profile's name, which is its file's name without ``.toml``.
        folder: Where one's own profiles lie.

    Raises:
        InvalidInput: The file does not validate.
    """
    own = folder / f"{name}.toml"
    return load_file(own) if own.exists() else load(name)


def text_in_use(name: str, folder: Path) -> str:
    """Give the text of the file that ``find`` reads."""
    own = folder / f"{name}.toml"
    if own.exists():
        return text_of(own)
    return resources.files(__package__).joinpath(f"{name}.toml").read_text("utf-8")


def load_text(text: str, name: str) -> Profile:
    """Make a profile of the text of its file.

    Raises:
        InvalidInput: It does not validate; says the first fault.
    """
    return _profile(_parse(text, name), name)


def load_file(path: Path) -> Profile:
    """Load a profile of one's own.

    Raises:
        InvalidInput: It cannot be read or does not validate.
    """
    return load_text(text_of(path), path.name)


def check_file(path: Path) -> list[Message]:
    """Say what is wrong with a profile file; nothing where it is sound."""
    try:
        return list(problems_of(_parse(text_of(path), path.name), path.name))
    except InvalidInput as error:
        return [error.message]


def load_sound(text: str, name: str) -> Profile:
    """Make a profile of the text of its file.

    Raises:
        InvalidInput: It does not validate; says every fault.
    """
    table: dict[str, Any] = {}
    try:
        table = _parse(text, name)
        faults = list(problems_of(table, name))
    except InvalidInput as error:
        faults = [error.message]
    if faults:
        msg = message("The profile has faults: %(faults)s", faults=tuple(faults[:20]))
        raise InvalidInput(msg, field="file")
    return _profile(table, name)


def _parse(text: str, name: str) -> dict[str, Any]:
    """Read a profile, with the rows of the tables that it shares with others."""
    table = _read(text, name)
    for shared in table.pop("includes", ()):
        file = resources.files(__package__).joinpath("shared", f"{shared}.toml")
        if not file.is_file():
            msg = message(
                "%(name)s includes %(shared)s, which does not come with Armstrace; "
                "leave it out.",
                name=name,
                shared=shared,
            )
            raise InvalidInput(msg)
        for key, rows in _read(file.read_text("utf-8"), shared).items():
            table[key] = [*table.get(key, ()), *rows]
    return table


def _read(text: str, name: str) -> dict[str, Any]:
    try:
        return read_toml(text)
    except ValueError as error:
        msg = message(
            "%(name)s is not valid TOML: %(error)s.", name=name, error=str(error)
        )
        raise InvalidInput(msg) from error


def _profile(table: dict[str, Any], name: str) -> Profile:
    problems = list(problems_of(table, name))
    if problems:
        raise InvalidInput(problems[0])
    read: dict[str, Any] = {
        FIELDS.get(key, f"{key}s"): tuple(
            provision_of(kind, row) for row in table.get(key, ())
        )
        for key, kind in TABLES.items()
    }
    return Profile(table["code"], table["name"], **read)
