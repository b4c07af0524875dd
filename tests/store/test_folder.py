"""The folder ERP: real CSV with all its ills, and booking that survives crashes and races."""

import errno
import json
import multiprocessing
import os
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.catalog import Address, CustomerItem, PastLine, Price, Product, Records, Stock
from graph.order import Line, Order, ShipTo
from graph.ports import ErpError
from store.erp.folder import FolderErp
from store.erp.rows import PARTS

NOW = datetime(2026, 5, 20, 9, 30, tzinfo=UTC)
ORDER = Order(
    customer_id="C1",
    po_number="4711",
    ship_to=ShipTo(text="Bäckerstraße 1"),
    lines=(Line(position=1, sku="K-100", quantity=Decimal(10), unit="pcs"),),
)
FILES = {
    "customers": "customer_id,name,emails,phones,vat_id,status,currency,price_list\n"
    'C1,"Muster, Söhne & Co",a@muster.example B@muster.example,+4940 +4941,DE1,active,EUR,P1\n'
    "C2,Beispiel AG,,,,Blocked,,\n",
    "products": "sku,name,unit,pack_size,min_quantity,status,replaced_by,gtin\n"
    "K-100,Kugelhahn,pcs,10,5,active,,4006381333931\n"
    "0815,Alt,,0,,discontinued,K-100,\n",
    "addresses": "address_id,customer_id,kind,name,street,postal_code,city,country\n"
    "A1,C1,delivery,Werk 2,Hafenweg 3,20457,Hamburg,DE\n",
    "customer_items": "customer_id,customer_sku,sku\nC1,99-1,K-100\n",
    "prices": "price_list,sku,min_quantity,price,currency\n"
    "P1,K-100,,4.50,EUR\nP1,K-100,100,4,EUR\n",
    "stock": "sku,available,next_date,next_quantity\nK-100,-2,2026-06-01,50\n",
    "history": "order_id,customer_id,order_date,po_number,address_id,sku,quantity,price\n"
    "9001,C1,2026-01-05,1,A1,K-100,10,4.50\n9001,C1,2026-01-05,1,A1,K-100,20,\n",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def load(path: Path) -> Records:
    return FolderErp(path).load(NOW)


def troubles(path: Path) -> list[str]:
    return [f"{t.place}: {t.message}" for t in load(path).troubles]


def rewrite(path: Path, name: str, text: str | bytes) -> None:
    raw = text.encode() if isinstance(text, str) else text
    (path / f"{name}.csv").write_bytes(raw)


# --- master data ------------------------------------------------------------------


def test_every_file_of_the_contract_is_read(path: Path) -> None:
    records = load(path)
    assert records.known == {part.name for part in PARTS}
    assert records.troubles == ()
    first, second = records.customers
    assert first.name == "Muster, Söhne & Co"
    assert first.emails == ("a@muster.example", "b@muster.example")
    assert first.phones == ("+4940", "+4941")
    assert (second.status, second.emails, second.price_list) == ("blocked", (), None)
    assert records.products == (
        Product("K-100", "Kugelhahn", "pcs", Decimal(10), Decimal(5), gtin="4006381333931"),
        Product("0815", "Alt", status="discontinued", replaced_by="K-100"),
    )
    assert records.addresses == (
        Address("A1", "C1", "delivery", "Werk 2", "Hafenweg 3", "20457", "Hamburg", "DE"),
    )
    assert records.customer_items == (CustomerItem("C1", "99-1", "K-100"),)
    assert records.prices[0] == Price("P1", "K-100", Decimal(0), Decimal("4.50"), "EUR")
    assert records.stock == (Stock("K-100", Decimal(-2), date(2026, 6, 1), Decimal(50)),)
    assert records.history == (
        PastLine("9001", "C1", date(2026, 1, 5), "1", "A1", "K-100", Decimal(10), Decimal("4.50")),
        PastLine("9001", "C1", date(2026, 1, 5), "1", "A1", "K-100", Decimal(20), None),
    )


@pytest.mark.parametrize("name", ["addresses", "customer_items", "prices", "stock", "history"])
def test_a_missing_optional_file_is_not_known(path: Path, name: str) -> None:
    (path / f"{name}.csv").unlink()
    records = load(path)
    assert name not in records.known
    assert getattr(records, name) == ()
    assert records.troubles == ()


def test_a_file_with_only_a_header_is_known_to_be_empty(path: Path) -> None:
    rewrite(path, "stock", "sku,available\n")
    assert "stock" in load(path).known


@pytest.mark.parametrize("name", ["customers", "products"])
def test_a_missing_required_file_is_named(path: Path, name: str) -> None:
    (path / f"{name}.csv").unlink()
    with pytest.raises(ErpError, match=f"{name}.csv is missing: export it") as error:
        load(path)
    assert error.value.permanent


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ErpError, match="nowhere"):
        load(tmp_path / "nowhere")


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_a_missing_required_column_is_named_with_its_file(path: Path, part: object) -> None:
    name, needs = part.name, part.needs  # type: ignore[attr-defined]
    header = FILES[name].splitlines()[0]
    for column in needs:
        rewrite(path, name, ",".join(c for c in header.split(",") if c != column) + "\n")
        with pytest.raises(ErpError, match=rf"{name}\.csv has no column {column}:") as error:
            load(path)
        assert error.value.permanent


