"""Where the goods of one order go: labelled, said in words, or in a block of its own."""

from __future__ import annotations

from itertools import pairwise

from graph.extract import parties, places
from graph.extract.addresses import read_address
from graph.extract.head import Head, Papers
from graph.extract.parties import Block, Company
from graph.extract.words import key
from graph.order import Finding, ShipTo


def read_ship_to(papers: Papers, us: Company, head: Head) -> ShipTo:
    """Where the goods go, where the mail names a place; else empty.

    Words of the mail go before those of a file; where both name places that differ, that
    is a doubt.
    """
    block = _stated(papers, us, head)
    if block and places.is_same_as_billing(block[0][0]):
        block = parties.labelled_block(papers.rows, "bill_to", us) or block
    if block is None or places.is_usual(block[0][0]) or us.names(block[0][0]):
        return ShipTo()
    lines, row = block
    party = read_address(lines, row.place.quote(lines[0]))
    return ShipTo(**party.model_dump(exclude={"evidence"}), evidence=party.evidence)


def _stated(papers: Papers, us: Company, head: Head) -> Block | None:
    """The surest block, with a doubt for every other that names another place."""
    labelled = list(parties.labelled_blocks(papers.lines, "ship_to", us))
    other = parties.labelled_block(papers.others, "ship_to", us)
    written = places.led_place(papers.words, us) or places.written_place(
        papers.words, head.values.get("po_number"), us
    )
    for one, another in pairwise(labelled):
        if _differ(one, another):
            head.doubts.append(_two_places(one, another))
    said = written or other
    if labelled and said and _differ(labelled[0], said):
        head.doubts.append(_two_places(labelled[0], said))
        return said
    if labelled or said:
        return labelled[0] if labelled else other or written
    spoken = places.place_in_text(papers.words)
    return ([spoken[0]], spoken[1]) if spoken else places.standing_place(papers.free_words, us)


def _differ(one: Block, other: Block) -> bool:
    """True where both are written out, and their streets or postal codes are not the same."""
    texts = [key("".join(block[0])) for block in (one, other)]
    if texts[0] in texts[1] or texts[1] in texts[0]:
        return False
    quote = one[1].place.quote("")
    first, second = (read_address(b[0], quote) for b in (one, other))
    pairs = ((first.street, second.street), (first.postal_code, second.postal_code))
    return any(a and b and key(a) != key(b) for a, b in pairs)


def _two_places(one: Block, other: Block) -> Finding:
    return Finding(
        type="address_mismatch",
        message=(
            f"Two delivery addresses are stated, {', '.join(one[0])} and "
            f"{', '.join(other[0])}; decide which is meant."
        ),
        evidence=one[1].place.quote(one[0][0]),
    )
