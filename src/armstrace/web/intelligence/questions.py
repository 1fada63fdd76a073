"""The two questions of the picture, each a page with its table."""

from collections.abc import Iterable

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from armstrace.analysis.networks.graph import Edge, Node, held_back
from armstrace.intelligence import queries
from armstrace.intelligence.actions import passing
from armstrace.intelligence.queries.questions import Confirmed
from armstrace.web import access
from armstrace.web.lists import exports

MOST_ROWS = 200


@access.staff_view
def origins(request: access.Request, key: str) -> HttpResponseBase:
    """Show where the arms of a group or a person came from."""
    found = queries.origins(key.upper(), viewer=request.viewer)
    parts: list[Node | Edge] = [row.member for row in found.rows]
    parts += [each for row in found.rows for each in row.links]
    if exports.is_wanted(request):
        columns: exports.Columns = {
            _("Who had it"): lambda row: _name([row.member]),
            _("Stated by"): lambda row: _state(row.links_by_number),
            _("Recovery"): lambda row: _name([row.recovery]),
            _("Registered arm"): lambda row: _name([row.arm]),
            _("Sold by"): lambda row: _name(row.sellers),
            _("Held by"): lambda row: _name(row.holders),
            _("Point of diversion"): lambda row: _confirm([row.confirmed]),
        }
        _pass_on(request, parts)
        return exports.hand_over(request, "origins", columns, found.rows)
    return _show(request, "origins", found, parts)


@access.staff_view
def passages(request: access.Request, key: str) -> HttpResponseBase:
    """Show which arms passed a dealer, holder or subject, and what became of them."""
    found = queries.arms_that_passed(key.upper(), viewer=request.viewer)
    parts = [each for row in found.rows for each in row.how]
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
        _pass_on(request, parts)
        return exports.hand_over(request, "passed", columns, found.rows)
    return _show(request, "passed", found, parts)


def _pass_on(request: access.Request, parts: Iterable[Node | Edge]) -> None:
    reason = request.POST.get("reason", "")
    passing.pass_on(parts=parts, reason=reason, **request.how)


def _show(
    request: access.Request,
    name: str,
    found: queries.Origins | queries.Passed,
    parts: Iterable[Node | Edge],
) -> HttpResponseBase:
    context = {
        "found": found,
        "record": found.node,
        "rows": found.rows[:MOST_ROWS],
        "left_out": max(len(found.rows) - MOST_ROWS, 0) + getattr(found, "left_out", 0),
        "is_held_back": bool(held_back(parts)),
        "files": exports.FILES,
    }
    return render(request, f"intelligence/{name}.html", context)


def _name(nodes: Iterable[Node | None]) -> str:
    return "; ".join(f"{each.key} {each.label}".strip() for each in nodes if each)


def _state(links: Iterable[Edge]) -> str:
    """Say on which statements a chain rests, with what binds whoever reads them."""
    return "; ".join(f"{each.number} {each.grade} {each.handling}" for each in links)


def _confirm(confirmed: Iterable[Confirmed | None]) -> str:
    parts = (
        (_(each.kind.label) if each.kind else "", str(each.on or ""), each.place)
        for each in confirmed
        if each
    )
    return "; ".join(" ".join(filter(None, said)) for said in parts)
