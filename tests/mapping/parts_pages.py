"""Forms put together at random that ask for values in parts: how many boxes, what stands between them, and where."""

from __future__ import annotations

import random
from collections.abc import Sequence
from html import escape
from typing import Final

from tests.mapping.random_pages import STYLES

# Those that stand over a whole group.
OVER: Final = ("label before", "label around", "text above", "text in another box", "table", "list", "legend")
WHO: Final = {"ko": "KR", "ja": "JP", "en": "US9", "de": "DE", "id": "ID", "nl": "NL"}
PHONES: Final = {
    "ko": ("연락처", "전화번호", "휴대폰 번호", "휴대전화"), "ja": ("電話番号", "お電話番号", "携帯電話番号"),
    "en": ("Phone", "Phone number", "Telephone", "Daytime phone", "Your phone number"),
    "de": ("Telefon", "Telefonnummer", "Ihre Telefonnummer"), "id": ("Nomor telepon", "Telepon", "No. HP"),
    "nl": ("Telefoonnummer", "Telefoon"),
}  # fmt: skip
EMAILS: Final = {
    "ko": ("이메일", "이메일 주소", "E-mail"), "ja": ("メールアドレス", "E-mail"), "en": ("E-mail", "Email address"),
    "de": ("E-Mail", "E-Mail-Adresse"), "id": ("E-mail", "Alamat email"), "nl": ("E-mail", "E-mailadres"),
}  # fmt: skip
MESSAGES: Final = {
    "ko": "문의 내용", "ja": "お問い合わせ内容", "en": "Message", "de": "Nachricht", "id": "Pesan", "nl": "Bericht",
}  # fmt: skip
OTHERS: Final = {
    "ko": ("주문번호", "제품명"), "ja": ("注文番号", "商品名"), "en": ("Order number", "Product"),
    "de": ("Bestellnummer", "Produkt"), "id": ("Nomor pesanan", "Produk"), "nl": ("Bestelnummer", "Product"),
}  # fmt: skip
DOMAINS: Final = ("gmail.com", "naver.com", "example.com", "example.jp", "example.de", "example.id", "example.nl")
CODES: Final = {
    "United States": "+1", "Canada": "+1", "Germany": "+49", "France": "+33", "Netherlands": "+31", "Japan": "+81",
    "South Korea": "+82", "Indonesia": "+62", "Poland": "+48", "Spain": "+34", "Italy": "+39",
}  # fmt: skip
NUMBERS: Final = {
    "KR": ("010", "1234", "5678"), "JP": ("03", "1234", "5678"), "US": ("703", "555", "0100"),
    "DE": ("030", "123456"), "NL": ("020", "1234567"), "ID": ("0812", "3456", "789"),
}  # fmt: skip
SIZES: Final = {"KR": (3, 4, 4), "JP": (5, 4, 4), "US": (3, 3, 4), "ID": (4, 4, 4)}
HOMES: Final = {"KR": "South Korea", "JP": "Japan", "US": "United States", "DE": "Germany", "NL": "Netherlands",
    "ID": "Indonesia"}  # fmt: skip


class Boxes:
    """Controls of a page, each with a name of its own and what goes into it."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.number = chance, 0

    def box(self, value: str, more: str = "") -> str:
        self.number += 1
        name = self.chance.choice([f"f{self.number}", f"input_{self.number}", f"x[{self.number}]"])
        return f'<input id=c{self.number} name="{name}" data-v="{escape(value)}" {more}>'

    def list(self, value: str, options: Sequence[str], more: str = "") -> str:
        self.number += 1
        offered = "".join(f"<option>{each}" for each in options)
        return f'<select id=c{self.number} name=f{self.number} data-v="{escape(value)}" {more}>{offered}</select>'


def phone(boxes: Boxes, who: str) -> str:
    """The controls for a number in one of the ways of its country."""
    chance, parts = boxes.chance, NUMBERS[who]
    if chance.random() < 0.4 or len(parts) == 2:
        rest = "".join(parts).removeprefix("0")
        named = chance.random() < 0.6
        options = [f"{name} ({code})" if named else code for name, code in CODES.items()]
        options = options if named else [*dict.fromkeys(options)]
        picked = f"{HOMES[who]} ({CODES[HOMES[who]]})" if named else CODES[HOMES[who]]
        return f"""{boxes.list(picked, options, 'aria-label="Country code"')} {boxes.box(rest, "type=tel")}"""
    between = chance.choice([" - ", "-", " "])
    # Without sizes only the language says whose numbers these are, and English does not.
    sized = between == " " or who == "US" or chance.random() < 0.7
    drawn = [
        boxes.box(part, f"maxlength={size}" if sized else "") for part, size in zip(parts, SIZES[who], strict=True)
    ]
    if who == "KR" and chance.random() < 0.5:
        drawn[0] = boxes.list("010", ["010", "011", "02", "031"])
    return between.join(drawn)


def email(boxes: Boxes, address: str) -> str:
    """The controls for an address around its sign."""
    name, _at, domain = address.partition("@")
    way = boxes.chance.choice(["box", "list", "both"])
    drawn = [boxes.box(name), boxes.list(domain, DOMAINS) if way == "list" else boxes.box(domain)]
    both = boxes.list("", ("직접입력", *DOMAINS)) if way == "both" else ""
    return f"{' @ '.join(drawn)} {both}"


def _rows(boxes: Boxes, language: str, address: str) -> list[tuple[str, str]]:
    chance = boxes.chance
    rows = [(chance.choice(OTHERS[language]), boxes.box(""))]
    if chance.random() < 0.8:
        rows.append((chance.choice(PHONES[language]), phone(boxes, WHO[language][:2])))
    if chance.random() < 0.6:
        rows.append((chance.choice(EMAILS[language]), email(boxes, address)))
    if language == "ja" and chance.random() < 0.6:
        rows.append(("郵便番号", f"〒{boxes.box('100', 'maxlength=3')}-{boxes.box('0005', 'maxlength=4')}"))
    if language == "en" and chance.random() < 0.6:
        rows.append(("ZIP code", f"{boxes.box('20190', 'maxlength=5')} - {boxes.box('1234', 'maxlength=4')}"))
    if language == "de" and chance.random() < 0.6:
        rows.append(("Straße / Hausnummer", f"{boxes.box('Lange Str.')} {boxes.box('12a', 'size=4')}"))
        rows.append(("PLZ / Ort", f"{boxes.box('10115', 'size=6')} {boxes.box('Berlin')}"))
    chance.shuffle(rows)
    return rows


def page_in(language: str, seed: int, address: str) -> str:
    """A page; `data-v` says what goes into a control."""
    chance = random.Random(f"parts {language} {seed}")
    draw, mark = STYLES[chance.choice(OVER)], chance.choice(["", " *", ":"])
    rows = _rows(Boxes(chance), language, address)
    rows.append((MESSAGES[language], '<textarea id=c99 name=m data-v="message"></textarea>'))
    drawn = "".join(draw(f"{words}{mark}", group.partition("id=")[2].split(" ")[0], group) for words, group in rows)
    return f"<!doctype html><html lang={language}><form method=post>{drawn}<button>OK</button></form>"
