"""Every record says who sees it, once, on its model."""

import pytest
from django.db import models

from armstrace.accounts import policy
from armstrace.audit import ledgered
from armstrace.records.scope import Scoped, ScopedManager, everyone, scope_of
from armstrace.vocabulary.actors import Agencies
from tests import cast

EXEMPT = {
    "accounts.agency": "names of offices, which every page may print",
    "accounts.apitoken": "asked for by its secret before anybody is known",
    "accounts.user": "asked for by its name before anybody is known",
    "indicators.publication": "published: for everyone, without a viewer",
    "indicators.publicationfile": "published: for everyone, without a viewer",
    "indicators.publicationwithdrawal": "published: for everyone, without a viewer",
}
SHARED = {
    "ballistics.referenceset": "the laboratory's pairs, for every comparison",
    "evidence.storedfile": "the same bytes may belong to items of several agencies",
    "intake.columnprofile": "how a kind of file is read, whoever sends it",
}
MODELS = [
    model
    for model in ledgered.business_models()
    if ledgered.label_of(model) not in EXEMPT
]


@pytest.mark.parametrize("model", MODELS, ids=ledgered.label_of)
def test_every_record_says_which_grant_opens_it(model: type[models.Model]) -> None:
    listed = {grant.action for grant in policy.policy()}

    assert isinstance(getattr(model, "objects", None), ScopedManager)
    assert scope_of(model).grant_of(model) in listed


@pytest.mark.parametrize("model", MODELS, ids=ledgered.label_of)
def test_every_record_with_an_agency_is_narrowed_by_it(
    model: type[models.Model],
) -> None:
    columns = {field.name for field in model._meta.get_fields()}

    viewer, own = cast.STRANGER, Agencies(are_all=False, own="VCG")
    narrowed = scope_of(model).seen_by(model, "", viewer, own)
    assert bool(narrowed) or "agency" not in columns


@pytest.mark.parametrize("model", MODELS, ids=ledgered.label_of)
def test_the_grant_of_one_agency_narrows_what_belongs_to_an_agency(
    model: type[models.Model],
) -> None:
    grant = scope_of(model).grant_of(model)
    if not cast.OFFICER.may(grant) or cast.OFFICER.agencies(grant).are_all:
        pytest.skip("officers see all of it, or none")
    if ledgered.label_of(model) in SHARED:
        pytest.skip(SHARED[ledgered.label_of(model)])

    own = cast.OFFICER.agencies(grant)
    assert scope_of(model).seen_by(model, "", cast.OFFICER, own)


@pytest.mark.parametrize("model", MODELS, ids=ledgered.label_of)
@pytest.mark.django_db
def test_the_condition_of_an_agency_can_be_asked_of_the_database(
    model: type[models.Model],
) -> None:
    grant = scope_of(model).grant_of(model)
    if not cast.STRANGER.may(grant):
        pytest.skip("officers see none of it")

    assert list(model.objects.visible_to(cast.STRANGER)) == []  # type: ignore[attr-defined]


def test_no_model_is_exempt_that_is_gone() -> None:
    assert {*EXEMPT, *SHARED} <= {
        ledgered.label_of(m) for m in ledgered.business_models()
    }


def test_a_model_that_belongs_to_no_agency_is_seen_by_its_grant_alone() -> None:
    assert not Scoped("registry.view").belongs("", "VCG")
    assert not everyone("arm__", "VCG")
