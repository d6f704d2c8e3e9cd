"""What Slack and Teams take: the parts of their messages that FlowPilot sends, with the limits of their pages."""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class SlackText(_Part):
    """A text object."""

    type: Literal["plain_text", "mrkdwn"]
    text: Annotated[str, Field(min_length=1, max_length=3000)]
    emoji: bool = True


class SlackButton(_Part):
    """A button that is a link."""

    type: Literal["button"]
    text: SlackText
    url: Annotated[str, Field(max_length=3000, pattern=r"^https?://")]
    action_id: Annotated[str, Field(max_length=255)]


class SlackBlock(_Part):
    """A header, a section with a text or up to ten fields, or up to 25 buttons."""

    type: Literal["header", "section", "actions"]
    text: SlackText | None = None
    fields: Annotated[list[SlackText], Field(max_length=10)] = []
    elements: Annotated[list[SlackButton], Field(max_length=25)] = []

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if self.type == "header" and (self.fields or not self.text or self.text.type != "plain_text"):
            raise ValueError("a header has one plain text")
        if self.type == "header" and self.text and len(self.text.text) > 150:
            raise ValueError("a header has at most 150 characters")
        if self.type == "section" and not (self.text or self.fields):
            raise ValueError("a section has a text or fields")
        return self


class SlackMessage(_Part):
    """The body of an incoming webhook."""

    text: Annotated[str, Field(min_length=1, max_length=40_000)]
    blocks: Annotated[list[SlackBlock], Field(max_length=50)] = []
    mrkdwn: bool = True
    unfurl_links: bool
    unfurl_media: bool

    @property
    def texts(self) -> list[str]:
        """Every text that is shown."""
        sections = [text.text for block in self.blocks for text in [block.text, *block.fields] if text]
        return [self.text, *sections]


class TeamsFact(_Part):
    """A name and a value."""

    title: str
    value: str


class TeamsElement(_Part):
    """A text block or a set of facts."""

    type: Literal["TextBlock", "FactSet"]
    text: str | None = None
    wrap: bool = False
    weight: str = "Default"
    size: str = "Default"
    facts: list[TeamsFact] = []


class TeamsAction(_Part):
    """A button that is a link."""

    type: Literal["Action.OpenUrl"]
    title: str
    url: Annotated[str, Field(pattern=r"^https?://")]


class TeamsCard(_Part):
    """An Adaptive Card."""

    schema_: str = Field(alias="$schema")
    type: Literal["AdaptiveCard"]
    version: Literal["1.0", "1.1", "1.2", "1.3", "1.4", "1.5"]
    body: Annotated[list[TeamsElement], Field(min_length=1)]
    actions: Annotated[list[TeamsAction], Field(max_length=5)] = []

    @property
    def texts(self) -> list[str]:
        """Every text that is shown."""
        facts = [text for element in self.body for fact in element.facts for text in (fact.title, fact.value)]
        return [element.text for element in self.body if element.text] + facts


class TeamsAttachment(_Part):
    """A card in a message."""

    content_type: Literal["application/vnd.microsoft.card.adaptive"] = Field(alias="contentType")
    content_url: None = Field(alias="contentUrl")
    content: TeamsCard


class TeamsMessage(_Part):
    """The body of a Workflows webhook."""

    type: Literal["message"]
    attachments: Annotated[list[TeamsAttachment], Field(min_length=1, max_length=1)]
