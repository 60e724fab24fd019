"""The sentences of mails as they are said: in our words, or in those that a house gives itself."""

import logging
import re
from collections.abc import Mapping

from jinja2 import Template, TemplateError, nodes

from tracker.domain.errors import Invalid
from tracker.i18n import catalogue
from tracker.mail.wordings import VOCABULARY, WORDINGS, Plural, Wording
from tracker.sandbox import as_source, compiled, parsed

logger = logging.getLogger(__name__)

_TRIED: tuple[Mapping[str, object], ...] = tuple(
    {**dict.fromkeys(VOCABULARY, "x"), "num": num} for num in (1, 2)
)
_LINK_TRIED = "https://tracker.example.org/link"


class Sayings:
    """What the sentences of mails say in one language: a house's own words where it has some."""

    def __init__(self, language: str, own: Mapping[str, str]) -> None:
        self._language = language
        self._own = own

    def say(self, key: str, **values: object) -> str:
        """Return a sentence with its values; where an own text cannot be written, in our words."""
        wording = WORDINGS[key]
        if (source := self._own.get(key)) is not None:
            try:
                text = _tidy(wording, compiled(source, wording.names).render(values))
            except (Invalid, TemplateError):
                logger.exception("the text %s in %s cannot be written", key, self._language)
            else:
                if all(_stands_alone(str(values[name]), text) for name in wording.needed):
                    return text
                logger.error("the text %s in %s loses its link", key, self._language)
        return _tidy(wording, _default(wording, self._language, values))


def _tidy(wording: Wording, text: str) -> str:
    return text.strip() if wording.is_long else " ".join(text.split())


def _stands_alone(link: str, text: str) -> bool:
    """Tell whether mail programs find the whole link in a text, and nothing besides."""
    return re.search(rf"(?<![^\s<]){re.escape(link)}(?![^\s>])", text) is not None


def default_source(key: str, language: str) -> str:
    """Return our words for a sentence as a house would write them: ``{{ name }}`` for names."""
    wording, words = WORDINGS[key], catalogue(language)
    if not isinstance(wording.default, Plural):
        return as_source(words.gettext(wording.default) if wording.default else "").strip()
    one, many = (as_source(words.ngettext(*wording.default, number)) for number in (1, 2))
    # French counts nothing as one.
    first = words.ngettext(*wording.default, 0) == words.ngettext(*wording.default, 1)
    return f"{{% if num {'< 2' if first else '== 1'} %}}{one}{{% else %}}{many}{{% endif %}}"


def check_source(key: str, source: str) -> None:
    """Refuse, with the line and what is wrong, a text that cannot be written or leaves out much."""
    wording = WORDINGS[key]
    if not source.strip() and not wording.may_be_empty:
        raise Invalid("Enter a text, or restore the words that stood there at first.", field="text")
    if len(source) > wording.longest:
        raise Invalid(
            "The text has %(length)s characters; at most %(limit)s are kept. Shorten it.",
            field="text",
            length=len(source),
            limit=wording.longest,
        )
    template = compiled(source, wording.names)
    for name in wording.needed:
        _check_link(name, source, template)
    if not wording.may_be_empty and not all(template.render(each).strip() for each in _TRIED):
        raise Invalid(
            "With some values nothing is left of the text. Give each condition words.",
            field="text",
        )


def _check_link(name: str, source: str, template: Template) -> None:
    """Refuse a text in which the link may be lost: left out, changed, or under a condition."""
    written = {"name": f"{{{{ {name} }}}}"}
    tree = parsed(source)
    if not any(node.name == name for node in tree.find_all(nodes.Name)):
        raise Invalid(
            "The text leaves out %(name)s, without which the mail is of no use. Put it in.",
            field="text",
            **written,
        )
    shown = [
        part for output in tree.body if isinstance(output, nodes.Output) for part in output.nodes
    ]
    if not any(isinstance(part, nodes.Name) and part.name == name for part in shown):
        raise Invalid(
            "In this text %(name)s could be lost or changed. Put it outside of each {%% if %%}, "
            "and nothing but the name between the braces.",
            field="text",
            **written,
        )
    if not _stands_alone(_LINK_TRIED, template.render({**_TRIED[0], name: _LINK_TRIED})):
        raise Invalid(
            "Let %(name)s stand by itself, with a space or a new line before and after it, so that "
            "mail programs find the whole link.",
            field="text",
            **written,
        )


def _default(wording: Wording, language: str, values: Mapping[str, object]) -> str:
    words = catalogue(language)
    if isinstance(wording.default, Plural):
        return words.ngettext(*wording.default, int(str(values["num"]))) % values
    return words.gettext(wording.default) % values if wording.default else ""
