"""The page that checks certificates from a stick: no network, no server, no build."""

import io
import json
import random
import statistics
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import segno
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from armstrace.analysis.certificates import checking, documents, envelope, status_list
from armstrace.web.certificates import verifier
from tests.analysis.certificates import bench
from tests.analysis.certificates.test_mutants import MUTANTS, mutants_of

pytestmark = pytest.mark.journey
REVOKED = {13: date(2026, 5, 20), 14: date(2026, 5, 21)}
NOW = int(bench.NOW.timestamp())
PLAIN = """() => {
  verify = async (key, sign, content) =>
    sign.length === 64 && verifyPlainly(key, sign, content);
}"""
CHECK_ALL = """async ([given, now]) => {
  const found = [];
  for (const each of given) found.push((await check(each, now)).answer);
  return found;
}"""
BELIEVE_ALL = """async ([given, days, keys]) => {
  const left = [];
  for (const bits of given) {
    trust = { keys: KEYS, lists: {} };
    await believe({ keys, lists: [bits, days] });
    left.push(Object.keys(trust.lists).length);
  }
  return left;
}"""
READ_ALL = """async (files) => {
  const found = [];
  for (const digits of files) found.push((await checkDocument(fromHex(digits))).answer);
  return found;
}"""
TIME_FIFTY = """async ([given, now]) => {
  const spent = [];
  for (let i = 0; i < 50; i++) {
    const begun = performance.now();
    await check(given[i % 2], now);
    spent.push(performance.now() - begun);
  }
  return spent;
}"""


@pytest.fixture(autouse=True)
def product():
    """Start no server: the page needs none."""


def until(page, told):
    """Wait for what the page reads; it lets no tool evaluate texts in it."""
    for _ in range(600):
        if page.evaluate(told):
            return
        page.wait_for_timeout(50)
    pytest.fail(told)


def unpacked(folder):
    packed = io.BytesIO(verifier.bundle(bench.trust_text(REVOKED)))
    zipfile.ZipFile(packed).extractall(folder)
    return folder / "verify.html"


