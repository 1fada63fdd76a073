"""`armstrace deactivation`: what keeps a deactivation from being verified."""

from typing import Annotated, Any

from armstrace.cli import facts, options
from armstrace.deactivations import checking, queries, rules
from armstrace.deactivations.rules import Facts
from armstrace.vocabulary.deactivation import DeactivationState

app = options.group("Say what blocks deactivations, by the standard in force.")


@app.command()
def check(
    asked: Annotated[
        str, facts.subject("Of a deactivation (U12), or a JSON file of one.")
    ],
    law: facts.Law = "",
    *,
    as_json: options.AsJson = False,
) -> None:
    """Say which parts and checks are open today; status 1 where something blocks."""
    by = facts.asking(law)
    stated = facts.read_file(asked, Facts)
    if stated is not None:
        told: dict[str, Any] = {"file": asked}
        which = checking.provision_of(stated, by.law, by.today)
        found = checking.missing(stated, by.law, by.today)
    else:
        how = by.of_records
        key = queries.deactivation_called(asked, viewer=how["viewer"])
        page = queries.deactivation_page(key, **how)
        told = {"number": page.row.reference, "state": page.row.state}
        is_refused = page.row.state is DeactivationState.REFUSED
        told |= {"blocks": is_refused or page.blocks}
        which, found = page.asked, page.missing
    told |= {"kind": which.facts.kind}
    told |= {"standard": which.standard.code if which.standard else None}
    told |= {"parts": list(which.open_parts), "checks": list(which.open_checks)}
    told |= {"marks": list(which.parts_without_mark)}
    table = (each.code for each in rules.table_of(which.facts))
    facts.answer(told, found, by, rules=table, as_json=as_json)
