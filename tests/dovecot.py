"""A private Dovecot on loopback, and a proxy that can spoil what is said to it."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

CONFIG = """
base_dir = {dir}/run
state_dir = {dir}/state
log_path = {dir}/dovecot.log
protocols = imap
listen = 127.0.0.1
mail_location = maildir:{dir}/mail/%u
first_valid_uid = 8
ssl = yes
ssl_cert = <{dir}/cert.pem
ssl_key = <{dir}/key.pem
disable_plaintext_auth = no
auth_failure_delay = 0
auth_mechanisms = plain login xoauth2
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {dir}/oauth2.conf.ext
}}
passdb {{
  driver = static
  mechanisms = plain login
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={dir}/mail/%u allow_all_users=yes
}}
service imap-login {{
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
namespace inbox {{
  inbox = yes
  mailbox Processed {{
    auto = subscribe
  }}
}}
{extra}
"""
OAUTH = """
introspection_mode = local
local_validation_key_dict = fs:posix:prefix={dir}/keys/
username_attribute = email
"""
PLAIN_SERVER = """
imap_capability = IMAP4rev1 LITERAL+ UIDPLUS
mail_plugins = acl
plugin {{
  acl = vfile:{dir}/acl
}}
"""
"""A server like many in companies: no IDLE, no MOVE, and no keywords of one's own."""


KEY = b"token-key"


def missing() -> str | None:
    """Why Dovecot cannot be started here, or None."""
    for binary in ("dovecot", "doveadm", "openssl"):
        if shutil.which(binary) is None:
            return f"{binary} is not installed (apt-get install dovecot-imapd openssl)"
    return None if os.geteuid() == 0 else "Dovecot needs root for its users in this set-up"


class Dovecot:
    """A Dovecot of one's own: any user may log in with ``password``.

    Use it as a context manager, which starts it, ends it and removes what it left. It lives
    outside pytest's folders, because its mail user may not enter those.
    """

    password = "sesame-4711"

    def __init__(self, *, plain: bool = False) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="deskhand-dovecot-"))
        self.home.chmod(0o755)
        self.port, self.tls_port = free_port(), free_port()
        self._process: subprocess.Popen[bytes] | None = None
        for folder in ("mail", "keys/default/HS256"):
            (self.home / folder).mkdir(parents=True)
        shutil.chown(self.home / "mail", "mail", "mail")
        (self.home / "keys/default/HS256/default").write_bytes(base64.b64encode(KEY))
        (self.home / "acl").write_text("* owner lrs\n")
        (self.home / "oauth2.conf.ext").write_text(OAUTH.format(dir=self.home))
        names = {"dir": self.home, "port": self.port, "tls_port": self.tls_port}
        extra = PLAIN_SERVER.format(dir=self.home) if plain else ""
        config = CONFIG.format(**names, password=self.password, extra=extra)
        (self.home / "dovecot.conf").write_text(config)
        certificate(self.home)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.end(signal.SIGTERM)
        shutil.rmtree(self.home, ignore_errors=True)

    @property
    def ca_file(self) -> Path:
        return self.home / "cert.pem"

    def url(self, user: str, folder: str = "", *, tls: bool = False) -> str:
        scheme, port = ("imaps", self.tls_port) if tls else ("imap", self.port)
        return f"{scheme}://{user}@127.0.0.1:{port}/{folder}"

    def start(self) -> None:
        self._process = subprocess.Popen(
            ["dovecot", "-F", "-c", str(self.home / "dovecot.conf")],
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 10
        while not self._greets():
            if time.monotonic() > deadline:
                raise TimeoutError((self.home / "dovecot.log").read_text())
            time.sleep(0.02)

    def _greets(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
                return line.recv(4) == b"* OK"
        except OSError:
            return False

    def end(self, number: int = signal.SIGKILL) -> None:
        """A signal to the server and all its processes; SIGKILL is as a power cut would be."""
        if self._process is None:
            return
        for blow in (number, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, blow)
            self._process.wait(10)
        self._process = None
        # A killed Dovecot respects its own left-over locks for two minutes.
        for lock in (self.home / "mail").rglob("*.lock"):
            lock.unlink()

    def doveadm(self, *words: str) -> str:
        command = ["doveadm", "-c", str(self.home / "dovecot.conf"), *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def deliver(self, user: str, raw: bytes, folder: str = "") -> None:
        """Put a mail into a folder the way a mail server does: written aside, then renamed."""
        maildir = self.home / "mail" / user / (f".{folder}" if folder else "")
        for part in ("tmp", "new", "cur"):
            if not (maildir / part).exists():
                (maildir / part).mkdir(parents=True)
                for made in (maildir / part, maildir, self.home / "mail" / user):
                    shutil.chown(made, "mail", "mail")
        name = f"{time.time_ns()}.{random.getrandbits(32):08x}.test"
        (maildir / "tmp" / name).write_bytes(raw)
        shutil.chown(maildir / "tmp" / name, "mail", "mail")
        (maildir / "tmp" / name).rename(maildir / "new" / name)

    def flags(self, user: str, folder: str = "INBOX") -> list[str]:
        """The flags of each mail in a folder, in UID order."""
        lines = self.doveadm("fetch", "-u", user, "flags", "mailbox", folder, "all").splitlines()
        found = [line.removeprefix("flags:") for line in lines if line.startswith("flags:")]
        return [flags.replace("\\Recent", "").strip() for flags in found]

    def token(self, user: str, *, lifetime: float = 600) -> str:
        """An access token for this server, signed with its key."""
        now = int(time.time())
        claims = {"email": user, "sub": user, "iat": now - 5, "exp": int(now + lifetime)}
        body = f"{_b64({'alg': 'HS256', 'typ': 'JWT'})}.{_b64(claims)}"
        signed = hmac.new(KEY, body.encode(), hashlib.sha256).digest()
        return f"{body}.{base64.urlsafe_b64encode(signed).rstrip(b'=').decode()}"


def _b64(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def certificate(folder: Path) -> None:
    """A self-signed certificate for loopback: cert.pem and key.pem in the folder."""
    names = "subjectAltName=DNS:localhost,IP:127.0.0.1"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
    command += f" -subj /CN=localhost -addext {names} -keyout key.pem -out cert.pem"
    subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)


def free_port() -> int:
    """A free port below the ephemeral range, so that it is still ours after a restart."""
    for port in random.sample(range(15000, 32000), 200):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError("no free port between 15000 and 32000")


class Proxy:
    """Passes on what client and server say, through a function that may spoil what the client says.

    ``spoil`` gets what the client sends and returns what the server shall get, or None to
    cut the line.
    """

    def __init__(self, port: int, spoil: Callable[[bytes], bytes | None]) -> None:
        self._target, self._spoil = port, spoil
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        self.lines = 0
        self._open: list[socket.socket] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._door.accept()
                server = socket.create_connection(("127.0.0.1", self._target))
                self.lines += 1
                self._open += [client, server]
                for pair in ((client, server, self._spoil), (server, client, lambda said: said)):
                    threading.Thread(target=self._pass, args=pair, daemon=True).start()

    def _pass(
        self, source: socket.socket, sink: socket.socket, spoil: Callable[[bytes], bytes | None]
    ) -> None:
        with contextlib.suppress(OSError):
            while said := source.recv(65536):
                passed = spoil(said)
                if passed is None:
                    break
                sink.sendall(passed)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        for line in (self._door, *self._open):
            line.close()
