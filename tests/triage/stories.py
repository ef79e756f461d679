"""Answers of made-up stories: any answer to any question, and how one answer gets worse."""

from __future__ import annotations

from hypothesis import strategies as st

from hotline.triage.answers import MEDICAL_UNANSWERED, SCALES

KINDS = (
    "lain",
    "fisik",
    "psikis",
    "seksual",
    "penelantaran",
    "eksploitasi",
    "eksploitasi_seksual",
    "pekerja_anak",
    "perundungan",
    "perdagangan",
)
WORDS = ("pingsan", "parang", "pingsan,parang")
SAID = {key: tuple(code for code in codes if code != MEDICAL_UNANSWERED) for key, codes in SCALES.items()}

stories: st.SearchStrategy[dict[str, str]] = st.fixed_dictionaries(
    {},
    optional={
        **{key: st.sampled_from(codes) for key, codes in SAID.items()},
        "jenis": st.sampled_from(KINDS),
        "pelapor": st.sampled_from(("anak", "warga", "guru", "keluarga", "instansi")),
        "kata": st.sampled_from(WORDS),
    },
)


@st.composite
def worsened(draw: st.DrawFn) -> tuple[dict[str, str], dict[str, str]]:
    """A story, and the same story with one answer replaced by a worse one."""
    before = draw(stories)
    key = draw(st.sampled_from(sorted(SAID)))
    codes = SAID[key]
    place = draw(st.integers(0, len(codes) - 2))
    worse = draw(st.integers(place + 1, len(codes) - 1))
    return {**before, key: codes[place]}, {**before, key: codes[worse]}
