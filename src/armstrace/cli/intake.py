"""``armstrace intake``: load workbooks and CSV files."""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from armstrace.accounts import actors
from armstrace.cli import progress, writing
from armstrace.intake import queries, reports
from armstrace.intake.actions import loading
from armstrace.intake.actions import profiles as profile_actions
from armstrace.intake.fields import IntakeKind
from armstrace.intake.incoming import IncomingFile
from armstrace.intake.outcomes import Trouble
from armstrace.intake.profiles import propose
from armstrace.intake.profiles.schema import Profile, read_profile
from armstrace.jobs.running import JobContext
from armstrace.translation import translate
from armstrace.vocabulary.actors import Actor, Purpose
from armstrace.vocabulary.errors import ArmstraceError, InvalidInput
from armstrace.vocabulary.messages import message

app = typer.Typer()
SHOWN_HELD = 10


@dataclass(slots=True)
class Outcome:
    """What became of one file, as the contract writes it."""

    file: str
    rows_read: int = 0
    rows_loaded: int = 0
    rows_corrected: int = 0
    rows_held: int = 0
    rows_skipped: int = 0
    by_reason: dict[str, int] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    profile: str = ""
    kind: str = ""
    batch: int | None = None
    remarks: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    proposal: list[dict[str, object]] = field(default_factory=list)
    error: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for."""

    kind: IntakeKind | None
    profile: str
    dry_run: bool
    report: Path | None
    propose_to: Path | None
    agency: str


@app.command()
def intake(
    files: Annotated[
        list[Path],
        typer.Argument(help="XLSX or CSV files.", exists=True, dir_okay=False),
    ],
    kind: Annotated[
        IntakeKind | None, typer.Option(help="What the rows are.", case_sensitive=False)
    ] = None,
    profile: Annotated[
        str, typer.Option(help="A profile's name, or a profile file (.toml).")
    ] = "",
    agency: Annotated[str, typer.Option(help="Agency of rows that state none.")] = "",
    report: Annotated[
        Path | None, typer.Option(help="Write the row-level report to this CSV file.")
    ] = None,
    propose_to: Annotated[
        Path | None,
        typer.Option(
            "--propose", help="Write a proposed profile to this file; load nothing."
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
    if propose_to is not None and kind is None:
        msg = message("--propose needs --kind: say what the rows are.")
        raise typer.BadParameter(translate(msg))
    wish = Wish(kind, profile, dry_run, report, propose_to, agency)
    by = actors.system_actor(Purpose.REGISTRATION)
    read = [*files, *([Path(profile)] if profile.endswith(".toml") else [])]
    outcomes = []
    for path in files:
        named = report if report is None or len(files) == 1 else _beside(report, path)
        outcomes.append(_one_file(path, _with_report(wish, named), by, read))
    if as_json:
        sys.stdout.write(json.dumps(_document(outcomes), ensure_ascii=False) + "\n")
    else:
        for outcome in outcomes:
            _say(outcome, wish)
    if any(outcome.error for outcome in outcomes):
        raise typer.Exit(1)


def _with_report(wish: Wish, report: Path | None) -> Wish:
    return Wish(
        wish.kind, wish.profile, wish.dry_run, report, wish.propose_to, wish.agency
    )


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
            _propose(file, wish, by, outcome)
        else:
            profile = _profile(file, wish, by, at, outcome)
            _load(file, profile, wish, (by, at), outcome)
    except ArmstraceError as why:
        outcome.error = translate(why)
    outcome.seconds = round(time.perf_counter() - started, 3)
    return outcome


def _profile(
    file: IncomingFile, wish: Wish, by: Actor, at: datetime, outcome: Outcome
) -> Profile:
    if wish.profile.endswith(".toml"):
        text = _profile_file(Path(wish.profile))
        profile = read_profile(text, origin=Path(wish.profile).name)
        if not wish.dry_run:
            profile_actions.save_profile(
                text=text, reason=f"for {file.name}", by=by, at=at
            )
        return profile
    found = queries.profile_for(file, viewer=by, kind=wish.kind, name=wish.profile)
    if found is not None:
        return found
    if wish.kind is None:
        msg = message(
            "%(file)s fits no profile; say with --kind what its rows are.",
            file=file.name,
        )
        raise InvalidInput(msg)
    proposed = queries.proposal(file, viewer=by, kind=wish.kind)
    _show_proposal(proposed, outcome)
    msg = message(
        "%(file)s fits no profile; write the proposed one with "
        "--propose FILE.toml, complete it and load again with --profile"
        " FILE.toml.",
        file=file.name,
    )
    raise InvalidInput(msg)


def _profile_file(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as why:
        msg = message(
            "The profile %(path)s cannot be read; check the file.", path=path.name
        )
        raise InvalidInput(msg) from why


def _propose(file: IncomingFile, wish: Wish, by: Actor, outcome: Outcome) -> None:
    if wish.kind is None or wish.propose_to is None:
        return
    proposed = queries.proposal(file, viewer=by, kind=wish.kind)
    _show_proposal(proposed, outcome)
    draft = propose.accept(proposed, source=wish.agency or file.name.rsplit(".", 1)[0])
    text = propose.profile_text(proposed, draft)
    for name in proposed.missing:
        text += (
            f"\n# {name} stands in no column: state it, with the reason.\n"
            f'# [constants.{name}]\n# value = ""\n# reason = ""\n'
        )
    writing.keep(wish.propose_to, text.encode())


def _show_proposal(proposed: propose.Proposal, outcome: Outcome) -> None:
    outcome.kind = proposed.kind.value
    outcome.columns = {each.heading: each.field for each in proposed.columns}
    outcome.proposal = [
        {
            "column": each.heading,
            "field": each.field,
            "confidence": each.confidence,
            "why": each.why,
            "examples": list(each.examples),
        }
        for each in proposed.columns
    ]
    outcome.remarks += [
        translate(
            message(
                "No column gives %(field)s; the profile must set it as a constant.",
                field=name,
            )
        )
        for name in proposed.missing
    ]


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
    outcome.rows_read = card.rows_read
    outcome.rows_loaded = card.rows_loaded
    outcome.rows_corrected = card.rows_corrected
    outcome.rows_held = card.rows_held
    outcome.rows_skipped = card.rows_skipped
    outcome.by_reason = dict(sorted(card.by_reason.items()))
    outcome.columns = {name: ", ".join(got) for name, got in card.columns.items()}
    outcome.remarks = [translate(remark) for remark in card.remarks]
    page = queries.held_rows(viewer=by, batch_id=card.id, state="")
    outcome.held = [translate(row.sentence) for row in page.rows[:SHOWN_HELD]]
    if wish.report is not None:
        rows = reports.report_rows(done, viewer=by, path=file.path, say=translate)
        with writing.beside(wish.report, [file.path]) as whole:
            reports.write(rows, whole)


def _foretell(
    file: IncomingFile,
    profile: Profile,
    act: tuple[Actor, datetime, JobContext],
    wish: Wish,
    outcome: Outcome,
) -> None:
    by, at, context = act
    seen = queries.preview(file, profile, viewer=by, at=at, progress=context.progress)
    tally = seen.tally
    outcome.rows_read = tally.read
    outcome.rows_loaded = tally.loaded
    outcome.rows_corrected = tally.corrected
    outcome.rows_held = tally.held
    outcome.rows_skipped = tally.skipped
    outcome.by_reason = dict(sorted(tally.by_reason.items()))
    outcome.columns = {
        column.heading: ", ".join(column.fields)
        for column in seen.columns
        if column.fields
    }
    outcome.remarks = [translate(remark) for remark in seen.remarks]
    outcome.held = [
        _sentence(row.troubles, seen.file_name, row.row)
        for row in seen.held[:SHOWN_HELD]
    ]
    if wish.report is not None:
        with writing.beside(wish.report, [file.path]) as whole:
            reports.write(reports.preview_rows(seen, say=translate), whole)


def _sentence(troubles: Iterable[Trouble], file: str, row: int) -> str:
    return " ".join(translate(trouble.placed(file, row)) for trouble in troubles)


def _document(outcomes: list[Outcome]) -> dict[str, object]:
    files = [_plain(outcome) for outcome in outcomes]
    if len(files) == 1:
        return files[0]
    reasons: Counter[str] = Counter()
    for outcome in outcomes:
        reasons.update(outcome.by_reason)
    return {
        "rows_read": sum(o.rows_read for o in outcomes),
        "rows_loaded": sum(o.rows_loaded for o in outcomes),
        "rows_corrected": sum(o.rows_corrected for o in outcomes),
        "rows_held": sum(o.rows_held for o in outcomes),
        "rows_skipped": sum(o.rows_skipped for o in outcomes),
        "by_reason": dict(sorted(reasons.items())),
        "columns": {name: got for o in outcomes for name, got in o.columns.items()},
        "seconds": round(sum(o.seconds for o in outcomes), 3),
        "files": files,
    }


def _plain(outcome: Outcome) -> dict[str, object]:
    return {name: getattr(outcome, name) for name in Outcome.__slots__}


def _say(outcome: Outcome, wish: Wish) -> None:
    for remark in outcome.remarks:
        typer.echo(remark, err=True)
    if outcome.error:
        typer.echo(outcome.error, err=True)
        for line in outcome.proposal:
            said = line["field"] or "not understood"
            typer.echo(f"  {line['column']} → {said} ({line['confidence']})", err=True)
        return
    for sentence in outcome.held:
        typer.echo(sentence, err=True)
    if wish.propose_to is not None:
        sys.stdout.write(f"{outcome.file}: proposed profile in {wish.propose_to}\n")
        return
    would = "would be " if wish.dry_run else ""
    sys.stdout.write(
        f"{outcome.file}: {outcome.rows_read} rows read, "
        f"{outcome.rows_loaded} {would}loaded "
        f"({outcome.rows_corrected} as corrections), "
        f"{outcome.rows_held} {would}held, {outcome.rows_skipped} {would}skipped, "
        f"{outcome.seconds:.1f} s\n"
    )
    for reason, count in outcome.by_reason.items():
        sys.stdout.write(f"  {reason}: {count}\n")
