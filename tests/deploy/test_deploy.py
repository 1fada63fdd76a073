"""What stands in deploy/ is understood by what it is for, where that is here."""

import re
import shutil
import subprocess
import venv
from pathlib import Path

import pytest
import yaml

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = ("armstrace.service", "armstrace-backup.service", "armstrace-backup.timer")
SETTING = re.compile(r"\b(ARMSTRACE_[A-Z_]+|DATABASE_[A-Z_]*URL)\b")
PINNED = re.compile(r"(?m)^([A-Za-z0-9._-]+==\S+)")


def read(name):
    return (DEPLOY / name).read_text(encoding="utf-8")


def without_program(name):
    return read(name).replace("/opt/armstrace/bin/armstrace", "/bin/true")


@pytest.mark.parametrize("spoiled", [False, True])
def test_every_unit_is_understood_by_systemd(tmp_path, spoiled):
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not here")
    for name in UNITS:
        text = without_program(name)
        text = text.replace("UMask=", "Umask=") if spoiled else text
        (tmp_path / name).write_text(text)
    paths = [tmp_path / name for name in UNITS]

    told = subprocess.run([program, "verify", *paths], capture_output=True, text=True)

    assert ("Unknown key" in told.stderr) == spoiled, told.stderr
    assert spoiled or told.returncode == 0


def commands(text):
    return re.findall(r"/opt/armstrace/bin/armstrace (\w+)((?: --[\w-]+)*)", text)


def test_units_call_commands_and_options_that_exist():
    known = (ROOT / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")

    for name in UNITS[:2]:
        for command, _ in commands(read(name)):
            assert f"armstrace {command}" in known
        for option in re.findall(r" (--[a-z-]+)", read(name).split("ExecStart=")[1]):
            assert option in known


def test_every_setting_that_is_named_is_one():
    known = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    own = {"ARMSTRACE_HOME"}

    for name in ("environment.example", "compose.yaml", "Containerfile"):
        named = set(
            re.findall(r"\b(ARMSTRACE_[A-Z_]+|DATABASE_[A-Z_]*URL)\b", read(name))
        )
        assert {each for each in named - own if f"`{each}`" not in known} == set()


def test_the_compose_file_starts_the_service_after_its_database_is_prepared():
    services = yaml.safe_load(read("compose.yaml"))["services"]

    assert services["armstrace"]["depends_on"] == {
        "prepare": {"condition": "service_completed_successfully"}
    }
    assert "DATABASE_ADMIN_URL" in services["prepare"]["environment"]
    assert "DATABASE_ADMIN_URL" not in services["armstrace"]["environment"]
    assert services["armstrace"]["ports"] == ["127.0.0.1:8000:8000"]
    for each in services.values():
        for mount in each.get("volumes", ()):
            source = mount.split(":")[0]
            assert not source.startswith("./") or (DEPLOY / source).exists()
    assert subprocess.run(["sh", "-n", DEPLOY / "roles.sh"]).returncode == 0


def test_every_step_of_the_container_finds_its_files():
    copied = re.findall(r"(?m)^COPY (.+) \S+$", read("Containerfile"))
    words = {
        word.split()[0]
        for word in re.findall(r"(?m)^([A-Z].*)$", read("Containerfile"))
    }

    for line in copied:
        for source in line.split():
            assert (ROOT / source).exists()
    assert words <= {
        "FROM", "RUN", "WORKDIR", "COPY", "USER", "ENV", "VOLUME", "EXPOSE",
        "ENTRYPOINT", "CMD",
    }  # fmt: skip
    assert "USER armstrace" in read("Containerfile").splitlines()


@pytest.mark.soak
def test_the_steps_of_the_container_give_a_command_that_runs(tmp_path):
    """Its own COPY and pip lines, in a folder and an environment of their own."""
    venv.create(tmp_path / "venv", with_pip=True)
    programs = tmp_path / "venv" / "bin"
    env = {"PATH": f"{programs}:/usr/bin:/bin", "HOME": str(tmp_path)}
    at = tmp_path / "opt"
    at.mkdir()
    for step, rest in re.findall(r"(?m)^(COPY|RUN) (.+)$", read("Containerfile")):
        if step == "COPY":
            *sources, into = rest.split()
            kept = at / into
            for source in sources:
                if (ROOT / source).is_dir():
                    shutil.copytree(ROOT / source, kept)
                else:
                    kept.mkdir(parents=True, exist_ok=True)
                    shutil.copy(ROOT / source, kept)
        elif rest.startswith("pip "):
            subprocess.run(["sh", "-c", rest], cwd=at, env=env, check=True)

    for words in (["--version"], ["init"]):
        told = subprocess.run([programs / "armstrace", *words], cwd=tmp_path, env=env)
        assert told.returncode == 0


def pins(name):
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    return set(PINNED.findall(text))


def test_a_server_gets_what_its_pages_offer_and_no_test_tools():
    names = {pin.split("==")[0] for pin in pins("server.txt")}

    assert {"pysdmx", "weasyprint", "django", "gunicorn"} <= names
    assert not names & {"pytest", "mypy", "ruff", "playwright", "hypothesis", "pyspark"}
    base = dict(pin.split("==") for pin in pins("base.txt"))
    server = dict(pin.split("==") for pin in pins("server.txt"))
    assert {n for n in base.keys() & server.keys() if base[n] != server[n]} == set()


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_a_proxy_says_that_it_was_https_and_logs_no_addresses(name):
    text = read(name)

    assert "X-Forwarded-Proto" in text
    assert text.count("{") == text.count("}")
    assert "access_log off" in text or name == "Caddyfile"


def test_nginx_understands_its_example(tmp_path):
    program = shutil.which("nginx")
    if program is None:
        pytest.skip("nginx is not here")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    openssl = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes"]
    openssl += ["-subj", "/CN=arms.example", "-keyout", key, "-out", certificate]
    subprocess.run(openssl, check=True, capture_output=True)
    text = read("nginx.conf")
    text = re.sub(r"ssl_certificate .*", f"ssl_certificate {certificate};", text)
    text = re.sub(r"ssl_certificate_key .*", f"ssl_certificate_key {key};", text)
    whole = tmp_path / "whole.conf"
    kept = [
        f"{name}_temp_path {tmp_path}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    ]
    whole.write_text(
        f"pid {tmp_path}/pid; error_log stderr; events {{}} "
        f"http {{ {' '.join(kept)} {text} }}"
    )

    told = subprocess.run([program, "-t", "-c", whole], capture_output=True, text=True)

    assert told.returncode == 0, told.stderr


def test_caddy_understands_its_example(tmp_path):
    program = shutil.which("caddy")
    if program is None:
        pytest.skip("caddy is not here")
    command = [program, "validate", "--adapter", "caddyfile", "--config"]
    home = {"HOME": str(tmp_path)}

    told = subprocess.run(
        [*command, DEPLOY / "Caddyfile"], env=home, capture_output=True, text=True
    )

    assert told.returncode == 0, told.stderr
