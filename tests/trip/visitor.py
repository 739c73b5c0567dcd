"""What others see in the end: anybody in the catalogue, the auditor in the journal."""

from tests.trip.person import Person


def finds_it(them: Person) -> None:
    them.opens("home")
    them.follows("Catalogue", within="header")
    them.follows("Glyco")
    them.is_on("Glyco")
    them.reads("Suivez votre glycémie au quotidien.")


def audits(them: Person, reference: str) -> None:
    them.opens("home")
    them.opens("referencing:show", reference)
    them.follows("Journal")
    them.is_on("Journal de la candidature")
