"""What every page is: safe headers, nothing inline, few queries, sound HTML."""

import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from armstrace import web

pytestmark = pytest.mark.django_db

CEILINGS = {
    "today": 14,
    "recoveries": 3,
    "ammunition": 8,
    "parts": 8,
    "recovery-record": 6,
    "registry": 4,
    "look-up": 14,
    "traces": 12,
    "work-queue": 12,
    "figures": 4,
    "intake": 8,
    "held-rows": 8,
}
# Who saw which records is one transaction: head, entry, a block for each table.
WRITTEN_DOWN = 8
VOID = {
    *("area", "base", "br", "col", "embed", "hr", "img", "input"),
    *("link", "meta", "source", "track", "wbr"),
}


class Page(HTMLParser):
    """Collect what must not stand in a page, and whether its tags close."""

    def __init__(self, text):
        super().__init__()
        self.inline, self.open, self.unlabelled, self.ids = [], [], [], []
        self.labels, self.fields, self.lang, self.outside = set(), [], None, []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.note_policy(tag, given)
        if tag == "html":
            self.lang = (given.get("lang"), given.get("dir"))
        self.ids += [given["id"]] if given.get("id") else []
        if tag == "label":
            self.labels.add(given.get("for"))
        if tag in {"input", "select", "textarea"} and given.get("type") != "hidden":
            self.fields.append(given.get("id"))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.note_policy(tag, dict(attrs))

    def note_policy(self, tag, given):
        if tag == "style" or "style" in given:
            self.inline.append((tag, given.get("style")))
        if tag == "script" and not given.get("src"):
            self.inline.append((tag, "script"))
        self.inline += [(tag, name) for name in given if name.startswith("on")]
        for name in ("src", "href", "action"):
            if (given.get(name) or "").startswith(("http:", "https:", "//")):
                self.outside.append(given[name])

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes another"


def addresses(known):
    recovery, arm = known.recovered[0], known.arms[0]
    return [
        *(reverse(name) for name in CEILINGS),
        reverse("recovery", args=[recovery]),
        reverse("recovery", args=[known.recovered[3]]),
        reverse("recovery-holders", args=[recovery]),
        reverse("recovery-correct", args=[recovery]),
        reverse("arm", args=[arm]),
        reverse("trace", args=[recovery]),
        reverse("figures-year", args=[2022]),
        reverse("figure-records", args=[2022, "metadata", "DENOMINATOR"]),
        reverse("look-up") + "?q=BK480%3F0&make=Glock",
        reverse("recoveries") + "?q=nothing+of+the+kind",
        reverse("recovery", args=[999_999]),
        "/no/such/page/",
    ]


def test_no_page_holds_inline_script_or_style_or_leads_outside(at_desk, known):
    client = at_desk("ana")
    for address in addresses(known):
        page = Page(client.get(address).content.decode())

        assert page.inline == [], address
        assert page.outside == [], address


def test_every_tag_closes_every_id_is_unique_every_field_has_its_label(at_desk, known):
    client = at_desk("ana")
    for address in addresses(known):
        page = Page(client.get(address).content.decode())

        assert page.open == [], address
        assert len(page.ids) == len(set(page.ids)), address
        assert set(page.fields) <= page.labels, (
            address,
            set(page.fields) - page.labels,
        )


def test_every_answer_carries_the_same_headers(at_desk, known):
    client = at_desk("ana")
    for address in [*addresses(known), "/sign-in/", "/"]:
        answer = client.get(address)

        policy = answer["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "style-src 'self'" in policy
        assert "unsafe" not in policy
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "geolocation=()" in answer["Permissions-Policy"]
        if answer.status_code == 200:
            assert "no-store" in answer["Cache-Control"], address


@pytest.mark.parametrize("name", CEILINGS)
def test_a_page_asks_the_database_a_bounded_number_of_questions(at_desk, known, name):
    client = at_desk("ana")
    client.get(reverse(name))

    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(reverse(name))

    assert len(asked) <= CEILINGS[name] + WRITTEN_DOWN, [q["sql"][:90] for q in asked]


def test_record_pages_ask_a_bounded_number_of_questions(at_desk, known):
    client = at_desk("ana")
    ceilings = {
        reverse("recovery", args=[known.recovered[0]]): 27,
        reverse("trace", args=[known.recovered[0]]): 20,
        reverse("arm", args=[known.arms[0]]): 22,
    }
    for address, ceiling in ceilings.items():
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)

        assert len(asked) <= ceiling + WRITTEN_DOWN, (address, len(asked))


@pytest.mark.parametrize(
    ("code", "direction"), [("en", "ltr"), ("fr", "ltr"), ("ar", "rtl")]
)
def test_the_page_says_its_language_and_direction(at_desk, known, code, direction):
    client = at_desk("ana")
    client.post(reverse("set_language"), {"language": code, "next": "/today/"})

    page = Page(client.get(reverse("today")).content.decode())

    assert page.lang == (code, direction)


def test_every_form_that_changes_something_needs_its_token(known):
    client = Client(enforce_csrf_checks=True)
    client.force_login(known.people["ana"], "django.contrib.auth.backends.ModelBackend")
    recovery = known.recovered[0]
    for address in (
        reverse("sign-out"),
        reverse("recovery-record"),
        reverse("decide", args=[recovery, "open"]),
        reverse("trace-at-home", args=[recovery]),
        reverse("recovery-judge", args=[recovery, known.arms[0]]),
        reverse("intake"),
    ):
        assert client.post(address, {}).status_code == 403, address


@pytest.mark.parametrize(
    ("folder", "kind"),
    [("static/vendor", "*.*s"), ("drawing/data", "*.json")],
)
def test_files_of_others_are_the_ones_that_are_named(folder, kind):
    folder = Path(web.__file__).parent / folder
    named = re.findall(
        r"^\| (\S+) \|.*?\| ([0-9a-f]{64}) \|",
        (folder / "THIRD_PARTY.md").read_text(),
        re.M,
    )
    there = {f.relative_to(folder).as_posix() for f in folder.rglob(kind)}

    assert {name for name, _ in named} == there
    for name, digest in named:
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
