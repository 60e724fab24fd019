"""Name the countries of activities by their codes, so that each reads them in their language.

What people wrote stood in the table as it was written. Names that are known, in any of the four
languages and by former names too, become ISO 3166 alpha-3 codes. What is not known is not lost: it
is added to the description of the activity, for a person to name the country anew. The names are
those known at this migration and stay as they are, whatever becomes of the table of countries.
Going back writes the English names.
"""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# A code and the names that meant it, the first one the English; more names on further lines.
NAMES = """
ABW Aruba
AFG Afghanistan; Afganistán; Afeganistão; Islamic Republic of Afghanistan
AGO Angola; Republic of Angola
AIA Anguilla; Anguila
ALB Albania; Albanie; Republic of Albania
AND Andorra; Andorre; Principality of Andorra
ARE United Arab Emirates; Emiratos Árabes Unidos; Émirats arabes unis; Emirados Árabes Unidos
ARG Argentina; Argentine; Argentine Republic
ARM Armenia; Arménie; Republic of Armenia
ASM American Samoa; Samoa Americana; Samoa américaines
ATG Antigua and Barbuda
AUS Australia; Australie
AUT Austria; Autriche; Republic of Austria
AZE Azerbaijan; Azerbaiyán; Azerbaïdjan; Azerbaijão; Republic of Azerbaijan
BDI Burundi; Republic of Burundi
BEL Belgium; Bélgica; Belgique; Kingdom of Belgium
BEN Benin; Dahomey; Daomé; Republic of Benin
BFA Burkina Faso; Burquina Fasso; Upper Volta; Alto Volta; Haute-Volta
BFA Republic of the Upper Volta
BGD Bangladesh; People’s Republic of Bangladesh
BGR Bulgaria; Bulgarie; Republic of Bulgaria
BHR Bahrain; Bahrein; Baréin; Barém; Bareine; Kingdom of Bahrain
BHS Bahamas; Commonwealth of the Bahamas
BIH Bosnia and Herzegovina; Bosnie-Herzégovine
BLR Belarus; Bielorrusia; Biélorussie; Bielorrússia; Byelorussia
BLR Byelorussian Soviet Socialist Republic; República Socialista Soviética de Bielorrusia
BLR République socialiste soviétique de Biélorussie
BLR República Socialista Soviética da Bielorrússia; Republic of Belarus
BLZ Belize; Belice
BMU Bermuda; Bermudas; Bermudes
BOL Bolivia (Plurinational State of); Bolivia (Estado Plurinacional de)
BOL Bolivie (État plurinational de); Bolívia (Estado Plurinacional da); Bolivia; Bolivie
BOL Plurinational State of Bolivia; Republic of Bolivia
BRA Brazil; Brasil; Brésil; Federative Republic of Brazil
BRB Barbados; Barbade
BRN Brunei Darussalam; Brunei
BTN Bhutan; Bhoutan; Butão; Kingdom of Bhutan
BWA Botswana; Botsuana; Republic of Botswana
CAF Central African Republic; República Centroafricana; République centrafricaine
CAF República Centro-Africana
CAN Canada
CHE Switzerland; Suiza; Suisse; Suíça; Swiss Confederation
CHL Chile; Chili; Republic of Chile
CHN China; Chine; People’s Republic of China
CIV Côte d’Ivoire; Ivory Coast; Costa de Marfil; Costa do Marfim; Republic of Côte d’Ivoire
CIV Republic of the Ivory Coast
CMR Cameroon; Camerún; Cameroun; Camarões; Republic of Cameroon
COD Democratic Republic of the Congo; República Democrática del Congo
COD République démocratique du Congo; República Democrática do Congo; Zaire; Republic of Zaire
COG Congo; Republic of the Congo
COK Cook Islands; Islas Cook; Îles Cook; Ilhas Cook
COL Colombia; Colombie; Republic of Colombia
COM Comoros; Comoras; Comores; Union of the Comoros
CPV Cabo Verde; Cape Verde; Cap-Vert; Republic of Cabo Verde; Republic of Cape Verde
CRI Costa Rica; Republic of Costa Rica
CUB Cuba; Republic of Cuba
CUW Curaçao; Curazao
CYM Cayman Islands; Islas Caimán; Îles Caïmanes; Ilhas Cayman; Ilhas Caimã
CYP Cyprus; Chipre; Chypre; Republic of Cyprus
CZE Czechia; Chequia; Tchéquie; Tchéquia; Czech Republic; República Checa; République tchèque
CZE República Tcheca
DEU Germany; Alemania; Allemagne; Alemanha; Federal Republic of Germany
DJI Djibouti; Djibuti; Yibuti; Jibuti; Republic of Djibouti
DMA Dominica; Dominique; Commonwealth of Dominica
DNK Denmark; Dinamarca; Danemark; Kingdom of Denmark
DOM Dominican Republic; República Dominicana; République dominicaine
DZA Algeria; Argelia; Algérie; People’s Democratic Republic of Algeria
ECU Ecuador; Équateur; Equador; Republic of Ecuador
EGY Egypt; Egipto; Égypte; Egito; Arab Republic of Egypt
ERI Eritrea; Érythrée; Eritreia; State of Eritrea
ESH Western Sahara; Sáhara Occidental; Saara Ocidental; Sara Ocidental
ESP Spain; España; Espagne; Espanha; Kingdom of Spain
EST Estonia; Estonie; Republic of Estonia
ETH Ethiopia; Etiopía; Éthiopie; Federal Democratic Republic of Ethiopia
FIN Finland; Finlandia; Finlande; Republic of Finland
FJI Fiji; Fidji; Fiyi; Republic of Fiji
FLK Falkland Islands (Malvinas); Islas Malvinas (Falkland Islands); Îles Falkland (Malvinas)
FLK Ilhas Malvinas (Falkland); Falkland Islands; Islas Malvinas; Îles Malouines; Ilhas Malvinas
FRA France; Francia; França; French Republic
FSM Micronesia (Federated States of); Micronesia (Estados Federados de)
FSM Micronésie (États fédérés de); Micronésia (Estados Federados da); Micronesia; Micronésie
FSM Federated States of Micronesia
GAB Gabon; Gabão; Gabonese Republic
GBR United Kingdom of Great Britain and Northern Ireland
GBR Reino Unido de Gran Bretaña e Irlanda del Norte
GBR Royaume-Uni de Grande-Bretagne et d’Irlande du Nord
GBR Reino Unido da Grã-Bretanha e Irlanda do Norte; United Kingdom; Reino Unido; Royaume-Uni
GEO Georgia; Géorgie
GHA Ghana; Gana; Republic of Ghana
GIB Gibraltar
GIN Guinea; Guinée; Guiné; Republic of Guinea
GLP Guadeloupe; Guadalupe
GMB Gambia; Gambie; Republic of the Gambia
GNB Guinea-Bissau; Guinée-Bissau; Guiné-Bissau; Republic of Guinea-Bissau
GNQ Equatorial Guinea; Guinea Ecuatorial; Guinée équatoriale; Guiné Equatorial
GNQ Republic of Equatorial Guinea
GRC Greece; Grecia; Grèce; Hellenic Republic
GRD Grenada; Granada; Grenade
GTM Guatemala; Republic of Guatemala
GUF French Guiana; Guayana Francesa; Guyane française; Guiana Francesa; Guyane
GUM Guam
GUY Guyana; Guiana; Co-operative Republic of Guyana
HKG Hong Kong, China; Hong Kong (Chine); Hong Kong
HND Honduras; Republic of Honduras
HRV Croatia; Croacia; Croatie; Republic of Croatia
HTI Haiti; Republic of Haiti
HUN Hungary; Hungría; Hongrie
IDN Indonesia; Indonésie; Republic of Indonesia
IND India; Inde; Republic of India
IRL Ireland; Irlanda; Irlande
IRN Iran (Islamic Republic of); Irán (República Islámica del); Iran (République islamique d’)
IRN Irã (República Islâmica do); Iran; Irã; Irão; Islamic Republic of Iran
IRQ Iraq; Iraque; Irak; Republic of Iraq
ISL Iceland; Islandia; Islande; Republic of Iceland
ISR Israel; State of Israel
ITA Italy; Italia; Italie; Italian Republic; Republic of Italy
JAM Jamaica; Jamaïque
JOR Jordan; Jordania; Jordanie; Hashemite Kingdom of Jordan
JPN Japan; Japón; Japão
KAZ Kazakhstan; Kazajstán; Cazaquistão; Republic of Kazakhstan
KEN Kenya; Quênia; Kenia; Republic of Kenya
KGZ Kyrgyzstan; Kirguistán; Kirghizistan; Quirguistão; Kyrgyz Republic
KHM Cambodia; Camboya; Cambodge; Camboja; Democratic Kampuchea; Kampuchea Democrática
KHM Kampuchea démocratique; Kampuchea Democrático; Kampuchea; Kingdom of Cambodia
KIR Kiribati; Quiribati; Republic of Kiribati
KNA Saint Kitts and Nevis; São Cristóvão e Névis; San Cristóbal y Nieves; São Cristóvão e Neves
KOR Republic of Korea; República de Corea; République de Corée; República da Coreia
KWT Kuwait; Koweït; Kuweit; State of Kuwait
LAO Lao People’s Democratic Republic; República Democrática Popular Lao
LAO République démocratique populaire lao; República Democrática Popular do Laos; Laos
LBN Lebanon; Líbano; Liban; Lebanese Republic
LBR Liberia; Republic of Liberia
LBY Libya; Libia; Libye; Libyan Arab Jamahiriya; Jamahiriya Árabe Libia; Jamahiriya arabe libyenne
LBY Jamahiriya Árabe da Líbia; State of Libya
LCA Saint Lucia; Santa Lucía; Sainte-Lucie
LIE Liechtenstein; Listenstaine; Principality of Liechtenstein
LKA Sri Lanka; Ceylon; Ceilán; Ceylan; Ceilão; Democratic Socialist Republic of Sri Lanka
LSO Lesotho; Lesoto; Kingdom of Lesotho
LTU Lithuania; Lituania; Lituanie; Republic of Lithuania
LUX Luxembourg; Luxemburgo; Grand Duchy of Luxembourg
LVA Latvia; Letonia; Lettonie; Republic of Latvia
MAC Macao, China; Macao (Chine); Macau (China); Macao; Macau
MAR Morocco; Marruecos; Maroc; Marrocos; Kingdom of Morocco
MCO Monaco; Principality of Monaco
MDA Republic of Moldova; República de Moldova; République de Moldova; República da Moldova
MDA Moldova; Moldavia; Moldavie
MDG Madagascar; Republic of Madagascar
MDV Maldives; Maldivas; Republic of Maldives
MEX Mexico; Mexique; United Mexican States
MHL Marshall Islands; Islas Marshall; Îles Marshall; Ilhas Marshall
MHL Republic of the Marshall Islands
MKD North Macedonia; Macedonia del Norte; Macédoine du Nord; Macedônia do Norte
MKD The former Yugoslav Republic of Macedonia; Ex República Yugoslava de Macedonia
MKD Ex-République yougoslave de Macédoine; Antiga República Iugoslava da Macedônia; Macedonia
MKD Macédoine; Republic of North Macedonia
MLI Mali; Republic of Mali
MLT Malta; Malte; Republic of Malta
MMR Myanmar; Mianmar; Burma; Birmania; Birmanie; Republic of the Union of Myanmar
MNE Montenegro
MNG Mongolia; Mongolie
MNP Northern Mariana Islands; Islas Marianas Septentrionales; Îles Mariannes du Nord
MNP Ilhas Marianas Setentrionais; Ilhas Marianas do Norte; Îles Mariannes septentrionales
MOZ Mozambique; Moçambique; Republic of Mozambique
MRT Mauritania; Mauritanie; Islamic Republic of Mauritania
MSR Montserrat
MTQ Martinique; Martinica
MUS Mauritius; Mauricio; Maurice; Maurícia; Île Maurice; Republic of Mauritius
MWI Malawi; Malaui; Republic of Malawi
MYS Malaysia; Malasia; Malaisie
NAM Namibia; Namibie; Republic of Namibia
NCL New Caledonia; Nueva Caledonia; Nouvelle-Calédonie; Nova Caledônia
NER Niger; Republic of the Niger
NGA Nigeria; Federal Republic of Nigeria
NIC Nicaragua; Republic of Nicaragua
NIU Niue; Nioué
NLD Netherlands (Kingdom of the); Países Bajos (Reino de los); Pays-Bas (Royaume des)
NLD Países Baixos (Reino dos); Netherlands; Países Bajos; Pays-Bas; Países Baixos; Holland
NLD Holanda; Kingdom of the Netherlands
NOR Norway; Noruega; Norvège; Kingdom of Norway
NPL Nepal; Federal Democratic Republic of Nepal
NRU Nauru; Republic of Nauru
NZL New Zealand; Nueva Zelandia; Nouvelle-Zélande; Nova Zelândia; Nueva Zelanda
OMN Oman; Omã; Sultanate of Oman
PAK Pakistan; Paquistão; Islamic Republic of Pakistan
PAN Panama; Republic of Panama
PCN Pitcairn
PER Peru; Pérou; Republic of Peru
PHL Philippines; Filipinas; Republic of the Philippines
PLW Palau; Palaos; Republic of Palau
PNG Papua New Guinea; Papua Nueva Guinea; Papouasie-Nouvelle-Guinée; Papua-Nova Guiné
PNG Independent State of Papua New Guinea
POL Poland; Polonia; Pologne; Republic of Poland
PRI Puerto Rico; Porto Rico
PRK Democratic People’s Republic of Korea; República Popular Democrática de Corea
PRK République populaire démocratique de Corée; República Popular Democrática da Coreia; DPRK
PRT Portugal; Portuguese Republic
PRY Paraguay; Paraguai; Republic of Paraguay
PSE State of Palestine; Estado de Palestina; État de Palestine; Estado da Palestina; Palestine
PSE Palestina
PYF French Polynesia; Polinesia Francesa; Polynésie française
QAT Qatar; Catar; State of Qatar
ROU Romania; Rumania; Roumanie; Romênia
RUS Russian Federation; Federación de Rusia; Fédération de Russie; Federação da Rússia; Russia
RUS Rusia; Russie; Federação Russa
RWA Rwanda; Ruanda; Republic of Rwanda
SAU Saudi Arabia; Arabia Saudita; Arabie saoudite; Kingdom of Saudi Arabia
SDN Sudan; Soudan; Sudão; Republic of the Sudan
SEN Senegal; Republic of Senegal
SGP Singapore; Singapur; Singapour; Singapura; Republic of Singapore
SHN Saint Helena; Santa Elena; Sainte-Hélène; Santa Helena
SLB Solomon Islands; Islas Salomón; Îles Salomon; Ilhas Salomão
SLE Sierra Leone; Sierra Leona; Serra Leoa; Republic of Sierra Leone
SLV El Salvador; Republic of El Salvador
SMR San Marino; Saint-Marin; São Marinho; Republic of San Marino
SOM Somalia; Somalie; Federal Republic of Somalia
SRB Serbia; Serbie; Sérvia; Republic of Serbia
SSD South Sudan; Sudán del Sur; Soudan du Sud; Sudão do Sul; Republic of South Sudan
STP Sao Tome and Principe; Santo Tomé y Príncipe; Democratic Republic of Sao Tome and Principe
SUR Suriname; Surinam; Republic of Suriname
SVK Slovakia; Eslovaquia; Slovaquie; Slovak Republic
SVN Slovenia; Eslovenia; Slovénie; Republic of Slovenia
SWE Sweden; Suecia; Suède; Kingdom of Sweden
SWZ Eswatini; Essuatíni; Swaziland; Swazilandia; Suazilândia; Kingdom of Eswatini
SWZ Kingdom of Swaziland
SXM Sint Maarten
SYC Seychelles; Seicheles; Ilhas Seychelles; Republic of Seychelles
SYR Syrian Arab Republic; República Árabe Siria; République arabe syrienne; Syria; Siria; Syrie
SYR República Árabe da Síria
TCA Turks and Caicos Islands; Islas Turcas y Caicos; Îles Turques et Caïques
TCA Ilhas Turcas e Caicos; Ilhas Turks e Caicos
TCD Chad; Tchad; Chade; Tchade; Republic of Chad
TGO Togo; Togolese Republic
THA Thailand; Tailandia; Thaïlande; Kingdom of Thailand
TJK Tajikistan; Tayikistán; Tadjikistan; Tajiquistão; Tadjiquistão; Republic of Tajikistan
TKL Tokelau; Tokélaou
TKM Turkmenistan; Turcomenistão; Turquemenistão
TLS Timor-Leste; East Timor; Timor Oriental; Democratic Republic of Timor-Leste
TON Tonga; Kingdom of Tonga
TTO Trinidad and Tobago; Trinidad y Tabago; Trinité-et-Tobago; Trinidade e Tobago
TTO Republic of Trinidad and Tobago
TUN Tunisia; Túnez; Tunisie; Tunisian Republic; Republic of Tunisia
TUR Türkiye; Turkey; Turquía; Turquie; République de Turquie; Republic of Türkiye
TUR Republic of Turkey
TUV Tuvalu
TZA United Republic of Tanzania; República Unida de Tanzanía; République-Unie de Tanzanie
TZA República Unida da Tanzânia; Tanzania; Tanzanie
UGA Uganda; Ouganda; Republic of Uganda
UKR Ukraine; Ucrania
URY Uruguay; Uruguai; Eastern Republic of Uruguay
USA United States of America; Estados Unidos de América; États-Unis d’Amérique
USA Estados Unidos da América; United States; Estados Unidos; États-Unis
UZB Uzbekistan; Ouzbékistan; Uzbequistão; Usbequistão; Republic of Uzbekistan
VAT Holy See; Santa Sede; Saint-Siège; Santa Sé
VCT Saint Vincent and the Grenadines; San Vicente y las Granadinas
VCT Saint-Vincent-et-les Grenadines; São Vicente e Granadinas
VEN Venezuela (Bolivarian Republic of); Venezuela (República Bolivariana de)
VEN Venezuela (République bolivarienne du); Venezuela (República Bolivariana da); Venezuela
VEN Bolivarian Republic of Venezuela
VGB British Virgin Islands; Islas Vírgenes Británicas; Îles Vierges britanniques
VGB Ilhas Virgens Britânicas
VIR United States Virgin Islands; Islas Vírgenes de los Estados Unidos; Îles Vierges américaines
VIR Ilhas Virgens dos Estados Unidos; Ilhas Virgens Americanas; Islas Vírgenes Americanas
VNM Viet Nam; Vietnã; Vietnam; Vietname; Socialist Republic of Viet Nam
VUT Vanuatu; Republic of Vanuatu
WSM Samoa; Western Samoa; Samoa Occidental; Independent State of Samoa
YEM Yemen; Iêmen; Republic of Yemen
ZAF South Africa; Sudáfrica; Afrique du Sud; África do Sul; République d’Afrique du Sud
ZAF Republic of South Africa
ZMB Zambia; Zambie; Republic of Zambia
ZWE Zimbabwe; Zimbábue; Republic of Zimbabwe
"""

