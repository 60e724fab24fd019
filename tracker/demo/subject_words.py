"""The subject words of the demo body, in its languages."""

from typing import NamedTuple


class DemoWord(NamedTuple):
    """A word by language: "name: term, term"; ``above`` is the English name of a broader one."""

    en: str
    es: str
    fr: str
    pt: str
    above: str = ""
    is_of_all: bool = False


WORDS = (
    DemoWord(
        "Ocean economy: fish, fisheries, ocean",
        "Economía del océano: pesca, océano",
        "Économie de l’océan: pêche, océan",
        "Economia do oceano: pesca, oceano",
        is_of_all=True,
    ),
    DemoWord(
        "Transport: shipping, inter-island transport",
        "Transporte: navegación",
        "Transports: navigation",
        "Transporte: navegação",
    ),
    DemoWord(
        "Ports: port authorities, landing, small ports",
        "Puertos: autoridades portuarias",
        "Ports: autorités portuaires",
        "Portos: autoridades portuárias",
        "Transport",
    ),
    DemoWord(
        "Statistics: statistical offices, survey, questionnaires, indicators",
        "Estadísticas: oficinas de estadística, encuesta, cuestionarios, indicadores",
        "Statistiques: offices de statistique, enquête, questionnaires, indicateurs",
        "Estatísticas: institutos de estatística, inquérito, questionários, indicadores",
        is_of_all=True,
    ),
    DemoWord(
        "Floods and storms: flood, storm, erosion",
        "Inundaciones y tormentas: inundación, tormenta, erosión",
        "Inondations et tempêtes: inondation, tempête, érosion",
        "Inundações e tempestades: inundação, tempestade, erosão",
    ),
    DemoWord(
        "Settlements: coastal settlements, municipalities, households",
        "Asentamientos: asentamientos costeros, municipios, hogares",
        "Établissements humains: établissements, municipalités, ménages",
        "Assentamentos: municípios, agregados familiares",
    ),
    DemoWord(
        "Trade: imports, exports, customs",
        "Comercio: importaciones, exportaciones, aduanas",
        "Commerce: importations, exportations, douanes",
        "Comércio: importações, exportações, alfândegas",
    ),
    DemoWord(
        "Waste: ship waste, recycling",
        "Desechos: residuos, reciclaje",
        "Déchets: recyclage",
        "Resíduos: reciclagem",
    ),
    DemoWord(
        "Seeds and plants: seed, plants, coastal plants",
        "Semillas y plantas: semilla, planta",
        "Semences et plantes: semence, plante",
        "Sementes e plantas: semente, planta",
    ),
)