@pytest.mark.parametrize("name", ["customers", "stock"])
def test_an_empty_file_lacks_its_columns(path: Path, name: str) -> None:
    rewrite(path, name, b"")
    with pytest.raises(ErpError, match="has no column"):
        load(path)


def test_missing_optional_columns_are_not_known(path: Path) -> None:
    rewrite(path, "customers", "customer_id\nC1\n")
    rewrite(path, "products", "sku\nK-100\n")
    rewrite(path, "addresses", "address_id,customer_id\nA1,C1\n")
    records = load(path)
    assert records.products == (Product("K-100", ""),)
    assert (records.customers[0].name, records.customers[0].status) == ("", "active")
    assert records.addresses == (Address("A1", "C1", ""),)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_separators_line_ends_and_headers_may_vary(path: Path, delimiter: str, ending: str) -> None:
    rows = [["  SKU ", "Available", "comment"], ["K-100", " 5 ", "a b"], ["", "", ""], ["X", "6"]]
    rewrite(path, "stock", ending.join(delimiter.join(row) for row in rows))
    records = load(path)
    assert records.stock == (Stock("K-100", Decimal(5)), Stock("X", Decimal(6)))
    assert records.troubles == ()


def test_a_byte_order_mark_is_no_part_of_the_first_column(path: Path) -> None:
    rewrite(path, "customers", b"\xef\xbb\xbf" + FILES["customers"].encode())
    assert len(load(path).customers) == 2


def test_a_windows_file_is_read_and_told(path: Path) -> None:
    rewrite(path, "customers", FILES["customers"].encode("cp1252"))
    records = load(path)
    assert records.customers[0].name == "Muster, Söhne & Co"
    assert [t.place for t in records.troubles] == ["customers.csv"]
    assert "export it as UTF-8" in records.troubles[0].message


