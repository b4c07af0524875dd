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
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.extract import extract
from graph.extract.model import cross_check
from graph.llm import ChatModel, load_prompt
from graph.order import Mail, Order
from graph.read import read
from tests.graph.endpoint import Endpoint, Said

REPLIES = Path(__file__).parents[1] / "data" / "model_replies"
SERVER = Path(__file__).parents[1] / "model_server.py"
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
def real() -> Iterator[Endpoint]:
    """The real model behind an endpoint that keeps what it says."""
    if not MODEL.is_file():
        pytest.skip("DESKHAND_TEST_MODEL names no .gguf file")
    if subprocess.run([PYTHON, "-c", "import xllamacpp"], stderr=subprocess.DEVNULL).returncode:
        pytest.skip(f"{PYTHON} has no package xllamacpp")
    with serving(MODEL) as address, Endpoint(upstream=address) as endpoint:
        yield endpoint


def mail_of(name: str) -> Mail:
    return read((REPLIES / f"{name}.eml").read_bytes())


def offline(name: str) -> Order:
    now = datetime(2026, 6, 2, 12, tzinfo=UTC)
    ours = ("nordlicht-haustechnik.example",)
    (order,) = extract(mail_of(name), company="Nordlicht Haustechnik", own_domains=ours, now=now)
    return order


def recorded(name: str) -> Endpoint:
    kept = json.loads((REPLIES / f"{name}.json").read_text())
    return Endpoint(Said(kept["reply"]))


def record(name: str, said: Said) -> None:
    """Keep a reply without what names the machine it came from."""
    reply = {"choices": said.body["choices"], "usage": said.body["usage"]}
    kept = {"model": RECORDED_MODEL, "prompt": load_prompt("read_order").id, "reply": reply}
    text = json.dumps(kept, ensure_ascii=False, indent=1)
    (REPLIES / f"{name}.json").write_text(f"{text}\n")


@pytest.fixture(params=["recorded", pytest.param("real", marks=pytest.mark.model)])
def read_by(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=["plain", "chatty", "injected"])
def both(request: pytest.FixtureRequest, read_by: str) -> tuple[Order, Order]:
    """One mail as read offline, and after the model was asked too."""
    name, before = request.param, offline(request.param)
    if read_by == "recorded":
        with recorded(name) as endpoint:
            return before, asked(endpoint, name, before)
    endpoint = request.getfixturevalue("real")
    after = asked(endpoint, name, before)
    if RECORD:
        record(name, endpoint.said[-1])
    return before, after


def asked(endpoint: Endpoint, name: str, before: Order) -> Order:
    model = ChatModel("local", base_url=endpoint.url, timeout=600, max_retries=0)
    (after,) = cross_check(mail_of(name), (before,), model)
    return after


def test_show(both):
    before, after = both
    print(
        after.model_dump_json(
            exclude_none=True,
            indent=1,
            include={"doubts", "tokens", "prompt", "model_calls", "extractor"},
        )
    )
    print(before.lines == after.lines)
