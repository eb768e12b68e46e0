"""Labels: what the words right before a number call it, if that is anything but a case. Pure; data, mostly."""

from __future__ import annotations

import re
from typing import Final

# How far in front of a number its label may begin, in characters.
_LONGEST: Final = 60
# Of numbers that mails name beside a case's: whose they are.
_THINGS: Final = (
    r"(?:orders?|purchase|invoice|bill(?:ing)?|payment|booking|reservation|shipment|shipping|tracking|track|parcel|package"
    r"|label|receipt|transaction|account|customer|client|member(?:ship)?|policy|serial|item|product|article|coupon|voucher"
    r"|verification|security|confirmation code|passcode|one-time|pin|zip|post(?:al)? ?code|postcode|vat|tax|iban|bank"
    r"|bestellung|auftrag|rechnung|sendung|paket|konto|kunde|plz|postleitzahl"
    r"|commande|facture|suivi|colis|client|compte|contrat|code postal"
    r"|pedido|factura|seguimiento|envío|cliente|cuenta|contrato|código postal"
    r"|pesanan|faktur|resi|pelanggan|rekening|kode pos|주문|송장|운송장|고객|회원|계좌|우편|우편번호|사업자등록"
    r"|ご?注文|ご?請求書?|追跡|伝票|お?客様|会員|口座|郵便|订单|訂單|发票|發票|快递|运单|運單|客户|客戶|会员|會員|账号|帳號|邮编"
    r"|郵遞區號)"
)
_NUMBER: Final = (
    r"(?:numbers?|nos?|nr|num|ids?|codes?|ref|reference|nummer|numéro|numero|número|nº|n°|nomor|anda|번호|番号|ナンバー|号|号码"
    r"|號碼|编号|編號)"
)
# Of these it is clear without the word for a number.
_NUMBERED: Final = (
    r"(?:call|phone|telephone|tel|fax|dial|hotline|mobile|cell|whatsapp|sms|text|extension|ext|telefon|durchwahl|téléphone"
    r"|tél|teléfono|telepon|전화|팩스|연락처|電話|ファックス|电话|手机"
    r"|\w*(?:bestell|auftrags|rechnungs|sendungs|kunden|vertrags|konto|artikel|telefon|fax)-?(?:nummer|nr))"
)
# What may stand between that and the number, and says nothing of whose it is.
_BETWEEN: Final = (
    r"(?:is|was|are|us|at|on|to|your|our|my|the|of|or|with|toll-free|customer|care|service|support|cent(?:er|re)|lautet|ist"
    r"|ihre?|unter|der|die|das|de|du|est|es|su|adalah|는|은|は|是|为|為)"
)
_LABEL: Final = re.compile(
    r"(?P<about>\b(?:for|about|regarding|concerning) (?:(?:your|the|this|a|an) )?)?(?:\b|(?<=[^\x00-\u024f]))"
    rf"(?:(?P<thing>{_THINGS})(?P<number>[\W_]*{_NUMBER}(?:[\W_]*{_BETWEEN}){{0,3}})?"
    rf"|(?P<numbered>{_NUMBERED})(?:[\W_]*(?:{_NUMBER}|{_BETWEEN})){{0,6}})(?P<end>[\W_]*)\Z",
    re.IGNORECASE,
)
# As far as a link or an address may stand in front of a number that is a part of it.
_LONGEST_LINK: Final = 300
_IN_LINK: Final = re.compile(r"(?:://|\bwww\.|@)[!-;=?-~]*\Z")
_IN_ADDRESS: Final = re.compile(r"[\w.+-]{0,100}@")


def is_called_otherwise(words: str, at: int, near: re.Pattern[str]) -> bool:
    """Whether the number that begins at a place is called something else, or is a part of a link or an address.

    Args:
        words: Folded words.
        at: Where the number begins.
        near: The words that name a case number; what they say goes before what is usual.
    """
    if _IN_LINK.search(words, max(0, at - _LONGEST_LINK), at) or _IN_ADDRESS.match(words, at):
        return True
    label = _LABEL.search(words, max(0, at - _LONGEST), at)
    if label is None or near.search(label["thing"] or label["numbered"]):
        return False
    # "Case number for your parcel: 123" is the case's.
    return not (label["about"] and label["thing"] and not label["number"] and ":" in label["end"])
