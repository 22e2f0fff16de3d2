"""Every fault of every network: nothing is out twice, nothing is said to be out that is not, and what is in doubt is told."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest

from generator.delivery.outbox import State, read_outbox
from tests.delivery.publications import Desk
from tests.servers.networks import FAULTS, ROUTES, Networks

PUBLISHING = {
    pattern.pattern.split("/")[1]: f"{method} {pattern.pattern}"
    for method, pattern, _, publishes in ROUTES
    if publishes
}
PUBLISHING["buffer"] += " createPost"
POSTS = ["x", "bluesky", "mastodon", "linkedin", "threads", "facebook", "buffer"]
BY_KEY = ("bluesky", "mastodon", "threads")
"""Networks that can be asked again without posting twice."""
ACCEPTED = [fault for fault in FAULTS if fault.startswith("accept")]


def state(desk: Desk, channel: str) -> State:
    (record,) = (one for one in read_outbox(desk.output).latest.values() if one.key.split(":")[1] == channel)
    return record.state


def hold(desk: Desk, net: Networks, channel: str) -> None:
    """What must be true after any delivery whatever."""
    count = len(net.published.get(channel, []))
    assert count <= 1
    match state(desk, channel):
        case State.SENT:
            assert count == 1
        case State.REFUSED | State.PLANNED:
            assert count == 0
        case State.SENDING:
            pytest.fail("a run that ended left a message in 'sending'")


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("channel", POSTS)
def test_a_fault_while_publishing(desk: Desk, net: Networks, channel: str, fault: str) -> None:
    """Once at most, told as it is; and once the network is well again, a second delivery leaves exactly one, or says that it is in doubt."""
    desk.configure(await_pages=False, **desk.all_posts())
    net.faults.append((PUBLISHING[channel], fault))
    first = desk.deliver(channel)
    hold(desk, net, channel)
    if fault in ACCEPTED:
        assert state(desk, channel) is State.SENT, first.outcomes  # each of these networks lets it be found
    if fault in ("429", "429 absurd", "403 bare", "401"):
        assert state(desk, channel) is State.REFUSED
        assert first.exit_code == (3 if fault.startswith("429") else 1)
    desk.deliver(channel)
    hold(desk, net, channel)
    if state(desk, channel) is State.UNKNOWN:
        assert channel not in BY_KEY
        assert fault in ("reset", "500")
        (outcome,) = desk.deliver(channel).outcomes
        assert outcome.state is State.UNKNOWN
        assert outcome.why


@pytest.mark.parametrize("channel", POSTS)
def test_a_network_that_cannot_be_reached_is_tried_later(desk: Desk, net: Networks, channel: str) -> None:
    """Nobody answers at the address: nothing is sent, the others are served, and waiting helps."""
    posts = desk.all_posts()
    posts[channel] = {**posts[channel], "base": "http://127.0.0.1:9/nobody"}
    desk.configure(await_pages=False, **posts)
    done = desk.deliver()
    told = {one.channel: one.state for one in done.outcomes}
    assert told.pop(channel) is None
    assert set(told.values()) == {State.SENT}
    assert done.exit_code == 3


def test_an_expired_token_holds_everything_back(desk: Desk, net: Networks, monkeypatch: pytest.MonkeyPatch) -> None:
    """All that are wrong are told at once, without the keys, and nothing is sent on any channel."""
    desk.configure(await_pages=False, **desk.all_posts())
    monkeypatch.setenv("COMMENTARY_BLUESKY_PASSWORD", "stale-password-99")
    monkeypatch.setenv("COMMENTARY_MASTODON_TOKEN", "stale-token-99")
    from generator.errors import DeliveryError

    with pytest.raises(DeliveryError, match=r"(?s)Bluesky: .*401.*Mastodon: .*401.*Nothing was sent") as told:
        desk.deliver()
    assert "stale" not in str(told.value)
    assert net.published == {}


def test_a_secret_that_a_service_sends_back_is_not_told(desk: Desk, net: Networks) -> None:
    """An error that repeats the request's headers loses the key on the way to the outbox and the terminal."""
    desk.configure(await_pages=False, mastodon=desk.all_posts()["mastodon"])
    net.faults.append((PUBLISHING["mastodon"], "echo"))
    (outcome,) = desk.deliver().outcomes
    assert outcome.state is State.REFUSED
    assert "Bearer …" in outcome.why
    assert "mastodon-token-1234" not in outcome.why + (desk.output / "outbox.jsonl").read_text()


