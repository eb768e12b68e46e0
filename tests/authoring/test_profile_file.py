"""A profile while it is written: answers go in one by one, and everything else stays."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from autofill.authoring.profile_file import ChangedElsewhere, Draft, new_draft, read_draft
from autofill.authoring.questions import Question
from autofill.errors import InvalidFile
from tests.conftest import REPOSITORY

FIRST = REPOSITORY / "profiles" / "01-missing-package.yaml"


def asked(draft: Draft, path: str) -> Question:
    return next(each for each in draft.questions() if each.path == path)


def answered(draft: Draft, **answers: str) -> Draft:
    for path, answer in answers.items():
        draft = draft.with_answer(asked(draft, path.replace("__", ".")), answer)
    return draft


def test_a_new_profile_asks_for_its_topic_first_and_then_only_what_that_needs(tmp_path: Path) -> None:
    draft = new_draft(tmp_path / "new.yaml")
    feedback = answered(draft, topic="feedback", sub_topic="compliment")

    assert draft.questions()[0].path == "topic"
    assert "sub_topic" not in {each.path for each in draft.questions()}
    assert [each.path for each in feedback.questions()][:4] == ["topic", "sub_topic", "person", "place"]
    assert not any(each.path.startswith("item.") for each in feedback.questions())
    assert "person" not in {each.path for each in answered(draft, topic="feedback", sub_topic="suggestion").questions()}


def test_an_optional_address_needs_its_other_parts_once_it_is_begun(tmp_path: Path) -> None:
    draft = answered(new_draft(tmp_path / "new.yaml"), topic="missing-package")
    begun = answered(draft, item__recipient_address__street="88 Elm Street")
    abroad = answered(begun, item__recipient_address__country="DE")

    assert not asked(draft, "item.recipient_address.postal_code").required
    assert asked(begun, "item.recipient_address.postal_code").required
    assert not asked(abroad, "item.recipient_address.postal_code").required
    assert asked(abroad, "item.recipient_address.city").required


def test_a_tracking_number_may_be_left_out(tmp_path: Path) -> None:
    draft = answered(new_draft(tmp_path / "new.yaml"), topic="missing-package")

    assert not asked(draft, "item.tracking_number").required


def test_answers_keep_the_comments_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "first.yaml"
    file.write_text(FIRST.read_text())

    answered(read_draft(file), contact__phone="415 555 0199", item__mailing_date="").save()

    expected = FIRST.read_text().replace("(415) 555-0132 ", "415 555 0199 ").replace("  mailing_date: 2026-10-05\n", "")
    assert file.read_text() == expected


def test_what_a_new_topic_does_not_ask_is_kept_as_a_comment(tmp_path: Path) -> None:
    file = tmp_path / "first.yaml"
    file.write_text(FIRST.read_text())

    draft = answered(read_draft(file), topic="general-question")

    assert "item" not in draft.text.source.data
    assert "sub_topic" not in draft.text.source.data
    assert "# tracking_number: 9400 1112 0255 5830 0010 10" in str(draft.text)
    assert "# sub_topic: not-received" in str(draft.text)
    assert draft.answer(asked(draft, "contact.email")) == "maria.obrien@example.com"


def test_an_edit_made_elsewhere_is_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "first.yaml"
    file.write_text(FIRST.read_text())
    draft = read_draft(file)
    file.write_text(FIRST.read_text().replace("Maria", "Ana"))

    with pytest.raises(ChangedElsewhere):
        answered(draft, subject="Other").save()

    assert file.read_text() == FIRST.read_text().replace("Maria", "Ana")
    assert [*tmp_path.iterdir()] == [file]


def test_of_two_saves_at_once_one_is_refused(tmp_path: Path) -> None:
    """Two pages of the app; neither is told that something was saved that is not in the file."""
    for number in range(20):
        first = answered(new_draft(tmp_path / f"{number}.yaml"), topic="feedback").save()
        drafts, refused = [answered(first, subject="One"), answered(first, subject="Two")], list[Draft]()
        ready = threading.Barrier(2)

        def save(draft: Draft, ready: threading.Barrier = ready, refused: list[Draft] = refused) -> None:
            ready.wait()
            try:
                draft.save()
            except ChangedElsewhere:
                refused.append(draft)

        threads = [threading.Thread(target=save, args=(each,)) for each in drafts]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        (kept,) = [each for each in drafts if each not in refused]
        assert first.path.read_text() == str(kept.text)


def test_a_file_that_came_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    draft = new_draft(tmp_path / "new.yaml")
    (tmp_path / "new.yaml").write_text("form: mine\n")

    with pytest.raises(ChangedElsewhere):
        draft.save()


def test_a_saved_draft_can_be_saved_again(tmp_path: Path) -> None:
    draft = answered(new_draft(tmp_path / "new.yaml"), topic="feedback").save()
    draft = answered(draft, sub_topic="suggestion").save()

    assert str(read_draft(draft.path).text) == draft.path.read_text() == str(draft.text)
    assert draft.path.stat().st_mode & 0o777 == 0o600


def test_a_new_one_can_be_like_an_earlier_one(tmp_path: Path) -> None:
    draft = new_draft(tmp_path / "new.yaml", like=FIRST)

    assert str(draft.text) == FIRST.read_text()
    assert draft.save().check().is_ready


def test_answers_to_a_forms_own_questions_stand_under_its_words(tmp_path: Path) -> None:
    form = tmp_path / "shop.yaml"
    form.write_text(
        """id: shop
