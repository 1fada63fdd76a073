"""`armstrace transfer`: what blocks a transfer, before it is asked for."""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from django.conf import settings

from armstrace.cli import facts, options
from armstrace.transfers import changing, checking, queries
from armstrace.transfers.facts import Facts
from armstrace.vocabulary.transfers import Moment

if TYPE_CHECKING:
    from armstrace.licensing.checking import Missing

app = options.group("Say what blocks transfers, by the jurisdiction profile.")


@app.command()
def check(
    asked: Annotated[
        str,
        facts.subject(
            "Of an authorisation (G12, or the number on paper), or a JSON or TOML "
            "file of one."
        ),
    ],
    law: facts.Law = "",
    *,
    as_json: options.AsJson = False,
) -> None:
    """Say what blocks a transfer today; status 1 where something does."""
    by = facts.asking(law)
    stated = facts.read_file(asked, Facts)
    later: tuple[Missing, ...] = ()
    if stated is not None:
        stated = _with_countries(stated)
        moment = Moment.DEPARTURE if stated.departs_on else Moment.ISSUE
        day = stated.departs_on or stated.issued_on or by.today
        home = settings.HOME_COUNTRY
        found = checking.missing(stated, by.law, moment, day, home)
        told: dict[str, Any] = {"file": asked, "direction": stated.direction}
    else:
        one = queries.standing_of(asked, **by.of_records)
        found, moment, day = one.missing, one.moment, by.today
        told = {"number": one.number, "direction": one.direction, "stage": one.stage}
        told |= {"blocks": one.blocks}
        later = one.later
    rules = (
        each.code for each in by.law.transfers_asked(told["direction"], moment, day)
    )
    told |= {"day": day.isoformat(), "moment": moment}
    facts.answer(told, found, by, rules=rules, later=later, as_json=as_json)


def _with_countries(stated: Facts) -> Facts:
    """Hold the countries of a file to those of the desk, its documents' too."""
    given = changing.with_countries(stated)
    codes = [changing.countries([each.country]) for each in given.papers]
    papers = [
        replace(each, country="".join(code))
        for each, code in zip(given.papers, codes, strict=True)
    ]
    return replace(given, papers=tuple(papers))
