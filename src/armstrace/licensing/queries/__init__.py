"""What can be asked about holders."""

from armstrace.licensing.queries.applications import (
    ApplicationFilter,
    ApplicationPage,
    ApplicationRow,
    ApplicationsShown,
    application_page,
    application_rows,
    every_application,
    open_document,
    waiting_with,
)
from armstrace.licensing.queries.cards import (
    HolderCard,
    cards_by_number,
    holder_cards,
    holder_ids,
    holder_kinds,
    holders_called,
    licence_numbers,
)
from armstrace.licensing.queries.checks import (
    Otherwise,
    Standing,
    checks_of,
    otherwise_decided,
    standing_of,
    vetting_that_counts,
)
from armstrace.licensing.queries.held import (
    SOON,
    LicenceFilter,
    LicenceRow,
    LicencesShown,
    count_ending,
    every_licence,
    kinds_changed,
    licence_rows,
    licences_of,
    licences_written,
)
from armstrace.licensing.queries.holders import (
    FOUND,
    HolderFilter,
    HolderPage,
    HolderRow,
    asks_reason,
    holder_page,
    holder_rows,
    may_name,
    names_for_keeper,
    receivers,
)
from armstrace.licensing.queries.licences import (
    LicencePage,
    asked_before,
    licence_page,
    others_in_force,
)
from armstrace.licensing.queries.timeliness import timeliness, waiting
