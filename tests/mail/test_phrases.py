"""What mails say they are, in the languages of organisations; and that answers of persons are not taken for it."""

from __future__ import annotations

import pytest

from autofill.mail.phrases import is_reply, says_answered, says_away, says_received, says_refused


@pytest.mark.parametrize(
    "words",
    [
        "Your request (12345) has been received and is being reviewed by our support staff.",
        "We acknowledge that we have received your support request and a ticket was opened.",
        "A request for support has been created and assigned #123456.",
        "Your request (Ticket#31001) has been received and will be reviewed.",
        "Just confirming that we got your request. We're on it.",
        "Your ticket has been assigned an ID of [acme.com #123].",
        'Your e-mail with ticket number "2026112910000123" is received.',
        "This is an automated response confirming the receipt of your ticket.",
        "We have received your helpdesk query.",
        "Vielen Dank. Ihre Anfrage (12345) ist bei uns eingegangen.",
        'Wir haben Ihre Support-Anforderung mit dem Betreff "Paket" erhalten.',
        "Ihr Anliegen wurde unter der Nummer 12345 erfasst.",
        "Nous avons bien reçu votre demande.",
        "Votre demande (12345) a bien été enregistrée.",
        "Hemos recibido su solicitud.",
        "Tu consulta (12345) ha sido registrada.",
        "고객님의 문의가 정상적으로 접수되었습니다.",
        "요청(12345)이 접수되었습니다.",
        "Permintaan Anda (12345) telah diterima.",
        "Kami telah menerima laporan Anda.",
        "お問い合わせ(12345)を受け付けました。",
        "お問い合\nわせを受け\n付けました。",
        "このメールは自動返信です。",
        "我们已经收到您的反馈。",
        "您的工单 12345 已创建。",
    ],
)
def test_a_first_mail_says_that_the_inquiry_arrived(words: str) -> None:
    assert says_received(words)


@pytest.mark.parametrize(
    "words",
    [
        "We have not received your form.",
        "We did not receive your request. Please fill in the form again.",
        "We were unable to process your request.",
        "Your request (12345) was not received.",
        "Your message could not be received: this mailbox is not read.",
        "Your ticket has been rejected.",
        "Leider ist Ihre Anfrage nicht bei uns eingegangen.",
        "Nous n'avons pas reçu votre demande.",
        "Votre demande n'a pas été reçue.",
        "No hemos recibido su solicitud.",
        "문의가 접수되지 않았습니다.",
        "Permintaan Anda belum kami terima.",
        "お問い合わせを受け付けられませんでした。",
        "未收到您的请求。",
        "无法处理您的工单。",
    ],
)
def test_a_mail_says_that_nothing_arrived(words: str) -> None:
    assert says_refused(words)
    assert not says_received(words)


@pytest.mark.parametrize(
    "words",
    [
        "We have received your inquiry. If you have not received an answer in three days, write again.",
        "Your request has been received. Please do not reply. This mailbox is not monitored.",
        "Ihre Anfrage ist eingegangen. Bitte antworten Sie nicht auf diese E-Mail.",
        "Nous avons bien reçu votre demande. Ne répondez pas.",
        "お問い合わせを受け付けました。受付時間外は返信できません。",
        "We got your request. This e-mail is not read. If your request is not urgent, wait.",
        "Nous avons reçu votre demande. Si vous n'avez pas reçu de réponse, appelez.",
        "Hemos recibido su solicitud. Si no ha recibido respuesta, llame.",
        "문의가 접수되었습니다. 추가 문의는 여기에서 접수할 수 있습니다.",
        "Permintaan Anda telah kami terima. Jika Anda tidak menerima balasan, hubungi kami.",
        "我们已收到您的请求。如未收到回复，请联系我们。",
    ],
)
def test_what_confirmations_end_with_takes_nothing_back(words: str) -> None:
    assert says_received(words)


