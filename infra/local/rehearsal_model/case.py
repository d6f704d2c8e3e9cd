"""The case as the rehearsal model finds it in the message it is sent."""

import re

from pydantic import BaseModel, ConfigDict, ValidationError


class Told(BaseModel):
    """A turn of the case."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    seq: int
    kind: str
    action: str = ""
    result: str = ""
    finding: str = ""
    text: str = ""

    @property
    def words(self) -> str:
        """What was said or done."""
        return f"{self.action}: {self.finding}" if self.finding else self.action or self.text


class Case(BaseModel):
    """What is known of a case. A message in any other form is taken for the problem itself."""

    model_config = ConfigDict(frozen=True)

    problem: str
    domain: str | None = None
    turns: tuple[Told, ...] = ()

    @classmethod
    def found_in(cls, content: str) -> "Case":
        """Read the case between the `<case>` tags of `content`."""
        fenced = re.search(r"<case>(.*)</case>", content, re.S)
        try:
            return cls.model_validate_json(fenced[1] if fenced else "")
        except ValidationError:
            return cls(problem=content)

    @property
    def subject(self) -> str:
        """All the text that tells what kind of problem it is, the problem itself counting three times."""
        return " ".join([self.problem] * 3 + [self.domain or ""] + [turn.words for turn in self.turns])

    def steps(self, *results: str) -> list[Told]:
        """The steps with one of `results`."""
        return [turn for turn in self.turns if turn.kind == "step" and turn.result in results]
