"""Certificates: the list, one to print, issue, sign, revoke, check, publish."""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext

from armstrace.certificates import queries, rules
from armstrace.certificates.actions import issuing, publishing
from armstrace.deactivations import queries as deactivations
from armstrace.translation import translate
from armstrace.vocabulary.certificates import CertificateState
from armstrace.web import access, acting, listing
from armstrace.web.certificates import forms, verifier
from armstrace.web.drawing import qr
from armstrace.web.licensing import justifying
from armstrace.web.lists import exports
from armstrace.web.provenance import holders
from armstrace.web.return_exports import pdf


@access.staff_view
def certificates(request: access.Request) -> HttpResponseBase:
    """List certificates, to those who may see whom they name."""
    if not request.viewer.may("certificate.view"):
        return redirect("certificate-check")
    return listing.show(
        request,
        "certificates/list.html",
        partial(queries.certificate_rows, reason=justifying.reason_of(request)),
        forms.CertificateFilters(request.GET or None),
        newest=queries.newest_list(viewer=request.viewer),
        unpublished=queries.count_unpublished(viewer=request.viewer)
        if request.viewer.may("certificate.publish")
        else 0,
    )


@access.staff_view
def certificate(request: access.Request, certificate_id: int) -> HttpResponse:
    """Show one certificate, to be printed."""
    viewer = request.viewer
    found, holder_id = queries.certificate(certificate_id, **_why(request))
    withheld = queries.withheld(certificate_id, viewer=viewer)
    context = {
        "record": found,
        "withheld": withheld,
        "licensed": queries.licence_certified(certificate_id, viewer=viewer),
        "roles": holders.roles_with("certificate.issue"),
        "holder_id": holder_id,
        "check": _check(request),
        "code": qr.draw(found.token, error="m") if found.token else None,
        "is_over": found.last_day is not None and found.last_day < request.today,
        "may_renew": queries.is_outdated(found, viewer=viewer)
        and viewer.may_for("certificate.issue", found.agency),
        "may_sign": found.state is CertificateState.WAITING
        and not withheld
        and found.asked_by != viewer.name
        and viewer.may_for("certificate.issue", found.agency),
        "may_print": bool(found.token)
        and found.state is CertificateState.ISSUED
        and not withheld
        and pdf.is_ready()
        and viewer.may_for("certificate.issue", found.agency),
        "may_revoke": found.ended_at is None
        and viewer.may_for("certificate.revoke", found.agency),
    }
    return render(request, "certificates/page.html", context)


def _check(request: access.Request) -> str:
    """Give the address at which anybody checks a certificate."""
    return request.build_absolute_uri(reverse("public-certificate"))


def _why(request: access.Request) -> dict[str, Any]:
    reason = justifying.reason_of(request)
    return {"viewer": request.viewer, "at": request.at, "reason": reason}


@access.staff_who("certificate.issue")
def issue(request: access.Request) -> HttpResponse:
    """Issue the certificate of a licence."""
    number = request.GET.get("licence", "")
    there = queries.certificate_of_licence(number, viewer=request.viewer)
    if there and request.method == "GET":
        told = rules.ONE_AT_A_TIME.broken((number, False))
        messages.info(request, translate(told))
        return redirect("certificate", there.pk)
    form = forms.IssueForm(acting.sent(request), initial={"licence": number})
    return acting.answer(
        request,
        form,
        lambda: issuing.certify_licence(
            number=form.cleaned_data["licence"], **request.how
        ),
        done=gettext("The certificate is recorded."),
        to=lambda made: reverse("certificate", args=[made.pk]),
        template="certificates/form.html",
        heading=gettext("Issue a certificate"),
        verb=gettext("Issue the certificate"),
        back=reverse("certificates"),
    )


@access.staff_act
def sign(request: access.Request, certificate_id: int) -> HttpResponse:
    """Sign a certificate for which a colleague asked."""
    issuing.sign_certificate(certificate_id=certificate_id, **request.how)
    messages.success(request, gettext("The certificate is issued."))
    return redirect("certificate", certificate_id)


@access.staff_act_who("certificate.issue")
def document(request: access.Request, certificate_id: int) -> HttpResponse:
    """Make the signed PDF of a certificate."""
    found, _ = queries.certificate(certificate_id, **_why(request))
    context = {
        "record": found,
        "paper": deactivations.paper_of_certificate(
            certificate_id, viewer=request.viewer
        ),
        "country": settings.HOME_COUNTRY,
        "authority": settings.AUTHORITY or found.agency,
        "licensed": queries.licence_certified(certificate_id, viewer=request.viewer),
        "code": qr.draw(found.token, error="m"),
        "check": _check(request),
    }
    page = render_to_string("certificates/paper.html", context, request)
    signed = issuing.sign_document(
        certificate_id=certificate_id, pdf=pdf.pdf_of(page), **request.how
    )
    return exports.attach(signed, f"{found.number}.pdf", "application/pdf")


@access.staff_who("certificate.revoke")
def revoke(request: access.Request, certificate_id: int) -> HttpResponse:
    """Revoke a certificate, or refuse one that waits."""
    found, _ = queries.certificate(certificate_id, **_why(request))
    form = forms.EndForm(acting.sent(request), initial={"seen": found.state.value})
    back = reverse("certificate", args=[certificate_id])
    is_waiting = found.state is CertificateState.WAITING
    return acting.answer(
        request,
        form,
        lambda: issuing.revoke_certificate(
            certificate_id=certificate_id, **form.cleaned_data, **request.how
        ),
        done=gettext("The certificate is refused.")
        if is_waiting
        else gettext("Done. Publish a new list, so that posts without a network know."),
        to=back,
        template="certificates/form.html",
        heading=gettext("Refuse the certificate")
        if is_waiting
        else gettext("Revoke the certificate"),
        verb=gettext("Refuse") if is_waiting else gettext("Revoke"),
    )


@access.staff_who("certificate.verify")
def check(request: access.Request) -> HttpResponse:
    """Check a certificate that somebody shows."""
    form = forms.CheckForm(acting.sent(request), request.FILES or None)
    found = acting.result_of(
        request,
        form,
        lambda: queries.check(form.shown(), **request.asking),
    )
    return acting.show(request, "certificates/check.html", form, {"found": found})


@access.staff_view
def bundle(request: access.Request) -> HttpResponse:
    """Hand out the page that checks without a network, with keys and the list."""
    packed = verifier.bundle(queries.trust_file(viewer=request.viewer))
    return exports.attach(packed, "certificates.zip", "application/zip")


@access.staff_act
def publish(request: access.Request) -> HttpResponse:
    """Publish the list of revoked certificates."""
    publishing.publish_list(**request.how)
    messages.success(request, gettext("The list is published; hand out the files."))
    return redirect("certificates")
