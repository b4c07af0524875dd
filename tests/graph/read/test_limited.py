"""Attachments that eat time, memory or processes are stopped; the next one is read."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from graph.ports import WorldError
from graph.read import LimitedReader, Limits, read, read_attachment
from graph.read.worker import TooMuchError, run_limited
from tests.graph.read import papers
from tests.graph.read.test_mail import message
from tests.graph.read.test_xlsx import workbook

SHORT = Limits(seconds=0.3, megabytes=4096)


@pytest.fixture(scope="module")
def reader() -> Iterator[LimitedReader]:
    with LimitedReader() as reader:
        yield reader


def helper_of(reader: LimitedReader) -> psutil.Process:
    helpers = [
        child
        for child in psutil.Process().children()
        if "graph.read.worker" in child.cmdline() and child.status() != psutil.STATUS_ZOMBIE
    ]
    assert helpers
    return helpers[-1]


# --- one job ----------------------------------------------------------------------


def test_a_job_returns_its_bytes() -> None:
    assert run_limited(lambda: b"x" * 3_000_000, Limits()) == b"x" * 3_000_000


def spin() -> bytes:
    while True:
        pass


def sleep() -> bytes:
    time.sleep(60)
    return b""


@pytest.mark.parametrize("job", [spin, sleep])
def test_a_job_without_end_is_killed(job) -> None:
    start = time.perf_counter()
    with pytest.raises(TooMuchError, match="takes too long to read"):
        run_limited(job, SHORT)
    assert time.perf_counter() - start < 2


def test_a_job_that_eats_memory_is_stopped() -> None:
    def eat() -> bytes:
        return bytes(8 << 30)

    with pytest.raises(TooMuchError, match="needs too much memory"):
        run_limited(eat, Limits(seconds=5, megabytes=2048))


def test_a_job_that_crashes_is_told_from_one_that_costs_too_much() -> None:
    def crash() -> bytes:
        os._exit(139)

    with pytest.raises(TooMuchError, match="breaks its reader"):
        run_limited(crash, SHORT)


def test_a_job_that_raises_breaks_its_reader() -> None:
    def fail() -> bytes:
        raise ValueError("seven")

    with pytest.raises(TooMuchError, match="breaks its reader"):
        run_limited(fail, SHORT)


def test_what_a_job_starts_dies_with_it(tmp_path: Path) -> None:
    reader, writer = os.pipe()

    def fork() -> bytes:
        if os.fork() == 0:
            time.sleep(60)
        os.write(writer, b"%d" % os.getpgid(0))
        return sleep()

    # Only root may still fork under RLIMIT_NPROC; for others the fork itself fails.
    with pytest.raises(TooMuchError):
        run_limited(fork, SHORT)
    os.close(writer)
    group = os.read(reader, 20)
    os.close(reader)
    if group:
        deadline = time.monotonic() + 5
        while any(group_of(pid) == int(group) for pid in psutil.pids()):
            assert time.monotonic() < deadline


def group_of(pid: int) -> int:
    try:
        running = psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
        return os.getpgid(pid) if running else 0
    except (ProcessLookupError, psutil.NoSuchProcess):
        return 0


def test_a_job_cannot_write_files(tmp_path: Path) -> None:
    def write() -> bytes:
        (tmp_path / "x").write_bytes(b"x")
        return b""

    with pytest.raises(TooMuchError):
        run_limited(write, SHORT)
    assert not (tmp_path / "x").exists() or not (tmp_path / "x").read_bytes()


# --- the helper process -----------------------------------------------------------


def test_it_reads_what_direct_reading_reads(reader: LimitedReader) -> None:
    for name, content in (
        ("po.pdf", papers.wrapped().content),
        ("po.xlsx", workbook(["SKU", "Qty"], ["K-100", 10])),
        ("po.csv", "Artikel;Menge\nDübel;10\n".encode()),
        ("po.zip", b"PK\x03\x04"),
        ("empty.pdf", b""),
    ):
        assert reader.read_attachment(name, "", content) == read_attachment(name, "", content)


def test_a_mail_is_read_through_it(reader: LimitedReader) -> None:
    mail = message()
    mail.add_attachment(b"a;b\n1;2\n", maintype="text", subtype="csv", filename="po.csv")
    assert read(mail.as_bytes(), reader.read_attachment) == read(mail.as_bytes())


def test_an_attachment_that_takes_too_long_is_a_problem_and_the_next_is_read() -> None:
    large = workbook(*([n, f"K-{n}", "x" * 50] for n in range(15_000)))
    with LimitedReader(Limits(seconds=0.05)) as reader:
        document = reader.read_attachment("large.xlsx", "", large)
        assert document.problem == (
            "large.xlsx takes too long to read; ask the sender for a smaller file."
        )
        assert reader.read_attachment("po.txt", "", b"10 x K-100").problem is None


def test_an_attachment_that_takes_too_much_memory_is_a_problem() -> None:
    large = (b"12345678;" * 100 + b"\n") * 19_000
    with LimitedReader(Limits(megabytes=200)) as reader:
        document = reader.read_attachment("large.csv", "", large)
        assert document.problem is not None
        assert "needs too much memory to read" in document.problem
        assert reader.read_attachment("po.txt", "", b"10 x K-100").problem is None


def test_a_dead_helper_is_started_again(reader: LimitedReader) -> None:
    reader.read_attachment("po.txt", "", b"10 x K-100")
    helper = helper_of(reader)
    helper.kill()
    helper.wait(5)
    assert reader.read_attachment("po.txt", "", b"10 x K-100").text == "10 x K-100"
    assert helper_of(reader).pid != helper.pid


def test_threads_share_it(reader: LimitedReader) -> None:
    def ask(number: int) -> str:
        return reader.read_attachment(f"{number}.txt", "", b"order %d" % number).text

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(40))) == [f"order {n}" for n in range(40)]


def test_it_costs_less_than_ten_milliseconds(reader: LimitedReader) -> None:
    reader.read_attachment("po.txt", "", b"10 x K-100")
    times = []
    for _ in range(10):
        start = time.perf_counter()
        reader.read_attachment("po.txt", "", b"10 x K-100")
        times.append(time.perf_counter() - start)
    assert min(times) < 0.01


def test_the_helper_knows_no_secrets(
    reader: LimitedReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "secret")
    with LimitedReader() as fresh:
        fresh.read_attachment("po.txt", "", b"10 x K-100")
        assert "SLACK_BOT_TOKEN" not in helper_of(fresh).environ()


def test_closing_ends_the_helper() -> None:
    reader = LimitedReader()
    reader.read_attachment("po.txt", "", b"10 x K-100")
    helper = helper_of(reader)
    reader.close()
    assert not helper.is_running() or helper.status() == psutil.STATUS_ZOMBIE


def test_a_helper_that_cannot_start_is_trouble_with_the_world(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    with pytest.raises(WorldError, match="cannot be started") as caught:
        LimitedReader().read_attachment("po.txt", "", b"10 x K-100")
    assert not caught.value.permanent
