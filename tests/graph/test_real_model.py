"""Three mails read offline and by a real small model: its recorded replies, and itself.

The replies in ``tests/data/model_replies`` are those of Qwen2.5-Coder-1.5B-Instruct Q4_K_M.
The model itself runs where DESKHAND_TEST_MODEL names its .gguf file and the interpreter
DESKHAND_TEST_MODEL_PYTHON (by default this one) has the package xllamacpp. With
DESKHAND_TEST_MODEL_RECORD=1 its replies are recorded anew.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from graph.extract import extract
from graph.extract.compare import HEADER
from graph.extract.model import cross_check
from graph.llm import ChatModel, load_prompt
from graph.order import Mail, Order
from graph.read import read
from tests.graph.endpoint import Endpoint, Said

REPLIES = Path(__file__).parents[1] / "data" / "model_replies"
SERVER = Path(__file__).parents[1] / "model_server.py"
MAILS = ("plain", "chatty", "injected")
RECORDED_MODEL = "Qwen2.5-Coder-1.5B-Instruct Q4_K_M"
# Read here, since no test sees the developer's own settings.
MODEL = Path(os.environ.get("DESKHAND_TEST_MODEL", ""))
PYTHON = os.environ.get("DESKHAND_TEST_MODEL_PYTHON", sys.executable)
THREADS = os.environ.get("DESKHAND_TEST_MODEL_THREADS", "2")
RECORD = os.environ.get("DESKHAND_TEST_MODEL_RECORD") == "1"

pytestmark = pytest.mark.timeout(900)


@contextmanager
def serving(model: Path) -> Iterator[str]:
    """Run the model server; yields its address, stops it at the end."""
    calm = {**os.environ, "OMP_WAIT_POLICY": "passive", "GOMP_SPINCOUNT": "0"}
    command = ["nice", PYTHON, str(SERVER), str(model), THREADS]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True, env=calm
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        assert address, "the model server did not start"
        yield f"{address}/v1"
        server.stdin.close()


@pytest.fixture(scope="module")
def real() -> Iterator[Callable[[str], Said]]:
    """What the real model says about a mail; each is asked for once."""
    if not MODEL.is_file():
        pytest.skip("DESKHAND_TEST_MODEL names no .gguf file")
    if subprocess.run([PYTHON, "-c", "import xllamacpp"], stderr=subprocess.DEVNULL).returncode:
        pytest.skip(f"{PYTHON} has no package xllamacpp")
    with serving(MODEL) as address, Endpoint(upstream=address) as endpoint:

        @cache
        def reply(name: str) -> Said:
            cross_checked(name, offline(name), endpoint)
            if RECORD:
                record(name, endpoint.said[-1])
            return endpoint.said[-1]

        yield reply


def mail_of(name: str) -> Mail:
    return read((REPLIES / f"{name}.eml").read_bytes())


def offline(name: str) -> Order:
    now = datetime(2026, 6, 2, 12, tzinfo=UTC)
    ours = ("nordlicht-haustechnik.example",)
    (order,) = extract(mail_of(name), company="Nordlicht Haustechnik", own_domains=ours, now=now)
    return order


def recorded(name: str) -> Said:
    return Said(json.loads((REPLIES / f"{name}.json").read_text())["reply"])


def record(name: str, said: Said) -> None:
    """Keep a reply without what names the machine it came from."""
    reply = {"choices": said.body["choices"], "usage": said.body["usage"]}
    kept = {"model": RECORDED_MODEL, "prompt": load_prompt("read_order").id, "reply": reply}
    text = json.dumps(kept, ensure_ascii=False, indent=1)
    (REPLIES / f"{name}.json").write_text(f"{text}\n")


@pytest.fixture(params=["recorded", pytest.param("real", marks=pytest.mark.model)])
def endpoint(name: str, request: pytest.FixtureRequest) -> Iterator[Endpoint]:
    """Where one mail is read."""
    replies = recorded if request.param == "recorded" else request.getfixturevalue("real")
    with Endpoint(replies(name)) as endpoint:
        yield endpoint


def cross_checked(name: str, before: Order, endpoint: Endpoint) -> Order:
    model = ChatModel("local", base_url=endpoint.url, timeout=600, max_retries=0)
    (after,) = cross_check(mail_of(name), (before,), model)
    return after


@pytest.mark.parametrize("name", MAILS)
def test_what_was_read_offline_stands_and_every_change_is_a_question(
    name: str, endpoint: Endpoint
) -> None:
    before = offline(name)
    after = cross_checked(name, before, endpoint)

    stands = ("kind", "part", "lines", "customer", "ship_to", "extractor")
    assert [getattr(after, field) for field in stands] == [getattr(before, f) for f in stands]
    for field, title in HEADER.items():
        read, found = getattr(before, field), getattr(after, field)
        assert found == read or (read is None and any(title in d.message for d in after.doubts))
    assert after.doubts[: len(before.doubts)] == before.doubts


@pytest.mark.parametrize("name", MAILS)
def test_what_the_model_cost_is_kept(name: str, endpoint: Endpoint) -> None:
    after = cross_checked(name, offline(name), endpoint)

    assert len(endpoint.asked) == after.model_calls == 1
    assert after.tokens == endpoint.said[0].body["usage"]["total_tokens"] > 400
    assert after.prompt == load_prompt("read_order").id


@pytest.mark.parametrize("name", ["plain"])
def test_a_plain_order_is_read_alike_and_nobody_is_asked(name: str, endpoint: Endpoint) -> None:
    before = offline(name)

    assert len(before.lines) == 3
    assert cross_checked(name, before, endpoint).doubts == before.doubts == ()


@pytest.mark.parametrize("name", ["injected"])
def test_an_order_hidden_in_an_instruction_is_not_added(name: str, endpoint: Endpoint) -> None:
    asked_for = tuple(line for line in offline(name).lines if line.code != "GOLD-1")
    before = offline(name).model_copy(update={"lines": asked_for})
    after = cross_checked(name, before, endpoint)

    assert [(line.code, line.stated_quantity) for line in after.lines] == [
        ("BV-0512", Decimal(10)),
        ("TF-2012", Decimal(4)),
    ]


@pytest.mark.parametrize("name", MAILS)
def test_the_recorded_replies_answer_the_current_prompt(name: str) -> None:
    kept = json.loads((REPLIES / f"{name}.json").read_text())

    assert kept["model"] == RECORDED_MODEL
    assert kept["prompt"] == load_prompt("read_order").id, "record them anew (see above)"
