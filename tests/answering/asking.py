"""What the rules make of one question and one statement."""

from trustanswer.answering.verdict import judge
from trustanswer.model import Statement, Verdict


def judged(question: str, statement: str, title: str = "Security") -> Verdict:
    """The verdict on a statement below this title."""
    return judge(question, [Statement("s", (title,), statement, "s.md", (1, 1))]).verdict
