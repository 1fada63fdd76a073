"""An extract of an arm, to be printed: who printed it, and when."""

from django.http import HttpResponse
from django.shortcuts import render

from armstrace.registry import queries
from armstrace.web import access
from armstrace.web.provenance import holders as naming
from armstrace.web.registry import arms


@access.staff_view
def extract(request: access.Request, arm_id: int) -> HttpResponse:
    """Show an extract; persons are named where they are asked for, with a reason."""
    asking = None
    if request.method == "POST":
        asking = naming.read_asking(request.POST, request.at)
    context = arms.page(arm_id, **request.asking, asking=asking)
    queries.note_extract(arm_id, **request.asking)
    context |= {"holders_address": request.path, "printed_at": request.at}
    return render(request, "registry/extract.html", context)
