"""From a row of a file to canonical fields, by a profile."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from armstrace.intake import (
    decimal_marks,
    file_names,
    offences,
    population,
    quantities,
    report_columns,
    sheet_dates,
    spoken_marks,
    unreadable,
)
from armstrace.intake.dates import in_our_era, with_whole_year
from armstrace.intake.day_columns import DayColumns
from armstrace.intake.fields import FIELDS, IntakeKind, by_name, has_notes
from armstrace.intake.outcomes import Reason, Trouble
from armstrace.intake.profiles import kind_rules
from armstrace.intake.profiles.schema import OWN, Profile
from armstrace.intake.profiles.series import join_texts
from armstrace.intake.tables.heading_words import meanings, names_a_field
from armstrace.intake.tables.headings import fold
from armstrace.intake.tables.rows import Row
from armstrace.vocabulary.content import CONTENT_KEY
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.field_words import words_of
from armstrace.vocabulary.messages import Message, message, quote
from armstrace.vocabulary.recoveries import RecoveryKind
from armstrace.vocabulary.sentences import Sentences
from armstrace.vocabulary.texts import trim

SAID = Sentences(__package__)
_folded = lru_cache(maxsize=50_000)(fold)
_SAY_WHY = frozenset({"notes", "offences", "legal_justification", "taken_from"})
_DIGIT = re.compile(r"\d")
_LEAST_HEADINGS = 3
_OF_A_PLACE = frozenset({"PLACE", "CITY", "ADDRESS", "REGION"})


@dataclass(slots=True)
class Mapped:
    """A row as canonical fields."""

    number: int
    # Canonical field to text; what is not stated is empty.
    values: dict[str, str]
    # Why it cannot be loaded as it is.
    troubles: list[Trouble]
    cells: tuple[str, ...]
    # What a returned report carries of it.
    identity: str = ""


@dataclass(frozen=True, slots=True)
class _Source:
    """Where the text of one canonical field comes from."""

    name: str
    columns: tuple[int, ...]
    made: sheet_dates.Made
    values: dict[str, str] | None


@dataclass(slots=True)
class Mapping:
    """A profile set against the headings of one file."""

    profile: Profile
    headings: tuple[str, ...]
    # Heading to canonical fields, for those that are understood.
    columns: dict[str, list[str]] = field(default_factory=dict)
    # Headings whose text is kept in the notes.
    kept: tuple[int, ...] = ()
    left_out: dict[str, Message] = field(default_factory=dict)
    # Columns that the profile expects and the file lacks.
    missing: tuple[str, ...] = ()
    sources: tuple[_Source, ...] = ()
    identity_column: int = -1
    is_report: bool = False
    known: frozenset[str] = frozenset()
    classed: offences.Classifier | None = None
    told_kind: kind_rules.Teller | None = None
    beside: tuple[int, ...] = ()
    days: DayColumns = field(default_factory=DayColumns)
    spoken: spoken_marks.Described = field(default_factory=spoken_marks.Described)
    undone: dict[str, sheet_dates.Undone] = field(default_factory=dict)
    # What stands before each number that counts the file's rows.
    number_before: str = ""
    # What parts decimals, by field; see ``decimal_marks``.
    decimals: dict[str, str] = field(default_factory=dict)
    # The unit that a heading names for its numbers, by field.
    units: dict[str, str] = field(default_factory=dict)

    def map(self, row: Row) -> Mapped:
        """Map one row."""
        cells = row.cells
        if self.is_report:
            cells = tuple(map(report_columns.unescape, cells))
        mapped = Mapped(row.number, {}, [], row.cells)
        if row.damage:
            mapped.troubles.append(Trouble(Reason.DAMAGED_ROW, "", row.damage))
        values = mapped.values
        for source in self.sources:
            values[source.name] = _value(source, cells) if source.columns else ""
        mapped.troubles += self.days.part(values, cells)
        self.spoken.fill(values, row.number)
        if 0 <= self.identity_column < len(cells):
            mapped.identity = cells[self.identity_column].strip()
        self._write_out(mapped.values, mapped.identity)
        mapped.troubles += decimal_marks.write_out(values, self.decimals)
        if row.dated:
            self._undo_dates(mapped, row)
        if self.profile.kind is IntakeKind.RECOVERIES:
            mapped.troubles += population.said_twice(values["recovery_kind"])
            self._tell_kind(mapped.values, cells)
        _add_constants(self.profile, mapped.values)
        if self.classed is not None:
            offences.classify_into(mapped.values, self.classed)
        self._add_notes(mapped.values, cells)
        mapped.troubles += unreadable.found_in(mapped.values)
        return mapped

    def _write_out(self, values: dict[str, str], identity: str) -> None:
        """Write out what a file leaves to its reader: its name, a unit, a century."""
        if number := values.get("source_number", ""):
            is_told = self.number_before and not identity.startswith(CONTENT_KEY)
            # Part of a report no longer shows that its numbers count rows.
            if identity and (is_told or identity.endswith(f" {number}")):
                values["source_number"] = identity
            elif self.number_before:
                values["source_number"] = f"{self.number_before} {number}"
        latest = self.profile.two_digit_years
        for name in self.days.columns if latest else ():
            values[name] = with_whole_year(values[name], latest)
        quantities.add_units(values, self.units)
        if self.profile.buddhist_years:
            for name in {*self.days.columns, "year_of_manufacture"} & values.keys():
                values[name] = in_our_era(values[name])

    def told_by(self, identity: str) -> str:
        """Give the identity of a row where none of its own cells gives it."""
        is_told = self.number_before or identity.startswith(CONTENT_KEY)
        return identity if is_told else ""

    @property
    def places(self) -> dict[str, tuple[int, ...]]:
        """The positions in a row of each canonical field."""
        return {source.name: source.columns for source in self.sources}

    def is_headings(self, row: Row) -> bool:
        """Tell whether a row is headings once more."""
        first = next((cell for cell in row.cells if cell), "")
        if _folded(first) not in self.known:  # nearly every row, at the least cost
            return False
        filled = [_folded(cell) for cell in row.cells if cell]
        if len(filled) < 2:
            return False
        is_known = sum(cell in self.known for cell in filled) * 5 >= len(filled) * 4
        return is_known and self._is_in_place(row)

    def _is_in_place(self, row: Row) -> bool:
        """Tell whether headings stand over the same columns as those of the file."""
        folded = [_folded(heading) for heading in self.headings]
        placed = [(at, _folded(cell)) for at, cell in enumerate(row.cells) if cell]
        again = [(at, cell) for at, cell in placed if cell in folded]
        same = sum(at < len(folded) and folded[at] == cell for at, cell in again)
        return same * 5 >= len(again) * 4

    def begins_another_table(self, row: Row) -> bool:
        """Tell whether a row is headings, and others than those of the file."""
        if _DIGIT.search("".join(row.cells)):  # nearly every row, at the least cost
            return False
        filled = [cell for cell in row.cells if cell.strip()]
        if len(filled) < _LEAST_HEADINGS:
            return False
        named = sum(map(names_a_field, filled))
        return named * 5 >= len(filled) * 4 and len(set(filled)) == len(filled)

    @property
    def lacking(self) -> tuple[str, ...]:
        """The columns without which the file does not state what others of it do."""
        is_own = self.profile.name.startswith(OWN)
        return self.missing if self.profile.recognise and not is_own else ()

    @property
    def given(self) -> frozenset[str]:
        """The fields of which the file has a column or a constant."""
        given = {source.name for source in self.sources if source.columns}
        constants = self.profile.constants.items()
        given |= {name for name, each in constants if each.value}
        return frozenset(given | ({"notes"} if self.kept else set()))

    def remarks(self) -> list[Message]:
        """Say what was undone that a spreadsheet program had done, and what is read."""
        said = [undone.sentence(name) for name, undone in self.undone.items()]
        return [*said, *file_names.remarks(self.number_before), *self.spoken.remarks()]

    def restore(self, row: Row) -> tuple[str, ...]:
        """Give a row's cells as they were typed, for a report."""
        cells = list(row.cells)
        for source in self.sources:
            for position in source.columns:
                if position in row.dated:
                    cells[position] = sheet_dates.as_typed(cells[position], source.made)
        return tuple(cells)

    def _undo_dates(self, mapped: Mapped, row: Row) -> None:
        for source in self.sources:
            for position in source.columns:
                if position not in row.dated:
                    continue
                cell = row.cells[position]
                typed = sheet_dates.as_typed(cell, source.made)
                if typed == cell:
                    mapped.troubles += sheet_dates.lost_mark(source.name, cell)
                    continue
                mapped.values[source.name] = _value(source, self.restore(row))
                undone = self.undone.setdefault(
                    source.name, sheet_dates.Undone(row.number, cell, typed)
                )
                undone.count += 1

    def _tell_kind(self, values: dict[str, str], cells: Sequence[str]) -> None:
        """Fill in why the row is on file, where it does not state that itself."""
        rule = self.told_kind(cells) if self.told_kind is not None else None
        if rule is None or values["recovery_kind"] or values["loss_kind"]:
            stated = self.profile.constants.get("recovery_kind")
            is_open = stated is None or stated.value == RecoveryKind.UNDECIDED
            others = [
                (self.headings[at], text)
                for at in self.beside
                if at < len(cells) and (text := cells[at].strip())
            ]
            population.told_by_words(values, others, is_open=is_open)
            return
        values["recovery_kind"], values["loss_kind"] = rule.kind, rule.loss
        values["kind_reason"] = rule.reason

    def _add_notes(self, values: dict[str, str], cells: Sequence[str]) -> None:
        if not has_notes(self.profile.kind):
            return
        told = [values["notes"]] if values.get("notes") else []
        told += [
            f"{self.headings[position]}: {text}."
            for position in self.kept
            if position < len(cells) and (text := trim(cells[position]))
        ]
        told += offences.flags(values, self.profile)
        values["notes"] = " ".join(told)


