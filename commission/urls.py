"""Entrances of the commission."""

from django.urls import path

from commission.views import agenda, attendance, items, minutes, planning, recusals, seances, sittings, votes

app_name = "commission"

urlpatterns = [
    path("seances/", seances.seances, name="seances"),
    path("seances/nouvelle/", planning.plan, name="plan"),
    path("seances/<str:number>/", seances.seance, name="seance"),
    path("seances/<str:number>/etat/", seances.state, name="seance_state"),
    path("seances/<str:number>/modifier/", planning.replan, name="replan"),
    path("seances/<str:number>/convoquer/", planning.convene, name="convene"),
    path("seances/<str:number>/seconde-convocation/", planning.second_call, name="second_call"),
    path("seances/<str:number>/ordre-du-jour/", agenda.agenda, name="agenda"),
    path("seances/<str:number>/ma-presence/", attendance.announce, name="announce"),
    path("seances/<str:number>/appel/", attendance.roll, name="roll"),
    path("seances/<str:number>/ouvrir/", sittings.open_seance, name="open"),
    path("seances/<str:number>/presidence/", sittings.preside, name="preside"),
    path("seances/<str:number>/clore/", sittings.close, name="close"),
    path("seances/<str:number>/defaut-de-quorum/", sittings.close_without_quorum, name="close_without_quorum"),
    path("seances/<str:number>/proces-verbal/", minutes.download, name="minutes"),
    path("seances/<str:number>/points/<int:order>/", items.item, name="item"),
    path("seances/<str:number>/points/<int:order>/etat/", items.state, name="item_state"),
    path("seances/<str:number>/points/<int:order>/examiner/", items.examine, name="examine"),
    path("seances/<str:number>/points/<int:order>/ajourner/", items.adjourn, name="adjourn"),
    path("seances/<str:number>/points/<int:order>/deport/", recusals.declare, name="recuse"),
    path("seances/<str:number>/points/<int:order>/desaccord/", recusals.dissent, name="dissent"),
    path("seances/<str:number>/points/<int:order>/proposer/", votes.propose, name="propose"),
    path("seances/<str:number>/points/<int:order>/voter/<int:voice>/", votes.vote, name="vote"),
    path("seances/<str:number>/points/<int:order>/clore-le-vote/", votes.close, name="close_poll"),
    path("seances/<str:number>/points/<int:order>/rendre-l-avis/", votes.conclude, name="conclude"),
    path("candidatures/<str:reference>/commission/", agenda.item_of, name="item_of"),
    path("candidatures/<str:reference>/commission/inscrire/", agenda.put_on_agenda, name="put_on_agenda"),
]
