"""What each network wants of a post: signatures, keys, bytes and signs."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.delivery.outbox import Key, State
from generator.delivery.senders.bluesky import record_key
from generator.delivery.senders.linkedin import commentary
from generator.delivery.senders.oauth1 import Keys, signed
from generator.delivery.senders.words import plain, plain_html, spans
from tests.delivery.publications import Desk
from tests.servers.networks import Networks

WORDS = st.text(alphabet=st.sampled_from("ab c’–S&P#_.()[]{}@|<>*~\\\n$é日📈"), max_size=60)


def test_a_request_is_signed_as_the_standard_has_it() -> None:
    """The worked example of X's own manual, whose signature is known."""
    keys = Keys(
        "xvz1evFS4wEEPTGEFPHBog", "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
        "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb", "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
    )  # fmt: skip
    given = {"include_entities": "true", "status": "Hello Ladies + Gentlemen, a signed OAuth request!"}
    nonce = "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg"
    header = signed(keys, "POST", "https://api.twitter.com/1/statuses/update.json", given, nonce, 1318622958)
    assert 'oauth_signature="tnnArxj06cWHq44gCs1OSKk%2FjLY%3D"' in header


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1)), st.integers(1, 9))
def test_a_record_key_is_a_timestamp_of_its_issue(day: date, part: int) -> None:
    """It sorts as days do, is the same for the same part whatever the words, and differs between parts."""
    one = record_key(Key.of(f"{day}/session", "bluesky", str(part), b"words"))
    assert re.fullmatch(r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}", one)
    assert one == record_key(Key.of(f"{day}/session", "bluesky", str(part), b"other words"))
    assert one < record_key(Key.of(f"{day}/session", "bluesky", str(part + 1), b"words"))
    assert one != record_key(Key.of(f"{day}/weekly", "bluesky", str(part), b"words"))
    assert one < record_key(Key.of("2100-01-03/session", "bluesky", "1", b""))


