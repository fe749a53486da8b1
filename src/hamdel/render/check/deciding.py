"""How a check decides, in words: by rules, by the learned reader, or by both."""

from __future__ import annotations

from collections.abc import Iterator

from hamdel.model import Lang, Severity
from hamdel.model.definitions import CheckDef, Told
from hamdel.render.text.figures import decimal, percent

__all__ = ["deciding", "has_rules", "to_dict"]

_TEXTS = {
    Lang.FA: {
        "rules": "فقط با قاعده: عبارت‌ها و شرط‌های فهرست‌شده.",
        "reader": "فقط با خواننده‌ای که از جمله‌های برچسب‌خورده آموخته است.",
        "both": (
            "با قاعده و با خواننده‌ای که از جمله‌های برچسب‌خورده آموخته است، هر دو؛ آنچه قاعده بیابد و خواننده بعید "
            "بداند، یک درجه ملایم‌تر گفته می‌شود."
        ),
        "reads": "پس از یافته‌های بررسی‌هایی با این نقش‌ها: {roles}.",
        "warns": "آنچه فقط خواننده بیابد، از احتمال {warning} هشدار است و از {suggestion} پیشنهاد.",
        "suggests": "آنچه فقط خواننده بیابد، از احتمال {suggestion} پیشنهاد است و هیچ‌وقت هشدار نیست.",
        "silent": "آنچه فقط خواننده بیابد گفته نمی‌شود.",
        "figures": (
            "خواننده روی فایل‌هایی که هنگام آموزش ندیده بود: با دقت {precision}، {recall} از برچسب‌ها را پیدا کرد؛ "
            "میانگین دقت {average} از ۱."
        ),
    },
    Lang.EN: {
        "rules": "By rules alone: listed phrases and conditions.",
        "reader": "By a reader alone that learned from labelled sentences.",
        "both": (
            "By rules and by a reader that learned from labelled sentences; what a rule finds and the reader thinks "
            "unlikely is one severity milder."
        ),
        "reads": "After, and with a look at, what the checks of these roles found: {roles}.",
        "warns": "What only the reader finds is a warning from {warning} likely on, a suggestion from {suggestion}.",
        "suggests": "What only the reader finds is a suggestion from {suggestion} likely on, never a warning.",
        "silent": "What only the reader finds isn't told.",
        "figures": (
            "The reader on files that were left out of its training: at a precision of {precision} it found {recall} "
            "of the labels; average precision {average}."
        ),
    },
}


def has_rules(check: CheckDef) -> bool:
    """Tell whether a check has anything but the learned reader to go by."""
    return check.matcher != "phrase" or bool(check.groups)


def deciding(check: CheckDef, told: Told | None, lang: Lang) -> Iterator[str]:
    """Yield how a check decides, in some sentences.

    Args:
        check: what is explained.
        told: how the learned reader decides on it; None when it isn't asked.
        lang: the language.
    """
    texts = _TEXTS[lang]
    if check.policy.reads:
        yield texts["reads"].format(roles=", ".join(check.policy.reads))
    if told is None:
        yield texts["rules"]
        return
    yield texts["both" if has_rules(check) else "reader"]
    yield texts[_alone(check, told)].format(
        warning=percent(told.warning, lang), suggestion=percent(told.suggestion, lang)
    )
    if told.average_precision is not None:
        yield texts["figures"].format(
            precision=percent(told.precision, lang),
            recall=percent(told.recall, lang),
            average=decimal(told.average_precision, lang),
        )


def _alone(check: CheckDef, told: Told) -> str:
    """Return which text says what the reader's own finds are shown as; no graver than the check."""
    if told.suggestion is None:
        return "silent"
    return "suggests" if told.warning is None or check.severity is Severity.SUGGESTION else "warns"


def to_dict(check: CheckDef, told: Told | None) -> dict[str, object]:
    """Return how a check decides as plain values, for JSON; `reader` is None when it isn't asked."""
    reader = told and {
        "warning": told.warning,
        "suggestion": told.suggestion,
        "precision": told.precision,
        "recall": told.recall,
        "average_precision": told.average_precision,
    }
    return {"rules": has_rules(check), "reader": reader}
