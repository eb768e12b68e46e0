"""Phrases by which mails say what they are, in the languages in which organisations write them. Pure; data, mostly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

# What a mail is stands in front of what it quotes, and that it quotes need not show.
_LOOKED_AT: Final = 20_000
_FIRST_WORDS: Final = 600
# Between words of languages without blanks a line may end anywhere.
_UNSPACED: Final = re.compile(r"(?<=[\u3040-\u30ff\u3400-\u9fff]) (?=[\u3040-\u30ff\u3400-\u9fff])")

_THING: Final = (
    r"(?:inquiry|enquiry|request|message|e-?mail|form|case|complaint|submission|claim|ticket|query|question|feedback"
    r"|follow-up|incident)"
)
# What may stand between what arrived and that it did: a number, something in brackets or quotes.
_NUMBERED: Final = (
    r"(?: for (?:support|help|assistance))?(?:,? (?:[(\[#\"'“«]\S*|\S*\d\S*|number|no\.|id|with|the)){0,6},?"
)
_BE: Final = r"(?:has|have|was|is)(?: now| just| already| automatically| successfully)?(?: been)?(?: successfully)?"
# Not "thank you for contacting us": answers of persons begin like that.
_RECEIVED_IN: Final[Mapping[str, str]] = {
    "en": (
        rf"\b(?:received|got|receipt of) your (?:[\w-]+ ){{0,2}}{_THING}\b"
        rf"|\b(?:a|the|your|this) (?:[\w-]+ ){{0,2}}{_THING}{_NUMBERED} {_BE} "
        r"(?:received|created|opened|registered|submitted|logged|assigned)\b"
        rf"|\byour {_THING}\b[^.!?,]{{0,80}}? (?:has|have) been received\b"
        r"|\bautomat(?:ed|ic) (?:acknowledge?ment|confirmation)\b"
    ),
    "de": (
        r"\b(?:ihre?|deine?) (?:[\w-]+ ){0,2}(?:[\w-]*anfrage|[\w-]*anforderung|nachricht|mitteilung|meldung|e-?mail"
        r"|reklamation|beschwerde|anliegen|ticket|vorgang)\b[^.!?]{0,80}?\b(?:eingegangen|erhalten|empfangen"
        r"|entgegengenommen|erfasst|registriert|aufgenommen|eröffnet|angelegt|erstellt)\b|\beingangsbestätigung\b"
    ),
    "fr": (
        r"\breçu votre (?:demande|message|courriel|e-?mail|réclamation|requête|question|ticket)\b"
        r"|\bvotre (?:demande|message|courriel|e-?mail|réclamation|requête|ticket)\b[^.!?]{0,60}?"
        r"\b(?:a|ont) (?:bien )?été (?:reçue?|enregistrée?|créée?|transmise?|prise? en compte)\b"
        r"|\baccus(?:é|ons) (?:de )?réception\b"
    ),
    "es": (
        r"\b(?:hemos recibido|recibimos) (?:correctamente )?(?:tu|su|la) (?:solicitud|consulta|mensaje|correo"
        r"|petición|reclamación|queja|ticket)\b"
        r"|\b(?:tu|su) (?:solicitud|consulta|mensaje|correo|petición|reclamación|queja|ticket|caso)\b[^.!?]{0,60}?"
        r"\b(?:ha sido|fue|se ha) (?:recibid|registrad|cread|abiert)[oa]\b|\bacuse de recibo\b"
    ),
    "ko": (
        r"(?:문의|요청|민원|신고|메일|메시지|의견|불만|티켓)[^.!?]{0,40}?"
        r"(?:접수|등록|수신|생성) ?(?:되었|됐|하였|했|완료)|(?:문의|요청|민원|메일|메시지)(?:를|을)? (?:잘 )?받았습니다"
    ),
    "id": (
        r"\b(?:permintaan|pertanyaan|pesan|laporan|pengaduan|keluhan|tiket|e-?mail|formulir)(?: \S+){0,4}? "
        r"(?:telah|sudah|berhasil)(?: kami| berhasil)? (?:terima|diterima|dicatat|tercatat|dibuat|terdaftar"
        r"|didaftarkan)\b"
        r"|\b(?:telah|sudah) menerima (?:permintaan|pertanyaan|pesan|laporan|pengaduan|keluhan|tiket|e-?mail)\b"
    ),
    "ja": (
        r"(?:問い?合わ?せ|連絡|質問|リクエスト|チケット|メール|意見|申請|申し?込み)[^。]{0,30}?"
        r"(?:受け?付け?|受領|受信|作成|登録)(?:まし|いたし|され|完了|しまし)|自動(?:返信|送信|配信)"
    ),
    "zh": (
        r"收到了?(?:您|你)的?[^。]{0,20}?(?:请求|請求|咨询|諮詢|查询|查詢|工单|工單|邮件|郵件|反馈|留言|申请|申請|投诉)"
        r"|(?:请求|請求|咨询|諮詢|工单|工單|邮件|郵件|反馈|留言|申请|申請|投诉|投訴)[^。]{0,30}?"
        r"已(?:经|經)?(?:收到|受理|创建|建立|提交|登记)"
    ),
}
_AWAY_IN: Final[Mapping[str, str]] = {
    "en": (
        r"\bout[- ]of[- ](?:the[- ])?office\b|\bon (?:\w+ )?(?:vacation|leave|holiday)s?\b|\bcurrently away\b"
        r"|\baway from (?:my|the) (?:desk|office)\b|\bvacation (?:reply|response|message)\b"
    ),
    "de": r"\babwesen(?:d\b|heit)|\bnicht (?:im (?:büro|haus)|am arbeitsplatz)\b|\baußer haus\b|\bi[mn] urlaub\b",
    "fr": r"\babsen(?:t|te|ce) (?:du|de mon|de) (?:bureau|poste)\b|\ben congés?\b|\bmessage d'absence\b",
    "es": r"\bfuera de (?:la )?oficina\b|\bde vacaciones\b",
    "ko": r"부재 ?중|휴가 ?중",
    "id": r"\bdi luar kantor\b|\bsedang cuti\b",
    "ja": r"不在(?:に|の|通知|届)|休暇(?:中|を)|外出中",
    "zh": r"不在(?:办公室|辦公室)|休假",
}
# That it did not arrive, or is not taken; not "if you have not received an answer", which confirmations end with.
_REFUSED_IN: Final[Mapping[str, str]] = {
    "en": (
        r"\b(?:not|n't|never|unable to|failed to)(?: yet| been able to)? (?:receive|process|accept)(?:d|ed)? your "
        rf"(?:[\w-]+ ){{0,2}}{_THING}\b"
        rf"|\byour (?:[\w-]+ ){{0,2}}{_THING}{_NUMBERED} (?:(?:could|can|was|has|is)(?: ?not|n't)(?: yet)?(?: be"
        r"| been)? (?:received|processed|accepted|submitted|registered|delivered)|(?:has been|was) (?:rejected|refused"
        r"|declined))\b"
    ),
    "de": (
        r"\b(?:ihre?|deine?) [^.!?]{0,80}?\b(?:nicht (?:bei uns )?(?:eingegangen|angekommen|erhalten|empfangen"
        r"|angenommen|verarbeitet|zugestellt)|abgelehnt|abgewiesen)\b"
    ),
    "fr": (
        r"\bn['’]avons (?:pas|jamais) (?:bien |encore )?(?:reçu|pu recevoir|pu traiter) votre\b"
        r"|\bvotre [^.!?]{0,60}?\bn['’]a (?:pas|pu)(?: pu)?(?: être| été)? (?:reçue?|traitée?|enregistrée?)\b"
    ),
    "es": (
        r"\bno (?:hemos recibido|recibimos|hemos podido \w+|pudimos \w+) (?:tu|su)\b"
        r"|\b(?:tu|su) [^.!?]{0,60}?\bno (?:ha|pudo|fue|se ha)(?: podido| sido| ser)* (?:recib|proces|registr|acept)\w+"
    ),
    "ko": r"(?:접수|처리|등록|수신)(?:가|이|를|을)? ?(?:되지 않|하지 못|할 수 없|불가|에? ?실패|거부)",
    "id": (
        r"\b(?:permintaan|pertanyaan|pesan|laporan|pengaduan|keluhan|tiket|formulir)(?: \S+){0,3}?"
        r" (?:tidak|belum|gagal)(?: dapat| bisa| kami| berhasil){0,2} (?:di)?(?:terima|proses|catat)\b"
        r"|\b(?:tidak|belum)(?: \w+)? menerima (?:permintaan|pertanyaan|pesan|laporan|pengaduan|keluhan|tiket)\b"
    ),
    "ja": r"(?:受け?付け?|受信|受領|処理)(?:でき|られ|いたし|ており|てい|され|し)*(?:ません|かねます)",
    "zh": r"(?:未能?|没有?|沒有|无法|無法)(?:收到|受理|处理|處理)(?:您|你)",
}


def _not_after(*words: str) -> str:
    return "".join(rf"(?<!\b{word} )" for word in words)


# What only an answer says: what became of your parcel, or of your inquiry. A confirmation may repeat what was written
# to them ("my parcel was lost"), and says what happens if it is found.
_ANSWERED_IN: Final[Mapping[str, str]] = {
    "en": (
        _not_after("if", "when", "once", "until", "whether", "soon as", "after", "unless", "before", "how", "that")
        + r"\b(?:(?:we|i)(?: have|'ve|’ve)?(?: now| since)? (?:located|found|traced|recovered|returned|delivered) your"
        r" (?:[\w-]+ ){0,2}(?:parcel|package|item|letter|shipment|mail)"
        r"|your (?:[\w-]+ ){0,2}(?:parcel|package|item|letter|shipment|mail)\b[^.!?,]{0,60}? (?:has been|was)(?: now)?"
        r" (?:located|found|traced|recovered|delivered|returned|lost|damaged|destroyed|held|forwarded)"
        rf"|your (?:[\w-]+ ){{0,2}}{_THING}{_NUMBERED} (?:has been|was)(?: now)? (?:approved|closed|resolved|solved"
        r"|settled|completed))\b"
    ),
    "de": (
        _not_after("sobald", "wenn", "falls", "ob", "bis", "dass", "nachdem")
        + r"\b(?:ihr|dein)e?n? (?:[\w-]+ ){0,2}(?:paket|päckchen|sendung|brief|einschreiben)\b[^.!?,]{0,60}?"
        r"\b(?:(?:auf)?gefunden|zugestellt|ausgeliefert|zurückges(?:andt|chickt)|verloren gegangen|beschädigt)\b"
        r"|\b(?:ihre?|deine?) (?:anfrage|anliegen|reklamation|beschwerde|ticket|vorgang)\b[^.!?,]{0,40}?"
        r" wurde (?:abgeschlossen|geschlossen|gelöst|erledigt)\b"
    ),
    "fr": (
        _not_after("si", "que", "lorsque", "quand")
        + r"\bvotre (?:colis|lettre|envoi|courrier)\b[^.!?,]{0,60}? (?:a|ont) (?:bien )?été "
        r"(?:(?:re)?trouvé|livré|distribué|renvoyé|retourné|perdu|endommagé)e?\b"
        r"|\bavons (?:re)?trouvé votre (?:colis|lettre|envoi|courrier)\b"
    ),
    "es": (
        _not_after("si", "que", "cuando") + r"\b(?:tu|su) (?:paquete|envío|carta)\b[^.!?,]{0,60}? (?:ha sido|fue|se ha)"
        r" (?:encontrad|localizad|entregad|devuelt|perdid|dañad)[oa]\b"
        r"|\bhemos (?:encontrado|localizado) (?:tu|su) (?:paquete|envío|carta)\b"
    ),
    "ko": (
        r"고객님[^.!?]{0,20}?(?:소포|택배|우편물|물품|편지)[^.!?]{0,40}?"
        r"(?:배달|배송|반송|전달|발견|확인) ?(?:되었|됐|완료)|(?:소포|택배|우편물|물품|편지)(?:을|를) 찾았습니다"
    ),
    "id": (
        _not_after("jika", "bila", "apabila", "setelah", "kalau", "bahwa")
        + r"\b(?:paket|kiriman|surat|barang) anda\b[^.!?,]{0,60}? (?:telah|sudah)(?: kami| berhasil)?"
        r" (?:di)?(?:temukan|antar|serahkan|kembalikan|kirimkan)\b"
    ),
    "ja": (
        r"お(?:荷物|客様の(?:荷物|小包|郵便物))[^。]{0,30}?(?:見つかりました|発見されました|発見いたしました|配達(?:済み|されました"
        r"|いたしました|しました|完了)|お届け(?:済み|しました|いたしました)|返送(?:済み|されました|いたしました))(?!ら)"
    ),
    "zh": (
        r"(?<!如)(?<!如果)(?<!若)(?<!一旦)(?:您|你)的(?:包裹|邮件|郵件|快递|快遞|信件|物品)[^。，,]{0,30}?已(?:经|經)?被?"
        r"(?:找到|送达|送達|投递|投遞|退回|签收|簽收|丢失|遺失)"
    ),
}
# Where a mail begins to quote another one.
_QUOTING: Final = re.compile(
    r"^(?:>|-+ ?(?:original message|ursprüngliche nachricht|message d'origine|mensaje original|원본 메일|pesan asli)"
    r"|.{0,200}\b(?:wrote|schrieb(?: .{1,80})?|a écrit|escribió|menulis) ?:$"
    r"|.{0,200}(?:님이 작성|のメッセージ|写道|寫道) ?[:：]$)",
    re.IGNORECASE | re.MULTILINE,
)
_REFUSED: Final = re.compile("|".join(_REFUSED_IN.values()), re.IGNORECASE)
_ANSWERED: Final = re.compile("|".join(_ANSWERED_IN.values()), re.IGNORECASE)
_REVIEWED: Final = re.compile(r"\b(?:being reviewed|under review|in review)\b", re.IGNORECASE)
_RECEIVED: Final = re.compile("|".join(_RECEIVED_IN.values()), re.IGNORECASE)
_AWAY: Final = re.compile("|".join(_AWAY_IN.values()), re.IGNORECASE)
# Tags such as a number in brackets stand before it, and programs count how often.
_REPLY: Final = re.compile(
    r"(?:\[[^\]]{0,60}\]\s*){0,3}(?:re|aw|antw|sv|vs|odp|res|rif|ynt|bls|balas|回复|回覆|答复|答覆|返信|답장|회신)"
    r"(?:\[\d+\])?\s*[:\uff1a]",
    re.IGNORECASE,
)


def says_received(words: str) -> bool:
    """Whether folded words say that an inquiry arrived."""
    beginning = _beginning(words)
    return _RECEIVED.search(beginning) is not None and _REFUSED.search(beginning) is None


def says_refused(words: str) -> bool:
    """Whether folded words say that an inquiry did not arrive, or is not taken."""
    return _REFUSED.search(_beginning(words)) is not None


def says_reviewed(words: str) -> bool:
    """Whether folded words say that somebody looks into it."""
    return _REVIEWED.search(_beginning(words)) is not None


def says_away(words: str) -> bool:
    """Whether folded words begin by saying that whoever got a mail is not there."""
    return _AWAY.search(_beginning(words)[:_FIRST_WORDS]) is not None


def says_answered(words: str) -> bool:
    """Whether folded words tell what became of the matter, as no confirmation does."""
    return _ANSWERED.search(_beginning(words)) is not None


def is_reply(subject: str) -> bool:
    """Whether a subject is that of an answer to another mail."""
    return _REPLY.match(subject) is not None


def _beginning(words: str) -> str:
    quoting = _QUOTING.search(words, endpos=min(len(words), _LOOKED_AT))
    own = words[: quoting.start() if quoting else _LOOKED_AT]
    return _UNSPACED.sub("", " ".join(own.split()))
