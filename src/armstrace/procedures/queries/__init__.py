"""What can be asked about standing procedures and their steps."""

from armstrace.procedures.queries.figures import (
    CaseCounts,
    CaseFigures,
    StepTimes,
    SupervisorWaivers,
    case_figures,
    cases_by_month,
    step_times,
    waivers_by_supervisor,
)
from armstrace.procedures.queries.inbox import (
    InboxChoices,
    InboxFilter,
    inbox,
    inbox_choices,
    inbox_counts,
)
from armstrace.procedures.queries.procedures import (
    Preview,
    VersionRow,
    preview_change,
    procedure_changes,
    procedure_version,
    procedure_versions,
    simulate,
    steps_without_people,
)
from armstrace.procedures.queries.steps import (
    Panel,
    StepShown,
    Ungranted,
    panel,
    step_of_recovery,
)
from armstrace.procedures.versions import StepChange
