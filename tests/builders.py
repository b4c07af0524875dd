"""Builders of true MIME and of small companies, for tests of every room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

MONDAY = datetime(2026, 6, 1, 8, 30, tzinfo=UTC)


def mail(
    body: str = "10 x K-100",
    *,
    sender: str = "Einkauf <einkauf@mueller-bau.example>",
    subject: str = "Bestellung 4711",
    date: datetime = MONDAY,
    message_id: str | None = None,
    files: Iterable[tuple[str, str, bytes]] = (),
    html: str | None = None,
) -> bytes:
    """A mail as RFC 822 bytes. ``files`` are (name, content type, content)."""
    message = EmailMessage()
    message["From"], message["To"] = sender, "orders@nordlicht.example"
    message["Subject"] = subject
    message["Date"] = format_datetime(date)
    message["Message-ID"] = (
        message_id or f"<{abs(hash((body, sender, subject, date)))}@mail.example>"
    )
    message.set_content(body)
    if html:
        message.add_alternative(html, subtype="html")
    for name, kind, content in files:
        maintype, _, subtype = kind.partition("/")
        message.add_attachment(content, maintype=maintype, subtype=subtype, filename=name)
    return message.as_bytes()


COMPANY = {
    "customers.csv": """
customer_id,name,emails,phones,vat_id,status,currency,price_list
C001,Müller Bau GmbH,einkauf@mueller-bau.example,+49 40 5550100,DE999999001,active,EUR,STD
C002,Schmidt Sanitär KG,post@schmidt-sanitaer.example,,,active,EUR,STD
C003,Blocked Trading Ltd,buy@blocked.example,,,blocked,EUR,STD
""",
    "addresses.csv": """
address_id,customer_id,kind,name,street,postal_code,city,country
A1,C001,delivery,Müller Bau GmbH,Hafenstraße 12,20457,Hamburg,DE
A2,C002,delivery,Schmidt Sanitär KG,Lindenallee 3,24103,Kiel,DE
A3,C003,delivery,Blocked Trading Ltd,Dock Road 1,E16 1AA,London,GB
""",
    "products.csv": """
sku,name,unit,pack_size,min_quantity,status,replaced_by,gtin
K-100,Ball valve 1/2 inch,pcs,10,1,active,,
K-200,Ball valve 3/4 inch,pcs,10,1,active,,
R-15,Copper pipe 15 mm,m,5,5,active,,
OLD-1,Tap classic chrome,pcs,1,1,discontinued,K-100,
""",
    "prices.csv": """
price_list,sku,min_quantity,price,currency
STD,K-100,1,4.50,EUR
STD,K-200,1,6.20,EUR
STD,R-15,5,3.10,EUR
""",
    "stock.csv": """
sku,available,next_date,next_quantity
K-100,5000,,
K-200,2,2027-09-01,500
R-15,9000,,
""",
    "history.csv": "order_id,customer_id,order_date,po_number,address_id,sku,quantity,price\n"
    + "".join(
        f"H{n},{buyer},2026-0{1 + n % 5}-1{n % 9},P{n},{address},{sku},10,{price}\n"
        for n, (buyer, address, sku, price) in enumerate(
            [("C001", "A1", "K-100", "4.50"), ("C001", "A1", "K-200", "6.20")] * 4
            + [("C002", "A2", "K-100", "4.50")] * 4
        )
    ),
}
"""A small folder ERP."""

PLAYBOOK = """
company: Nordlicht Haustechnik
owner: {name: Petra Lang, slack: U0PETRA}
channels: {desk: C0DESK, digest: C0DIGEST}
desk: [U0ANNA, U0BEN]
own_domains: [nordlicht.example]
order_types:
  - name: repeat_standard
    when: {customer: established, products: bought_before, address: on_file}
    stage: auto
  - {name: other, stage: draft}
exceptions:
  out_of_stock: {action: escalate, owner: U0STOCK, deputy: U0BEN}
  price_mismatch: {action: escalate, owner: U0PRICE}
  unusual_quantity: {action: review}
"""


def furnish(home: Path) -> Path:
    """Write the small company below ``home``: ``erp/`` and ``playbook.yaml``."""
    (home / "erp").mkdir(parents=True, exist_ok=True)
    for name, text in COMPANY.items():
        (home / "erp" / name).write_text(text.lstrip(), encoding="utf-8")
    (home / "playbook.yaml").write_text(PLAYBOOK.lstrip(), encoding="utf-8")
    return home