def mapping_of(profile: Profile, headings: Sequence[str], *, name: str) -> Mapping:
    """Set a profile against a file's headings."""
    places = {fold(heading): at for at, heading in reversed(list(enumerate(headings)))}
    mapping = Mapping(profile, tuple(headings))
    if profile.numbers_rows and "source_number" in by_name(profile.kind):
        mapping.number_before = file_names.name_of(name)
    mapping.classed = offences.classifier(profile)
    mapping.told_kind = kind_rules.teller(profile.kind_rules, places)
    given = _given(profile)
    mapping.sources = tuple(_sources(profile, given, places))
    mapping.units = quantities.units_of(mapping.places, mapping.headings)
    mapping.days = DayColumns.of(profile.kind, mapping.places, mapping.headings)
    mapping.spoken = spoken_marks.Described.of(mapping.places)
    read = dict.fromkeys(column for column, _ in given)
    mapping.missing = tuple(column for column in read if fold(column) not in places)
    given += [(column, "notes") for column in profile.notes_from]
    for heading in headings:
        fields = [name for column, name in given if fold(column) == fold(heading)]
        if fields:
            mapping.columns[heading] = fields
    _place_others(mapping)
    if not profile.kind_rules:
        mapping.beside = tuple(_beside(mapping))
    mapping.is_report = not report_columns.FOLDED.isdisjoint(places)
    mapping.identity_column = places.get(fold(report_columns.IDENTITY), -1)
    mapping.known = frozenset(places) | profile.known_headings
    _require_columns(mapping, name)
    return mapping


