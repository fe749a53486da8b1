"""Where an audit runs: the options that say so, and the engine that they ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from hamdel.doors.cli.screen import open_screen
from hamdel.errors import InputError
from hamdel.model import Lang

if TYPE_CHECKING:
    from hamdel.audit.spark_engine import SparkEngine

__all__ = ["EngineName", "EngineOptions"]


class EngineName(StrEnum):
    """Who examines replies."""

    LOCAL = "local"
    SPARK = "spark"


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """Where replies are examined; a group, see `hamdel.doors.cli.groups`."""

    engine: Annotated[
        EngineName, typer.Option(help="Who examines: processes of this machine, or a Spark cluster (hamdel[spark]).")
    ] = EngineName.LOCAL
    master: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Spark's master; local[*] by default, this machine.", show_default=False),
    ] = None
    spark_conf: Annotated[
        list[str] | None,
        typer.Option(metavar="KEY=VALUE", help="A setting of Spark; may be repeated.", show_default=False),
    ] = None

    def refuse(self, others: Mapping[str, object]) -> None:
        """Refuse options that don't go together.

        Args:
            others: options that only this machine's processes follow, with their values.

        Raises:
            InputError: two don't.
        """
        if self.engine == EngineName.SPARK:
            given = [name for name, value in others.items() if value]
            if given:
                raise InputError(f"{given[0]} doesn't go with --engine spark, where Spark deals out the work")
        elif self.master or self.spark_conf:
            raise InputError(f"{'--master' if self.master else '--spark-conf'} goes with --engine spark only")

    @contextmanager
    def opened(self, lang: Lang) -> Iterator[SparkEngine | None]:
        """Yield the engine, and end it; None stands for processes of this machine.

        Args:
            lang: of what is shown.

        Raises:
            InputError: it can't run here, or the options can't be read.
        """
        if self.engine == EngineName.LOCAL:
            yield None
            return
        from hamdel.audit.spark_session import LOCAL, Place, parse_settings, require_spark
        from hamdel.render.audit.audit_engine import spark_begins

        place = Place(self.master or LOCAL, parse_settings(self.spark_conf or ()))
        require_spark()
        from hamdel.audit.spark_engine import SparkEngine

        open_screen().show(spark_begins(place.master, lang, given=self.master is not None))
        with SparkEngine(place) as engine:
            yield engine
