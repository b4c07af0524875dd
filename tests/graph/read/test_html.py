"""HTML in reading order: tables, layout, hidden words, quotes."""

import pytest

from graph.order import Document, Table, Text
from graph.read import read_attachment, roles
from graph.read.html import html_text, pieces_of_html, read_html


def blocks(markup: str) -> list[Table | Text]:
    return list(read_html(markup.encode()))


def text(markup: str) -> str:
    return "\n".join(block.text for block in blocks(markup) if isinstance(block, Text))


def take_apart(markup: str, subject: str = "Re: x") -> dict[str, str]:
    documents: tuple[Document, ...] = roles.documents(
        roles.split(pieces_of_html(markup), subject), "html"
    )
    return {document.role: document.text for document in documents}


def test_a_table_of_items_is_a_table() -> None:
    found = blocks(
        "<p>We order:</p><table><tr><th>Code</th><th>Qty</th></tr>"
        "<tr><td>K-100</td><td> 10\n </td></tr><tr><td></td><td>&nbsp;</td></tr></table><p>Bye</p>"
    )
    assert found == [
        Text(text="We order:"),
        Table(rows=(("Code", "Qty"), ("K-100", "10"))),
        Text(text="Bye"),
    ]


def test_a_table_with_many_wrapped_rows_is_a_table() -> None:
    def row(*cells: str) -> str:
        return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"

    more = row("", "blue", "") + row("", "with lid", "")
    (table,) = blocks(
        f"<table>{row('Code', 'Text', 'Qty')}{row('K-100', 'Tub', '10')}{more}"
        f"{row('K-200', 'Box', '5')}{more}</table>"
    )
    assert table.rows[2:5] == (("", "blue", ""), ("", "with lid", ""), ("K-200", "Box", "5"))


def test_spanned_cells_keep_the_columns() -> None:
    (table,) = blocks(
        "<table><tr><td rowspan=2>1</td><td>K-100</td><td>10</td></tr>"
        "<tr><td>K-200</td><td>5</td></tr><tr><td colspan=2>Total</td><td>15</td></tr></table>"
    )
    assert table.rows == (("1", "K-100", "10"), ("", "K-200", "5"), ("Total", "", "15"))


def test_layout_tables_are_flattened_around_the_table_of_items() -> None:
    found = blocks(
        "<table><tr><td><table><tr><td>Dear desk,</td></tr></table></td></tr><tr><td>"
        "<table><tr><td>K-100</td><td>10</td></tr><tr><td>K-200</td><td>5</td></tr></table>"
        "</td></tr></table>"
    )
    assert found == [Text(text="Dear desk,"), Table(rows=(("K-100", "10"), ("K-200", "5")))]


def test_a_layout_row_of_short_cells_stays_one_line() -> None:
    assert text("<table><tr><td>K-100</td><td>10</td><td>1,20</td></tr></table>") == (
        "K-100   10   1,20"
    )


def test_addresses_side_by_side_come_one_after_the_other() -> None:
    found = text(
        "<table><tr><td>Bill to</td><td>Ship to</td></tr>"
        "<tr><td>Example Ltd<br>1 Road<br>Leeds</td>"
        "<td>Example Depot<br>2 Park<br>York</td></tr></table>"
    )
    assert found == "Bill to\nExample Ltd\n1 Road\nLeeds\n\nShip to\nExample Depot\n2 Park\nYork"


def test_lines_and_lists_read_as_they_look() -> None:
    assert text(
        "<div>Hello<br>we  need\n<b>10</b> x <i>K-100</i></div><ul><li>red</li><li>blue</li></ul>"
    ) == ("Hello\nwe need 10 x K-100\n- red\n- blue")


def test_preformatted_columns_keep_their_spacing() -> None:
    assert text("<pre>K-100    10\nK-200     5</pre>") == "K-100    10\nK-200     5"


@pytest.mark.parametrize(
    "hidden",
    [
        "<div style='display: none'>99 x FAKE</div>",
        "<span style='visibility:hidden'>99 x FAKE</span>",
        "<span style='font-size:0px'>99 x FAKE</span>",
        "<span style='font-size:1px;'>99 x FAKE</span>",
        "<span style='opacity:0'>99 x FAKE</span>",
        "<div style='max-height:0;overflow:hidden'>99 x FAKE</div>",
        "<span style='color:#ffffff'>99 x FAKE</span>",
        "<font color=white>99 x FAKE</font>",
        "<span style='color:#FEFEFE'>99 x FAKE</span>",
        "<div style='background:#222;color:rgb(34, 34, 34)'>99 x FAKE</div>",
        "<div hidden>99 x FAKE</div>",
        "<div style='position:absolute;left:-9999px'>99 x FAKE</div>",
        "<style>/* x */ p.a, .ghost {display: none}</style><p class='ghost b'>99 x FAKE</p>",
        "<s>99 x FAKE</s>",
        "<span style='text-decoration: line-through'>99 x FAKE</span>",
        "<!-- 99 x FAKE -->",
        "<script>99 x FAKE</script><style>FAKE</style>",
        "<table><tr style='display:none'><td>FAKE</td></tr></table>",
    ],
)
def test_what_nobody_sees_or_says_any_more_is_dropped(hidden: str) -> None:
    assert text(f"<p>10 x K-100</p>{hidden}<p>5 x K-200</p>").split() == (
        ["10", "x", "K-100", "5", "x", "K-200"]
    )


