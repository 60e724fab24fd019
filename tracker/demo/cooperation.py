"""Invented requests and offers of cooperation, and the networks of the demo body."""

from typing import NamedTuple


class DemoNotice(NamedTuple):
    """A request or an offer: who, from which country, what, in which sector, how long ago."""

    kind: str
    party: str
    party_kind: str
    country: str
    title: str
    sector: str
    words: str
    agreement: str
    days_ago: int


NOTICES = (
    DemoNotice(
        "request", "Government of Cabo Verde", "government", "CPV",
        "Advice on waste from ships in small ports", "Ports", "ports, waste", "", 40,
    ),
    DemoNotice(
        "request", "Bureau of Statistics of the Gambia", "government", "GMB",
        "Training of interviewers for a survey of coastal households", "Statistics",
        "survey, households", "Memorandum of understanding of 2 June 2025", 75,
    ),
    DemoNotice(
        "offer", "Port authority of Dakar", "government", "SEN",
        "Two experts on waste reception in ports, for four weeks", "Ports", "ports, waste",
        "Framework agreement on ports of 2023", 20,
    ),
    DemoNotice(
        "offer", "University of the Atlantic", "academic", "CPV",
        "Courses on household surveys in Portuguese", "Statistics", "survey, training", "", 60,
    ),
    DemoNotice(
        "offer", "Islands Foundation", "private", "",
        "Grants for seed banks of coastal plants", "Agriculture", "seeds, plants", "", 10,
    ),
)  # fmt: skip

# What was asked or offered, by its title, and the activity that it was followed to.
FOLLOWED = (
    (
        "Courses on household surveys in Portuguese",
        "Preparation of the round of population and housing censuses",
    ),
)

# Name, purpose, members with the code of their country; activities name the first two.
NETWORKS = (
    (
        "Network of Small Ports",
        "Ports of less than a million tons a year exchange staff and experience.",
        (("Port of Mindelo", "CPV"), ("Port of Banjul", "GMB"), ("Port of Bissau", "GNB")),
    ),
    (
        "Network of coastal municipalities",
        "Municipalities of the coast prepare for erosion together.",
        (("Municipality of Saint-Louis", "SEN"), ("Municipality of Praia", "CPV")),
    ),
)
