"""The words by which clauses in Spanish, French and Portuguese ask, decide and say when."""

import re
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Words:
    """One language: governing verbs, what ends the phrase that names the asked, and actors.

    ``ends`` part the asked from what is asked, ``ends_strongly`` where "que" may be relative.
    """

    ask: str
    decide: str
    arrange: str
    state: str
    adverbs: str
    joiners: str
    ends: re.Pattern[str]
    ends_strongly: re.Pattern[str]
    that: re.Pattern[str]
    task: re.Pattern[str]
    leading: re.Pattern[str]
    trailing: re.Pattern[str]
    aside: re.Pattern[str]
    actor: re.Pattern[str]
    secretariat: re.Pattern[str]
    function: re.Pattern[str]


_INFINITIVE_ES = r"(?:no\s)?[a-záéíóúñ]+[aeií]r(?:l[aeo]s?|se|les?)?\b"

SPANISH = Words(
    ask=(
        r"solicita|pide|invita|alienta|insta|exhorta|recomienda|encarga|encomienda|ruega|exige"
        r"|ordena|urge|anima|aconseja|requiere|instruye|conmina"
        r"|hace un llamamiento|apela|llama(?=\sa(?:l"
        r"|\slos|\slas|\sque)?\s)"
        r"|(?:reitera|renueva|reafirma)\s(?:su|la)\s(?:llamamiento|petición|solicitud|invitación"
        r"|recomendación|exhortación)(?:\sque\s(?:hizo|dirigió|formuló))?"
    ),
    decide=r"decide|resuelve|acuerda|determina|dispone",
    arrange=(
        r"aprueba|adopta|hace suy[oa]s?|respalda|refrenda|establece|crea|prorroga|elige|autoriza"
        r"|convoca|proclama|designa|acepta|extiende|renueva|nombra|suspende|consigna"
        r"|(?:expresa|manifiesta|reafirma|reitera) su (?:intención|disposición|propósito)"
    ),
    state=(
        r"toma (?:nota|conocimiento)|acoge|observa|reconoce|subraya|destaca|recuerda|reafirma"
        r"|reitera"
        r"|pone de relieve"
        r"|hace (?:hincapié|notar)|expresa|condena|deplora|lamenta|encomia|felicita|agradece"
        r"|celebra"
        r"|señala|considera|afirma|recalca|manifiesta|aprecia|valora"
    ),
    adverbs=(
        r"(?:(?:también|asimismo|además|igualmente|nuevamente|de nuevo|una vez más|encarecidamente"
        r"|enérgicamente|firmemente|vivamente|a este respecto|en este sentido|por consiguiente"
        r"|las?|los?|les?)\s)*"
    ),
    joiners=r"(?:y|e|o|así como|al tiempo que|pero)",
    ends=re.compile(
        rf":|;|,?\s(?:a\s)?que[\s,]|,?\s(?:a|para)\s(?={_INFINITIVE_ES})|,?\spara\sque\s|,?\s(?:a"
        rf"|para|que)(?::|$)"
    ),
    ends_strongly=re.compile(rf":|;|,?\s(?:a|para)\sque[\s,]|,?\s(?:a|para)\s(?={_INFINITIVE_ES})"),
    that=re.compile(r"^que,?\s"),
    task=re.compile(
        r"^(?P<subject>.{2,160}?)\s(?:no\s)?(?:se\s)?(?:deberán?|[a-záéíóú]+(?:ará|erá|irá|arán"
        r"|erán|irán|drá|drán))\b"
    ),
    leading=re.compile(
        r"^(?:(?:a|al|ante|de|del|el|la|los|las|todos|todas|toda|todo|cada|otros|otras|demás"
        r"|los demás|sus?|ambos"
        r"|tanto|como|también|e|y|en particular|especialmente)\s)+"
    ),
    trailing=re.compile(
        r"\s(?:pertinentes|interesad[oa]s|competentes|correspondientes|que|en condiciones"
        r"|en cuestión"
        r"|incluid[oa]s?|con inclusión|inclusive|de que se trate|donde|cuando|mediante)\b.*$"
    ),
    aside=re.compile(
        r",\s(?:en|con|de conformidad|dentro|según|por (?:conducto|medio|intermedio)|a través"
        r"|teniendo|sin|sobre"
        r"|cuando|si|incluid|inclusive|entre|especialmente|mediante|previa|conforme|junto"
        r"|a más tardar"
        r"|antes|desde|durante|como|que)\b(?!\s(?:así como)\b)[^,]*(?:,|$)"
    ),
    actor=re.compile(
        r"(?:Alt[oa]s?\s|Grupos?|grupos?|Estados?|Gobiernos?|gobiernos?|países|[Pp]artes"
        r"|[Ss]ecretari[oa]|Secretaría|secretaría|Oficinas?"
        r"|oficinas|Relator\w*|[Ee]xpert[oa]s?|Consejo|[Cc]omisi[oó]n(?:es)?|[Cc]omités?|Asamblea"
        r"|Foro|[Ff]ondos?|[Pp]rogramas?"
        r"|[Oo]rganizaci[oó]n(?:es)?|[Oo]rganismos?|órganos|[Ee]ntidades|agencias|interesados"
        r"|donantes|[Aa]sociados"
        r"|[Cc]omunidad(?:es)?|sector|sociedad|[Ii]nstituciones|mecanismos|[Ss]istema"
        r"|[Rr]epresentantes?|Misión|President[ea]"
        r"|[Pp]residencia|Departamento|mundo académico|universidades|medios|empresas|fundaciones"
        r"|autoridades|[Jj]untas?|titulares"
        r"|[Mm]iembros|agentes|actores|Director\w*|[Cc]oordinador\w*|equipos?|procedimientos"
        r"|operadores|centros|[Bb]ancos?|Unión"
        r"|Conferencia|Enviad[oa]|Asesor\w*|[Rr]ed(?:es)?\b|parlamentos|jóvenes|Ministr\w+|Tribunal|Fiscal"
        r"|puntos? focal\w*|División|[Aa]sociaciones|observadores|municipios|ciudades|periodistas"
        r"|[A-ZÑ]{3,}\b|Reunión|Mesa\b|Directorio|empleadores|cooperativas|líderes|sindicatos|comunas)"
    ),
    secretariat=re.compile(
        r"[Ss]ecretari[oa]|[Ss]ecretaría|Alt[oa]s? Comisionad|^Oficina|Departamento|Relator"
        r"|[Ee]xpert[oa]s? independiente"
        r"|Representante Especial|Enviad[oa]|^Misión|comisión (?:internacional )?de investigación"
        r"|Grupo de Expertos|titulares de mandatos"
        r"|procedimientos especiales|Director[a]? Ejecutiv|[Cc]oordinador\w* (?:residente|de)"
        r"|^División|CEPAL|ACNUDH|MINU\w+"
        r"|Grupo de Trabajo sobre|Asesor\w* Especial"
    ),
    function=re.compile(
        r"\b(?:el|los|las|la|del|que|y|con|una?|por|al|su|sus|\w+ci(?:ón|ones))\b", re.IGNORECASE
    ),
)

