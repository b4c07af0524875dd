"""Settings: defaults, secrets, secret files and errors that name the variable."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from graph.ports import ConfigError
from store.config import Settings, settings_table

NAMES = [
    "DESKHAND_HOME",
    "DESKHAND_PLAYBOOK",
    "DATABASE_URL",
    "ERP_URL",
    "IMAP_URL",
    "IMAP_PASSWORD",
    "IMAP_OAUTH_TOKEN",
    "IMAP_OAUTH_TOKEN_URL",
    "IMAP_OAUTH_CLIENT_ID",
    "IMAP_OAUTH_CLIENT_SECRET",
    "IMAP_OAUTH_REFRESH_TOKEN",
    "IMAP_MOVE_TO",
    "IMAP_FLAG",
    "IMAP_SINCE",
    "IMAP_CA_FILE",
    "SMTP_URL",
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "SLACK_SIGNING_SECRET",
    "SLACK_API_URL",
    "OPENAI_API_KEY",
    "OPENAI_BASE_URL",
    "DESKHAND_MODEL",
    "DESKHAND_EXECUTOR",
    "DESKHAND_HOST",
    "DESKHAND_PORT",
]
SECRETS = [
    "DATABASE_URL",
    "ERP_URL",
    "IMAP_PASSWORD",
    "IMAP_OAUTH_TOKEN",
    "IMAP_OAUTH_CLIENT_SECRET",
    "IMAP_OAUTH_REFRESH_TOKEN",
    "SMTP_URL",
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "SLACK_SIGNING_SECRET",
    "OPENAI_API_KEY",
]
VALID = {
    "DATABASE_URL": "postgresql://u:hush-hush@db/desk",
    "ERP_URL": "folder:hush-hush",
    "SMTP_URL": "smtp://u:hush-hush@mail",
}


def test_nothing_given_means_everything_in_the_home_folder() -> None:
    settings = Settings.read({})
    assert settings.home == Path("var")
    assert settings.playbook == Path("var/playbook.yaml")
    assert settings.database_url.get_secret_value() == "sqlite:///./var/deskhand.db"
    assert settings.erp_url.get_secret_value() == "folder:./var/erp"
    assert settings.port == 8080
    assert settings.model is None


def test_the_home_folder_moves_what_lies_in_it() -> None:
    settings = Settings.read({"DESKHAND_HOME": "/srv/desk", "ERP_URL": "memory:"})
    assert settings.playbook == Path("/srv/desk/playbook.yaml")
    assert settings.database_url.get_secret_value() == "sqlite:////srv/desk/deskhand.db"
    assert settings.erp_url.get_secret_value() == "memory:"


def test_a_home_folder_with_a_dollar_is_taken_as_it_stands() -> None:
    assert Settings.read({"DESKHAND_HOME": "/a$b"}).playbook == Path("/a$b/playbook.yaml")


def test_the_executor_is_the_host_unless_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "desk-1")
    assert Settings.read({}).executor == "desk-1"
    assert Settings.read({"DESKHAND_EXECUTOR": "worker-b"}).executor == "worker-b"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_always_gets_its_driver(scheme: str) -> None:
    url = Settings.read({"DATABASE_URL": f"{scheme}://u:p@db:5432/desk"}).database_url
    assert url.get_secret_value() == "postgresql+psycopg://u:p@db:5432/desk"


def test_empty_and_foreign_variables_count_as_not_given() -> None:
    settings = Settings.read({"SMTP_URL": "", "IMAP_PASSWORD": "  ", "PATH": "/bin"})
    assert settings == Settings.read({})


def test_settings_are_frozen() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings.read({}).port = 1  # type: ignore[misc]


@pytest.mark.parametrize("name", SECRETS)
def test_secrets_come_from_files_too_and_never_show(name: str, tmp_path: Path) -> None:
    secret = VALID.get(name, "hush-hush")
    file = tmp_path / "secret"
    file.write_text(f"{secret}\n")
    from_file, direct = Settings.read({f"{name}_FILE": str(file)}), Settings.read({name: secret})
    assert from_file == direct
    assert "hush-hush" not in repr(direct) + str(direct) + str(direct.model_dump())


def test_only_secrets_come_from_files(tmp_path: Path) -> None:
    file = tmp_path / "value"
    file.write_text("gpt")
    assert Settings.read({"DESKHAND_MODEL_FILE": str(file)}).model is None


def test_a_secret_given_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="IMAP_PASSWORD and IMAP_PASSWORD_FILE are both given"):
        Settings.read({"IMAP_PASSWORD": "a", "IMAP_PASSWORD_FILE": str(tmp_path / "b")})


@pytest.mark.parametrize(
    ("content", "reason"), [(None, "cannot be read"), (b" \n", "is empty"), (b"\xff", "cannot be")]
)
def test_an_unusable_secret_file_is_named(
    content: bytes | None, reason: str, tmp_path: Path
) -> None:
    file = tmp_path / "token"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ConfigError, match=r"SLACK_BOT_TOKEN_FILE names .*token, which") as error:
        Settings.read({"SLACK_BOT_TOKEN_FILE": str(file)})
    assert reason in str(error.value)


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("DATABASE_URL", "mysql://u:hush@db/x", "sqlite:///"),
        ("DATABASE_URL", "hush.db", "sqlite:///"),
        ("IMAP_URL", "pop3://u@host", "imaps://"),
        ("IMAP_URL", "imap://", "imaps://"),
        ("IMAP_URL", "imaps://u:hush@host/INBOX", "move it to IMAP_PASSWORD"),
        ("SMTP_URL", "mail.example", "smtp://"),
        ("SLACK_API_URL", "localhost:1", "https://"),
        ("OPENAI_BASE_URL", "ftp://x", "https://"),
        ("IMAP_OAUTH_TOKEN_URL", "x", "https://"),
        ("DESKHAND_PORT", "hush", "0 to 65535"),
        ("DESKHAND_PORT", "65536", "0 to 65535"),
    ],
)
def test_a_wrong_value_names_variable_and_remedy_but_not_itself(
    name: str, value: str, remedy: str
) -> None:
    with pytest.raises(ConfigError) as error:
        Settings.read({name: value})
    message = str(error.value)
    assert message.startswith(f"{name}: ")
    assert remedy in message
    assert "hush" not in message
    assert error.value.permanent


def test_a_wrong_value_stays_out_of_the_types_own_errors() -> None:
    with pytest.raises(ValidationError) as error:
        Settings.model_validate({"SMTP_URL": "hush"})
    assert "hush" not in str(error.value)


def test_all_wrong_values_are_told_at_once() -> None:
    with pytest.raises(ConfigError) as error:
        Settings.read({"SMTP_URL": "x", "DESKHAND_PORT": "x", "IMAP_URL": "x"})
    assert [line.split(":")[0] for line in str(error.value).splitlines()] == [
        "IMAP_URL",
        "SMTP_URL",
        "DESKHAND_PORT",
    ]


def test_the_table_lists_every_setting_once_with_its_default() -> None:
    rows = [line.split("|")[1:4] for line in settings_table().splitlines() if "`" in line[:4]]
    assert [row[0].strip(" `") for row in rows] == NAMES
    assert [row[0].strip(" `") for row in rows if "(secret)" in row[2]] == SECRETS
    assert all(row[2].strip() for row in rows)
    assert "| `DESKHAND_PLAYBOOK` | `$DESKHAND_HOME/playbook.yaml` |" in settings_table()
