"""When, how often and whether a report: the words of Spanish, French and Portuguese clauses."""

import re
from dataclasses import dataclass
from types import MappingProxyType

from tracker.domain.mandates import Periodicity
from tracker.reading.frontmatter import MONTHS

_MONTH = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})"
_YEAR = r"(?:19|20)\d{2}"
_ES_DATE = rf"(?:(?:el\s)?(?:\d{{1,2}}º?\sde\s|mes\sde\s)?{_MONTH}\sde\s)?{_YEAR}"
_FR_DATE = rf"(?:(?:le\s)?(?:\d{{1,2}}|1er)\s{_MONTH}\s|{_MONTH}\s)?{_YEAR}"
_ES_SESSION = (
    r"(?:(?:cada\suno\sde\s)?(?:sus?|el|los)\s|cada\s)(?:[a-záéíóúº\d]+\s){0,4}?per[ií]odos?\s"
    r"(?:ordinarios?\s|extraordinario\s)?de\ssesiones(?:\sordinarios?)?"
    rf"(?:\sde\s(?:la\s)?{_YEAR}|(?:\s\d{{1,3}}[ºo°](?:\sy)?)+)?(?:\sde\sla\s[A-Z]\w+)?"
)
_FR_SESSION = (
    r"(?:chacune\sde\s)?(?:s[ae]s?|la|leurs?|une)\s(?:[\w\-’]+\s){0,4}?sessions?"
    rf"(?:\s(?:ordinaires?|extraordinaires?|annuelles?|de\sfond|de\s{_YEAR}))*(?:\sde\sl[a’]\s?[A-Z]\w+)?"
)
_PT_SESSION = (
    r"(?i:(?:cada\s)?(?:n?[ao]s?\s)?(?:suas?\s|seus?\s)?"
    r"(?:(?!(?:d[aeo]s?|que|e|para|por)\s)[\wº]+\s){0,4}?"
    r"(?:sess(?:ão|ões)|per[ií]odos?\s(?:(?:extra)?ordinários?\s)?de\ssess(?:ões|ão))"
    r"(?:\s(?:extra)?ordinári[ao]s?)?)(?:\sd[ao]\s[A-Z]\w+)?"
)
_COUNT = r"(?:\w+\s)?(?:años?|mes(?:es)?|días|semanas|semestres?)"
_FR_COUNT = r"(?:\w+\s)?(?:ans?|mois|jours|semaines|années?)"


@dataclass(frozen=True, slots=True)
class _Times:
    """One language: occasions, what recurs, what is done once, reports, and dates of the past."""

    dated: re.Pattern[str]
    recurring: re.Pattern[str]
    finished: re.Pattern[str]
    report: re.Pattern[str]
    past: re.Pattern[str]
    lasting: re.Pattern[str]


