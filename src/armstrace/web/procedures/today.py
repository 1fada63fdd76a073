"""The steps that wait today."""

from dataclasses import replace
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from armstrace.procedures import queries
from armstrace.vocabulary.actors import Actor
from armstrace.web.procedures import figures
from armstrace.web.templatetags.formatting import thin
from armstrace.web.today.work import Sheet, Task, task


def sheets(viewer: Actor, at: datetime) -> list[Sheet]:
    """Show how far the procedure is kept, to those who lead the work."""
    if not viewer.may("procedure.supervise"):
        return []
    return [Sheet("procedures/today.html", figures.of_agency(viewer, at))]


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
    if counts.asked_others and not counts.asked:
        words = gettext("waivers that wait for a second person")
        waits = ("waiting", counts.asked_others)
        asked = task(waits, words, gettext("View"), f"{inbox}?due=asked")
    return [own, asked, _late(counts.late)]


def _late(by_agency: tuple[tuple[str, int], ...]) -> Task:
    """Say whose steps are overdue, the agency with the most first."""
    address = reverse("steps") + "?due=late"
    count = sum(number for _agency, number in by_agency)
    late = task(("overdue", count), gettext("overdue steps"), gettext("View"), address)
    late = replace(late, is_more=False)  # all of them are counted
    for agency, number in by_agency[:1]:
        said = gettext("%(agency)s: %(count)s") % {
            "agency": agency,
            "count": thin(number),
        }
        late = replace(late, late=said, late_address=f"{address}&agency={agency}")
    return late