COUNTRIES = sa.table(
    "activity_countries", sa.column("activity_id", sa.Integer), sa.column("country", sa.String)
)
ACTIVITIES = sa.table("activities", sa.column("id", sa.Integer), sa.column("description", sa.Text))


def upgrade() -> None:
    codes = codes_by_name()
    for activity_id, written in countries_by_activity():
        known = {codes[folded(name)] for name in written if folded(name) in codes}
        replace_countries(activity_id, sorted(known))
        unknown = [name for name in written if folded(name) not in codes]
        if unknown:
            keep_in_description(activity_id, unknown)
    with op.batch_alter_table("activity_countries") as table:
        table.alter_column("country", existing_type=sa.String(120), type_=sa.String(3))


def downgrade() -> None:
    with op.batch_alter_table("activity_countries") as table:
        table.alter_column("country", existing_type=sa.String(3), type_=sa.String(120))
    names = names_by_code()
    for activity_id, codes in countries_by_activity():
        replace_countries(activity_id, [names.get(code, code) for code in codes])


def countries_by_activity() -> list[tuple[int, list[str]]]:
    rows = op.get_bind().execute(
        sa.select(COUNTRIES.c.activity_id, COUNTRIES.c.country).order_by(
            COUNTRIES.c.activity_id, COUNTRIES.c.country
        )
    )
    held: dict[int, list[str]] = {}
    for activity_id, country in rows:
        held.setdefault(activity_id, []).append(country)
    return list(held.items())


