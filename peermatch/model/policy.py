"""The policy of ranking: weights and limits as one value that every decision names."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Policy:
    """Weights and limits of ranking: a named, versioned value that is printed with every decision."""

    name: str = "standard"
    version: int = 1
    essential: float = 3.0
    helpful: float = 1.0
    preference: float = 0.5
    load_in_hand: float = 0.06
    load_asked: float = 0.04
    asked_limit: int = 6
    near_km: float = 15.0
    far_km: float = 60.0
    ambiguous: float = 0.02

    @property
    def label(self) -> str:
        """The name and version, as decisions print it."""
        return f"{self.name} {self.version}"
