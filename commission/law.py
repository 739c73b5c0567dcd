"""The law of the commission: quorum, mandates, déport, convocation. Pure functions on plain values.

Source: code des relations entre le public et l'administration (CRPA), art. R. 133-3 to R. 133-13, to which the arrêté
du 24 février 2022 refers. What these articles leave open is a field of `Rules`, never an assumption of the code. Each
result carries the French sentence that explains it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from commission.kinds import ATTENDING, Mode
from referencing.kinds import Opinion


@dataclass(frozen=True)
class Rules:
    """The parameters of the commission. The defaults are the prudent reading of what the texts do not settle.

    `recused_in_quorum`: a member who withdraws from an item still counts as present for its quorum (default: no).
    `abstentions_weigh`: the majority is that of all who take part in the vote, so that an abstention weighs against
    (default: no, only votes for and against are compared). `casting_vote`: on a tie the presiding member decides.
    """

    seats: int = 9
    convocation_days: int = 5
    casting_vote: bool = True
    recused_in_quorum: bool = False
    abstentions_weigh: bool = False


@dataclass(frozen=True)
class Seated:
    """One member on the day: how they take part, who holds their mandate, who substitutes them ("" for nobody)."""

    id: int
    name: str
    mode: Mode
    holder: int | None = None
    substitute: str = ""
    ex_officio: bool = False

    @property
    def attends(self) -> bool:
        return self.mode in ATTENDING


@dataclass(frozen=True)
class Quorum:
    """`counted` members present or represented, of `seats`; `required` is half, rounded up."""

    reached: bool
    counted: int
    required: int
    seats: int
    sentence: str


@dataclass(frozen=True)
class Standing:
    """What one person may do on an item. `carries` lists the members whose ballot they hand in, theirs first."""

    carries: tuple[int, ...]
    sentence: str

    @property
    def may_vote(self) -> bool:
        return bool(self.carries)


NOBODY: frozenset[int] = frozenset()


def carrier_of(member: Seated, seated: Mapping[int, Seated], recused: Collection[int] = NOBODY) -> Seated | None:
    """Return who carries a member's voice on an item: the member, the holder of their mandate, or nobody.

    A member who withdraws (R. 133-12) neither votes, nor is represented, nor carries the voice they were given: the
    mandate of whoever chose them is without effect on that item.
    """
    if member.id in recused:
        return None
    if member.attends:
        return member
    holder = seated.get(member.holder) if member.mode == Mode.REPRESENTED and member.holder else None
    return holder if holder and holder.attends and holder.id not in recused else None


def taking_part(members: Iterable[Seated], recused: Collection[int] = NOBODY) -> list[Seated]:
    """Return the members present or validly represented on an item (of the séance, when nobody withdraws)."""
    seated = {member.id: member for member in members}
    return [member for member in seated.values() if carrier_of(member, seated, recused)]


def half(seats: int) -> int:
    """« La moitié au moins »: half of the seats, rounded up (R. 133-10)."""
    return (seats + 1) // 2


def quorum(
    members: Collection[Seated], rules: Rules, *, recused: Collection[int] = NOBODY, second_call: bool = False
) -> Quorum:
    """Say whether the commission may deliberate (R. 133-10), on an item when `recused` is given.

    Counted: members present in the room or at a distance, and those who gave a mandate that can be exercised. The
    base is the number of seats, vacant or not. After a second convocation on the same agenda no quorum is asked, but
    somebody must be there.
    """
    counted = len(taking_part(members, NOBODY if rules.recused_in_quorum else recused))
    required = half(rules.seats)
    there = f"{_people(counted)} sur {rules.seats}"
    if recused and not rules.recused_in_quorum:
        there += f", {_count(len(recused), 'déport')} non {'compté' if len(recused) == 1 else 'comptés'}"
    if second_call and counted:
        sentence = f"Seconde convocation : aucun quorum n'est exigé (CRPA, art. R. 133-10) ; {there}."
        return Quorum(True, counted, required, rules.seats, sentence)
    reached = counted >= required
    verdict = "Quorum atteint" if reached else "Quorum non atteint"
    return Quorum(reached, counted, required, rules.seats, f"{verdict} : {there} ; il en faut {required}.")


def standing(person: int, members: Iterable[Seated], recused: Collection[int] = NOBODY) -> Standing:
    """Say for whom this member may vote on an item, and why."""
    seated = {member.id: member for member in members}
    me = seated.get(person)
    if me is None:
        return Standing((), "Vous ne siégez pas à cette séance.")
    if me.id in recused:
        return Standing(
            (), "Vous vous êtes déporté : vous ne participez ni au débat ni au vote (CRPA, art. R. 133-12)."
        )
    if me.mode == Mode.REPRESENTED:
        return Standing((), _mandate_sentence(me, seated, recused))
    if not me.attends:
        return Standing((), "Votre présence n'est pas notée : signalez-vous au secrétariat pour voter.")
    if me.substitute:
        return Standing((), f"Vous êtes suppléé par {me.substitute} : le secrétariat recueille son vote en séance.")
    return _present_standing(me, seated, recused)


def collected_by_secretary(members: Iterable[Seated], recused: Collection[int] = NOBODY) -> list[Seated]:
    """Return the members whose voice is carried by a substitute, who has no account: the secretary writes it down."""
    seated = {member.id: member for member in members}
    carried = [(member, carrier_of(member, seated, recused)) for member in seated.values()]
    return [member for member, carrier in carried if carrier and carrier.substitute]


def mandate_problems(members: Iterable[Seated]) -> list[str]:
    """Return what is wrong with mandates and substitutes (R. 133-3 and R. 133-9), one sentence each; [] when sound."""
    seated = {member.id: member for member in members}
    problems = []
    held: dict[int, Seated] = {}
    for member in seated.values():
        if member.substitute and not member.ex_officio:
            problems.append(
                f"{member.name} ne siège pas en raison d'une fonction et ne peut pas être suppléé (CRPA, art. R. 133-3)."
            )
        if member.mode != Mode.REPRESENTED:
            continue
        if member.substitute:
            problems.append(f"{member.name} est suppléé et ne peut pas donner mandat (CRPA, art. R. 133-9).")
        problems += _holder_problems(member, seated, held)
    return problems


def convocation_problems(today: date, day: date, *, items: int, urgency: str, rules: Rules) -> list[str]:
    """Return why a séance cannot be convened today (R. 133-5 and R. 133-8); days are calendar days, Paris dates."""
    problems = []
    if not items:
        problems.append("L'ordre du jour est vide : inscrivez au moins une candidature (CRPA, art. R. 133-8).")
    if day < today:
        problems.append("La date de la séance est passée.")
    elif (day - today).days < rules.convocation_days and not urgency.strip():
        problems.append(
            f"La convocation doit partir {rules.convocation_days} jours au moins avant la séance, sauf urgence : "
            "changez la date ou écrivez le motif de l'urgence (CRPA, art. R. 133-8)."
        )
    return problems


def proposition_problems(opinion: str, reserves: Collection[Mapping[str, object]]) -> list[str]:
    """Return why a proposed avis does not hold together; `reserves` are {text, suspensive, …}."""
    if opinion not in Opinion.values:
        return ["Choisissez l'un des quatre avis possibles."]
    suspensive = any(reserve["suspensive"] for reserve in reserves)
    if opinion in (Opinion.FAVOURABLE, Opinion.UNFAVOURABLE) and reserves:
        return ["Cet avis ne porte pas de réserves : retirez-les ou choisissez un avis avec réserves."]
    if opinion == Opinion.FAVOURABLE_RESERVES and not reserves:
        return ["Écrivez au moins une réserve."]
    if opinion == Opinion.FAVOURABLE_RESERVES and suspensive:
        return ["Une réserve est suspensive : choisissez l'avis « favorable avec réserves suspensives »."]
    if opinion == Opinion.FAVOURABLE_SUSPENSIVE and not suspensive:
        return ["Déclarez suspensive au moins une réserve."]
    return []


def _present_standing(me: Seated, seated: Mapping[int, Seated], recused: Collection[int]) -> Standing:
    how = "Vous participez à distance" if me.mode == Mode.REMOTE else "Vous êtes en salle"
    giver = next((m for m in seated.values() if m.mode == Mode.REPRESENTED and m.holder == me.id), None)
    if giver is None:
        return Standing((me.id,), f"{how} : vous pouvez voter.")
    if giver.id in recused:
        return Standing(
            (me.id,), f"{how} : vous pouvez voter. {giver.name}, qui vous a donné mandat, s'est déporté de ce point."
        )
    return Standing((me.id, giver.id), f"{how} : vous pouvez voter, et vous portez la voix de {giver.name}.")


def _mandate_sentence(me: Seated, seated: Mapping[int, Seated], recused: Collection[int]) -> str:
    holder = seated.get(me.holder or 0)
    name = holder.name if holder else "un membre"
    if carrier_of(me, seated, recused):
        return f"Vous avez donné mandat à {name}, qui vote en votre nom."
    if holder and holder.id in recused:
        return f"{name}, à qui vous avez donné mandat, s'est déporté : votre voix n'est pas portée sur ce point."
    return f"{name}, à qui vous avez donné mandat, n'est pas en séance : votre voix n'est pas portée."


def _holder_problems(member: Seated, seated: Mapping[int, Seated], held: dict[int, Seated]) -> list[str]:
    holder = seated.get(member.holder or 0)
    if holder is None or holder.id == member.id:
        return [f"Indiquez à quel autre membre {member.name} donne mandat (CRPA, art. R. 133-9)."]
    problems = []
    if not holder.attends:
        problems.append(
            f"{member.name} a donné mandat à {holder.name}, qui n'est pas en séance : le mandat ne peut pas s'exercer."
        )
    if holder.id in held:
        problems.append(
            f"{holder.name} détient déjà le mandat de {held[holder.id].name} : nul ne peut en détenir plus d'un (CRPA, art. R. 133-9)."
        )
    held.setdefault(holder.id, member)
    return problems


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number > 1 else ''}"


def _people(number: int) -> str:
    plural = "s" if number > 1 else ""
    return f"{number} membre{plural} présent{plural} ou représenté{plural}"
