"""The shape of the repository: rooms, doorways, sizes, and what must not stand in it."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "graph", "store", "prompts")
TOP = {
    "bot", "graph", "store", "prompts", "tests", "Dockerfile", "README.md", "pyproject.toml",
    "Makefile", "CHANGELOG.md", "LICENSE", "compose.yaml", "requirements.lock",
}  # fmt: skip
DOORWAYS = {
    "imapclient": {"bot/imap.py", "bot/imap_login.py"},
    "langgraph": {"graph/agent.py", "store/checkpoints.py"},
    "langchain_openai": {"graph/llm.py"},
    "apscheduler": {"bot/schedule.py"},
    "dbos": {"bot/engine.py", "store/migrate.py"},
    "slack_sdk": {"bot/slack.py", "bot/app.py"},
    "slack_bolt": {"bot/listeners.py", "bot/web.py", "bot/app.py"},
}
LINES, FUNCTION = 400, 50


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return listed.stdout.splitlines()


def sources() -> list[Path]:
    """The program's own files; migrations are written by Alembic and never read in passing."""
    found = (path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    return sorted(path for path in found if "versions" not in path.parts)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_only_the_named_rooms_stand_at_the_top() -> None:
    top = {path.split("/")[0] for path in tracked()}
    assert {entry for entry in top if not entry.startswith(".")} == TOP


@pytest.mark.parametrize("path", sources(), ids=name)
def test_a_file_is_read_without_much_scrolling(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno < FUNCTION, node.name


@pytest.mark.parametrize("module", DOORWAYS)
def test_every_outside_has_one_doorway(module: str) -> None:
    imports = re.compile(rf"^(?:from|import) {module}\b", re.MULTILINE)
    users = {name(path) for path in sources() if imports.search(path.read_text(encoding="utf-8"))}
    assert users == DOORWAYS[module]


def test_no_file_names_a_package_index_or_a_machine() -> None:
    host = re.compile(r"--(extra-)?index-url|https?://[^\s\"']*/(simple|packages)/", re.IGNORECASE)
    machine = str(ROOT.parent) + "/"
    for path in tracked():
        content = (ROOT / path).read_bytes().decode("utf-8", "replace")
        assert not host.search(content), path
        assert machine not in content or machine == "//", path


def test_the_locks_pin_versions_with_hashes() -> None:
    for lock in ("requirements.lock", "tests/requirements.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8")
        pins = re.findall(r"^([a-z0-9_.-]+)(?:\[.*\])?==\S+ *(?:;.*)?\\?$", text, re.MULTILINE)
        assert len(pins) > 50
        assert text.count("--hash=sha256:") >= len(pins)


def test_public_functions_say_what_they_do() -> None:
    silent = [
        f"{name(path)}:{node.name}"
        for path in sources()
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []
