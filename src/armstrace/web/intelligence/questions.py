"""The two questions of the picture, each a page with its table."""

from collections.abc import Iterable

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from armstrace.analysis.networks.graph import Edge, Node
from armstrace.intelligence import queries
from armstrace.intelligence.queries.questions import Confirmed
from armstrace.web import access
from armstrace.web.intelligence import presenters
from armstrace.web.lists import exports

MOST_ROWS = 200


@access.staff_view
def origins(request: access.Request, key: str) -> HttpResponseBase:
    """Show where the arms of a group or a person came from."""
    found = queries.origins(key.upper(), viewer=request.viewer)
    if exports.is_wanted(request):
        columns: exports.Columns = {
            _("Who had it"): lambda row: _name([row.member]),
            _("Stated by"): lambda row: _state(row.links),
            _("Recovery"): lambda row: _name([row.recovery]),
            _("Registered arm"): lambda row: _name([row.arm]),
            _("Sold by"): lambda row: _name(row.sellers),
            _("Held by"): lambda row: _name(row.holders),
            _("Point of diversion"): lambda row: _confirm([row.confirmed]),
        }
        return exports.hand_over(request, "origins", columns, found.rows)
    context = {
        "record": presenters.end(found.node),
        "rows": [
            {
                "member": presenters.end(row.member),
                "links": [each for each in row.links if each.number],
                "recovery": presenters.end(row.recovery) if row.recovery else None,
                "arm": presenters.end(row.arm) if row.arm else None,
                "confirmed": row.confirmed,
                "sellers": [presenters.end(each) for each in row.sellers],
                "holders": [presenters.end(each) for each in row.holders],
            }
            for row in found.rows[:MOST_ROWS]
        ],
        "left_out": max(len(found.rows) - MOST_ROWS, 0),
        "by_seller": [(presenters.end(node), many) for node, many in found.by_seller],
        "by_diversion": found.by_diversion,
    }
    return render(request, "intelligence/origins.html", context)


@access.staff_view
def passages(request: access.Request, key: str) -> HttpResponseBase:
    """Show which arms passed a dealer, holder or subject, and what became of them."""
    found = queries.arms_that_passed(key.upper(), viewer=request.viewer)
    if exports.is_wanted(request):
        columns: exports.Columns = {
            _("Arm"): lambda row: _name([row.arm]),
            _("How"): lambda row: "; ".join(
                f"{_(each.kind.label)} {each.day or ''}".strip() for each in row.how
            ),
            _("Recovered"): lambda row: _name(row.recoveries),
            _("Lost or stolen"): lambda row: _name(row.losses),
            _("Point of diversion"): lambda row: _confirm(row.confirmed),
        }
        return exports.hand_over(request, "passed", columns, found.rows)
    context = {
        "record": presenters.end(found.node),
        "found": found,
        "rows": [
            {
                "arm": presenters.end(row.arm),
                "how": row.how,
                "recoveries": [presenters.end(each) for each in row.recoveries],
                "losses": [presenters.end(each) for each in row.losses],
                "confirmed": row.confirmed,
            }
            for row in found.rows[:MOST_ROWS]
        ],
        "left_out": max(len(found.rows) - MOST_ROWS, 0) + found.left_out,
    }
    return render(request, "intelligence/passed.html", context)


def _name(nodes: Iterable[Node | None]) -> str:
    return "; ".join(f"{each.key} {each.label}".strip() for each in nodes if each)


def _state(links: Iterable[Edge]) -> str:
    """Say on which statements a chain rests, with what binds whoever reads them."""
    return "; ".join(
        f"{each.number} {each.grade} {each.handling}" for each in links if each.number
    )


def _confirm(confirmed: Iterable[Confirmed | None]) -> str:
    parts = (
        (_(each.kind.label) if each.kind else "", str(each.on or ""), each.place)
        for each in confirmed
        if each
    )
    return "; ".join(" ".join(filter(None, said)) for said in parts)
