"""Searches of one mark among many, with what they found."""

from django.db import models
from django.db.models import PROTECT

from armstrace.ballistics.models.comparing import Comparison
from armstrace.ballistics.models.marks import BallisticMark, MarkRegion
from armstrace.jobs.models import Job
from armstrace.records.constraints import unique
from armstrace.records.scope import Scoped, ScopedManager, at_all, no_such
from armstrace.records.versions import NumberedRecord
from armstrace.vocabulary.ballistics import Gallery
from armstrace.vocabulary.messages import message

no_such_search = no_such(
    message("There is no search S%(search)s here; check the number.")
)


class SearchRun(NumberedRecord):
    """One mark sought among others; a run that was cut off is continued.

    ``job`` says how far it has come; its cursor is the last mark that was searched.
    ``filters`` holds the class characteristics that narrowed the gallery;
    ``counts`` how many entries had how many congruent cells.
    """

    letter = "S"
    job = models.OneToOneField(Job, PROTECT, related_name="+")
    probe = models.ForeignKey(BallisticMark, PROTECT, related_name="searches")
    probe_region = models.ForeignKey(MarkRegion, PROTECT, related_name="+")
    gallery = models.CharField(max_length=12, choices=Gallery.choices())
    filters = models.JSONField(default=dict, blank=True)
    parameters = models.JSONField()
    method = models.CharField(max_length=80)
    software_version = models.CharField(max_length=40)
    compare_closer = models.PositiveSmallIntegerField()
    entries = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict, blank=True)
    started_by = models.CharField(max_length=120)
    agency = models.CharField(max_length=40)
    remark = models.CharField(max_length=300, blank=True)

    scope = Scoped(through="probe", missing=no_such_search)


class SearchCandidate(models.Model):
    """A mark that a search ranked; a candidate is not an answer."""

    run = models.ForeignKey(SearchRun, PROTECT, related_name="candidates")
    mark = models.ForeignKey(BallisticMark, PROTECT, related_name="+")
    rank = models.PositiveIntegerField()
    congruent_cells = models.PositiveIntegerField()
    cells = models.PositiveIntegerField()
    score = models.FloatField()
    turn_deg = models.FloatField()
    comparison = models.ForeignKey(
        Comparison, PROTECT, null=True, blank=True, related_name="+"
    )

    scope = Scoped("ballistics.view", at_all("run__probe__agency", "mark__agency"))
    objects = ScopedManager()

    class Meta:
        constraints = [
            unique("candidate_once", "run", "mark"),
            unique("candidate_rank", "run", "rank"),
        ]

    def __str__(self) -> str:
        return f"{self.run} {self.rank}"