@given(WORDS, st.booleans(), WORDS)
def test_links_and_tags_are_found_by_their_bytes(before: str, tagged: bool, after: str) -> None:
    """Whatever letters stand before them; the bytes of each are its own text."""
    thing = "#smallcaps" if tagged else "https://kessler.org/2024-07-11/session/"
    text = f"{before} {thing} {after}"
    found = list(spans(text))
    for span in found:
        piece = text.encode()[span.start : span.end].decode()
        assert piece == (f"#{span.value}" if span.kind == "tag" else span.value)
    assert any(span.value == thing.lstrip("#") for span in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(WORDS)
def test_linkedin_reads_the_words_that_were_meant(text: str) -> None:
    """Its own signs are escaped, so that nothing is cut off; taken back, the text is as it was."""
    made = commentary(text)
    bare = re.sub(r"\{hashtag\|\\#\|(?:\\_|\w)+\}|\\.", "", made, flags=re.DOTALL)
    assert not re.search(r"[\\|{}@\[\]()<>#*_~]", bare)
    back = re.sub(r"\\(.)", r"\1", re.sub(r"\{hashtag\|\\#\|((?:\\_|\w)+)\}", r"\\#\1", made), flags=re.DOTALL)
    assert back == text


def test_linkedin_leaves_an_address_as_it_is() -> None:
    """An escaped underscore would break the link."""
    assert commentary("a_b https://kessler.org/a_b/(c) #s_c") == r"a\_b https://kessler.org/a_b/(c) {hashtag|\#|s\_c}"


@given(WORDS.filter(lambda text: not any(sign in text for sign in "<>")))
def test_a_status_is_known_again_in_its_servers_html(text: str) -> None:
    """However the server sets paragraphs, lines and links."""
    html = text.replace("&", "&amp;").replace("\n\n", "</p><p>").replace("\n", "<br />")
    link = 'https://<span class="invisible">www.</span>kessler.org'
    assert plain_html(f'<p>{html} <a href="https://kessler.org"><span>https://</span>{link[8:]}</a></p>') == plain(
        f"{text} https://kessler.org"
    )


def test_posts_carry_their_picture_with_its_words(desk: Desk, net: Networks) -> None:
    """On each network that takes one; a thread has it on its first post."""
    desk.configure(**{**desk.all_posts(), "x": {**desk.all_posts()["x"], "thread": True}})
    desk.deliver()
    alt = "Line chart of small caps to July 11."
    assert list(net.things["alt"].values()) == [alt]
    assert net.published["bluesky"][0].more["record"]["embed"]["images"][0]["alt"] == alt
    assert net.published["mastodon"][0].more["given"]["media_ids"]
    assert ["media" in one.more["given"] for one in net.published["x"]] == [True, False, False]
    assert len(net.things["linkedin"]) == 1


def test_bluesky_keeps_the_moment_of_the_first_try(desk: Desk, net: Networks) -> None:
    """The record that is put again is the same, so that it makes no second commit."""
    desk.configure(await_pages=False, bluesky=desk.all_posts()["bluesky"])
    net.faults += [(r"POST /bluesky/xrpc/com.atproto.repo.putRecord", "reset")] * 2
    assert desk.deliver().outcomes[0].state is State.UNKNOWN
    assert desk.deliver().outcomes[0].state is State.SENT
    tried = [one.json["record"]["createdAt"] for one in net.requests if one.path.endswith("putRecord")]
    assert len(tried) == 3
    assert len(set(tried)) == 1


def test_bluesky_does_not_write_over_what_stands_under_its_key(desk: Desk, net: Networks) -> None:
    """The outbox was lost and the issue written anew: the post that is out stays as it is."""
    desk.configure(await_pages=False, bluesky=desk.all_posts()["bluesky"])
    desk.deliver()
    (desk.output / "outbox.jsonl").unlink()
    assert desk.deliver().outcomes[0].state is State.SENT
    (desk.output / "outbox.jsonl").unlink()
    desk.issue(mark=", other words")
    (outcome,) = desk.deliver().outcomes
    assert outcome.state is State.REFUSED
    assert "holds another post under this issue's key" in outcome.why
    assert net.texts("bluesky")[0].endswith("July 11.\n\n#smallcaps " + f"{desk.address}/2024-07-11/session/")
    assert len(net.texts("bluesky")) == 1


def test_facebooks_temporary_error_may_have_posted(desk: Desk, net: Networks) -> None:
    """Code 2 says nothing, so the feed is read."""
    desk.configure(await_pages=False, facebook=desk.all_posts()["facebook"])
    net.faults.append((r"POST /facebook/1784/feed", "accept, code 2"))
    assert desk.deliver().outcomes[0].state is State.SENT
    assert len(net.texts("facebook")) == 1


def test_a_persons_token_does_not_post_as_the_page(desk: Desk, net: Networks) -> None:
    """Refused before anything is sent."""
    from generator.errors import DeliveryError

    desk.configure(await_pages=False, facebook={"page": "99", "base": desk.base("facebook")})
    with pytest.raises(DeliveryError, match="the token is not the page's own"):
        desk.deliver()


def test_linkedins_ended_version_is_a_matter_of_configuration(desk: Desk, net: Networks) -> None:
    """The message says which setting, not which code."""
    from generator.errors import DeliveryError

    desk.configure(await_pages=False, linkedin={**desk.all_posts()["linkedin"], "version": "202511"})
    with pytest.raises(DeliveryError, match="LinkedIn has ended its version 202511; set a newer 'version'"):
        desk.deliver()


def test_a_members_post_in_doubt_is_settled_by_linkedins_refusal(desk: Desk, net: Networks) -> None:
    """His posts cannot be read; sent again by a person's word, the refusal names the post that is there."""
    from generator.verbs import deliver as verb

    desk.configure(await_pages=False, linkedin={**desk.all_posts()["linkedin"], "author": "urn:li:person:ab12"})
    net.faults.append((r"POST /linkedin/posts", "accept, 504"))
    (outcome,) = desk.deliver().outcomes
    assert outcome.state is State.UNKNOWN
    verb.resolve(desk.output, outcome.key, "retry")
    (outcome,) = desk.deliver().outcomes
    assert (outcome.state, outcome.why) == (State.SENT, "it was there already")
    assert len(net.texts("linkedin")) == 1


def test_buffer_says_no_in_an_answer_that_says_yes(desk: Desk, net: Networks) -> None:
    """HTTP 200 with an error in it, of either kind."""
    desk.configure(await_pages=False, buffer={**desk.all_posts()["buffer"], "channels": {"chan1": "linkedin.txt"}})
    folder = desk.output / "2024-07-11" / "session"
    assert folder.exists()
    desk.issue(mark="x" * 300)
    (outcome,) = desk.deliver().outcomes
    assert outcome.state is State.REFUSED
    assert "The post is too long" in outcome.why
    assert net.published == {}


def test_no_key_goes_where_an_answer_leads(desk: Desk, net: Networks) -> None:
    """A service that redirects, or names an address elsewhere for a picture, is not followed with the key."""
    from generator.delivery.wire import Wire
    from generator.errors import RefusedError

    wire = Wire("LinkedIn", "https://api.linkedin.com/rest", headers={"Authorization": "Bearer abc"})
    for address in ("https://evil.test/upload", "http://www.linkedin.com/upload", "https://linkedin.com.evil.test/"):
        with pytest.raises(RefusedError, match="elsewhere"):
            wire.change("PUT", address)
    assert net.requests == []


def test_a_page_may_lead_on_and_a_service_may_not(desk: Desk, net: Networks) -> None:
    """An article that is served after a redirect answers; a service that redirects a post has not taken it."""
    net.things["moved"] = {"/site/2024-07-11/session/": "/site/elsewhere/"}
    desk.configure(x=desk.all_posts()["x"])
    assert desk.deliver().outcomes[0].state is State.SENT
    desk.configure(await_pages=False, facebook=desk.all_posts()["facebook"])
    net.faults.append((r"POST /facebook/1784/feed", "301"))
    assert desk.deliver().outcomes[0].state is State.REFUSED
    assert net.texts("facebook") == []