def _given(profile: Profile) -> list[tuple[str, str]]:
    """Pair each column that a profile reads with the field that it gives."""
    alone = ((c, name) for c, names in profile.columns.items() for name in names)
    joined = ((c, name) for name, columns in profile.joined.items() for c in columns)
    return [*alone, *joined]


def _sources(
    profile: Profile, given: Sequence[tuple[str, str]], places: dict[str, int]
) -> Iterator[_Source]:
    found: dict[str, list[int]] = {}
    for column, name in given:
        if fold(column) in places:
            found.setdefault(name, []).append(places[fold(column)])
    for wanted in FIELDS[profile.kind]:
        columns = tuple(found.get(wanted.name, ()))
        # A column of goods that is lacking states nothing; an empty cell may state
        # “none”.
        if columns or profile.kind is not IntakeKind.DECLARATIONS:
            made = sheet_dates.made_of(wanted, profile.sheet_dates)
            values = dict(profile.values.get(wanted.name, {}))
            yield _Source(wanted.name, columns, made, values or None)


def _beside(mapping: Mapping) -> Iterator[int]:
    """Give the columns that may say why a row is on file, though nothing asks them."""
    for at, heading in enumerate(mapping.headings):
        fields = set(mapping.columns.get(heading, ()))
        elsewhere = meanings(heading).found & _OF_A_PLACE
        if fields and fields <= _SAY_WHY and not elsewhere:
            yield at


