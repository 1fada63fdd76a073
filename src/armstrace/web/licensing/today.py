"""What waits at the desk of licences today."""

from datetime import UTC, date, datetime

from django.urls import reverse
from django.utils.translation import gettext

from armstrace.licensing import queries
from armstrace.vocabulary.actors import Actor
from armstrace.web.today.work import Act, Task, task


def acts(viewer: Actor) -> tuple[Act, ...]:
    if not viewer.may("licence.apply") or viewer.may("registry.record"):
        return ()
    return (Act(gettext("Apply for a licence"), reverse("licence-kinds")),)


def tasks(viewer: Actor, today: date) -> list[Task]:
    is_asked = viewer.may("licence.apply")
    if not is_asked and not viewer.may("licence.assess"):
        return []
    waits = queries.waiting(viewer=viewer, at=datetime.now(UTC))
    listed = reverse("licences")
    if not viewer.may("licence.assess"):
        return [
            task(
                ("waiting", waits.to_answer),
                gettext("applications for licences with a question to the applicant"),
                gettext("View"),
                f"{listed}?turn=APPLICANT&shown=OPEN",
            )
        ]
    counted = [
        (
            ("waiting", waits.to_assess),
            gettext("applications for licences to work on"),
            f"{listed}?turn=ASSESSOR",
        ),
        (
            ("waiting", waits.to_decide),
            gettext("applications for licences to decide"),
            f"{listed}?shown={queries.ApplicationsShown.TO_DECIDE}",
        ),
        (
            ("overdue", waits.overdue),
            gettext("applications for licences overdue"),
            f"{listed}?shown=OVERDUE",
        ),
    ]
    if viewer.may("holder.view"):
        ending = queries.count_ending(viewer=viewer, today=today)
        address = reverse("held-licences") + f"?shown={queries.LicencesShown.ENDING}"
        said = gettext("licences that end within 90 days")
        counted.append((("waiting", ending), said, address))
    return [
        task(count, what, gettext("View"), address) for count, what, address in counted
    ]
