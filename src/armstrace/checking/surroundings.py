"""Keys, disk, backups, jobs and profile files."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from armstrace.audit import keys
from armstrace.checking.finding import Finding, fine, problem, warning
from armstrace.intake.profiles import library
from armstrace.jobs import stamps
from armstrace.vocabulary import profiles
from armstrace.vocabulary.errors import ArmstraceError

OLD_KEY = timedelta(days=730)
OLD_BACKUP = timedelta(days=2)
GIB = 1024**3
LITTLE_SPACE = 5 * GIB
NO_SPACE = GIB
OTHERS = 0o077


def findings(at: datetime) -> Iterator[Finding]:
    """Look at what surrounds the database."""
    yield from _keys(at)
    yield _disk()
    yield _backup(at)
    yield _profiles()


def _keys(at: datetime) -> Iterator[Finding]:
    place = keys.folder()
    signing = place / keys.SIGNING
    if not signing.exists():
        yield problem(
            "keys", "The key that signs checkpoints is missing.", "Run armstrace init."
        )
        return
    open_to_others = [path.name for path in _private(place) if _mode(path) & OTHERS]
    if open_to_others:
        names = ", ".join(open_to_others)
        advice = f"chmod 600 these files in {place}."
        yield problem("keys", f"Other people can read the keys {names}.", advice)
        return
    age = at - _last_change(signing)
    if age > OLD_KEY:
        advice = "Move ledger-signing out of the folder and run armstrace init."
        yield warning("keys", f"The signing key is {age.days} days old.", advice)
        return
    yield fine("keys", f"The keys are private; the oldest is {age.days} days old.")


def _private(place: Path) -> list[Path]:
    return [path for path in sorted(place.iterdir()) if path.suffix != ".pub"]


def _mode(path: Path) -> int:
    return path.stat().st_mode


def _last_change(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _disk() -> Finding:
    free = shutil.disk_usage(settings.HOME).free
    sentence = f"{free / GIB:.1f} GiB of disk are free."
    if free < NO_SPACE:
        return problem("disk", sentence, "Free space: writing stops when it is gone.")
    if free < LITTLE_SPACE:
        return warning("disk", sentence, "Free space, or move ARMSTRACE_HOME.")
    return fine("disk", sentence)


def _backup(at: datetime) -> Finding:
    made_at = stamps.last_backup(settings.HOME)
    if made_at is None:
        advice = "Set ARMSTRACE_BACKUP_KEY and run armstrace backup every day."
        return warning("backup", "No backup is on record.", advice)
    hours = int((at - made_at).total_seconds() // 3600)
    sentence = f"The last backup is {hours} hours old."
    if at - made_at > OLD_BACKUP:
        advice = "Run armstrace backup; see why its timer did not."
        return warning("backup", sentence, advice)
    return fine("backup", sentence)


def _faults_of(folder: Path) -> list[str]:
    """Name what is wrong with the jurisdiction profiles of one's own."""
    files = sorted(folder.glob("*.toml"))
    return [fault for path in files for fault in profiles.check_file(path)]


def _profiles() -> Finding:
    own = settings.HOME / "profiles"
    faults = [*library.problems(), *_faults_of(own)]
    try:
        profiles.find(settings.PROFILE, own)
    except ArmstraceError as fault:
        faults = [str(fault), *faults]
    if faults:
        advice = "Mend the file; the sentence names the line."
        return problem("profiles", " ".join(faults), advice)
    return fine("profiles", f"Profiles are valid; the law is “{settings.PROFILE}”.")
