"""A stack of its own for the story of a weekend, as setting the clock moves time for everybody's cases."""

import shutil
from functools import partial

from infra.local.bring_up import bring_up
from infra.local.clock import set_clock
from infra.local.demo.narration import begin, tell
from infra.local.demo.post_office_link import link_post_office
from infra.local.demo.weekend import tell_weekend
from infra.local.emulator import code_folder
from infra.local.services import Services, stop_all
from infra.local.site import Site, site_of_its_own


def play_weekend(beside: Site) -> None:
    """Start the stack beside another one, play the story on it, and stop it again."""
    begin("A Friday evening and its weekend, on a second stack whose clock is set (times in Brussels, default policy)")
    if beside.external_endpoint_url:
        tell("left out", "a clock can only be set on an emulator of our own; unset AWS_ENDPOINT_URL")
        return
    site = site_of_its_own(beside.weekend_home, has_settable_clock=True)
    forget_weekend(beside)
    with Services(site.home) as services:
        stack = bring_up(site, services, environment={})
        link_post_office(stack)
        tell_weekend(stack, partial(set_clock, code_folder(site)))
    forget_weekend(beside)


def forget_weekend(beside: Site) -> None:
    """Stop what a story that was cut short has left, and forget its data."""
    stop_all(beside.weekend_home)
    shutil.rmtree(beside.weekend_home, ignore_errors=True)
