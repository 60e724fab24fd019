"""The words of a reply to one of our mails: without what it quotes, and for which item they are."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

# How mail programs announce what they quote, in the languages of the house. The sentence may run
# over two lines; a block of header lines is announced by its first.
_WROTE = re.compile(
    r"^(?:On|El|Le|Em|No dia)\b.{4,250}?\b(?:wrote|escribió|a écrit|escreveu)\s?:$", re.DOTALL
)
_ORIGINAL = re.compile(
    r"^-{2,}\s*(?:Original Message|Forwarded message|Mensaje original|Message d[’']origine|"
    r"Message original|Mensagem original)\s*-{2,}$",
    re.IGNORECASE,
)
_SENDER_LINE = re.compile(r"^\*?(?:From|De)\s?:\*?\s?\S")
_DATE_LINE = re.compile(r"^\*?(?:Sent|Date|Enviado|Fecha|Envoyé|Enviada|Enviado em|Data)\b.{0,10}:")
_LINE = re.compile(r"^_{8,}$")
_SIGNATURE = re.compile(
    r"^(?:-- ?|Sent from my .+|Get Outlook for .+|Enviado desde mi .+|Obtener Outlook para .+|"
    r"Envoyé de mon .+|Télécharger Outlook .+|Enviado do meu .+|Obter o Outlook para .+)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ReplyLine:
    """One line of a reply; ``is_quoted`` tells that it repeats our mail."""

    words: str
    is_quoted: bool


def reply_lines(text: str) -> tuple[ReplyLine, ...]:
    """Return the lines of a plain text reply, each marked as the person's own or as quoted.

    What follows the announcement of a quotation is quoted to the end, even where the program put
    no ">" before it; a signature ends the person's own words before that.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    marked = []
    is_quotation, is_signature = False, False
    for number, line in enumerate(lines):
        words = line.strip()
        if words.startswith(">"):
            is_signature = False
            marked.append(ReplyLine(words.lstrip("> "), is_quoted=True))
            continue
        is_quotation = is_quotation or _announces(lines, number)
        is_signature = is_signature or bool(_SIGNATURE.match(line.rstrip() or words))
        if is_signature and not is_quotation:
            continue
        marked.append(ReplyLine(words, is_quoted=is_quotation))
    return tuple(marked)


def words_by_item(text: str, items: Mapping[int, Sequence[str]]) -> dict[int, str]:
    """Return what a reply says, by item; the key of what can be told of none is 0.

    ``items`` gives by key the ways in which an item is cited ("41(IX), para. 4(e)"). Words below a
    quoted citation, or below or behind one that the person wrote, are for that item; where the mail
    was about one item, all words are for it.
    """
    only = next(iter(items)) if len(items) == 1 else 0
    said: dict[int, list[str]] = {}
    item = only
    for line in reply_lines(text):
        cited, rest = _cited(line.words, items)
        if line.is_quoted:
            item = cited or item
            continue
        if cited:
            item = cited
        said.setdefault(item, []).append(rest if cited else line.words)
    texts = {key: _joined(lines) for key, lines in said.items()}
    return {key: words for key, words in texts.items() if words}


def _announces(lines: Sequence[str], number: int) -> bool:
    """Tell whether a line begins what a mail program says before it quotes."""
    words = lines[number].strip()
    if not words:
        return False
    following = [line.strip() for line in lines[number + 1 : number + 4]]
    if _ORIGINAL.match(words) or _LINE.match(words):
        return True
    if _SENDER_LINE.match(words) and any(_DATE_LINE.match(line) for line in following):
        return True
    return any(_WROTE.match(sentence) for sentence in _sentences(words, following))


def _sentences(words: str, following: Sequence[str]) -> Iterator[str]:
    yield words
    yield " ".join([words, *following[:1]])
    yield " ".join([words, *following[:2]])


def _cited(line: str, items: Mapping[int, Sequence[str]]) -> tuple[int, str]:
    """Return the item that a line cites, 0 for none, and what the line says behind the citation.

    The longest citation wins: "para. 4(e)" is not "para. 4".
    """
    found = max(
        (
            (match.end() - match.start(), key, match)
            for key, citations in items.items()
            for citation in citations
            if (match := _pattern(citation).search(line)) is not None
        ),
        key=lambda candidate: candidate[0],
        default=None,
    )
    if found is None:
        return 0, line
    _length, key, match = found
    return key, line[match.end() :].lstrip(" :.–—-")


def _pattern(citation: str) -> re.Pattern[str]:
    """Return what finds a citation, whatever its spaces and capitals, but not in a longer one."""
    signs = [re.escape(sign) for sign in citation if not sign.isspace()]
    return re.compile(r"\s*".join(signs) + r"(?![\w(])", re.IGNORECASE)


def _joined(lines: Sequence[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
