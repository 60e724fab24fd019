"""Lists of actors: "Governments, the Bank and relevant organizations", taken apart and trimmed."""

import re

# Nouns that make a phrase an actor; a capitalised name counts as one, too.
HEADS = (
    r"States?|Governments?|countries|[Pp]arties|[Pp]arty|Secretary[- ]General|[Ss]ecretariats?"
    r"|Offices?|Commissioners?"
    r"|Rapporteurs?|[Ee]xperts?|Council|Commissions?|[Cc]ommittees?|Assembly|Forum|Funds?"
    r"|Programmes?|funds|programmes"
    r"|[Oo]rganizations?|[Oo]rganisations?|[Aa]genc(?:y|ies)|[Bb]od(?:y|ies)|[Ee]ntit(?:y|ies)"
    r"|[Ss]takeholders|donors"
    r"|[Pp]artners|[Cc]ommunity|communities|[Ss]ectors?|[Ss]ociety|[Ii]nstitutions?"
    r"|[Mm]echanisms?|[Ss]ystem"
    r"|[Rr]epresentatives?|[Gg]roups?|Missions?|[Cc]hair(?:s|person|man)?|Presidents?"
    r"|Departments?|[Aa]cademia"
    r"|[Mm]edia|business(?:es)?|companies|enterprises|foundations|[Aa]uthorit(?:y|ies)|[Bb]oards?"
    r"|[Hh]olders?"
    r"|[Mm]embers?|[Aa]ctors|Executive|Directors?|Coordinators?|[Tt]eams?|[Pp]rocedures|organs?"
    r"|[Cc]ommissions"
    r"|[Oo]perators|[Cc]entres?|[Bb]ureaux?|Bureau|Facility|[Bb]anks?|Union|Conference|Directorate"
    r"|Ombudsman|Panel"
    r"|Envoys?|Advis[eo]rs?|arrangements|[Nn]etworks?|Special Procedures|universities|parliaments"
    r"|youth|leaders|[Ii]ndividuals"
    r"|[Mm]anagers|[Ss]cientists|[Jj]ournalists|[Ee]mployers|[Cc]ooperatives|[Ll]egislators"
    r"|Ministers?|Focal Point"
    r"|[Tt]roop- and police-contributing countries|Parliament|Court|Tribunals?|Registrar"
    r"|Prosecutor|Taliban|[Tt]ask [Ff]orces?|Forces|[Ss]ponsors"
)
HEAD = re.compile(rf"(?<![\w-])(?:{HEADS})(?![\w-])")
_ACRONYM = re.compile(r"(?<![\w-])[A-Z]{3,}[A-Za-z-]*(?![\w-])")
_NAME = re.compile(r"(?<![\w-])[A-Z][\w’-]+(?:\s(?:of|and|the|for|on|in|[A-Z][\w’-]+))*")
_LEADING = re.compile(
    r"^(?:(?:upon|on|that|for|to|the|all|any|other|those|these|relevant|concerned|its|his|her"
    r"|their|each|every|both|new|"
    r"existing|various|such|appropriate|as well as|as|and|or|also|further|again|in particular"
    r"|particularly|interested"
    r"|competent|respective|remaining|also,|once again|a|an|thoroughly)\s)+",
    re.IGNORECASE,
)
# Where the phrase that names the actors ends.
_INTERPOSED = (
    r"in|as(?! well)|through|including|within|with|while|taking|upon|where|when|bearing|on|by"
    r"|pursuant|from|at|under"
    r"|such|for|inter|mindful|consistent|acting|subject|together|based|especially|particularly"
    r"|notably|and in|to"
    r"|whenever|if|who|which|whose|that|according|using|without|among|building|drawing|having"
    r"|following|given"
    r"|working|recognizing|noting|recalling|during|throughout|beginning|namely|also|after|before"
    r"|until|no later"
)
_INTERPOSED_BETWEEN = re.compile(rf",\s(?:{_INTERPOSED})\s[^,]*,(?=\s)")
_INTERPOSED_LAST = re.compile(rf",\s(?:{_INTERPOSED})\s[^,]*$")
# "in cooperation with ..." may hold a list of its own and reaches to what is asked.
_ACCOMPANIED = re.compile(
    r",?\s(?:(?:and\s)?in (?:close |full |continued |cooperation and )*(?:collaboration"
    r"|cooperation|consultation|coordination"
    r"|partnership|accordance|conformity|line|conjunction|keeping)|working with|together with"
    r"|such as)\b"
    r"(?:(?!,\sas well as\s).)*"
)
_INCLUDING = re.compile(
    r"(?<!,)\sincluding\s(?:its|their)\s[^,]*"
    r"|,?\s(?:including|inter alia|in particular|especially|notably|namely)\b.*?"
    r"(?=,\sas well as\s|,\sand (?:the|other|all|relevant|to)\s|$)"
)
_EXAMPLES = re.compile(r"\s\((?:such as|including|for example|e\.g\.)\b[^)]*\)")
_DESCRIBED = re.compile(
    r"\s(?:who\s\w+s\b|(?:that|who|which)\s(?:have|has|are|is|do|does|may|can|were|had|wish)\b).*?"
    r"(?=,\s(?:and|as well as)\s|$)"
)
_RELATIVE = re.compile(
    r",?\s(?:that|who|which|whose|in a position|concerned|referred to|established|conducting"
    r"|having|with responsib"
    r"|mentioned|listed|engaged|working(?! [Gg]roup| [Pp]art)|participating|contributing to"
    r"|operating|providing|hosting"
    r"|affected by"
    r"|aimed|in view of|regarding|concerning|on (?:its|their)"
    r"|in (?:this|that|these|his|her|its|their|the (?:areas?|fields?|context|framework))"
    r"|including|through|where|when|within|with(?! [Dd]isabilities)|by|from|as|at)\b.*$"
)
_ITEM = re.compile(r",\s(?:and\s|as\swell\sas\s)?|\sand\s|\sas\swell\sas\s|\sor\s")
_PREPOSITION = re.compile(
    r"^(?:in|with|by|through|at|on|for|from|of|as|to|into|under|within|without|while|if|when"
    r"|where|not"
    r"|so|how|what|whether|which|\d)\b"
)
_NAME_FIRST = re.compile(r"^\s?(?:the\s)?[A-Z]")
_SERIES = re.compile(r"\b(?:on|for|of) [A-Z]\S*(?: [A-Z]\S*)*$")
_NAME_GOES_ON = re.compile(r"^[A-Z]\w+(?: and|,)")
_NAME_LAST = re.compile(r"[A-Z][\w’-]*$")
_OBJECT_LAST = re.compile(r"\b(?:for|of|on) [A-Z][\w ’-]*$")
_INTERPOSED_FIRST = re.compile(r"^\s*,?\s*(?:in|within|through|as|by)\s[^,]*,\s")
_LOOSE_WORD = re.compile(r"^(?:relevant|other|all|the)\s|\s(?:and|or|to|in|of|on|for)$")
_DEED = re.compile(
    r"^(?:[a-z]+ )?(?:establishment|strengthening|development|creation|promotion|enhancement"
    r"|adoption|inclusion|use|implementation|expansion)(?: (?:and|or) [a-z]+)? of "
)
# "when designing, implementing and monitoring programmes,"
_WHILE_DOING = re.compile(
    r",\s(?:when|while|in|by)\s\w+ing(?:,\s\w+ing)*,?\sand\s\w+ing\s[^,]*(?=,|$)"
)
_ADJECTIVE = r"[A-Z]\w+(?:al|ic)"
_ADJECTIVE_LAST = re.compile(rf"\b{_ADJECTIVE}$")
_ADJECTIVES_GO_ON = re.compile(rf"^{_ADJECTIVE} and {_ADJECTIVE}\b")
_OBJECT = re.compile(r"\s(?:for|with|in|on|to)\s")


