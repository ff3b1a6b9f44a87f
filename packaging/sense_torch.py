"""The sentence encoder and its heads in PyTorch, for training alone; the program itself reads with plain numpy."""

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from peermatch.model.enquiry import RiskKind
from peermatch.model.letter import Scope

SCALE = 16.0
LAYERS, FIXED, WIDTH, HEADS = 6, 2, 384, 12
DROPPED = 0.1
ABREAST = 16
"""So many texts are read at once, so that a short one does not wait for a long one."""
FORGIVEN = 0.05
"""How far the topic of a passage is taken as uncertain."""
NEEDED, OTHERS, TRAPS = 1.5, 0.25, 2.0
"""What a needed topic that is missed costs, one that is shown in vain, and how much more one that is a trap."""
DANGER = 1.5
"""What being wrong about the danger of a letter costs."""
_NORMS = {"first": "attention.output.LayerNorm", "second": "output.LayerNorm"}


class SentenceEncoder(nn.Module):
    """all-MiniLM-L6-v2 with the published names of its weights; words and the first layers stay as they are."""

    def __init__(self, weights: Mapping[str, Any]) -> None:
        super().__init__()
        self.weights = nn.ParameterDict(
            {
                name.replace(".", "/"): nn.Parameter(torch.tensor(value), requires_grad=_may_change(name))
                for name, value in weights.items()
            }
        )

    def forward(self, cut: Sequence[Sequence[int]]) -> Any:
        """A row of length one for each text in pieces; texts of about one length are read together."""
        order = sorted(range(len(cut)), key=lambda place: len(cut[place]))
        parts = [order[at : at + ABREAST] for at in range(0, len(order), ABREAST)]
        rows = torch.cat([self._rows([cut[place] for place in part]) for part in parts])
        return rows[torch.tensor(order).argsort()]

    def _rows(self, cut: Sequence[Sequence[int]]) -> Any:
        longest = max(map(len, cut))
        numbers = torch.zeros(len(cut), longest, dtype=torch.long)
        there = torch.zeros(len(cut), longest, dtype=torch.bool)
        for row, pieces in enumerate(cut):
            numbers[row, : len(pieces)] = torch.tensor(pieces)
            there[row, : len(pieces)] = True
        places = self._of("embeddings.position_embeddings.weight")[:longest]
        kind = self._of("embeddings.token_type_embeddings.weight")[0]
        values = self._norm(
            self._of("embeddings.word_embeddings.weight")[numbers] + places + kind, "embeddings.LayerNorm"
        )
        for number in range(LAYERS):
            values = self._layer(values, there[:, None, None, :], f"encoder.layer.{number}.")
        means = (values * there[..., None]).sum(1) / there.sum(1, keepdim=True)
        return functional.normalize(means, dim=1)

    def trained(self) -> list[Any]:
        """What training changes."""
        return [each for each in self.parameters() if each.requires_grad]

    def named(self) -> dict[str, Any]:
        """The weights by their published names."""
        return {name.replace("/", "."): value.detach().numpy() for name, value in self.weights.items()}

    def _of(self, name: str) -> Any:
        return self.weights[name.replace(".", "/")]

    def _dense(self, values: Any, name: str) -> Any:
        return functional.linear(values, self._of(f"{name}.weight"), self._of(f"{name}.bias"))

    def _norm(self, values: Any, name: str) -> Any:
        return functional.layer_norm(
            values, (WIDTH,), self._of(f"{name}.weight"), self._of(f"{name}.bias"), 1e-12
        )

    def _drop(self, values: Any) -> Any:
        return functional.dropout(values, DROPPED, self.training)

    def _layer(self, values: Any, there: Any, name: str) -> Any:
        rows, longest, _ = values.shape
        asked, offered, told = (
            self._dense(values, f"{name}attention.self.{each}").view(rows, longest, HEADS, -1).transpose(1, 2)
            for each in ("query", "key", "value")
        )
        seen = functional.scaled_dot_product_attention(asked, offered, told, attn_mask=there)
        seen = self._dense(
            seen.transpose(1, 2).reshape(rows, longest, WIDTH), f"{name}attention.output.dense"
        )
        values = self._norm(values + self._drop(seen), f"{name}{_NORMS['first']}")
        thought = self._dense(
            functional.gelu(self._dense(values, f"{name}intermediate.dense")), f"{name}output.dense"
        )
        return self._norm(values + self._drop(thought), f"{name}{_NORMS['second']}")