FRENCH = Words(
    ask=(
        r"prie|demande|invite|encourage|engage|exhorte|recommande|charge|exige|appelle"
        r"|lance un appel"
        r"|conseille|presse|somme|enjoint|instruit|confie|préconise|conjure|incite"
        r"|(?:réitère|renouvelle|réaffirme)\s(?:sa|son|l’)\s?(?:demande|appel|invitation"
        r"|recommandation)"
        r"(?:\squ’(?:il|elle)\sa\s(?:lancée?|faite|adressée?))?"
    ),
    decide=r"décide|convient|arrête",
    arrange=(
        r"approuve|adopte|fait sien(?:ne)?s?|souscrit|crée|institue|proroge|élit|autorise|convoque"
        r"|proclame|désigne|accepte|reconduit|entend|nomme|entérine|suspend|ouvre"
        r"|(?:exprime|déclare|réaffirme|manifeste) son intention"
    ),
    state=(
        r"prend (?:note|acte)|se félicite|souligne|note|constate|rappelle|réaffirme|réitère"
        r"|met l’accent"
        r"|insiste|exprime|condamne|déplore|regrette|rend hommage|félicite|remercie|salue|sait gré"
        r"|se déclare|considère|affirme|accueille|relève|reconnaît|observe|estime"
    ),
    adverbs=(
        r"(?:(?:également|aussi|en outre|de nouveau|instamment|vivement|fermement|une fois de plus"
        r"|par ailleurs"
        r"|à cet égard|en conséquence|les?|la|lui|leur)\s)*(?:l’)?"
    ),
    joiners=r"(?:et|ou|ainsi que|tout en|mais)",
    ends=re.compile(
        r"\s?:|\s?;|,?\s(?:de|à)\s(?:ne\s(?:pas\s)?)?(?:l[aes]’?\s?|l’|lui\s|leur\s|y\s|en\s|s’"
        r"|se\s){0,2}[a-zéèêâîô]+(?:er|ir|re|oir)\b"
        r"|,?\sd’(?:y\s|en\s)?[a-zéèêâîô]+(?:er|ir|re|oir)\b|,?\s(?:pour\s)?qu(?:e\s|’)|\s(?:à"
        r"|de)(?:\s?:|$)|,?\sle soin\b"
    ),
    ends_strongly=re.compile(
        r"\s?:|\s?;|,?\s(?:de|à)\s(?:ne\s(?:pas\s)?)?(?:l[aes]’?\s?|l’|lui\s|leur\s|y\s|en\s|s’"
        r"|se\s){0,2}[a-zéèêâîô]+(?:er|ir|re|oir)\b"
        r"|,?\sd’(?:y\s|en\s)?[a-zéèêâîô]+(?:er|ir|re|oir)\b"
    ),
    that=re.compile(r"^qu(?:e\s|’)"),
    task=re.compile(
        r"^(?P<subject>.{2,160}?)\s(?:ne\s)?(?:se\s)?(?:devr(?:a|ont)|[a-zéèê]+(?:era|eront|ira"
        r"|iront|dra|dront|ra|ront))\b"
    ),
    leading=re.compile(
        r"^(?:(?:à|au|aux|de|du|des|le|la|les|tous|toutes|tout|toute|chaque|autres?|d’autres|ses"
        r"|leurs|son|sa|et|également"
        r"|notamment|en particulier|auprès|tant|que)\s|(?:à\s)?l’|d’)+"
    ),
    trailing=re.compile(
        r"\s(?:concerné[e]?s?|intéressé[e]?s?|compétent[e]?s?|pertinent[e]?s?|qui|dont|y compris"
        r"|notamment|à même|en mesure"
        r"|auxquel\w*|où|lorsque|lesquel\w*)\b.*$"
    ),
    aside=re.compile(
        r",\s(?:dans|en|avec|conformément|selon|par|avant|sans|sur|lorsque|si|y compris|notamment"
        r"|entre|agissant|sous|compte|au titre"
        r"|à (?:titre|l’occasion|cette)|s’il|pendant|d’ici|afin|comme|en tant)\b[^,]*(?:,|$)"
    ),
    actor=re.compile(
        r"(?:Haute?-Commissa\w+|États?|[Gg]ouvernements?|pays|[Pp]arties|Secrétaire|[Ss]ecrétariat"
        r"|Bureau\w*|bureaux|Rapporteu\w+"
        r"|[Ee]xpert[e]?s?|Conseil|[Cc]ommissions?|[Cc]omités?|Assemblée|Forum|[Ff]onds"
        r"|[Pp]rogrammes?|[Oo]rganisations?|[Oo]rganismes?"
        r"|organes?|entités?|donateurs|[Pp]artenaires|communautés?|secteur|société|[Ii]nstitutions"
        r"|mécanismes?|[Ss]ystème"
        r"|[Rr]eprésentant[e]?s?|[Gg]roupes?|Mission|Président[e]?|Département|universités|médias"
        r"|entreprises|fondations|autorités"
        r"|titulaires|[Mm]embres|acteurs|Direct\w+|[Cc]oordonnat\w+|équipes?|procédures|centres"
        r"|[Bb]anques?|Union|Conférence|Envoyé[e]?"
        r"|Conseil\w+|[Rr]éseaux?|parlements|jeunes|Ministres?|Tribunal|Procureur|correspondants?"
        r"|[Aa]ssociations|observateurs|communes|municipalités|villes|syndicats|journalistes|Centre"
        r"|Division|[A-ZÉ]{3,}\b|exploitants"
        r"|parties prenantes|Réunion|employeurs|coopératives)"
    ),
    secretariat=re.compile(
        r"Secrétaire|[Ss]ecrétariat|Haute?-Commissa|^Bureau|Département|Rapporteu"
        r"|[Ee]xpert[e]? indépendant|Représentant[e]? spécial"
        r"|Envoyé[e]?|^Mission|commission (?:internationale )?d’enquête|Groupe d’experts"
        r"|titulaires de mandat|procédures spéciales"
        r"|Direct\w+ (?:exécutif|exécutive|général)|[Cc]oordonnat\w+ (?:résident|de)|^Division"
        r"|CEPALC|HCDH|MINU\w+"
        r"|Groupe de travail sur|Conseill\w+ spécial"
    ),
    function=re.compile(
        r"\b(?:le|les|des|du|et|une?|aux?|dans|pour|sa|ses|qui)\b|[dlq]u?’", re.IGNORECASE
    ),
)

