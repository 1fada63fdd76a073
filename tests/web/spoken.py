"""The sentences that a module says, read from its source."""

import ast
import re
from importlib import resources

REFUSED = frozenset({"InvalidInput", "ValueError"})


def plain(form):
    """Write a form as its sentence is found in a source: each hole as {}."""
    return re.sub(r"%\(\w+\)s", "{}", form).replace("%%", "%")


def sentences(path, refused=REFUSED):
    """Give the sentences of a module, holes as {}; docstrings apart.

    Args:
        path: Of the module, below the package.
        refused: Names of the errors whose sentences are left out.
    """
    source = resources.files("armstrace").joinpath(path).read_text()
    for text in texts(source, refused):
        if " " in text and text.endswith("."):
            yield text


def texts(source, refused=frozenset()):
    """Give every text of a source, holes as {}; docstrings apart."""
    tree = ast.parse(source)
    apart = {
        id(part)
        for node in ast.walk(tree)
        if _explains(node) or _refuses(node, refused)
        for part in ast.walk(node)
    }
    inside = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in ast.walk(node)
        if part is not node
    }
    for node in ast.walk(tree):
        if id(node) not in apart | inside:
            yield _text(node)


def _explains(node):
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _refuses(node, refused):
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") in refused


def _text(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return plain(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) or "{}" for part in node.values)
    return ""
