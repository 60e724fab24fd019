"""The words of Spanish, French and Portuguese clauses that say when, how often and what report."""

import re
from dataclasses import dataclass
from types import MappingProxyType

from tracker.reading.frontmatter import MONTHS

MONTH = rf"(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})"
_YEAR = r"(?:19|20)\d{2}"
_ES_DATE = rf"(?:(?:el\s)?(?:\d{{1,2}}º?\sde\s|mes\sde\s)?{MONTH}\sde\s)?{_YEAR}"
_FR_DATE = rf"(?:(?:le\s)?(?:\d{{1,2}}|1er)\s{MONTH}\s|{MONTH}\s)?{_YEAR}"
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
_COUNT = r"(?:\w+\s)?(?:años?|mes(?:es)?|días|semanas|semestres?|trimestres?|bienios?)"
_FR_COUNT = r"(?:\w+\s)?(?:ans?|mois|jours|semaines|années?)"
_PT_COUNT = r"\w+\s(?:anos?|mês|meses|dias|semanas)"
# What is dated by an event: "antes de la clausura del período", "six mois avant l’expiration de"
_EVENT = r"[^,;.]{3,80}"
_ES_ENDS = r"(?:clausura|apertura|inicio|celebración|conclusión|término|expiración|vencimiento)"
_FR_ENDS = r"(?:clôture|ouverture|début|tenue|achèvement|expiration|échéance|fin)"
_PT_ENDS = r"(?:encerramento|abertura|início|realização|conclusão|término|expiração|vencimento)"
_ES_MEETING = (
    r"(?:reuni[oó]n|conferencia|asamblea|sesión)(?:\s(?:ordinaria|extraordinaria|anual|plenaria))?"
    r"(?:\sdel?\s(?:la\s)?[A-Z]\w+(?:\s[A-Z]\w+)*)?"
)
_FR_MEETING = (
    r"(?:réunion|conférence|assemblée)(?:\s(?:ordinaire|annuelle|plénière))?"
    r"(?:\sd(?:u|e\sla|e\sl’)\s?[A-Z]\w+(?:\s[A-Z]\w+)*)?"
)
_PT_MEETING = (
    r"(?:reuni(?:ão|ões)|conferência|assembleia)(?:\s(?:ordinária|extraordinária|anual|plenária))?"
    r"(?:\sd[aoe]\s[A-Z]\w+(?:\s[A-Z]\w+)*)?"
)


@dataclass(frozen=True, slots=True)
class Times:
    """One language: occasions, what recurs, what is done once, reports, and dates of the past."""

    dated: re.Pattern[str]
    recurring: re.Pattern[str]
    finished: re.Pattern[str]
    report: re.Pattern[str]
    past: re.Pattern[str]
    lasting: re.Pattern[str]


