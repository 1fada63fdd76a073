"""Whose records a file states, where no profile says it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import islice

from armstrace.intake import file_names, planning, preview, recording, report_columns
from armstrace.intake.fields import IntakeKind
from armstrace.intake.incoming import IncomingFile
from armstrace.intake.models import MESSAGES, Batch
from armstrace.intake.planning import MOST_NAMED
from armstrace.intake.profiles.propose import Proposal
from armstrace.intake.stating import Setting
from armstrace.intake.tables.headings import fold
from armstrace.records.scope import ScopedQuerySet
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.errors import InvalidInput
from armstrace.vocabulary.messages import Message, quote
from armstrace.vocabulary.outcomes import RowOutcome
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
LOOK_AT_ROWS, LOOK_AT_LOADS = 500, 200
# Rows that are about arms of a register, which have numbers there.
ABOUT_ARMS = frozenset({IntakeKind.EVENTS, IntakeKind.LOSSES})


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose records a file states.

    Args:
        source: Who states its rows; with their number it is their identity.
        register: The source whose numbers its arms bear; empty where that is the same.
        remarks: Why it is taken so, or what is to be said by whoever loads it.
    """

    source: str
    register: str = ""
    remarks: tuple[Message, ...] = ()


def whose(
    file: IncomingFile,
    proposal: Proposal,
    *,
    viewer: Actor,
    at: datetime,
    source: str = "",
    register: str = "",
) -> Whose:
    """Tell whose records a file states that no profile knows.

    A file that was loaded before, under whatever name, the report of one, and one
    most of whose rows say what another said, state the records of that load. Any
    other is a source of its own, called by its name.

    Args:
        source: Who states the rows, where somebody has said it.
        register: Whose numbers its arms bear, where somebody has said it.

    Raises:
        InvalidInput: It is a report, and files of several sources have its columns.
    """
    viewer.require("intake.view")
    loads = Batch.objects.visible_to(viewer).exclude(profile_name=MESSAGES)
    earlier = loads.filter(kind=proposal.kind.value).exclude(profile_text="")
    remarks: list[Message] = []
    if not source:
        headings = [each.heading for each in proposal.columns]
        is_next = partial(_repeats, file, headings, viewer=viewer, at=at)
        source = _find_source(file, proposal, earlier, remarks, is_next)
    if not source:
        source = file_names.name_of(file.name)
        remarks += file_names.remarks(source)
    if proposal.kind in ABOUT_ARMS and not register:
        of_register = loads.filter(kind=IntakeKind.REGISTRY.value)
        register = _find_register(source, of_register, remarks)
    return Whose(source, register, tuple(remarks))


def _find_source(
    file: IncomingFile,
    proposal: Proposal,
    earlier: ScopedQuerySet[Batch],
    remarks: list[Message],
    is_next: Callable[[Batch], bool],
) -> str:
    """Give the source of the load that a file repeats; empty where it is another."""
    same = earlier.filter(file_digest=file.digest).last()
    if same is not None:
        return str(same.source)
    headings = [each.heading for each in proposal.columns]
    own = [each for each in headings if fold(each) not in report_columns.FOLDED]
    exact = _sources(earlier.filter(headings=own))
    if file_names.name_of(file.name) in exact:
        return ""
    if exact and own != headings:
        if len(exact) > 1:
            text = SAID.say("REPORT_OF_WHICH", file=file.name, sources=_quote(exact))
            raise InvalidInput(text, field="source")
        remarks.append(SAID.say("REPORT_OF", source=exact[0]))
        return exact[0]
    for load in _loads_alike(earlier, own):
        if is_next(load):
            remarks.append(SAID.say("NEXT_OF", source=quote(load.source)))
            return str(load.source)
    if exact:
        remarks.append(SAID.say("COLUMNS_OF_OTHERS", sources=_quote(exact)))
    return ""


def _find_register(
    source: str, loads: ScopedQuerySet[Batch], remarks: list[Message]
) -> str:
    """Give the only register there is; empty where the source is one, or it is open."""
    registers = _sources(loads)
    if source in registers or not registers:
        return ""
    if len(registers) > 1:
        remarks.append(SAID.say("REGISTER_UNSAID", registers=_quote(registers)))
        return ""
    remarks.append(SAID.say("ARMS_OF_REGISTER", register=registers[0]))
    return registers[0]


def _loads_alike(
    earlier: ScopedQuerySet[Batch], headings: Sequence[str]
) -> Iterator[Batch]:
    """Give the last load of each source whose files share half of their columns."""
    own, seen = set(map(fold, headings)), set()
    for load in earlier.order_by("-pk")[:LOOK_AT_LOADS]:
        shared = own.intersection(map(fold, load.headings))
        if load.source in seen or len(shared) < 2 or len(shared) * 2 < len(own):
            continue
        seen.add(load.source)
        yield load
        if len(seen) == MOST_NAMED:
            return


def _repeats(
    file: IncomingFile,
    headings: Sequence[str],
    load: Batch,
    *,
    viewer: Actor,
    at: datetime,
) -> bool:
    """Tell whether most of the first rows say what an earlier load has said.

    Columns that its files did not have are left out of the comparison.
    """
    profile = load.profile
    if recording.refusal_of(profile.kind, by=viewer) is not None:
        return False
    known = set(map(fold, load.headings))
    new = {each: "new" for each in headings if fold(each) not in known}
    profile = replace(profile, ignored={**profile.ignored, **new})
    seen, agency = planning.Seen(), file.agency or load.agency
    setting = Setting(profile.kind, profile.date_order, agency, at)
    try:
        with preview.open_headings(file, profile) as (mapping, table):
            rows = islice(planning.map_rows(table.rows, mapping), LOOK_AT_ROWS)
            planned = [planning.plan(row, setting, seen) for row in rows]
    except InvalidInput:  # it lacks a column that every row of such files needs
        return False
    stated = [each.stated for each in planned if each.stated is not None]
    told = (profile.kind, load.source, load.arm_source, file.name)
    origin = recording.Origin(*told, given=mapping.given)
    fates = recording.foreteller(origin, by=viewer, at=at)(stated)
    same = sum(each.fate is RowOutcome.UNCHANGED for each in fates)
    return 0 < len(stated) <= same * 2


def _sources(loads: ScopedQuerySet[Batch]) -> tuple[str, ...]:
    """Give the sources of loads, the latest first."""
    return tuple(dict.fromkeys(loads.order_by("-pk").values_list("source", flat=True)))


def _quote(sources: Sequence[str]) -> list[Message]:
    return [quote(source) for source in sources[:MOST_NAMED]]
