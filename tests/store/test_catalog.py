"""The current catalog: when it is rebuilt, and what happens when the ERP is away."""

import threading
import time
from collections.abc import Hashable
from datetime import UTC, datetime, timedelta

import pytest

from graph.catalog import Customer, Records
from graph.ports import ErpError
from store.catalog import RETRY_AFTER, CatalogSource
from store.erp.memory import MemoryErp

NOW = datetime(2026, 5, 20, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class Erp(MemoryErp):
    """Counts its loads and fails on demand."""

    def __init__(self) -> None:
        super().__init__(Records(read_at=NOW, customers=(Customer("C1", "Muster"),)))
        self.loads = 0
        self.broken = False
        self.delay = 0.0
        self.edition = 0

    def stamp(self) -> Hashable:
        return self.edition

    def load(self, now: datetime) -> Records:
        self.loads += 1
        time.sleep(self.delay)
        if self.broken:
            raise ErpError("the ERP is away: start it", permanent=False)
        return super().load(now)


@pytest.fixture
def erp() -> Erp:
    return Erp()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def source(erp: Erp, clock: Clock) -> CatalogSource[list[Records]]:
    return CatalogSource(erp, lambda records: [records], clock, max_age=HOUR)


def test_the_index_is_built_once_and_kept(
    source: CatalogSource[list[Records]], erp: Erp, clock: Clock
) -> None:
    assert (source.records, source.age) == (None, None)
    first = source()
    clock.now += HOUR - timedelta(seconds=1)
    assert source() is first
    assert erp.loads == 1
    assert source.records is first[0]
    assert source.age == HOUR - timedelta(seconds=1)


def test_it_is_rebuilt_when_it_grew_old(
    source: CatalogSource[list[Records]], erp: Erp, clock: Clock
) -> None:
    source()
    clock.now += HOUR
    assert source()[0].read_at == NOW + HOUR
    assert erp.loads == 2
    assert source.age == timedelta()


def test_it_is_rebuilt_at_once_when_the_erp_changed(
    source: CatalogSource[list[Records]], erp: Erp
) -> None:
    first = source()
    erp.edition += 1
    assert source() is not first
    source()
    assert erp.loads == 2


def test_while_the_erp_is_away_the_last_records_stay_with_their_age(
    source: CatalogSource[list[Records]],
    erp: Erp,
    clock: Clock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    first = source()
    erp.broken = True
    clock.now += 2 * HOUR
    assert source() is first
    assert source.age == 2 * HOUR
    assert source.trouble == "the ERP is away: start it"
    assert "the ERP is away: start it" in caplog.text
    source()
    assert erp.loads == 2
    erp.broken = False
    clock.now += RETRY_AFTER
    assert source()[0].read_at == clock.now
    assert source.trouble is None


def test_an_erp_that_was_repaired_is_read_at_once(
    source: CatalogSource[list[Records]], erp: Erp, clock: Clock
) -> None:
    source()
    erp.broken = True
    clock.now += HOUR
    source()
    erp.broken = False
    erp.edition += 1
    assert source()[0].read_at == clock.now


def test_without_any_records_the_trouble_is_raised_each_time(
    source: CatalogSource[list[Records]], erp: Erp
) -> None:
    erp.broken = True
    for loads in (1, 2):
        with pytest.raises(ErpError, match="start it"):
            source()
        assert erp.loads == loads
    erp.broken = False
    assert source()


def test_many_threads_share_one_rebuild(source: CatalogSource[list[Records]], erp: Erp) -> None:
    erp.delay = 0.05
    seen: list[object] = []
    threads = [threading.Thread(target=lambda: seen.append(source())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert erp.loads == 1
    assert len(seen) == 8
    assert len({id(index) for index in seen}) == 1


def test_a_bug_in_the_index_is_not_hidden(erp: Erp, clock: Clock) -> None:
    def index(_: Records) -> str:
        raise KeyError("bug")

    source = CatalogSource(erp, index, clock, max_age=HOUR)
    with pytest.raises(KeyError):
        source()
    with pytest.raises(KeyError):
        source()