def replace_countries(activity_id: int, countries: list[str]) -> None:
    bind = op.get_bind()
    bind.execute(COUNTRIES.delete().where(COUNTRIES.c.activity_id == activity_id))
    if countries:
        rows = [{"activity_id": activity_id, "country": country} for country in countries]
        bind.execute(COUNTRIES.insert(), rows)


def keep_in_description(activity_id: int, unknown: list[str]) -> None:
    bind = op.get_bind()
    is_it = ACTIVITIES.c.id == activity_id
    description = bind.execute(sa.select(ACTIVITIES.c.description).where(is_it)).scalar_one()
    kept = f"{description}\n{'; '.join(unknown)}".strip()
    bind.execute(ACTIVITIES.update().where(is_it).values(description=kept))


def codes_by_name() -> dict[str, str]:
    return {
        folded(name): line[:3]
        for line in NAMES.strip().splitlines()
        for name in (line[:3], *line[4:].split("; "))
    }


def names_by_code() -> dict[str, str]:
    names: dict[str, str] = {}
    for line in NAMES.strip().splitlines():
        names.setdefault(line[:3], line[4:].split("; ")[0])
    return names


def folded(name: str) -> str:
    """Return a name without accents, capitals, punctuation, article and conjunctions."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    words = re.findall(r"\w+", bare)
    return " ".join(word for word in words if word not in {"the", "and", "y", "e", "et"})
