"""How an arm is built: what the law's categories of arms ask for."""

from django.db import models

from armstrace.vocabulary.builds import Action, Bore, Ignition, Trait


class BuiltArm(models.Model):
    """The build of an arm as it was measured; empty where it is not known."""

    action = models.CharField(max_length=16, choices=Action.choices(), blank=True)
    ignition = models.CharField(max_length=16, choices=Ignition.choices(), blank=True)
    bore = models.CharField(max_length=16, choices=Bore.choices(), blank=True)
    trait = models.CharField(max_length=16, choices=Trait.choices(), blank=True)
    # Without reloading, with the one in the chamber.
    rounds = models.PositiveIntegerField(null=True, blank=True)
    barrel_mm = models.PositiveIntegerField(null=True, blank=True)
    overall_mm = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        abstract = True