_SPANISH = _Times(
    dated=re.compile(
        rf"""\b(?:
          (?:a\smás\stardar\s)?(?:en|durante|ante|para|antes\sde)\s(?:la\s
            (?:primera\s)?(?:parte\s\w+|continuación)\sde\s)?{_ES_SESSION}
        | (?:en\sel\s(?:curso|transcurso)\sdel?|a\slo\slargo\sde)\s{_YEAR}
        | en\ssus?\sinformes?\s(?:anual(?:es)?|bienal(?:es)?|periódicos?)
        | (?:del|en\sel)\sprograma\sprovisional\sde\s{_ES_SESSION}
        | a\smás\stardar\s(?:(?:a|para)\s(?:fines|finales|mediados)\sde\s|en\s)?{_ES_DATE}
        | antes\sdel?\s(?:(?:fin(?:es|al|ales)?|término)\sdel?\s)?{_ES_DATE}
        | (?:hasta|desde|a\spartir\sdel?)\s{_ES_DATE}
        | para\s(?:fines\sde\s)?{_ES_DATE}
        | (?:en|dentro\sde)\s(?:un|el)\splazo\s(?:de|no\ssuperior\sa|máximo\sde)\s\w+\s(?:días
          |meses|semanas|años)
        | dentro\sde\slos\s\w+\s(?:días|meses)(?:\ssiguientes)?
        | (?:en|durante)\sel\s(?:primer|segundo|tercer|cuarto|último)\s(?:semestre|trimestre
          |bimestre)\sde\s{_YEAR}
        | (?:al\smenos\s)?(?:una|dos)\s(?:vez|veces)\s(?:al\saño|por\saño|por\ssemana
          |cada\s{_COUNT})
        | cada\s{_COUNT} | todos\slos\saños | (?:anual|bienal|trimestral|semestral|mensual)mente
        | con\s(?:una\s)?(?:periodicidad\s\w+|carácter\s\w*(?:anual|bienal|mestral))
          | antes\sde\scada\s\w+
        | en\s(?:el\scontexto\sde\s)?(?:su|el|del)\spróximo\sinforme(?:\ssobre\s[^,;.]{{3,40}})?
        | en\sel\scontexto\sdel\spróximo\sinforme(?:\ssobre\s[^,;.]{{3,40}})?
        | en\s{_YEAR}(?=[,;.\s]|$)
        )""",
        re.VERBOSE,
    ),
    recurring=re.compile(
        r"\b(?:anual(?:es|mente)?|bienal(?:es|mente)?|trimestral(?:mente)?|semestral(?:mente)?"
        r"|mensual(?:mente)?"
        rf"|cada\s{_COUNT}|todos\slos\saños|cada\suno\sde\ssus\sperí|(?:una|dos)\s(?:vez"
        rf"|veces)\s(?:al|por|cada)"
        r"|periódic(?:o|a|os|as|amente)|antes\sde\scada\s\w+|cada\s(?:\w+\s)?período)\b"
    ),
    finished=re.compile(
        r"^(?:(?:le|lo|la|los|las|se|también|además)\s)*(?:present[ea]|elabor[ea]|convo(?:que|car)"
        r"|organi[cz]e|designe|establezca|establecer"
        r"|prepar[ea]|publique|nombre|transmita|levante|celebre|incluya|incluir|apruebe"
        r"|ratifi(?:que|car)|someta|envíe|revise"
        r"|realice un|inicie|cree|constituya|distribuya|señale|examine la posibilidad|concluya"
        r"|financien su|reabra|informe|visite|inscriba|ponga fin|adhiera"
        r"|particip\w+ en (?:el|la) (?:taller|conferencia|reunión))[nrs]?\b"
    ),
    report=re.compile(
        r"\b(?:informe[ns]?|informar)\b(?!\sde\sla\s)[^;]{0,60}?\b(?:al?|a\sla|al\srespecto|sobre"
        r"|acerca|anualmente|cada|por)\b"
        r"|\b(?:present|somet|rind|proporcion|transmit)[a-záéíóú]+\b[^;]{0,180}?"
        r"\b(?:informes?|examen|estudio|inventario|plan|propuestas?|análisis|actualizaci\w+"
        r"|recomendaciones|evaluación)\b"
        r"|\b(?:prepar|elabor)[a-záéíóú]+\b[^;]{0,120}?\b(?:informes?|examen|estudio)\b"
        r"|\brind\w+\scuentas\s(?:al?|ante)\s"
        r"|\bmante[nrg]\w+\s(?:\w+\s)?informad|\blo\s(?:mantenga\s)?inform|\bexposici\w+\s(?:oral"
        r"|informativa)"
    ),
    past=re.compile(
        r"(?:aprobad|celebrad|firmad|presentad|establecid|adoptad|convocad|contenid"
        r"|(?<!presente\s)(?<!esta\s)resoluci|decisi|informe\sde\s(?!la\spresente)"
        r"|prorrogad|publicad|Conferencia|Cumbre|Declaración)[^,;]{0,50}$"
    ),
    lasting=re.compile(r"^(?:hasta|desde|a partir)"),
)
_FRENCH = _Times(
    dated=re.compile(
        rf"""(?<![\w’])(?:
          (?:à|avant|durant|pendant|lors\sde|pour|au\scours\sde)\s(?:la\s(?:première\s)?partie\s
            (?:principale\s)?de\s|la\sreprise\sde\s)?{_FR_SESSION}
        | dans\sle\scourant\sde\s{_YEAR} | au\scours\sde\s{_YEAR}
        | dans\ss(?:on|es)\srapports?\s(?:annuels?|biennal|périodiques?)
        | (?:à|de)\sl’ordre\sdu\sjour\sprovisoire\sde\s{_FR_SESSION}
        | (?:avant\s)?le\s(?:\d{{1,2}}|1er)\s{_MONTH}\s{_YEAR}\sau\splus\stard
        | au\splus\stard\s(?:à\sla\sfin\sde\s|en\s|à\s{_FR_SESSION}|{_FR_DATE})(?:{_FR_DATE})?
        | (?:d’ici\sà|d’ici|avant)\s(?:la\sfin\s(?:de\s(?:l’année\s)?)?|fin\s)?{_FR_DATE}
        | (?:jusqu’au|jusqu’à\sla\sfin\sde|jusqu’en|à\scompter\sd[ue]|à\spartir\sd[ue]
          |dès)\s{_FR_DATE.replace("(?:le", "(?:(?:le)?")}
        | dans\s(?:un|le)\sdélai\s(?:de|maximum\sde)\s\w+\s(?:jours|mois|semaines|ans)
        | dans\sles\s\w+\s(?:jours|mois)(?:\squi\ssuivent)?
        | au\s(?:cours\sdu\s)?(?:premier|deuxième|second|troisième|quatrième|dernier)\s
          (?:semestre|trimestre)\sde\s{_YEAR}
        | (?:au\smoins\s)?(?:une|deux)\sfois\s(?:par\s(?:an|mois|semaine)|tous\sles\s{_FR_COUNT})
        | puis\stous\sles\s{_FR_COUNT} | tou(?:s|tes)\sles\s{_FR_COUNT} | chaque\s(?:année
          |mois) | annuellement
        | dans\s(?:le\scadre\sde\s)?(?:son|le)\sprochain\srapport(?:\ssur\s[^,;.]{{3,40}})?
        | en\s{_YEAR}(?=[,;.\s]|$)
        )""",
        re.VERBOSE,
    ),
    recurring=re.compile(
        rf"\b(?:annuel(?:s|le|les|lement)?|biennal|biennaux|trimestriel\w*|semestriel\w*"
        rf"|mensuel\w*|tou(?:s|tes)\sles\s{_FR_COUNT}"
        r"|chaque\s(?:année|mois|session)|chacune\sde\sses|(?:une|deux)\sfois\s(?:par|tous)"
        r"|périodique(?:s|ment)?)\b"
    ),
    finished=re.compile(
        r"^(?:l(?:e|a|es|ui|’)\s?|y\s|en\s|se\s)*(?:présenter|établir|élaborer|convoquer|organiser"
        r"|désign(?:er|ent)|publi(?:er|ent)"
        r"|dresser|soumettre|transmettre|nommer|inscrire|ratifier|adhérer|faire rapport"
        r"|rendre compte|porter la présente|créer|rouvr\w+|tenir une"
        r"|envoyer|réviser|engager une|financer leur"
        r"|rendre(?=,|\s(?:à|au|dans))|faire de même|mis fin|participer à l’atelier"
        r"|participer à la (?:conférence|réunion))\b"
    ),
    report=re.compile(
        r"\b(?:fai(?:re|t)\srapport|rend(?:re|e|ra)\s(?:\w+\s)?compte|tenir\s(?:\w+\s){0,2}informé"
        r"|l’informer|informer\sl|faire\sle\spoint\sde)\b"
        r"|\bdans\s(?:son|leur|ses|leurs)\s(?:\w+\s)?rapports?\b"
        r"|\b(?:présent|établi|soum|élabor|fourn|transm|remet)\w*\b[^;]{0,180}?"
        r"\b(?:rapports?|examen|étude|inventaire|plan|propositions?|analyse|bilan|recommandations"
        r"|évaluation|mise\sà\sjour)\b"
        r"|\bexposés?\s(?:oral|oraux)"
    ),
    past=re.compile(
        r"(?:adopté|tenue?|signé|présenté|établi|lancé|convoqué|(?<!présente\s)résolution|décision"
        r"|prorogé|publié"
        r"|Conférence|Sommet|Déclaration|exercice)[^,;]{0,50}$"
    ),
    lasting=re.compile(r"^(?:jusqu|à compter|à partir|dès)"),
)
_PORTUGUESE = _Times(
    dated=re.compile(
        rf"""\b(?:
          (?:em|na|no|nas|nos|antes\sd[ao]|para|durante|a(?=\scada))\s
            (?:agenda\sprovisória\sd[aeo]\s)?{_PT_SESSION}
        | (?:até|antes\sd[eo]|a\spartir\sd[eo]|desde|o\smais\stardar\s(?:em|até|no))\s
          (?:[ao]o?\s)?(?:(?:fim|final|fins|meados)\sd[eo]\s)?{_ES_DATE}
        | (?:de\sdois\sem\sdois|a\scada\s\w+|todos\sos)\s(?:anos|meses|dias)
        | a\scada\s(?:ano|mês)
        | (?:anual|bienal|semestral|trimestral|mensal)mente
        | (?:pelo\smenos\s)?(?:uma|duas)\svez(?:es)?\s(?:por|ao|a\scada)
          \s(?:\w+\s)?(?:anos?|mês|meses)
        | n?o\s(?:primeiro|segundo|terceiro|quarto|último)\s(?:semestre|trimestre)\sde\s{_YEAR}
        | em\s(?:seu|seus|o)\s(?:próximo\s)?relatórios?(?:\sanua(?:l|is))?
        | n[oa]\s(?:decorrer|curso)\sde\s{_YEAR}
        | no\sprazo\sde\s(?:\w+\s)?\w+\s(?:dias|meses|anos) | em\s{_YEAR}(?=[,;.\s]|$)
        )""",
        re.VERBOSE,
    ),
    recurring=re.compile(
        r"\b(?:(?:anual|bienal|semestral|trimestral|mensal)(?:mente)?|(?:anu|bien|trimestr|mens)ais"
        r"|de\sdois\sem\sdois\sanos|a\scada\s\w+|todos\sos\sanos"
        r"|(?:uma|duas)\svez(?:es)?\s(?:por|ao|a\scada)"
        r"|periódic\w+)\b"
    ),
    finished=re.compile(
        r"^(?:(?:lhe|se|o|a)\s)*(?:apresent[ea]|elabor[ea]|digitaliz|publicar|convoque|organi[sz]"
        r"|design[ea]|estabeleça|prepare|publique|levant|ratifi|aderi|envi[ea]|submet|nome[aeio]|cri[ae]"
        r"|convocar|notifi|defin[ai]|realiz[ea]r?\sum|inclua|transmita|inform[ea]|isent)\w*\b"
    ),
    report=re.compile(
        r"\binform(?:e|em|ar)\b[^;]{0,120}?\b(?:sobre|à|ao|anualmente|a\scada|a\seste\srespeito)"
        r"|\b(?:apresent|submet|transmit|forneç|fornec)\w*\b[^;]{0,160}?\b(?:relatórios?|estudo|plano"
        r"|análise|inventário|propostas?|atualizaç(?:ão|ões)|avaliação|balanço|recomendações)\b"
        r"|\bmant(?:enh|er|iver)\w*\b[^;]{0,60}?\binformad|\bprest\w+\scontas\b"
        r"|\binclu\w+\b[^;]{0,120}?\b(?:em|no)\s(?:seus?|o|próximo)\s(?:\w+\s)?relatórios?\b"
        r"|\b(?:prepar|elabor)\w*\b[^;]{0,120}?\b(?:relatórios?|estudo)\b"
    ),
    past=re.compile(
        r"(?:adotad|aprovad|realizad|celebrad|assinad|apresentad|estabelecid|convocad|contid|publicad"
        r"|(?<!presente\s)(?<!esta\s)resoluç|decisão|Conferência|Cúpula|Declaração)[^,;]{0,50}$"
    ),
    lasting=re.compile(r"^(?:a partir|desde)"),
)
# What leads to the task: "a que, en consulta con los Gobiernos, establezca", "de", "qu’elles"
_LEADING = re.compile(
    r"^(?:(?:a|para|pour|à|de|d’|en)\s?)?(?:que\b|qu’(?:elles?|ils?|il soit|on)?\s?|de\s|d’|a\s"
    r"|:)?\s?(?:se\s)?(?:,[^,]*,\s)?"
    r"(?:de\s|d’|a\s)?",
)
_TIMES = MappingProxyType({"es": _SPANISH, "fr": _FRENCH, "pt": _PORTUGUESE})


