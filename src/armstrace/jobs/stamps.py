"""What was done last, noted in the home folder where no database is asked."""

from datetime import UTC, datetime
from pathlib import Path

WORKER = "worker-heartbeat"
BACKUP = Path("backups") / "last"


def worker_heard(home: Path) -> datetime | None:
    """Give when a worker last said that it runs, None where none ever did."""
    try:
        return datetime.fromisoformat((home / WORKER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def last_backup(home: Path) -> datetime | None:
    """Give when the last backup was made, None where none is on record.

    An empty stamp, as other tools of backup leave it, counts by when it was left.
    """
    stamp = home / BACKUP
    try:
        told = stamp.read_text(encoding="ascii").strip()
        left = datetime.fromtimestamp(stamp.stat().st_mtime, UTC)
        return datetime.fromisoformat(told) if told else left
    except (OSError, ValueError):
        return None