class Heads(nn.Module):
    """One linear head for each topic and for none, for danger of any kind and of each, and for each desk."""

    def __init__(self, topics: Any, danger: Any) -> None:
        super().__init__()
        self.topics, self.topics_bias = nn.Parameter(topics), nn.Parameter(torch.zeros(len(topics)))
        kinds = torch.zeros(1 + len(RiskKind), WIDTH)
        kinds[0] = danger
        self.dangers, self.dangers_bias = nn.Parameter(kinds), nn.Parameter(torch.zeros(len(kinds)))
        self.desks = nn.Parameter(torch.zeros(len(Scope), WIDTH))
        self.desks_bias = nn.Parameter(torch.tensor([1.0] + [0.0] * (len(Scope) - 1)))

    @classmethod
    def begun(cls, encoder: SentenceEncoder, learned: Sequence[Any], many: int) -> "Heads":
        """Heads that point at the middle of each topic's passages."""
        encoder.eval()
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            rows = torch.cat(
                [
                    encoder([each.pieces for each in learned[at : at + 512]])
                    for at in range(0, len(learned), 512)
                ]
            ).float()
        encoder.train()
        of_topic = torch.tensor([each.topic for each in learned])
        of_danger = torch.tensor([each.danger for each in learned])
        middles = torch.stack([rows[of_topic == number].mean(0) for number in range(many + 1)])
        away = rows[of_danger == 1].mean(0) - rows[of_danger == 0].mean(0)
        return cls(functional.normalize(middles, dim=1), functional.normalize(away, dim=0))

    def trained(self) -> list[Any]:
        """What training changes."""
        return list(self.parameters())

    def named(self) -> dict[str, Any]:
        """The heads by name, turned as the program multiplies them."""
        found = {}
        for name in ("topics", "dangers", "desks"):
            found[name] = SCALE * getattr(self, name).detach().numpy().T
            found[f"{name}.bias"] = getattr(self, f"{name}_bias").detach().numpy()
        return found

    def of_passages(self, rows: Any, batch: Sequence[Any]) -> Any:
        """How wrong the heads are about some passages."""
        topic = torch.tensor([each.topic for each in batch])
        danger = torch.tensor([float(each.danger) for each in batch])
        loss = torch.zeros(())
        if (topic >= 0).any():
            scores = SCALE * functional.linear(rows, self.topics) + self.topics_bias
            loss = loss + functional.cross_entropy(
                scores[topic >= 0], topic[topic >= 0], label_smoothing=FORGIVEN
            )
        if (danger >= 0).any():
            scores = (SCALE * functional.linear(rows, self.dangers) + self.dangers_bias)[danger >= 0]
            kinds = torch.tensor([[float(each.kind == kind) for kind in RiskKind] for each in batch])
            loss = loss + functional.binary_cross_entropy_with_logits(scores[:, 0], danger[danger >= 0])
            loss = loss + 1.5 * functional.binary_cross_entropy_with_logits(scores[:, 1:], kinds[danger >= 0])
        return loss

    def of_letters(self, rows: Any, batch: Sequence[Any], terms: Sequence[str]) -> Any:
        """How wrong the heads are about some letters: any sentence, or pair of them, may be the one that tells."""
        loss, at = torch.zeros(()), 0
        for each in batch:
            sizes = [len(each.sentences), len(each.subject), len(each.pairs)]
            own, subject, pairs = rows[at : at + sum(sizes)].split(sizes)
            whole = torch.cat([own, subject]).mean(0)
            at += sum(sizes)
            desk = torch.tensor([list(Scope).index(Scope(each.letter.scope))])
            loss = loss + functional.cross_entropy(
                (SCALE * functional.linear(whole, self.desks) + self.desks_bias)[None], desk
            )
            loss = loss + DANGER * self._danger(pairs, each.letter.danger)
            if each.letter.has_topics and each.letter.scope == Scope.IN_SCOPE:
                loss = loss + self._topics(own, each.letter, terms)
        return loss / len(batch)

    def _topics(self, rows: Any, letter: Any, terms: Sequence[str]) -> Any:
        shares = functional.log_softmax(SCALE * functional.linear(rows, self.topics) + self.topics_bias, 1)[
            :, :-1
        ].clamp(max=-1e-4)
        missed = torch.log1p(-shares.exp()).sum(0)
        wanted = torch.tensor([float(term in letter.needed) for term in terms])
        weight = torch.tensor(
            [0.0 if term in letter.helpful else TRAPS if term in letter.must_not else 1.0 for term in terms]
        )
        found = -(torch.log1p(-missed.exp().clamp(max=1 - 1e-6)) * wanted).sum() / max(
            1.0, float(wanted.sum())
        )
        return NEEDED * found - OTHERS * (missed * (1 - wanted) * weight).sum()

    def _danger(self, rows: Any, danger: str | None) -> Any:
        scores = SCALE * functional.linear(rows, self.dangers) + self.dangers_bias
        likely = (1 - functional.logsigmoid(-scores).sum(0).exp()).clamp(1e-5, 1 - 1e-5)
        loss = functional.binary_cross_entropy(likely[0], torch.tensor(float(danger is not None)))
        if danger is not None:
            kinds = torch.tensor([float(danger == kind) for kind in RiskKind])
            loss = loss + 0.5 * functional.binary_cross_entropy(likely[1:], kinds)
        return loss


def _may_change(name: str) -> bool:
    fixed = tuple(f"encoder.layer.{number}." for number in range(FIXED))
    return name.startswith("encoder.") and not name.startswith(fixed)
