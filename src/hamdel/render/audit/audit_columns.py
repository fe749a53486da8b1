"""Which column of an export was taken for what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from hamdel.model import Lang
from hamdel.model.provenance import Provenance
from hamdel.render.text.bidi import isolated, ltr, visible
from hamdel.render.text.figures import whole
from hamdel.render.text.pieces import Line, Piece, Role

__all__ = ["LEFT_OUT", "columns", "left_out", "presets"]

_TEXTS = {
    Lang.FA: {
        "missing": "این ستون‌ها پیدا نشد: {columns} (با {options} نامشان را بدهید)",
        "preset": "خروجی {name} شناخته شد، از روی {reason}؛ اگر نیست: {other}",
        "unproven": "این شکل هنوز با خروجی واقعی سنجیده نشده است؛ چند ردیف را خودتان ببینید.",
        "team_titled": "پاسخ‌دهنده: {value}، چون گفتگو به نام طرف دیگر است؛ اگر نیست: {option}",
        "team_everywhere": "پاسخ‌دهنده: {value}، چون در همهٔ گفتگوها هست؛ اگر نیست: {option}",
        "team_elsewhere": "پاسخ‌دهنده: {value}، چون در فایل‌های دیگر پاسخ داده است؛ اگر نیست: {option}",
        "date_order": "ترتیب روز و ماه: {value}؛ اگر نیست: {option}",
        "cells_reply": "از روی خانه‌هایش: {value} پاسخ‌هاست؛ اگر نیست: {option}",
        "cells_agent": "از روی خانه‌هایش: {value} می‌گوید چه کسی پاسخ داده؛ اگر نیست: {option}",
        "cells_customer": "از روی خانه‌هایش: {value} می‌گوید مشتری کیست؛ اگر نیست: {option}",
        "cells_message": "از روی خانه‌هایش: {value} پیام مشتری است؛ اگر نیست: {option}",
        "sides": "هر ردیف یک پیام است و {value} می‌گوید از کیست؛ پیام مشتری کنار پاسخش آمده. اگر نیست: {option}",
        "lines": "هر سطر یک پاسخ خوانده می‌شود.",
        "left": "پاسخ نبود: {counts}",
        "reads": "{reads}. بر پایهٔ {follows}.",
        "untried": "آزموده‌نشده با خروجی واقعی",
        "reply": "پاسخ",
        "agent": "کارشناس",
        "customer": "شناسهٔ مشتری",
        "time": "زمان",
        "channel": "کانال",
        "message": "پیام مشتری",
        "id": "شناسه",
        "thread": "گفتگو",
        "turn": "نوبت",
        "csat": "رضایت",
        "outcome": "پیامد",
        "comma": "، ",
    },
    Lang.EN: {
        "missing": "No column for {columns} (name them with {options})",
        "preset": "An export of {name}, known by {reason}; if it isn't: {other}",
        "unproven": "Nobody has tried this shape with a real export yet; look at some rows yourself.",
        "team_titled": "Who answers: {value}, for the chat is named after the other one; if not: {option}",
        "team_everywhere": "Who answers: {value}, who takes part in all chats; if not: {option}",
        "team_elsewhere": "Who answers: {value}, who answers in the other files; if not: {option}",
        "date_order": "Order of day and month: {value}; if not: {option}",
        "cells_reply": "Told by its cells: {value} holds the replies; if not: {option}",
        "cells_agent": "Told by its cells: {value} says who answers; if not: {option}",
        "cells_customer": "Told by its cells: {value} says who the customer is; if not: {option}",
        "cells_message": "Told by its cells: {value} holds the customers' messages; if not: {option}",
        "sides": "Each row is a message and {value} says whose; customers' stand beside the replies. If not: {option}",
        "lines": "Each line is read as one reply.",
        "left": "No replies: {counts}",
        "reads": "{reads}. Follows {follows}.",
        "untried": "not tried with a real export yet",
        "reply": "reply",
        "agent": "agent",
        "customer": "customer id",
        "time": "time",
        "channel": "channel",
        "message": "customer's message",
        "id": "id",
        "thread": "thread",
        "turn": "turn",
        "csat": "CSAT",
        "outcome": "outcome",
        "comma": ", ",
    },
}


#: How many of an export's messages are no reply, by the reason's name; the page says it in the same words.
LEFT_OUT: Mapping[Lang, Mapping[str, str]] = {
    Lang.FA: {
        "customer": "{n} پیام مشتری",
        "system": "{n} پیام سیستم",
        "media": "{n} فایل و عکس",
        "deleted": "{n} پیام پاک‌شده",
        "edited": "{n} نسخهٔ پیش از ویرایش",
        "call": "{n} تماس",
        "note": "{n} یادداشت داخلی",
        "bot": "{n} پیام ربات",
        "draft": "{n} پیش‌نویس",
        "empty": "{n} پیام خالی",
        "unanswered": "{n} مورد بی‌پاسخ",
    },
    Lang.EN: {
        "customer": "{n} messages of customers",
        "system": "{n} of the system",
        "media": "{n} files and pictures",
        "deleted": "{n} deleted",
        "edited": "{n} as they were before an edit",
        "call": "{n} calls",
        "note": "{n} internal notes",
        "bot": "{n} of bots",
        "draft": "{n} drafts",
        "empty": "{n} empty",
        "unanswered": "{n} that nobody answered",
    },
}
_UNKNOWN = Provenance()
_CODE = re.compile("`([^`]+)`")
#: The option that says otherwise, for each kind of note.
_OTHERWISE = {
    "team_titled": "--team NAME",
    "team_everywhere": "--team NAME",
    "team_elsewhere": "--team NAME",
    "date_order": "--date-order dmy|mdy",
    "sides": "--agent COLUMN",
    "cells_reply": "--reply COLUMN",
    "cells_agent": "--agent COLUMN|none",
    "cells_customer": "--customer-id COLUMN|none",
    "cells_message": "--customer COLUMN|none",
}


def columns(
    chosen: Mapping[str, str], wanted: Mapping[str, str], lang: Lang, told: Provenance = _UNKNOWN, file: str = ""
) -> Iterator[Line]:
    """Yield which program exported a table and what told it, which column was taken for what, and what has none.

    Args:
        chosen: the column's name for each role that has one.
        wanted: the option for each role whose absence is worth a word.
        lang: the language.
        told: the program; what it doesn't export needn't be missed.
        file: its name, where there are several.
    """
    texts = _TEXTS[lang]
    if file:
        yield isolated(Piece(visible(file), Role.HEADING))
    taken = [Piece(f"{texts[role.partition(':')[0]]} ← {_isolated_text(column)}") for role, column in chosen.items()]
    if told.program:
        other = ltr("--preset NAME|none")
        words = texts["preset"].format(name=ltr(told.program), reason=ltr(visible(told.reason)), other=other)
        yield isolated(Piece(words))
    if told.unproven:
        yield isolated(Piece(texts["unproven"], Role.WARNING))
    for kind, value in told.notes:
        words = texts[kind].format(value=_isolated_text(value), option=ltr(_OTHERWISE.get(kind, "")))
        yield isolated(Piece(words))
    if taken:
        pieces = [piece for one in taken for piece in (Piece(texts["comma"]), one)]
        yield isolated(*pieces[1:])
    missing = [role for role in wanted if role not in chosen and not told.program]
    if chosen and missing:
        names = texts["comma"].join(texts[role] for role in missing)
        options = ltr(" ".join(f"--{wanted[role]}" for role in missing))
        yield isolated(Piece(texts["missing"].format(columns=names, options=options), Role.QUIET))


def left_out(counts: Mapping[str, int], lang: Lang) -> Iterator[Line]:
    """Yield how much of an export is no reply, and why.

    Args:
        counts: by the reason's name.
        lang: the language.
    """
    texts = _TEXTS[lang]
    words = LEFT_OUT[lang]
    parts = [words[name].format(n=whole(count, lang)) for name, count in counts.items() if count]
    if parts:
        yield isolated(Piece(texts["left"].format(counts=texts["comma"].join(parts)), Role.QUIET))


def presets(rows: Sequence[tuple[str, str, str, str, str, bool]], lang: Lang) -> Iterator[Line]:
    """Yield two lines for each program whose exports are known, and a word of warning where nobody has tried it.

    Args:
        rows: the preset, the program, the kinds of file, what is read and what isn't, which documentation that follows,
            and whether nobody has tried it with a real export.
        lang: the language.
    """
    texts = _TEXTS[lang]
    for name, title, forms, reads, follows, unproven in rows:
        mark = (Piece(f" · {texts['untried']}", Role.WARNING),) if unproven else ()
        yield (Piece(f"{ltr(name)}: {ltr(title)} ({ltr(forms)})", Role.HEADING), *mark)
        words = texts["reads"].format(reads=_spans(reads), follows=_spans(follows))
        yield isolated(Piece(f"  {words}"))


def _spans(text: str) -> str:
    """A text without its marks, its code from left to right."""
    return _CODE.sub(lambda found: ltr(found[1]), text).replace("*", "")


def _isolated_text(text: str) -> str:
    """A foreign text inside a line, with a direction of its own."""
    return "".join(piece.text for piece in isolated(Piece(f"«{visible(text)}»")))
