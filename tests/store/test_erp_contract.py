"""One contract for all embedded ERPs: a new back end is added to ``BACK_ENDS`` and must pass."""

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from graph.catalog import Customer, PastLine, Product, Records
from graph.order import Line, Order, ShipTo
from graph.ports import ConfigError, ErpError
from store.erp import BackEnd, open_erp
from store.erp.folder import FolderErp
from store.erp.memory import MemoryErp

NOW = datetime(2026, 5, 20, 9, 30, tzinfo=UTC)
CUSTOMER = Customer("C1", "Muster Haustechnik")
PRODUCT = Product("K-100", "Kugelhahn", unit="pcs")
ORDER = Order(
    customer_id="C1",
    po_number="4711",
    ship_to=ShipTo(address_id="A1"),
    lines=(
        Line(position=1, sku="K-100", quantity=Decimal(10), unit="pcs", price=Decimal("4.50")),
        Line(position=2, description="something else", stated_quantity=Decimal(2)),
    ),
)


def memory(_: Path) -> BackEnd:
    known = Records(
        read_at=NOW,
        known=frozenset(("customers", "products")),
        customers=(CUSTOMER,),
        products=(PRODUCT,),
    )
    return MemoryErp(known)


def folder(path: Path) -> BackEnd:
    (path / "customers.csv").write_text("customer_id,name\nC1,Muster Haustechnik\n")
    (path / "products.csv").write_text("sku,name,unit\nK-100,Kugelhahn,pcs\n")
    return FolderErp(path)


BACK_ENDS: tuple[Callable[[Path], BackEnd], ...] = (folder, memory)


@pytest.fixture(params=BACK_ENDS, ids=lambda make: make.__name__)
def erp(request: pytest.FixtureRequest, tmp_path: Path) -> BackEnd:
    made: BackEnd = request.param(tmp_path)
    return made


def book(erp: BackEnd, key: str = "abc-1", order: Order = ORDER) -> str:
    return erp.create(order, key, approved_by="U0ANNA", now=NOW)


def test_master_data_is_loaded_with_what_is_known_and_when(erp: BackEnd) -> None:
    records = erp.load(NOW)
    assert records.read_at == NOW
    assert records.known == {"customers", "products"}
    assert (records.customers, records.products) == ((CUSTOMER,), (PRODUCT,))
    assert records.troubles == ()


def test_the_same_key_is_booked_once(erp: BackEnd) -> None:
    first = book(erp)
    assert book(erp) == first == erp.booked("abc-1")
    changed = ORDER.model_copy(update={"po_number": "9999"})
    assert book(erp, order=changed) == first
    assert [line.po_number for line in erp.load(NOW).history] == ["4711"]


def test_other_keys_are_other_orders(erp: BackEnd) -> None:
    numbers = {book(erp, f"abc-{n}") for n in range(20)}
    assert len(numbers) == 20
    assert len(erp.load(NOW).history) == 20


def test_a_key_that_was_never_booked_has_no_number(erp: BackEnd) -> None:
    book(erp, "abc-2")
    assert erp.booked("abc-1") is None


def test_a_booked_order_counts_as_history(erp: BackEnd) -> None:
    number = book(erp)
    records = erp.load(NOW)
    assert "history" in records.known
    assert records.history == (
        PastLine(
            order_id=number,
            customer_id="C1",
            order_date=date(2026, 5, 20),
            po_number="4711",
            address_id="A1",
            sku="K-100",
            quantity=Decimal(10),
            price=Decimal("4.50"),
        ),
    )


def test_the_orders_own_date_counts_where_it_has_one(erp: BackEnd) -> None:
    book(erp, order=ORDER.model_copy(update={"order_date": date(2026, 5, 18)}))
    assert erp.load(NOW).history[0].order_date == date(2026, 5, 18)


def test_an_order_without_a_customer_is_booked_but_is_nobodys_history(erp: BackEnd) -> None:
    assert book(erp, order=Order(po_number="1"))
    assert erp.load(NOW).history == ()


def test_a_booking_is_history_but_leaves_the_stamp_alone(erp: BackEnd) -> None:
    before = erp.stamp()
    erp.load(NOW)
    book(erp)
    assert erp.stamp() == before
    assert erp.load(NOW).history


@pytest.mark.parametrize(
    "key", ["", "..", "../x", "a/b", ".hidden", "a b", "a\n", "a\0b", "ä", "x" * 200, "a:b"]
)
def test_a_key_that_is_no_safe_file_name_is_refused(erp: BackEnd, key: str) -> None:
    with pytest.raises(ErpError, match="no safe file name") as error:
        book(erp, key)
    assert error.value.permanent
    assert erp.load(NOW).history == ()


def test_a_moment_without_a_time_zone_is_refused(erp: BackEnd) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        erp.create(ORDER, "abc-1", approved_by=None, now=datetime(2026, 5, 20))  # noqa: DTZ001
    assert erp.booked("abc-1") is None


def test_twenty_threads_book_one_order(erp: BackEnd) -> None:
    barrier, numbers = threading.Barrier(20), []

    def work() -> None:
        barrier.wait()
        numbers.append(book(erp))

    threads = [threading.Thread(target=work) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(numbers) == 20
    assert set(numbers) == {erp.booked("abc-1")}
    assert len(erp.load(NOW).history) == 1


# --- choosing one -----------------------------------------------------------------


def test_the_scheme_chooses_the_erp(tmp_path: Path) -> None:
    folder(tmp_path)
    assert open_erp(f"folder:{tmp_path}").load(NOW).customers == (CUSTOMER,)
    assert open_erp("memory:").load(NOW).known == frozenset()


@pytest.mark.parametrize("url", ["", "sap:x", "/a/path", "tryton:http://u:hush@host"])
def test_another_scheme_is_refused_with_those_that_exist(url: str) -> None:
    with pytest.raises(ConfigError, match="there are folder:, memory:") as error:
        open_erp(url)
    assert "hush" not in str(error.value)


def test_a_folder_must_be_named() -> None:
    with pytest.raises(ConfigError, match="folder:PATH"):
        open_erp("folder:")
