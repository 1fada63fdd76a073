"""Keys, disk, backups, jobs and profile files."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.conf import settings

from armstrace.audit import keys
from armstrace.checking.finding import Finding, found
from armstrace.intake.profiles import library
from armstrace.jobs import stamps
from armstrace.vocabulary import profiles
from armstrace.vocabulary.errors import ArmstraceError
from armstrace.vocabulary.messages import join

OLD_KEY = timedelta(days=730)
OLD_BACKUP = timedelta(days=2)
GIB = 1024**3
LITTLE_SPACE = 5 * GIB
NO_SPACE = GIB
OTHERS = 0o077


def findings(at: datetime) -> Iterator[Finding]:
    """Look at what surrounds the database."""
    yield _keys(at)
    yield _disk()
    yield _backup(at)
    yield _profiles()


def _keys(at: datetime) -> Finding:
    place = keys.folder()
    signing = place / keys.SIGNING
    if not signing.exists():
        return found("keys", "none")
    private = [path for path in sorted(place.iterdir()) if path.suffix != ".pub"]
    open_ones = [path.name for path in private if path.stat().st_mode & OTHERS]
    if open_ones:
        return found("keys", "open", names=open_ones, folder=str(place))
    age = at - datetime.fromtimestamp(signing.stat().st_mtime, UTC)
    return found("keys", "old" if age > OLD_KEY else "private", days=age.days)


def _disk() -> Finding:
    free = shutil.disk_usage(settings.HOME).free
    case = "little" if free < LITTLE_SPACE else "room"
    size = round(free / GIB, 1)
    return found("disk", "full" if free < NO_SPACE else case, size=size)


def _backup(at: datetime) -> Finding:
    made_at = stamps.last_backup(settings.HOME)
    if made_at is None:
        return found("backup", "none")
    age = at - made_at
    hours = int(age.total_seconds() // 3600)
    return found("backup", "old" if age > OLD_BACKUP else "made", hours=hours)


def _profiles() -> Finding:
    own = settings.HOME / "profiles"
    files = sorted(own.glob("*.toml"))
    faults = library.problems()
    faults += [fault for path in files for fault in profiles.check_file(path)]
    try:
        profiles.find(settings.PROFILE, own)
    except ArmstraceError as fault:
        faults.insert(0, fault.message)
    if faults:
        return found("profiles", "faulty", faults=join(faults))
    return found("profiles", "valid", name=settings.PROFILE)
