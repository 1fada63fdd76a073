"""Settings: what the environment may say, and what the code fixes."""

import ast
import re

from generating import tree
from generating.markdown import code, page, section, table

READERS = frozenset({"text", "boolean", "whole", "words", "one_of"})
FILES = ("project/settings.py", "accounts/security_settings.py")
LONGEST = 72
WORDS = {
    "ARMSTRACE_HOME": "Folder of the embedded database, keys and files.",
    "XDG_DATA_HOME": "The user's data folder; `armstrace` inside it is the home "
    "folder where `ARMSTRACE_HOME` is not set.",
    "ARMSTRACE_DEMO": "Whether this is a demonstration: any host name and plain "
    "http are accepted, and the sign-in page shows the names to use. Never with "
    "real records.",
    "ARMSTRACE_DEBUG": "Whether errors show their inner workings. Never in service.",
    "ARMSTRACE_COUNTRY": "ISO 3166 alpha-2 of the country that keeps these records; "
    "the first-hop decision and the chain need it. `XV` is the synthetic country.",
    "ARMSTRACE_AUTHORITY": "Name of the authority that publishes the statistics, as "
    "readers of the public pages see it.",
    "ARMSTRACE_AUTHORITY_CONTACT": "How readers of the public pages reach that "
    "authority, such as an address or a telephone number.",
    "ARMSTRACE_LICENCE": "Terms under which the public tables may be used, such as "
    "`CC BY 4.0`; readers are told where none is stated.",
    "ARMSTRACE_PROFILE": "Jurisdiction profile, by the name of its file: "
    "`protocol` or `eu`.",
    "ARMSTRACE_CERTIFICATE_KEYS": "Folder of the private keys that sign certificates, "
    "which may lie on a token that is mounted; in the home folder where it is empty.",
    "ARMSTRACE_BOUNDARIES": "GeoJSON file with the borders that maps show; those of "
    "Natural Earth where it is empty.",
    "ARMSTRACE_VOCABULARIES": "Folder of your own vocabularies of makes, calibres, "
    "models and words, which are read beside those of the package.",
    "ARMSTRACE_REASONS": "Grants that ask for a reason when names of persons are "
    "shown, with commas between; nobody is asked where it is `none`.",
    "ARMSTRACE_SDG_VERSION": "Version of the SDG data structure that SDMX messages "
    "cite where no full structure is given.",
    "ARMSTRACE_SECRET_KEY": "Key that signs sessions; made and kept in the home "
    "folder where it is not given.",
    "ARMSTRACE_HOSTS": "Host names under which the pages may be asked for, with "
    "commas between.",
    "ARMSTRACE_ORIGINS": "Further origins, such as `https://arms.example`, from "
    "which forms are accepted, with commas between.",
    "ARMSTRACE_HTTPS": "Whether the pages are reached over https; turns on secure "
    "cookies, redirection and strict transport security.",
    "ARMSTRACE_SECOND_FACTORS": "Whether roles that decide or see names of persons "
    "have to sign in with a second factor: `required`, `passkeys` (an app of "
    "one-time codes is not enough) or `offered`, as in the demo.",
    "ARMSTRACE_PROOF_MINUTES": "For how many minutes a proof of who is at the desk "
    "lasts, before an export, a disclosure or a decision asks for it again.",
    "ARMSTRACE_METRICS_HOST": "Address on which figures for Prometheus are told.",
    "ARMSTRACE_METRICS_PORT": "Port on which figures for Prometheus are told; none "
    "where it is 0.",
    "ARMSTRACE_LOG": "How lines of the log are written: `plain` or `json`, one object "
    "a line. Neither holds what a person typed.",
    "ARMSTRACE_BACKUP_KEY": "Public key for which `armstrace backup` seals, as "
    "`armstrace backup --make-key` prints it; the private one is kept elsewhere.",
    "ARMSTRACE_BACKUP_KEEP": "How many daily, weekly and monthly backups are kept.",
    "ARMSTRACE_TIME_ZONE": "Time zone in which times are shown; UTC is kept.",
    "ARMSTRACE_LANGUAGE": "Language of the command line, and of pages and answers of "
    "the API where a reader asks for none that is offered: `en`, `fr`, `es` or `ar`.",
    "ARMSTRACE_NEAR_DAYS": "How many days may lie between two recoveries that the "
    "linked picture shows as near in time and place.",
    "ARMSTRACE_NEAR_KM": "How many kilometres may lie between them.",
    "ARMSTRACE_NEAR_SERIALS": "How far apart two serial numbers of one make may be "
    "that the linked picture shows as nearby.",
    "ARMSTRACE_API_CALLS_A_MINUTE": "How many calls of the API a token may make in a "
    "minute; what is more is answered 429 with `Retry-After`.",
    "ARMSTRACE_PUBLIC_TRIES_A_MINUTE": "How many certificates and receipts one network "
    "may check on the public pages in a minute; what is more is answered 429.",
    "ARMSTRACE_UPLOAD_LIMIT_MB": "Largest file that may be handed in, in mebibytes.",
    "DATABASE_URL": "Address of PostgreSQL as the application's role, "
    "`postgresql://role:password@host/name`; SQLite in the home folder where it is "
    "not set.",
    "DATABASE_ADMIN_URL": "Address of the same database as its owner; `armstrace "
    "init` migrates and grants with it, and nothing else uses it.",
}
_NAME = re.compile(r"[A-Z][A-Z0-9_]+")
_READ = re.compile(rf"(?:{'|'.join(READERS)})\(\s*\"{_NAME.pattern}\"")


