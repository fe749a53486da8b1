"""One agent's own page: one HTML file, to be given to nobody else."""

from __future__ import annotations

import re

from markupsafe import Markup

from hamdel.base.resources import template_dir
from hamdel.model import Lang
from hamdel.model.agent_pages import AgentPage
from hamdel.render.audit.audit_page import environment, page_style, policy
from hamdel.render.audit.audit_words import wording

__all__ = ["file_name", "render"]

_LONGEST = 40


def render(page: AgentPage, lang: Lang) -> str:
    """Return the page.

    Args:
        page: what to tell, personal data masked.
        lang: of the texts around it.
    """
    folder = template_dir() / "report"
    style = page_style(folder)
    template = environment(folder).get_template("agent.html.j2")
    return template.render(
        one=page, w=wording(lang), lang=lang, style=Markup(style), policy=policy(style), scale=1, s=None
    )


def file_name(page: AgentPage, number: int) -> str:
    """Return a name for an agent's page that every file system takes.

    Args:
        page: the page.
        number: of the agent, from 1; two names may look alike.
    """
    plain = re.sub(r"[^\w\u200c]+", "-", page.name)[:_LONGEST].strip("-")
    return f"agent-{number:03}-{plain}.html" if plain else f"agent-{number:03}.html"
