"""The kinds of provision that a profile holds; each is dated and sourced."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from typing import Protocol

from armstrace.vocabulary.arms import HolderKind, LifeEventKind, Passing
from armstrace.vocabulary.builds import Action, Bore, Ignition, Length, Trait
from armstrace.vocabulary.certificates import CertificateKind
from armstrace.vocabulary.codes import Code
from armstrace.vocabulary.custody import WayOut
from armstrace.vocabulary.disposal import ConditionKind
from armstrace.vocabulary.licensing import (
    CheckKind,
    Department,
    DocumentKind,
    LicenceType,
    Side,
)
from armstrace.vocabulary.techniques import Technique
from armstrace.vocabulary.vetting import Capacity


class RecordClass(Code):
    """What kind of record a retention rule speaks of."""

    MANUFACTURE = "MANUFACTURE", "manufacture"
    TRANSFER = "TRANSFER", "holders and transfers"
    AUTHORISATION = "AUTHORISATION", "export, import and transit authorisations"
    BROKERING = "BROKERING", "brokers and brokering"
    HOLDER = "HOLDER", "persons who hold or held arms"
    LICENCE = "LICENCE", "licences"
    DEACTIVATION = "DEACTIVATION", "deactivation certificates"
    EXHIBIT = "EXHIBIT", "custody of exhibits"
    PERSON = "PERSON", "persons named in a recovery"
    CONSULTATION = "CONSULTATION", "reasons given for looking"
    HELD_ROW = "HELD_ROW", "rows of files that were held"
    RECOVERY = "RECOVERY", "recoveries and traces"
    STOCKPILE = "STOCKPILE", "counts of State arms"
    REFUSAL = "REFUSAL", "refused applications"


class CountedFrom(Code):
    """The day from which a period runs."""

    RECORD = "RECORD", "the record"
    DESTRUCTION = "DESTRUCTION", "the destruction of the arm"
    OPENED = "OPENED", "the day it was opened"
    SENT = "SENT", "the day it was sent"
    DEPARTURE = "DEPARTURE", "the day the goods left"


class Strength(Code):
    """What comes of an act that a provision does not allow."""

    REFUSES = "REFUSES", "the act is refused"
    WARNS = "WARNS", "the act needs a reason"


class Duty(Code):
    """How strongly a provision binds the State."""

    SHALL = "SHALL", "a duty"
    SHALL_AS_ABLE = "SHALL_AS_ABLE", "a duty within domestic law or available means"
    CONSIDER = "CONSIDER", "the State shall consider"
    ENCOURAGED = "ENCOURAGED", "encouraged"
    MAY = "MAY", "may"
    DEFINITION = "DEFINITION", "a definition"
    PLEDGE = "PLEDGE", "a political commitment, not law"
    GUIDANCE = "GUIDANCE", "guidance, not law"
    SETTING = "SETTING", "a setting of this State"


class MarkAsked(Code):
    """What a mark has to tell."""

    MAKE = "MAKE", "the maker"
    MODEL = "MODEL", "the model"
    CALIBRE = "CALIBRE", "the calibre"
    SERIAL = "SERIAL", "the serial number"
    COUNTRY = "COUNTRY", "the country of manufacture"
    YEAR = "YEAR", "the year of manufacture"
    IMPORT_COUNTRY = "IMPORT_COUNTRY", "the country of import"
    IMPORT_YEAR = "IMPORT_YEAR", "the year of import"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """What every provision has."""

    # Instrument, article and paragraph.
    source: str
    # The first day on which it holds; None where it always did.
    valid_from: date | None = None
    # The last day; None while it holds.
    valid_until: date | None = None
    # Whether it was read in the instrument itself.
    is_verified: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition(Provision):
    """A term and the claims that make it true."""

    # Such as ``ARM`` or ``ANTIQUE``.
    term: str
    # The definition in this project's own words.
    words: str
    # For antiques: the last year of manufacture, None elsewhere.
    last_year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention(Provision):
    """How long a class of record is kept at least."""

    record: RecordClass
    # Whole years; None for indefinitely.
    years: int | None
    counted_from: CountedFrom
    # How strongly it binds; a setting is this State's own number.
    duty: Duty = Duty.SHALL

    def until(self, begun: date) -> date | None:
        """Give the last day of the period; None where it has no end.

        Args:
            begun: The day from which it runs; a 29th of February ends on the 28th.
        """
        return None if self.years is None else years_after(begun, self.years)

    def first_begin(self, on: date) -> date:
        """Give the first day that begins a period which runs on that day or later.

        Args:
            on: The day on which the law is asked; the period has ``years``.
        """
        year = on.year - (self.years or 0)
        if year < MINYEAR:
            return date.min
        try:
            return on.replace(year=year)
        except ValueError:
            return date(year, 3, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline(Provision):
    """Within how many days something is due."""

    # Such as ``TRACE_ANSWER``.
    code: str
    words: str
    days: int
    counted_from: CountedFrom
    # Whether it is this State's own choice, not a treaty's number.
    is_setting: bool = True
    # Whether the days are those on which offices of the country work.
    is_working: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Offence(Provision):
    """An offence that an instrument asks or lets a State create."""

    code: str
    words: str
    is_mandatory: bool
    # Code of the offence to consider too where a border was crossed.
    at_border: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Element(Provision):
    """One of the things that together make an offence."""

    # Code of the offence.
    offence: str
    code: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceAsked(Provision):
    """A licence that whoever receives, gives or makes an arm has to have."""

    licences: tuple[LicenceType, ...]
    # What comes of the act without it.
    strength: Strength
    receivers: tuple[HolderKind, ...] = ()
    givers: tuple[HolderKind, ...] = ()
    makers: tuple[HolderKind, ...] = ()
    # The ways of passing on for which it is asked, all where empty.
    manners: tuple[Passing, ...] = ()

    def is_asked_of(self, side: Side, kind: HolderKind, manner: Passing | None) -> bool:
        """Tell whether a side of an act has to have it.

        Args:
            manner: In what way the arm passes; None where it is made or comes here.
        """
        named = {
            Side.RECEIVER: self.receivers,
            Side.GIVER: self.givers,
            Side.MAKER: self.makers,
        }
        return kind in named[side] and (not self.manners or manner in self.manners)


@dataclass(frozen=True, slots=True, kw_only=True)
class Category(Provision):
    """A category of arms, and what puts an arm in it; what is empty asks nothing.

    Provisions are asked in their order, and the first that applies decides.
    """

    # By which it is cited, such as ``B4``.
    code: str
    # The category that a licence names, such as ``B``.
    category: str
    actions: tuple[Action, ...] = ()
    ignitions: tuple[Ignition, ...] = ()
    bores: tuple[Bore, ...] = ()
    traits: tuple[Trait, ...] = ()
    lengths: tuple[Length, ...] = ()
    # Rounds without reloading, with the one in the chamber.
    rounds_over: int | None = None
    # Millimetres.
    barrel_up_to: int | None = None
    overall_over: int | None = None
    overall_up_to: int | None = None
    # An arm is short whose barrel, or which as a whole, is no longer than this.
    short_barrel: int = 300
    short_overall: int = 600
    is_deactivated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceCheck(Provision):
    """What an application for a licence has to show."""

    # By which a refusal cites it.
    code: str
    asks: CheckKind
    # The licences of which it is asked.
    activities: tuple[LicenceType, ...]
    # Refuses where the law makes it a duty, warns where it is a setting.
    strength: Strength
    # The kinds of applicant of whom it is asked, any where empty; for ``HOLDERS``,
    # those who may apply.
    holders: tuple[HolderKind, ...] = ()
    # Those that are asked for, all of them.
    documents: tuple[DocumentKind, ...] = ()
    # Those of which one is enough.
    licences: tuple[LicenceType, ...] = ()
    # The least age, or the longest term.
    years: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceAsked(Provision):
    """The departments that are heard before a licence is decided on."""

    # The licences of which it is asked.
    activities: tuple[LicenceType, ...]
    departments: tuple[Department, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal(Provision):
    """To whom, and within how many days, somebody who was refused a licence appeals."""

    # The body that hears the appeal.
    body: str
    # Counted from the day of the refusal.
    days: int
    # Whether the days are those on which offices of the country work.
    is_working: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkingAsked(Provision):
    """What an arm is marked with when something happens to it."""

    # What happens, such as its making or its import.
    event: LifeEventKind
    marks: tuple[MarkAsked, ...]
    # What comes of an arm registered without them.
    strength: Strength


@dataclass(frozen=True, slots=True, kw_only=True)
class VettingAsked(Provision):
    """After how many years people are vetted again, by their capacity."""

    capacities: tuple[Capacity, ...]
    years: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TechniqueBasis(Provision):
    """What allows a special investigative technique."""

    technique: Technique
    # By which an authority cites it.
    code: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondPerson(Provision):
    """What another person decides than who asked for it or wrote it."""

    certificates: tuple[CertificateKind, ...] = ()
    # Whether another one puts a procedure into use: so where no provision says false.
    procedures: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposalAsked(Provision):
    """In which ways an arm may leave custody, and what is asked before."""

    ways: tuple[WayOut, ...]
    # What is decided or checked before.
    conditions: tuple[ConditionKind, ...] = ()
    # Whether a mark that it bears is on record.
    is_marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskSetting(Provision):
    """What indicators of risk count by here, in place of the shipped setting."""

    # Such as ``drop_names``; ``analysis/risk/data/parameters.toml`` has all.
    name: str
    number: float | None = None
    # For a list, such as of countries.
    listed: tuple[str, ...] = ()


def years_after(day: date, years: int) -> date:
    """Give the same day so many years later; the 28th for a 29th of February.

    No day is later than the last of the year 9999.
    """
    year = day.year + years
    if year > MAXYEAR:
        return date.max
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


class Dated(Protocol):
    """Anything with the dates between which it holds."""

    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_until(self) -> date | None: ...


def in_force[D: Dated](provisions: Iterable[D], on: date) -> tuple[D, ...]:
    """Keep the provisions that held on a day, both ends included.

    Args:
        on: The day; law is applied as it stood then.
    """
    return tuple(
        p
        for p in provisions
        if (p.valid_from is None or p.valid_from <= on)
        and (p.valid_until is None or on <= p.valid_until)
    )
