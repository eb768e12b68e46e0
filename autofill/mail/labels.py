"""Labels: what the words right before a number call it, if that is anything but a case. Pure; data, mostly."""

from __future__ import annotations

import re
from typing import Final

# How far in front of a number its label may begin, in characters.
_LONGEST: Final = 60
# Of numbers that mails name beside a case's: whose they are.
_OTHERS: Final = (
    r"(?:orders?|purchase|invoice|bill(?:ing)?|payment|booking|reservation|shipment|shipping|tracking|track|parcel|package"
    r"|label|receipt|transaction|account|customer|client|member(?:ship)?|policy|serial|item|product|article|coupon|voucher"
    r"|verification|security|confirmation code|passcode|one-time|pin|zip|post(?:al)? ?code|postcode|vat|tax|iban|bank"
    r"|call|phone|telephone|tel|fax|dial|hotline|mobile|cell|whatsapp|sms|text|extension|ext"
    r"|(?:\w*bestell|\w*auftrags|\w*rechnungs|\w*sendungs|\w*kunden|\w*vertrags|\w*konto|\w*artikel|\w*telefon|\w*fax)"
    r"(?:nummer|nr|code|id)?|bestellung|auftrag|rechnung|sendung|paket|konto|kunde|plz|postleitzahl|telefon|durchwahl"
    r"|commande|facture|suivi|colis|client|compte|contrat|téléphone|tél|code postal"
    r"|pedido|factura|seguimiento|envío|cliente|cuenta|contrato|teléfono|código postal"
    r"|pesanan|faktur|resi|pelanggan|rekening|telepon|kode pos"
    r"|주문|송장|운송장|고객|회원|계좌|전화|팩스|우편|우편번호|연락처|사업자등록"
    r"|ご?注文|ご?請求書?|追跡|伝票|お?客様|会員|口座|電話|ファックス|郵便|お問い?合わ?せ電話"
    r"|订单|訂單|发票|發票|快递|运单|運單|客户|客戶|会员|會員|账号|帳號|电话|電話|邮编|郵遞區號|手机)"
)
# What may stand between that and the number, and says nothing of whose it is.
_BESIDE: Final = (
    r"(?:numbers?|nos?|nr|num|id|ids|codes?|ref|reference|is|was|are|us|at|on|to|your|our|my|the|of|for|or|with|toll-free"
    r"|nummer|nummern|lautet|ist|ihre?|unter|der|die|das|numéro|numero|número|nº|n°|de|du|est|es|su|nomor|no|anda|adalah|번호"
    r"|番号|ナンバー|は|번호는|는|은|号|号码|號碼|编号|編號|是|为|為)"
)
_LABEL: Final = re.compile(
    rf"(?:\b|(?<=[^\x00-\u024f]))(?P<whose>{_OTHERS})(?:[\W_]*{_BESIDE}){{0,4}}[\W_]*\Z", re.IGNORECASE
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
    return label is not None and not near.search(label["whose"])
