"""The container: whatever goes in comes out, and whatever was done to it meanwhile is noticed."""

import hashlib
import io
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.envelopes import container
from documents.envelopes.container import CHUNK, HEADER_BYTES, PADDING, TAG_BYTES, DamagedError, Writer

KEY = bytes(range(32))
HERE = "envelope:1/file:1"

around_the_limits = st.one_of(
    st.integers(0, 300),
    st.integers(PADDING - 2, PADDING + 2),
    st.integers(CHUNK - PADDING - 2, CHUNK - PADDING + 2),
    st.integers(CHUNK - 2, CHUNK + 2),
    st.integers(2 * CHUNK - 2, 2 * CHUNK + 2),
)


def content_of(size, seed=0):
    return hashlib.shake_128(seed.to_bytes(2, "big")).digest(size)


def packed(content, **changes):
    return container.pack(content, KEY, bound_to=changes.get("bound_to", HERE))


def unpacked(stored, key=KEY, bound_to=HERE):
    return container.unpack(stored, key, bound_to=bound_to)


@settings(deadline=None, max_examples=60)
@given(size=around_the_limits, steps=st.lists(st.integers(1, 700_000), min_size=1, max_size=5))
def test_any_content_in_any_pieces_comes_out_as_it_went_in(size, steps):
    content, sink, taken = content_of(size), io.BytesIO(), 0

    writer = Writer(sink, KEY, bound_to=HERE)
    while taken < size:
        for step in steps:
            writer.write(content[taken : taken + step])
            taken += step
    digests = writer.finish()

    assert unpacked(sink.getvalue()) == content
    assert digests == container.Digests(
        size, hashlib.sha256(content).hexdigest(), len(sink.getvalue()), hashlib.sha256(sink.getvalue()).hexdigest()
    )


@settings(deadline=None, max_examples=60)
@given(size=around_the_limits, data=st.data())
def test_any_changed_bit_is_noticed(size, data):
    stored = bytearray(packed(content_of(size)))
    place = data.draw(st.integers(0, len(stored) - 1))
    stored[place] ^= 1 << data.draw(st.integers(0, 7))

    with pytest.raises(DamagedError):
        unpacked(bytes(stored))


@settings(deadline=None, max_examples=60)
@given(size=around_the_limits, data=st.data())
def test_any_truncation_is_noticed(size, data):
    stored = packed(content_of(size))
    cut = data.draw(st.one_of(st.integers(0, len(stored) - 1), st.just(max(0, len(stored) - CHUNK - TAG_BYTES))))

    with pytest.raises(DamagedError):
        unpacked(stored[:cut])


@pytest.mark.parametrize("extra", [b"\0", b"\0" * TAG_BYTES, b"\0" * (CHUNK + TAG_BYTES)])
def test_anything_added_is_noticed(extra):
    with pytest.raises(DamagedError):
        unpacked(packed(content_of(2 * CHUNK)) + extra)


def chunks_of(stored):
    body = stored[HEADER_BYTES:]
    whole = CHUNK + TAG_BYTES
    return stored[:HEADER_BYTES], [body[start : start + whole] for start in range(0, len(body), whole)]


def test_truncation_at_a_chunk_limit_is_noticed():
    header, chunks = chunks_of(packed(content_of(3 * CHUNK)))

    assert len(chunks) == 4
    for kept in range(4):
        with pytest.raises(DamagedError):
            unpacked(header + b"".join(chunks[:kept]))


def test_reordered_repeated_and_dropped_chunks_are_noticed():
    header, (first, second, third, last) = chunks_of(packed(content_of(3 * CHUNK)))

    for order in [(second, first, third, last), (first, first, third, last), (first, third, last), (last,)]:
        with pytest.raises(DamagedError):
            unpacked(header + b"".join(order))


def test_a_chunk_of_another_container_under_the_same_key_is_noticed():
    header, chunks = chunks_of(packed(content_of(CHUNK + 5)))
    _, others = chunks_of(packed(content_of(CHUNK + 5, seed=1)))

    with pytest.raises(DamagedError):
        unpacked(header + others[0] + chunks[1])


def test_a_container_opens_only_in_its_own_place_and_with_its_own_key():
    stored = packed(b"offer")

    assert unpacked(stored) == b"offer"
    with pytest.raises(DamagedError):
        unpacked(stored, bound_to="envelope:1/file:2")
    with pytest.raises(DamagedError):
        unpacked(stored, key=bytes(32))


def test_the_stored_size_tells_only_the_size_in_steps():
    sizes = {len(packed(content_of(size))) for size in (0, 1, 1000, PADDING - 1)}

    assert sizes == {HEADER_BYTES + PADDING + TAG_BYTES}


def test_the_same_content_twice_gives_other_ciphertext():
    assert packed(b"offer") != packed(b"offer")


def test_memory_stays_flat_however_large_the_content(tmp_path):
    piece = content_of(64 * 1024)
    tracemalloc.start()
    with (tmp_path / "large.bin").open("wb") as sink:
        writer = Writer(sink, KEY, bound_to=HERE)
        for _ in range(640):
            writer.write(piece)
        writer.finish()
    with (tmp_path / "large.bin").open("rb") as source:
        size = sum(len(chunk) for chunk in container.read(source, KEY, bound_to=HERE))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert size == 640 * len(piece)
    assert peak < 12 * CHUNK


def test_a_damaged_container_says_nothing_about_its_content():
    with pytest.raises(DamagedError) as refusal:
        unpacked(packed(b"prijs: 12345")[:-1])

    assert str(refusal.value) == ""
    assert "12345" not in repr(container.Digests(5, "12345", 1, "f"))
