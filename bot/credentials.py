"""How Deskhand logs in to a mailbox: with a password, or with an OAuth access token.

Secrets are asked for at each login, so one that is replaced while Deskhand runs is used
without a restart. No message, log line or ``repr`` made here contains one.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from graph.ports import ConfigError, MailboxError

EARLY = 60.0
"""Seconds before its end from which a token is no longer used."""


@dataclass(frozen=True, slots=True)
class Password:
    """Log in with a password; ``read`` returns it."""

    read: Callable[[], str]
    remedy = "check the user in IMAP_URL and IMAP_PASSWORD (some providers want an app password)"


@dataclass(frozen=True, slots=True)
class Token:
    """Log in by XOAUTH2; ``read`` returns an access token, a new one when asked for ``fresh``."""

    read: Callable[[bool], str]
    remedy = "check the IMAP_OAUTH_ settings and that the token is meant for this mailbox"


Login = Password | Token


def file_secret(path: Path) -> Callable[[], str]:
    """A secret kept in a file, read anew each time. Raises ConfigError where it cannot be."""

    def read() -> str:
        try:
            return path.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeError) as error:
            raise ConfigError(
                f"the secret file {path} cannot be read ({type(error).__name__}): "
                "create it, or make it readable for Deskhand"
            ) from None

    return read


def kept_token(read: Callable[[], str]) -> Token:
    """A token that someone else renews, such as in a file."""
    return Token(lambda _: read())


@dataclass(slots=True)
class Grant:
    """The OAuth refresh-token grant. Call it for an access token; it is kept until it ends."""

    url: str
    client_id: str
    client_secret: str = field(repr=False)
    refresh_token: str = field(repr=False)
    timeout: float = 30
    clock: Callable[[], float] = time.monotonic
    _token: str = field(default="", init=False, repr=False)
    _until: float = field(default=0, init=False)

    def __call__(self, fresh: bool = False) -> str:
        """The access token; ``fresh`` asks for a new one. Raises MailboxError."""
        if fresh or not self._token or self.clock() >= self._until:
            self._renew()
        return self._token

    def _renew(self) -> None:
        answer = self._ask()
        token, lifetime = answer.get("access_token"), answer.get("expires_in", 0)
        if not isinstance(token, str) or not isinstance(lifetime, int | float):
            raise MailboxError(
                f"the token endpoint {self.url} answered without an access token", permanent=True
            )
        self._token, self._until = token, self.clock() + lifetime - EARLY
        # Some providers replace the refresh token with each use and end the old one.
        self.refresh_token = answer.get("refresh_token") or self.refresh_token

    def _ask(self) -> dict[str, Any]:
        form = {"grant_type": "refresh_token", "refresh_token": self.refresh_token}
        form |= {"client_id": self.client_id}
        if self.client_secret:
            form["client_secret"] = self.client_secret
        try:
            response = httpx.post(self.url, data=form, timeout=self.timeout)
            answer = response.json()
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise MailboxError(
                f"the token endpoint {self.url} gave no usable answer ({type(error).__name__}); "
                "check IMAP_OAUTH_TOKEN_URL",
                permanent=False,
            ) from None
        if response.is_success and isinstance(answer, dict):
            return answer
        raise self._refusal(response.status_code, answer)

    def _refusal(self, status: int, answer: object) -> MailboxError:
        reason = answer.get("error") if isinstance(answer, dict) else None
        return MailboxError(
            f"the token endpoint {self.url} refused with {status} {reason or ''}".rstrip()
            + ": sign in again and set IMAP_OAUTH_REFRESH_TOKEN",
            permanent=status < 500 and status != 429,
        )
