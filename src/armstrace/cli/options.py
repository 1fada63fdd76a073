"""Options that several commands have."""

from pathlib import Path
from typing import Annotated

import typer

Vocabularies = Annotated[
    Path | None,
    typer.Option(
        envvar="ARMSTRACE_VOCABULARIES", help="Folder of your own vocabularies."
    ),
]
