"""What of an export an option may name: its columns, its program, its tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hamdel.doors.cli.options import DateOrderOption, PresetOption, TeamOption

if TYPE_CHECKING:
    from hamdel.exports import Columns

__all__ = ["ExportOptions", "column"]


def column(what: str, *names: str) -> Any:
    """Return the option that names a column.

    Args:
        what: the column holds.
        names: of the option; its parameter's when there are none. "none" says that no column has it.
    """
    return typer.Option(*names, metavar="COLUMN|none", help=f"Column of {what}.", show_default=False)


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """Where an export has what; a group, see `hamdel.doors.cli.groups`."""

    preset: PresetOption = None
    reply: Annotated[str | None, column("the replies", "--reply")] = None
    customer: Annotated[str | None, column("the customers' messages", "--customer")] = None
    agent: Annotated[str | None, column("the agents", "--agent")] = None
    time: Annotated[str | None, column("the times", "--time")] = None
    id_: Annotated[str | None, column("the replies' ids", "--id")] = None
    channel: Annotated[str | None, column("the channels", "--channel")] = None
    csat: Annotated[str | None, column("the customers' satisfaction", "--csat")] = None
    thread: Annotated[str | None, column("the conversations' ids", "--thread")] = None
    customer_id: Annotated[str | None, column("the customers' ids", "--customer-id")] = None
    turn: Annotated[str | None, column("the turn, 1 for a first reply", "--turn")] = None
    outcome: Annotated[
        list[str] | None,
        typer.Option(metavar="COLUMN", help="Column of a further outcome; may be repeated.", show_default=False),
    ] = None
    team: TeamOption = None
    date_order: DateOrderOption = None
    table: Annotated[str | None, typer.Option(metavar="NAME", help="Table in SQLite.", show_default=False)] = None
    query: Annotated[str | None, typer.Option(metavar="SQL", help="The same as a query.", show_default=False)] = None

    def columns(self) -> Columns:
        """Return which column holds what, all roles wanted."""
        from hamdel.exports import Columns  # here, for help needs no export
        from hamdel.exports.columns import ALL_ROLES

        return Columns(
            reply=self.reply,
            agent=self.agent,
            customer=self.customer_id,
            time=self.time,
            channel=self.channel,
            message=self.customer,
            id=self.id_,
            thread=self.thread,
            turn=self.turn,
            csat=self.csat,
            outcomes=tuple(dict.fromkeys(self.outcome or ())),
            roles=ALL_ROLES,
            preset=self.preset,
            team=tuple(self.team or ()),
            date_order=self.date_order and self.date_order.value,
            table=self.table,
            query=self.query,
        )
