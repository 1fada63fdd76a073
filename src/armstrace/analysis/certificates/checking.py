"""Whether a certificate is valid, or none, or nothing that can be checked."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from armstrace.analysis.certificates import documents, envelope, numbers, status_list
from armstrace.analysis.certificates.envelope import IssuerKey, NotGenuine, Statement
from armstrace.analysis.certificates.status_list import StatusList
from armstrace.vocabulary.certificates import Validity
from armstrace.vocabulary.messages import Message, message

# What each answer says, with places for the day and the age of the list. A list has
# one bit of each certificate: whether it was revoked or suspended, the record says.
ANSWERS = {
    "VALID": message("Valid until %(day)s."),
    "VALID_ALWAYS": message("Valid; it has no last day."),
    "REVOKED": message("Revoked or suspended on %(day)s; it is not valid."),
    "SUSPENDED": message("Suspended on %(day)s; it is not valid at present."),
    "ENDED": message("Revoked on %(day)s."),
    "EXPIRED": message("Expired on %(day)s."),
    "LIST_TOO_OLD": message(
        "Genuine, but the list of revoked ones is %(days)s days old; get a new one."
    ),
    "NO_LIST": message(
        "Genuine, but there is no list of revoked ones of this issuer here; get one."
    ),
    "CLOCK_BEHIND": message(
        "Genuine, but the clock of this device is behind the list or the certificate; "
        "set its day, time and time zone, and check again."
    ),
    "UNKNOWN_ISSUER": message("Not from a known issuer; trust nothing that it says."),
    "NOT_GENUINE": message("Not a certificate, or altered; trust nothing in it."),
    "NO_CODE": message("This holds no code of a certificate, so nothing was checked."),
}
# What an altered code still looks like; anything else is none.
CODE = re.compile(r"eyJ|[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}$", re.ASCII)
# What a PDF holds that was signed, even where it was altered since.
SIGNED_PDF = (b"/ByteRange", b"/Contents <")
# How far two clocks may be apart.
SLACK = timedelta(minutes=10)
# How the file of keys and lists begins, so that a page from a stick can load it.
BEGINS = "TRUST="


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom to believe: the public keys of issuers, and their newest lists."""

    keys: Mapping[str, IssuerKey]
    lists: Mapping[str, StatusList]


@dataclass(frozen=True, slots=True)
class Checked:
    """What comes of checking one certificate."""

    answer: Validity
    # What it says; None where nothing of it can be believed.
    stated: Statement | None = None
    # The day of revocation, or the last day; None where not known.
    on: date | None = None
    # Age of the list in whole days; None where there is no list.
    list_days: int | None = None

    @property
    def sentence(self) -> Message:
        """The answer in words."""
        key: str = self.answer
        if self.answer is Validity.VALID and self.on is None:
            key = "VALID_ALWAYS"
        if self.answer is Validity.LIST_TOO_OLD and self.list_days is None:
            key = "NO_LIST"
        if self.answer is Validity.REVOKED and self.list_days is None:
            key = "ENDED"
        told = {"day": self.on or "—", "days": self.list_days or 0}
        return Message(ANSWERS[key].template, told)


def write_trust(keys: list[IssuerKey], tokens: list[str]) -> str:
    """Write keys and signed lists as the file that is handed out."""
    told = {"keys": [envelope.jwk_of(each) for each in keys], "lists": tokens}
    return BEGINS + json.dumps(told, indent=0) + "\n"


def read_trust(text: str) -> Trust:
    """Read a file of keys and lists.

    Raises:
        NotGenuine: It is no such file.
    """
    try:
        told = json.loads(text.strip().removeprefix(BEGINS))
        keys = envelope.read_keys(told["keys"])
        tokens = [str(each) for each in told["lists"]]
    except (KeyError, TypeError, ValueError, RecursionError) as wrong:
        raise NotGenuine from wrong
    return Trust(keys, status_list.read_lists(tokens, keys))


def text_of(shown: str | bytes, keys: Mapping[str, IssuerKey]) -> str:
    """Give the text of the code of what somebody shows: that text, or a signed PDF.

    Raises:
        NotGenuine: The PDF is not whole, or signed by nobody who is known.
    """
    if isinstance(shown, str):
        return "".join(shown.split())
    return documents.read_document(shown, keys)


def refusal(shown: str | bytes) -> Checked:
    """Answer of what is not genuine: only what looks like a code was altered."""
    if isinstance(shown, str):
        is_code = CODE.match("".join(shown.split())) is not None
    else:
        is_code = any(sign in shown for sign in SIGNED_PDF)
    return Checked(Validity.NOT_GENUINE if is_code else Validity.NO_CODE)


def check(shown: str | bytes, trust: Trust, at: datetime) -> Checked:
    """Check a certificate as its code or its PDF holds it.

    Use it for nothing but the paper: that the bearer is the person whom it names is
    for the eye to say.

    Args:
        at: In the time zone by whose days a certificate ends: it is valid to the end of
            its last day where it is checked.
    """
    try:
        token = text_of(shown, trust.keys)
        key = trust.keys.get(envelope.key_named(token))
        if key is None:
            return Checked(Validity.UNKNOWN_ISSUER)
        stated = envelope.read_statement(envelope.open_signed(token, key))
    except NotGenuine:
        return refusal(shown)
    is_theirs = stated.number.startswith(f"{key.issuer}-")
    if not is_theirs or not key.was_in_use(stated.issued_at):
        return Checked(Validity.UNKNOWN_ISSUER)
    return _status(stated, trust.lists.get(key.issuer), at)


def _status(stated: Statement, known: StatusList | None, at: datetime) -> Checked:
    serial = numbers.serial_of(stated.number)
    age = None if known is None else known.age_days(at)
    if known is not None and known.is_revoked(serial):
        return Checked(Validity.REVOKED, stated, known.day_of_revocation(serial), age)
    if stated.last_day is not None and stated.last_day < at.date():
        return Checked(Validity.EXPIRED, stated, stated.last_day, age)
    latest = max(stated.issued_at, known.head.at if known else stated.issued_at)
    if at + SLACK < latest:
        return Checked(Validity.CLOCK_BEHIND, stated, stated.last_day, age)
    is_fresh = known is not None and known.age_days(at) <= known.head.good_days
    answer = Validity.VALID if is_fresh else Validity.LIST_TOO_OLD
    return Checked(answer, stated, stated.last_day, age)
