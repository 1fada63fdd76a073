"""Nothing stands in the product that nothing names."""

import re
from collections import Counter
from pathlib import Path

import armstrace

SOURCE = Path(armstrace.__file__).parent
ROOT = SOURCE.parents[1]
WORD = re.compile(r"\w+")
# A definition at the left margin, without a decorator that hands it on.
DEFINED = re.compile(
    r"(?<!\w\n)(?<!\)\n)^(?:def|class) (\w+)|^([A-Z]\w*) = ", re.MULTILINE
)
# What Django and its packages look for by name.
HOOKS = {
    "apps.py",
    "formats.py",
    "security_settings.py",
    "settings.py",
    "settings_test.py",
}


def test_every_definition_is_named_somewhere_else():
    texts = {
        path: path.read_text("utf-8")
        for end in ("py", "html", "toml")
        for path in SOURCE.rglob(f"*.{end}")
    }
    about = [*ROOT.glob("docs/how-to/*.md"), *ROOT.glob("benchmarks/*.py")]
    named = Counter(word for text in texts.values() for word in WORD.findall(text))
    named.update(
        word for path in about for word in WORD.findall(path.read_text("utf-8"))
    )

    once = {
        f"{path.relative_to(SOURCE)}: {name}"
        for path, text in texts.items()
        if path.suffix == ".py" and path.name not in HOOKS
        for found in DEFINED.findall(text)
        if named[name := "".join(found)] == 1
    }

    assert once == set()
