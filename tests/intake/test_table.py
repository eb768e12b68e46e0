"""Tables as spreadsheets of many countries export them, and as they get broken on the way."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from autofill.errors import FileMissing, InvalidFile
from autofill.intake.table import Table, read_csv

GERMAN = "Sendungsnummer;Empfänger;Straße\n1;Jürgen Müller;Hauptstraße 5\n"


def table(folder: Path, content: bytes, encoding: str | None = None) -> Table:
    (folder / "t.csv").write_bytes(content)
    return read_csv(folder / "t.csv", encoding)


def cells(table: Table) -> list[tuple[str, ...]]:
    return [record.cells for record in table.rows()]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "utf-8"),
        (GERMAN, "utf-8-sig"),
        (GERMAN, "utf-16"),
        (GERMAN, "utf-32"),
        (GERMAN, "cp1252"),
        ("주문번호;이름;메시지\n1001;김민수;소포가 도착하지 않았습니다\n1002;이영희;배송 조회가 멈췄습니다\n", "cp949"),
        ("注文番号,氏名,内容\n1,山田太郎,荷物が届きません\n", "cp932"),
        ("订单号,姓名,内容\n1,张伟,包裹没有到\n", "gb18030"),
        ("Номер;Имя;Город\n1;Иван;Москва\n", "cp1251"),
        ("Nom,Ville\nRenée,Orléans\nFrançois,Nîmes\n", "cp1252"),
        ("Name,City\nMaria O’Brien,Boston\n", "cp1252"),
    ],
)
def test_the_encoding_is_found_out(tmp_path: Path, text: str, encoding: str) -> None:
    found = table(tmp_path, text.encode(encoding))
    delimiter = ";" if ";" in text else ","
    assert [found.header, *cells(found)] == [tuple(line.split(delimiter)) for line in text.splitlines()]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("Name,City\nJosé Peña,Málaga\n", "cp1252"), ("Jméno,Město\nJiří Dvořák,Plzeň\n", "cp1250")],
)
def test_a_name_is_never_guessed(tmp_path: Path, text: str, encoding: str) -> None:
    """The bytes of “Peña” are “Peńa” in another country; who knows which one says so."""
    content = text.encode(encoding)
    with pytest.raises(InvalidFile, match="use --encoding Windows-1250 or cp1252"):
        table(tmp_path, content)
    assert cells(table(tmp_path, content, encoding)) == [tuple(text.splitlines()[1].split(","))]


def test_names_among_letters_of_all_countries_are_read_as_what_they_are(tmp_path: Path) -> None:
    """However many addresses and numbers stand beside them."""
    text = "주문번호,이름,이메일\n1,김민수,minsu.kim@example.com\n2,이영희,younghee.lee@example.com\n"
    assert cells(table(tmp_path, text.encode("cp949")))[1] == ("2", "이영희", "younghee.lee@example.com")


def test_what_is_not_utf8_is_found_far_down(tmp_path: Path) -> None:
    found = table(tmp_path, b"Name,City\n" + b"Bob,Boston\n" * 100_000 + "Müller,Köln\n".encode("cp1252"))
    assert cells(found)[-1] == ("Müller", "Köln")


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a,b\n1,2\n", [("1", "2")]),
        ("a;b\n1,5;2,5\n", [("1,5", "2,5")]),
        ("a\tb\n1\t2, 3; 4\n", [("1", "2, 3; 4")]),
        ("a|b\n1|2\n", [("1", "2")]),
        ("sep=;\r\na;b\r\n1;2\r\n", [("1", "2")]),
        ("a\n1\n2\n", [("1",), ("2",)]),
        ('a,b\n1,"It; is, lost;\nand, more"\n2,ok\n', [("1", "It; is, lost;\nand, more"), ("2", "ok")]),
        ('a;b\n1;"It says ""delivered"""\n', [("1", 'It says "delivered"')]),
        ("a,b\n\n , \n1,2\n,\n", [("1", "2")]),
        ("a,b\n1,2", [("1", "2")]),
        ("a,b,c\n1\n", [("1",)]),
    ],
)  # fmt: skip
def test_the_delimiter_is_found_out(tmp_path: Path, text: str, rows: list[tuple[str, ...]]) -> None:
    assert cells(table(tmp_path, text.encode())) == rows


def test_rows_are_counted_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    """Line breaks in cells make no row, empty rows do; the rows can be read again."""
    found = table(tmp_path, codecs.BOM_UTF8 + b'a,b\n"1\n\n",2\n\n3,4\n')
    assert [record.number for record in found.rows()] == [2, 4]
    assert [record.number for record in found.rows()] == [2, 4]
    assert found.note == "Read as utf-8, columns separated by ,"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "t.csv: is empty"),
        (b"\n\n", "t.csv: is empty"),
        (b"PK\x03\x04....", "is a workbook; save it as CSV"),
        (b"\xd0\xcf\x11\xe0....", "is a workbook; save it as CSV"),
        (b"maria@example.com,Boston\nbob@example.com,Salem\n", "t.csv:1:1: looks like data"),
        (b"9400111202555830001010,Boston\n", "t.csv:1:1: looks like data"),
        (b"Lost parcels in October,,,\n,,,\nOrder,Name,City,ZIP\n", "t.csv:1:1: names one of 4 columns; is it a title"),
        (b"Table 1;;\nOrder;Name;City\n", "t.csv:1:1: names one of 3 columns; is it a title"),
    ],
)
def test_what_is_no_table_is_told(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(InvalidFile, match=said) as raised:
        table(tmp_path, content)
    assert "maria" not in str(raised.value)
    assert "9400" not in str(raised.value)


@pytest.mark.parametrize("below", [b"", b"\n", b"\n,,\n , ,\n"])
def test_a_table_without_rows_says_so(tmp_path: Path, below: bytes) -> None:
    with pytest.raises(InvalidFile, match=r"t\.csv: has no rows below the names of its columns"):
        list(table(tmp_path, b"a,b,c" + below).rows())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'a,b\n1,2\n3,"4\n5,6\n', "t.csv:3:1: a quote that begins on line"),
        (b'a,b\n1,"2"3\n', "t.csv:2:1: a quote that begins on line"),
        (b'a,b\n1,"' + b"x" * 200_000 + b'"\n', "t.csv:2:1: a quote that begins on line"),
    ],
)
def test_what_is_wrong_further_down_is_told_with_its_row(tmp_path: Path, content: bytes, said: str) -> None:
    found = table(tmp_path, content)
    with pytest.raises(InvalidFile, match=said):
        cells(found)


def test_an_encoding_that_does_not_fit_is_told_with_its_row(tmp_path: Path) -> None:
    found = table(tmp_path, b"a,b\n1,2\n" * 10_000 + b"\xff,1\n", "utf-8")
    with pytest.raises(InvalidFile, match="the encoding changes here"):
        cells(found)
    with pytest.raises(InvalidFile, match="unknown encoding"):
        table(tmp_path, b"a\n1\n", "klingon")


def test_a_table_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileMissing, match=r"t\.csv"):
        read_csv(tmp_path / "t.csv")


def test_rows_are_read_one_by_one(tmp_path: Path) -> None:
    """Of 200,000 rows the first ones are there before the last ones are read."""
    with (tmp_path / "t.csv").open("wb") as file:
        file.write(codecs.BOM_UTF8 + b"a,b\n")
        file.writelines(b"%d,x\n" % number for number in range(200_000))
    rows = read_csv(tmp_path / "t.csv").rows()
    assert next(rows).cells == ("0", "x")
    assert sum(1 for _row in rows) == 199_999