_INFINITIVE_PT = r"(?:não\s)?[a-záéíóúâêôãõç]+[aeiô]r(?:em)?\b"

PORTUGUESE = Words(
    ask=(
        r"solicita|pede|convida|encoraja|exorta|insta|recomenda|encarrega|exige|apela|urge"
        r"|incentiva|incita|roga|instrui|requer|conclama"
        r"|(?:reitera|renova)\s(?:o\s)?(?:a\s)?(?:seu|sua)\s(?:apelo|pedido|convite|recomendação)"
    ),
    decide=r"decide|resolve|acorda|delibera|determina",
    arrange=(
        r"aprova|adota|adopta|endossa|estabelece|cria|prorroga|elege|autoriza|convoca|proclama"
        r"|designa"
        r"|aceita|renova|nomeia|(?:expressa|manifesta|reafirma|reitera) (?:a )?sua intenção"
    ),
    state=(
        r"toma (?:nota|conocimiento)|acolhe|observa|reconhece|sublinha|ressalta|destaca|recorda"
        r"|lembra|reafirma"
        r"|reitera|expressa"
        r"|condena|deplora|lamenta|felicita|agradece|congratula-se|manifesta|considera|louva"
    ),
    adverbs=(
        r"(?:(?:também|além disso|ainda|igualmente|novamente|mais uma vez|vivamente"
        r"|a este respeito|os?|as?|lhes?)\s)*"
    ),
    joiners=r"(?:e|ou|bem como|assim como|mas)",
    ends=re.compile(
        rf":|;|,?\sque\s|,?\s(?:a|de|para)\s(?={_INFINITIVE_PT})|,?\spara\sque\s|\s(?:a|de|para"
        rf"|que)(?::|$)"
    ),
    ends_strongly=re.compile(
        rf":|;|,?\spara\sque\s|,?\sa\sque\s|,?\s(?:a|de|para)\s(?={_INFINITIVE_PT})"
    ),
    that=re.compile(r"^que\s"),
    task=re.compile(
        r"^(?P<subject>.{2,160}?)\s(?:não\s)?(?:se\s)?(?:dever(?:á|ão)|[a-záéíóú]+(?:ará|erá|irá"
        r"|arão|erão|irão))\b"
    ),
    leading=re.compile(
        r"^(?:(?:a|o|as|os|ao|aos|à|às|de|do|da|dos|das|todos|todas|cada|outros|outras|demais|seus"
        r"|suas|e|também)\s)+"
    ),
    trailing=re.compile(
        r"\s(?:pertinentes|interessad[oa]s|competentes|que|incluindo|nomeadamente"
        r"|em condições)\b.*$"
    ),
    aside=re.compile(
        r",\s(?:em|no|na|com|de acordo|segundo|por meio|através|sem|quando|se|incluindo|entre"
        r"|mediante|antes|durante|até)\b[^,]*(?:,|$)"
    ),
    actor=re.compile(
        r"(?:Estados?|[Gg]overnos?|países|[Pp]artes|Secret[aá]ri[oa]\w*|Secretaria|secretaria"
        r"|Secretariado|Escritórios?|Alt[oa] Comiss\w+"
        r"|Relator\w*|[Pp]eritos?|Conselho|[Cc]omiss(?:ão|ões)|[Cc]omit[eéê]s?|Assembleia|Fórum"
        r"|[Ff]undos?|[Pp]rogramas?|[Oo]rganizaç\w+"
        r"|[Oo]rganismos?|órgãos|[Ee]ntidades|agências|doadores|parceiros|comunidades?|setor"
        r"|sociedade|[Ii]nstituiç\w+|mecanismos|[Ss]istema"
        r"|[Rr]epresentantes?|[Gg]rupos?|Missão|Presidente|universidades|empresas|fundações"
        r"|autoridades|[Mm]embros|[Bb]ancos?|União|[A-Z]{3,}\b|países|[Aa]ssociações|municípios"
        r"|observadores|cidades|jornalistas|cooperativas|[Rr]edes?\b|parlamentos|jovens|Ministr\w+"
        r"|Tribunal|pontos? foca\w*|Divisão|Departamento|Mesa\b|[Jj]untas?|Diret\w+|[Cc]oordenad\w+"
        r"|Conferência|Reunião|centros?|rádios|sindicatos|lideranças|atores|mundo acadêmico|mídia"
        r"|Enviad[oa]|titulares|equipes|procedimentos|partes interessadas)"
    ),
    secretariat=re.compile(
        r"Secret[aá]ri[oa]|[Ss]ecretaria|Alt[oa] Comiss|^Escritório|Relator|Representante Especial"
        r"|^Missão|CEPAL|Grupo de Peritos|[Pp]erit[oa]s? independente|procedimentos especiais"
        r"|titulares de mandatos|Diret\w+ Executiv|[Cc]oordenador\w* (?:residente|de)|^Divisão"
        r"|Departamento|Enviad[oa]|comissão (?:internacional )?de inquérito|Grupo de Trabalho sobre"
    ),
    function=re.compile(
        r"\b(?:o|os|as|do|da|dos|das|ao|aos|um|uma|com|e|não|nas?|nos?|em|que|seus?|suas?|pela?"
        r"|\w+(?:ários?|órios?)|\w*[ãõçêâ]\w*)\b|\b[àÀ]s?\b",
        re.IGNORECASE,
    ),
)

WORDS = MappingProxyType({"es": SPANISH, "fr": FRENCH, "pt": PORTUGUESE})
