"""A job as every page shows it: its state, how far it has come, what can be done."""

from dataclasses import dataclass

from django.utils.translation import gettext

from armstrace.jobs.queries import JobRow
from armstrace.translation import translate
from armstrace.vocabulary.jobs import JobState

MEANINGS = {
    JobState.WAITING: "waiting",
    JobState.RUNNING: "waiting",
    JobState.STOPPED: "overdue",
    JobState.CANCELLED: "",
    JobState.DONE: "confirmed",
}


@dataclass(frozen=True, slots=True)
class JobShown:
    """A job as ``parts/job.html`` shows it."""

    row: JobRow
    state: str
    meaning: str
    # Why it stopped before its end; "" where it did not.
    problem: str
    # The page that shows it; it is asked again while the job goes on.
    address: str
    # Where a form is sent that lets it go on; "" where nothing is sent.
    go_on: str
    # Where a form is sent that cancels it; "" where nothing is sent.
    stop: str

    @property
    def is_going(self) -> bool:
        """Whether the page asks again."""
        return self.row.is_going


def present(row: JobRow, *, address: str, go_on: str = "", stop: str = "") -> JobShown:
    """Give a job with its state in words."""
    return JobShown(
        row=row,
        state=gettext(row.state.label),
        meaning=MEANINGS[row.state],
        problem=translate(row.problem) if row.problem else "",
        address=address,
        go_on=go_on if row.can_go_on else "",
        stop=stop if row.is_going else "",
    )
