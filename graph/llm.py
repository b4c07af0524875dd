"""The language model: its prompts, and ``ChatModel``, the one doorway to it.

The model gets no tools and nothing but the words of one mail; it fills in a form. Nothing
is contacted but the configured endpoint. Whatever goes wrong is a ``ModelError``.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from importlib.resources import files
from typing import Any, TypeVar

import openai
import yaml
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage
from langchain_openai import ChatOpenAI
from langsmith import tracing_context
from pydantic import BaseModel, SecretStr

from graph.extract.form import OrderForm, read_form, style_of_mail
from graph.order import Mail, Value
from graph.ports import ModelError, Reply

OPENAI = "https://api.openai.com/v1"
MOST_TOKENS = 4_000
"""Longest answer; some forty order lines."""
MOST_CHARACTERS = 40_000
"""Longest mail that is sent to a model; some ten pages."""

Form = TypeVar("Form", bound=BaseModel)


# --- prompts ----------------------------------------------------------------------


class Prompt(Value):
    """A prompt and where it comes from; ``digest`` is the SHA-256 of its whole file."""

    name: str
    version: int
    purpose: str
    inputs: tuple[str, ...]
    output: str
    text: str
    digest: str

    @property
    def id(self) -> str:
        """What is kept with each extraction, such as ``read_order v1 sha256:abcd1234``."""
        return f"{self.name} v{self.version} sha256:{self.digest[:8]}"


def load_prompt(name: str) -> Prompt:
    """Load ``prompts/<name>.md``: front matter between two ``---`` lines, then the text."""
    source = (files("prompts") / f"{name}.md").read_text(encoding="utf-8")
    _, front, text = source.split("---\n", 2)
    digest = hashlib.sha256(source.encode()).hexdigest()
    return Prompt(**yaml.safe_load(front), text=text.strip(), digest=digest)


def fence(mail: Mail) -> str:
    """The words of a mail between two tags that no sender can know."""
    marker = f"mail-{secrets.token_hex(8)}"
    documents = [f"--- {document.name} ---\n{document.text}" for document in mail.documents]
    return "\n".join((f"<{marker}>", f"Subject: {mail.subject}", *documents, f"</{marker}>"))


# --- the endpoint -----------------------------------------------------------------


class Ready(BaseModel):
    """The smallest form, to try an endpoint with."""

    ready: bool


class ChatModel:
    """A model behind an OpenAI-compatible endpoint that can answer in a JSON schema."""

    def __init__(
        self,
        name: str,
        *,
        base_url: str | None = None,
        api_key: str = "none",
        timeout: float = 120.0,
        max_retries: int = 1,
    ) -> None:
        """``timeout`` is in seconds for each try."""
        self.name = name
        # Given always, since without it the environment could lead the mail elsewhere.
        url = base_url or OPENAI
        self._place = re.sub(r"//[^/@]*@", "//", url)
        self._prompt = load_prompt("read_order")
        self._chat = ChatOpenAI(
            model=name,
            base_url=url,
            api_key=SecretStr(api_key),
            temperature=0,
            max_tokens=MOST_TOKENS,
            timeout=timeout,
            max_retries=max_retries,
            use_responses_api=False,
            disable_streaming=True,
        )

    def read_order(self, mail: Mail) -> Reply:
        """Let the model fill in the form for one mail. Raises ModelError.

        The order's values are the model's word: ``graph.extract.model`` checks them.
        """
        words = fence(mail)
        if len(words) > MOST_CHARACTERS:
            raise ModelError(
                f"the mail is too long for the model ({len(words)} of {MOST_CHARACTERS}"
                " characters); it was read offline only",
                permanent=True,
            )
        form, tokens = self._fill(OrderForm, self._prompt.text, words)
        return Reply(
            (read_form(form, style_of_mail(mail)),), calls=1, tokens=tokens, prompt=self._prompt.id
        )

    def check(self) -> str:
        """Try the endpoint with the smallest form; say how it went. Raises ModelError."""
        _, tokens = self._fill(Ready, "Fill in the form.", "ready is true")
        return f"{self.name} at {self._place} answers ({tokens} tokens)"

    def _fill(self, form: type[Form], system: str, words: str) -> tuple[Form, int]:
        """Ask once; return the filled form and the tokens it took."""
        chat = self._chat.with_structured_output(form, method="json_schema", include_raw=True)
        messages = [SystemMessage(system), HumanMessage(words)]
        try:
            with tracing_context(enabled=False):
                answer: Any = chat.invoke(messages, config={"callbacks": []})
        except (openai.OpenAIError, *_MALFORMED) as error:
            # Not chained: the original quotes what the endpoint said, the key perhaps too.
            raise self._trouble(error) from None
        raw: AIMessage = answer["raw"]
        if raw.additional_kwargs.get("refusal"):
            raise self._error(_REFUSED)
        if not isinstance(answer["parsed"], form):
            raise self._error(_NO_FORM)
        usage = raw.usage_metadata
        return answer["parsed"], usage["total_tokens"] if usage else 0

    def _trouble(self, error: Exception) -> ModelError:
        for kind, permanent, words in _TROUBLE:
            if isinstance(error, kind):
                code = getattr(error, "code", None) or getattr(error, "status_code", None)
                known = f" ({code})" if re.fullmatch(r"[a-z0-9_]{1,40}", str(code)) else ""
                return self._error(words + known, permanent=permanent)
        return self._error(_NO_FORM)

    def _error(self, words: str, *, permanent: bool = True) -> ModelError:
        return ModelError(f"the model {self.name} at {self._place} {words}", permanent=permanent)


_NO_FORM = "did not fill in the form; choose one with structured output"
_REFUSED = "refused to answer"
_MALFORMED = (ValueError, TypeError, LookupError, AttributeError)
"""What the client library raises where the answer is no completion, or no filled form."""
_TROUBLE: tuple[tuple[type[Exception], bool, str], ...] = (
    (openai.APITimeoutError, False, "did not answer in time; choose a faster one"),
    (openai.APIConnectionError, False, "cannot be reached; check OPENAI_BASE_URL"),
    (openai.AuthenticationError, True, "refuses the key; check OPENAI_API_KEY"),
    (openai.PermissionDeniedError, True, "forbids its use; check the rights of OPENAI_API_KEY"),
    (openai.NotFoundError, True, "is not there; check DESKHAND_MODEL and OPENAI_BASE_URL"),
    (openai.RateLimitError, False, "takes no more for now; check its limits and its budget"),
    (openai.InternalServerError, False, "is in trouble itself; look at its status"),
    (openai.APIStatusError, True, "refuses the request; it needs structured output and room"),
    (openai.LengthFinishReasonError, True, f"wrote more than {MOST_TOKENS} tokens"),
    (openai.ContentFilterFinishReasonError, True, _REFUSED),
)
"""(what failed, whether it is permanent, what to do), the first that fits."""
