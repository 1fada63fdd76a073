"""The legal profile at the desk: seen, compared, loaded, gone back to."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from armstrace.accounts.models import LawVersion
from armstrace.audit import verify
from armstrace.audit.models import LedgerEntry
from armstrace.records import jurisdiction
from armstrace.vocabulary import profiles

pytestmark = pytest.mark.django_db
PAGE = reverse("legal-profile")
WHY = "Decree 12 of 2026"
DEADLINE = """
[[deadline]]
code = "TRACE_ANSWER"
words = "A trace request is answered."
days = 7
counted_from = "SENT"
source = "Decree 12/2026"
valid_from = 2026-06-01
"""


@pytest.fixture
def desk(at_desk, settings, tmp_path):
    """Give the administrator's client of an installation with a folder of its own."""
    settings.HOME = tmp_path
    return at_desk("ada")


def shipped() -> str:
    return profiles.text_in_use("protocol", jurisdiction.folder())


def compare(desk, text: str):
    file = SimpleUploadedFile("new.toml", text.encode())
    return desk.post(PAGE, {"file": file})


def use(desk, page, reason=WHY):
    form = page.context["form"]
    sent = {name: form[name].value() for name in ("text", "checked")}
    return desk.post(PAGE, sent | {"reason": reason}, follow=True)


def test_a_profile_is_compared_first_and_in_use_at_once(desk) -> None:
    before = jurisdiction.profile()

    page = compare(desk, shipped() + DEADLINE)

    assert jurisdiction.profile() == before
    (change,) = page.context["preview"]["changes"]
    assert (change.table, change.lost) == ("deadlines", ())
    assert "Decree 12/2026" in page.content.decode()
    done = use(desk, page)
    assert "The profile is in use." in done.content.decode()
    gained = set(jurisdiction.profile().deadlines) - set(before.deadlines)
    assert [one.days for one in gained] == [7]
    assert LedgerEntry.objects.get(act="profile.loaded").actor == "ada"
    tables = {finding.table for finding in verify.verify().findings}
    assert "accounts.lawversion" not in tables


def test_what_was_in_use_is_kept_and_put_back(desk) -> None:
    before, text = jurisdiction.profile(), shipped()
    use(desk, compare(desk, text + DEADLINE))
    first = LawVersion.objects.get_queryset().earliest("pk")
    assert (first.text, first.decided_by) == (text, "")

    page = desk.post(PAGE, {"version": first.pk})

    (change,) = page.context["preview"]["changes"]
    assert change.gained == ()
    use(desk, page, "the decree was annulled")
    assert jurisdiction.profile() == before
    assert LawVersion.objects.get_queryset().count() == 3


def test_every_fault_of_a_file_is_said_and_nothing_changes(desk) -> None:
    page = compare(desk, shipped() + "[[deadline]]\ncode = 5\n[[nonsense]]\n")

    assert page.status_code == 422
    told = page.content.decode()
    assert "nonsense" in told
    assert "deadline" in told
    assert not LawVersion.objects.get_queryset().exists()


@pytest.mark.parametrize(("reason", "code"), [("", "AC-10"), ("x", "AC-10")])
def test_AC_10_a_profile_comes_into_use_with_a_reason(desk, reason, code) -> None:
    page = use(desk, compare(desk, shipped() + DEADLINE), reason)

    assert page.status_code == 409
    assert page.context["form"].refused_by == code
    again = use(desk, page)
    assert "The profile is in use." in again.content.decode()


def test_AC_11_the_profile_in_use_is_not_put_into_use_again(desk) -> None:
    page = use(desk, compare(desk, shipped()))

    assert page.context["form"].refused_by == "AC-11"
    assert not LawVersion.objects.get_queryset().exists()
