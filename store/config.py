"""Settings from the environment, each described once: here.

The README's settings table is generated from these fields (``settings_table``).
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from string import Template
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic.fields import FieldInfo

from graph.ports import ConfigError

_DRIVERS = {
    "sqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
_REMEDIES = {
    "IMAP_URL": "write imap://user@host:port/Folder, or imaps:// for TLS",
    "SMTP_URL": "write smtp://user:password@host:port, or smtps:// for TLS",
    "DATABASE_URL": "write sqlite:///path/to/file.db or postgresql://user:password@host/database",
    "IMAP_SINCE": "write a day such as 2026-09-01",
    "DESKHAND_PORT": "write a number from 0 to 65535",
}


def _env(name: str, meaning: str, default: str | None = None) -> Any:
    """A setting; ``default`` may name ``$DESKHAND_HOME`` and ``$HOSTNAME``."""
    return Field(default, alias=name, description=meaning)


class Settings(BaseModel):
    """Everything the environment decides. Build it with ``Settings.read``."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    home: Path = _env("DESKHAND_HOME", "folder of Deskhand's own files", "./var")
    playbook: Path = _env("DESKHAND_PLAYBOOK", "the playbook file", "$DESKHAND_HOME/playbook.yaml")
    database_url: SecretStr = _env(
        "DATABASE_URL",
        "SQLite for one process, PostgreSQL for many",
        "sqlite:///$DESKHAND_HOME/deskhand.db",
    )
    erp_url: SecretStr = _env(
        "ERP_URL", "the ERP: `folder:PATH`, or `memory:` for a trial", "folder:$DESKHAND_HOME/erp"
    )
    imap_url: str | None = _env(
        "IMAP_URL", "the mailbox orders arrive in: `imaps://user@host:993/Folder`"
    )
    imap_password: SecretStr | None = _env("IMAP_PASSWORD", "password of the mailbox")
    imap_oauth_token: SecretStr | None = _env(
        "IMAP_OAUTH_TOKEN", "access token for XOAUTH2, where something else renews it"
    )
    imap_oauth_token_url: str | None = _env(
        "IMAP_OAUTH_TOKEN_URL", "where Deskhand fetches access tokens for XOAUTH2"
    )
    imap_oauth_client_id: str | None = _env("IMAP_OAUTH_CLIENT_ID", "client id for XOAUTH2")
    imap_oauth_client_secret: SecretStr | None = _env(
        "IMAP_OAUTH_CLIENT_SECRET", "client secret for XOAUTH2"
    )
    imap_oauth_refresh_token: SecretStr | None = _env(
        "IMAP_OAUTH_REFRESH_TOKEN", "refresh token for XOAUTH2; without one, client credentials"
    )
    imap_move_to: str | None = _env(
        "IMAP_MOVE_TO", "folder that taken mail is moved to; without one it is only flagged"
    )
    imap_flag: str | None = _env(
        "IMAP_FLAG", "keyword that marks taken mail where it is not moved; else `$Deskhand`"
    )
    imap_since: date | None = _env(
        "IMAP_SINCE", "leave mail from before this day alone; else from before the first start"
    )
    imap_ca_file: Path | None = _env(
        "IMAP_CA_FILE", "certificate authority of a private mail server"
    )
    smtp_url: SecretStr | None = _env(
        "SMTP_URL", "server that sends mail to customers: `smtp://user:password@host:587`"
    )
    slack_bot_token: SecretStr | None = _env("SLACK_BOT_TOKEN", "the Slack app's token `xoxb-...`")
    slack_app_token: SecretStr | None = _env(
        "SLACK_APP_TOKEN", "app-level token `xapp-...`: Slack over Socket Mode"
    )
    slack_signing_secret: SecretStr | None = _env(
        "SLACK_SIGNING_SECRET", "signing secret: Slack over HTTP instead of Socket Mode"
    )
    slack_api_url: str | None = _env("SLACK_API_URL", "another workspace server than Slack's")
    openai_api_key: SecretStr | None = _env("OPENAI_API_KEY", "key for the model's endpoint")
    openai_base_url: str | None = _env(
        "OPENAI_BASE_URL", "an OpenAI-compatible endpoint other than OpenAI's"
    )
    model: str | None = _env("DESKHAND_MODEL", "name of the model; without one Deskhand is offline")
    executor: str = _env(
        "DESKHAND_EXECUTOR", "name of this process, unique and the same after restarts", "$HOSTNAME"
    )
    host: str = _env("DESKHAND_HOST", "address the web server listens on", "127.0.0.1")
    port: int = Field(
        8080, alias="DESKHAND_PORT", description="port of the web server", ge=0, le=65535
    )

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Settings:
        """Read settings from ``environment``. Raises ConfigError naming what is wrong.

        Variables that are empty count as not given. A secret NAME may also be given
        as NAME_FILE, the path of a file that holds it.
        """
        given = {
            name: value
            for name, field in _fields().items()
            if (value := _given(environment, name, secret=_is_secret(field))) is not None
        }
        places = {
            "DESKHAND_HOME": given.get("DESKHAND_HOME", "./var"),
            "HOSTNAME": socket.gethostname(),
        }
        try:
            return cls.model_validate(_defaults(places) | given)
        except ValidationError as error:
            raise ConfigError(_explain(error)) from None

    @field_validator("database_url", mode="after")
    @classmethod
    def _database(cls, url: SecretStr) -> SecretStr:
        scheme, separator, rest = url.get_secret_value().partition("://")
        if not separator or scheme not in _DRIVERS:
            raise ValueError("is no database Deskhand knows")
        return SecretStr(f"{_DRIVERS[scheme]}://{rest}")

    @field_validator("imap_url", mode="after")
    @classmethod
    def _mailbox(cls, url: str | None) -> str | None:
        if url is None:
            return None
        scheme, _, rest = url.partition("://")
        if scheme not in ("imap", "imaps") or not rest:
            raise ValueError("is no mailbox address")
        if ":" in rest.rpartition("@")[0]:
            raise ValueError("holds a password: move it to IMAP_PASSWORD")
        return url

    @field_validator("smtp_url", mode="after")
    @classmethod
    def _mail_server(cls, url: SecretStr | None) -> SecretStr | None:
        if url and not url.get_secret_value().startswith(("smtp://", "smtps://")):
            raise ValueError("is no mail server address")
        return url

    @field_validator("imap_oauth_token_url", "slack_api_url", "openai_base_url", mode="after")
    @classmethod
    def _web_address(cls, url: str | None) -> str | None:
        if url and not url.startswith(("http://", "https://")):
            raise ValueError("is no web address: it begins with https://")
        return url