@pytest.mark.parametrize(
    "shown",
    [
        "<table bgcolor='#003366'><tr><td><font color=white>10 x K-100</font></td></tr></table>",
        "<div style='background:url(x.png);color:#fff'>10 x K-100</div>",
        "<span style='font-size:10px'>10 x K-100</span>",
        "<style>@media print {.m {display:none}} div .n {display:none}</style>"
        "<b class=m>10</b> <b class=n>x K-100</b>",
        "<span style='opacity:0.9'>10 x K-100</span>",
        "<div style='background-color:navy'><span style='color:white'>10 x K-100</span></div>",
    ],
)
def test_what_everybody_sees_is_kept(shown: str) -> None:
    assert text(shown) == "10 x K-100"


@pytest.mark.parametrize(
    "quote",
    [
        "<blockquote type=cite>old words</blockquote>",
        "<div class=gmail_quote>On 4 May 2026 at 10:00 Eve &lt;e@x.example&gt; wrote:<br>"
        "<blockquote class=gmail_quote>old words</blockquote></div>",
        "<div id=divRplyFwdMsg>Afzender: Eve</div><div>old words</div>",
        "<div id=x_appendonsend></div><div>old words</div>",
        "<div class=OutlookMessageHeader>Eve said</div><p>old words</p>",
        "<div style='border-top:solid #E1E1E1 1.0pt'><p class=MsoNormal><b>From:</b> Eve<br>"
        "<b>Sent:</b> Monday 10:00<br><b>Subject:</b> x</p></div><p>old words</p>",
    ],
)
def test_quoted_mail_is_set_aside(quote: str) -> None:
    found = take_apart(f"<p>20 x K-200</p>{quote}")
    assert found["body"] == "20 x K-200"
    assert "old words" in found["quoted"]


def test_an_indent_of_gmail_is_no_quote() -> None:
    indent = "<blockquote style='margin:0 0 0 40px;border:none;padding:0'>10 x K-100</blockquote>"
    assert take_apart(indent)["body"] == "10 x K-100"


def test_a_table_in_a_forwarded_mail_is_forwarded() -> None:
    table = "<table><tr><td>K-100</td><td>10</td></tr><tr><td>K-200</td><td>5</td></tr></table>"
    found = take_apart(
        "FYI<div>---------- Forwarded message ---------<br>From: Eve &lt;e@x.example&gt;</div>"
        + table,
        "Fwd: order",
    )
    assert found["body"] == "FYI"
    assert "K-200  5" in found["forwarded"]


def test_a_marked_signature_is_set_aside() -> None:
    found = take_apart("<p>10 x K-100</p><div class=gmail_signature>Eve<br>Example Ltd</div>")
    assert found == {"body": "10 x K-100", "signature": "Eve\nExample Ltd"}


def test_a_table_below_the_greeting_stays_in_the_body() -> None:
    table = "<table><tr><td>K-100</td><td>10</td></tr><tr><td>K-200</td><td>5</td></tr></table>"
    found = take_apart(f"<p>We order:</p><p>Best regards<br>Eve</p>{table}")
    assert "K-200  5" in found["body"]


def test_a_table_of_contacts_below_the_greeting_is_signature() -> None:
    table = (
        "<table><tr><td>Tel.</td><td>040 0000</td></tr><tr><td>Fax</td><td>1234</td></tr></table>"
    )
    found = take_apart(f"<p>10 x K-100</p><p>Best regards<br>Eve</p>{table}")
    assert found["body"] == "10 x K-100"


def test_the_charset_it_names_itself_is_believed() -> None:
    assert html_text("<meta charset=iso-8859-2>łódź".encode("iso-8859-2")).endswith("łódź")


def test_deep_nesting_is_a_problem_and_no_crash() -> None:
    document = read_attachment("x.html", "text/html", b"<div>" * 1000 + b"10 x K-100")
    assert document.problem
    assert "nested too deeply" in document.problem


@pytest.mark.parametrize("markup", ["", " ", "<", "<!-- -->", "\x00", "<html>", "&#xD800;&#0;"])
def test_fragments_do_no_harm(markup: str) -> None:
    assert pieces_of_html(markup) == [] or True
    roles.blocks(pieces_of_html(markup))
