"""The web app's pages as HTML: one Jinja2 environment for all templates, in the language in use.

Decides nothing; whatever comes from a recording is escaped here, once for all.
"""

from __future__ import annotations

from functools import cache

import jinja2
from starlette.responses import HTMLResponse, Response

from autofill import __version__, language
from autofill.cases.model.case_messages import next_words, status_words
from autofill.cases.model.deadlines import deadline_book
from autofill.clock import case_now, day_in_words, day_of_week, in_local, in_utc
from autofill.forms.catalog import form_title
from autofill.organisations.model import Office
from autofill.organisations.opening import opening_of
from autofill.shell import as_typed
from autofill.web.labels import case_label, event_words, stance_in_words


@cache
def templates() -> jinja2.Environment:
    """All templates, with what they call."""
    folders = [jinja2.PackageLoader("autofill.web"), jinja2.PackageLoader("autofill.evidence.keeping")]
    made = jinja2.Environment(
        loader=jinja2.ChoiceLoader(folders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.globals |= {
        "_": lambda text: as_typed(language._(text)),
        "gettext": language._,
        "ngettext": language.plural,
        "spoken": language.spoken,
        "version": __version__,
    }
    made.filters |= {"utc": in_utc, "local": in_local, "day": day_in_words, "day_of_week": day_of_week}
    made.filters |= {"case_label": case_label, "event_words": event_words, "form_title": form_title}
    made.filters |= {"bytes": _in_bytes, "stance": stance_in_words, "status": status_words, "typed": as_typed}
    made.filters["opening"] = _opening
    made.filters["next"] = lambda case_status: as_typed(next_words(case_status, day_in_words))
    return made


def page(template: str, *, root: str, status: int = 200, **what: object) -> Response:
    """A page of the app at `root`; half a character, which UTF-8 cannot write, becomes a question mark."""
    html = templates().get_template(template).render(what, root=root)
    return HTMLResponse(html.encode(errors="replace"), status)


def asset(template: str, media_type: str) -> Response:
    """The style sheet of all pages, or their one script, which they work without."""
    return Response(templates().get_template(template).render(), media_type=media_type)


def _opening(office: Office, form: str) -> str:
    """Whether an office of a form's organisation is open now, in words; empty if its hours are not known."""
    opening = opening_of(office, case_now(), deadline_book().of(form).calendar.is_off)
    return opening.words if opening else ""


def _in_bytes(size: int) -> str:
    """A size for people, in the units that file managers use."""
    exponent = min(3, (len(str(size)) - 1) // 3)
    unit = ("B", "kB", "MB", "GB")[exponent]
    return f"{size} B" if exponent == 0 else f"{size / 1000**exponent:.1f} {unit}"