def settings_table() -> str:
    """All settings as a Markdown table, for the README."""
    rows = [
        f"| `{name}` | {f'`{field.default}`' if field.default is not None else ''} "
        f"| {field.description}{' (secret)' if _is_secret(field) else ''} |"
        for name, field in _fields().items()
    ]
    head = ["| variable | default | meaning |", "|---|---|---|"]
    foot = ["", "A secret may also be given as `NAME_FILE`, the path of a file that holds it.", ""]
    return "\n".join(head + rows + foot)


def _fields() -> dict[str, FieldInfo]:
    return {str(field.alias): field for field in Settings.model_fields.values()}


def _is_secret(field: FieldInfo) -> bool:
    return "SecretStr" in str(field.annotation)


def _defaults(places: Mapping[str, str]) -> dict[str, str]:
    return {
        name: Template(field.default).substitute(places)
        for name, field in _fields().items()
        if isinstance(field.default, str)
    }


def _given(environment: Mapping[str, str], name: str, *, secret: bool) -> str | None:
    value = environment.get(name, "").strip() or None
    path = environment.get(f"{name}_FILE", "").strip()
    if not secret or not path:
        return value
    if value is not None:
        raise ConfigError(f"{name} and {name}_FILE are both given: keep one of them")
    return _secret_file(f"{name}_FILE", Path(path))


def _secret_file(name: str, path: Path) -> str:
    try:
        content = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"{name} names {path}, which cannot be read ({error}): correct the path or the file"
        ) from None
    if not content:
        raise ConfigError(f"{name} names {path}, which is empty: write the secret into it")
    return content


def _explain(error: ValidationError) -> str:
    """One line for each wrong variable, never with its value."""
    lines = []
    for problem in error.errors(include_url=False, include_input=False):
        name = str(problem["loc"][0])
        message = problem["msg"].removeprefix("Value error, ")
        lines.append("; ".join(filter(None, [f"{name}: {message}", _REMEDIES.get(name)])))
    return "\n".join(lines)
