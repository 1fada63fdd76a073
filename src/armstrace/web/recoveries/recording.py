"""Record a recovery at the desk or on the street."""

import hashlib

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django_htmx.http import HttpResponseClientRedirect

from armstrace.accounts import queries as accounts
from armstrace.analysis.marks import identify
from armstrace.evidence import actions as evidence
from armstrace.procedures.actions import following
from armstrace.recoveries import queries
from armstrace.recoveries.actions import observing, recording, repeat_recoveries
from armstrace.vocabulary.arms import ItemKind
from armstrace.web import access, acting
from armstrace.web.recoveries.record_form import RecordForm
from armstrace.web.risk import outcomes


@access.staff_who("recovery.record")
def record(request: access.Request) -> HttpResponse:
    """Record a recovery, with its photographs."""
    form = RecordForm(request)
    if form.is_bound and form.is_valid():
        earlier = _earlier(form, request)
        if earlier and _is_sent_again(form, earlier, request):
            said = gettext("This recovery is on record already; it was sent twice.")
            return _lead_to(request, earlier, said)
        if earlier:
            form.refuse_number(f"R{earlier}", reverse("recovery", args=[earlier]))
        elif twin := _twin(form, request):
            form.ask_about(twin)
        else:
            kept = acting.result_of(request, form, lambda: _keep(form, request))
            if kept is not None:
                said = gettext("Recovery saved as %(reference)s, number %(number)s.")
                told = {"reference": f"R{kept}", "number": form.cleaned_data["number"]}
                return _lead_to(request, kept, said % told)
    return acting.show(request, "recoveries/record.html", form)


def _earlier(form: RecordForm, request: access.Request) -> int:
    """Give the recovery that has the number already, 0 where none has."""
    given = form.cleaned_data
    request.viewer.require("recovery.record", agency=given["agency"])
    return queries.id_by_number(
        given["number"], agency=given["agency"], viewer=request.viewer
    )


def _twin(form: RecordForm, request: access.Request) -> str:
    """Give an own recovery with the same marks and day, "" where none is unseen."""
    stated = form.to_input()
    if stated.item_kind is not ItemKind.ARM or not form.has_given_number:
        return ""
    alike = queries.sightings_of_marks(
        identify.identify(stated.description), viewer=request.viewer
    )
    same = (stated.agency, stated.recovered)
    twins = [one.reference for one in alike if (one.agency, one.recovered) == same]
    return "" if not twins or form.cleaned_data["checked"] == twins[0] else twins[0]


def _is_sent_again(form: RecordForm, earlier: int, request: access.Request) -> bool:
    """Tell whether the very same, photographs too, was recorded from this form."""
    stated = form.to_input()
    if not form.has_given_number or not queries.is_on_record(
        stated, source=stated.agency, **request.asking
    ):
        return False
    sent = {
        hashlib.sha256(content).hexdigest()
        for _name, content in form.cleaned_data["photographs"]
    }
    if not sent:
        return True
    kept = queries.arm_detail(earlier, viewer=request.viewer).photographs
    return sent <= {one.sha256 for one in kept}


def _keep(form: RecordForm, request: access.Request) -> int:
    """Record it with its photographs or not at all, so that it can be sent again."""
    stated = form.to_input()
    accounts.require_agency(stated.agency, viewer=request.viewer)
    kept = [
        evidence.store_image(
            content=content, name=name, folder=settings.MEDIA_ROOT, **request.how
        )
        for name, content in form.cleaned_data["photographs"]
    ]
    with transaction.atomic():
        (recorded,) = recording.record_recoveries(
            source=stated.agency, stated=[stated], **request.how
        )
        recorded.require_done()
        for file in kept:
            observing.add_photograph(
                recovery_id=recorded.record_id,
                stated=observing.StatedPhotograph(file),
                **request.how,
            )
    repeat_recoveries.note_resightings(recovery_ids=[recorded.record_id], **request.how)
    following.follow_procedure(recoveries=[recorded.record_id], **request.how)
    outcomes.name_recovery(
        form.cleaned_data["declaration"], recorded.record_id, request
    )
    return recorded.record_id


def _lead_to(request: access.Request, recovery_id: int, said: str) -> HttpResponse:
    """Lead to the page that says what the arm is; a script leads there itself."""
    messages.success(request, said)
    address = reverse("recovery", args=[recovery_id]) + "?recorded"
    if request.htmx:
        return HttpResponseClientRedirect(address)
    return redirect(address)
