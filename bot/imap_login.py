"""From the address of a mailbox to a line to its server on which Deskhand is logged in."""

from __future__ import annotations

import contextlib
import ipaddress
import re
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import parse_qs, unquote, urlsplit

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

from bot.credentials import Login, Password, Token
from graph.ports import ConfigError, MailboxError

Security = Literal["tls", "starttls", "none"]
TEMPORARY = re.compile(r"\[(UNAVAILABLE|INUSE|LIMIT|SERVERBUG)\]", re.IGNORECASE)
"""What a server says when the same command may work later."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a mailbox is, from ``imap[s]://user@host:port/Folder``."""

    user: str
    host: str
    port: int
    folder: str
    security: Security

    @classmethod
    def parse(cls, url: str) -> Self:
        """Read an IMAP_URL. User and folder are percent-decoded. Raises ConfigError."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError:
            raise _wrong_url("it cannot be read") from None
        if parts.scheme not in ("imap", "imaps"):
            raise _wrong_url("it begins with neither imap:// nor imaps://")
        if parts.password is not None:
            raise _wrong_url("it holds a password, which belongs into IMAP_PASSWORD")
        if not host or not parts.username:
            raise _wrong_url("the user or the host is missing; write @ inside the user as %40")
        security = _security(parts.scheme, host, parse_qs(parts.query).get("tls", [""])[-1])
        return cls(
            user=unquote(parts.username),
            host=host,
            port=port or (993 if security == "tls" else 143),
            folder=unquote(parts.path.strip("/")) or "INBOX",
            security=security,
        )

    def __str__(self) -> str:
        return f"{self.folder} of {self.user} at {self.host}:{self.port}"


def _wrong_url(reason: str) -> ConfigError:
    return ConfigError(f"IMAP_URL is wrong: {reason}. Write imaps://user@host:port/Folder")


def _security(scheme: str, host: str, wish: str) -> Security:
    if wish not in ("", "no", "starttls"):
        raise _wrong_url(f"tls={wish} is unknown; tls=no and tls=starttls exist")
    if scheme == "imaps":
        return "tls"
    return "none" if wish == "no" or (not wish and _is_loopback(host)) else "starttls"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class Client(IMAPClient):  # type: ignore[misc]  # imapclient is untyped
    """An IMAPClient that overhears no news, whatever they come with.

    A server tells of a mail once. It may do so with the answer to any command, where
    imapclient drops it, or in one packet with the answer to IDLE, where the original
    ``idle_check`` waits for the socket although the line is in the buffer already.
    """

    def told(self) -> bool:
        """Whether the server told of mail in its answers since this was asked last."""
        return bool(self._imap.response("EXISTS")[1] != [None])

    def _poll_socket(self, sock: socket.socket, timeout: float | None = None) -> Any:
        return timeout == 0 or super()._poll_socket(sock, timeout)


def connect(address: Address, ca_file: Path | None, timeout: float) -> Client:
    """A secure line to the server, not yet logged in. Raises MailboxError or ConfigError."""
    trust = _trust(ca_file)
    try:
        client = Client(
            address.host,
            address.port,
            ssl=address.security == "tls",
            ssl_context=trust if address.security == "tls" else None,
            timeout=timeout,
        )
    except ssl.SSLError as error:
        raise _untrusted(address, error) from error
    except (IMAPClientError, OSError) as error:
        reason = str(error) or type(error).__name__
        raise MailboxError(
            f"{address} cannot be reached: {reason}; check host and port in IMAP_URL",
            permanent=False,
        ) from error
    if address.security == "starttls":
        _start_tls(client, address, trust)
    return client


def _trust(ca_file: Path | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=ca_file)
    except OSError as error:
        raise ConfigError(
            f"the certificates in {ca_file} cannot be read ({error}): correct IMAP_CA_FILE"
        ) from error


def _start_tls(client: Client, address: Address, trust: ssl.SSLContext) -> None:
    try:
        client.starttls(trust)
    except (IMAPClientError, OSError) as error:
        with contextlib.suppress(IMAPClientError, OSError):
            client.shutdown()
        if isinstance(error, ssl.SSLError):
            raise _untrusted(address, error) from error
        raise MailboxError(
            f"{address}: the server does not begin TLS ({error}): use imaps://, or allow plain "
            "text with ?tls=no at the end of IMAP_URL",
            permanent=True,
        ) from error


def _untrusted(address: Address, error: ssl.SSLError) -> MailboxError:
    return MailboxError(
        f"{address}: no secure connection ({error.reason or error}): check the host name in "
        "IMAP_URL, or give the certificate of your own authority with IMAP_CA_FILE",
        permanent=isinstance(error, ssl.SSLCertVerificationError),
    )


def log_in(client: IMAPClient, address: Address, login: Login) -> None:
    """Log in. Raises MailboxError where the login is wrong, LoginError where it may work later."""
    try:
        if isinstance(login, Password):
            _with_password(client, address.user, login)
        else:
            _with_token(client, address.user, login)
    except UnicodeError:
        raise _denied(address, login, "it cannot send this password") from None
    except LoginError as error:
        # imapclient raises this too where the connection broke during the login.
        if isinstance(error.__context__, IMAPClientAbortError):
            raise error.__context__ from None
        if TEMPORARY.search(str(error)):
            raise
        raise _denied(address, login, str(error)) from None


def _denied(address: Address, login: Login, reason: str) -> MailboxError:
    return MailboxError(
        f"{address}: the login was refused ({reason}): {login.remedy}", permanent=True
    )


def _with_password(client: IMAPClient, user: str, login: Password) -> None:
    # LOGIN knows neither umlauts nor blanks in names; PLAIN is UTF-8.
    log_in = client.plain_login if client.has_capability("AUTH=PLAIN") else client.login
    log_in(user, login.read())


def _with_token(client: IMAPClient, user: str, login: Token) -> None:
    token = login.read(False)
    try:
        _xoauth2(client, user, token)
    except LoginError as error:
        fresh = "" if isinstance(error.__context__, IMAPClientAbortError) else login.read(True)
        if fresh in ("", token):
            raise
        _xoauth2(client, user, fresh)


def _xoauth2(client: IMAPClient, user: str, token: str) -> None:
    words = f"user={user}\1auth=Bearer {token}\1\1"
    # The server explains a refusal in a second challenge, which wants an empty answer.
    client.sasl_login("XOAUTH2", lambda challenge: b"" if challenge else words)