_SPANISH = Times(
    dated=re.compile(
        rf"""\b(?:
          (?:a\smás\stardar\s)?(?:en|durante|ante|para|antes\sde)\s(?:la\s
            (?:primera\s)?(?:parte\s\w+|continuación)\sde\s)?{_ES_SESSION}
        | con\s(?:miras|vistas)\sa\s{_ES_SESSION}
        | (?:en|durante)\s(?:(?:su|la)\s(?:próxima|siguiente)|su|cada)\s{_ES_MEETING}
        | (?:a\smás\stardar\s)?\w+\s(?:días|meses|semanas|años)\s(?:antes|después)\sdel?\s
          {_EVENT}
        | antes\s(?:del?\s(?:la\s)?{_ES_ENDS}\sdel?\s|de\sque\s(?:concluya|termine|finalice|expire
          |venza|se\scelebre|comience)\s){_EVENT}
        | de\saquí\sal?\s(?:(?:fin(?:es|ales)?|final)\sde\s)?(?:año\s)?{_ES_DATE}
        | (?:los\sdías|del?|el)\s\d{{1,2}}(?:\s(?:y|al|a)\s\d{{1,2}})?\sde\s{MONTH}\sde\s{_YEAR}
        | en\s(?:el\smes\sde\s)?{MONTH}\sde\s{_YEAR}
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
        | cada\s{_COUNT} | todos\slos\s(?:años|meses)
        | (?:anual|bienal|trimestral|semestral|mensual)mente
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
        rf"|cada\s{_COUNT}|cada\s{_ES_MEETING}|todos\slos\s(?:años|meses)|cada\suno\sde\ssus\sperí|(?:una|dos)\s(?:vez"
        rf"|veces)\s(?:al|por|cada)"
        r"|(?:regular|periódica)mente\sinform\w+|inform\w+\sregularmente"
        r"|periódic(?:o|a|os|as|amente)|antes\sde\scada\s\w+|cada\s(?:\w+\s)?período)\b"
    ),
    finished=re.compile(
        r"^(?:(?:le|lo|la|los|las|se|también|además)\s)*(?:present[ea]|elabor[ea]|convo(?:que|car)"
        r"|organi[cz]e|designe|establezca|establecer"
        r"|prepar[ea]|publique|nombre|transmita|levante|celebre|incluya|incluir|apruebe"
        r"|ratifi(?:que|car)|someta|envíe|revise"
        r"|realice un|inicie|cree|constituya|distribuya|señale|proclam[ae]r?"
        r"|(?:examin[ae]r?|estudi[ae]r?) la (?:posibilidad|creación|conveniencia)|concluya"
        r"|(?:la|el) (?:preparación|elaboración|organización|convocatoria|realización|publicación)"
        r" de un"
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
        r"|\brind\w+\scuentas\b[^;]{0,80}?\b(?:al?|ante)\s|\bd(?:é|en|ar)\scuenta\s(?:de|a)|\ben\ssus?\s(?:\w+\s)?informes?\b"
        r"|\b(?:lo|los)\spresenten?\s|\bl[ao]s?\s(?:someta|transmita|remita)n?\s"
        r"|\bplan\b[^;]{0,120}?\bpara\ssu\sexamen\b"
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
_FRENCH = Times(
    dated=re.compile(
        rf"""(?<![\w’])(?:
          (?:à|avant|durant|pendant|lors\sde|pour|au\scours\sde|en\svue\sde)\s(?:la\s(?:première\s)?partie\s
            (?:principale\s)?de\s|la\sreprise\sde\s)?{_FR_SESSION}
        | (?:à|lors\sde|pendant)\s(?:(?:sa|la)\sprochaine|sa|chaque)\s{_FR_MEETING}
        | (?:au\splus\stard\s)?\w+\s(?:jours|mois|semaines|ans)\s(?:avant|après)\s{_EVENT}
        | avant\s(?:la\s|l’|le\s){_FR_ENDS}\sd(?:u|e\sla|e\sl’|e)\s?{_EVENT}
        | au\splus\stard\s(?:fin|mi-|début)\s?(?:{MONTH}\s)?{_YEAR}
        | (?:du|les?)\s\d{{1,2}}(?:\s(?:et|au)\s\d{{1,2}})?\s{MONTH}\s{_YEAR}(?!\sau\splus\stard)
        | en\s{MONTH}\s{_YEAR}
        | dans\sle\scourant\sde\s{_YEAR} | au\scours\sde\s{_YEAR}
        | dans\ss(?:on|es)\srapports?\s(?:annuels?|biennal|périodiques?)
        | (?:à|de)\sl’ordre\sdu\sjour\sprovisoire\sde\s{_FR_SESSION}
        | (?:avant\s)?le\s(?:\d{{1,2}}|1er)\s{MONTH}\s{_YEAR}\sau\splus\stard
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
          (?:\sle\s(?:\d{{1,2}}|1er)\s{MONTH})?|mois|trimestre|semestre|session) | annuellement
        | dans\s(?:le\scadre\sde\s)?(?:son|le)\sprochain\srapport(?:\ssur\s[^,;.]{{3,40}})?
        | en\s{_YEAR}(?=[,;.\s]|$)
        )""",
        re.VERBOSE,
    ),
    recurring=re.compile(
        rf"\b(?:annuel(?:s|le|les|lement)?|biennal|biennaux|trimestriel\w*|semestriel\w*"
        rf"|mensuel\w*|tou(?:s|tes)\sles\s{_FR_COUNT}"
        r"|chaque\s(?:année|mois|session|trimestre|semestre|réunion)|chacune\sde\sses|(?:une|deux)\sfois\s(?:par|tous)"
        r"|régulièrement\sinform\w+|inform\w+\srégulièrement|périodique(?:s|ment)?)\b"
    ),
    finished=re.compile(
        r"^(?:l(?:e|a|es|ui|’)\s?|y\s|en\s|se\s)*(?:présenter|établir|élaborer|convoquer|organiser"
        r"|désign(?:er|ent)|publi(?:er|ent)"
        r"|dresser|soumettre|transmettre|nommer|inscrire|ratifier|adhérer|faire rapport"
        r"|rendre compte|porter la présente|créer|rouvr\w+|tenir une"
        r"|proclamer|étudier la (?:possibilité|création|faisabilité)|envisager la création"
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
        r"|\b(?:prépar|réalis)\w*\b[^;]{0,120}?\b(?:étude|rapports?|examen|bilan)\b"
        r"|\bdress\w*\b[^;]{0,120}?\b(?:le|la)\s(?:communiquer|soumettre|présenter|transmettre)\b"
    ),
    past=re.compile(
        r"(?:adopté|tenue?|signé|présenté|établi|lancé|convoqué|(?<!présente\s)résolution|décision"
        r"|prorogé|publié"
        r"|Conférence|Sommet|Déclaration|exercice)[^,;]{0,50}$"
    ),
    lasting=re.compile(r"^(?:jusqu|à compter|à partir|dès)"),
)
_PORTUGUESE = Times(
    dated=re.compile(
        rf"""\b(?:
          (?:em|na|no|nas|nos|antes\sd[ao]|para|durante|a(?=\scada))\s
            (?:agenda\sprovisória\sd[aeo]\s)?{_PT_SESSION}
        | com\svistas\s(?:à|ao|a)\s{_PT_SESSION}
        | (?:(?:na|durante\sa)\s(?:(?:sua\s)?próxima|sua)|em\scada)\s{_PT_MEETING}
        | (?:o\smais\stardar\s)?\w+\s(?:dias|meses|semanas|anos)\s(?:antes|depois|após)\sd?[aoe]s?\s
          {_EVENT}
        | antes\sd[ao]\s{_PT_ENDS}\sd[aeo]s?\s{_EVENT}
        | antes\sd[eo]\s\d{{1,2}}º?\sde\s{MONTH}(?:\sde\scada\sano)?(?!\sde\s\d)
        | todos\sos\sanos(?:,?\sem\s\d{{1,2}}\sde\s{MONTH})?
        | (?:nos\sdias|de|em)\s\d{{1,2}}(?:\s(?:e|a)\s\d{{1,2}})?\sde\s{MONTH}\sde\s{_YEAR}
        | em\s{MONTH}\sde\s{_YEAR}
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
        rf"|em\scada\s{_PT_MEETING}"
        r"|de\sdois\sem\sdois\sanos|a\scada\s\w+|todos\sos\sanos"
        r"|(?:uma|duas)\svez(?:es)?\s(?:por|ao|a\scada)"
        r"|regularmente\sinform\w+|inform\w+\sregularmente|cada\s(?:ano|mês)|periódic\w+)\b"
    ),
    finished=re.compile(
        r"^(?:(?:lhe|se|o|a)\s)*(?:apresent[ea]|elabor[ea]|digitaliz|publicar|convoque|organi[sz]"
        r"|design[ea]|estabeleça|prepare|publique|levant|ratifi|aderi|envi[ea]|submet|nome[aeio]|cri[ae]"
        r"|convocar|notifi|defin[ai]|realiz[ea]r?\sum|inclua|transmita|inform[ea]|isent"
        r"|proclam[ae]r?|estud(?:e|ar|em) a (?:possibilidade|criação|conveniência))\w*\b"
    ),
    report=re.compile(
        r"\binform(?:e|em|ar)\b[^;]{0,120}?\b(?:sobre|à|ao|anualmente|a\scada|a\seste\srespeito)"
        r"|\b(?:apresent|submet|transmit|forneç|fornec)\w*\b[^;]{0,160}?\b(?:relatórios?|estudo|plano"
        r"|análise|inventário|propostas?|atualizaç(?:ão|ões)|avaliação|balanço|recomendações)\b"
        r"|\bmant(?:enh|er|iver)\w*\b[^;]{0,60}?\binformad|\bprest\w+\scontas\b"
        r"|\binclu\w+\b[^;]{0,120}?\b(?:em|no)\s(?:seus?|o|próximo)\s(?:\w+\s)?relatórios?\b"
        r"|\b(?:prepar|elabor)\w*\b[^;]{0,120}?\b(?:relatórios?|estudo)\b"
        r"|\b[oa]s?\s(?:submet|apresent|transmit)(?:a|e|am|em|er|ir)\b"
        r"|\bum\s(?:\w+\s)?relatório\s(?:escrito|oral|anual|final)\b"
        r"|\bem\sseus?\s(?:próximos?\s)?relatórios?\b"
    ),
    past=re.compile(
        r"(?<!será\s)(?<!serão\s)(?<!seja\s)(?:adotad|aprovad|realizad|celebrad|assinad|apresentad|estabelecid|convocad|contid|publicad"
        r"|(?<!presente\s)(?<!esta\s)resoluç|decisão|Conferência|Cúpula|Declaração)[^,;]{0,50}$"
    ),
    lasting=re.compile(r"^(?:a partir|desde)"),
)
TIMES = MappingProxyType({"es": _SPANISH, "fr": _FRENCH, "pt": _PORTUGUESE})
