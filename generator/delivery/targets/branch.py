"""A branch that holds the site and nothing else, as GitHub Pages serves it: one commit without a parent, by plumbing.

Each deployment replaces the branch's only commit. A site of charts, cards and PDF grows by each issue; a history
would keep every home page, feed and search index that ever was as well, and GitHub Pages ends at a gigabyte. What was
published when stands in the outbox and in the archive. Only a branch whose commit is ours is ever replaced.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.delivery.message import Receipt
from generator.delivery.targets.public import Public
from generator.delivery.targets.target import Target
from generator.errors import RefusedError, UnsureError

SUBJECT = "Site as delivered by commentary"
"""Begins the message of every commit of ours."""


class BranchTarget(Target):
    """Builds the tree in a repository of its own beside the archive, and pushes what the remote has not."""

    @property
    def store(self) -> Path:
        """The repository in which commits are made; it can be removed at any time."""
        return self.cache / "site.git"

    def check(self) -> None:
        """The remote has to answer, and the branch must be ours or not be there."""
        self._require_ours(self._tip())

    def deploy(self, public: Public) -> Receipt:
        """Make the commit and push it, if the branch still stands where it stood."""
        tip = self._tip()
        self._require_ours(tip)
        tree = self._tree(public)
        if tip and self._git("rev-parse", f"{tip}^{{tree}}").decode().strip() == tree:
            return Receipt(tip, note="the branch holds this site already")
        commit = self._commit(tree)
        ref = f"refs/heads/{self.setting('branch')}"
        lease = f"--force-with-lease={ref}:{tip}"
        try:
            self._git("push", "--quiet", lease, self.setting("repository"), f"{commit}:{ref}")
        except RefusedError as error:
            if self._remote_tip() == commit:
                return Receipt(commit, note="pushed, though git told an error")
            if "stale info" in str(error):
                why = "the branch was changed by somebody else meanwhile; deliver again"
                raise RefusedError(why, later=True) from error
            raise
        if self._remote_tip() != commit:
            raise UnsureError("git pushed, and the branch does not stand where it should")
        return Receipt(commit, note=f"{len(public.digests)} files")

    def _git(self, *arguments: str, given: bytes = b"", extra: Mapping[str, str] | None = None) -> bytes:
        if not (self.store / "HEAD").exists():
            self.cache.mkdir(parents=True, exist_ok=True)
            self.run(["git", "init", "--quiet", "--bare", str(self.store)])
        environment = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", **(extra or {})}
        switches = ["-c", "core.hooksPath=/dev/null", "-c", "gc.auto=0", "-c", "protocol.ext.allow=never"]
        command = ["git", f"--git-dir={self.store}", *switches, *arguments]
        return self.run(command, environment, given)

    def _remote_tip(self) -> str:
        """Where the branch stands; empty where there is none."""
        ref = f"refs/heads/{self.setting('branch')}"
        listed = self._git("ls-remote", self.setting("repository"), ref).decode().split()
        return listed[0] if listed else ""

    def _tip(self) -> str:
        """The same, with the commit fetched."""
        tip = self._remote_tip()
        if tip:
            ref = f"refs/heads/{self.setting('branch')}"
            self._git("fetch", "--quiet", "--depth=1", "--no-tags", self.setting("repository"), ref)
        return tip

    def _require_ours(self, tip: str) -> None:
        if not tip:
            return
        told = self._git("cat-file", "commit", tip).decode("utf-8", "replace").partition("\n\n")[2]
        if not told.startswith(SUBJECT):
            subject = told.splitlines()[0] if told else ""
            raise RefusedError(
                f"the branch '{self.setting('branch')}' holds a commit that is not ours ('{subject}'), and would be "
                "replaced; name another branch, or remove that one"
            )

    def _tree(self, public: Public) -> str:
        """The site as a tree of objects."""
        index = {"GIT_INDEX_FILE": str(self.store / "commentary-index")}
        extra = {".nojekyll": b""}
        if self.setting("domain"):
            extra["CNAME"] = f"{self.setting('domain')}\n".encode()
        self._git("read-tree", "--empty", extra=index)
        listed = "".join(f"{(public.folder / path).resolve()}\n" for path in public.digests)
        made = self._git("hash-object", "-w", "--no-filters", "--stdin-paths", given=listed.encode()).decode().split()
        blobs = dict(zip(public.digests, made, strict=True))
        blobs |= {path: self._blob(content) for path, content in extra.items() if path not in blobs}
        lines = b"".join(f"100644 {blob}\t{path}".encode() + b"\0" for path, blob in blobs.items())
        self._git("update-index", "-z", "--index-info", given=lines, extra=index)
        return self._git("write-tree", extra=index).decode().strip()

    def _blob(self, content: bytes) -> str:
        return self._git("hash-object", "-w", "--stdin", given=content).decode().strip()

    def _commit(self, tree: str) -> str:
        name, _, mail = self.setting("author").rstrip(">").partition(" <")
        stamp = f"{int(self.clock().timestamp())} +0000"
        who = {
            f"GIT_{role}_{field}": value
            for role in ("AUTHOR", "COMMITTER")
            for field, value in (("NAME", name), ("EMAIL", mail or "commentary@localhost"), ("DATE", stamp))
        }
        message = f"{SUBJECT}\n"
        return self._git("commit-tree", tree, given=message.encode(), extra=who).decode().strip()
