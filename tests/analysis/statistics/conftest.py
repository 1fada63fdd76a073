"""A workbook of a return, changed on its way and read back."""

import io
import re
import zipfile

import pytest

from armstrace.analysis.statistics.workbook import layout, writing
from armstrace.intake.tables import formulas

MADE = layout.Told(made="24 Nov 2026")


@pytest.fixture
def back(tmp_path):
    """Write a return, change what is asked in its XML, and read it."""

    def read(filled, *changes):
        content = writing.xlsx(layout.book_of(filled, MADE))
        path = tmp_path / "return.xlsx"
        path.write_bytes(altered(content, changes))
        return formulas.read_whole(path, "return.xlsx")

    return read


def altered(content, changes):
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(into, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode("utf-8")
            for pattern, put in changes:
                if name.startswith("xl/worksheets/") or name.endswith("Strings.xml"):
                    part = re.sub(pattern, put, part, count=1)
            new.writestr(name, part.encode())
    return into.getvalue()
