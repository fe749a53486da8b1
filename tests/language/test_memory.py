"""What is remembered, and what is forgotten."""

from __future__ import annotations

from hamdel.language.bounded_cache import Memory


def test_what_is_asked_for_stays() -> None:
    memory = Memory[int, str](3)
    for number in range(100):
        memory[number] = str(number)
        assert memory[0] == "0"
        assert len(memory) <= 6
    assert memory[99] == "99"
    assert memory[50] is None


def test_false_is_a_value() -> None:
    memory = Memory[str, bool](2)
    memory["a"] = False
    memory["b"] = True
    memory["c"] = True
    assert memory["a"] is False