def test_a_thread_stops_where_a_post_is_refused_and_goes_on_there(desk: Desk, net: Networks) -> None:
    """The token ends midway: the posts above stay told as sent, those below wait, and the next delivery goes on."""
    desk.configure(await_pages=False, x={**desk.all_posts()["x"], "thread": True})
    net.faults += [(r"GET /x/nothing", "401")]
    matches = PUBLISHING["x"]
    net.faults += [(matches, "429 soon"), (matches, "429 soon")]
    first = desk.deliver()
    assert [one.state for one in first.outcomes] == [State.REFUSED, None, None]
    assert net.texts("x") == []
    net.faults.clear()
    done = desk.deliver()
    assert [one.state for one in done.outcomes] == [State.SENT] * 3
    posts = net.published["x"]
    assert [one.more["given"].get("reply", {}).get("in_reply_to_tweet_id") for one in posts] == [
        None,
        posts[0].id,
        posts[1].id,
    ]


def test_a_token_that_ends_midway_through_a_thread_is_a_told_partial_result(desk: Desk, net: Networks) -> None:
    """Post 1 is out and said to be; post 2 is refused with the reason; post 3 is not tried."""
    desk.configure(await_pages=False, x={**desk.all_posts()["x"], "thread": True})
    good = PUBLISHING["x"]
    net.faults += [(good, "pass"), (good, "401")]
    done = desk.deliver()
    assert [one.state for one in done.outcomes] == [State.SENT, State.REFUSED, None]
    assert "401" in done.outcomes[1].why
    assert "part 2" in done.outcomes[2].why
    assert done.exit_code == 1
    assert [one.state for one in desk.deliver().outcomes] == [State.SENT] * 3
    assert len(net.texts("x")) == 3


def test_mastodon_after_an_hour_is_in_doubt_until_a_person_says(
    desk: Desk, net: Networks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its server no longer knows the key: what is not found among the statuses is not sent again by itself."""
    from generator.verbs import deliver as verb

    desk.configure(await_pages=False, mastodon=desk.all_posts()["mastodon"])
    net.faults += [(PUBLISHING["mastodon"], "reset")] * 2
    (outcome,) = desk.deliver().outcomes
    assert outcome.state is State.UNKNOWN
    real = verb.present
    monkeypatch.setattr(verb, "present", lambda: real() + timedelta(hours=2))
    (outcome,) = desk.deliver().outcomes
    assert outcome.state is State.UNKNOWN
    assert net.texts("mastodon") == []
    verb.resolve(desk.output, outcome.key, "retry")
    (outcome,) = desk.deliver().outcomes
    assert outcome.state is State.SENT
    assert len(net.texts("mastodon")) == 1


ODD = (
    "[]", "5", '"x"', "null", "{}", "[[[]]]", '{"data": 5}', '{"data": [5, null, {"id": {}}]}', '{"id": [], "status": 5, "url": {}}',
    '{"results": [5, {"metadata": []}], "next": 1}', '{"posts": [5]}', '{"posts": [{"id": 1, "status": []}]}', '{"newsletters": 5}',
    '{"campaigns": [{"settings": 5}], "settings": []}', '{"broadcasts": 5, "broadcast": [1]}', '{"data": {"results": [{"tags": 5}]}}',
    '{"value": 5}', '{"elements": [{"commentary": []}]}', '{"errors": 5}', '{"errors": [[]]}', '{"data": {"posts": {"edges": [5]}}}',
    '{"did": 1, "accessJwt": []}', '{"blob": []}', '{"uri": 5, "cid": {}}', "\x00", "[" * 5_000,
)  # fmt: skip


@pytest.mark.parametrize("channel", [*POSTS, "buttondown", "ghost", "listmonk", "mailchimp", "kit"])
def test_an_odd_answer_to_any_request_does_no_harm(
    desk: Desk, net: Networks, channel: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a service says to whichever request: one at most is out, and nothing ends in a traceback."""
    from generator.errors import DeliveryError

    monkeypatch.setenv("COMMENTARY_PATIENCE", "0.002")
    desk.configure(await_pages=False, **{channel: {**desk.all_posts(), **desk.all_mails()}[channel]})
    day = date(2000, 1, 3)
    requests, number = 1, 0
    while number < requests * 4:
        day += timedelta(days=1)
        desk.issue(day)
        net.requests.clear()
        # The n-th request is answered oddly; those before it pass.
        net.faults = [(".*", "pass")] * (number % requests) + [(".*", f"accept, odd {ODD[number * 7 % len(ODD)]}")]
        out = len(net.texts(channel))
        with suppress(DeliveryError):  # the account did not let us in
            desk.deliver(session=day)
        net.faults.clear()
        requests = max(requests, len(net.requests))
        assert len(net.texts(channel)) <= out + 1
        number += 1
