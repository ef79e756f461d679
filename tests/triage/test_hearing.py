"""Hearing danger in any words: the figures reached are floors, and nothing that is heard can be unheard by more evidence."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.triage.examples import EVERYDAY, Labelled, load_examples
from bot.triage.learning import seen
from bot.triage.measure import line, sweep, worst
from bot.triage.training import choose, left_out, prepare, scored, second_hearer, taught, train
from hotline.triage import alarming, danger_words, detail, explain, group_of, hear, network
from hotline.triage.lexicon import STRONG, WORDING
from hotline.triage.model import DOUBT, EMERGENCY, FULL, HEADS, LONG, SHORT, ModelUnreadable, Thresholds, load, model
from hotline.triage.roots import root
from hotline.triage.traits import PLACES, SPLIT, ends, pieces, read


@pytest.fixture(scope="module")
def rows() -> tuple[Labelled, ...]:
    return load_examples()


@pytest.mark.requirement("LUT-22")
def test_a_writer_that_was_never_learned_from_is_heard(rows: tuple[Labelled, ...]) -> None:
    heard = [(row.emergency, hear(row.text).level == EMERGENCY) for row in rows if row.writer == "G"]
    cries, calm = [said for emergency, said in heard if emergency], [said for emergency, said in heard if not emergency]
    assert sum(cries) / len(cries) >= RECALL
    assert sum(calm) / len(calm) <= FALSE


RECALL, FALSE = 0.94, 0.08
"""Of writer G, with the weights that are installed. Goals: 0.97 and 0.08."""
STRANGER = {"recall": 0.92, "false": 0.11}
"""Of writer D, by a model learned from all others."""


def test_an_independent_writer_left_out_while_learning_is_heard(rows: tuple[Labelled, ...]) -> None:
    every = taught(prepare(rows))
    left = scored([one for one in every if one.row.writer != "D"], [one for one in every if one.row.writer == "D"])
    found = line("D", left, model().thresholds)
    assert found.heard.value >= STRANGER["recall"]
    assert found.false.value <= STRANGER["false"]
    assert all(row.emergency for _, row in worst(left, model().thresholds, emergency=True))
    points = sweep(left, model().thresholds)
    assert all(a.recall >= b.recall and a.hard >= b.hard for a, b in pairwise(points)), "a higher threshold hears less"


def test_everyday_answers_that_were_learned_ask_nothing(rows: tuple[Labelled, ...]) -> None:
    daily = [row for row in rows if row.writer in EVERYDAY]
    assert sum(hear(row.text).level == EMERGENCY for row in daily) / len(daily) <= 0.01


@pytest.mark.parametrize(
    "text",
    [
        "1", "ya", "tidak tahu", "MENU", "terima kasih bu", "Siti Aminah", "Jl. Melati no. 3 RT 02", "desa Kebonsari", "482177359",
        "1234", "besok jam 9", "assalamualaikum", "ok siap", "balai desa", "12 tahun", "cek 482177359 4821", "👍", "", "?",
    ],
)  # fmt: skip
def test_names_places_codes_and_menu_words_are_let_by(text: str) -> None:
    assert alarming(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "bapak bawa parang nyari aku, aku sembunyi di kolong kasur",
        "adek ga bangun2 abis dipukul papa tolong kak",
        "dia kunci kamarnya dari luar, anakku di dalam nangis terus bilang tolong",
        "aku udah pegang obatnya banyak, malam ini aku pamit ya",
        "bapakku ngamuk gawa arit, ibu ndhelik ning mburi omah",
    ],
)
def test_cries_are_heard_in_any_words(text: str) -> None:
    assert hear(text).level == EMERGENCY
    assert alarming(text)


@pytest.mark.parametrize(
    "text", ["tolong", "eh tolong saya ya", "min tolong dong", "tlg ya", "eh kak tulungi aku dong", "ya help me please ya"]
)
def test_the_small_words_around_a_call_for_help_quieten_nothing(text: str) -> None:
    assert alarming(text) and hear(text).level == EMERGENCY


@pytest.mark.parametrize("text", ["tolong infonya ya kak", "eh tolong jelaskan ya", "eh saya ya", "tolong kode saya ya kak"])
def test_who_asks_for_a_favour_does_not_call_for_help(text: str) -> None:
    assert alarming(text) == ()


@pytest.mark.parametrize("text", ["tolong dipercepat", "tolong dipercepat ya pak", "tolong segera ditindaklanjuti", "mohon cepat diproses"])
def test_who_presses_for_a_case_is_not_in_danger(text: str) -> None:
    assert alarming(text) == ()


@pytest.mark.parametrize("text", ["tolong cepat", "tolong segera", "tolong dipercepat saya takut", "tolong dipercepat dia datang"])
def test_who_calls_somebody_is_heard_beside_such_words(text: str) -> None:
    assert alarming(text)


@pytest.mark.parametrize(
    "text",
    [
        "Saya guru. Murid saya datang dengan memar di lengan, katanya dari ayahnya.",
        "murid saya memar di lengannya, katanya dipukul ayahnya minggu lalu",
        "anak tetangga sering lebam, kata orang dari bapaknya, saya mau lapor",
        "memar di lengan, katanya dari ayahnya",
    ],
)
def test_a_plain_report_of_old_bruises_is_a_report_and_no_alarm(text: str) -> None:
    assert alarming(text) == ()
    assert hear(text).level in ("TINGGI", "SEDANG")


_EVERYDAY_WORDS = "anak saya ibu bantuan sudah pulang sekolah dinas besok hari ini makan wkwk film dulu"
SENTENCES = st.lists(st.sampled_from(_EVERYDAY_WORDS.split(" ")), max_size=12)


@settings(max_examples=60, deadline=None)
@given(before=SENTENCES, after=SENTENCES, word=st.sampled_from(["dia bawa parang", "adik dikurung", "mau bunuh diri"]))
def test_the_model_never_silences_a_danger_word(before: list[str], after: list[str], word: str) -> None:
    text = " ".join([*before, word, *after])
    found = danger_words(text)
    assert found and alarming(text) == found and hear(text).asks


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_judged(text: str) -> None:
    found = hear(text)
    assert 0 <= found.score <= 1 and found.level in (*HEADS, "BUKAN")
    assert found.asks is bool(alarming(text)) or found.words


def test_reasons_are_words_of_the_list_and_never_a_name() -> None:
    [name] = alarming("tolong Bu Wagiyem, anaknya Suprapto dikejar dia lari ke kebun Pak Mangunharjo teriak teriak minta ampun") or [""]
    assert not any(written in name for written in ("wagiyem", "suprapto", "mangunharjo"))
    found = hear("tetangga sebelah bernama Suprapto teriak minta tolong, anaknya dibawa masuk gudang lalu pintu ditutup")
    assert all(root(word).ideas for word in found.weighing)


def test_what_the_model_heard_is_explained_in_words() -> None:
    reason = f"kata={WORDING} + kunci + malam"
    assert group_of(f"{WORDING} + kunci") == WORDING
    assert (explain(reason), detail(reason)) == ("kalimatnya terdengar gawat, dari kata", "kunci, malam")
    assert all(explain(f"kata={word}") != explain(reason) for words in STRONG.values() for word in words)


def test_a_word_is_counted_alike_whether_kept_or_not() -> None:
    ear, message = model(), read("adik dikunci bapak di kamar")
    fresh = load(packed_again(), EMERGENCY)
    assert fresh.score(message) == ear.score(message) == ear.score(message)
    [whole] = seen(message)
    assert list(whole[0]) == [place for word in message.words for place in pieces(word)]
    assert all(0 <= place < PLACES for view in whole for place in view)


LETTER = (
    "Selamat pagi Bu, saya ibu rumah tangga di desa. Saya mau tanya bantuan sembako bulan ini, kartunya sudah ada dan fotokopi sudah saya "
    "kumpulkan ke balai desa minggu lalu. {} Oh ya, jadwal pembagiannya hari apa, dan apakah boleh diwakilkan tetangga? Terima kasih."
)


def test_one_sentence_among_many_is_heard() -> None:
    """The same letter twice, and only what stands in its midst differs."""
    grave = read(LETTER.format("Suami saya sekarang di depan pintu bawa parang, anak saya sembunyi di kolong."))
    calm = read(LETTER.format("Suami saya sekarang di depan rumah bawa cangkul, anak saya main di kolam."))
    ear = model()
    assert ear.score(grave) > ear.score(calm) + 0.3
    assert len(grave.stretches) > 3 and all(0 <= one.first < one.end <= len(grave.words) for one in grave.stretches)


def test_a_story_without_any_stop_is_heard_in_windows() -> None:
    message = read(" ".join(["kata"] * 150))
    assert len(message.words) > SPLIT and {one.end - one.first for one in message.stretches[1:]} <= set(range(1, 41))
    assert {at for one in message.stretches[1:] for at in range(one.first, one.end)} == set(range(150))
    assert [read("").stretches[0].end, ends(read(""), read("").stretches[0])] == [0, []]


def test_the_program_and_the_lesson_count_alike(rows: tuple[Labelled, ...]) -> None:
    """What is weighed at run time is what was learned: scores of the packed weights are those of the learning, but for rounding."""
    few = [row for row in rows if row.writer in "BC"][:120]
    every = prepare(few)
    ear = load(train(every, Thresholds(0.0, 0.0)))
    learnt = {one.row.id: one.score for one in scored(every, every)}
    groups = {row.id: tuple(group_of(word) for word in danger_words(row.text)) for row in few}
    assert all(abs(ear.score(read(row.text, groups[row.id])) - learnt[row.id]) < 0.1 for row in few)
    assert any(len(one.views) > 1 for one in every)


def test_the_network_at_run_time_counts_as_the_lesson_does(rows: tuple[Labelled, ...]) -> None:
    few = prepare([row for row in rows if row.writer in "BC"][:120])
    lesson = second_hearer(few)
    ear = lesson.network()
    again = network.load(network.packed(ear))
    assert again == ear
    for one, score in zip(few, lesson.judged([one.views[0] for one in few]), strict=True):
        groups = tuple(group_of(word) for word in danger_words(one.row.text))
        assert abs(again.score(read(one.row.text, groups)) - score) < 0.05
    assert second_hearer(few).network() == ear, "the same messages give the same network"
    heard = sum((ear.score(read(one.row.text)) > 0) is one.row.emergency for one in few)
    assert heard > 0.9 * len(few), "and it knows what it learned"


@given(score=st.floats(-3, 3), second=st.floats(-20, 20))
def test_the_network_speaks_only_in_doubt_and_never_of_short_messages(score: float, second: float) -> None:
    at = Thresholds(0.2, -0.1, 0.3, 0.1)
    asked: list[float] = []

    def other() -> float:
        asked.append(second)
        return second

    assert at.above(score, SHORT, other) == pytest.approx(score - 0.2) and not asked
    assert at.above(score, LONG + 1, other) == pytest.approx(score + 0.1) and not asked
    far = at.above(score, LONG, other)
    assert far == pytest.approx(score + 0.1 * second - 0.3 if asked else score + 0.1)
    assert bool(asked) is (abs(score + 0.1) <= DOUBT)


def test_a_word_more_never_makes_the_same_score_sound_less_grave() -> None:
    """Between a short message and a long one the threshold falls evenly, without a step at the seventh word."""
    plain = Thresholds(0.2, -0.1)
    far = [plain.above(0.0, words, lambda: 0.0) for words in range(1, 70)]
    assert (far[0], far[-1]) == (pytest.approx(-0.2), pytest.approx(0.1)) and far == sorted(far)
    assert max(after - before for before, after in pairwise(far)) == pytest.approx(0.3 / (FULL - SHORT))


def test_each_writer_is_judged_by_who_never_saw_them(rows: tuple[Labelled, ...]) -> None:
    few = prepare([row for row in rows if int(row.id[-3:]) < 30 and row.writer in "BCJE"])
    left = left_out(few)
    assert sorted(one.row.id for one in left) == sorted(one.row.id for one in few)
    [b] = [scored([o for o in few if o.row.writer != "B"], [o for o in few if o.row.writer == "B"])]
    assert [(one.row.id, one.score, one.second) for one in left if one.row.writer == "B"] == [(o.row.id, o.score, o.second) for o in b]


def packed_again(name: str = "weights.bin") -> bytes:
    from importlib.resources import files

    return files("hotline.triage").joinpath(name).read_bytes()


@pytest.mark.parametrize("wrong", [b"", b"{}\n", b"no json\nx", b'{"size": 131072}\nabc', b"[]\n"])
def test_a_damaged_network_is_refused(wrong: bytes) -> None:
    with pytest.raises(ModelUnreadable):
        network.load(wrong)
    with pytest.raises(ModelUnreadable):
        network.load(packed_again("network.bin")[:-1])


@pytest.mark.parametrize("wrong", [b"", b"{}\n", b"no json\nx", b'{"size": 3}\nabc'])
def test_damaged_weights_are_refused(wrong: bytes) -> None:
    with pytest.raises(ModelUnreadable):
        load(wrong)


def test_a_cut_file_is_refused() -> None:
    with pytest.raises(ModelUnreadable):
        load(packed_again()[:-1])


def test_the_file_stays_small() -> None:
    assert len(packed_again()) + len(packed_again("network.bin")) < 4_300_000


def test_learning_gives_the_same_weights_each_time(rows: tuple[Labelled, ...]) -> None:
    few = prepare([row for row in rows if row.writer == "B"][:60])
    at = Thresholds(0.2, 0.0)
    first = train(few, at)
    assert first == train(few, at)
    ear = load(first)
    heard = sum((ear.score(read(one.row.text)) > 0) is one.row.emergency for one in few)
    assert heard > 0.9 * len(few), "and knows what it learned"


def test_thresholds_come_from_the_messages_left_out(rows: tuple[Labelled, ...]) -> None:
    every = prepare([*[row for row in rows if row.writer == "B"], *[row for row in rows if row.writer in EVERYDAY][:200]])
    left = scored(every, every)
    found = choose(left)
    daily = [one for one in left if one.row.writer in EVERYDAY and one.words <= SHORT]
    assert sum(one.score >= found.short for one in daily) <= 0.01 * len(daily) + 1
    assert found.share > 0
