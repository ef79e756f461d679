"""Twilio's signature: the published vector, and twilio's own validator as the oracle over whatever a form can hold."""

from __future__ import annotations

import logging

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator, get_signature_algorithm

from tests.channels.twilio_calls import Repeated
from webhooks import signature

VECTOR = {"CallSid": "CA1234567890ABCDE", "Caller": "+14158675309", "Digits": "1234", "From": "+14158675309", "To": "+18005551212"}
VECTOR_URL = "https://mycompany.com/myapp.php?foo=1&bar=2"

names = st.sampled_from(["Body", "From", "MessageSid", "body", "Bo", "dy", "", "MediaUrl0", "é"]) | st.text(max_size=6)
values = st.sampled_from(["", " ", "+62812", "a&b=c", "😀", "\u200b", "مرحبا"]) | st.text(max_size=12)
fields = st.lists(st.tuples(names, values), max_size=12)
urls = st.sampled_from(
    [
        "https://hotline.example.org/webhooks/whatsapp/kendal",
        "https://hotline.example.org:8443/webhooks/whatsapp/kendal",
        "http://hotline.example.org/webhooks/whatsapp/luwu-timur?a=1&b=",
        "http://127.0.0.1:8000/webhooks/whatsapp/kendal/status",
    ]
)
algorithms = st.sampled_from([None, "HMAC_SHA1", "HMAC_SHA256", "hmac_sha256", "HMAC_MD5"])


def _settings(algorithm: str | None) -> str:
    return f"key=webhooks_sharedkey_1,algorithm={algorithm}" if algorithm else ""


def test_the_published_vector() -> None:
    assert signature.compute(b"12345", VECTOR_URL, VECTOR.items()) == b"RSOYDt4T1cUTdK1PDd93/VVr8B8="
    assert signature.valid(b"12345", VECTOR_URL, list(VECTOR.items()), b"RSOYDt4T1cUTdK1PDd93/VVr8B8=")


@given(fields, urls, algorithms, st.sampled_from(["token", "", "0" * 32]))
@example([("Body", ""), ("Body", "x"), ("Body", "")], "https://hotline.example.org/x", None, "t")
def test_what_the_oracle_signs_is_valid_and_computed_alike(
    pairs: list[tuple[str, str]],
    url: str,
    algorithm: str | None,
    token: str,
) -> None:
    grouped = Repeated()
    for name, value in pairs:
        grouped.setdefault(name, []).append(value)
    oracle = RequestValidator(token)
    digest = {"HMAC_SHA256": "sha256"}.get((algorithm or "").upper(), "sha1")
    known = algorithm != "HMAC_MD5"
    given = oracle.compute_signature(url, grouped, algorithm if known else None)
    assert signature.compute(token.encode(), url, pairs, digest) == given.encode()
    logging.getLogger("twilio.request_validator").setLevel(logging.ERROR)
    assert oracle.validate(url, grouped, given, algorithm) is known
    assert signature.valid(token.encode(), url, pairs, given.encode(), _settings(algorithm)) is known


@given(fields, urls, st.sampled_from(["HMAC_SHA1", "HMAC_SHA256"]), st.data())
def test_both_agree_on_a_changed_call(pairs: list[tuple[str, str]], url: str, algorithm: str, data: st.DataObject) -> None:
    grouped = Repeated()
    for name, value in pairs:
        grouped.setdefault(name, []).append(value)
    oracle = RequestValidator("token")
    given = oracle.compute_signature(data.draw(urls), grouped, data.draw(st.sampled_from(["HMAC_SHA1", "HMAC_SHA256"])))
    changed = data.draw(st.sampled_from([given, given[:-2], given.lower(), "", "é"]))
    added = data.draw(st.booleans())
    seen = [*pairs, ("Body", "sisipan")] if added else pairs
    if added:
        grouped.setdefault("Body", []).append("sisipan")
    ours = signature.valid(b"token", url, seen, changed.encode(), _settings(algorithm))
    assert ours is oracle.validate(url, grouped, changed, algorithm)


@given(
    st.text(alphabet="algorithm=HMC_S,256 key", max_size=40)
    | st.sampled_from(
        [
            "key=a,algorithm=HMAC_SHA256",
            "algorithm = HMAC_SHA256 ",
            "algorithm=,algorithm=HMAC_SHA1",
            "algorithm",
            "key=algorithm",
        ]
    )
)
def test_the_algorithm_is_read_as_the_oracle_reads_it(header: str) -> None:
    assert signature.algorithm(header) == get_signature_algorithm(header).upper()


@pytest.mark.parametrize(
    ("base", "signed"),
    [
        ("https://h.example", "https://h.example:443"),
        ("https://h.example:443", "https://h.example"),
        ("http://h.example", "http://h.example:80"),
    ],
)
def test_a_url_signed_with_or_without_its_port_is_the_same_url(base: str, signed: str) -> None:
    given = RequestValidator("t").compute_signature(signed + "/w", {"Body": "x"})
    assert signature.valid(b"t", base + "/w", [("Body", "x")], given.encode())
    assert RequestValidator("t").validate(base + "/w", {"Body": "x"}, given)
