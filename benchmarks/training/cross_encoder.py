"""Fine-tune the cross-encoder: `python -m benchmarks.training.cross_encoder --help`.

Stage one (`nli`) starts from the packaged MiniLM and learns what follows from what on pairs of
natural-language inference given by path. Stage two (`tune`) goes on with the labelled sets. Both
take a seed and print their loss; neither needs a GPU (two cores read 50 to 80 pairs a second in
single precision, 170 where the processor multiplies in bfloat16).
"""

from __future__ import annotations

import argparse
import csv
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from benchmarks.training.pairs import (
    DENIES,
    FULL,
    NONE,
    Pair,
    from_labels,
    from_written,
    only,
    shuffled_batches,
)
from trustanswer.retrieval.embedder import SentenceEmbedder, packaged_folder
from trustanswer.retrieval.vectors import VectorCache

TOKENS = 256
BATCH = 32
FIXED_LAYERS = 2  # of six
# Half precision is slower, not faster, on a processor without units for it.
HALF = any(torch.cpu.get_capabilities().get(unit) for unit in ("avx512_bf16", "amx_bf16"))
NLI_CLASS = {"entailment": FULL, "neutral": NONE, "not_entailment": NONE, "contradiction": DENIES}


def nli_pairs(files: Sequence[Path]) -> list[Pair]:
    """MultiNLI and SNLI ask whether the premise bears out a claim; QNLI, whether it answers."""
    pairs = []
    for file in files:
        with file.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                question, passage = row["hypothesis"], row["premise"]
                if "not_entailment" in row["label"] or file.stem == "qnli":
                    question, passage = passage, question
                if row["label"] in NLI_CLASS:
                    pairs.append(Pair(question, passage, only(NLI_CLASS[row["label"]])))
    return pairs


def labelled_pairs(sets: Sequence[str], written: Sequence[Path]) -> list[Pair]:
    """`sets` are LABELS:KNOWLEDGE."""
    embedder = VectorCache(SentenceEmbedder(), Path.home() / ".cache" / "trustanswer")
    pairs = [pair for file in written for pair in from_written(file, embedder)]
    for each in sets:
        labels, knowledge = each.split(":")
        pairs += from_labels(Path(labels), Path(knowledge), embedder)
    return pairs


def train(
    start: Path, pairs: Sequence[Pair], epochs: int, rate: float, seed: int, out: Path
) -> None:
    random.seed(seed)
    torch.manual_seed(seed)
    tokenizer = AutoTokenizer.from_pretrained(start)
    model = _model(start)
    rng = random.Random(seed)
    passes = [shuffled_batches(pairs, BATCH, rng) for _ in range(epochs)]
    batches = [batch for one in passes for batch in one]
    trained = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=rate, weight_decay=0.01)
    scheduler = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / 100, (len(batches) - step) / len(batches))
    )
    model.train()
    began, mean = time.monotonic(), 0.0
    for step, batch in enumerate(batches):
        loss = _loss(model, tokenizer, batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        scheduler.step()
        optimizer.zero_grad()
        mean += (loss.item() - mean) / min(step + 1, 50)
        if step % 50 == 0:
            pace = (step + 1) * BATCH / (time.monotonic() - began)
            print(f"{step}/{len(batches)}  loss {mean:.3f}  {pace:.0f} pairs/s", flush=True)
        if (step + 1) % len(passes[0]) == 0:  # what an interrupted run has learned is kept
            model.save_pretrained(out)
            tokenizer.save_pretrained(out)


def _model(start: Path) -> Any:
    """The model with its lowest layers held fixed: few pairs can only spoil them.

    Plain attention and no dropout between layers: on a processor that is 1.6 times as fast.
    """
    model = AutoModelForSequenceClassification.from_pretrained(
        start,
        num_labels=4,
        attn_implementation="eager",
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        classifier_dropout=0.1,
    )
    model.base_model.embeddings.requires_grad_(False)
    for layer in model.base_model.encoder.layer[:FIXED_LAYERS]:
        layer.requires_grad_(False)
    return model


def _loss(model: Any, tokenizer: Any, batch: Sequence[Pair]) -> torch.Tensor:
    inputs = tokenizer(
        [p.question for p in batch],
        [p.passage for p in batch],
        truncation="longest_first",
        max_length=TOKENS,
        padding=True,
        return_tensors="pt",
    )
    with torch.autocast("cpu", torch.bfloat16, enabled=HALF):
        logits = model(**inputs).logits
    return torch.nn.functional.cross_entropy(
        logits.float(), torch.tensor([p.shares for p in batch]), label_smoothing=0.05
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage", choices=["nli", "tune"])
    parser.add_argument("--start", type=Path, help="model folder; default: the packaged MiniLM")
    parser.add_argument("--nli", type=Path, nargs="*", default=[])
    parser.add_argument("--sets", nargs="*", default=[], metavar="LABELS:KNOWLEDGE")
    parser.add_argument("--written", type=Path, nargs="*", default=[])
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    pairs = nli_pairs(args.nli) if args.stage == "nli" else labelled_pairs(args.sets, args.written)
    print(f"{len(pairs)} pairs")
    train(args.start or packaged_folder(), pairs, args.epochs, args.rate, args.seed, args.out)


if __name__ == "__main__":
    main()
