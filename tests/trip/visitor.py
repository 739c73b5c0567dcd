"""What others see in the end: anybody in the catalogue, the auditor in the journal."""

from tests.trip.person import Person


def finds_it(them: Person) -> None:
    them.opens("home")
    them.follows("Catalogue", within="header")
    them.follows("Glyco")
    them.is_on("Glyco")
    them.reads("Suivez votre glycémie au quotidien.")
    them.leaves()


def audits(them: Person) -> None:
    them.opens("home")
    them.follows("Glyco")
    them.follows("Journal")
    them.is_on("Journal de la candidature")
