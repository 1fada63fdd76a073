"""The steps that wait today."""

from dataclasses import replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from armstrace.procedures import queries
from armstrace.vocabulary.actors import Actor
from armstrace.web.templatetags.formatting import thin
from armstrace.web.today.work import Act, Task, task


def acts(viewer: Actor) -> list[Act]:
    """Give what the hub looks at first."""
    if not viewer.may("procedure.supervise"):
        return []
    return [Act(gettext("Parallel cases and lead times"), reverse("step-figures"))]


def tasks(viewer: Actor, today: date) -> list[Task]:
    """Count the steps that wait for this person."""
    if not viewer.may("step.do"):
        return []
    counts = queries.inbox_counts(viewer=viewer, today=today)
    inbox = reverse("steps")
    own = task(
        ("waiting", counts.own),
        gettext("steps for my role"),
        gettext("Open the steps"),
        f"{inbox}?role={viewer.role.value}",
    )
    if counts.own_late:
        said = ngettext("%(count)s overdue", "%(count)s overdue", counts.own_late)
        address = f"{inbox}?role={viewer.role.value}&due=late"
        own = replace(
            own,
            meaning="overdue",
            late=said % {"count": thin(counts.own_late)},
            late_address=address,
        )
    if not viewer.may("step.waive"):
        return [own]
    asked = task(
        ("waiting", counts.asked),
        gettext("waivers to decide"),
        gettext("Decide"),
        f"{inbox}?due=asked",
    )
    return [own, asked, _late(viewer, today, counts.late)]


def _late(viewer: Actor, today: date, count: int) -> Task:
    """Say whose steps are overdue, the agency with the most first."""
    address = reverse("steps") + "?due=late"
    late = task(("overdue", count), gettext("overdue steps"), gettext("View"), address)
    worst = queries.late_by_agency(viewer=viewer, today=today)[:1]
    for agency, number in worst:
        said = gettext("%(agency)s: %(count)s") % {
            "agency": agency,
            "count": thin(number),
        }
        late = replace(late, late=said, late_address=f"{address}&agency={agency}")
    return late