@pytest.mark.parametrize(
    ("name", "row", "reason"),
    [
        ("products", ",Name,,,,,,", "sku is empty: fill it in"),
        ("products", "X,N,pcs,ten,,,,", "pack_size 'ten' is no number: write it as 1234.50"),
        ("products", "X,N,pcs,-1,,,,", "pack_size '-1' must not be below 0"),
        ("products", "X,N,pcs,NaN,,,,", "is no number"),
        ("products", "X,N,pcs,,,gone,,", "status 'gone' is unknown: write active or discontinued"),
        ("products", "K-100,Again,,,,,,", "sku K-100 is already in products.csv row 2"),
        ("products", "X,Rohr, 1m,pcs,,,,,,x", "has more cells than the header"),
        ("products", 'X,"Rohr" 1m,pcs,,,,,', "cannot be read"),
        ("customers", "C3,N,,,,sleeping,,", "status 'sleeping' is unknown"),
        ("customers", "C1,N,,,,,,", "customer_id C1 is already in customers.csv row 2"),
        ("addresses", "A1,C2,,,,,,", "address_id A1 is already in addresses.csv row 2"),
        ("addresses", "A2,C1,home,,,,,", "kind 'home' is unknown: write delivery or billing"),
        ("customer_items", "C1,,K-100", "customer_sku is empty"),
        ("customer_items", "C1,99-1,K-100", "is already in"),
        ("prices", 'P1,X,,"4,50",EUR', "price '4,50' is no number: write it as 1234.50"),
        ("prices", "P1,X,,-4,EUR", "price '-4' must not be below 0"),
        ("prices", "P1,X,,,EUR", "price is empty"),
        ("prices", "P1,K-100,100.0,5,EUR", "is already in prices.csv row 3"),
        ("stock", "X,,,", "available is empty"),
        ("stock", "X,5,01.06.2026,", "next_date '01.06.2026' is no date: write it as 2026-05-20"),
        ("history", "9002,C1,,,,K-100,1,", "order_date is empty"),
        ("history", "9002,C1,2026-13-01,,,K-100,1,", "is no date"),
    ],
)
def test_a_bad_row_is_told_with_file_row_and_remedy_and_the_rest_goes_on(
    path: Path, name: str, row: str, reason: str
) -> None:
    good = getattr(load(path), name)
    lines = FILES[name].splitlines()
    rewrite(path, name, "\n".join([*lines, row]))
    assert getattr(load(path), name) == good
    (trouble,) = troubles(path)
    assert trouble.startswith(f"{name}.csv row {len(lines) + 1}: ")
    assert reason in trouble


def test_one_customer_number_may_stand_for_two_products(path: Path) -> None:
    rewrite(path, "customer_items", FILES["customer_items"] + "C1,99-1,0815\n")
    records = load(path)
    assert [item.sku for item in records.customer_items] == ["K-100", "0815"]
    assert records.troubles == ()


def test_a_quote_that_is_never_closed_does_not_lose_rows_silently(path: Path) -> None:
    rewrite(path, "stock", 'sku,available\nA,1\n"B,2\nC,3\n')
    records = load(path)
    assert [s.sku for s in records.stock] == ["A"]
    assert [t.place for t in records.troubles] == ["stock.csv row 3"]


def test_a_cell_may_hold_several_lines_and_rows_are_still_counted_by_line(path: Path) -> None:
    rewrite(path, "products", 'sku,name\nA,"two\nlines"\nB,b\n,c\n')
    assert [p.name for p in load(path).products] == ["two\nlines", "b"]
    assert troubles(path) == ["products.csv row 5: sku is empty: fill it in"]


def test_a_time_of_day_in_a_date_is_set_aside(path: Path) -> None:
    rewrite(path, "stock", "sku,available,next_date\nA,1,2026-06-01 00:00:00\n")
    assert load(path).stock[0].next_date == date(2026, 6, 1)


@given(raw=st.binary(max_size=200))
@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_bytes_make_reading_fall_over(path: Path, raw: bytes) -> None:
    rewrite(path, "stock", b"sku,available\nA,1\n" + raw)
    records = load(path)
    assert len(records.stock) + len(records.troubles) >= 1


def test_only_changed_files_are_read_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    erp = FolderErp(path)
    before = erp.load(NOW)
    reads: list[str] = []
    real = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda f: (reads.append(f.name), real(f))[1])
    assert erp.load(NOW) == before
    assert reads == []
    rewrite(path, "stock", "sku,available\nK-100,7\n")
    assert erp.load(NOW).stock == (Stock("K-100", Decimal(7)),)
    assert reads == ["stock.csv"]


