"""The tools that assistants may use. None of them changes anything, and none of them needs a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field

from hamdel.doors.mcp import answers
from hamdel.doors.requests import RequestError, Requests
from hamdel.identifiers.veil import Veil
from hamdel.model import Lang
from hamdel.model.fields import CONVERSATION

__all__ = ["Tools"]


Draft = Annotated[str, Field(description=CONVERSATION["draft"].en)]
Customer = Annotated[str, Field(description=CONVERSATION["customer"].en)]
Past = Annotated[list[str] | None, Field(description=CONVERSATION["past"].en)]
Audience = Annotated[Literal["consumer", "business"] | None, Field(description=CONVERSATION["audience"].en)]
Channel = Annotated[Literal["chat", "email", "social"] | None, Field(description=CONVERSATION["channel"].en)]
Turn = Annotated[int | None, Field(description=CONVERSATION["turn"].en, ge=1)]
Situation = Annotated[str | None, Field(description="The name of a skeleton; hamdel://house lists them.")]
CheckId = Annotated[str, Field(description="The id of a check, such as respect/blame.")]
Text = Annotated[str, Field(description="A reply, or a sentence of one.")]
At = Annotated[float, Field(description="The least likeness, in percent.", ge=50, le=100)]
Limit = Annotated[int, Field(description="How many at most.", ge=1, le=50)]


@dataclass(frozen=True, slots=True)
class Tools:
    """The tools; their docstrings are what a model reads.

    Args:
        requests: answers, from any thread.
        lang: of errors and of what is known of checks.
        show_personal: cover nothing.
    """

    requests: Requests
    lang: Lang
    show_personal: bool = False

    def check_reply(  # noqa: PLR0913, PLR0917 - a model sees one parameter for each
        self,
        draft: Draft,
        customer: Customer = "",
        past: Past = None,
        audience: Audience = None,
        channel: Channel = None,
        turn: Turn = None,
    ) -> answers.Judgement:
        """Judge the draft of a Persian customer-support reply: respect, empathy, clarity, and whether it is a copy.

        Say what the customer wrote: half of the checks need it. Mend what is an error or a warning, keep the facts, and
        check again until `send` is true. Personal data in the answer is covered with asterisks; keep yours.
        """
        about = _given(draft=draft, customer=customer, past=past, audience=audience, channel=channel, turn=turn)
        return answers.judgement(self._ask("check", about), self._cover(draft, customer))

    def fix_reply(
        self, draft: Draft, customer: Customer = "", audience: Audience = None, channel: Channel = None
    ) -> answers.Fixed:
        """Apply the safe edits alone: «تو» becomes «شما» with its verbs, letters and punctuation are put right.

        The meaning stays. What is left needs judgement. Where `masked` is true, asterisks stand for personal data of
        the draft, which you have.
        """
        about = _given(draft=draft, customer=customer, audience=audience, channel=channel)
        return answers.fixed(self._ask("fix", about), self._cover(draft, customer))

    def improve_reply(
        self,
        draft: Draft,
        customer: Customer = "",
        situation: Situation = None,
        audience: Audience = None,
        channel: Channel = None,
    ) -> answers.Improved:
        """Write a better draft from this one by rules, without a model: facts stay, what is missing is added.

        What nobody but the agent may know or promise is in [brackets]: ask for it, and invent nothing.
        """
        about = _given(draft=draft, customer=customer, situation=situation, audience=audience, channel=channel)
        return answers.improved(self._ask("improve", about), self._cover(draft, customer))

    def explain_check(self, check: CheckId) -> answers.Explanation:
        """Say why a check exists, with its sources, what it finds and what it leaves alone."""
        return answers.explanation(self._ask("explain", {"check": check}), self.lang.value)

    def search_past_replies(self, text: Text, at: At = 70, limit: Limit = 5) -> answers.Found:
        """Find replies that were sent before and are like this text. They are stored masked: read, never copy them."""
        result = self._ask("archive/search", {"text": text, "at": at, "limit": limit})
        return answers.found(result, self._cover(text))

    def _ask(self, method: str, params: Mapping[str, Any]) -> dict[str, Any]:
        with spoken(self.lang):
            return self.requests.answer(method, params)

    def _cover(self, *texts: str) -> Callable[[str], str]:
        return str if self.show_personal else Veil(*texts)


@contextmanager
def spoken(lang: Lang) -> Iterator[None]:
    """Turn what is wrong with a request into a line that the model reads.

    Raises:
        ToolError: something was.
    """
    try:
        yield
    except RequestError as error:
        raise ToolError(error.message(lang)) from error


def _given(**params: Any) -> dict[str, Any]:
    """Leave out what wasn't given; an unknown name would be refused, and a customer who wrote nothing is none."""
    return {name: value for name, value in params.items() if value not in (None, "") or name == "draft"}
