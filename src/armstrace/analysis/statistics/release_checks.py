"""Counts of UNODC's questionnaire that say the same thing in two places."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from armstrace.analysis.statistics import release
from armstrace.analysis.statistics.release_rows import SHARED_TOTAL, Counts
from armstrace.vocabulary.recoveries import Acquisition

TYPES = (
    "PISTOL", "REVOLVER", "RIFLE", "SHOTGUN", "MACHINE_GUN", "SUBMACHINE_GUN", "OTHER",
    "UNKNOWN",
)  # fmt: skip
MARKS = ("UNIQUE", "ALTERED", "NONE", "UNKNOWN")
CONDITIONS = (
    "INDUSTRIAL",
    "CONVERTED",
    "REACTIVATED",
    "MODIFIED",
    "ASSEMBLED",
    "OTHERWISE",
)
PLACES = ("LAND_BORDER", "SEAPORT", "AIRPORT", "INLAND", "OTHER", "UNKNOWN")
GROUNDS = (
    "POSSESSION", "TRAFFICKING", "USE", "MANUFACTURE", "ALTERED", "OTHER", "UNKNOWN",
)  # fmt: skip
CONTEXTS = (
    "TRAFFICKING", "ARMS_OFFENCES", "VIOLENT", "DRUGS", "OTHER_TRAFFICKING",
    "ORGANISED", "TERRORISM", "OTHER",
)  # fmt: skip
OFFENCES = (
    "ONLY", "POSSESSION", "ARMS_OFFENCES", "VIOLENT", "DRUGS", "OTHER_TRAFFICKING",
    "TERRORISM", "OTHER",
)  # fmt: skip
UNIQUE = ("LO", "IN", "IF", "OD", "AT", "PE", "NO")
NOT_UNIQUE = ("NI", "NE", "NX")
STAGES = ("ARRESTED", "PROSECUTED", "CONVICTED")
TRACING = {"SEIZED": "5.1", "FOUND": "5.2", "SURRENDERED": "5.3"}
DISPUTED = "a row is repeated with another count"
NO_ARM = "more instances than arms: some may be of parts or ammunition alone"
BLANK = "a row is blank or was refused"


@dataclass(frozen=True, slots=True)
class Told:
    """One side of a check."""

    # The count; None where nothing is filed or a row is in doubt.
    value: int | None
    # Why the side cannot be told; empty where it can.
    doubt: str = ""

    @property
    def is_filed(self) -> bool:
        """Whether any row of the side stands in the file."""
        return self.value is not None or bool(self.doubt)


@dataclass(frozen=True, slots=True)
class CountryYear:
    """What one country filed for one year, ready to be compared."""

    iso3: str
    year: int
    counts: Counts

    def value(self, key: str) -> int | None:
        """Give the count of a key; None where blank, disputed or undecided."""
        if key not in ("C1.TOTAL", "5.1.TOTAL"):
            return self.counts.value(key)
        filed = self.counts.value(key)
        return self._total_of_both(key) if filed is None else filed

    def told(self, *keys: str) -> Told:
        """Sum the counts of keys, where none of them is in doubt."""
        doubt = self._doubt(*keys)
        if doubt:
            return Told(None, doubt)
        found = [self.value(key) for key in keys]
        known = [value for value in found if value is not None]
        return Told(sum(known) if known else None)

    def told_total(self, table: str, rows: Iterable[str]) -> Told:
        """Sum rows of a table, where none of them is in doubt."""
        every = tuple(rows)
        doubt = self._doubt(*(f"{table}.{row}" for row in (*every, "?")))
        return Told(None, doubt) if doubt else Told(self.total(table, every))

    def total(self, table: str, rows: Iterable[str]) -> int | None:
        """Sum rows of a table; None where none is filed.

        Rows under labels that the questionnaire does not have belong to their
        table, and count.
        """
        found = [self.counts.value(f"{table}.{row}") for row in rows]
        found += list(self.counts.unknown.get(table, {}).values())
        filed = [value for value in found if value is not None]
        return sum(filed) if filed else None

    def _doubt(self, *keys: str) -> str:
        shared = {"C1.TOTAL", "5.1.TOTAL"} & set(keys)
        every = {*keys, *((SHARED_TOTAL,) if shared else ())}
        if every & self.counts.disputed:
            return DISPUTED
        return BLANK if every & self.counts.blank else ""

    def _total_of_both(self, key: str) -> int | None:
        """Tell the total of tracing from that of places; both stand under one label."""
        totals = list(self.counts.values.get(SHARED_TOTAL, ()))
        places = self.total("C1", PLACES)
        rows = (*UNIQUE, *NOT_UNIQUE, "U", "N", "K")
        every = {row: self.counts.value(f"5.1.{row}") for row in rows}
        filed = {row: value for row, value in every.items() if value is not None}
        given = [] if places is None else [places]
        tracing, doubt = release.tracing_total(totals, given, filed)
        if key == "5.1.TOTAL":
            return tracing if filed else None
        if doubt:
            return None
        if tracing is not None and tracing in totals and filed:
            totals.remove(tracing)
        return totals[0] if len(set(totals)) == 1 else None


type Side = tuple[str, Told]
type Make = Callable[[CountryYear], tuple[Side, Side]]


@dataclass(frozen=True, slots=True)
class Check:
    """A rule that filed tables keep."""

    code: str
    words: str
    # Gives its two sides; a side that is None is blank.
    make: Make
    # Whether the first side may be smaller than the second.
    at_most: bool = False


def _sum_is(table: str, rows: tuple[str, ...], total: str, words: str) -> Make:
    def make(filed: CountryYear) -> tuple[Side, Side]:
        return (words, filed.told_total(table, rows)), ("total", filed.told(total))

    return make


def _same(left: tuple[str, str], right: tuple[str, str]) -> Make:
    def make(filed: CountryYear) -> tuple[Side, Side]:
        return (left[0], filed.told(left[1])), (right[0], filed.told(right[1]))

    return make


def _tracing_sum(table: str) -> Make:
    """Add up the subtotals as filed, or their leaves where they are blank."""

    def make(filed: CountryYear) -> tuple[Side, Side]:
        parts = (
            _subtotal(filed, table, "U", UNIQUE),
            _subtotal(filed, table, "N", NOT_UNIQUE),
            filed.told(f"{table}.K"),
        )
        return ("U + N + K", _sum(parts)), ("total", filed.told(f"{table}.TOTAL"))

    return make


def _subtotal(
    filed: CountryYear, table: str, code: str, leaves: tuple[str, ...]
) -> Told:
    own = filed.told(f"{table}.{code}")
    return own if own.is_filed else filed.told_total(table, leaves)


def _sum(parts: Iterable[Told]) -> Told:
    every = tuple(parts)
    doubt = next((part.doubt for part in every if part.doubt), "")
    known = [part.value for part in every if part.value is not None]
    return Told(sum(known) if known and not doubt else None, doubt)


def _most_of_contexts(filed: CountryYear) -> tuple[Side, Side]:
    rows = [filed.told(f"C3.{row}") for row in CONTEXTS]
    doubt = _sum(rows).doubt
    known = [row.value for row in rows if row.value is not None]
    most = Told(max(known) if known and not doubt else None, doubt)
    return ("largest context", most), ("arms seized", filed.told("A2.SEIZED.TOTAL"))


def _instances_where_items(filed: CountryYear) -> tuple[Side, Side]:
    items, instances = filed.told("A2.SEIZED.TOTAL"), filed.told("A1.INSTANCES")
    one = Told(1 if items.value else None, items.doubt)
    return ("one, as arms were seized", one), ("instances", instances)


def _instances_among_items(filed: CountryYear) -> tuple[Side, Side]:
    """Hold instances against arms, parts and rounds: one may be of any of them.

    Source:
        UNODC illicit arms flows questionnaire, validation: instances are no
        more than items seized.
    """
    instances, arms = filed.told("A1.INSTANCES"), filed.told("A2.SEIZED.TOTAL")
    others = filed.told("A3.TOTAL", "A4.TOTAL")
    left = ("instances", instances)
    if None in (instances.value, arms.value):
        return left, ("arms seized", arms)
    more = (instances.value or 0) - (arms.value or 0)
    if more <= 0:
        return left, ("arms seized", arms)
    if others.doubt or more <= (others.value or 0):
        return left, ("items seized", Told(None, others.doubt or NO_ARM))
    every = (arms.value or 0) + (others.value or 0)
    return left, ("items seized", Told(every))


def _for_kind(kind: Acquisition) -> Iterator[Check]:
    k, word, tracing = kind.value, kind.label, TRACING[kind.value]
    arms = f"A2.{k}.TOTAL"
    marking = f"rows on marking of arms {word}"
    yield Check(
        f"TYPES.{k}",
        f"arms {word}: types add up to the total",
        _sum_is(f"B1.{k}", TYPES, arms, "types"),
    )
    yield Check(
        f"MARKS.{k}",
        f"{marking} add up to their total",
        _sum_is(f"B3.{k}", MARKS, f"B3.{k}.TOTAL", "rows on marking"),
    )
    yield Check(
        f"MARKS_ARMS.{k}",
        f"{marking} add up to the arms {word}",
        _sum_is(f"B3.{k}", MARKS, arms, "rows on marking"),
    )
    yield Check(
        f"UNIQUE.{k}",
        f"table {tracing}: rows of uniquely identifiable arms add up to U",
        _sum_is(tracing, UNIQUE, f"{tracing}.U", "rows under U"),
    )
    yield Check(
        f"NOT_UNIQUE.{k}",
        f"table {tracing}: rows of arms not uniquely identifiable add up to N",
        _sum_is(tracing, NOT_UNIQUE, f"{tracing}.N", "rows under N"),
    )
    yield Check(
        f"TRACING.{k}",
        f"table {tracing}: U, N and K add up to the total",
        _tracing_sum(tracing),
    )
    yield Check(
        f"TRACED_ARMS.{k}",
        f"arms {word}: the total of table {tracing} is the arms {word}",
        _same(
            (f"total of table {tracing}", f"{tracing}.TOTAL"), (f"arms {word}", arms)
        ),
    )
    yield Check(
        f"MARKED.{k}",
        f"arms {word}: uniquely marked (B3) is U ({tracing})",
        _same(("B3 uniquely marked", f"B3.{k}.UNIQUE"), ("U", f"{tracing}.U")),
    )
    yield Check(
        f"ALTERED.{k}",
        f"arms {word}: altered marking (B3) is NE ({tracing})",
        _same(("B3 altered marking", f"B3.{k}.ALTERED"), ("NE", f"{tracing}.NE")),
    )


def _of_seizures() -> Iterator[Check]:
    arms = "A2.SEIZED.TOTAL"
    tables = (
        ("PLACES", "C1", PLACES, "rows on place"),
        ("GROUNDS", "C2", GROUNDS, "rows on legal justification"),
        ("CONDITIONS", "B2", CONDITIONS, "rows on condition"),
    )
    for code, table, rows, words in tables:
        own = _sum_is(table, rows, f"{table}.TOTAL", words)
        yield Check(code, f"{words} add up to their total", own)
        all_arms = _sum_is(table, rows, arms, words)
        yield Check(f"{code}_ARMS", f"{words} add up to the arms seized", all_arms)
    contexts = "no criminal context has more arms than were seized"
    yield Check("CONTEXTS", contexts, _most_of_contexts, at_most=True)
    few = "instances of seizure are no more than items seized"
    yield Check("INSTANCES", few, _instances_among_items, at_most=True)
    some = "where arms were seized, there was an instance of it"
    yield Check("AN_INSTANCE", some, _instances_where_items, at_most=True)


def _of_persons() -> Iterator[Check]:
    for stage in STAGES:
        table = f"E2.{stage}"
        sexes = ("MALE", "FEMALE", "UNKNOWN")
        yield Check(
            f"SEXES.{stage}",
            f"individuals {stage.lower()}: rows by sex add up to the total",
            _sum_is(table, sexes, f"{table}.TOTAL", "rows by sex"),
        )
    yield Check(
        "OFFENCES",
        "individuals arrested: rows by mix of offences add up to the total",
        _sum_is("E3", OFFENCES, "E2.ARRESTED.TOTAL", "rows by offence"),
    )


CHECKS: tuple[Check, ...] = (
    *(check for kind in Acquisition for check in _for_kind(kind)),
    *_of_seizures(),
    *_of_persons(),
)
