"""An event that is to be recorded, and what the desk knows beside it."""

from dataclasses import dataclass

from armstrace.analysis.provenance.events import Event
from armstrace.analysis.provenance.state import State
from armstrace.vocabulary.codes import Known


@dataclass(frozen=True, slots=True)
class Facts:
    """What the desk knows beside the events when it records one more."""

    # The arm bears the mark that its next step needs.
    marked: Known = Known.UNKNOWN
    # The owner agreed in writing to destruction.
    owner_consents: Known = Known.UNKNOWN
    open_theft_report: Known = Known.UNKNOWN
    # The importing State's authorisation is on file.
    import_authorised: Known = Known.UNKNOWN
    # Every transit State's prior no-objection is on file.
    transits_consent: Known = Known.UNKNOWN
    stolen_check_done: Known = Known.UNKNOWN
    # The arm was traced, or a reason says why not.
    trace_decided: Known = Known.UNKNOWN
    # The court or prosecutor released the exhibit.
    evidence_released: Known = Known.UNKNOWN
    # An examiner confirmed that it is this very arm.
    identity_examined: Known = Known.UNKNOWN
    claimed_antique: bool = False
    # The year, None where not known.
    year_of_manufacture: int | None = None
    # The last year in which an antique can have been made, by the law of the day; None
    # where no law says one.
    last_antique_year: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """An event that is to follow what happened to an arm so far."""

    before: State
    event: Event
    # What the desk knows beside the events.
    facts: Facts = Facts()