@pytest.mark.parametrize(
    "words",
    [
        "Your parcel was found. Case 12345.",
        "Thank you for contacting us. Your parcel was delivered.",
        "About your case: the parcel was opened by customs, and the sender has been told.",
        "Your order has been received, and your payment was received.",
        "Ihr Paket wurde gefunden.",
        "Votre colis a été retrouvé.",
        "Hemos encontrado su paquete.",
        "소포를 찾았습니다.",
        "Paket Anda telah ditemukan.",
        "お荷物が見つかりました。",
        "您的包裹已找到。",
    ],
)
def test_an_answer_does_not(words: str) -> None:
    assert not says_received(words)


@pytest.mark.parametrize(
    "words",
    [
        "Hello Maria, we have located your package in Denver.",
        "Your missing parcel was delivered on Monday. Robin",
        "Thank you for contacting us.\nYour case (12345) has been closed.",
        "Ihr Paket wurde heute im Lager gefunden.",
        "Ihre Anfrage wurde abgeschlossen.",
        "Votre colis a été retrouvé à Lyon.",
        "Hemos localizado su paquete.",
        "고객님의 소포가 어제 배달되었습니다.",
        "소포를 찾았습니다.",
        "Paket Anda telah kami temukan.",
        "お荷物が見つかりました。",
        "您的包裹已找到。",
    ],
)
def test_what_became_of_the_matter_is_an_answer(words: str) -> None:
    assert says_answered(words)
    assert says_answered(f"Case 1\n{words}\nOn Mon, Nov 2, 2026, Maria wrote:\nWe have received your request.")
    assert not says_answered(f"Case 1\nOn Mon, Nov 2, 2026, Maria wrote:\n{words}")


@pytest.mark.parametrize(
    "words",
    [
        "Case 12345 was opened. You wrote: my package was lost, it was delivered to a neighbour.",
        "Case 12345. Once your package has been located, we will write to you.",
        "We will contact you as soon as we have located your package.",
        "We will tell you whether your parcel was delivered, and when your case has been closed.",
        "Vorgang 12345. Sobald Ihr Paket gefunden wurde, melden wir uns. Mein Paket wurde beschädigt.",
        "Dossier 12345. Nous vous écrirons si votre colis a été retrouvé.",
        "Le avisaremos cuando su paquete ha sido encontrado.",
        "문의 번호 12345. 소포가 분실되었습니다. 찾으면 연락드리겠습니다.",
        "Kami akan menghubungi Anda setelah paket Anda telah ditemukan.",
        "お荷物が見つかりましたら、ご連絡いたします。",
        "如您的包裹已找到，我们会联系您。",
    ],
)
def test_what_may_become_of_it_is_none(words: str) -> None:
    assert not says_answered(words)


def test_what_is_quoted_confirms_nothing() -> None:
    assert not says_received("Case 1\nIt lies in Denver.\nAm Montag schrieb Maria:\nYour request has been received.")
    assert not says_received("Case 1\nIt lies in Denver.\n> Your request has been received.")


@pytest.mark.parametrize(
    "words",
    [
        "Automatic reply: I am out of the office",
        "Abwesenheitsnotiz: Ihre Frage",
        "Ich bin bis 5. Januar nicht im Büro.",
        "Bis zum 14.10. bin ich außer Haus.",
        "Absent du bureau jusqu'au 5 janvier",
        "Estoy fuera de la oficina.",
        "부재중 자동 응답",
        "ただいま不在にしております。",
        "Saya sedang cuti.",
        "I am on annual leave until Monday.",
    ],
)
def test_somebody_is_away(words: str) -> None:
    assert says_away(words)


def test_a_parcel_that_was_left_out_is_not() -> None:
    assert not says_away("Your parcel was left out of the rain, and on Monday the office gave it away.")


@pytest.mark.parametrize(
    "subject", ["[Ticket#123] Re: x", "回复：x", "Re[2]: x", "RE : x", "Aw: x", "답장: x", "Bls: x"]
)
def test_a_reply_is_known_by_its_subject(subject: str) -> None:
    assert is_reply(subject)


@pytest.mark.parametrize("subject", ["Regarding x", "[TRACKER] (ABC-1) x", "Reference: 1", "Re x"])
def test_other_subjects_are_not(subject: str) -> None:
    assert not is_reply(subject)
