"""Vetting in the synthetic country: asked, answered, a list with hits, a refusal."""

from datetime import UTC, datetime, timedelta

from django.conf import settings

from armstrace.accounts import actors
from armstrace.cli import writing
from armstrace.cli.demonstrating_decisions import person
from armstrace.jobs.running import JobContext
from armstrace.licensing import queries as licensing
from armstrace.vetting.actions import lists, refusals, vetting
from armstrace.vetting.inputs import RefusalInput, VettingInput
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import HolderKind
from armstrace.vocabulary.paging import PageRequest
from armstrace.vocabulary.vetting import Capacity, Duration, RefusalKind, VettingAnswer

LISTED = "Wanted in Varnia (synthetic)"
ASKED = 12
DAY = timedelta(days=1)


def vet() -> None:
    """Leave the desks of vetting with requests, hits and a refusal."""
    clerk, officer = person("registrar"), person("supervisor")
    now = datetime.now(UTC)
    rows = licensing.holder_rows(
        licensing.HolderFilter(kind=HolderKind.PERSON),
        viewer=actors.system_actor(),
        at=now,
        page=PageRequest(1, ASKED),
    ).rows
    for number, row in enumerate(rows):
        stated = VettingInput(row.name, Capacity.HOLDER, f"H{row.holder_id}")
        asked = vetting.ask_vetting(stated=stated, by=clerk, at=now - 9 * DAY)
        if number % 3:
            vetting.answer_vetting(
                request_id=asked.pk,
                answer=(VettingAnswer.CLEAR, VettingAnswer.REFER)[number % 5 == 4],
                by=officer,
                at=now - 2 * DAY,
            )
    _load([row.name for row in rows], officer, now)
    refused = RefusalInput(
        name=rows[-1].name,
        decided_on=(now - 40 * DAY).date(),
        authority="Licensing Office of Varnia, office@varnia.example",
        duration=Duration.INDEFINITE,
        kind=RefusalKind.ON_REQUEST,
        nationality=settings.HOME_COUNTRY,
    )
    refusals.record_refusal(stated=refused, by=clerk, at=now)


def _load(names: list[str], by: Actor, now: datetime) -> None:
    """Load a list of people whose names are those of holders with a slip."""
    path = settings.HOME / "demo-wanted.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writing.write_rows(file, [("id", "schema", "name", "birth_date")])
        for number, name in enumerate(names):
            slipped = name[:-2] + name[-1] if number % 2 else name[::-1].title()
            row = (f"W-{number}", "Person", slipped, str(1950 + number))
            writing.write_rows(file, [row])
    kept = lists.ListFile(path, path.name)
    made = lists.load_list(list_name=LISTED, file=kept, by=by, at=now)
    lists.run_check(job=made.job, by=by, at=now, context=JobContext())
