"""What a registry clerk begins today, and what waits in the register."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from armstrace.licensing.queries import SOON, LicencesShown
from armstrace.registry import queries
from armstrace.registry.queries import trading
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.arms import ArmBasis
from armstrace.web.today.work import Act, Task, task


def acts(viewer: Actor) -> list[Act]:
    """Give what a clerk begins: registering, finding, recording."""
    begun = [
        ("registry.record", gettext("Register an arm"), "arm-register"),
        ("registry.record", gettext("Find an arm to act on"), "registry"),
        ("holder.record", gettext("Holders"), "holders"),
        ("holder.record", gettext("Record a holder"), "holder-record"),
        ("trade.view", gettext("Own stock"), "own-stock"),
        ("trade.notify", gettext("Give notice"), "own-notice"),
    ]
    return [
        Act(words, reverse(name)) for grant, words, name in begun if viewer.may(grant)
    ]


def tasks(viewer: Actor, today: date) -> list[Task]:
    """Count own licences to act on, arms of stopped holders, and reports to link."""
    if viewer.may("trade.view"):
        return _of_trade(viewer, today)
    if not viewer.may("holder.record"):
        return []
    stopped = task(
        ("waiting", queries.count_stopped(viewer=viewer)),
        gettext("arms whose holder has a licence suspended or revoked"),
        gettext("View"),
        f"{reverse('registry')}?is_stopped=on",
    )
    if not viewer.may("registry.record"):
        return [stopped]
    basis = ArmBasis.LOSS_REPORT.value
    return [
        stopped,
        task(
            ("waiting", queries.arm_count(basis, viewer=viewer)),
            gettext("arms known only from a report of loss or theft"),
            gettext("Link them, or register them"),
            f"{reverse('registry')}?basis={basis}",
        ),
        task(
            ("waiting", queries.count_pairs_apart(viewer=viewer)),
            gettext("reports of loss that may be of registered arms"),
            gettext("Decide"),
            reverse("arm-pairs"),
        ),
    ]


def _of_trade(viewer: Actor, today: date) -> list[Task]:
    own = trading.own_licences(viewer=viewer, today=today)
    listed = reverse("own-stock")
    stopped = sum(each.stage is LicencesShown.SUSPENDED for each in own)
    ending = sum(
        each.stage is LicencesShown.VALID
        and each.valid_until is not None
        and each.valid_until <= today + SOON
        for each in own
    )
    counted = [
        (("overdue", stopped), gettext("licences of your business are suspended")),
        (("waiting", ending), gettext("licences that end within 90 days")),
    ]
    return [task(count, what, gettext("View"), listed) for count, what in counted]
