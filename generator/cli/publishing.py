"""Getting issues to readers: site, desk, approve, deliver."""

from __future__ import annotations

import sys
from pathlib import Path
from threading import Event
from typing import Any

import click

from generator.cli.group import HAPPENED, main
from generator.cli.options import PRICES, PROJECT, echo, no_collector, notify, settings_of
from generator.cli.types import Session
from generator.delivery_lines import delivery_lines, status_lines
from generator.errors import ProjectError
from generator.lines import legible, site_lines


@main.command()
@click.option("--output", type=click.Path(path_type=Path), help="Where issues are (default: output).")
@click.option("--public", type=click.Path(path_type=Path), help="Where the site goes (default: public).")
@click.option(
    "--for",
    "program",
    type=click.Choice(["hugo", "jekyll", "pelican", "quarto", "ghost"]),
    help="Write posts for this program, to public-PROGRAM, in place of a site.",
)
@click.option("--serve", is_flag=True, help="Show it on this machine, and build it again when something changes.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Where --serve shows it.")
@PROJECT
def site(public: Path | None, program: str | None, serve: bool, port: int, **given: Any) -> None:
    """Build a site from the archive of issues, or bring it up to date: pages, feeds, maps and search."""
    if serve and program:
        raise click.UsageError("--serve shows a site; posts for another program are shown by that.")
    if serve:
        from generator.verbs.serve import serve_site

        serve_site(settings_of(**given), public, port, _tell_built, lambda line: click.echo(legible(line)), Event())
        return
    from generator.verbs.site import SITE, build_site

    with no_collector():
        built = build_site(settings_of(**given), public, program or SITE)
    _tell_built(built)
    click.echo(built.folder)


def _tell_built(built: Any) -> None:
    notify(site_lines(built))


@main.command()
@click.option("--output", type=click.Path(path_type=Path), help="The archive of issues (default: output).")
@click.option("--public", type=click.Path(path_type=Path), help="The built site (default: as deliveries.yaml says).")
@click.option("--kind", "edition", default="session", show_default=True, help="The kind of issue to be ready for.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="Where it is shown.")
@click.option("--open", "open_page", is_flag=True, help="Open it in the browser.")
@click.option("--offline", is_flag=True, help="Ask nobody: read the price store alone.")
@PRICES
@PROJECT
def desk(public: Path | None, port: int, open_page: bool, **given: Any) -> None:
    """Show the editor's desk on this machine: write, read, choose, approve and deliver in a browser."""
    settings = settings_of(**given)
    try:
        from generator.desk.serving import serve_desk
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("starlette", "uvicorn"):
            raise
        command = "python -m pip install 'market-commentary-generator[desk]'"
        raise ProjectError(f"The desk needs two more packages. Install them: {command}") from error
    serve_desk(settings, public, port, lambda line: click.echo(legible(line)), open_page=open_page)


@main.command("approve")
@click.argument("edition", default="session", metavar="[KIND]")
@click.option("--by", required=True, metavar="NAME", help="Who has read it.")
@click.option("--session", type=Session(), help="The issue's session (default: that of the archive's last issue).")
@click.option("--output", type=click.Path(path_type=Path), help="The archive of issues (default: output).")
def approve_command(by: str, **given: Any) -> None:
    """Approve the issue of a KIND (default: session) as it stands; written again, it has to be approved again.

    'approval: true' in content/deliveries.yaml lets nothing go out that is not approved.
    """
    from generator.verbs.approve import approve

    approval = approve(settings_of(source="sample", **given), by)
    click.echo(f"{approval.issue} is approved by {legible(approval.by)}: {approval.digest}")


@main.command("deliver")
@click.argument("channels", nargs=-1, metavar="[CHANNEL]...")
@click.option("--live", is_flag=True, help="Do it. Without this, only what would happen is shown.")
@click.option("--kind", "edition", default="session", show_default=True, help="The kind of the issue.")
@click.option("--session", type=Session(), help="The issue's session (default: that of the archive's last issue).")
@click.option("--output", type=click.Path(path_type=Path), help="The archive of issues (default: output).")
@click.option("--public", type=click.Path(path_type=Path), help="The built site (default: as deliveries.yaml says).")
@click.option("--rehearsal", is_flag=True, help="Let the site of a simulated market go into a folder.")
@click.option("--status", is_flag=True, help="List what is known of every message instead.")
@click.option(
    "--resolve",
    nargs=2,
    type=(str, click.Choice(["sent", "retry"])),
    metavar="KEY sent|retry",
    help="Say of a message in doubt that it is out, or that it is not and may be sent again.",
)
@PROJECT
def deliver_command(
    channels: tuple[str, ...], live: bool, public: Path | None, rehearsal: bool, status: bool,
    resolve: tuple[str, str] | None, **given: Any,
) -> None:  # fmt: skip
    """Deliver an issue on each CHANNEL of content/deliveries.yaml (default: all): site, pages, mail, posts.

    Nothing goes out twice: what happened is kept in outbox.jsonl beside the issues.
    """
    from generator.verbs import deliver as verb

    settings = settings_of(source="sample", **given)
    if resolve:
        echo(status_lines([verb.resolve(settings.output, *resolve)]))
        return
    if status:
        records, notices = verb.statuses(settings.output, settings.session)
        notify(notices)
        echo(status_lines(records))
        return
    if live:
        what = "'commentary deliver --status' tells what is out; deliver again to go on."
        click.get_current_context().meta[HAPPENED] = what
    delivered = verb.deliver(settings, verb.Order(channels, live, public, rehearsal))
    notify(delivered.notices)
    echo(delivery_lines(delivered))
    if delivered.exit_code:
        sys.exit(delivered.exit_code)