def without_company(phrase: str) -> str:
    """Return who is asked without those with whom it shall be done ("in cooperation with ...")."""
    return _ACCOMPANIED.sub("", phrase)


def actors_in(phrase: str) -> tuple[str, ...]:
    """Return the actors of a list such as "Governments, the Bank and relevant organizations"."""
    return tuple(_actors(phrase))


def names_actor(phrase: str) -> bool:
    """Tell whether a phrase names somebody who can act."""
    return bool(HEAD.search(phrase) or _ACRONYM.search(phrase))


def _actors(phrase: str) -> list[str]:
    """Return the actors of a list, split where each part names one."""
    kept: list[str] = []
    pending = ""
    for part in _parts(_without_interposed(phrase)):
        item = part if part.startswith("the ") else f"{pending}{part}"
        if not names_actor(item) and not _NAME.match(_LEADING.sub("", item)):
            pending = f"{item} and "
            continue
        pending = ""
        actor = _trimmed(item)
        if actor and actor not in kept:
            kept.append(actor)
    return kept


def _parts(phrase: str) -> list[str]:
    """Split a list, but not inside a name such as "Food and Agriculture Organization"."""
    parts, start = [], 0
    for found in _ITEM.finditer(phrase):
        before, after = phrase[start : found.start()], phrase[found.end() :]
        is_inside = _is_name_inside(before, after, joined=found[0])
        if is_inside or not before.strip():
            continue
        parts.append(before.strip())
        start = found.end()
    parts.append(phrase[start:].strip())
    return [part for part in parts if part]


