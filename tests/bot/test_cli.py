"""The command line as the contract has it: results, JSON, exit codes, plain sentences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app
from graph.ports import WorldError
from tests.builders import furnish, mail


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    furnish(tmp_path)
    monkeypatch.setenv("DESKHAND_HOME", str(tmp_path))
    return tmp_path


def deskhand(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


@pytest.mark.parametrize(
    "command",
    ["run", "sandbox", "replay", "ready", "sync", "migrate", "doctor", "playbook"],
)
def test_help_teaches_every_command(command: str) -> None:
    result = deskhand(command, "--help")
    assert result.exit_code == 0
    assert command in result.output


def test_wrong_use_ends_with_2() -> None:
    assert deskhand("replay").exit_code == 2
    assert deskhand("no-such-command").exit_code == 2


# --- playbook -----------------------------------------------------------------------


def test_playbook_init_writes_one_that_passes_its_check(tmp_path: Path) -> None:
    path = str(tmp_path / "new" / "playbook.yaml")
    assert deskhand("playbook", "init", path, "--company", "Muster & Co").exit_code == 0
    result = deskhand("playbook", "check", path, "--json")
    assert (result.exit_code, json.loads(result.output)) == (0, {"ok": True, "problems": []})
    assert "Muster & Co" in deskhand("playbook", "show", path).output


def test_playbook_init_overwrites_nothing(home: Path) -> None:
    result = deskhand("playbook", "init")
    assert isinstance(result.exception, WorldError)
    assert "--force" in str(result.exception)


def test_playbook_check_names_the_line(home: Path) -> None:
    path = home / "playbook.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "colour: red\n", encoding="utf-8")
    result = deskhand("playbook", "check", "--json")
    (problem,) = json.loads(result.output)["problems"]
    assert result.exit_code == 1
    assert problem["line"] == len(path.read_text(encoding="utf-8").splitlines())
    assert "colour" in problem["message"]


def test_a_missing_playbook_names_the_remedy(tmp_path: Path) -> None:
    result = deskhand("playbook", "check", str(tmp_path / "none.yaml"))
    assert "playbook init" in str(result.exception)


# --- replay -------------------------------------------------------------------------


@pytest.fixture
def mails(tmp_path: Path) -> Path:
    folder = tmp_path / "mails" / "june"
    folder.mkdir(parents=True)
    (folder / "1.eml").write_bytes(mail("10 Stk K-100 Ball valve 1/2 inch"))
    (folder / "2.eml").write_bytes(mail("10 Stk X-999 Gizmo", subject="Bestellung 4712"))
    (folder / "3.eml").write_bytes(b"")
    return folder.parent


def replay(home: Path, mails: Path, *more: str) -> Result:
    erp, playbook = f"folder:{home}/erp", str(home / "playbook.yaml")
    return deskhand("replay", "--mail", str(mails), "--erp", erp, "--playbook", playbook, *more)


def test_replay_prints_one_object_per_order(home: Path, mails: Path) -> None:
    result = replay(home, mails, "--json")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [line["mail"] for line in lines] == ["june/1.eml", "june/2.eml", "june/3.eml"]
    assert [line["outcome"] for line in lines] == ["book", "review", "review"]
    assert lines[0]["order"]["lines"][0] == {
        "position": 1,
        "sku": "K-100",
        "customer_sku": None,
        "description": "Ball valve 1/2 inch",
        "quantity": "10",
        "unit": "pcs",
        "price": None,
        "amount": None,
    }
    assert set(lines[0]) == {
        "mail", "message_id", "part", "kind", "outcome", "order_type", "order", "findings",
        "extractor", "model_calls", "tokens", "ms",
    }  # fmt: skip
    assert not (home / "erp" / "orders").exists()


def test_replay_writes_files_and_scores_against_the_truth(home: Path, mails: Path) -> None:
    truth = home / "truth.jsonl"
    order = {"customer_id": "C001", "lines": [{"sku": "K-100", "quantity": "12", "unit": "pcs"}]}
    truth.write_text(json.dumps({"mail": "june/1.eml", "order": order}) + "\n", encoding="utf-8")
    out, report = home / "out" / "lines.jsonl", home / "report"
    result = replay(home, mails, "--truth", str(truth), "--out", str(out), "--report", str(report))
    assert result.exit_code == 1
    assert "WRONGLY BOOKED" in result.output
    assert len(out.read_text(encoding="utf-8").splitlines()) == 3
    assert "K-100 12 pcs" in (report / "differences.csv").read_text(encoding="utf-8")
    assert json.loads((report / "summary.json").read_text())["wrong_booked"]


def test_replay_of_nothing_names_the_place(home: Path) -> None:
    result = replay(home, home / "nowhere")
    assert "nowhere" in str(result.exception)


def test_replay_refuses_a_date_that_is_none(home: Path, mails: Path) -> None:
    assert replay(home, mails, "--as-of", "yesterday").exit_code == 2


# --- upkeep -------------------------------------------------------------------------


def test_ready_says_what_is_missing_until_the_owner_overrides(home: Path) -> None:
    result = deskhand("ready", "--json")
    said = json.loads(result.output)
    assert (result.exit_code, said["ready"]) == (1, False)
    assert all(item["next_step"] for item in said["items"] if not item["ok"])
    refused = deskhand("ready", "--override", "we know", "--by", "U0ANNA")
    assert "U0PETRA" in str(refused.exception)
    result = deskhand("ready", "--override", "pilot week", "--by", "U0PETRA", "--json")
    assert (result.exit_code, json.loads(result.output)["ready"]) == (0, True)


def test_sync_counts_records_and_lists_the_unusable(home: Path) -> None:
    with (home / "erp" / "prices.csv").open("a", encoding="utf-8") as file:
        file.write("STD,K-100,1,four,EUR\n")
    result = deskhand("sync", "--json")
    said = json.loads(result.output)
    assert result.exit_code == 1
    assert said["records"]["customers"] == 3
    assert "prices.csv" in said["troubles"][0]["place"]


def test_a_missing_column_is_named(home: Path) -> None:
    (home / "erp" / "customers.csv").write_text("name\nx\n", encoding="utf-8")
    assert "customer_id" in str(deskhand("sync").exception)


def test_migrate_says_where_the_database_is(home: Path) -> None:
    assert json.loads(deskhand("migrate", "--json").output)["revision"]


def test_doctor_looks_at_everything_and_says_what_to_do(home: Path) -> None:
    deskhand("migrate")
    result = deskhand("doctor", "--json")
    checks = {check["name"]: check for check in json.loads(result.output)["checks"]}
    assert result.exit_code == 1
    assert {name for name, check in checks.items() if check["ok"]} == {
        "database", "playbook", "erp", "model", "clock",
    }  # fmt: skip
    assert "IMAP_URL" in checks["mailbox"]["message"]
    assert "SLACK_BOT_TOKEN" in checks["slack"]["message"]
