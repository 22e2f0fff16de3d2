"""An issue goes out once on each channel, in the right order, or not at all."""

from __future__ import annotations

import pytest

from generator.delivery.outbox import State, read_outbox
from tests.delivery.publications import Desk
from tests.servers.networks import Networks


def test_a_post_goes_out_on_each_network_once(desk: Desk, net: Networks) -> None:
    """With its words and picture; a second delivery sends nothing."""
    desk.configure(**desk.all_posts())
    first = desk.deliver()
    posts = ["x", "linkedin", "threads", "facebook", "bluesky", "mastodon", "buffer"]
    assert [(one.channel, one.state) for one in first.outcomes] == [(name, State.SENT) for name in posts], (
        first.outcomes
    )
    for service in posts[:-1]:
        assert net.texts(service) == [(desk.output / "2024-07-11" / "session" / f"{service}.txt").read_text().strip()]
    again = desk.deliver()
    assert all(one.state is State.SENT and not one.fresh for one in again.outcomes)
    assert all(len(net.texts(service)) == 1 for service in posts)
    assert all(record.address for record in list(read_outbox(desk.output).latest.values())[:-1])


def test_a_dry_run_asks_nobody(desk: Desk, net: Networks) -> None:
    """It shows every body and what it costs, and leaves no outbox."""
    desk.configure(**desk.all_posts())
    plan = desk.deliver(live=False)
    assert [step.due for step in plan.steps] == [True] * 7
    assert plan.steps[0].cost == pytest.approx(0.02)
    assert net.requests == []
    assert not (desk.output / "outbox.jsonl").exists()