def _is_name_inside(before: str, after: str, *, joined: str) -> bool:
    """Tell whether "and" stands within one name: capitals on both sides and no actor before it."""
    if joined.strip() == ",":
        if _ADJECTIVE_LAST.search(before) and _ADJECTIVES_GO_ON.match(after):
            return True
        tail = before.rsplit(" ", 1)[-1]
        may_be = tail[:1].isupper() and _NAME_GOES_ON.match(after) is not None
        return may_be and _SERIES.search(before) is not None
    if not _NAME_FIRST.match(after) or not _NAME_LAST.search(before):
        return False
    last_word = before.rsplit(" ", 1)[-1]
    if after.startswith("the "):
        return _OBJECT_LAST.search(before) is not None and not names_actor(after)
    return not HEAD.fullmatch(last_word) and not _ACRONYM.fullmatch(last_word)


def _without_interposed(phrase: str) -> str:
    """Return the phrase without ", in cooperation with ...," and "including ..." parts."""
    phrase = _WHILE_DOING.sub("", _EXAMPLES.sub("", phrase))
    shorter = _ACCOMPANIED.sub("", _DESCRIBED.sub("", phrase.rstrip(" ,")))
    shorter = _INCLUDING.sub("", shorter)
    shorter = _INTERPOSED_LAST.sub("", _INTERPOSED_BETWEEN.sub(",", shorter))
    return _INTERPOSED_FIRST.sub("", shorter).strip(" ,")


def _trimmed(item: str) -> str | None:
    """Return the head of a phrase with its defining parts, without articles and clauses."""
    item = _LEADING.sub("", item.strip(" ,"))
    item = _RELATIVE.sub("", item).strip(" ,")
    item = _LOOSE_WORD.sub("", item)
    if not 3 <= len(item) <= 160 or _PREPOSITION.match(item):
        return None
    return None if _is_deed(item) else item


def _is_deed(item: str) -> bool:
    """Tell whether a phrase is what somebody does ("continued support for the Fund"), not who."""
    if _DEED.match(item):
        return True
    head = _OBJECT.split(item, maxsplit=1)[0]
    return head != item and head.islower() and not names_actor(head)
