"""What is remembered, and what is forgotten."""

from __future__ import annotations

from hamdel.language.memory import Memory


def test_what_is_asked_for_stays() -> None:
    memory = Memory[int, str](3)
    for number in range(100):
        memory.put(number, str(number))
        assert memory.get(0) == "0"
        assert len(memory) <= 6
    assert memory.get(99) == "99"
    assert memory.get(50) is None


def test_false_is_a_value() -> None:
    memory = Memory[str, bool](2)
    memory.put("a", False)
    memory.put("b", True)
    memory.put("c", True)
    assert memory.get("a") is False
