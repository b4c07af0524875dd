"""CSV in the dialects that customers' systems write."""

import pytest

from graph.order import Table, Text
from graph.read import read_attachment
from graph.read.csv import read_csv

ROWS = (("Artikel", "Menge", "Preis"), ("K-100", "10", "1,20"), ("K-200", "5", "3,40"))


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_delimiter_is_sniffed(delimiter: str, end: str) -> None:
    content = end.join(delimiter.join(row) for row in ROWS).encode()
    assert read_csv(content) == (Table(rows=ROWS),)


def test_commas_part_cells_where_nothing_else_does() -> None:
    assert read_csv(b'sku,qty,name\nK-100,10,"Valve, brass"\n') == (
        Table(rows=(("sku", "qty", "name"), ("K-100", "10", "Valve, brass"))),
    )


@pytest.mark.parametrize(
    "charset", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "iso-8859-1"]
)
def test_the_charset_is_sniffed(charset: str) -> None:
    content = "Artikel;Menge\nDübel 8 mm;100\nGröße L;5\n".encode(charset)
    assert read_csv(content)[0].rows[1:] == (("Dübel 8 mm", "100"), ("Größe L", "5"))


def test_a_preamble_stays_as_rows() -> None:
    content = b"Bestellung 4711\nKunde: 10023\n\nArtikel;Menge;Preis\nK-100;10;1,20\nK-200;5;3,40\n"
    (table,) = read_csv(content)
    assert table.rows == (("Bestellung 4711",), ("Kunde: 10023",), *ROWS)


def test_line_ends_within_quotes_stay_in_their_cell() -> None:
    (table,) = read_csv(b'sku;text;qty\nK-100;"two\nlines";10\n')
    assert table.rows[1] == ("K-100", "two\nlines", "10")


def test_a_stray_quote_does_not_swallow_the_rest() -> None:
    lines = [f'K-{n};"pipe;{n}' for n in range(1, 50)]
    (table,) = read_csv("\n".join(["sku;text;qty", *lines]).encode())
    assert table.rows[-1] == ("K-49", '"pipe', "49")


def test_the_delimiter_excel_states_is_believed() -> None:
    (table,) = read_csv(b"sep=,\na,b\n1;2,3\n")
    assert table.rows == (("a", "b"), ("1;2", "3"))


def test_a_file_of_one_column_is_text() -> None:
    assert read_csv(b"K-100\nK-200\n") == (Text(text="K-100\nK-200"),)


def test_empty_rows_are_dropped() -> None:
    assert read_csv(b"a;b\n;;\n\n1;2\n")[0].rows == (("a", "b"), ("1", "2"))


def test_too_many_rows_are_refused() -> None:
    document = read_attachment("list.csv", "text/csv", b"a;b\n" * 20_001)
    assert document.problem is not None
    assert "list.csv has more than 20,000 rows" in document.problem


def test_a_huge_cell_is_a_problem_and_no_crash() -> None:
    document = read_attachment("x.csv", "text/csv", b'a;b\n1;"' + b"x" * 200_000 + b'"\n')
    assert document.problem is not None
    assert "is not a usable CSV file" in document.problem
