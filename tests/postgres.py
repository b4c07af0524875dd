"""A private PostgreSQL cluster on loopback, in a folder of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
from pathlib import Path
from typing import Self

import psycopg


def binaries() -> Path | None:
    """The folder with ``initdb`` and ``postgres``, None where PostgreSQL is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    return Path(on_path).resolve().parent if on_path else None


class Postgres:
    """Starts a cluster, hands out fresh databases, and stops by its own pid."""

    def __init__(self) -> None:
        bin_ = binaries()
        assert bin_ is not None
        self._bin, self._folder = bin_, Path(tempfile.mkdtemp(prefix="deskhand-pg-"))
        self._server: subprocess.Popen[bytes] | None = None
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def __enter__(self) -> Self:
        data = self._folder / "data"
        owner = self._hand_over()
        subprocess.run(
            [self._bin / "initdb", "-D", data, "-U", "desk", "-A", "trust", "-E", "UTF8"],
            check=True,
            capture_output=True,
            user=owner,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
        )
        self.start()
        return self

    def start(self) -> None:
        """Start the server and wait until it answers."""
        options = [
            "-p",
            str(self.port),
            "-k",
            str(self._folder),
            "-c",
            "listen_addresses=127.0.0.1",
        ]
        with (self._folder / "log").open("ab") as log:
            self._server = subprocess.Popen(
                [self._bin / "postgres", "-D", self._folder / "data", *options, "-c", "fsync=off"],
                stdout=subprocess.DEVNULL,
                stderr=log,
                user=self._hand_over(),
            )
        for _ in range(400):
            try:
                psycopg.connect(self._dsn("postgres"), connect_timeout=2).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError((self._folder / "log").read_text())

    def database(self, template: str = "template1") -> str:
        """The SQLAlchemy URL of a new database, empty or a copy of another one by URL."""
        name = f"t{uuid.uuid4().hex[:12]}"
        source = template.rpartition("/")[2]
        with psycopg.connect(self._dsn("postgres"), autocommit=True) as connection:
            connection.execute(f"create database {name} template {source}")
        return self._dsn(name).replace("postgresql://", "postgresql+psycopg://")

    def __exit__(self, *_: object) -> None:
        if self._server:
            self._server.terminate()
            self._server.wait(20)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _dsn(self, name: str) -> str:
        return f"postgresql://desk@127.0.0.1:{self.port}/{name}"

    def _hand_over(self) -> str | None:
        """PostgreSQL refuses to run as root; the user it then runs as."""
        if os.geteuid() != 0:
            return None
        owner = pwd.getpwnam("postgres")
        for path in (self._folder, *self._folder.iterdir()):
            os.chown(path, owner.pw_uid, owner.pw_gid)
        return owner.pw_name
