"""Lists of names and who is near them, requests for vetting, refusals."""

from django.db import models
from django.db.models import PROTECT

from armstrace.analysis.names.entries import Entry
from armstrace.jobs.models import Job
from armstrace.records.constraints import CURRENT, index
from armstrace.records.fields import MessageField
from armstrace.records.scope import Scoped, no_such
from armstrace.records.versions import (
    KnownRecord,
    NumberedRecord,
    VersionRecord,
    of_versions,
)
from armstrace.vocabulary.messages import message
from armstrace.vocabulary.vetting import (
    Capacity,
    Duration,
    Examined,
    ListFormat,
    RefusalKind,
    VettingAnswer,
)

no_such_request = no_such(
    message("There is no request for vetting V%(number)s here; check the number.")
)
no_such_refusal = no_such(
    message("There is no refusal F%(number)s here; check the number.")
)


class ListVersion(KnownRecord):
    """A list of names as it was loaded once, and what its check came to.

    A version without a file looks again at what the list held, for new subjects.
    """

    list_name = models.CharField(max_length=80)
    version = models.CharField(max_length=40, blank=True)
    format = models.CharField(max_length=8, choices=ListFormat.choices(), blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    file_path = models.CharField(max_length=500, blank=True)
    cut = models.FloatField()
    loaded_by = models.CharField(max_length=150)
    job = models.OneToOneField(Job, PROTECT, related_name="list_version")

    scope = Scoped("screening.view")

    class Meta:
        indexes = [index("list_version_name", "list_name", "id")]


class ListEntry(VersionRecord):
    """One entry of a list while its publisher says the same of it."""

    list_name = models.CharField(max_length=80)
    number = models.CharField(max_length=80)
    schema = models.CharField(max_length=20)
    names = models.JSONField()
    born = models.JSONField(default=list)
    countries = models.JSONField(default=list)
    content_key = models.CharField(max_length=64)

    scope = Scoped("screening.view")

    class Meta:
        constraints = of_versions("list_entry", "list_name", "number")

    @property
    def entry(self) -> Entry:
        """What is compared, as a plain value."""
        told = (tuple(each) for each in (self.names, self.born, self.countries))
        return Entry(self.number, self.schema, *told)


class Hit(VersionRecord):
    """A subject whose name is near an entry, and what a person found of it.

    It ends without a successor where the entry or the name changed. ``version`` and
    ``cut`` say by which list and from which score it was proposed.
    """

    entry = models.ForeignKey(ListEntry, PROTECT, related_name="hits")
    subject = models.CharField(max_length=24)
    subject_name = models.CharField(max_length=200)
    listed_name = models.CharField(max_length=300)
    score = models.FloatField()
    why = MessageField()
    cut = models.FloatField()
    version = models.ForeignKey(ListVersion, PROTECT, related_name="hits")
    examined = models.CharField(
        max_length=10, choices=Examined.choices(), default=Examined.WAITING.value
    )
    examined_by = models.CharField(max_length=150, blank=True)

    scope = Scoped("screening.view")

    class Meta:
        constraints = of_versions("hit", "entry", "subject")
        indexes = [
            index("hit_subject", "subject"),
            index("hit_waiting", "examined", "-score", where=CURRENT),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ? {self.entry}"


class VettingRequest(NumberedRecord):
    """A request to vet a person, whose name stands in it as written."""

    letter = "V"
    subject = models.CharField(max_length=24, blank=True)
    name = models.CharField(max_length=200)
    born_on = models.DateField(null=True, blank=True)
    capacity = models.CharField(max_length=10, choices=Capacity.choices())
    asked_by = models.CharField(max_length=150)

    scope = Scoped("vetting.view", missing=no_such_request)

    class Meta:
        indexes = [index("vetting_subject", "subject")]


class Answer(VersionRecord):
    """The answer to a request: no ground and nothing of what it rests on."""

    request = models.ForeignKey(VettingRequest, PROTECT, related_name="answers")
    answer = models.CharField(max_length=8, choices=VettingAnswer.choices())
    valid_until = models.DateField()
    answered_by = models.CharField(max_length=150)

    scope = Scoped(through="request", key="request_id")

    class Meta:
        constraints = of_versions("vetting_answer", "request")
        indexes = [index("vetting_answer_until", "valid_until")]


class Refusal(NumberedRecord):
    """A refusal that States tell each other: an identity that its records describe."""

    letter = "F"

    scope = Scoped("refusal.view", missing=no_such_refusal)


class RefusalRecord(VersionRecord):
    """What the register says of a refusal; personal data, and no ground.

    ``visible_until`` follows from the days by the law of the decision's day.
    """

    refusal = models.ForeignKey(Refusal, PROTECT, related_name="records")
    name = models.CharField(max_length=200)
    born_on = models.DateField(null=True, blank=True)
    birth_place = models.CharField(max_length=120, blank=True)
    birth_country = models.CharField(max_length=2, blank=True)
    nationality = models.CharField(max_length=2, blank=True)
    identity_number = models.CharField(max_length=120, blank=True)
    decided_on = models.DateField()
    national_reference = models.CharField(max_length=120, blank=True)
    authority = models.CharField(max_length=300)
    contact = models.CharField(max_length=300, blank=True)
    duration = models.CharField(max_length=10, choices=Duration.choices())
    ends_on = models.DateField(null=True, blank=True)
    kind = models.CharField(max_length=10, choices=RefusalKind.choices())
    confirmed_on = models.DateField(null=True, blank=True)
    revoked_on = models.DateField(null=True, blank=True)
    is_annulled = models.BooleanField(default=False)
    visible_until = models.DateField(null=True, blank=True)
    review_by = models.DateField(null=True, blank=True)
    told_by = models.CharField(max_length=150)

    scope = Scoped(through="refusal", key="refusal_id")

    class Meta:
        constraints = of_versions("refusal", "refusal")
        indexes = [index("refusal_visible", "visible_until")]
