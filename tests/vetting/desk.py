"""People of vetting, lists, and short ways to what they do."""

from datetime import date, timedelta

from armstrace.jobs.running import JobContext
from armstrace.licensing import actions as licensing
from armstrace.licensing.inputs import HolderInput
from armstrace.vetting.actions import lists, refusals, vetting
from armstrace.vetting.actions.lists import ListFile
from armstrace.vetting.inputs import RefusalInput, VettingInput
from armstrace.vetting.models import Hit
from armstrace.vocabulary.actors import Purpose, Role
from armstrace.vocabulary.arms import HolderKind
from armstrace.vocabulary.vetting import Capacity, Duration, RefusalKind
from tests import cast

NOW, CLERK, OFFICER = cast.NOW, cast.REGISTRAR, cast.SUPERVISOR
INVESTIGATOR = cast.actor(Role.INVESTIGATOR, "VNP", Purpose.INVESTIGATION)
HEAD = "id,schema,name,birth_date\n"


def holder(number, name, kind=HolderKind.PERSON, at=NOW):
    """Record a holder; give the number of the record."""
    (made,) = licensing.record_holders(
        source="REG", stated=[HolderInput(number, name, kind)], by=cast.SYSTEM, at=at
    )
    return f"H{made.record_id}"


def load(folder, text, *, name="Test list", at=NOW, run=True):
    """Load a list of this text and check it; give its version."""
    path = folder / f"list-{at:%d%H%M}.csv"
    path.write_text(HEAD + text, encoding="utf-8")
    file = ListFile(path, "list.csv")
    made = lists.load_list(list_name=name, file=file, by=OFFICER, at=at)
    return check(made, at) if run else made


def check_again(name="Test list", at=NOW):
    """Look again for new subjects in what a list holds."""
    return check(lists.load_list(list_name=name, by=OFFICER, at=at), at)


def check(version, at=NOW):
    """Run the check of a version to its end."""
    how = {"by": OFFICER, "at": at, "context": JobContext()}
    lists.run_check(job=version.job, **how)
    version.job.refresh_from_db()
    return version


def hits():
    """Give the hits that stand, by subject and entry."""
    rows = Hit.objects.current().select_related("entry")
    return {(each.subject, each.entry.number): each for each in rows}


def ask(name="Ilse Vornhagen", *, at=NOW, **more):
    """Ask to vet a person."""
    stated = VettingInput(**{"name": name, "capacity": Capacity.STAFF, **more})
    return vetting.ask_vetting(stated=stated, by=CLERK, at=at)


def a_refusal(**changes):
    """Give what a refusal says, with overrides."""
    told = {
        "name": "Ilse Vornhagen",
        "decided_on": date(2026, 5, 1),
        "authority": "Licensing Office of Varnia, office@varnia.example",
        "duration": Duration.NEITHER,
        "kind": RefusalKind.ON_REQUEST,
        "born_on": date(1971, 2, 3),
        "nationality": "XV",
    }
    return RefusalInput(**told | changes)


def refuse(at=NOW, **changes):
    """Enter a refusal."""
    return refusals.record_refusal(stated=a_refusal(**changes), by=CLERK, at=at)


def days(number):
    """Give so many days."""
    return timedelta(days=number)
