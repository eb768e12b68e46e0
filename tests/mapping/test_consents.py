"""Sentences by which one agrees: an answer ticks what it is about; no newsletter, and nothing that is about more."""

from __future__ import annotations

from typing import Final

import pytest

from autofill.mapping.match import match
from autofill.mapping.questions import Given, Question

PRIVACY: Final = (
    "Ich habe die Datenschutzerklärung gelesen und stimme der Verarbeitung meiner Daten zu.",
    "Die Datenschutzerklärung habe ich zur Kenntnis genommen.",
    "Ich bin damit einverstanden, dass meine Daten zur Bearbeitung meiner Anfrage gespeichert werden.",
    "Li e aceito a política de privacidade",
    "Concordo com o tratamento dos meus dados pessoais",
    "J’ai lu et j’accepte la politique de confidentialité",
    "En soumettant ce formulaire, j’accepte que mes données soient utilisées pour traiter ma demande",
    "개인정보 수집 및 이용에 동의합니다",
    "개인정보 처리방침을 읽었으며 이에 동의합니다",
    "I have read the privacy policy and agree to it",
    "He leído y acepto la política de privacidad",
    "Saya telah membaca dan menyetujui kebijakan privasi",
)
TRUTH: Final = (
    "Ich bestätige, dass meine Angaben wahr sind", "Je certifie que les informations sont exactes",
    "위 내용이 사실임을 확인합니다", "Declaro que los datos son correctos", "Saya menyatakan bahwa informasi ini benar",
)  # fmt: skip
NEWSLETTER: Final = (
    "마케팅 정보 수신에 동의합니다", "I agree to receive news and offers", "Aceito receber novidades por e-mail",
    "Ich bin mit Werbung per E-Mail einverstanden", "J’accepte de recevoir des offres",
)  # fmt: skip
SEVERAL: Final = (
    "I agree to the terms and to receive marketing e-mails",
    "Ich akzeptiere die AGB und möchte den Newsletter abonnieren",
    "J’accepte les conditions générales et de recevoir des offres commerciales",
    "개인정보 수집 및 제3자 제공에 동의합니다",
)


def ticks(said: str, asked: str) -> bool:
    (answered,) = match([Question(asked, "yes/no", required=True)], [Given(said, "yes")]).questions
    return answered.value is not None


@pytest.mark.parametrize(
    "said", ["Privacy policy", "Datenschutzerklärung gelesen", "개인정보 동의", "Terms and privacy"]
)
@pytest.mark.parametrize("asked", PRIVACY)
def test_who_agreed_to_it_agrees_in_any_words(said: str, asked: str) -> None:
    assert ticks(said, asked)


@pytest.mark.parametrize("asked", TRUTH)
def test_who_certifies_certifies_in_any_words(asked: str) -> None:
    assert ticks("certify_true", asked)
    assert not ticks("Privacy policy", asked)


@pytest.mark.parametrize("asked", [*NEWSLETTER, *SEVERAL])
def test_a_newsletter_or_one_thing_more_is_not_agreed_to(asked: str) -> None:
    said = ("I agree", "Consent", "Privacy policy", "Einverstanden", "certify_true", "No newsletter, please", "AGB")
    assert [each for each in said if ticks(each, asked)] == []


def test_of_two_sentences_each_takes_its_own_answer() -> None:
    asked = [Question(words, "yes/no") for words in ("I accept the terms of use", *PRIVACY[:1], *NEWSLETTER[:1])]
    found = match(asked, [Given("Privacy", "yes"), Given("Terms and conditions", "yes")]).questions
    assert [each.answer.words if each.answer else "" for each in found] == ["Terms and conditions", "Privacy", ""]


def test_an_answer_in_the_very_words_is_one_whatever_they_are_about() -> None:
    assert ticks(SEVERAL[0], SEVERAL[0])
