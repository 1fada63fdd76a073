"""SQLite that stays open between requests while its file is the one at its place.

Opening it for each request reads the whole schema anew, and on a full disk it cannot
be opened at all, not even to read. A file that was put in its place, such as a copy
that was restored, is opened at the next request.
"""

from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's SQLite, which also asks whether the file was exchanged."""

    opened: tuple[int, int] | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:  # noqa: ANN401 - Django's own signature
        """Open the file, and note which it is."""
        made = super().get_new_connection(conn_params)
        self.opened = self._file_here()
        return made

    def close_if_unusable_or_obsolete(self) -> None:
        """Close what no longer answers, and a file that is no longer here."""
        super().close_if_unusable_or_obsolete()
        is_open = self.connection is not None and not self.in_atomic_block
        if is_open and self.opened != self._file_here():
            self.close()

    def _file_here(self) -> tuple[int, int] | None:
        """Tell the file at the place of the database, None where there is none."""
        try:
            found = Path(str(self.settings_dict["NAME"])).stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino
