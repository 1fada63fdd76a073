"""To whom, and until when, somebody who was refused a licence may appeal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from armstrace.analysis.procedures import working_days
from armstrace.licensing.models import ApplicationRecord
from armstrace.records import jurisdiction
from armstrace.vocabulary.licensing import LicenceAct
from armstrace.vocabulary.messages import Message, message


@dataclass(frozen=True, slots=True)
class AppealAllowed:
    """What a refusal says of an appeal; without a body the profile is silent."""

    body: str = ""
    until: date | None = None
    source: str = ""

    @property
    def words(self) -> Message:
        """Say it in one sentence."""
        if self.until is None:
            return message(
                "The law of this State sets to whom, and until when, the applicant may "
                "appeal."
            )
        return message(
            "The applicant may appeal to %(body)s until %(day)s (%(source)s).",
            body=self.body,
            day=self.until,
            source=self.source,
        )


def read_appeal(states: Iterable[ApplicationRecord], today: date) -> AppealAllowed:
    """Give what the law of the day of a refusal says; of today where it is to come.

    Args:
        states: Those of an application, the newest first.
    """
    refused = [each for each in states if each.act == LicenceAct.REFUSE]
    begun = timezone.localdate(refused[0].known_at) if refused else today
    rule = jurisdiction.profile().appeal(begun)
    if rule is None:
        return AppealAllowed()
    until = begun + timedelta(days=rule.days)
    if rule.is_working:
        until = working_days.due_on(begun, rule.days, settings.HOME_COUNTRY)
    return AppealAllowed(rule.body, until, rule.source)
