"""Buffer: hands posts to its queue or drafts; it answers 200 even where it refuses, so answers are read to the end."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta

from generator.delivery.message import Absent, Kept, Message, Receipt, Sender
from generator.delivery.wire import Answer, at
from generator.errors import RefusedError, UnsureError

_CREATE = """mutation { createPost(input: {channelId: %s, text: %s, schedulingType: automatic, mode: addToQueue,
  saveToDraft: %s}) { ... on PostActionSuccess { post { id } } ... on MutationError { message } } }"""
_POSTS = """query { posts(first: 50, input: {organizationId: %s, filter: {channelIds: [%s]}}) {
  edges { node { id text } } } }"""
_ACCOUNT = """query { account { organizations { id } } }"""
_UNSURE = ("INTERNAL_SERVER_ERROR", "UNEXPECTED", "TIMEOUT")


class Buffer(Sender):
    """Hands posts to an organization's channels; the part of a message is the channel."""

    def check(self) -> None:
        """Ask whose key it is."""
        self.wire.headers["Authorization"] = f"Bearer {self.secrets['key']}"
        answer = self._asked(self.wire.harmless("POST", "", json={"query": _ACCOUNT}))
        ids = [str(one.get("id")) for one in answer.rows("data", "account", "organizations")]
        if self.setting("organization") not in ids:
            raise RefusedError("Buffer does not know 'organization' as one of this key's")

    def _asked(self, answer: Answer) -> Answer:
        """The answer, unless it holds errors."""
        errors = answer.get("errors")
        if not errors:
            return answer
        said = self.wire.scrubbed(answer.text("errors", 0, "message") or "without a word")
        code = answer.text("errors", 0, "extensions", "code")
        if code in _UNSURE or not code:
            raise UnsureError(f"Buffer answered with an error: {said}")
        raise RefusedError(f"Buffer refused: {said} ({code})", later=code == "RATE_LIMIT_EXCEEDED")

    def publish(self, message: Message, before: Sequence[Receipt], kept: Kept) -> Receipt:
        """Put it into the channel's queue, or among its drafts."""
        # A string of JSON is one of GraphQL as well.
        query = _CREATE % (*map(json.dumps, (message.key.part, message.text, self.setting("draft"))),)
        answer = self._asked(self.wire.change("POST", "", json={"query": query}))
        if said := answer.text("data", "createPost", "message"):
            raise RefusedError(f"Buffer refused: {self.wire.scrubbed(said)}")
        id = answer.text("data", "createPost", "post", "id")
        if not id:
            raise UnsureError("Buffer answered without the post")
        return self._receipt(id)

    def find(self, message: Message, before: Sequence[Receipt], kept: Kept, age: timedelta) -> Receipt | Absent:
        """Look among the channel's newest posts."""
        query = _POSTS % (json.dumps(self.setting("organization")), json.dumps(message.key.part))
        try:
            answer = self._asked(self.wire.harmless("POST", "", json={"query": query}))
        except UnsureError as error:
            raise RefusedError(str(error), later=True) from error
        for edge in answer.rows("data", "posts", "edges"):
            if at(edge, "node", "text") == message.text:
                return self._receipt(str(at(edge, "node", "id") or ""))
        return Absent.UNCERTAIN

    def _receipt(self, id: str) -> Receipt:
        note = "among Buffer's drafts; nobody sees it yet" if self.setting("draft") else "in Buffer's queue"
        return Receipt(id, note=note)
