"""The documentation names everything that it must, and every link leads somewhere."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from armstrace.analysis.matching import calibration, channel
from armstrace.analysis.provenance import chain, diversion, first_hop
from armstrace.analysis.statistics import figure_notes
from armstrace.cli.main import COMMANDS
from armstrace.intake.profiles.schema import read_profile
from armstrace.vocabulary.profiles import loading

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/armstrace"
REFERENCE = ROOT / "docs/reference"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]+`")
FORBIDDEN = re.compile(r"\b(simply|please|just|we|our|ours)\b|!(?!\[)", re.IGNORECASE)
RULE = re.compile(r"[A-Z]{2}-\d{2}")
COMMAND = re.compile(r"^[ $]*(?:\w+=\S+ )?armstrace (\S.*)$", re.MULTILINE)
FAMILIES = ("LC", "RC", "TR", "IN", "SC", "CE", "ME", "FG", "AC", "LG")


def reference(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


@cache
def texts() -> set[str]:
    """Give every text that the code holds."""
    files = (p for p in SOURCE.rglob("*.py") if "migrations" not in p.parts)
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in files)
    return {
        node.value
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def prose(path: Path) -> str:
    """Give a page without its code."""
    text = FENCED.sub("", path.read_text(encoding="utf-8"))
    return CODE.sub("", re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL))


def toml_in(page: str) -> str:
    found = re.search(r"^```toml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found.group(1)


def anchors(path: Path) -> set[str]:
    text = path.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    slugs = {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in headings
    }
    return slugs | set(re.findall(r'<a id="([^"]+)">', text))


def test_every_command_stands_in_the_reference():
    page = reference("cli.md")

    assert not [name for name in COMMANDS if f"`armstrace {name}" not in page]


def test_every_setting_of_the_environment_stands_in_the_reference():
    named = re.compile(r"ARMSTRACE_[A-Z_]+|DATABASE_(ADMIN_)?URL")
    found = {t for t in texts() if named.fullmatch(t)}
    page = reference("settings.md") + reference("cli.md")

    assert not [name for name in sorted(found) if f"`{name}`" not in page]


def test_every_setting_in_capitals_stands_in_the_reference():
    page = reference("settings.md")
    tree = ast.parse((SOURCE / "project/settings.py").read_text(encoding="utf-8"))
    targets = [
        t for node in tree.body if isinstance(node, ast.Assign) for t in node.targets
    ]
    names = [t.id for t in targets if isinstance(t, ast.Name) and t.id.isupper()]

    assert not [name for name in names if f"`{name}`" not in page]


def test_every_rule_code_stands_in_the_reference_with_a_sentence():
    codes = {t for t in texts() if RULE.fullmatch(t)}
    page = reference("rules.md")
    missing = [
        code
        for code in sorted(codes)
        if code[:2] in FAMILIES and not re.search(rf"`{code}` \| \S", page)
    ]

    assert not missing


QUOTED = [
    ("matching", f"`first_hop.REGISTRY_MATCH` ({first_hop.REGISTRY_MATCH:.2f})"),
    ("matching", f"`FEWEST_CASES` ({calibration.FEWEST_CASES})"),
    ("matching", f'`model = "{channel.standard().model}"`'),
    ("provenance", f"`QUICK_DAYS` ({diversion.QUICK_DAYS} days)"),
    ("provenance", f"`MISMATCH_FACTOR` ({diversion.MISMATCH_FACTOR})"),
    ("provenance", f"`ESTABLISHED` ({chain.ESTABLISHED})"),
    ("indicator-16-4-2", f"`FEW_ARMS` ({figure_notes.FEW_ARMS})"),
]


@pytest.mark.parametrize(("page", "words"), QUOTED)
def test_a_number_in_an_explanation_is_the_number_in_the_code(page, words):
    text = (ROOT / f"docs/explanation/{page}.md").read_text(encoding="utf-8")

    assert words in text


@pytest.mark.parametrize("folder", ["how-to", "explanation", "tutorial"])
def test_the_first_page_of_the_documentation_leads_to_every_other(folder):
    first = (ROOT / "docs/README.md").read_text(encoding="utf-8")
    pages = {f"{folder}/{each.name}" for each in (ROOT / "docs" / folder).glob("*.md")}

    assert pages == {each for each in pages if each in first}


def test_the_column_profile_of_the_how_to_page_is_a_profile():
    page = (ROOT / "docs/how-to/write-a-column-profile.md").read_text(encoding="utf-8")

    profile = read_profile(toml_in(page), origin="the page")

    assert profile.constants["recovery_kind"].value == "SEIZED"


def test_the_jurisdiction_profile_of_the_how_to_page_is_one(tmp_path):
    page = ROOT / "docs/how-to/write-a-jurisdiction-profile.md"
    file = tmp_path / "xv.toml"
    file.write_text(toml_in(page.read_text(encoding="utf-8")), encoding="utf-8")

    assert loading.check_file(file) == []


def test_every_command_on_a_page_exists_with_its_options():
    page = reference("cli.md")
    wrong = []
    for path in PAGES:
        for line in COMMAND.findall(path.read_text(encoding="utf-8")):
            words = line.split("#")[0].split()
            options = {word for word in words if re.match(r"--[a-z]", word)}
            unknown = [word for word in options if f"`{word}`" not in page]
            if words[0] not in COMMANDS or unknown:
                wrong.append(f"{path.name}: armstrace {line}")

    assert not wrong


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(path):
    broken = []
    for target in LINK.findall(FENCED.sub("", path.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, place = target.partition("#")
        aim = (path.parent / name).resolve() if name else path
        if not aim.exists() or (place and place not in anchors(aim)):
            broken.append(target)

    assert not broken


def test_every_term_of_the_glossary_stands_once():
    page = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    terms = [row.split("|")[1].strip() for row in page.splitlines() if "|" in row[:1]]
    terms = [term for term in terms if term not in {"term", "---"}]

    assert len(terms) == len(set(terms))
    assert terms == sorted(terms, key=str.casefold)


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_forbidden_word_stands_in_the_prose(path):
    found = [match.group(0) for match in FORBIDDEN.finditer(prose(path))]

    assert not found


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_page_opens_with_one_sentence(path):
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line]
    lines = [line for line in lines if not line.startswith("<!--")]

    assert lines[0].startswith("# ")
    assert lines[1][0].isalpha() or lines[1][0] in "*`“"
