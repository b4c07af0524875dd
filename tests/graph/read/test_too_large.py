"""A mail that was too large to fetch is shown to the desk, not taken for an order."""

from __future__ import annotations

from graph.read import read


def test_a_mail_that_was_not_fetched_is_unreadable_and_says_what_to_do() -> None:
    raw = b"Subject: Order\r\nX-Deskhand-Too-Large: 90000000\r\n\r\n10 x K-100\r\n"
    (document,) = read(raw).documents
    assert document.blocks == ()
    assert "90000000 bytes" in (document.problem or "")
    assert "open it in the mailbox" in (document.problem or "")
