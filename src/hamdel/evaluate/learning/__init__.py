"""A team's labels in, what hamdel learns from them out: judged sentences, a fit, and a proof that it is worth it."""

from hamdel.evaluate.learning.judging import Judge
from hamdel.evaluate.learning.teaching import teach

__all__ = ["Judge", "teach"]