@pytest.mark.parametrize("change", ["edit", "remove", "add"])
def test_the_stamp_notices_every_change_of_files(path: Path, change: str) -> None:
    (path / "prices.csv").unlink()
    erp = FolderErp(path)
    before = erp.stamp()
    if change == "edit":
        rewrite(path, "stock", "sku,available\n")
    elif change == "remove":
        (path / "stock.csv").unlink()
    else:
        rewrite(path, "prices", FILES["prices"])
    assert erp.stamp() != before


# --- booked orders ----------------------------------------------------------------


def book(path: Path, key: str = "abc-1", order: Order = ORDER) -> str:
    return FolderErp(path).create(order, key, approved_by="U0ANNA", now=NOW)


def names(path: Path) -> list[str]:
    return sorted(file.name for file in (path / "orders").iterdir())


def test_the_file_holds_the_order_and_who_approved_it_when(path: Path) -> None:
    number = book(path)
    booked = json.loads((path / "orders" / "abc-1.json").read_text(encoding="utf-8"))
    assert booked["key"] == "abc-1"
    assert booked["order_id"] == number
    assert booked["approved_by"] == "U0ANNA"
    assert booked["booked_at"] == NOW.isoformat()
    assert booked["customer_id"] == "C1"
    assert booked["ship_to"] == {"address_id": None, "text": "Bäckerstraße 1"}
    assert booked["lines"][0]["quantity"] == "10"
    assert booked["requested_date"] is None
    assert names(path) == ["abc-1.json"]


def test_booking_again_leaves_the_file_as_it_was(path: Path) -> None:
    number = book(path)
    file = path / "orders" / "abc-1.json"
    before = file.stat(), file.read_bytes()
    later = ORDER.model_copy(update={"po_number": "0"})
    assert book(path, order=later) == number
    assert (file.stat().st_mtime_ns, file.read_bytes()) == (before[0].st_mtime_ns, before[1])


def test_the_number_is_the_one_in_the_file(path: Path) -> None:
    (path / "orders").mkdir()
    (path / "orders" / "abc-1.json").write_text('{"order_id": "SO-77"}')
    assert book(path) == "SO-77"


def test_an_order_moved_away_does_not_free_its_number(path: Path) -> None:
    first = book(path, "abc-1")
    (path / "orders" / "abc-1.json").unlink()
    assert book(path, "abc-2") != first


def test_master_data_is_not_touched(path: Path) -> None:
    book(path)
    assert {n: (path / f"{n}.csv").read_text(encoding="utf-8") for n in FILES} == FILES


def test_booked_orders_are_read_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    erp = FolderErp(path)
    book(path, "abc-1")
    erp.load(NOW)
    book(path, "abc-2")
    reads: list[str] = []
    real = json.loads
    monkeypatch.setattr("store.erp.folder.json.loads", lambda t: (reads.append(t), real(t))[1])
    assert len(erp.load(NOW).history) == 4
    assert len(reads) == 1
    (path / "orders" / "abc-1.json").unlink()
    assert len(erp.load(NOW).history) == 3


@pytest.mark.parametrize("content", ["", "{", "[]", "1", '{"order_id": "X"}', '{"lines": 1}'])
def test_a_broken_booked_order_is_told_and_the_rest_is_read(path: Path, content: str) -> None:
    book(path, "abc-2")
    (path / "orders" / "abc-1.json").write_text(content)
    assert len(load(path).history) == 3
    assert [t.place for t in load(path).troubles] == ["orders/abc-1.json"]


@pytest.mark.parametrize("content", ["", "[]", "{}"])
def test_booking_over_a_broken_file_asks_a_person_to_look(path: Path, content: str) -> None:
    book(path, "abc-2")
    (path / "orders" / "abc-1.json").write_text(content)
    with pytest.raises(ErpError, match="is not a booked order: find out whether") as error:
        book(path)
    assert error.value.permanent
    assert (path / "orders" / "abc-1.json").read_text() == content


