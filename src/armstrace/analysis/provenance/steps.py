"""An event that is to be recorded, and what the desk knows beside it."""

from dataclasses import dataclass

from armstrace.analysis.provenance.events import Event
from armstrace.analysis.provenance.state import State
from armstrace.vocabulary.codes import Known


@dataclass(frozen=True, slots=True)
class Facts:
    """What the desk knows beside the events when it records one more.

    Args:
        marked: The arm bears the mark that its next step needs.
        owner_consents: The owner agreed in writing to destruction.
        open_theft_report: A report of loss or theft is open, here or abroad.
        import_authorised: The importing State's authorisation is on file.
        transits_consent: Every transit State's prior no-objection is on file.
        stolen_check_done: Stolen-arms records were searched.
        trace_decided: The arm was traced, or a reason says why not.
        evidence_released: The court or prosecutor released the exhibit.
        identity_examined: An examiner confirmed that it is this very arm.
        claimed_antique: The arm is to be recorded as antique.
        year_of_manufacture: The year, None where not known.
        last_antique_year: The last year in which an antique can have been made, by
            the law of the day; None where no law says one.
    """

    marked: Known = Known.UNKNOWN
    owner_consents: Known = Known.UNKNOWN
    open_theft_report: Known = Known.UNKNOWN
    import_authorised: Known = Known.UNKNOWN
    transits_consent: Known = Known.UNKNOWN
    stolen_check_done: Known = Known.UNKNOWN
    trace_decided: Known = Known.UNKNOWN
    evidence_released: Known = Known.UNKNOWN
    identity_examined: Known = Known.UNKNOWN
    claimed_antique: bool = False
    year_of_manufacture: int | None = None
    last_antique_year: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """An event that is to follow what happened to an arm so far.

    Args:
        before: The fold of the events so far.
        event: The event to record.
        facts: What the desk knows beside the events.
    """

    before: State
    event: Event
    facts: Facts = Facts()
