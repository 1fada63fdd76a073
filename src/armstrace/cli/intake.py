"""``armstrace intake``: load workbooks and CSV files."""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from operator import itemgetter
from pathlib import Path
from typing import Annotated

import typer
from django.utils.formats import localize
from django.utils.translation import gettext

from armstrace.accounts import actors
from armstrace.cli import progress, understanding, usage, writing
from armstrace.cli.understanding import Outcome, Wish
from armstrace.intake import queries, reports
from armstrace.intake.actions import loading
from armstrace.intake.fields import IntakeKind
from armstrace.intake.incoming import IncomingFile
from armstrace.intake.outcomes import Reason
from armstrace.intake.preview import TellRows
from armstrace.intake.profiles.schema import Profile
from armstrace.intake.tally import COUNTS, Tally
from armstrace.jobs.running import JobContext
from armstrace.translation import translate
from armstrace.vocabulary.actors import Actor, Purpose
from armstrace.vocabulary.errors import ArmstraceError
from armstrace.vocabulary.messages import Message, Parameter, message
from armstrace.vocabulary.paging import PageRequest
from armstrace.vocabulary.recoveries import Population
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
app = typer.Typer()
SHOWN_HELD = 10
OWN_FILE = "the report of a file that was just loaded"


@app.command()
def intake(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="XLSX, XLS, ODS or CSV files.", exists=True, dir_okay=False
        ),
    ],
    kind: Annotated[
        IntakeKind | None, typer.Option(help="What the rows are.", case_sensitive=False)
    ] = None,
    profile: Annotated[
        str, typer.Option(help="A profile's name, or a profile file (.toml).")
    ] = "",
    agency: Annotated[str, typer.Option(help="Agency of rows that state none.")] = "",
    source: Annotated[
        str,
        typer.Option(
            help="Who states the rows of a file that no profile knows; with their "
            "numbers it is their identity."
        ),
    ] = "",
    register: Annotated[
        str,
        typer.Option(help="The source whose numbers its rows use for arms."),
    ] = "",
    report: Annotated[
        Path | None, typer.Option(help="Write the row-level report to this CSV file.")
    ] = None,
    propose_to: Annotated[
        Path | None,
        typer.Option(
            "--propose", help="Write a proposed profile to this file; load nothing."
        ),
    ] = None,
    state: Annotated[
        list[str] | None,
        typer.Option(
            help="What holds for every row and stands in no column, as FIELD=VALUE; "
            "date_order=dmy or mdy says how its dates are written."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document.")
    ] = False,
) -> None:
    """Load seizure workbooks, registers, events and loss reports."""
    wish = Wish(
        kind,
        profile,
        dry_run,
        report,
        propose_to,
        agency,
        _parse(state),
        source.strip(),
        register.strip(),
    )
    by = actors.system_actor(Purpose.REGISTRATION)
    read = [*files, *([Path(profile)] if profile.endswith(".toml") else [])]
    outcomes = []
    for path in files:
        named = report if report is None or len(files) == 1 else _beside(report, path)
        outcomes.append(_one_file(path, replace(wish, report=named), by, read))
    if as_json:
        sys.stdout.write(json.dumps(_document(outcomes), ensure_ascii=False) + "\n")
    else:
        for outcome in outcomes:
            _say(outcome, wish)
    if any(outcome.error for outcome in outcomes):
        raise typer.Exit(1)


def _parse(given: list[str] | None) -> dict[str, str]:
    stated = {}
    for text in given or []:
        name, mark, value = text.partition("=")
        if not mark or not name.strip() or not value.strip():
            raise usage.Wrong(SAID.say("STATES_NOTHING", text=text), "--state")
        stated[name.strip()] = value.strip()
    return stated


def _beside(report: Path, file: Path) -> Path:
    return report.with_name(f"{report.stem}-{file.stem}{report.suffix}")


def _one_file(path: Path, wish: Wish, by: Actor, read: list[Path]) -> Outcome:
    started = time.perf_counter()
    outcome = Outcome(path.name)
    file = IncomingFile(path.resolve(), path.name, wish.agency)
    at = datetime.now(UTC)
    try:
        writing.require_writable(wish.report, read)
        writing.require_writable(wish.propose_to, read)
        if wish.propose_to is not None:
            understanding.write_proposal(file, wish, by, at, outcome)
        else:
            profile = understanding.profile_of(file, wish, by, at, outcome)
            _load(file, profile, wish, (by, at), outcome)
    except ArmstraceError as why:
        outcome.error = translate(why)
    outcome.seconds = round(time.perf_counter() - started, 3)
    return outcome


