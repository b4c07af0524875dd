"""The README does what it says: its commands run, its table is the settings' own."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import app, playbook_app
from store.config import settings_table

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line
    for block in re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder from which the README's relative paths work, and where nothing else is written."""
    folder = tmp_path_factory.mktemp("readme")
    for room in ("bot", "tests"):
        (folder / room).symlink_to(ROOT / room)
    return folder


def test_there_are_commands_to_run() -> None:
    assert len(COMMANDS) > 4


@pytest.mark.parametrize("command", COMMANDS)
def test_a_printed_command_works(place: Path, command: str) -> None:
    program, *words = shlex.split(command, comments=True)
    assert program == "deskhand"
    done = subprocess.run(
        [Path(sys.executable).parent / "deskhand", *words],
        cwd=place,
        env={**os.environ, "DESKHAND_HOME": str(place / "var")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_settings_table_is_generated() -> None:
    shown = README.split("<!-- settings -->")[1].split("<!-- /settings -->")[0]
    assert shown.strip() == settings_table().strip()


def test_every_command_is_named() -> None:
    commands = app.registered_commands
    names = {c.name or (c.callback.__name__ if c.callback else "") for c in commands}
    table = README.split("| command |")[1].split("## Connect it")[0]
    for name in names:
        assert f"`{name}`" in table, name
    for command in playbook_app.registered_commands:
        assert f"`{command.name}`" in table or f"`playbook {command.name}`" in table


def test_every_path_it_names_is_there() -> None:
    for target in re.findall(r"\]\((?!http)([^)]+)\)", README):
        assert (ROOT / target).exists(), target
    for path in re.findall(r"`((?:bot|graph|store|prompts|tests)/[\w./]+)`", README):
        assert (ROOT / path).exists(), path