title: Shop
url: https://shop.example/contact
pages:
  - controls:
      - {name: Your name, value: "{{ contact.first_name }} {{ contact.last_name }}", required: yes}
      - {name: "Colour: of # the box?", value: "answers.Colour: of # the box?", choices: {red: Red, blue: Blue}}
      - {name: Photo, value: files.Photo}
      - {name: Newsletter, value: answers.Newsletter, kind: checkbox}
      - {name: Visit, value: answers.Visit, date_format: DD/MM/YYYY}
      - {name: Message, value: message, required: yes, limit: 20}
    submit: Send
confirmation: Thank you
"""
    )
    profile = tmp_path / "p.yaml"
    profile.write_text('form: shop\nanswers:\n  "COLOUR: OF # THE  BOX?": red  # mine\n')
    draft = read_draft(profile, str(form))

    kinds = {each.path: each.kind for each in draft.questions()}
    assert kinds == {
        "contact.first_name": "line",
        "contact.last_name": "line",
        "answers.Colour: of # the box?": "choice",
        "files.Photo": "files",
        "answers.Newsletter": "yes-no",
        "answers.Visit": "day",
        "message": "message",
    }
    for path, answer in {"answers.Colour: of # the box?": "blue", "files.Photo": "a/b.png", "message": "Hi"}.items():
        draft = draft.with_answer(asked(draft, path), answer)

    assert draft.text.source.data["answers"] == {"COLOUR: OF # THE  BOX?": "blue", "Photo": {"file": "a/b.png"}}
    assert draft.answer(asked(draft, "answers.Colour: of # the box?")) == "blue"


def test_a_file_that_is_no_strict_yaml_says_so(tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text("contact: a: b\n")

    with pytest.raises(InvalidFile):
        read_draft(file)


def test_several_files_for_a_question_are_a_list_and_no_other_file_is_lost(tmp_path: Path) -> None:
    """One file alone stands under the question; taken away, nothing of it stays."""
    (tmp_path / "form.yaml").write_text(
        "id: form\ntitle: Form\nurl: https://shop.example/\npages:\n  - controls:\n"
        "      - {name: Photo, value: files.Photo}\n      - {name: Papers, value: attachments}\n"
        "      - {name: Message, value: message, required: yes}\n    submit: Send\nconfirmation: Thanks\n"
    )
    (tmp_path / "p.yaml").write_text("message: Hi  # hello\nattachments:\n  - a.pdf\n  - {file: x.png, for: Other}\n")
    draft = read_draft(tmp_path / "p.yaml", str(tmp_path / "form.yaml"))
    asked = {each.path: each for each in draft.questions()}
    photo, papers = asked["files.Photo"], asked["attachments"]

    def given(now: Draft) -> tuple[Any, Any]:
        data = now.text.source.data
        return data.get("attachments"), data.get("answers")

    other = {"file": "x.png", "for": "Other"}
    draft = draft.with_answer(papers, "a.pdf\n b.pdf \n")
    assert given(draft) == (["a.pdf", "b.pdf", other], None)
    one = draft.with_answer(photo, "1.png")
    assert given(one) == (["a.pdf", "b.pdf", other], {"Photo": {"file": "1.png"}})
    two = one.with_answer(photo, "1.png\n2.png")
    assert given(two)[0][3:] == [{"file": "1.png", "for": "Photo"}, {"file": "2.png", "for": "Photo"}]
    assert given(two)[1] is None
    assert two.answer(photo) == "1.png\n2.png"
    assert given(two.with_answer(photo, "")) == given(draft)
    assert given(one.with_answer(photo, "")) == given(draft)
    assert given(two.with_answer(papers, ""))[0] == given(two)[0][2:]
    assert "# hello" in str(two.text)
