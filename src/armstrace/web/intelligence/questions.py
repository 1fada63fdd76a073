"""The two questions of the picture, each a page with its table."""

from django.http import HttpResponse
from django.shortcuts import render

from armstrace.intelligence import queries
from armstrace.web import access
from armstrace.web.intelligence import presenters

MOST_ROWS = 200


@access.staff_view
def origins(request: access.Request, key: str) -> HttpResponse:
    """Show where the arms of a group or a person came from."""
    found = queries.origins(key.upper(), viewer=request.viewer)
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
def passages(request: access.Request, key: str) -> HttpResponse:
    """Show which arms passed a dealer, holder or subject, and what became of them."""
    found = queries.arms_that_passed(key.upper(), viewer=request.viewer)
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
