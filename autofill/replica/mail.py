"""The mails the desk sends.

Where they go is not decided here: nothing leaves this machine.
"""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid

from autofill.replica import catalog
from autofill.replica.fields import Answers

_DOMAIN = "replica.example"
_TEXT = """\
Dear {first_name} {last_name},

Thank you for contacting us. We have received your inquiry.

    Service Request Number: {number}
    Topic: {topic}

Please keep this number and give it whenever you write or call about this matter.
You can expect our answer by {reply_by} within 1 to 3 business days.

USPS Customer Support (practice)
This mail was written by a practice replica. Nothing was sent to the Postal Service.
"""


def confirmation_mail(number: str, answers: Answers, sent_at: datetime) -> EmailMessage:
    """Write the mail that confirms an accepted inquiry.

    Args:
        number: The service request number.
        answers: The accepted answers.
        sent_at: The time for the Date header, with a time zone.

    Returns:
        A mail whose bytes are ASCII, whatever letters the answers use.
    """
    mail = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    mail["From"] = f"USPS Customer Support (practice) <support@{_DOMAIN}>"
    mail["To"] = answers["email"]
    mail["Subject"] = f"Your Service Request Number is {number}"
    mail["Date"] = format_datetime(sent_at)
    mail["Message-ID"] = make_msgid(domain=_DOMAIN)
    mail["X-Service-Request"] = number
    mail.set_content(
        _TEXT.format(
            first_name=answers["first_name"],
            last_name=answers["last_name"],
            number=number,
            topic=catalog.TOPICS[answers["topic"]],
            reply_by=catalog.REPLY_BY[answers["reply_by"]].lower(),
        )
    )
    return mail