# --- crashes, races, refusals -----------------------------------------------------


def test_drafts_left_by_a_crash_are_ignored(path: Path) -> None:
    (path / "orders").mkdir()
    (path / "orders" / ".0123.tmp").write_text('{"key": "abc-1", "ord')
    assert FolderErp(path).booked("abc-1") is None
    number = book(path)
    assert names(path) == [".0123.tmp", "abc-1.json"]
    assert [line.order_id for line in load(path).history[2:]] == [number]


@pytest.mark.parametrize("where", ["os.fsync", "pathlib.Path.hardlink_to"])
def test_a_crash_before_the_end_books_nothing_and_the_next_try_does(
    path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    class Killed(BaseException):
        pass

    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(where, die)
        with pytest.raises(Killed):
            book(path)
    assert names(path) == []
    assert book(path) == FolderErp(path).booked("abc-1")


def test_an_order_that_another_process_books_meanwhile_is_not_overwritten(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = path / "orders" / "abc-1.json"
    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", lambda _: theirs.write_text('{"order_id": "SO-77"}'))
        assert book(path) == "SO-77"
    assert theirs.read_text() == '{"order_id": "SO-77"}'
    assert names(path) == ["abc-1.json"]


def test_a_crash_after_the_file_appeared_is_found_booked(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("store.erp.folder._sync", _fail(errno.EIO))
        with pytest.raises(ErpError) as error:
            book(path)
    assert not error.value.permanent
    assert book(path) == FolderErp(path).booked("abc-1")
    assert names(path) == ["abc-1.json"]


def _fail(code: int) -> object:
    def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


@pytest.mark.parametrize(
    ("code", "permanent", "remedy"),
    [
        (errno.ENOSPC, False, "free some disk space"),
        (errno.EDQUOT, False, "free some disk space"),
        (errno.EIO, False, "try again"),
        (errno.EACCES, True, "let Deskhand's user read and write there"),
        (errno.EROFS, True, "let Deskhand's user read and write there"),
        (errno.ENOENT, True, "create the folder or correct ERP_URL"),
    ],
)
def test_a_refusal_of_the_disk_names_the_place_and_the_remedy(
    path: Path, monkeypatch: pytest.MonkeyPatch, code: int, permanent: bool, remedy: str
) -> None:
    monkeypatch.setattr("os.fsync", _fail(code))
    with pytest.raises(ErpError) as error:
        book(path)
    assert error.value.permanent is permanent
    assert str(path / "orders") in str(error.value)
    assert remedy in str(error.value)
    assert names(path) == []


def test_a_folder_that_may_not_be_written_is_told(path: Path) -> None:
    (path / "orders").write_text("a file where the folder should be")
    with pytest.raises(ErpError, match="orders"):
        book(path)


def test_a_missing_folder_cannot_be_booked_into(tmp_path: Path) -> None:
    with pytest.raises(ErpError, match="create the folder or correct ERP_URL") as error:
        book(tmp_path / "nowhere")
    assert error.value.permanent


def _book_in_process(path: Path, start: object, results: object) -> None:
    start.wait()  # type: ignore[attr-defined]
    results.put([book(path, f"key-{n}") for n in range(20)])  # type: ignore[attr-defined]


def test_processes_booking_the_same_orders_at_once_agree(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    start, results = context.Event(), context.Queue()
    workers = [
        context.Process(target=_book_in_process, args=(path, start, results)) for _ in range(3)
    ]
    for worker in workers:
        worker.start()
    start.set()
    numbers = [results.get(timeout=60) for _ in workers]
    for worker in workers:
        worker.join()
    assert numbers[0] == numbers[1] == numbers[2]
    assert names(path) == sorted(f"key-{n}.json" for n in range(20))
    assert len(load(path).history) == 2 + 20
