"""The texts of mails: subject, plain text and HTML of one occasion in one language."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import css_inline
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from tracker.i18n import catalogue
from tracker.mail.sayings import Sayings

TEMPLATES = Path(__file__).resolve().parent.parent.parent / "templates" / "mail"


@dataclass(frozen=True, slots=True)
class MailText:
    """What a mail says; ``html`` is None where plain text is all there is."""

    subject: str
    plain: str
    html: str | None


def write_text(
    occasion: str,
    language: str,
    facts: Mapping[str, object],
    *,
    own_texts: Mapping[str, str] | None = None,
) -> MailText:
    """Return the mail of ``occasion``, a folder of templates/mail, in ``language``.

    ``own_texts`` are the sentences that the house words itself, by the keys of ``WORDINGS``.
    """
    words = _environment(language)
    shown = {**facts, "language": language, "say": Sayings(language, own_texts or {}).say}
    subject = words.get_template(f"{occasion}/subject.txt").render(shown)
    plain = words.get_template(f"{occasion}/plain.txt").render(shown)
    html = words.get_template(f"{occasion}/page.html").render(shown, subject=subject)
    return MailText(" ".join(subject.split()), f"{plain.strip()}\n", _inliner().inline(html))


@cache
def _environment(language: str) -> Environment:
    words = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    messages = catalogue(language)
    # The extension adds this method to the environment when it is made.
    words.install_gettext_callables(  # type: ignore[attr-defined]
        messages.gettext, messages.ngettext, newstyle=True
    )
    return words


@cache
def _inliner() -> css_inline.CSSInliner:
    # Mail programs read styles on elements; the rules for phones and the dark stay in the head.
    return css_inline.CSSInliner(
        keep_style_tags=False, keep_at_rules=True, load_remote_stylesheets=False
    )