def settings_page() -> str:
    """Write the page of settings.

    Raises:
        ValueError: The code reads a name that has no words here, or the other way.
    """
    read = environment()
    if missing := set(read) ^ set(WORDS):
        msg = f"generating/settings.py and the code differ on {sorted(missing)}"
        raise ValueError(msg)
    rows = [(code(name), read[name], WORDS[name]) for name in sorted(read)]
    return page(
        "Settings",
        "Armstrace runs with nothing set; the environment changes what stands here.",
        "A name with `_FILE` appended names a file that holds the value, which keeps "
        "secrets out of the environment (`DATABASE_URL_FILE`). A value that cannot be "
        "understood stops the program with one sentence. `armstrace check` says which "
        "of these are unsafe for what is being served.",
        table(("Name", "If not set", "What it is"), rows),
        *(_fixed(path) for path in FILES),
    )


def environment() -> dict[str, str]:
    """Find every name that the code reads from the environment, with its default."""
    found: dict[str, str] = {}
    for module in tree.modules():
        if not _READ.search(module.text):
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and (name := _read_name(node)):
                found[name] = found.get(name) or _default(node)
    return found


def _read_name(call: ast.Call) -> str:
    function = call.func
    reader = getattr(function, "attr", getattr(function, "id", ""))
    first = call.args[0] if call.args else None
    named = isinstance(first, ast.Constant) and isinstance(first.value, str)
    if reader not in READERS or not named or not _NAME.fullmatch(first.value):
        return ""
    return first.value


def _default(call: ast.Call) -> str:
    given = [*call.args[1:], *(word.value for word in call.keywords)]
    return code(ast.unparse(given[0])) if given else ""


def _fixed(path: str) -> str:
    module = next(each for each in tree.modules() if each.path == path)
    rows = []
    for node in module.tree.body:
        if isinstance(node, ast.Assign):
            names = [each.id for each in node.targets if isinstance(each, ast.Name)]
            names = [name for name in names if _NAME.fullmatch(name)]
            value = " ".join(ast.unparse(node.value).split())
            shown = code(value) if len(value) <= LONGEST else "see the file"
            rows += [(code(name), shown) for name in names]
    title = f"Set in `src/armstrace/{path}`"
    return section(title, table(("Setting", "Value"), rows))
