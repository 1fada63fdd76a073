"""Tables that come with the product: TOML beside the code that reads them."""

import csv
import tomllib
from importlib import resources
from typing import Any


def read_lines(package: str, path: str) -> list[str]:
    """Read the lines of a text that is packed beside a module."""
    return resources.files(package).joinpath(path).read_text("utf-8").splitlines()


def read_rows(package: str, path: str) -> list[dict[str, str]]:
    """Read a table of texts, tab-separated under a heading line, packed likewise."""
    return list(csv.DictReader(read_lines(package, path), delimiter="\t"))


def read_table(package: str, path: str) -> dict[str, Any]:
    """Read a table that is packed beside a module.

    Args:
        package: The ``__package__`` of the module.
        path: Where it lies in there, such as ``data/goods.toml``.
    """
    return tomllib.loads(resources.files(package).joinpath(path).read_text("utf-8"))