@contextmanager
def opened(chromium, path, zone="UTC"):
    """Open the page as it lies on a stick; whatever asks for a network fails."""
    context = chromium.new_context(locale="en-GB", offline=True, timezone_id=zone)
    page, wrong = context.new_page(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(path.as_uri())
    yield page
    context.close()
    assert not wrong


@pytest.fixture
def stick(chromium, tmp_path):
    """Open the page with its file of lists beside it."""
    with opened(chromium, unpacked(tmp_path)) as page:
        until(page, "Object.keys(trust.lists).length === 1")
        yield page


def a_forged_file():
    """Write a file of keys that are not the office's, and a certificate under one."""
    private = Ed25519PrivateKey.generate()
    strange = replace(bench.KEY, public=private.public_key().public_bytes_raw())
    return checking.write_trust([strange, replace(strange, kid="ab" * 8)], [])


def answers(page, tokens, now=NOW):
    return page.evaluate(CHECK_ALL, [tokens, now])


@pytest.mark.parametrize("plain", [False, True])
def test_the_page_gives_five_answers_and_refuses_what_is_none(stick, plain):
    if plain:
        stick.evaluate(PLAIN)
    good, revoked = bench.token(12), bench.token(13)
    ended = bench.token(15, last_day=date(2026, 5, 31))
    endless = bench.token(16, last_day=None)

    found = answers(stick, [good, revoked, ended, endless, good[:-3], "", "R12"])
    late = answers(stick, [good, revoked], NOW + 40 * 86400)
    early = answers(stick, [good, revoked], NOW - 30 * 86400)
    stick.evaluate("trust.keys = {}")

    assert found[:4] == ["VALID", "REVOKED", "EXPIRED", "VALID_ALWAYS"]
    assert found[4:] == ["NOT_GENUINE", "NO_CODE", "NO_CODE"]
    assert late == ["LIST_TOO_OLD", "REVOKED"]
    assert early == ["CLOCK_BEHIND", "REVOKED"]
    assert answers(stick, [good]) == ["UNKNOWN_ISSUER"]


@pytest.mark.parametrize(
    ("zone", "hours"), [("America/Sao_Paulo", 3), ("Asia/Tokyo", -9)]
)
def test_a_last_day_ends_where_the_certificate_is_checked(
    chromium, tmp_path, zone, hours
):
    midnight = int(datetime(2026, 6, 2, hour=0, tzinfo=UTC).timestamp()) + hours * 3600
    ends = bench.token(15, last_day=date(2026, 6, 1))
    with opened(chromium, unpacked(tmp_path), zone) as page:
        until(page, "Object.keys(trust.lists).length === 1")

        assert answers(page, [ends], midnight - 60) == ["VALID"]
        assert answers(page, [ends], midnight + 60) == ["EXPIRED"]


@pytest.mark.parametrize("plain", [False, True])
def test_the_page_accepts_no_mutant_and_says_what_the_product_says(stick, plain):
    if plain:
        stick.evaluate(PLAIN)
    count = max(MUTANTS // 20, 30) if plain else MUTANTS
    given = [text for text in mutants_of(bench.token(), count) if text.split()]
    trust = bench.trust(REVOKED)
    said = [checking.check("".join(t.split()), trust, bench.NOW) for t in given]

    found = answers(stick, given)

    assert found == [each.answer for each in said]
    refused = {"NOT_GENUINE", "UNKNOWN_ISSUER", "NO_CODE"}
    assert not {*found} - refused - {"VALID"}
    whole = "".join(bench.token().split())
    assert {
        "".join(t.split()) for t, a in zip(given, found, strict=True) if a == "VALID"
    } <= {whole}


def test_the_page_believes_no_altered_list(stick):
    bits, days = bench.lists(REVOKED)
    keys = checking.envelope.jwk_of(bench.KEY)

    left = stick.evaluate(BELIEVE_ALL, [list(mutants_of(bits, 60)), days, [keys]])

    assert set(left) == {0}


def test_a_check_takes_less_than_50_ms_with_the_list_of_a_million(
    stick, record_property
):
    rng = random.Random(3)
    revoked = {
        serial: date(2020, 1, 1) + timedelta(rng.randrange(2000))
        for serial in rng.sample(range(1_000_000), 10_000)
    }
    head = status_list.Head(bench.ISSUER, bench.NOW - timedelta(hours=1), 30)
    made = status_list.publish(revoked, head, bench.KEY.kid, bench.PRIVATE, last=10**6)
    stick.evaluate(
        "(told) => believe(told)",
        {"keys": [checking.envelope.jwk_of(bench.KEY)], "lists": list(made)},
    )
    given = [bench.token(12), bench.token(max(revoked))]

    native = stick.evaluate(TIME_FIFTY, [given, NOW])
    stick.evaluate(PLAIN)
    plain = stick.evaluate(TIME_FIFTY, [given, NOW])

    medians = statistics.median(native), statistics.median(plain)
    record_property("medians_ms", medians)
    assert medians[0] < 50


@pytest.mark.parametrize(
    ("code", "side"), [("en", "ltr"), ("fr", "ltr"), ("es", "ltr"), ("ar", "rtl")]
)
def test_the_page_answers_in_the_language_that_is_chosen(stick, code, side, tmp_path):
    stick.select_option("#language", code)
    stick.fill("#code", bench.token(13))
    stick.press("#code", "Tab")
    stick.keyboard.press("Enter")
    stick.wait_for_selector("#answer:not([hidden])")

    assert stick.evaluate("document.documentElement.dir") == side
    words = stick.evaluate("says('REVOKED')").split("%")[0].strip()
    assert words in stick.inner_text("#said")
    assert "LIC-2019-0041234" in stick.inner_text("#facts")
    assert code == "en" or words != "Revoked on"
    stick.set_viewport_size({"width": 360, "height": 700})
    assert stick.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_newer_list_is_read_from_a_file(stick, tmp_path):
    newer = tmp_path / "newer.js"
    newer.write_text(bench.trust_text({12: date(2026, 5, 30)}, timedelta(hours=2)))

    stick.set_input_files("#file", newer)
    until(stick, "isRevoked(Object.values(trust.lists)[0], 12) === 1")

    assert answers(stick, [bench.token(12)]) == ["REVOKED"]


@pytest.mark.parametrize(
    ("lists", "said"),
    [
        (lambda told: [], "nothing"),
        (lambda told: [told[0], told[1][:-8] + "AAAAAAAA"], "damaged"),
        (lambda told: [told[0][:-8] + "AAAAAAAA", told[1]], "damaged"),
    ],
)
def test_a_file_of_which_nothing_is_taken_says_so(stick, tmp_path, lists, said):
    newer = tmp_path / "newer.js"
    text = bench.trust_text({12: date(2026, 5, 30)}, timedelta(hours=2))
    told = json.loads(text.removeprefix("TRUST="))
    told["lists"] = lists(told["lists"])
    newer.write_text(f"TRUST={json.dumps(told)}")

    stick.set_input_files("#file", newer)
    until(stick, f"noted === '{said}'")

    assert answers(stick, [bench.token(12)]) == ["VALID"]


def test_no_file_that_is_opened_brings_a_key_to_believe_in(stick, tmp_path):
    forged = tmp_path / "licence.pdf"
    forged.write_text(a_forged_file())

    stick.set_input_files("#file", forged)
    until(stick, "noted === 'strange'")

    assert answers(stick, [bench.token(12)]) == ["VALID"]
    assert stick.evaluate("Object.keys(trust.keys).length") == 1


def test_the_page_alone_knows_its_office_and_believes_no_first_file(chromium, tmp_path):
    path = unpacked(tmp_path)
    (tmp_path / "trust.js").unlink()
    forged, lists = tmp_path / "keys.js", tmp_path / "lists.js"
    forged.write_text(a_forged_file())
    lists.write_text(bench.trust_text(REVOKED))
    header = envelope.encode(b'{"alg":"Ed25519","kid":"abababababababab"}')
    stranger = ".".join([header, *bench.token().split(".")[1:]])

    with opened(chromium, path) as page:
        until(page, "noted === 'no_file'")
        page.set_input_files("#file", forged)
        until(page, "noted === 'strange'")
        alone = answers(page, [bench.token(13), stranger])
        page.set_input_files("#file", lists)
        until(page, "noted === 'taken'")

        assert alone == ["NO_LIST", "UNKNOWN_ISSUER"]
        assert answers(page, [bench.token(13)]) == ["REVOKED"]


def test_a_file_of_other_keys_beside_the_page_is_not_used(chromium, tmp_path):
    path = unpacked(tmp_path)
    (tmp_path / "trust.js").write_text(a_forged_file())

    with opened(chromium, path) as page:
        until(page, "noted === 'strange'")

        assert answers(page, [bench.token(12)]) == ["NO_LIST"]
        assert page.inner_text("#noted") == page.evaluate("says('strange')")


def pdf_of(token, *, is_signed=True):
    weasyprint = pytest.importorskip("weasyprint")
    page = f"<meta name=keywords content='{token}'><h1>Certificate</h1>"
    pdf = weasyprint.HTML(string=page).write_pdf()
    if not is_signed:
        return pdf
    with ThreadPoolExecutor() as apart:  # the browser's loop runs in this thread
        signed = apart.submit(documents.sign_document, pdf, bench.KEY, bench.PRIVATE)
    return signed.result()


def said_of(stick, path):
    stick.evaluate("byId('said').textContent = ''")
    stick.set_input_files("#file", path)
    until(stick, "byId('said').textContent !== ''")
    return stick.evaluate("shown.answer")


@pytest.mark.parametrize("plain", [False, True])
def test_a_signed_pdf_is_read_whole_or_not_at_all(stick, plain, tmp_path):
    if plain:
        stick.evaluate(PLAIN)
    good = pdf_of(bench.token(15, last_day=date(2126, 1, 1)))
    path = tmp_path / "paper.pdf"
    path.write_bytes(good)
    rng = random.Random(7)
    box = documents.SIGNED.search(good)
    mutants = []
    for turn in range(60):
        mutant = bytearray(good)
        near = rng.randrange(box.start() - 40, box.end() + 40)
        mutant[near if turn % 2 else rng.randrange(len(good))] ^= 1 << (turn % 7)
        mutants.append(bytes(mutant).hex())
    longer = [good + b"\n", good[:-1], b"%PDF-" + good]

    found = stick.evaluate(READ_ALL, mutants + [each.hex() for each in longer])

    assert said_of(stick, path) in {"VALID", "LIST_TOO_OLD"}
    assert {*found} <= {"NOT_GENUINE", "UNKNOWN_ISSUER", "no_signature"}
    assert found[-3:] == ["NOT_GENUINE"] * 3


def test_a_pdf_answers_as_its_code_does(stick):
    given = [
        pdf_of(bench.token(13)),
        pdf_of(bench.token(15, last_day=date(2026, 5, 31))),
        pdf_of(bench.token(15), is_signed=False),
        b"%PDF-1.7",
    ]

    found = stick.evaluate(READ_ALL, [each.hex() for each in given])
    stick.evaluate("trust.keys = {}")

    assert found == ["REVOKED", "EXPIRED", "no_signature", "no_signature"]
    assert stick.evaluate(READ_ALL, [given[0].hex()]) == ["UNKNOWN_ISSUER"]


def test_a_picture_of_a_code_is_read_and_one_of_none_is_not_called_altered(
    stick, chromium, tmp_path
):
    picture, empty = tmp_path / "code.png", tmp_path / "empty.png"
    segno.make(bench.token(13), error="m").save(picture, scale=6)
    drawn = chromium.new_page()
    drawn.set_content("<p>nothing</p>")
    empty.write_bytes(drawn.screenshot())
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"x")
    drawn.close()

    assert said_of(stick, picture) == "REVOKED"
    assert said_of(stick, empty) == "no_code"
    assert said_of(stick, broken) == "no_code"


def test_a_newer_list_says_anew_what_was_checked_before(stick, tmp_path):
    text, newer, broken = (tmp_path / name for name in ("code.txt", "n.js", "b.js"))
    text.write_text(bench.token(12, last_day=None), encoding="utf-16")
    newer.write_text(bench.trust_text({12: date(2026, 5, 30)}, timedelta(hours=2)))
    broken.write_text("TRUST={")

    before = said_of(stick, text)
    after = said_of(stick, newer)

    assert before in {"VALID", "VALID_ALWAYS", "LIST_TOO_OLD"}
    assert after == "REVOKED"
    assert said_of(stick, broken) == "damaged"


def test_an_older_list_takes_no_place_and_is_called_older(stick, tmp_path):
    older, newer = tmp_path / "older.js", tmp_path / "newer.js"
    older.write_text(bench.trust_text({}, timedelta(days=2)))
    newer.write_text(bench.trust_text({12: date(2026, 5, 30)}, timedelta(hours=2)))

    stick.set_input_files("#file", newer)
    until(stick, "byId('noted').textContent === says('taken')")
    stick.set_input_files("#file", older)
    until(stick, "byId('noted').textContent === says('older')")

    assert answers(stick, [bench.token(12)]) == ["REVOKED"]
    assert "10:00" in stick.inner_text("#known")