def _place_others(mapping: Mapping) -> None:
    ignored = {fold(c): reason for c, reason in mapping.profile.ignored.items()}
    in_notes = set(map(fold, mapping.profile.notes_from))
    keeps_rest = has_notes(mapping.profile.kind)
    kept = []
    for position, heading in enumerate(mapping.headings):
        folded = fold(heading)
        if folded in report_columns.FOLDED:
            continue
        if folded in ignored:
            mapping.left_out[heading] = Message(ignored[folded])
        elif folded in in_notes or (heading not in mapping.columns and keeps_rest):
            kept.append(position)
            mapping.columns[heading] = ["notes"]
        elif heading not in mapping.columns:
            mapping.left_out[heading] = message("not understood")
    mapping.kept = tuple(kept)


def _require_columns(mapping: Mapping, name: str) -> None:
    profile = mapping.profile
    if not mapping.columns or all(f == ["notes"] for f in mapping.columns.values()):
        msg = SAID.say("NO_COLUMN_KNOWN", name=name, profile=profile.name)
        raise InvalidInput(msg)
    given = {source.name for source in mapping.sources if source.columns}
    given |= {"recovery_kind"} if mapping.told_kind else set()
    given |= {field for field, each in profile.constants.items() if each.value}
    for wanted in FIELDS[profile.kind]:
        if not wanted.is_required or wanted.name in given:
            continue
        columns = [c for c, names in profile.columns.items() if wanted.name in names]
        named = message(" (%(column)s)", column=quote(columns[0])) if columns else ""
        msg = SAID.say("NO_COLUMN", name=name, field=words_of(wanted.name), named=named)
        raise InvalidInput(msg, field=wanted.name)


def _value(source: _Source, cells: Sequence[str]) -> str:
    texts = [cells[at] for at in source.columns if at < len(cells)]
    text = texts[0].strip() if len(texts) == 1 else join_texts(source.name, texts)
    if not text.isascii():
        text = trim(text)
    if source.values is None or not text:
        return text
    return _translate(source.values, text)


def _translate(values: dict[str, str], text: str) -> str:
    folded = _folded(text)
    if folded in values:
        return values[folded]
    return values.get("", text)


def _add_constants(profile: Profile, values: dict[str, str]) -> None:
    for name, constant in profile.constants.items():
        if values.get(name) or (name == "recovery_kind" and values.get("loss_kind")):
            continue
        values[name] = constant.value
        if name == "recovery_kind":
            values["kind_reason"] = constant.reason
    has_agency = profile.kind in {IntakeKind.RECOVERIES, IntakeKind.DECLARATIONS}
    if has_agency and profile.agency and not values.get("agency"):
        values["agency"] = profile.agency
    if profile.country and not values.get("country", "-"):
        values["country"] = profile.country
