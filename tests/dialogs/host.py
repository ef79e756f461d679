"""A host in memory: it answers what dialogs fetch, as the real one does, and keeps what they tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hotline.engine.advance import advance
from hotline.engine.book import Book
from hotline.engine.effects import Alarm, Answered, Effect, Fetch, Fetched, Finished, SafeContact, Said, Send
from hotline.engine.session import Session
from hotline.engine.yielded import Heard, beside, resume, waiting
from hotline.messages import Incoming, Kind, Media, Outgoing, Place

CODE, PIN = "482177359", "4821"
START = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)


class Host:
    """One person's side of a conversation, and the hotline behind it."""

    def __init__(self, book: Book, *, has_case: bool = False) -> None:
        self.book, self.session, self.now = book, Session(), START
        self.has_case, self.status, self.words, self.wrong = has_case, "DITELAAH", "", 0
        self.survey, self.phone = "no", "mine" if has_case else "unknown"
        self.track, self.news = "anak", "no"
        self.asked_for: list[dict[str, str]] = []
        self.surveys: list[dict[str, str]] = []
        self.effects: list[Effect] = []
        self.all: list[Effect] = []
        self._messages, self.held = 0, False

    def write(self, text: str) -> list[Outgoing]:
        return self.send(Kind.TEXT, text=text)

    def until(self, key: str, *answers: str) -> None:
        """Answer what is asked, with one of these or else the last choice, until this question is open."""
        for _ in range(40):
            if self.session.open_key == key:
                return
            labels = [option.label for option in self.last.options]
            self.write(next(label for label in (*answers, labels[-1]) if label in labels))
        raise AssertionError(f"{key} is never asked")

    def tap(self, label: str) -> list[Outgoing]:
        """Tap the button that reads so in the last message."""
        token = next(o.token for o in self.last.options if o.label == label)
        return self.tap_token(token)

    def tap_token(self, token: str) -> list[Outgoing]:
        return self.send(Kind.CHOICE, choice=token)

    def photo(self, caption: str = "", content_type: str = "image/jpeg") -> list[Outgoing]:
        return self.send(Kind.MEDIA, text=caption, media=(Media(reference="file-1", content_type=content_type),))

    def place(self) -> list[Outgoing]:
        return self.send(Kind.PLACE, place=Place(latitude=-6.9, longitude=110.2))

    def edit(self, text: str) -> list[Outgoing]:
        """Change an earlier message."""
        return self.send(Kind.TEXT, text=text, edited=True)

    def sticker(self) -> list[Outgoing]:
        return self.send(Kind.OTHER)

    def wait(self, **passed: float) -> None:
        self.now += timedelta(**passed)

    @property
    def last(self) -> Outgoing:
        return [e.message for e in self.all if isinstance(e, Send)][-1]

    @property
    def alarms(self) -> list[Alarm]:
        return [e for e in self.all if isinstance(e, Alarm)]

    @property
    def contacts(self) -> list[tuple[str, str, str]]:
        return [(e.phone, e.push, e.push_hours) for e in self.all if isinstance(e, SafeContact)]

    @property
    def told(self) -> dict[str, str]:
        return {e.key: e.value for e in self.all if isinstance(e, Answered) and not e.private}

    @property
    def said(self) -> list[str]:
        return [e.text for e in self.all if isinstance(e, Said)]

    @property
    def finished(self) -> list[Finished]:
        return [e for e in self.all if isinstance(e, Finished)]

    def send(self, kind: Kind, **given: object) -> list[Outgoing]:
        self.now += timedelta(seconds=5)
        self._messages += 1
        step: Incoming | Fetched = Incoming(
            region="tirta", channel="sim-telegram", sender="a", message_id=str(self._messages), received_at=self.now, kind=kind, **given
        )  # type: ignore[arg-type]
        self.effects = []
        if self.held:
            return self._beside(step)
        while True:
            before = self.session.to_json()
            self.session, effects = advance(self.book, Session.from_json(before), step, self.now)
            self.session = Session.from_json(self.session.to_json())
            self.effects += effects
            if any(isinstance(e, SafeContact) for e in effects):
                self.phone = self.session.answers.get("hp", "unknown")
            fetch = next((e for e in effects if isinstance(e, Fetch)), None)
            if fetch is None:
                break
            step = Fetched(fetch.name, self._answer(fetch))
        self.all += self.effects
        return [e.message for e in self.effects if isinstance(e, Send)]

    def _beside(self, incoming: Incoming) -> list[Outgoing]:
        """An operator answers in the chat: the tree yields."""
        self.session, effects, heard = beside(self.book, Session.from_json(self.session.to_json()), incoming, self.now)
        self.effects, self.held = list(effects), heard is Heard.GO_ON
        self.all += self.effects
        return [e.message for e in self.effects if isinstance(e, Send)]

    def officer(self, what: str) -> None:
        """An operator takes the chat (`ambil alih`), writes (any words), or gives it back (`lepas`)."""
        self.effects = [Send(Outgoing(text=what))]
        if what == "ambil alih":
            self.held, self.effects = True, [Send(Outgoing(text=self.book.phrase("person_here", self.book.speaks(self.session.language))))]
        elif what == "lepas":
            self.held = False
            self.session, effects = resume(self.book, waiting(self.session), self.now)
            self.effects = list(effects)
        self.all += self.effects

    def _answer(self, fetch: Fetch) -> Mapping[str, str]:
        given = fetch.arguments
        match fetch.name:
            case "open_case":
                self.has_case = True
                return {"code": "482 177 359", "pin": PIN}
            case "look_up":
                return self._look_up(given)
            case "add_words":
                return {"added": "yes" if given["code"] and given["text"] else "no"}
            case "prove":
                return {"now": "yes"}
            case "withdraw" | "ask_data" | "ask_call":
                self.asked_for.append(dict(given))
                return {"done": "yes"}
            case "keep_survey":
                self.surveys.append(dict(given))
                self.survey = "no"
                return {"kept": "yes"}
            case "own_case":
                known = self.has_case and self.phone == "mine" and not self.session.hidden
                if not known:
                    return {"has": "no", "code": "", "told": "", "track": "", "news": "no"}
                return {"has": "yes", "code": "482 177 359", "told": "", "track": self.track, "news": self.news}
        raise KeyError(fetch.name)

    def _look_up(self, given: Mapping[str, str]) -> Mapping[str, str]:
        if self.wrong >= 5:
            return {"found": "locked", "status": "", "words": "", "code": "", "survey": "no", "unfinished": "no", "track": ""}
        if (given["code"], given["pin"]) != (CODE, PIN):
            self.wrong += 1
            return {"found": "wrong", "status": "", "words": "", "code": "", "survey": "no", "unfinished": "no", "track": ""}
        unfinished = "yes" if self.session.put_away else "no"
        self.session = replace(self.session, hidden=False)
        return {"found": "ok", "status": self.status, "words": self.words, "code": "482 177 359", "survey": self.survey} | {
            "unfinished": unfinished,
            "track": self.track,
        }
