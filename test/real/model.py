"""Writes a tiny language model with random weights, so that a real server has something to say.

    python3 model.py <vocabulary.gguf> <model.gguf> [--window 131072] [--end 3] [--think-end 3]

The vocabulary is that of Qwen 2. What the model says is noise, but noise in the tokens of a real vocabulary: halves of
characters, emoji, twenty scripts. --end and --think-end say how readily it stops and how readily it closes its thoughts
(3 is about one token in forty); without them it never does. Two layers of 64 numbers load in a moment.
"""
import argparse
import random
import struct

UINT32, FLOAT32, STRING, ARRAY = 4, 6, 8, 9
SIZES = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
WIDTH, HEADS, INNER, LAYERS = 64, 4, 128, 2
END, THINK, THINK_END = 151645, 151667, 151668
NEVER = -40


def string(text):
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def end_of(data, at, kind):
    """Where the value of this kind that begins at `at` ends."""
    if kind == STRING:
        return at + 8 + struct.unpack_from("<Q", data, at)[0]
    if kind == ARRAY:
        inner, count = struct.unpack_from("<IQ", data, at)
        at += 12
        if inner in SIZES:
            return at + count * SIZES[inner]
        for _ in range(count):
            at = end_of(data, at, inner)
        return at
    return at + SIZES[kind]


def fields(path):
    """The key-value part of a GGUF file: key -> (kind, the bytes of the value)."""
    with open(path, "rb") as file:
        data = file.read()
    found, at = {}, 24
    for _ in range(struct.unpack_from("<Q", data, 16)[0]):
        end = end_of(data, at, STRING)
        key = data[at + 8:end].decode()
        kind = struct.unpack_from("<I", data, end)[0]
        at = end_of(data, end + 4, kind)
        found[key] = kind, data[end + 4:at]
    return found


def noise(rows, columns, exponent):
    """Half-precision numbers of random sign between 2^exponent and 2^(exponent+1): the bits of the exponent are set, the others thrown."""
    count = rows * columns
    keep = int.from_bytes(struct.pack("<H", 0x83FF) * count, "little")
    fixed = int.from_bytes(struct.pack("<H", exponent + 15 << 10) * count, "little")
    thrown = int.from_bytes(random.randbytes(2 * count), "little")
    return bytearray((thrown & keep | fixed).to_bytes(2 * count, "little"))


def column(matrix, columns, number):
    """Sets the first number of each row."""
    low, high = struct.pack("<e", number)
    rows = len(matrix) // (2 * columns)
    matrix[0::2 * columns] = bytes([low]) * rows
    matrix[1::2 * columns] = bytes([high]) * rows


def tensors(words, priors):
    """Name, shape, whether it is half precision, bytes. All embeddings begin with the same number, so the first column
    of the head says how likely a word is anywhere."""
    ones = struct.pack("<f", 1) * WIDTH
    embedding, head = noise(words, WIDTH, -2), noise(words, WIDTH, -2)
    column(embedding, WIDTH, 1.5)
    column(head, WIDTH, 0)
    for word, prior in priors.items():
        head[2 * WIDTH * word:2 * WIDTH * (word + 1)] = struct.pack("<e", prior) + bytes(2 * WIDTH - 2)
    yield "token_embd.weight", (WIDTH, words), True, embedding
    yield "output_norm.weight", (WIDTH,), False, ones
    yield "output.weight", (WIDTH, words), True, head
    for layer in range(LAYERS):
        yield f"blk.{layer}.attn_norm.weight", (WIDTH,), False, ones
        yield f"blk.{layer}.ffn_norm.weight", (WIDTH,), False, ones
        for name, shape in {"attn_q": (WIDTH, WIDTH), "attn_k": (WIDTH, WIDTH), "attn_v": (WIDTH, WIDTH),
                            "attn_output": (WIDTH, WIDTH), "ffn_gate": (WIDTH, INNER), "ffn_up": (WIDTH, INNER),
                            "ffn_down": (INNER, WIDTH)}.items():
            yield f"blk.{layer}.{name}.weight", shape, True, noise(shape[1], shape[0], -5)


def write(vocabulary, model, window, end, think_end):
    random.seed(1)
    metadata = {key: value for key, value in fields(vocabulary).items() if key.startswith("tokenizer.")}
    kind, tokens = metadata["tokenizer.ggml.tokens"]
    for word, text in {THINK: "<think>", THINK_END: "</think>"}.items():
        tokens = tokens.replace(string(f"[PAD{word}]"), string(text))
    words = struct.unpack_from("<Q", tokens, 4)[0]
    metadata["tokenizer.ggml.tokens"] = kind, tokens
    metadata["tokenizer.ggml.eos_token_id"] = UINT32, struct.pack("<I", END)
    metadata["general.architecture"] = STRING, string("llama")
    metadata["llama.attention.layer_norm_rms_epsilon"] = FLOAT32, struct.pack("<f", 1e-6)
    for key, number in {"context_length": window, "embedding_length": WIDTH, "block_count": LAYERS,
                        "feed_forward_length": INNER, "attention.head_count": HEADS,
                        "rope.dimension_count": WIDTH // HEADS, "vocab_size": words}.items():
        metadata[f"llama.{key}"] = UINT32, struct.pack("<I", number)

    parts = list(tensors(words, {END: end, THINK: NEVER, THINK_END: think_end}))
    with open(model, "wb") as file:
        file.write(b"GGUF" + struct.pack("<IQQ", 3, len(parts), len(metadata)))
        for key, (kind, value) in metadata.items():
            file.write(string(key) + struct.pack("<I", kind) + value)
        offset = 0
        for name, shape, half, data in parts:
            file.write(string(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, half, offset))
            offset += len(data)  # every tensor here is a multiple of the 32 bytes that GGUF aligns to
        file.write(bytes(-file.tell() % 32))
        for *_, data in parts:
            file.write(data)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("vocabulary")
    parser.add_argument("model")
    parser.add_argument("--window", type=int, default=131072)
    parser.add_argument("--end", type=float, default=NEVER)
    parser.add_argument("--think-end", type=float, default=NEVER)
    arguments = parser.parse_args()
    write(arguments.vocabulary, arguments.model, arguments.window, arguments.end, arguments.think_end)
