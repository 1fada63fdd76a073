"""`armstrace rekey`: make the keys of matching by the look-alikes in force."""

import sys
from datetime import UTC, datetime
from typing import Annotated

import typer
from django.conf import settings

from armstrace.accounts.actors import system_actor
from armstrace.ballistics import prepared_check
from armstrace.ballistics.actions import searching
from armstrace.cli import options, progress, telling
from armstrace.cli.main import say
from armstrace.jobs import tasks
from armstrace.registry import jobs, key_check, population, rekeying
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.sentences import Sentences

SAID = Sentences(__package__)
app = typer.Typer(add_completion=False)
SHOWN = 50


@app.command()
def rekey(
    in_background: Annotated[
        bool, typer.Option("--background", help="Leave it to `armstrace work`.")
    ] = False,
    check: Annotated[
        bool,
        typer.Option(
            "--check",
            help="Compare keys with records, and marks with scans; change none.",
        ),
    ] = False,
    anew: Annotated[
        bool,
        typer.Option(
            "--anew", help="Make keys, frequencies and marks, whatever stands."
        ),
    ] = False,
    as_json: options.AsJson = False,
) -> None:
    """Make the keys of matching anew: other look-alikes, or a release with more keys.

    Searches go on meanwhile. Stopped anywhere, the same command goes on where it
    stood.
    """
    if check:
        _check(as_json=as_json)
        return
    by, at = system_actor(), datetime.now(UTC)
    if anew:
        population.recount()
        searching.prepare_marks(folder=settings.MEDIA_ROOT, by=by, at=at, anew=True)
    job = jobs.begin_rekeying(anew=anew, by=by, at=at)
    if job is not None and in_background:
        tasks.enqueue(job.pk, by=by, at=at)
        telling.note(message("The keys are made anew by the jobs; searches go on."))
        return
    if job is not None:
        with progress.shown(say(message("Keys"))) as context:
            jobs.rekey(job, by, at, context)
    told = {"changed": job is not None, "version": rekeying.standing().version}
    if as_json:
        telling.show_json(told)
    elif job is not None:
        said = SAID.say("KEYS_MADE", **told)
        telling.tell(said)
    else:
        said = SAID.say("KEYS_MADE_BEFORE", **told)
        telling.tell(said)


def _check(*, as_json: bool) -> None:
    found = key_check.check(lambda _what, _count: None)
    marks = prepared_check.check(settings.MEDIA_ROOT, lambda _what, _count: None)
    told = {"arms": found.arms, "keys": found.keys}
    if as_json:
        compared = {"marks": marks.marks, "wrong_marks": marks.wrong}
        telling.show_json(told | {"wrong": found.wrong} | compared)
    else:
        telling.tell(message("Arms compared: %(arms)s; keys: %(keys)s.", **told))
        wrong = [
            message("The keys of A%(arm)s are not those of its record.", arm=arm)
            for arm in found.wrong
        ]
        telling.tell_first(wrong, SHOWN, len(wrong))
        telling.tell(message("Prepared marks compared: %(marks)s.", marks=marks.marks))
        other = [
            message(
                "What searches compare of B%(mark)s is not what its scan gives; "
                "`armstrace rekey --anew` prepares the marks again.",
                mark=mark,
            )
            for mark in marks.wrong
        ]
        telling.tell_first(other, SHOWN, len(other))
    if found.wrong or marks.wrong:
        sys.exit(1)
