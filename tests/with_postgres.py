"""Run a command with a throwaway PostgreSQL.

    python tests/with_postgres.py pytest tests/audit

The cluster lives in a temporary folder, with checksums and without fsync, and is
stopped and removed whatever happens. DATABASE_ADMIN_URL connects as the owner,
DATABASE_URL as the application's role.
"""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

OWNER, APPLICATION, DATABASE = "armstrace_owner", "armstrace_app", "armstrace"
ROLES = f"""
CREATE ROLE {OWNER} LOGIN CREATEDB;
CREATE ROLE {APPLICATION} LOGIN;
GRANT {APPLICATION} TO {OWNER}; -- so that tests can step down into it
"""
OPTIONS = {
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "shared_buffers": "256MB",
    "max_connections": "100",
    "jit": "off",
    "listen_addresses": "127.0.0.1",
}


def binaries() -> Path:
    """Give the folder of the newest installed server's programs."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: int(path.parts[-3]),
    )
    on_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    if on_path:
        return Path(on_path).resolve().parent
    sys.exit(
        "PostgreSQL is missing: apt-get install --no-install-recommends postgresql"
    )


def as_server(command: list[str], folder: Path) -> None:
    """Run a server program as a user that PostgreSQL accepts, never as root."""
    if os.geteuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


def free_port() -> int:
    """Give a port that nothing listens on, and that no connection out is given."""
    while True:
        port = secrets.randbelow(10_000) + 20_000
        with suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port


def start(folder: Path, programs: Path, port: int) -> None:
    """Make a cluster, start it and create the two roles and the database."""
    data = folder / "data"
    as_server(
        [
            str(programs / "initdb"),
            f"--pgdata={data}",
            "--data-checksums",
            "--no-sync",
            "--auth=trust",
            "--username=postgres",
            "--encoding=UTF8",
            "--no-locale",
        ],
        folder,
    )
    settings = [f"-c {name}={value}" for name, value in OPTIONS.items()]
    options = " ".join([f"-p {port}", f"-k {folder}", *settings])
    log = folder / "log"
    as_server(
        [
            str(programs / "pg_ctl"),
            f"--pgdata={data}",
            f"--log={log}",
            f"--options={options}",
            "--wait",
            "start",
        ],
        folder,
    )
    client = [str(programs / "psql"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    client += ["-U", "postgres", "-v", "ON_ERROR_STOP=1", "postgres"]
    as_server([*client, "-c", ROLES], folder)
    as_server([*client, "-c", f"CREATE DATABASE {DATABASE} OWNER {OWNER}"], folder)


def stop(folder: Path, programs: Path) -> None:
    """Stop the cluster at once; nothing in it is kept."""
    data = folder / "data"
    if (data / "postmaster.pid").exists():
        program = str(programs / "pg_ctl")
        as_server([program, f"--pgdata={data}", "--mode=immediate", "stop"], folder)


def run(command: list[str]) -> int:
    """Run a command against a fresh cluster; give its exit status."""
    folder, programs, port = Path(tempfile.mkdtemp()), binaries(), free_port()
    try:
        if os.geteuid() == 0:
            server = pwd.getpwnam("postgres")
            os.chown(folder, server.pw_uid, server.pw_gid)
        start(folder, programs, port)
        place = f"127.0.0.1:{port}/{DATABASE}"
        urls = {
            "DATABASE_URL": f"postgresql://{APPLICATION}@{place}",
            "DATABASE_ADMIN_URL": f"postgresql://{OWNER}@{place}",
        }
        return subprocess.run(command, env={**os.environ, **urls}).returncode
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    finally:
        stop(folder, programs)
        shutil.rmtree(folder, ignore_errors=True)


def leave(*_: object) -> None:
    """Turn a request to end into an exit that still stops the cluster."""
    sys.exit(128 + signal.SIGTERM)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("usage: with_postgres.py COMMAND [ARGUMENT…]")
    signal.signal(signal.SIGTERM, leave)
    sys.exit(run(sys.argv[1:]))
