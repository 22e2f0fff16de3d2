"""Answer each request by one verb: the desk's counterpart of `cli`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.delivery_lines import delivery_lines
from generator.desk import asked
from generator.desk.front import Front
from generator.errors import CommentaryError, DataError
from generator.files import read_bytes
from generator.lines import left_out, legible, site_lines
from generator.verbs import drafting
from generator.verbs.approve import approve
from generator.verbs.choose import Choice, choose, places
from generator.verbs.deliver import Order, channels_set, deliver
from generator.verbs.explain import explained
from generator.verbs.issues import Shelf
from generator.verbs.note import add_note
from generator.verbs.own import OwnSentence, chips, keep_own, own_sentences
from generator.verbs.site import build_site
from generator.verbs.tonight import tonight
from generator.verbs.truer import advised
from generator.verbs.verify import LARGEST, read_ledger
from generator.verbs.warm import Warm
from generator.verbs.write import write_edition

FOUND = 40
"""How many figures a search gives."""


def _sentences(one: asked.ToJudge) -> list[OwnSentence]:
    return [OwnSentence(each.part, each.says, each.by.strip(), each.asserts) for each in one.sentences]


class Office:
    """What one desk is asked; each method that takes a request answers the address of its name."""

    def __init__(self, front: Front) -> None:
        self.settings, self.public, self.runs = front.settings, front.public, front.runs
        self.warm = Warm(front.settings, front.heard)
        self.shelf = Shelf(front.settings)

    def tonight(self, _: asked.Asked) -> Any:
        """What is held, what is missing, and what can be written."""
        return tonight(self.warm)

    def issue(self, one: asked.OfIssue) -> Any:
        """An issue, to be read."""
        return self.shelf.open(one.kind, one.session)

    def channels(self, _: asked.Asked) -> Any:
        """Where issues are delivered."""
        return channels_set(self.settings)

    def files(self, _: asked.Asked) -> Any:
        """The files of content/."""
        return drafting.listed(self.warm)

    def file(self, one: asked.OfFile) -> Any:
        """One of them."""
        return drafting.read(self.warm, one.path)

    def attempt(self, one: asked.ToTry) -> Any:
        """What a text would say, if it stood in its file."""
        return drafting.tried(self.warm, one.path, one.text, one.kind)

    def issues(self, _: asked.Asked) -> dict[str, Any]:
        """Every issue of the archive with its state."""
        standings, notices = self.shelf.standings()
        return {"issues": standings, "notices": notices}

    def write(self, one: asked.ToWrite) -> Any:
        """Begin to write an issue, and have the second reader read it."""
        settings = replace(self.settings, edition=one.kind, session=one.session, latest=False)

        def work() -> dict[str, Any]:
            written = write_edition(settings, self.runs.stage)
            notices = [*left_out(written.omissions, in_full=False), *map(legible, written.notices)]
            told = {"kind": one.kind, "session": written.session.isoformat(), "notices": notices}
            self.runs.stage("second reader", None, "")
            return {**told, "read": self._second_reading(one.kind, written.folder)}

        return self.runs.start(f"writing {one.kind}", work)

    def _second_reading(self, kind: str, folder: Path) -> dict[str, Any]:
        try:
            answers = self.warm.read_again(kind, folder)
        except CommentaryError as error:
            return {"error": str(error)}
        faults = [{"where": one.where, "what": str(one)} for one in answers.faults]
        self.runs.stage("second reader", 0.0, f"{answers.claims:,} claims, {len(faults)} of them not proved")
        return {"claims": answers.claims, "faults": faults}

    def reading(self, one: asked.OfIssue) -> Any:
        """Have the second reader read an issue."""
        folder = self.settings.output / one.session.isoformat() / one.kind
        return self.runs.start(f"reading {one.session}/{one.kind}", lambda: self._read_again(one.kind, folder))

    def _read_again(self, kind: str, folder: Path) -> dict[str, Any]:
        self.runs.stage("second reader", None, "")
        return {"read": self._second_reading(kind, folder)}

    def explain(self, one: asked.OfFragment) -> dict[str, Any]:
        """Why a fragment spoke in an issue, and who else could have."""
        desk = self.warm.desk(one.kind)
        slot = desk.newsroom.by_key[one.fragment].slot if one.fragment in desk.newsroom.by_key else one.fragment
        explanation = explained(desk, self.warm.row(one.session), slot)
        considered = explanation.parts[0].considered
        spoke = next((item for item in considered if item.standing.fragment == one.fragment), None)
        others = [item for item in considered if item is not spoke and item.standing.held]
        return {"slot": slot, "spoke": spoke, "others": others, "silent": len(considered) - len(others) - 1}

    def places(self, one: asked.OfIssue) -> Any:
        """What each place of an issue could say."""
        return places(self.warm, one.kind, one.session)

    def choose(self, one: asked.ToChoose) -> Any:
        """Keep a choice, and write the issue with it."""
        choice = Choice(one.part, one.fragment, one.says, one.of, one.instead) if one.fragment else None
        self.runs.alone(lambda: choose(self.warm, one.kind, one.session, choice, one.digest))
        return self.write(asked.ToWrite(kind=one.kind, session=one.session))

    def own(self, one: asked.OfIssue) -> Any:
        """An editor's own sentences for an issue."""
        return own_sentences(self.warm, one.kind, one.session)

    def judge(self, one: asked.ToJudge) -> Any:
        """How such sentences read, what is wrong with them, and what could be said instead."""
        return advised(self.warm, one.kind, one.session, _sentences(one))

    def keep(self, one: asked.ToKeep) -> Any:
        """Keep them, and write the issue with them."""
        self.runs.alone(lambda: keep_own(self.warm, one.kind, one.session, _sentences(one), one.digest))
        return self.write(asked.ToWrite(kind=one.kind, session=one.session))

    def note(self, one: asked.ToNote) -> Any:
        """Keep what somebody said of the session with its source, and write the issue with it."""
        told = one.model_dump(exclude={"kind", "session"}, exclude_defaults=True)
        self.runs.alone(lambda: add_note(self.settings, one.session, told))
        return self.write(asked.ToWrite(kind=one.kind, session=one.session))

    def approve(self, one: asked.ToApprove) -> Any:
        """Approve an issue as it was shown."""
        settings = replace(self.settings, edition=one.kind, session=one.session)
        return self.runs.alone(lambda: approve(settings, one.by, one.digest))

    def deliver(self, one: asked.ToDeliver) -> Any:
        """Deliver an approved issue, or show what that would do."""
        settings = replace(self.settings, edition=one.kind, session=one.session)
        order = Order(tuple(one.channels), one.live, self.public, one.rehearsal, one.digest, approval=True)

        def work() -> dict[str, Any]:
            delivered = deliver(settings, order)
            lines, code = list(delivery_lines(delivered)), delivered.exit_code if one.live else 0
            due = sum(step.due for step in delivered.steps)
            return {"live": one.live, "lines": lines, "notices": delivered.notices, "due": due, "exit_code": code,
                    "digest": delivered.issue.digest}  # fmt: skip

        return self.runs.start(f"delivering {one.session}/{one.kind}", work) if one.live else self.runs.alone(work)

    def site(self, _: asked.Asked) -> Any:
        """Bring the site up to date; what was published otherwise makes a dated correction."""

        def work() -> dict[str, Any]:
            built = build_site(self.settings, self.public)
            return {"lines": list(site_lines(built)), "folder": built.folder, "corrections": built.corrections}

        return self.runs.start("building the site", work)

    def figures(self, one: asked.OfSearch) -> Any:
        """Figures that have all these words."""
        found, of = chips(self.warm, one.kind, one.session, one.search, FOUND)
        return {"figures": found, "of": of}

    def save(self, one: asked.ToSave) -> Any:
        """Save a file of content/."""
        return self.runs.alone(lambda: drafting.save(self.warm, one.path, one.text, one.digest))

    def content_of(self, session: str, kind: str, path: str) -> bytes:
        """A file that an issue's ledger names; raises `DataError` for any other."""
        one = asked.read(asked.OfIssue, {"session": session, "kind": kind})
        folder = self.settings.output / one.session.isoformat() / one.kind
        if path not in read_ledger(folder)["files"]:
            raise DataError("There is no such file.")
        try:
            return read_bytes(folder / path, folder, LARGEST)
        except OSError as error:
            raise DataError(f"{path}: cannot be read ({error.strerror}).") from error
