"""Put a jurisdiction profile into use, or an earlier one back."""

from datetime import datetime

from django.conf import settings

from armstrace.accounts import rules
from armstrace.accounts.models import LawVersion
from armstrace.audit import ledger
from armstrace.records import jurisdiction, lengths
from armstrace.vocabulary import profiles
from armstrace.vocabulary.actors import Actor
from armstrace.vocabulary.files import write_whole
from armstrace.vocabulary.ledger import Operation
from armstrace.vocabulary.messages import message

FOUND = message("In use before, from its file.")


def load_profile(*, text: str, reason: str, by: Actor, at: datetime) -> LawVersion:
    """Put a profile into use from now on; every text that was in use is kept.

    Args:
        text: The whole file; going back is putting an earlier text into use.

    Raises:
        InvalidInput: It does not validate.
        RuleBroken: ``AC-10``, no reason; ``AC-11``, it is the one in use.

    Source:
        Rule of this design: law is dated data, and a change of it an act.
    """
    by.require("profile.load")
    lengths.require_reason(rules.LAW_WITH_REASON, reason.strip())
    profiles.load_sound(text, f"{settings.PROFILE}.toml")
    with ledger.entry("profile.loaded", by=by, at=at, op=Operation.ADMIN) as entry:
        before = jurisdiction.text()
        rules.OTHER_LAW.require((before, text))
        last = LawVersion.objects.get_queryset().order_by("-pk").first()
        if last is None or last.text != before:
            entry.about(_keep(before, FOUND.template, "", at))
        made = _keep(text, reason.strip(), by.name, at)
        entry.about(made)
        folder = jurisdiction.folder()
        folder.mkdir(mode=0o700, exist_ok=True)
        write_whole(folder / f"{settings.PROFILE}.toml", text.encode())
    return made


def _keep(text: str, reason: str, by: str, at: datetime) -> LawVersion:
    return LawVersion.objects.create(
        profile=settings.PROFILE, text=text, reason=reason, decided_by=by, known_at=at
    )