def _load(
    file: IncomingFile,
    profile: Profile,
    wish: Wish,
    act: tuple[Actor, datetime],
    outcome: Outcome,
) -> None:
    by, at = act
    outcome.profile, outcome.kind = profile.name, profile.kind.value
    with progress.shown(file.name) as context:
        if wish.dry_run:
            _foretell(file, profile, (by, at, context), wish, outcome)
            return
        batch = loading.begin_batch(file=file, profile=profile, by=by, at=at)
        done = loading.run_batch(batch=batch, by=by, at=at, context=context)
    card = queries.batch(done.pk, viewer=by)
    outcome.batch = card.id
    _count(outcome, card)
    outcome.columns = {name: ", ".join(got) for name, got in card.columns.items()}
    said = map(translate, card.remarks)
    outcome.remarks += [each for each in said if each not in outcome.remarks]
    page = queries.held_rows(viewer=by, page=PageRequest(), batch_id=card.id, state="")
    outcome.held = [translate(row.sentence) for row in page.rows[:SHOWN_HELD]]
    if wish.report is not None:
        rows = reports.report_rows(
            done, viewer=by, at=at, reason=OWN_FILE, path=file.path, say=translate
        )
        with writing.beside(wish.report, [file.path]) as whole:
            reports.write(rows, whole)


def _count(outcome: Outcome, counted: queries.BatchCard | Tally) -> None:
    for name in COUNTS:
        setattr(outcome, name, getattr(counted, name))
    outcome.by_reason = dict(sorted(counted.by_reason.items()))
    if outcome.kind == IntakeKind.RECOVERIES:
        # No arm of a class is also a count.
        classes = counted.arms_by_class
        outcome.arms_by_class = {c.value: classes.get(c.value, 0) for c in Population}


def _foretell(
    file: IncomingFile,
    profile: Profile,
    act: tuple[Actor, datetime, JobContext],
    wish: Wish,
    outcome: Outcome,
) -> None:
    by, at, context = act
    with _report(file, wish) as tell_rows:
        seen = queries.preview(
            file,
            profile,
            viewer=by,
            at=at,
            progress=context.progress,
            tell_rows=tell_rows,
        )
    _count(outcome, seen.tally)
    outcome.columns = {
        column.heading: ", ".join(column.fields)
        for column in seen.columns
        if column.fields
    }
    outcome.remarks += map(translate, seen.remarks)
    outcome.held = [
        reports.sentences(row.troubles, seen.file_name, row.row, translate)
        for row in seen.held[:SHOWN_HELD]
    ]


@contextmanager
def _report(file: IncomingFile, wish: Wish) -> Iterator[TellRows | None]:
    """Open the report of a dry run, where one is wished."""
    if wish.report is None:
        yield None
        return
    with (
        writing.beside(wish.report, [file.path]) as whole,
        reports.of_dry_run(whole, file.name, say=translate) as tell_rows,
    ):
        yield tell_rows


def _document(outcomes: list[Outcome]) -> dict[str, object]:
    files = list(map(asdict, outcomes))
    if len(files) == 1:
        return files[0]
    reasons, classes = Counter[str](), Counter[str]()
    for outcome in outcomes:
        reasons.update(outcome.by_reason)
        classes.update(outcome.arms_by_class)
    return {
        **{name: sum(getattr(o, name) for o in outcomes) for name in COUNTS},
        "by_reason": dict(sorted(reasons.items())),
        "arms_by_class": dict(classes),
        "columns": {name: got for o in outcomes for name, got in o.columns.items()},
        "seconds": round(sum(o.seconds for o in outcomes), 3),
        "files": files,
    }


def _say(outcome: Outcome, wish: Wish) -> None:
    for remark in outcome.remarks:
        typer.echo(remark, err=True)
    if outcome.error:
        typer.echo(outcome.error, err=True)
        for line in outcome.proposal:
            field = line["field"] or translate(message("not understood"))
            sure = localize(line["confidence"])
            typer.echo(f"  {line['column']} → {field} ({sure})", err=True)
        return
    for sentence in _held_of(outcome):
        typer.echo(sentence, err=True)
    if wish.propose_to is not None:
        said = SAID.say(
            "PROFILE_PROPOSED", file=outcome.file, profile=str(wish.propose_to)
        )
        sys.stdout.write(f"{translate(said)}\n")
        return
    by_class = outcome.arms_by_class
    sys.stdout.write(f"{translate(_counts(outcome, wish))}\n")
    for codes, counts in ((Reason, outcome.by_reason), (Population, by_class)):
        for code, count in filter(itemgetter(1), counts.items()):
            sys.stdout.write(f"  {code} ({gettext(codes.words(code))}): {count}\n")


def _held_of(outcome: Outcome) -> Iterator[str]:
    """Give what is said of held rows, and how many more there are."""
    yield from outcome.held
    if (more := outcome.rows_held - len(outcome.held)) > 0:
        yield translate(SAID.say("MORE_HELD", count=more))


def _counts(outcome: Outcome, wish: Wish) -> Message:
    told: dict[str, Parameter] = {
        "file": outcome.file,
        "read": str(outcome.rows_read),
        "loaded": str(outcome.rows_loaded),
        "corrected": str(outcome.rows_corrected),
        "held": str(outcome.rows_held),
        "skipped": str(outcome.rows_skipped),
        "seconds": round(outcome.seconds, 1),
    }
    if wish.dry_run:
        return SAID.say("WOULD_LOAD", **told)
    return SAID.say("LOADED", **told)