def occasion_in(texts: list[str], language: str) -> str | None:
    """Return the words that say when, of several those of the report, else the first."""
    times = _TIMES[language]
    found = [
        (match[0].strip(" ,"), asks_for_report_in(text[max(0, match.start() - 160) :], language))
        for text in texts
        for match in times.dated.finditer(text)
        if not times.past.search(text[max(0, match.start() - 70) : match.start()])
    ]
    reported = [words for words, is_report in found if is_report]
    chosen = reported or [words for words, _ in found]
    return chosen[0] if chosen else None


def asks_for_report_in(text: str, language: str) -> bool:
    """Tell whether a report, study, review or the like is asked for."""
    return _TIMES[language].report.search(text) is not None


def periodicity_in(
    asked: str, tasks: list[str], occasion: str | None, language: str
) -> tuple[Periodicity, str]:
    """Return how often what is asked has to be done, with the words that show it.

    ``tasks`` are the words that follow upon who is asked: "que presente un informe".
    """
    times = _TIMES[language]
    recurring = times.recurring.search(occasion or "") or times.recurring.search(asked)
    if recurring:
        return Periodicity.RECURRING, recurring[0]
    if occasion and not times.lasting.match(occasion):
        return Periodicity.ONE_OFF, occasion
    for task in tasks:
        finished = times.finished.match(_LEADING.sub("", task))
        if finished:
            return Periodicity.ONE_OFF, finished[0].strip(" ,")
    return Periodicity.CONTINUING, ""
