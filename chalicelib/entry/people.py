"""Routes of the caller's profile and the directory."""

from chalicelib.actions.people.list_engineers import list_engineers
from chalicelib.actions.people.read_profile import read_profile
from chalicelib.actions.people.set_skills import set_skills
from chalicelib.contracts.requests import PageQuery, SkillsRequest
from chalicelib.contracts.views import EngineerListView, EngineerView, MeView
from chalicelib.domain.people import Role
from chalicelib.entry.api import Api
from chalicelib.entry.requests import Call

people = Api(__name__, "people")


@people.operation("GET", "/me", answers=MeView)
def get_me(call: Call[None]) -> MeView:
    """Read your profile; this also adds you to the directory."""
    return MeView.of(call.caller.account_id, read_profile(call.caller))


@people.operation("GET", "/engineers", takes=PageQuery, answers=EngineerListView)
def get_engineers(call: Call[PageQuery]) -> EngineerListView:
    """List the directory of your account."""
    found = list_engineers(call.page, by=call.caller)
    return EngineerListView(items=[EngineerView.of(one) for one in found.items], next_cursor=found.next_cursor)


@people.operation("PUT", "/engineers/{engineer_id}", takes=SkillsRequest, answers=EngineerView, role=Role.ADMIN)
def put_engineer(call: Call[SkillsRequest], engineer_id: str) -> EngineerView:
    """Set the skills of an engineer in the directory."""
    return EngineerView.of(set_skills(engineer_id, call.body.skills, by=call.caller))
